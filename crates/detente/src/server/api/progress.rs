//! Long questions: how far they are, and how they are stopped.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::Json;
use axum::extract::{Query, State};
use axum::response::sse::{Event as Sent, KeepAlive, Sse};
use detente_engine::{Event, Stop, Watch};
use schemars::JsonSchema;
use serde::Deserialize;
use tokio_stream::wrappers::IntervalStream;
use tokio_stream::{Stream, StreamExt};

use detente_study::Waiting;

use super::asks_view::{CancelRequest, CancelView};
use super::problem::Problem;
use crate::server::Workbench;
use detente_study::say::concept;

/// Most questions that are watched at once; more are computed, but not told of.
const MOST: usize = 64;

/// How far one computation is.
#[derive(Debug, Default)]
struct Stage {
    /// What is computed, and how far it is.
    words: Mutex<(String, String)>,
    /// The page is gone, or does not want to wait.
    stop: AtomicBool,
}

/// The questions that are being computed, by ticket.
#[derive(Debug, Default)]
pub(crate) struct Running(Mutex<HashMap<String, Arc<Stage>>>);

impl Running {
    fn all(&self) -> MutexGuard<'_, HashMap<String, Arc<Stage>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Stops when its time is up or the page no longer waits, and remembers how far it is.
struct Patience {
    since: Instant,
    limit: Duration,
    stage: Arc<Stage>,
}

impl Watch for Patience {
    fn stop(&self) -> Option<Stop> {
        if self.stage.stop.load(Ordering::Relaxed) {
            Some(Stop::Cancelled)
        } else {
            (self.since.elapsed() >= self.limit).then_some(Stop::Time)
        }
    }

    fn used(&self) -> Option<f64> {
        Some((self.since.elapsed().as_secs_f64() / self.limit.as_secs_f64()).min(1.0))
    }

    fn event(&self, event: Event<'_>) {
        let mut now = self.stage.words.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            Event::States => *now = ("Finding the possible outcomes".to_owned(), String::new()),
            Event::Concept(which, _) => *now = (concept::name(which).to_owned(), String::new()),
            Event::Step(words, Some(share)) => now.1 = format!("{words}, {:.0} %", share * 100.0),
            Event::Step(words, None) => words.clone_into(&mut now.1),
            Event::Done(_) => now.1.clear(),
        }
    }
}

/// Stops the computation when it is dropped: a request that is aborted need not be finished.
struct Gone {
    stage: Arc<Stage>,
    ticket: Option<(Arc<Workbench>, String)>,
}

impl Drop for Gone {
    fn drop(&mut self) {
        self.stage.stop.store(true, Ordering::Relaxed);
        if let Some((workbench, ticket)) = &self.ticket {
            workbench.running.all().remove(ticket);
        }
    }
}

/// Runs work that may take long, and stops it when the request is aborted or its ticket cancelled.
pub(crate) async fn patiently<T: Send + 'static>(
    limit: Duration,
    ticket: Option<(Arc<Workbench>, String)>,
    work: impl FnOnce(&Waiting) -> T + Send + 'static,
) -> Result<T, Problem> {
    let stage = Arc::new(Stage::default());
    let watch: Waiting = Arc::new(Patience { since: Instant::now(), limit, stage: Arc::clone(&stage) });
    if let Some((workbench, ticket)) = &ticket {
        let mut all = workbench.running.all();
        if all.len() < MOST {
            all.insert(ticket.clone(), Arc::clone(&stage));
        }
    }
    let gone = Gone { stage, ticket };
    let done = tokio::task::spawn_blocking(move || work(&watch)).await.map_err(Problem::internal);
    drop(gone);
    done
}

pub(crate) async fn cancel(
    State(workbench): State<Arc<Workbench>>,
    Json(request): Json<CancelRequest>,
) -> Json<CancelView> {
    let stage = workbench.running.all().get(&request.ticket).cloned();
    if let Some(stage) = &stage {
        stage.stop.store(true, Ordering::Relaxed);
    }
    Json(CancelView { stopped: stage.is_some() })
}

/// Which question.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct TicketQuery {
    pub(crate) ticket: String,
}

/// Server-sent events: what is being computed for a ticket, whenever that changes; `over` at the end.
pub(crate) async fn progress(
    State(workbench): State<Arc<Workbench>>,
    Query(query): Query<TicketQuery>,
) -> Result<Sse<impl Stream<Item = Result<Sent, Infallible>>>, Problem> {
    let held = workbench.stream()?;
    let mut last = String::new();
    let mut over = false;
    let ticks = IntervalStream::new(tokio::time::interval(Duration::from_millis(150)));
    let events = ticks
        .map(move |_| {
            let _held = &held;
            let stage = workbench.running.all().get(&query.ticket).cloned();
            stage.map(|stage| {
                let (what, far) = &*stage.words.lock().unwrap_or_else(PoisonError::into_inner);
                if far.is_empty() { what.clone() } else { format!("{what}: {far}") }
            })
        })
        .take_while(move |words| {
            let go = !over;
            over = words.is_none();
            go
        })
        .filter_map(move |words| match words {
            None => Some(Ok(Sent::default().event("over").data(""))),
            Some(words) if words != last => {
                last.clone_from(&words);
                Some(Ok(Sent::default().event("stage").data(words)))
            }
            Some(_) => None,
        });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    /// A page that left: its request is dropped, and what computes for it hears of it.
    #[test]
    fn what_nobody_waits_for_is_stopped() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (begun, begins) = mpsc::channel();
        let (ended, ends) = mpsc::channel();
        runtime.block_on(async {
            let asking = patiently(Duration::from_secs(3600), None, move |watch| {
                begun.send(()).unwrap();
                while watch.stop().is_none() {
                    std::thread::sleep(Duration::from_millis(1));
                }
                ended.send(watch.stop()).unwrap();
            });
            // The client goes as soon as the work has begun.
            let gone = async {
                while begins.try_recv().is_err() {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
            };
            tokio::select! {
                _ = asking => {}
                () = gone => {}
            }
        });
        assert_eq!(ends.recv_timeout(Duration::from_secs(60)).unwrap(), Some(Stop::Cancelled));
    }
}
