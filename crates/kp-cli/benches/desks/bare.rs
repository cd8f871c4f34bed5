//! The same questions as bare SQL, prepared once, over a connection of its own: what the database alone takes.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::Result;
use rusqlite::{Connection, OpenFlags, params_from_iter};

pub(crate) struct Bare(Connection);

impl Bare {
    pub(crate) fn open(database: &Path) -> Result<Self> {
        Ok(Self(Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)?))
    }

    /// Runs statements of the program one after the other and reads every column of every row.
    pub(crate) fn time(&self, statements: &[(&str, Vec<String>)]) -> Result<Duration> {
        let begin = Instant::now();
        for (text, values) in statements {
            let mut statement = self.0.prepare_cached(&kp_db::sqlite_text(text))?;
            let columns = statement.column_count();
            // Limits are numbers; everything else that is asked by is text.
            let values = values.iter().map(|value| match value.parse::<i64>() {
                Ok(number) => rusqlite::types::Value::Integer(number),
                Err(_) => rusqlite::types::Value::Text(value.clone()),
            });
            let mut rows = statement.query(params_from_iter(values))?;
            while let Some(row) = rows.next()? {
                for column in 0..columns {
                    std::hint::black_box(row.get_ref(column)?);
                }
            }
        }
        Ok(begin.elapsed())
    }
}
