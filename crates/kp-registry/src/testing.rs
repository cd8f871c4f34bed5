//! For the tests of this crate: officers as the tables give them.

use kp_terms::{ParticipantCode, Refuse};

use crate::{DocumentKey, KeyClass, Officer, Participant, Role};

/// A compressed point that is on the curve: the generator of P-256.
pub(crate) const A_KEY: &str = "036b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296";

pub(crate) fn code(text: &str) -> ParticipantCode {
    text.parse().unwrap()
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

pub(crate) fn participant(text: &str) -> Participant {
    Participant {
        code: code(text),
        name: format!("Invented land {text}"),
        member_from: jiff::civil::date(2025, 1, 1),
        legal_act: "invented".to_owned(),
    }
}

/// The key of a refusal, which also has a rule and a sentence.
pub(crate) fn keyed<T>(decided: Result<T, Box<dyn Refuse>>) -> Result<T, String> {
    decided.map_err(|refusal| {
        assert!(!refusal.rule().is_empty() && refusal.to_string().len() > 10, "{refusal:?}");
        refusal.key().to_owned()
    })
}

/// A document key, made five days before its first day and witnessed on 2026-01-05.
pub(crate) fn document_key(of: &str, valid_from: &str, signs_until: &str) -> DocumentKey {
    DocumentKey {
        key_id: "0123456789abcdef".into(),
        participant: code(of),
        authority: format!("{}-gdo", of.to_lowercase()),
        public_key: crate::name_officer::public_key(A_KEY).unwrap(),
        class: KeyClass::Software,
        valid_from: valid_from.parse().unwrap(),
        signs_until: signs_until.parse().unwrap(),
        successor_of: None,
        custodians: vec!["A. Sample".into(), "B. Sample".into()],
        place: "Invented town".into(),
        record_hash: "00".repeat(32),
        registered_by: format!("{}-custodian-1", of.to_lowercase()),
        registered_at: "2026-01-05T00:00:00Z".parse().unwrap(),
        witnessed_at: Some("2026-01-05T00:00:00Z".parse().unwrap()),
        retired_at: None,
        compromise: None,
    }
}
