//! Statement to tables: used when an act is done, and again when everything is rebuilt from the log.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Entry, Statement};

use crate::{
    answer_case::{self, CaseAnswered},
    ask_question::{self, QuestionAsked},
    clock::{self, CaseEscalated, CaseReminded},
    close_case::{self, CaseClosed},
    open_case::{self, CaseOpened},
};

/// The tables this crate owns and rebuilds.
pub const TABLES: &[&str] = &["cases_case", "cases_step"];

/// Brings one entry into the tables. Entries of other rooms are passed over.
///
/// # Errors
/// Where the database fails or the entry's body does not read.
pub fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    match entry.kind.as_str() {
        CaseOpened::KIND => open_case::apply(tx, entry),
        QuestionAsked::KIND => ask_question::apply(tx, entry),
        CaseAnswered::KIND => answer_case::apply(tx, entry),
        CaseReminded::KIND | CaseEscalated::KIND => clock::apply(tx, entry),
        CaseClosed::KIND => close_case::apply(tx, entry),
        _ => Ok(()),
    }
}

/// Empties the tables of this crate, before they are filled again from the log.
///
/// # Errors
/// Where the database fails.
pub fn clear(tx: &mut Tx<'_>) -> Result<()> {
    tx.batch(
        "DELETE FROM cases_case; \
         DELETE FROM cases_step;",
    )
}
