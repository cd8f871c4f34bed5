//! Hand a parcel over: the side that gives signs first. It holds the parcel until the other side has accepted.
//!
//! Scheme: domain 7 (every deal is documented, from the digger to the exporter). Appends `parcel_handed_over`. Never moves
//! custody by itself. Handing it over to the side that holds it takes an offer back that nobody has accepted.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{
    Parcel, ParcelState, queries,
    regroup::{self, is_free},
    rules::holder::{HolderKind, holder_of, signs_for},
};

const RECORD_HANDOVER: Sql = sql!("record_handover");
pub(crate) const SETTLE_HANDOVER: Sql = sql!("settle_handover");

kp_terms::form! {
    /// What the giving side types.
    pub struct Request {
        /// The parcel.
        parcel: String, "XA-P-7";
        /// Who is to hold it: a trader's licence, an authority's or an officer's id.
        to: String, "xa-gdo";
    }
}

/// A parcel is handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParcelHandedOver {
    /// In whose territory.
    pub participant: ParticipantCode,
    /// Which parcel.
    pub parcel: String,
    /// Who held it.
    pub from: String,
    /// Who is to hold it.
    pub to: String,
    /// Who signed for the giving side.
    pub handed_by: String,
}

impl Statement for ParcelHandedOver {
    const KIND: &'static str = "parcel_handed_over";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.parcel.clone()
    }
}

kp_terms::refusals! {
    /// Why a parcel is not handed over.
    pub enum Refusal {
        /// The officer belongs elsewhere.
        OtherTerritory { officer: String, parcel: String, code: ParticipantCode } = "officer_of_another_body", "{officer} is no officer of {code}, where parcel {parcel} lies", "CD Section IV(b): each participant's own authority acts";
        /// Nobody of that name.
        NoSuchHolder { holder: String } = "no_such_holder", "{holder} is no licensed trader, authority or officer of this participant; license or name it first", "CD Annex II.11-14: who handles stones is registered";
        /// It is there already.
        HoldsItAlready { holder: String } = "holds_it_already", "{holder} holds this parcel already", "custody is with whom the last acceptance says";
        /// The officer does not speak for the holder.
        NotTheHolder { officer: String, holder: String } = "not_the_holder", "{officer} does not sign for {holder}: an officer signs for nobody else, an authority's officers for it, a clerk for a trader", "custody is with whom the last acceptance says";
    }
}

struct Facts {
    officer: Officer,
    parcel: Option<Parcel>,
    from: Option<HolderKind>,
    to: Option<HolderKind>,
}

/// Hands a parcel over.
///
/// # Errors
/// Refuses where the officer does not sign for the holder, or the parcel is not free.
pub fn hand_over_parcel(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let mut facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        parcel: queries::parcel_by_reference(tx, &request.parcel)?,
        from: None,
        to: None,
    };
    if let Some(parcel) = &facts.parcel {
        facts.from = holder_of(tx, &parcel.holder, parcel.participant)?;
        facts.to = holder_of(tx, &request.to, parcel.participant)?;
    }
    let statement = decide(&facts, request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &Request) -> Result<ParcelHandedOver, Box<dyn Refuse>> {
    let Some(parcel) = &facts.parcel else {
        return Err(regroup::Refusal::NoSuchParcel { parcel: request.parcel.clone() }.into());
    };
    of_territory(&facts.officer, parcel)?;
    let takes_back = request.to == parcel.holder && parcel.handed_to.is_some();
    if parcel.state != ParcelState::Held || !takes_back {
        is_free(parcel)?;
    }
    if facts.to.is_none() {
        return Err(Refusal::NoSuchHolder { holder: request.to.clone() }.into());
    }
    if request.to == parcel.holder && !takes_back {
        return Err(Refusal::HoldsItAlready { holder: request.to.clone() }.into());
    }
    signs(&facts.officer, &parcel.holder, facts.from)?;
    Ok(ParcelHandedOver {
        participant: parcel.participant,
        parcel: parcel.parcel.clone(),
        from: parcel.holder.clone(),
        to: request.to.clone(),
        handed_by: facts.officer.id.clone(),
    })
}

/// Whether the officer belongs to the territory where the parcel lies.
pub(crate) fn of_territory(officer: &Officer, parcel: &Parcel) -> Result<(), Box<dyn Refuse>> {
    if officer.is_trader() {
        // Parcels are moved in the register by officers; a trader's person brings the stones.
        let (id, role) = (officer.id.clone(), Role::Clerk);
        return Err(may_act::Refusal::RoleMissing { id, role }.into());
    }
    if officer.body == parcel.participant.to_string() {
        return Ok(());
    }
    let (officer, code) = (officer.id.clone(), parcel.participant);
    Err(Refusal::OtherTerritory { officer, parcel: parcel.parcel.clone(), code }.into())
}

/// Whether the officer signs for this holder.
pub(crate) fn signs(
    officer: &Officer,
    holder: &str,
    kind: Option<HolderKind>,
) -> Result<(), Box<dyn Refuse>> {
    if kind.is_some_and(|kind| signs_for(officer, holder, kind)) {
        return Ok(());
    }
    Err(Refusal::NotTheHolder { officer: officer.id.clone(), holder: holder.to_owned() }.into())
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: ParcelHandedOver = entry.body()?;
    if body.from == body.to {
        let day = entry.on().to_string();
        let back = [(&body.parcel).into(), "taken_back".into(), (&body.handed_by).into(), (&day).into()];
        tx.execute(SETTLE_HANDOVER, &back)?;
        return Ok(());
    }
    tx.execute(
        RECORD_HANDOVER,
        &[
            i64::try_from(entry.position)?.into(),
            (&body.parcel).into(),
            (&body.from).into(),
            (&body.to).into(),
            (&body.handed_by).into(),
            (&entry.on().to_string()).into(),
        ],
    )?;
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
            officer: officer("XB", Role::Valuer),
            parcel: None,
            from: Some(HolderKind::Trader),
            to: None,
        };
        let request = Request { parcel: "XA-P-7".into(), to: "XA-EXP-1".into() };
        let handed = refused_in_order(
            &mut (facts, request),
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("no_such_parcel", |w| {
                    let mut there = parcel("XA-P-7", 100);
                    there.state = ParcelState::Seized;
                    w.0.parcel = Some(there);
                }),
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Valuer)),
                ("parcel_not_held", |w| w.0.parcel = Some(parcel("XA-P-7", 100))),
                ("no_such_holder", |w| w.0.to = Some(HolderKind::Authority)),
                ("holds_it_already", |w| w.1.to = "xa-gdo".into()),
                ("not_the_holder", |w| w.0.officer = officer("XA", Role::Clerk)),
            ],
        );
        assert_eq!((handed.from.as_str(), handed.to.as_str()), ("XA-EXP-1", "xa-gdo"));
    }

    #[test]
    fn an_offer_that_nobody_accepted_is_taken_back_by_the_side_that_made_it() {
        let mut offered = parcel("XA-P-7", 100);
        offered.handed_to = Some("xa-gdo".into());
        let from = Some(HolderKind::Trader);
        let mut facts = Facts { officer: officer("XA", Role::Clerk), parcel: Some(offered), from, to: from };
        let back = Request { parcel: "XA-P-7".into(), to: "XA-EXP-1".into() };
        assert_eq!(keyed(decide(&facts, &back)).unwrap().to, "XA-EXP-1");
        let elsewhere = Request { to: "XA-EXP-2".into(), ..back.clone() };
        assert_eq!(keyed(decide(&facts, &elsewhere)).unwrap_err(), "parcel_under_way");
        facts.parcel.as_mut().unwrap().state = ParcelState::Seized;
        assert_eq!(keyed(decide(&facts, &back)).unwrap_err(), "parcel_not_held");
    }
}
