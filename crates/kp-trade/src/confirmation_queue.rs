//! The queue of confirmations from outside: rows go in, are matched to certificates by number, and wait where they are not.
//!
//! Owns `trade_confirmation_row`. A row that waits is looked at again when its certificate leaves and when it is answered, and
//! what is said of it is said anew when it is shown.

use anyhow::Result;
use kp_db::{Row, Sql, Tx, sql};
use kp_log::Entry;
use kp_registry::Role;
use kp_terms::{Carats, CertificateNumber, Date, ParticipantCode, ReadError, Sentence, UsdCents, sentence};

use crate::{
    CameBy, CertificateState, RowState, confirm_receipt,
    kept::{keep, kept},
    moves::{self, Act},
    queries,
    receive_confirmations::{ConfirmationsReceived, ToldConfirmation},
    rules::outside_answer::{Judged, OnRegister, judge, same_as},
};

const RECORD_ROW: Sql = sql!("record_confirmation_row");
const MOVE_ROW: Sql = sql!("move_confirmation_row");
const ROWS: Sql = sql!("confirmation_rows");
const ROW_BY_ID: Sql = sql!("confirmation_row_by_id");
const ROWS_OF_NUMBER: Sql = sql!("confirmation_rows_of_number");
const ROWS_ANSWERING_AT: Sql = sql!("confirmation_rows_answering_at");
const ROWS_OF_STATEMENT: Sql = sql!("confirmation_rows_of_statement");
const ROW_COUNTS: Sql = sql!("confirmation_row_counts");
const UNDER_WAY_WITH_CARATS: Sql = sql!("under_way_with_carats");

/// A row's name: the position of its statement, and its place in it from 1. Written `41-17`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowId {
    /// Position of the statement.
    pub position: u64,
    /// Place in it, from 1.
    pub place: u32,
}

impl std::fmt::Display for RowId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.position, self.place)
    }
}

impl std::str::FromStr for RowId {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        let parts = text.trim().split_once('-').and_then(|(p, r)| Some((p.parse().ok()?, r.parse().ok()?)));
        let (position, place) = parts.ok_or_else(|| {
            ReadError::new(format!(
                "{text:?} is not a row of the queue of confirmations; write for example 41-17"
            ))
        })?;
        Ok(Self { position, place })
    }
}

impl kp_terms::FieldValue for RowId {
    const KIND: kp_terms::Kind = kp_terms::Kind::Text;

    fn read(typed: &[String]) -> Result<Self, ReadError> {
        kp_terms::read_one(typed)
    }
}

/// A row of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuedConfirmation {
    /// Its name.
    pub id: RowId,
    /// Whose queue.
    pub participant: ParticipantCode,
    /// How it came.
    pub came_by: CameBy,
    /// Who sent it.
    pub sent_by: String,
    /// File, or empty.
    pub file: String,
    /// SHA-256 of the file, or empty.
    pub file_sha256: String,
    /// What it says.
    pub told: ToldConfirmation,
    /// Where it stands.
    pub state: RowState,
    /// Short name of the reason, where it was not matched; else empty.
    pub reason: String,
    /// Why, and how to mend it; or what differs.
    pub sentence: Sentence,
    /// The day it came.
    pub received_on: Date,
    /// The statement that matched it later, mended or dropped it.
    pub ended_at: Option<u64>,
}

impl QueuedConfirmation {
    /// Whether it waits for a reason that lies in the register, and not in what it says itself.
    fn depends_on_register(&self) -> bool {
        self.state == RowState::ToMend && !matches!(self.reason.as_str(), "row_unread" | "row_repeats")
    }

    /// `march.csv, row 14`
    pub fn place(&self) -> Sentence {
        let row = self.told.row;
        match (self.file.as_str(), &self.told.sheet) {
            ("", _) => {
                Sentence::behind::<&str>(&format!("word-{}", self.came_by.word()), self.came_by.word(), [])
            }
            (file, Some(sheet)) => sentence!(
                "found-row-of-sheet",
                "{file}, sheet {sheet}, row {row}",
                file = file,
                sheet = sheet,
                row = row,
            ),
            (file, None) => sentence!("found-row-place", "{file}, row {row}", file = file, row = row),
        }
    }
}

/// Takes the rows of a statement in.
pub(crate) fn take_in(tx: &mut Tx<'_>, entry: &Entry, body: &ConfirmationsReceived) -> Result<()> {
    // First, so that what is mended is not looked at again as one that waits.
    if let Some(mended) = body.mends.as_deref().and_then(|id| id.parse::<RowId>().ok()) {
        end_row(tx, mended, RowState::Mended, entry)?;
    }
    let mut answered: Vec<(CertificateNumber, u32)> = Vec::new();
    for (place, row) in (1..).zip(&body.rows) {
        let mut found = on_register(tx, body.participant, row)?;
        let same = |(number, _): &&(CertificateNumber, u32)| Some(number) == row.number.as_ref();
        found.earlier_row = answered.iter().find(same).map(|(_, earlier)| *earlier);
        let id = RowId { position: entry.position, place };
        let by = &body.received_by;
        let before = found.confirmation.is_some();
        let (state, reason, sentence) = settle(tx, entry, by, body.participant, row, &found)?;
        // What says again what was on file before answers nothing, so that no later row repeats it.
        if matches!(state, RowState::Matched | RowState::Noted) && !before {
            answered.extend(row.number.clone().map(|number| (number, row.row)));
        }
        record(tx, entry, body, row, id, (state, &reason, &sentence))?;
    }
    Ok(())
}

/// Looks again at rows about a certificate that has just left, or was just answered.
pub(crate) fn look_again(tx: &mut Tx<'_>, entry: &Entry, number: &CertificateNumber) -> Result<()> {
    for row in rows_of_number(tx, number)? {
        if !row.depends_on_register() {
            continue;
        }
        let found = on_register(tx, row.participant, &row.told)?;
        let by = row.sent_by.clone();
        let (state, reason, sentence) = settle(tx, entry, &by, row.participant, &row.told, &found)?;
        if state != RowState::ToMend {
            move_row(tx, row.id, state, &reason, &sentence, entry)?;
        }
    }
    Ok(())
}

/// Rows as they are to be shown on a day: what is said of one that waits is judged anew, for much can have happened to its
/// certificate since it came. Where it would answer now, what was said of it stays.
///
/// # Errors
/// Where the database fails.
pub fn said_anew(
    tx: &mut Tx<'_>,
    mut rows: Vec<QueuedConfirmation>,
    today: Date,
) -> Result<Vec<QueuedConfirmation>> {
    for row in rows.iter_mut().filter(|row| row.depends_on_register()) {
        let found = on_register(tx, row.participant, &row.told)?;
        match judge(row.participant, &row.told, &found, today) {
            Err(refusal) => {
                refusal.key().clone_into(&mut row.reason);
                row.sentence = Sentence::from(refusal.as_ref());
            }
            Ok(Judged::Same { answer }) => row.sentence = same_as(&answer),
            Ok(Judged::Answers { .. } | Judged::Noted { .. }) => {}
        }
    }
    Ok(rows)
}

/// What is on file about a row's number.
pub(crate) fn on_register(
    tx: &mut Tx<'_>,
    ours: ParticipantCode,
    row: &ToldConfirmation,
) -> Result<OnRegister> {
    let Some(number) = &row.number else { return Ok(OnRegister::default()) };
    let certificate = queries::certificate_by_number(tx, number)?;
    let alike = match (&certificate, row.carats) {
        (None, Some(carats)) if number.prefix() == ours => {
            let numbers: Vec<CertificateNumber> =
                tx.rows(UNDER_WAY_WITH_CARATS, &[ours.as_str().into(), carats.hundredths().into()], |row| {
                    row.word(0)
                })?;
            // Two with the same carats would be a guess.
            numbers.first().filter(|_| numbers.len() == 1).cloned()
        }
        _ => None,
    };
    let signs_itself = match row.at {
        Some(at) => !kp_registry::keys_of_role(tx, at.as_str(), Role::Importer)?.is_empty(),
        None => false,
    };
    let confirmation = match &certificate {
        Some(_) => queries::confirmation_of_number(tx, number)?,
        None => None,
    };
    Ok(OnRegister { certificate, confirmation, earlier_row: None, alike, signs_itself })
}

/// Judges a row and, where it answers its certificate, moves the certificate.
fn settle(
    tx: &mut Tx<'_>,
    entry: &Entry,
    by: &str,
    ours: ParticipantCode,
    row: &ToldConfirmation,
    found: &OnRegister,
) -> Result<(RowState, String, Sentence)> {
    match judge(ours, row, found, entry.on()) {
        Err(refusal) => Ok((RowState::ToMend, refusal.key().to_owned(), Sentence::from(refusal.as_ref()))),
        Ok(Judged::Noted { differs }) => Ok((RowState::Noted, String::new(), differs)),
        Ok(Judged::Same { answer }) => Ok((RowState::Noted, String::new(), same_as(&answer))),
        Ok(Judged::Answers { differs }) => {
            if let (Some(number), Some(at), Some(carats)) = (&row.number, row.at, row.carats) {
                answer(tx, entry, (number, at, carats), &differs, by)?;
            }
            Ok((RowState::Matched, String::new(), differs))
        }
    }
}

fn answer(
    tx: &mut Tx<'_>,
    entry: &Entry,
    (number, at, carats): (&CertificateNumber, ParticipantCode, Carats),
    differs: &Sentence,
    by: &str,
) -> Result<()> {
    let (act, outcome) = match differs.as_str() {
        "" => (Act::AnswerOutside, CertificateState::Confirmed),
        _ => (Act::DifferOutside, CertificateState::ConfirmedWithDifference),
    };
    moves::advance(tx, number, act)?;
    confirm_receipt::record(tx, entry, number, at, outcome, carats, differs, by)
}

fn record(
    tx: &mut Tx<'_>,
    entry: &Entry,
    body: &ConfirmationsReceived,
    row: &ToldConfirmation,
    id: RowId,
    (state, reason, sentence): (RowState, &str, &Sentence),
) -> Result<()> {
    let number = row.number.as_ref().map(ToString::to_string);
    let arrived_on = row.arrived_on.map(|day| day.to_string());
    tx.execute(
        RECORD_ROW,
        &[
            i64::try_from(id.position)?.into(),
            i64::from(id.place).into(),
            body.participant.as_str().into(),
            body.came_by.word().into(),
            (&body.sent_by).into(),
            (&body.file).into(),
            (&body.file_sha256).into(),
            row.sheet.as_deref().into(),
            i64::from(row.row).into(),
            (&row.raw).into(),
            number.as_deref().into(),
            row.at.as_ref().map(ParticipantCode::as_str).into(),
            row.carats.map(Carats::hundredths).into(),
            row.value.map(UsdCents::cents).into(),
            row.parcels.map(i64::from).into(),
            arrived_on.as_deref().into(),
            (&row.remarks).into(),
            row.unread.as_deref().into(),
            state.word().into(),
            reason.into(),
            (&keep(sentence)).into(),
            (&entry.on().to_string()).into(),
        ],
    )?;
    Ok(())
}

fn move_row(
    tx: &mut Tx<'_>,
    id: RowId,
    state: RowState,
    reason: &str,
    sentence: &Sentence,
    entry: &Entry,
) -> Result<()> {
    let (position, place) = (i64::try_from(id.position)?, i64::from(id.place));
    let ended_at = i64::try_from(entry.position)?;
    tx.execute(
        MOVE_ROW,
        &[
            position.into(),
            place.into(),
            state.word().into(),
            reason.into(),
            (&keep(sentence)).into(),
            ended_at.into(),
        ],
    )?;
    Ok(())
}

/// Ends a row that waits, by mending or dropping; another is left as it is.
pub(crate) fn end_row(tx: &mut Tx<'_>, id: RowId, state: RowState, entry: &Entry) -> Result<()> {
    match confirmation_row_by_id(tx, id)? {
        Some(row) if row.state == RowState::ToMend => {
            move_row(tx, id, state, &row.reason, &row.sentence, entry)
        }
        _ => Ok(()),
    }
}

fn queued(row: &Row<'_>) -> Result<QueuedConfirmation> {
    let count = |at: usize| -> Result<u32> { Ok(u32::try_from(row.get::<i64>(at)?)?) };
    Ok(QueuedConfirmation {
        id: RowId { position: u64::try_from(row.get::<i64>(0)?)?, place: count(1)? },
        participant: row.word(2)?,
        came_by: row.word(3)?,
        sent_by: row.get(4)?,
        file: row.get(5)?,
        file_sha256: row.get(6)?,
        told: ToldConfirmation {
            sheet: row.get(7)?,
            row: count(8)?,
            raw: row.get(9)?,
            number: row.optional_word(10)?,
            at: row.optional_word(11)?,
            carats: row.get::<Option<i64>>(12)?.map(Carats::from_hundredths),
            value: row.get::<Option<i64>>(13)?.map(UsdCents::from_cents),
            parcels: row.get::<Option<i64>>(14)?.map(u32::try_from).transpose()?,
            arrived_on: row.optional_word(15)?,
            remarks: row.get(16)?,
            unread: row.get(17)?,
        },
        state: row.word(18)?,
        reason: row.get(19)?,
        sentence: kept(row.get(20)?),
        received_on: row.word(21)?,
        ended_at: row.get::<Option<i64>>(22)?.map(u64::try_from).transpose()?,
    })
}

/// Rows of the queue in a state (none: in every state), of one participant (none: of everybody), the newest file first
/// and its rows in their order, at most `limit`.
///
/// # Errors
/// Where the database fails.
pub fn confirmation_rows(
    tx: &mut Tx<'_>,
    participant: Option<ParticipantCode>,
    state: Option<RowState>,
    limit: u32,
) -> Result<Vec<QueuedConfirmation>> {
    let code = participant.map(|code| code.to_string()).unwrap_or_default();
    let state = state.map(RowState::word).unwrap_or_default();
    tx.rows(ROWS, &[(&code).into(), state.into(), i64::from(limit).into()], queued)
}

/// The rows of one statement, in their order.
///
/// # Errors
/// Where the database fails.
pub fn rows_of_statement(tx: &mut Tx<'_>, position: u64) -> Result<Vec<QueuedConfirmation>> {
    tx.rows(ROWS_OF_STATEMENT, &[i64::try_from(position)?.into()], queued)
}

/// One row.
///
/// # Errors
/// Where the database fails.
pub fn confirmation_row_by_id(tx: &mut Tx<'_>, id: RowId) -> Result<Option<QueuedConfirmation>> {
    tx.optional(ROW_BY_ID, &[i64::try_from(id.position)?.into(), i64::from(id.place).into()], queued)
}

/// What came from outside about a number, in the order in which it came.
///
/// # Errors
/// Where the database fails.
pub fn rows_of_number(tx: &mut Tx<'_>, number: &CertificateNumber) -> Result<Vec<QueuedConfirmation>> {
    tx.rows(ROWS_OF_NUMBER, &[(&number.to_string()).into()], queued)
}

/// The numbers that rows answered by the statement at a position: the statement that brought them, or the departure upon
/// which they were looked at again.
///
/// # Errors
/// Where the database fails.
pub fn numbers_answered_at(tx: &mut Tx<'_>, position: u64) -> Result<Vec<CertificateNumber>> {
    tx.rows(ROWS_ANSWERING_AT, &[i64::try_from(position)?.into()], |row| row.word(0))
}

/// How many rows of a statement stand in each state.
///
/// # Errors
/// Where the database fails.
pub fn row_counts(tx: &mut Tx<'_>, position: u64) -> Result<Vec<(RowState, u64)>> {
    tx.rows(ROW_COUNTS, &[i64::try_from(position)?.into()], |row| {
        Ok((row.word(0)?, u64::try_from(row.get::<i64>(1)?)?))
    })
}
