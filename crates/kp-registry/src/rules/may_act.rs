//! Who stands at the desk: a registered officer, with a registered key, in the role that the act needs, of the body
//! whose act it is.
//!
//! Scheme: Section IV (authorities are designated), Annex II.1. Closes: L19 together with four eyes.

use kp_terms::{ParticipantCode, Refuse};

use crate::{Officer, Role};

kp_terms::refusals! {
    /// Why this person may not do this act.
    pub enum Refusal {
        /// Nobody of that id is registered.
        NotAnOfficer { id: String } = "not_an_officer",
            "{id} is not a registered officer", "CD Section IV(b): designated authorities act";
        /// The key is unknown or withdrawn.
        KeyNotRegistered { id: String } = "key_not_registered",
            "the key that {id} signs with is not registered, or was withdrawn", "rulings 3: every act is signed with a registered key";
        /// The officer belongs elsewhere.
        OtherBody { id: String, own: String, needed: String } = "officer_of_another_body",
            "{id} is an officer of {own}; this is an act of {needed}", "CD Section IV(b): each participant's own authority acts";
        /// The role is missing.
        RoleMissing { id: String, role: Role } = "role_missing",
            "{id} does not hold the role {role}, which this act needs", "separation of duties (L19)";
    }
}

/// Checks that an officer holds one role of one participant.
///
/// # Errors
/// The first reason that applies.
pub fn of_participant(
    officer: &Officer,
    role: Role,
    participant: ParticipantCode,
) -> Result<(), Box<dyn Refuse>> {
    of_body(officer, role, &participant.to_string())
}

/// Checks that an officer holds one role of the scheme.
///
/// # Errors
/// The first reason that applies.
pub fn of_scheme(officer: &Officer, role: Role) -> Result<(), Box<dyn Refuse>> {
    of_body(officer, role, "scheme")
}

fn of_body(officer: &Officer, role: Role, body: &str) -> Result<(), Box<dyn Refuse>> {
    let id = officer.id.clone();
    if officer.body != body {
        return Err(Refusal::OtherBody { id, own: officer.body.clone(), needed: body.to_owned() }.into());
    }
    if !officer.roles.contains(&role) {
        return Err(Refusal::RoleMissing { id, role }.into());
    }
    Ok(())
}
