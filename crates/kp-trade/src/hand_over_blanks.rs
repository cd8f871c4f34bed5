//! Hand over blanks: to an office, or from the store to the desk that drafts. The receiver signs in an act of its own.
//!
//! Scheme: L23 (USKPA hands blanks to licensees who guard them [S56b]). Appends `blanks_handed_over`. Until somebody accepts
//! them they are on their way: nobody may draft on them, and nobody counts them as there.

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
        /// The numbers handed over.
        numbers: NumberRange, "XA-000001..XA-000100";
        /// Who is to receive them: capital, or an office's label.
        to: String, "north";
    }
}

/// Blanks were handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlanksHandedOver {
    /// Whose stock.
    pub participant: ParticipantCode,
    /// The numbers.
    pub numbers: NumberRange,
    /// The custodian at whose desk: `capital` or an office's label.
    pub here: String,
    /// Who is to receive them.
    pub to: String,
    /// Who signs.
    pub by: String,
}

impl Statement for BlanksHandedOver {
    const KIND: &'static str = "blanks_handed_over";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.participant.to_string()
    }
}

impl BlanksHandedOver {
    fn step(&self) -> BlankMove {
        let (here, to, officer) = (self.here.clone(), self.to.clone(), self.by.clone());
        BlankMove::HandOver { here, to, officer }
    }
}

kp_terms::refusals! {
    /// Why blanks are not handed over.
    pub enum Refusal {
        /// No such custodian can be.
        NotACustodian { reason: String } = "not_a_custodian", "{reason}", "the receiver signs at a desk of its own (L23)";
    }
}

struct Facts {
    officer: Officer,
    pieces: Vec<crate::BlankPiece>,
    here: String,
}

/// Hands blanks over to another custodian.
///
/// # Errors
/// Refuses where the officer keeps no stock of this participant, or a number cannot make the step.
pub fn hand_over_blanks(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
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
) -> Result<BlanksHandedOver, Box<dyn Refuse>> {
    let participant = blank_span::storekeeper_of(&facts.officer, &request.numbers, today)?;
    if request.to != kp_log::CAPITAL
        && let Err(error) = kp_log::OfficeName::new(participant, &request.to)
    {
        return Err(Refusal::NotACustodian { reason: error.to_string() }.into());
    }
    let statement = BlanksHandedOver {
        participant,
        numbers: request.numbers.clone(),
        here: facts.here.clone(),
        to: request.to.clone(),
        by: facts.officer.id.clone(),
    };
    blank_span::can(&facts.pieces, &statement.numbers, &statement.step())?;
    Ok(statement)
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: BlanksHandedOver = entry.body()?;
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
        let request = Request { numbers: "XZ-000011..XZ-000020".parse().unwrap(), to: "North".into() };
        let facts =
            Facts { officer: officer("XB", Role::Storekeeper), pieces: Vec::new(), here: "capital".into() };
        let stated = refused_in_order(
            &mut (facts, request),
            |(facts, request)| keyed(decide(facts, request, day("2026-02-03"))),
            &[
                ("officer_of_another_body", |w| w.1.numbers = "XA-000011..XA-000020".parse().unwrap()),
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Approver)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::Storekeeper)),
                ("not_a_custodian", |w| w.1.to = "north".into()),
                ("blank_elsewhere", |w| w.0.pieces = vec![blanks(11, 19, BlankPlace::Held, "capital")]),
                ("blank_elsewhere", |w| w.0.pieces = vec![blanks(1, 30, BlankPlace::Used, "capital")]),
                ("blank_elsewhere", |w| w.0.pieces = vec![blanks(1, 30, BlankPlace::Held, "capital")]),
            ],
        );
        assert_eq!((stated.numbers.count(), stated.by.as_str()), (10, "xa-storekeeper-1"));
    }
}
