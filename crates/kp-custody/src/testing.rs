//! For the tests of this crate: officers and parcels as the tables give them. Nothing is real.

use kp_registry::{Officer, Role};
use kp_terms::{Carats, Date, ParticipantCode, Refuse};

use crate::{Parcel, ParcelState, Share};

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn code(text: &str) -> ParticipantCode {
    text.parse().unwrap()
}

pub(crate) fn carats(hundredths: i64) -> Carats {
    Carats::from_hundredths(hundredths)
}

/// An officer of a body with one role.
pub(crate) fn officer(body: &str, role: Role) -> Officer {
    Officer {
        id: format!("{}-{role}-1", body.to_lowercase()),
        body: body.to_owned(),
        authority: None,
        name: "A. Sample".to_owned(),
        roles: vec![role],
        licence: None,
    }
}

/// A parcel of XA with one source, held by the trader XA-EXP-1.
pub(crate) fn parcel(reference: &str, hundredths: i64) -> Parcel {
    let source: crate::Source =
        format!("find XA-ART-1 zone XA/north found 2026-01-10 carats {}", carats(hundredths))
            .parse()
            .unwrap();
    Parcel {
        parcel: reference.into(),
        participant: code("XA"),
        hs: "7102.31".parse().unwrap(),
        carats: carats(hundredths),
        holder: "XA-EXP-1".into(),
        state: ParcelState::Held,
        application: None,
        recorded_on: day("2026-01-12"),
        recorded_by: "xa-clerk-1".into(),
        handed_to: None,
        handed_by: None,
        shares: vec![Share { id: format!("{reference}/1"), source, carats: carats(hundredths) }],
    }
}

/// The key of a refusal, which also has a rule and a sentence.
pub(crate) fn keyed<T>(decided: Result<T, Box<dyn Refuse>>) -> Result<T, String> {
    decided.map_err(|refusal| {
        assert!(!refusal.rule().is_empty() && refusal.to_string().len() > 10, "{refusal:?}");
        refusal.key().to_owned()
    })
}
