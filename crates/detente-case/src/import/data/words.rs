//! What an entry says that was made of rows: titles, claims, notes. No text of a data set is copied but names.

use crate::forms::MONTHS;

use super::Span;
use super::head::Export;
use super::plan::Sum;
use super::row::{Kind, Row};

/// The most letters of a name or a place in a title.
const LETTERS: usize = 120;

/// `September 2023` of `2023-09`.
pub(super) fn month(month: &str) -> String {
    let (year, number) = month.split_once('-').unwrap_or((month, ""));
    match number.parse::<usize>().ok().and_then(|number| MONTHS.get(number.checked_sub(1)?)) {
        Some(name) => format!("{}{} {year}", name[..1].to_uppercase(), &name[1..]),
        None => year.to_owned(),
    }
}

/// `12 February 2015` of `2015-02-12`.
fn day(on: &str) -> String {
    match on.rsplit_once('-').map(|(of, day)| (of, day.parse::<u8>())) {
        Some((of, Ok(day))) if of.contains('-') => format!("{day} {}", month(of)),
        _ => month(on),
    }
}

/// `3 events`, `1 event`.
fn counted(number: u64, (one, many): (&str, &str)) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// One line of a text of the data, without what steers a terminal.
pub(super) fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let all: String = words.join(" ").chars().filter(|c| !crate::text::steers(*c)).collect();
    if all.chars().count() <= LETTERS {
        all
    } else {
        format!("{}…", all.chars().take(LETTERS).collect::<String>().trim_end())
    }
}

fn of_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Violence => " of violence",
        Kind::Unrest => " of protest or riot",
        Kind::Development => " of another kind than violence and protest",
        Kind::WordsOfCooperation => " of cooperation in words",
        Kind::DeedsOfCooperation => " of cooperation in deeds",
        Kind::WordsOfConflict => " of conflict in words",
        Kind::DeedsOfConflict => " of conflict in deeds",
        Kind::Agreement => "",
    }
}

/// `no deaths`, `one death`, `30 to 60 deaths, 43 by the best estimate`.
fn deaths([low, best, high]: [u32; 3]) -> String {
    match (low == high, best) {
        (true, 0) => "no deaths".to_owned(),
        (true, 1) => "one death".to_owned(),
        (true, best) => format!("{best} deaths"),
        (false, best) => format!("{low} to {high} deaths, {best} by the best estimate"),
    }
}

/// What a month of rows between the same actors sums up to, without its full stop.
pub(super) fn group(
    export: Export,
    names: &[String],
    group: &str,
    kind: Kind,
    sum: &Sum,
    cut: &Span,
) -> String {
    let who = match names {
        [a, b] => format!("between {a} and {b}"),
        [one] => format!("of {one} with others"),
        _ => String::new(),
    };
    let about = export.about();
    let mut text = format!(
        "{} counts {}{} {who} in {}",
        about.name,
        counted(sum.rows, about.row),
        of_kind(kind),
        month(group)
    );
    if let Some(from) = cut
        .from
        .as_deref()
        .filter(|from| from.len() == 10 && from.starts_with(group) && !from.ends_with("-01"))
    {
        text += &format!(" from {from}");
    }
    if let Some(to) = cut.to.as_deref().filter(|to| to.len() == 10 && to.starts_with(group)) {
        text += &format!(" up to {to}");
    }
    let mut kinds: Vec<(&String, &u64)> = sum.whats.iter().collect();
    kinds.sort_by_key(|(what, rows)| (std::cmp::Reverse(**rows), (*what).clone()));
    let kinds: Vec<String> = kinds.into_iter().map(|(what, rows)| format!("{what} {rows}")).collect();
    text += &format!(" ({})", kinds.join(", "));
    if let Some(estimates) = sum.deaths {
        text += &format!(", with {}", deaths(estimates));
    }
    if sum.longer > 0 {
        text += &format!("; {} of them last beyond the month", sum.longer);
    }
    text
}

/// What one row says, without its full stop.
pub(super) fn row(export: Export, row: &Row) -> String {
    let [a, b] = row.sides.each_ref().map(|side| line(side));
    let mut what = row.what.clone();
    if let Some(first) = what.get(..1) {
        what = first.to_uppercase() + &what[1..];
    }
    let mut text = format!("{what}: {a}");
    if !b.is_empty() {
        let between = if row.kind.strains() { "against" } else { "and" };
        text += &format!(" {between} {b}");
    }
    if !row.place.is_empty() {
        text += &format!(", {}", line(&row.place));
    }
    if let Some(estimates) = row.deaths {
        text += &format!(", with {}", deaths(estimates));
    }
    if let Some(about) = row.about {
        text += &format!(" ({about})");
    }
    text + &format!(", as {} has it", export.about().name)
}

/// What is said of an agreement, without its full stop.
pub(super) fn agreement(row: &Row) -> String {
    let status = line(&row.status);
    let status = if status.is_empty() { String::new() } else { format!(", with the status “{status}”") };
    let title = line(&row.what);
    let what = if title.is_empty() {
        "an agreement without a title".to_owned()
    } else {
        format!("the agreement “{title}”")
    };
    format!("PA-X lists {what} of {}{status}; it is about {}", day(&row.on), line(&row.sides[0]))
}

/// The title of the instrument of an agreement; some rows of the data have none.
pub(super) fn of_instrument(row: &Row) -> String {
    let title = line(&row.what);
    if title.is_empty() { "Agreement without a title".to_owned() } else { title }
}

/// The note of an instrument: what the data do not say.
pub(super) fn of_agreement(row: &Row) -> Option<String> {
    let unsigned = row
        .signed
        .is_empty()
        .then_some("The data name no actor of the case among those who signed it: add its parties.");
    let status =
        (!is_signed(row)).then_some("Whether it was signed by several is not said: look at the text.");
    let all: Vec<&str> = unsigned.into_iter().chain(status).collect();
    (!all.is_empty()).then(|| all.join(" "))
}

/// Whether the data say that several signed.
pub(super) fn is_signed(row: &Row) -> bool {
    let status = row.status.to_lowercase();
    status.contains("multiparty signed") || status == "signed"
}

/// `row ARM12`, `rows ARM12, ARM13`: where a claim stands.
pub(super) fn at(ids: &[&str]) -> String {
    match ids {
        [one] => format!("row {one}"),
        several => format!("rows {}", several.join(", ")),
    }
}

/// The ids that [`at`] wrote.
pub(super) fn ids(at: &str) -> Vec<&str> {
    let list = at.strip_prefix("rows ").or_else(|| at.strip_prefix("row "));
    list.map(|list| list.split(", ").collect()).unwrap_or_default()
}

/// The note of a source: what is asked of who uses it, and which file was read.
pub(super) fn of_source(
    export: Export,
    version: Option<&str>,
    latest: Option<&str>,
    file: &str,
    digest: &str,
) -> String {
    let version = version.map(|version| format!(" Version {version}.")).unwrap_or_default();
    let latest = latest.map(|day| format!(" Its latest row is of {day}.")).unwrap_or_default();
    let file = line(file);
    format!("{}{version}{latest} Read from the file {file} (BLAKE3 {digest}).", export.about().cite)
}

/// The note of a tie that is proposed.
pub(super) fn of_tie(rows: u64, from: u64) -> String {
    format!(
        "Proposed because {rows} rows report conflict in deeds between the two, and {from} were asked for. Look at it, and remove `proposed`, or remove the tie."
    )
}
