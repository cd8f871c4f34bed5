//! carats_jump: carats of twice or half what they were a year before.

use kp_terms::sentence;

use super::{Breach, Column, Draft, Force, Known, Rule};

pub(super) const RULE: Rule = Rule {
    name: "carats_jump",
    force: Force::Warns,
    says: "carats are less than twice and more than half those of the same period a year before (else of the last period), where either is 10,000 ct or more",
    source: "DAQ decision: period by period, significant rises and falls; factor and volume ours",
    check,
};

/// Below this a ratio says nothing (statistics-method 5), hundredths of a carat.
const LEAST: i64 = 1_000_000;

fn check(draft: &Draft, known: &Known) -> Vec<Breach> {
    let mut found = Vec::new();
    for (row, figure) in &draft.rows {
        let Some((period, earlier)) = known.earlier(draft, &figure.key()) else { continue };
        let (now, then) = (figure.carats.hundredths(), earlier.carats.hundredths());
        let large = now.max(then) >= LEAST;
        if large && (now >= then.saturating_mul(2) || now.saturating_mul(2) <= then) {
            let sentence = sentence!(
                "return-carats-jump",
                "{now} ct, and {then} ct in {period}",
                now = figure.carats.grouped(),
                then = earlier.carats.grouped(),
                period = period,
            );
            found.push(RULE.breach(
                *row,
                Column::Carats,
                sentence,
                sentence!("return-mend-slip", "look for a slip; if it is so, say what changed"),
            ));
        }
    }
    found
}
