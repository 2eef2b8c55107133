//! Why nobody leaves an outcome alone: which wish holds each actor that could get something else that it
//! wants, which rule or one-way option keeps it, and what the others miss.

use detente_model::{ActorId, Conflict, State};

use super::clause::{barred, concern, does, gained, is_own_option, lost_by_itself, prefers, wish_at};
use super::{Hop, Sentence};
use crate::find::rests::{Decides, Hold, Kept, Stay, stay};
use crate::say::agree::Agree;
use crate::say::{names, words};
use crate::show::doc::{About, Line};

/// Actors, wishes or obstacles that are named one by one.
const NAMED: usize = 3;

/// Why nobody leaves `state`, in one sentence. It must be a Nash equilibrium.
pub fn nobody_leaves(conflict: &Conflict, state: &State) -> Line {
    let all: Vec<Stay> = conflict.game.actor_ids().map(|actor| stay(conflict, actor, state)).collect();
    let mut parts: Vec<Line> = Vec::new();
    named(
        &mut parts,
        all.iter().filter_map(|stay| tempted(conflict, stay, &inside(conflict, stay.actor))).collect(),
    );
    // Who is kept from what it misses is told so.
    let told = |stay: &Stay, wish: usize| stay.kept.iter().take(1).any(|kept| kept.wish() == Some(wish));
    parts.extend(missing(conflict, &all, &told));
    let barred: Vec<&Stay> = all.iter().filter(|stay| !stay.kept.is_empty()).collect();
    let kept = barred.iter().filter_map(|stay| {
        stay.kept.first().map(|kept| kept_from(conflict, kept, &inside(conflict, stay.actor)))
    });
    named(&mut parts, kept.collect());
    let mut group = |which: &dyn Fn(&Stay) -> bool, one: &str, many: &str| {
        let list: Vec<ActorId> = all.iter().filter(|stay| which(stay)).map(|stay| stay.actor).collect();
        if !list.is_empty() {
            let verb = if Agree::with_all(conflict, &list).is_many() { many } else { one };
            parts.push(everybody(conflict, &list).plain(format!(" {verb}")));
        }
    };
    group(&|stay| matches!(stay.hold, Hold::Content), "has all that it wants", "have all that they want");
    group(
        &|stay| matches!(stay.hold, Hold::NoBetter),
        "can move only to what it ranks no higher",
        "can move only to what they rank no higher",
    );
    group(&|stay| matches!(stay.hold, Hold::NoMove) && stay.kept.is_empty(), "has no move", "have no move");
    group(
        &|stay| matches!(stay.hold, Hold::TooMany),
        "has too many moves to name what holds it",
        "have too many moves to name what holds them",
    );
    Line::joined(parts, "; ", "; ").capital().plain(".")
}

/// The first few, and how many more there are.
fn named(parts: &mut Vec<Line>, list: Vec<Line>) {
    let all = list.len();
    parts.extend(list.into_iter().take(NAMED));
    match all.saturating_sub(NAMED) {
        0 => {}
        1 => parts.push(Line::from("one other is held in the same way")),
        more => parts.push(Line::from(format!("{more} others are held in the same way"))),
    }
}

fn inside(conflict: &Conflict, actor: ActorId) -> Line {
    Line::new().about(About::Actor(actor), names::inside(conflict, actor))
}

fn everybody(conflict: &Conflict, actors: &[ActorId]) -> Line {
    Line::joined(actors.iter().map(|actor| inside(conflict, *actor)), ", ", " and ")
}

/// Why one actor that has nothing to gain alone stays.
pub(super) fn alone(conflict: &Conflict, stay: &Stay) -> Vec<Sentence> {
    let (actor, state) = (stay.actor, &stay.state);
    let agree = Agree::with(conflict, actor);
    let stays = format!(" {}: ", agree.verb("stays", "stay"));
    let who = Line::new().about(About::Actor(actor), names::actor(conflict, actor)).plain(stays);
    let it = || Line::from(agree.it());
    let rests = stay.parts(conflict);
    let mut kept: Vec<&Kept> = stay.kept.iter().collect();
    let out_of_reach = |place: usize| {
        it().plain(" would still prefer ")
            .about(About::Wish(actor, place), prefers(conflict, actor, place, true))
            .plain(format!(", which {} cannot bring about alone", agree.it()))
    };
    let mut all = Vec::new();
    let first = match &stay.hold {
        Hold::Tempted { to, loss, .. } => {
            let line = tempted(conflict, stay, &it()).unwrap_or_default();
            let mut sentence = Sentence::new(line, rests);
            sentence.hop = Some(Hop { actors: vec![actor], from: state.clone(), to: to.clone() });
            sentence.decides = loss.clone().map(|loss| (loss, false));
            sentence
        }
        // That it is kept from it says more than that it cannot get it.
        hold @ (Hold::OutOfReach(_) | Hold::NoBetter | Hold::NoMove)
            if kept.first().is_some_and(|kept| match hold {
                Hold::OutOfReach(place) => kept.wish() == Some(*place),
                _ => true,
            }) =>
        {
            let mut sentence = obstacle(conflict, stay, kept.remove(0), &it());
            sentence.parts.extend(rests);
            sentence
        }
        Hold::OutOfReach(place) => Sentence::new(out_of_reach(*place), rests),
        Hold::Content => Sentence::new(
            it().plain(format!(" {} all that {} {}", agree.has(), agree.it(), agree.wants())),
            rests,
        ),
        Hold::NoBetter => Sentence::new(
            it().plain(format!(
                " can move only to what {} {} no higher",
                agree.it(),
                agree.verb("ranks", "rank")
            )),
            rests,
        ),
        Hold::NoMove => Sentence::new(it().plain(format!(" {} no move", agree.has())), rests),
        Hold::TooMany => Sentence::new(
            Line::from(format!(
                "none of {} moves leads to anything that {} {}; there are too many to name all that holds {} there",
                agree.its(),
                agree.it(),
                agree.verb("prefers", "prefer"),
                agree.them()
            )),
            rests,
        ),
    };
    all.push(Sentence { line: who.and(first.line).plain("."), ..first });
    let more = kept.len().saturating_sub(NAMED);
    for kept in kept.into_iter().take(NAMED) {
        let also = obstacle(conflict, stay, kept, &it());
        all.push(Sentence { line: also.line.capital().plain("."), ..also });
    }
    if more > 0 {
        let things = words::counted(&more.into(), "other set", "other sets");
        all.push(Sentence::new(
            Line::from(format!(
                "In the same way {things} of rules and one-way options keep {} there.",
                agree.them()
            )),
            Vec::new(),
        ));
    }
    all
}

/// What an actor would prefer and is kept from, with what that rests on.
fn obstacle(conflict: &Conflict, stay: &Stay, kept: &Kept, who: &Line) -> Sentence {
    let mut sentence = Sentence::new(kept_from(conflict, kept, who), kept.parts());
    sentence.hop = Some(Hop { actors: vec![stay.actor], from: stay.state.clone(), to: kept.to.clone() });
    sentence.possible = false;
    sentence.decides = Some((kept.gain.clone(), true));
    sentence
}

/// `Ann would rather no longer burn the bridge (that is its second concern), but “burn the bridge” cannot be undone`.
fn kept_from(conflict: &Conflict, kept: &Kept, who: &Line) -> Line {
    let Decides { actor, worse, .. } = &kept.gain;
    who.clone()
        .plain(format!(" would rather {} (", does(conflict, *actor, worse, &kept.to)))
        .and(gained(conflict, &kept.gain))
        .plain("), but ")
        .and(barred(conflict, &kept.by))
}

/// What would be the way out of an answer, and what bars it.
pub(super) fn no_way_out(conflict: &Conflict, actor: ActorId, from: &State, kept: &Kept) -> Line {
    Line::from(format!("to {} would do that, but ", does(conflict, actor, from, &kept.to)))
        .and(barred(conflict, &kept.by))
}

/// `The West might no longer guarantee the agreement, but then …`.
fn tempted(conflict: &Conflict, stay: &Stay, who: &Line) -> Option<Line> {
    let Hold::Tempted { wish, to, loss } = &stay.hold else { return None };
    let mut line = who
        .clone()
        .plain(" might ")
        .about(About::State(to.clone()), does(conflict, stay.actor, &stay.state, to));
    if !is_own_option(conflict, stay.actor, *wish) {
        let then = wish_at(conflict, stay.actor, *wish, to);
        let statements = matches!(
            conflict.game.preferences.get(stay.actor.index()),
            Some(detente_model::Preference::Statements(_))
        );
        // What has parts of its own would run into what follows.
        line = if statements && then.contains(", ") {
            let its = Agree::with(conflict, stay.actor).its();
            line.plain(format!(
                ", which would serve {its} {} concern (that ",
                concern(conflict, stay.actor, *wish)
            ))
            .about(About::Wish(stay.actor, *wish), then)
            .plain(")")
        } else {
            line.plain(", so that ").about(About::Wish(stay.actor, *wish), then)
        };
    }
    let but = match loss {
        Some(loss) => lost_by_itself(conflict, loss),
        None => {
            Line::from(format!("on balance {} would gain nothing", Agree::with(conflict, stay.actor).it()))
        }
    };
    Some(line.plain(", but ").and(but))
}

/// What actors miss and cannot get by themselves, those who miss the same together.
fn missing(conflict: &Conflict, all: &[Stay], told: &dyn Fn(&Stay, usize) -> bool) -> Option<Line> {
    let mut groups: Vec<(String, usize, Vec<ActorId>)> = Vec::new();
    for stay in all {
        let Hold::OutOfReach(place) = stay.hold else { continue };
        if told(stay, place) {
            continue;
        }
        let text = prefers(conflict, stay.actor, place, true);
        match groups.iter_mut().find(|(other, ..)| *other == text) {
            Some((.., actors)) => actors.push(stay.actor),
            None => groups.push((text, place, vec![stay.actor])),
        }
    }
    let actors: usize = groups.iter().map(|(.., actors)| actors.len()).sum();
    let mut list: Vec<Line> = groups
        .iter()
        .take(NAMED)
        .map(|(text, place, actors)| {
            let line = everybody(conflict, actors).plain(" would still prefer ");
            match actors.first() {
                Some(actor) => line.about(About::Wish(*actor, *place), text.clone()),
                None => line,
            }
        })
        .collect();
    match groups.iter().skip(NAMED).map(|(.., actors)| actors.len()).sum::<usize>() {
        0 => {}
        1 => list.push(Line::from("one other would prefer something else")),
        more => list.push(Line::from(format!("{more} others would prefer something else"))),
    }
    let alone = if actors == 1 {
        ", but cannot bring that about alone"
    } else {
        ", but none of them can bring that about alone"
    };
    (!list.is_empty()).then(|| Line::joined(list, ", ", " and ").plain(alone))
}
