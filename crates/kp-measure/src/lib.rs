//! Invented trade with labelled oddities, and how well the detectors over certificate streams find them.
//!
//! For developers: nothing here is part of the program that users run. A world comes from a seed and a size; the same two
//! give the same bytes. All participants are invented (a letter and a digit). Thresholds are chosen on the tuning seeds
//! only; what is published is measured on the held-back ones ([`TUNING`], [`HELD_BACK`]).

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "invented amounts are drawn as floats and kept as whole hundredths, far within both"
)]

pub mod baselines;
mod books;
mod decoys;
pub mod evaluate;
pub mod files;
mod labels;
pub mod page;
mod put_in;
mod trade;
mod world;

pub use labels::{Kind, Label};

use kp_detect::stream::Rows;
use kp_testkit::dice::Dice;

/// Seeds on which thresholds may be chosen.
pub const TUNING: [u64; 4] = [1, 2, 3, 4];
/// Seeds on which only the published figures are measured; never look at them while choosing.
pub const HELD_BACK: [u64; 8] = [9001, 9002, 9003, 9004, 9005, 9006, 9007, 9008];

/// An invented history with what was put in on purpose.
#[derive(Debug, Clone)]
pub struct Labelled {
    /// The tables, as `kpcs analyze` reads them.
    pub rows: Rows,
    /// The same history without the oddities, but with the innocent events.
    pub clean: Rows,
    /// What was put in.
    pub labels: Vec<Label>,
    /// Innocent events of the same outward look.
    pub decoys: Vec<Label>,
    /// How many participants.
    pub participants: usize,
}

/// Makes a history of so many certificates from a seed.
pub fn labelled(certificates: usize, seed: u64) -> Labelled {
    let mut dice = Dice::seeded(seed);
    let world = world::World::new(&mut dice, certificates);
    let mut history = trade::History::new(&world, &mut dice, certificates);
    let decoys = decoys::put_in(&world, &mut history, &mut dice);
    let mut books = books::Books::of(&world, &history, &mut dice);
    decoys::declare(&decoys, &mut books, &history);
    let clean = books.rows(&world, &history);
    let labels = put_in::put_in(&world, &mut history, &mut books, &mut dice, certificates);
    let rows = books.rows(&world, &history);
    Labelled { rows, clean, labels, decoys, participants: world.participants.len() }
}
