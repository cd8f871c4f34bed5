//! Open a case: a question with an owner and a due date, about a finding or without one.
//!
//! Scheme: Section V(e), VI.13(a) (more information may be asked), the Data Anomaly Questionnaire (DAQ). Opened by the
//! Working Group on Statistics, or by the node itself for what the register shows. Appends `case_opened` to the
//! scheme's log. Accuses nobody.

mod ladder;
#[cfg(test)]
mod tests;

use anyhow::Result;
use jiff::Span;
use kp_db::{Sql, Tx, sql};
use kp_detect::finding::Finding;
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Participant, Role, rules::may_act};
use kp_terms::{Date, ParticipantCode, Refuse, Sentence};
use kp_trade::keep;
use serde::{Deserialize, Serialize};

use crate::{Case, Level, queries};

const RECORD_CASE: Sql = sql!("record_case");

/// Days for the answer where no other day is named. Ours.
pub const ANSWER_DAYS: i64 = 30;

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// Who is asked.
        asked: ParticipantCode, "XA";
        /// The finding it is about, where there is one.
        finding_id: Option<String>, "exports_above_capacity:XA:2026";
        /// The matter in a sentence.
        title: String, "Exports of 2026 against capacity";
        /// The question, as it is sent.
        question: String, "Where did the carats above the high estimate come from?";
        /// Last day for the answer; 30 days from today where none is given.
        answer_due: Option<Date>, "2026-03-05";
    }
}

/// A case is opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseOpened {
    /// Its number.
    pub case_number: String,
    /// What it is about, or empty.
    pub finding_id: String,
    /// Who owes the answer.
    pub asked: ParticipantCode,
    /// Who follows it.
    pub owner: String,
    /// In a sentence: somebody's own words, or as the finding puts it, with its key.
    #[serde(with = "kp_terms::whole_sentence")]
    pub title: Sentence,
    /// The question, likewise.
    #[serde(with = "kp_terms::whole_sentence")]
    pub question: Sentence,
    /// Last day for the answer.
    pub answer_due: Date,
    /// The day from which all participants see that it is unanswered; 30 days after the due date where none is named.
    #[serde(default)]
    pub visible_on: Option<Date>,
    /// The day from which everybody sees it; 60 days after the due date where none is named.
    #[serde(default)]
    pub public_on: Option<Date>,
    /// Officer, or the node.
    pub opened_by: String,
}

impl Statement for CaseOpened {
    const KIND: &'static str = "case_opened";

    fn owner(&self) -> LogOwner {
        LogOwner::Scheme
    }

    fn subject(&self) -> String {
        self.case_number.clone()
    }
}

kp_terms::refusals! {
    /// Why a case is not opened.
    pub enum Refusal {
        /// Nobody to ask.
        NotAParticipant { code: ParticipantCode } = "not_a_participant", "{code} is not a participant; only participants owe answers", "CD Section VI.13(a)";
        /// There is one.
        CaseExists { finding_id: String, case_number: String } = "case_exists", "case {case_number} is about {finding_id} already; ask there", "one finding, one open case";
        /// The finding asks somebody else.
        FindingAsksAnother { finding_id: String, asked: ParticipantCode } = "finding_asks_another", "{finding_id} is a question to {asked}; leave the finding out, or ask {asked}", "one finding, one open case: nobody else's case may stand in its place";
        /// Due before it is asked.
        DueInThePast { answer_due: Date, today: Date } = "answer_due_in_the_past", "the answer would be due on {answer_due}; today is {today}", "an answer needs time";
        /// No question.
        NoQuestion = "no_question", "a case needs a title and a question", "DAQ: every question is answered";
    }
}

struct Facts {
    officer: Officer,
    asked: Option<Participant>,
    existing: Option<Case>,
    finding: Option<Finding>,
    case_number: String,
}

/// Opens a case.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn open_case(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        asked: kp_registry::participant_by_code(tx, request.asked)?,
        existing: match &request.finding_id {
            Some(id) => queries::case_of_finding(tx, id)?,
            None => None,
        },
        finding: match &request.finding_id {
            Some(id) => kp_detect::trade::finding_by_id(tx, id)?.map(|row| row.finding),
            None => None,
        },
        case_number: queries::next_case_number(tx, desk.today().year())?,
    };
    let statement = decide(&facts, request, desk.today())?;
    put(tx, desk, &statement)
}

/// Opens the case that a finding over the register calls for: the node's own act, at a desk where the node signs.
///
/// # Errors
/// Where the database fails.
pub fn open_for_finding(tx: &mut Tx<'_>, desk: &Desk<'_>, finding: &Finding) -> Result<Entry, Failure> {
    let ladder = ladder::of_finding(tx, finding, desk.today())?;
    let statement = CaseOpened {
        case_number: queries::next_case_number(tx, desk.today().year())?,
        finding_id: finding.id.clone(),
        asked: finding.participant,
        owner: Role::Statistics.word().to_owned(),
        title: finding.title.clone(),
        question: finding.question.clone(),
        answer_due: ladder.answer_due,
        visible_on: ladder.visible_on,
        public_on: ladder.public_on,
        opened_by: desk.signer.id.clone(),
    };
    put(tx, desk, &statement)
}

fn put(tx: &mut Tx<'_>, desk: &Desk<'_>, statement: &CaseOpened) -> Result<Entry, Failure> {
    let entry = append(tx, desk, statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn due(today: Date, days: i64) -> Date {
    today.checked_add(Span::new().days(days)).unwrap_or(today)
}

fn decide(facts: &Facts, request: &Request, today: Date) -> Result<CaseOpened, Box<dyn Refuse>> {
    may_act::of_scheme(&facts.officer, Role::Statistics)?;
    if facts.asked.is_none() {
        return Err(Refusal::NotAParticipant { code: request.asked }.into());
    }
    let open = facts.existing.as_ref().filter(|case| case.state != "closed");
    if let (Some(case), Some(finding_id)) = (open, &request.finding_id) {
        let (finding_id, case_number) = (finding_id.clone(), case.case_number.clone());
        return Err(Refusal::CaseExists { finding_id, case_number }.into());
    }
    if let Some(finding) = facts.finding.as_ref().filter(|finding| finding.participant != request.asked) {
        let (finding_id, asked) = (finding.id.clone(), finding.participant);
        return Err(Refusal::FindingAsksAnother { finding_id, asked }.into());
    }
    if request.title.trim().is_empty() || request.question.trim().is_empty() {
        return Err(Refusal::NoQuestion.into());
    }
    let answer_due = request.answer_due.unwrap_or(due(today, ANSWER_DAYS));
    if answer_due <= today {
        return Err(Refusal::DueInThePast { answer_due, today }.into());
    }
    Ok(CaseOpened {
        case_number: facts.case_number.clone(),
        finding_id: request.finding_id.clone().unwrap_or_default(),
        asked: request.asked,
        owner: Role::Statistics.word().to_owned(),
        title: Sentence::from(&request.title),
        question: Sentence::from(&request.question),
        answer_due,
        visible_on: None,
        public_on: None,
        opened_by: facts.officer.id.clone(),
    })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: CaseOpened = entry.body()?;
    tx.execute(
        RECORD_CASE,
        &[
            (&body.case_number).into(),
            (&body.finding_id).into(),
            body.asked.as_str().into(),
            (&body.owner).into(),
            (&keep(&body.title)).into(),
            (&keep(&body.question)).into(),
            (&entry.on().to_string()).into(),
            (&body.answer_due.to_string()).into(),
            Level::Query.word().into(),
            body.visible_on.map(|day| day.to_string()).as_deref().into(),
            body.public_on.map(|day| day.to_string()).as_deref().into(),
        ],
    )?;
    let step = queries::NewStep {
        case_number: &body.case_number,
        step: "opened",
        by_whom: &body.opened_by,
        text: &body.question,
        late: false,
    };
    queries::record_step(tx, entry, &step)
}
