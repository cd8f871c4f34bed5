//! Adjust a weight: a parcel was weighed again and weighs otherwise. One person says so, another agrees.
//!
//! Scheme: CD Section IV(a). Closes part of L18. Appends `weight_adjusted`, which changes nothing until it is agreed to.
//! Weight that comes without a source is none: beyond what scales differ by, stones that were found are recorded as a
//! parcel of their own, with their source.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{Carats, ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{
    Parcel, queries,
    regroup::{self, is_free},
    rules::weight,
};

const RECORD_ADJUSTMENT: Sql = sql!("record_adjustment");

kp_terms::form! {
    /// What the first person types.
    pub struct Request {
        /// The parcel.
        parcel: String, "XA-P-7";
        /// What it weighs.
        carats: Carats, "119.10";
        /// Why it weighs otherwise than recorded.
        reason: String, "acid cleaning";
    }
}

/// A weight is adjusted, as soon as somebody agrees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeightAdjusted {
    /// In whose territory.
    pub participant: ParticipantCode,
    /// Which parcel.
    pub parcel: String,
    /// What it weighed so far.
    pub before: Carats,
    /// What it weighs.
    pub carats: Carats,
    /// Why.
    pub reason: String,
    /// Who says so.
    pub adjusted_by: String,
}

impl Statement for WeightAdjusted {
    const KIND: &'static str = "weight_adjusted";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.parcel.clone()
    }
}

kp_terms::refusals! {
    /// Why a weight is not adjusted.
    pub enum Refusal {
        /// Nothing left.
        NotAWeight { parcel: String, carats: Carats } = "parcel_not_a_weight", "{carats} ct cannot be the weight of {parcel}; a parcel has more than 0.00 ct", "CD Section I: a parcel holds stones";
        /// It weighs that already.
        NoChange { parcel: String, carats: Carats } = "weight_unchanged", "parcel {parcel} weighs {carats} ct already", "an adjustment adjusts";
        /// More than scales differ by.
        GainWithoutSource { parcel: String, before: Carats, carats: Carats } = "gain_without_source", "parcel {parcel} weighed {before} ct and cannot come to weigh {carats} ct; record what was found as a parcel with its own source, then mix the two", "L35, L39: no stones without a source; tolerance ours (rules/weight.rs)";
        /// Without a reason.
        WithoutReason = "adjustment_without_reason", "say why the parcel weighs otherwise", "L18: every difference is explained";
    }
}

struct Facts {
    officer: Officer,
    parcel: Option<Parcel>,
}

/// Adjusts a weight, for another person to agree.
///
/// # Errors
/// Refuses where the parcel is not free, or the weight or reason does not serve.
pub fn adjust_parcel(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        parcel: queries::parcel_by_reference(tx, &request.parcel)?,
    };
    let statement = decide(&facts, request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &Request) -> Result<WeightAdjusted, Box<dyn Refuse>> {
    let Some(parcel) = &facts.parcel else {
        return Err(regroup::Refusal::NoSuchParcel { parcel: request.parcel.clone() }.into());
    };
    may_act::of_participant(&facts.officer, Role::Clerk, parcel.participant)?;
    is_free(parcel)?;
    let (reference, before, carats) = (parcel.parcel.clone(), parcel.carats, request.carats);
    if carats <= Carats::ZERO {
        return Err(Refusal::NotAWeight { parcel: reference, carats }.into());
    }
    if carats == before {
        return Err(Refusal::NoChange { parcel: reference, carats }.into());
    }
    if carats > before && !weight::agrees(before, carats, 1) {
        return Err(Refusal::GainWithoutSource { parcel: reference, before, carats }.into());
    }
    if request.reason.trim().is_empty() {
        return Err(Refusal::WithoutReason.into());
    }
    Ok(WeightAdjusted {
        participant: parcel.participant,
        parcel: reference,
        before,
        carats,
        reason: request.reason.clone(),
        adjusted_by: facts.officer.id.clone(),
    })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: WeightAdjusted = entry.body()?;
    tx.execute(
        RECORD_ADJUSTMENT,
        &[
            i64::try_from(entry.position)?.into(),
            (&body.parcel).into(),
            body.before.hundredths().into(),
            body.carats.hundredths().into(),
            (&body.reason).into(),
            (&body.adjusted_by).into(),
            (&entry.on().to_string()).into(),
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Facts, Request, decide};
    use crate::{ParcelState, testing::*};

    #[test]
    fn each_reason_in_its_order() {
        let facts = Facts { officer: officer("XB", Role::Clerk), parcel: None };
        let request = Request { parcel: "XA-P-7".into(), carats: carats(0), reason: " ".into() };
        let adjusted = refused_in_order(
            &mut (facts, request),
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("no_such_parcel", |w| {
                    let mut there = parcel("XA-P-7", 10_000);
                    there.state = ParcelState::Exported;
                    w.0.parcel = Some(there);
                }),
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Customs)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::Clerk)),
                ("parcel_not_held", |w| w.0.parcel = Some(parcel("XA-P-7", 10_000))),
                ("parcel_not_a_weight", |w| w.1.carats = carats(10_000)),
                ("weight_unchanged", |w| w.1.carats = carats(10_011)),
                ("gain_without_source", |w| w.1.carats = carats(10_010)),
                ("adjustment_without_reason", |w| w.1.reason = "another scale".into()),
            ],
        );
        assert_eq!((adjusted.before, adjusted.carats), (carats(10_000), carats(10_010)));
    }
}
