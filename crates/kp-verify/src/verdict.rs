//! The verdict: one state, its reasons in order, what was signed, and how old the trust data are.

use kp_certificate::{
    CheckCode, Content,
    lists::{KeyClass, Specimen},
};
use kp_terms::{CertificateNumber, Timestamp};

use crate::{NextStep, Reason, State};

/// How old the lists are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrustAge {
    /// There are none on this device.
    None,
    /// Of then; so many whole days old.
    Known {
        /// When the lists were made.
        as_of: Timestamp,
        /// Whole days since.
        days: i64,
    },
    /// Of then; the clock is not to be trusted, so the age cannot be told.
    Untold {
        /// When the lists were made.
        as_of: Timestamp,
    },
}

/// What a verifier shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Green, amber, red or grey.
    pub state: State,
    /// At least one. The first is the sentence; the others are shown below it.
    pub reasons: Vec<Reason>,
    /// What was signed, large, for comparison with the paper. Only where the signature fits.
    pub content: Option<Content>,
    /// The number, where it could be read; without [`content`](Self::content) it is only what the paper claims.
    pub number: Option<CertificateNumber>,
    /// The check code of the bytes presented, to be read over a telephone.
    pub check_code: Option<CheckCode>,
    /// Where the key that signed lives.
    pub key_class: Option<KeyClass>,
    /// Always shown.
    pub trust: TrustAge,
    /// The paper forms that were in use on the day of issue.
    pub specimens: Vec<Specimen>,
}

impl Verdict {
    /// The reason that is the sentence.
    pub fn reason(&self) -> &Reason {
        self.reasons.first().unwrap_or(&Reason::NothingFound)
    }

    /// What to do next.
    pub fn next_step(&self) -> NextStep {
        self.reason().next_step()
    }
}
