//! Acts: what several do together, and nobody alone.

use crate::{ActorId, AssemblyId, Expr, Grounds, OptionId};

/// An act of several: `[act.ID]`, a truth value (or a level) of the state like an option, but nobody's own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Act {
    /// Id in the file.
    pub id: String,
    /// In words.
    pub text: String,
    /// Who takes part, in file order.
    pub parties: Vec<ActorId>,
    /// Its first switch.
    pub first: OptionId,
    /// How many switches it has: 1, or as many as levels.
    pub bits: u32,
    /// Who can begin it.
    pub begins: Assent,
    /// Who can end it.
    pub ends: Assent,
    /// What is switched in the same move that begins it.
    pub with: Vec<(OptionId, bool)>,
    /// `with` as the file writes it.
    pub with_text: Option<String>,
    /// What it rests on.
    pub grounds: Grounds,
}

impl Eq for Act {}

/// Whose consent an act takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assent {
    /// How the file says it.
    pub said: AssentSaid,
    /// The minimal groups that suffice, members in file order, no group inside another: sorted by size,
    /// then by members. None: nobody can.
    pub groups: Vec<Vec<ActorId>>,
}

/// The ways to say whose consent an act takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum AssentSaid {
    /// All parties together.
    #[default]
    All,
    /// Each party alone.
    Any,
    /// Nobody: only a date or an event.
    Never,
    /// These groups.
    Groups(Vec<Vec<ActorId>>),
    /// So many parties.
    Needs(u32),
    /// Parties with so many votes.
    Votes(Vec<(ActorId, u64)>, u64),
    /// Parties with so many seats of an assembly.
    Assembly(AssemblyId, u64),
}

/// A condition on a change: a formula on the state before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// What must hold.
    pub that: Expr,
    /// What it rests on: a condition whose claims are struck is none any more.
    pub grounds: Grounds,
}

/// At most so many minimal groups begin or end an act.
pub const MOST_GROUPS: usize = 4096;

/// Why the groups of an act cannot be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupsError {
    /// More than there are are needed, or none.
    NeverEnough,
    /// There are more than [`MOST_GROUPS`].
    TooMany,
}

impl Assent {
    /// Whether `actor` alone suffices.
    #[must_use]
    pub fn suffices(&self, actor: ActorId) -> bool {
        self.groups.iter().any(|group| group.as_slice() == [actor])
    }
}

impl AssentSaid {
    /// The minimal groups of `parties` that suffice; `seats`: those of the assembly by party.
    ///
    /// # Errors
    /// [`GroupsError`].
    pub fn groups(
        &self,
        parties: &[ActorId],
        seats: &dyn Fn(ActorId) -> u64,
    ) -> Result<Vec<Vec<ActorId>>, GroupsError> {
        let mut found = match self {
            Self::All => vec![parties.to_vec()],
            Self::Any => parties.iter().map(|&p| vec![p]).collect(),
            Self::Never => vec![],
            Self::Groups(groups) => minimal(groups),
            Self::Needs(needs) => {
                let weighed: Vec<_> = parties.iter().map(|&p| (p, 1)).collect();
                winning(&weighed, u64::from(*needs))?
            }
            Self::Votes(votes, needs) => winning(votes, *needs)?,
            Self::Assembly(_, needs) => {
                let weighed: Vec<_> = parties.iter().map(|&p| (p, seats(p))).collect();
                winning(&weighed, *needs)?
            }
        };
        found.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
        found.dedup();
        Ok(found)
    }
}

/// The groups that hold no other.
fn minimal(groups: &[Vec<ActorId>]) -> Vec<Vec<ActorId>> {
    let mut sorted: Vec<Vec<ActorId>> = groups.to_vec();
    for group in &mut sorted {
        group.sort_unstable();
        group.dedup();
    }
    sorted.sort_by_key(Vec::len);
    let mut kept: Vec<Vec<ActorId>> = Vec::new();
    for group in sorted {
        if !kept.iter().any(|small| small.iter().all(|member| group.contains(member))) {
            kept.push(group);
        }
    }
    kept
}

/// The minimal sets whose weights reach `needs`.
fn winning(weighed: &[(ActorId, u64)], needs: u64) -> Result<Vec<Vec<ActorId>>, GroupsError> {
    let sum: u64 = weighed.iter().fold(0, |sum, (_, weight)| sum.saturating_add(*weight));
    if needs == 0 || sum < needs {
        return Err(GroupsError::NeverEnough);
    }
    // Largest first: a set that reaches the number with its last member, the smallest, is minimal.
    let mut largest: Vec<(ActorId, u64)> =
        weighed.iter().copied().filter(|(_, weight)| *weight > 0).collect();
    largest.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut rest = vec![0_u64; largest.len() + 1];
    for at in (0..largest.len()).rev() {
        rest[at] = rest[at + 1].saturating_add(largest[at].1);
    }
    let mut found = Vec::new();
    let mut chosen = Vec::new();
    extend(&largest, &rest, 0, needs, &mut chosen, &mut found)?;
    for group in &mut found {
        group.sort_unstable();
    }
    Ok(found)
}

fn extend(
    largest: &[(ActorId, u64)],
    rest: &[u64],
    at: usize,
    needs: u64,
    chosen: &mut Vec<ActorId>,
    found: &mut Vec<Vec<ActorId>>,
) -> Result<(), GroupsError> {
    if rest[at] < needs {
        return Ok(());
    }
    let Some(&(actor, weight)) = largest.get(at) else { return Ok(()) };
    chosen.push(actor);
    if weight >= needs {
        if found.len() == MOST_GROUPS {
            return Err(GroupsError::TooMany);
        }
        found.push(chosen.clone());
    } else {
        extend(largest, rest, at + 1, needs - weight, chosen, found)?;
    }
    chosen.pop();
    extend(largest, rest, at + 1, needs, chosen, found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actors(ids: &[u32]) -> Vec<ActorId> {
        ids.iter().map(|&id| ActorId(id)).collect()
    }

    #[test]
    fn groups_are_the_minimal_sets_found_by_trying_all() {
        let weights = [3_u64, 2, 2, 1, 0];
        for needs in 1..=9 {
            let votes: Vec<_> = weights.iter().enumerate().map(|(i, &w)| (ActorId::from(i), w)).collect();
            let groups = AssentSaid::Votes(votes, needs).groups(&actors(&[0, 1, 2, 3, 4]), &|_| 0);
            let sum = |set: u32| (0..5).filter(|i| set >> i & 1 == 1).map(|i| weights[i]).sum::<u64>();
            let mut all: Vec<Vec<ActorId>> = (0..32_u32)
                .filter(|&set| {
                    sum(set) >= needs && (0..5).all(|i| set >> i & 1 == 0 || sum(set & !(1 << i)) < needs)
                })
                .map(|set| (0..5).filter(|i| set >> i & 1 == 1).map(ActorId::from).collect())
                .collect();
            all.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
            match groups {
                Ok(found) => assert_eq!(found, all, "{needs}"),
                Err(why) => assert!(why == GroupsError::NeverEnough && all.is_empty(), "{needs}"),
            }
        }
    }

    #[test]
    fn a_group_inside_another_is_enough() {
        let said = AssentSaid::Groups(vec![actors(&[0, 1, 2]), actors(&[1]), actors(&[2, 0, 2])]);
        assert_eq!(said.groups(&[], &|_| 0), Ok(vec![actors(&[1]), actors(&[0, 2])]));
    }
}
