//! Every source file opens by saying what it is for, which rule it rests on, and what it never does.

use anyhow::Result;

use super::{Violation, tree::Tree};

pub(super) fn check(tree: &Tree) -> Result<Vec<Violation>> {
    let bare = tree.texts("rs").filter(|(_, text)| !text.starts_with("//!"));
    let violation = |(path, _)| {
        let message = "the file does not open with `//!`: say in one to eight lines what it is for, which rule or source it rests on, and what it never does";
        Violation::at(path, 1, message.to_owned())
    };
    Ok(bare.map(violation).collect())
}
