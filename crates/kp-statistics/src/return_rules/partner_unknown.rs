//! partner_unknown: trade with oneself, or with nobody of the scheme.

use kp_terms::sentence;

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
            sentence!("return-own-partner", "{partner} is the participant that returns", partner = partner)
        } else if !known.participants.contains(&partner) {
            sentence!("return-no-participant", "{partner} is no participant", partner = partner)
        } else {
            continue;
        };
        found.push(RULE.breach(
            *row,
            Column::Partner,
            sentence,
            sentence!("return-mend-partner", "write the code of the participant that is meant"),
        ));
    }
    found
}
