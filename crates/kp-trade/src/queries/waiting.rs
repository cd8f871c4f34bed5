//! What waits: certificates and applications by state, for one issuer, one destination, or everybody's. Each is asked of
//! an index, so that a desk opens as fast after twenty years as on the first day.

use anyhow::Result;
use jiff::civil::Date;
use kp_db::{Param, Sql, Tx, sql};
use kp_terms::{CertificateNumber, ParticipantCode};

use super::{Application, Certificate, application, certificate};
use crate::{ApplicationState, BlankPiece, BlankPlace, CertificateState, blank_stock};

const CERTIFICATES_FROM: Sql = sql!("certificates_from");
const CERTIFICATES_TO: Sql = sql!("certificates_to");
const CERTIFICATES_IN_STATE: Sql = sql!("certificates_in_state");
const CERTIFICATES_IN_STATE_COUNT: Sql = sql!("certificates_in_state_count");
const CERTIFICATES_IN_STATE_FROM: Sql = sql!("certificates_in_state_from");
const CERTIFICATES_IN_STATE_FROM_COUNT: Sql = sql!("certificates_in_state_from_count");
const CERTIFICATES_IN_STATE_TO: Sql = sql!("certificates_in_state_to");
const CERTIFICATES_IN_STATE_TO_COUNT: Sql = sql!("certificates_in_state_to_count");
// Sorted by an expression, so that the index of states is taken: few wait in these two, and an issuer has very many numbers.
const CERTIFICATES_EXPIRED_UNUSED_OF: Sql = sql!("certificates_expired_unused_of");
const CERTIFICATES_UNANSWERED_OF: Sql = sql!("certificates_unanswered_of");
const CERTIFICATES_UNANSWERED_OF_COUNT: Sql = sql!("certificates_unanswered_of_count");
const APPLICATIONS_IN_STATE_OF: Sql = sql!("applications_in_state_of");
const APPLICATIONS_IN_STATE_OF_COUNT: Sql = sql!("applications_in_state_of_count");
const APPLICATIONS_IN_STATE_COUNT: Sql = sql!("applications_in_state_count");
const TRANSITS_OPEN: Sql = sql!("transits_open");
const BLANKS_IN_PLACE: Sql = sql!("blanks_in_place");

/// Whose certificates a desk looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeskView {
    /// Everybody's.
    All,
    /// Those of this issuing participant.
    From(ParticipantCode),
    /// Those on their way to this participant.
    To(ParticipantCode),
}

/// The first certificates after a number that a participant issued or is to receive.
///
/// # Errors
/// Where the database fails.
pub fn certificates_of(
    tx: &mut Tx<'_>,
    code: ParticipantCode,
    after: &str,
    limit: u32,
) -> Result<Vec<Certificate>> {
    let params = [after.into(), i64::from(limit).into(), code.as_str().into()];
    let mut all = tx.rows(CERTIFICATES_FROM, &params, certificate)?;
    all.extend(tx.rows(CERTIFICATES_TO, &params, certificate)?);
    // As the database sorts: by the text of the number.
    all.sort_by_cached_key(|certificate| certificate.number.to_string());
    all.dedup_by(|a, b| a.number == b.number);
    all.truncate(limit as usize);
    Ok(all)
}

/// How many certificates are in a state, and the first of them by number, at most `limit`: a work queue.
///
/// # Errors
/// Where the database fails.
pub fn certificates_in_state(
    tx: &mut Tx<'_>,
    state: CertificateState,
    view: DeskView,
    limit: u32,
) -> Result<(i64, Vec<Certificate>)> {
    let (state, limit) = (state.word(), i64::from(limit));
    let (counted, listed, code) = match &view {
        DeskView::All => {
            let count = tx.one(CERTIFICATES_IN_STATE_COUNT, &[state.into()], |row| row.get(0))?;
            let first = tx.rows(CERTIFICATES_IN_STATE, &[state.into(), limit.into()], certificate)?;
            return Ok((count, first));
        }
        DeskView::From(code) => (CERTIFICATES_IN_STATE_FROM_COUNT, CERTIFICATES_IN_STATE_FROM, code),
        DeskView::To(code) => (CERTIFICATES_IN_STATE_TO_COUNT, CERTIFICATES_IN_STATE_TO, code),
    };
    let count = tx.one(counted, &[state.into(), code.as_str().into()], |row| row.get(0))?;
    let first = tx.rows(listed, &[state.into(), code.as_str().into(), limit.into()], certificate)?;
    Ok((count, first))
}

/// A participant's certificates whose last day has passed unused (EU2368 Art 12(5)), by number, at most `limit`.
///
/// # Errors
/// Where the database fails.
pub fn certificates_expired_unused_of(
    tx: &mut Tx<'_>,
    code: ParticipantCode,
    day: Date,
    limit: u32,
) -> Result<Vec<Certificate>> {
    let day = day.to_string();
    let params = [(&day).into(), code.as_str().into(), i64::from(limit).into()];
    tx.rows(CERTIFICATES_EXPIRED_UNUSED_OF, &params, certificate)
}

/// How many of a participant's certificates left before a day and are not answered, and the longest under way, at most
/// `limit`
/// (L27).
///
/// # Errors
/// Where the database fails.
pub fn certificates_unanswered_of(
    tx: &mut Tx<'_>,
    code: ParticipantCode,
    before: Date,
    limit: u32,
) -> Result<(i64, Vec<Certificate>)> {
    let before = before.to_string();
    let whose: [Param<'_>; 2] = [(&before).into(), code.as_str().into()];
    let count = tx.one(CERTIFICATES_UNANSWERED_OF_COUNT, &whose, |row| row.get(0))?;
    let params = [(&before).into(), code.as_str().into(), i64::from(limit).into()];
    Ok((count, tx.rows(CERTIFICATES_UNANSWERED_OF, &params, certificate)?))
}

/// How many applications are in a state, of one participant or (none) of everybody, and the oldest of them.
///
/// # Errors
/// Where the database fails.
pub fn applications_waiting(
    tx: &mut Tx<'_>,
    state: ApplicationState,
    code: Option<ParticipantCode>,
    limit: u32,
) -> Result<(i64, Vec<Application>)> {
    let state_word = state.word();
    let Some(code) = code else {
        let count = tx.one(APPLICATIONS_IN_STATE_COUNT, &[state_word.into()], |row| row.get(0))?;
        return Ok((count, super::applications_in_state(tx, state, limit)?));
    };
    let whose: [Param<'_>; 2] = [state_word.into(), code.as_str().into()];
    let count = tx.one(APPLICATIONS_IN_STATE_OF_COUNT, &whose, |row| row.get(0))?;
    let params = [state_word.into(), code.as_str().into(), i64::from(limit).into()];
    Ok((count, tx.rows(APPLICATIONS_IN_STATE_OF, &params, application)?))
}

/// Numbers that entered a participant's territory and have not left it, with the day, the oldest first.
///
/// # Errors
/// Where the database fails.
pub fn transits_open(
    tx: &mut Tx<'_>,
    at: ParticipantCode,
    limit: u32,
) -> Result<Vec<(CertificateNumber, Date)>> {
    tx.rows(TRANSITS_OPEN, &[at.as_str().into(), i64::from(limit).into()], |row| {
        Ok((row.word(0)?, row.word(1)?))
    })
}

/// A participant's blanks in one place, by number, at most `limit` pieces.
///
/// # Errors
/// Where the database fails.
pub fn blanks_in_place(
    tx: &mut Tx<'_>,
    code: ParticipantCode,
    place: BlankPlace,
    limit: u32,
) -> Result<Vec<BlankPiece>> {
    let params = [code.as_str().into(), place.word().into(), i64::from(limit).into()];
    tx.rows(BLANKS_IN_PLACE, &params, blank_stock::piece)
}
