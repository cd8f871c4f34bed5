//! What a door needs to know of an act: its name, its fields, who may do it, and how it is done.

use kp_db::Tx;
use kp_log::{Desk, Entry, Failure};
use kp_registry::Role;
use kp_terms::{Date, Field, FieldProblem, Fields, Form};

/// One act, as every door offers it.
#[derive(Clone, Copy)]
pub struct Act {
    /// Verb and noun: `issue_certificate`. On the command line with hyphens, in the API as the last part of the path.
    pub name: &'static str,
    /// One line for people: `Issue a certificate`.
    pub title: &'static str,
    /// The room it belongs to: `registry`, `custody`, `valuation`, `number`, `blank`, `certificate`,
    /// `statistics`, `case`, `paper`.
    pub room: &'static str,
    /// The role that may do it.
    pub role: Role,
    /// What to fill in.
    pub fields: &'static [Field],
    pub(crate) perform: fn(&mut Tx<'_>, &Desk<'_>, &Fields) -> Result<Entry, ActFailure>,
}

/// What a door tells the person after an act was done and is durable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Which act.
    pub act: &'static str,
    /// What it was about: a certificate number, an application, a case; may be empty.
    pub subject: String,
    /// Kind of the statement.
    pub kind: String,
    /// Which log it stands in.
    pub log_id: String,
    /// Its place there.
    pub entry_number: u64,
    /// Order of arrival at this node.
    pub position: u64,
    /// SHA-256 of the signed statement, hexadecimal.
    pub statement_hash: String,
    /// The day of the act.
    pub on: Date,
}

/// Why an act did not happen.
#[derive(Debug)]
pub enum ActFailure {
    /// What was typed could not be read; every field is listed.
    Fields(Vec<FieldProblem>),
    /// We said no, or something broke.
    Failure(Failure),
}

impl From<Failure> for ActFailure {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<anyhow::Error> for ActFailure {
    fn from(error: anyhow::Error) -> Self {
        Self::Failure(Failure::Error(error))
    }
}

impl std::fmt::Display for ActFailure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Fields(problems) => {
                for (index, problem) in problems.iter().enumerate() {
                    write!(f, "{}{problem}", if index == 0 { "" } else { "; " })?;
                }
                Ok(())
            }
            Self::Failure(failure) => failure.fmt(f),
        }
    }
}

/// Reads the typed fields into the request and does the act.
pub(crate) fn read_and_do<R: Form>(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    fields: &Fields,
    act: impl FnOnce(&mut Tx<'_>, &Desk<'_>, &R) -> Result<Entry, Failure>,
) -> Result<Entry, ActFailure> {
    let request = R::read(fields).map_err(ActFailure::Fields)?;
    Ok(act(tx, desk, &request)?)
}
