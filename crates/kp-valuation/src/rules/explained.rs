//! When a difference is explained: two persons have signed for exactly these figures, and one of them had no part in them.
//!
//! Closes: L15, L18. A property of the data: the persons compared are those of signed statements. An explanation is bound
//! to the figures it explains; when a figure changes, it explains nothing any more.

use crate::{Lot, Matter, Stage, rules::weighings};

/// The figures of a matter as they stand now.
pub fn figures(lot: &Lot, matter: Matter) -> String {
    match matter {
        Matter::Weight => weighings::figures(lot),
        Matter::Spread => values_at(lot, lot.stage()),
    }
}

fn values_at(lot: &Lot, stage: Stage) -> String {
    let one = |value: &crate::Value| value.total().map(|total| format!("{} {total}", value.party));
    lot.values_at(stage).filter_map(one).collect::<Vec<_>>().join(", ")
}

/// Whether somebody had a part in the figures of a matter: valued the lot, or weighed it.
pub fn made_the_figures(lot: &Lot, matter: Matter, person: &str) -> bool {
    match matter {
        Matter::Spread => lot.values.iter().any(|value| value.valued_by == person),
        Matter::Weight => lot.weighings.iter().any(|weighing| weighing.weighed_by == person),
    }
}

/// Who has signed for the figures as they stand, each once.
pub fn signatures(lot: &Lot, matter: Matter) -> Vec<&str> {
    let now = figures(lot, matter);
    let mut signed: Vec<&str> = lot
        .explanations
        .iter()
        .filter(|e| e.matter == matter && e.figures == now)
        .map(|e| e.explained_by.as_str())
        .collect();
    signed.sort_unstable();
    signed.dedup();
    signed
}

/// Whether a matter is explained.
pub fn is_explained(lot: &Lot, matter: Matter) -> bool {
    let signed = signatures(lot, matter);
    signed.len() >= 2 && signed.iter().any(|person| !made_the_figures(lot, matter, person))
}

#[cfg(test)]
mod tests {
    use super::{figures, is_explained, signatures};
    use crate::{Explanation, Matter, Party, Point, testing::*};

    #[test]
    fn two_persons_one_of_them_without_a_part_in_it_and_for_these_figures_only() {
        let mut lot = lot();
        lot.values = vec![
            value(Party::Exporter, "xa-clerk-1", "14700000"),
            value(Party::Government, "xa-valuer-1", "29500000"),
        ];
        let now = figures(&lot, Matter::Spread);
        assert_eq!(now, "exporter 14700000.00, government 29500000.00");
        let signed = |figures: &str, by: &str| Explanation {
            matter: Matter::Spread,
            figures: figures.into(),
            explanation: "a large fancy stone".into(),
            explained_by: by.into(),
        };
        lot.explanations = vec![signed(&now, "xa-valuer-1"), signed(&now, "xa-valuer-1")];
        assert!(!is_explained(&lot, Matter::Spread), "one person twice");
        lot.explanations.push(signed(&now, "xa-clerk-1"));
        assert_eq!(signatures(&lot, Matter::Spread), ["xa-clerk-1", "xa-valuer-1"]);
        assert!(!is_explained(&lot, Matter::Spread), "only those who made the figures");
        lot.explanations.push(signed("exporter 1.00, government 2.00", "xa-approver-1"));
        assert!(!is_explained(&lot, Matter::Spread), "other figures");
        lot.explanations.push(signed(&now, "xa-approver-1"));
        assert!(is_explained(&lot, Matter::Spread));
        assert!(!is_explained(&lot, Matter::Weight));
        lot.weighings.push(weighing(Point::Reception, "1.00", "xa-clerk-1"));
        assert!(is_explained(&lot, Matter::Spread), "weights are another matter");
    }
}
