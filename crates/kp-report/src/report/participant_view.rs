//! A participant as the page shows it: three charts, its findings, its table.

use askama::Template;
use kp_detect::finding::Finding;
use kp_detect::production::CapacityBand;
use kp_statistics::series::{HalfFigure, ParticipantSeries, ReturnState};
use kp_terms::{Half, UsdCents};

use super::participant_view as view;
use crate::chart::{Measure, compact, marks_on, small_multiple};
use crate::figure::participant_figures;
use crate::links::Links;
use crate::words::{counted, shown, state_label};

pub(super) struct ParticipantView<'a> {
    pub(super) series: &'a ParticipantSeries,
    pub(super) findings: Vec<(usize, &'a Finding)>,
    pub(super) figures: Vec<String>,
    pub(super) multiple: String,
    pub(super) capacities: Vec<&'a CapacityBand>,
    links: Links,
}

#[derive(Template)]
#[template(path = "report/participant.html")]
struct Section<'v, 'a> {
    p: &'v ParticipantView<'a>,
}

/// A participant set out: three charts with its findings marked, the findings, the figures as a table. `findings` come
/// with their place in the list; those of others are passed over.
pub fn participant_section(
    series: &ParticipantSeries,
    findings: &[(usize, &Finding)],
    capacities: &[CapacityBand],
    links: Links,
) -> String {
    ParticipantView::new(series, findings, capacities, links).section()
}

impl<'a> ParticipantView<'a> {
    /// `findings` are all that are shown, with their place in the list; its own are taken from them.
    pub(super) fn new(
        series: &'a ParticipantSeries,
        findings: &[(usize, &'a Finding)],
        capacities: &'a [CapacityBand],
        links: Links,
    ) -> Self {
        let own = |finding: &Finding| finding.participant == series.participant;
        let findings: Vec<(usize, &Finding)> =
            findings.iter().copied().filter(|(_, finding)| own(finding)).collect();
        let flagged: Vec<Half> = marks_on(Measure::Carats, findings.iter().copied(), None, links)
            .into_iter()
            .chain(marks_on(Measure::UnitValue, findings.iter().copied(), None, links))
            // Habits go on for years: they would colour everything.
            .flat_map(|mark| mark.halves)
            .collect();
        Self {
            figures: participant_figures(series, &findings, links),
            multiple: small_multiple(series, &flagged),
            capacities: capacities.iter().filter(|c| c.participant == series.participant).collect(),
            findings,
            series,
            links,
        }
    }

    /// The participant set out.
    pub(super) fn section(&self) -> String {
        Section { p: self }.render().expect("because the template only writes texts that are already there")
    }

    pub(super) fn link(&self, finding: &Finding) -> String {
        (self.links.finding)(finding)
    }

    pub(super) fn anchor(&self) -> String {
        format!("participant-{}", self.series.participant)
    }

    /// `44 half-years with figures; highest 1,862,937.63 ct in 2008-H2`
    pub(super) fn in_short(&self) -> String {
        let produced = self.series.halves.iter().filter(|h| !h.carats.is_zero()).count();
        let highest = self
            .highest()
            .map_or(String::new(), |h| format!("; highest {} ct in {}", h.carats.grouped(), h.half));
        format!("{} with carats{highest}", counted(produced, "half-year", "half-years"))
    }

    /// `up to 1.9M ct, 2008-H2`
    pub(super) fn peak(&self) -> String {
        self.highest().map_or(String::new(), |h| {
            // Whole thousands and millions are enough beside a stamp.
            let carats = h.carats.hundredths();
            let unit = if carats >= 100_000_000 {
                10_000_000
            } else if carats >= 100_000 {
                100_000
            } else {
                100
            };
            format!("up to {} ct, {}", compact((carats + unit / 2) / unit * unit), h.half)
        })
    }

    fn highest(&self) -> Option<&HalfFigure> {
        self.series.halves.iter().max_by_key(|h| (h.carats, std::cmp::Reverse(h.half)))
    }

    pub(super) fn found(&self) -> String {
        match self.findings.len() {
            0 => String::new(),
            n => counted(n, "finding", "findings"),
        }
    }

    /// Halves of the table: all but those in which nobody expected a return.
    pub(super) fn table(&self) -> impl Iterator<Item = &HalfFigure> {
        self.series.halves.iter().filter(|h| h.state != ReturnState::NotExpected)
    }
}

pub(super) fn title_of(finding: &Finding) -> String {
    shown(&finding.title)
}

pub(super) fn state_of(figure: &HalfFigure) -> &'static str {
    state_label(figure.state)
}

pub(super) fn unit_value_text(value: &Option<UsdCents>) -> String {
    value.map_or_else(|| "–".to_owned(), UsdCents::grouped)
}

/// `kp.csv, rows 12, 14`: the rows of a half, each file named once.
pub(super) fn rows_of(figure: &HalfFigure) -> String {
    let groups = figure.rows.chunk_by(|a, b| (&a.file, &a.sheet) == (&b.file, &b.sheet));
    groups
        .map(|rows| match rows {
            [one] => one.to_string(),
            [first, rest @ ..] => {
                let rest: Vec<String> = rest.iter().map(|r| r.row.to_string()).collect();
                format!("{first}, {}", rest.join(", "))
            }
            [] => String::new(),
        })
        .collect::<Vec<_>>()
        .join("; ")
}
