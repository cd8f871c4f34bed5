//! Statement to tables: used when an act is done, and again when everything is rebuilt from the log.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Entry, Statement};

use crate::{
    admit_participant::{self, ParticipantAdmitted},
    change_standing::{self, StandingChanged},
    end_mandate::{self, MandateEnded},
    end_membership::{self, MembershipEnded},
    grant_mandate::{self, MandateGranted},
    license_exporter::{self, ExporterLicensed},
    name_authority::{self, AuthorityNamed},
    name_officer::{self, OfficerNamed},
    override_refusal::{self, RefusalOverridden},
    record_capacity::{self, CapacityRecorded},
    record_condition_met::{self, ConditionMet},
    record_recognition::{self, RecognitionRecorded},
    record_specimen::{self, SpecimenRecorded},
    record_zone_state::{self, ZoneStateRecorded},
    register_document_key::{self, DocumentKeyRegistered},
    register_key::{self, KeyRegistered},
    register_office::{self, OfficeRegistered},
    report_key_compromise::{self, KeyCompromiseReported},
    retire_document_key::{self, DocumentKeyRetired},
    set_national_rule::{self, NationalRuleSet},
    withdraw_key::{self, KeyWithdrawn},
    witness_ceremony::{self, CeremonyWitnessed},
};

/// The tables this crate owns and rebuilds.
pub const TABLES: &[&str] = &[
    "registry_participant",
    "registry_standing",
    "registry_authority",
    "registry_officer",
    "registry_key",
    "registry_exporter",
    "registry_capacity",
    "registry_national_rule",
    "registry_specimen",
    "registry_document_key",
    "registry_ceremony_witness",
    "registry_key_cut",
    "registry_membership",
    "registry_zone_state",
    "registry_recognition",
    "registry_condition_met",
    "registry_office",
    "registry_override",
    "registry_mandate",
];

/// Brings one entry into the tables. Entries of other rooms are passed over.
///
/// # Errors
/// Where the database fails or the entry's body does not read.
pub fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    match entry.kind.as_str() {
        ParticipantAdmitted::KIND => admit_participant::apply(tx, entry),
        StandingChanged::KIND => change_standing::apply(tx, entry),
        AuthorityNamed::KIND => name_authority::apply(tx, entry),
        OfficerNamed::KIND => name_officer::apply(tx, entry),
        KeyRegistered::KIND => register_key::apply(tx, entry),
        OfficeRegistered::KIND => register_office::apply(tx, entry),
        KeyWithdrawn::KIND => withdraw_key::apply(tx, entry),
        ExporterLicensed::KIND => license_exporter::apply(tx, entry),
        CapacityRecorded::KIND => record_capacity::apply(tx, entry),
        SpecimenRecorded::KIND => record_specimen::apply(tx, entry),
        NationalRuleSet::KIND => set_national_rule::apply(tx, entry),
        DocumentKeyRegistered::KIND => register_document_key::apply(tx, entry),
        CeremonyWitnessed::KIND => witness_ceremony::apply(tx, entry),
        DocumentKeyRetired::KIND => retire_document_key::apply(tx, entry),
        KeyCompromiseReported::KIND => report_key_compromise::apply(tx, entry),
        MembershipEnded::KIND => end_membership::apply(tx, entry),
        ZoneStateRecorded::KIND => record_zone_state::apply(tx, entry),
        RecognitionRecorded::KIND => record_recognition::apply(tx, entry),
        ConditionMet::KIND => record_condition_met::apply(tx, entry),
        RefusalOverridden::KIND => override_refusal::apply(tx, entry),
        MandateGranted::KIND => grant_mandate::apply(tx, entry),
        MandateEnded::KIND => end_mandate::apply(tx, entry),
        _ => Ok(()),
    }
}

/// Empties the tables of this crate, before they are filled again from the log.
///
/// # Errors
/// Where the database fails.
pub fn clear(tx: &mut Tx<'_>) -> Result<()> {
    tx.batch(
        "DELETE FROM registry_participant; \
         DELETE FROM registry_standing; \
         DELETE FROM registry_authority; \
         DELETE FROM registry_officer; \
         DELETE FROM registry_key; \
         DELETE FROM registry_exporter; \
         DELETE FROM registry_capacity; \
         DELETE FROM registry_national_rule; \
         DELETE FROM registry_specimen; \
         DELETE FROM registry_document_key; \
         DELETE FROM registry_ceremony_witness; \
         DELETE FROM registry_key_cut; \
         DELETE FROM registry_membership; \
         DELETE FROM registry_zone_state; \
         DELETE FROM registry_recognition; \
         DELETE FROM registry_condition_met; \
         DELETE FROM registry_office; \
         DELETE FROM registry_override; \
         DELETE FROM registry_mandate;",
    )
}
