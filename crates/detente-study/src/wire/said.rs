//! `detente/said/1`: what was said, what of it is meant and would work, and the dilemmas that follow.

use detente_engine::evolution::Walker;
use detente_engine::said::{Case, Dilemma, Effect, Kind, Missing, Pair, Share, Told, Work, Would};
use detente_model::{ActorId, Conflict, MoverId, Said as OfCase, State};
use schemars::JsonSchema;
use serde::Serialize;

use super::{CaseInfo, LimitInfo, Program, certificate};
use crate::find::said::{Spoken, claims};
use crate::say::{names, said as say};

super::schema_name!(
    /// `detente/said/1`.
    "detente/said/1"
);

/// What `said --format json` prints.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// `detente/said/1`.
    pub schema: SchemaName,
    /// Which program wrote this.
    pub program: Program,
    /// Which case this is about.
    pub case: CaseInfo,
    /// Under which concept outcomes last.
    pub concept: String,
    /// What it comes to, in sentences.
    pub text: Vec<String>,
    /// What lasts as things are.
    pub lasting: ToldInfo,
    /// Threats, promises, demands and offers, in the order of the case.
    pub said: Vec<SayingInfo>,
    /// Ordered pairs of actors of whom one threatens or asks something of the other, in the order of the case.
    pub pairs: Vec<PairInfo>,
    /// Bounds that were hit.
    pub limits: Vec<LimitInfo>,
}

/// A set of outcomes.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ToldInfo {
    /// How many.
    pub count: usize,
    /// The first 64.
    pub first: Vec<OutcomeName>,
}

/// An outcome with what it is called.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutcomeName {
    /// A full pattern.
    pub state: String,
    /// What it is called.
    pub name: String,
}

/// One thing that was said.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SayingInfo {
    /// Its id.
    pub id: String,
    /// `threat`, `promise`, `demand` or `offer`.
    pub kind: String,
    /// Id of the speaker.
    pub by: String,
    /// Ids of those to whom it is said.
    pub to: Vec<String>,
    /// What is said, as a sentence.
    pub says: String,
    /// What it is worth, in a few words.
    pub worth: String,
    /// What was found of it, in sentences.
    pub text: Vec<String>,
    /// Ids of the claims on which it and what is told of it rest.
    pub because: Vec<String>,
    /// Whether it would be done (a demand: met) where it comes up: `all`, `some`, `none` of the cases; `nothing`: it
    /// never comes up.
    pub would: String,
    /// Of what lasts and has its condition, how much has `then` already: `all`, `some`, `none`; `nothing`: none has its
    /// condition.
    pub already: String,
    /// In how many outcomes it comes up.
    pub count: usize,
    /// The first of these: as many as were asked for.
    pub cases: Vec<CaseOfSaying>,
    /// What lasts when those to whom it is said count on it; null for a demand, or where it does not say exactly what
    /// would be so.
    pub work: Option<WorkInfo>,
    /// Whether these are all outcomes in which it comes up; else a bound was hit.
    pub complete: bool,
}

/// An outcome in which something that was said comes up.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseOfSaying {
    /// Which.
    pub outcome: OutcomeName,
    /// Today, or something that lasts: a full pattern.
    pub start: String,
    /// Who makes it of the start: id of a mover; null: it is the start.
    pub by: Option<String>,
    /// `does`, `held_back` (it would gain, but a party shrinks from what others would answer), `loses` (it could, but a
    /// party would not gain by it) or `cannot` (no move leads there).
    pub would: String,
    /// Who would do it: id of a mover; null where no move leads there.
    pub mover: Option<String>,
    /// Where that leads: a full pattern.
    pub to: Option<String>,
    /// Who shrinks from it, or does not gain: id of an actor.
    pub party: Option<String>,
    /// Where answers lead that this party does not prefer: a full pattern; null: not looked for, or no question.
    pub answer: Option<String>,
}

/// What lasts when those to whom something is said count on it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkInfo {
    /// `works` (all that lasts then has what is asked, which it had not), `works_in_part`, `not_needed` (all that lasts
    /// has it in any case) or `in_vain`; null where it has no condition and so asks nothing.
    pub effect: Option<String>,
    /// How much of what lasts has what is asked as things are: `all`, `some`, `none` or `nothing` (nothing lasts, or
    /// nothing is asked).
    pub before: String,
    /// The same then.
    pub after: String,
    /// What lasts then.
    pub lasting: ToldInfo,
    /// What lasts only then.
    pub gained: ToldInfo,
    /// What lasts only as things are.
    pub lost: ToldInfo,
    /// Outcomes with its condition in which it cannot be carried out: they are ranked as they are.
    pub not_feasible: usize,
}

/// The dilemmas of one actor against another.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PairInfo {
    /// Id of the actor.
    pub of: String,
    /// Id of the other.
    pub against: String,
    /// Persuasion, rejection, threat, trust.
    pub dilemmas: Vec<DilemmaInfo>,
}

/// One dilemma.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DilemmaInfo {
    /// `persuasion` (the other can hold out), `rejection` (this one cannot), `threat` (what this one threatens is not
    /// believable) or `trust` (that the other would keep to it is not).
    pub kind: String,
    /// `yes`, `no`, `missing` (it has no meaning here) or `open` (a bound was hit).
    pub there: String,
    /// What is missing: `demand`, `position` (no outcome within reach meets all demands), `agreed`
    /// (both ask the same: there is nothing to reject), `threat`, `threats`, `today`
    /// or `not_feasible` (the threats cannot all be carried out); else null.
    pub missing: Option<String>,
    /// Who likes what: id of an actor; null where there is no dilemma.
    pub who: Option<String>,
    /// What it likes at least as much.
    pub to: Option<OutcomeName>,
    /// As this.
    pub from: Option<OutcomeName>,
    /// What it is and why, in a sentence.
    pub text: String,
    /// What usually ends it; null where there is none.
    pub ends: Option<String>,
}

fn share(share: Share) -> String {
    match share {
        Share::Nothing => "nothing",
        Share::None => "none",
        Share::Some => "some",
        Share::All => "all",
    }
    .to_owned()
}

fn word<T: PartialEq>(all: &[(T, &'static str)], one: &T) -> String {
    all.iter().find(|(other, _)| other == one).map_or("", |(_, word)| word).to_owned()
}

/// Writes ids and patterns of one case.
struct Writer<'c>(&'c Conflict);

impl Writer<'_> {
    fn actor(&self, actor: ActorId) -> String {
        certificate::actor(&self.0.game, actor)
    }

    fn mover(&self, mover: MoverId) -> String {
        Walker::Mover(mover).id(&self.0.game)
    }

    fn state(&self, state: &State) -> String {
        certificate::state(&self.0.game, state)
    }

    fn outcome(&self, state: &State) -> OutcomeName {
        OutcomeName { state: self.state(state), name: names::outcome(self.0, state) }
    }

    fn told(&self, told: &Told) -> ToldInfo {
        ToldInfo { count: told.count, first: told.first.iter().map(|state| self.outcome(state)).collect() }
    }

    fn case(&self, case: &Case) -> CaseOfSaying {
        let (would, step, party, answer) = match &case.would {
            Would::Does(step) => ("does", Some(step), None, None),
            Would::HeldBack { step, party, answer } => {
                ("held_back", Some(step), Some(*party), answer.as_ref())
            }
            Would::Loses { step, party } => ("loses", Some(step), Some(*party), None),
            Would::Cannot => ("cannot", None, None, None),
        };
        CaseOfSaying {
            outcome: self.outcome(&case.state),
            start: self.state(&case.start),
            by: case.by.map(|mover| self.mover(mover)),
            would: would.to_owned(),
            mover: step.map(|step| self.mover(step.mover)),
            to: step.map(|step| self.state(&step.to)),
            party: party.map(|party| self.actor(party)),
            answer: answer.map(|answer| self.state(answer)),
        }
    }

    fn work(&self, work: &Work) -> WorkInfo {
        WorkInfo {
            effect: work.effect.map(|effect| word(&Effect::ALL, &effect)),
            before: share(work.before),
            after: share(work.after),
            lasting: self.told(&work.lasting),
            gained: self.told(&work.gained),
            lost: self.told(&work.lost),
            not_feasible: work.not_feasible,
        }
    }

    fn dilemma(&self, spoken: &Spoken<'_>, pair: &Pair, kind: Kind, dilemma: &Dilemma) -> DilemmaInfo {
        let (there, missing, pinch) = match dilemma {
            Dilemma::Missing(missing) => ("missing", Some(missing_word(*missing)), None),
            Dilemma::No => ("no", None, None),
            Dilemma::Yes(pinch) => ("yes", None, Some(pinch)),
            Dilemma::Open => ("open", None, None),
        };
        DilemmaInfo {
            kind: word(&Kind::ALL, &kind),
            there: there.to_owned(),
            missing: missing.map(str::to_owned),
            who: pinch.map(|pinch| self.actor(pinch.who)),
            to: pinch.map(|pinch| self.outcome(&pinch.to)),
            from: pinch.map(|pinch| self.outcome(&pinch.from)),
            text: say::dilemma(spoken, pair, kind, dilemma),
            ends: pinch.map(|_| say::ends(self.0, pair, kind)),
        }
    }
}

fn missing_word(missing: Missing) -> &'static str {
    match missing {
        Missing::Demand(_) => "demand",
        Missing::Position(_) => "position",
        Missing::Agreed => "agreed",
        Missing::Threat(_) => "threat",
        Missing::Threats => "threats",
        Missing::Today => "today",
        Missing::NotFeasible => "not_feasible",
    }
}

impl Said {
    /// Of what was found; at most `list` cases of each saying.
    #[must_use]
    pub fn of(spoken: &Spoken<'_>, list: usize) -> Self {
        let conflict = spoken.conflict;
        let write = Writer(conflict);
        let saying = |(said, saying): (&OfCase, &detente_engine::said::Saying)| SayingInfo {
            id: said.id.clone(),
            kind: said.kind.word().to_owned(),
            by: write.actor(said.by),
            to: said.to.iter().map(|actor| write.actor(*actor)).collect(),
            says: say::line(conflict, said),
            worth: say::verdict(said, saying),
            text: say::sentences(conflict, said, saying),
            because: certificate::claim_ids(conflict, claims(conflict, said, saying)),
            would: share(saying.would),
            already: share(saying.already),
            count: saying.cases.len(),
            cases: saying.cases.iter().take(list).map(|case| write.case(case)).collect(),
            work: saying.work.as_ref().map(|work| write.work(work)),
            complete: saying.limit.is_none(),
        };
        let pair = |pair: &Pair| PairInfo {
            of: write.actor(pair.of),
            against: write.actor(pair.against),
            dilemmas: Kind::ALL
                .iter()
                .zip(&pair.dilemmas)
                .map(|((kind, _), dilemma)| write.dilemma(spoken, pair, *kind, dilemma))
                .collect(),
        };
        Self {
            schema: SchemaName::This,
            program: Program::THIS,
            case: CaseInfo::of(conflict),
            concept: spoken.concept.id().to_owned(),
            text: say::summary(spoken),
            lasting: write.told(&spoken.found.lasting),
            said: spoken.sayings().map(saying).collect(),
            pairs: spoken.found.pairs.iter().map(pair).collect(),
            limits: spoken.found.limits.iter().map(Into::into).collect(),
        }
    }
}
