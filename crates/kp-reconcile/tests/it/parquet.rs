//! Parquet as pyarrow, Polars and DuckDB write it. The files are made by `benches/reconcile/parquet_variants.py`.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use kp_reconcile::{Format, Inputs, Outcome, reconcile};
use proptest::prelude::*;

use crate::run::{folder_of, settings};

fn files() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files")
}

fn outcome(certificates: &Path, confirmations: &Path) -> Result<Outcome, kp_reconcile::Failure> {
    let out = tempfile::tempdir().unwrap();
    let inputs = Inputs {
        certificates: certificates.to_owned(),
        confirmations: confirmations.to_owned(),
        production: None,
        stocks: None,
    };
    reconcile(&inputs, out.path(), &settings(2), &|_, _, _| {})
}

fn of_text() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| {
        let folder = files().join("csv");
        let inputs = Inputs::in_folder(&folder, Some(Format::Csv)).unwrap();
        outcome(&inputs.certificates, &inputs.confirmations).unwrap().sha256
    })
}

#[test]
fn every_writer_gives_the_same_results_as_the_text() {
    let mut variants = 0;
    for entry in fs::read_dir(files()).unwrap() {
        let folder = entry.unwrap().path();
        let confirmations = folder.join("confirmations.parquet");
        if confirmations.is_file() {
            let outcome = outcome(&folder.join("certificates.parquet"), &confirmations);
            let outcome = outcome.unwrap_or_else(|failure| panic!("{}: {failure}", folder.display()));
            assert_eq!((outcome.rejected(), outcome.sha256.as_str()), (0, of_text()), "{}", folder.display());
            variants += 1;
        }
    }
    assert_eq!(variants, 10);
}

#[test]
fn what_is_not_read_is_refused_with_a_sentence() {
    let confirmations = files().join("csv/confirmations.csv");
    let refused =
        outcome(&files().join("refused-lz4/certificates.parquet"), &confirmations).unwrap_err().to_string();
    assert!(
        refused.ends_with(
            "certificates.parquet: column `cert_id`, row group 1: it is packed in a way that is not read; write it with zstd, snappy or none"
        ),
        "{refused}"
    );
    let other = files().join("pyarrow-zstd/confirmations.parquet");
    let refused = outcome(&other, &confirmations).unwrap_err().to_string();
    assert!(refused.contains("there is no column `cert_id`; there are conf_id, cert_no"), "{refused}");
}

#[test]
fn rows_that_cannot_be_read_are_left_out_and_named() {
    let confirmations = files().join("csv/confirmations.csv");
    let outcome = outcome(&files().join("rows-left-out/certificates.parquet"), &confirmations).unwrap();
    let said: Vec<String> = outcome.read[0].rejected.iter().map(ToString::to_string).collect();
    let amount = "expected an amount of at most two decimals, not below zero and below 100000000000.00, such as 1234.50";
    let code = "expected a participant's code of two capital letters or digits, such as NA or B7";
    assert_eq!(
        said,
        [
            format!("certificates.parquet, row 4, column exporter: `xx`; {code}"),
            format!("certificates.parquet, row 6, column carats: `-1`; {amount}"),
            format!("certificates.parquet, row 8, column carats: `1.005`; {amount}"),
            format!("certificates.parquet, row 10, column exporter: `nothing`; {code}"),
        ]
    );
    assert_eq!((outcome.read[0].account.used, outcome.read[0].account.rejected), (146, 4));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    /// Whatever the bytes are, the run ends with results or a sentence.
    #[test]
    fn damaged_files_are_refused_or_read(
        variant in 0..4_usize,
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        length in proptest::option::of(any::<prop::sample::Index>()),
    ) {
        let variant = ["pyarrow-zstd", "pyarrow-lengths", "polars-snappy", "duckdb-v2"][variant];
        let mut bytes = fs::read(files().join(variant).join("certificates.parquet")).unwrap();
        for (place, byte) in cuts {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if let Some(length) = length {
            bytes.truncate(length.index(bytes.len()));
        }
        let folder = folder_of(&[("certificates.parquet", &bytes)]);
        let confirmations = files().join("csv/confirmations.csv");
        if let Err(failure) = outcome(&folder.path().join("certificates.parquet"), &confirmations) {
            prop_assert!(failure.to_string().contains("certificates.parquet"), "{}", failure);
        }
    }
}
