//! Trade between participants: the mirror, flows, and the world. A route is seen by its two sides and by whoever asks them
//! (the class question); production on the map is public.

use std::collections::BTreeMap;

use axum::{Extension, extract::State};
use kp_accounts::rights::{Class, Thing};
use kp_db::Tx;
use kp_report::chart::{
    Bubble, Flow, Matrix, MatrixCell, Nearness, Sankey, WorldMap, grouped_hundredths, map_chart,
    matrix_chart, sankey_chart,
};
use kp_statistics::explore::{Mirror, mirror};
use kp_terms::ParticipantCode;

use super::{
    asked::{Of, Question},
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

type Routes = BTreeMap<(ParticipantCode, ParticipantCode), Mirror>;

pub(crate) async fn mirrored(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Answer {
    answer(&app, visit, &asked, |_, tx, frame, question| {
        let routes = routes(tx, frame, question)?;
        Ok(as_matrix(frame, question, &routes))
    })
    .await
}

pub(crate) async fn flows(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Answer {
    answer(&app, visit, &asked, |_, tx, frame, question| {
        let routes = routes(tx, frame, question)?;
        Ok(as_sankey(frame, question, &routes))
    })
    .await
}

pub(crate) async fn map(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Answer {
    answer(&app, visit, &asked, |app, tx, frame, question| {
        let routes = routes(tx, frame, question)?;
        as_map(app, tx, frame, question, &routes)
    })
    .await
}

/// The routes that whoever looks may see; that they were shown is on record.
fn routes(tx: &mut Tx<'_>, frame: &Frame, question: &Question) -> Result<Routes, Problem> {
    let told = question.told(tx, frame)?;
    let mut routes = mirror(&told, &question.span);
    routes.retain(|(from, to), _| {
        let thing = Thing { bodies: vec![from.to_string(), to.to_string()], ..Thing::default() };
        let wanted = question.participant.is_none_or(|code| code == *from || code == *to);
        wanted && frame.may_see(Class::Question, &thing)
    });
    let bodies: Vec<String> =
        routes.keys().flat_map(|(from, to)| [from.to_string(), to.to_string()]).collect();
    if !bodies.is_empty() {
        frame.saw("explorer", "routes", &bodies);
    }
    Ok(routes)
}

/// Both sides of a route in the measure asked for.
fn sides(of: Of, route: &Mirror) -> (Option<i64>, Option<i64>) {
    (route.out.and_then(|side| of.amount(side)), route.into.and_then(|side| of.amount(side)))
}

fn said(frame: &Frame, (from, to): &(ParticipantCode, ParticipantCode), of: Of, route: &Mirror) -> String {
    let (out, into) = sides(of, route);
    let amount = |side: Option<i64>| side.map_or("–".to_owned(), grouped_hundredths);
    let both = frame.t2("explore-both", "out", amount(out), "into", amount(into));
    format!("{}: {both} {}", frame.t2("certificate-way", "from", from, "to", to), of.unit())
}

/// What a picture shows, and in which measure.
fn titled(frame: &Frame, tab: &str, of: Of) -> String {
    format!("{}: {}", frame.t(tab), frame.t(format!("explore-of-{}", of.word())))
}

fn link(question: &Question, (from, to): &(ParticipantCode, ParticipantCode)) -> String {
    let as_of = match question.known.is_today {
        true => String::new(),
        false => format!("&as_of={}", question.known.day),
    };
    format!("/statistics/trade?participant={from}{as_of}#{to}")
}

fn table(
    frame: &Frame,
    question: &Question,
    routes: &Routes,
) -> (Vec<super::picture::Column>, Vec<Vec<Shown>>) {
    let columns = vec![
        (frame.t("explore-exporter"), "exporter", false),
        (frame.t("explore-importer"), "importer", false),
        (frame.t("explore-out-carats"), "exporter_carats", true),
        (frame.t("explore-into-carats"), "importer_carats", true),
        (frame.t("explore-more-carats"), "importer_more_carats", true),
        (frame.t("explore-out-value"), "exporter_value_usd", true),
        (frame.t("explore-into-value"), "importer_value_usd", true),
        (frame.t("explore-more-value"), "importer_more_value_usd", true),
        (frame.t("explore-nearness"), "nearness", false),
    ];
    let rows = routes.iter().map(|(key, route)| {
        let mut row = vec![Shown::text(key.0).linked(link(question, key)), Shown::text(key.1)];
        for of in [Of::Carats, Of::Value] {
            let (out, into) = sides(of, route);
            let more = out.zip(into).map(|(out, into)| into.saturating_sub(out));
            row.extend([out, into, more].map(Shown::amount));
        }
        let (out, into) = sides(question.of, route);
        row.push(Nearness::of(out, into).map_or_else(
            || Shown::text(""),
            |near| Shown::word(frame.t(format!("explore-gap-{}", near.word())), near.word()),
        ));
        row
    });
    (columns, rows.collect())
}

fn sum(routes: &Routes, of: Of) -> String {
    let amount = |route: &Mirror| {
        let (out, into) = sides(of, route);
        out.or(into).unwrap_or(0)
    };
    grouped_hundredths(routes.values().map(amount).fold(0, i64::saturating_add))
}

fn as_matrix(frame: &Frame, question: &Question, routes: &Routes) -> Pictures {
    let codes = |end: fn(&(ParticipantCode, ParticipantCode)) -> ParticipantCode| {
        let mut codes: Vec<String> = routes.keys().map(|key| end(key).to_string()).collect();
        codes.sort();
        codes.dedup();
        codes
    };
    let (rows, columns) = (codes(|key| key.0), codes(|key| key.1));
    let place = |all: &[String], code: ParticipantCode| all.iter().position(|c| c == code.as_str());
    let cells: Vec<MatrixCell> = routes
        .iter()
        .filter_map(|(key, route)| {
            let (out, into) = sides(question.of, route);
            Some(MatrixCell {
                row: place(&rows, key.0)?,
                column: place(&columns, key.1)?,
                out,
                into,
                says: said(frame, key, question.of, route),
                href: link(question, key),
            })
        })
        .collect();
    let title = titled(frame, "explore-tab-mirror", question.of);
    let description =
        frame.t2("explore-describe-routes", "routes", routes.len(), "sum", sum(routes, Of::Carats));
    let matrix =
        Matrix { title: &title, description: &description, rows: &rows, columns: &columns, cells: &cells };
    let drawn = (!cells.is_empty()).then(|| Picture {
        heading: title.clone(),
        link: String::new(),
        words: frame.t("explore-mirror-how"),
        drawn: vec![matrix_chart(&matrix)],
    });
    let (columns, rows) = table(frame, question, routes);
    Pictures {
        tab: "mirror",
        layout: Layout::Natural,
        pictures: drawn.into_iter().collect(),
        legend: Nearness::ALL
            .map(|near| (near.class(), frame.t(format!("explore-gap-{}", near.word()))))
            .into(),
        columns,
        rows,
    }
}

fn arrows(frame: &Frame, question: &Question, routes: &Routes) -> Vec<Flow> {
    let flow = |(key, route): (&(ParticipantCode, ParticipantCode), &Mirror)| {
        let (out, into) = sides(question.of, route);
        Flow {
            from: key.0.to_string(),
            to: key.1.to_string(),
            // The exporter's word; where it is silent, the importer's.
            amount: out.or(into).unwrap_or(0),
            says: said(frame, key, question.of, route),
            href: link(question, key),
        }
    };
    routes.iter().map(flow).collect()
}

fn as_sankey(frame: &Frame, question: &Question, routes: &Routes) -> Pictures {
    let flows = arrows(frame, question, routes);
    let title = titled(frame, "explore-tab-flows", question.of);
    let description =
        frame.t2("explore-describe-routes", "routes", routes.len(), "sum", sum(routes, Of::Carats));
    let (from, to) = (frame.t("explore-exporters"), frame.t("explore-importers"));
    let sankey = Sankey { title: &title, description: &description, sides: (&from, &to), flows: &flows };
    let drawn = (!flows.is_empty()).then(|| Picture {
        heading: title.clone(),
        link: String::new(),
        words: frame.t("explore-flows-how"),
        drawn: vec![sankey_chart(&sankey)],
    });
    let (columns, rows) = table(frame, question, routes);
    Pictures {
        tab: "flows",
        layout: Layout::Wide,
        pictures: drawn.into_iter().collect(),
        legend: Vec::new(),
        columns,
        rows,
    }
}

/// What each participant mined in the last complete year of the span, one with a return for both halves (nil is a return); where
/// there is none, in the last with any. Half a year beside a year would be half a circle.
fn mined(
    app: &App,
    tx: &mut Tx<'_>,
    frame: &Frame,
    question: &Question,
) -> Result<Vec<(Bubble, i16)>, Problem> {
    let known = analysis::of_day(app, tx, question.known.day)?;
    let mut bubbles = Vec::new();
    for of in known.participants() {
        let mut years = of.years.iter().rev().filter(|year| question.takes_year(year.year));
        let any = years.clone().find(|year| year.halves_returned > 0);
        let Some(year) = years.find(|year| year.halves_returned == 2).or(any) else { continue };
        if year.carats.hundredths() == 0 {
            continue;
        }
        if question.participant.is_some_and(|code| code != of.participant) {
            continue;
        }
        let amount = if question.of == Of::Value { year.value.cents() } else { year.carats.hundredths() };
        let unit = if question.of == Of::Value { Of::Value } else { Of::Carats };
        let key = if year.halves_returned == 2 { "explore-mined" } else { "explore-mined-half" };
        let produced = frame.t2(key, "name", &of.name, "year", year.year);
        bubbles.push((
            Bubble {
                code: of.participant.to_string(),
                amount,
                says: format!("{produced}: {} {}", grouped_hundredths(amount), unit.unit()),
                href: format!("/statistics/production/{}{}", of.participant, question.known.query()),
            },
            year.year,
        ));
    }
    Ok(bubbles)
}

fn as_map(
    app: &App,
    tx: &mut Tx<'_>,
    frame: &Frame,
    question: &Question,
    routes: &Routes,
) -> Result<Pictures, Problem> {
    let mined = mined(app, tx, frame, question)?;
    let bubbles: Vec<Bubble> = mined.iter().map(|(bubble, _)| bubble.clone()).collect();
    let flows = arrows(frame, question, routes);
    let title = frame.t("explore-tab-map");
    let description = frame.t2("explore-describe-map", "producers", bubbles.len(), "routes", flows.len());
    let inset = frame.t("explore-invented");
    let world = WorldMap {
        title: &title,
        description: &description,
        inset: &inset,
        bubbles: &bubbles,
        flows: &flows,
    };
    let mut rows: Vec<Vec<Shown>> = Vec::new();
    for (bubble, year) in &mined {
        let name = Shown::text(&bubble.code).linked(bubble.href.clone());
        let year = Shown { is_number: true, ..Shown::text(year) };
        let what = Shown::word(frame.t("statistics-production"), "production");
        rows.push(vec![what, name, Shown::text(""), year, Shown::amount(Some(bubble.amount))]);
    }
    for flow in &flows {
        let what = Shown::word(frame.t("trade-flow"), "trade");
        let from = Shown::text(&flow.from).linked(flow.href.clone());
        rows.push(vec![what, from, Shown::text(&flow.to), Shown::text(""), Shown::amount(Some(flow.amount))]);
    }
    let unit = frame.t(format!("explore-of-{}", question.of.word()));
    Ok(Pictures {
        tab: "map",
        layout: Layout::Wide,
        pictures: vec![Picture {
            heading: format!("{title}: {unit}"),
            link: String::new(),
            words: frame.t("explore-map-how"),
            drawn: vec![map_chart(&world)],
        }],
        legend: vec![
            ("bubble", frame.t("explore-legend-mined")),
            ("arrow-head", frame.t("explore-legend-flow")),
        ],
        columns: vec![
            (frame.t("explore-what"), "what", false),
            (frame.t("explore-who"), "participant", false),
            (frame.t("explore-importer"), "importer", false),
            (frame.t("trade-year"), "year", true),
            (unit, "amount", true),
        ],
        rows,
    })
}
