//! The API as programs need it: done once however often it is asked for, tried before it is sent, read by pages, kept up
//! with, and able to do what the pages do.

use serde_json::{Value, json};

use crate::{
    browser::{Browser, Served, served},
    endpoints::endpoints,
    world::{PASSPHRASE, World},
};

pub(crate) fn session(browser: &mut Browser, officer: &str) -> String {
    let body = json!({"officer": officer, "passphrase": PASSPHRASE});
    let opened = browser.call("/api/session", "", &[], &body).is(201).json();
    opened["token"].as_str().expect("a token").to_owned()
}

fn get(browser: &mut Browser, token: &str, path: &str) -> crate::browser::Answer {
    let bearer = format!("Bearer {token}");
    browser.send("GET", path, &[("authorization", bearer.as_str())], "")
}

fn last(served: &Served) -> u64 {
    served.world.node.db().read(kp_log::last_position).expect("the database answers")
}

#[test]
fn an_answer_outlives_session_and_server() {
    let world = World::founded();
    let number = world.draft("XA-A-1", "7102.31 1200.00 420000.00");
    let served = served(world, None);
    let mut program = served.browser();
    let token = session(&mut program, "xa-approver-1");
    let key = [("idempotency-key", "issue-1")];
    let body = json!({"number": number});
    let first = program.call("/api/acts/issue_certificate", &token, &key, &body).is(201).text();
    let stood = last(&served);
    let Served { running, world } = served;
    running.stop();
    let served = crate::browser::served(world, None);
    let mut program = served.browser();
    let token = session(&mut program, "xa-approver-1");
    let again = program.call("/api/acts/issue_certificate", &token, &key, &body).is(201);
    assert_eq!(again.headers.get("idempotency-replayed").map(String::as_str), Some("true"));
    assert_eq!(again.text(), first);
    assert_eq!(last(&served), stood, "nothing was done a second time");
    let other = program.call("/api/acts/issue_certificate", &token, &key, &json!({"number": "XA-000002"}));
    assert_eq!(other.is(422).json()["key"], "idempotency_key_reused");
    // The name is the officer's own: another officer's request under it is another request.
    let customs = session(&mut program, "xa-customs-1");
    let weighed = json!({"number": number, "carats_weighed": "1200.00", "seals": ["77120-A"]});
    program.call("/api/acts/validate_certificate", &customs, &key, &weighed).is(201);
    served.world.pass(8 * 24 * 3600);
    let token = session(&mut program, "xa-approver-1");
    let late = program.call("/api/acts/issue_certificate", &token, &key, &body);
    assert_eq!(late.is(409).json()["key"], "number_already_used", "after a week it is looked at anew");
}

#[test]
fn what_was_refused_is_not_kept_and_a_key_is_made_once() {
    let served = served(World::founded(), None);
    let mut program = served.browser();
    let token = session(&mut program, "xa-admin-1");
    let key = [("idempotency-key", "name-1")];
    let body = |name: &str, roles: &str| {
        json!({"body": "XA", "officer_id": "xa-clerk-9", "name": name, "roles": [roles],
               "passphrase": "long enough to be one"})
    };
    for unfit in ["two words", "n\u{e9}", &"n".repeat(101)] {
        let key = [("idempotency-key", unfit)];
        let said = program.call("/api/acts/name_officer", &token, &key, &body("B. Sample", "clerk"));
        assert_eq!(said.is(400).json()["key"], "idempotency_key_not_read", "{unfit}");
    }
    program.call("/api/acts/name_officer", &token, &key, &body("B. Sample", "no role")).is(422);
    let first =
        program.call("/api/acts/name_officer", &token, &key, &body("B. Sample", "clerk")).is(201).text();
    let again =
        program.call("/api/acts/name_officer", &token, &key, &body("B. Sample", "clerk")).is(201).text();
    assert_eq!(first, again);
    served.world.node.open_key("xa-clerk-9", "long enough to be one").expect("the key lies under it");
}

#[test]
fn a_try_says_everything_and_records_nothing() {
    let world = World::founded();
    let number = world.draft("XA-A-1", "7102.31 1200.00 420000.00");
    let served = served(world, None);
    let mut program = served.browser();
    let token = session(&mut program, "xa-approver-1");
    let before = last(&served);
    let path = "/api/acts/issue_certificate/check";
    let good = program.call(path, &token, &[], &json!({"number": number})).is(200).json();
    assert_eq!((&good["outcome"], &good["recorded"]), (&json!("would_be_recorded"), &json!(false)), "{good}");
    assert_eq!(good["subject"], json!(number));
    let unread = program.call(path, &token, &[], &json!({"number": "?", "color": "blue"})).is(200).json();
    let fields = unread["problem"]["fields"].as_array().map(Vec::len);
    assert_eq!((&unread["outcome"], fields), (&json!("would_not"), Some(2)), "{unread}");
    let refused = program.call(path, &token, &[], &json!({"number": "XA-000099"})).is(200).json();
    assert_eq!(refused["problem"]["key"], "no_such_certificate");
    let clerk = session(&mut program, "xa-clerk-1");
    let barred = program.call(path, &clerk, &[], &json!({"number": number})).is(200).json();
    assert_eq!(barred["problem"]["status"], 403, "{barred}");
    let admin = session(&mut program, "xa-admin-1");
    let officer = json!({"body": "XA", "officer_id": "xa-clerk-9", "name": "B. Sample", "roles": ["clerk"],
                         "passphrase": "long enough to be one"});
    let named = program.call("/api/acts/name_officer/check", &admin, &[], &officer).is(200).json();
    assert_eq!(named["outcome"], "would_be_recorded", "{named}");
    assert!(!served.world.node.keyring().expect("a folder").holds("xa-clerk-9"), "no key was made");
    assert_eq!(last(&served), before);
    program.call("/api/acts/issue_certificate", &token, &[], &json!({"number": number})).is(201);
}

#[test]
fn the_feed_of_changes_skips_nothing_and_shows_what_may_be_seen() {
    let served = served(World::busy(), None);
    let mut program = served.browser();
    program.get("/api/changes").is(401);
    let token = session(&mut program, "xa-clerk-1");
    let all = get(&mut program, &token, "/api/changes?limit=500").is(200).json();
    let positions = |page: &Value| -> Vec<u64> {
        page["changes"].as_array().expect("changes").iter().filter_map(|c| c["position"].as_u64()).collect()
    };
    let whole = positions(&all);
    assert!(whole.len() > 20 && whole.is_sorted(), "{whole:?}");
    assert_eq!(all["next"].as_u64(), Some(last(&served)));
    let (mut after, mut pages) = (0, Vec::new());
    loop {
        let page = get(&mut program, &token, &format!("/api/changes?after={after}&limit=3")).is(200).json();
        pages.extend(positions(&page));
        after = page["next"].as_u64().expect("a place to go on from");
        if page["more"] == json!(false) {
            break;
        }
    }
    assert_eq!(pages, whole, "by threes as at once");
    served.world.draft("XA-A-9", "7102.10 10.00 500.00");
    let new = get(&mut program, &token, &format!("/api/changes?after={after}")).is(200).json();
    let kinds: Vec<&str> =
        new["changes"].as_array().expect("changes").iter().filter_map(|c| c["kind"].as_str()).collect();
    assert_eq!(kinds, ["application_received", "certificate_drafted"]);
    assert_eq!(
        new["changes"][1]["about"],
        json!(format!("/api/certificates/{}", new["changes"][1]["subject"].as_str().unwrap_or_default()))
    );
    // A valuer has no part in certificates: the cursor passes over what is not shown.
    let valuer = session(&mut program, "xb-valuer-1");
    let seen = get(&mut program, &valuer, "/api/changes?limit=500").is(200).json();
    assert!(positions(&seen).len() < whole.len() && seen["next"].as_u64() == Some(last(&served)));
    let of_certificates =
        seen["changes"].as_array().expect("changes").iter().any(|c| c["log_id"] == "kp.XA/2026");
    assert!(!of_certificates, "{seen}");
    let beyond = get(&mut program, &token, "/api/changes?after=99999").is(422).json();
    assert!(beyond["fields"][0]["sentence"].as_str().is_some_and(|s| s.contains("past the end")), "{beyond}");
}

#[test]
fn every_list_comes_by_pages() {
    let served = served(World::busy(), None);
    let mut program = served.browser();
    let description = program.get("/api/openapi.json").is(200).json();
    let officers = ["xa-clerk-1", "xa-admin-1", "xa-auditor-1", "xa-focal-1", "scheme-sec-1"];
    let tokens: Vec<String> = officers.iter().map(|id| session(&mut program, id)).collect();
    let mut lists = 0;
    for (path, methods) in description["paths"].as_object().expect("paths") {
        let Some(read) = methods.get("get") else { continue };
        let parameters: Vec<&str> =
            read["parameters"].as_array().into_iter().flatten().filter_map(|p| p["name"].as_str()).collect();
        let good = &read["responses"]["200"]["content"]["application/json"]["schema"];
        let name = good["$ref"].as_str().and_then(|r| r.rsplit('/').next()).unwrap_or_default();
        let has_next = description["components"]["schemas"][name]["properties"].get("next").is_some();
        assert_eq!(parameters.contains(&"after"), has_next, "{path}");
        if !has_next {
            continue;
        }
        lists += 1;
        let is_rows = |answer: &Value| -> usize {
            answer.as_object().expect("an object").values().filter_map(Value::as_array).map(Vec::len).sum()
        };
        let mut most = 0;
        for token in &tokens {
            let whole = get(&mut program, token, path);
            if whole.status != 200
                || path.contains("changes")
                || path.contains("trail")
                || path.contains("looks")
            {
                continue;
            }
            let whole = is_rows(&whole.json());
            let (mut after, mut walked) = (String::new(), 0);
            loop {
                let encoded = after.replace(':', "%3A").replace('/', "%2F").replace(' ', "%20");
                let page =
                    get(&mut program, token, &format!("{path}?limit=1&after={encoded}")).is(200).json();
                walked += is_rows(&page);
                match page["next"].as_str() {
                    Some(next) => next.clone_into(&mut after),
                    None => break,
                }
            }
            assert_eq!(walked, whole, "{path}");
            most = most.max(whole);
        }
        let gone = get(&mut program, &tokens[0], &format!("{path}?after=nobody"));
        assert!(matches!(gone.status, 200 | 403 | 422), "{path}: {}", gone.text());
        println!("{path}: {most} rows");
    }
    assert!(lists >= 13, "only {lists} lists");
}

#[test]
fn accounts_are_looked_after_through_the_api_by_persons_only() {
    let served = served(World::founded(), None);
    let mut program = served.browser();
    let admin = session(&mut program, "xa-admin-1");
    let key = [("idempotency-key", "invite-1")];
    let officer = json!({"officer": "xa-clerk-1"});
    let issued = program.call("/api/accounts/invitations", &admin, &key, &officer).is(201).json();
    assert!(issued["code"].is_string(), "{issued}");
    let again = program.call("/api/accounts/invitations", &admin, &key, &officer).is(201).json();
    assert_eq!(
        (&again["code"], &again["officer"]),
        (&Value::Null, &issued["officer"]),
        "a code is shown once"
    );
    let listed = get(&mut program, &admin, "/api/accounts").is(200).json();
    assert_eq!(listed["accounts"][0]["state"], "invited", "{listed}");
    let other = session(&mut program, "xb-admin-1");
    program.call("/api/accounts/invitations", &other, &[], &officer).is(403);
    let clerk = session(&mut program, "xa-approver-1");
    let wanted = json!({"label": "gateway", "scopes": ["read", "issue_certificate"], "days": 30});
    let made = program.call("/api/account/tokens", &clerk, &[], &wanted).is(201).json();
    let lent = made["token"].as_str().expect("a token").to_owned();
    let own = get(&mut program, &lent, "/api/account").is(200).json();
    assert_eq!(own["tokens"][0]["label"], "gateway", "{own}");
    // What was lent looks after nothing: not even after itself.
    program.call("/api/account/tokens", &lent, &[], &wanted).is(403);
    let id = own["tokens"][0]["id"].as_str().expect("an id").to_owned();
    let path = format!("/api/account/tokens/{id}");
    let end = |program: &mut Browser, token: &str| {
        let bearer = format!("Bearer {token}");
        program.send("DELETE", &path, &[("authorization", bearer.as_str())], "")
    };
    end(&mut program, &lent).is(403);
    end(&mut program, &admin).is(404);
    end(&mut program, &clerk).is(204);
    get(&mut program, &lent, "/api/account").is(401);
}

/// What a form of a page does, and the call that does the same; or why it is a page's alone.
enum By {
    Call(&'static str, &'static str),
    PageOnly(&'static str),
}
use By::{Call, PageOnly};

const FORMS: &[(&str, By)] = &[
    ("/act/{act}", Call("POST", "/api/acts/{act}")),
    ("/verify", Call("POST", "/api/verify")),
    ("/confirmations", Call("POST", "/api/confirmations")),
    ("/gate", Call("POST", "/api/verify")),
    ("/unlock", Call("POST", "/api/session")),
    ("/sign-in/ministry", PageOnly("a person goes to the ministry's sign-in in a browser")),
    ("/sign-in", Call("POST", "/api/session")),
    ("/lock", Call("DELETE", "/api/session")),
    ("/sign-out", Call("DELETE", "/api/session")),
    ("/locked", PageOnly("a program's session has no PIN: it ends")),
    ("/keep", PageOnly("keeps what a person is typing")),
    ("/language", PageOnly("a program says Accept-Language")),
    ("/act-as", PageOnly("the demonstration's switch; POST /api/session does it there")),
    ("/join", PageOnly("a person chooses a password and reads a secret into a telephone")),
    ("/account/end-session", Call("DELETE", "/api/account/sessions/{session}")),
    ("/account/password", Call("POST", "/api/account/password")),
    ("/account/token", Call("POST", "/api/account/tokens")),
    ("/account/end-token", Call("DELETE", "/api/account/tokens/{token}")),
    ("/account/passkey", PageOnly("a passkey is made by a browser and a device together")),
    ("/account/remove-passkey", PageOnly("a program has no passkey to remove")),
    ("/account/ministry", PageOnly("a person goes to the ministry's sign-in in a browser")),
    (
        "/account/bind-ministry",
        PageOnly("a person binds the account to whom the ministry showed in the browser"),
    ),
    ("/account/unbind-ministry", PageOnly("a program is bound to no ministry's sign-in")),
    ("/account/stop-recovery", Call("DELETE", "/api/account/recoveries/{recovery}")),
    ("/account/confirm-recovery", Call("POST", "/api/account/recoveries/{recovery}/seen")),
    ("/accounts/invite", Call("POST", "/api/accounts/invitations")),
    ("/accounts/close", Call("DELETE", "/api/accounts/{officer}")),
    ("/accounts/recover", Call("POST", "/api/accounts/recoveries")),
    ("/accounts/stop-recovery", Call("DELETE", "/api/accounts/recoveries/{recovery}")),
    ("/messages/read", Call("POST", "/api/messages/read")),
    ("/messages/settings", Call("POST", "/api/messages/settings")),
    ("/messages/webhook", Call("POST", "/api/webhooks")),
    ("/messages/webhook-secret", Call("POST", "/api/webhooks/{webhook}/secret")),
    ("/messages/end-webhook", Call("DELETE", "/api/webhooks/{webhook}")),
    ("/outbox/again", Call("POST", "/api/outbox/{outgoing}/again")),
    // Programs send files to these addresses themselves, with their token (tus 1.0), and attach them by the act.
    ("/cases/{number}/papers", Call("POST", "/api/acts/{act}")),
    ("/certificates/{number}/papers", Call("POST", "/api/acts/{act}")),
    ("/uploads", Call("POST", "/uploads")),
    ("/uploads/{id}", Call("PATCH", "/uploads/{id}")),
    ("/confirmations/file", Call("POST", "/api/confirmations")),
    ("/returns", Call("POST", "/api/returns")),
    ("/returns/{of}/{id}/comment", Call("POST", "/api/returns/{of}/{id}/comment")),
    ("/returns/{of}/{id}/complete", Call("POST", "/api/returns/{of}/{id}/complete")),
    ("/returns/{of}/{id}/drop", Call("DELETE", "/api/returns/{of}/{id}")),
    ("/returns/{of}/{id}/submit", Call("POST", "/api/returns/{of}/{id}/submit")),
    (
        "/statistics/customs",
        PageOnly("looks at a file and keeps nothing; programs run `kpcs statistics customs FILE`"),
    ),
    ("/accounts/recovery-code", Call("POST", "/api/accounts/recoveries/{recovery}/code")),
];

#[test]
fn every_form_has_a_call_or_says_why_not() {
    let all = endpoints();
    let is_there = |method: &str, path: &str| all.iter().any(|(m, p, ..)| m == method && p == path);
    let mut wanting = Vec::new();
    for (_, path, ..) in
        all.iter().filter(|(method, path, ..)| method == "POST" && !path.starts_with("/api/"))
    {
        match FORMS.iter().find(|(form, _)| form == path) {
            None => {
                wanting.push(format!("{path} has no call: add one, or say in FORMS why it is a page's alone"))
            }
            Some((_, Call(method, call))) if !is_there(method, call) => {
                wanting.push(format!("{path}: there is no {method} {call}"));
            }
            Some((_, PageOnly(why))) => assert!(why.len() > 10, "{path}"),
            Some(_) => {}
        }
    }
    for (form, _) in FORMS {
        assert!(is_there("POST", form), "{form} is a form no more");
    }
    assert!(wanting.is_empty(), "{}", wanting.join("\n"));
}

/// Every documented example of a call that takes JSON is understood: it may be refused for what the facts are, not for how
/// it is written.
#[test]
fn the_examples_of_the_description_are_understood() {
    let served = served(World::busy(), None);
    let mut program = served.browser();
    let page = program.get("/docs/api").is(200).text();
    let page =
        page.replace("&#34;", "\"").replace("&#39;", "'").replace("&quot;", "\"").replace("&amp;", "&");
    let admin = session(&mut program, "xa-admin-1");
    let (mut sent, mut rest) = (0, page.as_str());
    while let Some(at) = rest.find("curl -X ") {
        rest = &rest[at + 8..];
        let end = rest.find("</pre>").expect("an example ends");
        let example = &rest[..end];
        let (method, tail) = example.split_once(' ').expect("a method");
        let path = tail.split_whitespace().next().and_then(|url| url.splitn(4, '/').nth(3)).expect("a path");
        let path = format!("/{path}");
        if path == "/api/session" || path.contains("/sessions/") {
            continue;
        }
        let body = example.split_once("-d '").map_or("", |(_, body)| body.trim_end().trim_end_matches('\''));
        let bearer = format!("Bearer {admin}");
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        let mut answer = program.send(method, &path, &headers, body);
        // Who is refused often has to wait, and then is answered.
        while answer.status == 429 {
            let wait = answer.headers["retry-after"].parse().expect("seconds");
            served.world.pass(wait);
            answer = program.send(method, &path, &headers, body);
        }
        // A password that is not the own, and a key that lies here already, are read and refused field by field.
        let is_fact = || answer.json()["fields"][0]["field"] == "public_key" || path.contains("password");
        assert!(
            matches!(answer.status, 200 | 201 | 204 | 403 | 404 | 409) || (answer.status == 422 && is_fact()),
            "{method} {path}: {} {}",
            answer.status,
            answer.text()
        );
        sent += 1;
    }
    assert!(sent > kp_node::ACTS.len() + 10, "only {sent} examples");
}
