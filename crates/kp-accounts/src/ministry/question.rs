//! What a browser takes to the provider and brings back. As with passkeys, nothing is kept for who only asks: the question goes
//! along under a seal, bound to the browser's cookie. Kept is which questions were answered, until they are too old to serve.

use anyhow::Result;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::Proven;
use crate::{
    Accounts,
    common::{random, sha256},
    seal,
};

/// How long a question waits for its answer, and the answer for the password.
pub const SERVES: SignedDuration = SignedDuration::from_mins(10);
/// How far the provider's clock may be from ours.
pub const SKEW: SignedDuration = SignedDuration::from_mins(2);
/// Longest path to come back to; a longer one leads to the front page.
const LONGEST_BACK: usize = 500;

/// What a proof is asked for: one serves for no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Purpose {
    /// To sign in.
    SignIn,
    /// To bind the account of who is signed in.
    Bind,
    /// To show a factor again, being signed in.
    Factor,
}

/// A question to the provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// What for.
    pub purpose: Purpose,
    /// Who asks, being signed in; empty to sign in.
    pub officer_id: String,
    /// Where the officer wants to be afterwards.
    pub back: String,
    /// Where the provider sends the browser.
    pub redirect: String,
    /// How old a sign-in at the provider may be, minutes; 0: it is asked for anew.
    pub session_minutes: i64,
    /// Comes back inside the token.
    pub nonce: String,
    /// Proves that whoever brings the code asked for it (PKCE).
    pub verifier: String,
    asked: i64,
}

impl Question {
    /// When it was asked.
    pub fn asked_at(&self) -> Timestamp {
        Timestamp::from_second(self.asked).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Whether a sign-in at the provider is as young as was asked for.
    pub fn is_met_by(&self, auth_at: Timestamp, now: Timestamp) -> bool {
        let oldest = self.asked.saturating_sub(self.session_minutes.saturating_mul(60));
        let skew = SKEW.as_secs();
        (oldest.saturating_sub(skew)..=now.as_second().saturating_add(skew)).contains(&auth_at.as_second())
    }

    fn mark(&self) -> Vec<u8> {
        sha256(&[b"kpcs ministry question", self.nonce.as_bytes()]).to_vec()
    }
}

/// Somebody whom the provider proved, between its answer and the password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// What it was asked for.
    pub purpose: Purpose,
    /// Who asked, being signed in; empty to sign in.
    pub officer_id: String,
    /// Where the officer wants to be afterwards.
    pub back: String,
    /// The provider.
    pub issuer: String,
    /// The person.
    pub subject: String,
    /// What the provider calls them.
    pub name: String,
    auth: i64,
    known: i64,
    id: String,
}

impl Known {
    /// When the person signed in at the provider; not later than a moment of ours.
    pub fn auth_at(&self, now: Timestamp) -> Timestamp {
        Timestamp::from_second(self.auth).unwrap_or(Timestamp::UNIX_EPOCH).min(now)
    }

    pub(crate) fn mark(&self) -> Vec<u8> {
        sha256(&[b"kpcs ministry known", self.id.as_bytes()]).to_vec()
    }
}

/// What a question is about, beside its secrets.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// What for.
    pub purpose: Purpose,
    /// Who asks, being signed in; empty to sign in.
    pub officer_id: &'a str,
    /// Where to afterwards.
    pub back: &'a str,
    /// Where the provider sends the browser.
    pub redirect: &'a str,
    /// How old a sign-in at the provider may be, minutes.
    pub session_minutes: i64,
}

impl Accounts {
    /// A question to the provider, with secrets of its own. Only to sign in does a sign-in of earlier serve.
    ///
    /// # Errors
    /// Where the system gives no random bytes.
    pub fn ministry_question(&self, about: &About<'_>, now: Timestamp) -> Result<Question> {
        let text = || Ok::<_, anyhow::Error>(URL_SAFE_NO_PAD.encode(random::<32>()?));
        let back = if about.back.len() > LONGEST_BACK { "/" } else { about.back };
        Ok(Question {
            purpose: about.purpose,
            officer_id: about.officer_id.to_owned(),
            back: back.to_owned(),
            redirect: about.redirect.to_owned(),
            session_minutes: if about.purpose == Purpose::SignIn { about.session_minutes } else { 0 },
            nonce: text()?,
            verifier: text()?,
            asked: now.as_second(),
        })
    }

    /// The question as it travels: nobody reads or changes it on the way, and it serves the browser that asked only.
    ///
    /// # Errors
    /// Where the system gives no random bytes.
    pub fn ministry_state(&self, question: &Question, asker: &str) -> Result<String> {
        self.travelling(&of_asker(asker), question)
    }

    /// The question that comes back with an answer, taken out of use: none where it was not ours, not this browser's, too old,
    /// or answered before.
    ///
    /// # Errors
    /// Where sealing fails.
    pub fn take_ministry_question(
        &self,
        state: &str,
        asker: &str,
        now: Timestamp,
    ) -> Result<Option<Question>> {
        let Some(question) = self.travelled::<Question>(&of_asker(asker), state)? else { return Ok(None) };
        let serves = is_young(question.asked, now) && self.spent.spend(&question.mark(), SERVES, now)?;
        Ok(Some(question).filter(|_| serves))
    }

    /// Whom the provider proved, as the browser keeps it until the password is typed.
    ///
    /// # Errors
    /// Where the system gives no random bytes.
    pub fn keep_known(&self, question: &Question, proven: &Proven, now: Timestamp) -> Result<String> {
        let known = Known {
            purpose: question.purpose,
            officer_id: question.officer_id.clone(),
            back: question.back.clone(),
            issuer: proven.issuer.clone(),
            subject: proven.subject.clone(),
            name: proven.name.clone(),
            auth: proven.auth_at.as_second(),
            known: now.as_second(),
            id: URL_SAFE_NO_PAD.encode(random::<16>()?),
        };
        self.travelling(KNOWN, &known)
    }

    /// What a browser kept of it: none where it is not ours, too old, or used up.
    ///
    /// # Errors
    /// Where sealing fails.
    pub fn known(&self, kept: &str, now: Timestamp) -> Result<Option<Known>> {
        let known = self.travelled::<Known>(KNOWN, kept)?;
        Ok(known.filter(|known| is_young(known.known, now) && !self.spent.is_spent(&known.mark())))
    }

    fn travelling(&self, about: &str, what: &impl Serialize) -> Result<String> {
        let plain = zeroize::Zeroizing::new(serde_json::to_vec(what)?);
        Ok(URL_SAFE_NO_PAD.encode(seal::seal(&self.secret, about, &plain)?))
    }

    fn travelled<T: DeserializeOwned>(&self, about: &str, text: &str) -> Result<Option<T>> {
        let Ok(sealed) = URL_SAFE_NO_PAD.decode(text) else { return Ok(None) };
        let opened = seal::open(&self.secret, about, &sealed)?;
        Ok(opened.and_then(|plain| serde_json::from_slice(&plain).ok()))
    }
}

const KNOWN: &str = "known by the ministry";

fn of_asker(asker: &str) -> String {
    format!("question to the ministry by {asker}")
}

fn is_young(second: i64, now: Timestamp) -> bool {
    (0..=SERVES.as_secs()).contains(&now.as_second().saturating_sub(second))
}
