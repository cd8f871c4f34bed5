//! differs_from_register: the return is not what the participant's own certificates add up to.

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
        let mend = "look at the certificates behind the register's figure (`kpcs return derive`), or say what it leaves out";
        found.push(RULE.breach(row, column, sentence, mend));
    };
    for (row, figure) in &draft.rows {
        let counted = register.iter().find(|counted| counted.key() == figure.key());
        match (figure.certificates, counted) {
            (Some((what, declared)), counted) => {
                let counted = counted.and_then(|c| c.certificates).map_or(0, |(_, count)| count);
                if declared != counted {
                    tell(
                        *row,
                        Column::Certificates,
                        format!("{declared} {}, and the register counts {counted}", what.word()),
                    );
                }
            }
            (None, Some(counted)) => {
                if differ(figure.carats.hundredths(), counted.carats.hundredths()) {
                    let sentence =
                        format!("{} ct, and the register counts {} ct", figure.carats, counted.carats);
                    tell(*row, Column::Carats, sentence);
                } else if differ(figure.value.cents(), counted.value.cents()) {
                    let sentence =
                        format!("US$ {}, and the register counts US$ {}", figure.value, counted.value);
                    tell(*row, Column::Value, sentence);
                }
            }
            (None, None) => {
                tell(*row, Column::Carats, format!("the register counts nothing for {}", figure.key()));
            }
        }
    }
    for counted in register {
        if !draft.rows.iter().any(|(_, figure)| figure.key() == counted.key()) {
            tell(0, Column::Carats, format!("the register counts {counted}, and the return leaves it out"));
        }
    }
    found
}

/// More than a thousandth of the larger.
fn differ(a: i64, b: i64) -> bool {
    let gap = i128::from(a).abs_diff(i128::from(b));
    gap * 1000 > i128::from(a).unsigned_abs().max(i128::from(b).unsigned_abs())
}
