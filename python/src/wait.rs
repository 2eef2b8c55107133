//! Computing without the interpreter's lock, and stopping with what there is.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use detente_engine::{LimitHit, Stop, Watch};
use detente_study::Waiting;
use pyo3::exceptions::{PyKeyboardInterrupt, PyRuntimeError};
use pyo3::prelude::*;

/// So often Python is asked whether somebody interrupts.
const LOOKS: Duration = Duration::from_millis(20);

/// Who waits for one answer: a time limit, and a flag that Ctrl-C sets.
pub(crate) struct Wait {
    cancelled: AtomicBool,
    made: Instant,
    /// When the computation that goes on was begun, in nanoseconds after `made`.
    begun: AtomicU64,
    limit: Option<Duration>,
}

impl Wait {
    /// Waits at most `seconds`.
    ///
    /// # Errors
    /// `seconds` is no length of time.
    pub(crate) fn most(py: Python<'_>, seconds: Option<f64>) -> PyResult<Arc<Self>> {
        let limit = seconds.map(Duration::try_from_secs_f64).transpose().map_err(|_| {
            crate::errors::usage(py, "The time limit is not a number of seconds from 0", None)
        })?;
        Ok(Arc::new(Self {
            cancelled: AtomicBool::new(false),
            made: Instant::now(),
            begun: AtomicU64::new(0),
            limit,
        }))
    }

    /// Time begins anew, and nobody has interrupted: for what is asked of an answer later.
    fn again(&self) {
        self.cancelled.store(false, Ordering::Relaxed);
        self.begun
            .store(u64::try_from(self.made.elapsed().as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    fn elapsed(&self) -> Duration {
        self.made.elapsed().saturating_sub(Duration::from_nanos(self.begun.load(Ordering::Relaxed)))
    }

    /// As the library asks for it.
    pub(crate) fn watch(self: &Arc<Self>) -> Waiting {
        Arc::clone(self) as Waiting
    }
}

impl Watch for Wait {
    fn stop(&self) -> Option<Stop> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Some(Stop::Cancelled);
        }
        self.limit.is_some_and(|limit| self.elapsed() >= limit).then_some(Stop::Time)
    }

    fn used(&self) -> Option<f64> {
        let limit = self.limit?;
        Some(if limit.is_zero() { 1.0 } else { self.elapsed().as_secs_f64() / limit.as_secs_f64() })
    }

    fn name(&self, hit: &mut LimitHit) {
        match (hit.stop, self.limit) {
            (Stop::Time, Some(limit)) => hit.limit = format!("{} s", limit.as_secs_f64()),
            (Stop::Cancelled, _) => "Ctrl-C".clone_into(&mut hit.limit),
            _ => {}
        }
    }
}

/// What was worked out, and whether Ctrl-C cut it short.
pub(crate) struct Worked<T> {
    pub(crate) value: T,
    pub(crate) interrupted: bool,
}

/// Does `work` on a thread of its own while this one asks Python for signals. Ctrl-C sets the flag of `wait`, and `work` is
/// expected to come back with what it has; pressed again, or where a handler raises something else, the exception goes on as
/// soon as `work` is back.
///
/// # Errors
/// What a signal handler raised; `work` panicked; the system gave no thread.
pub(crate) fn work<T: Send>(
    py: Python<'_>,
    wait: &Wait,
    work: impl FnOnce() -> T + Send,
) -> PyResult<Worked<T>> {
    wait.again();
    py.detach(|| {
        std::thread::scope(|scope| {
            let (send, receive) = channel();
            let worker = std::thread::Builder::new().name("detente".to_owned());
            let done = move || {
                // The other end is there as long as this scope.
                let _ = send.send(work());
            };
            worker
                .spawn_scoped(scope, done)
                .map_err(|error| PyRuntimeError::new_err(format!("the system gave no thread: {error}")))?;
            let (mut interrupted, mut raised) = (false, None);
            loop {
                match receive.recv_timeout(LOOKS) {
                    Ok(value) => return raised.map_or(Ok(Worked { value, interrupted }), Err),
                    Err(RecvTimeoutError::Disconnected) => {
                        return Err(PyRuntimeError::new_err(
                            "the computation panicked: this is a bug in detente",
                        ));
                    }
                    Err(RecvTimeoutError::Timeout) => {}
                }
                if let Err(error) = Python::attach(|py| py.check_signals()) {
                    wait.cancelled.store(true, Ordering::Relaxed);
                    let first =
                        Python::attach(|py| error.is_instance_of::<PyKeyboardInterrupt>(py)) && !interrupted;
                    interrupted = true;
                    if !first {
                        raised = Some(error);
                    }
                }
            }
        })
    })
}
