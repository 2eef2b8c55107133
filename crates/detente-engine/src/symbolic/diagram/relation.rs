//! Moves as relations: which states lead into a set by a move of one actor, and where a set leads.
//!
//! Variables come in pairs: the variable of position `p` stands at level `2p`, its copy (the same
//! option after the move) directly below at `2p + 1`. A relation of actor `j` is a function of
//! the variables and of the copies of `j`'s own options; options of others do not change and
//! need no copy.
//!
//! [`Diagrams::leading_by`] and [`Diagrams::out_by`] are relational products fused with the renaming
//! of copies and with the set of states that are asked about, in one recursion: no
//! set over copies is ever built, and branches outside the asked set are never entered.

use super::apply::FIRST_MOVE;
use super::store::{Diagrams, Edge, FALSE, Halt, Set, TRUE};

impl Diagrams<'_> {
    /// At each position, who may switch what stands there, a bit for each mover (positions beyond: nobody).
    pub(crate) fn set_owners(&mut self, owners: Vec<u64>) {
        self.owners = owners;
    }

    /// Whether `mover` may switch what stands at `level`.
    pub(super) fn is_own(&self, level: u32, mover: u8) -> bool {
        self.owners.get((level / 2) as usize).is_some_and(|owners| owners >> mover & 1 == 1)
    }

    /// The levels of what `mover` may switch.
    pub(crate) fn own_levels(&self, mover: u8) -> Vec<u32> {
        (0..self.owners.len() as u32).map(|at| 2 * at).filter(|level| self.is_own(*level, mover)).collect()
    }

    /// The states of `asked` that lead into `target` by `relation` of actor `mover`:
    /// `asked(s) ∧ ∃t: relation(s, t) ∧ target(t)`.
    pub(crate) fn leading_by(
        &mut self,
        asked: &Set,
        relation: &Set,
        target: &Set,
        mover: u8,
    ) -> Result<Set, Halt> {
        let (asked, relation, target) = (asked.edge(), relation.edge(), target.edge());
        self.run(|d| d.product::<false>(asked, relation, target, mover))
    }

    /// The states of `asked` that `relation` of actor `mover` leads to from `source`:
    /// `asked(t) ∧ ∃s: relation(s, t) ∧ source(s)`.
    pub(crate) fn out_by(
        &mut self,
        asked: &Set,
        relation: &Set,
        source: &Set,
        mover: u8,
    ) -> Result<Set, Halt> {
        let (asked, relation, source) = (asked.edge(), relation.edge(), source.edge());
        self.run(|d| d.product::<true>(asked, relation, source, mover))
    }

    fn product<const OUT: bool>(
        &mut self,
        asked: Edge,
        relation: Edge,
        other: Edge,
        mover: u8,
    ) -> Result<Edge, Halt> {
        if asked == FALSE || relation == FALSE || other == FALSE {
            return Ok(FALSE);
        }
        if relation == TRUE && other == TRUE {
            return Ok(asked);
        }
        let kind = FIRST_MOVE + 3 * u32::from(mover) + 1 + u32::from(OUT);
        if let Some(result) = self.known(kind, asked, relation, other) {
            return Ok(result);
        }
        self.step()?;
        let level = (self.level(asked).min(self.level(other))).min(self.level(relation) & !1);
        let (a0, a1) = self.split(asked, level);
        let (o0, o1) = self.split(other, level);
        let (r0, r1) = self.split(relation, level);
        let own = self.is_own(level, mover);
        let result = if own {
            // r01: off before, on after.
            let ((r00, r01), (r10, r11)) = (self.split(r0, level + 1), self.split(r1, level + 1));
            let (stay0, change0, change1, stay1) =
                if OUT { (r00, r10, r01, r11) } else { (r00, r01, r10, r11) };
            let low = self.either::<OUT>(a0, (stay0, o0), (change0, o1), mover)?;
            let high = self.either::<OUT>(a1, (stay1, o1), (change1, o0), mover)?;
            self.node(level, low, high)?
        } else {
            let low = self.product::<OUT>(a0, r0, o0, mover)?;
            let high = self.product::<OUT>(a1, r1, o1, mover)?;
            self.node(level, low, high)?
        };
        self.learn(kind, asked, relation, other, result);
        Ok(result)
    }

    fn either<const OUT: bool>(
        &mut self,
        asked: Edge,
        first: (Edge, Edge),
        second: (Edge, Edge),
        mover: u8,
    ) -> Result<Edge, Halt> {
        let one = self.product::<OUT>(asked, first.0, first.1, mover)?;
        if one == asked || first == second {
            return Ok(one);
        }
        let two = self.product::<OUT>(asked, second.0, second.1, mover)?;
        self.or_edge(one, two)
    }
}
