//! The verifier that a phone keeps: its judge says what `kp-verify` says of every vector in `specs/vectors`, and its page
//! works in a browser whose node is gone.

use std::path::Path;

use kp_certificate::lists::{Bundle, BundleFault, ListFault, Roots};
use kp_node::lists::ListStore;
use kp_sign::PublicKey;
use kp_testkit::chromium::{Page, chromium};
use kp_verify::{
    Clock, Code, Language, OnPaper, Presented, Seen, Speaker, State, TrustData, Verdict, verify,
};
use serde_json::{Value, json};

use crate::{
    browser::{Served, served},
    world::World,
};

pub(crate) fn vectors(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs/vectors").join(name);
    serde_json::from_str(&std::fs::read_to_string(path).expect("the vectors")).expect("vectors are JSON")
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("{name} in {value}"))
}

fn bytes(hex: &str) -> Vec<u8> {
    let pair = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).expect("hexadecimal");
    (0..hex.len()).step_by(2).map(pair).collect()
}

fn roots(certificates: &Value) -> Roots {
    let key = |name: &Value| {
        let public = text(&certificates["keys"][name.as_str().expect("a name")], "public").to_owned();
        PublicKey::from_bytes(&bytes(&public)).expect("a key")
    };
    let names = certificates["roots"]["keys"].as_array().expect("names of keys");
    Roots::new(2, names.iter().map(key))
}

/// A node that gives out these lists under the root keys of the vectors.
pub(crate) fn giving(lists: &str) -> Served {
    let served = served(World::empty(), None);
    give(&served, lists);
    served
}

fn give(served: &Served, lists: &str) {
    let certificates = vectors("certificate.json");
    let store = ListStore::at(&served.world.node.keyring().expect("a keyring").beside("lists"));
    let mut pinned = "kpcs root keys\nthreshold 2\n".to_owned();
    for key in roots(&certificates).public_keys() {
        pinned.push_str(&format!("{} holder\n", kp_sign::hex(&key.to_bytes())));
    }
    store.pin(&pinned).expect("root keys are pinned");
    std::fs::write(store.bundle_file(), bytes(lists)).expect("the lists are there");
}

fn word(state: State) -> &'static str {
    match state {
        State::Green => "green",
        State::Amber => "amber",
        State::Grey => "grey",
        State::Red => "red",
    }
}

/// Everything that the browser's judge is compared in.
fn said(verdict: &Verdict) -> Value {
    let in_words = |say: &dyn Fn(Speaker) -> Value| -> Value {
        let one = |language: Language| (language.code().to_owned(), say(Speaker::new(language)));
        Value::Object(Language::ALL.into_iter().map(one).collect())
    };
    json!({
        "state": word(verdict.state),
        "reasons": verdict.reasons.iter().map(kp_verify::Reason::key).collect::<Vec<_>>(),
        "check_code": verdict.check_code.map(|code| code.to_string()),
        "lines": in_words(&|speaker| speaker.lines(verdict).into()),
        "facts": in_words(&|speaker| json!(verdict.content.as_ref().map(|content| speaker.facts(content)))),
    })
}

/// What the browser's judge says of what is presented, in the same shape.
const JUDGE: &str = r#"
async ({ keys, roots, lists, cases }) => {
  const [{ open }, { verify }, { Speaker }, { fromHex }, { instant, readNumber, readCarats }] = await Promise.all(
    ["lists", "judge", "say", "bytes", "terms"].map((name) => import(`/verifier/${name}.js`)));
  const texts = {};
  for (const code of ["en", "fr", "pt"]) texts[code] = await (await fetch(`/verifier/texts.${code}.json`)).json();
  const pinned = { threshold: BigInt(roots.threshold), keys: roots.keys.map((name) => fromHex(keys[name].public)) };
  const bundles = {};
  for (const [name, hex] of Object.entries(lists)) bundles[name] = await open(fromHex(hex), pinned);
  const typed = (paper) => ({
    ...(paper?.number && { number: readNumber(paper.number) }),
    ...(paper?.carats && { carats: readCarats(paper.carats) }),
    ...(paper?.value && { value: readCarats(paper.value) }),
  });
  const answers = [];
  for (const { presented: p, lists, clock, clock_doubted: doubted, seen } of cases) {
    const presented = p.nothing ? p
      : p.kpc1 === undefined ? { number: p.number, checkCode: p.check_code, issuedOn: p.issued_on }
      : { credential: p.kpc1, receipt: p.kpr1, paper: typed(p.paper) };
    const before = new Map(seen.map(({ number, place, at }) => [number, { place, at: instant(at) }]));
    const verdict = await verify(presented, lists === null ? null : bundles[lists], { at: instant(clock), doubted }, before);
    const inWords = (say) => Object.fromEntries(Object.keys(texts).map((code) => [code, say(new Speaker(code, texts[code]))]));
    answers.push({
      state: verdict.state,
      reasons: verdict.reasons.map((reason) => reason.key),
      check_code: verdict.checkCode,
      lines: inWords((speaker) => speaker.lines(verdict)),
      facts: inWords((speaker) => (verdict.content === null ? null : speaker.signed(verdict.content).map(([key, value]) => [speaker.text(key), value]))),
    });
  }
  return answers;
}"#;

fn judged(page: &Page, asked: &Value) -> Vec<Value> {
    let answers = page.eval(&format!("({JUDGE})({asked})"));
    answers.as_array().expect("an answer for each").clone()
}

/// Fails with all that differ, not only the first.
#[track_caller]
fn same(compared: Vec<(String, Value, Value)>) {
    let differ: Vec<String> = compared
        .iter()
        .filter(|(_, ours, theirs)| ours != theirs)
        .map(|(name, ours, theirs)| format!("{name}\n  Rust    {ours}\n  browser {theirs}"))
        .collect();
    assert!(differ.is_empty(), "{} of {} differ\n{}", differ.len(), compared.len(), differ.join("\n"));
}

#[test]
fn the_browser_says_word_for_word_what_every_verdict_vector_says() {
    let Some(browser) = chromium("the verifier in the browser") else { return };
    let served = giving(text(&vectors("certificate.json")["lists"], "good"));
    let page = browser.person();
    page.open(&format!("http://{}/style", served.running.address()));
    let verdicts = vectors("verdicts.json");
    let rows = verdicts["verdicts"].as_array().expect("rows");
    let asked = json!({
        "keys": vectors("certificate.json")["keys"], "roots": verdicts["roots"],
        "lists": verdicts["lists"], "cases": rows,
    });
    let compared = rows.iter().zip(judged(&page, &asked)).map(|(row, browsers)| {
        let mut ours = json!({});
        for part in ["state", "reasons", "check_code", "lines", "facts"] {
            ours[part] = row[part].clone();
        }
        (text(row, "name").to_owned(), ours, browsers)
    });
    same(compared.collect());
    assert!(rows.len() > 60, "every reason has a row");
    let order = page.eval("import('/verifier/judge.js').then(({ REASONS }) => REASONS.map(([key]) => key))");
    assert_eq!(order, json!(kp_verify::Reason::order()));
}

#[test]
fn the_browser_finds_what_must_fail_where_rust_finds_it() {
    let Some(browser) = chromium("the verifier in the browser") else { return };
    let certificates = vectors("certificate.json");
    let served = giving(text(&certificates["lists"], "good"));
    let page = browser.person();
    page.open(&format!("http://{}/style", served.running.address()));
    let mut cases = certificates["must_fail"].as_array().expect("cases").clone();
    let good = &certificates["good"];
    cases.push(json!({ "name": "good", "kpc1": good["kpc1"], "kpr1": good["kpr1"], "lists": "good", "state": "green", "reason": "good" }));
    let clock = text(&certificates, "clock");
    let asked: Vec<Value> = cases
        .iter()
        .map(|case| {
            let presented = json!({ "kpc1": case["kpc1"], "kpr1": case["kpr1"] });
            json!({ "presented": presented, "lists": case["lists"], "clock": clock, "clock_doubted": false, "seen": [] })
        })
        .collect();
    let asked = json!({
        "keys": certificates["keys"], "roots": certificates["roots"], "lists": certificates["lists"], "cases": asked,
    });
    let compared = cases.iter().zip(judged(&page, &asked)).map(|(case, browsers)| {
        let lists = bytes(text(&certificates["lists"], text(case, "lists")));
        let lists = TrustData::new(Bundle::open(&lists, &roots(&certificates)).expect("lists"));
        let presented = Presented::Codes {
            credential: Code::Text(text(case, "kpc1")),
            receipt: case["kpr1"].as_str().map(Code::Text),
            paper: &OnPaper::NOTHING,
        };
        let clock = Clock::reading(clock.parse().expect("an instant"));
        let ours = said(&verify(&presented, Some(&lists), clock, &Seen::new()));
        assert_eq!((&ours["state"], &ours["reasons"][0]), (&case["state"], &case["reason"]), "{case}");
        (text(case, "name").to_owned(), ours, browsers)
    });
    same(compared.collect());
}

#[test]
fn the_browser_takes_no_lists_that_rust_does_not_take() {
    let Some(browser) = chromium("the verifier in the browser") else { return };
    let (certificates, lists) = (vectors("certificate.json"), vectors("lists.json"));
    let served = giving(text(&certificates["lists"], "good"));
    let page = browser.person();
    page.open(&format!("http://{}/style", served.running.address()));
    const TAKE: &str = r#"
    async ({ keys, roots, good, clock, cases }) => {
      const [{ accept, BundleFault, toBytes }, { fromHex, hex }, { instant }] = await Promise.all(
        ["lists", "bytes", "terms"].map((name) => import(`/verifier/${name}.js`)));
      const pinned = { threshold: BigInt(roots.threshold), keys: roots.keys.map((name) => fromHex(keys[name].public)) };
      const newer = await accept(fromHex(good), pinned, null, instant(clock));
      if (hex(toBytes(newer)) !== good) return "written again, the bundle is another";
      const words = [];
      for (const each of cases) {
        try {
          await accept(fromHex(each.bundle), pinned, each.over_the_good_one ? newer : null, instant(each.clock));
          words.push("taken");
        } catch (fault) {
          if (!(fault instanceof BundleFault)) throw fault;
          words.push(fault.word);
        }
      }
      return words;
    }"#;
    let cases = lists["must_fail"].as_array().expect("cases");
    let asked = json!({
        "keys": certificates["keys"], "roots": lists["roots"], "good": lists["good"], "clock": lists["clock"], "cases": cases,
    });
    let faults: Vec<&Value> = cases.iter().map(|case| &case["fault"]).collect();
    assert_eq!(page.eval(&format!("({TAKE})({asked})")), json!(faults));
    // The words are those of Rust, not only those that were once written down.
    for case in cases {
        let at = text(case, "clock").parse().expect("an instant");
        let newer =
            Bundle::open(&bytes(text(&lists, "good")), &roots(&certificates)).expect("the good lists");
        let older = (case["over_the_good_one"] == true).then_some(&newer);
        let fault = Bundle::accept(&bytes(text(case, "bundle")), &roots(&certificates), older, at);
        let is_threshold =
            matches!(&fault, Err(BundleFault::List { fault: ListFault::BelowThreshold { .. }, .. }));
        assert_eq!(is_threshold, case["fault"] == "below-threshold", "{fault:?}");
    }
}

/// What is shown of the one verdict on the page: its reason, and its lines.
fn shown(page: &Page) -> (String, Vec<String>) {
    let reason = page.eval("document.querySelector('.verdict').dataset.reason");
    let lines = page.eval("[...document.querySelectorAll('.verdict > p')].map((line) => line.textContent)");
    let lines = lines.as_array().expect("lines").iter().map(|line| line.as_str().expect("a text").to_owned());
    (reason.as_str().expect("a reason").to_owned(), lines.collect())
}

/// Lays codes on the page as a scanner does, and waits for the verdict.
pub(crate) fn scan(page: &Page, codes: &[&str]) -> (String, Vec<String>) {
    page.eval("document.getElementById('clear').click()");
    for code in codes {
        page.eval("document.getElementById('codes').focus()");
        page.type_text(code);
        page.key("Enter");
    }
    page.until("document.getElementById('verdicts').getAttribute('aria-busy') === 'false'");
    shown(page)
}

fn vector_of<'a>(verdicts: &'a Value, name: &str) -> &'a Value {
    let rows = verdicts["verdicts"].as_array().expect("rows");
    rows.iter().find(|row| row["name"] == name).unwrap_or_else(|| panic!("no row {name}"))
}

#[test]
fn a_phone_whose_node_is_gone_says_what_rust_says() {
    let Some(browser) = chromium("the verifier without a network") else { return };
    let verdicts = vectors("verdicts.json");
    let used = vector_of(&verdicts, "used");
    // The certificate of the row `altered` is the one of `used` with other carats, under the same lists but for the fate.
    for (name, expected) in [("good-beside-its-paper", "good"), ("altered", "altered"), ("used", "used")] {
        let row = vector_of(&verdicts, name);
        let served = giving(text(&verdicts["lists"], text(row, "lists")));
        let address = format!("http://{}/verifier", served.running.address());
        let page = browser.person();
        let clock = format!("Date.now = () => Date.parse('{}')", text(row, "clock"));
        page.send("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": clock }));
        page.open(&address);
        page.until("document.documentElement.dataset.ready === 'kept'");
        assert_eq!(page.complaints(), Vec::<String>::new());
        // The node's clock says another time than this device: until it is out of reach, no verdict is good.
        let (_, doubted) = scan(&page, &[text(&row["presented"], "kpc1"), text(&row["presented"], "kpr1")]);
        assert!(doubted.join(" ").contains("cannot be trusted") || name == "altered", "{doubted:?}");
        served.running.stop();
        page.open(&address);
        page.until("document.documentElement.dataset.ready !== undefined");
        for language in Language::ALL {
            page.eval(&format!("document.querySelector('[data-language={}]').click()", language.code()));
            page.until(&format!("document.documentElement.lang === '{}'", language.code()));
            let (reason, lines) =
                scan(&page, &[text(&row["presented"], "kpc1"), text(&row["presented"], "kpr1")]);
            assert_eq!(reason, expected, "{lines:?}");
            assert_eq!(json!(lines), row["lines"][language.code()], "{name} in {language:?}");
        }
        let age = page.eval("document.getElementById('age').textContent");
        assert!(age.as_str().is_some_and(|age| age.contains("2026-02-10")), "{age}");
    }
    assert_eq!(used["state"], "red");
}

/// The page on a device whose clock says this, opened and kept.
pub(crate) fn opened(served: &Served, page: &Page, clock: &str) {
    let clock = format!("Date.now = () => Date.parse('{clock}')");
    page.send("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": clock }));
    page.open(&format!("http://{}/verifier?lang=en", served.running.address()));
    page.until("document.documentElement.dataset.ready === 'kept'");
}

/// Draws these texts as symbols beside each other and lays the picture into the field, as a photograph comes.
fn photograph(page: &Page, codes: &[&str]) {
    page.eval("document.getElementById('clear').click()");
    page.eval(&format!(
        r##"(async (texts) => {{
          const {{ encodeQR }} = await import("/verifier/index.js");
          const canvas = document.createElement("canvas");
          [canvas.width, canvas.height] = [1200, 800];
          const context = canvas.getContext("2d");
          context.fillStyle = "#d8d4cc";
          context.fillRect(0, 0, 1200, 800);
          context.rotate(0.05);
          for (const [at, text] of texts.entries()) {{
            const rows = encodeQR(text, "raw", {{ ecc: "medium" }});
            context.fillStyle = "#fff";
            context.fillRect(80 + at * 520, 150, rows.length * 5 + 40, rows.length * 5 + 40);
            context.fillStyle = "#111";
            rows.forEach((row, y) => row.forEach((dark, x) => dark && context.fillRect(100 + at * 520 + x * 5, 170 + y * 5, 5, 5)));
          }}
          const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
          const laid = new DataTransfer();
          laid.items.add(new File([blob], "photo.jpg", {{ type: "image/jpeg" }}));
          const field = document.getElementById("photo");
          field.files = laid.files;
          document.getElementById("verdicts").setAttribute("aria-busy", "true");
          field.dispatchEvent(new Event("change"));
        }})({})"##,
        json!(codes)
    ));
    page.until("document.getElementById('verdicts').getAttribute('aria-busy') === 'false'");
}

#[test]
fn each_way_of_reading_and_each_wrong_code_has_its_sentence() {
    let Some(browser) = chromium("reading on the verifier's page") else { return };
    let certificates = vectors("certificate.json");
    let served = giving(text(&certificates["lists"], "good"));
    let page = browser.person();
    opened(&served, &page, text(&certificates, "clock"));
    let good = &certificates["good"];
    let (kpc1, kpr1) = (text(good, "kpc1"), text(good, "kpr1"));
    let damaged = &kpc1[..kpc1.len() - 1];
    for (codes, expected) in [
        (vec!["https://kp.example/XA-000451"], "not-our-code"),
        (vec!["KPC2:RRQ27B0XKB"], "newer-form"),
        (vec![damaged], "damaged-code"),
        (vec![kpr1], "receipt-alone"),
        (vec!["KPC1:BB8"], "not-in-form"),
    ] {
        let (reason, lines) = scan(&page, &codes);
        assert_eq!(reason, expected, "{lines:?}");
    }
    // The second symbol alone was not read: said beside what else is the matter.
    let (_, lines) = scan(&page, &[kpc1]);
    assert!(lines.iter().any(|line| line.contains("the receipt, was not read")), "{lines:?}");
    let (_, lines) = scan(&page, &[kpr1, kpc1]);
    assert!(!lines.iter().any(|line| line.contains("receipt")), "the order does not matter: {lines:?}");
    photograph(&page, &[kpc1, kpr1]);
    let facts = page.eval("document.querySelector('.verdict .facts').innerText");
    assert!(facts.as_str().is_some_and(|facts| facts.contains("44,124.00")), "{facts}");
    photograph(&page, &["https://kp.example"]);
    assert_eq!(shown(&page).0, "not-our-code");
    photograph(&page, &[]);
    assert_eq!(shown(&page).0, "nothing-found");
    // What stands on the paper beside the code.
    page.eval("document.getElementById('clear').click()");
    page.fill("#paper-carats", "1,000.00");
    page.fill("#codes", &format!("{kpc1}\n{kpr1}"));
    page.press("#desk .primary");
    page.until("document.querySelector('.verdict')?.dataset.reason === 'paper-carats-differ'");
    page.fill("#paper-carats", "1,000");
    page.press("#desk .primary");
    page.until("!document.getElementById('paper-carats-error').hidden");
    // A web address: what to type instead, and the number that it names where it is typed.
    let (reason, _) = scan(&page, &["https://kp.example/certificates/XA-000451"]);
    assert_eq!(reason, "not-our-code");
    let advice = page.eval("document.getElementById('said').textContent");
    assert!(advice.as_str().is_some_and(|said| said.contains("The number in it, XA-000451")), "{advice}");
    assert_eq!(page.eval("document.getElementById('number').value"), "XA-000451");
    let escaped = kpc1.replace('%', "%25").replace(':', "%3A").replace(' ', "%20").replace('/', "%2F");
    let (_, lines) = scan(&page, &[&format!("https://kp.example/?c={escaped}")]);
    assert!(lines.iter().any(|line| line.contains("the receipt, was not read")), "{lines:?}");
    // Number and check code.
    page.eval("document.getElementById('clear').click()");
    page.fill("#number", "xa 451");
    page.fill("#check-code", text(good, "check_code"));
    page.press("#desk .primary");
    page.until("document.querySelector('.verdict') !== null");
    let (_, lines) = shown(&page);
    assert!(lines.iter().any(|line| line.contains("what the certificate says was not seen")), "{lines:?}");
}

#[test]
fn what_was_verified_leaves_no_trace_on_the_device() {
    let Some(browser) = chromium("the verifier's memory") else { return };
    let certificates = vectors("certificate.json");
    let served = giving(text(&certificates["lists"], "good"));
    let before = served.world.node.db().read(kp_log::last_position).expect("the log");
    let page = browser.person();
    opened(&served, &page, text(&certificates, "clock"));
    let good = &certificates["good"];
    scan(&page, &[text(good, "kpc1"), text(good, "kpr1")]);
    const KEPT: &str = r#"(async () => {
      const opened = await new Promise((done) => { const asked = indexedDB.open("kpcs-verifier", 1); asked.onsuccess = () => done(asked.result); });
      const shelf = opened.transaction("kept").objectStore("kept");
      const all = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
      const keys = await all(shelf.getAllKeys());
      opened.close();
      const cached = [];
      for (const name of await caches.keys()) for (const { url } of await (await caches.open(name)).keys()) cached.push(new URL(url).pathname);
      const databases = (await indexedDB.databases()).map(({ name }) => name);
      return { keys: keys.sort(), databases, others: localStorage.length + sessionStorage.length, codes: cached.filter((path) => !/^\/(verifier|style)/.test(path)) };
    })()"#;
    let kept = page.eval(KEPT);
    assert_eq!(kept["keys"], json!(["etag", "lists", "roots"]), "{kept}");
    assert_eq!((&kept["others"], &kept["codes"]), (&json!(0), &json!([])), "{kept}");
    assert_eq!(kept["databases"], json!(["kpcs-verifier"]));
    // Whoever goes elsewhere and comes back finds nothing, though the browser kept the page as it was.
    assert_ne!(page.eval("document.getElementById('verdicts').innerText"), "");
    page.eval("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))");
    assert_eq!(
        page.eval("document.getElementById('codes').value + document.getElementById('verdicts').innerText"),
        ""
    );
    assert_eq!(served.world.node.db().read(kp_log::last_position).expect("the log"), before);
}

#[test]
fn lists_come_from_a_file_where_the_node_has_none_and_keys_stay_pinned() {
    let Some(browser) = chromium("lists from a file") else { return };
    let certificates = vectors("certificate.json");
    let good = text(&certificates["lists"], "good");
    let served = giving(good);
    let store = ListStore::at(&served.world.node.keyring().expect("a keyring").beside("lists"));
    std::fs::remove_file(store.bundle_file()).expect("the lists go");
    let page = browser.person();
    opened(&served, &page, text(&certificates, "clock"));
    let codes = [text(&certificates["good"], "kpc1"), text(&certificates["good"], "kpr1")];
    assert_eq!(scan(&page, &codes).0, "no-trust-data");
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), b"not lists").expect("written");
    page.lay_files("#lists-file", &[file.path()]);
    page.until("document.getElementById('said').textContent.includes('not a file of lists')");
    std::fs::write(file.path(), bytes(good)).expect("written");
    page.lay_files("#lists-file", &[file.path()]);
    page.until("document.getElementById('said').textContent === 'Newer lists were taken.'");
    // What lies on the desk is judged anew under them.
    page.until("document.querySelector('.verdict').dataset.reason !== 'no-trust-data'");
    // The node names other keys: this device stays with its own, and says so.
    std::fs::remove_file(store.folder().join("roots.txt")).expect("the keys go");
    let other = kp_sign::hex(&roots(&certificates).public_keys().next().expect("a key").to_bytes());
    store.pin(&format!("kpcs root keys\nthreshold 1\n{other} holder\n")).expect("pinned");
    page.press("#update");
    page.until("!document.getElementById('roots-differ').hidden");
    let pinned = page.eval("document.getElementById('roots-threshold').textContent");
    assert!(pinned.as_str().is_some_and(|said| said.contains("2 of these 3 keys")), "{pinned}");
    page.press("#pin-offered");
    page.until("document.getElementById('roots-threshold').textContent.includes('1 of these 1 keys')");
}

#[test]
fn the_page_keeps_to_the_rules_of_pages_and_its_files_are_all_there() {
    let served = giving(text(&vectors("certificate.json")["lists"], "good"));
    let mut browser = served.browser();
    let answer = browser.get("/verifier").is(200);
    let html = answer.text();
    assert_eq!((html.matches("<h1").count(), html.matches("<script").count()), (1, 1));
    for needed in
        ["<html lang=\"en\"", "<main id=\"main\"", "class=\"skip\"", "name=\"viewport\"", "<noscript>"]
    {
        assert!(html.contains(needed), "it lacks {needed}");
    }
    for labelled in html.split("<label for=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(html.contains(&format!(" id=\"{labelled}\"")), "it labels {labelled}, which is not there");
    }
    let policy = &answer.headers["content-security-policy"];
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    let worker = browser.get("/verifier/worker.js").is(200);
    assert_eq!(worker.headers["service-worker-allowed"], "/verifier");
    let kept = worker.text();
    let kept = kept.lines().next().and_then(|line| line.strip_prefix("const KEPT = ")?.strip_suffix(';'));
    let kept: Value = serde_json::from_str(kept.expect("the first line")).expect("JSON");
    let files = kept["files"].as_array().expect("files");
    assert!(files.len() > 15, "{kept}");
    for file in files {
        let answer = browser.get(file.as_str().expect("a path")).is(200);
        // Whoever has it already gets no second one.
        if let Some(tag) = answer.headers.get("etag") {
            let again = browser.send("GET", file.as_str().expect("a path"), &[("if-none-match", tag)], "");
            assert_eq!(again.is(304).bytes.len(), 0, "{file}");
        }
        // Whatever a script asks for by name is kept too.
        for asked in answer.text().split("from \"./").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(files.contains(&json!(format!("/verifier/{asked}"))), "{file} asks for {asked}");
        }
    }
    let manifest = browser.get("/verifier/manifest.webmanifest").is(200).json();
    assert_eq!((&manifest["start_url"], &manifest["scope"]), (&json!("/verifier"), &json!("/verifier")));
    let lists = browser.get("/verifier/lists").is(200);
    let tag = lists.headers["etag"].clone();
    browser.send("GET", "/verifier/lists", &[("if-none-match", &tag)], "").is(304);
    assert_eq!(browser.get("/verifier/roots").is(200).json()["threshold"], 2);
    browser.get("/verifier/nothing.js").is(404);
}
