//! Tables of measurements. Every row is measured in a process of its own, so that its peak
//! memory is its own too.

use std::fmt::Write as _;
use std::process::{Command, Stdio};

use crate::measure::{Measured, seconds, yardstick};

/// What a row must stay below.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Target {
    /// Seconds by the clock.
    pub(crate) wall: Option<f64>,
    /// MiB.
    pub(crate) peak: Option<f64>,
    /// Seconds per unit.
    pub(crate) each: Option<f64>,
    /// Yardsticks.
    pub(crate) ratio: Option<f64>,
}

impl Target {
    /// No target.
    pub(crate) const NONE: Self = Self { wall: None, peak: None, each: None, ratio: None };

    pub(crate) fn new(wall: f64, peak: f64) -> Self {
        Self { wall: Some(wall), peak: Some(peak), ..Self::NONE }
    }

    pub(crate) fn wall(wall: f64) -> Self {
        Self { wall: Some(wall), ..Self::NONE }
    }

    pub(crate) fn each(each: f64) -> Self {
        Self { each: Some(each), ..Self::NONE }
    }

    pub(crate) fn ratio(ratio: f64) -> Self {
        Self { ratio: Some(ratio), ..Self::NONE }
    }

    fn holds(&self, m: &Measured) -> bool {
        self.wall.is_none_or(|most| m.wall < most)
            && self.peak.is_none_or(|most| m.peak < most)
            && self.each.is_none_or(|most| m.wall / m.units < most)
            && self.ratio.is_none_or(|most| m.wall / m.yardstick <= most)
    }

    /// How much of what is allowed is used: 1 is the target itself.
    fn used(&self, m: &Measured) -> f64 {
        let of = |value: f64, most: Option<f64>| most.map_or(0.0, |most| value / most);
        let ratio = of(m.wall / m.yardstick, self.ratio);
        of(m.wall, self.wall).max(of(m.peak, self.peak)).max(of(m.wall / m.units, self.each)).max(ratio)
    }

    fn words(&self) -> String {
        let wall = self.wall.map(|wall| format!("< {}", short(wall)));
        let each = self.each.map(|each| format!("< {} per 10⁶", short(each * 1e6)));
        let peak = self.peak.map(|peak| format!("< {peak:.0} MiB"));
        let ratio = self.ratio.map(|ratio| format!("≤ {ratio} × yardstick"));
        wall.into_iter().chain(each).chain(peak).chain(ratio).collect::<Vec<_>>().join(", ")
    }
}

fn short(time: f64) -> String {
    if time < 0.1 { format!("{} ms", time * 1e3) } else { format!("{time} s") }
}

/// One row.
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) target: Target,
    /// Does the work; the yardstick is added by who calls it.
    pub(crate) run: Box<dyn Fn() -> Measured>,
}

/// One table.
pub(crate) struct Suite {
    /// The word on the command line.
    pub(crate) id: &'static str,
    /// The heading.
    pub(crate) title: &'static str,
    /// What is solved, in a word or two, where rows of several tables stand together.
    pub(crate) short: &'static str,
    /// What is measured, in a sentence or two.
    pub(crate) about: &'static str,
    /// What [`Measured::units`] counts.
    pub(crate) unit: &'static str,
    pub(crate) rows: Vec<Row>,
    /// What follows from all rows together: sentences, and whether each is as it should be.
    pub(crate) conclude: Conclude,
}

/// What follows from the rows of a suite, by name: sentences, and whether each is as it should be.
pub(crate) type Conclude = fn(&[(String, Measured)]) -> Vec<(String, bool)>;

/// A suite that was run.
pub(crate) struct Report {
    /// The table in Markdown, with its heading.
    pub(crate) text: String,
    /// In Markdown, of the rows that must stay below the same: the one that comes nearest to it.
    pub(crate) brief: Vec<String>,
    /// Whether every target was met.
    pub(crate) held: bool,
}

impl Suite {
    /// Measures row `at` in this process and prints it for [`Suite::run`].
    pub(crate) fn measure(&self, at: usize) -> bool {
        let Some(row) = self.rows.get(at) else { return false };
        let mut m = (row.run)();
        m.yardstick = yardstick();
        let numbers = [m.wall, m.cpu, m.peak, m.yardstick, m.units].map(|n| n.to_string());
        println!("{}\t{}", numbers.join("\t"), m.note);
        true
    }

    /// Measures all rows, each in a new process.
    ///
    /// # Errors
    /// A row that failed, in words.
    pub(crate) fn run(&self) -> Result<Report, String> {
        let mut done = vec![];
        for (at, row) in self.rows.iter().enumerate() {
            eprintln!("{}: {}", self.id, row.name);
            done.push((row.name.clone(), self.child(at).map_err(|e| format!("{}: {e}", row.name))?));
        }
        let mut held = true;
        let mut text = format!("## {}\n\n{}\n\n", self.title, self.about);
        let _ = writeln!(
            text,
            "| case | {} | wall | processor | peak memory | ns per {} | × yardstick | must be | holds | result |",
            self.unit,
            self.unit.trim_end_matches('s')
        );
        text.push_str("|---|--:|--:|--:|--:|--:|--:|---|---|---|\n");
        for (row, (name, m)) in self.rows.iter().zip(&done) {
            let holds = row.target.holds(m);
            held &= holds;
            let verdict = match (row.target.words().is_empty(), holds) {
                (true, _) => "",
                (_, true) => "yes",
                (_, false) => "**no**",
            };
            let ratio = m.wall / m.yardstick;
            let each = m.wall / m.units * 1e9;
            let (wall, peak, must) = (seconds(m.wall), memory(m.peak), row.target.words());
            let _ = writeln!(
                text,
                "| {name} | {} | {wall} | {} | {peak} | {} | {} | {must} | {verdict} | {} |",
                count(m.units),
                seconds(m.cpu),
                digits(each),
                digits(ratio),
                m.note
            );
        }
        let mut brief = self.brief(&done);
        for (sentence, good) in (self.conclude)(&done) {
            held &= good;
            let _ = write!(text, "\n{sentence}{}\n", if good { "" } else { " **Not as it should be.**" });
            brief.push(sentence);
        }
        Ok(Report { text, brief, held })
    }

    /// Of the rows that must stay below the same: the one that comes nearest to it.
    fn brief(&self, done: &[(String, Measured)]) -> Vec<String> {
        let mut groups: Vec<(String, Vec<usize>)> = vec![];
        for (at, row) in self.rows.iter().enumerate() {
            let must = row.target.words();
            match groups.iter_mut().find(|(words, _)| *words == must) {
                Some((_, group)) => group.push(at),
                None if must.is_empty() => {}
                None => groups.push((must, vec![at])),
            }
        }
        let line = |(must, group): (String, Vec<usize>)| {
            let used = |at: &usize| self.rows[*at].target.used(&done[*at].1);
            let at = group.iter().copied().max_by(|a, b| used(a).total_cmp(&used(b)))?;
            let (name, m) = &done[at];
            let of = if group.len() > 1 { format!(" (of {})", group.len()) } else { String::new() };
            let (wall, peak, ratio) = (seconds(m.wall), memory(m.peak), digits(m.wall / m.yardstick));
            Some(format!("| {}: {name}{of} | {wall} | {peak} | {ratio} | {must} |", self.short))
        };
        groups.into_iter().filter_map(line).collect()
    }

    fn child(&self, at: usize) -> Result<Measured, String> {
        let program = std::env::current_exe().map_err(|e| e.to_string())?;
        let output = Command::new(program)
            .args([self.id, "--row", &at.to_string()])
            .stderr(Stdio::inherit())
            .output()
            .map_err(|e| e.to_string())?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let mut parts = text.trim_end_matches('\n').split('\t');
        let mut number = || parts.next().and_then(|part| part.parse().ok());
        match (number(), number(), number(), number(), number()) {
            (Some(wall), Some(cpu), Some(peak), Some(yardstick), Some(units)) => {
                let note = parts.next().unwrap_or_default().to_owned();
                Ok(Measured { wall, cpu, peak, yardstick, units, note })
            }
            _ => Err(format!("its process ended with {}", output.status)),
        }
    }
}

/// Nothing follows from the rows together.
pub(crate) fn nothing(_: &[(String, Measured)]) -> Vec<(String, bool)> {
    vec![]
}

fn memory(mib: f64) -> String {
    if mib == 0.0 { "–".to_owned() } else { format!("{mib:.0} MiB") }
}

/// Three significant digits.
pub(crate) fn digits(value: f64) -> String {
    match value {
        v if v >= 100.0 => format!("{v:.0}"),
        v if v >= 10.0 => format!("{v:.1}"),
        v if v >= 1.0 => format!("{v:.2}"),
        v if v >= 0.001 => format!("{v:.3}"),
        v => format!("{v:.5}"),
    }
}

/// A whole number with its thousands apart.
fn count(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
