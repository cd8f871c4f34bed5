//! Reconciliation by certificate: what left against what arrived, number by number, and every gap split into its parts.
//!
//! Closes: L47 (a gap between two participants' figures is explained away, or lost in noise). The parts of a gap add up to
//! it, to the hundredth of a carat and to the cent, and each has the list of certificates behind it. Tolerances are the
//! register's own (`kp-custody`, weight) and, for value, a thousandth; both are ours. Pure: what was known comes in.

use std::collections::BTreeMap;

use kp_terms::{Carats, Date, HsCode, ParticipantCode, Quarter, UsdCents};
use kp_trade::rules::weight;

use crate::queries::{Posting, Presentation};

/// How one certificate's two sides compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    /// To the hundredth and the cent.
    Matched,
    /// Carats differ by no more than two weighings may.
    WithinTolerance,
    /// Carats agree, classes do not.
    Class,
    /// Carats and classes agree, values do not.
    Value,
    /// Carats differ by more.
    Weight,
    /// Left, and did not arrive; perhaps under way.
    UnderWay,
    /// Left, and did not arrive in ninety days.
    MissingAtDestination,
    /// Arrived in another quarter than it left in, as it left.
    Timing,
    /// Presented, and never left by the issuer's books.
    MissingAtOrigin,
    /// Presented more than once.
    UsedTwice,
}

impl Agreement {
    /// All, in the order of the reports.
    pub const ALL: [Self; 10] = [
        Self::Matched,
        Self::WithinTolerance,
        Self::Class,
        Self::Value,
        Self::Weight,
        Self::Timing,
        Self::UnderWay,
        Self::MissingAtDestination,
        Self::MissingAtOrigin,
        Self::UsedTwice,
    ];

    /// The word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Matched => "matched",
            Self::WithinTolerance => "within_tolerance",
            Self::Class => "class",
            Self::Value => "value",
            Self::Weight => "weight",
            Self::Timing => "timing",
            Self::UnderWay => "under_way",
            Self::MissingAtDestination => "missing_at_destination",
            Self::MissingAtOrigin => "missing_at_origin",
            Self::UsedTwice => "used_twice",
        }
    }

    /// Whether it explains a gap by itself: no question is left.
    pub const fn explains(self) -> bool {
        matches!(self, Self::Matched | Self::WithinTolerance | Self::Class | Self::Timing | Self::UnderWay)
    }
}

/// Days after which goods that have not arrived are missing. The last step of the ladder of L27; ours.
const MISSING_AFTER_DAYS: i32 = 90;

/// One certificate with its two sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// Its number.
    pub number: String,
    /// Who sent it.
    pub exporter: ParticipantCode,
    /// Where it was to go, or where it arrived.
    pub importer: ParticipantCode,
    /// The day it left.
    pub departed_on: Date,
    /// The day it was counted as arrived.
    pub arrived_on: Option<Date>,
    /// Carats and value of both sides, by class.
    pub lines: BTreeMap<HsCode, Sides>,
    /// How they compare. What arrived in another quarter is compared like everything else: it is timing where nothing else
    /// differs.
    pub agreement: Agreement,
    /// How often the number was presented.
    pub presented: usize,
}

/// Both sides of one class.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sides {
    /// Carats that left.
    pub carats_out: i64,
    /// Value that left, cents.
    pub cents_out: i64,
    /// Carats that arrived.
    pub carats_in: i64,
    /// Value that arrived, cents.
    pub cents_in: i64,
}

impl Sides {
    /// As if everything had arrived as it left.
    const fn as_it_left(&self) -> Self {
        Self { carats_in: self.carats_out, cents_in: self.cents_out, ..*self }
    }

    /// What arrived beyond another side's arrivals; nothing left.
    const fn less(&self, other: &Self) -> Self {
        Self {
            carats_out: 0,
            cents_out: 0,
            carats_in: self.carats_in.saturating_sub(other.carats_in),
            cents_in: self.cents_in.saturating_sub(other.cents_in),
        }
    }

    fn plus(self, other: &Self) -> Self {
        Self {
            carats_out: self.carats_out.saturating_add(other.carats_out),
            cents_out: self.cents_out.saturating_add(other.cents_out),
            carats_in: self.carats_in.saturating_add(other.carats_in),
            cents_in: self.cents_in.saturating_add(other.cents_in),
        }
    }
}

/// One part of a gap.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// Carats: arrived less left.
    pub carats: i64,
    /// Cents: arrived less left.
    pub cents: i64,
    /// The certificates behind it, in order.
    pub numbers: Vec<String>,
}

/// A route in a quarter, of one class or all: both sides' totals and the parts of the gap between them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gap {
    /// What left in the quarter by the exporter's count, and arrived in it by the importer's.
    pub sides: Sides,
    /// The parts, which add up to what arrived less what left.
    pub parts: BTreeMap<Agreement, Part>,
}

impl Gap {
    /// Carats that no harmless reason explains, as a sum of sizes: what one asks about.
    pub fn unexplained(&self) -> Carats {
        let sizes =
            self.parts.iter().filter(|(of, _)| !of.explains()).map(|(_, part)| part.carats.saturating_abs());
        Carats::from_hundredths(sizes.fold(0, i64::saturating_add))
    }
}

/// A route in a quarter; of one class, or (none) of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    /// Who sends.
    pub exporter: ParticipantCode,
    /// Who receives.
    pub importer: ParticipantCode,
    /// The quarter.
    pub quarter: Quarter,
    /// The class.
    pub hs: Option<HsCode>,
}

/// Everything reconciled.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reconciliation {
    /// Every certificate that left, by number.
    pub certificates: Vec<Compared>,
    /// Numbers that were presented and never left, each with where and how much: outside both counts.
    pub never_left: Vec<Presentation>,
    /// The gaps, by route.
    pub gaps: BTreeMap<Route, Gap>,
}

/// Compares both sides, certificate by certificate, and splits the gaps by route, and where asked by class.
pub fn reconcile(
    postings: &[Posting],
    presentations: &[Presentation],
    today: Date,
    by_class: bool,
) -> Reconciliation {
    let mut result = Reconciliation::default();
    let mut by_number: BTreeMap<&str, Vec<&Posting>> = BTreeMap::new();
    for posting in postings {
        by_number.entry(&posting.number).or_default().push(posting);
    }
    let mut presented: BTreeMap<&str, Vec<&Presentation>> = BTreeMap::new();
    for presentation in presentations {
        presented.entry(&presentation.number).or_default().push(presentation);
    }
    for (number, sides) in &by_number {
        let times = presented.get(number).map_or(0, Vec::len);
        if let Some(compared) = compare(number, sides, times, today) {
            book(&compared, by_class, &mut result.gaps);
            result.certificates.push(compared);
        }
    }
    let never = presented.iter().filter(|(number, _)| !by_number.contains_key(*number));
    result.never_left = never.flat_map(|(_, all)| all.iter().map(|one| (*one).clone())).collect();
    result
}

fn compare(number: &str, sides: &[&Posting], presented: usize, today: Date) -> Option<Compared> {
    let out = sides.iter().find(|posting| posting.flow == "export")?;
    let into = sides.iter().find(|posting| posting.flow == "import");
    let mut lines: BTreeMap<HsCode, Sides> = BTreeMap::new();
    for posting in sides {
        let line = lines.entry(posting.hs).or_default();
        let (carats, cents) = (posting.carats.hundredths(), posting.value.cents());
        let more = match posting.flow.as_str() {
            "export" => Sides { carats_out: carats, cents_out: cents, ..Sides::default() },
            _ => Sides { carats_in: carats, cents_in: cents, ..Sides::default() },
        };
        *line = line.plus(&more);
    }
    let arrived_on = into.map(|posting| posting.counted_on);
    let mut compared = Compared {
        number: number.to_owned(),
        exporter: out.participant,
        importer: into.map_or(out.partner, |posting| posting.participant),
        departed_on: out.counted_on,
        arrived_on,
        lines,
        agreement: Agreement::Matched,
        presented,
    };
    compared.agreement = agreement(&compared, today);
    Some(compared)
}

fn agreement(compared: &Compared, today: Date) -> Agreement {
    if compared.presented > 1 {
        return Agreement::UsedTwice;
    }
    let Some(arrived_on) = compared.arrived_on else {
        let days = compared.departed_on.until(today).map_or(0, |span| span.get_days());
        return if days > MISSING_AFTER_DAYS { Agreement::MissingAtDestination } else { Agreement::UnderWay };
    };
    let figures = of_figures(compared);
    let agrees = matches!(figures, Agreement::Matched | Agreement::WithinTolerance);
    let is_later = Quarter::of(compared.departed_on) != Quarter::of(arrived_on);
    if agrees && is_later { Agreement::Timing } else { figures }
}

/// How the figures alone compare: carats first, then classes, then values.
fn of_figures(compared: &Compared) -> Agreement {
    let total = compared.lines.values().fold(Sides::default(), |sum, line| sum.plus(line));
    let agrees =
        |out: i64, into: i64| weight::agrees(Carats::from_hundredths(out), Carats::from_hundredths(into), 1);
    if !agrees(total.carats_out, total.carats_in) {
        return Agreement::Weight;
    }
    if compared.lines.values().any(|line| !agrees(line.carats_out, line.carats_in)) {
        return Agreement::Class;
    }
    let gap = i128::from(total.cents_out).abs_diff(i128::from(total.cents_in));
    if gap * 1000 > u128::from(total.cents_out.unsigned_abs()) {
        return Agreement::Value;
    }
    let exact = compared
        .lines
        .values()
        .all(|line| line.carats_out == line.carats_in && line.cents_out == line.cents_in);
    if exact { Agreement::Matched } else { Agreement::WithinTolerance }
}

/// Books a certificate: its departure in the quarter in which it left, its arrival in the one in which it arrived. Where these
/// are two, what left is timing in both, less in the one and more in the other; what differs besides stands in the quarter of
/// arrival under its own reason, so that the end of a quarter hides nothing.
fn book(compared: &Compared, by_class: bool, gaps: &mut BTreeMap<Route, Gap>) {
    let left_in = Quarter::of(compared.departed_on);
    let later = compared.arrived_on.map(Quarter::of).filter(|quarter| *quarter != left_in);
    for (hs, line) in &compared.lines {
        let route = |quarter| Route {
            exporter: compared.exporter,
            importer: compared.importer,
            quarter,
            hs: by_class.then_some(*hs),
        };
        let Some(arrived_in) = later else {
            add(gaps.entry(route(left_in)).or_default(), compared, compared.agreement, line);
            continue;
        };
        let left = Sides { carats_in: 0, cents_in: 0, ..*line };
        add(gaps.entry(route(left_in)).or_default(), compared, Agreement::Timing, &left);
        let gap = gaps.entry(route(arrived_in)).or_default();
        let shifted = Sides { carats_in: line.carats_out, cents_in: line.cents_out, ..Sides::default() };
        add(gap, compared, Agreement::Timing, &shifted);
        // The totals hold what arrived; what is booked beside timing is what differs from what left.
        if compared.agreement == Agreement::Timing && *line == line.as_it_left() {
            continue;
        }
        let rest = match compared.agreement {
            Agreement::Timing => Agreement::WithinTolerance,
            other => other,
        };
        add(gap, compared, rest, &line.less(&shifted));
    }
}

fn add(gap: &mut Gap, compared: &Compared, of: Agreement, line: &Sides) {
    gap.sides = gap.sides.plus(line);
    let part = gap.parts.entry(of).or_default();
    part.carats = part.carats.saturating_add(line.carats_in.saturating_sub(line.carats_out));
    part.cents = part.cents.saturating_add(line.cents_in.saturating_sub(line.cents_out));
    if part.numbers.last() != Some(&compared.number) {
        part.numbers.push(compared.number.clone());
    }
}

/// US cents as an amount of money, for reports.
pub fn usd(cents: i64) -> UsdCents {
    UsdCents::from_cents(cents)
}

#[cfg(test)]
mod tests;
