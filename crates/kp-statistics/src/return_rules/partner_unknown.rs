//! partner_unknown: trade with oneself, or with nobody of the scheme.

use super::{Breach, Column, Draft, Force, Known, Rule};

pub(super) const RULE: Rule = Rule {
    name: "partner_unknown",
    force: Force::Blocks,
    says: "the partner is another participant of the scheme",
    source: "CD Section III(c): no trade with non-participants",
    check,
};

fn check(draft: &Draft, known: &Known) -> Vec<Breach> {
    let mut found = Vec::new();
    for (row, figure) in &draft.rows {
        let Some(partner) = figure.partner else { continue };
        let sentence = if partner == draft.participant {
            format!("{partner} is the participant that returns")
        } else if !known.participants.contains(&partner) {
            format!("{partner} is no participant")
        } else {
            continue;
        };
        found.push(RULE.breach(
            *row,
            Column::Partner,
            sentence,
            "write the code of the participant that is meant",
        ));
    }
    found
}
