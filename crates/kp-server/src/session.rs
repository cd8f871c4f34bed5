//! Sessions in memory: an opened key behind a random id, gone when idle, locked or at the end of the process.
//!
//! Only the SHA-256 of an id is kept, so that a look into this memory gives no usable id. Visitors who have opened no
//! key hold nothing here: their form token is worked out from their cookie.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use anyhow::Result;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use kp_log::Signer;
use sha2::{Digest, Sha256};

use crate::act::api::KeptAnswers;

/// Rulings 27: fifteen minutes at a desk of one's own.
const IDLE: SignedDuration = SignedDuration::from_mins(15);
/// Nobody stays longer than a working day.
const LONGEST: SignedDuration = SignedDuration::from_hours(12);
/// Far more desks than one machine has; beyond it the one idle longest is locked.
const MOST: usize = 500;

struct Session {
    signer: Signer,
    started_at: Timestamp,
    used_at: Timestamp,
    answers: Arc<KeptAnswers>,
}

/// Who is at the desk of a request.
#[derive(Clone)]
pub(crate) struct AtDesk {
    pub(crate) signer: Signer,
    pub(crate) answers: Arc<KeptAnswers>,
}

pub(crate) struct Sessions {
    open: Mutex<BTreeMap<[u8; 32], Session>>,
    secret: [u8; 32],
    idle: SignedDuration,
}

impl Sessions {
    pub(crate) fn new(demo: bool) -> Result<Self> {
        // A demonstration has nothing to protect and is shown at leisure.
        let idle = if demo { LONGEST } else { IDLE };
        Ok(Self { open: Mutex::default(), secret: random_bytes()?, idle })
    }

    /// Opens a session for a key; the id that comes back is shown to nobody else.
    pub(crate) fn open(&self, signer: Signer, now: Timestamp) -> Result<String> {
        let id = random_text(32)?;
        let mut open = self.lock();
        open.retain(|_, session| self.is_alive(session, now));
        while open.len() >= MOST {
            let Some(oldest) = open.iter().min_by_key(|(_, s)| s.used_at).map(|(id, _)| *id) else { break };
            open.remove(&oldest);
        }
        let session = Session { signer, started_at: now, used_at: now, answers: Arc::default() };
        open.insert(digest(&id), session);
        Ok(id)
    }

    /// Who is at the desk with this id; being seen keeps the session alive.
    pub(crate) fn at_desk(&self, id: &str, now: Timestamp) -> Option<AtDesk> {
        let mut open = self.lock();
        let key = digest(id);
        if open.get(&key).is_some_and(|session| !self.is_alive(session, now)) {
            open.remove(&key);
        }
        let session = open.get_mut(&key)?;
        session.used_at = session.used_at.max(now);
        Some(AtDesk { signer: session.signer.clone(), answers: Arc::clone(&session.answers) })
    }

    /// Locks: the key leaves memory.
    pub(crate) fn close(&self, id: &str) {
        self.lock().remove(&digest(id));
    }

    fn is_alive(&self, session: &Session, now: Timestamp) -> bool {
        now.duration_since(session.used_at) <= self.idle && now.duration_since(session.started_at) <= LONGEST
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<[u8; 32], Session>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The token that forms of this cookie carry. Masked anew for each page, so that it never appears twice in
    /// compressed answers beside text an attacker chose.
    pub(crate) fn form_token(&self, cookie: &str) -> Result<String> {
        let mask: [u8; 32] = random_bytes()?;
        let mut masked = mask.to_vec();
        masked.extend(self.token_of(cookie).iter().zip(mask).map(|(t, m)| t ^ m));
        Ok(URL_SAFE_NO_PAD.encode(masked))
    }

    /// Whether a form's token belongs to this cookie. Compared without stopping at the first difference.
    pub(crate) fn is_form_token(&self, cookie: &str, typed: &str) -> bool {
        let Ok(masked) = URL_SAFE_NO_PAD.decode(typed) else { return false };
        let Some((mask, token)) = masked.split_at_checked(32).filter(|(_, token)| token.len() == 32) else {
            return false;
        };
        let expected = self.token_of(cookie);
        let differing = expected.iter().zip(mask).zip(token).fold(0, |all, ((e, m), t)| all | (e ^ m ^ t));
        differing == 0
    }

    fn token_of(&self, cookie: &str) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(self.secret);
        hash.update(cookie.as_bytes());
        // Hashed twice over the secret: the length of what is hashed inside cannot be extended from outside.
        let inner = hash.finalize();
        let mut outer = Sha256::new();
        outer.update(self.secret);
        outer.update(inner);
        outer.finalize().into()
    }
}

fn digest(id: &str) -> [u8; 32] {
    Sha256::digest(id.as_bytes()).into()
}

fn random_bytes<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|e| anyhow::anyhow!("the system gave no random bytes: {e}"))?;
    Ok(bytes)
}

/// So many random bytes as text for a cookie, a token or a reference.
pub(crate) fn random_text(bytes: usize) -> Result<String> {
    let random: [u8; 32] = random_bytes()?;
    Ok(URL_SAFE_NO_PAD.encode(random.get(..bytes).unwrap_or(&random)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_token_belongs_to_one_cookie_and_looks_different_each_time() {
        let sessions = Sessions::new(false).unwrap();
        let (one, two) = (sessions.form_token("a").unwrap(), sessions.form_token("a").unwrap());
        assert_ne!(one, two);
        assert!(sessions.is_form_token("a", &one) && sessions.is_form_token("a", &two));
        assert!(!sessions.is_form_token("b", &one));
        assert!(!sessions.is_form_token("a", ""));
        assert!(!sessions.is_form_token("a", &one[..40]));
        assert!(!Sessions::new(false).unwrap().is_form_token("a", &one));
    }
}
