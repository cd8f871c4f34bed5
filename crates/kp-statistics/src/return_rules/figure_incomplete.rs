//! figure_incomplete: a figure lacks what its table asks for, or has what it does not.

use kp_terms::{Sentence, sentence};

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
        let mut wants = |column: Column, wanted: bool, there: bool, mend: Sentence| {
            if wanted != there {
                let word = column.in_words();
                let sentence = match wanted {
                    true => sentence!("return-lacks", "missing: {column}", column = word),
                    false => sentence!(
                        "return-does-not-belong",
                        "it does not belong into this table: {column}",
                        column = word,
                    ),
                };
                found.push(RULE.breach(*row, column, sentence, mend));
            }
        };
        let trade = matches!(draft.table, AnnexTable::Imports | AnnexTable::Exports);
        let counts = draft.table == AnnexTable::Certificates;
        let partner = sentence!(
            "return-mend-partner-code",
            "write the two letters of the participant the goods went to or came from",
        );
        wants(Column::Partner, trade, figure.partner.is_some(), partner);
        let classed = trade || draft.table == AnnexTable::Stocks;
        wants(
            Column::Class,
            classed,
            figure.hs.is_some(),
            sentence!("return-mend-class", "write 7102.10, 7102.21 or 7102.31"),
        );
        let count = sentence!(
            "return-mend-count",
            "write how many certificates were validated, or received with imports",
        );
        wants(Column::Certificates, counts, figure.certificates.is_some(), count);
        let labelled = figure.production_type != ProductionType::Unlabelled;
        if draft.table != AnnexTable::Production {
            wants(
                Column::Mining,
                false,
                labelled,
                sentence!("return-mend-mining", "leave the kind of mining out"),
            );
        }
    }
    found
}
