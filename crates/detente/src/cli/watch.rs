//! The eyes and ears of a computation: clock, time limit, Ctrl-C, progress.

use std::collections::HashMap;
use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::time::{Duration, Instant};

use detente_engine::{Event, Stop, Watch};
use detente_model::{Concept, Game};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use detente_study::say::concept;

/// Progress is shown when a computation takes longer than this.
const PATIENCE: Duration = Duration::from_secs(1);

/// Set by the first Ctrl-C; a second one ends the program at once.
static CANCELLED: AtomicBool = AtomicBool::new(false);

/// A watch with a clock.
pub(crate) struct Clock {
    start: Instant,
    limit: Option<Duration>,
    /// Names of the actors, for progress in words.
    actors: Vec<String>,
    /// Whether progress may be shown at all.
    shows: bool,
    state: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    bar: Option<ProgressBar>,
    words: String,
    share: Option<f64>,
    running: HashMap<Concept, Instant>,
    first: Option<Duration>,
    took: Vec<(Concept, Duration)>,
}

impl Clock {
    /// A clock that starts now. Progress goes to standard error when that is a terminal and
    /// `quiet` is not set.
    pub(crate) fn start(game: &Game, limit: Option<Duration>, quiet: bool) -> Self {
        listen();
        Self {
            start: Instant::now(),
            limit,
            actors: game.actors.iter().map(|actor| actor.name.clone()).collect(),
            shows: !quiet && std::io::stderr().is_terminal(),
            state: Mutex::default(),
        }
    }

    /// How long each finished concept took, and the states before them.
    pub(crate) fn timings(&self) -> (Option<Duration>, Vec<(Concept, Duration)>) {
        let seen = self.seen();
        (seen.first, seen.took.clone())
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn show(&self) {
        if !self.shows || self.start.elapsed() < PATIENCE {
            return;
        }
        let mut seen = self.seen();
        let message = match seen.share {
            Some(share) => format!("{}, {:.0} %", seen.words, share * 100.0),
            None => seen.words.clone(),
        };
        let elapsed = self.start.elapsed();
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
        if CANCELLED.load(Ordering::Relaxed) {
            return Some(Stop::Cancelled);
        }
        let elapsed = self.start.elapsed();
        self.show();
        self.limit.is_some_and(|limit| elapsed >= limit).then_some(Stop::Time)
    }

    fn used(&self) -> Option<f64> {
        let limit = self.limit?;
        Some(if limit.is_zero() { 1.0 } else { self.start.elapsed().as_secs_f64() / limit.as_secs_f64() })
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
                        seen.first = Some(now - self.start);
                    }
                    seen.running.entry(which).or_insert(now);
                    let whom = actor.and_then(|a| self.actors.get(a.index()));
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

/// Listens for Ctrl-C, once for the whole program: the first asks the computation to stop with
/// what it has, the second ends the program.
fn listen() {
    static LISTENING: Once = Once::new();
    LISTENING.call_once(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build();
        let Ok(runtime) = runtime else { return };
        // Without the listener Ctrl-C ends the program, which is what it does anyway.
        let _ = std::thread::Builder::new().name("ctrl-c".to_owned()).spawn(move || {
            runtime.block_on(async {
                if tokio::signal::ctrl_c().await.is_err() {
                    return;
                }
                CANCELLED.store(true, Ordering::Relaxed);
                if tokio::signal::ctrl_c().await.is_ok() {
                    std::process::exit(130);
                }
            });
        });
    });
}
