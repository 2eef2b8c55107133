//! The votes of a case, and what they are worth.

use detente_engine::LimitHit;
use detente_engine::power::{Powers, power};
use detente_model::{ActorId, AssentSaid, Conflict, Expr, OptionId, What};

/// A vote: who takes part with how much, and how much it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vote {
    /// Where the case asks for it.
    pub place: Place,
    /// Who votes, with which weight, in the order of the file.
    pub members: Vec<(ActorId, u64)>,
    /// The weight that suffices.
    pub needs: u64,
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
    let mut add = |place: Place, members: Vec<(ActorId, u64)>, needs: u64| {
        if all.iter().any(|vote| vote.place == place) {
            return;
        }
        let weights: Vec<u64> = members.iter().map(|(_, weight)| *weight).collect();
        all.push(Vote { place, powers: power(&weights, needs), members, needs });
    };
    let Some(form) = conflict.game.option_form() else { return all };
    for part in conflict.parts() {
        if let What::Act(_, act) = part.what {
            for (assent, begins) in [(&act.begins, true), (&act.ends, false)] {
                let place = Place::Act(act.first, begins);
                match &assent.said {
                    AssentSaid::Votes(votes, needs) => add(place, votes.clone(), *needs),
                    AssentSaid::Assembly(assembly, needs) => {
                        let seats = |party: &ActorId| {
                            let assembly = form.assemblies.get(assembly.index());
                            (*party, assembly.map_or(0, |assembly| assembly.of(*party)))
                        };
                        add(place, act.parties.iter().map(seats).collect(), *needs);
                    }
                    AssentSaid::Needs(needs) => {
                        add(place, act.parties.iter().map(|party| (*party, 1)).collect(), u64::from(*needs));
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
                add(Place::Formula(text.clone()), members, *needs);
            }
        });
    }
    all
}
