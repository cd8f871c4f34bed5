//! unit_value_jump: US$ per carat half as high again as they were, or a third lower.

use kp_terms::sentence;

use super::{Breach, Column, Draft, Force, Known, Rule};

pub(super) const RULE: Rule = Rule {
    name: "unit_value_jump",
    force: Force::Warns,
    says: "US$ per carat stay below 1.5 times and above 1/1.5 of those of the same period a year before (else of the last period), where both have 1,000 ct or more",
    source: "statistics-method 3.6 and 6; factor and volume ours",
    check,
};

const LEAST: i64 = 100_000;

fn check(draft: &Draft, known: &Known) -> Vec<Breach> {
    let mut found = Vec::new();
    for (row, figure) in &draft.rows {
        let Some((period, earlier)) = known.earlier(draft, &figure.key()) else { continue };
        let large = figure.carats.hundredths() >= LEAST && earlier.carats.hundredths() >= LEAST;
        let (Some(now), Some(then)) = (figure.unit_value(), earlier.unit_value()) else { continue };
        if large && (now * 2 >= then * 3 || now * 3 <= then * 2) {
            let dollars = |cents: i128| format!("{}.{:02}", cents / 100, cents % 100);
            let sentence = sentence!(
                "return-unit-value-jump",
                "US$ {now}/ct, and US$ {then}/ct in {period}",
                now = dollars(now),
                then = dollars(then),
                period = period,
            );
            found.push(RULE.breach(
                *row,
                Column::Value,
                sentence,
                sentence!("return-mend-slip", "look for a slip; if it is so, say what changed"),
            ));
        }
    }
    found
}
