//! The one watch of a command: clock, time limit, Ctrl-C and SIGTERM, progress. A command makes one and hands it to
//! everything that it computes.

use std::collections::HashMap;
use std::io::IsTerminal;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, Once, PoisonError};
use std::time::{Duration, Instant};

use detente_engine::{Event, LimitHit, Stop, Watch};
use detente_model::{Concept, Game};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::TimeLimit;
use super::output;
use crate::system::{Signal, Signals};
use detente_study::say::concept;

/// Progress is shown on a terminal when a computation takes longer than this.
const PATIENCE: Duration = Duration::from_secs(1);
/// Elsewhere there is a line for each such time.
const LINES: Duration = Duration::from_secs(5);

/// The signal that asked to stop: none, [`INTERRUPT`] or [`TERMINATE`]. A second one ends the program at once.
static CANCELLED: AtomicU8 = AtomicU8::new(0);
const INTERRUPT: u8 = 1;
const TERMINATE: u8 = 2;

/// A watch with a clock.
pub(crate) struct Clock {
    start: Instant,
    limit: TimeLimit,
    shows: Shows,
    state: Mutex<Seen>,
}

/// How progress is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shows {
    /// Not at all: `--quiet`.
    Nothing,
    /// A line that is written over.
    Bar,
    /// A line now and then, where nothing can be written over.
    Lines,
}

#[derive(Default)]
struct Seen {
    /// Names of the actors, for progress in words.
    actors: Vec<String>,
    bar: Option<ProgressBar>,
    line: Option<Instant>,
    words: String,
    share: Option<f64>,
    begun: Option<Instant>,
    running: HashMap<Concept, Instant>,
    first: Option<Duration>,
    took: Vec<(Concept, Duration)>,
}

impl Clock {
    /// A clock that starts now. Progress goes to standard error unless `quiet` is set.
    pub(crate) fn start(limit: TimeLimit, quiet: bool) -> Arc<Self> {
        listen();
        let shows = match (quiet, std::io::stderr().is_terminal()) {
            (true, _) => Shows::Nothing,
            (false, true) => Shows::Bar,
            (false, false) => Shows::Lines,
        };
        Arc::new(Self { start: Instant::now(), limit, shows, state: Mutex::default() })
    }

    /// From here on `game` is solved: whose actors are named, and whose parts are timed.
    pub(crate) fn turn_to(&self, game: &Game) {
        let mut seen = self.seen();
        seen.actors = game.actors.iter().map(|actor| actor.name.clone()).collect();
        seen.begun = Some(Instant::now());
        (seen.first, seen.took) = (None, Vec::new());
        seen.running.clear();
    }

    /// How long each finished concept took, and the states before them.
    pub(crate) fn timings(&self) -> (Option<Duration>, Vec<(Concept, Duration)>) {
        let seen = self.seen();
        (seen.first, seen.took.clone())
    }

    /// Names all of them, each once.
    pub(crate) fn name_all(&self, limits: &mut Vec<LimitHit>) {
        detente_engine::name_all(self, limits);
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn show(&self) {
        let elapsed = self.start.elapsed();
        match self.shows {
            Shows::Bar if elapsed >= PATIENCE => {
                let mut seen = self.seen();
                let message = seen.message();
                let bar = seen.bar.get_or_insert_with(|| {
                    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(4))
                        .with_elapsed(elapsed);
                    if let Ok(style) = ProgressStyle::with_template("{elapsed_precise}  {wide_msg}") {
                        bar.set_style(style);
                    }
                    bar
                });
                bar.set_message(message);
                bar.tick();
            }
            Shows::Lines if elapsed >= LINES => {
                let mut seen = self.seen();
                if seen.line.is_none_or(|line| line.elapsed() >= LINES) {
                    seen.line = Some(Instant::now());
                    output::tell(&format!("{} s  {}\n", elapsed.as_secs(), seen.message()));
                }
            }
            Shows::Nothing | Shows::Bar | Shows::Lines => {}
        }
    }
}

impl Seen {
    fn message(&self) -> String {
        match (self.words.as_str(), self.share) {
            ("", _) => "Working".to_owned(),
            (words, Some(share)) => format!("{words}, {:.0} %", share * 100.0),
            (words, None) => words.to_owned(),
        }
    }
}

impl Drop for Clock {
    fn drop(&mut self) {
        if let Some(bar) = &self.seen().bar {
            bar.finish_and_clear();
        }
    }
}

impl Watch for Clock {
    fn stop(&self) -> Option<Stop> {
        if CANCELLED.load(Ordering::Relaxed) != 0 {
            return Some(Stop::Cancelled);
        }
        self.show();
        self.limit.time.is_some_and(|limit| self.start.elapsed() >= limit).then_some(Stop::Time)
    }

    fn used(&self) -> Option<f64> {
        let limit = self.limit.time?;
        Some(if limit.is_zero() { 1.0 } else { self.start.elapsed().as_secs_f64() / limit.as_secs_f64() })
    }

    fn name(&self, hit: &mut LimitHit) {
        match hit.stop {
            Stop::Time => hit.limit = self.limit.words(),
            Stop::Cancelled => {
                let signal =
                    if CANCELLED.load(Ordering::Relaxed) == TERMINATE { "SIGTERM" } else { "Ctrl-C" };
                signal.clone_into(&mut hit.limit);
            }
            Stop::Memory | Stop::Work => {}
        }
    }

    fn event(&self, event: Event<'_>) {
        {
            let mut seen = self.seen();
            seen.share = None;
            match event {
                Event::States => {
                    // Another engine may have begun before, and given up.
                    (seen.first, seen.took) = (None, Vec::new());
                    seen.running.clear();
                    "Finding the possible outcomes".clone_into(&mut seen.words);
                }
                Event::Concept(which, actor) => {
                    let now = Instant::now();
                    if seen.first.is_none() {
                        seen.first = Some(now - seen.begun.unwrap_or(self.start));
                    }
                    seen.running.entry(which).or_insert(now);
                    let whom = actor.and_then(|a| seen.actors.get(a.index()));
                    seen.words = match whom {
                        Some(name) => format!("{} for {name}", concept::name(which)),
                        None => concept::name(which).to_owned(),
                    };
                }
                Event::Step(words, share) => {
                    words.clone_into(&mut seen.words);
                    seen.share = share;
                }
                Event::Done(which) => {
                    if let Some(begun) = seen.running.remove(&which) {
                        seen.took.push((which, begun.elapsed()));
                    }
                }
            }
        }
        self.show();
    }
}

/// Listens for Ctrl-C and SIGTERM, once for the whole program: the first asks the computation to stop with what it
/// has, the second ends the program.
fn listen() {
    static LISTENING: Once = Once::new();
    LISTENING.call_once(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build();
        let Ok(runtime) = runtime else { return };
        let signals = {
            let _inside = runtime.enter();
            Signals::new()
        };
        // Without the listener a signal ends the program, which is what it does anyway.
        let _ = std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
            runtime.block_on(async {
                let mut signals = signals;
                let signal = signals.next().await;
                CANCELLED.store(
                    if signal == Signal::Terminate { TERMINATE } else { INTERRUPT },
                    Ordering::Relaxed,
                );
                let code = if signals.next().await == Signal::Terminate { 143 } else { 130 };
                std::process::exit(code);
            });
        });
    });
}
