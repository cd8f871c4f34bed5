//! The law on whatever bytes come: nothing panics, and rows read = used + nil + duplicate + rejected.

use kp_exchange::{ProductionReader, participants::Participants};
use proptest::prelude::*;

use crate::fixture;

/// What each mutation puts in.
const PIECES: [&[u8]; 14] = [
    b"\"",
    b",",
    b";",
    b"\n",
    b"\r",
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"NA",
    b"-",
    b"1,234",
    b"9999999999999999999",
    b"Total",
    b"\"\"",
];
const STARTS: [&str; 7] = [
    "export_layout.csv",
    "decimal_commas.csv",
    "titles_and_totals.csv",
    "quotation_marks.csv",
    "dates_american.csv",
    "tabs_utf16.txt",
    "duplicates.csv",
];

fn holds(bytes: &[u8]) {
    let participants = Participants::known();
    let mut reader = ProductionReader::new(&participants);
    reader.add_bytes("a.csv", bytes);
    reader.add_bytes("a.csv", bytes);
    let reading = reader.finish();
    assert!(reading.law_holds(), "{:?}", reading.counts());
    let again = reading.files[1].counts;
    assert_eq!(again.used + again.nil, 0, "the same bytes again add nothing");
    assert!(reading.rejected.iter().all(|r| !r.problems.is_empty()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_mutation_of_an_ugly_file(
        start in 0..STARTS.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..PIECES.len(), 0..4_usize), 1..12),
    ) {
        let mut bytes = std::fs::read(fixture(STARTS[start])).unwrap();
        for (at, piece, removed) in changes {
            let at = at.index(bytes.len());
            let end = (at + removed).min(bytes.len());
            bytes.splice(at..end, PIECES[piece].iter().copied());
        }
        holds(&bytes);
    }

    #[test]
    fn any_bytes_behind_a_header(tail in prop::collection::vec(any::<u8>(), 0..400)) {
        let header = b"year,half,participant_code,declaration,carats,value_usd\n";
        holds(&[header.as_slice(), &tail].concat());
    }
}
