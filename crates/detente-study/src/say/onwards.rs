//! Who could leave an outcome together, where it goes from there, and what the conclusions hang on, each in a
//! sentence: what stands above a list.

use detente_engine::coalition::{Coalition, Exits};
use detente_engine::evolution::{Absorbing, Evolution};
use detente_engine::trust::Trust;
use detente_model::{ActorId, ClaimId, Conflict, MoverId, State};

use crate::say::agree::Agree;
use crate::say::{coalitions, names, reason, trust, words, written};

/// Outcomes that one sentence names.
const NAMED: usize = 3;
/// Conclusions that are told one by one.
const TOLD: usize = 8;

/// Who could leave together: the coalitions of which nobody can be spared.
#[must_use]
pub fn together(conflict: &Conflict, found: &Exits) -> String {
    let smallest: Vec<String> = found
        .coalitions()
        .into_iter()
        .filter(|c| found.exits.iter().any(|exit| exit.coalition == *c && exit.minimal))
        .map(|c| coalitions::who(conflict, c))
        .collect();
    let limit = found.limits.iter().map(|hit| words::limit(&hit.into())).collect::<Vec<_>>().join(" ");
    let text = match smallest.as_slice() {
        [] if found.limits.is_empty() => {
            "No coalition, not even all actors together, gains by leaving.".to_owned()
        }
        [] => "No coalition that gains by leaving was found before the search stopped.".to_owned(),
        [one] => format!("{one} could leave together, to the gain of all of them."),
        several => format!("Each of these could leave to the gain of all in it: {}.", several.join("; ")),
    };
    if limit.is_empty() { text } else { format!("{text} {}", words::capital(&limit)) }
}

/// That a coalition would leave: `Ann and Bob together would leave.`
#[must_use]
pub fn joint(conflict: &Conflict, coalition: Coalition) -> String {
    format!("{} together would leave.", coalitions::who(conflict, coalition))
}

/// What a joint exit is.
pub const JOINT: &str = "A joint improvement: each of them gains, and none of them can be spared.";
/// No joint exit leads to the outcome that was asked about.
pub const NO_EXIT: &str = "They could not leave to there together.";
/// Some joint exits are not listed.
pub const NOT_ALL: &str = "Not all are listed: a bound was hit.";

/// Where a joint exit leads: `They go to “Moscow deal”.`
#[must_use]
pub fn goes(conflict: &Conflict, to: &State) -> String {
    format!("They go to {}.", names::quoted(names::brief(&names::outcome(conflict, to))))
}

/// What stands above the wish by which an actor gains.
#[must_use]
pub fn gains(conflict: &Conflict, actor: ActorId) -> String {
    let agree = Agree::with(conflict, actor);
    let (gains, ranks) = (agree.verb("gains", "gain"), agree.verb("ranks", "rank"));
    format!("{} {gains} what {} {ranks} higher", names::actor(conflict, actor), agree.it())
}

/// In which order the members of a coalition move; empty when one step is all.
#[must_use]
pub fn order(conflict: &Conflict, steps: &[(MoverId, State)]) -> String {
    if steps.len() < 2 {
        return String::new();
    }
    let who: Vec<String> =
        steps.iter().map(|(mover, _)| names::inside_all(conflict, &conflict.game.parties(*mover))).collect();
    format!("In this order: {}.", who.join(", "))
}

/// On how many claims of how many speakers a reason rests, or on what else.
#[must_use]
pub fn rests(conflict: &Conflict, claims: &[ClaimId], assumed: bool) -> String {
    let mut speakers: Vec<String> = claims
        .iter()
        .filter_map(|id| conflict.evidence.claims.get(id.index()))
        .map(|claim| reason::speaker(conflict, claim))
        .collect();
    speakers.sort_unstable();
    speakers.dedup();
    match (claims.len(), assumed) {
        (0, true) => "It rests on no claim, only on what is assumed.".to_owned(),
        (0, false) => "It rests on the logic of the model, not on a claim.".to_owned(),
        (claims, _) => format!(
            "It rests on {} from {}",
            words::counted(&claims.into(), "claim", "claims"),
            words::counted(&speakers.len().into(), "speaker", "speakers")
        ),
    }
}

fn percent(share: f64) -> String {
    if share < 0.1 { format!("{:.1} %", 100.0 * share) } else { format!("{:.0} %", 100.0 * share) }
}

/// How likely an ending is, and after how many moves: `17 % of runs end here, after 2.5 moves on average`.
#[must_use]
pub fn likely(evolution: &Evolution, ending: &Absorbing) -> String {
    let least = if evolution.settled { "" } else { "at least " };
    let share = percent(ending.probability);
    if ending.moves.is_finite() {
        format!("{least}{share} of runs end here, after {:.1} moves on average", ending.moves)
    } else {
        format!("{least}{share} of runs end here")
    }
}

/// What stands below the endings: what was not followed, and how they are to be read.
#[must_use]
pub fn notes(conflict: &Conflict, evolution: &Evolution) -> Vec<String> {
    let mut notes = Vec::new();
    if evolution.unfollowed > 0.0 {
        let share = percent(evolution.unfollowed);
        notes.push(if evolution.settled {
            format!("{share} of runs were not followed to their end.")
        } else {
            format!("Where {share} of runs end is not known.")
        });
    }
    let next = if conflict.game.movers().len() == conflict.game.actors.len() {
        "When each actor is as likely as the next to move."
    } else {
        "When all who would move, alone or together, are equally likely to be next."
    };
    notes.push(format!("{next} Not a forecast."));
    notes.extend(written::weighted_chances(conflict));
    notes.extend(written::without_dates(conflict));
    notes
}

/// Where steps of single actors can end from `state`: the states of each ending.
#[must_use]
pub fn endings(conflict: &Conflict, state: &State, endings: &[Vec<&State>]) -> String {
    if let [only] = endings
        && only.as_slice() == [state]
    {
        return "It ends here: nobody alone moves.".to_owned();
    }
    let mut shown: Vec<String> = endings
        .iter()
        .take(NAMED)
        .filter_map(|states| states.first())
        .map(|state| names::quoted(names::brief(&names::outcome(conflict, state))))
        .collect();
    match endings.len().saturating_sub(NAMED) {
        0 => {}
        1 => shown.push("one other outcome".to_owned()),
        more => shown.push(format!("one of {more} others")),
    }
    format!("By steps of single actors it can end in {}.", words::either(&shown))
}

/// What each conclusion hangs on.
#[must_use]
pub fn hangs(conflict: &Conflict, found: &Trust) -> Vec<String> {
    let told = found.conclusions.len().min(TOLD);
    let mut sentences: Vec<String> = (0..told).map(|at| trust::alone(conflict, found, at)).collect();
    let more = found.conclusions.len().saturating_sub(TOLD);
    if more > 0 {
        let conclusions = words::counted(&more.into(), "more conclusion", "more conclusions");
        sentences.push(format!("{conclusions}: the table has them all."));
    }
    sentences
}
