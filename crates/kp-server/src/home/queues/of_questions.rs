//! Queues of questions and of returns that are due.

use anyhow::Result;
use kp_accounts::rights::Class;
use kp_db::Tx;

use super::{Desk, Row, WHOLE, Waiting};
use crate::{act::next::NextAct, case::show, words};

/// Cases in a state, the first due first; only those whose day has passed, where asked. A participant's officer sees the
/// own participant's.
pub(super) fn cases(tx: &mut Tx<'_>, desk: &Desk<'_>, state: &str, is_overdue: bool) -> Result<Waiting> {
    let mut all = kp_cases::cases_in_state(tx, state, desk.own, WHOLE + 1)?;
    all.retain(|case| desk.frame.may_see(Class::Question, &show::question(case.asked, Some(case))));
    all.retain(|case| !is_overdue || case.answer_due < desk.today);
    Ok(Waiting::of(all, desk.shown, |case| Row {
        name: case.case_number.clone(),
        link: format!("/cases/{}", case.case_number),
        note: format!(
            "{}: {} ({})",
            case.asked,
            desk.frame.sentence(&case.title),
            show::clock(desk.frame.texts, &case, &desk.today)
        ),
        next: show::next(&case).into_iter().take(1).collect(),
    }))
}

/// Returns that have not come: the own participant's that are due or overdue, for the scheme everybody's overdue.
pub(super) fn returns(tx: &mut Tx<'_>, desk: &Desk<'_>) -> Result<Waiting> {
    let mut all = kp_statistics::outstanding::outstanding(tx, desk.own, desk.today)?;
    if desk.own.is_none() {
        all.retain(|due| due.due_on < desk.today);
    }
    all.truncate(WHOLE as usize + 1);
    Ok(Waiting::of(all, desk.shown, |due| {
        let (code, table, period) =
            (due.participant.to_string(), due.table.to_string(), due.period.to_string());
        let filled = [("participant", code.as_str()), ("table", &table), ("period", &period)];
        let act = desk.own.and_then(|_| NextAct::of("declare_return", &filled));
        Row {
            name: format!("{code} {period}"),
            link: "/statistics/returns".to_owned(),
            note: words::with(
                desk.frame.texts,
                "desk-return-note",
                &[("table", &desk.frame.word(&table)), ("day", &due.due_on)],
            ),
            next: act.into_iter().collect(),
        }
    }))
}
