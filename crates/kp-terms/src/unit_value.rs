//! Value of one carat in US dollars, rounded once, to the cent.
//!
//! Scheme: US$ per carat is what statistics and reviews compare; our own rule rounds halves up and never goes
//! through a float, so that the same two figures give the same unit value everywhere.

use std::{fmt, str::FromStr};

use crate::{Carats, ReadError, UsdCents, amount};

/// US cents per carat, a whole number.
///
/// ```
/// use kp_terms::{Carats, UnitValue, UsdCents};
/// let value: UsdCents = "900.00".parse()?;
/// let carats: Carats = "50.00".parse()?;
/// let unit = value.unit_value(carats).expect("there are carats");
/// assert_eq!(unit.to_string(), "18.00");
/// assert_eq!(unit, UnitValue::from_cents_per_carat(1_800));
/// # Ok::<(), kp_terms::ReadError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitValue(i64);

impl UnitValue {
    /// From whole cents per carat.
    ///
    /// ```
    /// assert_eq!(kp_terms::UnitValue::from_cents_per_carat(1_650).to_string(), "16.50");
    /// ```
    pub const fn from_cents_per_carat(cents: i64) -> Self {
        Self(cents)
    }

    /// Whole cents per carat.
    ///
    /// ```
    /// assert_eq!(kp_terms::UnitValue::from_cents_per_carat(1_650).cents_per_carat(), 1_650);
    /// ```
    pub const fn cents_per_carat(self) -> i64 {
        self.0
    }
}

impl UsdCents {
    /// Value of one carat: cents per carat, halves rounded up (towards more).
    ///
    /// Nothing where there are no carats, where they are fewer than none, or where the result would not fit.
    ///
    /// ```
    /// use kp_terms::{Carats, UsdCents};
    /// // 1.01 US$ for 2.00 ct is 50.5 cents per carat.
    /// let unit = UsdCents::from_cents(101).unit_value(Carats::from_hundredths(200));
    /// assert_eq!(unit.map(|u| u.cents_per_carat()), Some(51));
    /// assert_eq!(UsdCents::from_cents(101).unit_value(Carats::ZERO), None);
    /// ```
    pub fn unit_value(self, carats: Carats) -> Option<UnitValue> {
        let hundredths = i128::from(carats.hundredths());
        if hundredths <= 0 {
            return None;
        }
        // cents / (hundredths / 100), and a half more before rounding down: both doubled to stay whole.
        let doubled = i128::from(self.cents()) * 200 + hundredths;
        i64::try_from(doubled.div_euclid(2 * hundredths)).ok().map(UnitValue)
    }
}

impl fmt::Display for UnitValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        amount::write_hundredths(self.0, f)
    }
}

impl FromStr for UnitValue {
    type Err = ReadError;

    /// Reads `18.00`: dollars per carat, without a unit behind it.
    fn from_str(text: &str) -> Result<Self, ReadError> {
        amount::read_hundredths(text, "US dollars per carat").map(Self)
    }
}
