//! Whether a desk is as quick after twenty years: search, opening a record and every queue, over HTTP on this machine,
//! beside the bare SQL of the same question; then with two hundred people at work at once, of whom nobody may see an error.
//! Times are printed and never asserted (rulings 32).
//!
//! `cargo bench --bench desks -- [--certificates N] [--people N]`, or `-- --derive` for how long all that is derived takes from the log
//! (`derive.rs`); the first is 1,200,000 where nothing is said (needs.md 6.3: twenty years
//! of the world). What it fills in, and what it leaves out, stands in `fill.rs`. How to read it:
//! docs/operating/benchmarks.md.

#![allow(clippy::print_stdout, reason = "a command for developers speaks on standard output")]

mod ask;
mod bare;
mod browser;
mod derive;
mod fill;
mod load;
mod world;

use std::time::Instant;

use anyhow::{Context, Result};

fn main() -> Result<()> {
    let is_small = std::env::args().any(|argument| argument == "--small");
    let certificates = number("--certificates")?.unwrap_or(if is_small { 120_000 } else { 1_200_000 });
    let people = number("--people")?.unwrap_or(200);
    let folder = tempfile::tempdir()?;
    let begin = Instant::now();
    println!("desks: {certificates} certificates on SQLite in {}", folder.path().display());
    let world = world::World::found(folder.path())?;
    if std::env::args().any(|argument| argument == "--derive") {
        return derive::all(world, folder.path(), certificates);
    }
    let filled = fill::fill(&world, folder.path(), certificates)?;
    println!("  filled in {:.0} s: {filled}", begin.elapsed().as_secs_f64());
    ask::all(&world, folder.path(), certificates, people)
}

/// The number that stands after this name on the command line.
fn number(name: &str) -> Result<Option<u32>> {
    let mut arguments = std::env::args().skip_while(|argument| argument != name).skip(1);
    let typed = arguments.next().map(|text| text.replace('_', ""));
    typed.map(|text| text.parse().with_context(|| format!("{name} takes a number"))).transpose()
}
