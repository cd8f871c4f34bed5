//! Trade between participants as both sides tell it, for pictures and files: the mirror, flows, unit values.
//!
//! Closes: L47: both sides of a pair stand beside each other, in carats and in value, and neither is taken for the other.
//! Pure: figures come in, as declared in returns or as the register counts them. Judges nothing.

use std::collections::BTreeMap;

use kp_terms::{HsCode, ParticipantCode, Period, Quarter};

use crate::{AnnexTable, Cell, Declared};

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Out of whoever tells it.
    Export,
    /// Into it.
    Import,
}

impl Way {
    /// The word of tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Export => "export",
            Self::Import => "import",
        }
    }
}

/// One figure of trade, as one side tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Who tells it.
    pub participant: ParticipantCode,
    /// Which way.
    pub way: Way,
    /// The other side.
    pub partner: ParticipantCode,
    /// When.
    pub quarter: Quarter,
    /// Class.
    pub hs: Option<HsCode>,
    /// Hundredths of a carat.
    pub carats: i64,
    /// Cents.
    pub cents: i64,
}

/// What the register counts.
pub fn told_by_register(cells: &[Cell]) -> Vec<Told> {
    let told = cells.iter().map(|cell| Told {
        participant: cell.participant,
        way: if cell.flow == "export" { Way::Export } else { Way::Import },
        partner: cell.partner,
        quarter: cell.quarter,
        hs: Some(cell.hs),
        carats: cell.carats.hundredths(),
        cents: cell.value.cents(),
    });
    told.collect()
}

/// What was declared in returns; figures without a partner tell nothing here.
pub fn told_by_returns<'d>(declared: impl Iterator<Item = &'d Declared>) -> Vec<Told> {
    let told = declared.filter_map(|it| {
        let figure = it.figure.as_ref()?;
        let way = match it.table {
            AnnexTable::Exports => Way::Export,
            AnnexTable::Imports => Way::Import,
            _ => return None,
        };
        let Period::Quarter(quarter) = it.period else { return None };
        Some(Told {
            participant: it.participant,
            way,
            partner: figure.partner?,
            quarter,
            hs: figure.hs,
            carats: figure.carats.hundredths(),
            cents: figure.value.cents(),
        })
    });
    told.collect()
}

/// Carats and value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Amounts {
    /// Hundredths of a carat.
    pub carats: i64,
    /// Cents.
    pub cents: i64,
}

impl Amounts {
    fn add(&mut self, told: &Told) {
        self.carats = self.carats.saturating_add(told.carats);
        self.cents = self.cents.saturating_add(told.cents);
    }

    /// Cents for a carat, rounded down; none where there are no carats.
    pub fn unit_value(self) -> Option<i64> {
        let cents = i128::from(self.cents) * 100;
        (self.carats > 0).then(|| i64::try_from(cents / i128::from(self.carats)).unwrap_or(i64::MAX))
    }
}

/// Which figures are looked at.
#[derive(Debug, Clone, Copy, Default)]
pub struct Span {
    /// From this quarter on.
    pub from: Option<Quarter>,
    /// Until this one.
    pub until: Option<Quarter>,
    /// Only this class.
    pub hs: Option<HsCode>,
}

impl Span {
    /// Whether a figure is among them.
    pub fn takes(&self, told: &Told) -> bool {
        self.from.is_none_or(|from| told.quarter >= from)
            && self.until.is_none_or(|until| told.quarter <= until)
            && self.hs.is_none_or(|hs| told.hs == Some(hs))
    }
}

/// Both sides of one route.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mirror {
    /// What the exporter says to have sent; none where it says nothing.
    pub out: Option<Amounts>,
    /// What the importer says to have received.
    pub into: Option<Amounts>,
}

/// Both sides of every route, by exporter and importer.
pub fn mirror(told: &[Told], span: &Span) -> BTreeMap<(ParticipantCode, ParticipantCode), Mirror> {
    let mut all: BTreeMap<(ParticipantCode, ParticipantCode), Mirror> = BTreeMap::new();
    for one in told.iter().filter(|told| span.takes(told)) {
        match one.way {
            Way::Export => {
                let route = all.entry((one.participant, one.partner)).or_default();
                route.out.get_or_insert_default().add(one);
            }
            Way::Import => {
                let route = all.entry((one.partner, one.participant)).or_default();
                route.into.get_or_insert_default().add(one);
            }
        }
    }
    all
}

/// A series of unit values: whose, which way, which class.
pub type SeriesKey = (ParticipantCode, Way, Option<HsCode>);

/// Amounts by quarter of every participant, way and class: what unit values are made from.
pub fn by_quarter(told: &[Told], span: &Span) -> BTreeMap<SeriesKey, BTreeMap<Quarter, Amounts>> {
    let mut all: BTreeMap<SeriesKey, BTreeMap<Quarter, Amounts>> = BTreeMap::new();
    for one in told.iter().filter(|told| span.takes(told)) {
        let series = all.entry((one.participant, one.way, one.hs)).or_default();
        series.entry(one.quarter).or_default().add(one);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(participant: &str, way: Way, partner: &str, quarter: &str, carats: i64) -> Told {
        Told {
            participant: participant.parse().unwrap(),
            way,
            partner: partner.parse().unwrap(),
            quarter: quarter.parse().unwrap(),
            hs: "7102.31".parse().ok(),
            carats,
            cents: carats * 3,
        }
    }

    #[test]
    fn both_sides_of_a_route_stand_beside_each_other_and_silence_is_not_nought() {
        let all = [
            told("XA", Way::Export, "XB", "2026-Q1", 100),
            told("XA", Way::Export, "XB", "2026-Q2", 50),
            told("XB", Way::Import, "XA", "2026-Q1", 90),
            told("XB", Way::Import, "XC", "2026-Q1", 7),
        ];
        let of = |span: &Span| -> Vec<String> {
            let shown = |((from, to), m): (&(ParticipantCode, ParticipantCode), &Mirror)| {
                format!("{from}-{to} {:?} {:?}", m.out.map(|a| a.carats), m.into.map(|a| a.carats))
            };
            mirror(&all, span).iter().map(shown).collect()
        };
        assert_eq!(of(&Span::default()), ["XA-XB Some(150) Some(90)", "XC-XB None Some(7)"]);
        let first = Span { until: "2026-Q1".parse().ok(), ..Span::default() };
        assert_eq!(of(&first), ["XA-XB Some(100) Some(90)", "XC-XB None Some(7)"]);
        let other = Span { hs: "7102.10".parse().ok(), ..Span::default() };
        assert_eq!(of(&other), Vec::<String>::new());
        let series = by_quarter(&all, &Span::default());
        let of_xa = series.values().next().map(|quarters| quarters.len());
        assert_eq!((series.len(), of_xa), (2, Some(2)), "XB's imports of one class are one series");
        assert_eq!(Amounts { carats: 0, cents: 5 }.unit_value(), None);
        assert_eq!(Amounts { carats: 200, cents: 700 }.unit_value(), Some(350));
    }
}
