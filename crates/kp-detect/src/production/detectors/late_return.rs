//! late_return: a return was created after its due date, where the source says when.
//!
//! Question: why did the return come late, and does the delay go on?
//! Formula: days = day of creation less due date (two months after the half).
//! Minimum data: the day of creation of every row of the half. A day that more than four halves share is a bulk load of
//! a database and says nothing about lateness.
//! Thresholds (ours): one day or more after the due date; bulk loads from five halves on.
//! Innocent explanations: the row replaces an earlier one that was in time; the source records the day of copying, not of
//! receipt; an extension was granted.
//! An answer must contain: when the return was first sent and to whom; what delayed it; when the next one will come.
//! Evidence: every row of the halves, with its place in the file.
//! Source: CD Annex III(c): half-yearly, within two months.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use kp_statistics::series::{HalfFigure, ParticipantSeries, due_on};
use kp_terms::{Half, Sentence, sentence};

use super::super::context::Context;
use super::super::signal::{Kind, Role, Signal, as_periods};
use super::super::words::{evidence, short_list};
use super::administered_unit_value::habit_beyond;
use crate::detector_doc::DetectorDoc;
use crate::finding::{ArithmeticLine, Severity, Threshold};

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("late_return.rs")));

pub(crate) fn look(context: &Context<'_>) -> Vec<Signal> {
    let bulk = bulk_loads(context);
    context.series.participants.iter().filter_map(|series| signal(context, series, &bulk)).collect()
}

/// Days on which rows of many halves were created at once.
fn bulk_loads(context: &Context<'_>) -> Vec<Date> {
    let mut by_day: BTreeMap<Date, Vec<Half>> = BTreeMap::new();
    for figure in context.series.participants.iter().flat_map(|s| &s.halves) {
        if let Some(day) = figure.created {
            by_day.entry(day).or_default().push(figure.half);
        }
    }
    by_day
        .into_iter()
        .filter_map(|(day, mut halves)| {
            halves.sort_unstable();
            halves.dedup();
            (halves.len() > context.settings.bulk_load_halves).then_some(day)
        })
        .collect()
}

fn days_late(figure: &HalfFigure, bulk: &[Date]) -> Option<i32> {
    let created = figure.created.filter(|day| bulk.binary_search(day).is_err())?;
    let span = due_on(figure.half).until(created).ok()?;
    Some(span.get_days())
}

fn signal(context: &Context<'_>, series: &ParticipantSeries, bulk: &[Date]) -> Option<Signal> {
    let late: Vec<(&HalfFigure, i32)> = series
        .halves
        .iter()
        .filter_map(|f| Some((f, days_late(f, bulk)?)))
        .filter(|(_, days)| *days >= context.settings.late_days)
        .collect();
    let (largest, _) = late.iter().max_by_key(|(f, _)| (f.value, f.half))?;
    let halves: Vec<Half> = late.iter().map(|(f, _)| f.half).collect();
    let by = |(f, days): &(&HalfFigure, i32)| {
        sentence!("found-late-by", "{half} by {days} days", half = f.half, days = days)
    };
    let said: Vec<Sentence> = late.iter().map(by).collect();
    let name = series.name.as_str();
    Some(Signal {
        doc: &DOC,
        kind: Kind::Record,
        role: Role::Habit,
        participant: series.participant,
        severity: Severity::Note,
        periods: as_periods(&halves),
        carats_at_stake: largest.carats,
        value_at_stake: largest.value,
        beyond: habit_beyond(late.len(), 1),
        direction: None,
        undoes_year_before: false,
        title: sentence!(
            "found-late-title",
            "{name}: production returns late ({halves})",
            name = name,
            halves = short_list(&said, 4),
        ),
        question: sentence!(
            "found-late-question",
            "Why did the returns of {name} come late, and when will the next one come?",
            name = name,
        ),
        arithmetic: late
            .iter()
            .map(|(f, days)| {
                let created = f.created.map(|d| d.to_string()).unwrap_or_default();
                ArithmeticLine::new(
                    f.half.to_string(),
                    sentence!(
                        "found-late-created",
                        "created {created}, due {due}",
                        created = created,
                        due = due_on(f.half),
                    ),
                    sentence!("found-late-days", "{days} days late", days = days),
                )
            })
            .collect(),
        thresholds: vec![
            Threshold::ours(
                sentence!("found-late-after", "days after the due date"),
                sentence!("found-or-more", "{limit} or more", limit = context.settings.late_days),
            ),
            Threshold::ours(
                sentence!("found-late-bulk", "halves sharing a creation day that make it a bulk load"),
                sentence!(
                    "found-more-than",
                    "more than {number}",
                    number = context.settings.bulk_load_halves
                ),
            ),
        ],
        evidence: late.iter().flat_map(|(f, _)| evidence(f)).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::example::{findings, steady_world};

    #[test]
    fn fires_on_a_return_three_weeks_late() {
        let rows = steady_world(2009).created("XA", 2008, 1, "2008-09-21");
        assert_eq!(findings(&rows, "late_return"), ["late_return:XA:2008-H1"]);
    }

    #[test]
    fn is_silent_on_time_and_on_a_bulk_load() {
        let mut rows = steady_world(2009).created("XB", 2008, 1, "2008-08-31");
        for year in 2005..=2008 {
            rows = rows.created("XA", year, 1, "2012-01-05").created("XA", year, 2, "2012-01-05");
        }
        assert_eq!(findings(&rows, "late_return"), [""; 0]);
    }
}
