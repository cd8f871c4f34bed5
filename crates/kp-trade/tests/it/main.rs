//! The page of moves is what the table says.

#![allow(clippy::unwrap_used, reason = "a test whose premises fail has failed")]

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/certificate-moves.md");

#[test]
fn the_page_of_moves_is_written_from_the_table() {
    let page = kp_trade::moves::as_markdown();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(PAGE, &page).unwrap();
    }
    let there = std::fs::read_to_string(PAGE).unwrap_or_default();
    assert!(
        there == page,
        "docs/certificate-moves.md is not what the table says; run UPDATE_DOCS=1 cargo test -p kp-trade"
    );
}
