//! Agree to an adjusted weight: the second signature; from now on the parcel weighs that.
//!
//! Scheme: four eyes. Closes part of L18, L19. Appends `adjustment_agreed`, which states the new shares.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{Carats, ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{
    Parcel, Share,
    queries::{self, Adjustment},
    regroup::{self, is_free},
    rules::shares::{Pool, share_out},
};

const AGREE_ADJUSTMENT: Sql = sql!("agree_adjustment");
const WEIGH_PARCEL: Sql = sql!("weigh_parcel");
const WEIGH_SHARE: Sql = sql!("weigh_share");

kp_terms::form! {
    /// What the second person types.
    pub struct Request {
        /// The parcel whose adjusted weight is agreed to.
        parcel: String, "XA-P-7";
    }
}

/// An adjusted weight is agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdjustmentAgreed {
    /// In whose territory.
    pub participant: ParticipantCode,
    /// Which parcel.
    pub parcel: String,
    /// What it weighs from now on.
    pub carats: Carats,
    /// Every possible source with its share from now on.
    pub shares: Vec<String>,
    /// Who agreed.
    pub agreed_by: String,
}

impl Statement for AdjustmentAgreed {
    const KIND: &'static str = "adjustment_agreed";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.parcel.clone()
    }
}

kp_terms::refusals! {
    /// Why an adjustment is not agreed to.
    pub enum Refusal {
        /// Nothing to agree to.
        NothingAdjusted { parcel: String } = "nothing_adjusted", "nobody has adjusted the weight of parcel {parcel}, or it weighs otherwise by now; adjust it first", "four eyes: one says, another agrees";
        /// The same person.
        SameOfficer { officer: String } = "same_officer_adjusted_and_agreed", "{officer} adjusted this weight; another officer must agree to it", "four eyes (L18, L19)";
    }
}

struct Facts {
    officer: Officer,
    parcel: Option<Parcel>,
    adjustment: Option<Adjustment>,
}

/// Agrees to an adjusted weight.
///
/// # Errors
/// Refuses where nothing was adjusted, or the same person did.
pub fn agree_adjustment(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        parcel: queries::parcel_by_reference(tx, &request.parcel)?,
        adjustment: queries::open_adjustment_of_parcel(tx, &request.parcel)?,
    };
    let statement = decide(&facts, request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &Request) -> Result<AdjustmentAgreed, Box<dyn Refuse>> {
    let Some(parcel) = &facts.parcel else {
        return Err(regroup::Refusal::NoSuchParcel { parcel: request.parcel.clone() }.into());
    };
    may_act::of_participant(&facts.officer, Role::Customs, parcel.participant)?;
    is_free(parcel)?;
    let nothing = || Refusal::NothingAdjusted { parcel: parcel.parcel.clone() };
    let adjustment = facts.adjustment.as_ref().filter(|a| a.before == parcel.carats).ok_or_else(nothing)?;
    if adjustment.adjusted_by == facts.officer.id {
        return Err(Refusal::SameOfficer { officer: facts.officer.id.clone() }.into());
    }
    let shares = weighed(&parcel.shares, parcel.carats, adjustment.carats).ok_or_else(nothing)?;
    Ok(AdjustmentAgreed {
        participant: parcel.participant,
        parcel: parcel.parcel.clone(),
        carats: adjustment.carats,
        shares: shares.iter().map(|(id, carats)| format!("{id} {carats}")).collect(),
        agreed_by: facts.officer.id.clone(),
    })
}

/// The shares of the new weight: a loss leaves a proportional part, a gain within tolerance adds one.
fn weighed(shares: &[Share], before: Carats, after: Carats) -> Option<Pool> {
    let pool: Pool = shares.iter().map(|share| (share.id.clone(), share.carats)).collect();
    if after <= before {
        return share_out(&pool, &[after])?.pop();
    }
    let added = share_out(&pool, &[after.checked_sub(before)?])?.pop()?;
    pool.into_iter()
        .map(|(id, carats)| {
            let sum = carats.checked_add(added.get(&id).copied().unwrap_or_default())?;
            Some((id, sum))
        })
        .collect()
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: AdjustmentAgreed = entry.body()?;
    let day = entry.on().to_string();
    tx.execute(AGREE_ADJUSTMENT, &[(&body.parcel).into(), (&body.agreed_by).into(), (&day).into()])?;
    tx.execute(WEIGH_PARCEL, &[(&body.parcel).into(), body.carats.hundredths().into()])?;
    for share in &body.shares {
        let (id, carats) = share.rsplit_once(' ').unwrap_or((share, "0.00"));
        let carats: Carats = carats.parse()?;
        tx.execute(WEIGH_SHARE, &[(&body.parcel).into(), id.into(), carats.hundredths().into()])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Adjustment, Facts, Request, decide};
    use crate::{ParcelState, testing::*};

    #[test]
    fn each_reason_in_its_order() {
        let facts = Facts { officer: officer("XB", Role::Customs), parcel: None, adjustment: None };
        let mut world = facts;
        let request = Request { parcel: "XA-P-7".into() };
        let agreed = refused_in_order(
            &mut world,
            |facts| keyed(decide(facts, &request)),
            &[
                ("no_such_parcel", |f| {
                    let mut there = parcel("XA-P-7", 10_000);
                    there.state = ParcelState::Spent;
                    f.parcel = Some(there);
                }),
                ("officer_of_another_body", |f| f.officer = officer("XA", Role::Clerk)),
                ("role_missing", |f| f.officer = officer("XA", Role::Customs)),
                ("parcel_not_held", |f| f.parcel = Some(parcel("XA-P-7", 10_000))),
                ("nothing_adjusted", |f| {
                    f.adjustment = Some(Adjustment {
                        parcel: "XA-P-7".into(),
                        before: carats(9_000),
                        carats: carats(9_910),
                        reason: "cleaning".into(),
                        adjusted_by: "xa-customs-1".into(),
                    });
                }),
                ("nothing_adjusted", |f| f.adjustment.as_mut().unwrap().before = carats(10_000)),
                ("same_officer_adjusted_and_agreed", |f| {
                    f.adjustment.as_mut().unwrap().adjusted_by = "xa-clerk-1".into();
                }),
            ],
        );
        assert_eq!(agreed.shares, ["XA-P-7/1 99.10"]);
    }

    #[test]
    fn a_gain_within_tolerance_is_shared_as_well() {
        let mut two = parcel("XA-P-7", 10_000);
        two.shares[0].carats = carats(7_500);
        let mut other = two.shares[0].clone();
        other.id = "XA-P-7/2".into();
        other.carats = carats(2_500);
        two.shares.push(other);
        let weighed = super::weighed(&two.shares, carats(10_000), carats(10_005)).unwrap();
        assert_eq!(weighed.values().map(|c| c.hundredths()).collect::<Vec<_>>(), [7_504, 2_501]);
    }
}
