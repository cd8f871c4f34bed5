//! One row of a result, whichever engine it came from.

use anyhow::{Context, Result};

/// A row being read; columns are numbered from 0.
pub enum Row<'r> {
    /// From SQLite.
    Sqlite(&'r rusqlite::Row<'r>),
    /// From PostgreSQL.
    Postgres(&'r postgres::Row),
}

/// A type that a column can be read as.
pub trait FromColumn: Sized {
    /// From SQLite.
    ///
    /// # Errors
    /// Where the column holds another type.
    fn from_sqlite(row: &rusqlite::Row<'_>, column: usize) -> Result<Self>;
    /// From PostgreSQL.
    ///
    /// # Errors
    /// Where the column holds another type.
    fn from_postgres(row: &postgres::Row, column: usize) -> Result<Self>;
}

impl Row<'_> {
    /// Reads one column.
    ///
    /// # Errors
    /// Where the column holds another type.
    pub fn get<T: FromColumn>(&self, column: usize) -> Result<T> {
        match self {
            Self::Sqlite(row) => T::from_sqlite(row, column),
            Self::Postgres(row) => T::from_postgres(row, column),
        }
        .with_context(|| format!("reading column {column}"))
    }

    /// Reads a column of text as one of the words.
    ///
    /// # Errors
    /// Where the column is not text or does not read as the word.
    pub fn word<T>(&self, column: usize) -> Result<T>
    where
        T: std::str::FromStr,
        T::Err: std::error::Error + Send + Sync + 'static,
    {
        let text: String = self.get(column)?;
        text.parse::<T>().with_context(|| format!("reading column {column}, which holds {text:?}"))
    }

    /// Reads a column of text or NULL as one of the words.
    ///
    /// # Errors
    /// Where the column is not text or does not read as the word.
    pub fn optional_word<T>(&self, column: usize) -> Result<Option<T>>
    where
        T: std::str::FromStr,
        T::Err: std::error::Error + Send + Sync + 'static,
    {
        let text: Option<String> = self.get(column)?;
        text.map(|t| t.parse::<T>().with_context(|| format!("reading column {column}, which holds {t:?}")))
            .transpose()
    }
}

macro_rules! columns {
    ($($type:ty),*) => {
        $(impl FromColumn for $type {
            fn from_sqlite(row: &rusqlite::Row<'_>, column: usize) -> Result<Self> {
                Ok(row.get(column)?)
            }
            fn from_postgres(row: &postgres::Row, column: usize) -> Result<Self> {
                Ok(row.try_get(column)?)
            }
        })*
    };
}

columns!(i64, String, Vec<u8>, Option<i64>, Option<String>, Option<Vec<u8>>);
