//! Passkeys in a real browser with a virtual authenticator, through the pages as people use them; and factors asked for again,
//! with and without scripts.

use kp_testkit::chromium::{Page, chromium};
use serde_json::{Value, json};

use crate::{
    browser::{Served, between, served},
    sign_in::{PASSWORD, Person, joined},
    world::World,
};

const PIN: &str = "2468";

/// An authenticator in the browser, whose owner is always there.
fn authenticator(page: &Page, gives_secret: bool) -> Value {
    page.send("WebAuthn.enable", &json!({}));
    let made = page.send(
        "WebAuthn.addVirtualAuthenticator",
        &json!({"options": {
            "protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasResidentKey": true,
            "hasUserVerification": true, "isUserVerified": true, "automaticPresenceSimulation": true,
            "hasPrf": gives_secret,
        }}),
    );
    made["authenticatorId"].clone()
}

fn base(served: &Served) -> String {
    format!("http://localhost:{}", served.running.address().port())
}

fn sign_in(page: &Page, served: &Served, person: &Person) {
    page.open(&format!("{}/sign-in", base(served)));
    page.fill("#officer", &person.id);
    page.fill("#password", PASSWORD);
    served.world.pass(31);
    page.fill("#factor", &person.digits(served));
    page.press("input[value=personal]");
    page.fill("#pin", PIN);
    page.follow("form.act button.primary");
}

fn make(page: &Page, served: &Served, name: &str) {
    page.open(&format!("{}/account", base(served)));
    page.fill("#passkey_name", name);
    page.follow("[data-passkey=new] button");
    assert!(page.text().contains("The passkey is registered"), "{}", page.text());
}

fn sign_out(page: &Page) {
    page.follow("form[action='/sign-out'] button");
    assert!(page.text().contains("Sign in"), "{}", page.text());
}

#[test]
fn a_passkey_is_made_signs_in_alone_and_is_shown_before_an_approval() {
    let Some(browser) = chromium("passkeys in a browser") else { return };
    let world = World::founded();
    let number = world.draft("XA-A-1", "7102.31 1200.00 420000.00");
    let served = served(world, None);
    let approver = joined(&served, "xa-approver-1");
    let page = browser.person();
    authenticator(&page, true);
    sign_in(&page, &served, &approver);
    make(&page, &served, "left pocket");
    assert!(page.text().contains("left pocket") && page.text().contains("your key"), "{}", page.text());
    page.fill("#passkey_name", "again");
    page.press("[data-passkey=new] button");
    page.until("document.querySelector('[data-passkey=new] [role=status]').textContent.includes('already')");
    sign_out(&page);

    page.open(&format!("{}/sign-in", base(&served)));
    page.press("input[value=personal]");
    page.fill("#pin", PIN);
    page.follow("[data-passkey=sign-in] button");
    assert!(page.text().contains("approver of XA"), "{}", page.text());

    served.world.pass(400);
    page.open(&format!("{}/act/issue_certificate?number={number}", base(&served)));
    assert!(page.has("#f-fresh_code"), "a factor is asked for: {}", page.text());
    page.fill("#f-expires_on", "2026-03-20");
    page.follow("[data-passkey=factor] button");
    assert!(page.text().contains("Certificate issued"), "{}", page.text());
    let complaints = page.complaints();
    assert!(complaints.is_empty(), "{complaints:?}");
    page.open(&format!("{}/certificates/{number}", base(&served)));
    assert!(page.text().contains("2026-03-20"), "what was typed was kept");

    page.open(&format!("{}/account", base(&served)));
    assert!(!page.text().contains("never yet"), "when it was last used is shown: {}", page.text());
    page.follow("form[action='/account/remove-passkey'] button");
    assert!(!page.text().contains("left pocket"), "{}", page.text());
    sign_out(&page);
    page.open(&format!("{}/sign-in", base(&served)));
    page.press("input[value=personal]");
    page.follow("[data-passkey=sign-in] button");
    assert!(page.text().contains("You are not signed in"), "{}", page.text());
}

#[test]
fn a_passkey_without_a_secret_stands_for_the_code_only() {
    let Some(browser) = chromium("a passkey as a second factor in a browser") else { return };
    let served = served(World::founded(), None);
    let clerk = joined(&served, "xa-clerk-1");
    let page = browser.person();
    authenticator(&page, false);
    sign_in(&page, &served, &clerk);
    make(&page, &served, "old key");
    assert!(page.text().contains("password needed"), "{}", page.text());
    sign_out(&page);
    page.open(&format!("{}/sign-in", base(&served)));
    page.press("input[value=personal]");
    page.follow("[data-passkey=sign-in] button");
    assert!(page.text().contains("does not open your key"), "{}", page.text());
    page.fill("#officer", "xa-clerk-1");
    page.fill("#password", PASSWORD);
    page.follow("[data-passkey=sign-in] button");
    assert!(page.text().contains("clerk of XA"), "{}", page.text());
}

#[test]
fn at_a_bare_address_no_passkey_is_offered_and_codes_serve() {
    let served = served(World::founded(), None);
    let clerk = joined(&served, "xa-clerk-1");
    let mut browser = clerk.signed_in(&served, "personal");
    let page = browser.get("/account").is(200).text();
    assert!(page.contains("Passkeys are bound to a name") && !page.contains("data-passkey"), "{page}");
    assert!(!browser.get("/sign-in").text().contains("data-passkey"));
    browser.get("/passkey/question?for=new").is(404);
    let host = format!("localhost:{}", served.running.address().port());
    let asked = browser.send("GET", "/passkey/question?for=new", &[("host", &host)], "").is(200).json();
    assert_eq!((asked["site"].as_str(), asked["officer"].as_str()), (Some("localhost"), Some("xa-clerk-1")));
    let mut nobody = served.browser();
    nobody.send("GET", "/passkey/question?for=new", &[("host", &host)], "").is(401);
    nobody.send("GET", "/passkey/question?for=sign-in", &[("host", &host)], "").is(200);
    nobody.send("GET", "/passkey/question?for=anything", &[("host", &host)], "").is(422);
}

#[test]
fn an_approval_asks_for_a_code_after_five_minutes_and_keeps_what_was_typed() {
    let world = World::founded();
    let number = world.draft("XA-A-1", "7102.31 1200.00 420000.00");
    let other = world.draft("XA-A-2", "7102.31 12.00 4200.00");
    let served = served(world, None);
    let approver = joined(&served, "xa-approver-1");
    let mut browser = approver.signed_in(&served, "personal");
    let path = format!("/act/issue_certificate?number={number}");
    assert!(!browser.get(&path).is(200).text().contains("fresh_code"), "just signed in");
    served.world.pass(301);
    assert!(browser.get(&path).is(200).text().contains("name=\"fresh_code\""));
    let typed = [("number", number.as_str()), ("expires_on", "2026-03-20")];
    let asked = browser.post("/act/issue_certificate", &typed).is(401).text();
    assert!(asked.contains("value=\"2026-03-20\"") && asked.contains("Nothing was done yet"), "{asked}");
    let digits = approver.digits(&served);
    let with = |code| [typed.as_slice(), &[("fresh_code", code)]].concat();
    // The same act under its other spelling is the same act.
    browser.post("/act/issue-certificate", &typed).is(401);
    let wrong = browser.post("/act/issue_certificate", &with("000000")).is(401).text();
    assert!(wrong.contains("does not serve") && wrong.contains("value=\"2026-03-20\""), "{wrong}");
    browser.post("/act/issue_certificate", &with(&digits)).is(303);
    served.world.pass(290);
    browser.get("/").is(200);
    browser.post("/act/issue_certificate", &[("number", &other)]).is(303);
}

#[test]
fn a_stamp_takes_the_pin_and_an_approval_does_not() {
    let world = World::founded();
    let number = world.draft("XA-A-1", "7102.31 1200.00 420000.00");
    world.done("xa-approver-1", "issue_certificate", &[("number", &number)]);
    let served = served(world, None);
    let customs = joined(&served, "xa-customs-1");
    let mut browser = customs.signed_in(&served, "personal");
    for _ in 0..2 {
        served.world.pass(600);
        browser.get("/").is(200);
    }
    let typed = [("number", number.as_str()), ("carats_weighed", "1200.00"), ("seals", "77120-A")];
    let page = browser.get(&format!("/act/validate_certificate?number={number}")).is(200).text();
    assert!(page.contains("name=\"fresh_pin\""), "{page}");
    let with = |pin: &'static str| [typed.as_slice(), &[("fresh_pin", pin)]].concat();
    browser.post("/act/validate_certificate", &with("1111")).is(401);
    browser.post("/act/validate_certificate", &with(PIN)).is(303);
}

#[test]
fn account_changes_ask_too_and_the_form_goes_on_with_what_it_said() {
    let served = served(World::founded(), None);
    let admin = joined(&served, "xa-admin-1");
    let mut browser = admin.signed_in(&served, "personal");
    browser.get("/accounts").is(200);
    served.world.pass(601);
    let asked = browser.post("/accounts/invite", &[("officer", "xa-clerk-1")]).is(401).text();
    assert!(asked.contains("action=\"/accounts/invite\""), "{asked}");
    assert!(asked.contains("name=\"officer\" value=\"xa-clerk-1\""), "{asked}");
    let digits = admin.digits(&served);
    let typed = [("officer", "xa-clerk-1"), ("fresh_code", digits.as_str())];
    let page = browser.post("/accounts/invite", &typed).is(200).text();
    assert!(between(&page, "big-code\"><code>", "<").is_some(), "{page}");
    let trail = served.world.node.db().read(|tx| kp_accounts::trail::before(tx, i64::MAX, 3)).unwrap();
    let whats: Vec<&str> = trail.iter().map(|step| step.what.as_str()).collect();
    assert_eq!(whats, ["invited", "factor_shown", "signed_in"]);
}

#[test]
fn a_program_with_an_account_opens_its_session_anew_before_an_approval() {
    let world = World::founded();
    let number = world.draft("XA-A-1", "7102.31 1200.00 420000.00");
    let served = served(world, None);
    let approver = joined(&served, "xa-approver-1");
    let mut program = served.browser();
    let mut session = || {
        served.world.pass(31);
        let digits = approver.digits(&served);
        let body = json!({"officer": "xa-approver-1", "passphrase": PASSWORD, "factor": digits});
        let opened = program.call("/api/session", "", &[], &body).is(201).json();
        opened["token"].as_str().expect("a token").to_owned()
    };
    let (first, second) = (session(), session());
    let mut program = served.browser();
    let body = json!({"number": number});
    served.world.pass(301);
    let asked = program.call("/api/acts/issue_certificate", &first, &[], &body).is(401).json();
    assert_eq!(asked["key"], "factor_needed");
    drop(second);
}

#[test]
fn denials_stand_in_the_trail_counted_and_who_asks_through_all_numbers_waits() {
    let world = World::founded();
    let number = world.draft("XA-A-1", "7102.31 1200.00 420000.00");
    let served = served(world, None);
    let mut clerk = crate::acting::unlocked(&served, "xb-importer-1");
    for number in 101..=160 {
        clerk.get(&format!("/certificates/XA-{number:06}")).is(404);
    }
    let mut answers = (161..=163).map(|number| clerk.get(&format!("/certificates/XA-{number:06}")));
    assert!(answers.all(|answer| answer.status == 404 || answer.headers.contains_key("retry-after")));
    let waits = clerk.get("/certificates/XA-000164").is(429);
    assert!(waits.text().contains("Please wait"), "{}", waits.text());
    clerk.get("/certificates").is(200);
    served.world.pass(61);
    clerk.get("/certificates/XA-000165").is(404);
    served.world.pass(61);
    clerk.get("/trail").is(403);
    clerk.get("/no-such-page").is(404);
    served.browser().get("/certificates/XA-000001").is(303);
    let steps = served.world.node.db().read(|tx| kp_accounts::trail::before(tx, i64::MAX, 50)).unwrap();
    let denied: Vec<&str> =
        steps.iter().rev().filter(|step| step.what == "denied").map(|step| step.detail.as_str()).collect();
    assert_eq!(
        denied,
        [
            "GET /certificates/XA-000101 (not_found)",
            "GET /certificates/{number} 10 times today, last GET /certificates/XA-000110 (not_found)",
            "GET /trail (not_for_your_role)",
        ]
    );
    let mut other = crate::acting::unlocked(&served, "xa-clerk-1");
    other.get("/act/issue_certificate").is(200);
    other.post("/act/issue_certificate", &[("number", &number)]).is(403);
    let page = crate::acting::unlocked(&served, "xa-auditor-1").get("/trail").is(200).text();
    assert!(page.contains("POST /act/issue_certificate (role_missing)"), "{page}");
    assert!(!page.contains("XA-000110"), "another body's officer is another body's matter");
}
