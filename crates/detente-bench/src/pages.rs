//! What was measured, as a page of the documentation and as a page of the guide.

use std::path::Path;

use detente_engine::testing::trials;

const COMMAND: &str = "cargo run --release -p detente-bench -- all --write";
const START: &str = "<!-- measured -->";
const END: &str = "<!-- /measured -->";

const ABOUT: &str = "\
Engine time: from a game in memory to verdicts in memory, no files and no start of a process. Every row is measured
in a process of its own, of which the peak memory is that of the whole process. The yardstick is four argsorts of
2^20 random 32-bit numbers on one thread, in the same process: what a solver that sorts each actor's states once would
spend on sorting alone. Figures in times of the yardstick carry over to other machines better than seconds do.
";

/// The machine in general words.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let trials = trials();
    let level = trials.first().and_then(|t| t.levels.last()).map_or("baseline", |(level, _)| level);
    let level = match level {
        "avx512" => "AVX-512",
        "avx2" => "AVX2",
        _ => "no vectors beyond what the build asks for",
    };
    format!("{cores} cores, {level}")
}

/// Writes `docs/benchmarks.md`, and the short table of the guide between its two marks.
///
/// # Errors
/// A file that cannot be read or written, or a page of the guide without the marks.
pub(crate) fn write(page: &str, brief: &[String]) -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let machine = machine();
    let docs = root.join("docs/benchmarks.md");
    let text = format!("# Benchmarks\n\nMade by `{COMMAND}` on {machine}.\n\n{ABOUT}\n{page}");
    std::fs::write(&docs, text.trim_end().to_owned() + "\n")
        .map_err(|e| format!("{}: {e}", docs.display()))?;
    let short = root.join("docs/guide/speed.md");
    let failed = |e: std::io::Error| format!("{}: {e}", short.display());
    let text = std::fs::read_to_string(&short).map_err(failed)?;
    let (before, rest) =
        text.split_once(START).ok_or_else(|| format!("no {START} in {}", short.display()))?;
    let after = rest.split_once(END).map_or(rest, |(_, after)| after);
    let (rows, sentences): (Vec<&String>, Vec<&String>) =
        brief.iter().partition(|line| line.starts_with('|'));
    let lines =
        |all: Vec<&String>, prefix: &str| all.iter().map(|l| format!("{prefix}{l}\n")).collect::<String>();
    let table = format!(
        "\nOf the cases that share a bound, the one that comes nearest to it. Unless it says otherwise: five concepts of stability,\n\
         for every actor and for all together; {machine}; `{COMMAND}`.\nThe yardstick is four argsorts of 2^20 \
         numbers in the same run. All tables: [Benchmarks](../benchmarks.md).\n\n\
         | case | wall | peak memory | × yardstick | must be |\n|---|--:|--:|--:|---|\n{}\n{}\n",
        lines(rows, ""),
        lines(sentences, "- ")
    );
    std::fs::write(&short, format!("{before}{START}{table}{END}{after}")).map_err(failed)
}
