//! The published production returns in `data/`, read as they stand.

use std::path::PathBuf;

use kp_exchange::participants::Participants;
use kp_exchange::{Counts, ProductionReader, read_production};
use kp_statistics::production::{Declaration, ProductionType};

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

/// The same rows as the scheme itself exports them: names instead of codes, other columns, a workbook.
fn as_the_public_export(reading: &kp_exchange::Reading) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let words = ["Country Name", "Year", "Quarter", "Trade Type", "Production Type", "Carat", "US Value"];
    for (column, word) in (0..).zip(words) {
        sheet.write(1, column, word).unwrap();
    }
    for (row, figure) in (2..).zip(&reading.rows) {
        let nil = figure.declaration == Declaration::NoProduction;
        sheet.write(row, 0, &figure.participant_name).unwrap();
        sheet.write(row, 1, figure.half.year).unwrap();
        sheet.write(row, 2, figure.half.half).unwrap();
        sheet.write(row, 3, if nil { "No Production" } else { "Production" }).unwrap();
        sheet.write(row, 4, figure.production_type.label()).unwrap();
        sheet.write(row, 5, figure.carats.to_string().parse::<f64>().unwrap()).unwrap();
        sheet.write(row, 6, figure.value.to_string().parse::<f64>().unwrap()).unwrap();
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn the_published_returns_as_the_scheme_exports_them_are_the_same_figures() {
    let tidy = read_production(&[published()]);
    let export = as_the_public_export(&tidy);
    let participants = Participants::known();
    let mut reader = ProductionReader::new(&participants);
    reader.add_bytes("export.xlsx", &export);
    reader.add_path(&published());
    let both = reader.finish();
    assert!(both.law_holds());
    assert_eq!(both.files[0].counts, Counts { read: 1525, used: 1001, nil: 524, duplicate: 0, rejected: 0 });
    assert_eq!(both.files[1].counts, Counts { read: 1529, used: 0, nil: 0, duplicate: 1529, rejected: 0 });
    for (exported, published) in both.rows.iter().zip(&tidy.rows) {
        assert_eq!((exported.participant, exported.half), (published.participant, published.half));
        assert_eq!((exported.carats, exported.value), (published.carats, published.value));
    }
}
