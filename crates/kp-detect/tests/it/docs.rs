//! `docs/detectors.md` is what the detectors' own headers say, and no header lacks a section.

use kp_detect::detector_doc::as_markdown;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/detectors.md");

const THRESHOLDS: &str = "
## Thresholds over certificate streams

Whole numbers, all ours. They are changed by the working group's statement (`kpcs act set-detector-threshold`), after
`kpcs findings preview NAME=VALUE` has shown the last eight quarters before and after; `kpcs analyze --thresholds FILE` takes
them from a file of `name = value`.

| name | default | from, to | meaning |
|---|---|---|---|
";

#[test]
fn the_page_is_generated_from_the_headers() {
    let (trade, production) = (
        kp_detect::trade::detector_docs(),
        kp_detect::production::detector_docs().into_iter().cloned().collect::<Vec<_>>(),
    );
    let stream: Vec<_> = kp_detect::stream::detector_docs().into_iter().cloned().collect();
    let mut page = as_markdown(&[
        ("Over the register", &trade),
        ("Over declared production", &production),
        ("Over certificate streams", &stream),
    ]);
    page.push_str(THRESHOLDS);
    for doc in kp_detect::stream::THRESHOLDS {
        page.push_str(&format!(
            "| `{}` | {} | {} to {} | {} |\n",
            doc.name, doc.default, doc.range.0, doc.range.1, doc.meaning
        ));
    }
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
        .chain(kp_detect::stream::detector_docs().into_iter().cloned())
    {
        assert_eq!(doc.empty_sections(), Vec::<&str>::new(), "{}", doc.name);
    }
}
