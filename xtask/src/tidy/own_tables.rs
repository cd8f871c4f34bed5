//! A crate writes only its own tables: those that begin with its name. Everybody may read.
//!
//! Texts in `.sql` files and in strings of the program are looked at alike; tests may write what they like.

use anyhow::Result;

use super::{Violation, rust_text::Source, sql_text, tree::Tree};

/// Where a story plays a person with a database tool, on a copy made for that story.
const TAMPERING: &[&str] = &["crates/kp-story/src/tamper.rs", "crates/kp-testkit/src/tamper.rs"];

pub(super) fn check(tree: &Tree) -> Result<Vec<Violation>> {
    let mut found = Vec::new();
    for (name, path, text) in tree.sql_of_crates() {
        found.extend(foreign_writes(name, path, 1, text));
    }
    for (path, text) in tree.texts("rs").filter(|(path, _)| !TAMPERING.contains(path)) {
        let Some((name, _)) = path.strip_prefix("crates/").and_then(|rest| rest.split_once('/')) else {
            continue;
        };
        for (line, text) in Source::read(path, text).production_strings() {
            if looks_like_a_write(text) {
                found.extend(foreign_writes(name, path, line, text));
            }
        }
    }
    Ok(found)
}

fn foreign_writes(name: &str, path: &str, first_line: usize, text: &str) -> Vec<Violation> {
    let prefix = own_prefix(name);
    let writes = sql_text::writes(text).into_iter().filter(|write| !write.table.starts_with(&prefix));
    let violation = |write: sql_text::Write| {
        let message = if write.table.contains(['{', '?']) {
            format!(
                "the table written here cannot be read from the text (`{}`): write one statement for each table into a .sql file",
                write.table
            )
        } else {
            format!(
                "{name} writes `{}`, but owns only tables that begin with `{prefix}`: call a function of the crate that owns it{}",
                write.table,
                if matches!(name, "kp-story" | "kp-testkit") {
                    " (tampering by a story belongs in tamper.rs)"
                } else {
                    ""
                }
            )
        };
        Violation::at(path, first_line + write.line - 1, message)
    };
    writes.map(violation).collect()
}

/// `kp-trade` owns `trade_*`.
fn own_prefix(name: &str) -> String {
    format!("{}_", name.trim_start_matches("kp-").replace('-', "_"))
}

/// Sentences speak of updates too; statements shout.
fn looks_like_a_write(text: &str) -> bool {
    let update = text.contains("UPDATE ") && text.contains(" SET ");
    update || ["INSERT ", "DELETE FROM", "TRUNCATE ", "REPLACE INTO"].iter().any(|verb| text.contains(verb))
}
