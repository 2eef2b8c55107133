//! Uncertain inputs in words.

use detente_engine::ensemble::{About, Ensemble};
use detente_model::{ActorId, Conflict, Expr, Preference, Statement};

use crate::say::agree::Agree;
use crate::say::{names, reason};
use crate::wire::{InputInfo, LevelInfo};

/// What an input can be that stands or falls.
pub const SO: &str = "it holds";
/// The contrary.
pub const NOT_SO: &str = "it does not hold";

/// The contrary is wanted.
pub(super) const CONTRARY: &str = "the contrary";

/// The inputs of `ensemble`, in its order.
pub fn inputs(ensemble: &Ensemble) -> Vec<InputInfo> {
    let conflict = &ensemble.conflict;
    (ensemble.inputs.iter())
        .map(|input| {
            let (id, kind, text) = described(conflict, input.about);
            let levels = match input.contrary {
                Some(contrary) => wished_levels(input.levels.len(), contrary),
                None => levels(conflict, input.about),
            };
            let levels = (input.levels.iter().zip(levels))
                .map(|(chance, text)| LevelInfo { text, chance: *chance })
                .collect();
            InputInfo { id, kind: kind.to_owned(), text, levels }
        })
        .collect()
}

/// Its id, its kind, and what it is about.
fn described(conflict: &Conflict, about: About) -> (String, &'static str, String) {
    let game = &conflict.game;
    let code = |actor: ActorId| game.actors.get(actor.index()).map_or("", |a| a.id.as_str());
    match about {
        About::Source(at) => {
            let source = conflict.evidence.sources.get(at.index());
            let id = source.map_or("", |s| s.id.as_str());
            let title = source.map_or("", |s| s.title.as_str());
            (format!("source:{id}"), "source", format!("{} can be relied on", names::quoted(title)))
        }
        About::Claim(at) => {
            let claim = conflict.evidence.claims.get(at.index());
            let id = claim.map_or("", |c| c.id.as_str());
            let says = claim.map_or("", |c| c.says.trim_end_matches('.'));
            (format!("claim:{id}"), "claim", format!("claim {id} is right: {}", names::quoted(says)))
        }
        About::Together(at) => {
            let group = conflict.uncertainty.groups.get(at);
            let id = group.map_or("", |g| g.id.as_str());
            let title = group.and_then(|g| g.title.as_deref()).unwrap_or(id);
            (format!("together:{id}"), "together", format!("what {} stands for holds", names::quoted(title)))
        }
        About::Type(actor) => {
            let who = names::inside(conflict, actor);
            (
                format!("type:{}", code(actor)),
                "type",
                format!("what kind of actor {who} {}", Agree::with(conflict, actor).is()),
            )
        }
        About::Order(actor) => {
            let who = names::inside(conflict, actor);
            (format!("order:{}", code(actor)), "order", format!("what matters most to {who}"))
        }
        About::Instead(actor, place) => {
            let wish = reason::wish(conflict, actor, place, true);
            let text = format!(
                "what {} {} in place of “{wish}”",
                names::inside(conflict, actor),
                Agree::with(conflict, actor).wants()
            );
            (format!("instead:{}:{}", code(actor), place + 1), "instead", text)
        }
        About::Statement(actor, 0, place) => {
            let wish = reason::whole_wish(conflict, actor, place);
            let prefers = Agree::with(conflict, actor).verb("prefers", "prefer");
            let text = format!("{} {prefers} {wish}", names::inside(conflict, actor));
            (format!("statement:{}:{}", code(actor), place + 1), "statement", text)
        }
        About::Statement(actor, kind, place) => {
            let types = conflict.uncertainty.types.iter().filter(|t| t.actor == actor);
            let kind = types.clone().nth(kind - 1);
            let wish = kind.and_then(|k| k.prefers.get(place));
            let wish = wish.map(|s| reason::preferred(conflict, actor, &s.that, &s.grounds, true));
            let (id, name) = kind.map_or(("", ""), |k| (&k.id, k.name.as_deref().unwrap_or(&k.id)));
            let who = names::inside(conflict, actor);
            let text =
                format!("{who}, as {}, would prefer {}", names::quoted(name), wish.unwrap_or_default());
            (format!("statement:{}/{id}:{}", code(actor), place + 1), "statement", text)
        }
        About::Rule(at) => {
            let rule = game.option_form().and_then(|form| form.rules.get(at));
            let id = rule.and_then(|r| r.id.clone()).unwrap_or_else(|| (at + 1).to_string());
            (format!("rule:{id}"), "rule", format!("the rule {} holds", names::rule(conflict, at)))
        }
        About::Option(option) => {
            let owner = game.options().get(option.index()).map_or(ActorId(0), |o| o.actor);
            let text = names::quoted(names::option(conflict, option));
            let text = format!("{text} is open to {}", names::inside(conflict, owner));
            (format!("option:{}", game.option_name(option)), "option", text)
        }
        About::Definition(at) => {
            let definition = game.option_form().and_then(|form| form.definitions.get(at.index()));
            let id = definition.map_or("", |d| d.id.as_str());
            let that = definition.map_or_else(String::new, |d| clause(conflict, &d.that));
            (format!("define:{id}"), "define", format!("{} means that {that}", names::quoted(id)))
        }
    }
}

fn wished(conflict: &Conflict, statement: &Statement) -> String {
    statement.grounds.says.clone().unwrap_or_else(|| clause(conflict, &statement.that))
}

fn clause(conflict: &Conflict, that: &Expr) -> String {
    reason::clause(conflict, that, true)
}

/// What a wish can be of which the contrary may be wanted, level 0 first.
fn wished_levels(count: usize, contrary: usize) -> Vec<String> {
    let one = |level: usize| match level {
        0 => SO,
        _ if level == contrary => CONTRARY,
        _ => NOT_SO,
    };
    (0..count).map(|level| one(level).to_owned()).collect()
}

/// What it can be, level 0 first.
fn levels(conflict: &Conflict, about: About) -> Vec<String> {
    let uncertainty = &conflict.uncertainty;
    let written = std::iter::once("as written".to_owned());
    match about {
        About::Type(actor) => {
            let types = uncertainty.types.iter().filter(|t| t.actor == actor);
            written.chain(types.map(|t| t.name.clone().unwrap_or_else(|| t.id.clone()))).collect()
        }
        About::Order(actor) => {
            let orders = uncertainty.orders.iter().filter(|o| o.actor == actor);
            written.chain(orders.map(|o| format!("first {}", o.first.join(", ")))).collect()
        }
        About::Instead(actor, place) => {
            let id = match conflict.game.preferences.get(actor.index()) {
                Some(Preference::Statements(list)) => list.get(place).and_then(|s| s.id.clone()),
                _ => None,
            };
            let instead = uncertainty.instead.iter().filter(|i| i.actor == actor);
            let instead = instead.filter(|i| id.as_ref() == Some(&i.of));
            written.chain(instead.map(|i| format!("that {}", wished(conflict, &i.statement)))).collect()
        }
        _ => vec![SO.to_owned(), NOT_SO.to_owned()],
    }
}
