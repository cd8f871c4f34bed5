//! Rows of the log are never updated or deleted: whoever could do so by a statement could rewrite what people signed.
//!
//! Holds for crates and migrations alike. The database's own triggers guard the same rule at run time.

use anyhow::Result;

use super::{
    Violation,
    sql_text::{self, Verb},
    tree::Tree,
};

/// The log's tables.
const APPEND_ONLY: &str = "log_";

/// Tables of the log in which a row may change, and why.
const MAY_CHANGE: &[(&str, Verb)] = &[
    // size, frontier and checkpoint move on with every entry
    ("log_head", Verb::Update),
];

pub(super) fn check(tree: &Tree) -> Result<Vec<Violation>> {
    let mut found = Vec::new();
    for (path, text) in tree.texts("sql").filter(|(path, _)| *path != crate::schema::CURRENT) {
        for write in sql_text::writes(text) {
            let kept =
                write.table.starts_with(APPEND_ONLY) && matches!(write.verb, Verb::Update | Verb::Delete);
            if kept && !MAY_CHANGE.contains(&(write.table.as_str(), write.verb)) {
                let message = format!(
                    "rows of `{}` are never changed or deleted: append a statement that says what is now true",
                    write.table
                );
                found.push(Violation::at(path, write.line, message));
            }
        }
    }
    Ok(found)
}
