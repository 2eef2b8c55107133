//! Formulas as the case file writes them.

use crate::{Expr, Game, OptionId};

/// How tightly an operator binds; a part that binds less tightly stands in parentheses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bind {
    Iff,
    Implies,
    Or,
    And,
    Not,
    Atom,
}

impl Game {
    /// `expr` in the words of the case file: `signed and (not ru.hinder or west.guarantee)`.
    ///
    /// Reading the text gives a formula with the same truth in every state. "At most one of"
    /// has no operator of its own and is written out in pairs.
    #[must_use]
    pub fn formula_text(&self, expr: &Expr) -> String {
        self.written(expr).1
    }

    fn written(&self, expr: &Expr) -> (Bind, String) {
        match expr {
            Expr::Const(value) => (Bind::Atom, value.to_string()),
            Expr::Option(id) => (Bind::Atom, self.switch_text(*id, true)),
            Expr::Not(inner) if self.is_level(inner) => match inner.as_ref() {
                Expr::Option(id) => (Bind::Atom, self.switch_text(*id, false)),
                other => self.written(other),
            },
            Expr::Defined(id) => {
                let name = self.option_form().and_then(|form| form.definitions.get(id.index()));
                (Bind::Atom, name.map_or_else(String::new, |d| d.id.clone()))
            }
            Expr::Not(inner) => (Bind::Not, format!("not {}", self.inside(inner, Bind::Not))),
            Expr::And(parts) => self.joined(parts, Bind::And, " and ", "true"),
            Expr::Or(parts) => self.joined(parts, Bind::Or, " or ", "false"),
            Expr::Implies(a, b) => {
                let (a, b) = (self.inside(a, Bind::Or), self.inside(b, Bind::Or));
                (Bind::Implies, format!("{a} implies {b}"))
            }
            Expr::Iff(a, b) => {
                let (a, b) = (self.inside(a, Bind::Or), self.inside(b, Bind::Or));
                (Bind::Iff, format!("{a} iff {b}"))
            }
            // Written from the file, so it stands by itself or in parentheses of its own.
            Expr::Written(text, _) => (Bind::Atom, text.clone()),
            Expr::AtLeast(parts, needs) => self.written(&Expr::counted(parts, *needs)),
            Expr::AtMostOne(parts) => {
                let pairs = parts.iter().enumerate().flat_map(|(at, a)| {
                    parts[at + 1..].iter().map(move |b| Expr::And(vec![a.clone(), b.clone()]).negate())
                });
                self.written(&Expr::And(pairs.collect()))
            }
        }
    }

    fn is_level(&self, expr: &Expr) -> bool {
        let Expr::Option(id) = expr else { return false };
        self.options().get(id.index()).is_some_and(|o| o.scale.is_some())
    }

    /// That a switch is on, or off, as the file would write it: `az.sign`, `not az.sign`, `us.tariff <= 30`.
    #[must_use]
    pub fn literal_text(&self, id: OptionId, on: bool) -> String {
        let that = Expr::Option(id);
        self.formula_text(&if on { that } else { that.negate() })
    }

    /// A switch that is on or off, as the file would write it: `az.sign`, `us.tariff > 30`, `act.cap`.
    fn switch_text(&self, id: OptionId, on: bool) -> String {
        let name = self.option_name(id);
        let scale = self.option_form().and_then(|form| {
            let (scale, at) = form.options.get(id.index())?.scale?;
            Some((form.scale(scale)?, at as usize))
        });
        let Some((scale, at)) = scale else { return name };
        // Bit `at` is on above the level at `at`; an act's first bit: at any level.
        let below = if scale.can_be_off() { at.checked_sub(1) } else { Some(at) };
        let Some(below) = below else { return if on { name } else { format!("not {name}") } };
        let value = scale.values.text(below);
        match (on, scale.can_be_off()) {
            (true, _) => format!("{name} > {value}"),
            (false, false) => format!("{name} <= {value}"),
            (false, true) => format!("not {name} > {value}"),
        }
    }

    fn joined(&self, parts: &[Expr], bind: Bind, word: &str, none: &str) -> (Bind, String) {
        match parts {
            [] => (Bind::Atom, none.to_owned()),
            [one] => self.written(one),
            several => {
                let texts: Vec<String> = several.iter().map(|part| self.inside(part, bind)).collect();
                (bind, texts.join(word))
            }
        }
    }

    /// `expr`, in parentheses when it binds less tightly than `least`.
    fn inside(&self, expr: &Expr, least: Bind) -> String {
        let (bind, text) = self.written(expr);
        if bind < least { format!("({text})") } else { text }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Actor, ActorId, Direction, Expr, Form, Game, Opt, OptionForm, OptionId};

    #[test]
    fn parentheses_stand_where_they_are_needed() {
        let option = |id: &str| Opt {
            id: id.to_owned(),
            actor: ActorId(0),
            text: String::new(),
            direction: Direction::Both,
            ..Opt::default()
        };
        let form =
            OptionForm { options: vec![option("x"), option("y"), option("z")], ..OptionForm::default() };
        let actors = vec![Actor { id: "a".to_owned(), ..Actor::default() }];
        let game = Game { actors, form: Form::Options(form), ..Game::default() };
        let [x, y, z] = [0, 1, 2].map(|i| Expr::Option(OptionId(i)));
        let or = Expr::Or(vec![x.clone().negate(), y.clone()]);
        let and = Expr::And(vec![z.clone(), or.clone()]);
        assert_eq!(game.formula_text(&and), "a.z and (not a.x or a.y)");
        assert_eq!(game.formula_text(&and.clone().negate()), "not (a.z and (not a.x or a.y))");
        let implies = Expr::Implies(Box::new(or.clone()), Box::new(and));
        assert_eq!(game.formula_text(&implies), "not a.x or a.y implies a.z and (not a.x or a.y)");
        let nested = Expr::Iff(Box::new(implies), Box::new(z.clone()));
        assert_eq!(game.formula_text(&nested), "(not a.x or a.y implies a.z and (not a.x or a.y)) iff a.z");
        assert_eq!(game.formula_text(&Expr::AtMostOne(vec![x, y])), "not (a.x and a.y)");
        assert_eq!(game.formula_text(&Expr::And(vec![])), "true");
    }
}
