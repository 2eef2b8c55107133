//! What is easily said otherwise than it is meant: rules that lock actors in, conditions on one's own
//! switches, what can never begin, packages that no act names, rules that keep an act from beginning.

use std::collections::BTreeSet;
use std::ops::Range;

use detente_model::{
    Act, ActorId, Condition, Conflict, Direction, Expr, Grounds, OptionForm, OptionId, RuleKind, State,
    Switch,
};
use serde_json::json;

use super::begins::{self, Never};
use super::repair::{address, conditions, remove, set};
use super::rules::Rules;
use super::sat::{Found, Work};
use super::words;
use crate::codes::{kept_from_beginning, locks_in, never_begun, own_condition, package};
use crate::problems::Problems;
use crate::read::Spans;

/// Most switches whose combinations are looked through.
const SWITCHES: usize = 12;

/// A conflict while its traps are looked for.
pub(super) struct Look<'c> {
    pub(super) conflict: &'c Conflict,
    /// The game as written, without what is there in some variants only.
    pub(super) form: &'c OptionForm,
    pub(super) spans: &'c Spans,
    pub(super) text: &'c str,
    pub(super) work: &'c Work,
}

/// All of them. One search for each combination that a rule or a condition lets one suspect.
pub(super) fn lint(look: &Look<'_>, lifted: &OptionForm, problems: &mut Problems) {
    let mut solver = Rules::new(look.form, look.work);
    for index in 0..look.form.rules.len() {
        look.locks_in(index, &mut solver, problems);
    }
    for act in &look.form.acts {
        look.kept(act, &mut solver, problems);
    }
    look.packages(&mut solver, problems);
    look.own_conditions(&mut solver, problems);
    look.never_begins(lifted, problems);
}

/// The switches that a formula speaks of, also through defined names; `None`: too many to look through.
fn support(form: &OptionForm, expr: &Expr) -> Option<Vec<OptionId>> {
    fn gather(form: &OptionForm, expr: &Expr, found: &mut BTreeSet<OptionId>) {
        expr.walk(&mut |part| match part {
            Expr::Option(option) => drop(found.insert(*option)),
            Expr::Defined(id) => {
                if let Some(definition) = form.definitions.get(id.index()) {
                    gather(form, &definition.that, found);
                }
            }
            _ => {}
        });
    }
    let mut found = BTreeSet::new();
    gather(form, expr, &mut found);
    (found.len() <= SWITCHES).then(|| found.into_iter().collect())
}

/// The state in which those of `switches` are on whose bit is set.
fn state_of(switches: &[OptionId], mask: usize) -> State {
    State::with_on(
        switches.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1).map(|(_, switch)| *switch),
    )
}

/// The bits of `mask` and all their combinations.
fn subsets(mask: usize) -> impl Iterator<Item = usize> {
    let mut next = Some(mask);
    std::iter::from_fn(move || {
        let now = next?;
        next = now.checked_sub(1).map(|less| less & mask);
        Some(now)
    })
}

impl Look<'_> {
    /// Whether a possible state has these switches so.
    fn possible(&self, solver: &mut Rules, switches: &[OptionId], mask: usize) -> bool {
        let mut lits = Vec::with_capacity(switches.len());
        for (at, switch) in switches.iter().enumerate() {
            let lit = solver.lit(&Expr::Option(*switch));
            lits.push(if mask >> at & 1 == 1 { lit } else { !lit });
        }
        matches!(solver.possible(&lits), Found::State(_))
    }

    fn name(&self, switch: OptionId) -> String {
        self.conflict.game.option_name(switch)
    }

    fn actor(&self, actor: ActorId) -> String {
        self.conflict
            .game
            .actors
            .get(actor.index())
            .map_or_else(String::new, |actor| format!("`{}`", actor.id))
    }

    /// Whose deed it is to switch this, in words.
    fn owner(&self, switch: OptionId) -> String {
        match self.form.options.get(switch.index()).map(|option| (option.of, option.actor)) {
            Some((Switch::Option, actor)) => self.actor(actor),
            Some((Switch::Act(id), _)) => {
                let parties = self.form.acts.get(id.index()).map_or(&[][..], |act| &act.parties);
                let names: Vec<String> = parties.iter().map(|party| self.actor(*party)).collect();
                words::and(&names)
            }
            _ => "nobody".to_owned(),
        }
    }

    /// Whether an actor may switch this alone, from `on` to the other.
    fn can_flip(&self, actor: ActorId, switch: OptionId, on: bool) -> bool {
        let Some(option) = self.form.options.get(switch.index()) else { return false };
        match option.of {
            Switch::Option => {
                let way = if on { Direction::OnOnly } else { Direction::OffOnly };
                option.actor == actor && option.direction != way
            }
            Switch::Act(id) => self.form.acts.get(id.index()).is_some_and(|act| {
                let groups = if on { &act.ends.groups } else { &act.begins.groups };
                groups.iter().any(|group| group == &[actor])
            }),
            Switch::Chance(_) => false,
        }
    }

    /// A rule "the option requires …": somebody else's switch that cannot be switched while the option is on.
    fn locks_in(&self, index: usize, solver: &mut Rules, problems: &mut Problems) {
        let Some(rule) = self.form.rules.get(index) else { return };
        let RuleKind::Requires(option, that) = &rule.kind else { return };
        let Some(switches) = support(self.form, &rule.formula()) else { return };
        let holder = |switch: OptionId| self.form.options.get(switch.index()).map(|o| (o.of, o.actor));
        let mine = holder(*option);
        let holds = |mask: usize| self.form.holds(&rule.formula(), &state_of(&switches, mask));
        self.work.spend(1 << switches.len() >> 2);
        for (at, switch) in switches.iter().enumerate() {
            let Some((of, actor)) = holder(*switch) else { continue };
            let same = mine.is_some_and(|(mine, whose)| match (mine, of) {
                (Switch::Option, Switch::Option) => whose == actor,
                (mine, of) => mine == of,
            });
            if same || matches!(of, Switch::Chance(_)) {
                continue;
            }
            // What its owner can switch beside it.
            let beside = (0..switches.len()).filter(|&other| {
                other != at
                    && of == Switch::Option
                    && holder(switches[other]).is_some_and(|(o, a)| o == of && a == actor)
            });
            let beside: usize = beside.map(|other| 1 << other).sum();
            let locked = (0..1_usize << switches.len()).find(|&mask| {
                let on = mask >> at & 1 == 1;
                let may = match of {
                    Switch::Option => self.can_flip(actor, *switch, on),
                    _ => true,
                };
                may && state_of(&switches, mask).is_on(*option)
                    && holds(mask)
                    && subsets(beside).all(|flips| !holds(mask ^ flips ^ 1 << at))
                    && self.possible(solver, &switches, mask)
            });
            let Some(mask) = locked else { continue };
            let place = self.spans.rules.get(index).cloned().unwrap_or(0..0);
            let (name, locked, on) = (self.name(*option), self.name(*switch), mask >> at & 1 == 1);
            let rule_words = words::named_rule(&self.conflict.game, self.form, index);
            let who = (self.owner(*switch), self.owner(*option));
            let problem = locks_in::locks_in(&place, &rule_words, (&locked, on), &name, (&who.0, &who.1));
            problems.push(self.once(problem, index, *option, that, &rule.grounds));
            return;
        }
    }

    /// The fix of a rule that is meant as "once …": a condition in its place.
    pub(super) fn once(
        &self,
        problem: crate::problem::Problem,
        rule: usize,
        option: OptionId,
        that: &Expr,
        grounds: &Grounds,
    ) -> crate::problem::Problem {
        let old = self.form.options.get(option.index()).map_or(&[][..], |option| &option.begins_if);
        let more = Condition { that: that.clone(), grounds: grounds.clone() };
        let address = format!("{}.begins_if", address(&self.conflict.game, option));
        let edits = [set(address, conditions(self.conflict, old, &more)), remove(format!("rule[{rule}]"))];
        problem.edits(self.text, &edits, "make it a condition on beginning")
    }

    /// Rules that keep an act from beginning while a party's own switch is so.
    fn kept(&self, act: &Act, solver: &mut Rules, problems: &mut Problems) {
        let Some(everywhere) = act.begins.groups.first() else { return };
        let everywhere: Vec<ActorId> = (everywhere.iter().copied())
            .filter(|actor| act.begins.groups.iter().all(|group| group.contains(actor)))
            .collect();
        for (index, rule) in self.form.rules.iter().enumerate() {
            if matches!(rule.kind, RuleKind::Chain(..) | RuleKind::Unavailable(_)) {
                continue;
            }
            let formula = rule.formula();
            let Some(switches) = support(self.form, &formula) else { continue };
            let Some(at) = switches.iter().position(|switch| *switch == act.first) else { continue };
            self.work.spend(1 << switches.len() >> 2);
            let begun = |mask: usize| {
                let mut state = state_of(&switches, mask).with(&act.with);
                state.set(act.first, true);
                state
            };
            let holds = |state: &State| self.form.holds(&formula, state);
            let own = |switch: &OptionId| {
                let option = self.form.options.get(switch.index());
                option.is_some_and(|o| {
                    o.of == Switch::Option && o.scale.is_none() && everywhere.contains(&o.actor)
                }) && !act.with.iter().any(|(known, _)| known == switch)
            };
            let mut found = None;
            for mask in (0..1_usize << switches.len()).filter(|mask| mask >> at & 1 == 0) {
                if !holds(&state_of(&switches, mask)) || holds(&begun(mask)) {
                    continue;
                }
                let culprit = switches.iter().copied().filter(own).find(|switch| {
                    let mut without = begun(mask);
                    without.set(*switch, !without.is_on(*switch));
                    holds(&without)
                });
                if let Some(culprit) = culprit
                    && self.possible(solver, &switches, mask)
                {
                    found = Some((culprit, state_of(&switches, mask).is_on(culprit)));
                    break;
                }
            }
            let Some((culprit, on)) = found else { continue };
            let name = self.name(culprit);
            let literal = if on { format!("not {name}") } else { name.clone() };
            let with = match &act.with_text {
                Some(with) => format!("{with} and {literal}"),
                None => literal.clone(),
            };
            let rule_words = words::named_rule(&self.conflict.game, self.form, index);
            let place = self.spans.rules.get(index).cloned().unwrap_or(0..0);
            let who = self.owner(culprit);
            let problem =
                kept_from_beginning::kept(&place, &rule_words, &act.id, (&name, on), &who, &literal);
            let edits = [set(format!("act.{}.with", act.id), json!(with))];
            problems.push(problem.edits(
                self.text,
                &edits,
                format!("switch it with the act: `with = \"{with}\"`"),
            ));
        }
    }

    /// Two acts of the same parties of which neither names the other.
    fn packages(&self, solver: &mut Rules, problems: &mut Problems) {
        let acts = &self.form.acts;
        for (at, one) in acts.iter().enumerate() {
            for other in &acts[at + 1..] {
                let names = |a: &Act, b: &Act| {
                    let conditions = self.form.options.get(a.first.index()).map_or(&[][..], |o| &o.begins_if);
                    let asked = conditions.iter().any(|condition| {
                        support(self.form, &condition.that).is_none_or(|all| all.contains(&b.first))
                    });
                    asked || a.with.iter().any(|(switch, _)| *switch == b.first)
                };
                let together = |act: &Act| act.begins.groups.iter().any(|group| group.len() > 1);
                if one.parties != other.parties
                    || !together(one)
                    || !together(other)
                    || names(one, other)
                    || names(other, one)
                    || !self.possible(solver, &[one.first, other.first], 0b11)
                {
                    continue;
                }
                let place = self.spans.options.get(one.first.index()).cloned().unwrap_or(0..0);
                let problem = package::package(&place, &one.id, &other.id);
                let with = match &one.with_text {
                    Some(with) => format!("{with} and act.{}", other.id),
                    None => format!("act.{}", other.id),
                };
                // Where the other has levels, it is not known to which it would be switched.
                let problem = match other.bits {
                    1 if self.form.scale_of(other.first).is_none() => problem.edits(
                        self.text,
                        &[set(format!("act.{}.with", one.id), json!(with))],
                        format!("let the one begin with the other: `with = \"{with}\"`"),
                    ),
                    _ => problem,
                };
                problems.push(problem);
            }
        }
    }

    /// Conditions that their owner can bring about in the same move.
    fn own_conditions(&self, solver: &mut Rules, problems: &mut Problems) {
        let game = &self.conflict.game;
        for thing in game.things() {
            let Some(option) = self.form.options.get(thing.index()) else { continue };
            if option.of != Switch::Option {
                continue;
            }
            for (begins, list) in [(true, &option.begins_if), (false, &option.ends_if)] {
                let mut places =
                    self.spans.conditions.iter().filter(|c| c.switch == thing && c.begins == begins);
                for (at, condition) in list.iter().enumerate() {
                    let place = places.next().map_or(0..0, |c| c.at.clone());
                    if let Some(own) = self.brings_about(option.actor, thing, condition, begins, solver) {
                        self.own_condition((thing, begins, at), condition, own, &place, problems);
                    }
                }
            }
        }
    }

    /// The own switch by which an actor can make a condition on its option hold in the same move.
    fn brings_about(
        &self,
        actor: ActorId,
        thing: OptionId,
        condition: &Condition,
        begins: bool,
        solver: &mut Rules,
    ) -> Option<OptionId> {
        let switches = support(self.form, &condition.that)?;
        self.work.spend(1 << switches.len() >> 2);
        let holds = |mask: usize| self.form.holds(&condition.that, &state_of(&switches, mask));
        let bits = self.form.scale_of(thing).map_or(1, |scale| scale.bits);
        let itself = |switch: &OptionId| (thing.0..thing.0 + bits).contains(&switch.0);
        for mask in (0..1_usize << switches.len()).filter(|&mask| !holds(mask)) {
            let own: usize = (0..switches.len())
                .filter(|&at| {
                    !itself(&switches[at]) && self.can_flip(actor, switches[at], mask >> at & 1 == 1)
                })
                .map(|at| 1 << at)
                .sum();
            let Some(flips) = subsets(own).filter(|flips| holds(mask ^ flips)).min_by_key(|f| f.count_ones())
            else {
                continue;
            };
            // The thing itself is still to be switched.
            let mut all = switches.clone();
            let mut full = mask;
            if !all.iter().any(itself) {
                all.push(thing);
                full |= usize::from(!begins) << (all.len() - 1);
            }
            if self.possible(solver, &all, full) {
                return switches.iter().enumerate().find(|(at, _)| flips >> at & 1 == 1).map(|(_, s)| *s);
            }
        }
        None
    }

    fn own_condition(
        &self,
        (thing, begins, at): (OptionId, bool, usize),
        condition: &Condition,
        own: OptionId,
        place: &Range<usize>,
        problems: &mut Problems,
    ) {
        let game = &self.conflict.game;
        let (name, key) = (self.name(thing), if begins { "begins_if" } else { "ends_if" });
        let problem = own_condition::own_condition(place, &name, begins, &self.name(own), &self.owner(thing));
        let option = self.form.options.get(thing.index());
        let list = option.map_or(&[][..], |o| if begins { &o.begins_if } else { &o.ends_if });
        let that = game.formula_text(&condition.that);
        let above = match self.form.scale_of(thing) {
            Some(scale) => {
                format!("{name} > {}", super::super::read::things::level_text(scale, 0).replace('"', "'"))
            }
            None => name.clone(),
        };
        let rule = match (begins, self.form.scale_of(thing)) {
            (true, None) => json!({ "option": name, "requires": that }),
            (true, Some(_)) => json!({ "always": format!("({above}) implies ({that})") }),
            (false, _) => json!({ "always": format!("({above}) or ({that})") }),
        };
        let mut kept: Vec<_> = list.iter().map(|one| super::repair::condition(self.conflict, one)).collect();
        kept.remove(at);
        let address = format!("{}.{key}", address(game, thing));
        let first = if kept.is_empty() { remove(address) } else { set(address, json!(kept)) };
        let added = crate::write::Edit::Insert { address: "rule".to_owned(), at: None, value: rule };
        problems.push(problem.edits(self.text, &[first, added], "make it a rule: the two stay together"));
    }

    /// What is off today and can never begin.
    fn never_begins(&self, lifted: &OptionForm, problems: &mut Problems) {
        let game = &self.conflict.game;
        let mut said = Vec::new();
        let never = begins::never(game, lifted, self.work);
        let unreached = begins::unreached(game, lifted, self.work).into_iter().map(|s| (s, Never::Nobody));
        for (switch, why) in never.into_iter().chain(unreached) {
            if said.contains(&switch) {
                continue;
            }
            said.push(switch);
            let place = begins::place(self.spans, switch);
            let problem = never_begun::never_begun(&place, &self.name(switch), why);
            let edits = [remove(format!("{}.begins_if", address(game, switch)))];
            problems.push(problem.edits(self.text, &edits, "take the condition out"));
        }
    }
}
