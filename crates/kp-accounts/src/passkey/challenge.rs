//! Questions to authenticators. A question says itself when it was asked, of whom and what for, under a seal: nothing is kept
//! for somebody who only asks. What is kept is which questions were answered rightly, until they are too old to serve.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use anyhow::Result;
use jiff::{SignedDuration, Timestamp};

use super::{Site, random};
use crate::{
    Accounts,
    common::{same, sha256},
};

/// How long a question waits for its answer. WebAuthn 5.4 recommends five to ten minutes.
const SERVES: SignedDuration = SignedDuration::from_mins(5);

/// What a question is asked for: an answer to one serves for no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To make a passkey.
    New,
    /// To sign in.
    SignIn,
    /// To show a factor again, being signed in.
    Factor,
}

impl Purpose {
    /// The word in addresses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::SignIn => "sign-in",
            Self::Factor => "factor",
        }
    }
}

impl std::str::FromStr for Purpose {
    type Err = kp_terms::ReadError;

    fn from_str(text: &str) -> Result<Self, kp_terms::ReadError> {
        [Self::New, Self::SignIn, Self::Factor].into_iter().find(|purpose| purpose.word() == text).ok_or_else(
            || kp_terms::ReadError::new(format!("{text:?} is nothing that a passkey is asked for")),
        )
    }
}

/// What an answer has to fit.
#[derive(Debug, Clone, Copy)]
pub struct Ceremony<'a> {
    /// Where.
    pub site: &'a Site,
    /// The browser that was asked: its cookie.
    pub asker: &'a str,
    /// What for.
    pub purpose: Purpose,
}

/// Questions that were answered rightly, and what else serves once, with the instant from which they would be too old anyway.
#[derive(Default)]
pub struct Spent(Mutex<BTreeMap<Vec<u8>, Timestamp>>);

const NONCE: usize = 16;
const INSTANT: usize = 8;

impl Accounts {
    /// A question.
    ///
    /// # Errors
    /// Where the system gives no random bytes.
    pub fn challenge(&self, purpose: Purpose, asker: &str, now: Timestamp) -> Result<Vec<u8>> {
        let nonce: [u8; NONCE] = random()?;
        let asked = now.as_second().to_be_bytes();
        let seal = self.seal_of(&nonce, asked, purpose, asker);
        Ok([nonce.as_slice(), &asked, &seal].concat())
    }

    /// Whether a question is one of ours, asked of this browser for this, and still waits.
    pub(super) fn waits(&self, challenge: &[u8], ceremony: &Ceremony<'_>, now: Timestamp) -> bool {
        let read = || {
            let (nonce, rest) = challenge.split_first_chunk::<NONCE>()?;
            let (asked, seal) = rest.split_first_chunk::<INSTANT>()?;
            Some((nonce, *asked, seal))
        };
        let Some((nonce, asked, seal)) = read() else { return false };
        let ours = same(seal, &self.seal_of(nonce, asked, ceremony.purpose, ceremony.asker));
        let age = now.as_second().saturating_sub(i64::from_be_bytes(asked));
        ours && (0..=SERVES.as_secs()).contains(&age) && !self.spent.is_spent(challenge)
    }

    /// Takes a question out of use; whether it was in use.
    pub(super) fn spend(&self, challenge: &[u8], now: Timestamp) -> Result<bool> {
        self.spent.spend(challenge, SERVES, now)
    }

    fn seal_of(&self, nonce: &[u8; NONCE], asked: [u8; INSTANT], purpose: Purpose, asker: &str) -> [u8; 32] {
        let inner = sha256(&[
            b"kpcs challenge",
            self.secret.as_slice(),
            nonce,
            &asked,
            purpose.word().as_bytes(),
            asker.as_bytes(),
        ]);
        sha256(&[b"kpcs challenge", self.secret.as_slice(), &inner])
    }
}

impl Spent {
    /// Whether something was taken out of use.
    pub(crate) fn is_spent(&self, mark: &[u8]) -> bool {
        self.lock().contains_key(mark)
    }

    /// Takes something out of use for as long as it could serve; whether it was in use.
    pub(crate) fn spend(&self, mark: &[u8], serves: SignedDuration, now: Timestamp) -> Result<bool> {
        let until = now.checked_add(serves)?;
        let mut spent = self.lock();
        spent.retain(|_, until| *until >= now);
        Ok(spent.insert(mark.to_vec(), until).is_none())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<Vec<u8>, Timestamp>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
