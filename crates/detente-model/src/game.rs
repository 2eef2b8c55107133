//! The game: what actors can do, what is possible, what they want.

use crate::{
    Act, Actor, ActorId, Arc, Assembly, Cannot, Chance, Deadline, DefinitionId, Expr, Grounds, JointArc, Opt,
    OptionId, Preference, Rule, Scale, State, Switch,
};

/// The game of a conflict: everything that verdicts depend on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Game {
    /// The actors, in file order.
    pub actors: Vec<Actor>,
    /// Options and rules, or states and arcs.
    pub form: Form,
    /// One per actor, in the same order.
    pub preferences: Vec<Preference>,
    /// Where the conflict stands; it obeys the rules. `None` when the case gives none.
    pub status_quo: Option<State>,
    /// What happens on dates: by date, those of one day in file order.
    pub deadlines: Vec<Deadline>,
}

impl Default for Form {
    fn default() -> Self {
        Self::Options(OptionForm::default())
    }
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
    /// All switches, each a bit of the state number: options (those of an actor stand together, actors in
    /// file order), then acts, then chance events.
    pub options: Vec<Opt>,
    /// What several do together.
    pub acts: Vec<Act>,
    /// What may happen and is nobody's.
    pub chances: Vec<Chance>,
    /// Which switches are the levels of one thing.
    pub scales: Vec<Scale>,
    /// Who has how many seats.
    pub assemblies: Vec<Assembly>,
    /// Defined names; each refers to earlier ones only.
    pub definitions: Vec<Definition>,
    /// Rules, in file order, then those of overlays.
    pub rules: Vec<Rule>,
    /// Moves taken away.
    pub cannot: Vec<Cannot>,
}

/// A defined name.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    /// The name in the file.
    pub id: String,
    /// What it stands for.
    pub that: Expr,
    /// What it stands for when that falls.
    pub otherwise: Option<Expr>,
    /// How sure that it stands for `that`, 0..1, for sampling (needs `otherwise`); `None` is certain.
    pub confidence: Option<f64>,
    /// Its grounds have fallen and there is no `otherwise`: what is concluded from it is open.
    pub open: bool,
    /// What it rests on.
    pub grounds: Grounds,
}

impl Eq for Definition {}

impl Default for Definition {
    /// A name for what always holds.
    fn default() -> Self {
        Self {
            id: String::new(),
            that: Expr::Const(true),
            otherwise: None,
            confidence: None,
            open: false,
            grounds: Grounds::default(),
        }
    }
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
    /// Moves of several together; one entry a group of parties, sorted by the parties.
    pub joint: Vec<JointArc>,
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
        self.options().get(option.index()).map_or_else(String::new, |o| match o.of {
            Switch::Option => {
                format!("{}.{}", self.actors.get(o.actor.index()).map_or("", |a| &a.id), o.id)
            }
            Switch::Act(_) => format!("act.{}", o.id),
            Switch::Chance(_) => format!("chance.{}", o.id),
        })
    }

    /// The option, act or chance event with this full name; of a levelled one its first switch.
    #[must_use]
    pub fn option(&self, full: &str) -> Option<OptionId> {
        let (actor, option) = full.split_once('.')?;
        let nobody = |kind: fn(Switch) -> bool| {
            self.options().iter().position(|o| kind(o.of) && o.id == option).map(OptionId::from)
        };
        match actor {
            "act" => return nobody(|of| matches!(of, Switch::Act(_))),
            "chance" => return nobody(|of| matches!(of, Switch::Chance(_))),
            _ => {}
        }
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
