//! Questions about the registry, one thin typed function per statement in `sql/`.

mod document_keys;
mod trading;

use anyhow::Result;
use jiff::civil::Date;
use kp_db::{Row, Sql, Tx, sql};
use kp_log::{Desk, Failure};
use kp_terms::{Carats, ParticipantCode};

use crate::{Override, Role, RuleSet, rules::may_act};

pub use document_keys::*;
pub use trading::*;

const OFFICES: Sql = sql!("offices");
const PARTICIPANT_BY_CODE: Sql = sql!("participant_by_code");
const PARTICIPANTS: Sql = sql!("participants");
const PARTICIPANTS_AFTER: Sql = sql!("participants_after");
const OFFICER_BY_ID: Sql = sql!("officer_by_id");
const OFFICERS: Sql = sql!("officers");
const OFFICERS_OF_BODY_COUNT: Sql = sql!("officers_of_body_count");
const KEY_OF_OFFICER: Sql = sql!("key_of_officer");
const KEY_BY_ID: Sql = sql!("key_by_id");
const AUTHORITY_BY_ID: Sql = sql!("authority_by_id");
const AUTHORITIES: Sql = sql!("authorities");
const EXPORTER_BY_LICENCE: Sql = sql!("exporter_by_licence");
const EXPORTERS: Sql = sql!("exporters");
const EXPORTERS_OF_PARTICIPANT: Sql = sql!("exporters_of_participant");
const EXPORTERS_ENDING: Sql = sql!("exporters_ending");
const CAPACITIES_OF_PARTICIPANT: Sql = sql!("capacities_of_participant");
const KEYS_OF_BODY: Sql = sql!("keys_of_body");
const KEYS_OF_OFFICER: Sql = sql!("keys_of_officer");
const SPECIMENS_OF_PARTICIPANT: Sql = sql!("specimens_of_participant");
const NATIONAL_RULES_OF_PARTICIPANT: Sql = sql!("national_rules_of_participant");
const OVERRIDES_OF_PARTICIPANT: Sql = sql!("overrides_of_participant");
const OVERRIDES_OF_SUBJECT: Sql = sql!("overrides_of_subject");

/// A participant as registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// Two letters.
    pub code: ParticipantCode,
    /// Its name.
    pub name: String,
    /// First civil day of membership.
    pub member_from: Date,
    /// The decision that admitted it.
    pub legal_act: String,
}

/// An officer as registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Officer {
    /// Short id, `xa-clerk-1`.
    pub id: String,
    /// Participant code, or `scheme`.
    pub body: String,
    /// The authority served, where the body is a participant.
    pub authority: Option<String>,
    /// Name as a person writes it.
    pub name: String,
    /// Roles held.
    pub roles: Vec<Role>,
    /// The licence that a trader's person acts for; none of an authority's officers has one.
    pub licence: Option<String>,
}

impl Officer {
    /// Whether this is a trader's person, who comes to an authority's desk and does not belong to it.
    pub fn is_trader(&self) -> bool {
        self.roles.contains(&Role::Trader)
    }
}

/// An authority as registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authority {
    /// Short id, `xa-gdo`.
    pub id: String,
    /// Whose authority.
    pub participant: ParticipantCode,
    /// Its name.
    pub name: String,
    /// exporting, importing or both.
    pub duty: crate::Duty,
}

/// A licensed exporter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exporter {
    /// Licence number.
    pub licence_number: String,
    /// Who licensed it.
    pub participant: ParticipantCode,
    /// Holder.
    pub holder: String,
    /// Address.
    pub address: String,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_until: Date,
}

impl Exporter {
    /// Whether the licence is in force on a day.
    pub fn is_active_on(&self, day: Date) -> bool {
        self.valid_from <= day && day <= self.valid_until
    }
}

/// A capacity estimate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capacity {
    /// Place of the statement in the log.
    pub position: u64,
    /// Whose ground.
    pub participant: ParticipantCode,
    /// High estimate, carats a year.
    pub high: Carats,
    /// From which year on.
    pub from_year: i16,
    /// Who estimated.
    pub source: String,
    /// When.
    pub dated: Date,
}

/// The participant with this code.
///
/// # Errors
/// Where the database fails.
pub fn participant_by_code(tx: &mut Tx<'_>, code: ParticipantCode) -> Result<Option<Participant>> {
    tx.optional(PARTICIPANT_BY_CODE, &[code.as_str().into()], participant)
}

/// All participants, by code.
///
/// # Errors
/// Where the database fails.
pub fn participants(tx: &mut Tx<'_>) -> Result<Vec<Participant>> {
    tx.rows(PARTICIPANTS, &[], participant)
}

/// Participants by code, those after one (empty: from the first), at most `limit`.
///
/// # Errors
/// Where the database fails.
pub fn participants_after(tx: &mut Tx<'_>, code: &str, limit: u32) -> Result<Vec<Participant>> {
    tx.rows(PARTICIPANTS_AFTER, &[code.into(), i64::from(limit).into()], participant)
}

fn participant(row: &Row<'_>) -> Result<Participant> {
    Ok(Participant {
        code: row.word(0)?,
        name: row.get(1)?,
        member_from: row.word(2)?,
        legal_act: row.get(3)?,
    })
}

/// The officer with this id.
///
/// # Errors
/// Where the database fails.
pub fn officer_by_id(tx: &mut Tx<'_>, id: &str) -> Result<Option<Officer>> {
    tx.optional(OFFICER_BY_ID, &[id.into()], officer)
}

/// All officers, by id.
///
/// # Errors
/// Where the database fails.
pub fn officers(tx: &mut Tx<'_>) -> Result<Vec<Officer>> {
    tx.rows(OFFICERS, &[], officer)
}

/// How many officers a body (a participant's code, or `scheme`) has.
///
/// # Errors
/// Where the database fails.
pub fn officers_of_body_count(tx: &mut Tx<'_>, body: &str) -> Result<i64> {
    tx.one(OFFICERS_OF_BODY_COUNT, &[body.into()], |row| row.get(0))
}

fn officer(row: &Row<'_>) -> Result<Officer> {
    let roles: String = row.get(4)?;
    Ok(Officer {
        id: row.get(0)?,
        body: row.get(1)?,
        authority: row.get(2)?,
        name: row.get(3)?,
        roles: roles.split_whitespace().map(str::parse).collect::<Result<_, _>>()?,
        licence: row.get(5)?,
    })
}

/// The officer who stands at a desk, with the key that signs there registered and not withdrawn.
///
/// # Errors
/// Refuses where the officer or the key is not registered; fails where the database does.
pub fn officer_at_desk(tx: &mut Tx<'_>, desk: &Desk<'_>) -> Result<Officer, Failure> {
    let id = desk.signer.id.clone();
    let Some(officer) = officer_by_id(tx, &id)? else {
        return Err(Failure::refused(may_act::Refusal::NotAnOfficer { id }));
    };
    let key_id = desk.signer.key.public().id().to_string();
    // Withdrawn is withdrawn, whatever a desk's clock says: the log's order decides, and a reader of the log alone
    // (`LogKeyBook`) would not believe a later signature either.
    let withdrawn_at: Option<Option<String>> =
        tx.optional(KEY_OF_OFFICER, &[(&id).into(), (&key_id).into()], |row| row.get(0))?;
    if withdrawn_at == Some(None) {
        Ok(officer)
    } else {
        Err(Failure::refused(may_act::Refusal::KeyNotRegistered { id }))
    }
}

/// The ids of an officer's keys in force.
///
/// # Errors
/// Where the database fails.
pub fn keys_of_officer(tx: &mut Tx<'_>, officer_id: &str) -> Result<Vec<String>> {
    tx.rows(KEYS_OF_OFFICER, &[officer_id.into()], |row| row.get(0))
}

/// Whose key this is, withdrawn or not; none where it is not an officer's.
///
/// # Errors
/// Where the database fails.
pub fn officer_of_key(tx: &mut Tx<'_>, key_id: &str) -> Result<Option<String>> {
    tx.optional(KEY_BY_ID, &[key_id.into()], |row| row.get(0))
}

/// The authority with this id.
///
/// # Errors
/// Where the database fails.
pub fn authority_by_id(tx: &mut Tx<'_>, id: &str) -> Result<Option<Authority>> {
    tx.optional(AUTHORITY_BY_ID, &[id.into()], authority)
}

/// All authorities, by id.
///
/// # Errors
/// Where the database fails.
pub fn authorities(tx: &mut Tx<'_>) -> Result<Vec<Authority>> {
    tx.rows(AUTHORITIES, &[], authority)
}

fn authority(row: &Row<'_>) -> Result<Authority> {
    Ok(Authority { id: row.get(0)?, participant: row.word(1)?, name: row.get(2)?, duty: row.word(3)? })
}

/// The exporter with this licence number.
///
/// # Errors
/// Where the database fails.
pub fn exporter_by_licence(tx: &mut Tx<'_>, licence_number: &str) -> Result<Option<Exporter>> {
    tx.optional(EXPORTER_BY_LICENCE, &[licence_number.into()], exporter)
}

/// All licensed exporters, by licence number.
///
/// # Errors
/// Where the database fails.
pub fn exporters(tx: &mut Tx<'_>) -> Result<Vec<Exporter>> {
    tx.rows(EXPORTERS, &[], exporter)
}

/// The first exporters of a participant by name, at most `limit`.
///
/// # Errors
/// Where the database fails.
pub fn exporters_of_participant(tx: &mut Tx<'_>, code: ParticipantCode, limit: u32) -> Result<Vec<Exporter>> {
    tx.rows(EXPORTERS_OF_PARTICIPANT, &[code.as_str().into(), i64::from(limit).into()], exporter)
}

/// A participant's licences that end between two days, both included; the first to end first, at most `limit`.
///
/// # Errors
/// Where the database fails.
pub fn exporters_ending(
    tx: &mut Tx<'_>,
    code: ParticipantCode,
    from: Date,
    until: Date,
    limit: u32,
) -> Result<Vec<Exporter>> {
    let (from, until) = (from.to_string(), until.to_string());
    let params = [code.as_str().into(), (&from).into(), (&until).into(), i64::from(limit).into()];
    tx.rows(EXPORTERS_ENDING, &params, exporter)
}

fn exporter(row: &Row<'_>) -> Result<Exporter> {
    Ok(Exporter {
        licence_number: row.get(0)?,
        participant: row.word(1)?,
        holder: row.get(2)?,
        address: row.get(3)?,
        valid_from: row.word(4)?,
        valid_until: row.word(5)?,
    })
}

/// Every capacity estimate on file for a participant, oldest statement first.
///
/// # Errors
/// Where the database fails.
pub fn capacities_of_participant(tx: &mut Tx<'_>, code: ParticipantCode) -> Result<Vec<Capacity>> {
    tx.rows(CAPACITIES_OF_PARTICIPANT, &[code.as_str().into()], |row| {
        Ok(Capacity {
            position: u64::try_from(row.get::<i64>(5)?)?,
            participant: row.word(0)?,
            high: Carats::from_hundredths(row.get(1)?),
            from_year: i16::try_from(row.get::<i64>(2)?)?,
            source: row.get(3)?,
            dated: row.word(4)?,
        })
    })
}

/// Every national rule that a participant has set, oldest statement first; see [`rule_on`](crate::rule_on).
///
/// # Errors
/// Where the database fails.
pub fn national_rules_of_participant(tx: &mut Tx<'_>, code: ParticipantCode) -> Result<Vec<RuleSet>> {
    tx.rows(NATIONAL_RULES_OF_PARTICIPANT, &[code.as_str().into()], |row| {
        Ok(RuleSet {
            rule: row.word(0)?,
            value: row.get(1)?,
            effective_from: row.word(2)?,
            legal_act: row.get(3)?,
        })
    })
}

/// One form of a participant's paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Specimen {
    /// Whose form.
    pub participant: ParticipantCode,
    /// The form's own name or version.
    pub form: String,
    /// First day of issue on it.
    pub valid_from: Date,
    /// Last day of issue on it.
    pub valid_until: Option<Date>,
    /// What to look for.
    pub features: Vec<String>,
    /// SHA-256 of the picture, hexadecimal.
    pub picture_hash: String,
}

/// The forms of a participant, in the order of their first days.
///
/// # Errors
/// Where the database fails.
pub fn specimens_of_participant(tx: &mut Tx<'_>, code: ParticipantCode) -> Result<Vec<Specimen>> {
    tx.rows(SPECIMENS_OF_PARTICIPANT, &[code.as_str().into()], |row| {
        Ok(Specimen {
            participant: row.word(0)?,
            form: row.get(1)?,
            valid_from: row.word(2)?,
            valid_until: row.optional_word(3)?,
            features: row.get::<String>(4)?.lines().map(str::to_owned).collect(),
            picture_hash: row.get(5)?,
        })
    })
}

/// An office with a node of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// Whose, and its label.
    pub name: kp_log::OfficeName,
    /// Where it is, in words.
    pub place: String,
    /// Its node's statement key, hexadecimal.
    pub public_key: String,
    /// The day it was registered.
    pub from_day: Date,
}

/// All offices, by participant and label.
///
/// # Errors
/// Where the database fails.
pub fn offices(tx: &mut Tx<'_>) -> Result<Vec<Office>> {
    tx.rows(OFFICES, &[], |row| {
        Ok(Office {
            name: kp_log::OfficeName::new(row.word(0)?, &row.get::<String>(1)?)?,
            place: row.get(2)?,
            public_key: row.get(3)?,
            from_day: row.word(4)?,
        })
    })
}

/// The public keys in force of a body's officers (a participant's code, or `scheme`) who hold a role, in the order of
/// their key ids.
///
/// # Errors
/// Where the database fails or a recorded key is none.
pub fn keys_of_role(tx: &mut Tx<'_>, body: &str, role: Role) -> Result<Vec<kp_sign::PublicKey>> {
    let holders: Vec<Officer> =
        officers(tx)?.into_iter().filter(|o| o.body == body && o.roles.contains(&role)).collect();
    let keys: Vec<(String, String)> =
        tx.rows(KEYS_OF_BODY, &[body.into()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    keys.into_iter()
        .filter(|(officer, _)| holders.iter().any(|holder| holder.id == *officer))
        .map(|(officer, key)| {
            crate::name_officer::public_key(&key)
                .ok_or_else(|| anyhow::anyhow!("the recorded key of {officer} is not a P-256 point"))
        })
        .collect()
}

/// The value of a national rule in force on a day.
///
/// # Errors
/// Where the database fails.
pub fn national_rule_on(
    tx: &mut Tx<'_>,
    code: ParticipantCode,
    rule: crate::NationalRule,
    day: Date,
) -> Result<String> {
    let sets = national_rules_of_participant(tx, code)?;
    Ok(crate::rule_on(&sets, rule, day).to_owned())
}

/// Every refusal that a participant's directors have set aside, oldest first: what reviewers count.
///
/// # Errors
/// Where the database fails.
pub fn overrides_of_participant(tx: &mut Tx<'_>, code: ParticipantCode) -> Result<Vec<Override>> {
    tx.rows(OVERRIDES_OF_PARTICIPANT, &[code.as_str().into()], overridden)
}

/// How many refusals a participant's directors have set aside in a calendar year: a figure of its annual report.
///
/// # Errors
/// Where the database fails.
pub fn overrides_in_year(tx: &mut Tx<'_>, code: ParticipantCode, year: i16) -> Result<usize> {
    let all = overrides_of_participant(tx, code)?;
    Ok(all.iter().filter(|row| kp_log::day_of(row.at).year() == year).count())
}

/// Every refusal that was set aside about one certificate number, oldest first.
///
/// # Errors
/// Where the database fails.
pub fn overrides_of_subject(tx: &mut Tx<'_>, subject: &str) -> Result<Vec<Override>> {
    tx.rows(OVERRIDES_OF_SUBJECT, &[subject.into()], overridden)
}

fn overridden(row: &Row<'_>) -> Result<Override> {
    Ok(Override {
        entry: row.get(0)?,
        participant: row.word(1)?,
        act: row.get(2)?,
        subject: row.get(3)?,
        refusal: row.get(4)?,
        reason: row.get(5)?,
        legal_basis: row.get(6)?,
        director: row.get(7)?,
        at: row.word(8)?,
        used_at: row.optional_word(9)?,
    })
}
