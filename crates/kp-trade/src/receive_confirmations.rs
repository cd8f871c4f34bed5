//! Receive confirmations: what importing authorities that do not sign here have sent, row by row into one queue.
//!
//! Scheme: Section III(b) (confirmation: number, parcels, carats, importer and exporter). Closes: L27 on our side (an
//! answer that came and was never entered). One file, one statement, whatever it holds: nothing of it is lost, and the
//! same file again changes nothing. Appends `confirmations_received` to the exporting participant's log. A row moves its
//! certificate only where the importing authority has no officer of its own here; else whoever exports could answer
//! itself.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{Carats, CertificateNumber, Date, ParticipantCode, Refuse, UsdCents};
use serde::{Deserialize, Serialize};

use crate::{CameBy, confirmation_queue};

/// One row as it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldConfirmation {
    /// Row in its file, from 1; 1 where it was typed.
    pub row: u32,
    /// Sheet, in a workbook of several.
    pub sheet: Option<String>,
    /// Everything that stood there.
    pub raw: String,
    /// Which certificate, where that could be read.
    pub number: Option<CertificateNumber>,
    /// Who confirms, where it says so.
    pub at: Option<ParticipantCode>,
    /// Carats weighed on arrival.
    pub carats: Option<Carats>,
    /// Value as measured there.
    pub value: Option<UsdCents>,
    /// Parcels counted.
    pub parcels: Option<u32>,
    /// The day of arrival.
    pub arrived_on: Option<Date>,
    /// Anything else that was written, and how it was read.
    pub remarks: String,
    /// Why it could not be read, where it could not: what, and how to mend it.
    pub unread: Option<String>,
}

/// Confirmations are received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmationsReceived {
    /// Whose certificates.
    pub participant: ParticipantCode,
    /// How they came.
    pub came_by: CameBy,
    /// Who sent them, in words.
    pub sent_by: String,
    /// The file's name; empty where typed.
    pub file: String,
    /// SHA-256 of the file, hexadecimal; empty where typed.
    pub file_sha256: String,
    /// The row of the queue that this stands for, as `position-row`.
    pub mends: Option<String>,
    /// Its rows.
    pub rows: Vec<ToldConfirmation>,
    /// The officer who took them in.
    pub received_by: String,
}

impl Statement for ConfirmationsReceived {
    const KIND: &'static str = "confirmations_received";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        match (self.file_sha256.get(..16), self.rows.first().and_then(|row| row.number.as_ref())) {
            (Some(short), _) => format!("confirmations {} {short}", self.participant),
            (None, Some(number)) => number.to_string(),
            (None, None) => String::new(),
        }
    }
}

kp_terms::refusals! {
    /// Why a file of confirmations is not taken.
    pub enum Refusal {
        /// Not a hash.
        NotAHash { file: String } = "file_hash_unreadable", "the SHA-256 of {file} is not 64 hexadecimal digits", "a file taken over is named by its SHA-256";
        /// The same file again.
        ReceivedAlready { file: String } = "file_loaded_already", "{file} was received already, byte for byte; its rows stand in the queue", "one file, one statement";
        /// An empty file.
        NoRows { file: String } = "file_without_rows", "{file} holds no row that is about a certificate", "CD Section III(b)";
        /// No sender.
        NoSender = "confirmations_without_sender", "say who sent these confirmations, and when, so that they can be asked", "CD Section III(b): the importing authority confirms";
    }
}

/// Receives the confirmations of a file.
///
/// # Errors
/// Refuses where the officer is not a clerk of that participant, or the file was received before.
pub fn receive_confirmations(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    request: &ConfirmationsReceived,
) -> Result<Entry, Failure> {
    let officer = kp_registry::officer_at_desk(tx, desk)?;
    let known = received_before(tx, request)?.is_some();
    decide(&officer, request, known)?;
    let statement = ConfirmationsReceived { received_by: officer.id, ..request.clone() };
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

/// The entry by which the same file was received before.
///
/// # Errors
/// Where the database fails.
pub fn received_before(tx: &mut Tx<'_>, request: &ConfirmationsReceived) -> Result<Option<Entry>> {
    Ok(kp_log::entries_of_subject(tx, &request.subject())?.into_iter().next())
}

fn decide(officer: &Officer, request: &ConfirmationsReceived, known: bool) -> Result<(), Box<dyn Refuse>> {
    may_act::of_participant(officer, Role::Clerk, request.participant)?;
    let file = || request.file.clone();
    if request.file_sha256.len() != 64 || !request.file_sha256.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(Refusal::NotAHash { file: file() }.into());
    }
    if known {
        return Err(Refusal::ReceivedAlready { file: file() }.into());
    }
    if request.rows.is_empty() {
        return Err(Refusal::NoRows { file: file() }.into());
    }
    if request.sent_by.trim().is_empty() {
        return Err(Refusal::NoSender.into());
    }
    Ok(())
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    confirmation_queue::take_in(tx, entry, &entry.body()?)
}

#[cfg(test)]
mod tests {
    use kp_testkit::refused_in_order;

    use super::{ConfirmationsReceived, ToldConfirmation, decide};
    use crate::{CameBy, testing::*};
    use kp_registry::Role;

    #[test]
    fn each_reason_in_its_order() {
        let request = ConfirmationsReceived {
            participant: code("XA"),
            came_by: CameBy::File,
            sent_by: " ".into(),
            file: "march.csv".into(),
            file_sha256: "é".repeat(32),
            mends: None,
            rows: Vec::new(),
            received_by: String::new(),
        };
        let mut world = (officer("XB", Role::Clerk), request, true);
        refused_in_order(
            &mut world,
            |(officer, asked, known)| keyed(decide(officer, asked, *known)),
            &[
                ("officer_of_another_body", |w| w.0 = officer("XA", Role::Approver)),
                ("role_missing", |w| w.0 = officer("XA", Role::Clerk)),
                ("file_hash_unreadable", |w| w.1.file_sha256 = "0a".repeat(32)),
                ("file_loaded_already", |w| w.2 = false),
                // A row that cannot be read is taken in all the same: it is in the queue, with its sentence.
                ("file_without_rows", |w| w.1.rows = vec![unread_row()]),
                ("confirmations_without_sender", |w| w.1.sent_by = "desk of XF, 2 March".into()),
            ],
        );
    }

    fn unread_row() -> ToldConfirmation {
        ToldConfirmation {
            row: 2,
            sheet: None,
            raw: "?".into(),
            number: None,
            at: None,
            carats: None,
            value: None,
            parcels: None,
            arrived_on: None,
            remarks: String::new(),
            unread: Some("the number is missing".into()),
        }
    }
}
