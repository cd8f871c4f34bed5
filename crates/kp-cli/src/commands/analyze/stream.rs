//! `kpcs analyze FOLDER` over certificates and confirmations: glue between kp-reconcile's readers, kp-detect's stream family
//! and kp-report. Never changes a file it reads.

use std::path::Path;

use anyhow::{Context, Result, bail};
use kp_detect::stream::{
    Analysis, CertificateRow, Code, ConfirmationRow, CountLine, Embargo, Member, ProductionLine, Rows,
    Settings, StockLine, analyze,
};
use kp_reconcile::{Value, Whole, read_whole};
use kp_report::{FileRead, write_stream_report};
use sha2::{Digest, Sha256};

use super::{PROGRAM, spinner};
use crate::{
    answer::{Answer, Outcome},
    arguments::Analyze,
    screen::{Table, say},
};

/// How many cases and rejected rows a screenful holds.
const SHOWN: usize = 10;

/// Whether a folder holds a stream.
pub(super) fn is_stream(folder: &Path) -> bool {
    folder.is_dir()
        && [Whole::Certificates, Whole::Confirmations].iter().all(|whole| whole.in_folder(folder).is_some())
}

/// What was read besides rows.
#[derive(Default)]
struct Account {
    files: Vec<FileRead>,
    rejected: Vec<kp_reconcile::Rejected>,
    /// Tables that are not there.
    missing: Vec<&'static str>,
}

/// Reads, looks, writes, and says what came of it.
pub(super) fn run(folder: &Path, options: &Analyze) -> Answer {
    let settings = thresholds(options.thresholds.as_deref())?;
    let bar = spinner("reading certificates and confirmations");
    let mut account = Account::default();
    let rows = rows(folder, &mut account)?;
    bar.set_message("looking at the stream");
    let analysis = analyze(rows, &settings);
    bar.set_message("writing the report");
    let report = write_stream_report(&analysis, &account.files, PROGRAM);
    std::fs::create_dir_all(&options.out).with_context(|| {
        format!("making the folder {}; check that you may write there", options.out.display())
    })?;
    let rejected = rejected_csv(&account)?;
    let files: [(&str, &str); 6] = [
        ("report.html", &report.html),
        ("cases.csv", &report.cases_csv),
        ("findings.csv", &report.findings_csv),
        ("findings.json", &report.findings_json),
        ("thresholds.txt", &settings.written()),
        ("rejected.csv", &rejected),
    ];
    for (name, text) in files {
        let path = options.out.join(name);
        std::fs::write(&path, text).with_context(|| format!("writing {}", path.display()))?;
    }
    bar.finish_and_clear();
    say(&in_words(&analysis, &account, &options.out))?;
    Ok(if account.rejected.is_empty() { Outcome::Done } else { Outcome::Found })
}

fn thresholds(path: Option<&Path>) -> Result<Settings> {
    let Some(path) = path else { return Ok(Settings::default()) };
    let text =
        std::fs::read_to_string(path).with_context(|| format!("{} cannot be opened", path.display()))?;
    match Settings::read(&text) {
        Ok(settings) => Ok(settings),
        Err(faults) => bail!("{}: {}", path.display(), faults.join("; ")),
    }
}

/// Reads one table where it is there.
fn read(
    folder: &Path,
    whole: Whole,
    name: &'static str,
    account: &mut Account,
    mut take: impl FnMut(&[Value]),
) -> Result<()> {
    let Some(path) = whole.in_folder(folder) else {
        account.missing.push(name);
        return Ok(());
    };
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let read = read_whole(&path, whole, threads, &|_, _, _| {}, |row| take(row))?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (used, rejected) = (read.account.used, read.account.rejected);
    account.files.push(FileRead { name, sha256: sha256(&path)?, used, rejected });
    account.rejected.extend(read.rejected);
    Ok(())
}

fn sha256(path: &Path) -> Result<String> {
    use std::io::Read;
    let mut file = std::fs::File::open(path).with_context(|| format!("opening {}", path.display()))?;
    let (mut digest, mut piece) = (Sha256::new(), vec![0; 1 << 20]);
    loop {
        let read = file.read(&mut piece).with_context(|| format!("reading {}", path.display()))?;
        if read == 0 {
            return Ok(kp_sign::hex(&digest.finalize()));
        }
        digest.update(&piece[..read]);
    }
}

fn code(value: &Value) -> Code {
    Code::read(&value.text()).unwrap_or(Code::MIXED)
}

/// A value that fits a smaller whole number; what does not is held at its end, where every detector leaves it alone.
fn small<T: TryFrom<i64> + Default>(value: &Value) -> T {
    T::try_from(value.whole()).unwrap_or_default()
}

fn rows(folder: &Path, account: &mut Account) -> Result<Rows> {
    let mut rows = Rows::default();
    read(folder, Whole::Certificates, "certificates", account, |row| {
        rows.certificates.extend(certificate(row))
    })?;
    read(folder, Whole::Confirmations, "confirmations", account, |row| {
        rows.confirmations.extend(confirmation(row))
    })?;
    read(folder, Whole::Production, "production", account, |row| {
        if let [participant, year, half, carats, value] = row {
            let (year, half) = (small(year), small(half));
            rows.production.push(ProductionLine {
                participant: code(participant),
                year,
                half,
                carats: carats.whole(),
                value: value.whole(),
            });
        }
    })?;
    read(folder, Whole::Stocks, "stocks", account, |row| {
        if let [participant, year, opening, closing] = row {
            rows.stocks.push(StockLine {
                participant: code(participant),
                year: small(year),
                opening: opening.whole(),
                closing: closing.whole(),
            });
        }
    })?;
    read(folder, Whole::Counts, "cert_counts", account, |row| {
        if let [participant, year, issued, received] = row {
            rows.counts.push(CountLine {
                participant: code(participant),
                year: small(year),
                issued: issued.whole(),
                received: received.whole(),
            });
        }
    })?;
    read(folder, Whole::Embargoes, "embargoes", account, |row| {
        if let [participant, start, end] = row {
            rows.embargoes.push(Embargo {
                participant: code(participant),
                start: small(start),
                end: small(end),
            });
        }
    })?;
    rows.members = members(folder, account)?;
    Ok(rows)
}

fn certificate(row: &[Value]) -> Option<CertificateRow> {
    let [
        id,
        number,
        exporter,
        importer,
        origin,
        hs,
        issued,
        expires,
        carats,
        value,
        parcels,
        exp_firm,
        imp_firm,
        seal,
    ] = row
    else {
        return None;
    };
    Some(CertificateRow {
        issued: small(issued),
        id: id.whole(),
        number: number.text(),
        exporter: code(exporter),
        importer: code(importer),
        origin: code(origin),
        hs: small(hs),
        expires: small(expires),
        carats: carats.whole(),
        value: value.whole(),
        parcels: small(parcels),
        exporter_firm: exp_firm.whole(),
        importer_firm: imp_firm.whole(),
        seal: seal.text(),
    })
}

fn confirmation(row: &[Value]) -> Option<ConfirmationRow> {
    let [id, number, exporter, importer, hs, arrived, carats, value] = row else { return None };
    Some(ConfirmationRow {
        arrived: small(arrived),
        id: id.whole(),
        number: number.text(),
        exporter: code(exporter),
        importer: code(importer),
        hs: small(hs),
        carats: carats.whole(),
        value: value.whole(),
    })
}

/// `participants.csv`: code, joined, neighbours with blanks between them; other columns are not looked at.
fn members(folder: &Path, account: &mut Account) -> Result<Vec<Member>> {
    let path = folder.join("participants.csv");
    if !path.is_file() {
        account.missing.push("participants");
        return Ok(Vec::new());
    }
    let mut reader = csv::Reader::from_path(&path).with_context(|| format!("opening {}", path.display()))?;
    let header = reader.headers().with_context(|| format!("reading {}", path.display()))?.clone();
    let place = |name: &str| {
        header.iter().position(|h| h == name).with_context(|| {
            format!(
                "{}: the header has no column `{name}`; expected code, joined and neighbours",
                path.display()
            )
        })
    };
    let (at_code, at_joined, at_neighbours) = (place("code")?, place("joined")?, place("neighbours")?);
    let mut members = Vec::new();
    for (line, record) in (2..).zip(reader.records()) {
        let line: usize = line;
        let record = record.with_context(|| format!("{}, line {line}", path.display()))?;
        let field = |at: usize| record.get(at).unwrap_or_default();
        let (Some(code), Ok(joined)) = (Code::read(field(at_code)), field(at_joined).parse()) else {
            bail!(
                "{}, line {line}: expected a code of two letters or digits and a year, such as B7 and 2003",
                path.display()
            );
        };
        let neighbours = field(at_neighbours).split_whitespace().filter_map(Code::read).collect();
        members.push(Member { code, joined, neighbours });
    }
    let (name, used) = ("participants.csv".to_owned(), members.len() as u64);
    account.files.push(FileRead { name, sha256: sha256(&path)?, used, rejected: 0 });
    Ok(members)
}

fn rejected_csv(account: &Account) -> Result<String> {
    let mut sheet = csv::Writer::from_writer(Vec::new());
    sheet.write_record(["file", "row", "column", "found", "expected"])?;
    for rejected in &account.rejected {
        let row = rejected.row.to_string();
        sheet.write_record([&rejected.file, &row, &rejected.column, &rejected.found, &rejected.expected])?;
    }
    let bytes = sheet.into_inner().context("writing rejected.csv")?;
    String::from_utf8(bytes).context("writing rejected.csv")
}

fn in_words(analysis: &Analysis, account: &Account, out: &Path) -> String {
    let mut text = String::new();
    for file in &account.files {
        text.push_str(&format!("{}: {} rows used, {} rejected\n", file.name, file.used, file.rejected));
    }
    for rejected in account.rejected.iter().take(SHOWN) {
        text.push_str(&format!("  rejected: {rejected}\n"));
    }
    if !account.missing.is_empty() {
        text.push_str(&format!(
            "not there, so what needs it is not looked at: {}\n",
            account.missing.join(", ")
        ));
    }
    text.push_str(&format!("\nReconciled first: {}.\n", analysis.reconciled));
    if analysis.cases.is_empty() {
        text.push_str("\nNo findings.\n");
    } else {
        let asked = analysis.cases.iter().filter(|case| case.asked).count();
        text.push_str(&format!(
            "\n{} cases, {asked} within what can be asked in their quarter; each is a question, not a verdict. The first {}:\n",
            analysis.cases.len(),
            analysis.cases.len().min(SHOWN)
        ));
        let mut table = Table::new(&["", ">#", "how", "what was seen"]);
        for case in analysis.cases.iter().take(SHOWN) {
            let title = analysis.findings.iter().find(|f| f.id == case.id).map_or("", |f| f.title.as_str());
            let level = if case.level == kp_detect::stream::Level::Alert { "ask" } else { "watch" };
            table.row(vec![String::new(), case.place.to_string(), level.to_owned(), title.to_owned()]);
        }
        text.push_str(&format!("{}\n", table.text()));
    }
    text.push_str(&format!("\nReport: {}\n", out.join("report.html").display()));
    text.push_str("Beside it: cases.csv, findings.csv, findings.json, thresholds.txt, rejected.csv");
    text
}
