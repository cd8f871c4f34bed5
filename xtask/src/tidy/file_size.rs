//! Files stay short enough to read in one sitting: 600 lines. A longer one that is already there may shrink, not grow.
//!
//! `xtask/ratchet.txt` lists those that are longer: `lines path`, one per line. A list that says more than the file
//! has is lowered, so that what was won is not lost again.

use anyhow::Result;

use super::{Violation, tree::Tree};

const MOST_LINES: usize = 600;
const RATCHET: &str = "xtask/ratchet.txt";

pub(super) fn check(tree: &Tree) -> Result<Vec<Violation>> {
    let mut found = Vec::new();
    let mut listed: Vec<(&str, usize)> = Vec::new();
    for (number, line) in (1..).zip(tree.text(RATCHET).unwrap_or_default().lines()) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        match line.split_once(' ').map(|(lines, path)| (lines.parse(), path)) {
            Some((Ok(lines), path)) => listed.push((path, lines)),
            _ => found.push(Violation::at(
                RATCHET,
                number,
                "expected a number of lines, a space and a path".to_owned(),
            )),
        }
    }
    for (path, text) in tree.texts("rs").chain(tree.texts("sql")) {
        let allowed = listed.iter().find(|(listed, _)| *listed == path).map(|(_, lines)| *lines);
        // What a machine writes is as long as it is.
        if path == crate::schema::CURRENT {
            continue;
        }
        found.extend(judge(path, text.lines().count(), allowed));
    }
    for (path, _) in listed.iter().filter(|(path, _)| tree.text(path).is_none()) {
        found.push(Violation::new(RATCHET, format!("{path} is no longer there: take its line out")));
    }
    Ok(found)
}

fn judge(path: &str, lines: usize, allowed: Option<usize>) -> Option<Violation> {
    let message = match allowed {
        None if lines > MOST_LINES => {
            format!("{lines} lines; {MOST_LINES} are the most: split the file by what it is about")
        }
        Some(allowed) if lines > allowed => {
            format!("{lines} lines, and {RATCHET} allows {allowed}: this file may shrink, not grow; split it")
        }
        Some(_) if lines <= MOST_LINES => {
            format!("only {lines} lines now: take its line out of {RATCHET}")
        }
        Some(allowed) if lines < allowed => {
            format!("{lines} lines now: write that into {RATCHET} instead of {allowed}")
        }
        _ => return None,
    };
    Some(Violation::new(path, message))
}
