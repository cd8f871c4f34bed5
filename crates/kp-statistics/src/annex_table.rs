//! The tables of Annex III: what is returned, for which sort of period, and when it is due.
//!
//! Scheme: CD Annex III: trade and certificate counts quarterly, production half-yearly, each within two months after the
//! period. Stocks: once a year, in the annual collection of June (the day is ours: 30 June of the next year).

use jiff::civil::date;
use kp_terms::{Date, FieldValue, Half, Kind, Period, Quarter, ReadError};

/// A table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnnexTable {
    /// Carats and value produced.
    Production,
    /// Imports by partner and class.
    Imports,
    /// Exports by partner and class.
    Exports,
    /// Certificates validated for export, and received with imports.
    Certificates,
    /// Stocks by class.
    Stocks,
}

impl AnnexTable {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 5] =
        [Self::Production, Self::Imports, Self::Exports, Self::Certificates, Self::Stocks];

    /// The word in statements, tables and forms.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Imports => "imports",
            Self::Exports => "exports",
            Self::Certificates => "certificates",
            Self::Stocks => "stocks",
        }
    }

    /// The period that a day lies in.
    pub fn period_of(self, day: Date) -> Period {
        let quarter = Quarter::of(day);
        match self {
            Self::Production => Period::Half(quarter.half()),
            Self::Imports | Self::Exports | Self::Certificates => Period::Quarter(quarter),
            Self::Stocks => Period::Year(quarter.year),
        }
    }

    /// Whether a period is of the sort that this table is returned for.
    pub const fn fits(self, period: Period) -> bool {
        matches!(
            (self, period),
            (Self::Production, Period::Half(_))
                | (Self::Imports | Self::Exports | Self::Certificates, Period::Quarter(_))
                | (Self::Stocks, Period::Year(_))
        )
    }

    /// Last day on which the return is in time.
    pub fn due_on(self, period: Period) -> Date {
        match (self, period) {
            (Self::Stocks, Period::Year(year)) => date(year.saturating_add(1).clamp(-9999, 9999), 6, 30),
            _ => period.return_due(),
        }
    }

    /// Every period from one that holds `from` to the last that is over on `today`.
    pub fn periods(self, from: Date, today: Date) -> Vec<Period> {
        let mut periods = Vec::new();
        let mut period = self.period_of(from);
        while period.last_day() < today {
            periods.push(period);
            period = following(period);
        }
        periods
    }
}

/// The period after one of the same sort.
pub fn following(period: Period) -> Period {
    match period {
        Period::Year(year) => Period::Year(year.saturating_add(1)),
        Period::Quarter(quarter) => Period::Quarter(quarter.next()),
        Period::Half(Half { year, half: 1 }) => Period::Half(Half { year, half: 2 }),
        Period::Half(Half { year, .. }) => Period::Half(Half { year: year.saturating_add(1), half: 1 }),
    }
}

/// The same period of the year before.
pub fn year_before(period: Period) -> Period {
    match period {
        Period::Year(year) => Period::Year(year.saturating_sub(1)),
        Period::Quarter(q) => Period::Quarter(Quarter { year: q.year.saturating_sub(1), ..q }),
        Period::Half(h) => Period::Half(Half { year: h.year.saturating_sub(1), ..h }),
    }
}

impl std::fmt::Display for AnnexTable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.word())
    }
}

impl std::str::FromStr for AnnexTable {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        Self::ALL.into_iter().find(|table| table.word() == text.trim()).ok_or_else(|| {
            ReadError::new(format!(
                "{text:?} is not a table of Annex III; write production, imports, exports, certificates or stocks"
            ))
        })
    }
}

impl serde::Serialize for AnnexTable {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl<'de> serde::Deserialize<'de> for AnnexTable {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl FieldValue for AnnexTable {
    const KIND: Kind = Kind::Choice(&["production", "imports", "exports", "certificates", "stocks"]);

    fn read(typed: &[String]) -> Result<Self, ReadError> {
        kp_terms::read_one(typed)
    }
}

#[cfg(test)]
mod tests {
    use super::AnnexTable;

    #[test]
    fn each_table_has_its_periods_and_its_days() {
        let periods = |table: AnnexTable| -> Vec<String> {
            let days = |text: &str| text.parse().unwrap();
            let due = |p| format!("{p} due {}", table.due_on(p));
            table.periods(days("2025-02-10"), days("2026-01-01")).into_iter().map(due).collect()
        };
        assert_eq!(periods(AnnexTable::Production), ["2025-H1 due 2025-08-31", "2025-H2 due 2026-02-28"]);
        assert_eq!(
            periods(AnnexTable::Exports),
            [
                "2025-Q1 due 2025-05-31",
                "2025-Q2 due 2025-08-31",
                "2025-Q3 due 2025-11-30",
                "2025-Q4 due 2026-02-28"
            ]
        );
        assert_eq!(periods(AnnexTable::Stocks), ["2025 due 2026-06-30"]);
    }
}
