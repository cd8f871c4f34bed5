//! Pure crates have no clock, disk, network, randomness or floats; carats and money are never floats anywhere.
//!
//! What is pure gives the same answer everywhere and can be tested without a machine around it. Tests are free.

use anyhow::Result;

use super::{
    Violation,
    rust_text::{Source, has_word},
    tree::Tree,
};

/// Crates that know nothing of the world.
const PURE: &[&str] = &["kp-terms", "kp-sign", "kp-tlog", "kp-certificate", "kp-verify"];

/// Crates in which an amount could become a float.
const WITHOUT_FLOATS: &[&str] = &[
    "kp-terms",
    "kp-sign",
    "kp-tlog",
    "kp-certificate",
    "kp-verify",
    "kp-log",
    "kp-db",
    "kp-registry",
    "kp-custody",
    "kp-valuation",
    "kp-trade",
    "kp-cases",
    "kp-search",
];

/// Packages that bring a part of the world.
const WORLDLY: &[&str] = &[
    "rusqlite",
    "postgres",
    "tokio",
    "axum",
    "tower",
    "tower-http",
    "reqwest",
    "ureq",
    "rand",
    "getrandom",
    "tempfile",
    "tracing-subscriber",
    "indicatif",
    "clap",
];

/// Words that reach for the world, and what to do instead.
const REACHING: &[(&str, &str)] = &[
    ("std::fs", "take the bytes as an argument"),
    ("std::net", "take the bytes as an argument"),
    ("std::env", "take the setting as an argument"),
    ("std::process", "leave this to a door"),
    ("SystemTime", "take the time as an argument"),
    ("std::time", "take the time as an argument"),
    ("Instant::now", "take the time as an argument"),
    ("Timestamp::now", "take the time as an argument"),
    ("Zoned::now", "take the time as an argument"),
    ("getrandom", "take the random bytes as an argument"),
    ("rand", "take the random bytes as an argument"),
    ("OsRng", "take the random bytes as an argument"),
];

pub(super) fn check(tree: &Tree) -> Result<Vec<Violation>> {
    let mut found = dependencies(tree)?;
    for (path, text) in tree.texts("rs") {
        let Some((name, _)) = path.strip_prefix("crates/").and_then(|rest| rest.split_once('/')) else {
            continue;
        };
        for (number, line) in Source::read(path, text).production() {
            let reached = REACHING.iter().filter(|(word, _)| PURE.contains(&name) && has_word(&line, word));
            for (word, instead) in reached {
                let message = format!("`{word}` in {name}, which is pure: {instead}");
                found.push(Violation::at(path, number, message));
            }
            if WITHOUT_FLOATS.contains(&name) && has_float(&line) {
                let message = format!(
                    "a float in {name}: carats are hundredths and money is cents, both i64; rates belong to kp-statistics and kp-detect"
                );
                found.push(Violation::at(path, number, message));
            }
        }
    }
    Ok(found)
}

fn dependencies(tree: &Tree) -> Result<Vec<Violation>> {
    let mut found = Vec::new();
    for each in tree.crates()?.into_iter().filter(|each| PURE.contains(&each.name.as_str())) {
        let used = each.dependencies.iter().filter(|dependency| !dependency.for_tests);
        for dependency in used.filter(|dependency| WORLDLY.contains(&dependency.name.as_str())) {
            let message = format!(
                "{} is pure and may not depend on {}: let a later crate do this and pass the result in",
                each.name, dependency.name
            );
            found.push(Violation::new(&format!("{}/Cargo.toml", each.folder), message));
        }
    }
    Ok(found)
}

/// A float's type or a literal such as `1.5`; places in tuples (`pair.0.1`) and ranges are none.
fn has_float(line: &str) -> bool {
    let chars: Vec<char> = line.chars().collect();
    let literal = (1..chars.len().saturating_sub(1)).any(|at| {
        let digits_begin =
            chars[..at].iter().rposition(|c| !c.is_ascii_digit() && *c != '_').map_or(0, |i| i + 1);
        let before = digits_begin.checked_sub(1).map_or(' ', |i| chars[i]);
        chars[at] == '.'
            && digits_begin < at
            && chars[at + 1].is_ascii_digit()
            && !(before.is_alphanumeric() || before == '.')
    });
    literal || has_word(line, "f32") || has_word(line, "f64")
}

#[cfg(test)]
mod tests {
    use super::has_float;

    #[test]
    fn floats_are_told_from_places_and_ranges() {
        for line in ["let a = 1.5;", "x as f64", "fn a(b: f32)", "(0.25)", "-10_000.0"] {
            assert!(has_float(line), "{line}");
        }
        for line in ["pair.0.1", "0..5", "self.0", "a.1.0.2", "let f64x = 1;", "v1.2"] {
            assert!(!has_float(line), "{line}");
        }
    }
}
