//! `kpcs rebuild [--check]`: every table worked out again from the log, to be compared or replaced.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use kp_node::{Node, RebuildReport};
use serde::Serialize;

use crate::{
    answer::{Answer, Outcome},
    arguments::Rebuild,
    place::Place,
    screen::{counted, say, say_json},
};

/// Compares or replaces.
pub(crate) fn run(place: &Place, options: Rebuild) -> Answer {
    let node = place.open()?;
    if !options.check {
        if let Some(fault) = node.faults().first() {
            let message = format!("the log is not as it was written, so nothing is rebuilt from it: {fault}");
            return Err(anyhow::anyhow!(message).into());
        }
        let entries = rebuilt(&node)?;
        say(&format!("Every table was filled again from {entries} entries"))?;
        return Ok(Outcome::Done);
    }
    let report = node.rebuild_check()?;
    if options.json {
        say_json(&Shown::from(&report))?
    } else {
        say_report(&report)?
    }
    Ok(if report.differences.is_empty() { Outcome::Done } else { Outcome::Found })
}

/// With a bar that fills, where there is a terminal.
fn rebuilt(node: &Node) -> anyhow::Result<u64> {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    let style =
        ProgressStyle::with_template("{wide_bar} {human_pos} of {human_len} entries, {eta} left {msg}");
    let bar = bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let entries = node.rebuild(|progress| {
        bar.set_length(progress.of);
        bar.set_position(progress.done);
        if progress.done == progress.of {
            bar.set_message("(indexes)");
        }
    })?;
    bar.finish_and_clear();
    Ok(entries)
}

fn say_report(report: &RebuildReport) -> anyhow::Result<()> {
    for difference in &report.differences {
        say(&difference.to_string())?;
    }
    let rows: usize = report.tables.values().sum();
    let what =
        format!("{rows} rows in {} tables, worked out from {} entries", report.tables.len(), report.entries);
    say(&match report.differences.len() {
        0 => format!("{what}: every byte is as the log says"),
        found => format!(
            "{what}: {} not what the log says; `kpcs rebuild` puts the tables right",
            counted(found, "difference")
        ),
    })
}

#[derive(Serialize)]
struct Shown {
    entries: u64,
    tables: std::collections::BTreeMap<String, usize>,
    differences: Vec<Difference>,
}

#[derive(Serialize)]
struct Difference {
    table: String,
    row: String,
    sentence: String,
}

impl From<&RebuildReport> for Shown {
    fn from(report: &RebuildReport) -> Self {
        let difference = |d: &kp_node::Difference| Difference {
            table: d.table.clone(),
            row: d.row.clone(),
            sentence: d.sentence.clone(),
        };
        Self {
            entries: report.entries,
            tables: report.tables.clone(),
            differences: report.differences.iter().map(difference).collect(),
        }
    }
}
