//! The page: everything it shows, handed to the templates beside this file.

use askama::Template;
use kp_detect::detector_doc::DetectorDoc;
use kp_detect::finding::Finding;
use kp_detect::production::detector_docs;
use kp_exchange::{Counts, Rejected, RejectedKind};
use kp_language::{Language, Texts};
use kp_statistics::series::ProductionSeries;

use super::AnalysisInput;
use super::calendar_view::calendar_section;
use super::finding_view::{Charts, FindingView};
use super::participant_view::ParticipantView;
use super::rejected_csv::kind_in_words;
use super::world_view::world_section;
use crate::setting::Setting;
use crate::style::{SCRIPT, STYLE};
use crate::words;

/// The page.
#[derive(Template)]
#[template(path = "report/page.html")]
struct Page<'a> {
    input: &'a AnalysisInput<'a>,
    style: &'static str,
    script: &'static str,
    /// `2003 to 2024`
    span: String,
    counts: Counts,
    findings: Vec<FindingView<'a>>,
    world: Option<String>,
    producers: Vec<ParticipantView<'a>>,
    never_produced: Vec<String>,
    calendar: String,
    rejected: Vec<RejectedGroup<'a>>,
    detectors: Vec<&'static DetectorDoc>,
}

struct RejectedGroup<'a> {
    heading: &'static str,
    why: &'static str,
    total: usize,
    rows: Vec<&'a Rejected>,
}

/// Writes the page.
pub(super) fn page<'a>(input: &'a AnalysisInput<'a>) -> String {
    let series = &input.analysis.series;
    let setting = Setting::of_report();
    let on_page: Vec<(usize, &Finding)> =
        (1..).zip(&input.analysis.findings).take(super::ON_THE_PAGE).collect();
    let mut producers: Vec<ParticipantView<'_>> = series
        .participants
        .iter()
        .filter(|p| p.is_producer())
        .map(|p| ParticipantView::new(p, &on_page, input.capacities, setting))
        .collect();
    producers
        .sort_by(|a, b| (&a.series.name, a.series.participant).cmp(&(&b.series.name, b.series.participant)));
    let mut never_produced: Vec<String> =
        series.participants.iter().filter(|p| !p.is_producer()).map(|p| p.name.clone()).collect();
    never_produced.sort();
    let view = |&(number, finding): &(usize, &'a Finding)| {
        let charts = if number <= super::SET_OUT { Charts::Drawn } else { Charts::Elsewhere };
        FindingView::new(number, finding, series.of(finding.participant), charts, setting)
    };
    let page = Page {
        input,
        style: STYLE,
        script: SCRIPT,
        span: span(series),
        counts: input.reading.counts(),
        findings: on_page.iter().map(view).collect(),
        world: world_section(series, setting),
        producers,
        never_produced,
        calendar: calendar_section(series, setting),
        rejected: rejected_groups(&input.reading.rejected),
        detectors: detector_docs(),
    };
    page.render().expect("because the templates only write texts that are already there")
}

impl Page<'_> {
    fn set_out(&self) -> &[FindingView<'_>] {
        &self.findings[..self.findings.len().min(super::SET_OUT)]
    }

    fn further(&self) -> &[FindingView<'_>] {
        &self.findings[self.findings.len().min(super::SET_OUT)..]
    }

    fn not_on_page(&self) -> usize {
        self.input.analysis.findings.len() - self.findings.len()
    }

    fn duplicates_shown(&self) -> &[kp_exchange::Duplicate] {
        let all = &self.input.reading.duplicates;
        &all[..all.len().min(super::ROWS_ON_THE_PAGE)]
    }

    /// `1 urgent, 101 ask, 20 watch and 19 note`
    fn by_severity(&self) -> Vec<(String, usize)> {
        use kp_detect::finding::Severity::{Ask, Note, Urgent, Watch};
        let of =
            |severity| self.input.analysis.findings.iter().filter(|f| f.rank.severity == severity).count();
        [Urgent, Ask, Watch, Note]
            .into_iter()
            .map(|severity| {
                (crate::figure::severity_badge(severity, Texts::of(Language::English)), of(severity))
            })
            .filter(|(_, number)| *number > 0)
            .collect()
    }
}

fn span(series: &ProductionSeries) -> String {
    let years: Vec<i16> = series.world_years.iter().map(|y| y.year).collect();
    match (years.first(), years.last()) {
        (Some(first), Some(last)) if first == last => first.to_string(),
        (Some(first), Some(last)) => format!("{first} to {last}"),
        _ => String::new(),
    }
}

fn rejected_groups(rejected: &[Rejected]) -> Vec<RejectedGroup<'_>> {
    [RejectedKind::Unreadable, RejectedKind::NotProduction, RejectedKind::TotalRow, RejectedKind::NotAFigure]
        .into_iter()
        .map(|kind| {
            let (heading, why) = kind_in_words(kind);
            let of_kind = || rejected.iter().filter(|r| r.kind == kind);
            RejectedGroup {
                heading,
                why,
                total: of_kind().count(),
                rows: of_kind().take(super::ROWS_ON_THE_PAGE).collect(),
            }
        })
        .filter(|group| group.total > 0)
        .collect()
}
