//! What things are called: actors, options, rules, outcomes.

use std::collections::HashMap;

use detente_model::{
    Actor, ActorId, Conflict, Form, Game, OptionId, Outcome, Preference, Rule, RuleKind, Scale, State, Step,
    Values,
};
use num_bigint::BigUint;

use crate::say::{reason, words};

/// The name of an actor; with its id behind it where another one has the same name.
pub fn actor(conflict: &Conflict, actor: ActorId) -> String {
    let actors = &conflict.game.actors;
    let Some(own) = actors.get(actor.index()) else { return String::new() };
    // At the start of a sentence an article has its capital: `inside` takes it back.
    let name = match label(own).strip_prefix("the ") {
        Some(rest) => format!("The {rest}"),
        None => label(own).to_owned(),
    };
    if actors.iter().filter(|other| label(other) == label(own)).count() > 1 {
        return format!("{name} ({})", own.id);
    }
    name
}

fn label(actor: &Actor) -> &str {
    if actor.name.is_empty() { &actor.id } else { &actor.name }
}

/// The name of an actor inside a sentence: `the West` for The West.
pub fn inside(conflict: &Conflict, who: ActorId) -> String {
    let name = actor(conflict, who);
    match name.strip_prefix("The ") {
        Some(rest) => format!("the {rest}"),
        None => name,
    }
}

/// The names of several actors at the start of a sentence: `Azerbaijan and Russia`.
pub fn actors(conflict: &Conflict, list: &[ActorId]) -> String {
    let names: Vec<String> = list
        .iter()
        .enumerate()
        .map(|(at, &who)| if at == 0 { actor(conflict, who) } else { inside(conflict, who) })
        .collect();
    words::list(&names)
}

/// The names of several actors inside a sentence: `Azerbaijan and the West`.
pub fn inside_all(conflict: &Conflict, list: &[ActorId]) -> String {
    words::list(&list.iter().map(|&who| inside(conflict, who)).collect::<Vec<_>>())
}

/// Two letters per actor: the first letters of its id, made distinct by later ones.
pub fn codes(game: &Game) -> Vec<String> {
    let mut taken: Vec<String> = Vec::new();
    for actor in &game.actors {
        let letters: Vec<char> = actor.id.chars().filter(char::is_ascii_alphanumeric).collect();
        let first = letters.first().copied().unwrap_or('x');
        let seconds = letters.iter().skip(1).copied().chain('1'..='9').chain('a'..='z');
        let mut candidates = seconds.map(|second| format!("{first}{second}").to_uppercase());
        let code = candidates.find(|code| !taken.contains(code));
        taken.push(code.unwrap_or_else(|| format!("{}", taken.len() + 1)));
    }
    taken
}

/// An option in words, without its actor.
pub fn option(conflict: &Conflict, option: OptionId) -> &str {
    conflict
        .game
        .options()
        .get(option.index())
        .map_or("", |o| if o.text.is_empty() { &o.id } else { &o.text })
}

/// That a switch is on, in words, without its actor: `Use force`, `Catch quota above 40 kt`.
#[must_use]
pub fn switch(conflict: &Conflict, id: OptionId) -> String {
    let text = option(conflict, id);
    let scale = conflict.game.option_form().and_then(|form| {
        let (scale, bit) = form.options.get(id.index())?.scale?;
        Some((form.scale(scale)?, bit as usize))
    });
    // An act's first switch: at any level.
    match scale.and_then(|(s, bit)| Some((s, if s.can_be_off() { bit.checked_sub(1)? } else { bit }))) {
        Some((scale, below)) => format!("{text} above {}", spoken(scale, below)),
        None => text.to_owned(),
    }
}

/// A levelled thing where it stands: `Catch quota at 40 kt`; `None`: it has no levels, or is an act that is off.
#[must_use]
pub fn level(conflict: &Conflict, thing: OptionId, state: &State) -> Option<String> {
    at(conflict, thing, state).map(|level| format!("{} at {level}", option(conflict, thing)))
}

/// The level at which a thing stands: `40 kt`; `None`: it has no levels, or is an act that is off.
#[must_use]
pub fn at(conflict: &Conflict, thing: OptionId, state: &State) -> Option<String> {
    let scale = conflict.game.option_form()?.scale_of(thing)?;
    let place = scale.value(state)?;
    Some(spoken(scale, place))
}

/// A level as it is spoken: `40 kt`, `1 furnace`, `‘building’`.
#[must_use]
pub fn spoken(scale: &Scale, place: usize) -> String {
    level_word(scale, &scale.values.word(place))
}

/// As [`spoken`], of the word of a level.
#[must_use]
pub fn level_word(scale: &Scale, word: &str) -> String {
    match (&scale.values, &scale.unit) {
        (Values::Names(_), _) => format!("‘{word}’"),
        (Values::Numbers(_), None) => word.to_owned(),
        // A unit that is counted is in the plural.
        (Values::Numbers(_), Some(unit)) if word == "1" => match unit.strip_suffix('s') {
            Some(one) if unit.len() > 3 && unit.chars().all(char::is_alphabetic) && !one.ends_with('s') => {
                format!("1 {one}")
            }
            _ => format!("1 {unit}"),
        },
        (Values::Numbers(_), Some(unit)) => format!("{word} {unit}"),
    }
}

/// What differs between two states, thing by thing: the switch, and whether it is on; a thing with levels by its first
/// switch, on unless it is an act that is off.
#[must_use]
pub fn differing(conflict: &Conflict, from: &State, to: &State) -> Vec<(OptionId, bool)> {
    let game = &conflict.game;
    let scale = |thing| game.option_form().and_then(|form| form.scale_of(thing));
    let differs = |thing: &OptionId| match scale(*thing) {
        Some(scale) => scale.value(from) != scale.value(to),
        None => from.is_on(*thing) != to.is_on(*thing),
    };
    let stands = |thing| scale(thing).map_or_else(|| to.is_on(thing), |scale| scale.value(to).is_some());
    game.things().filter(differs).map(|thing| (thing, stands(thing))).collect()
}

/// Whose an option is: its actor; of an act those without whom it does not begin, or who can be among those that begin
/// it: who can only end it is not among them; nobody for a chance event.
#[must_use]
pub fn doers(conflict: &Conflict, id: OptionId) -> Vec<ActorId> {
    let form = conflict.game.option_form();
    match form.and_then(|form| form.act_of(id)) {
        Some(act) => {
            let begins = |party: &&ActorId| act.begins.groups.iter().any(|group| group.contains(party));
            let who: Vec<ActorId> = act.parties.iter().filter(begins).copied().collect();
            if who.is_empty() { act.parties.clone() } else { who }
        }
        None => {
            let owner = conflict.game.options().get(id.index()).map(|option| option.actor);
            owner.into_iter().filter(|owner| *owner != ActorId::NOBODY).collect()
        }
    }
}

/// Who does it, inside a sentence: `the West`, `Ann and Bob`; `None`: nobody's own, or an act that some of several can begin
/// without the others, or that only a date begins.
#[must_use]
pub fn doing(conflict: &Conflict, id: OptionId) -> Option<String> {
    let who = doers(conflict, id);
    let act = conflict.game.option_form().and_then(|form| form.act_of(id));
    let some = act.is_some_and(|act| act.begins.groups.iter().all(|group| group.len() < who.len()));
    (!some && !who.is_empty()).then(|| inside_all(conflict, &who))
}

/// An option in words, with its actor: `“Use force in Karabakh” (Azerbaijan)`.
pub fn whose(conflict: &Conflict, id: OptionId) -> String {
    let who = doers(conflict, id);
    if who.is_empty() {
        return quoted(option(conflict, id));
    }
    format!("{} ({})", quoted(option(conflict, id)), actors(conflict, &who))
}

/// A rule in words: its id and what it says.
pub fn rule(conflict: &Conflict, place: usize) -> String {
    let game = &conflict.game;
    let Some(rule) = game.option_form().and_then(|form| form.rules.get(place)) else { return String::new() };
    let says = reason::rule(conflict, place);
    match &rule.id {
        Some(id) => format!("`{id}` ({says})"),
        None => format!("“{says}”"),
    }
}

/// Whose things stand together in a list: an actor; acts and chance events, which are nobody's own.
#[must_use]
pub fn group(conflict: &Conflict, whose: ActorId) -> String {
    if whose == ActorId::NOBODY { "Together".to_owned() } else { actor(conflict, whose) }
}

/// The number of a wish among those of its actor, from 1: a wish over levels is one, however many statements it stands
/// for.
#[must_use]
pub fn wish_number(conflict: &Conflict, actor: ActorId, place: usize) -> usize {
    let Some(Preference::Statements(list)) = conflict.game.preferences.get(actor.index()) else {
        return place + 1;
    };
    list.iter().take(place + 1).filter(|statement| statement.begins_wish()).count().max(1)
}

/// Who moves: an actor, or several together.
#[must_use]
pub fn mover(conflict: &Conflict, mover: detente_model::MoverId) -> String {
    match conflict.game.parties(mover).as_slice() {
        [one] => actor(conflict, *one),
        [] => String::new(),
        several => format!("{} together", actors(conflict, several)),
    }
}

/// Who moves, inside a sentence: `the West`, `Ann and Bob together`.
#[must_use]
pub fn mover_inside(conflict: &Conflict, mover: detente_model::MoverId) -> String {
    match conflict.game.parties(mover).as_slice() {
        [one] => inside(conflict, *one),
        [] => String::new(),
        several => format!("{} together", inside_all(conflict, several)),
    }
}

/// Who moves, inside a sentence, with the act by which several do: `Ann and Bob together (“Sign the deal”)`.
#[must_use]
pub fn by(conflict: &Conflict, mover: detente_model::MoverId) -> String {
    let movers = conflict.game.movers();
    let Some(of) = movers.get(mover.index()) else { return String::new() };
    let who = mover_inside(conflict, mover);
    let form = conflict.game.option_form();
    match of.joint.and_then(|joint| form?.acts.get(joint.act.index())) {
        Some(act) => {
            let scale = form.and_then(|form| form.scale_of(act.first));
            let level = match (scale, of.joint.map(|joint| joint.step)) {
                (Some(scale), Some(Step::Begin(level))) => {
                    format!(" at {}", spoken(scale, level as usize))
                }
                _ => String::new(),
            };
            let ends = of.joint.is_some_and(|joint| joint.step == Step::End);
            let by = if ends { "by ending " } else { "" };
            format!("{who} ({by}{}{level})", quoted(option(conflict, act.first)))
        }
        None => who,
    }
}

/// What a rule says, in the words of the file.
pub fn rule_says(conflict: &Conflict, rule: &Rule) -> String {
    let game = &conflict.game;
    let several = |parts: &[detente_model::Expr]| {
        words::list(&parts.iter().map(|part| game.formula_text(part)).collect::<Vec<_>>())
    };
    match &rule.kind {
        RuleKind::Never(f) => format!("never {}", game.formula_text(f)),
        RuleKind::Always(f) => format!("always {}", game.formula_text(f)),
        RuleKind::AtMostOne(parts) => format!("at most one of {}", several(parts)),
        RuleKind::ExactlyOne(parts) => format!("exactly one of {}", several(parts)),
        RuleKind::Requires(o, f) => format!("{} requires {}", game.option_name(*o), game.formula_text(f)),
        RuleKind::Unavailable(o) => format!("{} is not available", whose(conflict, *o)),
        RuleKind::Chain(o, _) => format!("{} has one level at a time", game.option_name(*o)),
    }
}

/// Changes that a made name lists one by one.
const TOLD: usize = 4;
/// Options by which outcomes of one name are told apart.
const APART: usize = 4;
/// More outcomes of one name are told apart by their numbers.
const MANY: usize = 256;

/// What a name of the file is called: as it says; with its id behind it where another one is called the same.
pub fn named(conflict: &Conflict, outcome: &Outcome) -> String {
    if conflict.outcomes.iter().filter(|other| other.name == outcome.name).count() > 1 {
        return match outcome.name.split_once(':') {
            Some((brief, rest)) => format!("{} ({}):{rest}", brief.trim_end(), outcome.id),
            None => format!("{} ({})", outcome.name, outcome.id),
        };
    }
    outcome.name.clone()
}

/// An outcome by its name, without anything to tell apart outcomes of one name.
///
/// The first name of the file that fits it, the name that the graph gives it, `The status quo`, or one made of what
/// differs from the status quo: `Sign (Armenia and Azerbaijan), no longer hinder the Western tracks`.
pub fn outcome(conflict: &Conflict, state: &State) -> String {
    given(conflict, state).unwrap_or_else(|| Namer::of(conflict).made(state))
}

/// The name that somebody gave it.
fn given(conflict: &Conflict, state: &State) -> Option<String> {
    if let Some(outcome) = conflict.outcome_of(state) {
        return Some(named(conflict, outcome));
    }
    let today = || conflict.game.status_quo.as_ref() == Some(state);
    let Form::Graph(form) = &conflict.game.form else {
        return today().then(|| "The status quo".to_owned());
    };
    let at = state.number().and_then(|number| usize::try_from(number).ok()).unwrap_or(0).wrapping_sub(1);
    let filled = |names: &[String]| names.get(at).filter(|name| !name.is_empty()).cloned();
    filled(&form.names).or_else(|| filled(&form.states))
}

/// Names many outcomes of one conflict: what their names are made of is looked up once.
pub struct Namer<'c> {
    conflict: &'c Conflict,
    /// Options as phrases.
    phrases: Vec<String>,
    /// The first option with the same text, and whether there is another.
    texts: Vec<(usize, bool)>,
}

impl<'c> Namer<'c> {
    /// A namer for `conflict`.
    pub fn of(conflict: &'c Conflict) -> Self {
        let all = || (0..conflict.game.options().len()).map(OptionId::from);
        let mut first: HashMap<&str, (usize, usize)> = HashMap::new();
        // The switches of one thing with levels are not several that are called the same.
        for id in conflict.game.things() {
            first.entry(option(conflict, id)).or_insert((id.index(), 0)).1 += 1;
        }
        let text = |id| first.get(option(conflict, id)).map_or((0, false), |(at, count)| (*at, *count > 1));
        Self {
            conflict,
            phrases: all().map(|id| done(conflict, id)).collect(),
            texts: all().map(text).collect(),
        }
    }

    /// As [`outcome`].
    pub fn outcome(&self, state: &State) -> String {
        given(self.conflict, state).unwrap_or_else(|| self.made(state))
    }

    /// A name made of what the outcome is: nobody gave it one.
    fn made(&self, state: &State) -> String {
        let game = &self.conflict.game;
        let levelled = game.option_form().is_some_and(|form| !form.scales.is_empty());
        if state.on().next().is_none() && !levelled {
            return "Nothing is done".to_owned();
        }
        let nothing = State::default();
        let today = game.status_quo.as_ref().unwrap_or(&nothing);
        let differ = differing(self.conflict, today, state);
        let levels: Vec<String> =
            differ.iter().filter_map(|(thing, _)| level(self.conflict, *thing, state)).collect();
        let at_level = |thing: OptionId| level(self.conflict, thing, state).is_some();
        let of = |on: bool| -> Vec<OptionId> {
            let list = differ.iter().filter(|(thing, now)| *now == on && !at_level(*thing));
            list.map(|(thing, _)| *thing).collect()
        };
        let (gained, lost) = (self.by_text(&of(true)), self.by_text(&of(false)));
        let all = gained.len() + levels.len() + lost.len();
        let most = if all == TOLD + 1 { all } else { TOLD };
        let gained = gained.iter().map(|group| self.said(group));
        let mut parts: Vec<String> = gained.chain(levels).take(most).collect();
        let room = most - parts.len();
        for (at, group) in lost.iter().take(room).enumerate() {
            parts.push(format!("{}{}", if at == 0 { "no longer " } else { "nor " }, self.said(group)));
        }
        let mut text = words::capital(&parts.join(", "));
        if all > parts.len() {
            text += &format!(" and {} other changes", all - parts.len());
        }
        // What stands before a colon is the brief name.
        text.replace(": ", " – ").replace(':', "∶")
    }

    /// Options, those with the same text together.
    fn by_text(&self, options: &[OptionId]) -> Vec<Vec<OptionId>> {
        let mut groups: Vec<(usize, Vec<OptionId>)> = Vec::new();
        for id in options {
            let (text, shared) = self.texts.get(id.index()).copied().unwrap_or((id.index(), false));
            match groups.iter_mut().find(|(other, _)| shared && *other == text) {
                Some((_, list)) => list.push(*id),
                None => groups.push((text, vec![*id])),
            }
        }
        groups.into_iter().map(|(_, list)| list).collect()
    }

    /// Options with one text as a phrase or, where they are no act, as they are; with the actors where others could be meant: `sign (A and B)`.
    fn said(&self, options: &[OptionId]) -> String {
        let Some(first) = options.first() else { return String::new() };
        let phrase = self.phrases.get(first.index()).cloned().unwrap_or_default();
        if !self.is_shared(*first) {
            return phrase;
        }
        let mut who: Vec<ActorId> = options.iter().flat_map(|id| doers(self.conflict, *id)).collect();
        who.dedup();
        format!("{phrase} ({})", inside_all(self.conflict, &who))
    }

    /// Whether another option has the same text.
    fn is_shared(&self, option: OptionId) -> bool {
        self.texts.get(option.index()).is_some_and(|(_, shared)| *shared)
    }

    /// What tells `state` apart from `others`: the options in which it differs from most of them first.
    fn apart(&self, state: &State, mut others: Vec<&State>) -> String {
        let game = &self.conflict.game;
        if let Form::Graph(_) = &game.form {
            return crate::wire::state_text(game, state);
        }
        let mut with: Vec<String> = Vec::new();
        let mut without: Vec<String> = Vec::new();
        let mut levels: Vec<String> = Vec::new();
        // What has levels differs by its level, not by the switches that make it.
        let things: Vec<OptionId> = game.things().collect();
        let scale = |thing| game.option_form().and_then(|form| form.scale_of(thing));
        let differs = |thing: OptionId, other: &State| match scale(thing) {
            Some(scale) => scale.value(state) != scale.value(other),
            None => state.is_on(thing) != other.is_on(thing),
        };
        while !others.is_empty() && with.len() + levels.len() + without.len() < APART {
            let told = |thing: OptionId| others.iter().filter(|other| differs(thing, other)).count();
            // Of several that tell as much the first one is taken, so they come in reverse.
            let Some(thing) = things.iter().copied().rev().max_by_key(|thing| told(*thing)) else { break };
            let list = match at(self.conflict, thing, state) {
                Some(level) => {
                    levels.push(format!("{} at {level}", self.inner(thing)));
                    others.retain(|other| !differs(thing, other));
                    continue;
                }
                None if state.is_on(thing) => &mut with,
                None => &mut without,
            };
            list.push(self.inner(thing));
            others.retain(|other| !differs(thing, other));
        }
        let mut parts = Vec::new();
        if !with.is_empty() {
            parts.push(format!("with {}", words::list(&with)));
        }
        parts.extend(levels);
        if !without.is_empty() {
            parts.push(format!("without {}", words::either(&without)));
        }
        if !others.is_empty() {
            parts.push(format!("state {state}"));
        }
        parts.join(", ")
    }

    /// An option inside a quoted name: `‘Leave’`, with its actor where another one has the same text.
    fn inner(&self, id: OptionId) -> String {
        let text = option(self.conflict, id);
        let who = doers(self.conflict, id);
        if self.is_shared(id) && !who.is_empty() {
            return format!("‘{text}’ of {}", inside_all(self.conflict, &who));
        }
        format!("‘{text}’")
    }
}

/// An option as part of a name: `sign`, `Air strike`.
fn done(conflict: &Conflict, id: OptionId) -> String {
    let text = option(conflict, id);
    if detente_case::is_act(text) { reason::phrase(conflict, id) } else { text.to_owned() }
}

/// Brief names for some outcomes that are listed together, each another one: where two are called the same, what
/// differs between them stands behind the name: `Side deal (with ‘Offer a deal’)`.
///
/// # Complexity
/// Of outcomes with one name, every pair is compared in every option: for lists that somebody reads.
pub fn briefly(conflict: &Conflict, states: &[State]) -> Vec<String> {
    let namer = Namer::of(conflict);
    let names: Vec<String> = states.iter().map(|state| brief(&namer.outcome(state)).to_owned()).collect();
    states
        .iter()
        .zip(&names)
        .map(|(state, name)| {
            let same = states.iter().zip(&names).filter(|(other, named)| *named == name && *other != state);
            let others: Vec<&State> = same.map(|(other, _)| other).collect();
            match others.len() {
                0 => name.clone(),
                // By the hundred nobody tells them apart by what differs.
                n if n > MANY => format!("{name} (state {state})"),
                _ => format!("{name} ({})", namer.apart(state, others)),
            }
        })
        .collect()
}

/// The whole names of some outcomes that are listed together; where two are called the same, as [`briefly`].
pub fn apart(conflict: &Conflict, states: &[State]) -> Vec<String> {
    let namer = Namer::of(conflict);
    let whole: Vec<String> = states.iter().map(|state| namer.outcome(state)).collect();
    let shared = |name: &String| whole.iter().filter(|other| brief(other) == brief(name)).count() > 1;
    let briefly = briefly(conflict, states);
    whole
        .iter()
        .zip(briefly)
        .map(|(name, briefly)| if shared(name) { briefly } else { name.clone() })
        .collect()
}

/// Outcomes by their brief names, those of one name together, at most `most` names; how many outcomes are left.
pub fn grouped(conflict: &Conflict, states: &[State], most: usize) -> (Vec<(String, usize)>, usize) {
    let namer = Namer::of(conflict);
    let mut groups: Vec<(String, usize)> = Vec::new();
    for state in states {
        let name = brief(&namer.outcome(state)).to_owned();
        match groups.iter_mut().find(|(other, _)| *other == name) {
            Some((_, count)) => *count += 1,
            None => groups.push((name, 1)),
        }
    }
    let rest = groups.iter().skip(most).map(|(_, count)| count).sum();
    groups.truncate(most);
    (groups, rest)
}

/// Outcomes in quotation marks, those of one name together: `“Moscow deal”`, `“Side deal” (4 outcomes)`, `3 more outcomes`. Of
/// `all` outcomes `first` are known.
pub fn some(conflict: &Conflict, first: &[State], all: &BigUint, most: usize) -> Vec<String> {
    let (groups, rest) = grouped(conflict, first, most);
    let told = |(name, count): (String, usize)| {
        let name = quoted(&name);
        if count > 1 { format!("{name} ({count} outcomes)") } else { name }
    };
    let mut list: Vec<String> = groups.into_iter().map(told).collect();
    let more = all - BigUint::from(first.len() - rest);
    if more > BigUint::ZERO {
        list.push(words::counted(&more, "more outcome", "more outcomes"));
    }
    list
}

/// The part of an outcome's name before its first colon: for places where space is short.
pub fn brief(name: &str) -> &str {
    name.split(':').next().map_or(name, str::trim_end)
}

/// A case's own words in quotation marks.
pub fn quoted(text: &str) -> String {
    format!("“{text}”")
}
