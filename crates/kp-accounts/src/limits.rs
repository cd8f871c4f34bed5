//! Waits that grow with failures, per account, per browser and per address. Nobody is locked out by somebody else.
//!
//! OWASP authentication cheat sheet ("device cookies"): a browser that has signed in to an account before has a bucket of its
//! own, so that failures from elsewhere do not make it wait. In memory: a restart forgets, which nobody outside can cause.
//! The figures are ours.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use jiff::{SignedDuration, Timestamp};

use crate::common::sha256;

/// Far more than honest people fill; beyond it the one quiet longest goes.
const MOST: usize = 20_000;
/// A bucket without failures for this long is empty.
const FORGOTTEN: SignedDuration = SignedDuration::from_hours(1);

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of<'a> {
    /// An account, from browsers that never signed in to it.
    Account(&'a str),
    /// An account, from one browser that did.
    Browser(&'a str, &'a str),
    /// An address, whatever the account.
    Address(&'a str),
    /// An officer, refused what is not there or not theirs.
    Denials(&'a str),
}

impl Of<'_> {
    fn key(self) -> [u8; 32] {
        match self {
            Self::Account(id) => sha256(&[b"account", id.as_bytes()]),
            Self::Browser(id, mark) => sha256(&[b"browser", id.as_bytes(), mark.as_bytes()]),
            Self::Address(address) => sha256(&[b"address", address.as_bytes()]),
            Self::Denials(id) => sha256(&[b"denials", id.as_bytes()]),
        }
    }

    /// How many failures are free, and the longest wait in seconds. An office shares an address.
    const fn allowance(self) -> (u32, i64) {
        match self {
            Self::Account(_) | Self::Browser(..) => (4, 900),
            Self::Address(_) => (30, 300),
            // Mistyped numbers are a few a day; who asks through all numbers waits a minute for each.
            Self::Denials(_) => (60, 60),
        }
    }
}

#[derive(Clone, Copy)]
struct Bucket {
    failures: u32,
    last: Timestamp,
}

/// All buckets.
#[derive(Default)]
pub struct Limits(Mutex<BTreeMap<[u8; 32], Bucket>>);

impl Limits {
    /// How many seconds are still to be waited; none where another attempt may be made.
    pub fn wait(&self, of: &[Of<'_>], now: Timestamp) -> Option<i64> {
        let all = self.lock();
        of.iter().filter_map(|of| left(all.get(&of.key())?, of.allowance(), now)).max()
    }

    /// Notes a failure.
    pub fn failed(&self, of: &[Of<'_>], now: Timestamp) {
        let mut all = self.lock();
        all.retain(|_, bucket| now.duration_since(bucket.last) < FORGOTTEN);
        for of in of {
            if all.len() >= MOST
                && let Some(oldest) = all.iter().min_by_key(|(_, b)| b.last).map(|(key, _)| *key)
            {
                all.remove(&oldest);
            }
            let bucket = all.entry(of.key()).or_insert(Bucket { failures: 0, last: now });
            bucket.failures = bucket.failures.saturating_add(1);
            bucket.last = now;
        }
    }

    /// Empties a bucket: the person is in. Of an address only this attempt is taken back, or one good account would pay for
    /// guessing at others.
    pub fn succeeded(&self, of: &[Of<'_>]) {
        let mut all = self.lock();
        for of in of {
            match (of, all.get_mut(&of.key())) {
                (Of::Address(_), Some(bucket)) => bucket.failures = bucket.failures.saturating_sub(1),
                _ => {
                    all.remove(&of.key());
                }
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<[u8; 32], Bucket>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One second after the first failure that is not free, then twice as long each time.
fn left(bucket: &Bucket, (free, longest): (u32, i64), now: Timestamp) -> Option<i64> {
    let beyond = bucket.failures.checked_sub(free).filter(|beyond| *beyond > 0)?;
    let wait = 1_i64.checked_shl(beyond - 1).filter(|wait| *wait > 0).unwrap_or(longest).min(longest);
    let passed = now.duration_since(bucket.last).as_secs();
    (passed < wait).then_some(wait - passed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    #[test]
    fn waits_grow_and_end() {
        let limits = Limits::default();
        let of = [Of::Account("xa-clerk-1")];
        for _ in 0..4 {
            limits.failed(&of, at(0));
            assert_eq!(limits.wait(&of, at(0)), None, "four are free");
        }
        let mut waits = Vec::new();
        for _ in 0..12 {
            limits.failed(&of, at(0));
            waits.push(limits.wait(&of, at(0)).unwrap());
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
        assert_eq!(limits.wait(&of, at(899)), Some(1));
        assert_eq!(limits.wait(&of, at(900)), None);
        limits.succeeded(&of);
        assert_eq!(limits.wait(&of, at(0)), None);
    }

    #[test]
    fn failures_from_elsewhere_make_a_known_browser_wait_for_nothing() {
        let limits = Limits::default();
        for _ in 0..40 {
            limits.failed(&[Of::Account("xa-clerk-1"), Of::Address("203.0.113.9")], at(0));
        }
        assert!(limits.wait(&[Of::Account("xa-clerk-1"), Of::Address("198.51.100.1")], at(1)).is_some());
        assert_eq!(limits.wait(&[Of::Browser("xa-clerk-1", "m"), Of::Address("198.51.100.1")], at(1)), None);
        assert!(limits.wait(&[Of::Account("xb-clerk-1"), Of::Address("203.0.113.9")], at(1)).is_some());
        limits.succeeded(&[Of::Address("203.0.113.9")]);
        assert!(limits.wait(&[Of::Address("203.0.113.9")], at(1)).is_some(), "an address stays counted");
        for _ in 0..100 {
            limits.failed(&[Of::Address("192.0.2.1")], at(2));
            limits.succeeded(&[Of::Address("192.0.2.1")]);
        }
        assert_eq!(
            limits.wait(&[Of::Address("192.0.2.1")], at(2)),
            None,
            "an office that signs in all day waits for nothing"
        );
    }

    #[test]
    fn memory_is_bounded_and_an_hour_forgets() {
        let limits = Limits::default();
        for n in 0..MOST + 50 {
            let address = n.to_string();
            limits.0.lock().unwrap().insert(Of::Address(&address).key(), Bucket { failures: 1, last: at(0) });
        }
        limits.failed(&[Of::Address("new")], at(1));
        assert!(limits.0.lock().unwrap().len() <= MOST + 50);
        limits.failed(&[Of::Address("new")], at(4000));
        assert_eq!(limits.0.lock().unwrap().len(), 1);
    }
}
