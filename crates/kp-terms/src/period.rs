//! Reporting periods: quarters for trade, halves for production, years for analysis; and when a return is due.
//!
//! Scheme: CD Annex III (trade and certificate counts quarterly, production half-yearly, each within two months
//! after the period). It never says that a return is late: that takes the day on which it came.

use std::{fmt, str::FromStr};

use jiff::{
    ToSpan,
    civil::{Date, date},
};

use crate::{Half, Quarter, ReadError, quoted::quoted};

/// Any reporting period.
///
/// ```
/// use kp_terms::Period;
/// let period: Period = "2008/h1".parse()?;
/// assert_eq!(period.to_string(), "2008-H1");
/// assert_eq!(period.last_day(), jiff::civil::date(2008, 6, 30));
/// # Ok::<(), kp_terms::ReadError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// A whole calendar year: `2008`.
    Year(i16),
    /// A half-year: `2008-H1`.
    Half(Half),
    /// A quarter: `2008-Q3`.
    Quarter(Quarter),
}

impl Period {
    /// First day of the period.
    ///
    /// ```
    /// let period: kp_terms::Period = "2008-Q3".parse()?;
    /// assert_eq!(period.first_day(), jiff::civil::date(2008, 7, 1));
    /// # Ok::<(), kp_terms::ReadError>(())
    /// ```
    pub fn first_day(self) -> Date {
        let (year, first, _) = self.months();
        month(year, first)
    }

    /// Last day of the period.
    ///
    /// ```
    /// let period: kp_terms::Period = "2008-Q1".parse()?;
    /// assert_eq!(period.last_day(), jiff::civil::date(2008, 3, 31));
    /// # Ok::<(), kp_terms::ReadError>(())
    /// ```
    pub fn last_day(self) -> Date {
        let (year, _, last) = self.months();
        month(year, last).last_of_month()
    }

    /// Last day on which a return for the period is in time: the end of the second month after it.
    ///
    /// The scheme says two months (CD Annex III); that these run to the end of a month is our reading, so that
    /// 30 June gives 31 August. A year is due with its last quarter.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use kp_terms::Period;
    /// assert_eq!("2008-Q1".parse::<Period>()?.return_due(), date(2008, 5, 31));
    /// assert_eq!("2008-H1".parse::<Period>()?.return_due(), date(2008, 8, 31));
    /// assert_eq!("2007-H2".parse::<Period>()?.return_due(), date(2008, 2, 29));
    /// # Ok::<(), kp_terms::ReadError>(())
    /// ```
    pub fn return_due(self) -> Date {
        let (year, _, last) = self.months();
        month(year, last).checked_add(2.months()).map_or(Date::MAX, Date::last_of_month)
    }

    /// Year, first month, last month.
    fn months(self) -> (i16, i8, i8) {
        match self {
            Self::Year(year) => (year, 1, 12),
            Self::Half(Half { year, half: 1 }) => (year, 1, 6),
            Self::Half(Half { year, .. }) => (year, 7, 12),
            Self::Quarter(Quarter { year, quarter }) => match quarter {
                0 | 1 => (year, 1, 3),
                2 => (year, 4, 6),
                3 => (year, 7, 9),
                _ => (year, 10, 12),
            },
        }
    }
}

/// First day of a month. The fields of a period can hold any number; years no calendar has are moved to its edge.
fn month(year: i16, month: i8) -> Date {
    date(year.clamp(-9999, 9999), month, 1)
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => f.pad(&year.to_string()),
            Self::Half(half) => half.fmt(f),
            Self::Quarter(quarter) => quarter.fmt(f),
        }
    }
}

impl FromStr for Period {
    type Err = ReadError;

    /// Reads `2008`, `2008-H1`, `2008 h2`, `2008-Q3`, `Q3 2008`, `3Q2008`. Years run from 1900 to 2999.
    fn from_str(text: &str) -> Result<Self, ReadError> {
        understand(text).ok_or_else(|| {
            ReadError::new(format!(
                "{} is not a reporting period; write 2008, 2008-H1 or 2008-Q3",
                quoted(text)
            ))
        })
    }
}

fn understand(text: &str) -> Option<Period> {
    let upper = text.trim().to_ascii_uppercase();
    // One separator or none: `20-08` must not become a year.
    let (one, other) = match upper.split_once(['-', '/']).or_else(|| upper.split_once(' ')) {
        Some((one, other)) => (one.trim(), other.trim()),
        None if upper.chars().take(2).any(|c| matches!(c, 'H' | 'Q')) => upper.split_at_checked(2)?,
        None => upper.split_at_checked(4)?,
    };
    let (year, part) = if one.len() == 4 { (one, other) } else { (other, one) };
    if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let year: i16 = year.parse().ok().filter(|year| (1900..=2999).contains(year))?;
    match part {
        "" if !upper.contains(['-', '/', ' ']) => Some(Period::Year(year)),
        "H1" | "1H" => Some(Period::Half(Half { year, half: 1 })),
        "H2" | "2H" => Some(Period::Half(Half { year, half: 2 })),
        "Q1" | "1Q" => Some(Period::Quarter(Quarter { year, quarter: 1 })),
        "Q2" | "2Q" => Some(Period::Quarter(Quarter { year, quarter: 2 })),
        "Q3" | "3Q" => Some(Period::Quarter(Quarter { year, quarter: 3 })),
        "Q4" | "4Q" => Some(Period::Quarter(Quarter { year, quarter: 4 })),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    #[test]
    fn every_return_is_due_at_the_end_of_the_second_month() {
        let due = [
            ("2007-Q1", date(2007, 5, 31)),
            ("2007-Q2", date(2007, 8, 31)),
            ("2007-Q3", date(2007, 11, 30)),
            ("2007-Q4", date(2008, 2, 29)),
            ("2008-Q4", date(2009, 2, 28)),
            ("2008-H1", date(2008, 8, 31)),
            ("2008-H2", date(2009, 2, 28)),
            ("2008", date(2009, 2, 28)),
        ];
        for (text, day) in due {
            assert_eq!(period(text).return_due(), day, "{text}");
        }
    }

    #[test]
    fn periods_are_read_in_the_forms_people_use() {
        for text in [
            "2008-H1",
            "2008 h1",
            "2008/H1",
            "2008H1",
            "H1 2008",
            "H1-2008",
            "h12008",
            "1H 2008",
            "1H2008",
            " 2008 - H1 ",
        ] {
            assert_eq!(text.parse(), Ok(Period::Half(Half { year: 2008, half: 1 })), "{text}");
        }
    }

    #[test]
    fn what_is_no_period_is_refused_whole() {
        for text in [
            "",
            "20-08",
            "2008-",
            "2008-H3",
            "2008-Q5",
            "2008-Q0",
            "1899",
            "3000",
            "+200",
            "2008-01",
            "08-Q1",
            "Q3",
            "2008-H1-H2",
            "２００８",
        ] {
            let refused = text.parse::<Period>().unwrap_err().to_string();
            assert!(refused.contains("write 2008, 2008-H1 or 2008-Q3"), "{text}: {refused}");
        }
    }

    #[test]
    fn numbers_no_calendar_has_do_not_panic() {
        for year in [i16::MIN, -9999, 9999, i16::MAX] {
            for part in [0, 1, 4, u8::MAX] {
                let (half, quarter) = (Half { year, half: part }, Quarter { year, quarter: part });
                for any in [Period::Year(year), Period::Half(half), Period::Quarter(quarter)] {
                    assert!(any.first_day() <= any.last_day() && any.last_day() <= any.return_due());
                }
                let _ = (half.next(), half.previous(), half.ordinal(), half.same_half_last_year());
                let _ = (quarter.next(), quarter.previous(), quarter.ordinal(), quarter.half());
            }
        }
    }
}
