//! What follows in the conflict as an actor sees it?
//!
//! # Definition
//! A view is an overlay: the conflict that the actor believes itself to be in. The question is asked
//! there as it would be asked of the case (does an outcome that lasts have it?), and then of the
//! *hypergame* of the first level (Bennett 1977; Wang, Hipel & Fraser 1988), in which that actor judges
//! what is stable for it by its view and everybody else by the case as it is. An outcome that is not
//! possible in the view is none that the actor reckons with: it cannot be said to rest there.

use detente_engine::{Settings, Solution};
use detente_model::{ActorId, Concept, OutcomeStates, Question, State};
use num_bigint::BigUint;

use super::{Reply, concept_of, cut_short, one, some};
use crate::find::caps::SOLVED_AGAIN;
use crate::find::findings::Findings;
use crate::refusal::Refusal;
use crate::say::agree::Agree;
use crate::say::{concept, names, reason, words};
use crate::wire::Answer;

/// An outcome in at most so many letters is said in words.
const SHORT: usize = 60;

/// The answer to a question of kind view.
pub(super) fn answer(found: &Findings, question: &Question) -> Reply {
    let conflict = &found.conflict;
    let which = concept_of(question);
    let view = question.view.and_then(|who| conflict.views.iter().find(|view| view.actor == who));
    let Some(view) = view else { return Reply::not_computed("The case has no view of that actor.") };
    let Some(outcome) = &question.outcome else {
        return Reply::not_computed("The question names no outcome.");
    };
    if found.feasible().count() > BigUint::from(SOLVED_AGAIN.most) {
        return Reply {
            limits: vec![SOLVED_AGAIN.hit("the case as an actor sees it", "not begun", "")],
            ..Reply::not_computed(
                "Not looked at: the case as that actor sees it, for it has too many outcomes.",
            )
        };
    }
    let seen = match conflict.with_overlay(&view.overlay) {
        Ok(seen) => seen,
        Err(errors) => {
            let all: Vec<String> = errors.iter().map(ToString::to_string).collect();
            return Reply::not_computed(format!("The view cannot be applied here: {}.", all.join("; ")));
        }
    };
    let settings = Settings { concepts: vec![which], threads: 1, ..Settings::default() };
    let seen = match Findings::solve(seen, &settings, &found.watch) {
        Ok(seen) => seen,
        Err(unsolved) => {
            let why = Refusal::from(unsolved).sentence();
            return Reply::not_computed(format!("The view cannot be solved: {why}."));
        }
    };
    let (Some(as_is), Some(as_seen)) = (found.lasting(which), seen.lasting(which)) else {
        return cut_short(found, which).into();
    };
    let who = names::inside(conflict, view.actor);
    let sees = Agree::with(conflict, view.actor).verb("sees", "see");
    let (hits, all) = (as_seen.among(outcome).count(), as_seen.count());
    let what = match outcome {
        OutcomeStates::Formula(that) => Some(reason::clause(conflict, that, true)),
        OutcomeStates::Listed(_) => None,
    };
    let what = what.filter(|what| what.chars().count() <= SHORT).unwrap_or_else(|| "it holds".to_owned());
    let mut text = vec![format!("As {who} {sees} it, {}.", where_so(&what, &hits, &all, which))];
    let (real_hits, real) = (as_is.among(outcome).count(), as_is.count());
    if (real_hits > BigUint::ZERO) != (hits > BigUint::ZERO) {
        text.push(format!("In the case as written {}.", where_so("it holds", &real_hits, &real, which)));
    }
    let rests = resting(found, &seen.solution, which, view.actor);
    let Some(rests) = rests else { return cut_short(found, which).into() };
    text.push(rested(found, view.actor, outcome, &rests));
    let (answer, lead) = if hits > BigUint::ZERO { (Answer::Yes, "Yes") } else { (Answer::No, "No") };
    let states = as_seen.among(outcome).first(SOLVED_AGAIN.size());
    Reply {
        answer,
        lead,
        brief: format!("{lead}, as {who} {sees} it"),
        text: text.join(" "),
        states,
        ..Reply::default()
    }
}

/// "the agreement holds in none of the 5 outcomes that last".
fn where_so(what: &str, hits: &BigUint, all: &BigUint, which: Concept) -> String {
    let lasting = concept::lasting(which);
    if *all == BigUint::ZERO {
        return "nothing lasts".to_owned();
    }
    if *all == one() {
        let the_one = format!("the one outcome {}", concept::lasts(which));
        return if *hits == one() {
            format!("{what} in {the_one}")
        } else {
            format!("{the_one} is not one where {what}")
        };
    }
    let count = if *hits == BigUint::ZERO {
        "none of".to_owned()
    } else if hits == all {
        "all of".to_owned()
    } else {
        format!("{} of", if *hits == one() { "one".to_owned() } else { words::count(hits) })
    };
    format!("{what} in {count} the {} outcomes {lasting}", words::count(all))
}

/// Where the conflict rests when `who` judges by its view and the others by the case: each outcome that is
/// possible in the case and stable for everybody in what they see; `None` where verdicts are missing.
struct Resting {
    /// Where it rests.
    states: Vec<State>,
    /// Outcomes of the case in which it rests, but only because of the view.
    only_by_view: Vec<State>,
    /// Outcomes that last in the case and that `who`, by its view, would leave.
    left: Vec<State>,
    /// Outcomes that last in the case and that `who` does not reckon with.
    unforeseen: Vec<State>,
}

fn resting(found: &Findings, seen: &Solution, which: Concept, who: ActorId) -> Option<Resting> {
    let verdicts = &*found.solution.verdicts;
    let game = &found.conflict.game;
    let real = verdicts.lasting(which)?;
    let others: Vec<_> = game
        .actor_ids()
        .filter(|actor| *actor != who)
        .map(|actor| verdicts.stable(which, actor))
        .collect::<Option<_>>()?;
    let own = seen.verdicts.stable(which, who)?;
    let possible = seen.verdicts.feasible();
    let all = found.feasible().first(SOLVED_AGAIN.size());
    let states: Vec<State> = all
        .into_iter()
        .filter(|state| own.contains(state) && others.iter().all(|stable| stable.contains(state)))
        .collect();
    let only_by_view = states.iter().filter(|state| !real.contains(state)).cloned().collect();
    let lasting = real.first(SOLVED_AGAIN.size());
    let (foreseen, unforeseen): (Vec<State>, Vec<State>) =
        lasting.into_iter().partition(|state| possible.contains(state));
    let left = foreseen.into_iter().filter(|state| !own.contains(state)).collect();
    Some(Resting { states, only_by_view, left, unforeseen })
}

/// What follows when the others know better.
fn rested(found: &Findings, actor: ActorId, outcome: &OutcomeStates, rests: &Resting) -> String {
    let conflict = &found.conflict;
    let (who, agree) = (names::inside(conflict, actor), Agree::with(conflict, actor));
    let acts = agree.verb("acts", "act");
    let several = |states: &[State]| some(found, states, &states.len().into());
    let mut text = if rests.states.is_empty() {
        format!("If {who} {acts} on that and the others see the case as it is (a hypergame), nothing lasts.")
    } else {
        let has = rests.states.iter().any(|state| conflict.is_outcome(outcome, state));
        let last = match rests.states.len() {
            1 => "one outcome lasts".to_owned(),
            n => format!("{} outcomes last", words::count(&n.into())),
        };
        format!(
            "If {who} {acts} on that and the others see the case as it is (a hypergame), {last}: {}{}.",
            several(&rests.states),
            match (has, rests.states.len()) {
                (true, _) => "",
                (false, 1) => ", where it does not hold",
                (false, _) => "; it holds in none of them",
            }
        )
    };
    if !rests.only_by_view.is_empty() {
        text += &format!(" Only this view keeps {} in place.", several(&rests.only_by_view));
    }
    let who = names::actor(conflict, actor);
    if !rests.left.is_empty() {
        text += &format!(" {who} would leave {}.", several(&rests.left));
    }
    if !rests.unforeseen.is_empty() {
        text += &format!(
            " {who} {} not think {} possible.",
            agree.verb("does", "do"),
            several(&rests.unforeseen)
        );
    }
    text
}
