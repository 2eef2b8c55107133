//! The report to hand in, of a case as each of its accounts tells it.

use detente_engine::{LimitHit, Settings, name_all};
use detente_model::Conflict;

use crate::Refusal;
use crate::find::findings::Waiting;
use crate::say::answers;
use crate::say::report::{self, Length};
use crate::say::solve::Solved;
use crate::show::doc::Doc;

/// Outcomes that are listed one by one.
const LIST: usize = 64;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    /// The case as it stands in the file: versions may start elsewhere.
    pub written: &'a Conflict,
    /// How much is said.
    pub length: Length,
    /// What to type to get the same again.
    pub command: &'a str,
    /// How it is solved: the concepts are those that are told, and others are solved for where questions need them.
    pub settings: Settings,
}

/// A report.
pub struct Reported {
    /// The report.
    pub doc: Doc,
    /// Bounds that were hit, in any account.
    pub limits: Vec<LimitHit>,
}

impl Reported {
    /// The report on `accounts`: one case, as each account tells it.
    ///
    /// # Errors
    /// An account has an error that shows only now, or a bound was hit before its first verdict.
    pub fn of(accounts: Vec<Conflict>, ask: &Ask<'_>, watch: &Waiting) -> Result<Self, Refusal> {
        let mut told: Vec<Solved> = Vec::new();
        for conflict in accounts {
            let mut settings = ask.settings.clone();
            answers::add_concepts(&mut settings.concepts, &conflict.questions);
            let found = super::solved(conflict, &settings, watch)?;
            let mut solved = Solved::of(found, settings.sequences, ask.settings.concepts.clone(), LIST)
                .starting_from(ask.written)
                .with_lasting();
            solved.limits.extend(solved.found.stopped("what is said of each outcome that lasts"));
            name_all(&**watch, &mut solved.limits);
            told.push(solved);
        }
        let doc = report::doc(&report::Report { accounts: &told, length: ask.length, command: ask.command });
        let limits = told.into_iter().flat_map(|solved| solved.limits).collect();
        Ok(Self { doc, limits })
    }
}

/// What to type to get the same again: of `case` (as it is named) in a variant and an account. `tried`: more is changed
/// than a command can say, and has to be kept as a variant first.
#[must_use]
pub fn command(
    case: &str,
    variant: Option<&str>,
    reading: Option<&str>,
    length: Length,
    tried: bool,
) -> String {
    let mut text = format!("detente report {case}");
    let variant = if tried { Some("ID") } else { variant };
    for (word, value) in [("--variant", variant), ("--reading", reading)] {
        if let Some(value) = value {
            text.push_str(&format!(" {word} {value}"));
        }
    }
    if length == Length::Full {
        text.push_str(" --length full");
    }
    if tried {
        text.push_str(" (once what is tried out in the workbench is kept as the variant ID)");
    }
    text
}
