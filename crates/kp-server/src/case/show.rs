//! One case: who follows it, what is asked, until when, what was said, and how it ends.

use askama::Template;
use axum::{
    Extension,
    extract::{Path, State},
};
use kp_accounts::rights::{Class, Thing};
use kp_cases::{Case, Level, Step};
use kp_db::Tx;
use kp_language::Texts;
use kp_terms::{Date, ParticipantCode};

use crate::{
    act::next::NextAct,
    app::Shared,
    asked::Asked,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
    paper::{panel::panel, record},
    problem::{Problem, Said},
    statistics::show::KnownOn,
    words,
};

#[derive(Template)]
#[template(path = "case/show.html")]
struct ShowPage {
    frame: Frame,
    known: KnownOn,
    case: Case,
    steps: Vec<Step>,
    next: Vec<NextAct>,
    finding: Option<kp_detect::trade::FindingRow>,
    /// The papers beside it, as HTML.
    attached: String,
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(number): Path<String>,
    asked: Asked,
) -> Answer {
    let seen = visit.clone();
    let known = KnownOn::of(&asked, app.today())?;
    page(&app, visit, Section::Cases, move |app, tx, frame| {
        let beside = record::of_case(tx, &number, &seen)?;
        let (case, steps) = case_on(tx, &number, &seen, &known)?;
        Ok(ShowPage {
            attached: panel(app, frame.texts, &beside, &seen)
                .map_err(|error| Problem::broke(error.into()))?,
            frame: {
                let title = frame.t1("case-title", "number", &case.case_number);
                frame.titled(title)
            },
            steps,
            finding: kp_detect::trade::finding_by_id(tx, &case.finding_id)?,
            // Nothing is done in the past.
            next: if known.is_today { next(&case) } else { Vec::new() },
            known,
            case,
        })
    })
    .await
}

/// Whose a question is and how far it has come: of a finding, with its case where there is one.
pub(crate) fn question(participant: ParticipantCode, case: Option<&Case>) -> Thing<'static> {
    Thing { level: case.map(|case| case.level), ..Thing::of(participant) }
}

/// The case with this number, for whoever may see it.
///
/// # Errors
/// Where there is none for them: one answer for both.
pub(crate) fn seen_case(tx: &mut Tx<'_>, number: &str, visit: &Visit) -> Result<Case, Problem> {
    let found = kp_cases::case_by_number(tx, number)?;
    let seen = found.filter(|case| visit.may_see(Class::Question, &question(case.asked, Some(case))));
    let Some(case) = seen else {
        return Err(Problem::not_found(Said::of("problem-no-case").with("number", number)));
    };
    if case.level < Level::Public {
        visit.saw("case", &case.case_number, &[case.asked.to_string()]);
    }
    Ok(case)
}

/// A case with its steps as it stood at the end of a day; who may see it is of today.
pub(crate) fn case_on(
    tx: &mut Tx<'_>,
    number: &str,
    visit: &Visit,
    known: &KnownOn,
) -> Result<(Case, Vec<Step>), Problem> {
    let case = seen_case(tx, number, visit)?;
    let (case, mut steps) = if known.is_today {
        let steps = kp_cases::steps_of_case(tx, &case.case_number)?;
        (case, steps)
    } else {
        kp_cases::case_as_known_on(tx, &case, known.day)?.ok_or_else(|| {
            let said = Said::of("problem-no-case-yet").with("number", number).with("day", known.day);
            Problem::not_found(said)
        })?
    };
    for step in &mut steps {
        step.by_whom = named(tx, std::mem::take(&mut step.by_whom), visit)?;
    }
    Ok((case, steps))
}

/// Who took a step, as whoever looks may know it: the office speaks to the public, its people are known to officers.
fn named(tx: &mut Tx<'_>, id: String, visit: &Visit) -> Result<String, Problem> {
    if visit.viewer.officer().is_some() {
        return Ok(id);
    }
    match kp_registry::officer_by_id(tx, &id)? {
        Some(officer) if !visit.may_see(Class::Staff, &Thing::of(&officer.body)) => Ok(officer.body),
        _ => Ok(id),
    }
}

/// What can be done next about a case.
pub(crate) fn next(case: &Case) -> Vec<NextAct> {
    let acts: &[&str] = match case.state.as_str() {
        "open" => &["answer_case", "close_case"],
        "answered" => &["close_case", "ask_question"],
        _ => &[],
    };
    acts.iter().filter_map(|act| NextAct::of(act, &[("case_number", &case.case_number)])).collect()
}

/// The clock of a case in words: days left, or since when it is owed. A closed or answered case has none running.
pub(crate) fn clock(texts: Texts, case: &Case, today: &Date) -> String {
    if case.state != "open" {
        return match (case.closed_on, case.answered_on) {
            (Some(day), _) => words::with(texts, "case-closed-on", &[("day", &day)]),
            (None, Some(day)) => words::with(texts, "case-answered-on", &[("day", &day)]),
            (None, None) => String::new(),
        };
    }
    // Both are days of one calendar; the difference is whole days.
    let days = case.answer_due.since(*today).map_or(0, |span| span.get_days());
    match days {
        0 => texts.text("case-due-today"),
        days if days > 0 => words::count(texts, "case-days-left", days),
        days => words::count(texts, "case-days-overdue", -days),
    }
}

#[cfg(test)]
mod tests {
    use kp_language::Language;

    use super::*;

    fn case(state: &str) -> Case {
        Case {
            case_number: "C-2026-0001".into(),
            finding_id: String::new(),
            asked: "XA".parse().unwrap(),
            owner: "statistics".into(),
            title: String::new().into(),
            question: String::new().into(),
            opened_on: "2026-02-03".parse().unwrap(),
            answer_due: "2026-03-05".parse().unwrap(),
            visible_on: None,
            public_on: None,
            state: state.into(),
            level: kp_cases::Level::Query,
            answered_on: None,
            closed_on: None,
            outcome: None,
        }
    }

    #[test]
    fn the_clock_counts_whole_days_over_months() {
        let on = |day: &str| clock(Texts::of(Language::English), &case("open"), &day.parse().unwrap());
        assert_eq!(on("2026-02-03"), "30 days left");
        assert_eq!(on("2026-03-04"), "1 day left");
        assert_eq!(on("2026-03-05"), "due today");
        assert_eq!(on("2026-03-06"), "1 day overdue");
        assert_eq!(on("2026-06-05"), "92 days overdue");
        assert_eq!(clock(Texts::of(Language::English), &case("closed"), &"2026-06-05".parse().unwrap()), "");
        let left = clock(Texts::of(Language::French), &case("open"), &"2026-03-04".parse().unwrap());
        assert_eq!(left, "encore 1 jour");
    }
}
