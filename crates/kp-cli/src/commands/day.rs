//! `kpcs day`: the node states that a new civil day (UTC) has come; clocks of cases and confirmations run from that.

use crate::{
    answer::{Answer, Outcome},
    clock,
    place::Place,
    screen::say,
};

/// States the day, once.
pub(crate) fn run(place: &Place) -> Answer {
    let now = clock::now();
    let today = jiff::tz::TimeZone::UTC.to_datetime(now).date();
    let node = place.open()?;
    if let Some(office) = node.office() {
        say(&format!("Office {office} is told the day by the capital's file; nothing to do here"))?;
        return Ok(Outcome::Done);
    }
    let stated = node.reach_day(now)?;
    say(&if stated {
        format!("{today} has come: reminders and due dates were looked at")
    } else {
        format!("{today} was stated before; nothing to do")
    })?;
    Ok(Outcome::Done)
}
