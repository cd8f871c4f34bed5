//! A finding as the page shows it.

use askama::Template;
use kp_detect::finding::{Evidence, Finding};
use kp_statistics::series::ParticipantSeries;

use super::findings_csv::decimals;
use crate::chart::Measure;
use crate::figure::{finding_figure, severity_badge};
use crate::setting::Setting;

/// More evidence than this is folded away.
const EVIDENCE_OPEN: usize = 8;

pub(super) struct FindingView<'a> {
    pub(super) number: usize,
    pub(super) anchor: String,
    pub(super) finding: &'a Finding,
    /// Carats and unit value with this finding marked; empty where it is not set out in full.
    pub(super) figures: Vec<String>,
    /// Where its participant's charts are, if it has any.
    pub(super) charts_at: Option<String>,
    pub(super) setting: Setting,
}

/// A finding set out: question, arithmetic, thresholds, charts, what would explain it, what an answer must contain,
/// further signals and evidence. `number` is its place in the list.
pub fn finding_section(
    number: usize,
    finding: &Finding,
    series: Option<&ParticipantSeries>,
    setting: Setting,
) -> String {
    FindingView::new(number, finding, series, Charts::Drawn, setting).body()
}

/// Whether a finding brings its charts or only says where they are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Charts {
    Drawn,
    Elsewhere,
}

#[derive(Template)]
#[template(path = "report/finding_body.html")]
struct Body<'v, 'a> {
    f: &'v FindingView<'a>,
}

impl<'a> FindingView<'a> {
    pub(super) fn new(
        number: usize,
        finding: &'a Finding,
        series: Option<&ParticipantSeries>,
        charts: Charts,
        setting: Setting,
    ) -> Self {
        let drawn = series.filter(|_| charts == Charts::Drawn).map(|participant| {
            [Measure::Carats, Measure::UnitValue]
                .map(|measure| finding_figure(participant, measure, (number, finding), setting))
                .to_vec()
        });
        let producer = series.is_some_and(ParticipantSeries::is_producer);
        Self {
            number,
            anchor: crate::html::anchor(&finding.id),
            finding,
            figures: drawn.unwrap_or_default(),
            charts_at: producer.then(|| (setting.participant)(finding.participant)),
            setting,
        }
    }

    /// Everything below the headline.
    pub(super) fn body(&self) -> String {
        Body { f: self }.render().expect("because the template only writes texts that are already there")
    }

    pub(super) fn title(&self) -> String {
        self.setting.say(&self.finding.title)
    }

    pub(super) fn period(&self) -> String {
        self.finding.periods.first().map(ToString::to_string).unwrap_or_default()
    }

    pub(super) fn detector(&self) -> String {
        self.setting.detector(&self.finding.detector)
    }

    pub(super) fn badge(&self) -> String {
        severity_badge(self.finding.rank.severity, self.setting.texts)
    }

    /// US$ at stake, short, for the list; the exact figure stands among the factors.
    pub(super) fn at_stake(&self) -> String {
        let rank = &self.finding.rank;
        match (rank.value_at_stake.cents(), rank.carats_at_stake.hundredths()) {
            (0, 0) => "–".to_owned(),
            (0, carats) => format!("{} ct", crate::chart::compact(rounded(carats))),
            (cents, _) => format!("US$ {}", crate::chart::compact(rounded(cents))),
        }
    }

    pub(super) fn beyond(&self) -> String {
        decimals(self.finding.rank.beyond_hundredths, 2)
    }

    /// `How soon: ask`
    pub(super) fn how_soon(&self) -> String {
        let word = self.setting.t(&format!("severity-{}", self.finding.rank.severity.as_str()));
        self.setting.with("report-how-soon", &[("severity", &word.to_lowercase())])
    }

    pub(super) fn product(&self) -> String {
        decimals(self.finding.rank.order_thousandths, 3)
    }

    pub(super) fn severity_factor(&self) -> String {
        decimals(self.finding.rank.severity.weight_hundredths(), 2)
    }

    /// Independent signals that agree, as the others.
    pub(super) fn has_support(&self) -> bool {
        !self.finding.supporting.is_empty()
    }

    pub(super) fn evidence_open(&self) -> bool {
        self.finding.evidence.len() <= EVIDENCE_OPEN
    }

    pub(super) fn evidence(&self) -> &[Evidence] {
        &self.finding.evidence
    }
}

/// Three figures that matter, for a list: 153,673,367.58 is shown as 154M.
fn rounded(hundredths: i64) -> i64 {
    let mut unit: i64 = 1;
    while hundredths / unit >= 1_000 {
        unit *= 10;
    }
    hundredths.saturating_add(unit / 2) / unit * unit
}
