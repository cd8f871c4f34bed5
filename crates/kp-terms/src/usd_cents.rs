//! Value in United States dollars, exact to the cent.
//!
//! Scheme: certificates and returns state value in US dollars (Annex I.A, Annex III). The valuation basis is national.

use crate::{ReadError, amount};

/// A value in US dollars, kept as whole cents. May be negative only as a difference.
///
/// ```
/// use kp_terms::UsdCents;
/// let v: UsdCents = "US$ 12,600,000".parse()?;
/// assert_eq!(v.to_string(), "12600000.00");
/// assert_eq!(v.cents(), 1_260_000_000);
/// # Ok::<(), kp_terms::ReadError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct UsdCents(i64);

impl UsdCents {
    /// No dollars.
    pub const ZERO: Self = Self(0);

    /// From whole cents.
    pub const fn from_cents(cents: i64) -> Self {
        Self(cents)
    }

    /// Whole cents.
    pub const fn cents(self) -> i64 {
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

    /// Whether this is exactly nothing.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// With thousands separators, for people: `36,000.50`.
    pub fn grouped(self) -> String {
        amount::write_grouped(self.0)
    }
}

impl std::fmt::Display for UsdCents {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        amount::write_hundredths(self.0, f)
    }
}

impl std::str::FromStr for UsdCents {
    type Err = ReadError;

    /// Reads `12600000`, `12,600,000.00`, `US$ 12600000`, `12600000usd`.
    fn from_str(text: &str) -> Result<Self, ReadError> {
        let bare = text.trim();
        let bare = ["US$", "USD", "$"].iter().find_map(|p| bare.strip_prefix(p)).unwrap_or(bare).trim();
        let bare = ["usd", "USD"].iter().find_map(|s| bare.strip_suffix(s)).unwrap_or(bare).trim();
        amount::read_hundredths(bare, "US dollars").map(Self)
    }
}
