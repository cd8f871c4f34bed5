//! Destroy blanks: a second person has seen the condemned sheets destroyed.
//!
//! Scheme: domain 4.1; two persons (L23). Appends `blanks_destroyed`. Whoever condemned them cannot witness it.

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
        /// The numbers destroyed.
        numbers: NumberRange, "XA-000017";
        /// How: shredded, burnt.
        how: String, "shredded";
    }
}

/// Blanks were destroyed before two persons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlanksDestroyed {
    /// Whose stock.
    pub participant: ParticipantCode,
    /// The numbers.
    pub numbers: NumberRange,
    /// The custodian at whose desk: `capital` or an office's label.
    pub here: String,
    /// How.
    pub how: String,
    /// Who signs.
    pub by: String,
}

impl Statement for BlanksDestroyed {
    const KIND: &'static str = "blanks_destroyed";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.participant.to_string()
    }
}

impl BlanksDestroyed {
    fn step(&self) -> BlankMove {
        BlankMove::Destroy { here: self.here.clone(), officer: self.by.clone() }
    }
}

struct Facts {
    officer: Officer,
    pieces: Vec<crate::BlankPiece>,
    here: String,
}

/// Witnesses that condemned blanks were destroyed.
///
/// # Errors
/// Refuses where the officer keeps no stock of this participant, or a number cannot make the step.
pub fn destroy_blanks(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
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
) -> Result<BlanksDestroyed, Box<dyn Refuse>> {
    let participant = blank_span::storekeeper_of(&facts.officer, &request.numbers, today)?;
    let statement = BlanksDestroyed {
        participant,
        numbers: request.numbers.clone(),
        here: facts.here.clone(),
        how: request.how.clone(),
        by: facts.officer.id.clone(),
    };
    blank_span::can(&facts.pieces, &statement.numbers, &statement.step())?;
    Ok(statement)
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: BlanksDestroyed = entry.body()?;
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
        let request = Request { numbers: "XZ-000011..XZ-000020".parse().unwrap(), how: "burnt".into() };
        let facts =
            Facts { officer: officer("XB", Role::Storekeeper), pieces: Vec::new(), here: "capital".into() };
        let stated = refused_in_order(
            &mut (facts, request),
            |(facts, request)| keyed(decide(facts, request, day("2026-02-03"))),
            &[
                ("officer_of_another_body", |w| w.1.numbers = "XA-000011..XA-000020".parse().unwrap()),
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Approver)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::Storekeeper)),
                ("blank_elsewhere", |w| w.0.pieces = vec![blanks(11, 19, BlankPlace::Condemned, "capital")]),
                ("blank_elsewhere", |w| w.0.pieces = vec![blanks(1, 30, BlankPlace::Used, "capital")]),
                ("blank_elsewhere", |w| w.0.pieces = vec![blanks(1, 30, BlankPlace::Condemned, "capital")]),
            ],
        );
        assert_eq!((stated.numbers.count(), stated.by.as_str()), (10, "xa-storekeeper-1"));
    }
}
