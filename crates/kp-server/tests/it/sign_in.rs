//! Signing in through the pages: invitation, second factor, lock and PIN with the work kept, leaving, recovery, tokens.

use kp_accounts::{Accounts, totp};
use serde_json::json;

use crate::{
    browser::{Browser, Served, between, served},
    world::{PASSPHRASE, World},
};

pub(crate) const PASSWORD: &str = "four river stones rolling";
const PIN: &str = "2468";

/// A person with an account and the secret of an authenticator program.
pub(crate) struct Person {
    pub(crate) id: String,
    secret: Vec<u8>,
    codes: Vec<String>,
}

fn accounts(served: &Served) -> Accounts {
    Accounts::of(served.world.node.clone()).expect("the accounts of the node")
}

/// Takes up a code on the page, as a person does: reads the secret, types its digits.
fn take_up(served: &Served, id: &str, code: &str, typed: &[(&str, &str)]) -> Person {
    let mut browser = served.browser();
    let page = browser.get(&format!("/join?code={code}")).is(200).text();
    assert!(page.contains(id) && page.contains("<svg viewBox"), "{page}");
    let shown = between(&page, "Secret: <code class=\"long\">", "<").expect("the secret is shown");
    let secret = from_base32(&shown.replace(' ', ""));
    let sealed = between(&page, "name=\"sealed\" value=\"", "\"").expect("it is sealed into the form");
    let digits = totp::code(&secret, totp::step_at(served.world.now()));
    let mut all = vec![("code", code), ("sealed", sealed.as_str()), ("factor_code", digits.as_str())];
    all.extend(typed);
    let done = browser.post("/join", &all).is(200).text();
    assert!(done.contains("Your account is open"), "{done}");
    let codes = done.split("<li><code>").skip(1).filter_map(|rest| rest.split('<').next());
    let codes: Vec<String> = codes.map(str::to_owned).collect();
    assert_eq!(codes.len(), 10);
    served.world.pass(31);
    Person { id: id.to_owned(), secret, codes }
}

pub(crate) fn joined(served: &Served, id: &str) -> Person {
    let body = id.split('-').next().expect("an id has a body");
    let by = if body == "scheme" { "scheme-sec-1".to_owned() } else { format!("{body}-admin-1") };
    let by = served.world.officer(&by);
    let issued = accounts(served).invite(&by, id, served.world.now()).expect("it is invited");
    let code = issued.code.to_string();
    take_up(served, id, &code, &[("present", PASSPHRASE), ("password", PASSWORD), ("again", PASSWORD)])
}

impl Person {
    pub(crate) fn digits(&self, served: &Served) -> String {
        totp::code(&self.secret, totp::step_at(served.world.now()))
    }

    pub(crate) fn signed_in(&self, served: &Served, place: &str) -> Browser {
        let mut browser = served.browser();
        browser.get("/sign-in").is(200);
        let before = browser.cookie.clone();
        self.sign_in(served, &mut browser, place).is(303);
        assert_ne!(browser.cookie, before, "the right comes with a new id");
        browser.get("/acts").is(200);
        browser
    }

    pub(crate) fn sign_in(
        &self,
        served: &Served,
        browser: &mut Browser,
        place: &str,
    ) -> crate::browser::Answer {
        served.world.pass(31);
        let digits = self.digits(served);
        let typed = [
            ("officer", self.id.as_str()),
            ("password", PASSWORD),
            ("factor", &digits),
            ("place", place),
            ("pin", PIN),
        ];
        browser.post("/sign-in", &typed)
    }
}

fn from_base32(text: &str) -> Vec<u8> {
    let value = |c| "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(c).expect("a letter of base 32");
    let bits: String = text.chars().map(|c| format!("{:05b}", value(c))).collect();
    let byte = |bits: &[u8]| u8::from_str_radix(&String::from_utf8_lossy(bits), 2).expect("eight bits");
    bits.as_bytes().chunks_exact(8).map(byte).collect()
}

fn drafted() -> (Served, String) {
    let world = World::founded();
    let number = world.draft("XA-A-1", "7102.31 1200.00 420000.00");
    (served(world, None), number)
}

#[test]
fn an_invited_officer_signs_in_with_two_factors_and_acts() {
    let (served, number) = drafted();
    let approver = joined(&served, "xa-approver-1");
    let mut browser = approver.signed_in(&served, "personal");
    assert!(browser.get("/").text().contains("approver of XA"));
    browser.get(&format!("/act/issue_certificate?number={number}")).is(200);
    browser.post("/act/issue_certificate", &[("number", &number)]).is(303);
    browser.post("/sign-out", &[]).is(303);
    assert!(browser.get("/").text().contains("Sign in"));
    let trail = served.world.node.db().read(|tx| kp_accounts::trail::before(tx, i64::MAX, 9)).unwrap();
    let whats: Vec<&str> = trail.iter().map(|step| step.what.as_str()).collect();
    assert_eq!(whats, ["signed_out", "signed_in", "joined", "invited"]);
}

#[test]
fn whatever_is_wrong_gets_the_same_answer_and_a_passphrase_alone_is_no_longer_enough() {
    let (served, _) = drafted();
    let approver = joined(&served, "xa-approver-1");
    let mut pages = Vec::new();
    for (id, password, factor) in [
        ("xa-approver-1", "not the password", approver.digits(&served)),
        ("xa-approver-1", PASSWORD, "123456".to_owned()),
        ("xa-nobody-9", PASSWORD, approver.digits(&served)),
    ] {
        let mut browser = served.browser();
        browser.get("/sign-in").is(200);
        let typed = [("officer", id), ("password", password), ("factor", &factor), ("pin", PIN)];
        let page = browser.post("/sign-in", &typed).is(401).text();
        assert!(!page.contains(password), "a password is never shown");
        let token = between(&page, "name=\"token\" value=\"", "\"").expect("a form has a token");
        pages.push(page.replace(id, "ID").replace(&token, ""));
    }
    assert_eq!(pages[0], pages[1]);
    assert_eq!(pages[0], pages[2]);
    let mut browser = served.browser();
    assert!(!browser.get("/unlock").is(200).text().contains("value=\"xa-approver-1\""));
    browser.post("/unlock", &[("officer", "xa-approver-1"), ("passphrase", PASSWORD)]).is(401);
    let body = json!({"officer": "xa-approver-1", "passphrase": PASSWORD});
    browser.call("/api/session", "", &[], &body).is(401);
    served.world.pass(31);
    let body =
        json!({"officer": "xa-approver-1", "passphrase": PASSWORD, "factor": approver.digits(&served)});
    browser.call("/api/session", "", &[], &body).is(201);
}

#[test]
fn guessing_makes_wait_and_says_how_long() {
    let (served, _) = drafted();
    let clerk = joined(&served, "xa-clerk-1");
    let mut own = clerk.signed_in(&served, "personal");
    own.post("/sign-out", &[]).is(303);
    let mut stranger = served.browser();
    stranger.get("/sign-in").is(200);
    let guess = [("officer", "xa-clerk-1"), ("password", "guess"), ("factor", "000000"), ("pin", PIN)];
    for _ in 0..5 {
        stranger.post("/sign-in", &guess).is(401);
    }
    let waits = stranger.post("/sign-in", &guess).is(429).text();
    assert!(waits.contains("in 1 seconds"), "{waits}");
    let call = json!({"officer": "xa-clerk-1", "passphrase": "guess", "factor": "000000"});
    let problem = stranger.call("/api/session", "", &[], &call).is(429);
    assert_eq!(problem.headers["retry-after"], "1");
    own.get("/sign-in").is(200);
    clerk.sign_in(&served, &mut own, "personal").is(303);
}

#[test]
fn a_shared_desk_locks_and_its_pin_brings_the_typed_work_back() {
    let (served, number) = drafted();
    let customs = joined(&served, "xa-customs-1");
    let mut browser = customs.signed_in(&served, "shared");
    browser.get("/act/validate_certificate").is(200);
    served.world.pass(121);
    let there = browser.get(&format!("/certificates/{number}")).is(303);
    assert_eq!(there.headers["location"], format!("/locked?back=%2Fcertificates%2F{number}"));
    // The form on the screen is sent all the same: nothing is done, nothing is shown, nothing is lost.
    let typed = [("number", number.as_str()), ("carats_weighed", "1199.50"), ("seals", "77120-A")];
    let kept = browser.post("/act/validate_certificate", &typed).is(303);
    let locked = browser.get(&kept.headers["location"]).is(200).text();
    assert!(locked.contains("xa-customs-1") && !locked.contains("1199.50") && !locked.contains(&number));
    browser.post("/locked", &[("pin", "1357"), ("back", "/act/validate_certificate")]).is(401);
    let back = browser.post("/locked", &[("pin", PIN), ("back", "/act/validate_certificate")]).is(303);
    let form = browser.get(&back.headers["location"]).is(200).text();
    for shown in ["id=\"kept\"", "1199.50", "77120-A", &number] {
        assert!(form.contains(shown), "{shown} is lost");
    }
    assert!(!browser.get("/act/validate_certificate").text().contains("1199.50"), "it comes back once");
}

#[test]
fn five_wrong_pins_end_the_session_and_a_shared_desk_needs_one() {
    let (served, _) = drafted();
    let clerk = joined(&served, "xa-clerk-1");
    let mut browser = served.browser();
    browser.get("/sign-in").is(200);
    let typed = [("officer", "xa-clerk-1"), ("password", PASSWORD), ("factor", "1"), ("place", "shared")];
    assert!(browser.post("/sign-in", &typed).is(422).text().contains("a shared desk needs a PIN"));
    let mut browser = clerk.signed_in(&served, "shared");
    browser.post("/lock", &[("back", "/acts")]).is(303);
    browser.get("/locked").is(200);
    for _ in 0..4 {
        browser.post("/locked", &[("pin", "0000")]).is(401);
    }
    let ended = browser.post("/locked", &[("pin", "0000")]).is(303);
    assert!(ended.headers["location"].starts_with("/sign-in"));
    browser.get("/sign-in").is(200);
    browser.post("/locked", &[("pin", PIN)]).is(303);
    assert!(browser.get("/").text().contains("Officers <a href=\"/sign-in\">sign in</a>"));
}

#[test]
fn typed_work_left_alone_is_kept_by_the_script_and_passwords_are_not() {
    let (served, _) = drafted();
    let admin = joined(&served, "xa-admin-1");
    let mut browser = admin.signed_in(&served, "shared");
    let page = browser.get("/act/name_officer").is(200).text();
    assert!(page.contains("data-idle=\"120\"") && page.contains("data-keeps"), "{page}");
    let script = between(&page, "<script src=\"", "\"").expect("the page has the script");
    assert!(browser.get(&script).is(200).headers["content-type"].starts_with("text/javascript"));
    let typed =
        [("name", "N. Ewcomer"), ("passphrase", "secret of somebody"), ("kept_path", "/act/name_officer")];
    browser.post("/keep", &typed).is(204);
    let locked = browser.get("/locked?back=%2Fact%2Fname_officer").is(200).text();
    assert!(locked.contains("This desk is locked") && !locked.contains("Ewcomer"));
    browser.post("/locked", &[("pin", PIN), ("back", "/act/name_officer")]).is(303);
    let form = browser.get("/act/name_officer").is(200).text();
    assert!(form.contains("N. Ewcomer") && !form.contains("secret of somebody"));
    served.browser().get("/awake").is(204);
}

#[test]
fn who_leaves_is_out_at_once_and_the_withdrawal_is_offered() {
    let (served, number) = drafted();
    let admin = joined(&served, "xa-admin-1");
    let approver = joined(&served, "xa-approver-1");
    let mut leaver = approver.signed_in(&served, "personal");
    leaver.get(&format!("/certificates/{number}")).is(200);
    let mut desk = admin.signed_in(&served, "personal");
    desk.get("/accounts").is(200);
    let page = desk.post("/accounts/close", &[("officer", "xa-approver-1")]).is(200).text();
    assert!(page.contains("/act/withdraw_key?body=XA&#38;key_id="), "{page}");
    let out = leaver.get(&format!("/certificates/{number}")).is(303);
    assert!(out.headers["location"].starts_with("/sign-in"));
    leaver.get("/sign-in").is(200);
    approver.sign_in(&served, &mut leaver, "personal").is(401);
}

#[test]
fn a_withdrawn_key_ends_what_its_officer_may_see() {
    let (served, number) = drafted();
    let mut browser = crate::acting::unlocked(&served, "xa-approver-1");
    browser.get(&format!("/certificates/{number}")).is(200);
    let key = served.world.node.db().read(|tx| kp_registry::keys_of_officer(tx, "xa-approver-1")).unwrap();
    let fields = [("body", "XA"), ("key_id", key[0].as_str()), ("reason", "left")];
    served.world.done("xa-admin-1", "withdraw_key", &fields);
    let page = browser.get(&format!("/certificates/{number}")).is(403).text();
    assert!(page.contains("Your key is not in force"), "{page}");
}

#[test]
fn a_recovery_is_announced_to_its_officer_who_can_stop_it() {
    let (served, _) = drafted();
    let (admin, clerk) = (joined(&served, "xa-admin-1"), joined(&served, "xa-clerk-1"));
    let mut desk = admin.signed_in(&served, "personal");
    desk.get("/accounts").is(200);
    let page =
        desk.post("/accounts/recover", &[("officer", "xa-clerk-1"), ("kind", "password")]).is(200).text();
    assert!(page.contains("recovery of the password started by xa-admin-1"), "{page}");
    let mut own = clerk.signed_in(&served, "personal");
    let warned = own.get("/").is(200).text();
    assert!(warned.contains("Somebody says that you cannot sign in any more"), "{warned}");
    let id = between(&warned, "name=\"recovery\" value=\"", "\"").expect("it can be stopped");
    own.post("/account/stop-recovery", &[("recovery", &id)]).is(303);
    assert!(!own.get("/").text().contains("Somebody says"));
    desk.get("/accounts").is(200);
    let late = desk.post("/accounts/recovery-code", &[("recovery", &id)]).is(409).text();
    assert!(late.contains("no such recovery"), "{late}");
}

#[test]
fn a_lost_password_is_recovered_by_two_others_after_a_day_with_a_new_key() {
    let (served, _) = drafted();
    let people = ["xa-admin-1", "xa-approver-1", "xa-clerk-1"].map(|id| joined(&served, id));
    let mut desk = people[0].signed_in(&served, "personal");
    desk.get("/accounts").is(200);
    let page =
        desk.post("/accounts/recover", &[("officer", "xa-clerk-1"), ("kind", "password")]).is(200).text();
    let id = between(&page, "name=\"recovery\" value=\"", "\"").expect("it is under way");
    desk.post("/accounts/recovery-code", &[("recovery", &id)]).is(409);
    let mut colleague = people[1].signed_in(&served, "personal");
    let own = colleague.get("/account").is(200).text();
    assert!(own.contains("Recovery of xa-clerk-1"), "{own}");
    colleague.post("/account/confirm-recovery", &[("recovery", &id)]).is(422);
    colleague.post("/account/confirm-recovery", &[("recovery", &id), ("seen", "yes")]).is(200);
    served.world.pass(25 * 3600);
    let mut desk = people[0].signed_in(&served, "personal");
    desk.get("/accounts").is(200);
    let page = desk.post("/accounts/recovery-code", &[("recovery", &id)]).is(200).text();
    let code = between(&page, "big-code\"><code>", "<").expect("the code is shown");
    let new = "another five river stones";
    let clerk = take_up(&served, "xa-clerk-1", &code, &[("password", new), ("again", new)]);
    assert_eq!(clerk.codes.len(), 10);
    served.world.node.open_key("xa-clerk-1", new).expect("the new password opens the new key");
}

#[test]
fn a_token_does_what_it_was_made_for_and_nothing_else() {
    let (served, number) = drafted();
    let approver = joined(&served, "xa-approver-1");
    let mut browser = approver.signed_in(&served, "personal");
    browser.get("/account").is(200);
    let made = |browser: &mut Browser, scopes: &[&str]| {
        let mut typed = vec![("label", "stock program"), ("days", "30")];
        typed.extend(scopes.iter().map(|scope| ("scopes", *scope)));
        let page = browser.post("/account/token", &typed).is(200).text();
        between(&page, "<code class=\"long\">kpcs_", "<")
            .map(|rest| format!("kpcs_{rest}"))
            .expect("it is shown")
    };
    let reads = made(&mut browser, &["read"]);
    let acts = made(&mut browser, &["issue_certificate"]);
    let mut program = served.browser();
    let path = format!("/api/certificates/{number}");
    let bearer = |token: &str| format!("Bearer {token}");
    let body = json!({"number": number});
    program.get(&path).is(401);
    program.send("GET", &path, &[("authorization", &bearer(&reads))], "").is(200);
    let refused = program.send("GET", &path, &[("authorization", &bearer(&acts))], "").is(403);
    assert_eq!(refused.json()["key"], "not_in_scope");
    program.call("/api/acts/issue_certificate", &reads, &[], &body).is(403);
    program.call("/api/acts/invalidate_certificate", &acts, &[], &body).is(403);
    program.call("/api/acts/issue_certificate", &acts, &[("idempotency-key", "1")], &body).is(201);
    program.call("/api/acts/issue_certificate", &acts, &[("idempotency-key", "1")], &body).is(201);
    let page = browser.get("/account").is(200).text();
    let id = between(&page, "name=\"id\" value=\"", "\"").expect("it can be ended");
    let ended = if acts.contains(&id) { &acts } else { &reads };
    browser.post("/account/end-token", &[("id", &id)]).is(303);
    let gone = program.send("GET", &path, &[("authorization", &bearer(ended))], "");
    assert_eq!(gone.is(401).json()["key"], "no_officer");
}

#[test]
fn one_ends_the_own_sessions_and_changes_the_own_password() {
    let (served, _) = drafted();
    let clerk = joined(&served, "xa-clerk-1");
    let (mut here, mut there) = (clerk.signed_in(&served, "personal"), clerk.signed_in(&served, "shared"));
    let page = here.get("/account").is(200).text();
    let row = page.split("<tr>").find(|row| row.contains("shared") && row.contains("name=\"session\""));
    let name = between(row.expect("the other session is listed"), "name=\"session\" value=\"", "\"").unwrap();
    here.post("/account/end-session", &[("session", &name)]).is(303);
    there.get("/account").is(303);
    here.get("/account").is(200);
    let new = "five river stones at rest";
    let typed = |present: &'static str| [("present", present), ("password", new), ("again", new)];
    assert!(here.post("/account/password", &typed("wrong")).is(422).text().contains("is not the password"));
    here.post("/account/password", &typed(PASSWORD)).is(200);
    assert!(served.world.node.open_key("xa-clerk-1", new).is_ok());
    assert!(served.world.node.open_key("xa-clerk-1", PASSWORD).is_err());
}

#[test]
fn looks_are_on_record_before_they_are_shown_and_the_owner_reads_them() {
    let world = World::founded();
    let number = world.depart("XA-A-1", "7102.31 1200.00 420000.00");
    let served = served(world, None);
    let mut importer = crate::acting::unlocked(&served, "xb-importer-1");
    importer.get(&format!("/certificates/{number}")).is(200);
    importer.get("/certificates/XA-000099").is(404);
    importer.get("/participants").is(200);
    let looks = served.world.node.db().read(|tx| kp_accounts::looks::before(tx, i64::MAX, 9)).unwrap();
    let seen: Vec<(&str, &str, &str)> = looks
        .iter()
        .map(|l| (l.look.by_whom.as_str(), l.look.about.as_str(), l.look.owner.as_str()))
        .collect();
    assert_eq!(seen, [("xb-importer-1", number.as_str(), "XA XB")]);
    let mut auditor = crate::acting::unlocked(&served, "xa-auditor-1");
    let page = auditor.get(&format!("/looks?about={number}")).is(200).text();
    assert!(page.contains("xb-importer-1") && page.contains("Every row follows"), "{page}");
    crate::acting::unlocked(&served, "xa-clerk-1").get("/looks").is(403);
    crate::acting::unlocked(&served, "xa-admin-1").get("/trail").is(403);
}
