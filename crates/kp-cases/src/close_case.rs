//! Close a case: whoever asked says whether it is explained. Never the party questioned alone.
//!
//! Scheme: Section VI.16 (dialogue), DAQ. Closes part of R14 (serious matters are faced): a case ends with an outcome and
//! a reason under a name. Appends `case_closed` to the scheme's log.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{FieldValue, Kind, ParticipantCode, ReadError, Refuse, Sentence};
use serde::{Deserialize, Serialize};

use crate::{Case, queries};

const RECORD_CLOSE: Sql = sql!("record_close");

/// How a case ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The answer explains the finding.
    Explained,
    /// Figures or papers were put right.
    Corrected,
    /// It stays unexplained.
    NotExplained,
}

impl Outcome {
    /// The word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Explained => "explained",
            Self::Corrected => "corrected",
            Self::NotExplained => "not_explained",
        }
    }
}

impl std::str::FromStr for Outcome {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        [Self::Explained, Self::Corrected, Self::NotExplained]
            .into_iter()
            .find(|o| o.word() == text.trim())
            .ok_or_else(|| {
                ReadError::new(format!(
                    "{text:?} is not an outcome; write explained, corrected or not_explained"
                ))
            })
    }
}

impl FieldValue for Outcome {
    const KIND: Kind = Kind::Choice(&["explained", "corrected", "not_explained"]);

    fn read(typed: &[String]) -> Result<Self, ReadError> {
        kp_terms::read_one(typed)
    }
}

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// Which case.
        case_number: String, "C-2026-0001";
        /// How it ends.
        outcome: Outcome, "explained";
        /// Why, in words that others can check.
        reason: String, "The inventory of 31 December covers the difference.";
    }
}

/// A case is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseClosed {
    /// Which case.
    pub case_number: String,
    /// How it ends.
    pub outcome: Outcome,
    /// Why.
    pub reason: String,
    /// Who closed.
    pub closed_by: String,
}

impl Statement for CaseClosed {
    const KIND: &'static str = "case_closed";

    fn owner(&self) -> LogOwner {
        LogOwner::Scheme
    }

    fn subject(&self) -> String {
        self.case_number.clone()
    }
}

kp_terms::refusals! {
    /// Why a case is not closed.
    pub enum Refusal {
        /// Unknown number.
        NoSuchCase { case_number: String } = "no_such_case", "there is no case {case_number}", "cases have numbers";
        /// The party questioned.
        AskedPartyMayNotClose { case_number: String, asked: ParticipantCode } = "asked_party_may_not_close",
            "{asked} was asked in {case_number} and may answer it, but not close it", "a case is never closed by the party questioned alone";
        /// Over.
        CaseClosed { case_number: String } = "case_closed", "case {case_number} is closed already", "a case is closed once";
        /// Explained by nothing.
        NotAnswered { case_number: String } = "case_not_answered", "the question of {case_number} has no answer; it can be closed as not_explained only", "DAQ: every question is answered";
        /// No reason.
        NoReason = "no_reason", "say why the case is closed", "an outcome carries its reason";
    }
}

struct Facts {
    officer: Officer,
    case: Option<Case>,
    /// The certificate it is about was answered meanwhile.
    settled: bool,
}

/// Closes a case.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn close_case(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let officer = kp_registry::officer_at_desk(tx, desk)?;
    let case = queries::case_by_number(tx, &request.case_number)?;
    let settled = match &case {
        Some(case) => crate::clock::is_settled(tx, case)?,
        None => false,
    };
    let facts = Facts { officer, case, settled };
    let statement = decide(&facts, request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &Request) -> Result<CaseClosed, Box<dyn Refuse>> {
    let case_number = request.case_number.clone();
    let Some(case) = &facts.case else {
        return Err(Refusal::NoSuchCase { case_number }.into());
    };
    let case_number = case.case_number.clone();
    if facts.officer.body == case.asked.to_string() {
        return Err(Refusal::AskedPartyMayNotClose { case_number, asked: case.asked }.into());
    }
    may_act::of_scheme(&facts.officer, Role::Statistics)?;
    if case.state == "closed" {
        return Err(Refusal::CaseClosed { case_number }.into());
    }
    // An answer to an earlier question does not answer the one asked again.
    if case.state != "answered" && !facts.settled && request.outcome != Outcome::NotExplained {
        return Err(Refusal::NotAnswered { case_number }.into());
    }
    if request.reason.trim().is_empty() {
        return Err(Refusal::NoReason.into());
    }
    let (outcome, reason) = (request.outcome, request.reason.clone());
    Ok(CaseClosed { case_number, outcome, reason, closed_by: facts.officer.id.clone() })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: CaseClosed = entry.body()?;
    tx.execute(
        RECORD_CLOSE,
        &[(&body.case_number).into(), (&entry.on().to_string()).into(), body.outcome.word().into()],
    )?;
    let text = Sentence::row([body.outcome.word().into(), body.reason.into()], ": ");
    let step = queries::NewStep {
        case_number: &body.case_number,
        step: "closed",
        by_whom: &body.closed_by,
        text: &text,
        late: false,
    };
    queries::record_step(tx, entry, &step)
}

#[cfg(test)]
mod tests {
    use kp_testkit::refused_in_order;

    use super::{Facts, Outcome, Request, Role, decide};
    use crate::{Case, testing::*};

    fn request() -> Request {
        Request { case_number: "c-2026-0001".into(), outcome: Outcome::Explained, reason: " ".into() }
    }

    #[test]
    fn whoever_asked_closes_and_never_the_party_questioned() {
        let facts = Facts { officer: officer("XA", Role::FocalPoint), case: None, settled: false };
        let mut world = (facts, request());
        let closed = refused_in_order(
            &mut world,
            |(facts, asked)| keyed(decide(facts, asked)),
            &[
                ("no_such_case", |w| w.0.case = Some(case("closed"))),
                ("asked_party_may_not_close", |w| w.0.officer = officer("XB", Role::FocalPoint)),
                ("officer_of_another_body", |w| w.0.officer = officer("scheme", Role::Secretariat)),
                ("role_missing", |w| w.0.officer = officer("scheme", Role::Statistics)),
                ("case_closed", |w| {
                    // Answered once, and asked again since.
                    w.0.case = Some(Case { answered_on: Some(day("2026-02-10")), ..case("open") });
                }),
                ("case_not_answered", |w| w.1.outcome = Outcome::NotExplained),
                ("no_reason", |w| w.1.reason = "nobody answered".into()),
            ],
        );
        assert_eq!(closed.case_number, "C-2026-0001");
    }

    /// L27: the confirmation is the answer.
    #[test]
    fn a_case_about_a_certificate_that_was_confirmed_meanwhile_is_explained() {
        let officer = officer("scheme", Role::Statistics);
        let facts = Facts { officer, case: Some(case("open")), settled: true };
        let request = Request { reason: "confirmed on 2026-03-02".into(), ..request() };
        assert_eq!(decide(&facts, &request).unwrap().outcome, Outcome::Explained);
    }

    #[test]
    fn an_answered_case_ends_in_any_way() {
        for outcome in [Outcome::Explained, Outcome::Corrected, Outcome::NotExplained] {
            let officer = officer("scheme", Role::Statistics);
            let facts = Facts { officer, case: Some(case("answered")), settled: false };
            let request = Request { outcome, reason: "inventory".into(), ..request() };
            assert_eq!(decide(&facts, &request).unwrap().outcome, outcome);
        }
    }
}
