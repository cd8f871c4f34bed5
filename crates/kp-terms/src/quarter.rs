//! A quarter, the period of trade returns and certificate counts.
//!
//! Scheme: CD Annex III(a) (imports, exports and certificates are reported quarterly).

use std::{fmt, str::FromStr};

use jiff::civil::Date;

use crate::{Half, Period, ReadError, quoted::quoted};

/// A quarter of trade: `2008-Q3`.
///
/// ```
/// use kp_terms::Quarter;
/// let quarter: Quarter = "Q3 2008".parse()?;
/// assert_eq!(quarter, Quarter { year: 2008, quarter: 3 });
/// assert_eq!(quarter.to_string(), "2008-Q3");
/// # Ok::<(), kp_terms::ReadError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    /// Calendar year.
    pub year: i16,
    /// 1 to 4.
    pub quarter: u8,
}

impl Quarter {
    /// The quarter a date lies in.
    ///
    /// ```
    /// let quarter = kp_terms::Quarter::of(jiff::civil::date(2008, 7, 1));
    /// assert_eq!(quarter.to_string(), "2008-Q3");
    /// ```
    pub fn of(date: Date) -> Self {
        Self { year: date.year(), quarter: (date.month().unsigned_abs() - 1) / 3 + 1 }
    }

    /// The quarter before this one.
    ///
    /// ```
    /// let quarter: kp_terms::Quarter = "2008-Q1".parse()?;
    /// assert_eq!(quarter.previous().to_string(), "2007-Q4");
    /// # Ok::<(), kp_terms::ReadError>(())
    /// ```
    pub fn previous(self) -> Self {
        match self.quarter {
            0 | 1 => Self { year: self.year.saturating_sub(1), quarter: 4 },
            later => Self { quarter: later - 1, ..self },
        }
    }

    /// The quarter after this one.
    ///
    /// ```
    /// let quarter: kp_terms::Quarter = "2008-Q4".parse()?;
    /// assert_eq!(quarter.next().to_string(), "2009-Q1");
    /// # Ok::<(), kp_terms::ReadError>(())
    /// ```
    pub fn next(self) -> Self {
        match self.quarter {
            earlier @ 0..4 => Self { quarter: earlier + 1, ..self },
            _ => Self { year: self.year.saturating_add(1), quarter: 1 },
        }
    }

    /// The half-year it lies in.
    ///
    /// ```
    /// let quarter: kp_terms::Quarter = "2008-Q3".parse()?;
    /// assert_eq!(quarter.half().to_string(), "2008-H2");
    /// # Ok::<(), kp_terms::ReadError>(())
    /// ```
    pub fn half(self) -> Half {
        Half { year: self.year, half: if self.quarter <= 2 { 1 } else { 2 } }
    }

    /// Place in the row of all quarters: the next quarter's is greater by one. Only differences mean anything.
    ///
    /// ```
    /// use kp_terms::Quarter;
    /// let (first, later): (Quarter, Quarter) = ("2007-Q4".parse()?, "2008-Q2".parse()?);
    /// assert_eq!(later.ordinal() - first.ordinal(), 2);
    /// # Ok::<(), kp_terms::ReadError>(())
    /// ```
    pub fn ordinal(self) -> i32 {
        i32::from(self.year) * 4 + i32::from(self.quarter) - 1
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}-Q{}", self.year, self.quarter))
    }
}

impl FromStr for Quarter {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        match text.parse() {
            Ok(Period::Quarter(quarter)) => Ok(quarter),
            _ => Err(ReadError::new(format!("{} is not a quarter; write for example 2008-Q3", quoted(text)))),
        }
    }
}
