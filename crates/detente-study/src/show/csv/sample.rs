//! How sure: shares of models.

use super::{Style, note, table};
use crate::say::words;
use crate::wire::Sample;

/// One row per share, with its interval.
#[must_use]
pub fn sample(found: &Sample, style: Style) -> String {
    let head: Vec<String> = [
        "kind", "id", "name", "concept", "share", "low", "high", "all", "all_low", "all_high", "answer",
        "note",
    ]
    .map(str::to_owned)
    .into();
    let mut rows = Vec::new();
    for s in &found.shares {
        let mut cells = vec![s.kind.clone(), s.id.clone(), s.name.clone(), s.concept.clone()];
        cells.extend([s.share, s.low, s.high].map(|x| x.to_string()));
        let all = s.all.map(|all| [all.share, all.low, all.high].map(|x| x.to_string()));
        cells.extend(all.unwrap_or_default());
        // Which of the two a question asks for.
        cells.push(if s.asks_certain { "all" } else { "share" }.to_owned());
        cells.push(String::new());
        rows.push(cells);
    }
    let limits: Vec<String> = found.limits.iter().map(words::limit).collect();
    note(&head, &mut rows, &limits);
    rows.insert(0, head);
    table(&rows, style)
}
