//! Internal dependencies point to earlier crates only, so that the house has a direction.
//!
//! The order stands in the root manifest, `[workspace.metadata.house]`. Dependencies for tests count too: a test that
//! needs a later crate belongs to that crate.

use anyhow::Result;

use super::{Violation, tree::Tree};

pub(super) fn check(tree: &Tree) -> Result<Vec<Violation>> {
    let order = tree.order()?;
    let place = |name: &str| order.iter().position(|listed| listed == name);
    let mut found = Vec::new();
    for each in tree.crates()? {
        let manifest = format!("{}/Cargo.toml", each.folder);
        let Some(own) = place(&each.name) else {
            let message = format!(
                "crate {} has no place in the order: put it into [workspace.metadata.house] of the root Cargo.toml, after everything it uses",
                each.name
            );
            found.push(Violation::new(&manifest, message));
            continue;
        };
        for dependency in &each.dependencies {
            if place(&dependency.name).is_some_and(|used| used >= own) {
                let message = format!(
                    "{} uses {}, which stands after it in the order: move what both need to an earlier crate, or the code that needs both to a later one",
                    each.name, dependency.name
                );
                found.push(Violation::new(&manifest, message));
            }
        }
    }
    let crates = tree.crates()?;
    for name in order.iter().filter(|name| crates.iter().all(|each| each.name != **name)) {
        let message = format!("the order names {name}, which does not exist: take it out");
        found.push(Violation::new("Cargo.toml", message));
    }
    Ok(found)
}
