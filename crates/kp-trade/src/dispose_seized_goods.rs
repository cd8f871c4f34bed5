//! Dispose of goods that were seized without a certificate and forfeited: sold with the assurance that they do not come back
//! into the trade, or destroyed.
//!
//! Scheme: Canada (forfeited stones are sold only where it is sure that they do not re-enter the trade, else destroyed;
//! notice in the Gazette). Closes: L32: the last weighing must be the lot's, less what left under technical certificates, or
//! somebody explains. Appends `seized_goods_disposed`. Another officer than the two who seized.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{Carats, ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{
    HoldingState, SeizedLot,
    dispose_forfeited::Disposal,
    queries,
    rules::{four_eyes, weight},
};

const END_SEIZED_LOT: Sql = sql!("end_seized_lot");

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// The lot's reference.
        lot: String, "XB-L-7";
        /// Who seized.
        at: ParticipantCode, "XB";
        /// sold or destroyed.
        disposal: Disposal, "destroyed";
        /// Carats weighed at the end.
        carats: Carats, "493.00";
        /// How it is sure that they do not come back: the protocol, the buyer's undertaking.
        assurance: String, "crushed before two witnesses, protocol 5";
        /// Where it was made public.
        notice: String, "Gazette 2026/31";
        /// Where the weight is not the lot's: what was found out.
        explanation: Option<String>, "0.40 ct went to the laboratory, receipt 9";
    }
}

/// Forfeited goods that came without a certificate are disposed of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeizedGoodsDisposed {
    /// The lot's reference.
    pub lot: String,
    /// Who seized.
    pub at: ParticipantCode,
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

impl Statement for SeizedGoodsDisposed {
    const KIND: &'static str = "seized_goods_disposed";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.at)
    }

    fn subject(&self) -> String {
        self.lot.clone()
    }
}

kp_terms::refusals! {
    /// Why seized goods are not disposed of.
    pub enum Refusal {
        /// No such lot.
        NoSuchLot { lot: String, code: ParticipantCode } = "no_such_lot", "{lot} is not a lot that {code} has seized without a certificate; what came under a number is disposed of with that number", "WGDE14; L32";
        /// Not taken for good.
        NotForfeited { lot: String, state: HoldingState } = "lot_not_forfeited", "lot {lot} is {state}; only what was forfeited is sold or destroyed", "CD Section IV(d); L32";
        /// The same person.
        SameOfficerSeized { officer: String } = "same_officer_seized_and_disposed", "{officer} stood at the scales when these goods were seized; another officer must record what becomes of them", "four eyes (L19, L32)";
        /// No assurance or notice.
        NoAssurance = "no_assurance", "say how it is sure that the stones do not come back into the trade, and where that was made public", "Canada: forfeited stones, notice in the Gazette";
        /// Stones are missing.
        LotWeightDiffers { lot: String, expected: Carats, carats: Carats } = "lot_weight_differs", "{carats} ct are there of lot {lot}, where {expected} ct should be; find out and say what became of the rest", "L32: the weight of a seized lot is kept";
    }
}

struct Facts {
    officer: Officer,
    lot: Option<SeizedLot>,
    /// Carats of the lot that left under technical certificates.
    drawn: Carats,
}

/// Disposes of goods that were seized without a certificate.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn dispose_seized_goods(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let draws = queries::draws_on_lot(tx, &request.lot)?;
    let drawn = draws.iter().fold(0_i64, |sum, draw| sum.saturating_add(draw.carats.hundredths()));
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        lot: queries::seized_lot(tx, &request.lot)?,
        drawn: Carats::from_hundredths(drawn),
    };
    let statement = decide(&facts, request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &Request) -> Result<SeizedGoodsDisposed, Box<dyn Refuse>> {
    let (lot, at) = (request.lot.clone(), request.at);
    may_act::of_participant(&facts.officer, Role::Importer, at)?;
    let Some(held) = facts.lot.as_ref().filter(|held| held.at == at) else {
        return Err(Refusal::NoSuchLot { lot, code: at }.into());
    };
    if held.state != HoldingState::Forfeited {
        return Err(Refusal::NotForfeited { lot, state: held.state }.into());
    }
    let officer = facts.officer.id.clone();
    if [&held.seized_by, &held.witness].iter().any(|one| !four_eyes::is_second_person(&officer, one)) {
        return Err(Refusal::SameOfficerSeized { officer }.into());
    }
    if request.assurance.trim().is_empty() || request.notice.trim().is_empty() {
        return Err(Refusal::NoAssurance.into());
    }
    let expected = held.carats.checked_sub(facts.drawn).unwrap_or_default();
    let explained = request.explanation.as_ref().is_some_and(|words| !words.trim().is_empty());
    if !weight::agrees(expected, request.carats, 1) && !explained {
        return Err(Refusal::LotWeightDiffers { lot, expected, carats: request.carats }.into());
    }
    Ok(SeizedGoodsDisposed {
        lot,
        at,
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
    let body: SeizedGoodsDisposed = entry.body()?;
    let state = match body.disposal {
        Disposal::Sold => HoldingState::Sold,
        Disposal::Destroyed => HoldingState::Destroyed,
    };
    let (words, day) = (format!("{}; {}", body.assurance, body.notice), entry.on().to_string());
    tx.execute(END_SEIZED_LOT, &[(&body.lot).into(), state.word().into(), (&words).into(), (&day).into()])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Facts, Request, decide};
    use crate::{HoldingState, dispose_forfeited::Disposal, testing::*};

    #[test]
    fn each_reason_in_its_order() {
        let facts = Facts { officer: officer("XA", Role::Importer), lot: None, drawn: carats(9_300) };
        let request = Request {
            lot: "XB-L-7".into(),
            at: code("XB"),
            disposal: Disposal::Destroyed,
            carats: carats(39_000),
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
                ("no_such_lot", |w| w.0.lot = Some(seized_lot(HoldingState::Seized))),
                ("lot_not_forfeited", |w| {
                    w.0.lot = Some(seized_lot(HoldingState::Forfeited));
                    w.0.officer.id = "xb-importer-2".into();
                }),
                ("same_officer_seized_and_disposed", |w| w.0.officer.id = "xb-importer-1".into()),
                ("no_assurance", |w| w.1.notice = "Gazette".into()),
                ("lot_weight_differs", |w| w.1.carats = carats(40_000)),
            ],
        );
        assert_eq!(
            disposed.carats_expected,
            carats(40_000),
            "what left under a technical certificate is not missing"
        );
    }
}
