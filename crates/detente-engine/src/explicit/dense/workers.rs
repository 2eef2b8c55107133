//! Work shared by threads without a lock on the data.

use std::sync::{Mutex, PoisonError};

/// Runs `work` on every item of `items`, on up to `workers` threads of the current pool, each
/// with a state of its own. Items are taken one by one in order, so that memory for states is
/// bounded by the number of workers. What `work` computes must not depend on which worker does it.
pub(super) fn each<I, S>(
    workers: usize,
    items: I,
    state: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, I::Item) + Sync,
) where
    I: Iterator + Send,
{
    if workers <= 1 {
        let mut state = state();
        items.for_each(|item| work(&mut state, item));
        return;
    }
    let items = Mutex::new(items);
    rayon::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|_| {
                let mut own = None;
                loop {
                    let next = items.lock().unwrap_or_else(PoisonError::into_inner).next();
                    let Some(item) = next else { break };
                    work(own.get_or_insert_with(&state), item);
                }
            });
        }
    });
}
