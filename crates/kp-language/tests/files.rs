//! Every text exists in every language, with the same values in it, and every file reads without a fault.

#![allow(clippy::unwrap_used, reason = "all of this is a test")]

use std::collections::{BTreeMap, BTreeSet};

use kp_language::{Language, Texts};

/// Keys and texts of a file, values still in braces.
fn messages(text: &str) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut last = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        match line.split_once(" = ").filter(|_| !line.starts_with(' ')) {
            Some((key, text)) => {
                last = key.to_owned();
                assert!(found.insert(last.clone(), text.to_owned()).is_none(), "{last} stands there twice");
            }
            None => found.get_mut(&last).unwrap().push_str(line.trim()),
        }
    }
    found
}

fn values(text: &str) -> BTreeSet<String> {
    text.split('$')
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        .collect()
}

fn of(language: Language) -> BTreeMap<String, String> {
    let path = format!("{}/../../locales/{}.ftl", env!("CARGO_MANIFEST_DIR"), language.code());
    messages(&std::fs::read_to_string(path).unwrap())
}

/// What English says in the code itself: a catalogue of acts, their fields, statements and refusals. The tests of the
/// pages enumerate it, and find what lacks here.
const SAID_BY_THE_CODE: &[&str] = &[
    "act-",
    "room-",
    "field-",
    "kind-",
    "word-",
    "class-",
    "refusal-",
    // Sentences that are worked out (`sentence!`), and what stands in a fixed order in the code.
    "found-",
    "detector-",
    "misfit-",
    "uncounted-",
    "blank-",
    "differs-",
    "stands-",
    "case-step-",
    "trail-detail-",
    "trail-why-",
    "given-",
    "rights-",
    "right-",
    "weighty-",
    "training-",
    "rule-expects-",
    "return-",
    "cell-",
    "customs-",
    "file-",
];

#[test]
fn no_language_lacks_a_key_or_has_one_more_and_the_values_agree() {
    let english = of(Language::English);
    let french = of(Language::French);
    for language in [Language::French, Language::Portuguese] {
        let other = of(language);
        assert_eq!(other.keys().collect::<Vec<_>>(), french.keys().collect::<Vec<_>>(), "{language:?}");
        for (key, text) in &english {
            assert!(other.contains_key(key), "{language:?} lacks {key}");
            assert_eq!(values(text), values(&other[key]), "{language:?} {key}");
        }
        for (key, text) in &other {
            let is_of_code = SAID_BY_THE_CODE.iter().any(|of| key.starts_with(of));
            assert!(
                is_of_code || english.contains_key(key),
                "{language:?} has {key}, which English does not"
            );
            assert_eq!(values(text), values(&french[key]), "{language:?} {key}");
        }
    }
}

#[test]
fn marks_in_texts_are_the_few_that_pages_know() {
    for language in Language::ALL {
        for (key, text) in of(language) {
            let marks: Vec<&str> =
                text.split('<').skip(1).filter_map(|rest| rest.split('>').next()).collect();
            for mark in &marks {
                let is_known = ["a", "/a", "b", "/b", "code", "/code"].contains(mark);
                assert!(is_known, "{language:?} {key}: the mark <{mark}> is not known");
            }
            let opened = marks.iter().filter(|mark| !mark.starts_with('/')).count();
            assert_eq!(opened * 2, marks.len(), "{language:?} {key}: a mark is not closed");
            let english = of(Language::English).get(&key).map_or(0, |english| english.matches("<a>").count());
            let links = text.matches("<a>").count();
            assert_eq!(links, english, "{language:?} {key}: as many links as in English");
        }
    }
}

#[test]
fn every_file_reads_and_every_key_gives_its_text() {
    for language in Language::ALL {
        let texts = Texts::of(language);
        for (key, text) in of(language) {
            let shown = texts.text(&key);
            assert!(shown != key && !text.is_empty(), "{language:?}: {key} gives nothing");
        }
    }
}
