//! What came from a table of data into a case, and why a table could not be read, in words.

use detente_case::import::data::{
    BYTES, DataError, ENTRIES, Export, Imported, Left, NAMES, NoDay, NotKnown, Wrong,
};
use detente_model::Conflict;

use crate::Refusal;
use crate::say::words;
use crate::show::doc::{Column, Doc, Item, Line, Table};
use crate::wire::imported::{Import, actor};

/// Of a table of actors: what is missing before it is a case.
pub const NO_CASE_YET: &str = "a table of KTAB says what actors can reach and how far they stand apart, not what they can do: it is a case \
                               once they have options and wishes; power, positions and saliences are notes";

/// So many rows of each list are shown at a terminal.
const SHOWN: usize = 20;

fn rows(number: u64) -> String {
    words::counted(&number.into(), "row", "rows")
}

/// Why rows were left out.
#[must_use]
pub fn left(left: Left, number: u64) -> String {
    let rows = rows(number);
    let s = if number == 1 { "s" } else { "" };
    match left {
        Left::Nobody => format!("{rows} name{s} no actor of the case"),
        Left::OneSide => format!("{rows} name{s} one actor of the case only; `--one-side` takes them too"),
        Left::Within => format!("{rows} name{s} the same actor on both sides"),
        Left::Before => format!("{rows} before the first day"),
        Left::After => format!("{rows} after the last day"),
        Left::Width => format!(
            "{rows} of another number of columns than the head: a quote or a separator is missing or too many"
        ),
        Left::NoId => format!("{rows} without an id of letters and digits: what has none cannot be cited"),
        Left::Day(NoDay::Not) => format!("{rows} whose date is no day"),
        Left::Day(NoDay::Mangled) => format!(
            "{rows} whose date a spreadsheet rewrote, so that day and month could be either: export the data anew and leave the file as it is"
        ),
        Left::Backwards => format!("{rows} that end{s} before the beginning"),
        Left::Unknown => format!("{rows} of a kind that is not known here"),
        Left::Deaths => {
            format!("{rows} whose deaths are no whole numbers, or not in the order low, best, high")
        }
        Left::Twice => format!("{rows} with an id that stood there already"),
    }
}

/// Why a table could not be put into a case.
#[must_use]
pub fn refusal(file: &str, error: &DataError) -> Refusal {
    let unread = |why: &str, hint: &str| Refusal::usage_with(format!("`{file}` {why}"), hint);
    match error {
        DataError::NotKnown(NotKnown::Empty) => unread("is empty", "give a table with its head"),
        DataError::NotKnown(NotKnown::Wide) => {
            unread("is written in UTF-16", "save it as CSV in UTF-8, or export it anew")
        }
        DataError::NotKnown(NotKnown::GdeltOne(columns)) => unread(
            &format!(
                "has the {columns} columns of events of GDELT 1.0, and those of GDELT 2.0 are read (61 columns)"
            ),
            "take the same days from GDELT 2.0, which begins in February 2015",
        ),
        DataError::NotKnown(NotKnown::Missing(export, columns)) => {
            let columns: Vec<String> = columns.iter().map(|column| format!("`{column}`")).collect();
            unread(
                &format!(
                    "looks like an export of {}, and has no column {}",
                    export.about().name,
                    words::list(&columns)
                ),
                "export it with all its columns, and leave their names as they are",
            )
        }
        DataError::NotKnown(NotKnown::Other(columns)) => {
            let names: Vec<&str> = Export::ALL.iter().map(|export| export.about().name).collect();
            unread(
                &format!("is no table that is known here; its first columns are {}", columns.join(", ")),
                &format!("exports of {} are read, as the providers write them", words::list(&names)),
            )
        }
        DataError::TooLarge => Refusal::Limit(format!(
            "`{file}` is larger than {} MiB: nothing was read; export fewer countries or years",
            BYTES >> 20
        )),
        DataError::Read(error) => Refusal::Wrong(format!("`{file}` cannot be read: {error}")),
        DataError::Settings(all) => {
            let all: Vec<String> = all.iter().map(wrong).collect();
            Refusal::usage_with(
                all.join("; "),
                "`--actor \"NAME IN DATA=actor\"`, `--from 2023-01`, `--to 2023-09-18`",
            )
        }
        DataError::TooMany(entries) => Refusal::Limit(format!(
            "{} entries would be added, and at most {} are added at once: nothing was written; ask for fewer days, or for `--as counts`",
            words::count(&(*entries).into()),
            words::count(&ENTRIES.into())
        )),
        DataError::CaseTooLarge(bytes) => Refusal::Limit(format!(
            "the case would have {} bytes, and a case has at most {}: nothing was written; ask for fewer days, or export fewer rows",
            words::count(&(*bytes).into()),
            words::count(&detente_case::format::MAX_BYTES.into())
        )),
        DataError::Edit(error) => Refusal::Wrong(format!("the case cannot be written into: {error}")),
    }
}

fn wrong(wrong: &Wrong) -> String {
    match wrong {
        Wrong::Actor(id, None) => format!("the case has no actor `{id}`"),
        Wrong::Actor(id, Some(near)) => format!("the case has no actor `{id}` (did you mean `{near}`?)"),
        Wrong::Day(day) => format!("`{day}` is no day, month or year"),
        Wrong::Backwards => "the last day is before the first".to_owned(),
    }
}

fn more(doc: &mut Doc, all: u64, what: &str) {
    if let Some(more) = all.checked_sub(SHOWN as u64).filter(|more| *more > 0) {
        doc.say(
            Line::new()
                .quiet(format!("{} more {what}; `--format json` has them.", words::count(&more.into()))),
        );
    }
}

/// The report.
#[must_use]
pub fn doc(conflict: &Conflict, found: &Imported, told: &Import) -> Doc {
    let mut doc = Doc::default();
    let data = &told.data;
    let version = data.version.as_ref().map(|version| format!(" {version}")).unwrap_or_default();
    doc.title(format!("{}{version}, into the case", data.title), Some(conflict.about.title.clone()));
    let newest =
        data.latest.as_ref().map(|day| format!(", the newest of {}", words::date(day))).unwrap_or_default();
    doc.say(format!(
        "{} read{newest}; {} taken{}.",
        words::capital(&rows(data.rows)),
        words::count(&told.taken.into()),
        span(told, found.to_as_of),
    ));
    doc.say(became(told));
    let examples = |info: &crate::wire::imported::LeftInfo| {
        let all: Vec<String> = (info.examples.iter())
            .map(|one| {
                if one.cell.is_empty() {
                    format!("line {}", one.line)
                } else {
                    format!("line {} ({})", one.line, one.cell)
                }
            })
            .collect();
        let more = info.rows - info.examples.len() as u64;
        let more =
            if more > 0 { format!(", and {} more", words::count(&more.into())) } else { String::new() };
        format!("{}{more}", all.join(", "))
    };
    if !told.left.is_empty() {
        doc.heading("Left out");
        doc.list(
            (told.left.iter())
                .map(|info| {
                    let text = Line::new().plain(info.text.clone());
                    Item::marked(
                        "–",
                        if info.wrong { text.quiet(format!("  {}", examples(info))) } else { text },
                    )
                })
                .collect(),
        );
    }
    if data.replaced > 0 {
        doc.say(format!("In {} letters that are no UTF-8 were replaced.", rows(data.replaced)));
    }
    people(&mut doc, conflict, told);
    entries(&mut doc, conflict, told);
    doc.say(match (&told.written, told.source.is_some() || !told.ties.is_empty()) {
        (_, false) => "The case stays as it is.".to_owned(),
        (Some(path), true) => format!("Written into {path}. No wish, no option and no rule was touched."),
        (None, true) => "Nothing was written: it was a dry run.".to_owned(),
    });
    doc
}

fn span(told: &Import, to_as_of: bool) -> String {
    let from = told.from.as_ref().map(|day| format!(" from {}", words::date(day))).unwrap_or_default();
    let why = if to_as_of { ", the date of the case" } else { "" };
    let to = told.to.as_ref().map(|day| format!(" up to {}{why}", words::date(day))).unwrap_or_default();
    format!("{from}{to}")
}

fn became(told: &Import) -> String {
    let known = match told.known {
        0 => String::new(),
        known if known == told.taken => " The case has all of them already.".to_owned(),
        known => format!(" The case has {} of them already.", words::count(&known.into())),
    };
    let form = match told.form {
        _ if told.taken == 0 => return "Nothing of it concerns the case.".to_owned(),
        "events" => "Each row is an event.",
        "instruments" => "Each row is an instrument.",
        _ => "Rows are counted by month, by who stands on both sides, and by kind.",
    };
    format!("{form}{known}")
}

fn people(doc: &mut Doc, conflict: &Conflict, told: &Import) {
    let names = |all: &[crate::wire::imported::NameInfo], last: &str, near: bool| {
        let mut table = Table::new([
            Column::text("In the data"),
            Column::text("In the case"),
            Column::number("Rows"),
            Column::text(last),
        ]);
        for one in all.iter().take(SHOWN) {
            let how = match one.how {
                Some("said") => "as you said",
                Some("name") => "the same name",
                Some("country") => "its country",
                Some(_) => "its government or forces",
                None => "",
            };
            let last = if near { Line::new().code(one.option.clone()) } else { Line::from(how) };
            table.row([
                Line::from(one.name.clone()),
                Line::from(actor(conflict, &one.actor)),
                Line::from(words::count(&one.rows.into())),
                last,
            ]);
        }
        table
    };
    if !told.matched.is_empty() {
        doc.heading("Who is who");
        doc.table(names(&told.matched, "Because", false));
        more(doc, told.matched.len() as u64, "names");
    }
    if !told.near.is_empty() {
        doc.heading("Perhaps the same");
        doc.say("Nothing of these was taken for the actor. If a name means it, say so:");
        doc.table(names(&told.near, "To say so", true));
        more(doc, told.near.len() as u64, "names");
    }
    if !told.unknown.is_empty() {
        doc.heading("Nobody of the case");
        let mut table = Table::new([Column::text("In the data"), Column::number("Rows")]);
        for one in told.unknown.iter().take(SHOWN) {
            table.row([Line::from(one.name.clone()), Line::from(words::count(&one.rows.into()))]);
        }
        doc.table(table);
        more(doc, told.unknown.len() as u64 + told.unknown_more, "names");
    }
    if told.uncounted > 0 {
        doc.say(format!(
            "{} with names past the first {} different ones: these names are not counted.",
            words::capital(&rows(told.uncounted)),
            words::count(&NAMES.into())
        ));
    }
    if !told.unused.is_empty() {
        let all: Vec<String> = told.unused.iter().map(|name| format!("“{name}”")).collect();
        doc.say(format!(
            "No row that was looked at names {}, of which `--actor` speaks.",
            words::either(&all)
        ));
    }
}

fn entries(doc: &mut Doc, conflict: &Conflict, told: &Import) {
    if !told.added.is_empty() {
        doc.heading("New in the case");
        let mut table = Table::new([Column::words("When"), Column::text("What"), Column::number("Rows")]);
        for one in told.added.iter().take(SHOWN) {
            table.row([
                Line::from(words::date(&one.on)),
                Line::from(one.title.clone()),
                Line::from(words::count(&one.rows.into())),
            ]);
        }
        doc.table(table);
        more(doc, told.added.len() as u64, "entries");
    }
    if !told.changed.is_empty() {
        doc.heading("Changed in the case");
        let item = |one: &crate::wire::imported::ChangedClaim| {
            let kept = if one.kept { " What rests on it was changed by hand, and stays." } else { "" };
            Item::marked(
                Line::new().code(one.claim.clone()),
                Line::new().plain(format!("{} Before: {}{kept}", one.after, one.before)),
            )
        };
        doc.list(told.changed.iter().take(SHOWN).map(item).collect());
        more(doc, told.changed.len() as u64, "claims");
    }
    if !told.partial.is_empty() {
        doc.heading("Left as it is");
        let item = |one: &crate::wire::imported::PartialInfo| {
            Item::marked(
                Line::new().code(one.claim.clone()),
                format!(
                    "stands for {}, of which this table has {}",
                    rows(one.rows),
                    words::count(&one.here.into())
                ),
            )
        };
        doc.list(told.partial.iter().take(SHOWN).map(item).collect());
        more(doc, told.partial.len() as u64, "claims");
    }
    for tie in &told.ties {
        let [a, b] = &tie.between;
        doc.say(format!(
            "A strained tie between {} and {} is proposed: {} report conflict in deeds, and {} are enough to propose one. It counts for nothing until you remove `proposed`.",
            actor(conflict, a),
            actor(conflict, b),
            rows(tie.rows),
            words::count(&tie.from.into())
        ));
    }
}
