//! Reads the tidy table of `data/` for the tests. The doors' own reader, which forgives much more, is in kp-exchange.

use std::path::Path;

use kp_statistics::production::{Declaration, ProductionRow, ProductionType, RowPlace};
use kp_terms::Half;

const FILE: &str = "kp_production_halfyear.csv";

/// Every row of the public production table, 2003-2024.
pub(crate) fn rows() -> Vec<ProductionRow> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data").join(FILE);
    let mut reader = csv::Reader::from_path(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|h| h.trim_start_matches('\u{feff}') == name).unwrap();
    let [year, half, code, name, declaration, kind, carats, value] = [
        "year",
        "half",
        "participant_code",
        "participant_name",
        "declaration",
        "production_type",
        "carats",
        "value_usd",
    ]
    .map(column);
    reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            ProductionRow {
                participant: record[code].parse().unwrap(),
                participant_name: record[name].to_owned(),
                half: Half { year: record[year].parse().unwrap(), half: record[half].parse().unwrap() },
                declaration: match &record[declaration] {
                    "Production" => Declaration::Production,
                    "No Production" => Declaration::NoProduction,
                    other => panic!("declaration {other:?}"),
                },
                production_type: match &record[kind] {
                    "ASM" => ProductionType::Artisanal,
                    "LSM" => ProductionType::LargeScale,
                    "Production" | "" => ProductionType::Unlabelled,
                    other => panic!("production type {other:?}"),
                },
                carats: record[carats].parse().unwrap(),
                value: record[value].parse().unwrap(),
                created: None,
                modified: None,
                public: None,
                place: RowPlace {
                    file: FILE.to_owned(),
                    sheet: None,
                    row: u32::try_from(record.position().unwrap().line()).unwrap(),
                },
            }
        })
        .collect()
}
