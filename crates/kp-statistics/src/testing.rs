//! For the tests of this crate: officers as the tables give them.

use kp_registry::{Officer, Participant, Role};
use kp_terms::{ParticipantCode, Refuse};

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
