//! Decide what becomes of goods that were seized without a certificate: given back, or forfeited.
//!
//! Scheme: CD Section IV(d), CA-Act s.27 (prosecute or give back). Closes: L32 together with seize_goods.rs. Appends
//! `seizure_decided`. Another officer than the two who seized; a court's or the owner's words are the decision. What came
//! under a number is decided with its holding (release_seized.rs, forfeit_goods.rs).

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{HoldingState, SeizedLot, queries, rules::four_eyes};

const DECIDE_SEIZED_LOT: Sql = sql!("decide_seized_lot");
const END_SEIZED_LOT: Sql = sql!("end_seized_lot");

kp_terms::closed_words! {
    /// What becomes of goods that were seized without a certificate.
    pub enum SeizureOutcome, "an outcome of a seizure" {
        /// Given back to whom they belong.
        Released = "released",
        /// Taken for good.
        Forfeited = "forfeited",
    }
}

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// The lot's reference.
        lot: String, "XB-L-7";
        /// Who seized.
        at: ParticipantCode, "XB";
        /// released or forfeited.
        outcome: SeizureOutcome, "forfeited";
        /// The court's decision, or the consent.
        decision: String, "court of Port Sample, no. 89";
    }
}

/// It is decided what becomes of seized goods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeizureDecided {
    /// The lot's reference.
    pub lot: String,
    /// Who seized.
    pub at: ParticipantCode,
    /// What becomes of them.
    pub outcome: SeizureOutcome,
    /// By which decision.
    pub decision: String,
    /// Who recorded it.
    pub decided_by: String,
}

impl Statement for SeizureDecided {
    const KIND: &'static str = "seizure_decided";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.at)
    }

    fn subject(&self) -> String {
        self.lot.clone()
    }
}

kp_terms::refusals! {
    /// Why a seizure is not decided.
    pub enum Refusal {
        /// No such lot.
        NoSuchLot { lot: String, code: ParticipantCode } = "no_such_lot", "{lot} is not a lot that {code} has seized without a certificate; what came under a number is decided with that number", "WGDE14; L32";
        /// It is decided already.
        NotSeized { lot: String, state: HoldingState } = "lot_not_seized", "lot {lot} is {state}; only what is seized is decided about, and once", "CD Section IV(d)";
        /// The same person.
        SameOfficerSeized { officer: String } = "same_officer_seized_and_decided", "{officer} stood at the scales when these goods were seized; another officer records what becomes of them", "four eyes (L19, L32)";
        /// No words.
        NoDecision = "no_decision", "name the court's decision, or the consent of whom the goods belong to", "CD Section IV(d)";
    }
}

struct Facts {
    officer: Officer,
    lot: Option<SeizedLot>,
}

/// Decides a seizure.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn decide_seizure(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        lot: queries::seized_lot(tx, &request.lot)?,
    };
    let statement = decide(&facts, request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &Request) -> Result<SeizureDecided, Box<dyn Refuse>> {
    let (lot, at) = (request.lot.clone(), request.at);
    may_act::of_participant(&facts.officer, Role::Importer, at)?;
    let Some(held) = facts.lot.as_ref().filter(|held| held.at == at) else {
        return Err(Refusal::NoSuchLot { lot, code: at }.into());
    };
    if held.state != HoldingState::Seized {
        return Err(Refusal::NotSeized { lot, state: held.state }.into());
    }
    let officer = facts.officer.id.clone();
    if [&held.seized_by, &held.witness].iter().any(|one| !four_eyes::is_second_person(&officer, one)) {
        return Err(Refusal::SameOfficerSeized { officer }.into());
    }
    if request.decision.trim().is_empty() {
        return Err(Refusal::NoDecision.into());
    }
    let (outcome, decision) = (request.outcome, request.decision.clone());
    Ok(SeizureDecided { lot, at, outcome, decision, decided_by: officer })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: SeizureDecided = entry.body()?;
    let state = match body.outcome {
        SeizureOutcome::Released => HoldingState::Released,
        SeizureOutcome::Forfeited => HoldingState::Forfeited,
    };
    let (lot, decision) = (&body.lot, &body.decision);
    tx.execute(
        DECIDE_SEIZED_LOT,
        &[lot.into(), state.word().into(), (&body.decided_by).into(), decision.into()],
    )?;
    if state == HoldingState::Released {
        let day = entry.on().to_string();
        tx.execute(END_SEIZED_LOT, &[lot.into(), state.word().into(), decision.into(), (&day).into()])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Facts, Request, SeizureOutcome, decide};
    use crate::{HoldingState, testing::*};

    #[test]
    fn each_reason_in_its_order() {
        let facts =
            Facts { officer: officer("XA", Role::Importer), lot: Some(seized_lot(HoldingState::Sold)) };
        let request = Request {
            lot: "XB-L-7".into(),
            at: code("XC"),
            outcome: SeizureOutcome::Released,
            decision: " ".into(),
        };
        let mut world = (facts, request);
        refused_in_order(
            &mut world,
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("XC", Role::Customs)),
                ("role_missing", |w| w.0.officer = officer("XC", Role::Importer)),
                ("no_such_lot", |w| {
                    w.1.at = code("XB");
                    w.0.officer = officer("XB", Role::Importer);
                }),
                ("lot_not_seized", |w| {
                    w.0.lot = Some(seized_lot(HoldingState::Seized));
                    w.0.officer.id = "xb-customs-1".into();
                }),
                ("same_officer_seized_and_decided", |w| w.0.officer.id = "xb-importer-2".into()),
                ("same_officer_seized_and_decided", |w| w.0.officer.id = "xb-importer-1".into()),
                ("no_decision", |w| w.1.decision = "court, no. 89".into()),
            ],
        );
    }
}
