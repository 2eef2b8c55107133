//! Whether the compiler made vectors of the kernels, as a ratio to the same written plainly.

use std::fmt::Write as _;

use detente_engine::testing::{Trial, trials};

use crate::measure::time;
use crate::suite::digits;

/// At least so many times as fast as plain code with 8, 16 and 32 bits a score: a quarter of
/// what is measured, far above what a kernel does that is not made of vectors (about once). What
/// CI asks is not this, for a clock is at times wrong: `scripts/vectors` reads the machine code.
fn least(bits: u32) -> f64 {
    match bits {
        8 => 6.0,
        16 => 3.0,
        _ => 1.5,
    }
}

/// Seconds of one run: the best of several batches, each long enough that copying the data once is
/// nothing beside it.
fn each(run: &detente_engine::testing::Run) -> f64 {
    let (once, ..) = time(3, || run(1));
    let batch = ((4e-4 / once.max(1e-9)) as usize).clamp(1, 1 << 20);
    time(15, || run(batch)).0 / batch as f64
}

fn row(text: &mut String, trial: &Trial) -> Result<bool, String> {
    let right = (trial.plain)(1);
    let plain = each(&trial.plain);
    let mut cells = String::new();
    let mut good = true;
    for (at, (level, run)) in trial.levels.iter().enumerate() {
        if run(1) != right {
            return Err(format!("{} of {} bits, {level}: wrong values", trial.kernel, trial.bits));
        }
        let times = plain / each(run);
        let _ = write!(cells, " {level} {}×", digits(times));
        // What the build asks for is checked only where there is nothing better.
        if at > 0 || trial.levels.len() == 1 {
            good &= times >= least(trial.bits) || trial.levels.len() == 1;
        }
    }
    let ns = plain * 1e9 / trial.looks as f64;
    let verdict = if good { "yes" } else { "**no**" };
    let (kernel, bits) = (trial.kernel, trial.bits);
    let _ = writeln!(text, "| {kernel} | {bits} | {} |{cells} | {}× | {verdict} |", digits(ns), least(bits));
    Ok(good)
}

/// The table, and whether every kernel is as fast as it must be.
///
/// # Errors
/// A kernel that computes something else than its definition.
pub(crate) fn kernels() -> Result<(String, bool), String> {
    let mut text = "## Kernels: vectors against plain code\n\nThe inner loops of the explicit engine, compiled for \
         each set of instructions and chosen at run time, next to the same definition one value at a time.\n\n\
         | kernel | bits a score | plain, ns per look | times as fast | must be | holds |\n|---|--:|--:|---|--:|---|\n"
        .to_owned();
    let mut held = true;
    for trial in trials() {
        held &= row(&mut text, &trial)?;
    }
    Ok((text, held))
}
