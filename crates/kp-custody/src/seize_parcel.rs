//! Seize a parcel: an authority takes it, and no certificate can be had for it until a court or the law lets it go.
//!
//! Scheme: CD Section IV(d) (penalties), domain 3.6 (seized goods travel under certificates of their own). Closes part of
//! L32. Appends `parcel_seized`. The end of a seizure (sale, return, destruction) is not here: it needs the court's paper.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{
    Parcel, ParcelState, queries, regroup,
    rules::holder::{HolderKind, holder_of},
};

const SEIZE_PARCEL: Sql = sql!("seize_parcel");

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// The parcel.
        parcel: String, "XA-P-7";
        /// The authority that takes it.
        authority: String, "xa-gdo";
        /// The law or order.
        legal_basis: String, "Diamond Act, s. 41";
    }
}

/// A parcel is seized.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParcelSeized {
    /// In whose territory.
    pub participant: ParticipantCode,
    /// Which parcel.
    pub parcel: String,
    /// Who held it.
    pub from: String,
    /// Who holds it now.
    pub authority: String,
    /// The law or order.
    pub legal_basis: String,
    /// Who seized it.
    pub seized_by: String,
}

impl Statement for ParcelSeized {
    const KIND: &'static str = "parcel_seized";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.parcel.clone()
    }
}

kp_terms::refusals! {
    /// Why a parcel is not seized.
    pub enum Refusal {
        /// It is not here any more.
        NotHere { parcel: String, state: ParcelState } = "parcel_not_here", "parcel {parcel} is {state}; only what is held or reserved here can be seized", "one stone, one place (L32)";
        /// An authority seizes.
        NotAnAuthority { authority: String } = "not_an_authority", "{authority} is not an authority of this participant", "CD Section IV(b), IV(d)";
        /// Without a law.
        WithoutLegalBasis = "seizure_without_legal_basis", "a seizure needs the law or order it rests on", "CD Section IV(d)";
    }
}

struct Facts {
    officer: Officer,
    parcel: Option<Parcel>,
    authority: Option<HolderKind>,
}

/// Seizes a parcel.
///
/// # Errors
/// Refuses where the parcel is not here, or authority or legal basis are missing.
pub fn seize_parcel(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let mut facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        parcel: queries::parcel_by_reference(tx, &request.parcel)?,
        authority: None,
    };
    if let Some(parcel) = &facts.parcel {
        facts.authority = holder_of(tx, &request.authority, parcel.participant)?;
    }
    let statement = decide(&facts, request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &Request) -> Result<ParcelSeized, Box<dyn Refuse>> {
    let Some(parcel) = &facts.parcel else {
        return Err(regroup::Refusal::NoSuchParcel { parcel: request.parcel.clone() }.into());
    };
    may_act::of_participant(&facts.officer, Role::Customs, parcel.participant)?;
    if !matches!(parcel.state, ParcelState::Held | ParcelState::Reserved) {
        let (parcel, state) = (parcel.parcel.clone(), parcel.state);
        return Err(Refusal::NotHere { parcel, state }.into());
    }
    if facts.authority != Some(HolderKind::Authority) {
        return Err(Refusal::NotAnAuthority { authority: request.authority.clone() }.into());
    }
    if request.legal_basis.trim().is_empty() {
        return Err(Refusal::WithoutLegalBasis.into());
    }
    Ok(ParcelSeized {
        participant: parcel.participant,
        parcel: parcel.parcel.clone(),
        from: parcel.holder.clone(),
        authority: request.authority.clone(),
        legal_basis: request.legal_basis.clone(),
        seized_by: facts.officer.id.clone(),
    })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: ParcelSeized = entry.body()?;
    tx.execute(SEIZE_PARCEL, &[(&body.parcel).into(), (&body.authority).into()])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Facts, HolderKind, Request, decide};
    use crate::{ParcelState, testing::*};

    #[test]
    fn each_reason_in_its_order() {
        let facts = Facts {
            officer: officer("XB", Role::Customs),
            parcel: None,
            authority: Some(HolderKind::Trader),
        };
        let request =
            Request { parcel: "XA-P-7".into(), authority: "xa-gdo".into(), legal_basis: " ".into() };
        let seized = refused_in_order(
            &mut (facts, request),
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("no_such_parcel", |w| {
                    let mut there = parcel("XA-P-7", 100);
                    there.state = ParcelState::Exported;
                    w.0.parcel = Some(there);
                }),
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Clerk)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::Customs)),
                ("parcel_not_here", |w| {
                    let mut there = parcel("XA-P-7", 100);
                    there.state = ParcelState::Reserved;
                    w.0.parcel = Some(there);
                }),
                ("not_an_authority", |w| w.0.authority = Some(HolderKind::Authority)),
                ("seizure_without_legal_basis", |w| w.1.legal_basis = "s. 41".into()),
            ],
        );
        assert_eq!(seized.from, "XA-EXP-1");
    }
}
