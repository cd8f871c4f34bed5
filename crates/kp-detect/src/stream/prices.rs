//! What a carat of such goods costs: the price of each certificate against what its class, half-year and source make
//! expected. Detectors compare these residuals, never prices as they stand.
//!
//! Expected = the world's median of the class in the half, and the source's usual distance from it (its median over all
//! time, shrunk). For firms the source's own half is added, without the firm itself: otherwise a firm that is most of a
//! cell would be its own yardstick. All in ten-thousandths of a natural logarithm.

use std::collections::BTreeMap;

use super::chance::shrunk::expected;
use super::rows::Code;
use super::table::{Certificate, Stream};
use super::words::{float, rounded};

/// Spread among parcels of a cell and among cells of a source, in logarithms: typical of rough goods; ours.
const PARCELS: f64 = 0.7;
const CELLS: f64 = 0.3;
/// Rows' worth of belief that a source is like the world.
const LIKE_THE_WORLD: i64 = 6;
/// Residuals are held within e^2.2, one parcel in a thousand.
pub(crate) const LIMIT: i32 = 22_000;

/// Where goods come from as far as their price goes: a mine's country, or a hub that sorts.
pub(crate) type Source = (Code, bool, u32);

pub(crate) fn source(certificate: &Certificate) -> Source {
    (certificate.exporter, certificate.is_own_origin(), certificate.hs)
}

/// Residuals of all certificates.
#[derive(Debug, Default)]
pub(crate) struct Prices {
    /// Against class, half and the source's usual distance.
    pub long_run: Vec<Option<i32>>,
    /// Against the source's half without the firm.
    pub of_firm: Vec<Option<i32>>,
}

fn half(certificate: &Certificate) -> i32 {
    certificate.quarter.div_euclid(2)
}

fn median(values: &mut [i32]) -> i32 {
    let middle = values.len() / 2;
    if values.is_empty() { 0 } else { *values.select_nth_unstable(middle).1 }
}

/// Medians by key, and how many rows each rests on.
fn medians<K: Ord + Copy>(pairs: impl Iterator<Item = (K, i32)>) -> BTreeMap<K, (i64, i32)> {
    let mut all: BTreeMap<K, Vec<i32>> = BTreeMap::new();
    for (key, value) in pairs {
        all.entry(key).or_default().push(value);
    }
    all.into_iter().map(|(key, mut values)| (key, (values.len() as i64, median(&mut values)))).collect()
}

impl Prices {
    pub(crate) fn new(stream: &Stream) -> Self {
        let rows = || stream.certificates.iter().filter_map(|c| Some((c, c.log_price?)));
        let of_class = medians(rows().map(|(c, price)| (c.hs, price)));
        let of_half = medians(rows().map(|(c, price)| ((c.hs, half(c)), price)));
        let world = |c: &Certificate| {
            let class = of_class.get(&c.hs).map_or(0, |(_, median)| *median);
            of_half.get(&(c.hs, half(c))).map_or(class, |(n, median)| shrink(*n, *median, class, 20))
        };
        let of_source = medians(rows().map(|(c, price)| (source(c), price - world(c))));
        let usual = |c: &Certificate| {
            of_source.get(&source(c)).map_or(0, |(n, median)| shrink(*n, *median, 0, LIKE_THE_WORLD))
        };
        let long_run: Vec<Option<i32>> = stream
            .certificates
            .iter()
            .map(|c| c.log_price.map(|price| (price - world(c) - usual(c)).clamp(-LIMIT, LIMIT)))
            .collect();
        let of_firm = of_firm(stream, &long_run);
        Self { long_run, of_firm }
    }
}

/// A median drawn towards what is known without it, as if that were so many rows.
fn shrink(n: i64, median: i32, parent: i32, rows: i64) -> i32 {
    let weighed = i64::from(median) * n + i64::from(parent) * rows;
    i32::try_from(weighed.div_euclid(n + rows)).unwrap_or(median)
}

fn of_firm(stream: &Stream, long_run: &[Option<i32>]) -> Vec<Option<i32>> {
    let mut cells: BTreeMap<(Source, i32), (i64, i64)> = BTreeMap::new();
    let mut firms: BTreeMap<(Source, i32, i64), (i64, i64)> = BTreeMap::new();
    for (certificate, residual) in stream.certificates.iter().zip(long_run) {
        let Some(residual) = residual else { continue };
        let cell = (source(certificate), half(certificate));
        for (n, sum) in [
            cells.entry(cell).or_default(),
            firms.entry((cell.0, cell.1, certificate.exporter_firm)).or_default(),
        ] {
            *n += 1;
            *sum += i64::from(*residual);
        }
    }
    let level = |certificate: &Certificate| {
        let cell = (source(certificate), half(certificate));
        let all = cells.get(&cell).copied().unwrap_or_default();
        let own = firms.get(&(cell.0, cell.1, certificate.exporter_firm)).copied().unwrap_or_default();
        let (n, sum) = (all.0 - own.0, all.1 - own.1);
        let mean = if n == 0 { 0.0 } else { float(sum) / float(n) / 10_000.0 };
        i32::try_from(rounded(expected(float(n), mean, 0.0, PARCELS, CELLS).mean * 10_000.0))
            .unwrap_or_default()
    };
    let rows = stream.certificates.iter().zip(long_run);
    rows.map(|(certificate, residual)| residual.map(|r| (r - level(certificate)).clamp(-LIMIT, LIMIT)))
        .collect()
}
