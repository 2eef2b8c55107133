//! Wall time, processor time of all threads, peak memory, and a yardstick.

use std::hint::black_box;
use std::time::Instant;

use rustix::time::{ClockId, clock_gettime};

/// What one row of a table measured.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Measured {
    /// Seconds by the clock, the best of the repetitions.
    pub(crate) wall: f64,
    /// Seconds of processor time of all threads, in that repetition.
    pub(crate) cpu: f64,
    /// Peak memory of the whole process in MiB (0: the system does not tell).
    pub(crate) peak: f64,
    /// Seconds of the yardstick, measured in the same process right after.
    pub(crate) yardstick: f64,
    /// States, or whatever else the work is counted in.
    pub(crate) units: f64,
    /// What came out, in words.
    pub(crate) note: String,
}

/// Runs `work` `repeat` times; the least wall time with its processor time, and the last result.
pub(crate) fn time<R>(repeat: usize, mut work: impl FnMut() -> R) -> (f64, f64, R) {
    let mut best = (f64::INFINITY, 0.0);
    let mut result = None;
    for _ in 0..repeat.max(1) {
        drop(result.take());
        let (start, cpu) = (Instant::now(), cpu());
        result = Some(black_box(work()));
        let wall = start.elapsed().as_secs_f64();
        if wall < best.0 {
            best = (wall, self::cpu() - cpu);
        }
    }
    match result {
        Some(result) => (best.0, best.1, result),
        None => unreachable!("at least one repetition"),
    }
}

fn cpu() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
}

/// The most memory that this process has had so far, in MiB; 0 where the system does not tell.
pub(crate) fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kib.unwrap_or(0.0) / 1024.0
}

/// Seconds for four argsorts of 2^20 random 32-bit numbers, on one thread: what a solver that
/// sorts each actor's states once would spend on sorting alone.
pub(crate) fn yardstick() -> f64 {
    let mut x = 0x2545_f491_4f6c_dd1d_u64;
    let mut numbers = || {
        let mut next = || {
            x ^= x << 13;
            x ^= x >> 7;
            x ^= x << 17;
            (x >> 24) as u32
        };
        (0..1 << 20).map(|_| next()).collect::<Vec<u32>>()
    };
    let keys = [numbers(), numbers(), numbers(), numbers()];
    let sort = || {
        keys.each_ref().map(|keys| {
            let mut order: Vec<u32> = (0..keys.len() as u32).collect();
            order.sort_unstable_by_key(|&at| keys[at as usize]);
            order[0]
        })
    };
    time(3, sort).0
}

/// Seconds in three significant digits with a fitting unit.
pub(crate) fn seconds(time: f64) -> String {
    match time {
        t if t >= 100.0 => format!("{t:.0} s"),
        t if t >= 10.0 => format!("{t:.1} s"),
        t if t >= 1.0 => format!("{t:.2} s"),
        t if t >= 0.1 => format!("{:.0} ms", t * 1e3),
        t if t >= 0.01 => format!("{:.1} ms", t * 1e3),
        t if t >= 0.001 => format!("{:.2} ms", t * 1e3),
        t => format!("{:.0} µs", t * 1e6),
    }
}
