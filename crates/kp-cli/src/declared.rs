//! Declared production as it stands in the database, as the pages show it too.

use anyhow::Result;
use jiff::Timestamp;
use kp_node::{
    Node,
    declared::{Declared, declared_on},
};

/// What is known on the day of an instant.
pub(crate) fn analysis(node: &Node, now: Timestamp) -> Result<Declared> {
    node.db().read(|tx| declared_on(tx, kp_log::day_of(now)))
}
