//! `detente/certificate/1`: a witness for a verdict, and `detente/explain/1`: several of them.

use std::collections::BTreeSet;

use detente_engine::Deciding;
use detente_engine::certificate::{self as engine, Improvement, Step, Target, Unanswered};
use detente_engine::evolution::Walker;
use detente_model::{
    ActorId, ClaimId, Concept, Conflict, Form, Game, Grounds, MoverId, Pattern, Preference, Sequences, State,
};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CaseInfo, Program};
use crate::say::reason;

/// The name of one contract.
pub const CERTIFICATE: &str = "detente/certificate/1";
/// The name of the other.
pub const EXPLAIN: &str = "detente/explain/1";

/// What `explain --format json` prints with state, actor and concept.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Certificate {
    /// `detente/certificate/1`.
    pub schema: String,
    /// Which program wrote this.
    pub program: Program,
    /// Which case this is about.
    pub case: CaseInfo,
    /// The verdict and its witness.
    #[serde(flatten)]
    pub witness: Witness,
}

/// What `explain --format json` prints otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Explain {
    /// `detente/explain/1`.
    pub schema: String,
    /// Which program wrote this.
    pub program: Program,
    /// Which case this is about.
    pub case: CaseInfo,
    /// One per actor and concept asked for.
    pub certificates: Vec<Witness>,
    /// One per joint mover and concept: what several could do together, and who refuses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub consents: Vec<ConsentInfo>,
    /// Concepts that were asked for and are not possible for this case.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub not_possible: Vec<super::NotPossibleInfo>,
    /// Bounds that were hit: the certificates for which are missing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub limits: Vec<super::LimitInfo>,
}

/// A verdict and its witness.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Witness {
    /// The reading of joint sanctions.
    pub sequences: String,
    /// For whom.
    pub actor: String,
    /// Under which concept.
    pub concept: String,
    /// Of which state: a full pattern; the id of the state in graph form.
    pub state: String,
    /// The verdict.
    pub stable: bool,
    /// Every improvement, or disjoint patterns that cover them.
    pub improvements: Vec<ImprovementInfo>,
    /// When not stable: an improvement that nothing answers.
    pub unanswered: Option<UnansweredInfo>,
    /// The reason in words; not checked.
    #[serde(default)]
    pub text: String,
    /// Ids of the claims that it rests on.
    #[serde(default)]
    pub claims: Option<Vec<String>>,
    /// The reason sentence by sentence, with what each one rests on; not checked.
    #[serde(default)]
    pub sentences: Vec<SentenceInfo>,
}

/// A verdict on several who could act together, and its witness.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsentInfo {
    /// The reading of sequences of answers.
    pub sequences: String,
    /// Who would act together, by the id of the mover.
    pub mover: String,
    /// Under which concept.
    pub concept: String,
    /// From which state: a full pattern; the id of the state in graph form.
    pub state: String,
    /// The verdict: they do not.
    pub stable: bool,
    /// Everything that all of them would prefer.
    pub proposals: Vec<ProposalInfo>,
    /// The reason in words; not checked.
    #[serde(default)]
    pub text: String,
    /// The reason sentence by sentence, with what each one rests on; not checked.
    #[serde(default)]
    pub sentences: Vec<SentenceInfo>,
}

/// What several could do, to the gain of each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposalInfo {
    /// Where it leads.
    pub to: String,
    /// Who refuses, and why; null: nobody.
    #[serde(default)]
    pub refusal: Option<RefusalInfo>,
    /// Where nobody refuses: by party, patterns (ids of states in graph form) that hold the proposal and all that
    /// answers can make of it.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub closures: IndexMap<String, Vec<String>>,
}

/// Why a party does not join in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RefusalInfo {
    /// Who.
    pub party: String,
    /// The answers that it fears, move by move.
    pub sanction: Vec<StepInfo>,
    /// What makes the end no better for it; null: it is indifferent.
    #[serde(default)]
    pub because: Option<ReasonInfo>,
}

/// One sentence of a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SentenceInfo {
    /// The sentence.
    pub text: String,
    /// Ids of the claims that it rests on.
    pub claims: Vec<String>,
    /// Whether it rests on an assumption of the analyst.
    pub assumption: bool,
}

/// An improvement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImprovementInfo {
    /// Where to.
    pub to: String,
    /// What makes it better; null in a pattern that is not decided alike.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gain: Option<ReasonInfo>,
    /// The answer, move by move; empty: none is claimed.
    #[serde(default)]
    pub sanction: Option<Vec<StepInfo>>,
    /// What makes the end of the sanction no better: null when the actor is indifferent, or
    /// there is no sanction.
    #[serde(default)]
    pub because: Option<ReasonInfo>,
}

/// What decides between two states.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReasonInfo {
    /// The place of the statement, from 1.
    #[serde(default)]
    pub statement: Option<usize>,
    /// The statement as a formula.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub that: Option<String>,
    /// The sums of weights, of the preferred state first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weights: Option<[i64; 2]>,
    /// The groups of the ranking, from 1; one more than there are: in none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups: Option<[usize; 2]>,
}

/// One move.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StepInfo {
    /// Who moves, by the id of the mover. (Absent in certificates that were written before there were acts.)
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mover: Option<String>,
    /// The actor, where one moves by itself; members of a coalition joined by `+`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// Where to; in a pattern an open cell keeps its value.
    pub to: String,
}

/// Why a state is not stable.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnansweredInfo {
    /// The improvement that nothing answers.
    pub to: String,
    /// Patterns (ids of states in graph form) that hold it and all that the opponents can make of it.
    pub closure: Vec<String>,
}

/// A state as the contracts write it: a full pattern, or the id in graph form.
pub fn state(game: &Game, state: &State) -> String {
    match &game.form {
        Form::Options(form) => state.pattern(form.options.len()).to_string(),
        Form::Graph(form) => {
            let at = state.number().and_then(|n| usize::try_from(n.checked_sub(1)?).ok());
            at.and_then(|at| form.states.get(at)).cloned().unwrap_or_else(|| state.to_string())
        }
    }
}

fn target(game: &Game, to: &Target) -> String {
    match to {
        Target::One(one) => state(game, one),
        Target::Pattern(pattern) => pattern.to_string(),
    }
}

pub(super) fn actor(game: &Game, who: ActorId) -> String {
    game.actors.get(who.index()).map_or_else(String::new, |a| a.id.clone())
}

fn decided(game: &Game, who: ActorId, deciding: Option<Deciding>) -> Option<ReasonInfo> {
    Some(match deciding? {
        Deciding::Statement(k) => ReasonInfo {
            statement: Some(k + 1),
            that: match game.preferences.get(who.index()) {
                Some(Preference::Statements(list)) => list.get(k).map(|s| game.formula_text(&s.that)),
                _ => None,
            },
            ..ReasonInfo::default()
        },
        Deciding::Weights(a, b) => ReasonInfo { weights: Some([a, b]), ..ReasonInfo::default() },
        Deciding::Groups(a, b) => ReasonInfo { groups: Some([a + 1, b + 1]), ..ReasonInfo::default() },
    })
}

impl StepInfo {
    /// A step of `walker`, for the wire.
    pub fn of(game: &Game, walker: Walker, to: String) -> Self {
        let id = walker.id(game);
        let together = matches!(walker, Walker::Mover(mover) if mover.index() >= game.actors.len());
        let actor = (!together && !matches!(walker, Walker::Chance(_))).then(|| id.clone());
        Self { mover: Some(id), actor, to }
    }

    /// Who moves, in terms of `game`.
    fn read_mover(&self, game: &Game, path: &str) -> Result<MoverId, (String, String)> {
        let Some(id) = self.mover.as_ref().or(self.actor.as_ref()) else {
            return Err((path.to_owned(), "who moves is not said".to_owned()));
        };
        let field = if self.mover.is_some() { "mover" } else { "actor" };
        if self.mover.is_some() && self.actor.is_some() && self.mover != self.actor {
            return Err((format!("{path}.actor"), "this is not who is said to move".to_owned()));
        }
        let movers = game.movers();
        let found = movers.iter().position(|mover| game.mover_id(mover) == *id);
        found.map(MoverId::from).ok_or_else(|| {
            (format!("{path}.{field}"), format!("the case has no actor and no act of several `{id}`"))
        })
    }
}

impl ConsentInfo {
    /// A certificate of the engine, for the wire.
    pub fn of(conflict: &Conflict, c: &engine::Consent) -> Self {
        let game = &conflict.game;
        let step = |step: &Step| StepInfo::of(game, Walker::Mover(step.mover), target(game, &step.to));
        let sentences = reason::consent(conflict, c);
        Self {
            sequences: c.sequences.id().to_owned(),
            mover: Walker::Mover(c.mover).id(game),
            concept: c.concept.id().to_owned(),
            state: state(game, &c.state),
            stable: c.stable,
            proposals: c
                .proposals
                .iter()
                .map(|proposal| ProposalInfo {
                    to: state(game, &proposal.to),
                    refusal: proposal.refusal.as_ref().map(|refusal| RefusalInfo {
                        party: actor(game, refusal.party),
                        sanction: refusal.sanction.iter().map(step).collect(),
                        because: decided(game, refusal.party, refusal.because),
                    }),
                    closures: proposal
                        .closures
                        .iter()
                        .map(|(party, closure)| {
                            (actor(game, *party), closure.iter().map(|t| target(game, t)).collect())
                        })
                        .collect(),
                })
                .collect(),
            text: reason::joined(&sentences),
            sentences: sentence_infos(conflict, &sentences),
        }
    }

    /// The certificate that this says, in terms of `conflict`.
    ///
    /// # Errors
    /// Where (as a path) and why something has no meaning in this case.
    pub fn read(&self, conflict: &Conflict) -> Result<engine::Consent, (String, String)> {
        let game = &conflict.game;
        let who = |path: &str, id: &str| {
            game.actor(id).ok_or_else(|| (path.to_owned(), format!("the case has no actor `{id}`")))
        };
        let target = |path: String, text: &str| read_target(game, text).map_err(|why| (path, why));
        let one = |path: &str, text: &str| read_state(game, path, text);
        let step = StepInfo { mover: Some(self.mover.clone()), actor: None, to: String::new() };
        let mover = step.read_mover(game, "").map_err(|(_, why)| ("mover".to_owned(), why))?;
        let mut proposals = Vec::new();
        for (at, entry) in self.proposals.iter().enumerate() {
            let path = format!("proposals[{at}]");
            let refusal = match &entry.refusal {
                None => None,
                Some(refusal) => {
                    let party = who(&format!("{path}.refusal.party"), &refusal.party)?;
                    let mut sanction = Vec::new();
                    for (k, step) in refusal.sanction.iter().enumerate() {
                        let place = format!("{path}.refusal.sanction[{k}]");
                        sanction.push(Step {
                            mover: step.read_mover(game, &place)?,
                            to: target(format!("{place}.to"), &step.to)?,
                        });
                    }
                    let because = read_reason(game, party, refusal.because.as_ref())
                        .map_err(|why| (format!("{path}.refusal.because"), why))?;
                    Some(engine::Refusal { party, sanction, because })
                }
            };
            let mut closures = Vec::new();
            for (party, closure) in &entry.closures {
                let place = format!("{path}.closures.{party}");
                let party = who(&place, party)?;
                let closure =
                    closure.iter().enumerate().map(|(k, text)| target(format!("{place}[{k}]"), text));
                closures.push((party, closure.collect::<Result<_, _>>()?));
            }
            proposals.push(engine::Proposal {
                to: one(&format!("{path}.to"), &entry.to)?,
                refusal,
                closures,
            });
        }
        Ok(engine::Consent {
            sequences: read_sequences(&self.sequences)?,
            mover,
            concept: read_concept(&self.concept)?,
            state: one("state", &self.state)?,
            stable: self.stable,
            proposals,
        })
    }
}

impl Witness {
    /// A certificate of the engine, for the wire.
    pub fn of(conflict: &Conflict, c: &engine::Certificate) -> Self {
        let game = &conflict.game;
        let step = |step: &Step| StepInfo::of(game, Walker::Mover(step.mover), target(game, &step.to));
        let sentences = reason::sentences(conflict, c);
        let mut claims: BTreeSet<ClaimId> = engine::claims(game, c).into_iter().collect();
        claims.extend(sentences.iter().flat_map(|sentence| sentence.claims(conflict)));
        Self {
            sequences: c.sequences.id().to_owned(),
            actor: actor(game, c.actor),
            concept: c.concept.id().to_owned(),
            state: state(game, &c.state),
            stable: c.stable,
            improvements: c
                .improvements
                .iter()
                .map(|entry| ImprovementInfo {
                    to: target(game, &entry.to),
                    gain: decided(game, c.actor, entry.gain),
                    sanction: Some(entry.sanction.iter().map(step).collect()),
                    because: decided(game, c.actor, entry.because),
                })
                .collect(),
            unanswered: c.unanswered.as_ref().map(|u| UnansweredInfo {
                to: state(game, &u.to),
                closure: u.closure.iter().map(|t| target(game, t)).collect(),
            }),
            text: reason::joined(&sentences),
            claims: Some(claim_ids(conflict, claims)),
            sentences: sentence_infos(conflict, &sentences),
        }
    }

    /// The certificate that this says, in terms of `conflict`.
    ///
    /// # Errors
    /// Where (as a path) and why something has no meaning in this case.
    pub fn read(&self, conflict: &Conflict) -> Result<engine::Certificate, (String, String)> {
        let game = &conflict.game;
        let who = |path: &str, id: &str| {
            game.actor(id).ok_or_else(|| (path.to_owned(), format!("the case has no actor `{id}`")))
        };
        let target = |path: String, text: &str| read_target(game, text).map_err(|why| (path, why));
        let one = |path: &str, text: &str| read_state(game, path, text);
        let actor = who("actor", &self.actor)?;
        let mut improvements = Vec::new();
        for (at, entry) in self.improvements.iter().enumerate() {
            let path = format!("improvements[{at}]");
            let mut sanction = Vec::new();
            for (k, step) in entry.sanction.iter().flatten().enumerate() {
                sanction.push(Step {
                    mover: step.read_mover(game, &format!("{path}.sanction[{k}]"))?,
                    to: target(format!("{path}.sanction[{k}].to"), &step.to)?,
                });
            }
            let to = target(format!("{path}.to"), &entry.to)?;
            let because = read_reason(game, actor, entry.because.as_ref())
                .map_err(|why| (format!("{path}.because"), why))?;
            let mut gain =
                read_reason(game, actor, entry.gain.as_ref()).map_err(|why| (format!("{path}.gain"), why))?;
            // What makes an improvement better may be left out: it follows from the case.
            if entry.gain.is_none()
                && let Target::One(state) = &to
                && let Some(order) = detente_engine::Order::new(game, actor)
            {
                gain = order.deciding(state, &one("state", &self.state)?);
            }
            improvements.push(Improvement { to, gain, sanction, because });
        }
        let unanswered = match &self.unanswered {
            None => None,
            Some(u) => Some(Unanswered {
                to: one("unanswered.to", &u.to)?,
                closure: (u.closure.iter().enumerate())
                    .map(|(k, text)| target(format!("unanswered.closure[{k}]"), text))
                    .collect::<Result<_, _>>()?,
            }),
        };
        Ok(engine::Certificate {
            sequences: read_sequences(&self.sequences)?,
            actor,
            concept: read_concept(&self.concept)?,
            state: one("state", &self.state)?,
            stable: self.stable,
            improvements,
            unanswered,
        })
    }

    /// The claims are of this case, bear on what is said, and leave out none of the claims of the
    /// statements that are named.
    ///
    /// # Errors
    /// As [`Witness::read`].
    pub fn check_claims(&self, conflict: &Conflict, c: &engine::Certificate) -> Result<(), (String, String)> {
        let Some(listed) = &self.claims else { return Ok(()) };
        let path = || "claims".to_owned();
        let mut ids = BTreeSet::new();
        for id in listed {
            match conflict.evidence.claim(id) {
                Some(claim) => ids.insert(claim),
                None => return Err((path(), format!("the case has no claim `{id}`"))),
            };
        }
        let needed = engine::claims(&conflict.game, c);
        let name = |id: &detente_model::ClaimId| {
            conflict.evidence.claims.get(id.index()).map_or_else(String::new, |c| c.id.clone())
        };
        if let Some(missing) = needed.iter().find(|id| !ids.contains(id)) {
            return Err((path(), format!("`{}` is left out, on which a deciding wish rests", name(missing))));
        }
        let mut movers = BTreeSet::from([c.actor]);
        movers.extend(
            c.improvements.iter().flat_map(|e| &e.sanction).flat_map(|s| conflict.game.parties(s.mover)),
        );
        let form = conflict.game.option_form();
        let bearing: BTreeSet<_> = movers
            .iter()
            .flat_map(|a| wishes(&conflict.game, *a))
            .chain(form.iter().flat_map(|form| form.rules.iter().map(|rule| &rule.grounds)))
            .chain(form.iter().flat_map(|form| form.cannot.iter().map(|cannot| &cannot.grounds)))
            .flat_map(|grounds| &grounds.claims)
            .collect();
        match ids.iter().find(|id| !bearing.contains(id)) {
            Some(odd) => {
                Err((path(), format!("no wish of those who act here and no rule rests on `{}`", name(odd))))
            }
            None => Ok(()),
        }
    }
}

fn sentence_infos(conflict: &Conflict, sentences: &[reason::Sentence]) -> Vec<SentenceInfo> {
    let info = |sentence: &reason::Sentence| SentenceInfo {
        text: sentence.text(),
        claims: claim_ids(conflict, sentence.claims(conflict)),
        assumption: sentence.is_assumed(conflict),
    };
    sentences.iter().map(info).collect()
}

fn read_sequences(id: &str) -> Result<Sequences, (String, String)> {
    let found = Sequences::ALL.into_iter().find(|reading| reading.id() == id);
    found.ok_or_else(|| ("sequences".to_owned(), format!("there is no reading `{id}`")))
}

fn read_concept(id: &str) -> Result<Concept, (String, String)> {
    Concept::from_id(id).ok_or_else(|| ("concept".to_owned(), format!("there is no concept `{id}`")))
}

fn read_state(game: &Game, path: &str, text: &str) -> Result<State, (String, String)> {
    match read_target(game, text) {
        Ok(Target::One(state)) => Ok(state),
        Ok(Target::Pattern(_)) => Err((path.to_owned(), format!("`{text}` is not one state"))),
        Err(why) => Err((path.to_owned(), why)),
    }
}

/// The ids of claims, in the order given.
pub fn claim_ids(conflict: &Conflict, claims: impl IntoIterator<Item = ClaimId>) -> Vec<String> {
    let all = claims.into_iter().filter_map(|id| conflict.evidence.claims.get(id.index()));
    all.map(|claim| claim.id.clone()).collect()
}

fn wishes(game: &Game, who: ActorId) -> Vec<&Grounds> {
    match game.preferences.get(who.index()) {
        Some(Preference::Statements(list)) => list.iter().map(|s| &s.grounds).collect(),
        Some(Preference::Weights(list)) => list.iter().map(|w| &w.grounds).collect(),
        Some(Preference::Ranking(ranking)) => vec![&ranking.grounds],
        None => Vec::new(),
    }
}

fn read_target(game: &Game, text: &str) -> Result<Target, String> {
    match &game.form {
        Form::Graph(form) => match form.states.iter().position(|id| id == text) {
            Some(at) => Ok(Target::One(State::from_number(at as u64 + 1))),
            None => Err(format!("the case has no state `{text}`")),
        },
        Form::Options(form) => match Pattern::parse(text) {
            Ok(pattern) if pattern.cells.len() == form.options.len() => Ok(pattern.into()),
            Ok(pattern) => Err(format!(
                "the pattern `{text}` has {} cells, the case {} options",
                pattern.cells.len(),
                form.options.len()
            )),
            Err(_) => Err(format!("`{text}` is not a pattern of Y, N and -")),
        },
    }
}

fn read_reason(game: &Game, who: ActorId, reason: Option<&ReasonInfo>) -> Result<Option<Deciding>, String> {
    let Some(reason) = reason else { return Ok(None) };
    let deciding = match (reason.statement, reason.weights, reason.groups) {
        (None, None, None) => None,
        (Some(k), None, None) => {
            Some(Deciding::Statement(k.checked_sub(1).ok_or("statements count from 1")?))
        }
        (None, Some([a, b]), None) => Some(Deciding::Weights(a, b)),
        (None, None, Some([a, b])) => Some(Deciding::Groups(
            a.checked_sub(1).ok_or("groups count from 1")?,
            b.checked_sub(1).ok_or("groups count from 1")?,
        )),
        _ => return Err("one thing decides: a statement, weights or groups".to_owned()),
    };
    if reason.that.is_some() && reason.that != decided(game, who, deciding).and_then(|r| r.that) {
        return Err("this is not what the statement says".to_owned());
    }
    Ok(deciding)
}
