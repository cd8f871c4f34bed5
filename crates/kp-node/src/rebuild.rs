//! Rebuild: work every table out again from the log, and compare (I3) or replace.
//!
//! rulings 5: every table filled by any `apply` or derived stage, byte for byte. The comparison runs in a scratch
//! database in memory, whatever engine the node uses, so it also shows that both engines hold the same.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use kp_db::{Db, Tx, Url};
use kp_log::Entry;

use crate::Node;

/// One row that is not what the log says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Which table.
    pub table: String,
    /// Which row: its first column and value.
    pub row: String,
    /// What differs.
    pub sentence: String,
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} row {}: {}", self.table, self.row, self.sentence)
    }
}

/// What a comparison found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RebuildReport {
    /// Rows per table, as the log says.
    pub tables: BTreeMap<String, usize>,
    /// Entries worked through.
    pub entries: u64,
    /// Every row that differs.
    pub differences: Vec<Difference>,
}

/// Every table that is rebuilt, in the order of the rooms.
pub fn rebuilt_tables() -> Vec<&'static str> {
    [
        kp_registry::TABLES,
        kp_custody::TABLES,
        kp_valuation::TABLES,
        kp_trade::TABLES,
        kp_statistics::TABLES,
        kp_detect::trade::TABLES,
        kp_cases::TABLES,
        kp_attached::TABLES,
        kp_search::TABLES,
    ]
    .concat()
}

impl Node {
    /// Works every table out again from the log in memory and names each row that differs.
    ///
    /// # Errors
    /// Where a statement does not read (`log verify` says which), or the database fails.
    pub fn rebuild_check(&self) -> Result<RebuildReport> {
        let scratch = Db::open(&Url::Memory)?;
        // One view of the database for the whole comparison: a server may be at work meanwhile. What the derived stages
        // have not read yet is not a difference; they are compared with what they had to hold where they stand.
        self.db().read(|live| {
            scratch.write("copy the log", |to| kp_log::copy_log(live, to))?;
            let reach = Reach {
                last: kp_log::last_position(live)?,
                counted: kp_statistics::count::counted_to(live)?,
                detected: kp_detect::trade::detected_to(live)?,
                indexed: kp_search::followed_to(live)?,
            };
            scratch.write("rebuild", |tx| {
                tx.in_bulk(kp_trade::DESK_INDEXES, |tx| work_out(self.db(), tx, reach, |_| ()))
            })?;
            scratch.read(|fresh| compare(live, fresh))
        })
    }

    /// Throws every table away and fills it again from the log, in one transaction.
    ///
    /// `tell` is told how far it has come, now and then.
    ///
    /// # Errors
    /// Where a statement does not read, or the database fails; nothing is changed then.
    pub fn rebuild(&self, tell: impl FnMut(Progress)) -> Result<u64> {
        self.db().write("rebuild", |tx| {
            kp_attached::clear(tx)?;
            kp_search::clear(tx)?;
            kp_cases::clear(tx)?;
            kp_detect::trade::clear(tx)?;
            kp_statistics::clear(tx)?;
            kp_trade::clear(tx)?;
            kp_valuation::clear(tx)?;
            kp_custody::clear(tx)?;
            kp_registry::clear(tx)?;
            let reach = Reach { last: kp_log::last_position(tx)?, ..Reach::EVERYTHING };
            tx.in_bulk(kp_trade::DESK_INDEXES, |tx| work_out(self.db(), tx, reach, tell))
        })
    }
}

/// How far a rebuild has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Entries worked through.
    pub done: u64,
    /// Entries there are.
    pub of: u64,
}

/// Up to which position the tables and each stage are worked out.
struct Reach {
    last: u64,
    counted: u64,
    detected: u64,
    indexed: u64,
}

impl Reach {
    const EVERYTHING: Self =
        Self { last: u64::MAX, counted: u64::MAX, detected: u64::MAX, indexed: u64::MAX };
}

/// Applies the entries of a database's log to tables and lets the derived stages follow; every batch is read once for all of
/// them, ahead of the work. Returns how many entries there were.
fn work_out(db: &Db, tx: &mut Tx<'_>, reach: Reach, mut tell: impl FnMut(Progress)) -> Result<u64> {
    let mut parties = kp_search::Parties::default();
    // Reading what an entry of the trade says is kept with it; there are few others.
    let prepare = |entry: &Entry| {
        kp_trade::reads(entry);
    };
    kp_log::read_ahead(db, tx, reach.last, prepare, |tx, entries| {
        for entry in entries {
            apply(tx, entry).with_context(|| {
                format!(
                    "applying {} ({} entry {}); run `kpcs log verify`",
                    entry.kind, entry.log_id, entry.entry_number
                )
            })?;
        }
        let up_to = |last: u64| entries.split_at(entries.partition_point(|entry| entry.position <= last)).0;
        kp_statistics::count::count_entries(tx, up_to(reach.counted))?;
        kp_detect::trade::detect_entries(tx, up_to(reach.detected))?;
        kp_search::follow_entries(tx, &mut parties, up_to(reach.indexed))?;
        tell(Progress { done: entries.last().map_or(0, |last| last.position), of: reach.last });
        Ok(())
    })?;
    Ok(reach.last)
}

/// Every room looks at every entry and takes what is its own.
pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    kp_registry::apply(tx, entry)?;
    kp_custody::apply(tx, entry)?;
    kp_valuation::apply(tx, entry)?;
    kp_trade::apply(tx, entry)?;
    kp_statistics::apply(tx, entry)?;
    kp_detect::set_detector_threshold::apply(tx, entry)?;
    kp_cases::apply(tx, entry)?;
    kp_attached::apply(tx, entry)
}

type TableRow = Vec<(String, String)>;

fn compare(live: &mut Tx<'_>, fresh: &mut Tx<'_>) -> Result<RebuildReport> {
    let mut report = RebuildReport { entries: kp_log::last_position(fresh)?, ..RebuildReport::default() };
    for table in rebuilt_tables() {
        let (there, expected) = (live.table_rows(table)?, fresh.table_rows(table)?);
        report.tables.insert(table.to_owned(), expected.len());
        report.differences.extend(differences(table, &there, &expected));
    }
    for table in CURSORS {
        report.differences.extend(ahead(table, &live.table_rows(table)?, &fresh.table_rows(table)?));
    }
    Ok(report)
}

/// How far each derived stage has read the log. One that lags goes on from there; one that was set ahead would pass over
/// entries that are still to come, and no table would show it until then.
const CURSORS: [&str; 3] = ["statistics_cursor", "detect_cursor", "search_cursor"];

fn ahead(table: &str, there: &[TableRow], expected: &[TableRow]) -> Vec<Difference> {
    let position =
        |row: &TableRow| row.get(1).map(|(_, value)| value.parse::<i64>().unwrap_or(i64::MAX)).unwrap_or(0);
    let furthest = expected.iter().map(position).max().unwrap_or(0);
    let found = there.iter().filter(|row| position(row) > furthest);
    let difference = |row: &TableRow| Difference {
        table: table.to_owned(),
        row: name_of(row),
        sentence: format!(
            "it says that entries up to position {} were read, but the log ends at {furthest}",
            position(row)
        ),
    };
    found.map(difference).collect()
}

/// Rows that stand on one side only; where both sides have one of the same first column, the columns that differ.
fn differences(table: &str, there: &[TableRow], expected: &[TableRow]) -> Vec<Difference> {
    let only = |these: &[TableRow], those: &[TableRow]| -> Vec<TableRow> {
        these.iter().filter(|row| those.binary_search(row).is_err()).cloned().collect()
    };
    let (mut extra, missing) = (only(there, expected), only(expected, there));
    let mut found = Vec::new();
    for row in missing {
        let twin = extra.iter().position(|other| other.first() == row.first()).map(|at| extra.remove(at));
        let sentence = match twin {
            Some(twin) => changed_columns(&twin, &row),
            None => "the log says it should be here, and it is not".to_owned(),
        };
        found.push(Difference { table: table.to_owned(), row: name_of(&row), sentence });
    }
    for row in extra {
        let sentence = "it is here, and no statement in the log put it here".to_owned();
        found.push(Difference { table: table.to_owned(), row: name_of(&row), sentence });
    }
    found
}

fn changed_columns(there: &TableRow, expected: &TableRow) -> String {
    let changed = there.iter().zip(expected).filter(|(a, b)| a != b);
    let words: Vec<String> = changed
        .map(|((column, is), (_, should))| format!("{column} is {is}, the log says {should}"))
        .collect();
    words.join("; ")
}

fn name_of(row: &TableRow) -> String {
    row.first().map(|(column, value)| format!("{column} {value}")).unwrap_or_default()
}
