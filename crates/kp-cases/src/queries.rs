//! Questions about cases, one thin typed function per statement in `sql/`.

use anyhow::Result;
use kp_db::{Row, Sql, Tx, sql};
use kp_log::Entry;
use kp_terms::{Date, ParticipantCode, Sentence};
use kp_trade::{keep, kept};

use crate::Level;

const CASES: Sql = sql!("cases");
const CASES_FURTHER: Sql = sql!("cases_further");
const CASES_IN_STATE: Sql = sql!("cases_in_state");
const CASE_BY_NUMBER: Sql = sql!("case_by_number");
const CASE_OF_FINDING: Sql = sql!("case_of_finding");
const CASES_OF_YEAR_COUNT: Sql = sql!("cases_of_year_count");
const STEPS_OF_CASE: Sql = sql!("steps_of_case");
const FINDINGS_WITHOUT_CASE: Sql = sql!("findings_without_case");
const FINDING_LEVELS: Sql = sql!("finding_levels");
const OPEN_CASE_LEVELS: Sql = sql!("open_case_levels");
const RECORD_STEP: Sql = sql!("record_step");

/// A case as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// `C-2026-0001`.
    pub case_number: String,
    /// What it is about; empty where there is no finding.
    pub finding_id: String,
    /// Who owes the answer.
    pub asked: ParticipantCode,
    /// Who follows it.
    pub owner: String,
    /// In a sentence.
    pub title: Sentence,
    /// The question as it stands now.
    pub question: Sentence,
    /// The day it was opened.
    pub opened_on: Date,
    /// Last day for the answer.
    pub answer_due: Date,
    /// The day from which all participants see that it is unanswered, where it has one of its own.
    pub visible_on: Option<Date>,
    /// The day from which everybody sees it, where it has one of its own.
    pub public_on: Option<Date>,
    /// `open`, `answered`, `closed`.
    pub state: String,
    /// How far it has come.
    pub level: Level,
    /// The day of the last answer.
    pub answered_on: Option<Date>,
    /// The day it was closed.
    pub closed_on: Option<Date>,
    /// How it ended.
    pub outcome: Option<String>,
}

/// One step of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Place of the statement in the log.
    pub position: u64,
    /// `opened`, `asked`, `answered`, `reminded`, `escalated`, `closed`.
    pub step: String,
    /// Officer, or the node.
    pub by_whom: String,
    /// The day.
    pub on: Date,
    /// What was said.
    pub text: Sentence,
    /// Whether an answer came after its due date.
    pub late: bool,
}

fn case(row: &Row<'_>) -> Result<Case> {
    Ok(Case {
        case_number: row.get(0)?,
        finding_id: row.get(1)?,
        asked: row.word(2)?,
        owner: row.get(3)?,
        title: kept(row.get(4)?),
        question: kept(row.get(5)?),
        opened_on: row.word(6)?,
        answer_due: row.word(7)?,
        state: row.get(8)?,
        level: row.word(9)?,
        answered_on: row.optional_word(10)?,
        closed_on: row.optional_word(11)?,
        outcome: row.get(12)?,
        visible_on: row.optional_word(13)?,
        public_on: row.optional_word(14)?,
    })
}

/// Cases in a state, `open`, `answered` or `closed`, to one participant or (none) to everybody; the first due first, at
/// most `limit`.
///
/// # Errors
/// Where the database fails.
pub fn cases_in_state(
    tx: &mut Tx<'_>,
    state: &str,
    asked: Option<ParticipantCode>,
    limit: u32,
) -> Result<Vec<Case>> {
    let asked = asked.map(|code| code.to_string()).unwrap_or_default();
    tx.rows(CASES_IN_STATE, &[state.into(), (&asked).into(), i64::from(limit).into()], case)
}

/// All cases, the newest first.
///
/// # Errors
/// Where the database fails.
pub fn cases(tx: &mut Tx<'_>) -> Result<Vec<Case>> {
    tx.rows(CASES, &[], case)
}

/// Cases in the order of [`cases`] that come after one of them (none: from the first), in a state (empty: in any); at most
/// `limit`.
///
/// # Errors
/// Where the database fails.
pub fn cases_further(tx: &mut Tx<'_>, after: Option<&Case>, state: &str, limit: u32) -> Result<Vec<Case>> {
    let (day, number) = match after {
        Some(case) => (case.opened_on.to_string(), case.case_number.as_str()),
        None => ("9999-12-31".to_owned(), ""),
    };
    // Before the first stands nothing: every number is shorter than this.
    let length = if after.is_some() { i64::try_from(number.len())? } else { i64::MAX };
    let of = [(&day).into(), length.into(), number.into(), state.into(), i64::from(limit).into()];
    tx.rows(CASES_FURTHER, &of, case)
}

/// How many findings over the register are about a participant, by how far their case has come; none where there is no case.
///
/// # Errors
/// Where the database fails.
pub fn finding_levels(tx: &mut Tx<'_>, code: ParticipantCode) -> Result<Vec<(Option<Level>, u64)>> {
    tx.rows(FINDING_LEVELS, &[code.as_str().into()], |row| {
        let level = row.get::<String>(0)?;
        let level = if level.is_empty() { None } else { Some(row.word(0)?) };
        Ok((level, u64::try_from(row.get::<i64>(1)?)?))
    })
}

/// How many cases that are not closed ask a participant, by how far they have come.
///
/// # Errors
/// Where the database fails.
pub fn open_case_levels(tx: &mut Tx<'_>, code: ParticipantCode) -> Result<Vec<(Level, u64)>> {
    tx.rows(OPEN_CASE_LEVELS, &[code.as_str().into()], |row| {
        Ok((row.word(0)?, u64::try_from(row.get::<i64>(1)?)?))
    })
}

/// The case with this number, however its letters were typed.
///
/// # Errors
/// Where the database fails.
pub fn case_by_number(tx: &mut Tx<'_>, case_number: &str) -> Result<Option<Case>> {
    tx.optional(CASE_BY_NUMBER, &[(&case_number.trim().to_ascii_uppercase()).into()], case)
}

/// The case about a finding, where there is one; of several, the newest.
///
/// # Errors
/// Where the database fails.
pub fn case_of_finding(tx: &mut Tx<'_>, finding_id: &str) -> Result<Option<Case>> {
    tx.optional(CASE_OF_FINDING, &[finding_id.into()], case)
}

/// Every step of a case, in the order of the log.
///
/// # Errors
/// Where the database fails.
pub fn steps_of_case(tx: &mut Tx<'_>, case_number: &str) -> Result<Vec<Step>> {
    tx.rows(STEPS_OF_CASE, &[case_number.into()], |row| {
        Ok(Step {
            position: u64::try_from(row.get::<i64>(0)?)?,
            step: row.get(1)?,
            by_whom: row.get(2)?,
            on: row.word(3)?,
            text: kept(row.get(4)?),
            late: row.get::<String>(5)? == "yes",
        })
    })
}

/// Findings over the register about which no case was opened yet, in the order in which they were found.
///
/// # Errors
/// Where the database fails.
pub fn findings_without_case(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.rows(FINDINGS_WITHOUT_CASE, &[], |row| row.get(0))
}

/// The next free case number of a year.
///
/// # Errors
/// Where the database fails.
pub fn next_case_number(tx: &mut Tx<'_>, year: i16) -> Result<String> {
    let pattern = format!("C-{year}-%");
    let count: i64 = tx.one(CASES_OF_YEAR_COUNT, &[(&pattern).into()], |row| row.get(0))?;
    Ok(format!("C-{year}-{:04}", count + 1))
}

/// One row of a case's timeline.
pub(crate) struct NewStep<'a> {
    pub(crate) case_number: &'a str,
    pub(crate) step: &'a str,
    pub(crate) by_whom: &'a str,
    pub(crate) text: &'a Sentence,
    pub(crate) late: bool,
}

pub(crate) fn record_step(tx: &mut Tx<'_>, entry: &Entry, step: &NewStep<'_>) -> Result<()> {
    tx.execute(
        RECORD_STEP,
        &[
            i64::try_from(entry.position)?.into(),
            step.case_number.into(),
            step.step.into(),
            step.by_whom.into(),
            (&entry.on().to_string()).into(),
            (&keep(step.text)).into(),
            if step.late { "yes" } else { "no" }.into(),
        ],
    )?;
    Ok(())
}
