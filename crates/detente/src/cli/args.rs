//! Arguments that several commands share.

use std::ffi::OsString;
use std::time::Duration;

use clap::{Args, ValueEnum};
use detente_engine::{Bounds, Engine, Settings, Stop};
use detente_model::{Concept, Sequences};
use detente_study::show::csv::{Separator, Style};

use super::Refusal;

/// The case that a command works on.
#[derive(Args, Clone, Debug)]
pub(crate) struct CaseArg {
    /// A case file, a folder that holds case.toml, a .gmcr file, or - for standard input
    #[arg(value_name = "CASE")]
    pub(crate) case: OsString,
    /// Accept a .gmcr file with misperceptions and leave them out
    #[arg(long, hide_short_help = true)]
    pub(crate) ignore_misperceptions: bool,
}

/// One variant of the case instead of the case as written.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct VariantArg {
    /// Work on this variant of the case
    #[arg(long, value_name = "ID")]
    pub(crate) variant: Option<String>,
    /// Where claims contradict each other: as this account tells it
    #[arg(long, value_name = "ID")]
    pub(crate) reading: Option<String>,
}

/// The medium of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For a reader at a terminal
    #[default]
    Table,
    /// For a program; the schema is checked in under schema/
    Json,
    /// For a spreadsheet or a data frame
    Csv,
    /// Markdown
    Md,
    /// One HTML file
    Html,
}

/// The medium of an answer that is no table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum TextFormat {
    /// For a reader at a terminal
    #[default]
    Table,
    /// For a program; the schema is checked in under schema/
    Json,
    /// Markdown
    Md,
    /// One HTML file
    Html,
}

/// How a table for a spreadsheet is written.
#[derive(Args, Clone, Copy, Debug, Default)]
pub(crate) struct CsvArgs {
    /// Begin the CSV file with the mark by which Excel knows UTF-8
    #[arg(long)]
    bom: bool,
    /// What stands between two cells of CSV: comma, semicolon or tab
    #[arg(long, value_name = "WORD", value_parser = separator)]
    separator: Option<Separator>,
}

impl CsvArgs {
    /// The style of a CSV file.
    ///
    /// # Errors
    /// Something is asked for and what is written is no CSV.
    pub(crate) fn style(self, csv: bool) -> Result<Style, Refusal> {
        let asked = [(self.bom, "--bom"), (self.separator.is_some(), "--separator")];
        match asked.into_iter().find(|(asked, _)| *asked && !csv) {
            Some((_, flag)) => Err(Refusal::usage_with(
                format!("`{flag}` is for CSV only"),
                "write it beside --format csv, or --to csv",
            )),
            None => Ok(Style { separator: self.separator.unwrap_or_default(), bom: self.bom }),
        }
    }
}

/// Reads `comma`, `;` or `tab`.
fn separator(word: &str) -> Result<Separator, String> {
    Separator::from_word(word).ok_or_else(|| "write comma, semicolon or tab".to_owned())
}

/// How to solve.
#[derive(Args, Clone, Debug)]
pub(crate) struct SolvingArgs {
    /// Which concepts of stability: a list of nash, gmr, smr, seq, sseq, sim, or all
    #[arg(long, value_name = "LIST", default_value = "nash,gmr,smr,seq,sseq", value_parser = concepts)]
    pub(crate) concept: Concepts,
    /// By which engine
    #[arg(long, value_name = "ENGINE", default_value = "auto", value_parser = engines())]
    pub(crate) engine: String,
    /// How long opponents may answer: by legal sequences, each at most once, or by a single move
    #[arg(long, value_name = "WHICH", default_value = "legal", value_parser = readings())]
    pub(crate) sequences: String,
    #[command(flatten)]
    pub(crate) bounds: BoundArgs,
}

/// Bounds on what a computation may use.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct BoundArgs {
    /// How many threads; 0 takes one per core
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub(crate) threads: usize,
    /// Stop at this much memory for states or diagrams: 512M, 2G [default: 4G for lists of states, 2G for diagrams]
    #[arg(long, value_name = "SIZE", value_parser = memory)]
    pub(crate) max_memory: Option<u64>,
    #[command(flatten)]
    pub(crate) time: TimeArg,
    /// Stop after this many steps of a search that nothing else bounds: combinations of moves (sim), listing states
    #[arg(long, value_name = "N", hide_short_help = true)]
    pub(crate) max_work: Option<u64>,
}

/// A list of concepts, each once, in the order of reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Concepts(pub(crate) Vec<Concept>);

impl SolvingArgs {
    /// The settings for the engine.
    pub(crate) fn settings(&self) -> Settings {
        Settings {
            engine: by_word(&Engine::ALL.map(|(engine, word)| (word, engine)), &self.engine),
            concepts: self.concept.0.clone(),
            sequences: reading(&self.sequences),
            threads: self.bounds.threads,
            bounds: self.bounds.bounds(),
        }
    }
}

/// How long the whole command may take.
#[derive(Args, Clone, Copy, Debug, Default)]
pub(crate) struct TimeArg {
    /// Stop the whole command after this time, with what there is: 30s, 5m, 1h, seconds, or none [default: 10m]
    #[arg(long, value_name = "TIME", value_parser = time_limit)]
    max_time: Option<TimeLimit>,
}

impl TimeArg {
    /// The limit that was given, or the default.
    pub(crate) fn limit(self) -> TimeLimit {
        self.max_time.unwrap_or_default()
    }
}

/// A limit on time, and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TimeLimit {
    /// `None`: no limit.
    pub(crate) time: Option<Duration>,
    /// Whether the user gave it.
    given: bool,
}

/// How long a command may take when nothing else is said.
const DEFAULT_MINUTES: u64 = 10;

impl Default for TimeLimit {
    fn default() -> Self {
        Self { time: Some(Duration::from_secs(60 * DEFAULT_MINUTES)), given: false }
    }
}

impl TimeLimit {
    /// The limit as it is named where it was hit.
    pub(crate) fn words(self) -> String {
        match self.time {
            Some(_) if !self.given => {
                format!("{DEFAULT_MINUTES} minutes (the default; --max-time allows more)")
            }
            Some(time) => format!("{} s", time.as_secs_f64()),
            None => Stop::Time.words().to_owned(),
        }
    }
}

/// Reads a time, or `none`.
fn time_limit(text: &str) -> Result<TimeLimit, String> {
    let time = if text.trim() == "none" { None } else { Some(duration(text)?) };
    Ok(TimeLimit { time, given: true })
}

impl BoundArgs {
    /// Those that the engine keeps by itself.
    pub(crate) fn bounds(&self) -> Bounds {
        Bounds { memory: self.max_memory, work: self.max_work }
    }
}

/// The reading of joint sanctions with this id; clap has refused all others.
pub(crate) fn reading(word: &str) -> Sequences {
    by_word(&Sequences::ALL.map(|reading| (reading.id(), reading)), word)
}

/// The value of `word`; clap has refused all other words.
fn by_word<T: Copy + Default>(pairs: &[(&str, T)], word: &str) -> T {
    pairs.iter().find(|(name, _)| *name == word).map(|(_, value)| *value).unwrap_or_default()
}

fn engines() -> clap::builder::PossibleValuesParser {
    Engine::ALL.map(|(_, word)| word).into()
}

/// The ids of the readings.
pub(crate) fn readings() -> clap::builder::PossibleValuesParser {
    Sequences::ALL.map(Sequences::id).into()
}

/// Reads `nash,seq` or `all`.
pub(crate) fn concepts(text: &str) -> Result<Concepts, String> {
    let mut list = Vec::new();
    for word in text.split(',').map(str::trim) {
        if word == "all" {
            list.extend(Concept::ALL);
        } else {
            list.push(concept(word).map_err(|why| format!("{why}, several of them, or all"))?);
        }
    }
    list.sort_unstable();
    list.dedup();
    Ok(Concepts(list))
}

/// Reads one concept.
pub(crate) fn concept(word: &str) -> Result<Concept, String> {
    Concept::from_id(word).ok_or_else(|| {
        format!("`{word}` is not a concept: write one of {}", Concept::ALL.map(Concept::id).join(", "))
    })
}

/// Reads `512M`, `2G`, `1.5GiB` or a number of bytes.
fn memory(text: &str) -> Result<u64, String> {
    let text = text.trim();
    let split = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let factor: u64 = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" | "kib" => 1 << 10,
        "m" | "mb" | "mib" => 1 << 20,
        "g" | "gb" | "gib" => 1 << 30,
        "t" | "tb" | "tib" => 1 << 40,
        _ => return Err("write a size like 512M or 2G".to_owned()),
    };
    let number: f64 = number.parse().map_err(|_| "write a size like 512M or 2G".to_owned())?;
    let bytes = number * factor as f64;
    if bytes.is_finite() && (1.0..1e18).contains(&bytes) {
        Ok(bytes as u64)
    } else {
        Err("a size is at least one byte, and far less than 2^60".to_owned())
    }
}

/// Reads `30s`, `5m`, `1h`, `250ms` or a number of seconds.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let text = text.trim();
    let split = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let factor = match unit.trim() {
        "ms" => 1e-3,
        "" | "s" => 1.0,
        "m" | "min" => 60.0,
        "h" => 3600.0,
        _ => return Err("write a time like 30s, 5m or 1h, or none".to_owned()),
    };
    let number: f64 = number.parse().map_err(|_| "write a time like 30s, 5m or 1h, or none".to_owned())?;
    Duration::try_from_secs_f64(number * factor).map_err(|_| "the time is too long".to_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn concepts_come_once_and_in_order() {
        assert_eq!(concepts("seq,nash,seq").unwrap().0, [Concept::Nash, Concept::Seq]);
        assert_eq!(concepts("all").unwrap().0, Concept::ALL);
        assert!(concepts("nsh").is_err());
        assert!(concepts("").is_err());
    }

    #[test]
    fn sizes_and_times_have_units() {
        assert_eq!(memory("2G").unwrap(), 2 << 30);
        assert_eq!(memory("1.5 KiB").unwrap(), 1536);
        assert!(memory("2 apples").is_err());
        assert!(memory("").is_err());
        assert!(memory("99999999T").is_err());
        assert_eq!(duration("5m").unwrap(), Duration::from_secs(300));
        assert_eq!(duration("0.5").unwrap(), Duration::from_millis(500));
        assert!(duration("-3s").is_err());
        assert!(duration("99999999999999999999h").is_err());
    }
}
