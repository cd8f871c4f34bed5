//! A participant as the page shows it: three charts, its findings, its table.

use askama::Template;
use kp_detect::finding::Finding;
use kp_detect::production::{CapacityBand, row_place};
use kp_statistics::production::RowPlace;
use kp_statistics::series::{HalfFigure, ParticipantSeries, ReturnState};
use kp_terms::{Half, UsdCents};

use super::participant_view as view;
use crate::chart::{Measure, compact, marks_on, small_multiple};
use crate::figure::participant_figures;
use crate::setting::Setting;
use crate::words::state_key;

pub(super) struct ParticipantView<'a> {
    pub(super) series: &'a ParticipantSeries,
    pub(super) findings: Vec<(usize, &'a Finding)>,
    pub(super) figures: Vec<String>,
    pub(super) multiple: String,
    pub(super) capacities: Vec<&'a CapacityBand>,
    pub(super) setting: Setting,
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
    setting: Setting,
) -> String {
    ParticipantView::new(series, findings, capacities, setting).section()
}

impl<'a> ParticipantView<'a> {
    /// `findings` are all that are shown, with their place in the list; its own are taken from them.
    pub(super) fn new(
        series: &'a ParticipantSeries,
        findings: &[(usize, &'a Finding)],
        capacities: &'a [CapacityBand],
        setting: Setting,
    ) -> Self {
        let own = |finding: &Finding| finding.participant == series.participant;
        let findings: Vec<(usize, &Finding)> =
            findings.iter().copied().filter(|(_, finding)| own(finding)).collect();
        let flagged: Vec<Half> = marks_on(Measure::Carats, findings.iter().copied(), None, setting)
            .into_iter()
            .chain(marks_on(Measure::UnitValue, findings.iter().copied(), None, setting))
            // Habits go on for years: they would colour everything.
            .flat_map(|mark| mark.halves)
            .collect();
        Self {
            figures: participant_figures(series, &findings, setting),
            multiple: small_multiple(series, &flagged),
            capacities: capacities.iter().filter(|c| c.participant == series.participant).collect(),
            findings,
            series,
            setting,
        }
    }

    /// The participant set out.
    pub(super) fn section(&self) -> String {
        Section { p: self }.render().expect("because the template only writes texts that are already there")
    }

    pub(super) fn link(&self, finding: &Finding) -> String {
        (self.setting.finding)(finding)
    }

    pub(super) fn anchor(&self) -> String {
        format!("participant-{}", self.series.participant)
    }

    /// `44 half-years with figures; highest 1,862,937.63 ct in 2008-H2`
    pub(super) fn in_short(&self) -> String {
        let produced = self.series.halves.iter().filter(|h| !h.carats.is_zero()).count();
        let with_carats = self.setting.count("report-with-carats", produced);
        let highest = self.highest().map(|h| {
            let (figure, half) = (format!("{} ct", h.carats.grouped()), h.half.to_string());
            self.setting.with("report-described-highest", &[("figure", &figure), ("half", &half)])
        });
        [Some(with_carats), highest].into_iter().flatten().collect::<Vec<_>>().join("; ")
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
            let figure = format!("{} ct", compact((carats + unit / 2) / unit * unit));
            self.setting.with("report-up-to", &[("figure", &figure), ("half", &h.half.to_string())])
        })
    }

    fn highest(&self) -> Option<&HalfFigure> {
        self.series.halves.iter().max_by_key(|h| (h.carats, std::cmp::Reverse(h.half)))
    }

    pub(super) fn found(&self) -> String {
        match self.findings.len() {
            0 => String::new(),
            n => self.setting.count("production-findings", n),
        }
    }

    pub(super) fn state_of(&self, figure: &HalfFigure) -> String {
        self.setting.t(state_key(figure.state))
    }

    /// `Capacity on file from 2006 to 2010: 5,000.00 to 9,000.00 ct a year. Source: ...`
    pub(super) fn capacity(&self, band: &CapacityBand) -> String {
        let setting = self.setting;
        let (from, high) = (band.first_year.to_string(), band.high.grouped());
        let years = match band.last_year {
            Some(last) => setting.with("report-from-to", &[("first", &from), ("last", &last.to_string())]),
            None => setting.with("report-from", &[("year", &from)]),
        };
        let carats = match band.low {
            Some(low) => setting.with("report-from-to", &[("first", &low.grouped()), ("last", &high)]),
            None => setting.with("report-at-most", &[("carats", &high)]),
        };
        let values = [("years", years.as_str()), ("carats", &carats), ("source", &band.source)];
        setting.with("report-capacity", &values)
    }

    /// `kp.csv, row 12, 14`: the rows of a half, each file named once.
    pub(super) fn rows_of(&self, figure: &HalfFigure) -> String {
        let groups = figure.rows.chunk_by(|a, b| (&a.file, &a.sheet) == (&b.file, &b.sheet));
        let named = |rows: &[RowPlace]| {
            let [first, rest @ ..] = rows else { return String::new() };
            let rest = rest.iter().map(|row| row.row.to_string());
            std::iter::once(self.setting.texts.sentence(&row_place(first)))
                .chain(rest)
                .collect::<Vec<_>>()
                .join(", ")
        };
        groups.map(named).collect::<Vec<_>>().join("; ")
    }

    /// Halves of the table: all but those in which nobody expected a return.
    pub(super) fn table(&self) -> impl Iterator<Item = &HalfFigure> {
        self.series.halves.iter().filter(|h| h.state != ReturnState::NotExpected)
    }
}

pub(super) fn unit_value_text(value: &Option<UsdCents>) -> String {
    value.map_or_else(|| "–".to_owned(), UsdCents::grouped)
}
