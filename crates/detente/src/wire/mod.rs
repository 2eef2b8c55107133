//! The JSON contracts: what a program reads. Engine types never go over the wire; these do, and
//! their schemas are generated from them (`detente schema NAME`, checked in under `schema/`).

mod certificate;
mod check;
mod coalitions;
mod common;
mod compare;
mod counts;
mod evolve;
mod forecast;
mod json;
mod lasting;
mod map;
mod price;
mod rank;
mod sample;
mod schema;
mod solve;
mod trust;

pub(crate) use certificate::{
    CERTIFICATE, Certificate, EXPLAIN, Explain, StepInfo, Witness, state as state_text,
};
pub(crate) use check::{Check, UncertainInfo};
pub(crate) use coalitions::{Coalitions, ExitInfo, SchemaName as CoalitionsName, SetInfo as CoalitionSet};
pub(crate) use common::{CaseInfo, DiagnosticInfo, LimitInfo, Program};
pub(crate) use compare::{
    AnswerChange, ChangeInfo, Compare, ComparisonInfo, MovedInfo, SchemaName as CompareName, ShiftInfo, Sign,
    TurnInfo, VersionInfo,
};
pub(crate) use counts::{
    Counts, DrawnInfo, Frame, InputInfo, ItemInfo, LevelInfo, NamedState, SamplingInfo,
    SchemaName as CountsName, Sums,
};
pub(crate) use evolve::{AbsorbingInfo, Evolve, SchemaName as EvolveName, ShortestInfo};
pub(crate) use forecast::{
    BaselineInfo, BinInfo, BreakInfo, ForecastInfo, ForecastScore, ForecastVerify, KnownInfo as KnownHead,
    LedgerInfo, PartitionInfo, ScoreName, StatusInfo, SummaryInfo, VerifyName,
};
pub(crate) use json::text;
pub(crate) use lasting::{LastingInfo, RestingInfo, StandingInfo, UndoingInfo, UndoneInfo};
pub(crate) use map::{
    BasisView, BodyView, EffectView, EventView, InstrumentView, Map, MapView, SchemaName as MapName, TieView,
    TrackView, TriadView,
};
pub(crate) use price::{AimInfo, Price, PriceChange, PriceWay, SchemaName as PriceName};
pub(crate) use rank::{BetweenInfo, Group, OrderInfo, Preferred, Rank, SchemaName as RankName, Wish};
pub(crate) use sample::{
    AttributionInfo, ChangedInput, ConvergenceInfo, EndInfo, EndsInfo, FactorInfo, FlipInfo, Interval,
    Method, MovedShareInfo, PrecisionInfo, Sample, SchemaName as SampleName, SetShareInfo, SetsInfo,
    SettingInfo, ShardInfo, ShareInfo,
};
use schema::schema_name;
pub(crate) use schema::{NAMES, schema};
pub(crate) use solve::{
    Answer, Equilibria, KnownInfo, PartInfo, ProjectionInfo, QuestionInfo, SampledInfo,
    SchemaName as SolveName, Settings, Solve, Solved, States, StructureInfo, WayInfo,
};
pub(crate) use trust::{
    BodyInfo, ConclusionInfo, OutcomeInfo, RunInfo, SchemaName as TrustName, SetInfo as StruckSet,
    StruckInfo, Trust,
};
