//! figure_repeated: the same figure stands twice in one return.

use kp_terms::sentence;

use super::{Breach, Column, Draft, Force, Known, Rule};

pub(super) const RULE: Rule = Rule {
    name: "figure_repeated",
    force: Force::Blocks,
    says: "one partner and class (or kind of mining) stands once in a return",
    source: "ours: two rows of one figure are added up by nobody, or twice",
    check,
};

fn check(draft: &Draft, _: &Known) -> Vec<Breach> {
    let mut found = Vec::new();
    for (at, (row, figure)) in draft.rows.iter().enumerate() {
        let earlier = draft.rows.iter().take(at).find(|(_, other)| other.key() == figure.key());
        if let Some((first, _)) = earlier {
            let sentence = sentence!(
                "return-repeated",
                "{figure} stands in row {row} already",
                figure = figure.key(),
                row = first,
            );
            found.push(RULE.breach(
                *row,
                Column::Carats,
                sentence,
                sentence!("return-mend-repeated", "add the two rows up, or correct the partner or class"),
            ));
        }
    }
    found
}
