//! Work left for later names the issue where it is kept; a note that names none is forgotten.

use anyhow::Result;

use super::{
    Violation,
    rust_text::{Source, has_word},
    tree::Tree,
};

/// Marks of unfinished work, put together here so that this file does not find itself.
const MARKS: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME")];

pub(super) fn check(tree: &Tree) -> Result<Vec<Violation>> {
    let mut found = Vec::new();
    for (path, text) in tree.texts("rs") {
        for (first, comment) in Source::read(path, text).comments {
            found.extend(
                (first..).zip(comment.lines()).filter_map(|(number, line)| judge(path, number, line)),
            );
        }
    }
    for ending in ["sql", "toml", "story", "html"] {
        for (path, text) in tree.texts(ending) {
            found.extend((1..).zip(text.lines()).filter_map(|(number, line)| judge(path, number, line)));
        }
    }
    Ok(found)
}

fn judge(path: &str, number: usize, line: &str) -> Option<Violation> {
    let mark = MARKS.iter().find(|mark| has_word(line, mark))?;
    let names_issue = line.split('#').skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let message = format!("{mark} without an issue: do it now, or open an issue and write {mark} (#number)");
    (!names_issue).then(|| Violation::at(path, number, message))
}
