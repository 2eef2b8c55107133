//! The game: what actors can do, what is possible, what they want.

use crate::{
    Actor, ActorId, Arc, Cannot, DefinitionId, Expr, Grounds, Opt, OptionId, Preference, Rule, State,
};

/// The game of a conflict: everything that verdicts depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Game {
    /// The actors, in file order.
    pub actors: Vec<Actor>,
    /// Options and rules, or states and arcs.
    pub form: Form,
    /// One per actor, in the same order.
    pub preferences: Vec<Preference>,
    /// Where the conflict stands; it obeys the rules. `None` when the case gives none.
    pub status_quo: Option<State>,
}

/// The two forms of a conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// States are truth values of options.
    Options(OptionForm),
    /// States and arcs are listed.
    Graph(GraphForm),
}

/// Option form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OptionForm {
    /// All options; those of an actor stand together, actors in file order.
    pub options: Vec<Opt>,
    /// Defined names; each refers to earlier ones only.
    pub definitions: Vec<Definition>,
    /// Rules, in file order, then those of overlays.
    pub rules: Vec<Rule>,
    /// Moves taken away.
    pub cannot: Vec<Cannot>,
}

/// A defined name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The name in the file.
    pub id: String,
    /// What it stands for.
    pub that: Expr,
    /// What it rests on (for the reader: a definition never falls).
    pub grounds: Grounds,
}

/// Graph form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GraphForm {
    /// Ids of the states; positions from 1 are their numbers.
    pub states: Vec<String>,
    /// Names of the states for readers, in the same order (the id where none is given).
    pub names: Vec<String>,
    /// Moves: sorted, without repetition, never from a state to itself.
    pub arcs: Vec<Arc>,
}

impl Game {
    /// How many actors.
    #[must_use]
    pub fn actor_count(&self) -> usize {
        self.actors.len()
    }

    /// All actor ids, in file order.
    pub fn actor_ids(&self) -> impl Iterator<Item = ActorId> + use<> {
        (0..self.actors.len()).map(ActorId::from)
    }

    /// The actor with this id in the file.
    #[must_use]
    pub fn actor(&self, id: &str) -> Option<ActorId> {
        self.actors.iter().position(|a| a.id == id).map(ActorId::from)
    }

    /// The option form, when the game is in it.
    #[must_use]
    pub fn option_form(&self) -> Option<&OptionForm> {
        match &self.form {
            Form::Options(form) => Some(form),
            Form::Graph(_) => None,
        }
    }

    /// The graph form, when the game is in it.
    #[must_use]
    pub fn graph_form(&self) -> Option<&GraphForm> {
        match &self.form {
            Form::Options(_) => None,
            Form::Graph(form) => Some(form),
        }
    }

    /// All options (none in graph form).
    #[must_use]
    pub fn options(&self) -> &[Opt] {
        self.option_form().map_or(&[], |form| &form.options)
    }

    /// The options of an actor, in file order.
    pub fn options_of(&self, actor: ActorId) -> impl Iterator<Item = OptionId> + '_ {
        self.options()
            .iter()
            .enumerate()
            .filter(move |(_, o)| o.actor == actor)
            .map(|(i, _)| OptionId::from(i))
    }

    /// `az.sign`, the full name of an option.
    #[must_use]
    pub fn option_name(&self, option: OptionId) -> String {
        self.options().get(option.index()).map_or_else(String::new, |o| {
            format!("{}.{}", self.actors.get(o.actor.index()).map_or("", |a| &a.id), o.id)
        })
    }

    /// The option with this full name.
    #[must_use]
    pub fn option(&self, full: &str) -> Option<OptionId> {
        let (actor, option) = full.split_once('.')?;
        let actor = self.actor(actor)?;
        self.options().iter().position(|o| o.actor == actor && o.id == option).map(OptionId::from)
    }
}

impl OptionForm {
    /// The defined name with this id.
    #[must_use]
    pub fn definition(&self, id: &str) -> Option<DefinitionId> {
        self.definitions.iter().position(|d| d.id == id).map(DefinitionId::from)
    }

    /// The truth of every definition in `state`, in order. Cost: one pass over all definitions.
    #[must_use]
    pub fn defined(&self, state: &State) -> Vec<bool> {
        let mut truth: Vec<bool> = Vec::with_capacity(self.definitions.len());
        for definition in &self.definitions {
            let value = definition
                .that
                .eval(&|o| state.is_on(o), &|d| truth.get(d.index()).copied().unwrap_or(false));
            truth.push(value);
        }
        truth
    }

    /// Whether `expr` holds in `state`.
    #[must_use]
    pub fn holds(&self, expr: &Expr, state: &State) -> bool {
        let defined = self.defined(state);
        expr.eval(&|o| state.is_on(o), &|d| defined.get(d.index()).copied().unwrap_or(false))
    }

    /// The first rule that `state` breaks, by its place.
    #[must_use]
    pub fn broken_rule(&self, state: &State) -> Option<usize> {
        let defined = self.defined(state);
        self.rules.iter().position(|rule| {
            !rule.formula().eval(&|o| state.is_on(o), &|d| defined.get(d.index()).copied().unwrap_or(false))
        })
    }
}
