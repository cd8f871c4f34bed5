//! How much a full offline check costs beside the two bare signature checks in it: a ratio, printed and never asserted.
//!
//! Rulings 32. A full check reads both texts (base45), opens both strictly, checks two signatures with ring, works out
//! the Merkle path, and looks at lists, number, trade and time; the baseline is two calls of ring's ES256 for the same
//! messages, keys and signatures, in turns with it in the same run, on one core. How to read it:
//! docs/operating/benchmarks.md. `--small` does a tenth.

#![allow(clippy::print_stdout, reason = "a command for developers speaks on standard output")]

#[path = "../tests/it/world.rs"]
mod world;

use std::hint::black_box;
use std::time::{Duration, Instant};

use kp_certificate::{Credential, Receipt};
use kp_tlog::leaf_hash;
use kp_verify::{Clock, Code, Presented, Seen, State, TrustData, verify};
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use world::{World, at, content, key};

const ROUNDS: usize = 15;

struct Paper {
    credential: String,
    receipt: String,
    signed: [(Vec<u8>, [u8; 64]); 2],
}

fn main() {
    let small = std::env::args().any(|argument| argument == "--small");
    let (papers, lists) = papers(if small { 40 } else { 400 });
    let (document, log) = (raw_key("XA document"), raw_key("XA log"));
    let hashes = papers.iter().map(|paper| Receipt::from_text(&paper.receipt).map_or(0, |r| r.path().len()));
    println!("{} papers, {} hashes in their paths", papers.len(), hashes.sum::<usize>());
    let mut ratios = Vec::new();
    let (mut bare, mut full) = (Duration::ZERO, Duration::ZERO);
    for _ in 0..ROUNDS {
        let two_checks = timed(|| papers.iter().all(|paper| bare_checks(paper, &document, &log)));
        let whole = timed(|| papers.iter().all(|paper| full_check(paper, &lists) == State::Green));
        ratios.push(two_checks.as_secs_f64() / whole.as_secs_f64());
        (bare, full) = (bare + two_checks, full + whole);
    }
    ratios.sort_by(f64::total_cmp);
    let count = (papers.len() * ROUNDS) as f64;
    let reading = timed(|| {
        papers.iter().all(|paper| {
            black_box(Credential::from_text(&paper.credential)).is_ok()
                && black_box(Receipt::from_text(&paper.receipt)).is_ok()
        })
    });
    println!("  two bare ES256 checks: {:.1} us", bare.as_secs_f64() * 1e6 / count);
    println!("  full offline check:    {:.1} us", full.as_secs_f64() * 1e6 / count);
    println!("    of which reading both texts: {:.1} us", reading.as_secs_f64() * 1e6 / papers.len() as f64);
    println!(
        "  = {:.0} full checks a second on one core; {:.3} of the rate of two bare checks (median of {ROUNDS} rounds, {:.3} to {:.3})",
        count / full.as_secs_f64(),
        ratios[ROUNDS / 2],
        ratios[0],
        ratios[ROUNDS - 1],
    );
}

/// Certificates in a log of some twenty thousand entries, so that paths are as long as in a busy year.
fn papers(count: u64) -> (Vec<Paper>, TrustData) {
    let mut world = World::new();
    world.leaves.extend((0..20_000_u64).map(|each| leaf_hash(&each.to_be_bytes())));
    let papers = (1..=count).map(|number| {
        let (credential, receipt) = world.issue(&content(number));
        let root = receipt.root(&credential).expect("because the world made both");
        Paper {
            credential: credential.to_text(),
            receipt: receipt.to_text(),
            signed: [
                (credential.message().to_vec(), *credential.signature()),
                (receipt.message(root), *receipt.signature()),
            ],
        }
    });
    let papers = papers.collect();
    (papers, world.lists())
}

fn raw_key(name: &str) -> UnparsedPublicKey<Vec<u8>> {
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key(name).public().to_uncompressed())
}

fn bare_checks(
    paper: &Paper,
    document: &UnparsedPublicKey<Vec<u8>>,
    log: &UnparsedPublicKey<Vec<u8>>,
) -> bool {
    let [(credential, first), (receipt, second)] = &paper.signed;
    document.verify(credential, first).is_ok() && log.verify(receipt, second).is_ok()
}

fn full_check(paper: &Paper, lists: &TrustData) -> State {
    let presented = Presented::Codes {
        credential: Code::Text(&paper.credential),
        receipt: Some(Code::Text(&paper.receipt)),
    };
    verify(&presented, Some(lists), Clock::reading(at("2026-02-12T10:00:00Z")), &Seen::new()).state
}

/// Does it, sees that it came out well, and says how long it took.
fn timed(work: impl Fn() -> bool) -> Duration {
    let begin = Instant::now();
    assert!(black_box(work()), "a good paper was not found good");
    begin.elapsed()
}
