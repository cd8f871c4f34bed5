//! What a run found, for the report and for a screen: counts, the largest gaps split into their parts, and the files.

use std::collections::BTreeMap;

use crate::{
    certificates::RouteClass,
    results::{
        class::Class,
        w2_match::{Summary, summary_parts},
        w3_balances::Balance,
        w4_unit_values::UnitValues,
    },
    sheet::{Written, hash_of_all},
    table::{Account, Rejected},
    values::code_text,
};

/// How many gaps are kept.
const LARGEST: usize = 25;

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// Which table it is.
    pub table: &'static str,
    /// What became of its rows.
    pub account: Account,
    /// The rows that were left out.
    pub rejected: Vec<Rejected>,
}

/// All pairs of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClassTotal {
    /// The class.
    pub class: Class,
    /// Pairs, or halves of one.
    pub count: i64,
    /// Certified hundredths of carats (confirmed ones where there is no certificate).
    pub cc: i64,
    /// Certified cents (confirmed ones where there is no certificate).
    pub vc: i64,
    /// Hundredths of carats apart, without sign.
    pub cc_apart: i64,
    /// Cents apart, without sign.
    pub vc_apart: i64,
}

/// What a route's year leaves unexplained, in hundredths of carats, split into its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Gap {
    /// The exporter's two letters.
    pub exporter: [u8; 2],
    /// The importer's two letters.
    pub importer: [u8; 2],
    /// The year.
    pub year: u16,
    /// All that was certified.
    pub certified: i64,
    /// Certified and due, but not confirmed.
    pub not_confirmed: i64,
    /// Confirmed without a certificate.
    pub without_certificate: i64,
    /// Certified, but confirmed with another exporter or importer.
    pub other_partner: i64,
    /// Differences of pairs that are further apart than the third tolerance, without sign.
    pub apart: i64,
}

impl Gap {
    /// The sum of the parts.
    pub fn unexplained(&self) -> i64 {
        self.not_confirmed + self.without_certificate + self.other_partner + self.apart
    }
}

/// What a run found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Files that were read.
    pub read: Vec<Read>,
    /// Files that were written, sorted by name.
    pub written: Vec<Written>,
    /// SHA-256 over all of them: of the lines `sha  name`, sorted by name, joined by newlines.
    pub sha256: String,
    /// What became of certificates and confirmations, class by class.
    pub classes: Vec<ClassTotal>,
    /// The largest gaps, largest first.
    pub gaps: Vec<Gap>,
    /// How many routes' years leave anything unexplained.
    pub gaps_in_all: u64,
    /// Balances that are flagged; nothing where stocks or production were not given.
    pub flagged: Option<Vec<Balance>>,
    /// Balances looked at.
    pub balances: u64,
    /// Groups of unit values looked at.
    pub groups: u64,
    /// Certificates that stand outside their group.
    pub outliers: u64,
    /// Certificates without carats or value, which no unit value can be worked out for.
    pub without_unit_value: u64,
    /// Numbers whose certificates all have one id: a row that stands in the file again, and is counted again.
    pub same_rows: u64,
    /// Certificates held.
    pub certificates: u64,
    /// Serial numbers between first and last of each book.
    pub slots: u64,
    /// The day until which certificates should have been confirmed.
    pub answered_until: String,
    /// Threads that were used.
    pub threads: u64,
}

impl Outcome {
    pub(crate) fn of(
        summaries: &[(u64, Summary)],
        balances: Option<&[Balance]>,
        unit_values: &UnitValues,
    ) -> Self {
        let flagged = |all: &[Balance]| all.iter().copied().filter(Balance::is_flagged).collect();
        let mut gaps = gaps(summaries);
        let gaps_in_all = gaps.len() as u64;
        gaps.truncate(LARGEST);
        Self {
            classes: classes(summaries),
            gaps,
            gaps_in_all,
            flagged: balances.map(flagged),
            balances: balances.map_or(0, |all| all.len() as u64),
            groups: unit_values.groups.len() as u64,
            outliers: unit_values.outliers.len() as u64,
            without_unit_value: unit_values.without,
            ..Self::default()
        }
    }

    /// Sorts what was written and hashes it.
    pub(crate) fn seal(&mut self) {
        self.written.sort_by(|a, b| a.name.cmp(&b.name));
        self.sha256 = hash_of_all(&self.written);
    }

    /// Rows of a result file.
    pub fn rows_of(&self, name: &str) -> u64 {
        self.written.iter().find(|written| written.name == name).map_or(0, |written| written.rows)
    }

    /// Rows that were left out, of all files.
    pub fn rejected(&self) -> u64 {
        self.read.iter().map(|read| read.account.rejected).sum()
    }
}

fn classes(summaries: &[(u64, Summary)]) -> Vec<ClassTotal> {
    let mut totals =
        Class::ALL.map(|class| ClassTotal { class, count: 0, cc: 0, vc: 0, cc_apart: 0, vc_apart: 0 });
    for (key, [n, cc, vc, _, _, cc_apart, vc_apart, _, _]) in summaries {
        let total = &mut totals[summary_parts(*key).2 as usize];
        total.count += n;
        total.cc = total.cc.saturating_add(*cc);
        total.vc = total.vc.saturating_add(*vc);
        total.cc_apart = total.cc_apart.saturating_add(*cc_apart);
        total.vc_apart = total.vc_apart.saturating_add(*vc_apart);
    }
    totals.to_vec()
}

fn gaps(summaries: &[(u64, Summary)]) -> Vec<Gap> {
    let mut by_year = BTreeMap::<(u32, u16), Gap>::new();
    for (key, [_, cc, _, _, _, cc_apart, ..]) in summaries {
        let (route, year, class) = summary_parts(*key);
        let gap = by_year.entry((route, year)).or_insert_with(|| Gap {
            exporter: code_text(RouteClass::exporter_of(route)),
            importer: code_text(RouteClass::importer_of(route)),
            year,
            ..Gap::default()
        });
        match class {
            Class::Orphan => gap.without_certificate += cc,
            _ => gap.certified += cc,
        }
        match class {
            Class::Noconf => gap.not_confirmed += cc,
            Class::Partner => gap.other_partner += cc,
            Class::X => gap.apart += cc_apart,
            _ => {}
        }
    }
    let mut gaps: Vec<Gap> = by_year.into_values().filter(|gap| gap.unexplained() > 0).collect();
    // The sort is stable: equal gaps stay in the order of route and year.
    gaps.sort_by_key(|gap| std::cmp::Reverse(gap.unexplained()));
    gaps
}
