//! not_positive: carats without a value, a value without carats, less than nothing, or more than the world has.

use kp_trade::rules::amounts::{MOST_CARATS, MOST_VALUE};

use super::{Breach, Column, Draft, Force, Known, Rule};
use kp_terms::{Carats, Sentence, UsdCents, sentence};

pub(super) const RULE: Rule = Rule {
    name: "not_positive",
    force: Force::Blocks,
    says: "carats are nothing if and only if the value is nothing, neither is below nothing, and neither is more than the world has",
    source: "domain 4.7; the limits are ours",
    check,
};

fn check(draft: &Draft, _: &Known) -> Vec<Breach> {
    let mut found = Vec::new();
    let mut tell =
        |row: u32, column, sentence: Sentence, mend| found.push(RULE.breach(row, column, sentence, mend));
    for (row, figure) in draft.rows.iter().filter(|(_, figure)| figure.certificates.is_none()) {
        let (carats, value) = (figure.carats, figure.value);
        if carats < Carats::ZERO || carats > MOST_CARATS {
            tell(
                *row,
                Column::Carats,
                sentence!("return-carats-cannot", "{carats} ct cannot be", carats = carats),
                sentence!("return-mend-carats-slip", "look for a slip in the carats"),
            );
        } else if value < UsdCents::ZERO || value > MOST_VALUE {
            tell(
                *row,
                Column::Value,
                sentence!("return-value-cannot", "US$ {value} cannot be", value = value),
                sentence!("return-mend-value-slip", "look for a slip in the value"),
            );
        } else if carats == Carats::ZERO && value != UsdCents::ZERO {
            tell(
                *row,
                Column::Carats,
                sentence!("return-value-alone", "US$ {value} for no carats", value = value),
                sentence!("return-mend-carats", "write the carats"),
            );
        } else if value == UsdCents::ZERO && carats != Carats::ZERO {
            tell(
                *row,
                Column::Value,
                sentence!("return-carats-alone", "{carats} ct for no value", carats = carats),
                sentence!("return-mend-value", "write the value in US$"),
            );
        }
    }
    found
}
