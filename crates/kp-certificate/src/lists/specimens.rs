//! How a participant's paper forms look, and when each was in use: shown beside the verdict.
//!
//! EU2368 Art 9 and CD Section II(d): specimens and features are notified to all. The pictures travel apart; the list
//! holds their SHA-256. It never decides anything: paper is compared by eyes and fingers.

use kp_terms::{Date, ParticipantCode};
use serde::{Deserialize, Serialize};

use super::{
    file::{Head, List},
    text::{as_bytes, as_text, as_text_or_null},
};

/// The specimen list of one participant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Specimens {
    /// Version and times; the issuer is the participant.
    pub head: Head,
    /// In the order of their first days.
    pub forms: Vec<Specimen>,
}

/// One form of paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Specimen {
    /// The form's own name or version.
    pub form: String,
    /// First day of issue on it.
    #[serde(with = "as_text")]
    pub valid_from: Date,
    /// Last day of issue on it.
    #[serde(with = "as_text_or_null")]
    pub valid_until: Option<Date>,
    /// What to look for: `watermark with two stars, seen against the light`.
    pub features: Vec<String>,
    /// SHA-256 of the picture.
    #[serde(with = "as_bytes")]
    pub picture_hash: [u8; 32],
}

impl List for Specimens {
    const CONTENT_TYPE: &'static str = "application/kpc-specimens+cbor";

    fn head(&self) -> &Head {
        &self.head
    }

    fn sound(&self) -> Result<(), &'static str> {
        if self.head.issuer.parse::<ParticipantCode>().is_err() {
            return Err("a list of specimens is a participant's");
        }
        if !self.forms.is_sorted_by_key(|form| form.valid_from) {
            return Err("forms are not in the order of their first days");
        }
        Ok(())
    }
}

impl Specimens {
    /// The forms that were in use on a day.
    pub fn on(&self, day: Date) -> impl Iterator<Item = &Specimen> {
        self.forms
            .iter()
            .filter(move |form| form.valid_from <= day && form.valid_until.is_none_or(|until| day <= until))
    }
}
