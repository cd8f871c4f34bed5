//! W2: every certificate with every confirmation of its number (L17, L20, L38), while confirmations are read.
//!
//! Confirmations are not kept: each is matched, counted and forgotten. What stays is a mark for each number, and the
//! exceptions.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use crate::{
    calendar::{QuarterOf, quarter_of},
    certificates::{Amounts, Certificate, Certificates, RouteClass, quarter_key},
    index::Index,
    results::class::Class,
    table::Sink,
    tally::Tally,
};

/// n, cc, vc, dcc, dvc, adcc, advc, lag_sum, hs_diff.
pub(crate) type Summary = [i64; 9];

/// A pair that is listed, or a half of one: certificate's id, confirmation's id, class.
pub(crate) type Exception = (i64, i64, Class);

/// Key of a summary: the year is the page.
pub(crate) fn summary_key(route: u32, year: u16, class: Class) -> u64 {
    u64::from(year) << 32 | u64::from(route) << 4 | class as u64
}

/// Route, year and class of a summary's key: sorts like the file.
pub(crate) fn summary_parts(key: u64) -> (u32, u16, Class) {
    (key as u32 >> 4, (key >> 32) as u16, Class::ALL[(key & 15) as usize])
}

/// A confirmation in one word: its importer and its id. Never zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mark(pub(crate) u64);

/// The id is too large for the word and stands in the list of long ones.
const LONG: u64 = 1 << 52;

/// Numbers seen in confirmations, shared by all threads.
#[derive(Debug)]
pub(crate) struct Marks {
    by_slot: Vec<AtomicU64>,
    long_ids: Mutex<Vec<i64>>,
}

impl Marks {
    pub(crate) fn new(slots: usize) -> Self {
        Self { by_slot: (0..slots).map(|_| AtomicU64::new(0)).collect(), long_ids: Mutex::default() }
    }

    #[inline]
    fn mark(&self, importer: u32, id: i64) -> Mark {
        let importer = u64::from(importer + 1) << 53;
        match u64::try_from(id) {
            Ok(id) if id < LONG => Mark(importer | id),
            _ => {
                let mut long = self.long_ids.lock().unwrap_or_else(PoisonError::into_inner);
                long.push(id);
                Mark(importer | LONG | (long.len() - 1) as u64)
            }
        }
    }

    /// Importer and id of a mark.
    pub(crate) fn read(&self, mark: Mark) -> (u32, i64) {
        let low = mark.0 & (LONG - 1);
        let long = || self.long_ids.lock().unwrap_or_else(PoisonError::into_inner)[low as usize];
        let id = if mark.0 & LONG == 0 { low as i64 } else { long() };
        ((mark.0 >> 53) as u32 - 1, id)
    }

    /// The last confirmation in a slot, if there is one.
    pub(crate) fn last(&self, slot: usize) -> Option<Mark> {
        Some(self.by_slot[slot].load(Ordering::Relaxed)).filter(|mark| *mark != 0).map(Mark)
    }
}

/// What confirmations are matched with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Against<'a> {
    pub(crate) certificates: &'a Certificates,
    pub(crate) index: &'a Index,
    pub(crate) marks: &'a Marks,
}

/// What was found, by one thread or by all.
#[derive(Debug)]
pub(crate) struct Matched {
    pub(crate) summaries: Tally<Summary>,
    pub(crate) exceptions: Vec<Exception>,
    /// Sums by quarter, route and class: the other side of W1.
    pub(crate) sums: Tally<Amounts>,
    /// Confirmations that another followed: number and mark. The last one is in the slot.
    pub(crate) followed: Vec<(u64, Mark)>,
    /// Confirmations of numbers that no certificate has.
    pub(crate) orphans: Vec<(u64, Mark)>,
}

impl Matched {
    pub(crate) fn new() -> Self {
        Self {
            summaries: Tally::new(),
            exceptions: Vec::new(),
            sums: Tally::new(),
            followed: Vec::new(),
            orphans: Vec::new(),
        }
    }

    pub(crate) fn take_in(&mut self, other: &mut Self) {
        self.summaries.take_in(&other.summaries);
        self.sums.take_in(&other.sums);
        self.exceptions.append(&mut other.exceptions);
        self.followed.append(&mut other.followed);
        self.orphans.append(&mut other.orphans);
    }
}

/// Takes confirmations from one thread and matches them.
#[derive(Debug)]
pub(crate) struct Matcher<'a> {
    against: Against<'a>,
    arrival_quarter: QuarterOf,
    issue_quarter: QuarterOf,
    pub(crate) matched: Matched,
}

impl<'a> Matcher<'a> {
    pub(crate) fn new(against: Against<'a>) -> Self {
        Self {
            against,
            arrival_quarter: QuarterOf::default(),
            issue_quarter: QuarterOf::default(),
            matched: Matched::new(),
        }
    }
}

/// A confirmation as it is matched.
struct Confirmation {
    id: i64,
    cc: i64,
    vc: i64,
    route_class: RouteClass,
    day: i32,
}

impl Sink for Matcher<'_> {
    #[inline]
    fn row(&mut self, values: &[i64]) {
        let &[id, number, exporter, importer, hs, day, cc, vc] = values else {
            unreachable!("because the table has eight columns")
        };
        let (number, day) = (number as u64, day as i32);
        let route_class = RouteClass::new(exporter, importer, hs);
        let quarter = self.arrival_quarter.day(day);
        self.matched.sums.add(quarter_key(quarter, route_class.0), &[1, cc, vc]);
        let mark = self.against.marks.mark(importer as u32, id);
        let slot = self.against.index.slot(number);
        let places = slot.map_or(&[][..], |slot| self.against.index.certificates(slot));
        let confirmation = Confirmation { id, cc, vc, route_class, day };
        for place in places {
            self.pair(self.against.certificates.at(*place), &confirmation);
        }
        match slot {
            Some(slot) if !places.is_empty() => {
                // One of two threads at the same number sees the other's mark: none is lost.
                let before = self.against.marks.by_slot[slot].swap(mark.0, Ordering::Relaxed);
                if before != 0 {
                    self.matched.followed.push((number, Mark(before)));
                }
            }
            _ => {
                let key = summary_key(route_class.route(), quarter / 4, Class::Orphan);
                self.matched.summaries.add(key, &[1, cc, vc, 0, 0, 0, 0, 0, 0]);
                self.matched.exceptions.push((0, id, Class::Orphan));
                self.matched.orphans.push((number, mark));
            }
        }
    }
}

impl Matcher<'_> {
    #[inline]
    fn pair(&mut self, certificate: &Certificate, confirmation: &Confirmation) {
        let route_class = RouteClass(certificate.route_class);
        let (dc, dv) = (confirmation.cc - certificate.cc, confirmation.vc - certificate.vc);
        let lag = i64::from(confirmation.day) - i64::from(certificate.day);
        let class = if route_class.route() != confirmation.route_class.route() {
            Class::Partner
        } else if lag < 0 {
            Class::Date
        } else {
            Class::by_difference(certificate.cc, certificate.vc, dc, dv)
        };
        let other_hs = i64::from(route_class.hs() != confirmation.route_class.hs());
        let year = self.issue_quarter.day(certificate.day) / 4;
        let summary = [1, certificate.cc, certificate.vc, dc, dv, dc.abs(), dv.abs(), lag, other_hs];
        self.matched.summaries.add(summary_key(route_class.route(), year, class), &summary);
        if class.is_exception() {
            self.matched.exceptions.push((certificate.id, confirmation.id, class));
        }
    }
}

/// Certificates whose number nobody confirmed. Those issued by `answered_until` should have been.
pub(crate) fn unconfirmed(against: Against<'_>, answered_until: i32, matched: &mut Matched) {
    for slot in (0..against.index.len()).filter(|slot| against.marks.last(*slot).is_none()) {
        for place in against.index.certificates(slot) {
            let certificate = against.certificates.at(*place);
            let class = if certificate.day <= answered_until { Class::Noconf } else { Class::Pending };
            let route = RouteClass(certificate.route_class).route();
            let key = summary_key(route, quarter_of(certificate.day) / 4, class);
            matched.summaries.add(key, &[1, certificate.cc, certificate.vc, 0, 0, 0, 0, 0, 0]);
            if class == Class::Noconf {
                matched.exceptions.push((certificate.id, 0, class));
            }
        }
    }
}
