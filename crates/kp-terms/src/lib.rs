//! The words of the scheme: carats, dollars, codes, numbers, periods, and how each is read and written.
//!
//! Every other crate speaks in these types. They are exact (no floats anywhere), they know nothing of a clock,
//! a disk or a network, and each reads from the text a person types and writes itself back the same way.

mod amount;
mod carats;
mod form;
mod hs_code;
mod participant_code;
mod period;
mod refusal;
#[cfg(feature = "serde")]
mod serde_text;
mod usd_cents;

pub use carats::Carats;
pub use form::{Field, FieldProblem, FieldValue, Fields, Form, Kind, read_field, read_one, unknown_fields};
pub use hs_code::HsCode;
pub use participant_code::ParticipantCode;
pub use period::{Half, Period, Quarter};
pub use refusal::Refuse;
pub use usd_cents::UsdCents;

/// Civil dates and instants, so that crates which only need the words need not name jiff.
pub use jiff::{Timestamp, civil::Date};

/// Why a text could not be read as one of the words: one sentence that says what was wrong and what is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError(String);

impl ReadError {
    /// A reading error with its sentence.
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
