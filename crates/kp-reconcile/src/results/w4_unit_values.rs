//! W4: certificates whose value per carat stands far outside their own route, class and quarter (L15).
//!
//! The logarithm of value per carat in ten-thousandths, its median and its median absolute deviation, by groups of at
//! least eight; all whole numbers after the one logarithm, which is libm's, so that every machine has the same.

use std::path::Path;

use crate::{
    calendar::QuarterOf,
    certificates::{Amounts, Certificates, Place, quarter_key},
    failure::Failure,
    results::w1_quarters::key_of,
    sheet::{Sheet, Written},
    tally::Tally,
};

/// The smallest group that is looked at.
const SMALLEST: i64 = 8;

/// A group that was looked at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Group {
    pub(crate) key: u64,
    pub(crate) n: i64,
    pub(crate) med2: i64,
    pub(crate) mad4: i64,
    pub(crate) outliers: i64,
}

/// A certificate that stands outside: id, l, med2, mad4.
pub(crate) type Outlier = [i64; 4];

/// What was found in some quarters.
#[derive(Debug, Default)]
pub(crate) struct UnitValues {
    pub(crate) groups: Vec<Group>,
    pub(crate) outliers: Vec<Outlier>,
    /// Certificates without carats or without value, which have no value per carat.
    pub(crate) without: u64,
}

/// Cuts the quarters into spans of about equally many certificates, so that threads share the work and each needs little
/// memory.
pub(crate) fn spans(sums: &[(u64, Amounts)], parts: i64) -> Vec<(u16, u16)> {
    let all: i64 = sums.iter().map(|(_, sums)| sums[0]).sum();
    let mut spans: Vec<(u16, u16)> = Vec::new();
    let (mut begun, mut seen) = (None, 0);
    for quarter in sums.chunk_by(|a, b| a.0 >> 32 == b.0 >> 32) {
        let last = (quarter[0].0 >> 32) as u16;
        let first = *begun.get_or_insert(last);
        seen += quarter.iter().map(|(_, sums)| sums[0]).sum::<i64>();
        if seen * parts >= all * (spans.len() as i64 + 1) {
            spans.push((first, last));
            begun = None;
        }
    }
    spans
}

/// Looks at all certificates of these quarters.
pub(crate) fn look(
    certificates: &Certificates,
    sums: &[(u64, Amounts)],
    (first, last): (u16, u16),
) -> UnitValues {
    let from = sums.partition_point(|(key, _)| ((key >> 32) as u16) < first);
    let to = sums.partition_point(|(key, _)| ((key >> 32) as u16) <= last);
    let large: Vec<&(u64, Amounts)> = sums[from..to].iter().filter(|(_, sums)| sums[0] >= SMALLEST).collect();
    // Where each group's certificates are put: one after the other.
    let mut places = Tally::<[i64; 1]>::new();
    let mut begins = Vec::with_capacity(large.len());
    let mut room = 0;
    for (number, (key, sums)) in large.iter().enumerate() {
        places.add(*key, &[number as i64]);
        begins.push(room);
        room += sums[0] as usize;
    }
    let mut next = begins.clone();
    let mut members: Vec<(i32, Place)> = vec![(0, 0); room];
    let mut found = UnitValues::default();
    let mut quarter_of = QuarterOf::default();
    for (at, block) in certificates.blocks.iter().enumerate() {
        if block.quarters.is_none_or(|span| span.1 < first || span.0 > last) {
            continue;
        }
        for (row, certificate) in block.rows.iter().enumerate() {
            let quarter = quarter_of.day(certificate.day);
            if quarter < first || quarter > last {
                continue;
            }
            if certificate.cc == 0 || certificate.vc == 0 {
                found.without += 1;
            } else if let Some([group]) = places.get(quarter_key(quarter, certificate.route_class)) {
                let next = &mut next[*group as usize];
                members[*next] = (logarithm(certificate.vc, certificate.cc), Certificates::place(at, row));
                *next += 1;
            }
        }
    }
    let mut scratch = Vec::new();
    for ((group, begin), end) in large.iter().zip(begins).zip(next) {
        found.judge(certificates, group.0, &members[begin..end], &mut scratch);
    }
    found
}

/// Ten-thousandths of the natural logarithm of value per carat, rounded.
fn logarithm(vc: i64, cc: i64) -> i32 {
    libm::floor(10_000.0 * libm::log(vc as f64 / cc as f64) + 0.5) as i32
}

/// Twice the median.
fn twice_median(values: &mut [i32]) -> i64 {
    let middle = values.len() / 2;
    let is_odd = values.len() % 2 == 1;
    let (lower, upper, _) = values.select_nth_unstable(middle);
    let upper = i64::from(*upper);
    match lower.iter().max() {
        Some(below) if !is_odd => i64::from(*below) + upper,
        _ => 2 * upper,
    }
}

impl UnitValues {
    fn judge(
        &mut self,
        certificates: &Certificates,
        key: u64,
        members: &[(i32, Place)],
        scratch: &mut Vec<i32>,
    ) {
        // Fewer than the sums say where some have no value per carat.
        if (members.len() as i64) < SMALLEST {
            return;
        }
        scratch.clear();
        scratch.extend(members.iter().map(|(l, _)| *l));
        let med2 = twice_median(scratch);
        let deviation = |l: i32| (2 * i64::from(l) - med2).abs();
        scratch.clear();
        scratch.extend(members.iter().map(|(l, _)| deviation(*l) as i32));
        let mad4 = twice_median(scratch);
        let before = self.outliers.len();
        for (l, place) in members {
            let dev2 = deviation(*l);
            if 20_000 * dev2 > 51_891 * mad4 && dev2 > 2000 {
                self.outliers.push([certificates.at(*place).id, i64::from(*l), med2, mad4]);
            }
        }
        let outliers = (self.outliers.len() - before) as i64;
        self.groups.push(Group { key, n: members.len() as i64, med2, mad4, outliers });
    }

    pub(crate) fn take_in(&mut self, mut other: Self) {
        self.groups.append(&mut other.groups);
        self.outliers.append(&mut other.outliers);
        self.without += other.without;
    }
}

/// Writes `w4_outliers.csv` and `w4_groups.csv`.
pub(crate) fn write(
    folder: &Path,
    found: &mut UnitValues,
    hs_codes: &[i32],
) -> Result<[Written; 2], Failure> {
    found.outliers.sort_unstable();
    let mut outliers = Sheet::begin(folder, "w4_outliers.csv", "cert_id,l,med2,mad4")?;
    for outlier in &found.outliers {
        outliers.ints(outlier).end()?;
    }
    found.groups.sort_unstable_by_key(|group| key_of(group.key, hs_codes));
    let header = "year,quarter,exporter,importer,hs,n,med2,mad4,n_out";
    let mut groups = Sheet::begin(folder, "w4_groups.csv", header)?;
    for group in &found.groups {
        let (quarter, route, hs) = key_of(group.key, hs_codes);
        groups.int(i64::from(quarter / 4)).int(i64::from(quarter % 4) + 1).route(route).int(i64::from(hs));
        groups.ints(&[group.n, group.med2, group.mad4, group.outliers]).end()?;
    }
    Ok([outliers.finish()?, groups.finish()?])
}

#[cfg(test)]
mod tests {
    use super::{logarithm, twice_median};

    #[test]
    fn medians() {
        assert_eq!(twice_median(&mut [3, 1, 2]), 4);
        assert_eq!(twice_median(&mut [4, 1, 3, 2]), 5);
        assert_eq!(twice_median(&mut [7]), 14);
        assert_eq!(twice_median(&mut [-5, -2, -2, -9]), -7);
    }

    #[test]
    fn logarithms() {
        assert_eq!(logarithm(100, 100), 0);
        // ln 2 = 0.693147..., ln 1/2 the same below zero.
        assert_eq!(logarithm(200, 100), 6931);
        assert_eq!(logarithm(100, 200), -6931);
    }
}
