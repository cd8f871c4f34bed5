//! The `kpcs` command.
fn main() {}
