//! Name an officer, with roles and a first key.
//!
//! Scheme: Section IV(b), Annex II.1. Closes: L19 (roles that one person may not hold together are refused here; who
//! names officers can never issue). A trader's person is named with the licence that it acts for, and holds no other role
//! (Annex II.13: who trades is known by licence). Appends `officer_named` to the body's log. The founding officer of a new node is
//! named by the node itself, once; the first administrator of a participant by the secretariat; all others by an
//! administrator of their own participant, or by the secretariat for officers of the scheme.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_sign::PublicKey;
use kp_terms::Refuse;

use crate::{
    Authority, Exporter, Officer, Role,
    name_authority::{id_belongs_to, is_plain_id_of},
    queries, register_key,
    rules::may_act,
};

const RECORD_OFFICER: Sql = sql!("record_officer");

kp_terms::form! {
    /// An officer is named.
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct OfficerNamed {
        /// Participant's code, or the word scheme.
        body: LogOwner, "XA";
        /// Short id, lower case, starting with the code (or with scheme).
        officer_id: String, "xa-clerk-1";
        /// Name as a person writes it.
        name: String, "A. Sample";
        /// The authority served; empty for officers of the scheme.
        authority_id: Option<String>, "xa-gdo";
        /// What the officer may do.
        roles: Vec<Role>, "clerk";
        /// Public half of the officer's first key, hexadecimal; the doors fill this in.
        public_key: String, "02...";
        /// For a trader's person only: the licence that it acts for.
        licence_number: Option<String>, "XA-EXP-7";
    }
}

impl Statement for OfficerNamed {
    const KIND: &'static str = "officer_named";

    fn owner(&self) -> LogOwner {
        self.body
    }

    /// Empty: an officer is a person, and entries are published.
    fn subject(&self) -> String {
        String::new()
    }
}

kp_terms::refusals! {
    /// Why an officer is not named.
    pub enum Refusal {
        /// Officers serve participants.
        NotAParticipant { body: LogOwner } = "not_a_participant", "{body} is not a participant; admit it first", "CD Section VI.8; Section IV(b): a participant's own authority acts";
        /// The id is in use.
        IdTaken { id: String } = "officer_id_taken", "the id {id} belongs to another officer already", "one id, one person";
        /// The id does not begin with the body's code.
        IdNotOfBody { id: String, body: LogOwner } = "officer_id_not_of_body",
            "the id {id} must be lower case, start with {body} and a hyphen, and have at most 40 characters; for example xa-clerk-1", "ids are unique across bodies";
        /// No role given.
        NoRole { id: String } = "officer_without_role", "{id} would hold no role; name at least one", "CD Section IV(b)";
        /// A role of the scheme for a participant's officer, or the other way round.
        RoleOfOtherBody { role: Role, body: LogOwner } = "role_of_another_body",
            "the role {role} does not exist in {body}", "domain 2: who may decide what";
        /// Two roles that one person may not hold.
        RolesIncompatible { first: Role, second: Role, reason: &'static str } = "roles_incompatible",
            "one person may not be both {first} and {second}: {reason}", "separation of duties (L19)";
        /// Nobody could name the others.
        FirstMustName { body: LogOwner, role: Role } = "first_officer_cannot_name_others",
            "the first officer of {body} must hold the role {role}, or nobody could name the others", "CD Section IV(b); administrators name officers";
        /// The authority is unknown or another participant's.
        NoSuchAuthority { id: String } = "no_such_authority", "{id} is not an authority of this participant; name it first", "CD Section IV(b)";
        /// A trader without a licence.
        TraderWithoutLicence { id: String } = "trader_without_licence", "{id} would act for no licence; a trader's person is named with the licence of its house", "CD Annex II.13: traders are licensed";
        /// An officer with one.
        LicenceOfOfficer { id: String } = "licence_of_an_officer", "{id} would serve an authority and act for a licence; leave the licence out, or name a trader", "separation of duties (L19)";
        /// The licence is unknown or another participant's.
        NoSuchLicence { number: String } = "no_such_licence_of_trader", "{number} is not a licence of this participant; license the trader first", "CD Annex II.13";
        /// The key is unreadable.
        NotAPublicKey = "not_a_public_key", "the public key is not a compressed P-256 point in hexadecimal (66 digits)", "rulings 3";
        /// The key already belongs to somebody.
        KeyTaken = "key_taken", "this key is registered already; every officer and device has a key of its own", "security 6: no shared accounts";
    }
}

struct Facts {
    officer: Option<Officer>,
    founding: bool,
    is_participant: bool,
    officers_of_body: i64,
    existing: Option<Officer>,
    authority: Option<Authority>,
    exporter: Option<Exporter>,
    key_taken: bool,
}

/// Names an officer.
///
/// # Errors
/// Refuses where the signer may not, or the roles, id, authority or key do not serve.
pub fn name_officer(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &OfficerNamed) -> Result<Entry, Failure> {
    let officers_of_scheme = queries::officers_of_body_count(tx, "scheme")?;
    let founding = officers_of_scheme == 0 && desk.signer.id == desk.node.signer.id;
    let facts = Facts {
        officer: if founding { None } else { Some(queries::officer_at_desk(tx, desk)?) },
        founding,
        is_participant: match request.body {
            LogOwner::Scheme => true,
            LogOwner::Participant(code) => queries::participant_by_code(tx, code)?.is_some(),
        },
        officers_of_body: queries::officers_of_body_count(tx, &request.body.to_string())?,
        existing: queries::officer_by_id(tx, &request.officer_id)?,
        authority: match &request.authority_id {
            Some(id) => queries::authority_by_id(tx, id)?,
            None => None,
        },
        exporter: match &request.licence_number {
            Some(number) => queries::exporter_by_licence(tx, number)?,
            None => None,
        },
        key_taken: register_key::is_taken(tx, &request.public_key)?,
    };
    decide(&facts, request)?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &OfficerNamed) -> Result<(), Box<dyn Refuse>> {
    signer_may_name(facts, request)?;
    if !facts.is_participant {
        return Err(Refusal::NotAParticipant { body: request.body }.into());
    }
    check_id(request)?;
    if facts.existing.is_some() {
        return Err(Refusal::IdTaken { id: request.officer_id.clone() }.into());
    }
    check_roles(request)?;
    let role = naming_role(request.body);
    if facts.officers_of_body == 0 && !request.roles.contains(&role) {
        return Err(Refusal::FirstMustName { body: request.body, role }.into());
    }
    if let Some(id) = &request.authority_id {
        let own =
            facts.authority.as_ref().is_some_and(|a| LogOwner::Participant(a.participant) == request.body);
        if !own {
            return Err(Refusal::NoSuchAuthority { id: id.clone() }.into());
        }
    }
    check_licence(facts, request)?;
    if public_key(&request.public_key).is_none() {
        return Err(Refusal::NotAPublicKey.into());
    }
    if facts.key_taken {
        return Err(Refusal::KeyTaken.into());
    }
    Ok(())
}

/// The role that names officers of a body.
pub(crate) const fn naming_role(body: LogOwner) -> Role {
    match body {
        LogOwner::Scheme => Role::Secretariat,
        LogOwner::Participant(_) => Role::Administrator,
    }
}

fn signer_may_name(facts: &Facts, request: &OfficerNamed) -> Result<(), Box<dyn Refuse>> {
    let Some(officer) = &facts.officer else {
        // The node names its founding officer; after that it names nobody.
        return if facts.founding {
            Ok(())
        } else {
            Err(may_act::Refusal::NotAnOfficer { id: String::new() }.into())
        };
    };
    match request.body {
        LogOwner::Scheme => may_act::of_scheme(officer, Role::Secretariat),
        LogOwner::Participant(_) if facts.officers_of_body == 0 => {
            may_act::of_scheme(officer, Role::Secretariat)
        }
        LogOwner::Participant(code) => may_act::of_participant(officer, Role::Administrator, code),
    }
}

fn check_id(request: &OfficerNamed) -> Result<(), Box<dyn Refuse>> {
    let serves = match request.body {
        LogOwner::Scheme => is_plain_id_of(&request.officer_id, "scheme"),
        LogOwner::Participant(code) => id_belongs_to(&request.officer_id, code),
    };
    if serves {
        Ok(())
    } else {
        Err(Refusal::IdNotOfBody { id: request.officer_id.clone(), body: request.body }.into())
    }
}

fn check_roles(request: &OfficerNamed) -> Result<(), Box<dyn Refuse>> {
    if request.roles.is_empty() {
        return Err(Refusal::NoRole { id: request.officer_id.clone() }.into());
    }
    let of_scheme = request.body == LogOwner::Scheme;
    if let Some(role) = request.roles.iter().find(|role| role.is_of_scheme() != of_scheme) {
        return Err(Refusal::RoleOfOtherBody { role: *role, body: request.body }.into());
    }
    let holds = |role| request.roles.contains(role);
    match Role::INCOMPATIBLE.iter().find(|(first, second, _)| holds(first) && holds(second)) {
        Some((first, second, reason)) => {
            Err(Refusal::RolesIncompatible { first: *first, second: *second, reason }.into())
        }
        None => Ok(()),
    }
}

/// A trader's person acts for a licence of the body, and nobody else does.
fn check_licence(facts: &Facts, request: &OfficerNamed) -> Result<(), Box<dyn Refuse>> {
    let id = request.officer_id.clone();
    match (&request.licence_number, request.roles.contains(&Role::Trader)) {
        (None, false) => Ok(()),
        (None, true) => Err(Refusal::TraderWithoutLicence { id }.into()),
        (Some(_), false) => Err(Refusal::LicenceOfOfficer { id }.into()),
        (Some(number), true) => {
            let own = |e: &Exporter| LogOwner::Participant(e.participant) == request.body;
            match facts.exporter.as_ref().is_some_and(own) {
                true => Ok(()),
                false => Err(Refusal::NoSuchLicence { number: number.clone() }.into()),
            }
        }
    }
}

/// Reads a public key from its hexadecimal form, which is 66 digits and nothing else.
pub fn public_key(hex: &str) -> Option<PublicKey> {
    if hex.len() != 66 || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let digits = hex.as_bytes().chunks(2);
    let bytes: Option<Vec<u8>> = digits
        .map(|pair| std::str::from_utf8(pair).ok().and_then(|p| u8::from_str_radix(p, 16).ok()))
        .collect();
    PublicKey::from_bytes(&bytes?).ok()
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: OfficerNamed = entry.body()?;
    let mut roles = body.roles.clone();
    roles.sort_unstable();
    roles.dedup();
    let roles: Vec<&str> = roles.iter().map(|r| r.word()).collect();
    tx.execute(
        RECORD_OFFICER,
        &[
            (&body.officer_id).into(),
            (&body.body.to_string()).into(),
            body.authority_id.as_ref().into(),
            (&body.name).into(),
            (&roles.join(" ")).into(),
            body.licence_number.as_ref().into(),
        ],
    )?;
    register_key::record(tx, entry, &body.officer_id, &body.public_key, "first key")
}

#[cfg(test)]
mod tests {
    use kp_testkit::refused_in_order;

    use super::{Facts, LogOwner, OfficerNamed, decide, public_key};
    use crate::{Authority, Duty, Role, testing::*};

    fn authority(of: &str) -> Authority {
        Authority { id: "xa-gdo".into(), participant: code(of), name: "Office".into(), duty: Duty::Both }
    }

    /// A first officer of XA about whom nothing is right.
    fn everything_wrong() -> (Facts, OfficerNamed) {
        let facts = Facts {
            officer: None,
            founding: false,
            is_participant: false,
            officers_of_body: 0,
            existing: Some(officer("XA", Role::Clerk)),
            authority: Some(authority("XB")),
            exporter: None,
            key_taken: true,
        };
        let request = OfficerNamed {
            body: LogOwner::Participant(code("XA")),
            officer_id: "xb-clerk-1".into(),
            name: "A. Sample".into(),
            authority_id: Some("xa-gdo".into()),
            roles: Vec::new(),
            public_key: "02...".into(),
            licence_number: None,
        };
        (facts, request)
    }

    #[test]
    fn the_first_officer_of_a_participant_is_named_by_the_secretariat_and_can_name_others() {
        let mut world = everything_wrong();
        refused_in_order(
            &mut world,
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("not_an_officer", |w| w.0.officer = Some(officer("XA", Role::Administrator))),
                ("officer_of_another_body", |w| w.0.officer = Some(officer("scheme", Role::Statistics))),
                ("role_missing", |w| w.0.officer = Some(officer("scheme", Role::Secretariat))),
                ("not_a_participant", |w| w.0.is_participant = true),
                ("officer_id_not_of_body", |w| w.1.officer_id = "xa-admin-1".into()),
                ("officer_id_taken", |w| w.0.existing = None),
                ("officer_without_role", |w| w.1.roles = vec![Role::Statistics, Role::Clerk, Role::Approver]),
                ("role_of_another_body", |w| w.1.roles = vec![Role::Clerk, Role::Approver]),
                ("roles_incompatible", |w| w.1.roles = vec![Role::Clerk, Role::Customs]),
                ("first_officer_cannot_name_others", |w| w.1.roles = vec![Role::Administrator]),
                ("no_such_authority", |w| w.0.authority = Some(authority("XA"))),
                ("not_a_public_key", |w| w.1.public_key = A_KEY.into()),
                ("key_taken", |w| w.0.key_taken = false),
            ],
        );
    }

    #[test]
    fn further_officers_are_named_by_an_administrator_of_their_own() {
        let mut world = everything_wrong();
        world.0 =
            Facts { officers_of_body: 1, is_participant: true, existing: None, key_taken: false, ..world.0 };
        world.1.officer_id = "xa-clerk-1".into();
        world.1.roles = vec![Role::Clerk];
        world.1.public_key = A_KEY.into();
        world.0.officer = Some(officer("scheme", Role::Secretariat));
        refused_in_order(
            &mut world,
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("officer_of_another_body", |w| w.0.officer = Some(officer("XA", Role::Clerk))),
                ("role_missing", |w| w.0.officer = Some(officer("XA", Role::Administrator))),
                ("no_such_authority", |w| w.1.authority_id = None),
            ],
        );
    }

    #[test]
    fn the_node_names_one_founder_who_can_name_others() {
        let mut world = everything_wrong();
        world.0 = Facts { founding: true, is_participant: true, existing: None, key_taken: false, ..world.0 };
        world.1 = OfficerNamed {
            body: LogOwner::Scheme,
            officer_id: "scheme-".into(),
            authority_id: None,
            roles: vec![Role::Clerk],
            public_key: A_KEY.into(),
            ..world.1
        };
        refused_in_order(
            &mut world,
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("officer_id_not_of_body", |w| w.1.officer_id = "scheme-sec-1".into()),
                ("role_of_another_body", |w| w.1.roles = vec![Role::Statistics]),
                ("first_officer_cannot_name_others", |w| {
                    w.1.roles = vec![Role::Statistics, Role::Secretariat]
                }),
            ],
        );
    }

    #[test]
    fn a_traders_person_is_named_with_a_licence_of_the_participant_and_nobody_else_is() {
        let mut world = everything_wrong();
        world.0 =
            Facts { officers_of_body: 1, is_participant: true, existing: None, key_taken: false, ..world.0 };
        world.0.officer = Some(officer("XA", Role::Administrator));
        world.1 = OfficerNamed {
            officer_id: "xa-stones-1".into(),
            authority_id: None,
            roles: vec![Role::Trader],
            public_key: A_KEY.into(),
            ..world.1
        };
        let exporter = |of: &str| crate::Exporter {
            licence_number: "XA-EXP-7".into(),
            participant: code(of),
            holder: "River Stones".into(),
            address: "1 Market Road".into(),
            valid_from: jiff::civil::date(2026, 1, 1),
            valid_until: jiff::civil::date(2026, 12, 31),
        };
        world.0.exporter = Some(exporter("XB"));
        refused_in_order(
            &mut world,
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("trader_without_licence", |w| {
                    w.1.licence_number = Some("XA-EXP-7".into());
                    w.1.roles = vec![Role::Clerk];
                }),
                ("licence_of_an_officer", |w| w.1.roles = vec![Role::Trader]),
                ("no_such_licence_of_trader", |w| {
                    w.0.exporter.as_mut().expect("it is there").participant = code("XA");
                }),
            ],
        );
    }

    /// L19: each pair is refused whatever else is held.
    #[test]
    fn no_person_holds_two_roles_that_watch_each_other() {
        for (first, second, _) in Role::INCOMPATIBLE {
            let (mut facts, mut request) = everything_wrong();
            facts = Facts {
                officers_of_body: 1,
                is_participant: true,
                existing: None,
                key_taken: false,
                ..facts
            };
            facts.officer = Some(officer("XA", Role::Administrator));
            request.officer_id = "xa-both-1".into();
            if first.is_of_scheme() {
                facts.officer = Some(officer("scheme", Role::Secretariat));
                request.body = LogOwner::Scheme;
                request.officer_id = "scheme-both-1".into();
                request.authority_id = None;
            }
            // Something between them that goes with both.
            let goes_with_both = match first {
                Role::Auditor | Role::Observer | Role::Trader => *first,
                _ => Role::FocalPoint,
            };
            request.roles = vec![*second, goes_with_both, *first];
            let refused = decide(&facts, &request).unwrap_err();
            assert_eq!(refused.key(), "roles_incompatible");
            let sentence = refused.to_string();
            assert!(sentence.contains(first.word()) && sentence.contains(second.word()), "{sentence}");
        }
    }

    #[test]
    fn a_public_key_is_66_digits_of_a_point() {
        assert!(public_key(A_KEY).is_some() && public_key(&A_KEY.to_uppercase()).is_some());
        let signs = format!("0+{}", &A_KEY[2..]);
        for bad in ["", "02", &A_KEY[..65], &format!("{A_KEY}0"), &signs, &"00".repeat(33), &"é".repeat(33)]
        {
            assert!(public_key(bad).is_none(), "{bad}");
        }
    }
}
