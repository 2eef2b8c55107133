//! Each question of a case: what is asked, and its answer as parts.

use std::sync::{Arc, Mutex, PoisonError};

use detente_case::Diagnostic;
use detente_engine::Settings;
use detente_engine::trust::{TrustSettings, trust};
use detente_model::{ActorId, Concept, Conflict, State};
use detente_study::ask::evolve::Evolved;
use detente_study::ask::explain::{Explained, Explanation};
use detente_study::ask::price::Priced;
use detente_study::ask::{self, evolve, price, sample, watch};
use detente_study::find::listing::Listing;
use detente_study::find::power::votes;
use detente_study::find::said::Spoken;
use detente_study::find::watch::Watching;
use detente_study::say::solve::{Solved, accounts_doc, doc};
use detente_study::say::{answers, concept, names, power, rank, refer};
use detente_study::show::{csv, json, latex, map};
use detente_study::{Refusal, Waiting, say, wire};
use pyo3::prelude::*;

use crate::found::{Contract, Found, Joint, Of, Outcome, Part, limits};
use crate::wait::Wait;

/// How many ways a table of what it would take lists.
const WAYS: usize = 24;
/// How many states a document lists, and a contract.
const LIST_DOC: usize = 64;
const LIST: usize = 65_536;

/// A case in its version, as each of its accounts tells it.
pub(crate) struct Told {
    /// The id and the title of the account.
    pub(crate) account: Option<(String, String)>,
    pub(crate) conflict: Conflict,
}

/// One part for each account.
fn each(
    all: Vec<Told>,
    work: impl Fn(Conflict) -> Result<Part, Refusal>,
) -> Result<(Vec<Part>, Option<Joint>), Refusal> {
    let part = |told: Told| {
        let account = told.account;
        work(told.conflict).map(|part| Part { account, ..part })
    };
    Ok((all.into_iter().map(part).collect::<Result<_, _>>()?, None))
}

fn of<T: serde::Serialize + Send + Sync + 'static>(value: T, class: &'static str) -> Box<dyn Contract> {
    Box::new(Of(value, class))
}

/// All accounts, solved, and what their contracts and documents ask for.
struct Accounts {
    solved: Mutex<Vec<Solved>>,
    diagnostics: Arc<Vec<Diagnostic>>,
}

impl Accounts {
    fn with<T>(&self, work: impl FnOnce(&mut Vec<Solved>) -> T) -> T {
        work(&mut self.solved.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn at<T>(&self, at: usize, work: impl FnOnce(&mut Solved) -> T) -> Option<T> {
        self.with(|all| all.get_mut(at).map(work))
    }
}

/// With answers that name as few outcomes as a reader wants.
fn brief<T>(solved: &mut [Solved], told: impl FnOnce(&[Solved]) -> T) -> T {
    let mut swap = |list: usize, replies: Option<Vec<Vec<answers::Reply>>>| {
        let mut kept = Vec::new();
        let mut replies = replies.map(Vec::into_iter);
        for one in solved.iter_mut() {
            one.list = list;
            let fresh = match replies.as_mut() {
                Some(replies) => replies.next().unwrap_or_default(),
                None => {
                    let questions = one.found.conflict.questions.iter();
                    questions.map(|question| answers::answer(&one.found, question, list)).collect()
                }
            };
            kept.push(std::mem::replace(&mut one.replies, fresh));
        }
        kept
    };
    let kept = swap(LIST_DOC, None);
    let told = told(solved);
    let mut swap_back = |replies: Vec<Vec<answers::Reply>>| {
        for (one, replies) in solved.iter_mut().zip(replies) {
            one.list = LIST;
            one.replies = replies;
        }
    };
    swap_back(kept);
    told
}

/// `detente solve`.
pub(crate) fn solve(
    py: Python<'_>,
    all: Vec<Told>,
    written: &Conflict,
    diagnostics: &Arc<Vec<Diagnostic>>,
    settings: &Settings,
    seed: u64,
    wait: &Arc<Wait>,
) -> PyResult<Found> {
    Found::of(py, Arc::clone(wait), || {
        let watch = wait.watch();
        let (mut solved, mut heads) = (Vec::new(), Vec::new());
        for told in all {
            let mut settings = settings.clone();
            let asked = settings.concepts.clone();
            answers::add_concepts(&mut settings.concepts, &told.conflict.questions);
            let found = ask::solved(told.conflict, &settings, &watch)?;
            let mut one =
                Solved::of(found, settings.sequences, asked, LIST).starting_from(written).with_lasting();
            one.limits.extend(one.found.stopped("what is said of each outcome that lasts"));
            detente_engine::name_all(&*watch, &mut one.limits);
            one.seed = seed;
            heads.push((told.account, limits(&one.limits)));
            solved.push(one);
        }
        let accounts =
            Arc::new(Accounts { solved: Mutex::new(solved), diagnostics: Arc::clone(diagnostics) });
        let parts = heads.into_iter().enumerate().map(|(at, (account, limits))| {
            let mut part = solved_part(&accounts, at, limits);
            part.account = account;
            part
        });
        let parts = parts.collect();
        let (contract, told) = (Arc::clone(&accounts), accounts);
        let joint = Joint {
            contract: Box::new(move |()| {
                let told = contract.with(|all| json::told(all, &contract.diagnostics));
                of(told, "Told")
            }),
            doc: Box::new(move |()| told.with(|all| brief(all, accounts_doc))),
        };
        Ok((parts, Some(joint)))
    })
}

fn solved_part(accounts: &Arc<Accounts>, at: usize, limits: Vec<wire::LimitInfo>) -> Part {
    let gone = || Refusal::Wrong("the answer is gone".to_owned());
    let (contract, told, table, export, lasting) = (
        Arc::clone(accounts),
        Arc::clone(accounts),
        Arc::clone(accounts),
        Arc::clone(accounts),
        Arc::clone(accounts),
    );
    let mut part = Part::new(
        limits,
        move || of(contract.at(at, |solved| json::solve(solved, &contract.diagnostics)), "Solved"),
        move || {
            let one = |solved: &mut Solved| {
                brief(std::slice::from_mut(solved), |one| one.first().map(doc).unwrap_or_default())
            };
            told.at(at, one).unwrap_or_default()
        },
    );
    part.frame = Box::new(move |name| {
        let of = |solved: &mut Solved| {
            let listing = Listing::of(&solved.found, &solved.concepts, csv::choice(None));
            let listing = listing.map_err(|error| Refusal::of(&solved.found.conflict, &error))?;
            Ok(Some(csv::outcomes_frame(&listing)))
        };
        if name == "outcomes" { table.at(at, of).ok_or_else(gone)? } else { Ok(None) }
    });
    part.export = Box::new(move |form| {
        let of = |solved: &mut Solved| {
            let listing = Listing::of(&solved.found, &solved.concepts, latex::choice(None));
            let listing = listing.map_err(|error| Refusal::of(&solved.found.conflict, &error))?;
            Ok(Some(latex::latex(&listing)))
        };
        if form == "latex" { export.at(at, of).ok_or_else(gone)? } else { Ok(None) }
    });
    part.lasting = Box::new(move |which| {
        let which = which.as_deref().map(crate::asked::concept).transpose()?;
        lasting.at(at, |solved| outcomes(solved, which)).ok_or_else(gone)?
    });
    part
}

/// The outcomes that last under `which`, or the first concept that was asked for.
fn outcomes(solved: &Solved, which: Option<Concept>) -> Result<Vec<Outcome>, Refusal> {
    let found = &solved.found;
    let Some(which) = which.or_else(|| solved.concepts.first().copied()) else { return Ok(Vec::new()) };
    let Some(set) = found.lasting(which) else {
        let said = found.solution.limits.first();
        return Err(match said {
            Some(hit) => Refusal::Stopped(Box::new(hit.clone())),
            None => Refusal::usage_with(
                format!("{} was not asked for", concept::name(which)),
                format!("name `{}` among the concepts", which.id()),
            ),
        });
    };
    let conflict = &found.conflict;
    let namer = names::Namer::of(conflict);
    let said = if which == Concept::Nash { solved.lasting.info(found).outcomes } else { Vec::new() };
    let one = |state: &State| {
        let text = wire::state_text(&conflict.game, state);
        let standing = said.iter().find(|standing| standing.state == text);
        Outcome {
            account: conflict.account.as_ref().map(|account| account.id.clone()),
            concept: which.id().to_owned(),
            name: namer.outcome(state),
            why: standing.map(|standing| standing.why.clone()),
            undone: standing.map(|standing| standing.undone.clone()),
            resting: standing.map(|standing| standing.resting.clone()),
            state: text,
        }
    };
    Ok(set.first(solved.list).iter().map(one).collect())
}

/// `detente explain`.
pub(crate) fn explain(
    py: Python<'_>,
    all: Vec<Told>,
    state: &str,
    actor: Option<&str>,
    settings: &Settings,
    wait: &Arc<Wait>,
) -> PyResult<Found> {
    Found::of(py, Arc::clone(wait), || {
        let watch = wait.watch();
        each(all, |conflict| {
            let found = Arc::new(Explanation::of(conflict, state, actor, settings, &watch)?);
            let (contract, told) = (Arc::clone(&found), Arc::clone(&found));
            let one = move || match contract.wire() {
                Explained::One(one) => of(one, "Certificate"),
                Explained::Several(several) => of(several, "Explain"),
            };
            Ok(Part::new(limits(&found.limits), one, move || told.doc()))
        })
    })
}

/// `detente evolve`.
pub(crate) fn evolve(py: Python<'_>, all: Vec<Told>, ask: &evolve::Ask, wait: &Arc<Wait>) -> PyResult<Found> {
    Found::of(py, Arc::clone(wait), || {
        let watch = wait.watch();
        each(all, |conflict| {
            let found = Arc::new(Evolved::of(conflict, ask, &watch)?);
            let (contract, told, drawn) = (Arc::clone(&found), Arc::clone(&found), Arc::clone(&found));
            let mut part =
                Part::new(limits(&found.limits), move || of(contract.wire(), "Evolve"), move || told.doc());
            part.svg = Box::new(move |_| Ok(Some(drawn.svg())));
            Ok(part)
        })
    })
}

/// `detente price`.
pub(crate) fn price(py: Python<'_>, all: Vec<Told>, ask: &price::Ask, wait: &Arc<Wait>) -> PyResult<Found> {
    Found::of(py, Arc::clone(wait), || {
        let watch = wait.watch();
        each(all, |conflict| {
            let found = Arc::new(Priced::of(conflict, ask, &watch)?);
            let (contract, told, waiting) = (Arc::clone(&found), Arc::clone(&found), watch.clone());
            Ok(Part::new(
                limits(&found.limits),
                move || of(contract.wire(), "Price"),
                move || told.doc(WAYS, &*waiting),
            ))
        })
    })
}

/// `detente trust`.
pub(crate) fn evidence(
    py: Python<'_>,
    all: Vec<Told>,
    settings: &TrustSettings,
    wait: &Arc<Wait>,
) -> PyResult<Found> {
    Found::of(py, Arc::clone(wait), || {
        let watch = wait.watch();
        each(all, |conflict| {
            let mut found = trust(&conflict, settings, &*watch)
                .map_err(|error| Refusal::of(&conflict, &error).named(&*watch))?;
            detente_engine::name_all(&*watch, &mut found.limits);
            let both = Arc::new((conflict, found));
            let (contract, told, table) = (Arc::clone(&both), Arc::clone(&both), Arc::clone(&both));
            let part = Part::new(
                limits(&both.1.limits),
                move || of(wire::Trust::of(&contract.0, &contract.1), "Trust"),
                move || say::trust::doc(&told.0, &told.1),
            );
            Ok(part.tabled(move || {
                let struck = |run: usize| say::trust::struck(&table.0, &table.1.runs[run].struck);
                csv::trust_frame(&wire::Trust::of(&table.0, &table.1), &struck)
            }))
        })
    })
}

/// `detente sample`.
pub(crate) fn sampled(
    py: Python<'_>,
    all: Vec<Told>,
    ask: &sample::Ask,
    wait: &Arc<Wait>,
) -> PyResult<Found> {
    Found::of(py, Arc::clone(wait), || {
        let watch = wait.watch();
        each(all, |conflict| Ok(shares(sample::sample(&conflict, ask, None, &*watch)?)))
    })
}

/// Shards of a sample put together.
pub(crate) fn merged(py: Python<'_>, shards: Vec<String>, list: usize) -> PyResult<Found> {
    #[derive(serde::Deserialize)]
    struct Shard {
        counts: Option<wire::Counts>,
    }
    let wait = Wait::most(py, None)?;
    Found::of(py, Arc::clone(&wait), move || {
        let mut parts = Vec::new();
        for (at, text) in shards.iter().enumerate() {
            let name = format!("shard {}", at + 1);
            let shard: Shard = serde_json::from_str(text)
                .map_err(|error| Refusal::Wrong(format!("`{name}` cannot be merged: {error}")))?;
            let counts = shard.counts.ok_or_else(|| {
                Refusal::usage_with(
                    format!("`{name}` has no counts that could be added"),
                    "shards are made by `Case.sample` with `shard`",
                )
            })?;
            parts.push((name, counts));
        }
        Ok((vec![shares(ask::merge::merge(parts, list)?)], None))
    })
}

fn shares(found: wire::Sample) -> Part {
    use say::sample as report;
    let found = Arc::new(found);
    let (contract, told, drawn, table) =
        (Arc::clone(&found), Arc::clone(&found), Arc::clone(&found), Arc::clone(&found));
    let mut part = Part::new(
        found.limits.clone(),
        move || of(wire::Sample::clone(&contract), "Sample"),
        move || report::doc(&told),
    )
    .tabled(move || csv::sample_frame(&table));
    part.svg = Box::new(move |(name, of)| {
        let of = of.as_deref();
        Ok(match name.as_str() {
            "tornado" => report::picture::tornado(&drawn, of),
            "sweep" => report::picture::sweep(&drawn, of),
            _ => Some(report::picture::shares(&drawn)),
        })
    });
    part
}

/// `detente said`.
pub(crate) fn said(
    py: Python<'_>,
    all: Vec<Told>,
    which: Concept,
    settings: &Settings,
    list: usize,
    wait: &Arc<Wait>,
) -> PyResult<Found> {
    Found::of(py, Arc::clone(wait), || {
        let watch = wait.watch();
        each(all, |conflict| {
            let mut spoken = Spoken::of(&conflict, which, settings, &*watch)
                .map_err(|error| Refusal::of(&conflict, &error).named(&*watch))?;
            detente_engine::name_all(&*watch, &mut spoken.found.limits);
            let (contract, told) =
                (Arc::new(wire::Said::of(&spoken, list)), Arc::new(say::said::doc(&spoken)));
            Ok(Part::new(
                limits(&spoken.found.limits),
                move || of(wire::Said::clone(&contract), "Said"),
                move || detente_study::show::doc::Doc::clone(&told),
            ))
        })
    })
}

/// `detente power`.
pub(crate) fn worth(py: Python<'_>, all: Vec<Told>, wait: &Arc<Wait>) -> PyResult<Found> {
    Found::of(py, Arc::clone(wait), || {
        each(all, |conflict| {
            let both = Arc::new((votes(&conflict), conflict));
            let hits: Vec<_> = both.0.iter().filter_map(|vote| vote.powers.as_ref().err().cloned()).collect();
            let (contract, told) = (Arc::clone(&both), Arc::clone(&both));
            Ok(Part::new(
                limits(&hits),
                move || of(wire::Power::of(&contract.1, &contract.0), "Power"),
                move || power::doc(&told.1, &told.0),
            ))
        })
    })
}

/// `detente rank`.
pub(crate) fn order(
    py: Python<'_>,
    all: Vec<Told>,
    actor: &str,
    list: usize,
    settings: &Settings,
    wait: &Arc<Wait>,
) -> PyResult<Found> {
    Found::of(py, Arc::clone(wait), || {
        let watch = wait.watch();
        each(all, |conflict| {
            let actor: ActorId = refer::actor(&conflict, actor)?;
            let found = ask::solved(conflict, settings, &watch)?;
            let ranked = rank::ranked(&found, actor);
            let both = Arc::new((found.conflict, ranked));
            let (contract, told, table) = (Arc::clone(&both), Arc::clone(&both), Arc::clone(&both));
            let part = Part::new(
                limits(&found.solution.limits),
                move || of(rank::json(&contract.0, &contract.1, list), "Rank"),
                move || rank::doc(&told.0, &told.1, list),
            );
            Ok(part.tabled(move || csv::rank_frame(&table.0, &rank::json(&table.0, &table.1, list))))
        })
    })
}

/// `detente watch-for`.
pub(crate) fn next(
    py: Python<'_>,
    all: Vec<Told>,
    asked: &watch::Asked,
    list: usize,
    wait: &Arc<Wait>,
) -> PyResult<Found> {
    Found::of(py, Arc::clone(wait), || {
        let waiting = wait.watch();
        each(all, |conflict| {
            let ask = watch::ask(&conflict, asked)?;
            let watching = Watching::of(&conflict, &ask, &*waiting)
                .map_err(|refused| say::watch::refused(&conflict, &refused))?;
            let contract = Arc::new(wire::WatchFor::of(&conflict, &ask, &watching));
            let told = Arc::new(say::watch::doc(&conflict, &ask, &watching, list));
            Ok(Part::new(
                limits(watching.limits()),
                move || of(wire::WatchFor::clone(&contract), "WatchFor"),
                move || detente_study::show::doc::Doc::clone(&told),
            ))
        })
    })
}

/// `detente map`.
pub(crate) fn situation(
    py: Python<'_>,
    all: Vec<Told>,
    state: Option<&str>,
    settings: &Settings,
    wait: &Arc<Wait>,
) -> PyResult<Found> {
    Found::of(py, Arc::clone(wait), || {
        let watch: Waiting = wait.watch();
        each(all, |conflict| {
            let (conflict, after) = match state {
                None => (conflict, None),
                Some(text) => {
                    let found = ask::solved(conflict, settings, &watch)?;
                    let state = refer::one(&found.conflict, &*found.feasible(), text)?;
                    (found.conflict, Some(state))
                }
            };
            let view = map::view(&conflict, after.as_ref());
            let both = Arc::new((conflict, view));
            let (contract, told, drawn) = (Arc::clone(&both), Arc::clone(&both), Arc::clone(&both));
            let part = Part::new(
                Vec::new(),
                move || of(map::json(&contract.0, contract.1.clone()), "Map"),
                move || map::doc(&told.0, &told.1),
            );
            Ok(part.picture(move || map::svg(&drawn.0, &drawn.1)))
        })
    })
}
