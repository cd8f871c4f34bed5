//! Unit values over their usual range: of production (public), and of trade by participant, way and class (shared).
//!
//! L48: what is worth far less or more than it usually is. The range is the one of the sandbox: the median and three robust
//! deviations; ours. A value outside is a question, not a finding.

use axum::{Extension, extract::State};
use kp_accounts::rights::{Class, Thing};
use kp_db::Tx;
use kp_report::chart::{BandChart, BandPoint, band_chart, grouped_hundredths};
use kp_statistics::{explore::by_quarter, return_cells::UsualRange};

use super::{
    asked::Question,
    picture::{Layout, Picture, Pictures, Shown, answer},
};
use crate::{
    app::{App, Shared},
    asked::Asked,
    frame::{Answer, Frame},
    guard::Visit,
    problem::Problem,
    statistics::analysis,
};

/// One series of unit values.
struct Series {
    code: String,
    name: String,
    /// What of it: production, or a way and a class.
    what: String,
    word: String,
    points: Vec<(String, Option<i64>)>,
}

impl Series {
    fn values(&self) -> Vec<i64> {
        self.points.iter().filter_map(|(_, amount)| *amount).collect()
    }

    /// Each period with the range that up to twelve values before it make, as beside a return that waits.
    fn ranged(&self) -> Vec<(&str, Option<i64>, Option<UsualRange>)> {
        let mut before: Vec<i64> = Vec::new();
        let mut all = Vec::new();
        for (label, amount) in &self.points {
            let last = before.get(before.len().saturating_sub(12)..).unwrap_or_default();
            all.push((label.as_str(), *amount, UsualRange::of(last)));
            before.extend(*amount);
        }
        all
    }

    /// The newest value, with its range.
    fn newest(&self) -> Option<(&str, i64, Option<UsualRange>)> {
        self.ranged().into_iter().rev().find_map(|(label, amount, range)| Some((label, amount?, range)))
    }

    /// Periods whose value lies outside its range.
    fn outside(&self) -> Vec<&str> {
        let outside = |amount: Option<i64>, range: Option<UsualRange>| {
            amount.zip(range).is_some_and(|(amount, range)| !range.holds(amount))
        };
        self.ranged()
            .into_iter()
            .filter(|(_, a, range)| outside(*a, *range))
            .map(|(label, ..)| label)
            .collect()
    }
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Answer {
    answer(&app, visit, &asked, |app, tx, frame, question| {
        Ok(pictures(frame, &series(app, tx, frame, question)?))
    })
    .await
}

fn series(app: &App, tx: &mut Tx<'_>, frame: &Frame, question: &Question) -> Result<Vec<Series>, Problem> {
    let mut all = Vec::new();
    let known = analysis::of_day(app, tx, question.known.day)?;
    let takes = |code| question.participant.is_none_or(|wanted| wanted == code);
    for of in known.participants().filter(|of| of.is_producer() && takes(of.participant)) {
        let halves = of.halves.iter().filter(|half| question.takes_year(half.half.year));
        all.push(Series {
            code: of.participant.to_string(),
            name: of.name.clone(),
            what: frame.t("statistics-production"),
            word: "production".to_owned(),
            points: halves.map(|half| (half.half.to_string(), half.unit_value.map(|v| v.cents()))).collect(),
        });
    }
    if frame.may_see(Class::Shared, &Thing::default()) {
        let told = question.told(tx, frame)?;
        for ((code, way, hs), quarters) in by_quarter(&told, &question.span) {
            if !takes(code) {
                continue;
            }
            let class = hs.map(|hs| hs.to_string()).unwrap_or_default();
            all.push(Series {
                name: known.of(code).map_or_else(|| code.to_string(), |of| of.name.clone()),
                code: code.to_string(),
                what: format!("{} {class}", frame.word(way.word())),
                word: format!("{} {class}", way.word()),
                points: quarters
                    .iter()
                    .map(|(quarter, amounts)| (quarter.to_string(), amounts.unit_value()))
                    .collect(),
            });
        }
    }
    all.retain(|series| !series.values().is_empty());
    // Where the newest value is outside its range, first.
    let newest_outside = |series: &Series| {
        series.newest().is_some_and(|(_, amount, range)| range.is_some_and(|range| !range.holds(amount)))
    };
    all.sort_by_key(|series| (!newest_outside(series), series.code.clone(), series.word.clone()));
    Ok(all)
}

fn pictures(frame: &Frame, all: &[Series]) -> Pictures {
    let with_band = all.iter().filter(|series| series.newest().is_some_and(|(_, _, range)| range.is_some()));
    Pictures {
        tab: "bands",
        layout: Layout::Columns,
        pictures: with_band.map(|series| picture(frame, series)).collect(),
        legend: vec![("band", frame.t("explore-usual")), ("gap-apart", frame.t("explore-outside"))],
        columns: vec![
            (frame.t("participant"), "participant", false),
            (frame.t("explore-what"), "series", false),
            (frame.t("explore-values"), "values", true),
            (frame.t("explore-low"), "usual_low_usd_per_carat", true),
            (frame.t("explore-high"), "usual_high_usd_per_carat", true),
            (frame.t("explore-newest"), "newest", false),
            ("US$/ct".to_owned(), "newest_usd_per_carat", true),
            (frame.t("explore-outside"), "outside", false),
        ],
        rows: all.iter().map(row).collect(),
    }
}

fn row(series: &Series) -> Vec<Shown> {
    let newest = series.newest();
    let range = newest.and_then(|(_, _, range)| range);
    vec![
        Shown::word(format!("{} ({})", series.name, series.code), &series.code),
        Shown::word(series.what.clone(), &series.word),
        Shown::count(series.values().len()),
        Shown::amount(range.map(|range| range.low)),
        Shown::amount(range.map(|range| range.high)),
        Shown::text(newest.map_or("-", |(label, ..)| label)),
        Shown::amount(newest.map(|(_, amount, _)| amount)),
        Shown::text(series.outside().join(" ")),
    ]
}

fn picture(frame: &Frame, series: &Series) -> Picture {
    let said =
        |range: UsualRange| format!("{} – {}", grouped_hundredths(range.low), grouped_hundredths(range.high));
    let points: Vec<BandPoint> = series
        .ranged()
        .into_iter()
        .map(|(label, amount, range)| {
            let figure = amount.map_or("-".to_owned(), grouped_hundredths);
            let usual = range.map(|range| format!("; {} {}", frame.t("explore-usual"), said(range)));
            BandPoint {
                label: label.to_owned(),
                amount,
                band: range.map(|range| (range.low, range.high)),
                says: format!("{label}: {figure} US$/ct{}", usual.unwrap_or_default()),
            }
        })
        .collect();
    let title = format!("{}: {}, US$/ct", series.name, series.what);
    let mut words = series.what.clone();
    if let Some((label, amount, range)) = series.newest() {
        let range = range.map_or("-".to_owned(), said);
        let usual = frame.t("explore-usual");
        words.push_str(&format!("; {label} {} US$/ct, {usual} {range}", grouped_hundredths(amount)));
    }
    let outside = series.outside().len();
    if outside > 0 {
        words.push_str(&format!("; {}: {outside}", frame.t("explore-outside")));
    }
    Picture {
        heading: format!("{} ({})", series.name, series.code),
        link: String::new(),
        drawn: vec![band_chart(&BandChart { title: &title, description: &words, points: &points })],
        words,
    }
}
