//! Which absences count as missing returns, and which halves are still open.
//!
//! Annex III(c): a return for every half, due two months after it. Without a membership table a return is expected
//! from a participant's first return on: a participant that never wrote is not known to owe anything.

use jiff::civil::Date;
use kp_terms::{Half, Period};

use super::{HalfFigure, MembershipSpan, ParticipantSeries, ReturnState, due_on};

/// A half counts as open when fewer than this share (percent) of those who returned the half before have returned
/// it. Ours: the public file of 2024 holds 12 producers for the second half against 24 for the first.
pub(super) const OPEN_BELOW_PERCENT: usize = 60;

/// Turns absent halves into missing, not due or not expected.
pub(super) fn mark_absences(
    participants: &mut [ParticipantSeries],
    membership: &[MembershipSpan],
    today: Option<Date>,
) {
    let open = open_halves(participants, today);
    for series in participants {
        let spans: Vec<&MembershipSpan> =
            membership.iter().filter(|m| m.participant == series.participant).collect();
        let mut has_returned = false;
        for figure in &mut series.halves {
            if figure.state.has_return() {
                has_returned = true;
                continue;
            }
            let expected = if spans.is_empty() { has_returned } else { is_member(&spans, figure.half) };
            figure.state = match (expected, open.contains(&figure.half)) {
                (false, _) => ReturnState::NotExpected,
                (true, true) => ReturnState::NotDue,
                (true, false) => ReturnState::Missing,
            };
        }
    }
}

/// Whether a return is owed: membership on the last day of the half. Joining during a half owes its return.
fn is_member(spans: &[&MembershipSpan], half: Half) -> bool {
    let end = Period::Half(half).last_day();
    spans.iter().any(|s| s.from.is_none_or(|from| from <= end) && s.to.is_none_or(|to| end <= to))
}

/// Halves whose returns are still coming in: not yet due on the day of analysis, or (only at the end of the files)
/// far less complete than the half before.
fn open_halves(participants: &[ParticipantSeries], today: Option<Date>) -> Vec<Half> {
    let Some(last) = participants.first().and_then(|s| s.halves.last()).map(|f| f.half) else {
        return Vec::new();
    };
    let returned = |half: Half| participants.iter().filter(|s| returned_in(s, half)).count();
    let both =
        participants.iter().filter(|s| returned_in(s, last) && returned_in(s, last.previous())).count();
    let incomplete = both * 100 < returned(last.previous()) * OPEN_BELOW_PERCENT;
    let halves = participants.first().map(|s| s.halves.as_slice()).unwrap_or_default();
    halves
        .iter()
        .map(|f: &HalfFigure| f.half)
        .filter(|&half| today.is_some_and(|day| day <= due_on(half)) || (half == last && incomplete))
        .collect()
}

fn returned_in(series: &ParticipantSeries, half: Half) -> bool {
    series.half(half).is_some_and(|f| f.state.has_return())
}
