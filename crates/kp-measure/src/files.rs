//! A history as the files that `kpcs analyze` and `kpcs reconcile` read, with its labels beside.

use std::fs::File;
use std::io::{BufWriter, Result, Write};
use std::path::Path;

use kp_detect::stream::{Code, Rows, day_text};

use crate::labels::Label;

/// Hundredths, written with two decimals.
struct Amount(i64);

impl std::fmt::Display for Amount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{:02}", self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100)
    }
}

fn create(folder: &Path, name: &str, header: &str) -> Result<BufWriter<File>> {
    let mut file = BufWriter::with_capacity(1 << 20, File::create(folder.join(name))?);
    writeln!(file, "{header}")?;
    Ok(file)
}

/// Writes all tables into a folder.
///
/// # Errors
/// Where the disk says no.
pub fn write(folder: &Path, rows: &Rows, labels: &[Label], decoys: &[Label]) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    trade(folder, rows)?;
    tables(folder, rows)?;
    write_labels(folder, "labels.csv", labels)?;
    write_labels(folder, "decoys.csv", decoys)?;
    let mut file = create(folder, "label_rows.csv", "anomaly_id,kind,row_id")?;
    for (id, label) in (1..).zip(labels) {
        let id: usize = id;
        for row in &label.certificates {
            writeln!(file, "{id},cert,{row}")?;
        }
        for row in &label.confirmations {
            writeln!(file, "{id},conf,{row}")?;
        }
    }
    file.flush()
}

fn trade(folder: &Path, rows: &Rows) -> Result<()> {
    let header = "cert_id,cert_no,exporter,importer,origin,hs,issue_date,expiry_date,carats,value_usd,parcels,exp_firm,imp_firm,seal_no";
    let mut file = create(folder, "certificates.csv", header)?;
    for c in &rows.certificates {
        writeln!(
            file,
            "{},{},{},{},{},{},{},{},{},{},{},{},{},{}",
            c.id,
            c.number,
            c.exporter,
            c.importer,
            c.origin,
            c.hs,
            day_text(c.issued),
            day_text(c.expires),
            Amount(c.carats),
            Amount(c.value),
            c.parcels,
            c.exporter_firm,
            c.importer_firm,
            c.seal
        )?;
    }
    file.flush()?;
    let mut file = create(
        folder,
        "confirmations.csv",
        "conf_id,cert_no,exporter,importer,hs,arrival_date,carats,value_usd",
    )?;
    for c in &rows.confirmations {
        writeln!(
            file,
            "{},{},{},{},{},{},{},{}",
            c.id,
            c.number,
            c.exporter,
            c.importer,
            c.hs,
            day_text(c.arrived),
            Amount(c.carats),
            Amount(c.value)
        )?;
    }
    file.flush()
}

fn tables(folder: &Path, rows: &Rows) -> Result<()> {
    let mut file = create(folder, "production.csv", "participant,year,half,carats,value_usd")?;
    for p in &rows.production {
        writeln!(file, "{},{},{},{},{}", p.participant, p.year, p.half, Amount(p.carats), Amount(p.value))?;
    }
    file.flush()?;
    let mut file = create(folder, "stocks.csv", "participant,year,opening_carats,closing_carats")?;
    for s in &rows.stocks {
        writeln!(file, "{},{},{},{}", s.participant, s.year, Amount(s.opening), Amount(s.closing))?;
    }
    file.flush()?;
    let mut file = create(folder, "cert_counts.csv", "participant,year,issued,received")?;
    for c in &rows.counts {
        writeln!(file, "{},{},{},{}", c.participant, c.year, c.issued, c.received)?;
    }
    file.flush()?;
    let mut file = create(folder, "participants.csv", "code,role,joined,neighbours")?;
    for m in &rows.members {
        let neighbours: Vec<&str> = m.neighbours.iter().map(Code::as_str).collect();
        writeln!(file, "{},,{},{}", m.code, m.joined, neighbours.join(" "))?;
    }
    file.flush()?;
    let mut file = create(folder, "embargoes.csv", "participant,start,end")?;
    for e in &rows.embargoes {
        writeln!(file, "{},{},{}", e.participant, day_text(e.start), day_text(e.end))?;
    }
    file.flush()
}

fn write_labels(folder: &Path, name: &str, labels: &[Label]) -> Result<()> {
    let mut file = create(
        folder,
        name,
        "anomaly_id,type,level,difficulty,participant,partner,start,end,magnitude,note",
    )?;
    for (id, l) in (1..).zip(labels) {
        let id: usize = id;
        let partner = l.partner.map(|p| p.to_string()).unwrap_or_default();
        let firm = l.firm.map(|firm| format!("firm {firm}")).unwrap_or_default();
        let level = if l.kind.is_row() { "row" } else { "window" };
        writeln!(
            file,
            "{id},{},{level},{},{},{partner},{},{},{},{firm}",
            l.kind.name(),
            l.difficulty,
            l.participant,
            day_text(l.start),
            day_text(l.end),
            l.magnitude
        )?;
    }
    file.flush()
}
