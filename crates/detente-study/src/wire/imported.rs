//! `detente/import/1`: what came from a table of data into the situation of a case.

use detente_case::import::data::{Form, How, Imported, Left, Named, NoDay};
use detente_model::{ActorId, Conflict};
use schemars::JsonSchema;
use serde::Serialize;

use super::{CaseInfo, Program};
use crate::say::imported as say;
use crate::say::names;

/// So many names of nobody in the case are listed.
const NAMES: usize = 200;

super::schema_name!(
    /// `detente/import/1`.
    "detente/import/1"
);

/// What `import TABLE --into CASE --format json` prints.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Import {
    /// `detente/import/1`.
    pub schema: SchemaName,
    /// Which program wrote this.
    pub program: Program,
    /// Which case it went into, as it was before.
    pub case: CaseInfo,
    /// What was read.
    pub data: DataInfo,
    /// What became of the rows: `events`, `counts` or `instruments`.
    pub form: &'static str,
    /// The first day, month or year that was asked for; null: no bound.
    pub from: Option<String>,
    /// The last; null: no bound.
    pub to: Option<String>,
    /// How many rows were taken.
    pub taken: u64,
    /// How many of them the case knew already.
    pub known: u64,
    /// Why the other rows were left out; the reasons that are most to be looked at come last.
    pub left: Vec<LeftInfo>,
    /// Names of the data that mean actors of the case.
    pub matched: Vec<NameInfo>,
    /// Names that may mean an actor: nothing of theirs was taken.
    pub near: Vec<NameInfo>,
    /// The most frequent of the other names.
    pub unknown: Vec<UnknownName>,
    /// How many more of them there are.
    pub unknown_more: u64,
    /// In how many rows stand names that are past the bound on different names.
    pub uncounted: u64,
    /// What was said of names that stand in no row.
    pub unused: Vec<String>,
    /// The source that what is new cites; null: nothing is new.
    pub source: Option<String>,
    /// Events and instruments that came in.
    pub added: Vec<AddedInfo>,
    /// Claims that say something else now.
    pub changed: Vec<ChangedClaim>,
    /// Claims that stay as they are, though rows of theirs are not in the table.
    pub partial: Vec<PartialInfo>,
    /// Ties that are proposed.
    pub ties: Vec<ProposedTie>,
    /// Where the case was written; null: nowhere.
    pub written: Option<String>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DataInfo {
    /// Whose data it is: `ACLED`, `UCDP`, `GDELT`, `PA-X`.
    pub name: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Its version, by the name of the file.
    pub version: Option<String>,
    /// The day of its newest time stamp.
    pub latest: Option<String>,
    /// The name of the file.
    pub file: String,
    /// The BLAKE3 digest of the file.
    #[schemars(regex(pattern = r"^[0-9a-f]{64}$"))]
    pub digest: String,
    /// How many rows it has.
    pub rows: u64,
    /// In how many of them letters that are no UTF-8 were replaced.
    pub replaced: u64,
}

/// Why some rows were left out.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeftInfo {
    /// A word for the reason.
    pub reason: &'static str,
    /// The reason in a sentence.
    pub text: String,
    /// How many rows.
    pub rows: u64,
    /// Whether something is wrong with the rows; else they are none of the case's.
    pub wrong: bool,
    /// Where some of them stand.
    pub examples: Vec<ExampleRow>,
}

/// A row that was left out.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExampleRow {
    /// The line in which it begins, from 1.
    pub line: u64,
    /// The cell that shows why; may be empty.
    pub cell: String,
}

/// A name of the data.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NameInfo {
    /// As the data write it.
    pub name: String,
    /// The id of the actor.
    pub actor: String,
    /// `said`, `name`, `country`, `organ` (its government or forces); null: it is only near.
    pub how: Option<&'static str>,
    /// In how many rows it stands.
    pub rows: u64,
    /// The option that says so.
    pub option: String,
}

/// A name that means nobody of the case.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnknownName {
    /// As the data write it.
    pub name: String,
    /// In how many rows it stands.
    pub rows: u64,
}

/// Something that came in.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddedInfo {
    /// The id of its claim.
    pub claim: String,
    /// What it is.
    pub title: String,
    /// When.
    pub on: String,
    /// How many rows it stands for.
    pub rows: u64,
}

/// A claim that says something else now.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangedClaim {
    /// Its id.
    pub claim: String,
    /// What it said.
    pub before: String,
    /// What it says.
    pub after: String,
    /// Whether its event was changed by hand, and stays.
    pub kept: bool,
}

/// A claim some of whose rows are missing.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartialInfo {
    /// Its id.
    pub claim: String,
    /// How many rows it stands for.
    pub rows: u64,
    /// How many of them are in the table.
    pub here: u64,
}

/// A tie that is proposed.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposedTie {
    /// The ids of the two.
    pub between: [String; 2],
    /// How many rows of conflict in deeds.
    pub rows: u64,
    /// From how many on it is proposed.
    pub from: u64,
}

fn reason(left: Left) -> (&'static str, bool) {
    match left {
        Left::Nobody => ("nobody", false),
        Left::OneSide => ("one-side", false),
        Left::Within => ("within", false),
        Left::Before => ("before", false),
        Left::After => ("after", false),
        Left::Width => ("width", true),
        Left::NoId => ("no-id", true),
        Left::Day(NoDay::Not) => ("no-day", true),
        Left::Day(NoDay::Mangled) => ("mangled-day", true),
        Left::Backwards => ("backwards", true),
        Left::Unknown => ("unknown-kind", true),
        Left::Deaths => ("deaths", true),
        Left::Twice => ("twice", true),
    }
}

impl Import {
    /// The contract of `found`, read from `file` into `conflict`.
    #[must_use]
    pub fn of(conflict: &Conflict, file: &str, found: &Imported, written: Option<String>) -> Self {
        let about = found.export.about();
        let id = |at: usize| conflict.game.actors.get(at).map_or_else(String::new, |actor| actor.id.clone());
        let name = |one: &Named| NameInfo {
            name: one.name.clone(),
            actor: id(one.actor),
            how: one.how.map(|how| match how {
                How::Said => "said",
                How::Name => "name",
                How::Country => "country",
                How::Organ => "organ",
            }),
            rows: one.rows,
            option: format!("--actor \"{}={}\"", one.name.replace(['"', '\\', '$', '`'], " "), id(one.actor)),
        };
        let form = match found.form {
            _ if found.export == detente_case::import::data::Export::Pax => "instruments",
            Form::Events => "events",
            Form::Counts => "counts",
        };
        Self {
            schema: SchemaName::This,
            program: Program::THIS,
            case: CaseInfo::of(conflict),
            data: DataInfo {
                name: about.name,
                title: about.title,
                version: found.version.clone(),
                latest: found.latest.clone(),
                file: file.to_owned(),
                digest: found.digest.clone(),
                rows: found.rows,
                replaced: found.replaced,
            },
            form,
            from: found.span.from.clone(),
            to: found.span.to.clone(),
            taken: found.taken,
            known: found.outcome.known,
            left: (found.left.iter())
                .map(|(left, out)| LeftInfo {
                    reason: reason(*left).0,
                    text: say::left(*left, out.rows),
                    rows: out.rows,
                    wrong: reason(*left).1,
                    examples: (out.examples.iter())
                        .map(|(line, cell)| ExampleRow { line: *line, cell: cell.clone() })
                        .collect(),
                })
                .collect(),
            matched: found.matched.iter().map(name).collect(),
            near: found.near.iter().map(name).collect(),
            unknown: (found.unknown.iter().take(NAMES))
                .map(|(name, rows)| UnknownName { name: name.clone(), rows: *rows })
                .collect(),
            unknown_more: found.unknown.len().saturating_sub(NAMES) as u64,
            uncounted: found.uncounted,
            unused: found.unused.clone(),
            source: found.outcome.source.clone(),
            added: (found.outcome.added.iter())
                .map(|one| AddedInfo {
                    claim: one.claim.clone(),
                    title: one.title.clone(),
                    on: one.on.clone(),
                    rows: one.rows,
                })
                .collect(),
            changed: (found.outcome.altered.iter())
                .map(|one| ChangedClaim {
                    claim: one.claim.clone(),
                    before: one.before.clone(),
                    after: one.after.clone(),
                    kept: one.kept,
                })
                .collect(),
            partial: (found.outcome.partial.iter())
                .map(|one| PartialInfo { claim: one.claim.clone(), rows: one.rows, here: one.here })
                .collect(),
            ties: (found.outcome.ties.iter())
                .map(|([a, b], rows)| ProposedTie {
                    between: [id(*a), id(*b)],
                    rows: *rows,
                    from: detente_case::import::data::STRAIN,
                })
                .collect(),
            written,
        }
    }
}

/// The name of an actor, for sentences about it.
#[must_use]
pub(crate) fn actor(conflict: &Conflict, id: &str) -> String {
    let at = conflict.game.actors.iter().position(|actor| actor.id == id);
    at.map_or_else(|| id.to_owned(), |at| names::actor(conflict, ActorId::from(at)))
}
