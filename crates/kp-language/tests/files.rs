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

#[test]
fn no_language_lacks_a_key_or_has_one_more_and_the_values_agree() {
    let english = of(Language::English);
    for language in Language::ALL {
        let other = of(language);
        assert_eq!(other.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>(), "{language:?}");
        for (key, text) in &english {
            assert_eq!(values(text), values(&other[key]), "{language:?} {key}");
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
