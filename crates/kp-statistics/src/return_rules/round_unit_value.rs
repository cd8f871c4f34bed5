//! round_unit_value: a value that is carats times a whole number of dollars was worked out, not paid.

use kp_terms::sentence;

use super::{Breach, Column, Draft, Force, Known, Rule};

pub(super) const RULE: Rule = Rule {
    name: "round_unit_value",
    force: Force::Warns,
    says: "the value is not the carats times a whole number of dollars, from 1,000 ct on",
    source: "statistics-method 5: round unit values say that the value is not informative; volume ours",
    check,
};

const LEAST: i64 = 100_000;

fn check(draft: &Draft, _: &Known) -> Vec<Breach> {
    let mut found = Vec::new();
    for (row, figure) in draft.rows.iter().filter(|(_, f)| f.carats.hundredths() >= LEAST) {
        // Cents of value and hundredths of carats: their quotient is dollars per carat.
        let (value, carats) = (figure.value.cents(), figure.carats.hundredths());
        if value > 0 && value % carats == 0 {
            let sentence = sentence!(
                "return-round",
                "the value is exactly US$ {price} for each carat",
                price = value / carats,
            );
            let mend = sentence!(
                "return-mend-round",
                "write what was paid or assessed; if the price is fixed, say so",
            );
            found.push(RULE.breach(*row, Column::Value, sentence, mend));
        }
    }
    found
}
