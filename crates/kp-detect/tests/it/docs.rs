//! `docs/detectors.md` is what the detectors' own headers say, and no header lacks a section.

use kp_detect::detector_doc::as_markdown;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/detectors.md");

#[test]
fn the_page_is_generated_from_the_headers() {
    let (trade, production) = (
        kp_detect::trade::detector_docs(),
        kp_detect::production::detector_docs().into_iter().cloned().collect::<Vec<_>>(),
    );
    let page = as_markdown(&[("Over the register", &trade), ("Over declared production", &production)]);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(PAGE, &page).unwrap();
    }
    let there = std::fs::read_to_string(PAGE).unwrap_or_default();
    assert!(
        there == page,
        "docs/detectors.md is not what the headers say; run UPDATE_DOCS=1 cargo test -p kp-detect"
    );
}

#[test]
fn no_section_is_missing() {
    for doc in kp_detect::trade::detector_docs()
        .into_iter()
        .chain(kp_detect::production::detector_docs().into_iter().cloned())
    {
        assert_eq!(doc.empty_sections(), Vec::<&str>::new(), "{}", doc.name);
    }
}
