//! What it would take for an outcome to last, or not to.

use detente_engine::price::{Aim, Costs};
use detente_engine::{LimitHit, Settings, Watch, name_all};
use detente_model::{Concept, Conflict, OutcomeStates, Question, QuestionKind};
use num_bigint::BigUint;

use crate::Refusal;
use crate::find::caps::PRICE_SMALL;
use crate::find::findings::Waiting;
use crate::find::near::nearest;
use crate::say::price::{Found, Search, doc, outcome};
use crate::say::{answers, refer};
use crate::show::doc::Doc;
use crate::wire::{self, CaseInfo, PriceName, Program};

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    /// The question that asks for it, by its id; without, the first of kind price.
    pub question: Option<String>,
    /// Of which outcome, as it is typed.
    pub outcome: Option<String>,
    /// Under which concept; without, that of the question, or Nash.
    pub concept: Option<Concept>,
    /// What the change is for; none: whatever is not so as things are.
    pub aims: Vec<Aim>,
    /// The highest cost that is looked at; without, 2, or 1 where more than [`PRICE_SMALL`] outcomes are possible.
    pub most: Option<u32>,
    /// What changes cost.
    pub costs: Costs,
    /// How many deeds at once; without, as `most`.
    pub deeds: Option<u8>,
    /// How many changed cases to solve at most, for each aim, and as many for deeds.
    pub games: usize,
    /// Threads and bounds.
    pub settings: Settings,
}

/// What it would take.
pub struct Priced {
    /// The case.
    pub conflict: Conflict,
    /// The id of the question that was asked.
    pub question: Option<String>,
    /// What was asked, in words.
    pub ask: String,
    /// How it was looked for.
    pub search: Search,
    /// What was found, aim by aim.
    pub tried: Vec<Found>,
    /// Bounds that were hit.
    pub limits: Vec<LimitHit>,
}

impl Priced {
    /// Looks for what it would take.
    ///
    /// # Errors
    /// No such question or outcome, or a bound before the first verdict.
    pub fn of(conflict: Conflict, ask: &Ask, watch: &Waiting) -> Result<Self, Refusal> {
        let Asked { question, outcome: sought } = asked(&conflict, ask)?;
        let words = match question {
            Some(question) => question.ask.clone(),
            None => format!("Asked of: {}.", outcome(&conflict, &sought)),
        };
        let which = ask.concept.or(question.map(answers::concept_of)).unwrap_or(Concept::Nash);
        let question = question.map(|question| question.id.clone());
        let settings = Settings { concepts: vec![which], ..ask.settings.clone() };
        let found = super::solved(conflict, &settings, watch)?;
        let small = found.feasible().count() <= BigUint::from(PRICE_SMALL.most);
        let search = Search {
            outcome: sought,
            concept: which,
            settings,
            costs: ask.costs,
            most: ask.most.unwrap_or(if small { 2 } else { 1 }),
            deeds: ask.deeds.map_or(if small { 2 } else { 1 }, usize::from),
            games: ask.games,
        };
        let aims: Vec<Aim> = if ask.aims.is_empty() {
            match (search.aims(&found), found.solution.limits.first()) {
                (Some(aims), _) => aims,
                (None, Some(hit)) => return Err(Refusal::Stopped(Box::new(hit.clone()))),
                (None, None) => {
                    return Err(Refusal::Wrong("the verdicts of the case were not computed".to_owned()));
                }
            }
        } else {
            ask.aims.clone()
        };
        let conflict = found.conflict;
        let mut tried = search
            .find(&conflict, &aims, &**watch)
            .map_err(|error| Refusal::of(&conflict, &error).named(&**watch))?;
        for one in &mut tried {
            name_all(&**watch, &mut one.price.limits);
            if let Some(plans) = &mut one.plans {
                name_all(&**watch, &mut plans.limits);
            }
        }
        let mut limits = found.solution.limits;
        limits.extend(tried.iter().flat_map(Found::limits).cloned());
        name_all(&**watch, &mut limits);
        Ok(Self { conflict, question, ask: words, search, tried, limits })
    }

    /// As a document with at most `list` ways.
    #[must_use]
    pub fn doc(&self, list: usize, watch: &dyn Watch) -> Doc {
        doc(&self.conflict, &self.search, &self.ask, &self.tried, list, watch)
    }

    /// As a contract: `detente/price/…`.
    #[must_use]
    pub fn wire(&self) -> wire::Price {
        let Self { conflict, search, tried, .. } = self;
        let question = self.question.clone();
        let word = |aim: Aim| {
            Aim::ALL.iter().find(|(other, _)| *other == aim).map_or("", |(_, word)| word).to_owned()
        };
        wire::Price {
            schema: PriceName::This,
            program: Program::THIS,
            case: CaseInfo::of(conflict),
            question,
            outcome: outcome(conflict, &search.outcome),
            concept: search.concept.id().to_owned(),
            costs: search.costs.into(),
            most: search.most,
            text: search.sentences(conflict, tried, false),
            aims: tried
                .iter()
                .map(|found| wire::AimInfo {
                    aim: word(found.aim),
                    cost: found.price.cost,
                    below: found.price.below,
                    deeds: found
                        .plans
                        .as_ref()
                        .map(|plans| wire::DeedsInfo::of(conflict, search.concept, plans)),
                    games: found.price.games,
                    ways: found
                        .price
                        .ways
                        .iter()
                        .map(|way| wire::PriceWay {
                            text: search.way(conflict, found.aim, &way.changes),
                            possible: way.possible,
                            changes: way
                                .changes
                                .iter()
                                .map(|change| wire::PriceChange::of(conflict, *change))
                                .collect(),
                        })
                        .collect(),
                })
                .collect(),
            limits: tried.iter().flat_map(Found::limits).map(Into::into).collect(),
        }
    }
}

/// What is asked about.
struct Asked<'c> {
    question: Option<&'c Question>,
    outcome: OutcomeStates,
}

/// The outcome that was named, else that of the question that was named, else of the first of kind price, else of
/// the first that has one.
fn asked<'c>(conflict: &'c Conflict, ask: &Ask) -> Result<Asked<'c>, Refusal> {
    if let Some(text) = &ask.outcome {
        return Ok(Asked { question: None, outcome: refer::set(conflict, text)? });
    }
    let questions = &conflict.questions;
    let question = match &ask.question {
        Some(id) => {
            let question = questions.iter().find(|question| question.id == *id);
            Some(question.ok_or_else(|| {
                let ids = || questions.iter().map(|question| question.id.as_str());
                let hint = match nearest(id, ids()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the questions are {}", ids().collect::<Vec<_>>().join(", ")),
                };
                Refusal::usage_with(format!("there is no question `{id}` in this case"), hint)
            })?)
        }
        None => {
            let price = questions.iter().find(|question| question.kind == QuestionKind::Price);
            price.or_else(|| questions.iter().find(|question| question.outcome.is_some()))
        }
    };
    match question.and_then(|question| Some((question, question.outcome.clone()?))) {
        Some((question, outcome)) => Ok(Asked { question: Some(question), outcome }),
        None => Err(Refusal::usage_with(
            match question {
                Some(question) => format!("the question `{}` names no outcome", question.id),
                None => "the case asks no question about an outcome".to_owned(),
            },
            "name one: --outcome with an outcome or a defined name of the case",
        )),
    }
}
