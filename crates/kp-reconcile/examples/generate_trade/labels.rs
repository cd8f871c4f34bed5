//! What was put in on purpose: anomalies with the rows they consist of, and innocent events that look the same.

use std::io::{Result, Write};

/// Kinds of anomaly of a single row: name, difficulty, what it is. One in so many certificates.
pub(crate) const ROWS: [(&str, u8, &str, u64); 8] = [
    ("number_reused", 1, "a number of another certificate", 9000),
    ("certificate_restated", 2, "issued again with other amounts", 6000),
    ("confirmed_twice", 2, "the number is confirmed again, at times by another importer", 5000),
    ("number_never_issued", 1, "a confirmation of a number that was not issued", 8000),
    ("seal_reused", 2, "the seal of an unrelated certificate", 12_000),
    ("content_copied", 3, "carats and value of an earlier certificate", 12_000),
    ("value_outlier", 2, "value per carat far from its group", 7000),
    ("weight_lost", 2, "a tenth or more of the carats did not arrive", 4000),
];

pub(crate) struct Label {
    pub(crate) kind: &'static str,
    pub(crate) level: &'static str,
    pub(crate) difficulty: u8,
    pub(crate) participant: String,
    pub(crate) partner: String,
    pub(crate) start: String,
    pub(crate) end: String,
    pub(crate) magnitude: String,
    pub(crate) note: &'static str,
}

pub(crate) struct Labels<W> {
    anomalies: W,
    rows: W,
    decoys: W,
    count: [u64; 2],
    /// How many anomalies of each kind.
    pub(crate) kinds: std::collections::BTreeMap<&'static str, u64>,
}

const HEADER: &str = "type,level,difficulty,participant,partner,start,end,magnitude,note";

impl<W: Write> Labels<W> {
    pub(crate) fn new(mut anomalies: W, mut rows: W, mut decoys: W) -> Result<Self> {
        writeln!(anomalies, "anomaly_id,{HEADER}")?;
        writeln!(rows, "anomaly_id,kind,row_id")?;
        writeln!(decoys, "decoy_id,{HEADER}")?;
        Ok(Self { anomalies, rows, decoys, count: [0; 2], kinds: std::collections::BTreeMap::new() })
    }

    /// An anomaly; returns its id.
    pub(crate) fn anomaly(&mut self, label: &Label) -> Result<u64> {
        self.count[0] += 1;
        *self.kinds.entry(label.kind).or_default() += 1;
        write_label(&mut self.anomalies, self.count[0], label)?;
        Ok(self.count[0])
    }

    /// A row that belongs to it: `cert` or `conf`.
    pub(crate) fn row(&mut self, anomaly: u64, kind: &str, row: i64) -> Result<()> {
        writeln!(self.rows, "{anomaly},{kind},{row}")
    }

    /// An innocent event.
    pub(crate) fn decoy(&mut self, label: &Label) -> Result<()> {
        self.count[1] += 1;
        write_label(&mut self.decoys, self.count[1], label)
    }

    pub(crate) fn finish(mut self) -> Result<()> {
        self.anomalies.flush()?;
        self.rows.flush()?;
        self.decoys.flush()
    }
}

fn write_label(out: &mut impl Write, id: u64, label: &Label) -> Result<()> {
    let Label { kind, level, difficulty, participant, partner, start, end, magnitude, note } = label;
    let difficulty = difficulty.to_string();
    writeln!(out, "{id},{kind},{level},{difficulty},{participant},{partner},{start},{end},{magnitude},{note}")
}
