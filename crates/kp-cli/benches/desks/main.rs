//! Whether a desk is as quick after twenty years: search, opening a record and every queue, over HTTP on this machine,
//! beside the bare SQL of the same question. Printed and never asserted (rulings 32).
//!
//! `cargo bench --bench desks -- [--certificates N]`; N is 1,200,000 where nothing is said (needs.md 6.3: twenty years
//! of the world). What it fills in, and what it leaves out, stands in `fill.rs`. How to read it:
//! docs/operating/benchmarks.md.

#![allow(clippy::print_stdout, reason = "a command for developers speaks on standard output")]

mod ask;
mod bare;
mod browser;
mod fill;
mod world;

use std::time::Instant;

use anyhow::{Context, Result};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let named = arguments.iter().position(|argument| argument == "--certificates");
    let typed = named.and_then(|at| arguments.get(at + 1)).map(|text| text.replace('_', ""));
    let certificates: u32 = match typed {
        Some(text) => text.parse().context("--certificates takes a number")?,
        None if arguments.iter().any(|argument| argument == "--small") => 120_000,
        None => 1_200_000,
    };
    let folder = tempfile::tempdir()?;
    let begin = Instant::now();
    println!("desks: {certificates} certificates on SQLite in {}", folder.path().display());
    let world = world::World::found(folder.path())?;
    let filled = fill::fill(&world, folder.path(), certificates)?;
    println!("  filled in {:.0} s: {filled}", begin.elapsed().as_secs_f64());
    ask::all(&world, folder.path(), certificates)
}
