//! Twenty years of certificates, written straight into the tables with the statements that the acts use.
//!
//! Through the tables and not through acts, because 1.2 million lives of eight durable acts would take days. What is
//! there: applications, lines, certificates, arrivals, confirmations, seals, names in the search, findings, cases, blanks,
//! each by the same schema and the same SQL texts as in the program. What is not: every statement. The log of one in
//! [`LOGGED`] certificates is a copy of one that was played, and only such certificates are opened. The age is real: what
//! is recent waits in the states in which things wait, as many days' worth as pass there.

use std::{fmt, path::Path};

use anyhow::{Context, Result};
use rusqlite::{Connection, Transaction, params};

use crate::world::{EXPORTERS, World, codes};

/// One in so many certificates has its acts in the log.
pub(crate) const LOGGED: u32 = 50;
/// Importers of the world.
pub(crate) const IMPORTERS: u64 = 3000;
/// Findings and cases of twenty years.
const FINDINGS: u32 = 4000;
/// Days of twenty years.
const DAYS: u64 = 7300;

macro_rules! sql {
    ($krate:literal, $name:literal) => {
        include_str!(concat!("../../../", $krate, "/sql/", $name, ".sql"))
    };
}

/// What was filled in.
pub(crate) struct Filled {
    certificates: u32,
    waiting: u32,
    entries: u64,
    bytes: u64,
}

impl fmt::Display for Filled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let megabytes = self.bytes >> 20;
        write!(
            f,
            "{} certificates, of which {} wait somewhere, {} entries in the log, {megabytes} MB",
            self.certificates, self.waiting, self.entries
        )
    }
}

/// A number that looks drawn, from a number.
pub(crate) fn drawn(from: u64) -> u64 {
    let mut x = from.wrapping_add(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// A trader's name: two made-up words, and for half of them what they deal in.
pub(crate) fn name_of(of: u64) -> String {
    const FIRST: [&str; 16] = [
        "Kar", "Bel", "Mon", "Tor", "Zan", "Lu", "Ori", "San", "Per", "Dov", "Ma", "Ko", "Ami", "Ras", "Ve",
        "Gol",
    ];
    const LAST: [&str; 16] = [
        "dana", "vari", "mund", "esso", "tiko", "zembe", "rali", "nova", "stern", "gola", "mbo", "rique",
        "shan", "litz", "ovar", "ende",
    ];
    let pick = |of: &[&str; 16], by: u64| {
        of.get(usize::try_from(by % 16).unwrap_or(0)).copied().unwrap_or("Kar").to_owned()
    };
    let x = drawn(of);
    let word = |x: u64| pick(&FIRST, x) + &pick(&LAST, x >> 4);
    let deals = if x & 0x100 == 0 { " Diamonds" } else { " Gems" };
    format!("{} {}{deals}", word(x >> 9), word(x >> 17))
}

/// The importer of this place in the list.
pub(crate) fn importer(at: u64) -> String {
    format!("{} NV", name_of(at * 31 + 5))
}

/// Issuer and destination: XA issues a third, XB receives four of ten, the rest goes everywhere.
pub(crate) fn route(each: u32, codes: &[String]) -> (String, String) {
    let x = drawn(u64::from(each));
    let of =
        |x: u64| codes.get(usize::try_from(x % codes.len() as u64).unwrap_or(0)).cloned().unwrap_or_default();
    let issuer = if x.is_multiple_of(3) { "XA".to_owned() } else { of(x >> 8) };
    let destination = if (x >> 20) % 10 < 4 { "XB".to_owned() } else { of(x >> 24) };
    let destination = if destination == issuer { of(x >> 8 | 1) } else { destination };
    (issuer, destination)
}

/// The number of a certificate: serial numbers run over all issuers, so that each is found by its place.
pub(crate) fn number(each: u32, issuer: &str) -> String {
    format!("{issuer}-{:07}", 1_000_000 + each)
}

/// The seal of a certificate.
pub(crate) fn seal(each: u32) -> String {
    format!("{:08}-A", drawn(u64::from(each)) % 100_000_000)
}

/// Where a certificate is that was applied for so many days ago.
fn state(days_ago: u64, each: u32) -> &'static str {
    match (days_ago, drawn(u64::from(each) + 77) % 1000) {
        (0, _) => "drafted",
        (1, _) => "issued",
        (2, _) => "validated",
        (3..=14, _) => "departed",
        (15, _) => "arrived",
        (16..=90, 0..=60) => "departed",
        (_, 0) => "departed",
        (_, 1) => "detained",
        (_, 2..=20) => "confirmed_with_difference",
        _ => "confirmed",
    }
}

pub(crate) fn fill(world: &World, folder: &Path, certificates: u32) -> Result<Filled> {
    let (application, number) = world.play_one()?;
    world.node.catch_up(world.now)?;
    println!("  the names of {IMPORTERS} importers ...");
    index_importers(world)?;
    let mut connection = Connection::open(database(folder)?)?;
    connection.execute_batch("PRAGMA synchronous=OFF; PRAGMA cache_size=-400000;")?;
    let mut filled = Filled { certificates, waiting: 0, entries: 0, bytes: 0 };
    let played = Played::read(&connection, &application, &number)?;
    let codes = codes();
    let mut begun = 0;
    while begun < certificates {
        let end = certificates.min(begun + 100_000);
        let tx = connection.transaction()?;
        for each in begun..end {
            one(&tx, each, certificates, &codes, &played, &mut filled)?;
        }
        tx.commit()?;
        println!("  {end} certificates ...");
        begun = end;
    }
    let tx = connection.transaction()?;
    questions(&tx, certificates, &codes)?;
    blanks(&tx)?;
    tx.commit()?;
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);")?;
    filled.bytes = std::fs::metadata(database(folder)?)?.len();
    Ok(filled)
}

pub(crate) fn database(folder: &Path) -> Result<std::path::PathBuf> {
    let files = std::fs::read_dir(folder)?.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let is_database = |path: &std::path::PathBuf| path.extension().is_some_and(|ending| ending == "db");
    files.into_iter().find(is_database).context("the node's folder holds no database")
}

/// The names of importers, into the search of every participant they may appear at.
fn index_importers(world: &World) -> Result<()> {
    for code in codes() {
        world.node.db().write("names", |tx| {
            for at in 0..IMPORTERS {
                kp_search::index_party(tx, &code, &importer(at))?;
            }
            Ok::<_, anyhow::Error>(())
        })?;
    }
    Ok(())
}

/// One statement of the certificate that was played.
struct PlayedEntry {
    leaf: Vec<u8>,
    leaf_hash: Vec<u8>,
    signed: Vec<u8>,
    kind: String,
}

/// The statements of the certificate that was played.
struct Played {
    entries: Vec<PlayedEntry>,
    next: i64,
}

impl Played {
    fn read(connection: &Connection, application: &str, number: &str) -> Result<Self> {
        let mut statement = connection.prepare(
            "SELECT e.leaf, e.leaf_hash, s.signed, s.kind FROM log_entry e \
             JOIN log_statement s ON s.position = e.position WHERE e.subject IN (?1, ?2) ORDER BY e.position",
        )?;
        let rows = statement.query_map([application, number], |row| {
            Ok(PlayedEntry {
                leaf: row.get(0)?,
                leaf_hash: row.get(1)?,
                signed: row.get(2)?,
                kind: row.get(3)?,
            })
        })?;
        let next = connection.query_row("SELECT MAX(position) FROM log_entry", [], |row| row.get(0))?;
        Ok(Self { entries: rows.collect::<Result<_, _>>()?, next })
    }
}

/// One certificate as it is written.
struct Life {
    each: u32,
    issuer: String,
    destination: String,
    number: String,
    reference: String,
    on: String,
    state: &'static str,
    carats: i64,
}

impl Life {
    fn of(each: u32, of: u32, codes: &[String]) -> Result<Self> {
        let (issuer, destination) = route(each, codes);
        let days_ago = u64::from(of - each - 1) * DAYS / u64::from(of);
        let today: jiff::civil::Date = crate::world::TODAY.parse()?;
        Ok(Self {
            each,
            number: number(each, &issuer),
            reference: format!("{issuer}-A-{each}"),
            on: today.checked_sub(jiff::Span::new().days(i64::try_from(days_ago)?))?.to_string(),
            state: state(days_ago, each),
            carats: i64::try_from(drawn(u64::from(each) + 11) % 500_000)? + 100,
            issuer,
            destination,
        })
    }

    fn has_come_past(&self, states: &[&str]) -> bool {
        !states.contains(&self.state)
    }
}

fn one(
    tx: &Transaction<'_>,
    each: u32,
    of: u32,
    codes: &[String],
    played: &Played,
    filled: &mut Filled,
) -> Result<()> {
    let life = Life::of(each, of, codes)?;
    applied(tx, &life)?;
    // One in eight of today's is only applied for.
    if life.state == "drafted" && each.is_multiple_of(8) {
        filled.waiting += 1;
        return Ok(());
    }
    sent(tx, &life)?;
    received(tx, &life)?;
    filled.waiting += u32::from(!life.state.starts_with("confirmed"));
    if each.is_multiple_of(LOGGED) {
        logged(tx, each, &life.reference, &life.number, played, filled)?;
    }
    Ok(())
}

fn applied(tx: &Transaction<'_>, life: &Life) -> Result<()> {
    let each = u64::from(life.each);
    let importer = importer(drawn(each + 3) % IMPORTERS);
    let licence = format!("{}-EXP-{}", life.issuer, drawn(each + 9) % u64::from(EXPORTERS));
    let nothing = None::<String>;
    run(
        tx,
        sql!("kp-trade", "record_application"),
        params![
            life.reference,
            life.issuer,
            licence,
            importer,
            "5 Quay Street",
            life.destination,
            life.issuer,
            1,
            life.carats,
            life.carats * 35_000,
            "M. Exporter",
            life.on,
            "normal",
            nothing,
            nothing,
            nothing,
            nothing,
            nothing,
            1,
            nothing
        ],
    )?;
    let line = params![life.reference, "7102.31", life.carats, life.carats * 35_000];
    run(tx, sql!("kp-trade", "record_line"), line)
}

/// From the draft to the departure, as far as it has come.
fn sent(tx: &Transaction<'_>, life: &Life) -> Result<()> {
    let (number, on) = (&life.number, &life.on);
    run(tx, sql!("kp-trade", "move_application"), params![life.reference, "drafted"])?;
    let drafted = params![number, life.reference, life.issuer, "clerk", on];
    run(tx, sql!("kp-trade", "record_draft"), drafted)?;
    if life.has_come_past(&["drafted"]) {
        run(tx, sql!("kp-trade", "record_issue"), params![number, "approver", on, "2026-04-01"])?;
    }
    if life.has_come_past(&["drafted", "issued"]) {
        let seal = seal(life.each);
        run(tx, sql!("kp-trade", "record_validation"), params![number, "customs", on, seal])?;
        for whose in [&life.issuer, &life.destination] {
            run(tx, sql!("kp-search", "record_seal"), params![whose, kp_search::squeezed(&seal), number])?;
        }
    }
    if life.has_come_past(&["drafted", "issued", "validated"]) {
        run(tx, sql!("kp-trade", "record_departure"), params![number, format!("{on}T08:00:00Z"), on])?;
    }
    run(tx, sql!("kp-trade", "move_certificate"), params![number, life.state])
}

/// The arrival and its answer, where there is one.
fn received(tx: &Transaction<'_>, life: &Life) -> Result<()> {
    let (number, nothing) = (&life.number, None::<String>);
    if ["arrived", "confirmed", "confirmed_with_difference", "detained"].contains(&life.state) {
        let at = i64::from(life.each) + 1_000_000_000;
        let arrived = params![
            at,
            number,
            life.destination,
            life.carats,
            "yes",
            life.on,
            "importer",
            None::<i64>,
            nothing,
            nothing,
            nothing,
            nothing
        ];
        run(tx, sql!("kp-trade", "record_arrival"), arrived)?;
    }
    if life.state.starts_with("confirmed") {
        let answer = params![number, life.destination, life.state, life.carats, "", life.on, "importer"];
        run(tx, sql!("kp-trade", "record_confirmation"), answer)?;
    }
    Ok(())
}

/// The played certificate's acts once more, under this one's number.
fn logged(
    tx: &Transaction<'_>,
    each: u32,
    reference: &str,
    number: &str,
    played: &Played,
    filled: &mut Filled,
) -> Result<()> {
    for (at, PlayedEntry { leaf, leaf_hash, signed, kind }) in played.entries.iter().enumerate() {
        filled.entries += 1;
        let position = played.next + i64::try_from(filled.entries)?;
        let hash = kp_sign::sha256(format!("{each} {at}").as_bytes());
        let subject = if at == 0 { reference } else { number };
        run(tx, sql!("kp-log", "record_statement"), params![position, hash.as_slice(), kind, signed])?;
        run(
            tx,
            sql!("kp-log", "record_entry"),
            params![position, "kp.XA/2020", i64::try_from(filled.entries)?, subject, leaf, leaf_hash],
        )?;
    }
    Ok(())
}

/// Findings and their cases, most of them closed.
fn questions(tx: &Transaction<'_>, of: u32, codes: &[String]) -> Result<()> {
    for each in 0..FINDINGS {
        let about = u32::try_from(drawn(u64::from(each)) % u64::from(of))?;
        let (issuer, _) = route(about, codes);
        let (subject, id) = (number(about, &issuer), format!("bench:{each}"));
        let body = serde_json::json!({
            "id": id, "detector": "unconfirmed_after_due", "participant": issuer, "participant_name": "",
            "subject": subject, "periods": [], "title": format!("{subject} left and nobody has confirmed it"),
            "question": "Where is it?", "arithmetic": [], "thresholds": [], "innocent_explanations": [],
            "answer_must_contain": [], "evidence": [], "supporting": [],
            "rank": {"severity": "ask", "carats_at_stake": "0.00", "value_at_stake": "0.00", "beyond_hundredths": 0,
                     "corroboration": 0, "same_participant_above": 0, "order_thousandths": 0}
        });
        let found =
            params![id, "unconfirmed_after_due", issuer, subject, each, "2025-01-01", body.to_string()];
        // A finding that the program does not read would stop every page; then the bench says so when it asks.
        run(tx, sql!("kp-detect", "record_finding"), found)?;
        let state = match each % 40 {
            0 => "open",
            1 => "answered",
            _ => "closed",
        };
        tx.prepare_cached(
            "INSERT INTO cases_case (case_number, finding_id, asked, owner, title, question, opened_on, answer_due, \
             state, level) VALUES (?1, ?2, ?3, 'statistics', ?4, 'Where is it?', '2025-01-01', '2026-01-31', ?5, 'query')",
        )?
        .execute(params![format!("C-2025-{each:04}"), id, issuer, format!("{subject} is not confirmed"), state])?;
    }
    Ok(())
}

/// The blanks of twenty years, in pieces as use and spoiling leave them.
fn blanks(tx: &Transaction<'_>) -> Result<()> {
    for each in 0..20_000_i64 {
        let place = match each {
            0..=3 => "handed_over",
            4..=6 => "spoiled",
            _ if each % 2 == 0 => "used",
            _ => "destroyed",
        };
        tx.prepare_cached(
            "INSERT INTO trade_blank (code, first_serial, last_serial, place, custodian, officer, form_version) \
             VALUES ('XA', ?1, ?2, ?3, 'capital', '', 'A1')",
        )?
        .execute(params![5_000_000 + each * 20, 5_000_019 + each * 20, place])?;
    }
    Ok(())
}

/// A statement of the program, with its `$1` as SQLite numbers it.
fn run(tx: &Transaction<'_>, text: &str, values: impl rusqlite::Params) -> Result<()> {
    tx.prepare_cached(&kp_db::sqlite_text(text))?.execute(values)?;
    Ok(())
}
