//! How much a full offline check costs beside the two bare signature checks in it: a ratio, printed and never asserted.
//!
//! Rulings 32. A full check reads both texts (base45), opens both strictly, checks two signatures with ring, works out
//! the Merkle path, and looks at lists, number, trade and time; the baseline is two calls of ring's ES256 for the same
//! messages, keys and signatures, in turns with it in the same run, on one core; of each paper the shortest times count. How to read it:
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

const ROUNDS: usize = 25;

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
    println!("{} papers, {} hashes in their paths, {ROUNDS} rounds", papers.len(), hashes.sum::<usize>());
    let (mut bare, mut full, mut reading) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
    for paper in &papers {
        let [two_checks, whole, texts] = shortest(paper, &lists, &document, &log);
        (bare, full, reading) = (bare + two_checks, full + whole, reading + texts);
    }
    let each = |sum: Duration| sum.as_secs_f64() * 1e6 / papers.len() as f64;
    println!("  two bare ES256 checks: {:.1} us", each(bare));
    println!("  full offline check:    {:.1} us", each(full));
    println!("    of which reading both texts: {:.1} us", each(reading));
    println!(
        "  = {:.0} full checks a second on one core; {:.3} of the rate of two bare checks",
        1e6 / each(full),
        bare.as_secs_f64() / full.as_secs_f64()
    );
}

/// The shortest time of each for one paper, in turns: whatever else the machine does only makes a time longer.
fn shortest(
    paper: &Paper,
    lists: &TrustData,
    document: &UnparsedPublicKey<Vec<u8>>,
    log: &UnparsedPublicKey<Vec<u8>>,
) -> [Duration; 3] {
    let mut least = [Duration::MAX; 3];
    for _ in 0..ROUNDS {
        let times = [
            timed(|| bare_checks(paper, document, log)),
            timed(|| full_check(paper, lists) == State::Green),
            timed(|| {
                black_box(Credential::from_text(&paper.credential)).is_ok()
                    && black_box(Receipt::from_text(&paper.receipt)).is_ok()
            }),
        ];
        least.iter_mut().zip(times).for_each(|(least, time)| *least = time.min(*least));
    }
    least
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
        paper: &kp_verify::OnPaper::NOTHING,
    };
    verify(&presented, Some(lists), Clock::reading(at("2026-02-12T10:00:00Z")), &Seen::new()).state
}

/// Does it, sees that it came out well, and says how long it took.
fn timed(work: impl Fn() -> bool) -> Duration {
    let begin = Instant::now();
    assert!(black_box(work()), "a good paper was not found good");
    begin.elapsed()
}
