//! What every fuzz target keeps an eye on beside crashes: the processor time and the memory that an input takes.
//!
//! libFuzzer's own limits need whole seconds and a sanitizer; ours count processor time, so that a busy machine is no
//! finding, and every allocation, so that nothing but a stable compiler is needed.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// Counts what is allocated and stops the process where one input takes too much.
struct Counting;

static LIVE: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(usize::MAX);

impl Counting {
    fn add(size: usize) {
        let live = LIVE.fetch_add(size, Relaxed) + size;
        if live > MOST.load(Relaxed) {
            MOST.store(usize::MAX, Relaxed);
            eprintln!("FOUND: {live} bytes are allocated at once, the last time {size}");
            std::process::abort();
        }
    }
}

// SAFETY: passes everything on to the system's allocator and only counts beside it.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        Self::add(layout.size());
        // SAFETY: as promised by the caller.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        Self::add(layout.size());
        // SAFETY: as promised by the caller.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Relaxed);
        // SAFETY: as promised by the caller.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        LIVE.fetch_sub(layout.size(), Relaxed);
        Self::add(size);
        // SAFETY: as promised by the caller.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// Runs one input. More than `megabytes` at once or `milliseconds` of processor time is a finding.
///
/// The requirement is 16 MB and 50 ms for a small input; code with counters in it is three to five times slower, so
/// targets say their limit with that margin.
pub fn limited(megabytes: usize, milliseconds: u64, run: impl FnOnce()) {
    MOST.store(LIVE.load(Relaxed) + megabytes * 1024 * 1024, Relaxed);
    let start = processor_time();
    run();
    let took = processor_time() - start;
    MOST.store(usize::MAX, Relaxed);
    if took > milliseconds {
        eprintln!("FOUND: took {took} ms of processor time, {milliseconds} are allowed");
        std::process::abort();
    }
}

/// Milliseconds that this thread has run.
fn processor_time() -> u64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the clock exists on every system we fuzz on, and the struct is ours.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
    time.tv_sec as u64 * 1000 + time.tv_nsec as u64 / 1_000_000
}
