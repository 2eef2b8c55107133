//! The keys of the case file as a page: the format's own table, in Markdown.

use std::fmt::Write;

use crate::format::CASE_FILE;
use crate::shape::{Key, Shape, TableShape};

/// Every table of the case file with its keys, what their values look like, an example, and what they say, in
/// Markdown.
#[must_use]
pub fn case_keys() -> String {
    let mut told: Vec<&str> = Vec::new();
    let mut open: Vec<&'static TableShape> = vec![&CASE_FILE];
    let mut out = String::new();
    while let Some(table) = open.pop() {
        if told.contains(&table.name) {
            continue;
        }
        told.push(table.name);
        let _ = writeln!(
            out,
            "### {}\n\n{}\n\n| key | value | for example | what it says |\n|---|---|---|---|",
            title(table.name),
            table.doc
        );
        let mut inside = Vec::new();
        for key in table.all_keys() {
            let must = if key.required { " (must)" } else { "" };
            let words = key.shape.words().replace('|', "\\|");
            let example = example(key, table.name == CASE_FILE.name).replace('|', "\\|");
            let doc = key.doc.replace('|', "\\|");
            let _ = writeln!(out, "| `{}`{must} | {words} | `{example}` | {doc} |", key.name);
            tables(key.shape, &mut inside);
        }
        if table.choice.len() > 1 {
            let ways: Vec<String> =
                table.choice.iter().map(|way| format!("`{}`", way.join("` with `"))).collect();
            let _ = writeln!(out, "\nExactly one of {}.", ways.join(", "));
        }
        out.push('\n');
        open.extend(inside.into_iter().rev());
    }
    out
}

/// The key with such a value, as it is written inside its table; at the root of the file tables have heads.
fn example(key: &Key, root: bool) -> String {
    match key.shape {
        Shape::Table(_) if root => format!("[{}]", key.name),
        Shape::Map(_, Shape::Table(_)) if root => format!("[{}.ID]", key.name),
        Shape::Many(Shape::Table(_)) if root => format!("[[{}]]", key.name),
        shape => format!("{} = {}", key.name, shape.example()),
    }
}

fn title(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The tables that a value may be, or hold.
fn tables(shape: Shape, found: &mut Vec<&'static TableShape>) {
    match shape {
        Shape::Table(table) => found.push(table),
        Shape::Many(each) | Shape::Exactly(_, each) | Shape::Map(_, each) | Shape::Switches(each) => {
            tables(*each, found);
        }
        Shape::Any(shapes) => shapes.iter().for_each(|shape| tables(*shape, found)),
        _ => {}
    }
}
