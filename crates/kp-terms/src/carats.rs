//! Mass of rough diamonds in carats, exact to the hundredth.
//!
//! Scheme: the public statistics carry two decimals (CD Annex III). 1 ct = 0.2 g.

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
    ///
    /// ```
    /// assert_eq!(kp_terms::Carats::ZERO.to_string(), "0.00");
    /// ```
    pub const ZERO: Self = Self(0);

    /// From whole hundredths of a carat.
    ///
    /// ```
    /// assert_eq!(kp_terms::Carats::from_hundredths(3_600_050).to_string(), "36000.50");
    /// ```
    pub const fn from_hundredths(hundredths: i64) -> Self {
        Self(hundredths)
    }

    /// Whole hundredths of a carat.
    ///
    /// ```
    /// let carats: kp_terms::Carats = "0.01".parse()?;
    /// assert_eq!(carats.hundredths(), 1);
    /// # Ok::<(), kp_terms::ReadError>(())
    /// ```
    pub const fn hundredths(self) -> i64 {
        self.0
    }

    /// Sum, or nothing where it would not fit.
    ///
    /// ```
    /// use kp_terms::Carats;
    /// let one = Carats::from_hundredths(100);
    /// assert_eq!(one.checked_add(one), Some(Carats::from_hundredths(200)));
    /// assert_eq!(one.checked_add(Carats::from_hundredths(i64::MAX)), None);
    /// ```
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// Difference, or nothing where it would not fit.
    ///
    /// ```
    /// use kp_terms::Carats;
    /// let (one, two) = (Carats::from_hundredths(100), Carats::from_hundredths(200));
    /// assert_eq!(one.checked_sub(two), Some(Carats::from_hundredths(-100)));
    /// assert_eq!(Carats::from_hundredths(i64::MIN).checked_sub(one), None);
    /// ```
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// Sum of any number of them, or nothing where it would not fit. The sum of none is zero.
    ///
    /// ```
    /// use kp_terms::Carats;
    /// let parts = [Carats::from_hundredths(150), Carats::from_hundredths(25)];
    /// assert_eq!(Carats::sum(parts), Some(Carats::from_hundredths(175)));
    /// assert_eq!(Carats::sum([]), Some(Carats::ZERO));
    /// ```
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// Whether this is exactly no carats.
    ///
    /// ```
    /// assert!(kp_terms::Carats::ZERO.is_zero());
    /// ```
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// With thousands separators, for people: `36,000.50`.
    ///
    /// ```
    /// assert_eq!(kp_terms::Carats::from_hundredths(3_600_050).grouped(), "36,000.50");
    /// ```
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

    /// Reads `36000.00`, `36,000.5`, `36 000,50`, `36000ct`, `36000 Carats`.
    fn from_str(text: &str) -> Result<Self, ReadError> {
        let bare = amount::without_unit(text, &[], &["ct", "ct.", "cts", "carat", "carats"]);
        amount::read_hundredths(bare, "carats").map(Self)
    }
}
