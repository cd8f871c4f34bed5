//! Drop a row of the queue of confirmations: nothing is to be done about it, and somebody says why.
//!
//! Ours: a queue that can only grow is not read. The row stays on file with its reason. Appends `confirmation_dropped`.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{
    RowId, RowState,
    confirmation_queue::{QueuedConfirmation, confirmation_row_by_id, end_row},
};

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// Whose queue.
        participant: ParticipantCode, "XA";
        /// The row.
        row: RowId, "41-17";
        /// Why nothing is to be done about it.
        reason: String, "the same shipment stands in row 145";
    }
}

/// A row is dropped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmationDropped {
    /// Whose queue.
    pub participant: ParticipantCode,
    /// The row, `position-row`.
    pub row: String,
    /// Why.
    pub reason: String,
}

impl Statement for ConfirmationDropped {
    const KIND: &'static str = "confirmation_dropped";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        format!("confirmation row {}", self.row)
    }
}

kp_terms::refusals! {
    /// Why a row is not dropped.
    pub enum Refusal {
        /// No such row.
        NoSuchRow { row: String } = "no_such_row", "there is no row {row} that waits in this queue", "one row, one end";
        /// No words.
        NoReason = "no_reason", "say why nothing is to be done about this row", "domain 4: every move has its reason";
    }
}

/// Drops a row.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn drop_confirmation(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let officer = kp_registry::officer_at_desk(tx, desk)?;
    let row = confirmation_row_by_id(tx, request.row)?;
    let statement = decide(&officer, row.as_ref(), request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(
    officer: &Officer,
    row: Option<&QueuedConfirmation>,
    request: &Request,
) -> Result<ConfirmationDropped, Box<dyn Refuse>> {
    may_act::of_participant(officer, Role::Clerk, request.participant)?;
    if !row.is_some_and(|row| row.state == RowState::ToMend && row.participant == request.participant) {
        return Err(Refusal::NoSuchRow { row: request.row.to_string() }.into());
    }
    if request.reason.trim().is_empty() {
        return Err(Refusal::NoReason.into());
    }
    let (row, reason) = (request.row.to_string(), request.reason.clone());
    Ok(ConfirmationDropped { participant: request.participant, row, reason })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: ConfirmationDropped = entry.body()?;
    match body.row.parse() {
        Ok(id) => end_row(tx, id, RowState::Dropped, entry),
        Err(_) => Ok(()),
    }
}
