//! Who may act: participants and their standing, authorities, officers and keys, licensed exporters, capacities.
//!
//! Owns the tables `registry_*`. Its statements: `participant_admitted`, `standing_changed`, `authority_named`,
//! `officer_named`, `key_registered`, `key_withdrawn`, `exporter_licensed`, `capacity_recorded`,
//! `national_rule_set`, `refusal_overridden`. Never decides about a
//! certificate, and never holds a private key.

pub mod admit_participant;
pub mod change_standing;
pub mod license_exporter;
pub mod name_authority;
pub mod name_officer;
pub mod override_refusal;
pub mod record_capacity;
pub mod register_key;
pub mod rules;
pub mod set_national_rule;
pub mod withdraw_key;

mod apply;
mod key_book;
mod national_rule;
mod queries;
mod role;
mod standing;
#[cfg(test)]
mod testing;

pub use apply::{TABLES, apply, clear};
pub use key_book::LogKeyBook;
pub use national_rule::{NationalRule, RuleSet, Validity, rule_on};
pub use override_refusal::{NEVER_SET_ASIDE, Override, Overrides, SET_ASIDE, use_override};
pub use queries::*;
pub use role::Role;
pub use standing::{Duty, Standing, StandingChange, UnderWayRule, standing_at};
