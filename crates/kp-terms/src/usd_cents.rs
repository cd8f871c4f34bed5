//! Value in United States dollars, exact to the cent.
//!
//! Scheme: certificates and returns state value in US dollars (CD Annex I.A, CD Annex III). The valuation basis is national.

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
    ///
    /// ```
    /// assert_eq!(kp_terms::UsdCents::ZERO.to_string(), "0.00");
    /// ```
    pub const ZERO: Self = Self(0);

    /// From whole cents.
    ///
    /// ```
    /// assert_eq!(kp_terms::UsdCents::from_cents(1_250).to_string(), "12.50");
    /// ```
    pub const fn from_cents(cents: i64) -> Self {
        Self(cents)
    }

    /// Whole cents.
    ///
    /// ```
    /// let value: kp_terms::UsdCents = "12.50".parse()?;
    /// assert_eq!(value.cents(), 1_250);
    /// # Ok::<(), kp_terms::ReadError>(())
    /// ```
    pub const fn cents(self) -> i64 {
        self.0
    }

    /// Sum, or nothing where it would not fit.
    ///
    /// ```
    /// use kp_terms::UsdCents;
    /// let one = UsdCents::from_cents(100);
    /// assert_eq!(one.checked_add(one), Some(UsdCents::from_cents(200)));
    /// assert_eq!(one.checked_add(UsdCents::from_cents(i64::MAX)), None);
    /// ```
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// Difference, or nothing where it would not fit.
    ///
    /// ```
    /// use kp_terms::UsdCents;
    /// let (one, two) = (UsdCents::from_cents(100), UsdCents::from_cents(200));
    /// assert_eq!(one.checked_sub(two), Some(UsdCents::from_cents(-100)));
    /// assert_eq!(UsdCents::from_cents(i64::MIN).checked_sub(one), None);
    /// ```
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// Sum of any number of them, or nothing where it would not fit. The sum of none is zero.
    ///
    /// ```
    /// use kp_terms::UsdCents;
    /// let parts = [UsdCents::from_cents(150), UsdCents::from_cents(25)];
    /// assert_eq!(UsdCents::sum(parts), Some(UsdCents::from_cents(175)));
    /// assert_eq!(UsdCents::sum([]), Some(UsdCents::ZERO));
    /// ```
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// Whether this is exactly nothing.
    ///
    /// ```
    /// assert!(kp_terms::UsdCents::ZERO.is_zero());
    /// ```
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// With thousands separators, for people: `36,000.50`.
    ///
    /// ```
    /// assert_eq!(kp_terms::UsdCents::from_cents(3_600_050).grouped(), "36,000.50");
    /// ```
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
        let bare = amount::without_unit(text, &["US$", "USD", "$"], &["USD", "US$", "$"]);
        amount::read_hundredths(bare, "US dollars").map(Self)
    }
}
