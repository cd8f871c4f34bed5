//! Statistics: every producer on one page, the world, the reporting calendar; all as known on a day.

use askama::Template;
use axum::{Extension, extract::State};
use kp_accounts::rights::{Class, Thing};
use kp_language::Texts;
use kp_node::declared::Declared;
use kp_report::chart::{Measure, marks_on, small_multiple};
use kp_statistics::series::ParticipantSeries;
use kp_terms::{Date, Half, ParticipantCode};

use crate::{
    app::Shared,
    asked::Asked,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
    problem::Problem,
    statistics::analysis,
};

/// The day a page of statistics looks back from: a picker, and what has to be kept in links.
pub(crate) struct KnownOn {
    pub(crate) day: Date,
    pub(crate) is_today: bool,
}

impl KnownOn {
    /// The day asked for; today where none is.
    ///
    /// # Errors
    /// Where it is not a date.
    pub(crate) fn of(asked: &Asked, today: Date) -> Result<Self, Problem> {
        let day = match asked.day("as_of")? {
            None => asked.day("known_on")?,
            day => day,
        };
        Ok(Self { is_today: day.is_none_or(|day| day == today), day: day.unwrap_or(today) })
    }

    /// To be put behind a link within statistics.
    pub(crate) fn query(&self) -> String {
        if self.is_today { String::new() } else { format!("?as_of={}", self.day) }
    }
}

struct Multiple {
    code: String,
    name: String,
    picture: String,
    /// How many questions; nothing where they are not to be seen.
    found: Option<usize>,
}

#[derive(Template)]
#[template(path = "statistics/overview.html")]
struct OverviewPage {
    frame: Frame,
    known: KnownOn,
    multiples: Vec<Multiple>,
    never: Vec<(String, String)>,
    findings: usize,
    rows: usize,
}

impl OverviewPage {
    /// Whether the questions shown are all there are.
    fn sees_every(&self) -> bool {
        self.frame.sees_every(Class::Question)
    }
}

pub(crate) async fn overview(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Answer {
    let known = KnownOn::of(&asked, app.today())?;
    page(&app, visit, Section::Statistics, move |app, tx, frame| {
        let on_file = analysis::of_day(app, tx, known.day)?;
        let (producers, never): (Vec<_>, Vec<_>) = on_file.participants().partition(|p| p.is_producer());
        let asks = |code: ParticipantCode| frame.may_see(Class::Question, &Thing::of(code));
        let findings = on_file.findings().filter(|(_, finding)| asks(finding.participant)).count();
        Ok(OverviewPage {
            multiples: producers
                .iter()
                .map(|p| multiple(&on_file, p, asks(p.participant), frame.texts))
                .collect(),
            frame: frame.titled_by("statistics-production"),
            never: never.iter().map(|p| (p.participant.to_string(), p.name.clone())).collect(),
            findings,
            rows: on_file.participants().flat_map(|p| &p.halves).map(|h| h.rows.len()).sum(),
            known,
        })
    })
    .await
}

fn multiple(known: &Declared, series: &ParticipantSeries, asks: bool, texts: Texts) -> Multiple {
    let findings = if asks { known.findings_of(series.participant) } else { Vec::new() };
    let flagged: Vec<Half> = [Measure::Carats, Measure::UnitValue]
        .into_iter()
        .flat_map(|measure| marks_on(measure, findings.iter().copied(), None, analysis::setting(texts)))
        .flat_map(|mark| mark.halves)
        .collect();
    Multiple {
        code: series.participant.to_string(),
        name: series.name.clone(),
        picture: small_multiple(series, &flagged),
        found: asks.then_some(findings.len()),
    }
}

#[derive(Template)]
#[template(path = "statistics/section.html")]
struct SectionPage {
    frame: Frame,
    known: KnownOn,
    tab: &'static str,
    /// Set out by the same code as in the report; HTML.
    section: Option<String>,
}

pub(crate) async fn world(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Answer {
    let known = KnownOn::of(&asked, app.today())?;
    page(&app, visit, Section::Statistics, move |app, tx, frame| {
        let real = &analysis::of_day(app, tx, known.day)?.real.series;
        let section = kp_report::world_section(real, analysis::setting(frame.texts));
        Ok(SectionPage { frame: frame.titled_by("statistics-world-title"), known, tab: "world", section })
    })
    .await
}

pub(crate) async fn calendar(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Answer {
    let known = KnownOn::of(&asked, app.today())?;
    page(&app, visit, Section::Statistics, move |app, tx, frame| {
        let on_file = analysis::of_day(app, tx, known.day)?;
        // Where only invented participants have reported, theirs is the calendar.
        let is_real = !on_file.real.series.participants.is_empty();
        let series = if is_real { &on_file.real.series } else { &on_file.invented.series };
        let section = (!series.participants.is_empty())
            .then(|| kp_report::calendar_section(series, analysis::setting(frame.texts)));
        Ok(SectionPage { frame: frame.titled_by("statistics-calendar"), known, tab: "calendar", section })
    })
    .await
}
