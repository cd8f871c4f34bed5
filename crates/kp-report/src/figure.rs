//! A chart with its caption, as HTML: what the report and the pages show.

use kp_detect::finding::{Finding, Severity};
use kp_language::Texts;
use kp_statistics::series::{ParticipantSeries, WorldHalf};

use crate::chart::{self, Measure, SeriesChart, Size};
use crate::html::escape;
use crate::setting::Setting;

/// The three measures of a participant with its findings marked, each in a figure, begun at one height so that they
/// stand side by side. `findings` come with their place in the list.
pub fn participant_figures(
    series: &ParticipantSeries,
    findings: &[(usize, &Finding)],
    setting: Setting,
) -> Vec<String> {
    let lanes = Measure::ALL.map(|measure| {
        let marks = chart::marks_on(measure, findings.iter().copied(), None, setting);
        chart::lanes_needed(&measure.points(series, setting), &marks)
    });
    let lanes = lanes.into_iter().max().unwrap_or(0);
    Measure::ALL
        .map(|measure| participant_figure(series, measure, findings, (Size::Column, lanes), setting))
        .to_vec()
}

/// One finding on one measure of its participant, in a figure.
pub fn finding_figure(
    series: &ParticipantSeries,
    measure: Measure,
    (number, finding): (usize, &Finding),
    setting: Setting,
) -> String {
    participant_figure(series, measure, &[(number, finding)], (Size::Aside, 0), setting)
}

fn participant_figure(
    series: &ParticipantSeries,
    measure: Measure,
    findings: &[(usize, &Finding)],
    (size, lanes): (Size, usize),
    setting: Setting,
) -> String {
    let points = measure.points(series, setting);
    let of = findings.first().filter(|_| size == Size::Aside).map(|(number, _)| *number);
    let marks = chart::marks_on(measure, findings.iter().copied(), of, setting);
    let title = format!("{}: {}", series.name, setting.t(measure.title()).to_lowercase());
    figure(
        measure,
        &SeriesChart {
            title: &title,
            class: measure.class(),
            points: &points,
            marks: &marks,
            drawn: measure.drawn(),
            size,
            lanes,
            setting,
        },
    )
}

/// One measure of the world, in a figure.
pub fn world_figure(halves: &[WorldHalf], measure: Measure, setting: Setting) -> String {
    let points = measure.world_points(halves, setting);
    let title = setting.with("report-world-of", &[("measure", &setting.t(measure.title()).to_lowercase())]);
    let chart = SeriesChart {
        title: &title,
        class: measure.class(),
        points: &points,
        marks: &[],
        drawn: measure.drawn(),
        size: Size::Column,
        lanes: 0,
        setting,
    };
    figure(measure, &chart)
}

/// How soon to ask, as a word with a shape.
pub fn severity_badge(severity: Severity, texts: Texts) -> String {
    let shape = match severity {
        Severity::Urgent => "M5 0 10 5 5 10 0 5z",
        Severity::Ask => "M5 .6 10 9.4H0z",
        Severity::Watch => "M5 .5a4.5 4.5 0 1 0 .01 0z",
        Severity::Note => "M1 4h8v2H1z",
    };
    let word = severity.as_str();
    format!(
        r#"<span class="badge {word}"><svg viewBox="0 0 10 10" aria-hidden="true"><path d="{shape}"/></svg>{}</span>"#,
        escape(&texts.text(&format!("severity-{word}")))
    )
}

/// A square in the colour of a part, for a legend.
pub fn legend_square(class: &str) -> String {
    format!(
        r#"<svg viewBox="0 0 10 10" aria-hidden="true"><rect class="{class}" width="10" height="10"/></svg>"#
    )
}

fn figure(measure: Measure, chart: &SeriesChart<'_>) -> String {
    let setting = chart.setting;
    let axis = match chart::is_logarithmic(chart.points, chart.drawn) {
        true => format!(", {}", setting.t("report-log-axis")),
        false => String::new(),
    };
    format!(
        r#"<figure class="chart"><figcaption><b>{}</b> {}{axis}</figcaption>{}</figure>"#,
        escape(&setting.t(measure.title())),
        escape(&setting.t(measure.unit())),
        chart::series_chart(chart)
    )
}
