//! Which certificates of one participant there are, and what became of them.
//!
//! The positive list: for every number the first 16 bytes of the SHA-256 of its credential, in runs of numbers that
//! follow each other, complete up to a size of the log and a time (security 1.6). With it a certificate signed with a
//! stolen key and not in the log is red after one update. What became of a number is kept by number, not by hash
//! (security 2.2). It holds no names and no figures; how many numbers there are it cannot hide.

use kp_terms::{ParticipantCode, Timestamp};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use super::{
    file::{Head, List},
    text::{as_bytes, as_text},
};

/// Bytes kept of each hash.
const KEPT: usize = 16;

/// The status list of one participant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Status {
    /// Version and times; the issuer is the participant.
    pub head: Head,
    /// How far the list of certificates is complete: for each log its size and the time; the latest last.
    pub complete: Vec<Complete>,
    /// The certificates, in order of their serials.
    pub certificates: Vec<Run>,
    /// What became of some of them, in order of serials, then of time.
    pub fates: Vec<Fate>,
}

/// Everything in this log up to there is in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Complete {
    /// The log: `kp.XA/2026`.
    pub log: String,
    /// So many entries of it.
    pub size: u64,
    /// As of then.
    #[serde(with = "as_text")]
    pub at: Timestamp,
}

/// Certificates whose serials follow each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// The first serial.
    pub first: u64,
    /// 16 bytes for each.
    #[serde(with = "as_bytes")]
    pub hashes: Vec<u8>,
}

impl Run {
    /// How many.
    pub fn count(&self) -> u64 {
        (self.hashes.len() / KEPT) as u64
    }
}

/// What became of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Presented at import.
    Used,
    /// Made void before use.
    Void,
    /// Declared lost.
    Lost,
    /// Declared stolen.
    Stolen,
    /// A forged paper bears this number.
    Counterfeit,
    /// Another certificate took its place.
    Replaced,
    /// Not used in time and given back.
    Expired,
    /// Goods and paper are held.
    Detained,
    /// Goods were seized.
    Seized,
    /// Goods went back to the exporter.
    Returned,
}

impl State {
    /// All states; the place in the list is the number that stands in bytes, from 1.
    pub const ALL: [Self; 10] = [
        Self::Used,
        Self::Void,
        Self::Lost,
        Self::Stolen,
        Self::Counterfeit,
        Self::Replaced,
        Self::Expired,
        Self::Detained,
        Self::Seized,
        Self::Returned,
    ];

    /// The order in which a verifier says what became of a number (specs/certificate.md): the first is the sentence.
    pub const SAID_FIRST: [Self; 10] = [
        Self::Used,
        Self::Counterfeit,
        Self::Stolen,
        Self::Lost,
        Self::Void,
        Self::Replaced,
        Self::Expired,
        Self::Detained,
        Self::Seized,
        Self::Returned,
    ];

    fn number(self) -> u64 {
        Self::ALL.iter().zip(1..).find(|(state, _)| **state == self).map_or(0, |(_, number)| number)
    }

    fn from_number(number: u64) -> Option<Self> {
        Self::ALL.get(usize::try_from(number.checked_sub(1)?).ok()?).copied()
    }
}

/// One fate of one number; in bytes `[serial, state, seconds since 1970, place, replaced by or null]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fate {
    /// The number's serial.
    pub serial: u64,
    /// What happened.
    pub state: State,
    /// When.
    pub at: Timestamp,
    /// Where: a participant's code, or an office.
    pub place: String,
    /// The serial of the certificate that took its place.
    pub replaced_by: Option<u64>,
}

impl Serialize for Fate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.serial, self.state.number(), self.at.as_second(), &self.place, self.replaced_by)
            .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Fate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (serial, state, at, place, replaced_by): (u64, u64, i64, String, Option<u64>) =
            Deserialize::deserialize(deserializer)?;
        let state = State::from_number(state).ok_or_else(|| D::Error::custom("a state that is not known"))?;
        let at = Timestamp::from_second(at).map_err(D::Error::custom)?;
        Ok(Self { serial, state, at, place, replaced_by })
    }
}

impl List for Status {
    const CONTENT_TYPE: &'static str = "application/kpc-status+cbor";

    fn head(&self) -> &Head {
        &self.head
    }

    fn sound(&self) -> Result<(), &'static str> {
        if self.head.issuer.parse::<ParticipantCode>().is_err() {
            return Err("a status list is a participant's");
        }
        if self.certificates.iter().any(|run| run.hashes.is_empty() || run.hashes.len() % KEPT != 0) {
            return Err("a run of certificates holds no whole number of hashes");
        }
        // Runs that touch would be one run: one list, one form.
        let apart = |a: &Run, b: &Run| a.first.checked_add(a.count()).is_some_and(|after| after < b.first);
        if !self.certificates.is_sorted_by(apart) {
            return Err("runs of certificates are not in order, or touch each other");
        }
        if !self.fates.is_sorted_by_key(|fate| (fate.serial, fate.at)) {
            return Err("fates are not in the order of their serials");
        }
        if !self.complete.is_sorted_by(|a, b| a.at <= b.at && a.log != b.log) {
            return Err("logs are not in the order in which they are complete");
        }
        Ok(())
    }
}

impl Status {
    /// Runs of certificates from serials and hashes in any order; of a serial that is there twice the last one counts.
    pub fn runs(certificates: impl IntoIterator<Item = (u64, [u8; KEPT])>) -> Vec<Run> {
        let sorted: std::collections::BTreeMap<_, _> = certificates.into_iter().collect();
        let mut runs: Vec<Run> = Vec::new();
        for (serial, hash) in sorted {
            match runs.last_mut() {
                Some(run) if run.first + run.count() == serial => run.hashes.extend_from_slice(&hash),
                _ => runs.push(Run { first: serial, hashes: hash.to_vec() }),
            }
        }
        runs
    }

    /// What stays of fates in the order of the list: of a number that is long over the one that a verifier says, the earliest
    /// of that sort; of any other all of them. No verdict gets better by it, and its sentence stays the same.
    pub fn prune(fates: Vec<Fate>, is_long_over: impl Fn(u64) -> bool) -> Vec<Fate> {
        let said = |fate: &Fate| State::SAID_FIRST.iter().position(|state| *state == fate.state);
        let mut kept: Vec<Fate> = Vec::with_capacity(fates.len());
        for fate in fates {
            match kept.last_mut() {
                Some(last) if last.serial == fate.serial && is_long_over(fate.serial) => {
                    if said(&fate) < said(last) {
                        *last = fate;
                    }
                }
                _ => kept.push(fate),
            }
        }
        kept
    }

    /// The hash under which a number stands in the list.
    pub fn certificate(&self, serial: u64) -> Option<[u8; KEPT]> {
        let after = self.certificates.partition_point(|run| run.first <= serial);
        let run = self.certificates.get(after.checked_sub(1)?)?;
        let at = usize::try_from(serial - run.first).ok()?.checked_mul(KEPT)?;
        run.hashes.get(at..at.checked_add(KEPT)?)?.try_into().ok()
    }

    /// What became of a number, earliest first.
    pub fn fates_of(&self, serial: u64) -> &[Fate] {
        let from = self.fates.partition_point(|fate| fate.serial < serial);
        let to = self.fates.partition_point(|fate| fate.serial <= serial);
        self.fates.get(from..to).unwrap_or_default()
    }

    /// The time up to which every certificate is in the list.
    pub fn complete_until(&self) -> Option<Timestamp> {
        self.complete.last().map(|complete| complete.at)
    }

    /// How many entries of a log are covered.
    pub fn complete_size(&self, log: &str) -> Option<u64> {
        self.complete.iter().find(|complete| complete.log == log).map(|complete| complete.size)
    }
}
