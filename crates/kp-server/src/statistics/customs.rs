//! The scheme's figures against a customs office's file: brought, compared, shown, and not kept.
//!
//! L47: every difference in its parts, none refused. A route is seen by its two sides and by whoever asks them.

use askama::Template;
use axum::{Extension, extract::State};
use kp_accounts::rights::{Class, Thing};
use kp_exchange::customs::{CustomsFile, read_customs};
use kp_statistics::{
    customs::{Cause, Difference, compare},
    explore::{told_by_register, told_by_returns},
};
use kp_terms::Carats;

use crate::{
    app::Shared,
    asked::Asked,
    files::Brought,
    frame::{Answer, Frame, Section, page},
    guard::{Typed, Visit},
    problem::{FieldSaid, Problem},
    statistics::show::KnownOn,
};

/// Rows shown on the page; the command gives all.
const MOST_ROWS: usize = 500;

#[derive(Template)]
#[template(path = "statistics/customs.html")]
struct CustomsPage {
    frame: Frame,
    known: KnownOn,
    file: Option<(String, CustomsFile)>,
    by_register: bool,
    differences: Vec<Difference>,
    more: usize,
}

impl CustomsPage {
    /// The causes of a difference, each with carats and value.
    fn causes(&self, of: &Difference) -> Vec<(Cause, String, String)> {
        let grouped = |amount: Option<&i64>| Carats::from_hundredths(amount.copied().unwrap_or(0)).grouped();
        let has = |cause: &Cause| of.carats.contains_key(cause) || of.cents.contains_key(cause);
        let part = |cause: Cause| (cause, grouped(of.carats.get(&cause)), grouped(of.cents.get(&cause)));
        Cause::ALL.into_iter().filter(has).map(part).collect()
    }

    fn side(&self, side: Option<kp_statistics::explore::Amounts>) -> String {
        let grouped = |amount| Carats::from_hundredths(amount).grouped();
        side.map_or("–".to_owned(), |side| {
            format!("{} ct, US$ {}", grouped(side.carats), grouped(side.cents))
        })
    }
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Answer {
    asked.only(&["as_of"])?;
    let known = KnownOn::of(&asked, app.today())?;
    page(&app, visit, Section::Statistics, move |_, _, frame| {
        Ok(CustomsPage {
            frame: frame.titled_by("customs-title"),
            known,
            file: None,
            by_register: false,
            differences: Vec::new(),
            more: 0,
        })
    })
    .await
}

pub(crate) async fn compared(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
    Extension(Brought(files)): Extension<Brought>,
) -> Answer {
    let Some(brought) = files.first() else {
        return Err(Problem::fields(vec![FieldSaid::new("file", "input-no-file")]));
    };
    let (name, bytes) = (brought.name.clone(), brought.bytes.clone());
    let file = app.blocking(move |app| Ok(read_customs(&bytes, &app.node.names_known()?))).await?;
    let by_register = typed.first("source") == "register";
    let known = KnownOn { day: app.today(), is_today: true };
    page(&app, visit, Section::Statistics, move |_, tx, frame| {
        let known_at = kp_node::declared::end_of(known.day)?;
        let told = match by_register {
            true => told_by_register(&kp_statistics::cells_as_known_on(tx, known_at)?),
            false => told_by_returns(
                kp_statistics::declared_as_known_on(tx, known_at, None, None)?
                    .iter()
                    .filter(|it| crate::explore::asked::may_read(&frame, it)),
            ),
        };
        let mut differences = compare(&told, &file.figures);
        differences.retain(|it| {
            let bodies = vec![it.key.participant.to_string(), it.key.partner.to_string()];
            frame.may_see(Class::Question, &Thing { bodies, ..Thing::default() })
        });
        let bodies: Vec<String> = differences.iter().map(|it| it.key.participant.to_string()).collect();
        if !bodies.is_empty() {
            frame.saw("customs", "routes", &bodies);
        }
        let more = differences.len().saturating_sub(MOST_ROWS);
        differences.truncate(MOST_ROWS);
        let frame = frame.titled_by("customs-title");
        Ok(CustomsPage { frame, known, file: Some((name, file)), by_register, differences, more })
    })
    .await
}
