//! Who may act: participants and their standing, authorities, officers and keys, licensed exporters, capacities.
//!
//! Owns the tables `registry_*`. Its statements: `participant_admitted`, `standing_changed`, `authority_named`,
//! `officer_named`, `key_registered`, `key_withdrawn`, `exporter_licensed`, `capacity_recorded`,
//! `national_rule_set`, `document_key_registered`, `ceremony_witnessed`, `document_key_retired`,
//! `key_compromise_reported`, `membership_ended`, `zone_state_recorded`, `recognition_recorded`, `condition_met`. Never decides about a certificate, and never holds a private key.
//! `key_compromise_reported`. Never decides about a certificate, and never holds a private key.
//! `national_rule_set`, `office_registered`. Never decides about a
//! `national_rule_set`, `refusal_overridden`, `mandate_granted`, `mandate_ended`. Never decides about a
//! certificate, and never holds a private key.

pub mod admit_participant;
pub mod change_standing;
pub mod end_mandate;
pub mod end_membership;
pub mod grant_mandate;
pub mod license_exporter;
pub mod name_authority;
pub mod name_officer;
pub mod override_refusal;
pub mod record_capacity;
pub mod record_condition_met;
pub mod record_recognition;
pub mod record_specimen;
pub mod record_zone_state;
pub mod register_document_key;
pub mod register_key;
pub mod register_office;
pub mod report_key_compromise;
pub mod retire_document_key;
pub mod rules;
pub mod set_national_rule;
pub mod withdraw_key;
pub mod witness_ceremony;

mod apply;
mod document_key;
mod key_book;
mod mandate;
mod membership;
mod national_rule;
mod queries;
mod recognition;
mod role;
mod scope;
mod standing;
#[cfg(test)]
mod testing;
mod word;
mod zone_state;

pub use apply::{TABLES, apply, clear};
pub use document_key::{Compromise, DocumentKey, DocumentKeyState, KeyClass, LogCut, signing_key_at};
pub use key_book::{LogKeyBook, Purpose};
pub use mandate::{Mandate, mandate_by_reference, mandates_of_licence};
pub use membership::{
    MembershipChange, MembershipEnd, MembershipSpell, MembershipStep, membership_at, membership_spells,
};
pub use name_officer::public_key;
pub use national_rule::{NationalRule, OfficeHours, RuleSet, Validity, rule_on};
pub use override_refusal::{NEVER_SET_ASIDE, Override, Overrides, SET_ASIDE, use_override};
pub use queries::*;
pub use recognition::{OwnList, Recognition, Unrecognised};
pub use role::Role;
pub use scope::{Condition, Direction, Goods, Part, Scope};
pub use standing::{Duty, Standing, StandingChange, UnderWayRule, standing_at, standing_for};
pub use zone_state::{ZoneChange, ZoneState, zone_on};
