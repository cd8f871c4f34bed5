//! The fields of a certificate's content with their caps, and what can be wrong with it.
//!
//! Security 1.3: the caps keep the symbol small enough to scan at 30 mm. A fault names the field, and by how many bytes it
//! is over, so that a clerk knows what to shorten.

use kp_terms::{HsCode, ParticipantCode};

use crate::LARGEST_CREDENTIAL;

/// A part of the content that has a cap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The number.
    Number,
    /// Short name of the issuing authority.
    Authority,
    /// Name and registry id of the exporter.
    Exporter,
    /// Name and registry id of the importer.
    Importer,
    /// Countries of origin.
    Origins,
    /// Lines by class.
    Lines,
    /// Number of parcels.
    Parcels,
    /// Seal numbers.
    Seals,
    /// All of it together.
    Whole,
}

impl Field {
    /// Most bytes of the field in the map, key included; of the number's text; of the whole credential.
    pub const fn cap(self) -> usize {
        match self {
            Self::Number => 16,
            Self::Authority => 26,
            Self::Exporter | Self::Importer => 86,
            Self::Origins => 12,
            // Three lines of the largest amounts: what goods are worth must never keep a certificate from being signed.
            Self::Lines => 74,
            Self::Parcels => 3,
            Self::Seals => 40,
            Self::Whole => LARGEST_CREDENTIAL,
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Number => "the number",
            Self::Authority => "the issuing authority's short name",
            Self::Exporter => "the exporter's name and registry id",
            Self::Importer => "the importer's name and registry id",
            Self::Origins => "the list of origins",
            Self::Lines => "the lines by class",
            Self::Parcels => "the number of parcels",
            Self::Seals => "the list of seals",
            Self::Whole => "the whole certificate",
        }
    }
}

impl std::fmt::Display for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.words())
    }
}

/// Why something cannot be on a certificate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ContentFault {
    /// Longer than its cap.
    #[error("{field} is {over} bytes longer than the signed code can hold; shorten it")]
    TooLong {
        /// Which.
        field: Field,
        /// By how many bytes of its encoding.
        over: usize,
    },
    /// Not in normalisation form C, or with control characters or blanks around it.
    #[error(
        "{0} has characters that signed bytes may not hold: normalise it (NFC) and leave out control characters"
    )]
    NotPlain(Field),
    /// Something that must be there is not.
    #[error("{0} is missing")]
    Missing(Field),
    /// The number's prefix is not the issuer.
    #[error("the number {number} does not begin with its issuer {issuer}")]
    NotTheIssuers {
        /// The number.
        number: String,
        /// The issuer.
        issuer: ParticipantCode,
    },
    /// It expires before it begins, or later than any certificate may.
    #[error("a certificate expires after it is issued, and within a year")]
    Validity,
    /// A time with parts of a second, or before 1970.
    #[error("times are whole seconds from 1970 on")]
    Time,
    /// Codes out of order, twice, or too many.
    #[error("origins are one to three different codes in the order of the alphabet, or mixed")]
    OriginsOrder,
    /// Classes out of order, twice, or none or more than three.
    #[error("lines are one to three different classes in the order of their codes")]
    LinesOrder,
    /// A line without carats, or with less than nothing.
    #[error("the line {0} needs carats above zero and a value that is not below zero")]
    Amount(HsCode),
    /// The total is not the sum of the lines, or there is none that fits.
    #[error("the total of carats and value is not the sum of the lines")]
    Sum,
    /// A seal that is none, twice, or too many.
    #[error("{0:?} is not a seal number as signed bytes hold it, or stands there twice")]
    Seal(String),
}
