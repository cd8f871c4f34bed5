//! Returns that have not come: what a desk's queue asks, without reading any figure.
//!
//! The same periods, days and members as [`calendar`](crate::calendar::calendar), of which it leaves out everything that
//! has come. Of one participant it is read from an index.

use std::collections::BTreeSet;

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_registry::{MembershipStep, Participant};
use kp_terms::{Date, ParticipantCode, Period};

use crate::AnnexTable;

const CALENDAR_BEGINS: Sql = sql!("calendar_begins");
const RETURNS_IN_OF: Sql = sql!("returns_in_of");

/// A return that is due or will be within the running period, and has not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Outstanding {
    /// Last day on which it is in time.
    pub due_on: Date,
    /// Who owes it.
    pub participant: ParticipantCode,
    /// Which table.
    pub table: AnnexTable,
    /// For which period.
    pub period: Period,
}

/// What has not come from one participant, or (none) from anybody, by day.
///
/// # Errors
/// Where the database fails.
pub fn outstanding(
    tx: &mut Tx<'_>,
    participant: Option<ParticipantCode>,
    today: Date,
) -> Result<Vec<Outstanding>> {
    let Some(begins) = tx.optional(CALENDAR_BEGINS, &[], |row| row.word::<Date>(0))? else {
        return Ok(Vec::new());
    };
    let members = match participant {
        Some(code) => kp_registry::participant_by_code(tx, code)?.into_iter().collect(),
        None => kp_registry::participants(tx)?,
    };
    let mut all = Vec::new();
    for member in &members {
        of_member(tx, member, begins, today, &mut all)?;
    }
    all.sort_unstable();
    Ok(all)
}

fn of_member(
    tx: &mut Tx<'_>,
    member: &Participant,
    begins: Date,
    today: Date,
    all: &mut Vec<Outstanding>,
) -> Result<()> {
    let came: BTreeSet<(AnnexTable, Period)> = tx
        .rows(RETURNS_IN_OF, &[member.code.as_str().into()], |row| Ok((row.word(0)?, row.word(1)?)))?
        .into_iter()
        .collect();
    let ended = kp_registry::memberships_of_participant(tx, member.code)?
        .iter()
        .filter(|change| change.step != MembershipStep::Admitted)
        .map(|change| kp_log::day_of(change.effective_at))
        .min();
    for table in AnnexTable::ALL {
        for period in table.periods(begins.max(member.member_from), today) {
            // Whoever left owes what was over before.
            let is_owed = ended.is_none_or(|day| period.last_day() < day);
            if is_owed && !came.contains(&(table, period)) {
                let due_on = table.due_on(period);
                all.push(Outstanding { due_on, participant: member.code, table, period });
            }
        }
    }
    Ok(())
}
