//! Only doors know HTTP, HTML, arguments and spreadsheets, and only one crate knows which database engine runs.
//!
//! A decision that knows how it was asked for cannot be asked for in another way. Dependencies for tests are free.

use anyhow::Result;

use super::{Violation, tree::Tree};

const DOORS: &[&str] = &["kp-exchange", "kp-report", "kp-server", "kp-cli"];

/// Packages that belong to some crates only: (packages, crates, what to do instead).
const BELONGING: &[(&[&str], &[&str], &str)] = &[
    (
        &[
            "axum",
            "tower",
            "tower-http",
            "hyper",
            "tokio",
            "askama",
            "utoipa",
            "clap",
            "indicatif",
            "tracing-subscriber",
            "calamine",
            "rust_xlsxwriter",
            "csv",
            "encoding_rs",
        ],
        DOORS,
        "let a door parse and render, and call a function that knows nothing of it",
    ),
    (
        &["rusqlite", "postgres", "tokio-postgres", "libsqlite3-sys"],
        &["kp-db", "kp-testkit", "xtask"],
        "go through kp-db; what it lacks belongs there",
    ),
];

pub(super) fn check(tree: &Tree) -> Result<Vec<Violation>> {
    let mut found = Vec::new();
    for each in tree.crates()? {
        for dependency in each.dependencies.iter().filter(|dependency| !dependency.for_tests) {
            for (packages, crates, instead) in BELONGING {
                let misplaced =
                    packages.contains(&dependency.name.as_str()) && !crates.contains(&each.name.as_str());
                if misplaced {
                    let message = format!(
                        "{} depends on {}, which only {} may: {instead}",
                        each.name,
                        dependency.name,
                        crates.join(", ")
                    );
                    found.push(Violation::new(&format!("{}/Cargo.toml", each.folder), message));
                }
            }
        }
    }
    Ok(found)
}
