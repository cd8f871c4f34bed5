//! Every threshold of the production analysis, in one place. All are ours: no numeric threshold of the scheme's
//! Working Group on Statistics has been published (its anomaly questionnaire speaks of "significant" changes only).

use kp_terms::{Carats, UsdCents};

/// Thresholds. [`Settings::default`] gives the values that the documentation states.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Rise or fall of carats, net of the others' movement, from which it is asked about: a factor.
    pub carats_factor: f64,
    /// Rise or fall that the declared figures themselves must show, whatever the others did: a factor.
    pub carats_factor_declared: f64,
    /// Carats a year (the larger of the two) below which changes of carats are left alone.
    pub carats_minimum: Carats,
    /// Rise or fall of the unit value, net of the others' movement: a factor.
    pub unit_value_factor: f64,
    /// Rise or fall that the declared unit values themselves must show: a factor.
    pub unit_value_factor_declared: f64,
    /// Carats a half, on both sides, below which unit values are left alone.
    pub unit_value_minimum: Carats,
    /// A movement is measured against this factor, or against twice the participant's own usual movement where that is
    /// more: a participant whose figures move much every year is given more room.
    pub yardstick_factor: f64,
    /// Fewer other changes of its own than this do not tell what is usual for a participant.
    pub usual_minimum: usize,
    /// Carats before, from which a participant counts among the others whose movement is taken out.
    pub peer_minimum: Carats,
    /// Fewer others than this give no common movement; then nothing is taken out, and the finding says so.
    pub peers_minimum: usize,
    /// A unit value counts as round when it is a multiple of this.
    pub round_unit_value: UsdCents,
    /// ... to within this on the declared value.
    pub round_unit_value_tolerance: UsdCents,
    /// Halves with a round or repeated unit value from which the habit itself is asked about.
    pub administered_halves: usize,
    /// A quantity counts as round when it is a multiple of this.
    pub round_quantity: Carats,
    /// Halves with a round quantity from which the habit itself is asked about.
    pub round_quantity_halves: usize,
    /// Carats a half below which the form of the figures (round, repeated) is left alone.
    pub form_minimum: Carats,
    /// Carats below which equal figures of two halves are left alone.
    pub duplicate_minimum: Carats,
    /// Carats a half below which factors of ten are not looked for.
    pub factor_ten_minimum: Carats,
    /// How near the factor must be to 10 or 100: a factor.
    pub factor_ten_tolerance: f64,
    /// How far the neighbouring unit values may lie apart before they are no measure: a factor.
    pub factor_ten_neighbours: f64,
    /// Days after the due date from which a return is called late.
    pub late_days: i32,
    /// A creation day shared by more halves than this is a bulk load and says nothing about lateness.
    pub bulk_load_halves: usize,
}

impl Default for Settings {
    fn default() -> Self {
        let carats = |whole: i64| Carats::from_hundredths(whole * 100);
        Self {
            carats_factor: 2.0,
            carats_factor_declared: 1.5,
            carats_minimum: carats(50_000),
            unit_value_factor: 1.5,
            unit_value_factor_declared: 1.25,
            unit_value_minimum: carats(10_000),
            yardstick_factor: 2.0,
            usual_minimum: 4,
            peer_minimum: carats(10_000),
            peers_minimum: 5,
            round_unit_value: UsdCents::from_cents(10),
            round_unit_value_tolerance: UsdCents::from_cents(100),
            administered_halves: 2,
            round_quantity: carats(1_000),
            round_quantity_halves: 2,
            form_minimum: carats(10_000),
            duplicate_minimum: carats(100),
            factor_ten_minimum: carats(1_000),
            factor_ten_tolerance: 1.25,
            factor_ten_neighbours: 2.0,
            late_days: 1,
            bulk_load_halves: 4,
        }
    }
}
