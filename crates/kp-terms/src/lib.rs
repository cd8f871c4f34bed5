//! The words of the scheme: carats, dollars, codes, numbers, periods, and how each is read and written.
//!
//! Every other crate speaks in these types. They are exact (no floats anywhere), they know nothing of a clock,
//! a disk or a network, and each reads from the text a person types and writes itself back the same way.

#![warn(missing_docs)]
#![deny(clippy::float_arithmetic, clippy::indexing_slicing)]

mod amount;
mod carats;
mod certificate_number;
mod closed_words;
mod composition;
mod field_value;
mod form;
mod half;
mod hs_code;
mod origin;
mod participant_code;
mod period;
mod prefix;
mod provenance;
mod quarter;
mod quoted;
mod read_number;
mod refusal;
mod sentence;
#[cfg(feature = "serde")]
mod serde_text;
mod unit_value;
mod usd_cents;
#[cfg(feature = "serde")]
pub mod whole_sentence;
mod zone;

pub use carats::Carats;
pub use certificate_number::{CertificateNumber, Reading};
pub use composition::Composition;
pub use field_value::{FieldValue, read_field, read_one};
pub use form::{Field, FieldProblem, Fields, Form, Kind, unknown_fields};
pub use half::Half;
pub use hs_code::HsCode;
pub use origin::Origin;
pub use participant_code::ParticipantCode;
pub use period::Period;
pub use prefix::{PREFIXES, PrefixRow, participant_for_prefix};
pub use provenance::Provenance;
pub use quarter::Quarter;
pub use refusal::Refuse;
pub use sentence::{AsItIs, MadeOf, Sentence};
pub use unit_value::UnitValue;
pub use usd_cents::UsdCents;
pub use zone::Zone;

/// Civil dates and instants, so that crates which only need the words need not name jiff.
///
/// ```
/// let day: kp_terms::Date = "2026-02-03".parse().expect("a date");
/// assert!(kp_terms::Period::Year(2026).last_day() > day);
/// ```
pub use jiff::{Timestamp, civil::Date};

/// Why a text could not be read as one of the words: one sentence that says what was wrong and what is expected.
///
/// ```
/// let refused = "1.250".parse::<kp_terms::Carats>().expect_err("it is ambiguous");
/// assert_eq!(
///     refused.to_string(),
///     r#"cannot read "1.250" as carats: the dot could separate thousands or decimals; write 1250 or 1.25"#
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError(String);

impl ReadError {
    /// A reading error with its sentence.
    ///
    /// ```
    /// let error = kp_terms::ReadError::new("is missing");
    /// assert_eq!(error.to_string(), "is missing");
    /// ```
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl std::fmt::Display for ReadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ReadError {}
