//! Analysis of production returns against the least that can be done with the same file: load it, sum by participant
//! and half.
//!
//! The file is generated, always alike: invented participants, every half of 2003 to 2024, amounts from a seed.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
    time::Duration,
};

use anyhow::Result;
use kp_detect::production::{Input, analyze};
use kp_exchange::{ProductionReader, participants::Participants};

use crate::timed;

/// Codes that no country has; XI and XK are in use (rulings 14).
const CODES: &str = "ABCDEFGHJLMNOPQRSTUVWXYZ";
const FIRST_YEAR: u64 = 2003;
const YEARS: u64 = 22;

pub(crate) fn analysis(rows: u64) -> Result<()> {
    println!("\nAnalysis of {rows} rows of production returns");
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("returns.csv");
    timed("generate the file", || generate(&file, rows))?;
    let participants = Participants::known();
    let (reading, read) = timed("read the rows, every one accounted for", || {
        let mut reader = ProductionReader::new(&participants);
        reader.add_path(&file);
        Ok(reader.finish())
    })?;
    let used = reading.rows.len();
    let (found, look) = timed("look at the series with every detector", || {
        let input = Input {
            rows: &reading.rows,
            capacities: &[],
            membership: &participants.membership(),
            today: None,
        };
        Ok(analyze(&input).findings.len())
    })?;
    drop(reading);
    let (groups, sums) = timed("load into SQLite and sum by participant and half", || load_and_sum(&file))?;
    println!("  {used} rows used, {found} findings; {groups} sums");
    say_ratio(rows, read + look, sums);
    Ok(())
}

#[allow(clippy::cast_precision_loss, reason = "a ratio for people")]
fn say_ratio(rows: u64, ours: Duration, theirs: Duration) {
    let million = 1_000_000.0 / rows as f64;
    println!(
        "  = {:.2} s for a million rows; SQLite needs {:.2} s to load and sum them; the analysis costs {:.1} times that",
        ours.as_secs_f64() * million,
        theirs.as_secs_f64() * million,
        ours.as_secs_f64() / theirs.as_secs_f64()
    );
}

/// Rows of the tidy layout. Amounts follow a linear congruence (Knuth's MMIX), so that every run has the same file.
fn generate(file: &Path, rows: u64) -> Result<()> {
    let mut out = BufWriter::new(File::create(file)?);
    writeln!(
        out,
        "year,half,participant_code,participant_name,declaration,production_type,carats,value_usd"
    )?;
    let codes: Vec<char> = CODES.chars().collect();
    let mut state: u64 = 7102;
    for row in 0..rows {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let code = codes[usize::try_from(row)? % codes.len()];
        let halves = row / codes.len() as u64;
        let (year, half) = (FIRST_YEAR + halves / 2 % YEARS, halves % 2 + 1);
        let kind = if state >> 63 == 0 { "ASM" } else { "LSM" };
        let (carats, price) = ((state >> 33) % 10_000_000, 20 + (state >> 17) % 180);
        let (cents, value) = (carats % 100, carats * price);
        writeln!(
            out,
            "{year},{half},X{code},Invented {code},Production,{kind},{}.{cents:02},{}.{:02}",
            carats / 100,
            value / 100,
            value % 100
        )?;
    }
    out.flush()?;
    Ok(())
}

/// What a person with a database tool would do with the same question.
fn load_and_sum(file: &Path) -> Result<usize> {
    let mut connection = rusqlite::Connection::open_in_memory()?;
    connection.execute_batch(
        "CREATE TABLE production (year INTEGER, half INTEGER, code TEXT, carats REAL, value REAL)",
    )?;
    let load = connection.transaction()?;
    {
        let mut insert = load.prepare("INSERT INTO production VALUES (?1, ?2, ?3, ?4, ?5)")?;
        for record in csv::Reader::from_path(file)?.records() {
            let record = record?;
            let [year, half, code, carats, value] = [0, 1, 2, 6, 7].map(|column| &record[column]);
            insert.execute((year, half, code, carats.parse::<f64>()?, value.parse::<f64>()?))?;
        }
    }
    load.commit()?;
    let mut sums = connection.prepare(
        "SELECT code, year, half, SUM(carats), SUM(value) FROM production GROUP BY code, year, half",
    )?;
    let groups = sums.query_map([], |row| row.get::<_, f64>(3))?.count();
    Ok(groups)
}
