//! Every page renders, for a node that nobody has used and for a small world, and keeps to the house's rules for pages.

use crate::{
    browser::{Answer, between, served},
    endpoints::filled,
    world::World,
};

pub(crate) fn pages() -> Vec<(String, bool)> {
    let list = kp_server::endpoint_list();
    // Files, ways elsewhere, questions for a script, and pages of one's own account, which a demonstration has not. The
    // verifier that a phone keeps has no menu, and tests of its own.
    let others = [
        "/style/",
        "/script/",
        "/root.pem ",
        "/api ",
        "/openapi.json ",
        "/awake ",
        "/locked ",
        "/account ",
        "/filings ",
        "/passkey/question ",
        "/sign-in/ministry/",
        "/verifier",
    ];
    let own = ["/messages ", "/api/account ", "/api/messages", "/api/webhooks "];
    let is_sheet = |line: &str| {
        [
            "/sheets/{copy}",
            "/papers/{at}",
            "/papers/{hash}",
            "/slip ",
            "/pre-advice ",
            "/statistics/tables ",
            ".csv ",
            ".xlsx ",
        ]
        .iter()
        .any(|it| line.contains(it))
    };
    let is_no_page =
        |line: &str| is_sheet(line) || others.iter().chain(&own).any(|other| line.starts_with(other));
    let open = list.lines().filter(|line| line.contains(" read ") && !is_no_page(line));
    let for_everybody = |line: &str| [" public ", " question "].iter().any(|class| line.contains(class));
    let path = |line: &str| line.split_whitespace().next().unwrap_or_default().to_owned();
    open.map(|line| (path(line), for_everybody(line))).collect()
}

/// What holds of every page: one first heading, landmarks, no script and nothing from elsewhere.
#[track_caller]
fn is_a_good_page(path: &str, answer: &Answer) {
    let html = answer.text();
    assert_eq!(html.matches("<h1").count(), if path == "/style" { 2 } else { 1 }, "{path}: first headings");
    for needed in [
        "<html lang=\"en\"",
        "<main id=\"main\"",
        "class=\"skip\"",
        "aria-label=\"Main\"",
        "name=\"viewport\"",
    ] {
        assert!(html.contains(needed), "{path} lacks {needed}");
    }
    let scripts = html.matches("<script").count();
    assert!(
        scripts == 0 || (scripts == 1 && html.contains("<script src=\"/script/")),
        "{path}: a script in the page"
    );
    for barred in [" style=\"", " onclick", "src=\"http", "href=\"http", "javascript:"] {
        assert!(!html.contains(barred), "{path} holds {barred}");
    }
    let mut ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    ids.sort_unstable();
    let all = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), all, "{path} gives an id twice");
    for labelled in html.split("<label for=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(ids.contains(&labelled), "{path} labels {labelled}, which is not there");
    }
    let policy = answer.headers.get("content-security-policy").expect("a policy");
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(answer.headers.get(name).map(String::as_str), Some(value), "{path}");
    }
}

#[test]
fn every_page_renders_for_an_empty_node() {
    let served = served(World::empty(), None);
    let mut browser = served.browser();
    for (path, for_everybody) in pages() {
        let answer = browser.get(&filled(&path));
        // What names a thing finds none; everything else is there, empty; what is not for everybody asks who it is.
        let expected = match (for_everybody, path.starts_with("/api/")) {
            (false, true) => 401,
            (false, false) => 303,
            _ if path.contains('{') => 404,
            _ => 200,
        };
        let answer = answer.is(expected);
        match path.starts_with("/api/") {
            true => assert!(answer.json().is_object(), "{path}"),
            false if expected == 303 => {
                let to = &answer.headers["location"];
                assert!(to.starts_with("/sign-in?back="), "{path}: {to}");
            }
            false => is_a_good_page(&path, &answer),
        }
    }
}

#[test]
fn every_page_renders_for_a_busy_world() {
    let served = served(World::busy(), Some(World::demo()));
    let mut browser = served.browser();
    for (path, _) in pages() {
        let answer = browser.get(&filled(&path)).is(200);
        match path.starts_with("/api/") {
            true => assert!(answer.json().is_object(), "{path}"),
            false => is_a_good_page(&path, &answer),
        }
    }
    for act in kp_node::ACTS {
        is_a_good_page(act.name, &browser.get(&format!("/act/{}", act.name)).is(200));
    }
    assert!(browser.get("/").text().contains("<b>DEMO</b>"));
    let verified = browser.get("/log?verify=now").is(200).text();
    assert!(verified.contains("The log is as it was written."), "{verified}");
}

#[test]
fn a_page_says_what_stands_in_the_register() {
    let served = served(World::busy(), None);
    let home = served.browser().get("/").is(200).text();
    assert!(home.contains("Officers <a href=\"/sign-in\">sign in</a>"), "{home}");
    let mut browser = crate::acting::unlocked(&served, "xa-focal-1");
    let certificate = browser.get("/certificates/xa%20000003").is(200).text();
    for said in [
        "36,000.00",
        "Departed",
        "77120-A",
        "xa-approver-1",
        "River Stones Ltd",
        "/act/record_arrival?number=XA-000003&#38;at=XB",
    ] {
        assert!(certificate.contains(said), "the certificate's page does not say {said}");
    }
    let found = browser.get("/certificates?number=xa%203").is(303);
    assert_eq!(found.headers["location"], "/certificates/XA-000003");
    assert!(
        browser.get("/certificates?number=XA-000099").is(200).text().contains("No certificate XA-000099")
    );
    let case = browser.get("/cases/C-2026-0001").is(200).text();
    assert!(case.contains("30 days left") && case.contains("What an answer must contain"));
    served.world.set("2026-03-10T08:00:00Z");
    let mut browser = crate::acting::unlocked(&served, "xa-focal-1");
    assert!(browser.get("/cases/C-2026-0001").text().contains("5 days overdue"));
    let production = browser.get("/statistics/production/XA").is(200).text();
    assert!(production.contains("2,100.00") && production.contains("Examplia"), "{production}");
    // The day before the return was sent, nothing was known of it.
    browser.get("/statistics/production/XA?known_on=2026-02-02").is(404);
    browser.get("/statistics?known_on=yesterday").is(422);
}

#[test]
fn a_first_view_of_the_desk_is_light() {
    let served = served(World::busy(), Some(World::demo()));
    let mut browser = served.browser();
    let packed = [("accept-encoding", "gzip")];
    let page = browser.send("GET", "/", &packed, "").is(200);
    assert_eq!(page.headers.get("content-encoding").map(String::as_str), Some("gzip"));
    let html = browser.get("/").text();
    let sheet = between(&html, "rel=\"stylesheet\" href=\"", "\"").expect("a page has a sheet");
    let style = browser.send("GET", &sheet, &packed, "").is(200);
    assert!(style.headers["cache-control"].contains("immutable"));
    let bytes = page.bytes.len() + style.bytes.len();
    assert!(bytes <= 60_000, "the first view of the desk takes {bytes} bytes");
    browser.get("/style/0000000000000000.css").is(404);
}
