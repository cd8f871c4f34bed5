//! Accept a parcel: the side that receives signs, and from now on holds it. Another person than the one who gave.
//!
//! Scheme: domain 7. Closes part of L35. Appends `parcel_accepted`: custody is with whom the last of these says.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::Officer;
use kp_terms::{ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{
    Parcel, ParcelState,
    hand_over_parcel::{SETTLE_HANDOVER, of_territory, signs},
    queries, regroup,
    rules::holder::{HolderKind, holder_of},
};

const MOVE_PARCEL: Sql = sql!("move_parcel");

kp_terms::form! {
    /// What the receiving side types.
    pub struct Request {
        /// The parcel.
        parcel: String, "XA-P-7";
    }
}

/// A parcel is accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParcelAccepted {
    /// In whose territory.
    pub participant: ParticipantCode,
    /// Which parcel.
    pub parcel: String,
    /// Who holds it now.
    pub holder: String,
    /// Who signed for the receiving side.
    pub accepted_by: String,
}

impl Statement for ParcelAccepted {
    const KIND: &'static str = "parcel_accepted";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.parcel.clone()
    }
}

kp_terms::refusals! {
    /// Why a parcel is not accepted.
    pub enum Refusal {
        /// Nobody has handed it over.
        NotHandedOver { parcel: String } = "parcel_not_handed_over", "nobody has handed parcel {parcel} over; the side that holds it signs first", "custody changes by two signatures";
        /// The same person.
        SameOfficer { officer: String } = "same_officer_gave_and_accepted", "{officer} signed for the side that gave; another person signs for the side that receives", "custody changes by two signatures (L19)";
    }
}

struct Facts {
    officer: Officer,
    parcel: Option<Parcel>,
    to: Option<HolderKind>,
}

/// Accepts a parcel.
///
/// # Errors
/// Refuses where nobody handed it over, or the officer does not sign for the receiving side.
pub fn accept_parcel(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let mut facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        parcel: queries::parcel_by_reference(tx, &request.parcel)?,
        to: None,
    };
    if let Some(parcel) = &facts.parcel
        && let Some(to) = &parcel.handed_to
    {
        facts.to = holder_of(tx, to, parcel.participant)?;
    }
    let statement = decide(&facts, request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &Request) -> Result<ParcelAccepted, Box<dyn Refuse>> {
    let Some(parcel) = &facts.parcel else {
        return Err(regroup::Refusal::NoSuchParcel { parcel: request.parcel.clone() }.into());
    };
    of_territory(&facts.officer, parcel)?;
    if parcel.state != ParcelState::Held {
        let (parcel, state) = (parcel.parcel.clone(), parcel.state);
        return Err(regroup::Refusal::ParcelNotHeld { parcel, state }.into());
    }
    let (Some(to), Some(handed_by)) = (&parcel.handed_to, &parcel.handed_by) else {
        return Err(Refusal::NotHandedOver { parcel: request.parcel.clone() }.into());
    };
    signs(&facts.officer, to, facts.to)?;
    if facts.officer.id == *handed_by {
        return Err(Refusal::SameOfficer { officer: facts.officer.id.clone() }.into());
    }
    Ok(ParcelAccepted {
        participant: parcel.participant,
        parcel: parcel.parcel.clone(),
        holder: to.clone(),
        accepted_by: facts.officer.id.clone(),
    })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: ParcelAccepted = entry.body()?;
    let day = entry.on().to_string();
    let accepted = [(&body.parcel).into(), "accepted".into(), (&body.accepted_by).into(), (&day).into()];
    tx.execute(SETTLE_HANDOVER, &accepted)?;
    tx.execute(MOVE_PARCEL, &[(&body.parcel).into(), (&body.holder).into()])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Facts, HolderKind, ParcelState, Request, decide};
    use crate::testing::*;

    #[test]
    fn each_reason_in_its_order() {
        let facts = Facts { officer: officer("XB", Role::Clerk), parcel: None, to: Some(HolderKind::Trader) };
        let request = Request { parcel: "XA-P-7".into() };
        let accepted = refused_in_order(
            &mut (facts, request),
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("no_such_parcel", |w| w.0.parcel = Some(parcel("XA-P-7", 100))),
                ("officer_of_another_body", |w| {
                    w.0.officer = officer("XA", Role::Customs);
                    w.0.parcel.as_mut().unwrap().state = ParcelState::Seized;
                }),
                ("parcel_not_held", |w| w.0.parcel = Some(parcel("XA-P-7", 100))),
                ("parcel_not_handed_over", |w| {
                    let there = w.0.parcel.as_mut().unwrap();
                    there.handed_to = Some("XA-EXP-2".into());
                    there.handed_by = Some("xa-clerk-1".into());
                }),
                ("not_the_holder", |w| w.0.officer = officer("XA", Role::Clerk)),
                ("same_officer_gave_and_accepted", |w| w.0.officer.id = "xa-clerk-2".into()),
            ],
        );
        assert_eq!((accepted.holder.as_str(), accepted.accepted_by.as_str()), ("XA-EXP-2", "xa-clerk-2"));
    }
}
