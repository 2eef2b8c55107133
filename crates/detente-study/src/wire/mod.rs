//! The JSON contracts: what a program reads. Engine types never go over the wire; these do, and
//! their schemas are generated from them (`detente schema NAME`, checked in under `schema/`).

mod answer;
mod certificate;
mod check;
mod coalitions;
mod common;
mod compare;
mod counts;
mod doc;
mod evolve;
mod forecast;
pub(crate) mod imported;
mod json;
mod lasting;
mod map;
mod power;
mod price;
mod rank;
mod said;
mod sample;
mod schema;
mod solve;
mod trust;
mod watch;

pub use answer::Answer;
pub use certificate::{
    CERTIFICATE, Certificate, ConsentInfo, EXPLAIN, Explain, SentenceInfo, StepInfo, Witness, claim_ids,
    state as state_text,
};
pub use check::{Check, UncertainInfo};
pub use coalitions::{Coalitions, ExitInfo, SchemaName as CoalitionsName, SetInfo as CoalitionSet};
pub use common::{CaseInfo, DiagnosticInfo, LimitInfo, NotPossibleInfo, Program};
pub use compare::{
    AnswerChange, ChangeInfo, Compare, ComparisonInfo, MovedInfo, SchemaName as CompareName, ShiftInfo, Sign,
    TurnInfo, VersionInfo,
};
pub use counts::{
    Counts, DrawnInfo, Frame, InputInfo, ItemInfo, LevelInfo, NamedState, SamplingInfo,
    SchemaName as CountsName, Sums,
};
pub use doc::{BlockView, ColumnView, DocView, ItemView, NoteView, StretchView, SubjectView, ToneView};
pub use evolve::{
    AbsorbingInfo, Evolve, SchemaName as EvolveName, ShortestInfo, StoryInfo, StoryStep, TimeInfo,
    TogetherInfo, UndoesInfo,
};
pub use forecast::{
    BaselineInfo, BinInfo, BreakInfo, ForecastInfo, ForecastScore, ForecastVerify, KnownInfo as KnownHead,
    LedgerInfo, PartitionInfo, ScoreName, StatusInfo, SummaryInfo, VerifyName,
};
pub use imported::{
    AddedInfo, ChangedClaim, DataInfo, ExampleRow, Import, LeftInfo, NameInfo, PartialInfo, ProposedTie,
    SchemaName as ImportName, UnknownName,
};
pub use json::text;
pub use lasting::{LastingInfo, RestingInfo, StandingInfo, UndoingInfo, UndoneInfo};
pub use map::{
    BasisView, BodyView, CountsView, EffectView, EventView, InstrumentView, Map, MapView, MonthView,
    SchemaName as MapName, TieView, TrackView, TriadView,
};
pub use power::{MemberInfo, Power, VoteInfo};
pub use price::{
    AimInfo, DeedInfo, DeedsInfo, PlanGain, PlanInfo, Price, PriceChange, PriceWay, SchemaName as PriceName,
};
pub use rank::{BetweenInfo, Group, OrderInfo, Preferred, Rank, SchemaName as RankName, Wish};
pub use said::{
    CaseOfSaying, DilemmaInfo, OutcomeName, PairInfo, Said, SayingInfo, SchemaName as SaidName, ToldInfo,
    WorkInfo,
};
pub use sample::{
    AttributionInfo, BasisInfo, ChangedInput, ConvergenceInfo, EndInfo, EndsInfo, FactorInfo, FlipInfo,
    Interval, Method, MovedShareInfo, PrecisionInfo, Sample, SchemaName as SampleName, SetShareInfo,
    SetsInfo, SettingInfo, ShardInfo, ShareInfo,
};
use schema::schema_name;
pub use schema::{NAMES, schema};
pub use solve::{
    CheckInfo, DeadlinesInfo, Equilibria, FiredInfo, HeadlineInfo, KnownInfo, MoverInfo, PartInfo, PhaseInfo,
    ProjectionInfo, QuestionInfo, ReadingInfo, SampledInfo, SchemaName as SolveName, Settings, SliceInfo,
    Solve, Solved, States, StructureInfo, Told, TurningInfo, WayInfo,
};
pub use trust::{
    BodyInfo, ConclusionInfo, OutcomeInfo, RunInfo, SchemaName as TrustName, SetInfo as StruckSet,
    StruckInfo, Trust,
};
pub use watch::{SchemaName as WatchName, SignInfo, WatchFor};
