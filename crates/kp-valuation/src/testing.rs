//! For the tests of this crate: lots, values and weighings as the tables give them. Nothing is real.

use kp_registry::{Officer, Role};
use kp_terms::{Carats, Date, ParticipantCode, Refuse};

use crate::{Lot, Party, Point, Stage, Value, Weighing};

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

/// 120.90 ct of one class for XA-A-1, two values required, nothing in yet.
pub(crate) fn lot() -> Lot {
    Lot {
        lot: "XA-L-1".into(),
        participant: code("XA"),
        application: "XA-A-1".into(),
        licence_number: "XA-EXP-1".into(),
        required: 2,
        opened_on: day("2026-02-03"),
        opened_by: "xa-clerk-1".into(),
        goods: vec!["7102.31 120.90".parse().unwrap()],
        values: Vec::new(),
        weighings: Vec::new(),
        explanations: Vec::new(),
    }
}

/// An open value of the whole lot.
pub(crate) fn value(party: Party, by: &str, usd: &str) -> Value {
    Value {
        stage: Stage::AsPresented,
        party,
        valued_by: by.into(),
        key_id: String::new(),
        sealed_at: "2026-02-03T09:00:00Z".into(),
        commitment: String::new(),
        sealed: String::new(),
        opened_on: Some(day("2026-02-03")),
        lines: vec![format!("7102.31 {usd}").parse().unwrap()],
        price_book: None,
    }
}

pub(crate) fn weighing(point: Point, weighed: &str, by: &str) -> Weighing {
    Weighing {
        point,
        carats: weighed.parse().unwrap(),
        scale: "scale 3".into(),
        photo: None,
        weighed_by: by.into(),
        weighed_on: day("2026-02-03"),
    }
}

/// The key of a refusal, which also has a rule and a sentence.
pub(crate) fn keyed<T>(decided: Result<T, Box<dyn Refuse>>) -> Result<T, String> {
    decided.map_err(|refusal| {
        assert!(!refusal.rule().is_empty() && refusal.to_string().len() > 10, "{refusal:?}");
        refusal.key().to_owned()
    })
}
