//! The published production returns in `data/`, read as they stand.

use std::path::PathBuf;

use kp_exchange::{Counts, read_production};
use kp_statistics::production::ProductionType;

fn published() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../data/kp_production_halfyear.csv")
}

#[test]
fn every_published_row_is_accounted_for() {
    let reading = read_production(&[published()]);
    assert!(reading.law_holds());
    let counts = reading.counts();
    assert_eq!(counts, Counts { read: 1529, used: 1001, nil: 524, duplicate: 4, rejected: 0 });
    // India's nil return for the second half of 2024 stands in the source five times.
    let rows: Vec<u32> = reading.duplicates.iter().map(|d| d.place.row).collect();
    assert!(reading.duplicates.iter().all(|d| d.same_as == reading.duplicates[0].same_as), "{rows:?}");
    let india = reading.rows.iter().find(|r| r.place == reading.duplicates[0].same_as).unwrap();
    assert_eq!((india.participant.as_str(), india.half.to_string().as_str()), ("IN", "2024-H2"));
    assert!(reading.notices.is_empty(), "{:?}", reading.notices);
    assert_eq!(reading.files[0].kind, "comma-separated text, UTF-8");
    assert_eq!(reading.files[0].sha256.len(), 64);
}

#[test]
fn guinea_2008_is_read_to_the_hundredth() {
    let reading = read_production(&[published()]);
    let of_year = |year| {
        let rows = reading.rows.iter().filter(|r| r.participant.as_str() == "GN" && r.half.year == year);
        rows.map(|r| r.carats.hundredths()).sum::<i64>()
    };
    assert_eq!([of_year(2006), of_year(2007), of_year(2008)], [47_386_225, 101_872_290, 309_849_009]);
}

#[test]
fn namibia_is_a_participant_and_not_a_missing_value() {
    let reading = read_production(&[published()]);
    let namibia: Vec<_> = reading.rows.iter().filter(|r| r.participant.as_str() == "NA").collect();
    assert_eq!(namibia.len(), 43);
    assert!(namibia.iter().all(|r| r.participant_name == "Namibia"));
}

#[test]
fn artisanal_and_large_scale_returns_are_kept_apart() {
    let reading = read_production(&[published()]);
    let of = |kind| reading.rows.iter().filter(|r| r.production_type == kind).count();
    assert_eq!((of(ProductionType::Artisanal), of(ProductionType::LargeScale)), (127, 117));
}

#[test]
fn the_same_file_given_twice_counts_once() {
    let reading = read_production(&[published(), published()]);
    assert!(reading.law_holds());
    let second = &reading.files[1];
    assert_eq!(second.file, "kp_production_halfyear.csv (2)");
    assert_eq!((second.counts.read, second.counts.duplicate), (1529, 1529));
    assert_eq!(reading.rows.len(), 1525);
}
