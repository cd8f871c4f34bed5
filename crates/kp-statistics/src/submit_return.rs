//! Submit a production return: a participant declares one half-year, or declares it again.
//!
//! Scheme: Annex III(c) (half-yearly, carats and US$, a nil return is a return). Closes: L53: a return sent again is a
//! new statement; the one before stays, with the moment since when each was known. Appends `return_submitted`.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Participant, Role, rules::may_act};
use kp_terms::{Carats, Date, Half, ParticipantCode, Period, Refuse, UsdCents};
use kp_trade::rules::amounts::{MOST_CARATS, MOST_VALUE};

use crate::{ReturnLine, production::Declaration, queries};

kp_terms::form! {
    /// A return is submitted.
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct ReturnSubmitted {
        /// Whose return.
        participant: ParticipantCode, "XA";
        /// For which half-year.
        half: Half, "2025-H2";
        /// Kind of mining, carats and US$; or the word nil.
        lines: Vec<ReturnLine>, "production 1200.00 54000.00";
        /// Why it is sent again, where it is.
        reason: Option<String>, "a mine was missing";
    }
}

impl Statement for ReturnSubmitted {
    const KIND: &'static str = "return_submitted";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        format!("return {} {}", self.participant, self.half)
    }
}

kp_terms::refusals! {
    /// Why a return is not taken.
    pub enum Refusal {
        /// Not a participant.
        NotAParticipant { code: ParticipantCode } = "not_a_participant", "{code} is not a participant", "CD Section VI.8";
        /// Nothing declared.
        NoLines = "no_lines", "the return declares nothing; write a line, or nil", "CD Annex III(c): a nil return is explicit";
        /// Nil and production together.
        NilWithProduction = "nil_with_production", "a return is either nil or has lines of production, not both", "CD Annex III(c)";
        /// The same kind twice.
        TypeTwice = "type_twice", "one kind of mining stands twice; add the two lines up", "CD Annex III(c)";
        /// Carats without value or the other way round, or less than nothing.
        NotPositive = "line_not_positive", "a line of production has more than 0.00 carats and a value of US$ 0.00 or more", "domain 4.7: carats are zero if and only if there was no production";
        /// More than the world has.
        TooLarge = "line_too_large", "a line has more than 1,000,000,000.00 carats or US$ 100,000,000,000.00; look for a slip", "limit ours: the world digs some 120 million carats a year";
        /// The half is not over.
        HalfNotOver { half: Half, today: Date } = "half_not_over", "{half} is not over on {today}", "CD Annex III(c)";
        /// Sent again without a reason.
        NoReason { half: Half } = "restatement_without_reason", "{half} was declared before; say why it is sent again", "L53: restatements are listed with their reason";
    }
}

struct Facts {
    officer: Officer,
    participant: Option<Participant>,
    declared_before: bool,
}

/// Takes a return.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn submit_return(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &ReturnSubmitted) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        participant: kp_registry::participant_by_code(tx, request.participant)?,
        declared_before: queries::is_declared(tx, request.participant, request.half)?,
    };
    decide(&facts, request, desk.today())?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &ReturnSubmitted, today: Date) -> Result<(), Box<dyn Refuse>> {
    may_act::of_participant(&facts.officer, Role::FocalPoint, request.participant)?;
    if facts.participant.is_none() {
        return Err(Refusal::NotAParticipant { code: request.participant }.into());
    }
    check_lines(&request.lines)?;
    if Period::Half(request.half).last_day() >= today {
        return Err(Refusal::HalfNotOver { half: request.half, today }.into());
    }
    if facts.declared_before && request.reason.as_ref().is_none_or(|reason| reason.trim().is_empty()) {
        return Err(Refusal::NoReason { half: request.half }.into());
    }
    Ok(())
}

fn check_lines(lines: &[ReturnLine]) -> Result<(), Box<dyn Refuse>> {
    if lines.is_empty() {
        return Err(Refusal::NoLines.into());
    }
    if lines.len() > 1 && lines.iter().any(|l| l.declaration == Declaration::NoProduction) {
        return Err(Refusal::NilWithProduction.into());
    }
    for (index, line) in lines.iter().enumerate() {
        if lines.iter().skip(index + 1).any(|other| other.production_type == line.production_type) {
            return Err(Refusal::TypeTwice.into());
        }
        let production = line.declaration == Declaration::Production;
        if production && (line.carats <= Carats::ZERO || line.value < UsdCents::ZERO) {
            return Err(Refusal::NotPositive.into());
        }
        if line.carats > MOST_CARATS || line.value > MOST_VALUE {
            return Err(Refusal::TooLarge.into());
        }
    }
    Ok(())
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: ReturnSubmitted = entry.body()?;
    for (order, line) in body.lines.iter().enumerate() {
        queries::record_return(
            tx,
            entry,
            order,
            &queries::ReturnRow {
                code: body.participant,
                name: "",
                half: body.half,
                line: *line,
                created: Some(entry.on()),
                modified: None,
                source: crate::production::SUBMITTED,
                file: "",
                file_row: 0,
            },
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_testkit::refused_in_order;

    use super::{Facts, ReturnSubmitted, Role, decide};
    use crate::{ReturnLine, testing::*};

    fn lines(texts: &[&str]) -> Vec<ReturnLine> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn each_reason_in_its_order() {
        let facts =
            Facts { officer: officer("XB", Role::FocalPoint), participant: None, declared_before: true };
        let request = ReturnSubmitted {
            participant: code("XA"),
            half: "2026-H1".parse().unwrap(),
            lines: Vec::new(),
            reason: Some(" ".into()),
        };
        let mut world = (facts, request);
        // The last day of the half: it is not over.
        let today = jiff::civil::date(2026, 6, 30);
        refused_in_order(
            &mut world,
            |(facts, asked)| keyed(decide(facts, asked, today)),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Clerk)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::FocalPoint)),
                ("not_a_participant", |w| w.0.participant = Some(participant("XA"))),
                ("no_lines", |w| w.1.lines = lines(&["nil", "production 1.00 1.00"])),
                ("nil_with_production", |w| {
                    w.1.lines = lines(&["artisanal 0.00 1.00", "artisanal 1.00 1.00"])
                }),
                ("type_twice", |w| w.1.lines = lines(&["artisanal 0.00 1.00"])),
                ("line_not_positive", |w| w.1.lines = lines(&["artisanal 1.00 -0.01"])),
                ("line_not_positive", |w| w.1.lines = lines(&["artisanal 1000000000.01 1.00"])),
                ("line_too_large", |w| w.1.lines = lines(&["artisanal 1.00 100000000000.01"])),
                ("line_too_large", |w| w.1.lines = lines(&["artisanal 1.00 1.00", "large-scale 2.00 0.00"])),
                ("half_not_over", |w| w.1.half = "2025-H2".parse().unwrap()),
                ("restatement_without_reason", |w| w.1.reason = Some("a mine was missing".into())),
            ],
        );
    }

    #[test]
    fn a_nil_return_is_a_return_and_a_first_one_needs_no_reason() {
        let facts = Facts {
            officer: officer("XA", Role::FocalPoint),
            participant: Some(participant("XA")),
            declared_before: false,
        };
        let request = ReturnSubmitted {
            participant: code("XA"),
            half: "2026-H1".parse().unwrap(),
            lines: lines(&["nil"]),
            reason: None,
        };
        decide(&facts, &request, jiff::civil::date(2026, 7, 1)).unwrap();
    }
}
