//! Who did not report, as the page shows it: the calendar, and the missing returns in words.

use askama::Template;
use kp_statistics::series::{ParticipantSeries, ProductionSeries, ReturnState};
use kp_terms::Half;

use crate::chart::{CalendarGroup, CalendarSize, calendar_chart};
use crate::setting::Setting;

#[derive(Template)]
#[template(path = "report/calendar.html")]
struct CalendarView {
    setting: Setting,
    desk: String,
    phone: String,
    missing: Vec<MissingLine>,
    /// Missing returns of participants that declared production at some time, and of those that never did.
    missing_of_producers: usize,
    missing_of_others: usize,
    /// Halves that are still open, if any.
    open: Vec<Half>,
}

struct MissingLine {
    name: String,
    code: String,
    count: usize,
    spans: String,
}

/// Who did not report, set out: the calendar, and every missing return in words.
pub fn calendar_section(series: &ProductionSeries, setting: Setting) -> String {
    CalendarView::of(series, setting)
        .render()
        .expect("because the template only writes texts that are already there")
}

impl CalendarView {
    fn of(series: &ProductionSeries, setting: Setting) -> Self {
        let mut by_name: Vec<&ParticipantSeries> = series.participants.iter().collect();
        by_name.sort_by(|a, b| (&a.name, a.participant).cmp(&(&b.name, b.participant)));
        let missing_of = |produced: bool| {
            by_name
                .iter()
                .filter(|p| p.is_producer() == produced)
                .flat_map(|p| &p.halves)
                .filter(|h| h.state == ReturnState::Missing)
                .count()
        };
        let (missing_of_producers, missing_of_others) = (missing_of(true), missing_of(false));
        let (producers, nil_only) = by_name.iter().copied().partition(|p| p.is_producer());
        let (declared, never) = (setting.t("report-ever-declared"), setting.t("report-never-declared"));
        let groups = [
            CalendarGroup { heading: &declared, quiet: false, lines: producers },
            CalendarGroup { heading: &never, quiet: true, lines: nil_only },
        ];
        let halves = &series.calendar.halves;
        let mut missing: Vec<MissingLine> = by_name.iter().filter_map(|p| missing_line(p, setting)).collect();
        missing.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        Self {
            setting,
            desk: calendar_chart(&groups, halves, CalendarSize::Desk, setting),
            phone: calendar_chart(&groups, halves, CalendarSize::Phone, setting),
            missing_of_producers,
            missing_of_others,
            missing,
            open: series.world_halves.iter().filter(|w| w.open).map(|w| w.half).collect(),
        }
    }
}

fn missing_line(series: &ParticipantSeries, setting: Setting) -> Option<MissingLine> {
    let missing = |state: ReturnState| state == ReturnState::Missing;
    let count = series.halves.iter().filter(|h| missing(h.state)).count();
    let spans = series.halves.chunk_by(|a, b| missing(a.state) == missing(b.state));
    let spans: Vec<String> = spans
        .filter(|span| span.first().is_some_and(|h| missing(h.state)))
        .map(|span| match span {
            [one] => one.half.to_string(),
            [first, .., last] => setting.with(
                "report-from-to",
                &[("first", &first.half.to_string()), ("last", &last.half.to_string())],
            ),
            [] => String::new(),
        })
        .collect();
    (count > 0).then(|| MissingLine {
        name: series.name.clone(),
        code: series.participant.to_string(),
        count,
        spans: spans.join(", "),
    })
}

impl CalendarView {
    /// What is missing, of whom, and which halves are still open, in sentences.
    fn in_words(&self) -> String {
        let setting = self.setting;
        let mut said = vec![setting.t("report-calendar-lead")];
        said.push(match self.missing.is_empty() {
            true => setting.t("report-none-missing"),
            false => setting.with(
                "report-lacking",
                &[
                    ("producers", &setting.count("report-returns", self.missing_of_producers)),
                    ("others", &setting.count("report-returns", self.missing_of_others)),
                ],
            ),
        });
        if !self.open.is_empty() {
            let open: Vec<String> = self.open.iter().map(ToString::to_string).collect();
            said.push(setting.with("report-open", &[("halves", &open.join(", "))]));
        }
        said.join(" ")
    }
}
