//! The votes of a case, and what they are worth.

use detente_engine::LimitHit;
use detente_engine::power::{Powers, power};
use detente_model::{ActorId, AssentSaid, Conflict, Expr, OptionId, State, What};

/// A vote: who takes part with how much, and how much it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vote {
    /// Where the case asks for it.
    pub place: Place,
    /// Who votes, with which weight, in the order of the file.
    pub members: Vec<(ActorId, u64)>,
    /// The weight that suffices.
    pub needs: u64,
    /// Of each member what is counted as its vote; empty for an act, where nothing says how they would vote.
    pub counted: Vec<Expr>,
    /// What the votes are worth; the bound that was hit where that was not counted.
    pub powers: Result<Powers, LimitHit>,
}

/// Where a case asks for a vote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// To begin an act (else to end it), by its first switch.
    Act(OptionId, bool),
    /// In a formula, as the file writes it.
    Formula(String),
}

/// Every vote of a case, in the order of its parts; the same vote of the same place once.
///
/// Of a formula each owner votes by what is counted of it (`spd.yes`, `not fdp.no`).
#[must_use]
pub fn votes(conflict: &Conflict) -> Vec<Vote> {
    let mut all: Vec<Vote> = Vec::new();
    let mut add = |place: Place, members: Vec<(ActorId, u64)>, counted: Vec<Expr>, needs: u64| {
        if all.iter().any(|vote| vote.place == place) {
            return;
        }
        let weights: Vec<u64> = members.iter().map(|(_, weight)| *weight).collect();
        all.push(Vote { place, powers: power(&weights, needs), members, counted, needs });
    };
    let Some(form) = conflict.game.option_form() else { return all };
    for part in conflict.parts() {
        if let What::Act(_, act) = part.what {
            for (assent, begins) in [(&act.begins, true), (&act.ends, false)] {
                let place = Place::Act(act.first, begins);
                match &assent.said {
                    AssentSaid::Votes(votes, needs) => add(place, votes.clone(), vec![], *needs),
                    AssentSaid::Assembly(assembly, needs) => {
                        let seats = |party: &ActorId| {
                            let assembly = form.assemblies.get(assembly.index());
                            (*party, assembly.map_or(0, |assembly| assembly.of(*party)))
                        };
                        add(place, act.parties.iter().map(seats).collect(), vec![], *needs);
                    }
                    AssentSaid::Needs(needs) => {
                        let members = act.parties.iter().map(|party| (*party, 1)).collect();
                        add(place, members, vec![], u64::from(*needs));
                    }
                    AssentSaid::All | AssentSaid::Any | AssentSaid::Never | AssentSaid::Groups(_) => {}
                }
            }
        }
    }
    let rules = form.rules.iter().map(detente_model::Rule::formula);
    let conditions = form.options.iter().flat_map(|o| o.begins_if.iter().chain(&o.ends_if));
    let formulas: Vec<Expr> = (form.definitions.iter().map(|d| d.that.clone()))
        .chain(rules)
        .chain(conditions.map(|condition| condition.that.clone()))
        .collect();
    for formula in &formulas {
        formula.walk(&mut |part| {
            let Expr::Written(text, inner) = part else { return };
            let inner = if let Expr::Not(inner) = &**inner { inner } else { inner };
            let Expr::AtLeast(parts, needs) = &**inner else { return };
            let owner = |(weight, part): &(u64, Expr)| {
                let mut owner = None;
                part.walk(&mut |inside| {
                    if let Expr::Option(option) = inside {
                        owner = form.options.get(option.index()).map(|option| option.actor);
                    }
                });
                owner.map(|owner| (owner, *weight))
            };
            if let Some(members) = parts.iter().map(owner).collect::<Option<Vec<_>>>() {
                let counted = parts.iter().map(|(_, part)| part.clone()).collect();
                add(Place::Formula(text.clone()), members, counted, *needs);
            }
        });
    }
    all
}

/// How a vote stands in one state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The weight of those who vote for it.
    pub weight: u64,
    /// Whether that suffices.
    pub carried: bool,
    /// Whose vote alone, turned, would turn it.
    pub pivots: Vec<ActorId>,
}

impl Vote {
    /// How it stands in `state`: who is pivotal there. `None`: nothing says how its members would vote.
    ///
    /// # Definition
    /// Where the vote is carried, a member that is counted and without whom it would not be; where it is not, one that is
    /// not counted and with whom it would be.
    #[must_use]
    pub fn counted(&self, conflict: &Conflict, state: &State) -> Option<Counted> {
        let form = conflict.game.option_form().filter(|_| !self.counted.is_empty())?;
        let holds: Vec<bool> = self.counted.iter().map(|part| form.holds(part, state)).collect();
        let votes = self.members.iter().zip(&holds);
        let weight: u64 = votes.clone().filter(|(_, yes)| **yes).map(|((_, weight), _)| weight).sum();
        let carried = weight >= self.needs;
        let turns = |of: u64| if carried { weight - of < self.needs } else { weight + of >= self.needs };
        let pivots = votes.filter(|((_, of), yes)| **yes == carried && turns(*of)).map(|((who, _), _)| *who);
        Some(Counted { weight, carried, pivots: pivots.collect() })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    /// A house of four with these seats, a law that takes so many, and who may vote against.
    fn house(seats: [u64; 4], needs: u64) -> Conflict {
        let mut text = "format = 1\n[case]\ntitle = \"House\"\n".to_owned();
        for id in ["a", "b", "c", "d"] {
            text += &format!(
                "[actor.{id}]\noption.yes.text = \"Vote for it\"\nprefers = [{{ that = \"{id}.yes\" }}]\n"
            );
        }
        let [a, b, c, d] = seats;
        text += &format!(
            "[assembly.house]\nseats = {{ a = {a}, b = {b}, c = {c}, d = {d} }}\n\
             [define]\nlaw = \"votes(house, a.yes, b.yes, not c.yes, d.yes) >= {needs}\"\n[status_quo]\non = []\n"
        );
        let read = detente_case::read("case.toml", text.as_bytes());
        read.conflict.unwrap_or_else(|| panic!("{:#?}\n{text}", read.diagnostics))
    }

    /// Whoever is pivotal turns the vote by turning its own, and nobody else does: in every state.
    #[test]
    fn pivots_are_those_who_turn_it_alone() {
        let (mut carried, mut pivotal) = (0, 0);
        for seed in 0_u64..60 {
            let seats = [1 + seed % 5, 1 + seed / 5 % 4, 1 + seed / 7 % 6, 1 + seed / 11 % 3];
            let needs = 1 + seed % seats.iter().sum::<u64>();
            let conflict = house(seats, needs);
            let all = votes(&conflict);
            let [vote] = all.as_slice() else { panic!("{all:?}") };
            let law = |state: &State| {
                let votes = [0, 1, 2, 3].map(|at| state.is_on(OptionId::from(at)) != (at == 2));
                seats.iter().zip(votes).filter(|(_, yes)| *yes).map(|(seats, _)| seats).sum::<u64>() >= needs
            };
            for number in 0..16 {
                let state = State::from_number(number);
                let counted = vote.counted(&conflict, &state).unwrap();
                assert_eq!(counted.carried, law(&state));
                let turned =
                    |at: usize| state.with(&[(OptionId::from(at), !state.is_on(OptionId::from(at)))]);
                let expected: Vec<ActorId> =
                    (0..4).filter(|at| law(&turned(*at)) != law(&state)).map(ActorId::from).collect();
                assert_eq!(counted.pivots, expected, "seed {seed}, state {number}");
                carried += usize::from(counted.carried);
                pivotal += counted.pivots.len();
            }
        }
        assert!(carried > 100 && pivotal > 300, "{carried} {pivotal}");
    }
}
