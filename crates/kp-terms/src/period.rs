//! Reporting periods: quarters for trade, halves for production, years for analysis.
//!
//! Scheme: Annex III (trade and certificate counts quarterly, production half-yearly, each due two months after).

use jiff::civil::Date;

use crate::ReadError;

/// A half-year of production.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Half {
    /// Calendar year.
    pub year: i16,
    /// 1 for January to June, 2 for July to December.
    pub half: u8,
}

/// A quarter of trade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    /// Calendar year.
    pub year: i16,
    /// 1 to 4.
    pub quarter: u8,
}

/// Any reporting period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// A whole calendar year: `2008`.
    Year(i16),
    /// A half-year: `2008-H1`.
    Half(Half),
    /// A quarter: `2008-Q3`.
    Quarter(Quarter),
}

impl Half {
    /// The half a date lies in.
    pub fn of(date: Date) -> Self {
        Self { year: date.year(), half: if date.month() <= 6 { 1 } else { 2 } }
    }

    /// The half before this one.
    pub fn previous(self) -> Self {
        if self.half == 2 { Self { half: 1, ..self } } else { Self { year: self.year - 1, half: 2 } }
    }

    /// The half after this one.
    pub fn next(self) -> Self {
        if self.half == 1 { Self { half: 2, ..self } } else { Self { year: self.year + 1, half: 1 } }
    }
}

impl Quarter {
    /// The quarter a date lies in.
    pub fn of(date: Date) -> Self {
        Self { year: date.year(), quarter: (date.month().unsigned_abs() - 1) / 3 + 1 }
    }
}

impl Period {
    /// First day of the period.
    pub fn first_day(self) -> Date {
        let (year, month) = match self {
            Self::Year(year) => (year, 1),
            Self::Half(h) => (h.year, if h.half == 1 { 1 } else { 7 }),
            Self::Quarter(q) => (q.year, i8::try_from(q.quarter).unwrap_or(1) * 3 - 2),
        };
        jiff::civil::date(year, month, 1)
    }

    /// Last day of the period.
    pub fn last_day(self) -> Date {
        let (year, month) = match self {
            Self::Year(year) => (year, 12),
            Self::Half(h) => (h.year, if h.half == 1 { 6 } else { 12 }),
            Self::Quarter(q) => (q.year, i8::try_from(q.quarter).unwrap_or(1) * 3),
        };
        jiff::civil::date(year, month, 1).last_of_month()
    }
}

impl std::fmt::Display for Half {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-H{}", self.year, self.half)
    }
}

impl std::fmt::Display for Quarter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-Q{}", self.year, self.quarter)
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year}"),
            Self::Half(half) => half.fmt(f),
            Self::Quarter(quarter) => quarter.fmt(f),
        }
    }
}

impl std::str::FromStr for Period {
    type Err = ReadError;

    /// Reads `2008`, `2008-H1`, `2008 h2`, `2008-Q3`, `Q3 2008`.
    fn from_str(text: &str) -> Result<Self, ReadError> {
        let refuse =
            || ReadError::new(format!("{text:?} is not a reporting period; write 2008, 2008-H1 or 2008-Q3"));
        let upper = text.trim().to_ascii_uppercase().replace(['-', '/', ' '], "");
        let (year, part) = if upper.starts_with(['H', 'Q']) && upper.len() == 6 {
            (upper.get(2..).ok_or_else(refuse)?, upper.get(..2).ok_or_else(refuse)?)
        } else {
            (upper.get(..4).ok_or_else(refuse)?, upper.get(4..).ok_or_else(refuse)?)
        };
        let year: i16 = year.parse().map_err(|_| refuse())?;
        if !(1900..=2999).contains(&year) {
            return Err(refuse());
        }
        match part {
            "" => Ok(Self::Year(year)),
            "H1" => Ok(Self::Half(Half { year, half: 1 })),
            "H2" => Ok(Self::Half(Half { year, half: 2 })),
            "Q1" => Ok(Self::Quarter(Quarter { year, quarter: 1 })),
            "Q2" => Ok(Self::Quarter(Quarter { year, quarter: 2 })),
            "Q3" => Ok(Self::Quarter(Quarter { year, quarter: 3 })),
            "Q4" => Ok(Self::Quarter(Quarter { year, quarter: 4 })),
            _ => Err(refuse()),
        }
    }
}

impl std::str::FromStr for Half {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        match text.parse()? {
            Period::Half(half) => Ok(half),
            _ => Err(ReadError::new(format!("{text:?} is not a half-year; write for example 2008-H1"))),
        }
    }
}

impl std::str::FromStr for Quarter {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        match text.parse()? {
            Period::Quarter(quarter) => Ok(quarter),
            _ => Err(ReadError::new(format!("{text:?} is not a quarter; write for example 2008-Q3"))),
        }
    }
}
