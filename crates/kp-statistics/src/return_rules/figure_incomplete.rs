//! figure_incomplete: a figure lacks what its table asks for, or has what it does not.

use super::{Breach, Column, Draft, Force, Known, Rule};
use crate::{annex_table::AnnexTable, production::ProductionType};

pub(super) const RULE: Rule = Rule {
    name: "figure_incomplete",
    force: Force::Blocks,
    says: "each figure has what its table asks for: partner and class in trade, a class in stocks, a count of certificates in certificates; and nothing else",
    source: "CD Annex III: breakdown by HS class, and origin and provenance wherever possible",
    check,
};

fn check(draft: &Draft, _: &Known) -> Vec<Breach> {
    let mut found = Vec::new();
    for (row, figure) in &draft.rows {
        let mut wants = |column: Column, wanted: bool, there: bool, mend: &'static str| {
            if wanted != there {
                let lacks = if wanted { "is missing" } else { "does not belong into this table" };
                let sentence = format!("the {} {lacks}", column.word());
                found.push(RULE.breach(*row, column, sentence, mend));
            }
        };
        let trade = matches!(draft.table, AnnexTable::Imports | AnnexTable::Exports);
        let counts = draft.table == AnnexTable::Certificates;
        let partner = "write the two letters of the participant the goods went to or came from";
        wants(Column::Partner, trade, figure.partner.is_some(), partner);
        let classed = trade || draft.table == AnnexTable::Stocks;
        wants(Column::Class, classed, figure.hs.is_some(), "write 7102.10, 7102.21 or 7102.31");
        let count = "write how many certificates were validated, or received with imports";
        wants(Column::Certificates, counts, figure.certificates.is_some(), count);
        let labelled = figure.production_type != ProductionType::Unlabelled;
        if draft.table != AnnexTable::Production {
            wants(Column::Mining, false, labelled, "leave the kind of mining out");
        }
    }
    found
}
