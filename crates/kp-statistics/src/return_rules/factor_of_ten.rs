//! factor_of_ten: a figure ten times, or a tenth of, what it was: a digit too many or a decimal mark astray.

use kp_terms::sentence;

use super::{Breach, Column, Draft, Force, Known, Rule};

pub(super) const RULE: Rule = Rule {
    name: "factor_of_ten",
    force: Force::Warns,
    says: "neither carats nor value are within a fiftieth of ten times, or a tenth, of those before",
    source: "statistics-method 5: an unrevised typing error by a factor of 10 survived ten years (2014)",
    check,
};

fn check(draft: &Draft, known: &Known) -> Vec<Breach> {
    let mut found = Vec::new();
    for (row, figure) in &draft.rows {
        let Some((period, earlier)) = known.earlier(draft, &figure.key()) else { continue };
        let pairs = [
            (Column::Carats, figure.carats.hundredths(), earlier.carats.hundredths()),
            (Column::Value, figure.value.cents(), earlier.value.cents()),
        ];
        for (column, now, then) in pairs {
            if is_tenfold(now, then) || is_tenfold(then, now) {
                let sentence = sentence!(
                    "return-tenfold",
                    "the {column} are ten times, or a tenth, of those in {period}",
                    column = column.word(),
                    period = period,
                );
                found.push(RULE.breach(
                    *row,
                    column,
                    sentence,
                    sentence!("return-mend-digits", "count the digits again"),
                ));
            }
        }
    }
    found
}

/// Whether `large` is ten times `small`, give or take a fiftieth.
fn is_tenfold(large: i64, small: i64) -> bool {
    let (large, tenfold) = (i128::from(large), i128::from(small) * 10);
    small > 0 && (large - tenfold).abs() * 50 <= tenfold
}
