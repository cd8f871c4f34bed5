//! Where stories are played: each in a fresh copy of its own, which is gone afterwards.

use std::path::PathBuf;

use anyhow::{Context, Result};
use kp_db::{Db, Url};

/// Where fresh copies are made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// SQLite in memory.
    Memory,
    /// SQLite, a file for each story in this folder.
    Folder(PathBuf),
    /// PostgreSQL at this address, a schema for each story. Opening it brings the address's own schema up to date, as
    /// every opening does; nothing else there is touched.
    Postgres(String),
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Memory => "SQLite in memory",
            Self::Folder(_) => "SQLite in a file",
            Self::Postgres(_) => "PostgreSQL",
        })
    }
}

/// One fresh copy; removed when dropped.
pub(crate) struct Copy {
    pub(crate) url: Url,
    cleaning: Cleaning,
}

enum Cleaning {
    Nothing,
    File(PathBuf),
    Schema { address: String, schema: String },
}

impl Place {
    /// Makes a fresh copy under a name.
    ///
    /// # Errors
    /// Where the database cannot be reached or the file cannot be made.
    pub(crate) fn fresh(&self, name: &str) -> Result<Copy> {
        // Two runs on one machine do not meet: the process is part of the name.
        let name = format!("story_{}_{}", std::process::id(), plain(name));
        Ok(match self {
            Self::Memory => Copy { url: Url::Memory, cleaning: Cleaning::Nothing },
            Self::Folder(folder) => {
                let file = folder.join(format!("{name}.db"));
                Copy { url: Url::File(file.clone()), cleaning: Cleaning::File(file) }
            }
            Self::Postgres(address) => fresh_schema(address, &name)?,
        })
    }
}

fn fresh_schema(address: &str, name: &str) -> Result<Copy> {
    // PostgreSQL cuts names at 63 bytes; two long names must not become one.
    let schema: String = name.chars().take(60).collect();
    batch(address, &format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}"))
        .with_context(|| format!("making the schema {schema}"))?;
    let mark = if address.contains('?') { '&' } else { '?' };
    let url = Url::Postgres(format!("{address}{mark}options=-c%20search_path%3D{schema}"));
    Ok(Copy { url, cleaning: Cleaning::Schema { address: address.to_owned(), schema } })
}

fn batch(address: &str, text: &str) -> Result<()> {
    Db::open(&Url::Postgres(address.to_owned()))?.write("schema", |tx| tx.batch(text))
}

/// Lower-case letters, digits and underscores only.
fn plain(name: &str) -> String {
    let name = name.rsplit('/').next().unwrap_or(name).trim_end_matches(".story").to_lowercase();
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect()
}

impl Drop for Copy {
    fn drop(&mut self) {
        // A copy that could not be removed harms nothing; the story's outcome is what matters.
        match &self.cleaning {
            Cleaning::Nothing => {}
            Cleaning::File(file) => {
                for ending in ["", "-wal", "-shm"] {
                    let _ = std::fs::remove_file(format!("{}{ending}", file.display()));
                }
            }
            Cleaning::Schema { address, schema } => {
                let _ = batch(address, &format!("DROP SCHEMA IF EXISTS {schema} CASCADE"));
            }
        }
    }
}
