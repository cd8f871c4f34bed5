//! Tests do not wait by sleeping: a sleep is too short on a slow machine and too long on all others.

use anyhow::Result;

use super::{
    Violation,
    rust_text::{Source, has_word},
    tree::Tree,
};

pub(super) fn check(tree: &Tree) -> Result<Vec<Violation>> {
    let mut found = Vec::new();
    for (path, text) in tree.texts("rs") {
        let source = Source::read(path, text);
        // The test kit is no test by itself, but runs in nothing else.
        let kit = if path.starts_with("crates/kp-testkit/") { source.production() } else { Vec::new() };
        let sleeping = source.tests().into_iter().chain(kit).filter(|(_, line)| has_word(line, "sleep"));
        for (number, _) in sleeping {
            let message = "a test sleeps: wait for what it is waiting for (a line of output, a channel, a lock, a port that answers) or set the story's clock";
            found.push(Violation::at(path, number, message.to_owned()));
        }
    }
    Ok(found)
}
