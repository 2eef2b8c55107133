//! Boolean connectives and quantification.

use super::store::{BOTTOM, Diagrams, Edge, FALSE, Halt, Set, TRUE};

/// Kinds of known results; moves of actors follow from [`super::relation`].
pub(super) const AND: u32 = 1;
const XOR: u32 = 2;
const ITE: u32 = 3;
const EXISTS: u32 = 4;
const AND_EXISTS: u32 = 5;
const LOWER: u32 = 6;
pub(super) const FIRST_MOVE: u32 = 16;

impl Diagrams<'_> {
    /// True everywhere, or nowhere.
    pub(crate) fn constant(&mut self, value: bool) -> Set {
        self.keep(if value { TRUE } else { FALSE })
    }

    /// The variable of `level`.
    pub(crate) fn variable(&mut self, level: u32) -> Result<Set, Halt> {
        self.run(|d| d.node(level, FALSE, TRUE))
    }

    /// `¬a`; no work.
    pub(crate) fn not(&mut self, a: &Set) -> Set {
        self.keep(a.edge() ^ 1)
    }

    /// `a ∧ b`.
    pub(crate) fn and(&mut self, a: &Set, b: &Set) -> Result<Set, Halt> {
        let (a, b) = (a.edge(), b.edge());
        self.run(|d| d.and_edge(a, b))
    }

    /// `a ∨ b`.
    pub(crate) fn or(&mut self, a: &Set, b: &Set) -> Result<Set, Halt> {
        let (a, b) = (a.edge(), b.edge());
        self.run(|d| d.or_edge(a, b))
    }

    /// `a ∧ ¬b`.
    pub(crate) fn without(&mut self, a: &Set, b: &Set) -> Result<Set, Halt> {
        let (a, b) = (a.edge(), b.edge());
        self.run(|d| d.and_edge(a, b ^ 1))
    }

    /// `a ↔ b`.
    pub(crate) fn iff(&mut self, a: &Set, b: &Set) -> Result<Set, Halt> {
        let (a, b) = (a.edge(), b.edge());
        self.run(|d| Ok(d.xor_edge(a, b)? ^ 1))
    }

    /// `b` where `a` holds, else `c`.
    pub(crate) fn ite(&mut self, a: &Set, b: &Set, c: &Set) -> Result<Set, Halt> {
        let (a, b, c) = (a.edge(), b.edge(), c.edge());
        self.run(|d| d.ite_edge(a, b, c))
    }

    /// `∃ vars: a`, with `vars` a conjunction of variables ([`Diagrams::cube`]).
    pub(crate) fn exists(&mut self, a: &Set, vars: &Set) -> Result<Set, Halt> {
        let (a, vars) = (a.edge(), vars.edge());
        self.run(|d| d.exists_edge(a, vars))
    }

    /// The conjunction of the variables of these levels.
    pub(crate) fn cube(&mut self, levels: impl IntoIterator<Item = u32>) -> Result<Set, Halt> {
        let mut levels: Vec<u32> = levels.into_iter().collect();
        levels.sort_unstable();
        levels.dedup();
        self.run(|d| levels.iter().rev().try_fold(TRUE, |rest, &level| d.node(level, FALSE, rest)))
    }

    /// The conjunction of literals: variables by level, on or off. Each level once.
    pub(crate) fn literals(&mut self, literals: impl IntoIterator<Item = (u32, bool)>) -> Result<Set, Halt> {
        let mut literals: Vec<(u32, bool)> = literals.into_iter().collect();
        literals.sort_unstable();
        self.run(|d| {
            literals.iter().rev().try_fold(TRUE, |rest, &(level, on)| {
                if on { d.node(level, FALSE, rest) } else { d.node(level, rest, FALSE) }
            })
        })
    }

    /// The function where the variable of `level` is `on`; it no longer depends on it.
    pub(crate) fn fix(&mut self, a: &Set, level: u32, on: bool) -> Result<Set, Halt> {
        let a = a.edge();
        self.run(|d| d.fix_edge(a, level, on))
    }

    /// `a` with the variable of every odd level replaced by that of the level above, which `a`
    /// does not depend on where it depends on the odd one.
    pub(crate) fn lower(&mut self, a: &Set) -> Result<Set, Halt> {
        let a = a.edge();
        self.run(|d| d.lower_edge(a))
    }

    /// `a` with the variables of the positions that `mover` owns replaced by their copies.
    pub(crate) fn raise(&mut self, a: &Set, mover: u8) -> Result<Set, Halt> {
        let a = a.edge();
        self.run(|d| d.raise_edge(a, mover))
    }

    pub(super) fn and_edge(&mut self, a: Edge, b: Edge) -> Result<Edge, Halt> {
        if a == b || b == TRUE {
            return Ok(a);
        }
        if a == TRUE {
            return Ok(b);
        }
        if a == FALSE || b == FALSE || a ^ b == 1 {
            return Ok(FALSE);
        }
        let (a, b) = (a.min(b), a.max(b));
        if let Some(result) = self.known(AND, a, b, TRUE) {
            return Ok(result);
        }
        self.step()?;
        let level = self.level(a).min(self.level(b));
        let ((a0, a1), (b0, b1)) = (self.split(a, level), self.split(b, level));
        let low = self.and_edge(a0, b0)?;
        let high = self.and_edge(a1, b1)?;
        let result = self.node(level, low, high)?;
        self.learn(AND, a, b, TRUE, result);
        Ok(result)
    }

    pub(super) fn or_edge(&mut self, a: Edge, b: Edge) -> Result<Edge, Halt> {
        Ok(self.and_edge(a ^ 1, b ^ 1)? ^ 1)
    }

    fn xor_edge(&mut self, a: Edge, b: Edge) -> Result<Edge, Halt> {
        // The sign of either operand is that of the result.
        let flip = (a ^ b) & 1;
        let (a, b) = (a & !1, b & !1);
        if a == b {
            return Ok(FALSE ^ flip);
        }
        let (a, b) = (a.min(b), a.max(b));
        if a == TRUE {
            return Ok(b ^ 1 ^ flip);
        }
        if let Some(result) = self.known(XOR, a, b, TRUE) {
            return Ok(result ^ flip);
        }
        self.step()?;
        let level = self.level(a).min(self.level(b));
        let ((a0, a1), (b0, b1)) = (self.split(a, level), self.split(b, level));
        let low = self.xor_edge(a0, b0)?;
        let high = self.xor_edge(a1, b1)?;
        let result = self.node(level, low, high)?;
        self.learn(XOR, a, b, TRUE, result);
        Ok(result ^ flip)
    }

    fn ite_edge(&mut self, a: Edge, b: Edge, c: Edge) -> Result<Edge, Halt> {
        if a == TRUE || b == c {
            return Ok(b);
        }
        if a == FALSE {
            return Ok(c);
        }
        if b ^ c == 1 {
            return Ok(self.xor_edge(a, b)? ^ 1);
        }
        if b == TRUE || b == a {
            return self.or_edge(a, c);
        }
        if b == FALSE || b ^ a == 1 {
            return self.and_edge(a ^ 1, c);
        }
        if c == TRUE || c ^ a == 1 {
            return self.or_edge(a ^ 1, b);
        }
        if c == FALSE || c == a {
            return self.and_edge(a, b);
        }
        // Plain condition, plain first branch.
        let (a, b, c) = if a & 1 == 1 { (a ^ 1, c, b) } else { (a, b, c) };
        let flip = b & 1;
        let (b, c) = (b ^ flip, c ^ flip);
        if let Some(result) = self.known(ITE, a, b, c) {
            return Ok(result ^ flip);
        }
        self.step()?;
        let level = self.level(a).min(self.level(b)).min(self.level(c));
        let ((a0, a1), (b0, b1), (c0, c1)) =
            (self.split(a, level), self.split(b, level), self.split(c, level));
        let low = self.ite_edge(a0, b0, c0)?;
        let high = self.ite_edge(a1, b1, c1)?;
        let result = self.node(level, low, high)?;
        self.learn(ITE, a, b, c, result);
        Ok(result ^ flip)
    }

    /// `vars` without the variables above `level`.
    fn below(&self, mut vars: Edge, level: u32) -> Edge {
        while self.level(vars) < level {
            vars = self.at(vars).high;
        }
        vars
    }

    pub(super) fn exists_edge(&mut self, a: Edge, vars: Edge) -> Result<Edge, Halt> {
        let level = self.level(a);
        if level == BOTTOM {
            return Ok(a);
        }
        let vars = self.below(vars, level);
        if vars == TRUE {
            return Ok(a);
        }
        if let Some(result) = self.known(EXISTS, a, vars, TRUE) {
            return Ok(result);
        }
        self.step()?;
        let (a0, a1) = self.split(a, level);
        let result = if self.level(vars) == level {
            let vars = self.at(vars).high;
            let low = self.exists_edge(a0, vars)?;
            if low == TRUE {
                TRUE
            } else {
                let high = self.exists_edge(a1, vars)?;
                self.or_edge(low, high)?
            }
        } else {
            let low = self.exists_edge(a0, vars)?;
            let high = self.exists_edge(a1, vars)?;
            self.node(level, low, high)?
        };
        self.learn(EXISTS, a, vars, TRUE, result);
        Ok(result)
    }

    pub(super) fn and_exists_edge(&mut self, a: Edge, b: Edge, vars: Edge) -> Result<Edge, Halt> {
        if a == FALSE || b == FALSE || a ^ b == 1 {
            return Ok(FALSE);
        }
        if a == TRUE || a == b {
            return self.exists_edge(b, vars);
        }
        if b == TRUE {
            return self.exists_edge(a, vars);
        }
        let level = self.level(a).min(self.level(b));
        let vars = self.below(vars, level);
        if vars == TRUE {
            return self.and_edge(a, b);
        }
        let (a, b) = (a.min(b), a.max(b));
        if let Some(result) = self.known(AND_EXISTS, a, b, vars) {
            return Ok(result);
        }
        self.step()?;
        let ((a0, a1), (b0, b1)) = (self.split(a, level), self.split(b, level));
        let result = if self.level(vars) == level {
            let vars = self.at(vars).high;
            let low = self.and_exists_edge(a0, b0, vars)?;
            if low == TRUE {
                TRUE
            } else {
                let high = self.and_exists_edge(a1, b1, vars)?;
                self.or_edge(low, high)?
            }
        } else {
            let low = self.and_exists_edge(a0, b0, vars)?;
            let high = self.and_exists_edge(a1, b1, vars)?;
            self.node(level, low, high)?
        };
        self.learn(AND_EXISTS, a, b, vars, result);
        Ok(result)
    }

    fn lower_edge(&mut self, a: Edge) -> Result<Edge, Halt> {
        let level = self.level(a);
        if level == BOTTOM {
            return Ok(a);
        }
        let flip = a & 1;
        let plain = a ^ flip;
        if let Some(result) = self.known(LOWER, plain, TRUE, TRUE) {
            return Ok(result ^ flip);
        }
        self.step()?;
        let (a0, a1) = self.split(plain, level);
        let low = self.lower_edge(a0)?;
        let high = self.lower_edge(a1)?;
        let result = self.node(level & !1, low, high)?;
        self.learn(LOWER, plain, TRUE, TRUE, result);
        Ok(result ^ flip)
    }

    fn raise_edge(&mut self, a: Edge, mover: u8) -> Result<Edge, Halt> {
        let level = self.level(a);
        if level == BOTTOM {
            return Ok(a);
        }
        let flip = a & 1;
        let plain = a ^ flip;
        let kind = FIRST_MOVE + 3 * u32::from(mover);
        if let Some(result) = self.known(kind, plain, TRUE, TRUE) {
            return Ok(result ^ flip);
        }
        self.step()?;
        let (a0, a1) = self.split(plain, level);
        let low = self.raise_edge(a0, mover)?;
        let high = self.raise_edge(a1, mover)?;
        let own = u32::from(self.is_own(level, mover));
        let result = self.node(level + own, low, high)?;
        self.learn(kind, plain, TRUE, TRUE, result);
        Ok(result ^ flip)
    }
}
