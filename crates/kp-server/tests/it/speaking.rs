//! Every page speaks its reader's language with real data on it: a finding over certificates and its case, returns with their
//! charts and questions, a return that waits with what the rules say of it. What is English by right says so of itself: the
//! sources of rules, which are never translated, and the pages for programmers.

use std::collections::{BTreeMap, BTreeSet};

use kp_language::Language;

use crate::{
    acting::unlocked,
    browser::{Browser, served},
    endpoints::filled,
    languages::{OTHERS, complete, files, keys, outside_english, without},
    pages::pages,
    sentences::worked_out,
    world::World,
};

/// Pages that say in the reader's language that they are in English: they are for programmers, and for who changes the sheet.
const FOR_PROGRAMMERS: [&str; 2] = ["docs/api.html", "docs/style.html"];

/// What may stand in an element that says that it is English: where a rule comes from, a command, and what a check of the log
/// found with a database tool at work.
const ENGLISH_BY_RIGHT: [&str; 5] = ["{{ rule }}", ".rule() }}", ".source }}", "<code", "{{ fault }}"];

#[test]
fn only_sources_of_rules_and_pages_for_programmers_say_that_they_are_in_english() {
    let mut odd = BTreeSet::new();
    let mut seen = 0;
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (path, text) in files(&here, ".html") {
        let name = path.to_string_lossy().rsplit("/src/").next().unwrap_or_default().to_owned();
        if FOR_PROGRAMMERS.contains(&name.as_str()) {
            continue;
        }
        for (at, _) in text.match_indices(" lang=\"en\"") {
            seen += 1;
            let open = text[..at].rfind('<').expect("an attribute stands in a tag");
            let element = text[open..].split("</").next().unwrap_or_default();
            if !ENGLISH_BY_RIGHT.iter().any(|right| element.contains(right)) {
                odd.insert(format!("{name}: {element}"));
            }
        }
    }
    assert!(seen > 5, "only {seen} elements say so; how do they say it now?");
    complete(odd);
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let parted = text.split(|c: char| !c.is_alphanumeric() && !"_-'’".contains(c));
    let plain = |word: &&str| word.chars().count() > 1 && word.chars().all(|c| c.is_ascii_alphabetic());
    parted.filter(plain).map(str::to_lowercase)
}

/// Words that the English texts have and those of this language do not: who meets one on a page has met English.
pub(crate) fn telltale(language: Language) -> BTreeSet<String> {
    let mut english: BTreeSet<String> =
        keys(Language::English).values().flat_map(|text| words(text)).collect();
    english.extend(worked_out().iter().flat_map(|sentence| words(&sentence.english).collect::<Vec<_>>()));
    let register = kp_detect::trade::detector_docs();
    for doc in register.iter().chain(kp_detect::production::detector_docs()) {
        let texts = doc.innocent_explanations.iter().chain(&doc.answer_must_contain);
        english.extend(texts.flat_map(|text| words(text)));
        english.extend(doc.name.split('_').map(str::to_owned).filter(|word| word.len() > 1));
    }
    let own: BTreeSet<String> = keys(language).values().flat_map(|text| words(text)).collect();
    english.retain(|word| !own.contains(word));
    english
}

/// Names and own words of the invented world, in which English words stand by right.
const NAMES: &[&str] = &[
    "River Stones Ltd",
    "Harbour Gems BV",
    "1 Market Road",
    "5 Quay Street",
    "invented survey",
    "Decision 1",
    "A. Sample",
    "M. Exporter",
    "Examplia",
    "Belmora",
    // A log, and a language that calls itself so.
    "kp.",
    ">English<",
];

/// English words that a page shows outside what is English by right, own words, codes and names.
pub(crate) fn met(html: &str, telltale: &BTreeSet<String>) -> BTreeSet<String> {
    let mut shown = outside_english(html);
    for (from, to) in [("<code", "</code>"), ("<pre", "</pre>"), ("<head>", "</head>")] {
        shown = without(&shown, from, to);
    }
    for name in NAMES {
        shown = shown.replace(name, "><");
    }
    let labels = [" aria-label=\"", " title=\"", " placeholder=\"", " alt=\"", " data-label=\""];
    let of_labels = labels.iter().flat_map(|label| shown.split(label).skip(1));
    let labels: Vec<&str> = of_labels.filter_map(|rest| rest.split('"').next()).collect();
    let shown = format!("{} {}", without(&shown, "<", ">"), labels.join(" "));
    words(&shown).filter(|word| telltale.contains(word)).collect()
}

/// Addresses of single things that a page links to.
fn things(html: &str) -> impl Iterator<Item = String> {
    let links = html.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let single = ["/findings/", "/cases/", "/statistics/production/", "/certificates/", "/participants/"];
    let is_page =
        |link: &&str| !link.contains("/slip") && !link.contains("/sheets") && !link.contains("pre-advice");
    let found = links.filter(move |link| single.iter().any(|of| link.starts_with(of))).filter(is_page);
    found.map(|link| link.replace("&#38;", "&").replace("&amp;", "&")).collect::<Vec<_>>().into_iter()
}

/// A register with a finding and its case, and returns of ten years, with one year that leaps and one half that is missing.
pub(crate) fn told() -> World {
    let world = World::busy();
    for year in 2016..=2025 {
        for half in ["H1", "H2"] {
            let period = format!("{year}-{half}");
            let line = match (year, half) {
                (2021, "H2") => continue,
                (2020, _) => "production 250000.00 12500000.00",
                _ => "production 60000.00 6012345.00",
            };
            world.done(
                "xb-focal-1",
                "submit_return",
                &[("participant", "XB"), ("half", &period), ("lines", line)],
            );
        }
    }
    world
}

#[test]
fn no_page_with_data_on_it_shows_a_word_that_only_english_has() {
    let served = served(told(), Some(World::demo()));
    let (mut odd, mut seen, mut followed) = (BTreeSet::new(), 0, BTreeMap::<&str, usize>::new());
    for language in OTHERS {
        let telltale = telltale(language);
        assert!(telltale.len() > 800, "only {} words tell English", telltale.len());
        let mut browser = served.browser();
        let acts = kp_node::ACTS.iter().map(|act| format!("/act/{}", act.name));
        let mut wanted: Vec<String> = pages().iter().map(|(path, _)| filled(path)).chain(acts).collect();
        let mut asked: BTreeSet<String> = wanted.iter().cloned().collect();
        wanted.retain(|path| !path.starts_with("/api/"));
        while let Some(path) = wanted.pop() {
            let Some(html) = page(&mut browser, &path, language) else { continue };
            seen += 1;
            for word in met(&html, &telltale) {
                odd.insert(format!("{} {path}: {word}", language.code()));
            }
            for link in things(&html).filter(|link| asked.insert(link.clone())).collect::<Vec<_>>() {
                for of in ["/findings/production_", "/findings/exports_", "/statistics/production/X"] {
                    *followed.entry(of).or_default() += usize::from(link.starts_with(of));
                }
                wanted.push(link);
            }
        }
    }
    assert!(
        served.browser().get("/cases/C-2026-0001").is(200).text().contains("/findings/"),
        "no case was looked at"
    );
    assert!(seen > 220, "only {seen} pages were looked at");
    assert!(followed.values().all(|count| *count > 0) && followed.len() == 3, "{followed:?}");
    complete(odd);
}

#[test]
fn no_desk_shows_a_word_that_only_english_has() {
    let served = served(told(), None);
    let desks = ["clerk", "approver", "customs", "importer", "focal", "admin", "auditor"];
    let mut officers: Vec<String> = desks.iter().map(|desk| format!("xa-{desk}-1")).collect();
    officers.push("scheme-sec-1".to_owned());
    let telltales = OTHERS.map(|language| (language, telltale(language)));
    let (mut odd, mut seen) = (BTreeSet::new(), 0);
    for officer in officers {
        let mut browser = unlocked(&served, &officer);
        for (language, telltale) in &telltales {
            for path in ["/", "/acts", "/returns", "/confirmations", "/log", "/trail", "/looks", "/account"] {
                let Some(html) = page(&mut browser, path, *language) else { continue };
                seen += 1;
                for word in met(&html, telltale) {
                    odd.insert(format!("{} {officer} {path}: {word}", language.code()));
                }
            }
        }
    }
    assert!(seen > 120, "only {seen} pages were looked at");
    complete(odd);
}

fn page(browser: &mut Browser, path: &str, language: Language) -> Option<String> {
    let answer = browser.send("GET", path, &[("accept-language", language.code())], "");
    let kind = answer.headers.get("content-type").map(String::as_str).unwrap_or_default();
    if !kind.starts_with("text/html") {
        return None;
    }
    let html = answer.text();
    assert!(!html.contains("{ $"), "{path} lacks a value: {html}");
    Some(html).filter(|_| !["/docs/api", "/style"].contains(&path))
}

#[test]
fn the_test_of_words_meets_them() {
    let french = telltale(Language::French);
    for english in ["where", "arrivals", "surge", "innocent"] {
        let html = format!("<p>ce constat {english} la</p>");
        let is_telltale = french.contains(english);
        assert_eq!(met(&html, &french).contains(english), is_telltale, "{english}");
    }
    let whole = "<head>fact</head><header>ici</header><p>presented without departure</p>";
    assert!(met(whole, &french).contains("without"));
    assert!(met("<p title=\"presented without departure\">ici</p>", &french).contains("without"));
    assert!(met("<p lang=\"\">presented without departure</p>", &french).is_empty(), "own words");
    assert!(met("<p>certificat présenté à XA</p>", &french).is_empty());
}

#[test]
fn one_finding_and_its_case_are_said_to_each_in_their_own_language() {
    let served = served(World::busy(), Some(World::demo()));
    let mut browser = served.browser();
    let id = "exports_above_capacity:XA:2026";
    for (code, title, question) in [
        (
            "en",
            "XA exported 37,500.00 ct in 2026, 32,000.00 ct more than",
            "Where did the other 32,000.00 ct come from?",
        ),
        (
            "fr",
            "XA a exporté 37,500.00 ct en 2026, soit 32,000.00 ct de plus",
            "D'où viennent les 32,000.00 ct restants ?",
        ),
        (
            "pt",
            "XA exportou 37,500.00 ct em 2026, mais 32,000.00 ct do que",
            "De onde vieram os restantes 32,000.00 ct?",
        ),
    ] {
        let addresses = [format!("/findings/{id}"), "/cases/C-2026-0001".to_owned(), "/cases".to_owned()];
        let of_program = [format!("/api/findings/{id}"), "/api/cases/C-2026-0001".to_owned()];
        for path in addresses.iter().chain(&of_program) {
            let text = browser.send("GET", path, &[("accept-language", code)], "").is(200).text();
            let text = text.replace("&#39;", "'").replace('\u{a0}', " ");
            assert!(text.contains(title), "{code} {path}: no {title:?} in {text}");
            assert!(path == "/cases" || text.contains(question), "{code} {path}: no {question:?} in {text}");
        }
    }
}
