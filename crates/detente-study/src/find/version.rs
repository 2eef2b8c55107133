//! A version of a case: one of its variants, and what is tried out on top of it.

use detente_model::{Conflict, OptionId, Overlay, Preference, RuleKind, State, Strike};

use crate::find::near::nearest;

/// What differs from the case as written; the default is the case as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Version {
    /// A variant of the case, by id.
    pub variant: Option<String>,
    /// Where claims of the case contradict each other: the account, by id; `None`: the first one. There is no answer
    /// with contradicting claims at once.
    pub reading: Option<String>,
    /// Evidence struck.
    pub strike: Strike,
    /// Options that are never on, by full name (`actor.option`).
    pub unavailable: Vec<String>,
    /// New orders of statements.
    pub orders: Vec<Reordered>,
}

/// The statements of an actor in another order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reordered {
    /// Whose, by id.
    pub actor: String,
    /// Their places in the variant, from 1, in the new order.
    pub order: Vec<usize>,
}

impl Version {
    /// The variant `id`, and nothing else.
    #[must_use]
    pub fn variant(id: impl Into<String>) -> Self {
        Self { variant: Some(id.into()), ..Self::default() }
    }

    /// Whether nothing differs from the case as written.
    #[must_use]
    pub fn is_as_written(&self) -> bool {
        *self == Self::default()
    }

    /// `conflict` in this version.
    ///
    /// # Errors
    /// Everything that does not fit, one sentence each.
    pub fn apply(&self, conflict: &Conflict) -> Result<Conflict, Vec<String>> {
        let mut conflict = match &self.variant {
            None => conflict.clone(),
            Some(id) => of_variant(conflict, id)?,
        };
        let mut wrong = Vec::new();
        for order in &self.orders {
            if let Err(problem) = order.apply(&mut conflict) {
                wrong.push(problem);
            }
        }
        let mut unavailable: Vec<OptionId> = Vec::new();
        for name in &self.unavailable {
            match conflict.game.option(name) {
                Some(option) => unavailable.push(option),
                None => wrong.push(format!("there is no option `{name}`")),
            }
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        conflict = self.told(conflict)?;
        if unavailable.is_empty() && self.strike.is_empty() {
            return Ok(conflict);
        }
        // A status quo in which a forbidden option is on cannot stay: it loses that option. `Start` says so.
        let status_quo = conflict.game.status_quo.as_ref().and_then(|state| {
            let mut changed = state.clone();
            unavailable.iter().for_each(|option| changed.set(*option, false));
            (changed != *state).then_some(changed)
        });
        let overlay = Overlay { strike: self.strike.clone(), unavailable, status_quo, ..Overlay::default() };
        conflict.with_overlay(&overlay).map_err(sentences)
    }
}

impl Version {
    /// The conflict in one account, where its claims contradict each other.
    fn told(&self, conflict: Conflict) -> Result<Conflict, Vec<String>> {
        let cannot = |_| vec!["the accounts of the case cannot be told apart".to_owned()];
        let accounts = conflict.accounts().map_err(cannot)?;
        let account = match &self.reading {
            None => accounts.first(),
            Some(id) => match accounts.iter().find(|account| account.id == *id) {
                None => return Err(vec![format!("the case has no account `{id}`")]),
                found => found,
            },
        };
        account.map_or(Ok(conflict.clone()), |account| conflict.in_account(account).map_err(sentences))
    }
}

/// A version that starts elsewhere than the case as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// The status quo as written.
    pub written: State,
    /// The status quo of the version.
    pub here: State,
    /// Options that are on in the first and not available in the version: these made it another one.
    pub forbidden: Vec<OptionId>,
}

impl Start {
    /// Where `here`, a version of `written`, starts; `None`: at the same status quo, or one of them has none.
    #[must_use]
    pub fn of(written: &Conflict, here: &Conflict) -> Option<Self> {
        let (before, now) = (written.game.status_quo.as_ref()?, here.game.status_quo.as_ref()?);
        if before == now {
            return None;
        }
        let rules = here.game.option_form().map_or(&[][..], |form| &form.rules);
        let barred = |option: &OptionId| rules.iter().any(|rule| rule.kind == RuleKind::Unavailable(*option));
        let forbidden = before.on().filter(barred).collect();
        Some(Self { written: before.clone(), here: now.clone(), forbidden })
    }
}

fn of_variant(conflict: &Conflict, id: &str) -> Result<Conflict, Vec<String>> {
    if let Some(applied) = conflict.with_variant(id) {
        return applied.map_err(|errors| {
            sentences(errors)
                .iter()
                .map(|why| format!("the variant `{id}` cannot be applied: {why}"))
                .collect()
        });
    }
    let ids = || conflict.variants.iter().map(|variant| variant.id.as_str());
    let hint = match nearest(id, ids()) {
        Some(near) => format!("; did you mean `{near}`?"),
        None if conflict.variants.is_empty() => "; it has none".to_owned(),
        None => format!("; the variants are {}", ids().collect::<Vec<_>>().join(", ")),
    };
    Err(vec![format!("the case has no variant `{id}`{hint}")])
}

fn sentences(errors: Vec<detente_model::OverlayError>) -> Vec<String> {
    errors.into_iter().map(|error| error.to_string()).collect()
}

impl Reordered {
    /// Puts the statements of the actor into the new order.
    fn apply(&self, conflict: &mut Conflict) -> Result<(), String> {
        let Some(actor) = conflict.game.actor(&self.actor) else {
            return Err(format!("there is no actor `{}`", self.actor));
        };
        let Some(Preference::Statements(list)) = conflict.game.preferences.get_mut(actor.index()) else {
            return Err(format!("`{}` does not prefer by statements", self.actor));
        };
        let mut places = self.order.clone();
        places.sort_unstable();
        if places != (1..=list.len()).collect::<Vec<_>>() {
            return Err(format!(
                "the new order of `{}` must name the places 1 to {}, each once",
                self.actor,
                list.len()
            ));
        }
        *list = self.order.iter().map(|place| list[place - 1].clone()).collect();
        Ok(())
    }
}
