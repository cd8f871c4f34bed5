//! Confirmations from outside, from a file into the queue: read, kept, taken in by one statement.
//!
//! The file itself is kept in the data folder under its SHA-256 before the statement that speaks of it is appended: if
//! power fails between, a file lies there that nobody speaks of, and the next try finds it. The same file again changes
//! nothing and answers with what came of it the first time.

use anyhow::{Context, Result};
use jiff::Timestamp;
use kp_exchange::confirmations::{ConfirmationFile, ConfirmationRow};
use kp_log::{Desk, Failure, Signer};
use kp_terms::ParticipantCode;
use kp_trade::{
    CameBy, QueuedConfirmation, RowState,
    receive_confirmations::{self, ConfirmationsReceived, ToldConfirmation},
};

use crate::{
    Node, Receipt,
    folder::{make_private, sync_folder, write_whole},
    node::receipt_of,
};

/// What came of a file.
#[derive(Debug)]
pub struct ReceivedFile {
    /// The statement: of today, or of the day on which the same file came first.
    pub receipt: Receipt,
    /// Whether it had been received before.
    pub again: bool,
    /// How many rows stand in each state.
    pub counts: Vec<(RowState, u64)>,
    /// The rows that wait, in their order.
    pub to_mend: Vec<QueuedConfirmation>,
}

impl ReceivedFile {
    /// How many rows stand in a state.
    pub fn count(&self, state: RowState) -> u64 {
        self.counts.iter().find(|(of, _)| *of == state).map_or(0, |(_, count)| *count)
    }
}

/// What is said of a file besides its rows.
#[derive(Debug, Clone)]
pub struct Sent {
    /// Whose certificates.
    pub participant: ParticipantCode,
    /// How it came.
    pub came_by: CameBy,
    /// Who sent it, in words.
    pub sent_by: String,
}

/// The statement that a read file calls for.
pub fn statement_of(file: &ConfirmationFile, sent: &Sent) -> ConfirmationsReceived {
    ConfirmationsReceived {
        participant: sent.participant,
        came_by: sent.came_by,
        sent_by: sent.sent_by.clone(),
        file: file.file.clone(),
        file_sha256: file.sha256.clone(),
        mends: None,
        rows: file.rows.iter().map(told).collect(),
        received_by: String::new(),
    }
}

fn told(row: &ConfirmationRow) -> ToldConfirmation {
    let understood = ToldConfirmation {
        row: row.row,
        sheet: row.sheet.clone(),
        raw: row.raw.clone(),
        number: row.understood.number.clone(),
        at: row.understood.at,
        carats: row.understood.carats,
        value: None,
        parcels: None,
        arrived_on: row.understood.arrived_on,
        remarks: String::new(),
        unread: row.sentence(),
    };
    match &row.read {
        Err(_) => understood,
        Ok(read) => {
            let said = std::iter::once(read.remarks.as_str()).chain(read.notes.iter().map(String::as_str));
            let said: Vec<&str> = said.filter(|text| !text.is_empty()).collect();
            ToldConfirmation {
                value: read.value,
                parcels: read.parcels,
                remarks: said.join("; "),
                ..understood
            }
        }
    }
}

impl Node {
    /// Takes the confirmations of a file in: one statement, however many rows.
    ///
    /// # Errors
    /// Refuses where the officer may not, nothing is about a certificate, or nobody is named as the sender.
    pub fn receive_confirmations(
        &self,
        file: &ConfirmationFile,
        bytes: &[u8],
        sent: &Sent,
        signer: &Signer,
        now: Timestamp,
    ) -> Result<ReceivedFile, Failure> {
        self.refuse_at_office("receive_confirmations", "Take in confirmations from outside")?;
        let statement = statement_of(file, sent);
        let before = self.db().read(|tx| receive_confirmations::received_before(tx, &statement))?;
        if let Some(entry) = before {
            return Ok(self.received(receipt_of("receive_confirmations", &entry), true)?);
        }
        if !statement.rows.is_empty() {
            self.keep_file(&file.sha256, bytes)?;
        }
        let desk = Desk::new(signer, self.keys(), now);
        let entry = self.at_desk("receive_confirmations", desk, |tx, desk| {
            receive_confirmations::receive_confirmations(tx, desk, &statement)
        })?;
        self.follow_up(now);
        Ok(self.received(receipt_of("receive_confirmations", &entry), false)?)
    }

    fn received(&self, receipt: Receipt, again: bool) -> Result<ReceivedFile> {
        let position = receipt.position;
        let (counts, to_mend) = self.db().read(|tx| {
            let counts = kp_trade::row_counts(tx, position)?;
            let waiting = kp_trade::confirmation_rows_of_statement(tx, position)?;
            Ok::<_, anyhow::Error>((counts, waiting))
        })?;
        let to_mend = to_mend.into_iter().filter(|row| row.state == RowState::ToMend).collect();
        Ok(ReceivedFile { receipt, again, counts, to_mend })
    }

    /// Keeps a file that came from outside under its SHA-256. A node without a folder keeps its rows alone.
    fn keep_file(&self, sha256: &str, bytes: &[u8]) -> Result<()> {
        let Some(keyring) = self.keyring() else { return Ok(()) };
        let folder = keyring.beside("received");
        make_private(&folder).with_context(|| format!("making {}", folder.display()))?;
        let path = folder.join(sha256);
        if !path.exists() {
            write_whole(&path, bytes, true)?;
            sync_folder(&folder)?;
        }
        Ok(())
    }
}
