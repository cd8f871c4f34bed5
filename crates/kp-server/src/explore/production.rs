//! Production of everybody, three stamps each: carats, US$, US$ per carat. Public: what participants declared.

use axum::{Extension, extract::State};
use kp_report::chart::{Stamp, stamp};
use kp_statistics::series::ParticipantSeries;

use super::{
    asked::{Of, Question},
    picture::{Layout, Picture, Pictures, Shown, answer},
};
use crate::{
    app::Shared,
    asked::Asked,
    frame::{Answer, Frame},
    guard::Visit,
    statistics::analysis,
};

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Answer {
    answer(&app, visit, &asked, |app, tx, frame, question| {
        let known = analysis::of_day(app, tx, question.known.day)?;
        let all: Vec<&ParticipantSeries> = known.participants().collect();
        Ok(pictures(frame, question, &all))
    })
    .await
}

fn pictures(frame: &Frame, question: &Question, all: &[&ParticipantSeries]) -> Pictures {
    let producers: Vec<&ParticipantSeries> = all
        .iter()
        .copied()
        .filter(|series| {
            series.is_producer() && question.participant.is_none_or(|code| code == series.participant)
        })
        .collect();
    Pictures {
        tab: "production",
        layout: Layout::Stamps,
        pictures: producers.iter().filter_map(|series| picture(frame, question, series)).collect(),
        legend: Vec::new(),
        columns: vec![
            (frame.t("participant"), "participant", false),
            (frame.t("trade-year"), "year", true),
            (frame.t("explore-halves"), "halves_returned", true),
            (frame.t("carats"), "carats", true),
            ("US$".to_owned(), "value_usd", true),
            ("US$/ct".to_owned(), "usd_per_carat", true),
        ],
        rows: producers.iter().flat_map(|series| rows(question, series)).collect(),
    }
}

fn picture(frame: &Frame, question: &Question, series: &ParticipantSeries) -> Option<Picture> {
    let halves: Vec<_> = series.halves.iter().filter(|half| question.takes_year(half.half.year)).collect();
    let ends = (halves.first()?.half.to_string(), halves.last()?.half.to_string());
    let drawn = Of::ALL.map(|of| {
        let points: Vec<Option<i64>> = halves
            .iter()
            .map(|half| {
                let amount = match of {
                    Of::Carats => Some(half.carats.hundredths()),
                    Of::Value => Some(half.value.cents()),
                    Of::UnitValue => half.unit_value.map(|value| value.cents()),
                };
                amount.filter(|_| half.state.has_return())
            })
            .collect();
        let most = points.iter().flatten().max().map(|most| kp_report::chart::grouped_hundredths(*most));
        let title = format!("{}: {}", series.name, frame.t(format!("explore-of-{}", of.word())));
        let most = format!("{} {}", most.unwrap_or_else(|| "-".to_owned()), of.unit());
        let description = format!("{} – {}; {}", ends.0, ends.1, frame.t1("explore-highest", "most", most));
        stamp(&Stamp {
            title: &title,
            description: &description,
            class: of.word(),
            points: &points,
            bars: of != Of::UnitValue,
            ends: (&ends.0, &ends.1),
        })
    });
    Some(Picture {
        heading: format!("{} ({})", series.name, series.participant),
        link: format!("/statistics/production/{}{}", series.participant, question.known.query()),
        words: frame.t("explore-three"),
        drawn: drawn.into(),
    })
}

fn rows(question: &Question, series: &ParticipantSeries) -> Vec<Vec<Shown>> {
    let years = series.years.iter().filter(|year| year.halves_returned > 0 && question.takes_year(year.year));
    let row = |year: &kp_statistics::series::YearFigure| {
        vec![
            Shown::word(format!("{} ({})", series.name, series.participant), series.participant.as_str()),
            Shown { is_number: true, ..Shown::text(year.year) },
            Shown::count(usize::from(year.halves_returned)),
            Shown::amount(Some(year.carats.hundredths())),
            Shown::amount(Some(year.value.cents())),
            Shown::amount(year.unit_value.map(|value| value.cents())),
        ]
    };
    years.map(row).collect()
}
