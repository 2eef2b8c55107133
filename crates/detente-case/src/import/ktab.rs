//! The table of actors of KTAB's Spatial Model Platform: who has which power, and stands where on which dimension.
//!
//! A case says what actors can do and want; a position on a scale is neither. So actors come with their names, and power,
//! positions and saliences are kept as notes for the reader: no option and no wish is made of them.

use std::ops::Range;

use detente_model::{About, Actor, Conflict};

use super::slug::Ids;
use crate::problems::Problems;
use crate::text::{Text, steers};
use crate::{Diagnostic, codes};

/// The most actors, as of a case.
const ACTORS: usize = crate::format::MAX_ACTORS;

/// Whether the bytes are such a table: its second line begins with `Actor,Description,Power`.
#[must_use]
pub fn is_ktab(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let text = String::from_utf8_lossy(head).to_lowercase().replace('"', "");
    let second = text.lines().nth(1).unwrap_or_default();
    let cells: Vec<&str> = second.split(',').map(str::trim).collect();
    matches!(
        cells.as_slice(),
        ["actor" | "name", "description" | "desc", "power" | "capability" | "influence", _, ..]
    )
}

/// Reads such a table: the actors as the beginning of a case, which has no options and no wishes yet, and all problems.
///
/// # Complexity
/// Linear in the table.
#[must_use]
pub fn ktab(file: &str, bytes: &[u8]) -> (Option<Conflict>, Vec<Diagnostic>) {
    let mut problems = Problems::default();
    let whole = String::from_utf8_lossy(bytes);
    let text = whole.strip_prefix('\u{feff}').unwrap_or(&whole);
    if std::str::from_utf8(bytes).is_err() {
        problems.push(codes::ktab::unreadable(&(0..0)));
    }
    let conflict = table(text, &mut problems).filter(|_| problems.errors() == 0);
    (conflict, problems.finish(&Text::new(file, text)))
}

/// One line without what steers a terminal.
fn plain(cell: &str) -> String {
    let words: Vec<&str> = cell.split_whitespace().collect();
    words.join(" ").chars().filter(|c| !steers(*c)).collect()
}

fn table(text: &str, problems: &mut Problems) -> Option<Conflict> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows: Vec<(Range<usize>, Vec<String>)> = Vec::new();
    for record in reader.records() {
        // The text is UTF-8, and rows may have any length: nothing else can be wrong.
        let record = record.ok()?;
        let at = record.position().map_or(0, |place| place.byte() as usize);
        let mut cells: Vec<String> = record.iter().map(plain).collect();
        // KTAB itself writes a comma at the end of its head.
        while cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        if !cells.is_empty() {
            rows.push((at..at, cells));
        }
    }
    let mut rows = rows.into_iter();
    let (first, about) = rows.next()?;
    let (_, head) = rows.next()?;
    let cell = |cells: &[String], at: usize| cells.get(at).cloned().unwrap_or_default();
    let dimensions: Vec<String> = head.iter().skip(3).step_by(2).cloned().collect();
    let actors: Vec<(Range<usize>, Vec<String>)> = rows.collect();
    for (said, what, there) in
        [(cell(&about, 2), "actors", actors.len()), (cell(&about, 3), "dimensions", dimensions.len())]
    {
        if said.parse() != Ok(there) {
            problems.push(codes::ktab::count(&first, what, &said, there));
        }
    }
    if actors.len() > ACTORS {
        problems.push(codes::ktab::actors(&first, ACTORS));
        return None;
    }
    let mut ids = Ids::default();
    let mut all = Vec::new();
    for (number, (at, cells)) in actors.iter().enumerate() {
        let name = cell(cells, 0);
        let id = ids.id(&name, "a", number + 1);
        let name = if name.is_empty() { id.clone() } else { name };
        if cells.len() != head.len() {
            problems.push(codes::ktab::cells(at, &name, head.len(), cells.len()));
            continue;
        }
        for (column, value) in head.iter().zip(cells).skip(2) {
            let power = Some(column) == head.get(2);
            let range = if power { "from 0 on" } else { "from 0 to 100" };
            let most = if power { f64::MAX } else { 100.0 };
            if !value.parse::<f64>().is_ok_and(|number| (0.0..=most).contains(&number)) {
                problems.push(codes::ktab::number(at, &name, column, value, range));
            }
        }
        let mut note = cell(cells, 1);
        if !note.is_empty() && !note.ends_with('.') {
            note.push('.');
        }
        let stands = dimensions.iter().enumerate().map(|(at, dimension)| {
            format!(
                " On {dimension}: position {}, salience {}.",
                cell(cells, 3 + 2 * at),
                cell(cells, 4 + 2 * at)
            )
        });
        let note = format!("{note} {} {}.{}", head.get(2)?, cell(cells, 2), stands.collect::<String>());
        all.push(Actor { id, name, note: Some(note.trim().to_owned()) });
    }
    let description = cell(&about, 1);
    let said =
        if description.is_empty() { String::new() } else { format!(" Its description: {description}") };
    let title = cell(&about, 0);
    let mut conflict = Conflict {
        about: About {
            title: if title.is_empty() { "A table of actors".to_owned() } else { title },
            note: Some(format!("Read from a table of actors of KTAB.{said}")),
            limits: vec![
                "Power, positions and saliences of the table are notes of the actors: no option and no wish is made of them."
                    .to_owned(),
            ],
            ..About::default()
        },
        ..Conflict::default()
    };
    conflict.game.actors = all;
    Some(conflict)
}
