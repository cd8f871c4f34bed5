//! differs_from_register: the return is not what the participant's own certificates add up to.

use kp_terms::{Sentence, sentence};

use crate::figure::Figure;

use super::{Breach, Column, Draft, Force, Known, Rule};

pub(super) const RULE: Rule = Rule {
    name: "differs_from_register",
    force: Force::Warns,
    says: "carats, value and counts are within a thousandth of what the register counts from the participant's own certificates",
    source: "CD Annex III; L47: what is declared is always shown beside what is derived; tolerance ours",
    check,
};

fn check(draft: &Draft, known: &Known) -> Vec<Breach> {
    let Some(register) = &known.register else { return Vec::new() };
    let mut found = Vec::new();
    let mut tell = |row, column, sentence| {
        let mend = sentence!(
            "return-mend-register",
            "look at the certificates behind the register's figure (`kpcs return derive`), or say what it leaves out",
        );
        found.push(RULE.breach(row, column, sentence, mend));
    };
    for (row, figure) in &draft.rows {
        let counted = register.iter().find(|counted| counted.key() == figure.key());
        if let Some((column, sentence)) = beside(figure, counted) {
            tell(*row, column, sentence);
        }
    }
    for counted in register {
        if !draft.rows.iter().any(|(_, figure)| figure.key() == counted.key()) {
            tell(
                0,
                Column::Carats,
                sentence!(
                    "return-register-left-out",
                    "the register counts {counted}, and the return leaves it out",
                    counted = counted,
                ),
            );
        }
    }
    found
}

/// In which column a figure differs from what the register counts for it, and how.
fn beside(figure: &Figure, counted: Option<&Figure>) -> Option<(Column, Sentence)> {
    if let Some((what, declared)) = figure.certificates {
        let counted = counted.and_then(|c| c.certificates).map_or(0, |(_, count)| count);
        let sentence = sentence!(
            "return-register-counts",
            "{declared} {what}, and the register counts {counted}",
            declared = declared,
            what = what.word(),
            counted = counted,
        );
        return (declared != counted).then_some((Column::Certificates, sentence));
    }
    let Some(counted) = counted else {
        let sentence = sentence!(
            "return-register-nothing",
            "the register counts nothing for {figure}",
            figure = figure.key(),
        );
        return Some((Column::Carats, sentence));
    };
    if differ(figure.carats.hundredths(), counted.carats.hundredths()) {
        let sentence = sentence!(
            "return-register-carats",
            "{declared} ct, and the register counts {counted} ct",
            declared = figure.carats,
            counted = counted.carats,
        );
        return Some((Column::Carats, sentence));
    }
    let sentence = sentence!(
        "return-register-value",
        "US$ {declared}, and the register counts US$ {counted}",
        declared = figure.value,
        counted = counted.value,
    );
    differ(figure.value.cents(), counted.value.cents()).then_some((Column::Value, sentence))
}

/// More than a thousandth of the larger.
fn differ(a: i64, b: i64) -> bool {
    let gap = i128::from(a).abs_diff(i128::from(b));
    gap * 1000 > i128::from(a).unsigned_abs().max(i128::from(b).unsigned_abs())
}
