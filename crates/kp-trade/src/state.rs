//! Where a certificate is in its life.

use kp_terms::ReadError;

/// The state of a certificate; the table of allowed moves is in the crate's documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CertificateState {
    /// A number is given, the content is drafted.
    Drafted,
    /// Another officer has issued it.
    Issued,
    /// The exporting authority has sealed the goods and validated it.
    Validated,
    /// The goods have left.
    Departed,
    /// The goods were presented to the importing authority.
    Arrived,
    /// The importing authority has confirmed.
    Confirmed,
    /// The importing authority has confirmed with a difference.
    ConfirmedWithDifference,
}

impl CertificateState {
    /// All states, in the order of a life.
    pub const ALL: [Self; 7] = [
        Self::Drafted,
        Self::Issued,
        Self::Validated,
        Self::Departed,
        Self::Arrived,
        Self::Confirmed,
        Self::ConfirmedWithDifference,
    ];

    /// Whether the goods have left and nobody has answered yet: what arrives now can be confirmed or differ.
    pub const fn awaits_answer(self) -> bool {
        matches!(self, Self::Departed | Self::Arrived)
    }

    /// The word in tables and stories.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Drafted => "drafted",
            Self::Issued => "issued",
            Self::Validated => "validated",
            Self::Departed => "departed",
            Self::Arrived => "arrived",
            Self::Confirmed => "confirmed",
            Self::ConfirmedWithDifference => "confirmed_with_difference",
        }
    }
}

impl std::fmt::Display for CertificateState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.word())
    }
}

impl std::str::FromStr for CertificateState {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        Self::ALL
            .into_iter()
            .find(|state| state.word() == text)
            .ok_or_else(|| ReadError::new(format!("{text:?} is not a state of a certificate")))
    }
}
