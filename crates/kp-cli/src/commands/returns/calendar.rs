//! `kpcs return calendar`: what is due, what came, and how complete and punctual each participant is.

use kp_statistics::calendar::{Due, ReturnStep, calendar, punctuality};
use kp_terms::{Date, ParticipantCode};
use serde::Serialize;

use crate::{
    answer::{Answer, Outcome},
    arguments::Reading,
    clock,
    place::Place,
    screen::{Table, say, say_json},
};

#[derive(Serialize)]
struct Shown {
    participant: String,
    table: String,
    period: String,
    due_on: String,
    state: String,
    came_on: Option<String>,
    days_late: i64,
    nil: bool,
    versions: u32,
    step: Option<String>,
}

fn shown(due: &Due, today: Date) -> Shown {
    Shown {
        participant: due.participant.to_string(),
        table: due.table.to_string(),
        period: due.period.to_string(),
        due_on: due.due_on.to_string(),
        state: due.state(today).to_owned(),
        came_on: due.came_on.map(|day| day.to_string()),
        days_late: due.days_late(today),
        nil: due.is_nil,
        versions: due.versions,
        step: due.step.map(|step| ReturnStep::word(step).to_owned()),
    }
}

pub(super) fn run(
    place: &Place,
    of: Option<ParticipantCode>,
    as_of: Option<Date>,
    csv: bool,
    reading: Reading,
) -> Answer {
    let today = as_of.unwrap_or_else(|| kp_log::day_of(clock::now()));
    let mut all = place.open()?.db().read(|tx| calendar(tx, today))?;
    all.retain(|due| of.is_none_or(|code| due.participant == code));
    let rows: Vec<Shown> = all.iter().map(|due| shown(due, today)).collect();
    if reading.json {
        say_json(&rows)?;
        return Ok(Outcome::Done);
    }
    if csv {
        say("participant,table,period,due_on,state,came_on,days_late,nil,versions,step")?;
        for row in &rows {
            let (came, step) = (row.came_on.as_deref().unwrap_or(""), row.step.as_deref().unwrap_or(""));
            let nil = if row.nil { "yes" } else { "no" };
            say(&format!(
                "{},{},{},{},{},{came},{},{nil},{},{step}",
                row.participant, row.table, row.period, row.due_on, row.state, row.days_late, row.versions
            ))?;
        }
        return Ok(Outcome::Done);
    }
    let mut table =
        Table::new(&["participant", "table", "period", "due on", "state", "came on", ">days late", "step"]);
    for row in rows {
        table.row(vec![
            row.participant,
            row.table,
            row.period,
            row.due_on,
            if row.nil { format!("{}, nil", row.state) } else { row.state },
            row.came_on.unwrap_or_else(|| "-".into()),
            row.days_late.to_string(),
            row.step.unwrap_or_else(|| "-".into()),
        ]);
    }
    table.say_or("Nothing is due; the calendar begins with `kpcs act begin-calendar`.")?;
    let mut table = Table::new(&["participant", ">due", ">came", ">in time", ">days late"]);
    for (code, of) in punctuality(&all, today) {
        let counts = [i64::from(of.due), i64::from(of.came), i64::from(of.in_time), of.days_late];
        table.row(std::iter::once(code.to_string()).chain(counts.map(|count| count.to_string())).collect());
    }
    say("")?;
    table.say_or("No return has been due yet.")?;
    Ok(Outcome::Done)
}
