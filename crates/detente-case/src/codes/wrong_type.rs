//! # E0203: wrong kind of value
//!
//! The value is of another kind than the key takes: a number where a text belongs, a text where a
//! list belongs, and so on.

use std::ops::Range;

use crate::problem::Problem;
use crate::read::tree::{Node, Value};
use crate::shape::{Shape, TableShape};

/// The code.
pub const CODE: &str = "E0203";

/// `node` stands where `shape` belongs.
pub(crate) fn wrong_type(place: &str, shape: Shape, node: &Node) -> Problem {
    let problem =
        Problem::error(CODE, &node.at, format!("`{place}` must be {}, not {}", shape.words(), node.kind()));
    let fixed = |problem: Problem, hint: &str, text: String| {
        problem.hint(format!("{hint}: {text}")).fix(&node.at, text.clone(), format!("write {text}"))
    };
    match (&node.value, shape) {
        (Value::Integer(Some(number)), shape) if takes_text(shape) => {
            fixed(problem, "put it in quotes", format!("\"{number}\""))
        }
        (Value::Float(Some(number)), Shape::Integer(..)) if number.fract() == 0.0 => {
            fixed(problem, "write it without a point", format!("{number}"))
        }
        (Value::Text(text), Shape::Bool) if text == "true" || text == "false" => {
            fixed(problem, "without quotes", text.clone())
        }
        (Value::Text(text), Shape::Many(each)) if takes_text(*each) && is_short(text) => {
            fixed(problem, "put it in brackets", format!("[\"{text}\"]"))
        }
        (Value::Text(text), Shape::Table(table)) if is_short(text) && only_text(table).is_some() => {
            let key = only_text(table).unwrap_or_default();
            fixed(problem, "write a table", format!("{{ {key} = \"{text}\" }}"))
        }
        (Value::Table(_), Shape::Many(Shape::Table(_))) => {
            problem.hint(format!("a table that may repeat has two brackets: [[{place}]]"))
        }
        (Value::List(list), Shape::Map(..)) if list.iter().any(|one| one.table().is_some()) => {
            let id = list.iter().find_map(|one| one.get("id")?.text()).filter(|id| crate::forms::is_id(id));
            let hint = format!("each has a name of its own in single brackets: [{place}.{}]", id.unwrap_or("ID"));
            problem.hint(if id.is_some() { format!("{hint}, and no `id` inside") } else { hint })
        }
        (Value::List(list), Shape::Table(_)) if list.iter().any(|one| one.table().is_some()) => {
            problem.hint(format!("a table that stands only once has single brackets: [{place}]"))
        }
        (_, shape) => problem.hint(format!("for example {}", shape.example())),
    }
}

/// `[observed]` where `[observed.ID]` belongs.
pub(crate) fn no_id(at: &Range<usize>, place: &str) -> Problem {
    Problem::error(CODE, at, format!("`{place}` has no id: what stands here belongs to one of several"))
        .hint(format!("give it an id: [{place}.ID]"))
}

/// `levels = { us.tariff = 30 }`: the point makes a table of it.
pub(crate) fn unquoted(at: &Range<usize>, actor: &str, option: &str) -> Problem {
    Problem::error(CODE, at, format!("`{actor}` is a table here, not the full name of an option"))
        .hint(format!("put the whole name in quotes: \"{actor}.{option}\" = …"))
}

fn takes_text(shape: Shape) -> bool {
    match shape {
        Shape::Any(shapes) => shapes.iter().any(|shape| takes_text(*shape)),
        Shape::Many(_) | Shape::Exactly(..) | Shape::Table(_) | Shape::Map(..) | Shape::Switches(_) => false,
        Shape::Bool | Shape::Integer(..) | Shape::Share | Shape::Number => false,
        _ => true,
    }
}

/// The one key that a table must have (or its first way to say what it is), when it holds a text.
fn only_text(table: &TableShape) -> Option<&'static str> {
    if let Some([way]) = table.choice.first() {
        return table.keys.iter().find(|key| key.name == *way && takes_text(key.shape)).map(|key| key.name);
    }
    let mut required = table.keys.iter().filter(|key| key.required);
    let only = required.next().filter(|key| takes_text(key.shape))?;
    required.next().is_none().then_some(only.name)
}

/// Whether a text can be written again as it is.
fn is_short(text: &str) -> bool {
    text.len() <= 60 && !text.contains(['"', '\\']) && !text.contains(crate::text::steers)
}

pub(crate) fn wrong_count(at: &Range<usize>, place: &str, count: usize, found: usize) -> Problem {
    Problem::error(CODE, at, format!("`{place}` must be a list of {count}, not of {found}"))
        .hint(format!("name exactly {count}"))
}
