//! A half-year, the period of production returns.
//!
//! Scheme: CD Annex III(c) (production is reported half-yearly). It never knows which half is running: that would
//! need a clock.

use std::{fmt, str::FromStr};

use jiff::civil::Date;

use crate::{Period, ReadError, quoted::quoted};

/// A half-year of production: `2008-H1`.
///
/// ```
/// use kp_terms::Half;
/// let half: Half = "2008 h2".parse()?;
/// assert_eq!(half, Half { year: 2008, half: 2 });
/// assert_eq!(half.to_string(), "2008-H2");
/// # Ok::<(), kp_terms::ReadError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Half {
    /// Calendar year.
    pub year: i16,
    /// 1 for January to June, 2 for July to December.
    pub half: u8,
}

impl Half {
    /// The half a date lies in.
    ///
    /// ```
    /// let half = kp_terms::Half::of(jiff::civil::date(2008, 7, 1));
    /// assert_eq!(half.to_string(), "2008-H2");
    /// ```
    pub fn of(date: Date) -> Self {
        Self { year: date.year(), half: if date.month() <= 6 { 1 } else { 2 } }
    }

    /// The half before this one.
    ///
    /// ```
    /// let half: kp_terms::Half = "2008-H1".parse()?;
    /// assert_eq!(half.previous().to_string(), "2007-H2");
    /// # Ok::<(), kp_terms::ReadError>(())
    /// ```
    pub fn previous(self) -> Self {
        match self.half {
            2 => Self { half: 1, ..self },
            _ => Self { year: self.year.saturating_sub(1), half: 2 },
        }
    }

    /// The half after this one.
    ///
    /// ```
    /// let half: kp_terms::Half = "2008-H2".parse()?;
    /// assert_eq!(half.next().to_string(), "2009-H1");
    /// # Ok::<(), kp_terms::ReadError>(())
    /// ```
    pub fn next(self) -> Self {
        match self.half {
            1 => Self { half: 2, ..self },
            _ => Self { year: self.year.saturating_add(1), half: 1 },
        }
    }

    /// The same half one year earlier, which has the same season.
    ///
    /// ```
    /// let half: kp_terms::Half = "2008-H2".parse()?;
    /// assert_eq!(half.same_half_last_year().to_string(), "2007-H2");
    /// # Ok::<(), kp_terms::ReadError>(())
    /// ```
    pub fn same_half_last_year(self) -> Self {
        Self { year: self.year.saturating_sub(1), ..self }
    }

    /// Place in the row of all halves: the next half's is greater by one. Only differences mean anything.
    ///
    /// ```
    /// use kp_terms::Half;
    /// let (first, later): (Half, Half) = ("2007-H2".parse()?, "2009-H1".parse()?);
    /// assert_eq!(later.ordinal() - first.ordinal(), 3);
    /// # Ok::<(), kp_terms::ReadError>(())
    /// ```
    pub fn ordinal(self) -> i32 {
        i32::from(self.year) * 2 + i32::from(self.half) - 1
    }
}

impl fmt::Display for Half {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}-H{}", self.year, self.half))
    }
}

impl FromStr for Half {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        match text.parse() {
            Ok(Period::Half(half)) => Ok(half),
            _ => {
                Err(ReadError::new(format!("{} is not a half-year; write for example 2008-H1", quoted(text))))
            }
        }
    }
}
