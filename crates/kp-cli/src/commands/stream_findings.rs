//! `kpcs findings stream`, `thresholds` and `preview`: the register's certificates as a stream, the thresholds that hold, and
//! what others would do. Reads only.

use kp_detect::{
    set_detector_threshold::{holding, thresholds_set},
    stream::{Level, QuarterChange, Settings, THRESHOLDS, VERSION, compare},
};
use kp_node::stream;
use serde::Serialize;

use crate::{
    answer::{Answer, Outcome, Trouble},
    arguments::Reading,
    place::Place,
    screen::{Table, say, say_json},
};

/// How far back a preview looks.
const QUARTERS: i32 = 8;

/// Lists the cases.
pub(crate) fn list(place: &Place, reading: Reading) -> Answer {
    let node = place.open()?;
    let analysis = node.db().read(stream::analysis)?;
    if reading.json {
        say_json(&analysis)?;
        return Ok(Outcome::Done);
    }
    say(&format!("{}.", analysis.reconciled))?;
    let mut table = Table::new(&["", ">#", "how", "id", "what was seen"]);
    for case in &analysis.cases {
        let title = analysis.findings.iter().find(|f| f.id == case.id).map_or("", |f| f.title.as_str());
        let how = match (case.level, case.asked) {
            (_, false) => "below the cut",
            (Level::Alert, true) => "ask",
            (Level::Watch, true) => "watch",
        };
        table.row(vec![
            String::new(),
            case.place.to_string(),
            how.to_owned(),
            case.id.clone(),
            title.to_owned(),
        ]);
    }
    table.say_or("  nothing was seen")?;
    Ok(Outcome::Done)
}

#[derive(Serialize)]
struct Thresholds {
    version: &'static str,
    holding: Settings,
    set: Vec<kp_detect::set_detector_threshold::SetThreshold>,
}

/// Lists the thresholds.
pub(crate) fn thresholds(place: &Place, reading: Reading) -> Answer {
    let node = place.open()?;
    let (holding, set) = node.db().read(|tx| Ok::<_, anyhow::Error>((holding(tx)?, thresholds_set(tx)?)))?;
    if reading.json {
        say_json(&Thresholds { version: VERSION, holding, set })?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&["name", ">holds", ">default", "meaning"]);
    for doc in THRESHOLDS {
        let holds = holding.get(doc.name).unwrap_or(doc.default).to_string();
        table.row(vec![doc.name.to_owned(), holds, doc.default.to_string(), doc.meaning.to_owned()]);
    }
    say(&format!("{VERSION}; all are ours\n{}\n", table.text()))?;
    let mut table = Table::new(&["set on", "name", ">value", "by", "why"]);
    for one in &set {
        let on = one.set_on.to_string();
        table.row(vec![
            on,
            one.threshold.clone(),
            one.value.to_string(),
            one.set_by.clone(),
            one.reason.clone(),
        ]);
    }
    table.say_or("none was set by a statement: the defaults hold")?;
    Ok(Outcome::Done)
}

/// Shows what other thresholds would do.
pub(crate) fn preview(place: &Place, changes: &[String], reading: Reading) -> Answer {
    let node = place.open()?;
    let (changed, before, after) = node.db().read(|tx| {
        let now = holding(tx)?;
        let changed = with(now.clone(), changes);
        let before = stream::analysis_with(tx, &now)?;
        let after = changed.as_ref().ok().map(|changed| stream::analysis_with(tx, changed)).transpose()?;
        Ok::<_, anyhow::Error>((changed, before, after))
    })?;
    let after = match (changed, after) {
        (Err(sentence), _) => return Err(Trouble::Usage(sentence)),
        (Ok(_), after) => after.unwrap_or_else(|| before.clone()),
    };
    let quarters = compare(&before, &after, QUARTERS);
    if reading.json {
        say_json(&quarters)?;
        return Ok(Outcome::Done);
    }
    say(&format!("The last {QUARTERS} quarters with {}; nothing is changed:", changes.join(" ")))?;
    say(&in_words(&quarters))?;
    Ok(Outcome::Done)
}

fn with(mut settings: Settings, changes: &[String]) -> Result<Settings, String> {
    for change in changes {
        let parts = change.split_once('=').map(|(name, value)| (name.trim(), value.trim().parse()));
        let Some((name, Ok(value))) = parts else {
            return Err(format!(
                "`{change}` is not a threshold and a whole number; write for example missing_least=4"
            ));
        };
        settings.set(name, value)?;
    }
    Ok(settings)
}

fn in_words(quarters: &[QuarterChange]) -> String {
    let mut table =
        Table::new(&["quarter", ">ask before", ">after", ">watch before", ">after", "appear", "gone"]);
    for each in quarters {
        let counts =
            [each.before.0, each.after.0, each.before.1, each.after.1].map(|count| count.to_string());
        let list = |ids: &[String]| ids.join(" ");
        let row = [each.quarter.clone()].into_iter().chain(counts);
        table.row(row.chain([list(&each.appear), list(&each.gone)]).collect());
    }
    table.text()
}
