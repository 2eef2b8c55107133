//! The concepts as columns: how many outcomes of each name last under each of them.

use detente_model::{Concept, OutcomeStates, Sequences};
use num_bigint::BigUint;

use super::Solved;
use crate::find::findings::Findings;
use crate::find::states;
use crate::say::{concept, names, words};
use crate::show::doc::{Column, Doc, Item, Line, Table};

/// Writes the section.
pub(crate) fn section(doc: &mut Doc, solved: &Solved) {
    let found = &solved.found;
    let conflict = &found.conflict;
    let computed: Vec<Concept> =
        solved.concepts.iter().copied().filter(|&which| found.equilibria(which).is_some()).collect();
    if computed.is_empty() {
        refused(doc, solved);
        return;
    }
    doc.heading_with(
        "How firmly outcomes last",
        "when everyone reckons with more and more of what the others could answer",
    );
    let mut columns = vec![Column::text("outcome"), Column::number("possible")];
    columns.extend(computed.iter().map(|&which| Column::number(concept::short(which))));
    let mut table = Table::new(columns);
    for (at, outcome) in conflict.outcomes.iter().enumerate() {
        let own = states::named(conflict, at);
        row(&mut table, solved, &computed, names::brief(&names::named(conflict, outcome)), &own);
    }
    if !conflict.outcomes.is_empty() {
        row(&mut table, solved, &computed, "Without a name", &states::unnamed(conflict));
    }
    let mut total = vec![Line::from("All that last"), Line::from(words::count(&found.feasible().count()))];
    for &which in &computed {
        total.push(Line::new().strong(lasting(found, which)));
    }
    table.total(total);
    doc.table(table);
    let more: Vec<String> = computed.iter().filter_map(|&which| stable_only(found, which)).collect();
    if !more.is_empty() {
        let dates = found.conflict.game.deadlines_ahead().next().is_some();
        let why = if dates { "out of reach, or undone by a date" } else { "out of reach" };
        doc.say(Line::new().quiet(format!(
            "Not counted are outcomes that are stable and do not last, for they are {why}: {}.",
            words::list(&more)
        )));
    }
    if !solved.brief && overlap(solved) {
        doc.say(Line::new().quiet(
            "Some outcomes bear more than one name: here each counts once, under the first name of the file that \
             fits it. A question about a name asks about every outcome that the name fits.",
        ));
    }
    if solved.brief && computed == Concept::DEFAULT {
        doc.say(Line::new().quiet(
            "Nash: nobody alone can reach what they prefer. GMR, SMR: whoever leaves alone can be answered by the \
             others so that nothing is gained (SMR: for good). SEQ, SSEQ: the same, by answers that they themselves \
             prefer.",
        ));
    } else {
        doc.list(
            computed
                .iter()
                .map(|&which| {
                    Item::marked(Line::new().strong(concept::short(which)), concept::meaning(which))
                })
                .collect(),
        );
    }
    refused(doc, solved);
    readings(doc, solved, &computed);
}

/// How many outcomes last under `which`.
fn lasting(found: &Findings, which: Concept) -> String {
    found.lasting(which).map(|set| words::count(&set.count())).unwrap_or_default()
}

/// How many are stable under `which` and do not last, "3 under GMR"; `None`: none.
fn stable_only(found: &Findings, which: Concept) -> Option<String> {
    let (stable, lasting) = (found.equilibria(which)?.count(), found.lasting(which)?.count());
    (stable > lasting)
        .then(|| format!("{} under {}", words::count(&(stable - lasting)), concept::short(which)))
}

/// What was asked for and is not possible.
fn refused(doc: &mut Doc, solved: &Solved) {
    for (which, why) in concept::all_refused(&solved.found.conflict.game, &solved.concepts) {
        doc.say(Line::new().quiet(concept::refused(which, why)));
    }
}

/// Whether a possible outcome fits two names of the file.
fn overlap(solved: &Solved) -> bool {
    let conflict = &solved.found.conflict;
    conflict.outcomes.iter().enumerate().any(|(at, outcome)| {
        solved.found.count(&outcome.states) > solved.found.count(&states::named(conflict, at))
    })
}

fn row(table: &mut Table, solved: &Solved, computed: &[Concept], name: &str, own: &OutcomeStates) {
    let count = solved.found.count(own);
    if count == BigUint::ZERO {
        return;
    }
    let mut cells = vec![Line::from(name), Line::new().quiet(words::count(&count))];
    for &which in computed {
        let lasting = solved.found.count_lasting(which, own).unwrap_or_default();
        cells.push(if lasting == BigUint::ZERO {
            Line::new().quiet("–")
        } else {
            Line::from(words::count(&lasting))
        });
    }
    table.row(cells);
}

/// Under `--compare-readings`: whether it matters how long the others may answer.
fn readings(doc: &mut Doc, solved: &Solved, computed: &[Concept]) {
    if solved.readings.is_empty() {
        return;
    }
    doc.heading_with(
        "How long the others may answer",
        "outcomes that last, by what sequences of answers count",
    );
    let mut columns = vec![Column::text("sequences")];
    columns.extend(computed.iter().map(|&which| Column::number(concept::short(which))));
    let mut table = Table::new(columns);
    for (reading, found) in &solved.readings {
        let says = match reading {
            Sequences::Legal => "as long as they like, nobody twice in a row",
            Sequences::Once => "everybody at most once",
            Sequences::Single => "one step of one actor",
        };
        let mut cells = vec![Line::new().code(reading.id()).plain(format!("  {says}"))];
        for &which in computed {
            cells.push(Line::from(lasting(found, which)));
        }
        table.row(cells);
    }
    doc.table(table);
    let differ: Vec<&str> = computed
        .iter()
        .filter(|&&which| differs(solved, which))
        .map(|&which| concept::short(which))
        .collect();
    doc.say(if differ.is_empty() {
        Line::from("Whatever sequences count, every verdict on every outcome is the same for every actor.")
    } else {
        Line::from(format!("Verdicts depend on which sequences count under {}.", words::list(&differ)))
    });
}

/// Whether the verdict on some outcome and actor differs between two readings.
fn differs(solved: &Solved, which: Concept) -> bool {
    let Some(((_, first), rest)) = solved.readings.split_first() else { return false };
    let verdicts = &first.solution.verdicts;
    first.conflict.game.actor_ids().any(|actor| {
        let Some(a) = verdicts.stable(which, actor) else { return false };
        rest.iter().any(|(_, other)| {
            let Some(b) = other.solution.verdicts.stable(which, actor) else { return false };
            if a.count() != b.count() {
                return true;
            }
            let most = usize::try_from(a.count()).unwrap_or(usize::MAX).min(1 << 20);
            a.first(most) != b.first(most)
        })
    })
}
