//! How well texts are read: `detente-bench reading [--write] [FOLDER]`.
//!
//! The corpus of `detente-read` is read and scored against its annotation; `--write` puts the figures
//! into `docs/reading.md`, beside those of the baseline. A folder of other texts with annotations can be
//! given; nothing of it is kept.

mod score;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use serde_json::Value;

use score::{LAYERS, Score};

/// Texts that were not looked at while the rules were written.
const HELD_OUT: [&str; 4] = ["beagle-1984", "good-friday-1998", "suez-1956", "yemen-prisoners-2020"];

/// What is aimed at, by layer: F1, and for kinds accuracy.
fn target(layer: &str) -> &'static str {
    match layer {
        "kind" | "speaker" => "0.85",
        "actors" | "dates" => "0.90",
        "options" | "acts" | "wishes" => "R 0.70, P 0.60",
        "conditions" => "0.80",
        _ => "",
    }
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../detente-read/tests/corpus")
}

fn json(path: &Path) -> Option<Value> {
    serde_json::from_str(&fs::read_to_string(path).ok()?).ok()
}

/// The annotated texts of a folder: name, text, annotation.
fn texts(folder: &Path) -> Vec<(String, String, Value)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let file = entry.file_name().to_string_lossy().into_owned();
        if let Some(name) = file.strip_suffix(".gold.json")
            && let (Ok(text), Some(gold)) =
                (fs::read_to_string(folder.join(format!("{name}.txt"))), json(&entry.path()))
        {
            found.push((name.to_owned(), text, gold));
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

/// What is proposed for a text, as other programs get it.
fn read(text: &str) -> Value {
    serde_json::to_value(detente_read::read(text, &detente_read::Setting::default())).unwrap_or_default()
}

/// The scores over all texts, over those that were held out, and of the baseline over all.
fn scores(folder: &Path) -> (Score, Score, Score) {
    let (mut all, mut held_out, mut baseline) = (Score::default(), Score::default(), Score::default());
    for (name, text, gold) in texts(folder) {
        let proposed = read(&text);
        all.text(&gold, &proposed);
        if HELD_OUT.contains(&name.as_str()) {
            held_out.text(&gold, &proposed);
        }
        if let Some(cues) = json(&folder.join(format!("baseline/{name}.json"))) {
            baseline.text(&gold, &cues);
        }
    }
    (all, held_out, baseline)
}

fn table(all: &Score, held_out: &Score, baseline: &Score) -> String {
    let mut out = String::from(
        "| layer | precision | recall | F1 | F1, held out | F1, baseline | target |\n|---|---|---|---|---|---|---|\n",
    );
    for layer in LAYERS {
        let one = all.of(layer);
        let (p, r) = if layer == "kind" {
            (String::new(), String::new())
        } else {
            (format!("{:.3}", one.precision()), format!("{:.3}", one.recall()))
        };
        let _ = writeln!(
            out,
            "| {layer} | {p} | {r} | {:.3} | {:.3} | {:.3} | {} |",
            one.f1(),
            held_out.of(layer).f1(),
            baseline.of(layer).f1(),
            target(layer),
        );
    }
    out
}

/// Runs the benchmark.
pub(super) fn run(write: bool, folder: Option<&str>) -> ExitCode {
    let folder = folder.map_or_else(corpus, PathBuf::from);
    let (all, held_out, baseline) = scores(&folder);
    if all.of("split").gold == 0 {
        eprintln!(
            "There is no annotated text in {}: it needs NAME.txt and NAME.gold.json.",
            folder.display()
        );
        return ExitCode::from(2);
    }
    let table = table(&all, &held_out, &baseline);
    print!("{table}");
    println!("{}", speed());
    if write {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reading.md");
        let Ok(page) = fs::read_to_string(&path) else {
            eprintln!("{} cannot be read.", path.display());
            return ExitCode::FAILURE;
        };
        let (Some(from), Some(to)) = (page.find(BEGIN), page.find(END)) else {
            eprintln!("{} has no place for the figures.", path.display());
            return ExitCode::FAILURE;
        };
        let page = format!("{}{BEGIN}\n{table}{}", &page[..from], &page[to..]);
        if fs::write(&path, page).is_err() {
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

const BEGIN: &str = "<!-- figures -->";
const END: &str = "<!-- end of figures -->";

/// How long a text of 30 sentences and one of 2 MB take.
fn speed() -> String {
    let texts = texts(&corpus());
    let Some((_, one, _)) = texts.first() else { return String::new() };
    let _ = read(one);
    let started = Instant::now();
    let _ = read(one);
    let short = started.elapsed();
    let mut book = String::new();
    while book.len() < 2_000_000 {
        for (_, text, _) in &texts {
            book.push_str(text);
            book.push('\n');
        }
    }
    let started = Instant::now();
    let _ = read(&book);
    format!(
        "{} bytes in {:.1} ms; {} bytes in {:.2} s",
        one.len(),
        short.as_secs_f64() * 1e3,
        book.len(),
        started.elapsed().as_secs_f64()
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    /// The figures that the corpus' own scorer (Python) gives for the baseline, over the eleven texts.
    #[test]
    fn the_scorer_agrees_with_the_corpus_own() {
        let (_, _, baseline) = scores(&corpus());
        for (layer, gold, proposed, hits) in OWN {
            let one = baseline.of(layer);
            assert_eq!((one.gold, one.proposed, one.hits), (gold, proposed, hits), "{layer}");
        }
    }

    /// The page has the figures of today's rules.
    #[test]
    fn the_page_is_fresh() {
        let (all, held_out, baseline) = scores(&corpus());
        let page =
            fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reading.md")).unwrap();
        assert!(
            page.contains(&table(&all, &held_out, &baseline)),
            "docs/reading.md is stale: cargo run --release -p detente-bench -- reading --write"
        );
    }

    /// Better than the baseline on every layer but said things, where cues alone are as good.
    #[test]
    fn no_layer_falls_behind() {
        let (all, _, baseline) = scores(&corpus());
        for layer in LAYERS {
            let (one, other) = (all.of(layer).f1(), baseline.of(layer).f1());
            assert!(
                layer == "split" || one > other - if layer == "said" { 0.02 } else { 0.0 },
                "{layer}: {one:.3}, and {other:.3} by cues alone"
            );
        }
    }

    const OWN: [(&str, usize, usize, usize); 17] = [
        ("kind", 264, 264, 186),
        ("split", 264, 264, 264),
        ("also", 25, 0, 0),
        ("speaker", 125, 106, 56),
        ("chain", 14, 0, 0),
        ("actors", 158, 276, 138),
        ("dates", 76, 71, 62),
        ("ties", 24, 11, 4),
        ("instruments", 32, 21, 16),
        ("tracks", 14, 18, 6),
        ("events", 83, 70, 41),
        ("options", 22, 29, 20),
        ("acts", 8, 8, 2),
        ("wishes", 57, 42, 23),
        ("conditions", 46, 46, 36),
        ("said", 46, 37, 35),
        ("contradictions", 11, 5, 4),
    ];
}
