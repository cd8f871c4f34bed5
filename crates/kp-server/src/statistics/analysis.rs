//! The production returns on file, added up and looked at: the same series and findings as `kpcs analyze` gives.
//!
//! Worked out anew when something it depends on has changed: a return, a capacity, an admission, the day. Works nothing
//! out itself: see `kp_node::declared`.

use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use kp_db::Tx;
use kp_language::Texts;
use kp_node::declared::Declared;
use kp_report::Setting;
use kp_terms::Date;

use crate::{act::next::escaped, app::App, problem::Problem};

/// In which language charts and sections are read, and where their links lead.
pub(crate) fn setting(texts: Texts) -> Setting {
    Setting {
        texts,
        finding: |finding| format!("/findings/{}", escaped(&finding.id)),
        participant: |code| format!("/statistics/production/{code}"),
    }
}

/// Statements that change what comes out.
const DEPENDS_ON: [&str; 4] =
    ["return_submitted", "returns_loaded", "capacity_recorded", "participant_admitted"];

/// What an analysis was made from: the last statements of each kind, and the day it looks back from.
type Key = ([u64; 4], Date);

/// The last few analyses.
#[derive(Default)]
pub(crate) struct Analyses(Mutex<Vec<(Key, Arc<Declared>)>>);

/// How many days looked back from are kept.
const KEPT: usize = 4;

/// What is known today.
pub(crate) fn of_today(app: &App, tx: &mut Tx<'_>) -> Result<Arc<Declared>, Problem> {
    of_day(app, tx, app.today())
}

/// What was known at the end of a day.
pub(crate) fn of_day(app: &App, tx: &mut Tx<'_>, day: Date) -> Result<Arc<Declared>, Problem> {
    let mut last = [0; 4];
    for (position, kind) in last.iter_mut().zip(DEPENDS_ON) {
        *position = kp_log::last_entry_of_kind(tx, kind)?.map_or(0, |entry| entry.position);
    }
    let key = (last, day);
    let kept =
        |all: &Vec<(Key, Arc<Declared>)>| all.iter().find(|(k, _)| *k == key).map(|(_, a)| Arc::clone(a));
    if let Some(analysis) = kept(&app.analyses.0.lock().unwrap_or_else(PoisonError::into_inner)) {
        return Ok(analysis);
    }
    let analysis = Arc::new(kp_node::declared::declared_on(tx, day)?);
    let mut all = app.analyses.0.lock().unwrap_or_else(PoisonError::into_inner);
    if all.len() >= KEPT {
        all.remove(0);
    }
    all.push((key, Arc::clone(&analysis)));
    Ok(analysis)
}
