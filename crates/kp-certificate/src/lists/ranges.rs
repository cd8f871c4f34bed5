//! Which numbers were allotted to which office or device, and which blank papers are missing.
//!
//! Domain 4.1 (blank stock) and 3.3: a number outside every range was never given to anybody who issues, and a paper whose
//! blank was stolen is no certificate, whatever stands on it (L22, L23).

use kp_terms::{Date, ParticipantCode};
use serde::{Deserialize, Serialize};

use super::{
    file::{Head, List},
    text::{as_text, as_text_or_null, words},
};

/// The number-range list of one participant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ranges {
    /// Version and times; the issuer is the participant.
    pub head: Head,
    /// In order of their first serials; they never overlap.
    pub allotted: Vec<Allotment>,
    /// In order of their first serials.
    pub missing_blanks: Vec<MissingBlanks>,
}

/// Serials given to one desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allotment {
    /// First serial.
    pub first: u64,
    /// Last serial.
    pub last: u64,
    /// Office or device.
    pub to: String,
    /// First day of use.
    #[serde(with = "as_text")]
    pub from: Date,
    /// Last day of use.
    #[serde(with = "as_text_or_null")]
    pub until: Option<Date>,
}

/// What happened to blanks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlankState {
    /// Lost.
    Lost,
    /// Stolen.
    Stolen,
    /// Spoiled.
    Spoiled,
    /// Destroyed.
    Destroyed,
}

words!(BlankState, "a state of blanks", Lost => "lost", Stolen => "stolen", Spoiled => "spoiled", Destroyed => "destroyed");

/// Blank papers on which nothing can be issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MissingBlanks {
    /// First serial.
    pub first: u64,
    /// Last serial.
    pub last: u64,
    /// Lost, stolen, spoiled, destroyed.
    pub state: BlankState,
    /// Known since.
    #[serde(with = "as_text")]
    pub since: Date,
}

impl List for Ranges {
    const CONTENT_TYPE: &'static str = "application/kpc-ranges+cbor";

    fn head(&self) -> &Head {
        &self.head
    }

    fn sound(&self) -> Result<(), &'static str> {
        if self.head.issuer.parse::<ParticipantCode>().is_err() {
            return Err("a list of ranges is a participant's");
        }
        let turned = self.allotted.iter().any(|each| each.last < each.first)
            || self.missing_blanks.iter().any(|each| each.last < each.first);
        if turned {
            return Err("a range ends before it begins");
        }
        let apart = self.allotted.is_sorted_by(|a, b| a.last < b.first)
            && self.missing_blanks.is_sorted_by(|a, b| a.last < b.first);
        if apart { Ok(()) } else { Err("ranges are not in order, or overlap") }
    }
}

impl Ranges {
    /// The allotment that a serial lies in.
    pub fn allotment(&self, serial: u64) -> Option<&Allotment> {
        let after = self.allotted.partition_point(|each| each.first <= serial);
        self.allotted.get(after.checked_sub(1)?).filter(|each| serial <= each.last)
    }

    /// What happened to the blank paper of a serial.
    pub fn missing_blank(&self, serial: u64) -> Option<&MissingBlanks> {
        let after = self.missing_blanks.partition_point(|each| each.first <= serial);
        self.missing_blanks.get(after.checked_sub(1)?).filter(|each| serial <= each.last)
    }
}
