//! Comparisons of levels, counts of votes, and formulas that say what is switched.

use std::ops::Range;

use detente_model::{Compare, Expr, OptionId, Scale, Switch, Values};

use crate::codes::{levels, not_a_setting, unknown_id, votes};
use crate::read::Builder;
use crate::read::formula::Written;
use crate::read::names::Kind;
use crate::read::tree::Node;
use crate::statement::{Atom, Compared, Formula, Operand};

/// The largest whole number that a number of the file stands for exactly.
const LARGEST: f64 = 9_007_199_254_740_992.0;

impl Builder<'_> {
    /// The formula over switches that a comparison or a count of votes stands for.
    pub(crate) fn atom(&mut self, written: &Written, atom: &Atom) -> Option<Expr> {
        let formula = match &atom.of {
            Compared::Level(name) => self.comparison(written, atom, *name),
            Compared::Votes(assembly, owners) => self.votes(written, atom, *assembly, owners),
        }?;
        let text = written.text.get(atom.at.clone()).unwrap_or_default();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(Expr::Written(text, Box::new(formula)))
    }

    /// A name inside a comparison, with its place in the file.
    fn name_in(&self, written: &Written, name: usize) -> (String, Range<usize>) {
        let (name, at) = written.parsed.names.get(name).cloned().unwrap_or_default();
        (name, written.mapping.range(&at))
    }

    /// The levels of an option or act; reported where it has none. `iff`: the sign of a comparison whose
    /// other side is a name, too.
    fn scale_of(&mut self, name: &str, at: &Range<usize>, iff: Option<&Range<usize>>) -> Option<Scale> {
        let Some(place) = self.names.options.find(name) else {
            match self.names.definitions.find(name) {
                Some(_) => self.push(levels::none(at, name, iff)),
                None => self.unknown_name(name, at),
            }
            return None;
        };
        let scale = self.thing(place)?.scale.and_then(|id| self.names.scales.get(id.index())).cloned();
        if scale.is_none() {
            self.push(levels::none(at, name, iff));
        }
        scale
    }

    fn comparison(&mut self, written: &Written, atom: &Atom, name: usize) -> Option<Expr> {
        let (name, at) = self.name_in(written, name);
        let (sign_at, with_at) = (written.mapping.range(&atom.sign_at), written.mapping.range(&atom.with_at));
        let compare = atom.compare;
        let both_names = matches!(atom.with, Operand::Name(_)) && compare == Compare::Equal;
        let scale = self.scale_of(&name, &at, both_names.then_some(&sign_at))?;
        match (&atom.with, &scale.values) {
            (Operand::Number(number), Values::Numbers(list)) => {
                if compare == Compare::Equal && !list.contains(number) {
                    self.push(levels::not_a_level(&with_at, &name, &scale, &number.to_string()));
                    return None;
                }
                Some(scale.where_value(|at| compare.holds(list[at].total_cmp(number))))
            }
            (Operand::Text(text), Values::Names(list)) => {
                let Some(place) = list.iter().position(|level| level == text) else {
                    self.push(levels::not_a_level(&with_at, &name, &scale, text));
                    return None;
                };
                Some(scale.where_value(|at| compare.holds(at.cmp(&place))))
            }
            (Operand::Number(_) | Operand::Text(_), values) => {
                self.push(levels::other_kind(&with_at, &name, matches!(values, Values::Numbers(_))));
                None
            }
            (Operand::Name(other), _) => {
                let (other, other_at) = self.name_in(written, *other);
                if let Values::Names(list) = &scale.values
                    && list.contains(&other)
                    && self.names.options.find(&other).is_none()
                {
                    self.push(levels::unquoted(&other_at, &other));
                    return None;
                }
                let right = self.scale_of(&other, &other_at, None)?;
                self.two(&scale, compare, &right, (&name, &other), &(at.start..other_at.end))
            }
        }
    }

    /// A comparison of two things with levels: each level of the one with those of the other that fit.
    fn two(
        &mut self,
        left: &Scale,
        compare: Compare,
        right: &Scale,
        names: (&str, &str),
        at: &Range<usize>,
    ) -> Option<Expr> {
        if !left.values.comparable(&right.values) {
            self.push(levels::apart(at, names.0, names.1, None));
            return None;
        }
        if left.unit != right.unit {
            let unit = |scale: &Scale| scale.unit.clone().unwrap_or_else(|| "no unit".to_owned());
            self.push(levels::apart(at, names.0, names.1, Some((&unit(left), &unit(right)))));
            return None;
        }
        let order = |a: usize, b: usize| match (&left.values, &right.values) {
            (Values::Numbers(x), Values::Numbers(y)) => x[a].total_cmp(&y[b]),
            _ => a.cmp(&b),
        };
        let mut parts = Vec::new();
        for a in 0..left.values.len() {
            let fits = right.where_value(|b| compare.holds(order(a, b)));
            if fits != Expr::Or(vec![]) {
                parts.push(Expr::And(vec![left.is(Some(a)), fits]));
            }
        }
        Some(Expr::Or(parts))
    }

    fn votes(
        &mut self,
        written: &Written,
        atom: &Atom,
        assembly: usize,
        owners: &[(bool, usize)],
    ) -> Option<Expr> {
        let (house, house_at) = self.name_in(written, assembly);
        let found = self.names.assemblies.find(&house);
        if found.is_none() && !self.partial {
            let known: Vec<&str> = self.names.assemblies.ids().collect();
            let miss = self.problems.near.miss("assembly", &house, known.iter().copied());
            self.problems.push(unknown_id::unknown_id(&house_at, "assembly", &house, miss, &known));
        }
        let mut counted = Vec::new();
        let mut parts = Vec::new();
        for (on, name) in owners {
            let (name, at) = self.name_in(written, *name);
            let Some(place) = self.names.options.find(&name) else {
                match self.names.definitions.find(&name) {
                    Some(_) => self.push(votes::no_vote(&at, &name)),
                    None => self.unknown_name(&name, &at),
                }
                continue;
            };
            let Some(thing) = self.thing(place) else { continue };
            if thing.of != Switch::Option || thing.scale.is_some() {
                self.push(votes::no_vote(&at, &name));
                continue;
            }
            let owner = self.names.actors.list[thing.owner.index()].clone();
            let seats = found.and_then(|house| self.assemblies.get(house)).map(|house| house.of(thing.owner));
            if seats == Some(0) {
                self.push(votes::no_seats(&at, &owner, &house));
            } else if counted.contains(&thing.owner) {
                self.push(votes::counted_twice(&at, &owner));
            }
            counted.push(thing.owner);
            let vote = Expr::Option(thing.first);
            parts.push((seats.unwrap_or(0), if *on { vote } else { vote.negate() }));
        }
        let needs = match atom.with {
            Operand::Number(number) if number.fract() == 0.0 && (0.0..LARGEST).contains(&number) => {
                // Whole, and in range.
                number as u64
            }
            _ => {
                self.push(votes::not_whole(&written.mapping.range(&atom.with_at)));
                return None;
            }
        };
        let at_least = |needs: u64| Expr::AtLeast(parts.clone(), needs);
        Some(match atom.compare {
            Compare::AtLeast => at_least(needs),
            Compare::Greater => at_least(needs + 1),
            Compare::Less => at_least(needs).negate(),
            Compare::AtMost => at_least(needs + 1).negate(),
            Compare::Equal => Expr::And(vec![at_least(needs), at_least(needs + 1).negate()]),
        })
    }

    /// What a formula that is a list of settings switches; `key` names it in messages. With it: the places
    /// of what is switched among the names, and what becomes of each: `None` for levels.
    pub(crate) fn switched(&mut self, node: &Node, key: &str) -> Option<Switched> {
        let written = self.written(node)?;
        let formula = written.parsed.formula.clone()?;
        let mut found = Switched::default();
        self.switched_by(&written, &formula, key, &mut found).then_some(found)
    }

    fn switched_by(&mut self, written: &Written, formula: &Formula, key: &str, found: &mut Switched) -> bool {
        let whole = written.mapping.range(&(0..written.text.len()));
        let settings = match formula {
            Formula::Const(true) => return true,
            Formula::And(parts) => {
                let mut all = true;
                for part in parts {
                    all &= self.switched_by(written, part, key, found);
                }
                return all;
            }
            Formula::Name(name) => self.literal(written, *name, true, key),
            Formula::Not(inner) => match inner.as_ref() {
                Formula::Name(name) => self.literal(written, *name, false, key),
                _ => {
                    self.push(not_a_setting::not_a_setting(&whole, key, "a `not` before more than one name"));
                    None
                }
            },
            Formula::Atom(at) => self.level_literal(written, *at, key),
            Formula::Const(false) | Formula::Or(_) | Formula::Implies(..) | Formula::Iff(..) => {
                let what = match formula {
                    Formula::Or(_) => "`or`",
                    Formula::Implies(..) => "`implies`",
                    Formula::Iff(..) => "`iff`",
                    _ => "`false`",
                };
                self.push(not_a_setting::not_a_setting(&whole, key, what));
                None
            }
        };
        let Some((thing, on, at, settings)) = settings else { return false };
        if found.things.iter().any(|(known, _, _)| *known == thing) {
            let name = self.names.options.list[thing].clone();
            self.push(not_a_setting::twice(&at, &name));
        }
        found.things.push((thing, on, at));
        found.settings.extend(settings);
        true
    }

    fn literal(&mut self, written: &Written, name: usize, on: bool, key: &str) -> Option<Literal> {
        let (name, at) = self.name_in(written, name);
        let Some(place) = self.names.options.find(&name) else {
            match self.names.definitions.find(&name) {
                Some(_) => {
                    let what = format!("the defined name `{name}`");
                    self.push(not_a_setting::not_a_setting(&at, key, &what));
                }
                None => self.unknown_name(&name, &at),
            }
            return None;
        };
        let settings = self.setting(place, on, &at)?;
        Some((place, on, at, settings))
    }

    fn level_literal(&mut self, written: &Written, atom: usize, key: &str) -> Option<Literal> {
        let atom = written.parsed.atoms.get(atom)?.clone();
        let at = written.mapping.range(&atom.at);
        let Compared::Level(name) = atom.of else {
            self.push(not_a_setting::not_a_setting(&at, key, "a count of votes"));
            return None;
        };
        if atom.compare != Compare::Equal || matches!(atom.with, Operand::Name(_)) {
            self.push(not_a_setting::not_a_setting(&at, key, "a comparison without one level"));
            return None;
        }
        // Reports what is wrong with the comparison.
        self.comparison(written, &atom, name)?;
        let (name, _) = self.name_in(written, name);
        let place = self.names.options.find(&name)?;
        let scale = self.thing(place)?.scale.and_then(|id| self.names.scales.get(id.index()))?;
        let level = match (&atom.with, &scale.values) {
            (Operand::Number(number), Values::Numbers(list)) => {
                list.iter().position(|level| level == number)?
            }
            (Operand::Text(text), Values::Names(list)) => list.iter().position(|level| level == text)?,
            _ => return None,
        };
        Some((place, true, at, scale.at(Some(level)).collect()))
    }

    /// A reference to something with levels under a key of a wish; reported where it has none.
    pub(crate) fn levelled(&mut self, node: &Node, key: &str) -> Option<(String, Scale)> {
        let place = self.named(Kind::Option, node)?;
        let name = self.names.options.list[place].clone();
        let scale = self.thing(place)?.scale.and_then(|id| self.names.scales.get(id.index())).cloned();
        let names = scale.as_ref().is_some_and(|scale| matches!(scale.values, Values::Names(_)));
        if scale.is_none() || names && key == "nearest" {
            let at = self.inner(node);
            self.push(levels::no_wish(&at, key, &name, names));
            return None;
        }
        Some((name, scale?))
    }
}

/// One setting: which thing, whether it is on afterwards, where that stands, and its switches.
type Literal = (usize, bool, Range<usize>, Vec<(OptionId, bool)>);

/// What a list of settings switches.
#[derive(Clone, Debug, Default)]
pub(crate) struct Switched {
    /// The things by their places among the names, whether each is on afterwards, and where that stands.
    pub(crate) things: Vec<(usize, bool, Range<usize>)>,
    /// The switches.
    pub(crate) settings: Vec<(OptionId, bool)>,
}
