//! The table of outcomes as CSV (RFC 4180).

use std::fmt::Write;

use super::Snapshot;

/// One line per state: number, ordinal, pattern, outcome, one column per option (1 on, 0 off),
/// the rank of its tie group per actor (1 is best), per concept and actor whether it is stable
/// (1, 0), and per concept whether it is an equilibrium.
///
/// Lines end with CR LF. A text that a spreadsheet would take for a formula (`=`, `+`, `-`, `@`
/// first) has a `'` before it.
#[must_use]
pub fn csv(snapshot: &Snapshot) -> String {
    let mut out = String::new();
    let mut head = vec!["state".to_owned(), "ordinal".into(), "pattern".into(), "outcome".into()];
    head.extend(snapshot.options.iter().map(|o| o.id.clone()));
    head.extend(snapshot.actors.iter().map(|a| format!("rank.{}", a.id)));
    for column in &snapshot.concepts {
        let concept = column.concept.id();
        head.extend(snapshot.actors.iter().map(|a| format!("{concept}.{}", a.id)));
        head.push(format!("{concept}.equilibrium"));
    }
    line(&mut out, head.iter().map(String::as_str));
    for (place, state) in snapshot.states.iter().enumerate() {
        let flag = |yes: bool| if yes { "1" } else { "0" }.to_owned();
        let mut cells = vec![
            state.number.clone(),
            state.ordinal.map_or_else(String::new, |o| o.to_string()),
            state.on.iter().map(|&on| if on { 'Y' } else { 'N' }).collect(),
            state.name.clone().unwrap_or_default(),
        ];
        cells.extend(state.on.iter().map(|&on| flag(on)));
        cells.extend(state.ranks.iter().map(usize::to_string));
        for column in &snapshot.concepts {
            if let Some(stable) = column.stable.get(place) {
                cells.extend(stable.iter().map(|&yes| flag(yes)));
            }
            cells.push(flag(snapshot.is_equilibrium(column, place)));
        }
        line(&mut out, cells.iter().map(String::as_str));
    }
    out
}

/// Appends one line of CSV: RFC 4180, and no cell that a spreadsheet would take for a formula.
pub fn line<'t>(out: &mut String, cells: impl Iterator<Item = &'t str>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(',');
        }
        let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
        if cell.contains([',', '"', '\n', '\r']) {
            let _ = write!(out, "\"{guard}{}\"", cell.replace('"', "\"\""));
        } else {
            let _ = write!(out, "{guard}{cell}");
        }
    }
    out.push_str("\r\n");
}
