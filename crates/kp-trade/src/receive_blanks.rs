//! Receive blanks: the printer's delivery is in the store, counted sheet by sheet.
//!
//! Scheme: EU2368 Annex IV. Closes: L23. Appends `blanks_received`. A sheet that did not come stays with the printer, who answers
//! for it.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::Officer;
use kp_terms::{ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{
    NumberRange, blank_stock,
    rules::{blank_moves::BlankMove, blank_span},
    series::custodian_at,
};

kp_terms::form! {
    /// What the storekeeper types.
    pub struct Request {
        /// The numbers that came.
        numbers: NumberRange, "XA-000001..XA-001000";
    }
}

/// Blanks came from the printer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlanksReceived {
    /// Whose stock.
    pub participant: ParticipantCode,
    /// The numbers.
    pub numbers: NumberRange,
    /// The custodian at whose desk: `capital` or an office's label.
    pub here: String,
    /// Who signs.
    pub by: String,
}

impl Statement for BlanksReceived {
    const KIND: &'static str = "blanks_received";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.participant.to_string()
    }
}

impl BlanksReceived {
    fn step(&self) -> BlankMove {
        BlankMove::Receive { here: self.here.clone() }
    }
}

struct Facts {
    officer: Officer,
    pieces: Vec<crate::BlankPiece>,
    here: String,
}

/// Receives blanks from the printer.
///
/// # Errors
/// Refuses where the officer keeps no stock of this participant, or a number cannot make the step.
pub fn receive_blanks(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
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

fn decide(
    facts: &Facts,
    request: &Request,
    today: kp_terms::Date,
) -> Result<BlanksReceived, Box<dyn Refuse>> {
    let participant = blank_span::storekeeper_of(&facts.officer, &request.numbers, today)?;
    let statement = BlanksReceived {
        participant,
        numbers: request.numbers.clone(),
        here: facts.here.clone(),
        by: facts.officer.id.clone(),
    };
    blank_span::can(&facts.pieces, &statement.numbers, &statement.step())?;
    Ok(statement)
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: BlanksReceived = entry.body()?;
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
        let request = Request { numbers: "XZ-000011..XZ-000020".parse().unwrap() };
        let facts =
            Facts { officer: officer("XB", Role::Storekeeper), pieces: Vec::new(), here: "capital".into() };
        let stated = refused_in_order(
            &mut (facts, request),
            |(facts, request)| keyed(decide(facts, request, day("2026-02-03"))),
            &[
                ("officer_of_another_body", |w| w.1.numbers = "XA-000011..XA-000020".parse().unwrap()),
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Approver)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::Storekeeper)),
                ("blank_elsewhere", |w| w.0.pieces = vec![blanks(11, 19, BlankPlace::Printed, "capital")]),
                ("blank_elsewhere", |w| w.0.pieces = vec![blanks(1, 30, BlankPlace::Used, "capital")]),
                ("blank_elsewhere", |w| w.0.pieces = vec![blanks(1, 30, BlankPlace::Printed, "capital")]),
            ],
        );
        assert_eq!((stated.numbers.count(), stated.by.as_str()), (10, "xa-storekeeper-1"));
    }
}
