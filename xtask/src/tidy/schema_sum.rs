//! The sum of the migrations is what `schema/current.sql` says, on both engines, and no migration is forgotten.
//!
//! Migrations are `NNNN_subject.sql`, or `NNNN_subject.sqlite.sql` and `.postgres.sql` where the engines differ; they
//! only go forward.

use anyhow::Result;
use kp_db::{Db, MIGRATIONS, Url};

use super::{Violation, tree::Tree};
use crate::schema::{CURRENT, columns, dump, on_fresh_postgres};

const FOLDER: &str = "schema/migrations/";

pub(super) fn check(tree: &Tree) -> Result<Vec<Violation>> {
    let mut found = listed(tree);
    let made = dump()?;
    if tree.text(CURRENT) != Some(&made) {
        let written = tree.text(CURRENT).unwrap_or_default();
        let line =
            (1..).zip(written.lines().zip(made.lines())).find(|(_, (a, b))| a != b).map(|(line, _)| line);
        let message =
            "not the sum of the migrations: run `cargo xtask schema` and read what changed".to_owned();
        found.push(Violation { path: CURRENT.to_owned(), line, message });
    }
    let on_sqlite = columns(&Db::open(&Url::Memory)?)?;
    on_fresh_postgres(|db| {
        found.extend(differences(&on_sqlite, &columns(db)?));
        Ok(())
    })?;
    Ok(found)
}

/// Files and the list in kp-db hold the same steps with the same texts.
fn listed(tree: &Tree) -> Vec<Violation> {
    let mut found = Vec::new();
    for (path, text) in tree.texts("sql").filter(|(path, _)| path.starts_with(FOLDER)) {
        let name = path.trim_start_matches(FOLDER).trim_end_matches(".sql");
        let numbered = name.split_once('_').is_some_and(|(number, subject)| {
            number.len() == 4 && number.bytes().all(|b| b.is_ascii_digit()) && !subject.is_empty()
        });
        if !numbered {
            let message = "a migration is called NNNN_subject.sql, with the next number".to_owned();
            found.push(Violation::new(path, message));
        }
        if !MIGRATIONS.iter().any(|step| step.name == name && step.text == text) {
            let message =
                "kp-db does not apply this migration: add it to MIGRATIONS in crates/kp-db/src/migrations.rs, last".to_owned();
            found.push(Violation::new(path, message));
        }
    }
    let numbers: Vec<&str> =
        MIGRATIONS.iter().map(|step| step.name.split('_').next().unwrap_or_default()).collect();
    if !numbers.is_sorted() {
        let message =
            "MIGRATIONS are not in the order of their numbers: a database applies them as listed".to_owned();
        found.push(Violation::new("crates/kp-db/src/migrations.rs", message));
    }
    found
}

/// Columns that only one engine has.
fn differences(sqlite: &[String], postgres: &[String]) -> Vec<Violation> {
    let only = |these: &[String], those: &[String], engine: &str| -> Vec<Violation> {
        let missing = these.iter().filter(|column| !those.contains(column));
        let message = |column: &String| {
            format!("`{column}` is on {engine} only: write the migration so that both have it")
        };
        missing.map(|column| Violation::new(FOLDER, message(column))).collect()
    };
    let mut found = only(sqlite, postgres, "SQLite");
    found.extend(only(postgres, sqlite, "PostgreSQL"));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_on_one_engine_only_is_named() {
        let both = ["log_head.size BIGINT".to_owned()];
        let more = ["log_head.size BIGINT".to_owned(), "log_head.note TEXT".to_owned()];
        assert!(differences(&both, &both).is_empty());
        let found = differences(&both, &more);
        assert_eq!(found.len(), 1);
        assert!(found[0].message.contains("`log_head.note TEXT` is on PostgreSQL only"));
    }
}
