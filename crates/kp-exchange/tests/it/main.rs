//! The one test binary of kp-exchange: real figures, ugly files, and the law that no row is ever lost.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

mod capacities;
mod confirmations;
mod law;
mod libreoffice;
mod participants;
mod real_figures;
mod return_sheets;
mod ugly_text;
mod ugly_workbooks;

use std::path::PathBuf;

use kp_exchange::{Counts, Reading, read_production};

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// Reads one fixture; the law is checked on every one.
fn read(name: &str) -> Reading {
    let reading = read_production(&[fixture(name)]);
    assert!(reading.law_holds(), "{name}: {:?}", reading.counts());
    reading
}

const fn counts(used: usize, nil: usize, duplicate: usize, rejected: usize) -> Counts {
    Counts { read: used + nil + duplicate + rejected, used, nil, duplicate, rejected }
}
