//! Register an office: a node of the participant that issues where there is no network.
//!
//! Scheme: Section IV(b) (designated authorities), security S-16 (issuing never needs the network), T35 (one log, one
//! node). Appends `office_registered` to the participant's log: from then on logs opened with this node key are believed
//! as that office's, and no others. The office's private key never comes near this; only its public half is carried here.
//! A label serves once: a node that was lost is replaced under a new label.

use anyhow::{Context, Result};
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, OfficeName, Statement, append};
use kp_terms::{ParticipantCode, Refuse};

use crate::{
    Office, Officer, Participant, Role, name_officer::public_key, queries, register_key, rules::may_act,
};

const RECORD_OFFICE: Sql = sql!("record_office");
const OFFICE_OF_KEY: Sql = sql!("office_of_key");

kp_terms::form! {
    /// An office is registered.
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct OfficeRegistered {
        /// Whose office.
        participant: ParticipantCode, "XA";
        /// Its label, which stands in the names of its logs.
        label: String, "north";
        /// Where it is.
        place: String, "Northern mining district";
        /// Public half of the office's node key, hexadecimal; `kpcs init --office` prints it at the office.
        node_key: String, "036b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296";
    }
}

impl Statement for OfficeRegistered {
    const KIND: &'static str = "office_registered";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.participant.to_string()
    }
}

kp_terms::refusals! {
    /// Why an office is not registered.
    pub enum Refusal {
        /// There is no such participant.
        NotAParticipant { code: ParticipantCode } = "not_a_participant", "{code} is not a participant; admit it first", "CD Section VI.8";
        /// The label cannot stand in a log's name.
        NotALabel { reason: String } = "not_an_office_label", "{reason}", "the label stands in the names of the office's logs";
        /// The label has served.
        LabelTaken { office: OfficeName } = "office_label_taken", "office {office} is registered already; a label serves once, a new node takes a new one", "one log, one node (T35)";
        /// The key is unreadable.
        NotAPublicKey = "not_a_public_key", "the node key is not a compressed P-256 point in hexadecimal (66 digits)", "rulings 3";
        /// The key already belongs to somebody.
        KeyTaken = "key_taken", "this key is registered already; every officer, device and office has a key of its own", "security 6: no shared accounts";
    }
}

struct Facts {
    officer: Officer,
    participant: Option<Participant>,
    offices: Vec<Office>,
    key_taken: bool,
}

/// Registers an office.
///
/// # Errors
/// Refuses where the officer is no administrator of the participant, or label or key do not serve.
pub fn register_office(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    request: &OfficeRegistered,
) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: queries::officer_at_desk(tx, desk)?,
        participant: queries::participant_by_code(tx, request.participant)?,
        offices: queries::offices(tx)?,
        key_taken: is_taken(tx, desk, &request.node_key)?,
    };
    decide(&facts, request)?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

/// Whether an officer, another office or this node itself has the key.
fn is_taken(tx: &mut Tx<'_>, desk: &Desk<'_>, hex: &str) -> Result<bool> {
    let Some(key) = public_key(hex) else { return Ok(false) };
    Ok(register_key::is_taken(tx, hex)? || key == desk.node.signer.key.public())
}

/// Whether an office's node has the key.
pub(crate) fn is_key_of_office(tx: &mut Tx<'_>, key_id: &str) -> Result<bool> {
    Ok(tx.optional(OFFICE_OF_KEY, &[key_id.into()], |row| row.get::<String>(0))?.is_some())
}

fn decide(facts: &Facts, request: &OfficeRegistered) -> Result<(), Box<dyn Refuse>> {
    may_act::of_participant(&facts.officer, Role::Administrator, request.participant)?;
    if facts.participant.is_none() {
        return Err(Refusal::NotAParticipant { code: request.participant }.into());
    }
    let office = OfficeName::new(request.participant, &request.label)
        .map_err(|error| Refusal::NotALabel { reason: error.to_string() })?;
    if facts.offices.iter().any(|known| known.name == office) {
        return Err(Refusal::LabelTaken { office }.into());
    }
    if public_key(&request.node_key).is_none() {
        return Err(Refusal::NotAPublicKey.into());
    }
    if facts.key_taken {
        return Err(Refusal::KeyTaken.into());
    }
    Ok(())
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: OfficeRegistered = entry.body()?;
    let key = public_key(&body.node_key).context("a recorded key is a P-256 point")?;
    tx.execute(
        RECORD_OFFICE,
        &[
            body.participant.as_str().into(),
            (&body.label).into(),
            (&body.place).into(),
            (&key.id().to_string()).into(),
            (&body.node_key).into(),
            (&entry.on().to_string()).into(),
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_testkit::refused_in_order;

    use super::{Facts, OfficeName, OfficeRegistered, decide};
    use crate::{Office, Role, testing::*};

    #[test]
    fn the_administrator_registers_a_label_once() {
        let request = OfficeRegistered {
            participant: code("XA"),
            label: "North".into(),
            place: "Northern district".into(),
            node_key: "02...".into(),
        };
        let office = Office {
            name: OfficeName::new(code("XA"), "north").unwrap(),
            place: "elsewhere".into(),
            public_key: A_KEY.into(),
            from_day: jiff::civil::date(2026, 1, 1),
        };
        let facts = Facts {
            officer: officer("XB", Role::Administrator),
            participant: None,
            offices: vec![office],
            key_taken: true,
        };
        refused_in_order(
            &mut (facts, request),
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Clerk)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::Administrator)),
                ("not_a_participant", |w| w.0.participant = Some(participant("XA"))),
                ("not_an_office_label", |w| w.1.label = "north".into()),
                ("office_label_taken", |w| w.0.offices.clear()),
                ("not_a_public_key", |w| w.1.node_key = A_KEY.into()),
                ("key_taken", |w| w.0.key_taken = false),
            ],
        );
    }
}
