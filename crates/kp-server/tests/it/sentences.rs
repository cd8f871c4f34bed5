//! Sentences that are worked out are said in every language: what detectors see, what does not fit or differs, the trail, the
//! table of rights. English is what the code says.

use std::collections::BTreeSet;

use crate::languages::{OTHERS, complete, keys, sources};

/// One sentence that is worked out, as it stands in a source: its key, its English, and the values in it.
pub(crate) struct WorkedOut {
    key: String,
    pub(crate) english: String,
    values: BTreeSet<String>,
}

/// Every sentence that is worked out. They are written with `sentence!` alone, or put behind a key made of a beginning and a
/// name, which [`named_sentences`] lists.
pub(crate) fn worked_out() -> Vec<WorkedOut> {
    let mut all = Vec::new();
    for (path, text) in sources() {
        for call in text.split("sentence!(").skip(1) {
            let mut texts = call.split('"').skip(1).step_by(2);
            let (Some(key), Some(english)) = (texts.next(), texts.next()) else { continue };
            let is_key = key.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
            assert!(is_key && !english.is_empty(), "{path:?}: cannot read the sentence {key:?}");
            let value = |rest: &str| rest.split(['}', ':']).next().map(str::to_owned);
            let values = english.split('{').skip(1).filter_map(value).collect();
            all.push(WorkedOut { key: key.to_owned(), english: english.to_owned(), values });
        }
    }
    all
}

/// Keys that are made of a beginning and a name.
fn named_sentences() -> Vec<String> {
    let mut all = Vec::new();
    let register = kp_detect::trade::detector_docs();
    for doc in register.iter().chain(kp_detect::production::detector_docs()) {
        all.push(format!("detector-{}", doc.name));
        for (what, items) in [("explains", &doc.innocent_explanations), ("answer", &doc.answer_must_contain)]
        {
            all.extend((1..=items.len()).map(|at| format!("found-{}-{what}-{at}", doc.name)));
        }
    }
    for right in kp_accounts::rights::RIGHTS {
        all.extend([format!("right-{}", right.name), format!("right-{}-about", right.name)]);
    }
    for weighty in kp_accounts::fresh::WEIGHTY {
        all.push(format!("weighty-{}", weighty.name));
        all.extend(weighty.by.iter().map(|given| format!("given-{}", given.word())));
    }
    all.extend(kp_statistics::return_rules::RULES.iter().map(|rule| format!("return-rule-{}", rule.name)));
    all.extend(
        [
            "no-table",
            "empty-archive",
            "protected",
            "old-workbook",
            "pdf",
            "text-document",
            "compressed",
            "picture",
            "web-page",
        ]
        .map(|kind| format!("file-{kind}")),
    );
    all.extend(["device", "synced"].map(|keeping| format!("trail-detail-kept-{keeping}")));
    all.extend(kp_cases::Level::LADDER.map(|(level, _)| format!("case-level-{}", level.word())));
    all
}

/// Beginnings of keys that only such sentences have.
const OF_SENTENCES: &[&str] = &[
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
    "right-",
    "weighty-",
    "training-",
    "rule-expects-",
    "return-mend-",
    "return-rule-",
    "cell-",
    "file-",
];

#[test]
fn every_sentence_that_is_worked_out_is_said_in_every_language_with_values_that_it_has() {
    let all = worked_out();
    assert!(all.len() > 280, "only {} sentences were found; how are they written now?", all.len());
    let named = named_sentences();
    let mut missing = BTreeSet::new();
    for language in OTHERS {
        let texts = keys(language);
        for WorkedOut { key, values, .. } in &all {
            let Some(text) = texts.get(key) else {
                missing.insert(format!("{} {key}", language.code()));
                continue;
            };
            let said: BTreeSet<String> = text
                .split("{ $")
                .skip(1)
                .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
                .collect();
            if said != *values {
                missing.insert(format!("{} {key}: says {said:?} of {values:?}", language.code()));
            }
        }
        for key in &named {
            if !texts.contains_key(key) {
                missing.insert(format!("{} {key}", language.code()));
            }
        }
        let known: BTreeSet<&String> = all.iter().map(|sentence| &sentence.key).chain(&named).collect();
        let own = |key: &&String| OF_SENTENCES.iter().any(|of| key.starts_with(of));
        for dead in texts.keys().filter(own).filter(|key| !known.contains(key)) {
            missing.insert(format!("{} {dead}: nothing says so", language.code()));
        }
    }
    complete(missing);
}
