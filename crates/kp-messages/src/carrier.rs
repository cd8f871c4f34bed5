//! Who carries something out of the house: a mail server, or a call over HTTPS. Tests bring carriers of their own.

use jiff::Timestamp;
use zeroize::Zeroizing;

/// What is carried.
pub enum Sending<'a> {
    /// A mail.
    Mail {
        /// Where to.
        to: &'a str,
        /// Subject line.
        subject: &'a str,
        /// Plain text.
        body: &'a str,
        /// Left part of the Message-ID; the same at every try.
        name: &'a str,
        /// When it is sent.
        now: Timestamp,
    },
    /// A webhook, signed as Standard Webhooks has it.
    Call {
        /// Where to.
        url: &'a str,
        /// JSON.
        body: &'a str,
        /// `webhook-id`; the same at every try.
        name: &'a str,
        /// The secrets that sign, the newest first.
        secrets: &'a [Zeroizing<Vec<u8>>],
        /// When it is sent.
        now: Timestamp,
    },
}

/// Why the other side did not take it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// It never will: an address that does not exist, an answer that says so.
    pub for_good: bool,
    /// It may have arrived all the same: the other side had it and went away before it answered.
    pub doubtful: bool,
    /// What was said, or why nobody was reached.
    pub sentence: String,
}

impl Refused {
    /// Not taken for now.
    pub fn for_now(sentence: impl Into<String>) -> Self {
        Self { for_good: false, doubtful: false, sentence: sentence.into() }
    }

    /// Never taken.
    pub fn for_good(sentence: impl Into<String>) -> Self {
        Self { for_good: true, ..Self::for_now(sentence) }
    }
}

/// Carries things out of the house.
pub trait Carrier: Send + Sync {
    /// Carries one; what the other side said.
    ///
    /// # Errors
    /// Where it was not taken, for now or for good.
    fn carry(&self, sending: &Sending<'_>) -> Result<String, Refused>;
}
