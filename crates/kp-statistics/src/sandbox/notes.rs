//! What officers note beside the figures of a return that waits: a comment on a figure, and that it is complete.
//!
//! peers 4.1: a comment on a value, and "mark complete" meaning that blanks are intended. As long as the return waits, its
//! notes are this node's own and nobody's statement; comments go into the statement with it.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_terms::{ParticipantCode, Timestamp};

const NOTE_IN_SANDBOX: Sql = sql!("note_in_sandbox");
const SANDBOX_NOTES: Sql = sql!("sandbox_notes");
const FORGET_SANDBOX_NOTE: Sql = sql!("forget_sandbox_note");
const FORGET_SANDBOX_NOTES: Sql = sql!("forget_sandbox_notes");

/// Longest comment, in characters: a sentence or two.
pub const LONGEST_COMMENT: usize = 500;

/// What is noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Noting {
    /// Words on a figure, by its key; empty words take the comment back.
    Comment {
        /// Which figure, as [`crate::figure::Figure::key`] writes it.
        figure: String,
        /// The words.
        words: String,
    },
    /// What stands in it is all there is: figures of earlier returns that are missing are meant to be.
    Complete,
    /// It is not complete after all.
    NotComplete,
}

/// A note with who made it and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The figure; empty where it is about the whole return.
    pub figure: String,
    /// The words; empty where the return is marked complete.
    pub words: String,
    /// Which officer.
    pub noted_by: String,
    /// When.
    pub noted_at: Timestamp,
}

/// The notes of a return that waits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    /// Comments, by figure.
    pub comments: Vec<Note>,
    /// Who marked it complete.
    pub complete: Option<Note>,
}

/// Notes something beside a return in the sandbox of this participant.
///
/// # Errors
/// Where the database fails, or the words are too long.
pub fn note(
    tx: &mut Tx<'_>,
    (id, participant): (&str, ParticipantCode),
    noting: &Noting,
    (by, at): (&str, Timestamp),
) -> Result<()> {
    let code = participant.as_str();
    match noting {
        Noting::Comment { figure, words } if words.trim().is_empty() => {
            tx.execute(FORGET_SANDBOX_NOTE, &[id.into(), code.into(), "comment".into(), figure.into()])?;
        }
        Noting::Comment { figure, words } => {
            let words = words.trim();
            anyhow::ensure!(words.chars().count() <= LONGEST_COMMENT, "a comment has at most 500 characters");
            let at = at.to_string();
            let row = [
                id.into(),
                code.into(),
                "comment".into(),
                figure.into(),
                words.into(),
                by.into(),
                (&at).into(),
            ];
            tx.execute(NOTE_IN_SANDBOX, &row)?;
        }
        Noting::Complete => {
            let at = at.to_string();
            let row =
                [id.into(), code.into(), "complete".into(), "".into(), "".into(), by.into(), (&at).into()];
            tx.execute(NOTE_IN_SANDBOX, &row)?;
        }
        Noting::NotComplete => {
            tx.execute(FORGET_SANDBOX_NOTE, &[id.into(), code.into(), "complete".into(), "".into()])?;
        }
    }
    Ok(())
}

/// What was noted beside a return.
///
/// # Errors
/// Where the database fails.
pub fn notes(tx: &mut Tx<'_>, id: &str, participant: ParticipantCode) -> Result<Notes> {
    let rows = tx.rows(SANDBOX_NOTES, &[id.into(), participant.as_str().into()], |row| {
        let kind: String = row.get(0)?;
        let note =
            Note { figure: row.get(1)?, words: row.get(2)?, noted_by: row.get(3)?, noted_at: row.word(4)? };
        Ok((kind, note))
    })?;
    let mut notes = Notes::default();
    for (kind, note) in rows {
        match kind.as_str() {
            "complete" => notes.complete = Some(note),
            _ => notes.comments.push(note),
        }
    }
    Ok(notes)
}

pub(super) fn forget(tx: &mut Tx<'_>, id: &str, participant: ParticipantCode) -> Result<()> {
    tx.execute(FORGET_SANDBOX_NOTES, &[id.into(), participant.as_str().into()])?;
    Ok(())
}
