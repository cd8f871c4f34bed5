//! Copy the log's rows as they stand into another database, so that everything derived can be worked out there afresh.

use anyhow::Result;
use kp_db::{Row, Sql, Tx, sql};

const RAW_ROWS: Sql = sql!("raw_rows");
const RECORD_STATEMENT: Sql = sql!("record_statement");
const RECORD_ENTRY: Sql = sql!("record_entry");
/// Rows copied at a time.
const BATCH: i64 = 1000;

struct RawRow {
    position: i64,
    log_id: String,
    entry_number: i64,
    subject: String,
    leaf: Vec<u8>,
    leaf_hash: Vec<u8>,
    statement_hash: Vec<u8>,
    kind: String,
    signed: Vec<u8>,
}

fn raw_row(row: &Row<'_>) -> Result<RawRow> {
    Ok(RawRow {
        position: row.get(0)?,
        log_id: row.get(1)?,
        entry_number: row.get(2)?,
        subject: row.get(3)?,
        leaf: row.get(4)?,
        leaf_hash: row.get(5)?,
        statement_hash: row.get(6)?,
        kind: row.get(7)?,
        signed: row.get(8)?,
    })
}

/// Copies every entry and statement from one transaction to another, which must hold none.
///
/// # Errors
/// Where either database fails.
pub fn copy_log(from: &mut Tx<'_>, to: &mut Tx<'_>) -> Result<()> {
    let mut cursor = 0;
    loop {
        let rows = from.rows(RAW_ROWS, &[cursor.into(), BATCH.into()], raw_row)?;
        let Some(last) = rows.last() else { return Ok(()) };
        cursor = last.position;
        for row in &rows {
            to.execute(
                RECORD_STATEMENT,
                &[
                    row.position.into(),
                    (&row.statement_hash).into(),
                    (&row.kind).into(),
                    (&row.signed).into(),
                ],
            )?;
            to.execute(
                RECORD_ENTRY,
                &[
                    row.position.into(),
                    (&row.log_id).into(),
                    row.entry_number.into(),
                    (&row.subject).into(),
                    (&row.leaf).into(),
                    (&row.leaf_hash).into(),
                ],
            )?;
        }
    }
}
