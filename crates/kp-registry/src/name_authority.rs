//! Name an authority: the body that validates certificates of goods leaving, or checks those of goods arriving.
//!
//! Scheme: Section I (exporting and importing authority), Section IV(b), Section V(a). Appends `authority_named` to the
//! participant's log.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_terms::{ParticipantCode, Refuse};

use crate::{Authority, Duty, Officer, Role, queries, rules::may_act};

const RECORD_AUTHORITY: Sql = sql!("record_authority");

kp_terms::form! {
    /// An authority is named.
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct AuthorityNamed {
        /// Whose authority.
        participant: ParticipantCode, "XA";
        /// Short id, lower case, starting with the participant's code.
        authority_id: String, "xa-gdo";
        /// Its name.
        name: String, "Examplia Government Diamond Office";
        /// What it does.
        duty: Duty, "both";
    }
}

impl Statement for AuthorityNamed {
    const KIND: &'static str = "authority_named";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        String::new()
    }
}

kp_terms::refusals! {
    /// Why an authority is not named.
    pub enum Refusal {
        /// The id is in use.
        IdTaken { id: String } = "authority_id_taken",
            "the id {id} belongs to another authority already", "one id, one authority";
        /// The id does not begin with the code.
        IdNotOfParticipant { id: String, code: ParticipantCode } = "authority_id_not_of_participant",
            "the id {id} must be lower case, start with the participant's code {code} and a hyphen, and have at most 40 characters; for example xa-gdo", "ids are unique across participants";
    }
}

struct Facts {
    officer: Officer,
    existing: Option<Authority>,
}

/// Names an authority.
///
/// # Errors
/// Refuses where the officer is not an administrator of the participant, or the id does not serve.
pub fn name_authority(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &AuthorityNamed) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: queries::officer_at_desk(tx, desk)?,
        existing: queries::authority_by_id(tx, &request.authority_id)?,
    };
    decide(&facts, request)?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &AuthorityNamed) -> Result<(), Box<dyn Refuse>> {
    may_act::of_participant(&facts.officer, Role::Administrator, request.participant)?;
    if !id_belongs_to(&request.authority_id, request.participant) {
        return Err(Refusal::IdNotOfParticipant {
            id: request.authority_id.clone(),
            code: request.participant,
        }
        .into());
    }
    if facts.existing.is_some() {
        return Err(Refusal::IdTaken { id: request.authority_id.clone() }.into());
    }
    Ok(())
}

/// Ids are lower-case letters, digits and hyphens, and start with the body's code: `xa-gdo`.
pub(crate) fn id_belongs_to(id: &str, participant: ParticipantCode) -> bool {
    is_plain_id_of(id, &participant.as_str().to_ascii_lowercase())
}

/// The body's word, a hyphen, and then lower-case letters, digits and hyphens; at most 40 characters in all.
pub(crate) fn is_plain_id_of(id: &str, body: &str) -> bool {
    let own = id.strip_prefix(body).and_then(|rest| rest.strip_prefix('-'));
    own.is_some_and(|own| {
        !own.is_empty()
            && id.len() <= 40
            && own.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: AuthorityNamed = entry.body()?;
    tx.execute(
        RECORD_AUTHORITY,
        &[
            (&body.authority_id).into(),
            body.participant.as_str().into(),
            (&body.name).into(),
            body.duty.word().into(),
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_testkit::refused_in_order;

    use super::{AuthorityNamed, Facts, decide, id_belongs_to, is_plain_id_of};
    use crate::{Authority, Duty, Role, testing::*};

    #[test]
    fn an_administrator_names_the_authorities_of_its_own_participant() {
        let existing = Authority {
            id: "xa-gdo".into(),
            participant: code("XA"),
            name: "Diamond office".into(),
            duty: Duty::Both,
        };
        let request = AuthorityNamed {
            participant: code("XA"),
            authority_id: "xb-gdo".into(),
            name: "Diamond office".into(),
            duty: Duty::Both,
        };
        let facts = Facts { officer: officer("XB", Role::Administrator), existing: Some(existing) };
        refused_in_order(
            &mut (facts, request),
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Clerk)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::Administrator)),
                ("authority_id_not_of_participant", |w| w.1.authority_id = "xa-gdo".into()),
                ("authority_id_taken", |w| w.0.existing = None),
            ],
        );
    }

    #[test]
    fn ids_are_plain_and_say_whose_they_are() {
        let belongs = |id: &str| id_belongs_to(id, code("XA"));
        assert!(belongs("xa-gdo") && belongs("xa-1") && is_plain_id_of("scheme-sec-1", "scheme"));
        for bad in ["xa", "xa-", "xa", "XA-gdo", "xb-gdo", "xa-GDO", "xa-g do", "xa-é", "xa-../x", "xa_1"] {
            assert!(!belongs(bad), "{bad}");
        }
        assert!(belongs(&format!("xa-{}", "1".repeat(37))));
        assert!(!belongs(&format!("xa-{}", "1".repeat(38))));
    }
}
