//! The stories inside the binary, so that `kpcs prove` needs no checkout. A test compares the list with the folder.

use crate::story::{Mistake, Story};

/// A story's file and its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextOfStory {
    /// Path from the repository's root.
    pub file: &'static str,
    /// The text.
    pub text: &'static str,
}

macro_rules! stories {
    ($($file:literal),* $(,)?) => {
        /// Every story of `stories/`, in the order of their files.
        pub const STORIES: &[TextOfStory] = &[$(TextOfStory {
            file: $file,
            text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../", $file)),
        }),*];
    };
}

stories![
    "stories/everyday/blanks_counted_monthly.story",
    "stories/everyday/carats_altered_in_a_statement.story",
    "stories/everyday/case_answered_late.story",
    "stories/everyday/certificate_expires.story",
    "stories/everyday/certificate_invalidated.story",
    "stories/everyday/certificate_replaced.story",
    "stories/everyday/clock_set_back.story",
    "stories/everyday/confirmations_from_outside.story",
    "stories/everyday/counterfeit_reported.story",
    "stories/everyday/deficiency_cured.story",
    "stories/everyday/detained_and_released.story",
    "stories/everyday/difference_on_arrival.story",
    "stories/everyday/entries_swapped_by_database_tool.story",
    "stories/everyday/entry_inserted_by_database_tool.story",
    "stories/everyday/goods_come_to_another_place.story",
    "stories/everyday/goods_sent_back.story",
    "stories/everyday/issue_depart_confirm.story",
    "stories/everyday/key_withdrawn.story",
    "stories/everyday/licence_runs_out.story",
    "stories/everyday/mandate.story",
    "stories/everyday/membership_ends_and_begins_again.story",
    "stories/everyday/mixed_origin.story",
    "stories/everyday/new_participant_joins.story",
    "stories/everyday/number_ranges.story",
    "stories/everyday/paper_lost.story",
    "stories/everyday/parcels_change_hands.story",
    "stories/everyday/pre_advice.story",
    "stories/everyday/re_export.story",
    "stories/everyday/recognition_lags.story",
    "stories/everyday/refusals.story",
    "stories/everyday/row_altered_by_database_tool.story",
    "stories/everyday/row_deleted_by_database_tool.story",
    "stories/everyday/split_arrival.story",
    "stories/everyday/tail_cut_by_database_tool.story",
    "stories/everyday/transit.story",
    "stories/everyday/turn_of_the_year.story",
    "stories/everyday/two_approvals.story",
    "stories/everyday/two_months_and_returned_unused.story",
    "stories/everyday/valued_and_issued.story",
    "stories/loopholes/L03_exports_above_capacity.story",
    "stories/loopholes/L03_origin_without_production.story",
    "stories/loopholes/L15_valued_too_low.story",
    "stories/loopholes/L17_wrong_customs_class.story",
    "stories/loopholes/L18_weight_between_scale_and_seal.story",
    "stories/loopholes/L19_one_corrupt_official.story",
    "stories/loopholes/L19_one_custodian_alone.story",
    "stories/loopholes/L20_on_a_superiors_order.story",
    "stories/loopholes/L21_counterfeit_certificate.story",
    "stories/loopholes/L21_photocopies.story",
    "stories/loopholes/L22_old_number_reused.story",
    "stories/loopholes/L23_blanks_stolen.story",
    "stories/loopholes/L24_no_longer_a_participant.story",
    "stories/loopholes/L25_compliant_zones_only.story",
    "stories/loopholes/L25_stones_of_a_ban.story",
    "stories/loopholes/L25_what_parcels_say.story",
    "stories/loopholes/L27_left_and_never_arrived.story",
    "stories/loopholes/L27_the_exporter_answers_itself.story",
    "stories/loopholes/L32_seized_stones_come_back.story",
    "stories/loopholes/L32_seized_without_papers.story",
    "stories/loopholes/L33_transit_with_a_new_value.story",
    "stories/loopholes/L34_correction_rewrites_history.story",
    "stories/loopholes/L35_split_and_merge.story",
    "stories/loopholes/L36_one_percent_in_a_mixture.story",
    "stories/loopholes/L38_revalued_in_a_corridor.story",
    "stories/loopholes/L46_no_report.story",
    "stories/loopholes/L47_a_gap_in_its_parts.story",
    "stories/loopholes/L53_a_locked_period.story",
    "stories/loopholes/L53_figures_changed_later.story",
];

/// Every story inside the binary.
///
/// # Errors
/// Their mistakes; the tests read them all, so there are none in a released binary.
pub fn all() -> Result<Vec<Story>, Vec<Mistake>> {
    STORIES.iter().map(|story| Story::read(story.file, story.text)).collect()
}

/// The stories with an attack: what `kpcs prove` plays where it is given no files.
///
/// # Errors
/// As [`all`].
pub fn with_attack() -> Result<Vec<Story>, Vec<Mistake>> {
    Ok(all()?.into_iter().filter(Story::has_attack).collect())
}
