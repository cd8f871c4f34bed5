//! total_differs: a total in the file is not the sum of its rows.

use kp_terms::{Carats, Sentence, UsdCents, sentence};

use super::{Breach, Column, Draft, Force, Known, Rule};
use crate::figure::Figure;

pub(super) const RULE: Rule = Rule {
    name: "total_differs",
    force: Force::Warns,
    says: "a total in the file is the sum of all rows above it, or of the rows since the total before it; one above all rows is the sum of all",
    source: "ours: a total that does not add up is a row forgotten or a figure mistyped",
    check,
};

fn check(draft: &Draft, _: &Known) -> Vec<Breach> {
    let mut found = Vec::new();
    let mut since = 0;
    for (row, total) in &draft.totals {
        let above: Vec<&(u32, Figure)> = draft.rows.iter().filter(|(at, _)| at < row).collect();
        let sums = match above.is_empty() {
            true => vec![draft.rows.iter().map(|(_, figure)| figure).collect::<Vec<_>>()],
            false => vec![
                above.iter().map(|(_, figure)| figure).collect(),
                above.iter().filter(|(at, _)| *at > since).map(|(_, figure)| figure).collect(),
            ],
        };
        since = *row;
        let add = |figures: &[&Figure], of: fn(&Figure) -> i64| {
            figures.iter().map(|figure| of(figure)).fold(0, i64::saturating_add)
        };
        let carats = |figures: &Vec<&Figure>| add(figures, |figure| figure.carats.hundredths());
        let value = |figures: &Vec<&Figure>| add(figures, |figure| figure.value.cents());
        let counted = |figures: &Vec<&Figure>| {
            add(figures, |figure| figure.certificates.map_or(0, |(_, count)| i64::from(count)))
        };
        let mut tell = |column, stated: Option<i64>, summed: Vec<i64>, said: fn(i64) -> String| {
            let Some((stated, sum)) = stated.zip(summed.first()) else { return };
            if !summed.contains(&stated) {
                let sentence = differs(column, &said(stated), &said(*sum));
                let mend =
                    sentence!("return-mend-total", "look for a row that is missing, or correct the total");
                found.push(RULE.breach(*row, column, sentence, mend));
            }
        };
        let grouped_carats = |hundredths| Carats::from_hundredths(hundredths).grouped();
        let grouped_value = |cents| UsdCents::from_cents(cents).grouped();
        tell(
            Column::Carats,
            total.carats.map(Carats::hundredths),
            sums.iter().map(carats).collect(),
            grouped_carats,
        );
        tell(
            Column::Value,
            total.value.map(UsdCents::cents),
            sums.iter().map(value).collect(),
            grouped_value,
        );
        tell(
            Column::Certificates,
            total.certificates.map(i64::from),
            sums.iter().map(counted).collect(),
            |count| count.to_string(),
        );
    }
    found
}

fn differs(column: Column, stated: &str, sum: &str) -> Sentence {
    sentence!(
        "return-total-differs",
        "the total of {column} is {stated}, and the rows add up to {sum}",
        column = column.in_words(),
        stated = stated,
        sum = sum,
    )
}
