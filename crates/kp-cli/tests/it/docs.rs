//! The reference page is what the program says of itself.

use crate::kpcs::Kpcs;

#[test]
fn the_reference_page_is_what_the_program_says() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/operating/command-line.md");
    let written = std::fs::read_to_string(page).unwrap_or_default();
    let said = Kpcs::new().command(&["print-docs"]).output().unwrap();
    assert!(
        written.as_bytes() == said.stdout,
        "docs/operating/command-line.md is out of date: cargo run -p kp-cli -- print-docs > docs/operating/command-line.md"
    );
}

#[test]
fn the_help_names_the_exit_codes() {
    let said = Kpcs::new().run(&["--help"]);
    assert!(said.code == 0 && said.out.contains("Exit codes:"), "{}", said.text);
    assert_eq!(Kpcs::new().run(&["no-such-command"]).code, 2);
    let alone = Kpcs::new().run(&[]);
    assert!(alone.code == 2 && alone.text.contains("Exit codes:"), "{}", alone.text);
}
