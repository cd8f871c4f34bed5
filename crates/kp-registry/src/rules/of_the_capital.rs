//! What is stated at a participant's own node alone, and never at one of its offices.
//!
//! Ours: an office that works without a network knows the registry as it was when it last read the capital's log. If it
//! could name officers or change rules itself, two nodes would disagree about who may act (T35). It works on
//! certificates and blank paper; the registry, the parcels and their values, the figures and the cases stay with the
//! capital: a parcel is in one place and a value is sealed until the last is in, which two nodes that do not hear each
//! other cannot promise; and confirmations from outside wait in one queue. It is looked at when an act is done at an office, when an office's log is taken over, and whenever
//! a log is verified.

/// Kinds beside those that begin as below.
const KINDS: [&str; 40] = [
    "participant_admitted",
    "membership_ended",
    "standing_changed",
    "recognition_recorded",
    "condition_met",
    "zone_state_recorded",
    "authority_named",
    "officer_named",
    "key_registered",
    "key_withdrawn",
    "document_key_registered",
    "ceremony_witnessed",
    "document_key_retired",
    "key_compromise_reported",
    "specimen_recorded",
    "exporter_licensed",
    "capacity_recorded",
    "national_rule_set",
    "refusal_overridden",
    "office_registered",
    // What a mandate still allows is counted in one place.
    "mandate_granted",
    "mandate_ended",
    "application_filed",
    "range_allotted",
    "range_withdrawn",
    "detector_threshold_set",
    "day_reached",
    "log_fork_seen",
    "audit_recorded",
    "weight_adjusted",
    "adjustment_agreed",
    "difference_explained",
    "dissent_recorded",
    "ageing_set",
    // Not all that begin with return: goods are ordered back and taken back at offices.
    "return_submitted",
    "return_declared",
    "return_step_reached",
    "period_approved",
    "period_opened",
    "calendar_begun",
];

/// Whole rooms of the capital, by how their statements begin.
const BEGINNINGS: [&str; 10] = [
    "case_",
    "returns_",
    "parcel_",
    "parcels_",
    "lot_",
    "value_",
    "price_book_",
    "weighing_",
    "confirmation_",
    "confirmations_",
];

/// Whether a kind of statement is the capital's alone.
pub fn is(kind: &str) -> bool {
    KINDS.contains(&kind) || BEGINNINGS.iter().any(|beginning| kind.starts_with(beginning))
}

#[cfg(test)]
mod tests {
    #[test]
    fn certificates_are_made_at_offices_and_officers_are_not() {
        assert!(super::is("parcels_mixed") && super::is("lot_opened") && super::is("refusal_overridden"));
        assert!(super::is("officer_named") && super::is("case_opened") && super::is("returns_loaded"));
        assert!(!super::is("certificate_issued") && !super::is("blanks_counted") && !super::is("log_opened"));
        assert!(
            super::is("return_submitted") && !super::is("return_ordered") && !super::is("return_recorded")
        );
    }
}
