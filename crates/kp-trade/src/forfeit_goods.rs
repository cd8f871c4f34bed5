//! Forfeit goods: the court, or consent, takes seized goods for the state.
//!
//! Scheme: CA-Act (forfeiture); domain 4.1. Appends `goods_forfeited`. The certificate ends here; the lot is kept, with its
//! weight, until it is sold or destroyed (L32).

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{CertificateNumber, ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{
    Holding, HoldingState,
    held_goods::{held, move_held},
    moves::Act,
    queries,
};

const RECORD_DECISION: Sql = sql!("record_decision");

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// The number on the paper presented.
        number: CertificateNumber, "XA-000001";
        /// Who holds the goods.
        at: ParticipantCode, "XB";
        /// The court's decision, or the owner's consent.
        decision: String, "court of Port Sample, 2026-05-04, no. 88";
    }
}

/// Goods are forfeited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodsForfeited {
    /// The number on the paper presented.
    pub number: CertificateNumber,
    /// Who holds the goods.
    pub at: ParticipantCode,
    /// The lot's reference.
    pub lot: String,
    /// The court's decision, or the owner's consent.
    pub decision: String,
    /// Who recorded it.
    pub forfeited_by: String,
}

impl Statement for GoodsForfeited {
    const KIND: &'static str = "goods_forfeited";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.at)
    }

    fn subject(&self) -> String {
        self.number.to_string()
    }
}

kp_terms::refusals! {
    /// Why not.
    pub enum Refusal {
        /// No decision.
        NoDecision = "no_legal_basis", "name the court's decision or the owner's consent", "domain 4.1: court or consent";
    }
}

struct Facts {
    officer: Officer,
    holdings: Vec<Holding>,
}

/// Forfeits goods.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn forfeit_goods(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        holdings: queries::holdings_of_number(tx, &request.number)?,
    };
    let statement = decide(&facts, request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &Request) -> Result<GoodsForfeited, Box<dyn Refuse>> {
    let (number, at) = (request.number.clone(), request.at);
    may_act::of_participant(&facts.officer, Role::Customs, at)?;
    let holding = held(&facts.holdings, &number, at, Act::Forfeit)?;
    if request.decision.trim().is_empty() {
        return Err(Refusal::NoDecision.into());
    }
    Ok(GoodsForfeited {
        number,
        at,
        lot: holding.lot.clone().unwrap_or_default(),
        decision: request.decision.clone(),
        forfeited_by: facts.officer.id.clone(),
    })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: GoodsForfeited = entry.body()?;
    let next = HoldingState::Forfeited;
    if let Some(holding) = move_held(tx, entry, &body.number, body.at, Act::Forfeit, next)? {
        tx.execute(RECORD_DECISION, &[i64::try_from(holding.position)?.into(), (&body.decision).into()])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Facts, Request, decide};
    use crate::{HoldingState, testing::*};

    #[test]
    fn each_reason_in_its_order() {
        let facts =
            Facts { officer: officer("XA", Role::Customs), holdings: vec![holding(HoldingState::Detained)] };
        let request = Request { number: number("XA-1"), at: code("XB"), decision: " ".into() };
        let mut world = (facts, request);
        let forfeited = refused_in_order(
            &mut world,
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("XB", Role::Importer)),
                ("role_missing", |w| w.0.officer = officer("XB", Role::Customs)),
                ("not_seized", |w| w.0.holdings = vec![holding(HoldingState::Seized)]),
                ("no_legal_basis", |w| w.1.decision = "no. 88".into()),
            ],
        );
        assert_eq!(forfeited.lot, "XB-L-1");
    }
}
