//! Mass of rough diamonds in carats, exact to the hundredth.
//!
//! Scheme: the public statistics carry two decimals (domain: Annex III, KPDB). 1 ct = 0.2 g.

use crate::{ReadError, amount};

/// A mass in carats, kept as whole hundredths of a carat. May be negative only as a difference.
///
/// ```
/// use kp_terms::Carats;
/// let a: Carats = "36,000.5".parse()?;
/// assert_eq!(a.to_string(), "36000.50");
/// assert_eq!(a.hundredths(), 3_600_050);
/// # Ok::<(), kp_terms::ReadError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Carats(i64);

impl Carats {
    /// No carats.
    pub const ZERO: Self = Self(0);

    /// From whole hundredths of a carat.
    pub const fn from_hundredths(hundredths: i64) -> Self {
        Self(hundredths)
    }

    /// Whole hundredths of a carat.
    pub const fn hundredths(self) -> i64 {
        self.0
    }

    /// Sum, or nothing where it would not fit.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// Difference, or nothing where it would not fit.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// Whether this is exactly no carats.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// With thousands separators, for people: `36,000.50`.
    pub fn grouped(self) -> String {
        amount::write_grouped(self.0)
    }
}

impl std::fmt::Display for Carats {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        amount::write_hundredths(self.0, f)
    }
}

impl std::str::FromStr for Carats {
    type Err = ReadError;

    /// Reads `36000.00`, `36,000.5`, `36000ct`.
    fn from_str(text: &str) -> Result<Self, ReadError> {
        let bare = text.trim();
        let bare = bare.strip_suffix("ct").or_else(|| bare.strip_suffix("carats")).unwrap_or(bare).trim();
        amount::read_hundredths(bare, "carats").map(Self)
    }
}
