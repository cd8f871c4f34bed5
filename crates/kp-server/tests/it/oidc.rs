//! Signing in with a ministry's own OpenID Connect provider: one of others in a real browser, and one of ours that errs in every
//! way that a provider, or somebody who plays one, can err.

mod erring;
mod of_others;
mod own_root;

use kp_accounts::Accounts;
use kp_server::Running;

use crate::{
    browser::{Answer, Browser, Served, served},
    oidc::erring::{Erring, SECRET},
    sign_in::{PASSWORD, Person, joined},
    world::World,
};

const PIN: &str = "2468";

/// Names the provider in the folder of a world, as an office does.
fn name_provider(world: &World, issuer: &str, more: &str) {
    let secret = world.node.keyring().expect("a folder").data_folder().join("ministry.secret");
    world.put("ministry.secret", SECRET);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let own = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(&secret, own).expect("the secret is for its owner");
    }
    let text = format!(
        "issuer = {issuer:?}\nclient_id = \"kpcs\"\nclient_secret_file = {:?}\n{more}",
        secret.file_name().expect("a name")
    );
    world.put("ministry.toml", &text);
}

fn with(world: World, more: &str) -> (Served, Erring) {
    let erring = Erring::new(world.clock());
    name_provider(&world, erring.issuer(), more);
    (served(world, None), erring)
}

/// A question that a browser was sent off with.
struct Asked {
    state: String,
    nonce: String,
}

fn query(address: &str, name: &str) -> String {
    let mut pairs = address.split(['?', '&']).filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned()).unwrap_or_default()
}

/// Where a page that moves on by itself leads.
fn leads(page: &Answer) -> String {
    page.headers["refresh"].strip_prefix("0; url=").expect("it leads on").to_owned()
}

#[track_caller]
fn goes(browser: &mut Browser, erring: &Erring, path: &str, typed: &[(&str, &str)]) -> Asked {
    let page = browser.post(path, typed).is(200);
    assert!(page.headers["content-security-policy"].contains("form-action 'self';"));
    let address = leads(&page);
    assert!(address.starts_with(&format!("{}/authorize?", erring.issuer())), "{address}");
    for (name, value) in [("response_type", "code"), ("code_challenge_method", "S256"), ("scope", "openid")] {
        assert_eq!(query(&address, name), value, "{address}");
    }
    Asked { state: query(&address, "state"), nonce: query(&address, "nonce") }
}

fn answer_of(asked: &Asked, way: &str, subject: &str) -> String {
    format!("/sign-in/ministry/back?state={}&code={way}.{subject}.{}", asked.state, asked.nonce)
}

/// Comes back with the provider's answer, over the page between.
#[track_caller]
fn comes_back(browser: &mut Browser, asked: &Asked, way: &str, subject: &str) -> Answer {
    let between = browser.get(&answer_of(asked, way, subject)).is(200);
    browser.get(&leads(&between))
}

#[track_caller]
fn to_sign_in(browser: &mut Browser, erring: &Erring) -> Asked {
    browser.get("/sign-in").is(200);
    goes(browser, erring, "/sign-in/ministry", &[("back", "/acts")])
}

/// Somebody whose account is bound, as the officer binds it.
fn bound(served: &Served, erring: &Erring, id: &str, subject: &str) -> (Person, Browser) {
    let person = joined(served, id);
    let mut browser = person.signed_in(served, "personal");
    browser.get("/account").is(200);
    let asked = goes(&mut browser, erring, "/account/ministry", &[]);
    let page = comes_back(&mut browser, &asked, "good", subject).is(200).text();
    assert!(page.contains(subject) && page.contains("Bind my account to it"), "{page}");
    let done = browser.post("/account/bind-ministry", &[]).is(200).text();
    assert!(done.contains("Your account is bound") && done.contains("End the binding"), "{done}");
    (person, browser)
}

fn trail(served: &Served, last: u32) -> Vec<(String, String)> {
    let steps = served.world.node.db().read(|tx| kp_accounts::trail::before(tx, i64::MAX, last));
    steps.expect("the trail is read").into_iter().map(|step| (step.what, step.detail.to_string())).collect()
}

fn without_token(page: &str) -> String {
    let token = crate::browser::between(page, "name=\"token\" value=\"", "\"").expect("a form has a token");
    page.replace(&token, "")
}

#[test]
fn the_provider_says_who_and_the_password_opens_the_key() {
    let (served, erring) = with(World::founded(), "");
    let (_, mut first) = bound(&served, &erring, "xa-clerk-1", "person-7");
    first.post("/sign-out", &[]).is(303);
    let mut browser = served.browser();
    let asked = to_sign_in(&mut browser, &erring);
    let form = comes_back(&mut browser, &asked, "good", "person-7").is(200).text();
    assert!(form.contains("value=\"xa-clerk-1\"") && form.contains("readonly"), "the officer is filled in");
    assert!(!form.contains("name=\"factor\""), "no code is asked for");
    let typed = |password| {
        [
            ("officer", "xa-clerk-1"),
            ("ministry", "yes"),
            ("password", password),
            ("pin", PIN),
            ("back", "/acts"),
        ]
    };
    // The provider alone opens nothing; a wrong password uses nothing up.
    browser.post("/sign-in", &typed("")).is(401);
    let wrong = browser.post("/sign-in", &typed("not the password")).is(401).text();
    assert!(wrong.contains("Which of them is wrong is not said") && wrong.contains("readonly"), "{wrong}");
    let mut other = typed(PASSWORD);
    other[0].1 = "xa-approver-1";
    browser.post("/sign-in", &other).is(401);
    let kept = browser.cookie.clone();
    let there = browser.post("/sign-in", &typed(PASSWORD)).is(303);
    assert_eq!(there.headers["location"], "/acts");
    assert!(browser.get("/").text().contains("clerk of XA"));
    assert_eq!(
        trail(&served, 1)[0],
        ("signed_in".into(), "with the ministry's sign-in, from 127.0.0.1".into())
    );
    // What was used is used up, by whoever kept the cookies too.
    let mut thief = served.browser();
    thief.get("/sign-in").is(200);
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("cookie", kept.as_str())];
    let page = thief.send("GET", "/sign-in/ministry/known", &[("cookie", kept.as_str())], "");
    assert_eq!(page.headers["location"], "/sign-in");
    let token = thief.send("GET", "/sign-in", &[("cookie", kept.as_str())], "").text();
    let token = crate::browser::between(&token, "name=\"token\" value=\"", "\"").expect("a form has a token");
    let mut all = vec![("token", token.as_str())];
    all.extend(typed(PASSWORD));
    thief.send("POST", "/sign-in", &headers, &crate::browser::form(&all)).is(401);
}

#[test]
fn whatever_is_wrong_with_an_answer_gets_the_same_page() {
    let (served, erring) = with(World::founded(), "");
    let (_, mut own) = bound(&served, &erring, "xa-clerk-1", "person-7");
    own.post("/sign-out", &[]).is(303);
    let mut pages = Vec::new();
    for way in [
        "nonce",
        "no-nonce",
        "audience",
        "audiences",
        "issuer",
        "azp",
        "expired",
        "future",
        "old",
        "stale",
        "no-auth-time",
        "none",
        "hs256",
        "forged",
        "unknown-key",
        "nobody",
        "refused",
        "garbage",
    ] {
        let mut browser = served.browser();
        let asked = to_sign_in(&mut browser, &erring);
        let page = comes_back(&mut browser, &asked, way, "person-7");
        assert_eq!(page.status, 401, "{way}: {}", page.text());
        let page = page.text();
        assert!(page.contains("did not serve") && page.contains("name=\"factor\""), "{way}: {page}");
        pages.push(without_token(&page));
        let typed = [("officer", "xa-clerk-1"), ("ministry", "yes"), ("password", PASSWORD), ("pin", PIN)];
        // Waits grow with failures, as they do for codes.
        served.world.pass(1000);
        browser.post("/sign-in", &typed).is(401);
        let last = &trail(&served, 2);
        assert!(last.iter().all(|(what, _)| what == "not_signed_in"), "{way}: {last:?}");
        served.world.pass(1000);
    }
    assert!(pages.iter().all(|page| *page == pages[0]), "one answer for whatever was wrong");
    let mut browser = served.browser();
    let asked = to_sign_in(&mut browser, &erring);
    assert!(comes_back(&mut browser, &asked, "good", "person-7").is(200).text().contains("readonly"));
}

#[test]
fn an_answer_serves_once_soon_and_in_the_browser_that_asked() {
    let (served, erring) = with(World::founded(), "");
    let (_, mut own) = bound(&served, &erring, "xa-clerk-1", "person-7");
    own.post("/sign-out", &[]).is(303);
    let mut browser = served.browser();
    let asked = to_sign_in(&mut browser, &erring);
    let mut elsewhere = served.browser();
    to_sign_in(&mut elsewhere, &erring);
    let page = comes_back(&mut elsewhere, &asked, "good", "person-7").is(401).text();
    assert!(page.contains("did not serve"), "another browser's question: {page}");
    comes_back(&mut browser, &asked, "good", "person-7").is(200);
    let again = comes_back(&mut browser, &asked, "good", "person-7").is(401).text();
    assert!(again.contains("did not serve"), "a callback that comes twice: {again}");
    let asked = to_sign_in(&mut browser, &erring);
    served.world.pass(601);
    comes_back(&mut browser, &asked, "good", "person-7").is(401);
    // Proven, and then left alone.
    let asked = to_sign_in(&mut browser, &erring);
    comes_back(&mut browser, &asked, "good", "person-7").is(200);
    served.world.pass(601);
    assert_eq!(browser.get("/sign-in/ministry/known").is(303).headers["location"], "/sign-in");
    // An answer of another provider, and one without a code.
    for more in ["&iss=https%3A%2F%2Felsewhere.example", "&code=", "&error=access_denied"] {
        let asked = to_sign_in(&mut browser, &erring);
        let path = match more {
            "&iss=https%3A%2F%2Felsewhere.example" => {
                format!("{}{more}", answer_of(&asked, "good", "person-7"))
            }
            _ => format!("/sign-in/ministry/back?state={}{more}", asked.state),
        };
        let between = browser.get(&path).is(200);
        browser.get(&leads(&between)).is(401);
    }
    // Whom the ministry knows and nobody here.
    let asked = to_sign_in(&mut browser, &erring);
    let page = comes_back(&mut browser, &asked, "good", "person-8").is(401).text();
    assert!(page.contains("no account here is bound to it"), "{page}");
}

#[test]
fn keys_that_were_changed_are_fetched_anew_and_not_more_than_once_a_minute() {
    let (served, erring) = with(World::founded(), "");
    let (_, mut own) = bound(&served, &erring, "xa-clerk-1", "person-7");
    own.post("/sign-out", &[]).is(303);
    erring.change_keys();
    let mut browser = served.browser();
    let asked = to_sign_in(&mut browser, &erring);
    served.world.pass(61);
    comes_back(&mut browser, &asked, "good", "person-7").is(200);
    let before = erring.keys_fetched();
    for _ in 0..3 {
        let asked = to_sign_in(&mut browser, &erring);
        comes_back(&mut browser, &asked, "unknown-key", "person-7").is(401);
    }
    assert_eq!(erring.keys_fetched(), before, "invented tokens do not make this node call out");
}

#[test]
fn a_binding_is_the_officers_own_and_ends_with_the_account() {
    let (served, erring) = with(World::founded(), "");
    let admin = joined(&served, "xa-admin-1");
    let (_, mut clerk) = bound(&served, &erring, "xa-clerk-1", "person-7");
    assert_eq!(trail(&served, 1)[0], ("ministry_bound".into(), format!("person-7 at {}", erring.issuer())));
    // Another officer is not the same person, and nobody binds with what somebody else asked for.
    let approver = joined(&served, "xa-approver-1");
    let mut other = approver.signed_in(&served, "personal");
    other.get("/account").is(200);
    let asked = goes(&mut other, &erring, "/account/ministry", &[]);
    comes_back(&mut other, &asked, "good", "person-7").is(200);
    let page = other.post("/account/bind-ministry", &[]).text();
    assert!(page.contains("bound to another officer"), "{page}");
    // Minutes later it takes a factor of one's own: a directory makes nobody a way in.
    served.world.pass(660);
    let mut clerk_again = clerk.get("/account").is(200).text();
    assert!(clerk_again.contains("End the binding"));
    clerk_again = clerk.post("/account/unbind-ministry", &[]).is(401).text();
    assert!(
        clerk_again.contains("name=\"fresh_code\"") && !clerk_again.contains("fresh_ministry"),
        "{clerk_again}"
    );
    // The administrator sees it, and it ends with the account.
    let mut desk = admin.signed_in(&served, "personal");
    let list = desk.get("/accounts").is(200).text();
    assert!(list.contains("bound to the ministry") && list.contains("person-7"), "{list}");
    desk.post("/accounts/close", &[("officer", "xa-clerk-1")]).is(200);
    let left = served.world.node.db().read(|tx| Accounts::binding_of(tx, "xa-clerk-1"));
    assert_eq!(left.expect("the database answers"), None);
    let mut browser = served.browser();
    let asked = to_sign_in(&mut browser, &erring);
    comes_back(&mut browser, &asked, "good", "person-7").is(401);
}

#[test]
fn a_factor_before_an_approval_can_come_from_the_ministry_and_nothing_typed_is_lost() {
    let world = World::founded();
    let number = world.draft("XA-A-1", "7102.31 1200.00 420000.00");
    let (served, erring) = with(world, "");
    let (_, mut browser) = bound(&served, &erring, "xa-approver-1", "person-9");
    served.world.pass(301);
    let path = format!("/act/issue_certificate?number={number}");
    let form = browser.get(&path).is(200).text();
    assert!(form.contains("name=\"fresh_ministry\""), "{form}");
    let typed = [("number", number.as_str()), ("fresh_ministry", "yes")];
    // Somebody who signed in over there an hour ago shows nothing.
    let asked = goes(&mut browser, &erring, "/act/issue_certificate", &typed);
    let page = comes_back(&mut browser, &asked, "old", "person-9").is(401).text();
    assert!(page.contains("did not serve") && page.contains("href=\"/act/issue_certificate\""), "{page}");
    browser.get(&path).is(200);
    let asked = goes(&mut browser, &erring, "/act/issue_certificate", &typed);
    let page = comes_back(&mut browser, &asked, "good", "person-8");
    assert_eq!(page.status, 401, "another person: {}", page.text());
    browser.get(&path).is(200);
    let asked = goes(&mut browser, &erring, "/act/issue_certificate", &typed);
    let back = comes_back(&mut browser, &asked, "good", "person-9").is(303);
    assert_eq!(back.headers["location"], "/act/issue_certificate");
    let form = browser.get("/act/issue_certificate").is(200).text();
    assert!(form.contains(&format!("value=\"{number}\"")) && !form.contains("fresh_code"), "{form}");
    assert_eq!(trail(&served, 1)[0], ("factor_shown".into(), "ministry, from 127.0.0.1".into()));
    browser.post("/act/issue_certificate", &[("number", &number)]).is(303);
}

#[test]
fn a_sign_in_of_earlier_serves_where_the_office_says_so_and_is_no_fresh_factor() {
    let world = World::founded();
    let number = world.draft("XA-A-1", "7102.31 1200.00 420000.00");
    let (served, erring) = with(world, "session_minutes = 120\n");
    let (_, mut own) = bound(&served, &erring, "xa-approver-1", "person-9");
    own.post("/sign-out", &[]).is(303);
    let mut browser = served.browser();
    let asked = to_sign_in(&mut browser, &erring);
    comes_back(&mut browser, &asked, "old", "person-9").is(200);
    let typed = [("officer", "xa-approver-1"), ("ministry", "yes"), ("password", PASSWORD), ("pin", PIN)];
    browser.post("/sign-in", &typed).is(303);
    browser.get("/acts").is(200);
    let waits = browser.post("/act/issue_certificate", &[("number", &number)]).is(401).text();
    assert!(waits.contains("name=\"fresh_code\""), "an hour old is not fresh");
}

#[test]
fn while_the_provider_is_down_people_sign_in_as_always() {
    let world = World::founded();
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let issuer = format!("http://{}", nobody.local_addr().expect("an address"));
    drop(nobody);
    name_provider(&world, &issuer, "[label]\nen = \"Examplia account\"\n");
    let served = served(world, None);
    let clerk = joined(&served, "xa-clerk-1");
    let mut browser = served.browser();
    assert!(browser.get("/sign-in").is(200).text().contains("Examplia account"));
    for _ in 0..40 {
        let page = browser.post("/sign-in/ministry", &[("back", "/acts")]).is(503).text();
        assert!(page.contains("cannot be reached") && page.contains("name=\"factor\""), "{page}");
    }
    clerk.sign_in(&served, &mut browser, "personal").is(303);
}

#[test]
fn a_folder_that_names_no_provider_offers_none() {
    let served = served(World::founded(), None);
    let mut browser = served.browser();
    assert!(!browser.get("/sign-in").is(200).text().contains("/sign-in/ministry"));
    browser.post("/sign-in/ministry", &[]).is(404);
    let between = browser.get("/sign-in/ministry/back?state=x&code=y");
    assert_eq!(between.status, 404);
}

/// Where the pages are.
fn base(running: &Running) -> String {
    format!("http://{}", running.address())
}
