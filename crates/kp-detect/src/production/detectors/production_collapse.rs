//! production_collapse: declared carats fell far beyond what the other participants' did.
//!
//! Question: what ended, and where do the stones that were mined there before go now?
//! Formula: r = ln(carats of the year / carats of the year before), over the halves for which both years have a
//! return, less the median of the same r of all other participants in that year. It is measured against ln 2, or against
//! twice the median size of the participant's own other r where that is more.
//! Minimum data: a return for the same half in two successive years; at least 50,000 ct in the year before; five other
//! participants for the common movement, else none is taken out.
//! Thresholds (ours): net of the common movement x 0.50 or less; as declared x 0.67 or less; 50,000 ct in the year
//! before.
//! Innocent explanations: a mine closed or flooded; a strike; export suspended; an exhausted field; care and
//! maintenance while prices are low; a half returned in part.
//! An answer must contain: carats by mine or by area and licence for both years; what closed, with dates and papers;
//! where the miners and buyers went; stocks at both ends.
//! Evidence: every row of the halves compared, with its place in the file.
//! Source: the scheme's anomaly questionnaire compares period with period for significant decreases; CD Annex III(c).

use std::sync::LazyLock;

use super::super::change::{self, Way};
use super::super::context::Context;
use super::super::signal::Signal;
use crate::detector_doc::DetectorDoc;

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("production_collapse.rs")));

pub(crate) fn look(context: &Context<'_>) -> Vec<Signal> {
    change::look(context, &DOC, Way::Fall)
}

#[cfg(test)]
mod tests {
    use super::super::super::example::{findings, steady_world};

    #[test]
    fn fires_when_one_falls_to_a_third() {
        let rows = steady_world(2009).year("XA", 2009, "33000.00", "3300000.00");
        assert_eq!(findings(&rows, "production_collapse"), ["production_collapse:XA:2009"]);
    }

    #[test]
    fn is_silent_in_a_year_in_which_everybody_falls() {
        let mut rows = steady_world(2009);
        for code in ["XA", "XB", "XC", "XD", "XE", "XF", "XG"] {
            rows = rows.year(code, 2009, "33000.00", "3300000.00");
        }
        assert_eq!(findings(&rows, "production_collapse"), [""; 0]);
    }
}
