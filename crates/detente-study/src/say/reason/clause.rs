//! Moves, wishes and formulas as parts of a sentence. Option texts are verb phrases ("Hinder the Western
//! tracks").

use std::collections::BTreeSet;

use detente_model::{
    ActorId, Conflict, Direction, Expr, Form, Grounds, LevelKind, OptionId, Pattern, Preference, RuleKind,
    State,
};

use crate::find::rests::{By, Decides, Support, decides};
use crate::say::agree::Agree;
use crate::say::{names, words};
use crate::show::doc::{About, Line};

/// What an actor does in a move of its own between two states: "hinder the Western tracks and no longer offer a deal".
pub fn does(conflict: &Conflict, actor: ActorId, from: &State, to: &State) -> String {
    do_together(conflict, &[actor], from, to)
}

/// What several do in one move between two states, with the acts that begin or end by it.
pub fn do_together(conflict: &Conflict, actors: &[ActorId], from: &State, to: &State) -> String {
    if let Form::Graph(_) = &conflict.game.form {
        return format!("move to {}", names::quoted(&names::outcome(conflict, to)));
    }
    let parts = deeds(conflict, from, to, |owner| owner == ActorId::NOBODY || actors.contains(&owner));
    if parts.is_empty() { "leave things as they are".to_owned() } else { words::list(&parts) }
}

/// What differs between two states in things of those who are meant, as verb phrases: what is done first.
pub fn deeds(conflict: &Conflict, from: &State, to: &State, meant: impl Fn(ActorId) -> bool) -> Vec<String> {
    let owner = |thing: &OptionId| conflict.game.options().get(thing.index()).map(|option| option.actor);
    let differ = names::differing(conflict, from, to).into_iter();
    let differ: Vec<(OptionId, bool)> =
        differ.filter(|(thing, _)| owner(thing).is_some_and(&meant)).collect();
    let done = |thing: OptionId| match names::at(conflict, thing, to) {
        Some(level) => format!("put {} at {level}", names::quoted(names::option(conflict, thing))),
        None => phrase(conflict, thing),
    };
    let undone = |thing: OptionId| match owner(&thing) {
        Some(ActorId::NOBODY) => format!("undo {}", names::quoted(names::option(conflict, thing))),
        _ => format!("no longer {}", denied(false, &phrase(conflict, thing))),
    };
    let on = differ.iter().filter(|(_, on)| *on).map(|(thing, _)| done(*thing));
    on.chain(differ.iter().filter(|(_, on)| !*on).map(|(thing, _)| undone(*thing))).collect()
}

pub(super) fn closed(conflict: &Conflict, actor: ActorId, pattern: &Pattern) -> String {
    let parts: Vec<String> = conflict
        .game
        .options_of(actor)
        .filter_map(|o| {
            let on = pattern.cells.get(o.index()).copied().flatten()?;
            Some(will(on, &phrase(conflict, o)))
        })
        .collect();
    if parts.is_empty() { "whatever it chooses".to_owned() } else { words::list(&parts) }
}

/// An option as a verb phrase inside a sentence: a capital stays when it begins a name. What is no act is chosen:
/// `choose “Air strike”`.
pub fn phrase(conflict: &Conflict, option: OptionId) -> String {
    let text = names::option(conflict, option);
    if let Some(above) = above(conflict, option) {
        return format!("put {} above {above}", names::quoted(text));
    }
    if !detente_case::is_act(text) {
        return format!("choose {}", names::quoted(text));
    }
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(first), second) if second.is_none_or(char::is_lowercase) => {
            first.to_lowercase().collect::<String>() + &text[first.len_utf8()..]
        }
        _ => text.to_owned(),
    }
}

/// The level that a switch of a levelled thing stands above; `None`: it is on or off, or says that an act is on at all.
fn above(conflict: &Conflict, option: OptionId) -> Option<String> {
    let form = conflict.game.option_form()?;
    let (id, at) = form.options.get(option.index())?.scale?;
    let scale = form.scale(id)?;
    let below = if scale.can_be_off() { (at as usize).checked_sub(1)? } else { at as usize };
    Some(names::spoken(scale, below))
}

/// Why `actor` likes `better` more than `worse`.
pub fn gain(conflict: &Conflict, actor: ActorId, better: &State, worse: &State) -> String {
    decides(conflict, actor, better, worse).map_or_else(
        || {
            format!(
                "it makes no difference to what {} {}",
                agree(conflict, actor).it(),
                agree(conflict, actor).wants()
            )
        },
        |decides| gained(conflict, &decides).words(),
    )
}

fn agree(conflict: &Conflict, actor: ActorId) -> Agree {
    Agree::with(conflict, actor)
}

/// Up to so many weighed wishes are named in one clause.
const WEIGHED: usize = 2;

/// What an actor gains, as a clause after what it does.
pub(super) fn gained(conflict: &Conflict, decides: &Decides) -> Line {
    let Decides { actor, better, by, .. } = decides;
    let agree = agree(conflict, *actor);
    let (it, its) = (agree.it(), agree.its());
    match by {
        By::Statement(k) if is_own_option(conflict, *actor, *k) => Line::new()
            .plain("that is ")
            .about(About::Wish(*actor, *k), format!("{its} {} concern", concern(conflict, *actor, *k))),
        By::Statement(k) => Line::new()
            .plain("then ")
            .about(About::Wish(*actor, *k), wish_at(conflict, *actor, *k, better))
            .plain(format!(", {its} {} concern", concern(conflict, *actor, *k))),
        By::Weights { more, less } => {
            let (more, less) = netted(conflict, *actor, more, less);
            if let Some(line) = overlapping(conflict, *actor, &more, &less) {
                return line;
            }
            let own = more.iter().all(|k| is_own_option(conflict, *actor, *k));
            let against = several_at(conflict, *actor, &less, better);
            match (own, less.is_empty()) {
                (true, true) => Line::from(format!("that is what {it} {}", agree.wants())),
                (true, false) => Line::from("that outweighs the fact that ").and(against),
                (false, true) => Line::from("then ")
                    .and(several_at(conflict, *actor, &more, better))
                    .plain(format!(", as {it} {}", agree.wants())),
                (false, false) => Line::from("then ")
                    .and(several_at(conflict, *actor, &more, better))
                    .plain(", which outweighs the fact that ")
                    .and(against),
            }
        }
        By::Ranking => Line::from(format!("{it} {} that higher", agree.verb("ranks", "rank"))),
    }
}

/// Weighed wishes of one formula are one wish of what they weigh together: those that are left for and against.
fn netted(conflict: &Conflict, actor: ActorId, more: &[usize], less: &[usize]) -> (Vec<usize>, Vec<usize>) {
    let Some(Preference::Weights(list)) = conflict.game.preferences.get(actor.index()) else {
        return (more.to_vec(), less.to_vec());
    };
    let formula = |k: usize| list.get(k).map(|weighed| undenied(&weighed.that));
    let weight = |k: usize| list.get(k).map_or(0, |weighed| i128::from(weighed.weight).abs());
    let sum = |of: usize, places: &[usize]| -> i128 {
        places.iter().filter(|k| formula(**k) == formula(of)).map(|k| weight(*k)).sum()
    };
    let left = |side: &[usize], other: &[usize]| -> Vec<usize> {
        let first = |n: usize, k: usize| !side[..n].iter().any(|before| formula(*before) == formula(k));
        let heavier = |k: usize| sum(k, side) > sum(k, other);
        side.iter().enumerate().filter(|(n, k)| first(*n, **k) && heavier(**k)).map(|(_, k)| *k).collect()
    };
    (left(more, less), left(less, more))
}

/// What a formula is about, denied or not.
fn undenied(that: &Expr) -> &Expr {
    match that.bare() {
        Expr::Not(inner) => undenied(inner),
        other => other,
    }
}

/// Why wishes outweigh others that are about the same deeds: how it stands with the ones says how it stands with the
/// others, so that what is wanted is told of both.
fn overlapping(conflict: &Conflict, actor: ActorId, more: &[usize], less: &[usize]) -> Option<Line> {
    let about = |places: &[usize]| -> BTreeSet<OptionId> {
        let shown = places.iter().take(WEIGHED).filter_map(|k| wanted(conflict, actor, *k));
        let form = conflict.game.option_form();
        shown.flat_map(|wanted| form.map(|form| form.read_by(wanted.that)).unwrap_or_default()).collect()
    };
    if about(more).is_disjoint(&about(less)) {
        return None;
    }
    let agree = agree(conflict, actor);
    let side = |places: &[usize]| several(places, |k| prefers(conflict, actor, k, true), actor);
    Some(
        Line::from(format!("{} {} ", agree.it(), agree.wants()))
            .and(side(more))
            .plain(" more than ")
            .and(side(less)),
    )
}

/// How it stands at `state` with weighed wishes of `actor`, what weighs most first.
fn several_at(conflict: &Conflict, actor: ActorId, places: &[usize], state: &State) -> Line {
    several(places, |k| wish_at(conflict, actor, k, state), actor)
}

/// Weighed wishes of `actor`, each as `said`; those beyond are counted.
fn several(places: &[usize], said: impl Fn(usize) -> String, actor: ActorId) -> Line {
    let mut lines: Vec<Line> =
        places.iter().take(WEIGHED).map(|k| Line::new().about(About::Wish(actor, *k), said(*k))).collect();
    match places.len().saturating_sub(WEIGHED) {
        0 => {}
        1 => lines.push(Line::from("one more thing")),
        more => lines.push(Line::from(format!("{more} more things"))),
    }
    Line::joined(lines, ", ", " and ")
}

/// Whether the wish is that the actor does, or does not, one of its own options.
pub(super) fn is_own_option(conflict: &Conflict, actor: ActorId, k: usize) -> bool {
    let own = |expr: &Expr| match expr {
        Expr::Option(o) => conflict.game.options().get(o.index()).is_some_and(|option| option.actor == actor),
        _ => false,
    };
    wanted(conflict, actor, k).is_some_and(|wanted| match wanted.that {
        Expr::Not(inner) => own(inner),
        that => own(that),
    })
}

/// As [`lost`], of a move of its own, after a `but`.
pub(super) fn lost_by_itself(conflict: &Conflict, decides: &Decides) -> Line {
    match &decides.by {
        By::Statement(k) if is_own_option(conflict, decides.actor, *k) => {
            Line::new().plain("that goes against ").about(
                About::Wish(decides.actor, *k),
                format!(
                    "{} {} concern",
                    agree(conflict, decides.actor).its(),
                    concern(conflict, decides.actor, *k)
                ),
            )
        }
        By::Weights { more, less } => {
            let (more, less) = netted(conflict, decides.actor, more, less);
            overlapping(conflict, decides.actor, &more, &less)
                .unwrap_or_else(|| Line::from("then ").and(lost(conflict, decides)))
        }
        _ => Line::from("then ").and(lost(conflict, decides)),
    }
}

/// What an actor loses, as a clause about the worse state.
pub(super) fn lost(conflict: &Conflict, decides: &Decides) -> Line {
    let Decides { actor, worse, by, .. } = decides;
    let agree = agree(conflict, *actor);
    match by {
        By::Statement(k) => Line::new()
            .about(About::Wish(*actor, *k), wish_at(conflict, *actor, *k, worse))
            .plain(format!(", against {} {} concern", agree.its(), concern(conflict, *actor, *k))),
        By::Weights { more, less } => {
            let (more, less) = netted(conflict, *actor, more, less);
            if let Some(line) = overlapping(conflict, *actor, &more, &less) {
                return line;
            }
            let line = several_at(conflict, *actor, &more, worse);
            if less.is_empty() {
                line.plain(format!(", against what {} {}", agree.it(), agree.wants()))
            } else {
                line.plain(", which outweighs the fact that ").and(several_at(conflict, *actor, &less, worse))
            }
        }
        By::Ranking => Line::from(format!("{} {} that lower", agree.it(), agree.verb("ranks", "rank"))),
    }
}

/// The wish at place `k` as a clause, or that it is not fulfilled. What has a negative weight is wanted not to be so.
pub fn wish(conflict: &Conflict, actor: ActorId, k: usize, fulfilled: bool) -> String {
    match wanted(conflict, actor, k) {
        Some(Wanted { that, grounds, so }) => {
            let holds = fulfilled == so;
            said(grounds, holds).unwrap_or_else(|| clause(conflict, that, holds))
        }
        None => format!("{} ranking", agree(conflict, actor).its()),
    }
}

/// The wish at place `k`, or the contrary, as what stands behind “prefers”: `to sign`, `Bob to pay`, `that the agreement
/// holds`.
pub fn prefers(conflict: &Conflict, actor: ActorId, k: usize, fulfilled: bool) -> String {
    match wanted(conflict, actor, k) {
        Some(Wanted { that, grounds, so }) => preferred(conflict, actor, that, grounds, fulfilled == so),
        None => format!("what {} ranking puts higher", agree(conflict, actor).its()),
    }
}

/// As [`prefers`], of the whole wish that begins at place `k`: one over levels stands for several statements, which nobody
/// wrote: `as little of “Catch quota” as possible`.
pub fn whole_wish(conflict: &Conflict, actor: ActorId, k: usize) -> String {
    let levels = match conflict.game.preferences.get(actor.index()) {
        Some(Preference::Statements(list)) => list.get(k).filter(|wish| wish.grounds.says.is_none()),
        _ => None,
    };
    let Some(levels) = levels.and_then(|wish| wish.levels.as_ref()) else {
        return prefers(conflict, actor, k, true);
    };
    let thing = conflict.game.option(&levels.of);
    let text = names::quoted(thing.map_or(levels.of.as_str(), |thing| names::option(conflict, thing)));
    match levels.kind {
        LevelKind::Least => format!("as little of {text} as possible"),
        LevelKind::Most => format!("as much of {text} as possible"),
        LevelKind::Nearest(to) => {
            let scale = thing.and_then(|thing| conflict.game.option_form()?.scale_of(thing));
            let unit =
                scale.and_then(|scale| scale.unit.as_ref()).map_or_else(String::new, |u| format!(" {u}"));
            format!("{text} as near to {to}{unit} as possible")
        }
    }
}

/// As [`prefers`], of a formula with its grounds, or that it does not hold.
pub fn preferred(conflict: &Conflict, actor: ActorId, that: &Expr, grounds: &Grounds, holds: bool) -> String {
    let infinitive = || match that {
        Expr::Defined(d) => {
            let definition = conflict.game.option_form().and_then(|form| form.definitions.get(d.index()))?;
            is_short(conflict, &definition.that, &mut MOST_PARTS.clone())
                .then(|| preferred(conflict, actor, &definition.that, &definition.grounds, holds))
        }
        _ => to_do(conflict, actor, that, holds),
    };
    match said(grounds, holds) {
        Some(says) => format!("that {says}"),
        None => infinitive().unwrap_or_else(|| format!("that {}", clause(conflict, that, holds))),
    }
}

/// What it takes of whom, where that is all that a formula says: `to sign and Bob not to strike`.
fn to_do(conflict: &Conflict, actor: ActorId, that: &Expr, holds: bool) -> Option<String> {
    let (parts, all) = match that {
        Expr::And(parts) => (parts.as_slice(), holds),
        Expr::Or(parts) => (parts.as_slice(), !holds),
        Expr::Not(inner) => return to_do(conflict, actor, inner, !holds),
        one => (std::slice::from_ref(one), true),
    };
    let literals: Vec<(OptionId, bool)> =
        parts.iter().map(|part| literal(part, holds)).collect::<Option<_>>()?;
    let mut acts = by_act(conflict, &literals);
    // What it does itself comes first: behind others it would read as theirs.
    acts.sort_by_key(|done| done.who.as_slice() != [actor]);
    let texts: Vec<String> = acts.iter().map(|done| done.to_do(conflict, actor, all)).collect();
    Some(if all { words::list(&texts) } else { words::either(&texts) })
}

/// The option that a formula is about, and whether it must be on.
fn literal(expr: &Expr, holds: bool) -> Option<(OptionId, bool)> {
    match expr {
        Expr::Option(option) => Some((*option, holds)),
        Expr::Not(inner) => literal(inner, !holds),
        _ => None,
    }
}

/// `sign`, `not sign`.
fn will(on: bool, phrase: &str) -> String {
    format!("{}{}", if on { "" } else { "not " }, denied(on, phrase))
}

/// What is denied and says two things stands in quotation marks: the "not" is about both. `leave A and the B` says one.
fn denied(on: bool, phrase: &str) -> String {
    let verb = |rest: &str| {
        let word = rest.split_whitespace().next().unwrap_or_default();
        const NOUNS: [&str; 12] =
            ["the", "a", "an", "its", "their", "his", "her", "all", "no", "other", "more", "both"];
        word.chars().next().is_some_and(char::is_lowercase) && !NOUNS.contains(&word)
    };
    let two = phrase.match_indices(" and ").any(|(at, and)| verb(&phrase[at + and.len()..]));
    if !on && two && !phrase.contains('“') { format!("“{phrase}”") } else { phrase.to_owned() }
}

/// What is done, or not, and by whom.
struct Done {
    /// Each of them by itself.
    who: Vec<ActorId>,
    /// They do it together, by this act.
    act: Option<OptionId>,
    phrase: String,
    on: bool,
}

impl Done {
    /// Who: each of them, or some of them; those who do it together are one.
    fn who(&self, conflict: &Conflict, all: bool) -> String {
        let names: Vec<String> = self.who.iter().map(|actor| names::inside(conflict, *actor)).collect();
        if all || self.act.is_some() { words::list(&names) } else { words::either(&names) }
    }

    /// As an infinitive: `Ann to sign`, of `actor` itself `to sign`.
    fn to_do(&self, conflict: &Conflict, actor: ActorId, all: bool) -> String {
        let not = if self.on { "" } else { "not " };
        match (self.act.filter(|act| names::doing(conflict, *act).is_none()), self.who.as_slice()) {
            (Some(act), who) => {
                let what = if who.is_empty() { "happen" } else { "come about" };
                format!("{} {not}to {what}", names::quoted(names::option(conflict, act)))
            }
            (None, [own]) if *own == actor => format!("{not}to {}", denied(self.on, &self.phrase)),
            (None, _) => {
                format!("{} {not}to {}", self.who(conflict, all), denied(self.on, &self.phrase))
            }
        }
    }
}

/// Options by what is done, each with all who do it, in the order in which they are met.
fn by_act(conflict: &Conflict, literals: &[(OptionId, bool)]) -> Vec<Done> {
    let mut groups: Vec<Done> = Vec::new();
    for &(option, on) in literals {
        let owners = names::doers(conflict, option);
        let phrase = phrase(conflict, option);
        let &[owner] = owners.as_slice() else {
            // What several do together is one deed of theirs; a chance event is nobody's.
            groups.push(Done { who: owners, act: Some(option), phrase, on });
            continue;
        };
        let same = |done: &&mut Done| {
            done.act.is_none() && done.phrase == phrase && done.on == on && !done.who.contains(&owner)
        };
        match groups.iter_mut().find(same) {
            Some(done) => done.who.push(owner),
            None => groups.push(Done { who: vec![owner], act: None, phrase, on }),
        }
    }
    groups
}

/// How it stands at `state` with the wish at place `k`, as a clause: of a wish in several parts only one
/// that makes it so, or not so.
pub(super) fn wish_at(conflict: &Conflict, actor: ActorId, k: usize, state: &State) -> String {
    let (Some(Wanted { that, grounds, .. }), Form::Options(form)) =
        (wanted(conflict, actor, k), &conflict.game.form)
    else {
        return wish(conflict, actor, k, true);
    };
    let holds = form.holds(that, state);
    said(grounds, holds).unwrap_or_else(|| {
        let of = |parts: &[Expr]| -> Vec<Expr> {
            parts.iter().filter(|part| form.holds(part, state) == holds).take(1).cloned().collect()
        };
        match that {
            Expr::Or(parts) if holds => clause(conflict, &Expr::Or(of(parts)), true),
            Expr::And(parts) if !holds => clause(conflict, &Expr::And(of(parts)), false),
            Expr::Implies(a, _) if holds && !form.holds(a, state) => clause(conflict, a, false),
            Expr::Implies(_, b) if holds => clause(conflict, b, true),
            Expr::Iff(a, b) if holds => {
                let so = form.holds(a, state);
                format!("{} and {}", clause(conflict, a, so), clause(conflict, b, so))
            }
            _ => clause(conflict, that, holds),
        }
    })
}

/// What a wish is about.
struct Wanted<'c> {
    that: &'c Expr,
    grounds: &'c Grounds,
    /// Whether it is wanted to be so: not when its weight is negative.
    so: bool,
}

/// What the wish at place `k` says; `None` for a ranking.
fn wanted(conflict: &Conflict, actor: ActorId, k: usize) -> Option<Wanted<'_>> {
    match conflict.game.preferences.get(actor.index())? {
        Preference::Statements(list) => {
            list.get(k).map(|s| Wanted { that: &s.that, grounds: &s.grounds, so: true })
        }
        Preference::Weights(list) => {
            list.get(k).map(|w| Wanted { that: &w.that, grounds: &w.grounds, so: w.weight >= 0 })
        }
        Preference::Ranking(_) => None,
    }
}

/// What stands against a step that an actor would prefer, as a clause.
pub(super) fn barred(conflict: &Conflict, by: &[Support]) -> Line {
    let one = |part: &Support| match *part {
        Support::OneWay(option) => {
            let text = names::quoted(names::option(conflict, option));
            let way = conflict.game.options().get(option.index()).map(|o| o.direction);
            let again = if way == Some(Direction::OffOnly) { "taken up again" } else { "undone" };
            Some(format!("{text} cannot be {again}"))
        }
        Support::Rule(at) if is_taken(conflict, at) => Some(rule(conflict, at)),
        Support::Rule(at) => Some(format!("under a rule {}", rule(conflict, at))),
        Support::Cannot(at) => Some(cannot(conflict, at)),
        Support::Condition(option, ends, at) => condition(conflict, option, ends, at),
        Support::Statement(..) | Support::Weighed(..) | Support::Ranking(_) => None,
    };
    // Each is a clause that may have an "and" of its own.
    Line::from(by.iter().filter_map(one).collect::<Vec<_>>().join(", and besides "))
}

/// A condition that does not hold: `“Ratify” can begin only once Ann will sign`.
fn condition(conflict: &Conflict, option: OptionId, ends: bool, at: usize) -> Option<String> {
    let (begins, fails) = (&conflict.game.options().get(option.index())?.begins_if, ends);
    let conditions = if fails { &conflict.game.options().get(option.index())?.ends_if } else { begins };
    let condition = conditions.get(at)?;
    if let Some(says) = said(&condition.grounds, true) {
        return Some(says);
    }
    let text = names::quoted(names::option(conflict, option));
    let step = if ends { "end" } else { "begin" };
    Some(format!("{text} can {step} only when {}", clause(conflict, &condition.that, true)))
}

/// Whether the rule at this place takes an option away.
fn is_taken(conflict: &Conflict, at: usize) -> bool {
    let rule = conflict.game.option_form().and_then(|form| form.rules.get(at));
    rule.is_some_and(|rule| matches!(rule.kind, RuleKind::Unavailable(_)))
}

/// What the rule at this place demands, as a clause.
pub fn rule(conflict: &Conflict, at: usize) -> String {
    let Some(rule) = conflict.game.option_form().and_then(|form| form.rules.get(at)) else {
        return String::new();
    };
    said(&rule.grounds, true).unwrap_or_else(|| match &rule.kind {
        RuleKind::Never(that) => format!("it can never be that {}", clause(conflict, that, true)),
        RuleKind::Always(that) => format!("it must always be that {}", clause(conflict, that, true)),
        RuleKind::AtMostOne(parts) => clause(conflict, &Expr::AtMostOne(parts.clone()), true),
        RuleKind::ExactlyOne(parts) => {
            let texts: Vec<String> = parts.iter().map(|part| clause(conflict, part, true)).collect();
            format!("exactly one of these must hold: {}", texts.join("; "))
        }
        RuleKind::Requires(option, that) => {
            let who = clause(conflict, &Expr::Option(*option), true);
            format!("{who} only if {}", clause(conflict, that, true))
        }
        RuleKind::Unavailable(option) => {
            format!("{} is not available", names::quoted(names::option(conflict, *option)))
        }
        RuleKind::Chain(upper, _) => {
            format!("{} has one level at a time", names::quoted(names::option(conflict, *upper)))
        }
    })
}

/// The move taken away at this place, as a clause about the actor.
fn cannot(conflict: &Conflict, at: usize) -> String {
    let Some(cannot) = conflict.game.option_form().and_then(|form| form.cannot.get(at)) else {
        return String::new();
    };
    said(&cannot.grounds, true).unwrap_or_else(|| {
        let it = agree(conflict, cannot.actor).it();
        let start = match &cannot.from {
            Expr::Const(true) => String::new(),
            from => format!("where {} ", clause(conflict, from, true)),
        };
        match &cannot.to {
            Expr::Const(true) => format!("{start}{it} cannot move at all"),
            to => format!("{start}{it} cannot bring it about that {}", clause(conflict, to, true)),
        }
    })
}

fn said(grounds: &Grounds, holds: bool) -> Option<String> {
    match (holds, &grounds.says, &grounds.says_not) {
        (true, Some(says), _) => Some(says.clone()),
        (false, _, Some(not)) => Some(not.clone()),
        (false, Some(says), None) => Some(format!("it is not the case that {says}")),
        _ => None,
    }
}

/// A comparison of levels as the file writes it, in words: `“Tariff” is at most 30 %`, or that it does not hold; `None`:
/// it is none.
fn compared(conflict: &Conflict, text: &str, holds: bool) -> Option<String> {
    // The longer signs first: `<=` is not `<`.
    const SIGNS: [(&str, &str, &str); 5] = [
        ("<=", "is at most", "is above"),
        (">=", "is at least", "is below"),
        ("=", "is at", "is not at"),
        ("<", "is below", "is at least"),
        (">", "is above", "is at most"),
    ];
    let game = &conflict.game;
    let (at, (sign, so, not_so)) = SIGNS
        .into_iter()
        .filter_map(|signs| Some((text.find(signs.0)?, signs)))
        .min_by_key(|(at, signs)| (*at, std::cmp::Reverse(signs.0.len())))?;
    let (left, right) = (text[..at].trim(), text[at + sign.len()..].trim());
    let thing = game.option(left)?;
    let scale = game.option_form()?.scale_of(thing)?;
    let value = match game.option(right) {
        Some(other) => format!("the level of {}", names::quoted(names::option(conflict, other))),
        None => names::level_word(scale, right.trim_matches(['"', '\''])),
    };
    let is = if holds { so } else { not_so };
    Some(format!("{} {is} {value}", names::quoted(names::option(conflict, thing))))
}

/// A definition of more parts, with the definitions that it uses written out, is told by its name.
const MOST_PARTS: usize = 120;

/// Whether `expr` has at most `left` parts when its definitions are written out: definitions of
/// definitions can double at each level. Cost: at most `left` steps.
fn is_short(conflict: &Conflict, expr: &Expr, left: &mut usize) -> bool {
    let Some(next) = left.checked_sub(1) else { return false };
    *left = next;
    match expr {
        Expr::Const(_) | Expr::Option(_) => true,
        Expr::Defined(d) => {
            let form = conflict.game.option_form();
            let definition = form.and_then(|form| form.definitions.get(d.index()));
            definition.is_none_or(|d| is_short(conflict, &d.that, left))
        }
        Expr::Not(inner) | Expr::Written(_, inner) => is_short(conflict, inner, left),
        Expr::AtLeast(parts, _) => parts.iter().all(|(_, part)| is_short(conflict, part, left)),
        Expr::And(parts) | Expr::Or(parts) | Expr::AtMostOne(parts) => {
            parts.iter().all(|part| is_short(conflict, part, left))
        }
        Expr::Implies(a, b) | Expr::Iff(a, b) => is_short(conflict, a, left) && is_short(conflict, b, left),
    }
}

/// A formula as a clause, or that it does not hold.
pub fn clause(conflict: &Conflict, expr: &Expr, holds: bool) -> String {
    let several = |parts: &[Expr], holds: bool, all: bool| {
        // What several do alike is said once.
        if let Some(literals) = parts.iter().map(|part| literal(part, holds)).collect::<Option<Vec<_>>>() {
            let texts: Vec<String> = by_act(conflict, &literals)
                .into_iter()
                .map(|done| match done.act {
                    Some(act) => clause(conflict, &Expr::Option(act), done.on),
                    None => {
                        format!("{} will {}", done.who(conflict, all), will(done.on, &done.phrase))
                    }
                })
                .collect();
            return if all { words::list(&texts) } else { words::either(&texts) };
        }
        let texts: Vec<String> = parts
            .iter()
            .map(|part| {
                let text = clause(conflict, part, holds);
                // One part alone cannot be misread.
                if parts.len() > 1 && matches!(part, Expr::And(p) | Expr::Or(p) if p.len() > 1) {
                    format!("({text})")
                } else {
                    text
                }
            })
            .collect();
        if all { words::list(&texts) } else { words::either(&texts) }
    };
    match expr {
        Expr::Const(value) => {
            (if *value == holds { "it holds in any case" } else { "it can never hold" }).to_owned()
        }
        Expr::Option(o) => {
            let text = names::quoted(names::option(conflict, *o));
            match names::doing(conflict, *o) {
                Some(who) => format!("{who} will {}", will(holds, &phrase(conflict, *o))),
                None if names::doers(conflict, *o).is_empty() => {
                    format!("{text} {}", if holds { "happens" } else { "does not happen" })
                }
                // An act that some of several can begin without the others.
                None => format!("{text} {}", if holds { "comes about" } else { "does not come about" }),
            }
        }
        Expr::Defined(d) => {
            let Some(definition) = conflict.game.option_form().and_then(|f| f.definitions.get(d.index()))
            else {
                return String::new();
            };
            said(&definition.grounds, holds).unwrap_or_else(|| {
                if is_short(conflict, &definition.that, &mut MOST_PARTS.clone()) {
                    clause(conflict, &definition.that, holds)
                } else {
                    let does = if holds { "holds" } else { "does not hold" };
                    format!("{} {does}", names::quoted(&definition.id))
                }
            })
        }
        Expr::Not(inner) => clause(conflict, inner, !holds),
        Expr::Written(text, inner) => compared(conflict, text, holds).unwrap_or_else(|| match **inner {
            Expr::AtLeast(..) => clause(conflict, inner, holds),
            _ if holds => format!("it holds that {text}"),
            _ => format!("it does not hold that {text}"),
        }),
        Expr::AtLeast(parts, needs) => {
            let texts: Vec<String> = parts
                .iter()
                .map(|(weight, part)| format!("{} ({weight})", clause(conflict, part, true)))
                .collect();
            let how = if holds { "at least" } else { "fewer than" };
            format!("{how} {needs} votes of these: {}", texts.join("; "))
        }
        Expr::And(parts) => several(parts, holds, holds),
        Expr::Or(parts) => several(parts, holds, !holds),
        Expr::Implies(a, b) if holds => {
            format!("{} only if {}", clause(conflict, a, true), clause(conflict, b, true))
        }
        Expr::Implies(a, b) => format!("{} and {}", clause(conflict, a, true), clause(conflict, b, false)),
        Expr::Iff(a, b) if holds => {
            format!("{} if and only if {}", clause(conflict, a, true), clause(conflict, b, true))
        }
        Expr::Iff(a, b) => {
            format!("either {} or {}, but not both", clause(conflict, a, true), clause(conflict, b, true))
        }
        Expr::AtMostOne(parts) => {
            let texts: Vec<String> = parts.iter().map(|part| clause(conflict, part, true)).collect();
            let (how, verb) = if holds { ("at most one", "holds") } else { ("more than one", "hold") };
            format!("{how} of these {verb}: {}", texts.join("; "))
        }
    }
}

/// The place of a wish among those of its actor, as a word: a wish over levels is one, however many statements it is.
pub(super) fn concern(conflict: &Conflict, actor: ActorId, k: usize) -> String {
    place(names::wish_number(conflict, actor, k) - 1)
}

/// `first`, `second`, …, of a place from 0.
pub fn place(k: usize) -> String {
    const WORDS: [&str; 10] =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    WORDS.get(k).map_or_else(|| words::ordinal(k + 1), |word| (*word).to_owned())
}
