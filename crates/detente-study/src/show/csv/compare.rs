//! Versions of a case compared.

use super::{Style, note, table};
use crate::say::words;
use crate::wire::{Answer, Compare, Sign};

/// One row per difference: what changed in the world (`world`) and in the evidence (`evidence`), what is assumed
/// differently (`change`), an answer (`answer`), an outcome that lasts in the
/// new version only (`gained`) or in the old one only (`lost`), and how many last under each concept (`count`).
#[must_use]
pub fn compare(found: &Compare, style: Style) -> String {
    let head: Vec<String> =
        ["old", "new", "kind", "about", "state", "name", "before", "after", "text", "note"]
            .map(str::to_owned)
            .into();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for comparison in &found.comparisons {
        let mut row = |kind: &str, about: &str, state: &str, cells: [&str; 4], note: &str| {
            let [name, before, after, text] = cells;
            let both = [&comparison.old.name, &comparison.new.name].map(String::as_str);
            let cells = [both[0], both[1], kind, about, state, name, before, after, text, note];
            rows.push(cells.map(str::to_owned).into());
        };
        let parts = [
            ("world", &comparison.world),
            ("evidence", &comparison.evidence),
            ("change", &comparison.changes),
        ];
        for (kind, change) in parts.iter().flat_map(|(kind, list)| list.iter().map(move |one| (*kind, one))) {
            let sign = match change.sign {
                Sign::Added => "added",
                Sign::Removed => "removed",
                Sign::Changed => "changed",
            };
            row(kind, &change.about, "", [sign, "", "", &change.text], "");
        }
        for answer in &comparison.questions {
            let [before, after] = [answer.before, answer.after].map(word);
            row("answer", &answer.id, "", ["", before, after, &answer.text], "");
        }
        for (concept, shift) in &comparison.equilibria {
            row("count", concept, "", ["", &shift.before, &shift.after, ""], "");
            for (kind, list, count) in
                [("gained", &shift.gained, &shift.gained_count), ("lost", &shift.lost, &shift.lost_count)]
            {
                let Some(list) = list else {
                    row(kind, concept, "", [""; 4], "Too many to compare one by one.");
                    continue;
                };
                for moved in list {
                    let turn = moved.turn.as_ref();
                    let [before, after] = [turn.map(|t| t.before.as_str()), turn.map(|t| t.after.as_str())];
                    let cells = [
                        &moved.name,
                        before.unwrap_or_default(),
                        after.unwrap_or_default(),
                        moved.why.as_str(),
                    ];
                    row(kind, concept, &moved.state, cells, "");
                }
                let all = count.as_deref().unwrap_or_default();
                if *all != list.len().to_string() {
                    let text = format!("The first {} of {all} are listed.", list.len());
                    row(kind, concept, "", [""; 4], &text);
                }
            }
        }
    }
    let limits: Vec<String> = found.limits.iter().map(words::limit).collect();
    note(&head, &mut rows, &limits);
    rows.insert(0, head);
    table(&rows, style)
}

fn word(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::SaysNothing => "says nothing",
        Answer::NotComputed => "not computed",
        Answer::Partly => "partly",
    }
}
