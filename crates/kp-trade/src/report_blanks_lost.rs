//! Report blanks lost or stolen: whoever has the paper now, no certificate is ever made with these numbers again.
//!
//! Scheme: domain 4.1 (broadcast at once); EU2368 Annex IV; CD II(d). Closes: L23. Appends `blanks_lost`, which is public with
//! its numbers: `numbers_missing` is what the lists publish. What is used already is reported as a certificate.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::Officer;
use kp_terms::{ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{
    Missing, NumberRange, blank_stock,
    rules::{blank_moves::BlankMove, blank_span},
    series::custodian_at,
};

kp_terms::form! {
    /// What the storekeeper types.
    pub struct Request {
        /// The missing numbers.
        numbers: NumberRange, "XA-000081..XA-000100";
        /// Lost, or stolen.
        how: Missing, "stolen";
        /// What is known: where, when, since when.
        circumstances: String, "the safe of the northern office was opened in the night";
    }
}

/// Blanks were reported lost or stolen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlanksLost {
    /// Whose stock.
    pub participant: ParticipantCode,
    /// The numbers.
    pub numbers: NumberRange,
    /// The custodian at whose desk: `capital` or an office's label.
    pub here: String,
    /// Lost, or stolen.
    pub how: Missing,
    /// What is known.
    pub circumstances: String,
    /// Who signs.
    pub by: String,
}

impl Statement for BlanksLost {
    const KIND: &'static str = "blanks_lost";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.participant.to_string()
    }
}

impl BlanksLost {
    fn step(&self) -> BlankMove {
        BlankMove::Lose { to: self.how.place() }
    }
}

kp_terms::refusals! {
    /// Why blanks are not reported.
    pub enum Refusal {
        /// Nothing is said.
        WithoutCircumstances = "blanks_without_circumstances", "say what is known of the loss: where, when, who saw the sheets last", "L23: every sheet is accounted for";
    }
}

struct Facts {
    officer: Officer,
    pieces: Vec<crate::BlankPiece>,
    here: String,
}

/// Reports blanks lost or stolen, wherever they were.
///
/// # Errors
/// Refuses where the officer keeps no stock of this participant, or a number cannot make the step.
pub fn report_blanks_lost(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        pieces: blank_stock::touching(tx, request.numbers.first().prefix(), request.numbers.serials())?,
        here: custodian_at(desk),
    };
    let statement = decide(&facts, request, desk.today())?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &Request, today: kp_terms::Date) -> Result<BlanksLost, Box<dyn Refuse>> {
    let participant = blank_span::storekeeper_of(&facts.officer, &request.numbers, today)?;
    if request.circumstances.trim().is_empty() {
        return Err(Refusal::WithoutCircumstances.into());
    }
    let statement = BlanksLost {
        participant,
        numbers: request.numbers.clone(),
        here: facts.here.clone(),
        how: request.how,
        circumstances: request.circumstances.clone(),
        by: facts.officer.id.clone(),
    };
    blank_span::can(&facts.pieces, &statement.numbers, &statement.step())?;
    Ok(statement)
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: BlanksLost = entry.body()?;
    blank_stock::apply_move(tx, entry, body.numbers.first().prefix(), &body.numbers, &body.step())
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Facts, Request, decide};
    use crate::{BlankPlace, testing::*};

    #[test]
    fn each_reason_in_its_order() {
        let request = Request {
            numbers: "XZ-000011..XZ-000020".parse().unwrap(),
            how: crate::Missing::Lost,
            circumstances: String::new(),
        };
        let facts =
            Facts { officer: officer("XB", Role::Storekeeper), pieces: Vec::new(), here: "capital".into() };
        let stated = refused_in_order(
            &mut (facts, request),
            |(facts, request)| keyed(decide(facts, request, day("2026-02-03"))),
            &[
                ("officer_of_another_body", |w| w.1.numbers = "XA-000011..XA-000020".parse().unwrap()),
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Approver)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::Storekeeper)),
                ("blanks_without_circumstances", |w| w.1.circumstances = "a box fell from the boat".into()),
                ("blank_elsewhere", |w| w.0.pieces = vec![blanks(11, 19, BlankPlace::Held, "capital")]),
                ("blank_elsewhere", |w| w.0.pieces = vec![blanks(1, 30, BlankPlace::Used, "capital")]),
                ("blank_elsewhere", |w| w.0.pieces = vec![blanks(1, 30, BlankPlace::Held, "capital")]),
            ],
        );
        assert_eq!((stated.numbers.count(), stated.by.as_str()), (10, "xa-storekeeper-1"));
    }
}
