//! same_as_before: the same carats, to the hundredth, as in an earlier period.

use kp_terms::sentence;

use super::{Breach, Column, Draft, Force, Known, Rule, last_twelve};

pub(super) const RULE: Rule = Rule {
    name: "same_as_before",
    force: Force::Warns,
    says: "carats of 100 ct or more are not, to the hundredth, those of one of the last twelve periods",
    source: "statistics-method 5: seven such pairs in the published table, five of them real; volume ours",
    check,
};

const LEAST: i64 = 10_000;

fn check(draft: &Draft, known: &Known) -> Vec<Breach> {
    let mut found = Vec::new();
    for (row, figure) in draft.rows.iter().filter(|(_, f)| f.carats.hundredths() >= LEAST) {
        let same = |(_, other): &(_, &crate::figure::Figure)| other.carats == figure.carats;
        if let Some((period, _)) = last_twelve(&figure.key(), known).into_iter().find(same) {
            let sentence = sentence!(
                "return-same",
                "{carats} ct is exactly what was returned for {period}",
                carats = figure.carats.grouped(),
                period = period,
            );
            found.push(RULE.breach(
                *row,
                Column::Carats,
                sentence,
                sentence!("return-mend-same", "look whether the old return was sent again"),
            ));
        }
    }
    found
}
