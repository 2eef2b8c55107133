//! The JSON Schema of the case file, made from the same shapes that the reader checks.
//!
//! TOML has dates, JSON has not: a date is a text here, as editors pass it on. What goes beyond
//! shapes (references, formulas, states) is the reader's.

use serde_json::{Map, Value, json};

use crate::format::CASE_FILE;
use crate::shape::{Shape, TableShape};

/// An id: lower-case letters, digits, single hyphens inside.
const ID: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";
/// The full name of an option.
const OPTION: &str = r"^[a-z0-9]+(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*$";
/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
const PUBLISHED: &str = concat!(
    r"^(([NnSs]\. ?[DdAa]\.|[Oo]\. ?[Jj]\.|undated|no date)",
    r"|((c\.|ca\.|circa |about |around |before |after ) ?)?((the )?(early |mid-|mid |late )?(the )?\d{3}0['’]?s|\d{4}(-\d{2}(-\d{2})?)?)",
    r"(( ?[/–—] ?| - | to |-)((early |mid-|mid |late )?\d{3}0['’]?s|\d{2,4}(-\d{2}(-\d{2})?)?))?",
    r"|[0-9A-Za-z., ]*[A-Za-z0-9.]( ?[-–—/] ?| to )[0-9A-Za-z., ]*\d{4})$"
);
const DATE: &str = "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$";
/// `YYYY-MM-DD`.
const DAY: &str = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";
/// No control characters.
const LINE: &str = r"^[^\u0000-\u001f\u007f-\u009f]*$";
/// No control characters but tab and line break.
const PROSE: &str = r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*$";

/// The JSON Schema (draft 2020-12) of the case file.
#[must_use]
pub fn case_schema() -> Value {
    let mut parts = Map::new();
    let mut root = table(&CASE_FILE, &mut parts);
    if let Value::Object(root) = &mut root {
        root.insert("$schema".to_owned(), "https://json-schema.org/draft/2020-12/schema".into());
        root.insert("title".to_owned(), "Détente case file".into());
        root.insert("$defs".to_owned(), Value::Object(parts));
    }
    root
}

fn schema(shape: Shape, parts: &mut Map<String, Value>) -> Value {
    match shape {
        Shape::Line => json!({"type": "string", "pattern": LINE}),
        Shape::Prose => json!({"type": "string", "pattern": PROSE}),
        Shape::Path => json!({"type": "string", "minLength": 1, "pattern": r"^[^\\:\u0000-\u001f]+$"}),
        Shape::Id => json!({"type": "string", "pattern": ID}),
        Shape::State | Shape::Formula => json!({"type": "string", "minLength": 1}),
        Shape::Ref("an option") => {
            json!({"type": "string", "pattern": OPTION, "description": "The full name of an option (`actor.option`), an act (`act.ID`) or a chance event (`chance.ID`)."})
        }
        Shape::Ref(what) => {
            json!({"type": "string", "pattern": ID, "description": format!("The id of {what}.")})
        }
        Shape::Date => json!({"type": "string", "pattern": DATE}),
        Shape::Published => json!({"type": "string", "pattern": PUBLISHED}),
        Shape::Bool => json!({"type": "boolean"}),
        Shape::Integer(least, most) => {
            let mut integer = json!({"type": "integer"});
            if least != i64::MIN {
                integer["minimum"] = least.into();
            }
            if most != i64::MAX {
                integer["maximum"] = most.into();
            }
            integer
        }
        Shape::Share => json!({"type": "number", "minimum": 0, "maximum": 1}),
        Shape::Number => json!({"type": "number"}),
        Shape::Day => json!({"type": "string", "pattern": DAY}),
        Shape::Grade => json!({"type": "string", "pattern": "^[A-F][1-6]$"}),
        Shape::Switches(each) => json!({
            "type": "object",
            "description": "By the full name of an option, an act or a chance event.",
            "propertyNames": {"pattern": OPTION},
            "additionalProperties": schema(*each, parts),
        }),
        Shape::Word(words) => json!({"enum": words}),
        Shape::Many(each) => json!({"type": "array", "items": schema(*each, parts)}),
        Shape::Exactly(count, each) => {
            json!({"type": "array", "items": schema(*each, parts), "minItems": count, "maxItems": count})
        }
        Shape::Map(what, each) => json!({
            "type": "object",
            "description": format!("By the id of {what}."),
            "propertyNames": {"pattern": ID},
            "additionalProperties": schema(*each, parts),
        }),
        Shape::Any(shapes) => {
            let any: Vec<Value> = shapes.iter().map(|shape| schema(*shape, parts)).collect();
            json!({"anyOf": any})
        }
        Shape::Table(shape) => {
            let name = part_name(shape);
            if !parts.contains_key(&name) {
                // The place is taken first: what is inside may name it again.
                parts.insert(name.clone(), Value::Null);
                let made = table(shape, parts);
                parts.insert(name.clone(), made);
            }
            json!({"$ref": format!("#/$defs/{name}")})
        }
    }
}

/// `a claim` as the name of a part: `claim`.
fn part_name(shape: &TableShape) -> String {
    let words = shape.name.trim_matches(['[', ']']);
    let words = words.strip_prefix("an ").or(words.strip_prefix("a ")).unwrap_or(words);
    words.replace(' ', "-")
}

fn table(shape: &'static TableShape, parts: &mut Map<String, Value>) -> Value {
    let mut properties = Map::new();
    for key in shape.all_keys() {
        let mut value = schema(key.shape, parts);
        if let Value::Object(value) = &mut value {
            value.insert("description".to_owned(), key.doc.into());
        }
        properties.insert(key.name.to_owned(), value);
    }
    let required: Vec<&str> = shape.all_keys().filter(|key| key.required).map(|key| key.name).collect();
    let mut made = json!({
        "type": "object",
        "description": shape.doc,
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        made["required"] = required.into();
    }
    if !shape.choice.is_empty() {
        made["oneOf"] = choice(shape.choice);
    }
    made
}

/// Exactly one of the groups, whole, and no key of the others.
fn choice(groups: &[&[&str]]) -> Value {
    let one = |group: &&[&str]| {
        let others: Map<String, Value> = groups
            .iter()
            .flat_map(|other| other.iter())
            .filter(|key| !group.contains(key))
            .map(|key| ((*key).to_owned(), Value::Bool(false)))
            .collect();
        json!({"required": group, "properties": others})
    };
    groups.iter().map(one).collect()
}
