//! W5: what should be there once and is there more often: numbers, confirmations, seals, contents (L20, L21, L38).
//!
//! A seal on two certificates is innocent where one container carries both. Identical contents are a question only where
//! they are not a round lot.

use std::path::Path;

use crate::{
    certificates::{Certificates, Place, RouteClass},
    failure::Failure,
    index::Index,
    keys::Books,
    repeated::{groups, may_be_repeated},
    results::w2_match::{Against, Mark, Matched},
    sheet::{Sheet, Written},
    tally::spread,
};

/// A text that is there several times: n, first id, last id.
pub(crate) type Repeat = (String, [i64; 3]);

/// Number and range of ids of some certificates.
fn ids(certificates: &Certificates, places: &[Place]) -> [i64; 3] {
    let ids = || places.iter().map(|place| certificates.at(*place).id);
    [places.len() as i64, ids().min().unwrap_or_default(), ids().max().unwrap_or_default()]
}

/// Numbers on several certificates.
pub(crate) fn numbers(certificates: &Certificates, index: &Index, books: &Books) -> Vec<Repeat> {
    let several = index.several().iter();
    several.map(|places| (books.text(certificates.number_at(places[0])), ids(certificates, places))).collect()
}

/// How many of these numbers have certificates of one id only: no second certificate, but a row that stands there again.
pub(crate) fn same_rows(numbers: &[Repeat]) -> u64 {
    numbers.iter().filter(|(_, [_, first, last])| first == last).count() as u64
}

/// Seals on several certificates, of a part of all seals.
pub(crate) fn seals(certificates: &Certificates, books: &Books, part: (u64, u64)) -> Vec<Repeat> {
    let places = may_be_repeated(certificates, part, |block, row| {
        let seal = certificates.blocks[block].seals[row];
        (seal != u64::MAX).then(|| spread(seal))
    });
    let groups = groups(places, |place| certificates.seal_at(place));
    groups.into_iter().map(|(seal, places)| (books.text(seal), ids(certificates, &places))).collect()
}

/// A content that is certified several times: route, HS code, hundredths of carats, cents; n, first and last id, days
/// between first and last issue.
pub(crate) type Content = ((u32, i32, i64, i64), [i64; 4]);

/// Identical contents, of a part of all.
pub(crate) fn contents(certificates: &Certificates, hs_codes: &[i32], part: (u64, u64)) -> Vec<Content> {
    let places = may_be_repeated(certificates, part, |block, row| {
        let row = &certificates.blocks[block].rows[row];
        let amounts = (row.cc as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ row.vc as u64;
        Some(spread(amounts ^ u64::from(row.route_class) << 32))
    });
    let groups = groups(places, |place| {
        let row = certificates.at(place);
        (row.route_class, row.cc, row.vc)
    });
    let content = |((route_class, cc, vc), places): ((u32, i64, i64), Vec<Place>)| {
        let route_class = RouteClass(route_class);
        let days = || places.iter().map(|place| i64::from(certificates.at(*place).day));
        let span = days().max().unwrap_or_default() - days().min().unwrap_or_default();
        let [n, first, last] = ids(certificates, &places);
        ((route_class.route(), hs_codes[route_class.hs() as usize], cc, vc), [n, first, last, span])
    };
    groups.into_iter().map(content).collect()
}

/// Numbers confirmed several times: n, different importers, first id, last id.
pub(crate) fn confirmed(
    matched: &mut Matched,
    against: Against<'_>,
    books: &Books,
) -> Vec<(String, [i64; 4])> {
    let mut all = std::mem::take(&mut matched.followed);
    all.sort_unstable();
    // The last confirmation of each of these numbers stands in its slot.
    let mut numbers: Vec<u64> = all.iter().map(|(number, _)| *number).collect();
    numbers.dedup();
    let last = |number: u64| Some((number, against.marks.last(against.index.slot(number)?)?));
    all.extend(numbers.into_iter().filter_map(last));
    all.append(&mut matched.orphans);
    all.sort_unstable();
    let several = all.chunk_by(|a, b| a.0 == b.0).filter(|marks| marks.len() > 1);
    several.map(|marks| (books.text(marks[0].0), confirmations(marks, against))).collect()
}

fn confirmations(marks: &[(u64, Mark)], against: Against<'_>) -> [i64; 4] {
    let mut importers = Vec::new();
    let (mut first, mut last) = (i64::MAX, i64::MIN);
    for (_, mark) in marks {
        let (importer, id) = against.marks.read(*mark);
        importers.push(importer);
        (first, last) = (first.min(id), last.max(id));
    }
    importers.sort_unstable();
    importers.dedup();
    [marks.len() as i64, importers.len() as i64, first, last]
}

/// Writes a file of texts with whole numbers behind them, sorted by the texts' bytes.
pub(crate) fn write<const N: usize>(
    folder: &Path,
    (name, header): (&'static str, &str),
    rows: &mut [(String, [i64; N])],
) -> Result<Written, Failure> {
    rows.sort_unstable();
    let mut sheet = Sheet::begin(folder, name, header)?;
    for (text, values) in rows.iter() {
        sheet.text(text.as_bytes()).ints(values).end()?;
    }
    sheet.finish()
}

/// Writes `w5_content.csv`.
pub(crate) fn write_contents(folder: &Path, contents: &mut [Content]) -> Result<Written, Failure> {
    contents.sort_unstable();
    let header = "exporter,importer,hs,cc,vc,n,min_id,max_id,span";
    let mut sheet = Sheet::begin(folder, "w5_content.csv", header)?;
    for ((route, hs, cc, vc), values) in contents.iter() {
        sheet.route(*route).ints(&[i64::from(*hs), *cc, *vc]).ints(values).end()?;
    }
    sheet.finish()
}
