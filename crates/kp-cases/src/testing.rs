//! For the tests of this crate: officers and cases as the tables give them.

use kp_registry::{Officer, Participant, Role};
use kp_terms::{Date, ParticipantCode, Refuse};

use crate::{Case, Level};

pub(crate) fn code(text: &str) -> ParticipantCode {
    text.parse().unwrap()
}

pub(crate) fn day(text: &str) -> Date {
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
        member_from: day("2025-01-01"),
        legal_act: "invented".to_owned(),
    }
}

/// A case that asks XA, opened on 3 February, due on 5 March.
pub(crate) fn case(state: &str) -> Case {
    Case {
        case_number: "C-2026-0001".into(),
        finding_id: "number_used_twice:XA:XA-000001".into(),
        asked: code("XA"),
        owner: "statistics".into(),
        title: "a matter".into(),
        question: "why?".into(),
        opened_on: day("2026-02-03"),
        answer_due: day("2026-03-05"),
        visible_on: None,
        public_on: None,
        state: state.into(),
        level: Level::Query,
        answered_on: None,
        closed_on: None,
        outcome: None,
    }
}

/// The key of a refusal, which also has a rule and a sentence.
pub(crate) fn keyed<T>(decided: Result<T, Box<dyn Refuse>>) -> Result<T, String> {
    decided.map_err(|refusal| {
        assert!(!refusal.rule().is_empty() && refusal.to_string().len() > 10, "{refusal:?}");
        refusal.key().to_owned()
    })
}
