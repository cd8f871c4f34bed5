//! period_not_over: a return for a period that still runs, or that its table is not returned for.

use kp_terms::sentence;

use super::{Breach, Column, Draft, Force, Known, Rule};

pub(super) const RULE: Rule = Rule {
    name: "period_not_over",
    force: Force::Blocks,
    says: "the period is over, and of the sort that the table is returned for",
    source: "CD Annex III: quarterly trade, half-yearly production",
    check,
};

fn check(draft: &Draft, known: &Known) -> Vec<Breach> {
    let (table, period) = (draft.table, draft.period);
    let (sentence, mend) = if !table.fits(period) {
        (
            sentence!(
                "return-wrong-period",
                "{table} are not returned for {period}",
                table = table,
                period = period,
            ),
            sentence!(
                "return-mend-period",
                "name a half-year for production, a year for stocks, a quarter for the rest",
            ),
        )
    } else if period.last_day() >= known.today {
        (
            sentence!("return-not-over", "{period} is not over on {day}", period = period, day = known.today),
            sentence!("return-mend-not-over", "return it when it is over"),
        )
    } else {
        return Vec::new();
    };
    vec![RULE.breach(0, Column::Carats, sentence, mend)]
}
