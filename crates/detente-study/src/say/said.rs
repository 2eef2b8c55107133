//! What was said, in words: is it meant, would it work; in which dilemmas two actors are, and what usually ends them.

use detente_engine::said::{Case, Dilemma, Effect, Kind, Missing, Pair, Saying, Share, Told, Work, Would};
use detente_model::{ActorId, Conflict, Grounds, MoverId, Said, SaidKind, State};
use num_bigint::BigUint;

use crate::find::said::{Meant, Spoken, Worth, doers, parts, told, worth};
use crate::say::agree::Agree;
use crate::say::{concept, names, reason, words};
use crate::show::doc::{Column, Doc, Item, Line, Table};

/// Outcomes that a sentence names.
const NAMED: usize = 4;

/// What outcomes are called that are told together: those of one name are told apart.
struct Called<'c> {
    conflict: &'c Conflict,
    states: Vec<State>,
    names: Vec<String>,
}

impl<'c> Called<'c> {
    fn of(conflict: &'c Conflict, mut states: Vec<State>) -> Self {
        states.sort_unstable();
        states.dedup();
        Self { conflict, names: names::briefly(conflict, &states), states }
    }

    /// All that the sentences about a saying can name.
    fn in_saying(conflict: &'c Conflict, saying: &Saying) -> Self {
        let mut states = Vec::new();
        for case in told(conflict, saying) {
            states.extend([case.state.clone(), case.start.clone()]);
            match &case.would {
                Would::Does(step) | Would::Loses { step, .. } => states.push(step.to.clone()),
                Would::HeldBack { step, answer, .. } => {
                    states.push(step.to.clone());
                    states.extend(answer.clone());
                }
                Would::Cannot => {}
            }
        }
        if let Some(work) = &saying.work {
            states.extend(work.lasting.first.iter().chain(&work.lost.first).cloned());
        }
        Self::of(conflict, states)
    }

    /// All that the sentences about a pair can name, and what lasts.
    fn in_pair(spoken: &'c Spoken<'c>, pair: &Pair) -> Self {
        let mut states = spoken.found.lasting.first.clone();
        for dilemma in &pair.dilemmas {
            if let Dilemma::Yes(pinch) = dilemma {
                states.extend([pinch.to.clone(), pinch.from.clone()]);
            }
        }
        Self::of(spoken.conflict, states)
    }

    /// In quotation marks.
    fn name(&self, state: &State) -> String {
        match self.states.binary_search(state) {
            Ok(at) => names::quoted(&self.names[at]),
            Err(_) => names::quoted(names::brief(&names::outcome(self.conflict, state))),
        }
    }

    /// The first of a set, each by its name; of many those of one name together.
    fn some(&self, told: &Told) -> String {
        if told.count <= NAMED {
            return words::list(&told.first.iter().map(|state| self.name(state)).collect::<Vec<_>>());
        }
        words::list(&names::some(self.conflict, &told.first, &BigUint::from(told.count), NAMED))
    }
}

/// What is said, as a sentence: `Cuba threatens the United States: where …, … will …`.
#[must_use]
pub fn line(conflict: &Conflict, said: &Said) -> String {
    let (by, to) = (names::actor(conflict, said.by), names::inside_all(conflict, &said.to));
    let agree = Agree::with(conflict, said.by);
    let then = reason::clause(conflict, &said.then, true);
    let what = match &said.when {
        Some(when) => format!("where {}, {then}", reason::clause(conflict, when, true)),
        None => then,
    };
    match said.kind {
        SaidKind::Threat => format!("{by} {} {to}: {what}.", agree.verb("threatens", "threaten")),
        SaidKind::Promise => format!("{by} {} {to}: {what}.", agree.verb("promises", "promise")),
        SaidKind::Demand => {
            let that = if said.when.is_some() { "that, " } else { "that " };
            format!("{by} {} of {to} {that}{what}.", agree.verb("asks", "ask"))
        }
        SaidKind::Offer => format!("{by} {} {to}: {what}.", agree.verb("offers", "offer")),
    }
}

/// What it is worth, in a few words: of the outcomes looked at, where a bound was hit.
#[must_use]
pub fn verdict(said: &Said, saying: &Saying) -> String {
    let worth = worth_of(said, saying);
    if saying.limit.is_some() { format!("{worth}, as far as was looked at") } else { worth.to_owned() }
}

/// As [`verdict`], of what was looked at.
#[must_use]
pub fn worth_of(said: &Said, saying: &Saying) -> &'static str {
    let (meant, effect) = match worth(saying) {
        Worth::Idle if said.kind == SaidKind::Demand => return "Met already, wherever it would come up",
        Worth::Idle => return "It never comes up",
        Worth::Of(meant, effect) => (meant, effect),
    };
    match (said.kind, meant, effect) {
        (SaidKind::Demand, Meant::Yes, _) => "It would be met",
        (SaidKind::Demand, Meant::Partly, _) => "It would be met in part",
        (SaidKind::Demand, Meant::No, _) => "It would not be met",
        (SaidKind::Offer, Meant::Yes, None) => "Meant",
        (SaidKind::Offer, Meant::Partly, None) => "Meant in part",
        (SaidKind::Offer, Meant::No, None) => "Not meant",
        (_, Meant::Yes, Some(Effect::Works | Effect::InPart)) => "Credible, and it works",
        (_, Meant::Yes, Some(Effect::NotNeeded)) => "Credible, and not needed",
        (_, Meant::Yes, Some(Effect::InVain)) => "Credible, but in vain",
        (_, Meant::Yes, None) => "Credible",
        (_, Meant::Partly, Some(Effect::Works | Effect::InPart)) => {
            "Credible in part, and it works if believed"
        }
        (_, Meant::Partly, Some(Effect::NotNeeded)) => "Credible in part, and not needed",
        (_, Meant::Partly, Some(Effect::InVain)) => "Credible in part, and in vain",
        (_, Meant::Partly, None) => "Credible in part",
        (_, Meant::No, Some(Effect::Works | Effect::InPart)) => "A bluff that would work if believed",
        (_, Meant::No, Some(Effect::NotNeeded)) => "A bluff, and not needed",
        (_, Meant::No, Some(Effect::InVain)) => "A bluff, and in vain",
        (_, Meant::No, None) => "A bluff",
    }
}

/// What was found of something said, sentence by sentence.
#[must_use]
pub fn sentences(conflict: &Conflict, said: &Said, saying: &Saying) -> Vec<String> {
    let called = Called::in_saying(conflict, saying);
    let mut all = vec![would(conflict, said, saying)];
    all.extend(told(conflict, saying).into_iter().map(|case| why(&called, said, case)));
    if said.kind == SaidKind::Demand {
        all.extend(already(saying).map(str::to_owned));
    } else {
        all.push(match &saying.work {
            Some(work) => works(&called, said, work),
            None => "Whether it would work is not computed: it does not say exactly what would then be so."
                .to_owned(),
        });
    }
    all
}

/// Whether it would be done.
fn would(conflict: &Conflict, said: &Said, saying: &Saying) -> String {
    let who = names::actors(conflict, &doers(said));
    let (all, does) = (saying.cases.len(), saying.cases.iter().filter(|case| case.would.does()).count());
    let does_it = match said.kind {
        SaidKind::Threat => "carry it out",
        SaidKind::Promise => "keep it",
        SaidKind::Demand => "do it",
        SaidKind::Offer => "give it",
    };
    let outcomes = |count: usize| words::counted(&count.into(), "outcome", "outcomes");
    let least = if saying.limit.is_some() { " looked at" } else { "" };
    match saying.would {
        Share::Nothing if saying.limit.is_some() => "Among the moves looked at it never comes up.".to_owned(),
        Share::Nothing => idle(conflict, said, saying),
        Share::None if all == 1 => {
            format!("{who} would not {does_it} in the one outcome{least} where it comes up.")
        }
        Share::All if all == 2 && least.is_empty() => {
            format!("{who} would {does_it} in both outcomes where it comes up.")
        }
        Share::None if all == 2 && least.is_empty() => {
            format!("{who} would {does_it} in neither of the two outcomes where it comes up.")
        }
        Share::All if all == 1 => {
            format!("{who} would {does_it} in the one outcome{least} where it comes up.")
        }
        Share::All => format!("{who} would {does_it} in all {}{least} where it comes up.", outcomes(all)),
        Share::None => {
            format!("{who} would {does_it} in none of the {}{least} where it comes up.", outcomes(all))
        }
        Share::Some => {
            format!("{who} would {does_it} in {does} of the {}{least} where it comes up.", outcomes(all))
        }
    }
}

/// Why it never comes up.
fn idle(conflict: &Conflict, said: &Said, saying: &Saying) -> String {
    let whose = names::inside_all(conflict, &said.to);
    let or_lasts =
        if conflict.game.status_quo.is_some() { "today, and in what lasts," } else { "in what lasts" };
    if said.kind == SaidKind::Demand || said.when.is_none() {
        return format!("It never comes up: {or_lasts} it is so already, or its condition does not hold.");
    }
    let carried_out = match (said.kind, saying.already) {
        (SaidKind::Threat, Share::All) => {
            " Where its condition holds in what lasts, it is carried out already."
        }
        (_, Share::All) => " Where its condition holds in what lasts, it is kept already.",
        _ => "",
    };
    format!(
        "It never comes up: {or_lasts} and after one move of {whose} from there, its condition does not hold or it is \
         so already.{carried_out}"
    )
}

/// Where something comes up: `As things stand`, `In “X”, to which Cuba can go from where things stand,`.
fn place(called: &Called<'_>, case: &Case) -> String {
    let conflict = called.conflict;
    let named = |state: &State| called.name(state);
    let today = Some(&case.start) == conflict.game.status_quo.as_ref();
    match case.by {
        None if today => "As things stand,".to_owned(),
        None => format!("In {}, which lasts,", named(&case.state)),
        Some(mover) => {
            let from = if today { "where things stand".to_owned() } else { named(&case.start) };
            let who = names::mover_inside(conflict, mover);
            format!("In {}, to which {who} can go from {from},", named(&case.state))
        }
    }
}

/// What is done in one outcome where it comes up, and why.
fn why(called: &Called<'_>, said: &Said, case: &Case) -> String {
    let conflict = called.conflict;
    let named = |state: &State| called.name(state);
    let place = place(called, case);
    let parties = |mover: MoverId| conflict.game.parties(mover);
    // What is done, as a verb phrase.
    let does = |mover: MoverId, to: &State| match parties(mover).as_slice() {
        [one] => does(called, *one, &case.state, to),
        _ => format!("go to {}", named(to)),
    };
    match &case.would {
        Would::Does(step) => {
            let who = names::mover_inside(conflict, step.mover);
            let gains: Vec<String> = match parties(step.mover).as_slice() {
                [one] => vec![reason::gain(conflict, *one, &step.to, &case.state)],
                several => several
                    .iter()
                    .map(|party| {
                        let gain = reason::gain(conflict, *party, &step.to, &case.state);
                        format!("for {}, {gain}", names::inside(conflict, *party))
                    })
                    .collect(),
            };
            format!("{place} {who} would {}: {}.", does(step.mover, &step.to), gains.join("; "))
        }
        Would::HeldBack { step, party, answer } => {
            let who = names::mover_inside(conflict, step.mover);
            let party_name = names::inside(conflict, *party);
            let agree = Agree::with(conflict, *party);
            let then = match answer {
                Some(answer) => format!(
                    "the answers of others can lead to {}, which {party_name} {} no more than {}",
                    named(answer),
                    agree.verb("likes", "like"),
                    named(&case.state)
                ),
                None => format!(
                    "the answers of others can leave {party_name} no better off than in {}",
                    named(&case.state)
                ),
            };
            format!("{place} {who} would gain if it came to {}, but {then}.", named(&step.to))
        }
        Would::Loses { step, party } => {
            let who = names::mover_inside(conflict, step.mover);
            let agree = Agree::with(conflict, *party);
            let why = match crate::find::rests::decides(conflict, *party, &case.state, &step.to) {
                Some(_) => {
                    let better = reason::gain(conflict, *party, &case.state, &step.to);
                    format!("{} to leave it so: {better}", agree.verb("prefers", "prefer"))
                }
                None => format!(
                    "{} no reason to: it makes no difference to what {} {}",
                    agree.has(),
                    agree.it(),
                    agree.wants()
                ),
            };
            let other = if parties(step.mover) == [*party] {
                agree.it().to_owned()
            } else {
                names::inside(conflict, *party)
            };
            format!("{place} {who} could {}, but {other} {why}.", does(step.mover, &step.to))
        }
        Would::Cannot => {
            let whose = names::inside_all(conflict, &doers(said));
            format!("{place} no move of {whose} would bring it about.")
        }
    }
}

/// What an actor does between two states, as a verb phrase after `would` or `could`; where it is more than its own
/// options, where it leads. [`reason::does`] tells it where another clause says why.
fn does(called: &Called<'_>, actor: ActorId, from: &State, to: &State) -> String {
    let conflict = called.conflict;
    let game = &conflict.game;
    let differing = names::differing(conflict, from, to);
    let own =
        |thing: &detente_model::OptionId| game.options().get(thing.index()).is_some_and(|o| o.actor == actor);
    if differing.is_empty() || !differing.iter().all(|(thing, _)| own(thing)) {
        return format!("go to {}", called.name(to));
    }
    let phrase = |(thing, on): &(detente_model::OptionId, bool)| match names::level(conflict, *thing, to) {
        Some(level) => (1, format!("put {level}")),
        None if *on => (0, reason::phrase(conflict, *thing)),
        None => (2, left(&reason::phrase(conflict, *thing))),
    };
    let mut phrases: Vec<(u8, String)> = differing.iter().map(phrase).collect();
    phrases.sort_by_key(|(order, _)| *order);
    words::list(&phrases.into_iter().map(|(_, phrase)| phrase).collect::<Vec<_>>())
}

/// That something is left, after `would` or `could`: `choose not to sign`, `do without “Air strike”`.
fn left(phrase: &str) -> String {
    match phrase.strip_prefix("choose ") {
        Some(what) => format!("do without {what}"),
        None => format!("choose not to {phrase}"),
    }
}

/// How far what is asked is so already.
fn already(saying: &Saying) -> Option<&'static str> {
    match saying.already {
        Share::Nothing => None,
        Share::None => Some("Nothing that lasts is as asked."),
        Share::Some => Some("Some of what lasts is as asked."),
        Share::All => Some("All that lasts is as asked."),
    }
}

/// Whether it works when it is counted on.
fn works(called: &Called<'_>, said: &Said, work: &Work) -> String {
    let conflict = called.conflict;
    let agree = Agree::with_all(conflict, &said.to);
    let who = names::inside_all(conflict, &said.to);
    let if_believed = format!("{who} {} on it", agree.verb("counts", "count"));
    let then = then_lasts(called, &work.lasting);
    let same = work.gained.count == 0 && work.lost.count == 0;
    let mut text = match work.effect {
        Some(Effect::Works) => format!("If {if_believed}, it works: {then}."),
        Some(Effect::InPart) => format!("If {if_believed}, it works in part: {then}."),
        Some(Effect::NotNeeded) if same => {
            format!(
                "It is not needed: all that lasts is as asked, whether {who} {} on it or not.",
                agree.verb("counts", "count")
            )
        }
        Some(Effect::NotNeeded) => {
            format!("It is not needed: all that lasts is as asked without it, too. If {if_believed}, {then}.")
        }
        Some(Effect::InVain) if same => format!("Even if {if_believed}, it is in vain: the same lasts."),
        Some(Effect::InVain) => {
            format!("Even if {if_believed}, it does not bring about what is asked: {then}.")
        }
        None if same => format!("If {if_believed}, the same lasts."),
        None => format!("If {if_believed}, {then}."),
    };
    if work.not_feasible > 0 {
        let outcomes = words::counted(&work.not_feasible.into(), "outcome", "outcomes");
        text += &format!(
            " In {outcomes} where its condition holds it could not be carried out; there it counts for nothing."
        );
    }
    text
}

/// What lasts then, by name.
fn then_lasts(called: &Called<'_>, told: &Told) -> String {
    if told.count == 0 {
        return "nothing lasts then".to_owned();
    }
    format!("what then lasts is {}", called.some(told))
}

/// Whose dilemmas they are, as a heading.
#[must_use]
pub fn title(conflict: &Conflict, pair: &Pair) -> String {
    let (of, against) = (names::inside(conflict, pair.of), names::inside(conflict, pair.against));
    format!("Dilemmas of {of} against {against}")
}

/// Which dilemma it is, as a heading.
#[must_use]
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Persuasion => "Persuasion",
        Kind::Rejection => "Rejection",
        Kind::Threat => "Threat",
        Kind::Trust => "Trust",
    }
}

/// A dilemma of a pair in words: what it is and why, that there is none, or what is missing.
#[must_use]
pub fn dilemma(spoken: &Spoken<'_>, pair: &Pair, of_kind: Kind, dilemma: &Dilemma) -> String {
    let conflict = spoken.conflict;
    let (a, b) = (names::inside(conflict, pair.of), names::inside(conflict, pair.against));
    let (one, other) = (Agree::with(conflict, pair.of), Agree::with(conflict, pair.against));
    let pinch = match dilemma {
        Dilemma::Missing(why) => return missing(conflict, *why),
        Dilemma::Open => return "Not looked at to the end: there are too many moves.".to_owned(),
        Dilemma::No => {
            return match of_kind {
                Kind::Persuasion => {
                    format!("None: {b} would rather give way than see the threats carried out.")
                }
                Kind::Rejection => {
                    format!("None: {a} would rather see the threats carried out than give way to {b}.")
                }
                Kind::Threat => {
                    format!(
                        "None: once the threats are carried out, {a} alone {} nothing by going back on what {} threatened.",
                        one.verb("gains", "gain"),
                        one.it()
                    )
                }
                Kind::Trust => format!(
                    "None: where all is as {a} would have it, {b} alone {} nothing by breaking it.",
                    other.verb("gains", "gain")
                ),
            };
        }
        Dilemma::Yes(pinch) => pinch,
    };
    let called = Called::in_pair(spoken, pair);
    let named = |state: &State| called.name(state);
    let agree = Agree::with(conflict, pinch.who);
    let likes = || {
        let (to, from) = (named(&pinch.to), named(&pinch.from));
        if pinch.indifferent {
            let (it, wants) = (agree.it(), agree.wants());
            return format!("{to} no less than {from}: it makes no difference to what {it} {wants}");
        }
        format!("{to} more than {from}: {}", reason::gain(conflict, pinch.who, &pinch.to, &pinch.from))
    };
    let does = || {
        let does = does(&called, pinch.who, &pinch.from, &pinch.to);
        format!("{does}: {}", reason::gain(conflict, pinch.who, &pinch.to, &pinch.from))
    };
    let like = agree.verb("likes", "like");
    words::capital(&match of_kind {
        Kind::Persuasion => format!("{b} can hold out, for {} {like} {}.", agree.it(), likes()),
        Kind::Rejection => format!("{a} cannot hold out against {b}, for {} {like} {}.", agree.it(), likes()),
        Kind::Threat => format!(
            "what {a} {} is hard to believe: once all is carried out ({}), {} alone would rather {}.",
            agree.verb("threatens", "threaten"),
            named(&pinch.from),
            agree.it(),
            does()
        ),
        Kind::Trust => format!(
            "{a} cannot rely on {b}: from {}, which is what {a} {} for and {} best, {b} alone would rather {}.",
            named(&pinch.from),
            one.verb("asks", "ask"),
            one.verb("likes", "like"),
            does()
        ),
    })
}

/// What usually ends a dilemma (Howard 1999; Bryant 2003), in plain words.
#[must_use]
pub fn ends(conflict: &Conflict, pair: &Pair, of_kind: Kind) -> String {
    let (a, b) = (names::inside(conflict, pair.of), names::inside(conflict, pair.against));
    let one = Agree::with(conflict, pair.of);
    match of_kind {
        Kind::Persuasion => format!(
            "What usually ends it: {a} {} it worse for {b} to hold out, often in anger, or sweeter to give way, often \
             with some goodwill; or {a} {} up what {} {}.",
            one.verb("makes", "make"),
            one.verb("gives", "give"),
            one.it(),
            one.verb("asks", "ask")
        ),
        Kind::Rejection => format!(
            "What usually ends it: {a} {} to bear the conflict, out of defiance or for a cause, or {} what {b} {} as \
             {} own; or the two meet in something else.",
            one.verb("comes", "come"),
            one.verb("takes", "take"),
            Agree::with(conflict, pair.against).verb("asks", "ask"),
            one.its()
        ),
        Kind::Threat => format!(
            "What usually ends it: {a} {} {} own hands so that there is no way back, {} angry enough to mean it, or \
             {} something that {} would do; or {} it.",
            one.verb("ties", "tie"),
            one.its(),
            one.verb("grows", "grow"),
            one.verb("threatens", "threaten"),
            one.it(),
            one.verb("drops", "drop")
        ),
        Kind::Trust => format!(
            "What usually ends it: {b} {} to want it, out of goodwill or because it pays, or {} {} hands by a \
             guarantee or a step that cannot be undone; or {a} {} for something that {b} would keep.",
            Agree::with(conflict, pair.against).verb("comes", "come"),
            Agree::with(conflict, pair.against).verb("ties", "tie"),
            Agree::with(conflict, pair.against).its(),
            one.verb("asks", "ask")
        ),
    }
}

/// Why there can be none of a kind.
fn missing(conflict: &Conflict, why: Missing) -> String {
    let who = |actor: ActorId| names::actor(conflict, actor);
    let verb = |actor: ActorId, one, many| Agree::with(conflict, actor).verb(one, many);
    match why {
        Missing::Demand(actor) => format!("Missing: {} {} nothing.", who(actor), verb(actor, "asks", "ask")),
        Missing::Position(actor) => format!(
            "Missing: in no outcome within reach is everything as {} {}.",
            names::inside(conflict, actor),
            verb(actor, "asks", "ask")
        ),
        Missing::Agreed => "None: both ask the same, so that there is nothing to reject.".to_owned(),
        Missing::Threat(actor) => {
            format!("Missing: {} {} nothing.", who(actor), verb(actor, "threatens", "threaten"))
        }
        Missing::Threats => "Missing: neither threatens anything.".to_owned(),
        Missing::Today => "Missing: the case does not say where things stand.".to_owned(),
        Missing::NotFeasible => {
            "Missing: the threats of the two cannot all be carried out from where things stand.".to_owned()
        }
    }
}

/// What it comes to, first of all.
#[must_use]
pub fn summary(spoken: &Spoken<'_>) -> Vec<String> {
    let conflict = spoken.conflict;
    if conflict.said.is_empty() {
        return vec!["Nobody threatens, promises, asks or offers anything in this case.".to_owned()];
    }
    let mut all = Vec::new();
    for (kind, one, many) in [
        (SaidKind::Threat, "threat", "threats"),
        (SaidKind::Promise, "promise", "promises"),
        (SaidKind::Offer, "offer", "offers"),
        (SaidKind::Demand, "demand", "demands"),
    ] {
        let of_kind: Vec<&Saying> =
            spoken.sayings().filter(|(said, _)| said.kind == kind).map(|(_, saying)| saying).collect();
        let Some(first) = of_kind.first() else { continue };
        let would = match kind {
            SaidKind::Threat => "would be carried out",
            SaidKind::Promise => "would be kept",
            SaidKind::Offer => "would be given",
            SaidKind::Demand => "would be met",
        };
        let all_of = of_kind.len();
        if all_of == 1 {
            all.push(match first.would {
                Share::Nothing => format!("The one {one} never comes up."),
                Share::None => format!("The one {one} {}.", would.replacen("would", "would not", 1)),
                Share::Some => {
                    format!("The one {one} {would} in some outcomes where it comes up, in others not.")
                }
                Share::All => format!("The one {one} {would} wherever it comes up."),
            });
            continue;
        }
        let count = |share: Share| of_kind.iter().filter(|saying| saying.would == share).count();
        let (both, neither, n) = (all_of == 2, words::small(all_of), words::small(all_of));
        let every = if both { "Both".to_owned() } else { format!("All {n}") };
        let none = if both { "Neither of the two".to_owned() } else { format!("None of the {neither}") };
        let parts: Vec<String> = [Share::All, Share::Some, Share::None, Share::Nothing]
            .into_iter()
            .filter(|share| count(*share) > 0)
            .map(|share| match (share, words::small(count(share))) {
                (Share::All, k) => format!("{k} {would} wherever it comes up"),
                (Share::Some, k) => format!("{k} {would} in some outcomes where it comes up"),
                (Share::None, k) => format!("{k} {}", would.replacen("would", "would not", 1)),
                (Share::Nothing, k) => {
                    format!("{k} never {}", if k == "one" { "comes up" } else { "come up" })
                }
            })
            .collect();
        all.push(match first.would {
            Share::All if count(Share::All) == all_of => {
                format!("{every} {many} {would} wherever they come up.")
            }
            Share::Some if count(Share::Some) == all_of => {
                format!("{every} {many} {would} in some outcomes where they come up, in others not.")
            }
            Share::None if count(Share::None) == all_of => format!("{none} {many} {would}."),
            Share::Nothing if count(Share::Nothing) == all_of => format!("{none} {many} ever comes up."),
            _ => format!("Of the {n} {many}, {}.", words::list(&parts)),
        });
    }
    let there = |dilemma: &&Dilemma| matches!(dilemma, Dilemma::Yes(_));
    let dilemmas = spoken.found.pairs.iter().flat_map(|pair| &pair.dilemmas).filter(there).count();
    if !spoken.found.pairs.is_empty() {
        all.push(match dilemmas {
            0 => "What was said leaves nobody in a dilemma.".to_owned(),
            1 => "It leaves one dilemma.".to_owned(),
            n => format!("It leaves {} dilemmas.", words::small(n)),
        });
    }
    all
}

/// On whose word something said and what is told of it rests.
#[must_use]
pub fn basis(conflict: &Conflict, said: &Said, saying: &Saying) -> Line {
    let parts: Vec<_> = told(conflict, saying).into_iter().flat_map(|case| parts(conflict, case)).collect();
    let mut grounds: Vec<&Grounds> = vec![&said.grounds];
    grounds.extend(parts.iter().filter_map(|part| part.grounds(conflict)));
    reason::basis(conflict, &grounds)
}

/// The report.
#[must_use]
pub fn doc(spoken: &Spoken<'_>) -> Doc {
    let conflict = spoken.conflict;
    let mut doc = Doc::default();
    doc.title("What was said", Some(conflict.about.title.clone()));
    doc.say(summary(spoken).join(" "));
    if conflict.said.is_empty() {
        return doc;
    }
    let lasting = &spoken.found.lasting;
    doc.say(match lasting.count {
        0 => "As things are, nothing lasts.".to_owned(),
        _ => format!(
            "As things are, what lasts is {}. An outcome lasts when {}.",
            Called::of(conflict, lasting.first.clone()).some(lasting),
            concept::lasts_when(&conflict.game, spoken.concept)
        ),
    });
    let mut table = Table::new([
        Column::words("Said"),
        Column::words("Kind"),
        Column::text("By, to"),
        Column::text("Worth"),
    ]);
    for (said, saying) in spoken.sayings() {
        let who =
            format!("{}, to {}", names::actor(conflict, said.by), names::inside_all(conflict, &said.to));
        table.row([
            Line::new().code(said.id.clone()),
            said.kind.word().into(),
            who.into(),
            Line::new().strong(verdict(said, saying)),
        ]);
    }
    doc.table(table);
    for (said, saying) in spoken.sayings() {
        doc.heading_with(said.id.clone(), verdict(said, saying));
        doc.say(line(conflict, said));
        let mut items: Vec<Item> = sentences(conflict, said, saying).into_iter().map(Item::new).collect();
        let basis = basis(conflict, said, saying);
        if !basis.is_empty() {
            items.push(Item::new(Line::new().quiet("Rests on: ").and(basis)));
        }
        doc.list(items);
    }
    for pair in &spoken.found.pairs {
        let of = names::actor(conflict, pair.of);
        doc.heading(title(conflict, pair));
        let there = |one: &Dilemma| matches!(one, Dilemma::Yes(_));
        if !pair.dilemmas.iter().any(there) && pair.dilemmas.iter().all(|one| *one == Dilemma::No) {
            doc.say(format!("{of} {} in none.", Agree::with(conflict, pair.of).is()));
            continue;
        }
        let items = Kind::ALL.iter().zip(&pair.dilemmas).map(|((of_kind, _), one)| {
            let mark = Line::new().strong(kind(*of_kind));
            let item = Item::marked(mark, dilemma(spoken, pair, *of_kind, one));
            if there(one) {
                item.with(Item::new(Line::new().quiet(ends(conflict, pair, *of_kind))))
            } else {
                item
            }
        });
        doc.list(items.collect());
    }
    doc.say(
        Line::new().quiet(
            "Dilemmas after Howard (1999) and Bryant (2003), in our reading: docs/said.md says which.",
        ),
    );
    words::limits(&mut doc, &spoken.found.limits);
    doc
}
