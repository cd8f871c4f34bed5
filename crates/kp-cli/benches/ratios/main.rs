//! How much our work costs beside the least work that stores or sums the same: ratios, printed and never asserted.
//!
//! Source: rulings 7 (the baseline waits for its disk as we do) and 32 (timings are printed). How to read what this
//! prints: docs/operating/benchmarks.md. `cargo xtask bench` runs it; `--small` does a tenth, to see that it works.

#![allow(clippy::print_stdout, reason = "a command for developers speaks on standard output")]

mod acts;
mod returns;
mod world;

use std::time::{Duration, Instant};

use anyhow::Result;

fn main() -> Result<()> {
    // `cargo bench` adds `--bench`, and tests may run benches once without it.
    let small = std::env::args().any(|argument| argument == "--small");
    let part = if small { 10 } else { 1 };
    acts::on_sqlite(1000 / part)?;
    acts::on_postgresql(1000 / part)?;
    returns::analysis(1_000_000 / part)
}

/// Says what begins, does it, and says how long it took.
fn timed<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<(T, Duration)> {
    println!("  {what} ...");
    let begin = Instant::now();
    let value = work()?;
    let took = begin.elapsed();
    println!("  {what}: {:.2} s", took.as_secs_f64());
    Ok((value, took))
}

/// How many in a second.
fn rate(count: u64, took: Duration) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / took.as_secs_f64()
}
