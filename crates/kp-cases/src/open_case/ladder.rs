//! By which days a case climbs that the node opens about a finding.
//!
//! L27: a certificate that left and was not confirmed is asked about, owed, visible and public so many days after its
//! departure, as the Working Group on Statistics has set (`kp_trade::set_ageing`). Where the node asks later than that,
//! every step comes later by as much: nobody owes an answer before the question.

use anyhow::Result;
use jiff::Span;
use kp_db::Tx;
use kp_detect::finding::Finding;
use kp_terms::Date;
use kp_trade::Ageing;

use super::{ANSWER_DAYS, due};

/// The days.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Ladder {
    pub(super) answer_due: Date,
    pub(super) visible_on: Option<Date>,
    pub(super) public_on: Option<Date>,
}

pub(super) fn of_finding(tx: &mut Tx<'_>, finding: &Finding, today: Date) -> Result<Ladder> {
    let usual = Ladder { answer_due: due(today, ANSWER_DAYS), visible_on: None, public_on: None };
    let number = match finding.subject.as_deref().map(str::parse) {
        Some(Ok(number)) if finding.detector == "unconfirmed_after_due" => number,
        _ => return Ok(usual),
    };
    let departed_on = kp_trade::certificate_by_number(tx, &number)?.and_then(|c| c.departed_on);
    let Some(departed_on) = departed_on else { return Ok(usual) };
    let last = kp_log::last_position(tx)?;
    Ok(after_departure(&kp_trade::ageing_at(tx, last)?, departed_on, today))
}

fn after_departure(ageing: &Ageing, departed_on: Date, today: Date) -> Ladder {
    let after = |from: Date, days: u32| from.saturating_add(Span::new().days(i64::from(days)));
    // As if it had left so many days before today as the first step asks, where it left earlier than that.
    let begins = departed_on.max(today.saturating_sub(Span::new().days(i64::from(ageing.query_after))));
    // The day before an answer is owed is the last for giving it.
    let answer_due = after(begins, ageing.owed_after.saturating_sub(1));
    Ladder {
        answer_due,
        visible_on: Some(after(begins, ageing.visible_after)),
        public_on: Some(after(begins, ageing.public_after)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Ageing, after_departure};
    use crate::testing::day;

    #[test]
    fn the_days_are_counted_from_the_departure_and_nobody_owes_before_being_asked() {
        let check = |today: &str, due: &str, visible: &str, public: &str| {
            let ladder = after_departure(&Ageing::default(), day("2026-02-06"), day(today));
            assert_eq!(ladder.answer_due, day(due), "asked on {today}");
            assert_eq!(
                (ladder.visible_on, ladder.public_on),
                (Some(day(visible)), Some(day(public))),
                "{today}"
            );
        };
        check("2026-02-21", "2026-03-07", "2026-04-07", "2026-05-07");
        check("2026-05-01", "2026-05-15", "2026-06-15", "2026-07-15");
    }
}
