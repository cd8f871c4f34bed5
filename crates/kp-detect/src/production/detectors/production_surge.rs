//! production_surge: declared carats rose far beyond what the other participants' did.
//!
//! Question: where did the additional carats come from?
//! Formula: r = ln(carats of the year / carats of the year before), over the halves for which both years have a
//! return, less the median of the same r of all other participants in that year. It is measured against ln 2, or against
//! twice the median size of the participant's own other r where that is more.
//! Minimum data: a return for the same half in two successive years; at least 50,000 ct in the year asked about; five
//! other participants for the common movement, else none is taken out.
//! Thresholds (ours): net of the common movement x 2.00 or more; as declared x 1.50 or more; 50,000 ct in the year; a
//! rise that stays below the highest of the five years before is a recovery and only watched.
//! Innocent explanations: a new mine or a restart; better capture of artisanal output after a reform; a rush on a new
//! field; stocks of earlier years declared when exported; a return that covers more than its half; a typing error.
//! An answer must contain: carats by mine or by area and licence for both years; what opened, restarted or was newly
//! captured, with dates and papers; exports and opening and closing stock for the same halves; who counted, and how.
//! Evidence: every row of the halves compared, with its place in the file.
//! Source: the scheme's anomaly questionnaire compares period with period for significant increases; CD Annex III(c).

use std::sync::LazyLock;

use super::super::change::{self, Way};
use super::super::context::Context;
use super::super::signal::Signal;
use crate::detector_doc::DetectorDoc;

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("production_surge.rs")));

pub(crate) fn look(context: &Context<'_>) -> Vec<Signal> {
    change::look(context, &DOC, Way::Rise)
}

#[cfg(test)]
mod tests {
    use super::super::super::example::{findings, steady_world};

    #[test]
    fn fires_when_one_triples_and_the_others_do_not() {
        let rows = steady_world(2009).year("XA", 2009, "300000.00", "30000000.00");
        let found = findings(&rows, "production_surge");
        assert_eq!(found, ["production_surge:XA:2009"]);
    }

    #[test]
    fn is_silent_when_everybody_triples() {
        let mut rows = steady_world(2009);
        for code in ["XA", "XB", "XC", "XD", "XE", "XF", "XG"] {
            rows = rows.year(code, 2009, "300000.00", "30000000.00");
        }
        assert_eq!(findings(&rows, "production_surge"), [""; 0]);
    }
}
