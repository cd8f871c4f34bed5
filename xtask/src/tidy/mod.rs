//! The house's own rules, kept by a machine: one rule per file, each with a message that says what to do instead.
//!
//! Every rule reads a [`Tree`], so that a test can plant a violation in a small tree and see it caught.

mod append_only;
mod crate_order;
mod doors;
mod file_header;
mod file_size;
mod links;
mod no_sleep;
mod own_tables;
mod pure_crates;
mod rust_text;
mod schema_sum;
mod sql_text;
mod statements;
#[cfg(test)]
mod tests;
mod tree;
mod unfinished;

use std::path::Path;

use anyhow::{Context, Result};

use tree::Tree;

/// One breach of one rule.
#[derive(Debug)]
struct Violation {
    /// File, relative to the root.
    path: String,
    /// Line, counted from 1, where one can be named.
    line: Option<usize>,
    /// What is wrong and what to do instead.
    message: String,
}

impl Violation {
    fn new(path: &str, message: String) -> Self {
        Self { path: path.to_owned(), line: None, message }
    }

    fn at(path: &str, line: usize, message: String) -> Self {
        Self { path: path.to_owned(), line: Some(line), message }
    }
}

type Check = fn(&Tree) -> Result<Vec<Violation>>;

/// All rules, by name.
const RULES: &[(&str, Check)] = &[
    ("append_only", append_only::check),
    ("crate_order", crate_order::check),
    ("doors", doors::check),
    ("file_header", file_header::check),
    ("file_size", file_size::check),
    ("links", links::check),
    ("no_sleep", no_sleep::check),
    ("own_tables", own_tables::check),
    ("pure_crates", pure_crates::check),
    ("schema_sum", schema_sum::check),
    ("statements", statements::check),
    ("unfinished", unfinished::check),
];

/// Checks a tree by every rule and prints what is wrong; `false` when something is.
pub(crate) fn run(root: &Path) -> Result<bool> {
    let found = violations(root)?;
    for (rule, violation) in &found {
        let line = violation.line.map(|line| format!(":{line}")).unwrap_or_default();
        println!("{}{line}: {} [{rule}]", violation.path, violation.message);
    }
    println!("tidy: {} rules, {} violations", RULES.len(), found.len());
    Ok(found.is_empty())
}

fn violations(root: &Path) -> Result<Vec<(&'static str, Violation)>> {
    let tree = Tree::read(root)?;
    let mut found = Vec::new();
    for (rule, check) in RULES {
        let violations = check(&tree).with_context(|| format!("rule {rule} could not be checked"))?;
        found.extend(violations.into_iter().map(|violation| (*rule, violation)));
    }
    Ok(found)
}
