//! Every statement is understood by SQLite and by PostgreSQL, and somebody uses it.
//!
//! Each `.sql` file of a crate holds one statement and is prepared on a freshly migrated database, as the program does
//! it. `name.sqlite.sql` and `name.postgres.sql` are for one engine. PostgreSQL is tried where it can be had.

use anyhow::Result;
use kp_db::{Db, Engine, Url};

use super::{Violation, tree::Tree};

pub(super) fn check(tree: &Tree) -> Result<Vec<Violation>> {
    let mut found = unused(tree);
    for (_, path, text) in tree.sql_of_crates() {
        let text = without_comments(text);
        let after_first = text.split_once(';').map_or("", |(_, rest)| rest);
        if !after_first.trim().is_empty() {
            let message = "more than one statement: put each into a file of its own".to_owned();
            found.push(Violation::new(path, message));
        }
    }
    found.extend(prepare_all(tree, &Db::open(&Url::Memory)?)?);
    crate::schema::on_fresh_postgres(|db| {
        found.extend(prepare_all(tree, db)?);
        Ok(())
    })?;
    Ok(found)
}

fn prepare_all(tree: &Tree, db: &Db) -> Result<Vec<Violation>> {
    let engine = db.engine();
    let mut found = Vec::new();
    for (_, path, text) in
        tree.sql_of_crates().filter(|(_, path, _)| engine_of(path).is_none_or(|only| only == engine))
    {
        // A transaction for each: after an error PostgreSQL refuses whatever follows in the same one.
        if let Err(error) = db.read(|tx| tx.prepare(text)) {
            let message = format!("{engine:?} does not understand this statement: {error:#}");
            found.push(Violation::new(path, message));
        }
    }
    Ok(found)
}

/// The engine that a file is for, when it is for one.
fn engine_of(path: &str) -> Option<Engine> {
    if path.ends_with(".sqlite.sql") {
        Some(Engine::Sqlite)
    } else if path.ends_with(".postgres.sql") {
        Some(Engine::Postgres)
    } else {
        None
    }
}

/// Statements whose name no source of their crate mentions.
fn unused(tree: &Tree) -> Vec<Violation> {
    let named = |folder: &str, name: &str| {
        let sources = tree.texts("rs").filter(|(path, _)| path.starts_with(folder));
        let quoted = [format!("\"{name}\""), format!("/{name}.sql\""), format!("\"{name}.sql\"")];
        sources.into_iter().any(|(_, text)| quoted.iter().any(|quoted| text.contains(quoted)))
    };
    let orphans = tree.sql_of_crates().filter(|(crate_name, path, _)| {
        let name = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".sql");
        !named(&format!("crates/{crate_name}/"), name)
    });
    let message = "no source of this crate names this statement: use it with `sql!` or delete the file";
    orphans.map(|(_, path, _)| Violation::new(path, message.to_owned())).collect()
}

fn without_comments(text: &str) -> String {
    text.lines().map(|line| line.split("--").next().unwrap_or(line)).collect::<Vec<_>>().join("\n")
}
