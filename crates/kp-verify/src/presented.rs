//! What is laid on the desk: scanned texts, a typed number, or a picture in which nothing could be read; and the clock.
//!
//! L21, L22: a paper is what it is presented as, and the same number may have been presented before, here or elsewhere.

use std::collections::BTreeMap;

use kp_terms::{Carats, CertificateNumber, Date, Timestamp, UsdCents};

/// One code, as text from a symbol or as bytes from a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code<'a> {
    /// `KPC1:...` or `KPR1:...`, or whatever else the camera read.
    Text(&'a str),
    /// The signed bytes themselves.
    Bytes(&'a [u8]),
}

/// What stands on the paper in figures, as somebody read it and typed it; whatever was not typed is not compared. A true
/// code on a false paper (photocopied, or under altered figures) says itself what was signed: L21.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OnPaper {
    /// The number.
    pub number: Option<CertificateNumber>,
    /// Carats of all classes together.
    pub carats: Option<Carats>,
    /// Value of all classes together, US dollars.
    pub value: Option<UsdCents>,
}

impl OnPaper {
    /// Nothing was typed.
    pub const NOTHING: Self = Self { number: None, carats: None, value: None };
}

/// What is presented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presented<'a> {
    /// The first code and, where it was read too, the second.
    Codes {
        /// The certificate.
        credential: Code<'a>,
        /// The receipt.
        receipt: Option<Code<'a>>,
        /// What stands on the paper beside the codes.
        paper: &'a OnPaper,
    },
    /// Number and check code, read from the paper and typed.
    Typed {
        /// The number.
        number: &'a str,
        /// The check code.
        check_code: &'a str,
        /// The day of issue that stands on the paper, where it was typed too.
        issued_on: Option<Date>,
    },
    /// A picture or page in which no code was found.
    NothingFound,
}

/// What the device's clock says, and whether the device itself has reason to doubt it (it lost its power, it was set by
/// hand). A clock that is behind the newest list is doubted whatever the device says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// The reading.
    pub at: Timestamp,
    /// The device doubts it.
    pub doubted: bool,
}

impl Clock {
    /// A clock that the device does not doubt.
    pub const fn reading(at: Timestamp) -> Self {
        Self { at, doubted: false }
    }
}

/// When and where this verifier saw a number presented before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// When.
    pub at: Timestamp,
    /// At which desk.
    pub place: String,
}

/// Numbers that this verifier itself saw presented before. Looking at the same paper again for the same presentation does
/// not belong here: whoever calls decides what a presentation is.
pub type Seen = BTreeMap<CertificateNumber, Sighting>;
