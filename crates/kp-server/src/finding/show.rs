//! One finding: the question, the arithmetic, the thresholds, what would explain it, what an answer must contain, the
//! evidence, and its case.

use askama::Template;
use axum::{
    Extension,
    extract::{Path, State},
};
use kp_accounts::rights::Class;
use kp_cases::{Case, Level};
use kp_db::Tx;
use kp_detect::finding::Finding;
use kp_language::Texts;
use kp_terms::{CertificateNumber, Date, Sentence};

use crate::{
    act::next::NextAct,
    app::{App, Shared},
    case::show::question,
    certificate::show::parties,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
    problem::Problem,
    statistics::analysis,
};

/// A finding with where it comes from.
pub(crate) struct Found {
    pub(crate) finding: Finding,
    /// First seen, for findings over the register.
    pub(crate) on: Option<Date>,
    /// What it said before, with the day from which on, the oldest first.
    pub(crate) earlier: Vec<(Date, Sentence)>,
    /// Place in the list, for findings of returns.
    pub(crate) place: Option<usize>,
    /// Set out by the same code as in the report, for findings of returns; HTML.
    pub(crate) section: Option<String>,
    pub(crate) case: Option<Case>,
}

/// The finding with this id, wherever it comes from.
///
/// # Errors
/// Where there is none for whoever asks: one answer for both.
pub(crate) fn found(app: &App, tx: &mut Tx<'_>, id: &str, visit: &Visit) -> Result<Found, Problem> {
    let found = any_found(app, tx, id, visit)?;
    let thing = question(found.finding.participant, found.case.as_ref());
    if !visit.may_see(Class::Question, &thing) {
        return Err(no_such_finding());
    }
    if thing.level < Some(Level::Public) {
        visit.saw("finding", id, &thing.bodies);
    }
    Ok(found)
}

fn no_such_finding() -> Problem {
    Problem::not_found("problem-no-finding")
}

fn any_found(app: &App, tx: &mut Tx<'_>, id: &str, visit: &Visit) -> Result<Found, Problem> {
    let case = kp_cases::case_of_finding(tx, id)?;
    if let Some(row) = kp_detect::trade::finding_by_id(tx, id)? {
        let mut earlier = kp_detect::trade::versions_of_finding(tx, id)?;
        earlier.pop();
        return Ok(Found {
            earlier: earlier.into_iter().map(|row| (row.found_on, row.finding.title)).collect(),
            finding: row.finding,
            on: Some(row.found_on),
            place: None,
            section: None,
            case,
        });
    }
    let known = analysis::of_today(app, tx)?;
    let Some((place, finding)) = known.findings().find(|(_, finding)| finding.id == id) else {
        return Err(no_such_finding());
    };
    let series = known.of(finding.participant);
    let setting = analysis::setting(Texts::of(visit.language));
    let section = Some(kp_report::finding_section(place, finding, series, setting));
    Ok(Found { finding: finding.clone(), on: None, earlier: Vec::new(), place: Some(place), section, case })
}

#[derive(Template)]
#[template(path = "finding/show.html")]
struct ShowPage {
    frame: Frame,
    found: Found,
    certificate: Option<String>,
    open_case: Option<NextAct>,
}

impl ShowPage {
    fn periods(&self) -> String {
        let periods: Vec<String> = self.found.finding.periods.iter().map(ToString::to_string).collect();
        match periods.split_first() {
            None => String::new(),
            Some((asked, [])) => asked.clone(),
            Some((asked, rest)) => {
                self.frame.t2("finding-compared", "asked", asked, "others", rest.join(", "))
            }
        }
    }
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(id): Path<String>,
) -> Answer {
    let seen = visit.clone();
    page(&app, visit, Section::Findings, move |app, tx, frame| {
        let found = found(app, tx, &id, &seen)?;
        let finding = &found.finding;
        let number = finding.subject.as_deref().and_then(|s| s.parse::<CertificateNumber>().ok());
        let certificate = match number {
            Some(number) => match kp_trade::certificate_by_number(tx, &number)? {
                Some(certificate) => {
                    let thing = parties(tx, &certificate)?;
                    frame.may_see(Class::Certificate, &thing).then(|| certificate.number.to_string())
                }
                None => None,
            },
            None => None,
        };
        // Whoever opens a case about it signs these words as their own.
        let (title, question) =
            (frame.texts.sentence(&finding.title), frame.texts.sentence(&finding.question));
        let asked = finding.participant.to_string();
        let open_case = NextAct::of(
            "open_case",
            &[
                ("asked", asked.as_str()),
                ("finding_id", &finding.id),
                ("title", &title),
                ("question", &question),
            ],
        );
        Ok(ShowPage { frame: frame.titled(title), found, certificate, open_case })
    })
    .await
}
