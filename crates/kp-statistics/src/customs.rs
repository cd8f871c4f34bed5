//! The scheme's figures against customs figures of the same goods: every difference in its parts, none refused.
//!
//! Closes: L47; peers 1.E8. Customs offices count rough diamonds by HS code too, for other reasons and by other rules: in
//! kilograms, with freight (CIF), by the day of their own declaration, sometimes in another class. A difference is
//! split into what each of these explains, in this order; what is left is left, and asked about. The parts of a difference
//! add up to it, to the hundredth of a carat and to the cent. Bounds are ours. Pure: figures come in.

use std::collections::BTreeMap;

use kp_terms::{HsCode, ParticipantCode, Quarter};

use crate::explore::{Amounts, Told, Way};

/// What a figure is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// Who tells it.
    pub participant: ParticipantCode,
    /// Which way.
    pub way: Way,
    /// The other side.
    pub partner: ParticipantCode,
    /// When.
    pub quarter: Quarter,
    /// Class.
    pub hs: HsCode,
}

/// A figure of a customs office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CustomsFigure {
    /// What it is about.
    pub key: Key,
    /// Hundredths of a carat, and cents.
    pub amounts: Amounts,
    /// Whether the file says in which unit it weighs; where it does not, carats were taken.
    pub unit_said: bool,
    /// Its row in the file.
    pub row: u32,
}

/// Why figures differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Only customs has it: not declared, or outside the scheme's coverage.
    NotDeclared,
    /// Only the scheme has it: customs leaves it out, or keeps it confidential.
    NotAtCustoms,
    /// The file does not say its unit, and its figure is ours in grams or kilograms.
    Unit,
    /// Another class of the same route and quarter has as much less.
    Class,
    /// The quarter before or after has as much less: counted on another day.
    Timing,
    /// Value: as much as the carats that differ are worth.
    Quantity,
    /// Value: freight and insurance, CIF against FOB.
    Incoterms,
    /// Nothing of these.
    Unexplained,
}

impl Cause {
    /// All, in the order of reports.
    pub const ALL: [Self; 8] = [
        Self::NotDeclared,
        Self::NotAtCustoms,
        Self::Unit,
        Self::Class,
        Self::Timing,
        Self::Quantity,
        Self::Incoterms,
        Self::Unexplained,
    ];

    /// The word in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotDeclared => "not_declared",
            Self::NotAtCustoms => "not_at_customs",
            Self::Unit => "unit",
            Self::Class => "class",
            Self::Timing => "timing",
            Self::Quantity => "quantity",
            Self::Incoterms => "incoterms",
            Self::Unexplained => "unexplained",
        }
    }

    /// Whether it leaves nothing to ask.
    pub const fn explains(self) -> bool {
        matches!(self, Self::Unit | Self::Class | Self::Timing | Self::Quantity | Self::Incoterms)
    }
}

/// One comparison: customs less the scheme, in its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What it is about.
    pub key: Key,
    /// The scheme's figure.
    pub ours: Option<Amounts>,
    /// Customs'.
    pub theirs: Option<Amounts>,
    /// Hundredths of a carat, by cause; they add up to theirs less ours.
    pub carats: BTreeMap<Cause, i64>,
    /// Cents, by cause; they add up to theirs less ours.
    pub cents: BTreeMap<Cause, i64>,
    /// The rows of the file behind it.
    pub rows: Vec<u32>,
}

impl Difference {
    /// Whether something is left to ask.
    pub fn is_question(&self) -> bool {
        self.carats.iter().chain(&self.cents).any(|(cause, amount)| !cause.explains() && *amount != 0)
    }

    fn more(&self, of: fn(Amounts) -> i64) -> i64 {
        let side = |side: Option<Amounts>| side.map_or(0, of);
        side(self.theirs).saturating_sub(side(self.ours))
    }
}

/// A gram is five carats, a kilogram five thousand.
const CARATS_IN: [i64; 2] = [5, 5_000];
/// Freight and insurance of diamonds stay below a tenth of their value (HS 7102 against the scheme: statistics-method 4).
const MOST_FREIGHT: i128 = 10;

/// Compares all figures of the file with the scheme's of the same participants, ways and quarters.
pub fn compare(told: &[Told], customs: &[CustomsFigure]) -> Vec<Difference> {
    let mut all: BTreeMap<Key, Difference> = BTreeMap::new();
    let fresh = |key| Difference {
        key,
        ours: None,
        theirs: None,
        carats: BTreeMap::new(),
        cents: BTreeMap::new(),
        rows: Vec::new(),
    };
    let mut unsaid: BTreeMap<Key, bool> = BTreeMap::new();
    for figure in customs {
        let difference = all.entry(figure.key).or_insert_with(|| fresh(figure.key));
        add(difference.theirs.get_or_insert_default(), figure.amounts);
        difference.rows.push(figure.row);
        *unsaid.entry(figure.key).or_default() |= !figure.unit_said;
    }
    let asked: Vec<(ParticipantCode, Way, Quarter)> =
        customs.iter().map(|figure| (figure.key.participant, figure.key.way, figure.key.quarter)).collect();
    for one in told.iter().filter(|one| asked.contains(&(one.participant, one.way, one.quarter))) {
        let Some(hs) = one.hs else { continue };
        let (participant, way, partner, quarter) = (one.participant, one.way, one.partner, one.quarter);
        let key = Key { participant, way, partner, quarter, hs };
        let difference = all.entry(key).or_insert_with(|| fresh(key));
        add(difference.ours.get_or_insert_default(), Amounts { carats: one.carats, cents: one.cents });
    }
    let mut all: Vec<Difference> = all.into_values().collect();
    for difference in &mut all {
        let is_unsaid = unsaid.get(&difference.key).copied().unwrap_or_default();
        begin(difference, is_unsaid);
    }
    // What one class or quarter has less, another has more: moved from the unexplained of both, in carats.
    offset(&mut all, Cause::Class, |a, b| a.quarter == b.quarter && a.hs != b.hs);
    offset(&mut all, Cause::Timing, |a, b| {
        a.hs == b.hs && (a.quarter.next() == b.quarter || b.quarter.next() == a.quarter)
    });
    for difference in &mut all {
        value(difference);
        difference.carats.retain(|_, amount| *amount != 0);
        difference.cents.retain(|_, amount| *amount != 0);
    }
    all
}

fn add(to: &mut Amounts, more: Amounts) {
    to.carats = to.carats.saturating_add(more.carats);
    to.cents = to.cents.saturating_add(more.cents);
}

/// The first causes: one side is silent, or the unit is another.
fn begin(difference: &mut Difference, is_unsaid: bool) {
    let more = difference.more(|side| side.carats);
    let cause = match (difference.ours, difference.theirs) {
        (None, _) => Cause::NotDeclared,
        (_, None) => Cause::NotAtCustoms,
        (Some(ours), Some(theirs)) if is_unsaid && is_other_unit(ours.carats, theirs.carats) => Cause::Unit,
        _ => Cause::Unexplained,
    };
    difference.carats.insert(cause, more);
}

/// Whether one is the other in grams or kilograms, within two hundredths (files round kilograms).
fn is_other_unit(ours: i64, theirs: i64) -> bool {
    CARATS_IN.iter().any(|factor| {
        let scaled = i128::from(theirs) * i128::from(*factor);
        ours > 0 && (scaled - i128::from(ours)).abs() * 50 <= i128::from(ours)
    })
}

/// Moves what two figures of one route have against each other from their unexplained or silent part into a cause.
fn offset(all: &mut [Difference], cause: Cause, fits: impl Fn(&Key, &Key) -> bool) {
    let left = |of: &Difference| -> Option<(Cause, i64)> {
        let open = [Cause::Unexplained, Cause::NotDeclared, Cause::NotAtCustoms];
        open.iter().find_map(|open| of.carats.get(open).filter(|amount| **amount != 0).map(|a| (*open, *a)))
    };
    for first in 0..all.len() {
        for second in first + 1..all.len() {
            let (Some(a), Some(b)) = (all.get(first), all.get(second)) else { continue };
            let same = (a.key.participant, a.key.way, a.key.partner)
                == (b.key.participant, b.key.way, b.key.partner);
            if !same || !fits(&a.key, &b.key) {
                continue;
            }
            let (Some((of_a, x)), Some((of_b, y))) = (left(a), left(b)) else { continue };
            if (x > 0) == (y > 0) {
                continue;
            }
            let moved = x.saturating_abs().min(y.saturating_abs());
            for (place, from, sign) in [(first, of_a, x.signum()), (second, of_b, y.signum())] {
                if let Some(it) = all.get_mut(place) {
                    *it.carats.entry(from).or_default() -= sign * moved;
                    *it.carats.entry(cause).or_default() += sign * moved;
                }
            }
        }
    }
}

/// Splits the value's difference: what the carats that differ are worth, freight, the rest.
fn value(difference: &mut Difference) {
    let more = difference.more(|side| side.cents);
    let (Some(ours), Some(theirs)) = (difference.ours, difference.theirs) else {
        let silent = if difference.ours.is_none() { Cause::NotDeclared } else { Cause::NotAtCustoms };
        // Where the carats were found in another class or quarter, so is their value.
        let cause = difference.carats.iter().max_by_key(|(_, amount)| amount.saturating_abs());
        difference.cents.insert(cause.map_or(silent, |(cause, _)| *cause), more);
        return;
    };
    let is_unit = difference.carats.contains_key(&Cause::Unit);
    let carats = if is_unit { 0 } else { theirs.carats.saturating_sub(ours.carats) };
    let worth = match ours.carats {
        0 => 0,
        of => i64::try_from(i128::from(carats) * i128::from(ours.cents) / i128::from(of)).unwrap_or(0),
    };
    let rest = more.saturating_sub(worth);
    // What is left of the value of the same carats: freight where an importer has more, or customs of an exporter less.
    let basis = i128::from(ours.cents.saturating_add(worth)).abs();
    let is_freight = match difference.key.way {
        Way::Import => rest > 0,
        Way::Export => rest < 0,
    };
    let cause = match is_freight && i128::from(rest).abs() * MOST_FREIGHT <= basis {
        true => Cause::Incoterms,
        false => Cause::Unexplained,
    };
    *difference.cents.entry(Cause::Quantity).or_default() += worth;
    *difference.cents.entry(cause).or_default() += rest;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(quarter: &str, hs: &str) -> Key {
        Key {
            participant: "XB".parse().unwrap(),
            way: Way::Import,
            partner: "XA".parse().unwrap(),
            quarter: quarter.parse().unwrap(),
            hs: hs.parse().unwrap(),
        }
    }

    fn ours(key: Key, carats: i64, cents: i64) -> Told {
        let Key { participant, way, partner, quarter, hs } = key;
        Told { participant, way, partner, quarter, hs: Some(hs), carats, cents }
    }

    fn theirs(key: Key, carats: i64, cents: i64) -> CustomsFigure {
        CustomsFigure { key, amounts: Amounts { carats, cents }, unit_said: true, row: 2 }
    }

    fn said(differences: &[Difference]) -> Vec<String> {
        let parts = |parts: &BTreeMap<Cause, i64>| {
            parts
                .iter()
                .map(|(cause, amount)| format!("{} {amount}", cause.word()))
                .collect::<Vec<_>>()
                .join(" ")
        };
        let all = differences.iter().map(|it| {
            let sum = |parts: &BTreeMap<Cause, i64>| parts.values().sum::<i64>();
            assert_eq!(sum(&it.carats), it.more(|side| side.carats), "the parts add up: {it:?}");
            assert_eq!(sum(&it.cents), it.more(|side| side.cents), "the parts add up: {it:?}");
            format!("{} {}: {} / {}", it.key.quarter, it.key.hs, parts(&it.carats), parts(&it.cents))
        });
        all.collect()
    }

    const Q1: &str = "2026-Q1";
    const Q2: &str = "2026-Q2";

    #[test]
    fn freight_is_explained_and_a_price_is_not() {
        let of = key(Q1, "7102.31");
        let freight = compare(&[ours(of, 10_000, 100_000)], &[theirs(of, 10_000, 104_000)]);
        assert_eq!(said(&freight), ["2026-Q1 7102.31:  / incoterms 4000"]);
        assert!(!freight[0].is_question());
        let price = compare(&[ours(of, 10_000, 100_000)], &[theirs(of, 10_000, 150_000)]);
        assert_eq!(said(&price), ["2026-Q1 7102.31:  / unexplained 50000"]);
        assert!(price[0].is_question());
        let more = compare(&[ours(of, 10_000, 100_000)], &[theirs(of, 12_000, 122_000)]);
        assert_eq!(said(&more), ["2026-Q1 7102.31: unexplained 2000 / quantity 20000 incoterms 2000"]);
    }

    #[test]
    fn a_unit_is_recognised_only_where_the_file_does_not_say_it() {
        let of = key(Q1, "7102.31");
        // 2.00 kg where 10,000.00 ct were declared.
        let mut figure = theirs(of, 200, 5_000_000);
        let told = [ours(of, 1_000_000, 5_000_000)];
        assert_eq!(
            said(&compare(&told, &[figure])),
            ["2026-Q1 7102.31: unexplained -999800 / unexplained 4999000 quantity -4999000"].map(|s| s
                .replace("unexplained 4999000 quantity -4999000", "quantity -4999000 unexplained 4999000"))
        );
        figure.unit_said = false;
        assert_eq!(said(&compare(&told, &[figure])), ["2026-Q1 7102.31: unit -999800 / "]);
    }

    #[test]
    fn classes_and_quarters_are_set_against_each_other_before_anything_is_left() {
        let (a, b, later) = (key(Q1, "7102.31"), key(Q1, "7102.10"), key(Q2, "7102.31"));
        let classes = compare(
            &[ours(a, 1_000, 10_000), ours(b, 500, 5_000)],
            &[theirs(a, 700, 7_000), theirs(b, 800, 8_000)],
        );
        assert_eq!(
            said(&classes),
            ["2026-Q1 7102.10: class 300 / quantity 3000", "2026-Q1 7102.31: class -300 / quantity -3000"]
        );
        let quarters = compare(
            &[ours(a, 1_000, 10_000), ours(later, 400, 4_000)],
            &[theirs(a, 750, 7_500), theirs(later, 700, 7_000)],
        );
        assert_eq!(
            said(&quarters),
            [
                "2026-Q1 7102.31: timing -250 / quantity -2500",
                "2026-Q2 7102.31: timing 250 unexplained 50 / quantity 3000"
            ]
        );
        let silent = compare(&[ours(a, 1_000, 10_000)], &[theirs(b, 1_000, 10_000)]);
        assert_eq!(
            said(&silent),
            ["2026-Q1 7102.10: class 1000 / class 10000", "2026-Q1 7102.31: class -1000 / class -10000"]
        );
        let alone = compare(&[], &[theirs(a, 5, 50)]);
        assert_eq!(said(&alone), ["2026-Q1 7102.31: not_declared 5 / not_declared 50"]);
        assert!(alone[0].is_question());
    }

    #[test]
    fn what_the_file_does_not_speak_of_is_not_compared() {
        let (a, later) = (key(Q1, "7102.31"), key(Q2, "7102.31"));
        let all = compare(&[ours(a, 10, 10), ours(later, 10, 10)], &[theirs(a, 10, 10)]);
        assert_eq!(said(&all), ["2026-Q1 7102.31:  / "], "a file of one quarter says nothing of the next");
    }
}
