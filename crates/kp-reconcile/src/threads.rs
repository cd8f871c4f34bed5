//! Work on all cores, and telling how far it is.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use crate::failure::Failure;

/// What is being done, for a person who waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reading certificates.
    Certificates,
    /// Looking at certificates alone: unit values, numbers and seals used twice.
    Looking,
    /// Reading confirmations and matching them.
    Confirmations,
    /// Writing the results.
    Writing,
}

/// How far the work is.
#[derive(Clone, Copy)]
pub(crate) struct Progress<'a> {
    pub(crate) threads: usize,
    pub(crate) stage: Stage,
    /// Is told the stage, what is done of it, and how much there is.
    pub(crate) told: &'a (dyn Fn(Stage, u64, u64) + Sync),
}

impl<'a> Progress<'a> {
    pub(crate) fn at(self, stage: Stage) -> Self {
        Self { stage, ..self }
    }

    pub(crate) fn step(&self, done: u64, of: u64) {
        (self.told)(self.stage, done.min(of), of);
    }
}

/// Runs the same work on several threads, and returns what each found, or the first failure.
pub(crate) fn on_all<T: Send>(
    threads: usize,
    work: impl Fn() -> Result<T, Failure> + Sync,
) -> Result<Vec<T>, Failure> {
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(&work)).collect();
        let mut all = vec![work()];
        for other in others {
            all.push(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        all.into_iter().collect()
    })
}

/// Does tasks on several threads, the first free thread taking the next; results come in the tasks' order.
pub(crate) fn in_turn<T: Send>(
    threads: usize,
    tasks: Vec<Box<dyn FnOnce() -> T + Send + '_>>,
    done: impl Fn(usize, usize) + Sync,
) -> Vec<T> {
    let count = tasks.len();
    let waiting: Vec<Mutex<Option<_>>> = tasks.into_iter().map(|task| Mutex::new(Some(task))).collect();
    let results: Vec<Mutex<Option<T>>> = (0..count).map(|_| Mutex::new(None)).collect();
    let (next, ready) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(place) = waiting.get(at) else { return };
            let task = place.lock().unwrap_or_else(PoisonError::into_inner).take();
            let result = task.map(|task| task());
            *results[at].lock().unwrap_or_else(PoisonError::into_inner) = result;
            done(ready.fetch_add(1, Ordering::Relaxed) + 1, count);
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
    results
        .into_iter()
        .filter_map(|result| result.into_inner().unwrap_or_else(PoisonError::into_inner))
        .collect()
}
