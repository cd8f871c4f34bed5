//! Which numbers were allotted to whom, and which blank papers are missing, from the register.
//!
//! domain 4.1, L22, L23. What no office has is the capital's own, and stands in the list as such: a number outside every
//! range of the list is then one that nobody gives.

use anyhow::Result;
use kp_certificate::lists::{Allotment, BlankState, Head, MissingBlanks, Ranges};
use kp_db::Tx;
use kp_log::Statement;
use kp_terms::{Date, ParticipantCode};
use kp_trade::{
    BlankPlace, NumberRange, Range, destroy_blanks::BlanksDestroyed, report_blanks_lost::BlanksLost,
    report_blanks_spoiled::BlanksSpoiled,
};

/// Who has what no office has.
const CAPITAL: &str = "capital";
/// The highest serial that any scheme prints (eight digits; EU2368 Annex IV).
const HIGHEST: u64 = 99_999_999;

/// The list as the register has it.
pub(super) fn list(tx: &mut Tx<'_>, head: Head, code: ParticipantCode) -> Result<Ranges> {
    let since = kp_registry::participant_by_code(tx, code)?.map(|participant| participant.member_from);
    let offices = kp_trade::ranges_of_participant(tx, code)?;
    let allotted = since.map_or_else(Vec::new, |since| with_the_rest(&offices, since));
    Ok(Ranges { head, allotted, missing_blanks: missing_blanks(tx, code)? })
}

/// The offices' ranges in order, and the capital's own between them. A range that came back is the capital's again.
fn with_the_rest(offices: &[Range], since: Date) -> Vec<Allotment> {
    let mut away: Vec<&Range> = offices.iter().filter(|range| range.returned_on.is_none()).collect();
    away.sort_by_key(|range| range.first);
    let capital =
        |first: u64, last: u64| Allotment { first, last, to: CAPITAL.to_owned(), from: since, until: None };
    let (mut all, mut next) = (Vec::new(), 1);
    for range in away {
        if range.first > next {
            all.push(capital(next, range.first - 1));
        }
        all.push(Allotment {
            first: range.first,
            last: range.last,
            to: range.office.clone(),
            from: range.allotted_on,
            until: range.withdrawn_on,
        });
        next = range.last + 1;
    }
    if next <= HIGHEST {
        all.push(capital(next, HIGHEST));
    }
    all
}

/// Pieces of the stock on which nothing can be issued, each with the day on which that was said.
fn missing_blanks(tx: &mut Tx<'_>, code: ParticipantCode) -> Result<Vec<MissingBlanks>> {
    let said = said_of_blanks(tx)?;
    let mut missing = Vec::new();
    for piece in kp_trade::blanks_of_participant(tx, code)? {
        let state = match piece.place {
            BlankPlace::Lost => BlankState::Lost,
            BlankPlace::Stolen => BlankState::Stolen,
            BlankPlace::Spoiled | BlankPlace::Condemned => BlankState::Spoiled,
            BlankPlace::Destroyed => BlankState::Destroyed,
            _ => continue,
        };
        let holds = |range: &NumberRange| {
            range.first().prefix() == code
                && (range.first().serial()..=range.last().serial()).contains(&piece.first)
        };
        // The last that was said of the first number: pieces that were reported together stay together.
        if let Some((_, since)) = said.iter().rfind(|(range, _)| holds(range)) {
            missing.push(MissingBlanks { first: piece.first, last: piece.last, state, since: *since });
        }
    }
    missing.sort_by_key(|blanks| blanks.first);
    Ok(missing)
}

/// What was said of blanks, in the order of the log.
fn said_of_blanks(tx: &mut Tx<'_>) -> Result<Vec<(NumberRange, Date)>> {
    let mut said = Vec::new();
    for entry in kp_log::entries_of_kind(tx, BlanksLost::KIND)? {
        said.push((entry.position, entry.body::<BlanksLost>()?.numbers, entry.on()));
    }
    for entry in kp_log::entries_of_kind(tx, BlanksSpoiled::KIND)? {
        said.push((entry.position, entry.body::<BlanksSpoiled>()?.numbers, entry.on()));
    }
    for entry in kp_log::entries_of_kind(tx, BlanksDestroyed::KIND)? {
        said.push((entry.position, entry.body::<BlanksDestroyed>()?.numbers, entry.on()));
    }
    said.sort_by_key(|(position, _, _)| *position);
    Ok(said.into_iter().map(|(_, numbers, on)| (numbers, on)).collect())
}

#[cfg(test)]
mod tests {
    use kp_trade::Range;

    #[test]
    fn what_no_office_has_is_the_capitals() {
        let day = |text: &str| text.parse().unwrap();
        let range = |office: &str, first, last, returned: Option<&str>| Range {
            office: office.into(),
            first,
            last,
            allotted_on: day("2026-02-03"),
            withdrawn_on: returned.map(day),
            returned_on: returned.map(day),
        };
        let offices = [
            range("north", 101, 200, None),
            range("south", 201, 300, None),
            range("west", 401, 500, Some("2026-03-01")),
        ];
        let all = super::with_the_rest(&offices, day("2025-01-01"));
        let shown: Vec<(u64, u64, &str)> = all.iter().map(|a| (a.first, a.last, a.to.as_str())).collect();
        assert_eq!(
            shown,
            [(1, 100, "capital"), (101, 200, "north"), (201, 300, "south"), (301, 99_999_999, "capital")]
        );
    }
}
