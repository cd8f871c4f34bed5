//! Nothing is missing in any language: the catalogue, refusals, statements, words; no text stands in a template or in
//! code; every page in French and Portuguese is free of English where it does not say that it is English.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use kp_language::{Language, Texts, refusal_keys};
use kp_terms::Kind;

use crate::{
    browser::{Answer, between, form, served},
    endpoints::filled,
    pages::pages,
    sign_in::joined,
    world::World,
};

pub(crate) const OTHERS: [Language; 2] = [Language::French, Language::Portuguese];

pub(crate) fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every file below a folder whose name ends so, with its text.
pub(crate) fn files(folder: &Path, ending: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            let text = std::fs::read_to_string(&path).expect("a text");
            found.push((path, text));
        }
    }
    found.sort();
    found
}

/// The sources of every room, without those of the words themselves.
pub(crate) fn sources() -> Vec<(PathBuf, String)> {
    let mut all = Vec::new();
    for room in std::fs::read_dir(crates()).expect("the crates") {
        let room = room.expect("a room").path();
        if !room.ends_with("kp-terms") && !room.ends_with("kp-language") && room.join("src").is_dir() {
            all.extend(files(&room.join("src"), ".rs"));
        }
    }
    all
}

pub(crate) fn keys(language: Language) -> BTreeMap<String, String> {
    let path = crates().join(format!("../locales/{}.ftl", language.code()));
    let text = std::fs::read_to_string(path).expect("a file of texts");
    let mut found = BTreeMap::new();
    let mut last = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        match line.split_once(" = ").filter(|_| !line.starts_with(' ')) {
            Some((key, text)) => {
                key.clone_into(&mut last);
                found.insert(key.to_owned(), text.to_owned());
            }
            None => found.entry(last.clone()).or_insert_with(String::new).push_str(line.trim()),
        }
    }
    found
}

fn has(language: Language, key: &str) -> bool {
    Texts::of(language).found(key, None).is_some()
}

/// Fails with all that is missing, not only the first.
#[track_caller]
pub(crate) fn complete(missing: BTreeSet<String>) {
    assert!(
        missing.is_empty(),
        "{} missing:\n{}",
        missing.len(),
        missing.into_iter().collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn every_act_field_role_and_word_is_said_in_every_language() {
    let mut missing = BTreeSet::new();
    let mut need = |language: Language, key: String| {
        if !has(language, &key) {
            missing.insert(format!("{} {key}", language.code()));
        }
    };
    for language in OTHERS {
        for role in kp_registry::Role::ALL {
            need(language, format!("role-{}", role.word()));
        }
        for act in kp_node::ACTS {
            need(language, format!("act-{}", act.name));
            need(language, format!("room-{}", act.room));
            for field in act.fields {
                need(language, format!("field-{}", field.name));
                let (Kind::Choice(words) | Kind::Goods(words)) = field.kind else { continue };
                for word in words {
                    match word.starts_with(|c: char| c.is_ascii_digit()) {
                        true => need(language, format!("class-{}", word.replace('.', "-"))),
                        false if has(language, &format!("role-{word}")) => {}
                        false => need(language, format!("word-{word}")),
                    }
                }
            }
        }
        for state in kp_trade::CertificateState::ALL {
            need(language, format!("certificate-state-{state}"));
            need(language, format!("word-{state}"));
        }
    }
    complete(missing);
}

#[test]
fn every_field_is_explained_and_not_with_the_help_of_another() {
    let mut missing = BTreeSet::new();
    for language in OTHERS {
        // Of each field name: which English help falls back to the text that all acts share.
        let mut shared: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for act in kp_node::ACTS {
            for field in act.fields {
                if has(language, &format!("field-help-{}-{}", act.name, field.name)) {
                    continue;
                }
                let key = format!("field-help-{}", field.name);
                if !has(language, &key) {
                    missing.insert(format!("{} {key} ({}: {})", language.code(), act.name, field.help));
                }
                shared.entry(field.name).or_default().insert(field.help);
            }
        }
        for (name, helps) in shared.into_iter().filter(|(_, helps)| helps.len() > 1) {
            missing.insert(format!("{} field-help-ACT-{name}: {helps:?}", language.code()));
        }
    }
    complete(missing);
}

#[test]
fn every_kind_of_statement_is_said_in_every_language() {
    let mut missing = BTreeSet::new();
    let mut kinds = 0;
    for (_, text) in sources() {
        for rest in text.split("const KIND: &'static str = \"").skip(1) {
            let kind = rest.split('"').next().unwrap_or_default();
            kinds += 1;
            for language in OTHERS {
                if !has(language, &format!("kind-{kind}")) {
                    missing.insert(format!("{} kind-{kind}", language.code()));
                }
            }
        }
    }
    assert!(kinds > 80, "only {kinds} kinds of statements were found; how are they declared now?");
    complete(missing);
}

/// One refusal as it stands in a source: the module's file, key, and the values of its sentence.
struct Declared {
    file: String,
    key: String,
    values: BTreeSet<String>,
}

/// Every refusal there is. They are declared with `refusals!` alone, so the sources cannot hide one: a variant is
/// `Name { fields } = "key", "sentence", "rule";`.
fn declared() -> Vec<Declared> {
    let mut all = Vec::new();
    for (path, text) in sources() {
        let file = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        assert!(!text.contains(" Refuse for "), "{path:?} makes a refusal without refusals!");
        for block in text.split("refusals! {").skip(1) {
            // A block ends with the brace that stands below its own line.
            let end = block.find("\n}").unwrap_or(block.len());
            for variant in block[..end].split(" = \"").skip(1) {
                let key = variant.split('"').next().unwrap_or_default();
                let sentence = variant.split('"').nth(2).unwrap_or_default();
                let is_key = key.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit());
                assert!(is_key && !sentence.is_empty(), "{path:?}: cannot read the refusal {variant:?}");
                all.push(Declared {
                    file: file.clone(),
                    key: key.to_owned(),
                    values: sentence
                        .split('{')
                        .skip(1)
                        .filter_map(|rest| rest.split(['}', ':']).next())
                        .map(str::to_owned)
                        .collect(),
                });
            }
        }
    }
    all
}

#[test]
fn every_refusal_is_said_in_every_language_with_values_that_it_has() {
    let all = declared();
    assert!(all.len() > 400, "only {} refusals were found; how are they declared now?", all.len());
    let mut missing = BTreeSet::new();
    let mut used = BTreeSet::new();
    for language in OTHERS {
        let texts = keys(language);
        for Declared { file, key, values } in &all {
            let Some(said) = refusal_keys(key, file).into_iter().find(|key| texts.contains_key(key)) else {
                missing.insert(format!("{} refusal-{key}", language.code()));
                continue;
            };
            let named = texts[&said].split("{ $").skip(1).map(|rest| {
                rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>()
            });
            for value in named.filter(|value| !values.contains(value)) {
                missing.insert(format!("{} {said}: in {file} it has no value {value}", language.code()));
            }
            used.insert(said);
        }
        for dead in texts.keys().filter(|key| key.starts_with("refusal-") && !used.contains(*key)) {
            missing.insert(format!("{} {dead}: no act refuses so", language.code()));
        }
    }
    complete(missing);
}

/// What is put together from a beginning and a name, tested above or where it is used.
const BY_NAME: &[&str] = &[
    "certificate-state-",
    "case-level-",
    "severity-",
    "step-",
    "queue-",
    "role-",
    "participant-only-",
    "return-state-",
    "return-step-",
    "gap-",
    "offline-fault-",
    "offline-lists-",
    "explore-gap-",
    "explore-lead-",
    "explore-of-",
    "explore-source-",
    "explore-tab-",
    "customs-cause-",
    // kp-messages tests that each kind has its texts.
    "message-",
    "messages-cadence-",
    "outbox-state-",
];

#[test]
fn every_text_that_code_names_exists_and_every_text_is_named() {
    let texts = keys(Language::English);
    let beginnings: BTreeSet<&str> = texts.keys().filter_map(|key| key.split('-').next()).collect();
    let mut named = BTreeSet::new();
    let mut missing = BTreeSet::new();
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = files(&here, ".rs");
    all.extend(files(&here, ".html"));
    // The verifier's scripts name what they say as the pages do, and so do the charts and sections.
    all.extend(files(&here.join("verifier"), ".js"));
    all.extend(files(&crates().join("kp-report/src"), ".rs"));
    all.extend(files(&crates().join("kp-report/src"), ".html"));
    for (path, text) in &all {
        for literal in text.split('"') {
            let is_key = !literal.is_empty()
                && literal.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c))
                && literal.split('-').next().is_some_and(|first| beginnings.contains(first));
            if is_key && texts.contains_key(literal) {
                named.insert(literal.to_owned());
            }
        }
        let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        for call in CALLS {
            for rest in text.split(call).skip(1) {
                let Some(key) = rest.trim_start().strip_prefix('"').and_then(|r| r.split('"').next()) else {
                    continue;
                };
                if !texts.contains_key(key) && !BY_NAME.contains(&key) {
                    missing.insert(format!("{file}: {call}{key:?}"));
                }
            }
        }
    }
    for (_, text) in files(&crates().join("kp-verify/src"), ".rs") {
        named.extend(text.split('"').filter(|literal| texts.contains_key(*literal)).map(str::to_owned));
    }
    let own = |key: &str| {
        // The verifier builds its keys from its own reasons; its tests compare them with the files.
        [
            "command-",
            "pre-advice-",
            "state-",
            "verdict-",
            "age-",
            "key-",
            "next-",
            "fact-",
            "origin-",
            "purpose-",
            "verify-",
        ]
        .iter()
        .any(|of| key.starts_with(of))
    };
    for key in texts.keys() {
        if !named.contains(key) && !own(key) && !BY_NAME.iter().any(|of| key.starts_with(of)) {
            missing.insert(format!("{key} is named nowhere"));
        }
    }
    complete(missing);
}

/// After these a key stands.
const CALLS: &[&str] = &[
    "frame.t(",
    "frame.t1(",
    "frame.t2(",
    "frame.count(",
    "frame.linked(",
    "frame.linked1(",
    "titled_by(",
    "Said::of(",
    "not_found(",
    "texts.text(",
    "words::with(texts, ",
    "words::count(texts, ",
    "self.frame.t(",
    "json_not_read(",
    "setting.t(",
    "setting.with(",
    "setting.count(",
];

/// Words of templates that are the same in every language.
const SAME_EVERYWHERE: &[&str] = &["kpcs", "ct", "US", "UTC", "XA", "PDF", "API", "CSV", "SHA", "Parquet"];

#[test]
fn no_template_has_a_text_of_its_own() {
    let mut odd = BTreeSet::new();
    for (path, text) in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), ".html") {
        let name = path.to_string_lossy().rsplit("/src/").next().unwrap_or_default().to_owned();
        let bare = without(&without(&without(&text, "{#", "#}"), "{%", "%}"), "{{", "}}");
        let shown = without(&outside_english(&bare), "<code", "</code>");
        let attributes = shown.split('<').filter_map(|tag| tag.split('>').next()).flat_map(|tag| {
            ["placeholder=\"", "aria-label=\"", "alt=\"", "title=\"", "data-label=\""]
                .into_iter()
                .filter_map(move |of| tag.split(of).nth(1).and_then(|rest| rest.split('"').next()))
        });
        let attributes: Vec<String> = attributes.map(str::to_owned).collect();
        let visible = [without(&shown, "<", ">"), attributes.join(" ")].join(" ");
        for word in visible.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 1) {
            let is_code = word.chars().all(|c| c.is_ascii_uppercase());
            if !SAME_EVERYWHERE.contains(&word) && !is_code {
                odd.insert(format!("{name}: {word}"));
            }
        }
    }
    complete(odd);
}

/// A text without what stands between two marks, and without the marks.
pub(crate) fn without(text: &str, from: &str, to: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(from) {
        out.push_str(&rest[..at]);
        out.push(' ');
        rest = &rest[at..];
        rest = rest.find(to).map_or("", |end| &rest[end + to.len()..]);
    }
    out + rest
}

/// HTML without the elements that say of themselves that they are in English, or in no language that is known: somebody's own
/// words.
pub(crate) fn outside_english(html: &str) -> String {
    outside(&outside(html, " lang=\"en\""), " lang=\"\"")
}

fn outside(html: &str, mark: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find(mark) {
        let open = rest[..at].rfind('<').expect("an attribute stands in a tag");
        let name: String = rest[open + 1..].chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
        if name == "html" || name == "button" {
            out.push_str(&rest[..at + mark.len()]);
            rest = &rest[at + mark.len()..];
            continue;
        }
        out.push_str(&rest[..open]);
        rest = after_element(&rest[open..], &name);
    }
    out + rest
}

/// What follows an element that a text begins with; elements of the same name within it are counted.
fn after_element<'a>(text: &'a str, name: &str) -> &'a str {
    let (opens, closes) = (format!("<{name}"), format!("</{name}>"));
    let (mut depth, mut at) = (1, 1);
    while depth > 0 {
        let close = text[at..].find(&closes).map(|found| at + found);
        let open = text[at..].find(&opens).map(|found| at + found);
        match (open, close) {
            (Some(open), Some(close)) if open < close => (depth, at) = (depth + 1, open + opens.len()),
            (_, Some(close)) => (depth, at) = (depth - 1, close + closes.len()),
            (_, None) => return "",
        }
    }
    &text[at..]
}

/// Words that every English sentence is made with, and none of the other languages has.
const ENGLISH: &[&str] = &[
    "the", "of", "with", "and", "is", "are", "was", "were", "this", "that", "which", "from", "by", "not",
    "has", "have", "been", "must", "who", "what", "when", "here", "there", "be", "it", "its", "where",
    "their",
];

/// English words of a page, outside what says that it is English, and outside codes and examples.
fn english_on(answer: &Answer) -> BTreeSet<String> {
    let html = answer.text();
    let mut shown = outside_english(&html);
    for (from, to) in
        [("<code", "</code>"), ("<pre", "</pre>"), ("<option", "</option>"), ("<head>", "</head>")]
    {
        shown = without(&shown, from, to);
    }
    let shown = without(&shown, "<", ">");
    let words = shown.split(|c: char| !c.is_alphanumeric() && !"'’-_".contains(c));
    words.filter(|word| ENGLISH.contains(&word.to_lowercase().as_str())).map(str::to_owned).collect()
}

#[test]
fn no_page_in_french_or_portuguese_has_an_english_sentence() {
    let served = served(World::busy(), Some(World::demo()));
    let (mut odd, mut seen) = (BTreeSet::new(), 0);
    for language in OTHERS {
        let mut browser = served.browser();
        let acts = kp_node::ACTS.iter().map(|act| format!("/act/{}", act.name));
        let paths: Vec<String> = pages().iter().map(|(path, _)| filled(path)).chain(acts).collect();
        for path in paths.iter().filter(|path| !path.starts_with("/api/")) {
            // Not everything is shown in a demonstration; that it is not is said in a page, too.
            let answer = browser.send("GET", path, &[("accept-language", language.code())], "");
            let kind = answer.headers.get("content-type").map(String::as_str).unwrap_or_default();
            if !kind.starts_with("text/html") {
                continue;
            }
            seen += 1;
            let html = answer.text();
            let root = format!("<html lang=\"{}\" dir=\"ltr\">", language.code());
            assert!(html.contains(&root), "{path} does not say its language");
            assert!(!html.contains("{ $"), "{path} lacks a value: {html}");
            for word in english_on(&answer) {
                odd.insert(format!("{} {path}: {word}", language.code()));
            }
        }
    }
    assert!(seen > 200, "only {seen} pages were looked at");
    complete(odd);
}

/// The pages of accounts and of who looked at what, which a demonstration has not; and a trader's.
#[test]
fn no_page_of_accounts_in_french_or_portuguese_has_an_english_sentence() {
    let world = World::founded();
    world.name_trader("xa-stones-1", "XA-EXP-7");
    let number = world.draft("XA-A-1", "7102.31 1200.00 420000.00");
    let served = served(world, None);
    let admin = joined(&served, "xa-admin-1");
    let clerk = joined(&served, "xa-clerk-1");
    let mut odd = BTreeSet::new();
    for language in OTHERS {
        let telltale = crate::speaking::telltale(language);
        let mut look = |browser: &mut crate::browser::Browser,
                        method: &str,
                        path: &str,
                        typed: &[(&str, &str)]| {
            let token = browser.token.clone();
            let body = form(&[&[("token", token.as_str())], typed].concat());
            let headers =
                [("accept-language", language.code()), ("content-type", "application/x-www-form-urlencoded")];
            let body = if method == "GET" { String::new() } else { body };
            let answer = browser.send(method, path, &headers, &body);
            let html = answer.text();
            assert!(!html.contains("{ $"), "{path} lacks a value: {html}");
            for word in english_on(&answer).into_iter().chain(crate::speaking::met(&html, &telltale)) {
                odd.insert(format!("{} {method} {path}: {word}", language.code()));
            }
            html
        };
        let mut desk = admin.signed_in(&served, "personal");
        look(&mut desk, "GET", "/accounts", &[]);
        let invited = look(&mut desk, "POST", "/accounts/invite", &[("officer", "xa-focal-1")]);
        let code = between(&invited, "big-code\"><code>", "<").expect("a code");
        look(&mut desk, "POST", "/accounts/recover", &[("officer", "xa-clerk-1"), ("kind", "password")]);
        look(&mut desk, "POST", "/account/token", &[("label", ""), ("days", "x")]);
        look(&mut desk, "POST", "/account/token", &[("label", "pompe"), ("days", "3"), ("scopes", "read")]);
        look(&mut desk, "POST", "/account/password", &[("present", "x"), ("password", "y"), ("again", "z")]);
        look(&mut desk, "GET", "/account", &[]);
        let mut person = served.browser();
        look(&mut person, "GET", "/join", &[]);
        look(&mut person, "GET", &format!("/join?code={code}"), &[]);
        look(&mut person, "POST", "/join", &[("code", &code), ("sealed", "x")]);
        look(&mut person, "GET", "/sign-in", &[]);
        let mut own = clerk.signed_in(&served, "shared");
        look(&mut own, "GET", &format!("/certificates/{number}"), &[]);
        let stopped = look(&mut own, "GET", "/account", &[]);
        let recovery = between(&stopped, "name=\"recovery\" value=\"", "\"").expect("a recovery");
        look(&mut own, "POST", "/account/stop-recovery", &[("recovery", &recovery)]);
        served.world.pass(400);
        let mut auditor = crate::acting::unlocked(&served, "xa-auditor-1");
        look(&mut auditor, "GET", "/trail", &[]);
        look(&mut auditor, "GET", "/looks", &[]);
        let mut trader = crate::acting::unlocked(&served, "xa-stones-1");
        look(&mut trader, "GET", "/filings", &[]);
        served.world.pass(300);
        look(&mut desk, "POST", "/accounts/invite", &[("officer", "xa-focal-1")]);
    }
    complete(odd);
}

#[test]
fn the_test_of_english_finds_english() {
    let page = |html: &str| Answer {
        status: 200,
        headers: BTreeMap::new(),
        bytes: html.as_bytes().to_vec(),
        wire: html.len(),
    };
    assert_eq!(english_on(&page("<p>le constat of</p>")).len(), 1);
    assert_eq!(english_on(&page("<div lang=\"en\"><div>of</div> the</div><p>fin</p>")).len(), 0);
    assert_eq!(english_on(&page("<div lang=\"en\"><div>of</div> the</div><p>with</p>")).len(), 1);
    assert_eq!(english_on(&page("<head>the</head><header>un</header><p>le constat of</p>")).len(), 1);
}

#[test]
fn a_refusal_is_said_in_the_language_a_program_asks_for_and_its_key_stays() {
    let served = served(World::busy(), Some(World::demo()));
    let mut program = served.browser();
    let opened = program.send(
        "POST",
        "/api/session",
        &[("content-type", "application/json")],
        r#"{"officer": "xa-clerk-1"}"#,
    );
    let token = opened.is(201).json()["token"].as_str().expect("a token").to_owned();
    let issue = serde_json::json!({"number": "XA-000003"});
    let mut say = |language: &str| {
        let asked = [("accept-language", language)];
        program.call("/api/acts/issue_certificate", &token, &asked, &issue).is(403)
    };
    let (english, french, portuguese) = (say("de"), say("fr-CI, en;q=0.5"), say("pt-AO"));
    assert_eq!(english.headers["content-language"], "en");
    assert_eq!(french.headers["content-language"], "fr");
    let detail = |answer: &Answer| answer.json()["detail"].as_str().unwrap_or_default().to_owned();
    assert_eq!(detail(&english), "xa-clerk-1 does not hold the role approver, which this act needs");
    assert_eq!(detail(&french), "xa-clerk-1 n'a pas le rôle « approbateur », dont cet acte a besoin");
    assert_eq!(detail(&portuguese), "xa-clerk-1 não tem a função « aprovador », de que este ato precisa");
    for answer in [&english, &french, &portuguese] {
        assert_eq!(answer.json()["key"], "role_missing");
        assert_eq!(answer.json()["rule"], english.json()["rule"]);
    }
    let unread = serde_json::json!({"number": "XA-000003", "departed_on": "demain"});
    let answer = program
        .call("/api/acts/depart_shipment", &token, &[("accept-language", "fr")], &unread)
        .is(422)
        .json();
    let field = &answer["fields"][0];
    assert_eq!(field["field"], "departed_on");
    let sentence = field["sentence"].as_str().unwrap_or_default();
    assert!(sentence.starts_with("« demain » n'est pas une date ; écrivez par exemple 20"), "{sentence}");
}

#[test]
fn a_form_is_refused_in_the_language_of_the_page() {
    let served = served(World::busy(), Some(World::demo()));
    let mut browser = served.browser();
    browser.get("/").is(200);
    browser.post("/act-as", &[("officer", "xa-approver-1"), ("back", "/")]).is(303);
    let french = [("accept-language", "fr")];
    browser.send("GET", "/act/issue_certificate?number=XA-000003", &french, "").is(200);
    let token = browser.token.clone();
    let typed = crate::browser::form(&[("token", &token), ("number", "XA-000003")]);
    let headers = [("content-type", "application/x-www-form-urlencoded"), french[0]];
    let page = browser.send("POST", "/act/issue_certificate", &headers, &typed).is(409);
    let html = page.text();
    assert!(html.contains("L&#39;acte a été refusé") && html.contains("a déjà servi"), "{html}");
    assert!(html.contains("Parti") && !html.contains("departed<"), "{html}");
    assert_eq!(english_on(&page), BTreeSet::new());
}
