//! Acts through pages and through the API, and everything that is turned away.

use kp_server::{Reach, ServeError, ServeSettings, serve};
use serde_json::json;

use crate::{
    browser::{Browser, Served, served},
    world::{PASSPHRASE, World},
};

fn drafted() -> (Served, String) {
    let world = World::founded();
    let number = world.draft("XA-A-1", "7102.31 1200.00 420000.00");
    (served(world, None), number)
}

pub(crate) fn unlocked(served: &Served, officer: &str) -> Browser {
    let mut browser = served.browser();
    browser.get("/unlock").is(200);
    let before = browser.cookie.clone();
    browser.post("/unlock", &[("officer", officer), ("passphrase", PASSPHRASE)]).is(303);
    assert_ne!(browser.cookie, before, "the right comes with a new id");
    browser
}

#[test]
fn a_certificate_is_issued_through_the_pages() {
    let (served, number) = drafted();
    let mut browser = unlocked(&served, "xa-approver-1");
    let form = browser.get(&format!("/act/issue_certificate?number={number}")).is(200).text();
    assert!(
        form.contains("1,200.00 ct") && form.contains("River Stones Ltd"),
        "who signs sees what is signed"
    );
    let done = browser.post("/act/issue_certificate", &[("number", &number), ("expires_on", "")]).is(303);
    let receipt = browser.get(&done.headers["location"]).is(200).text();
    assert!(receipt.contains("Certificate issued") && receipt.contains("xa-approver-1"));
    assert!(
        receipt.contains(&format!("/act/validate_certificate?number={number}")),
        "the next act is offered"
    );
    assert!(browser.get(&format!("/certificates/{number}")).text().contains("2026-04-04"));
    browser.post("/lock", &[]).is(303);
    assert!(browser.get("/").text().contains("Sign in"), "without a PIN, locking ends the session");
}

/// A second click, or a form sent again over a bad line, is no second presentation and no question to anybody (L22).
#[test]
fn a_form_does_one_thing_however_often_it_is_sent() {
    let world = World::founded();
    let number = world.depart("XA-A-1", "7102.31 1200.00 420000.00");
    let served = served(world, None);
    let mut desk = unlocked(&served, "xb-importer-1");
    let mut opened = || {
        let form = desk.get(&format!("/act/record_arrival?number={number}")).is(200).text();
        crate::browser::between(&form, "name=\"once\" value=\"", "\"").expect("a form has a name of its own")
    };
    let (once, other) = (opened(), opened());
    assert_ne!(once, other, "each form is another");
    let send = |desk: &mut Browser, once: &str, carats: &str| {
        let typed = [("number", number.as_str()), ("at", "XB"), ("carats_received", carats), ("once", once)];
        desk.post("/act/record_arrival", &typed)
    };
    let wrong = send(&mut desk, &once, "a lot").is(422).text();
    assert!(wrong.contains(&format!("value=\"{once}\"")), "a refused form keeps its name: {wrong}");
    let first = send(&mut desk, &once, "1200.00").is(303).headers["location"].clone();
    served.world.pass(3);
    assert_eq!(send(&mut desk, &once, "1200.00").is(303).headers["location"], first, "sent again");
    let presented = |world: &World| {
        let number = number.parse().expect("a number");
        world.node.db().read(|tx| kp_trade::arrivals_of_number(tx, &number)).expect("arrivals are read").len()
    };
    assert_eq!(presented(&served.world), 1);
    // Gone back to and filled in otherwise, or opened anew, it is another: a second presentation is always recorded.
    assert_ne!(send(&mut desk, &once, "1199.00").is(303).headers["location"], first);
    assert_ne!(send(&mut desk, &other, "1200.00").is(303).headers["location"], first);
    assert_eq!(presented(&served.world), 3);
}

#[test]
fn a_form_opened_out_of_turn_says_so_and_still_works() {
    let (served, number) = drafted();
    let mut browser = unlocked(&served, "xa-approver-1");
    let open =
        |browser: &mut Browser, act: &str| browser.get(&format!("/act/{act}?number={number}")).is(200).text();
    assert!(!open(&mut browser, "issue_certificate").contains("id=\"standing\""));
    let early = open(&mut browser, "depart_shipment");
    assert!(early.contains("id=\"standing\"") && early.contains("Drafted"), "{early}");
    browser.post("/act/issue_certificate", &[("number", &number)]).is(303);
    let late = open(&mut browser, "issue_certificate");
    assert!(late.contains("id=\"standing\"") && late.contains("\u{201c}Issued\u{201d}"), "{late}");
    browser.post("/act/issue_certificate", &[("number", &number)]).is(409);
}

#[test]
fn an_application_is_taken_with_its_goods_in_inputs_of_their_own() {
    let served = served(World::founded(), None);
    let mut browser = unlocked(&served, "xa-clerk-1");
    let opened = browser.get("/act/apply_for_certificate").is(200).text();
    assert!(opened.contains("name=\"participant\" value=\"XA\""), "the clerk's own participant is filled in");
    let typed = |carats: &'static str| {
        vec![
            ("participant", "XA"),
            ("application", "XA-A-1"),
            ("licence_number", "XA-EXP-7"),
            ("importer", "Harbour Gems BV"),
            ("importer_address", "5 Quay Street"),
            ("destination", "XB"),
            ("origin", "XA"),
            ("parcels", "1"),
            ("lines.word", "7102.31"),
            ("lines.carats", carats),
            ("lines.value", "420,000.00"),
            ("lines.word", "7102.10"),
            ("lines.carats", "10"),
            ("lines.value", "500"),
            ("declared_by", "M. Exporter"),
        ]
    };
    let page = browser.post("/act/apply_for_certificate", &typed("")).is(422).text();
    assert!(
        page.contains("value=\"420,000.00\"")
            && page.contains("<option value=\"7102.10\" selected>7102.10 unsorted</option>")
            && page.contains("<label>Class<select"),
        "{page}"
    );
    let mut unchosen = typed("1 200.00");
    for pair in unchosen.iter_mut().filter(|pair| **pair == ("lines.word", "7102.10")) {
        pair.1 = "";
    }
    let page = browser.post("/act/apply_for_certificate", &unchosen).is(422).text();
    assert!(page.contains("line 2: choose a class") && !page.contains("is not a class"), "{page}");
    browser.post("/act/apply_for_certificate", &typed("1 200.00")).is(303);
    let lines = served.world.node.db().read(|tx| kp_trade::lines_of_application(tx, "XA-A-1")).unwrap();
    let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
    assert_eq!(lines, ["7102.10 10.00 500.00", "7102.31 1200.00 420000.00"]);
}

#[test]
fn a_refusal_shows_its_rule_and_loses_nothing() {
    let (served, number) = drafted();
    served.world.done("xa-approver-1", "issue_certificate", &[("number", &number)]);
    let mut browser = unlocked(&served, "xa-customs-1");
    browser.get("/act/validate_certificate").is(200);
    let typed = [
        ("number", number.as_str()),
        ("carats_weighed", "1100.00"),
        ("seals", "77120-A"),
        ("seals", "77120-B"),
    ];
    let refused = browser.post("/act/validate_certificate", &typed).is(409).text();
    for shown in ["The act was refused", "Rule:", "1100.00", "77120-A", "77120-B"] {
        assert!(refused.contains(shown), "the page does not show {shown}");
    }
    let mut other = unlocked(&served, "xb-approver-1");
    other.get("/act/issue_certificate").is(200);
    other.post("/act/issue_certificate", &[("number", &number)]).is(403);
}

#[test]
fn fields_that_cannot_be_read_are_named_beside_what_was_typed() {
    let (served, number) = drafted();
    let mut browser = unlocked(&served, "xa-customs-1");
    browser.get("/act/validate_certificate").is(200);
    let typed = [("number", number.as_str()), ("carats_weighed", "1.250"), ("seals", "<b>77</b>")];
    let page = browser.post("/act/validate_certificate", &typed).is(422).text();
    assert!(page.contains("the dot could separate thousands or decimals"), "{page}");
    assert!(page.contains("href=\"#f-carats_weighed\"") && page.contains("value=\"1.250\""));
    assert!(
        page.contains("aria-invalid=\"true\"") && !page.contains("<b>77</b>"),
        "typed text is never markup"
    );
    let longer =
        browser.post("/act/validate_certificate", &[("seals", "1"), ("add", "seals")]).is(200).text();
    assert_eq!(longer.matches("name=\"seals\"").count(), 2, "a line is added without a script");
}

#[test]
fn nobody_acts_without_an_open_key_and_idle_keys_are_locked() {
    let (served, number) = drafted();
    let mut browser = served.browser();
    browser.get("/unlock").is(200);
    let wrong =
        browser.post("/unlock", &[("officer", "xa-approver-1"), ("passphrase", "guessed")]).is(401).text();
    assert!(wrong.contains("does not open a key"));
    let unknown =
        browser.post("/unlock", &[("officer", "xa-nobody-9"), ("passphrase", "guessed")]).is(401).text();
    assert!(unknown.contains("does not open a key"), "a wrong officer and a wrong passphrase look alike");
    let kept = browser.post("/act/issue_certificate", &[("number", &number)]).is(401).text();
    assert!(kept.contains(&number), "what was typed is kept");

    let mut browser = unlocked(&served, "xa-approver-1");
    served.world.set("2026-02-03T08:14:00Z");
    assert!(browser.get("/").text().contains("approver of XA"));
    served.world.set("2026-02-03T08:30:00Z");
    assert!(browser.get("/").text().contains("Sign in"), "sixteen minutes later the key is locked");
    browser.post("/act/issue_certificate", &[("number", &number)]).is(401);
}

#[test]
fn other_sites_and_other_names_are_turned_away() {
    let (served, number) = drafted();
    let mut browser = unlocked(&served, "xa-approver-1");
    browser.get("/act/issue_certificate").is(200);
    let body = crate::browser::form(&[("token", &browser.token.clone()), ("number", &number)]);
    let kind = ("content-type", "application/x-www-form-urlencoded");
    let path = "/act/issue_certificate";
    for host in ["evil.example", "evil.example:80", "127.0.0.1:1", "127.0.0.1"] {
        browser.send("POST", path, &[kind, ("host", host)], &body).is(421);
        browser.send("GET", "/", &[("host", host)], "").is(421);
    }
    browser.send("POST", path, &[kind, ("origin", "http://evil.example")], &body).is(403);
    browser.send("POST", path, &[kind, ("sec-fetch-site", "cross-site")], &body).is(403);
    served.browser().send("POST", path, &[kind], &body).is(403);
    // As browsers send it from our own pages, which send no referrer.
    browser.send("POST", path, &[kind, ("origin", "null"), ("sec-fetch-site", "same-origin")], &body).is(303);
    browser.get("/api/nope").is(404).json();
    let large = format!("token=x&number={}", "9".repeat(2_000_000));
    browser.send("POST", path, &[kind], &large).is(413);
}

#[test]
fn acting_as_somebody_exists_in_a_demonstration_only() {
    let serious = served(World::founded(), None);
    let mut browser = serious.browser();
    browser.get("/unlock").is(200);
    browser.post("/act-as", &[("officer", "xa-clerk-1")]).is(404);
    browser
        .send("POST", "/api/session", &[("content-type", "application/json")], r#"{"officer": "xa-clerk-1"}"#)
        .is(401);
    drop(browser);

    let demo = served(World::founded(), Some(World::demo()));
    let mut browser = demo.browser();
    browser.get("/").is(200);
    let there = browser.post("/act-as", &[("officer", "xa-admin-1"), ("back", "//evil.example")]).is(303);
    assert_eq!(there.headers["location"], "/");
    browser.get("/act/name_officer").is(200);
    let named = [("body", "XA"), ("officer_id", "xa-clerk-2"), ("name", "N. Ewcomer"), ("roles", "clerk")];
    browser.post("/act/name_officer", &named).is(303);
    browser.get("/").is(200);
    browser.post("/act-as", &[("officer", "xa-clerk-2")]).is(303);
    assert!(browser.get("/act/apply_for_certificate").text().contains("N. Ewcomer"));
}

#[test]
fn a_new_key_needs_a_passphrase_typed_twice_alike() {
    let served = served(World::founded(), None);
    let mut browser = unlocked(&served, "xa-admin-1");
    browser.get("/act/name_officer").is(200);
    let named = |first: &'static str, again: &'static str| {
        vec![
            ("body", "XA"),
            ("officer_id", "xa-clerk-2"),
            ("name", "N. Ewcomer"),
            ("roles", "clerk"),
            ("passphrase", first),
            ("passphrase_again", again),
        ]
    };
    assert!(
        browser.post("/act/name_officer", &named("short", "short")).is(422).text().contains("at least 12")
    );
    let page =
        browser.post("/act/name_officer", &named("long enough to be one", "something else")).is(422).text();
    assert!(
        page.contains("not the same") && !page.contains("long enough to be one"),
        "a passphrase is never shown"
    );
    browser.post("/act/name_officer", &named("long enough to be one", "long enough to be one")).is(303);
    served.world.node.open_key("xa-clerk-2", "long enough to be one").expect("the key lies under it");
}

fn session(browser: &mut Browser, officer: &str) -> String {
    let body = json!({"officer": officer, "passphrase": PASSPHRASE});
    let opened = browser.call("/api/session", "", &[], &body).is(201).json();
    opened["token"].as_str().expect("a token").to_owned()
}

#[test]
fn an_act_through_the_api_is_done_once_however_often_it_is_sent() {
    let (served, number) = drafted();
    let mut program = served.browser();
    let token = session(&mut program, "xa-approver-1");
    let key = [("idempotency-key", "issue-1")];
    let body = json!({"number": number});
    let first = program.call("/api/acts/issue_certificate", &token, &key, &body).is(201).json();
    assert_eq!(first["subject"], json!(number));
    let again = program.call("/api/acts/issue-certificate", &token, &key, &body).is(201).json();
    assert_eq!(again, first);
    let refused = program.call("/api/acts/issue_certificate", &token, &[], &body).is(409);
    assert_eq!(refused.headers["content-type"], "application/problem+json");
    program.call("/api/acts/issue_certificate", &token, &key, &json!({"number": "XA-000002"})).is(422);
    let reads = [("authorization", &*format!("Bearer {token}"))];
    let detail = program.send("GET", &format!("/api/certificates/{number}"), &reads, "").is(200).json();
    assert_eq!(detail["certificate"]["state"], "issued");
    assert_eq!(detail["timeline"].as_array().map(Vec::len), Some(3));
    let bearer = format!("Bearer {token}");
    program.send("DELETE", "/api/session", &[("authorization", bearer.as_str())], "").is(204);
    program.call("/api/acts/issue_certificate", &token, &[], &body).is(401);
}

#[test]
#[expect(clippy::too_many_lines, reason = "snapshots of one door, read one after the other")]
fn problems_have_a_key_a_sentence_and_a_rule() {
    let (served, number) = drafted();
    let mut program = served.browser();
    let token = session(&mut program, "xa-approver-1");
    let issue = "/api/acts/issue_certificate";
    insta::assert_json_snapshot!(program.call(issue, &token, &[], &json!({"number": "XA-000099"})).is(409).json(), @r##"
{
  "detail": "there is no draft of certificate XA-000099",
  "key": "no_such_certificate",
  "rule": "CD Section II",
  "status": 409,
  "title": "The act was refused",
  "type": "urn:kpcs:no_such_certificate"
}
"##);
    insta::assert_json_snapshot!(program.call(issue, &token, &[], &json!({"number": 17, "colour": "blue"})).is(422).json(), @r##"
{
  "detail": "One field could not be read; nothing was done.",
  "fields": [
    {
      "field": "number",
      "sentence": "must be a text or a list of texts; write numbers and dates in quotation marks"
    }
  ],
  "key": "fields_not_read",
  "status": 422,
  "title": "Some of what was typed could not be read",
  "type": "urn:kpcs:fields_not_read"
}
"##);
    insta::assert_json_snapshot!(program.call(issue, &token, &[], &json!({"number": "?", "colour": "blue"})).is(422).json(), @r##"
{
  "detail": "2 fields could not be read; nothing was done.",
  "fields": [
    {
      "field": "colour",
      "sentence": "is not a field of this form; the fields are number, expires_on"
    },
    {
      "field": "number",
      "sentence": "cannot read \"?\" as a certificate number: '?' at position 1 is not a letter, and a number begins with two; write for example XA-000001"
    }
  ],
  "key": "fields_not_read",
  "status": 422,
  "title": "Some of what was typed could not be read",
  "type": "urn:kpcs:fields_not_read"
}
"##);
    let clerk = session(&mut program, "xa-clerk-1");
    insta::assert_json_snapshot!(program.call(issue, &clerk, &[], &json!({"number": number})).is(403).json(), @r##"
{
  "detail": "xa-clerk-1 does not hold the role approver, which this act needs",
  "key": "role_missing",
  "rule": "separation of duties (L19)",
  "status": 403,
  "title": "The act was refused",
  "type": "urn:kpcs:role_missing"
}
"##);
    insta::assert_json_snapshot!(program.call("/api/acts/burn_certificate", &token, &[], &json!({})).is(404).json(), @r##"
{
  "detail": "There is no act named \"burn_certificate\"; /acts lists them.",
  "key": "not_found",
  "status": 404,
  "title": "There is no such thing here",
  "type": "urn:kpcs:not_found"
}
"##);
    insta::assert_json_snapshot!(program.call(issue, "guessed", &[], &json!({})).is(401).json(), @r##"
{
  "detail": "An act is signed with an officer's key, and none is open for this request: its token is missing, unknown or locked. Open a session with POST /api/session and send its token as `Authorization: Bearer TOKEN`; nothing was done.",
  "key": "no_officer",
  "status": 401,
  "title": "Nobody is at the desk",
  "type": "urn:kpcs:no_officer"
}
"##);
    let reads = [("authorization", &*format!("Bearer {token}"))];
    insta::assert_json_snapshot!(program.send("GET", "/api/certificates?limt=3", &reads, "").is(422).json(), @r##"
{
  "detail": "One field could not be read; nothing was done.",
  "fields": [
    {
      "field": "limt",
      "sentence": "is not known; this call takes after, limit"
    }
  ],
  "key": "fields_not_read",
  "status": 422,
  "title": "Some of what was typed could not be read",
  "type": "urn:kpcs:fields_not_read"
}
"##);
    for limit in ["0", "501", "-1", "some", "99999999999"] {
        let path = format!("/api/certificates?limit={limit}");
        let problem = program.send("GET", &path, &reads, "").is(422).json();
        let expected = format!("cannot read {limit:?}: write a whole number from 1 to 500, for example 100");
        assert_eq!(problem["fields"], json!([{"field": "limit", "sentence": expected}]));
    }
    for limit in ["1", "500"] {
        program.send("GET", &format!("/api/certificates?limit={limit}"), &reads, "").is(200);
    }
    let not_json = program.send(
        "POST",
        issue,
        &[("content-type", "application/json"), ("authorization", &format!("Bearer {token}"))],
        "{",
    );
    assert_eq!(not_json.is(400).json()["key"], "json_not_read");
}

#[test]
fn a_proof_taken_away_leads_to_the_signed_head() {
    let served = served(World::founded(), None);
    let mut program = served.browser();
    let proof = program.get("/api/log/kp.XA%2F2026/proof/2").is(200).json();
    let hash = |text: &serde_json::Value| {
        kp_tlog::Hash::from_base64(text.as_str().expect("a text")).expect("a hash")
    };
    let path: Vec<kp_tlog::Hash> = proof["path"].as_array().expect("a path").iter().map(hash).collect();
    let size = proof["size"].as_u64().expect("a size");
    let checkpoint = proof["checkpoint"].as_str().expect("a checkpoint");
    let root = hash(&json!(checkpoint.lines().nth(2).expect("a note's third line is the root")));
    kp_tlog::verify_inclusion(hash(&proof["leaf_hash"]), 2, size, &path, root).expect("the proof holds");
    program.get("/api/log/kp.XA%2F2026/proof/9999").is(404);
    program.get("/api/log/kp.XQ%2F2026/proof/0").is(404);
}

#[test]
fn only_this_machine_is_served_and_a_taken_port_is_said() {
    let world = World::empty();
    let settings = |address: &str| ServeSettings {
        node: world.node.clone(),
        address: address.parse().expect("an address"),
        reach: Reach::ThisMachine,
        demo: None,
        clock: world.clock(),
    };
    let far = serve(settings("0.0.0.0:0")).err().expect("other machines are refused");
    assert!(matches!(far, ServeError::NotLoopback(_)));
    assert!(far.to_string().contains("in the clear"), "{far}");
    let first = serve(settings("127.0.0.1:0")).expect("a free port");
    let address = first.address().to_string();
    assert!(matches!(serve(settings(&address)), Err(ServeError::PortTaken(_))));
    first.stop();
    serve(settings(&address)).expect("the port is free again").stop();
}

#[test]
fn a_log_that_is_not_as_written_can_be_read_and_nothing_can_be_done() {
    let world = World::founded();
    let number = world.draft("XA-A-1", "7102.31 1200.00 420000.00");
    let served = served(world.with_a_cut_tail(), None);
    let mut browser = unlocked(&served, "xa-approver-1");
    let desk = browser.get("/").is(200).text();
    assert!(desk.contains("Nothing can be done at this node") && desk.contains("kp.XA/2026"), "{desk}");
    browser.get("/act/issue_certificate").is(200);
    let page = browser.post("/act/issue_certificate", &[("number", &number)]).is(503).text();
    assert!(page.contains("The log is not as it was written") && page.contains(&number), "{page}");
    let token = session(&mut browser, "xa-approver-1");
    let problem = browser.call("/api/acts/issue_certificate", &token, &[], &json!({"number": number}));
    assert_eq!(problem.is(503).json()["key"], "log_not_as_written");
}
