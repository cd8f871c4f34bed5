//! Cases a page at a time, those that whoever asks may see, as they stood at the end of a day.

use kp_accounts::rights::Class;
use kp_cases::Case;
use kp_db::Tx;

use crate::{
    case::show::question,
    guard::Visit,
    problem::{FieldSaid, Problem, Said},
    statistics::show::KnownOn,
};

/// Rows read at once: what somebody may not see is passed over, so that more is read than shown.
const READ: u32 = 200;

/// The cases that come after one of them (empty: from the newest), in a state (empty: in any); at most `limit`, and whether
/// there are more. Who may see a case is of today; how it stood, of the day.
///
/// # Errors
/// Where no case has the number that `after` gives, or the database fails.
pub(crate) fn cases(
    tx: &mut Tx<'_>,
    visit: &Visit,
    known: &KnownOn,
    state: &str,
    after: &str,
    limit: usize,
) -> Result<(Vec<Case>, bool), Problem> {
    let mut last = match after {
        "" => None,
        number => Some(kp_cases::case_by_number(tx, number)?.ok_or_else(|| {
            let said = Said::of("input-after-not-there").with("typed", number);
            Problem::fields(vec![FieldSaid::new("after", said)])
        })?),
    };
    // The state of another day is known only when the case has been worked out as of then.
    let state_today = if known.is_today { state } else { "" };
    let mut found = Vec::new();
    loop {
        let read = kp_cases::cases_further(tx, last.as_ref(), state_today, READ)?;
        let is_end = read.len() < READ as usize;
        for case in read {
            if visit.may_see(Class::Question, &question(case.asked, Some(&case))) {
                let then = match known.is_today {
                    true => Some(case.clone()),
                    false => kp_cases::case_as_known_on(tx, &case, known.day)?.map(|(case, _)| case),
                };
                if let Some(then) = then.filter(|then| state.is_empty() || then.state == state) {
                    if found.len() == limit {
                        return Ok((found, true));
                    }
                    found.push(then);
                }
            }
            last = Some(case);
        }
        if is_end {
            return Ok((found, false));
        }
    }
}
