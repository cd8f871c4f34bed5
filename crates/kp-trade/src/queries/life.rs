//! Questions about what else can happen in a certificate's life: cures, sources, transit, holdings, notices, corrections.

use anyhow::Result;
use jiff::civil::Date;
use kp_db::{Row, Sql, Tx, sql};
use kp_terms::{Carats, CertificateNumber, ParticipantCode, UsdCents};

use crate::{
    CorrectedField, Discrepancy, HoldingState, Line, NoticeOf, ParcelLine, SourceDraw, TransitEnd, kept,
};

const STEPS_OF_APPLICATION: Sql = sql!("steps_of_application");
const SOURCES_OF_APPLICATION: Sql = sql!("sources_of_application");
const PARCELS_OF_APPLICATION: Sql = sql!("parcels_of_application");
const DRAWS_ON_NUMBER: Sql = sql!("draws_on_number");
const DRAWS_ON_LOT: Sql = sql!("draws_on_lot");
const LINES_OF_ARRIVAL: Sql = sql!("lines_of_arrival");
const DISCREPANCIES_OF_ARRIVAL: Sql = sql!("discrepancies_of_arrival");
const TRANSITS_OF_NUMBER: Sql = sql!("transits_of_number");
const HOLDINGS_OF_NUMBER: Sql = sql!("holdings_of_number");
const HOLDING_OF_LOT: Sql = sql!("holding_of_lot");
const HOLDINGS_OPEN: Sql = sql!("holdings_open");
const NOTICES_OF_NUMBER: Sql = sql!("notices_of_number");
const CORRECTIONS_OF_NUMBER: Sql = sql!("corrections_of_number");

/// What was said about an application after it was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationStep {
    /// Place of the statement in the log.
    pub position: u64,
    /// deficient, cured, rejected.
    pub step: String,
    /// The written reasons; empty for a cure.
    pub reasons: String,
    /// Who.
    pub done_by: String,
    /// When.
    pub done_on: Date,
}

/// Carats that an application draws on an import, or on a seized lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draw {
    /// The application that draws.
    pub application: String,
    /// How much.
    pub carats: Carats,
}

/// One passage through a third participant's territory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transit {
    /// Place of the entry statement in the log.
    pub position: u64,
    /// Through whose territory.
    pub at: ParticipantCode,
    /// The container's number as it entered.
    pub container: String,
    /// Its seals as it entered, sorted.
    pub seals: Vec<String>,
    /// When it entered.
    pub entered_on: Date,
    /// Who recorded that.
    pub entered_by: String,
    /// How the passage ended, where it has.
    pub ended_as: Option<TransitEnd>,
    /// When.
    pub ended_on: Option<Date>,
}

/// Goods that an importing authority holds, and what became of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// Place of the detention in the log.
    pub position: u64,
    /// The number presented with them.
    pub number: CertificateNumber,
    /// Who holds them.
    pub at: ParticipantCode,
    /// Where they are.
    pub state: HoldingState,
    /// Whether they are the certificate's own goods, so that its state follows.
    pub moves_certificate: bool,
    /// Why they were detained.
    pub reason: String,
    /// What differs.
    pub codes: Vec<String>,
    /// Last day on which the issuer must have been told (EU2368 Art 5(3)).
    pub inform_by: Date,
    /// Who detained.
    pub detained_by: String,
    /// When.
    pub detained_on: Date,
    /// The lot under which they were seized.
    pub lot: Option<String>,
    /// Its weight.
    pub carats: Option<Carats>,
    /// Who seized.
    pub seized_by: Option<String>,
    /// When.
    pub seized_on: Option<Date>,
    /// By which order, and by which decision later.
    pub legal_basis: Option<String>,
    /// When nothing was held any more.
    pub ended_on: Option<Date>,
}

/// A report about a paper: lost, stolen, spoiled, or a counterfeit that bears this number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Place of the statement in the log.
    pub position: u64,
    /// Of what.
    pub what: NoticeOf,
    /// Who reports.
    pub code: ParticipantCode,
    /// What is known.
    pub circumstances: String,
    /// Which officer.
    pub reported_by: String,
    /// When.
    pub reported_on: Date,
}

/// A correction that the issuer has instructed. The certificate itself stays as it was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Place of the instruction in the log.
    pub position: u64,
    /// What is corrected.
    pub field: CorrectedField,
    /// As the certificate says.
    pub was: String,
    /// As it should read.
    pub becomes: String,
    /// Why the error is obvious.
    pub reason: String,
    /// Who instructed.
    pub instructed_by: String,
    /// When.
    pub instructed_on: Date,
    /// Place of the acceptance in the log; a correction counts with it and not before.
    pub accepted_at: Option<u64>,
    /// Who accepted.
    pub accepted_by: Option<String>,
    /// When.
    pub accepted_on: Option<Date>,
}

fn place(row: &Row<'_>, column: usize) -> Result<u64> {
    Ok(u64::try_from(row.get::<i64>(column)?)?)
}

/// What was said about an application after it was taken, in the order of the log.
///
/// # Errors
/// Where the database fails.
pub fn steps_of_application(tx: &mut Tx<'_>, reference: &str) -> Result<Vec<ApplicationStep>> {
    tx.rows(STEPS_OF_APPLICATION, &[reference.into()], |row| {
        Ok(ApplicationStep {
            position: place(row, 0)?,
            step: row.get(1)?,
            reasons: row.get(2)?,
            done_by: row.get(3)?,
            done_on: row.word(4)?,
        })
    })
}

/// The imports on which a re-export draws, by number.
///
/// # Errors
/// Where the database fails.
pub fn sources_of_application(tx: &mut Tx<'_>, reference: &str) -> Result<Vec<SourceDraw>> {
    tx.rows(SOURCES_OF_APPLICATION, &[reference.into()], |row| {
        Ok(SourceDraw { number: row.word(0)?, carats: Carats::from_hundredths(row.get(1)?) })
    })
}

/// The parcels as an application describes them.
///
/// # Errors
/// Where the database fails.
pub fn parcels_of_application(tx: &mut Tx<'_>, reference: &str) -> Result<Vec<ParcelLine>> {
    tx.rows(PARCELS_OF_APPLICATION, &[reference.into()], |row| {
        Ok(ParcelLine { hs: row.word(0)?, carats: Carats::from_hundredths(row.get(1)?) })
    })
}

fn draw(row: &Row<'_>) -> Result<Draw> {
    Ok(Draw { application: row.get(0)?, carats: Carats::from_hundredths(row.get(1)?) })
}

/// What re-exports draw on an import. Rejected applications, and certificates whose goods never left or came back, draw
/// nothing.
///
/// # Errors
/// Where the database fails.
pub fn draws_on_number(tx: &mut Tx<'_>, number: &CertificateNumber) -> Result<Vec<Draw>> {
    tx.rows(DRAWS_ON_NUMBER, &[(&number.to_string()).into()], draw)
}

/// What technical certificates draw on a seized lot.
///
/// # Errors
/// Where the database fails.
pub fn draws_on_lot(tx: &mut Tx<'_>, lot: &str) -> Result<Vec<Draw>> {
    tx.rows(DRAWS_ON_LOT, &[lot.into()], draw)
}

/// How many carats of a confirmed import have not been re-exported; nothing where it is not confirmed.
///
/// # Errors
/// Where the database fails.
pub fn import_left(tx: &mut Tx<'_>, number: &CertificateNumber) -> Result<Option<Carats>> {
    let Some(confirmed) = super::confirmation_of_number(tx, number)? else { return Ok(None) };
    let drawn =
        draws_on_number(tx, number)?.iter().fold(0_i64, |sum, d| sum.saturating_add(d.carats.hundredths()));
    Ok(Some(Carats::from_hundredths(confirmed.carats_confirmed.hundredths().saturating_sub(drawn))))
}

/// What was measured on arrival, by class; empty where only the whole was weighed.
///
/// # Errors
/// Where the database fails.
pub fn lines_of_arrival(tx: &mut Tx<'_>, position: u64) -> Result<Vec<Line>> {
    tx.rows(LINES_OF_ARRIVAL, &[i64::try_from(position)?.into()], |row| {
        Ok(Line {
            hs: row.word(0)?,
            carats: Carats::from_hundredths(row.get(1)?),
            value: UsdCents::from_cents(row.get(2)?),
        })
    })
}

/// What differed when a shipment was presented, as far as was known then, by code.
///
/// # Errors
/// Where the database fails.
pub fn discrepancies_of_arrival(tx: &mut Tx<'_>, position: u64) -> Result<Vec<Discrepancy>> {
    tx.rows(DISCREPANCIES_OF_ARRIVAL, &[i64::try_from(position)?.into()], |row| {
        Ok(Discrepancy { code: row.word(0)?, says: kept(row.get(1)?) })
    })
}

/// Every passage of a number through a third participant's territory, in the order of the log.
///
/// # Errors
/// Where the database fails.
pub fn transits_of_number(tx: &mut Tx<'_>, number: &CertificateNumber) -> Result<Vec<Transit>> {
    tx.rows(TRANSITS_OF_NUMBER, &[(&number.to_string()).into()], |row| {
        Ok(Transit {
            position: place(row, 0)?,
            at: row.word(1)?,
            container: row.get(2)?,
            seals: super::words(row.get(3)?),
            entered_on: row.word(4)?,
            entered_by: row.get(5)?,
            ended_as: row.optional_word(6)?,
            ended_on: row.optional_word(7)?,
        })
    })
}

fn holding(row: &Row<'_>) -> Result<Holding> {
    Ok(Holding {
        position: place(row, 0)?,
        number: row.word(1)?,
        at: row.word(2)?,
        state: row.word(3)?,
        moves_certificate: row.get::<String>(4)? == "certificate",
        reason: row.get(5)?,
        codes: super::words(row.get(6)?),
        inform_by: row.word(7)?,
        detained_by: row.get(8)?,
        detained_on: row.word(9)?,
        lot: row.get(10)?,
        carats: row.get::<Option<i64>>(11)?.map(Carats::from_hundredths),
        seized_by: row.get(12)?,
        seized_on: row.optional_word(13)?,
        legal_basis: row.get(14)?,
        ended_on: row.optional_word(15)?,
    })
}

/// Every holding of goods that were presented under a number, in the order of the log.
///
/// # Errors
/// Where the database fails.
pub fn holdings_of_number(tx: &mut Tx<'_>, number: &CertificateNumber) -> Result<Vec<Holding>> {
    tx.rows(HOLDINGS_OF_NUMBER, &[(&number.to_string()).into()], holding)
}

/// The goods that were seized under a lot's reference.
///
/// # Errors
/// Where the database fails.
pub fn holding_of_lot(tx: &mut Tx<'_>, lot: &str) -> Result<Option<Holding>> {
    tx.optional(HOLDING_OF_LOT, &[lot.into()], holding)
}

/// What a participant holds now, oldest first.
///
/// # Errors
/// Where the database fails.
pub fn holdings_open(tx: &mut Tx<'_>, at: ParticipantCode) -> Result<Vec<Holding>> {
    tx.rows(HOLDINGS_OPEN, &[at.as_str().into()], holding)
}

/// Every report about the paper of a number, in the order of the log.
///
/// # Errors
/// Where the database fails.
pub fn notices_of_number(tx: &mut Tx<'_>, number: &CertificateNumber) -> Result<Vec<Notice>> {
    tx.rows(NOTICES_OF_NUMBER, &[(&number.to_string()).into()], |row| {
        Ok(Notice {
            position: place(row, 0)?,
            what: row.word(1)?,
            code: row.word(2)?,
            circumstances: row.get(3)?,
            reported_by: row.get(4)?,
            reported_on: row.word(5)?,
        })
    })
}

/// Every correction of a certificate, in the order of the log.
///
/// # Errors
/// Where the database fails.
pub fn corrections_of_number(tx: &mut Tx<'_>, number: &CertificateNumber) -> Result<Vec<Correction>> {
    tx.rows(CORRECTIONS_OF_NUMBER, &[(&number.to_string()).into()], |row| {
        Ok(Correction {
            position: place(row, 0)?,
            field: row.word(1)?,
            was: row.get(2)?,
            becomes: row.get(3)?,
            reason: row.get(4)?,
            instructed_by: row.get(5)?,
            instructed_on: row.word(6)?,
            accepted_at: row.get::<Option<i64>>(7)?.map(u64::try_from).transpose()?,
            accepted_by: row.get(8)?,
            accepted_on: row.optional_word(9)?,
        })
    })
}

/// Carats that left, under technical certificates, of the lot that is forfeited there under a number.
///
/// # Errors
/// Where the database fails.
pub fn lot_drawn(tx: &mut Tx<'_>, number: &CertificateNumber, at: ParticipantCode) -> Result<Carats> {
    let holdings = holdings_of_number(tx, number)?;
    let lots = holdings.iter().filter(|held| held.at == at && held.state == HoldingState::Forfeited);
    let mut sum = 0_i64;
    for lot in lots.filter_map(|held| held.lot.as_deref()) {
        sum =
            draws_on_lot(tx, lot)?.iter().fold(sum, |sum, draw| sum.saturating_add(draw.carats.hundredths()));
    }
    Ok(Carats::from_hundredths(sum))
}
