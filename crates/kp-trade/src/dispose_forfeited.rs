//! Dispose of forfeited goods: sold with the assurance that they do not come back into the trade, or destroyed.
//!
//! Scheme: Canada (forfeited stones are sold only where it is sure that they do not re-enter the trade, else destroyed;
//! notice in the Gazette). Closes: L32: the last weighing must be the lot's, less what left under technical certificates,
//! or somebody explains. Appends `forfeited_disposed`. Another officer than the one who seized.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{Carats, CertificateNumber, ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{
    Holding, HoldingState,
    held_goods::{held, move_held},
    moves::Act,
    queries,
    rules::{four_eyes, weight},
};

const RECORD_DECISION: Sql = sql!("record_decision");

kp_terms::closed_words! {
    /// What becomes of forfeited goods.
    pub enum Disposal, "a way to dispose of forfeited goods" {
        /// Sold, so that they do not come back into the trade.
        Sold = "sold",
        /// Destroyed.
        Destroyed = "destroyed",
    }
}

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// The number on the paper presented.
        number: CertificateNumber, "XA-000001";
        /// Who holds the goods.
        at: ParticipantCode, "XB";
        /// sold or destroyed.
        disposal: Disposal, "destroyed";
        /// Carats weighed at the end.
        carats: Carats, "1200.00";
        /// How it is sure that they do not come back: the protocol, the buyer's undertaking.
        assurance: String, "crushed before two witnesses, protocol 5";
        /// Where it was made public.
        notice: String, "Gazette 2026/31";
        /// Where the weight is not the lot's: what was found out.
        explanation: Option<String>, "0.40 ct went to the laboratory, receipt 9";
    }
}

/// Forfeited goods are disposed of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForfeitedDisposed {
    /// The number on the paper presented.
    pub number: CertificateNumber,
    /// Who holds the goods.
    pub at: ParticipantCode,
    /// The lot's reference.
    pub lot: String,
    /// What became of them.
    pub disposal: Disposal,
    /// Carats weighed at the end.
    pub carats: Carats,
    /// Carats that should be there.
    pub carats_expected: Carats,
    /// How it is sure that they do not come back.
    pub assurance: String,
    /// Where it was made public.
    pub notice: String,
    /// What was found out where the weights differ.
    pub explanation: Option<String>,
    /// Who recorded it.
    pub disposed_by: String,
}

impl Statement for ForfeitedDisposed {
    const KIND: &'static str = "forfeited_disposed";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.at)
    }

    fn subject(&self) -> String {
        self.number.to_string()
    }
}

kp_terms::refusals! {
    /// Why forfeited goods are not disposed of.
    pub enum Refusal {
        /// The same person.
        SameOfficerSeized { officer: String } = "same_officer_seized_and_disposed", "{officer} seized these goods; another officer must record what becomes of them", "four eyes (L19, L32)";
        /// No assurance or notice.
        NoAssurance = "no_assurance", "say how it is sure that the stones do not come back into the trade, and where that was made public", "Canada: forfeited stones, notice in the Gazette";
        /// Stones are missing.
        LotWeightDiffers { lot: String, expected: Carats, carats: Carats } = "lot_weight_differs", "{carats} ct are there of lot {lot}, where {expected} ct should be; find out and say what became of the rest", "L32: the weight of a seized lot is kept";
    }
}

struct Facts {
    officer: Officer,
    holdings: Vec<Holding>,
    /// Carats of the lot that left under technical certificates.
    drawn: Carats,
}

/// Disposes of forfeited goods.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn dispose_forfeited(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        holdings: queries::holdings_of_number(tx, &request.number)?,
        drawn: queries::lot_drawn(tx, &request.number, request.at)?,
    };
    let statement = decide(&facts, request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &Request) -> Result<ForfeitedDisposed, Box<dyn Refuse>> {
    let (number, at) = (request.number.clone(), request.at);
    may_act::of_participant(&facts.officer, Role::Importer, at)?;
    let holding = held(&facts.holdings, &number, at, Act::Dispose)?;
    let (officer, lot) = (facts.officer.id.clone(), holding.lot.clone().unwrap_or_default());
    if holding.seized_by.as_ref().is_some_and(|seized_by| !four_eyes::is_second_person(&officer, seized_by)) {
        return Err(Refusal::SameOfficerSeized { officer }.into());
    }
    if request.assurance.trim().is_empty() || request.notice.trim().is_empty() {
        return Err(Refusal::NoAssurance.into());
    }
    let weighed = holding.carats.unwrap_or_default();
    let expected = weighed.checked_sub(facts.drawn).unwrap_or_default();
    let explained = request.explanation.as_ref().is_some_and(|words| !words.trim().is_empty());
    if !weight::agrees(expected, request.carats, 1) && !explained {
        return Err(Refusal::LotWeightDiffers { lot, expected, carats: request.carats }.into());
    }
    Ok(ForfeitedDisposed {
        number,
        at,
        lot,
        disposal: request.disposal,
        carats: request.carats,
        carats_expected: expected,
        assurance: request.assurance.clone(),
        notice: request.notice.clone(),
        explanation: request.explanation.clone(),
        disposed_by: officer,
    })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: ForfeitedDisposed = entry.body()?;
    let next = match body.disposal {
        Disposal::Sold => HoldingState::Sold,
        Disposal::Destroyed => HoldingState::Destroyed,
    };
    if let Some(holding) = move_held(tx, entry, &body.number, body.at, Act::Dispose, next)? {
        let words = format!("{}; {}", body.assurance, body.notice);
        tx.execute(RECORD_DECISION, &[i64::try_from(holding.position)?.into(), (&words).into()])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::Disposal;
    use super::{Facts, Request, decide};
    use crate::{HoldingState, testing::*};

    #[test]
    fn each_reason_in_its_order() {
        let facts = Facts {
            officer: officer("XA", Role::Importer),
            holdings: vec![holding(HoldingState::Seized)],
            drawn: carats(20_000),
        };
        let request = Request {
            number: number("XA-1"),
            at: code("XB"),
            disposal: Disposal::Destroyed,
            carats: carats(99_000),
            assurance: "crushed".into(),
            notice: " ".into(),
            explanation: Some(" ".into()),
        };
        let mut world = (facts, request);
        let disposed = refused_in_order(
            &mut world,
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("XB", Role::Customs)),
                ("role_missing", |w| w.0.officer = officer("XB", Role::Importer)),
                ("not_forfeited", |w| {
                    w.0.holdings = vec![holding(HoldingState::Forfeited)];
                    w.0.holdings[0].seized_by = Some(w.0.officer.id.clone());
                }),
                ("same_officer_seized_and_disposed", |w| {
                    w.0.holdings = vec![holding(HoldingState::Forfeited)]
                }),
                ("no_assurance", |w| w.1.notice = "Gazette".into()),
                ("lot_weight_differs", |w| w.1.carats = carats(99_950)),
            ],
        );
        assert_eq!(
            disposed.carats_expected,
            carats(100_000),
            "what left under a technical certificate is not missing"
        );
    }
}
