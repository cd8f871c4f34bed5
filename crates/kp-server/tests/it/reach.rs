//! Everybody can use every page: each page that there is, in light and dark, at a desk and on a telephone, is looked at by
//! axe-core, fits its window, is light enough for a slow line, and can be gone through with the keyboard alone.
//!
//! `KP_PICTURES=FOLDER` keeps a picture of each, for people to look at.

use std::path::PathBuf;

use kp_testkit::chromium::{Page, chromium};

use crate::{
    browser::served,
    endpoints::{endpoints, filled},
    sign_in::joined,
    world::World,
};

/// Most bytes over the wire of a first view of a desk's page (WCAG apart: issue of a 2G line).
const MOST_BYTES: u64 = 60 * 1024;

/// A desk and a telephone.
const SIZES: [(u32, u32); 2] = [(1280, 900), (390, 844)];

/// What is wrong with the page that is open, in both sizes and both lights.
fn look(page: &Page, path: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for (width, height) in SIZES {
        page.size(width, height);
        for theme in ["light", "dark"] {
            page.theme(theme);
            let barriers = page.barriers();
            wrong.extend(barriers.into_iter().map(|said| format!("{path} ({theme}, {width}): {said}")));
            keep_picture(page, &format!("{path} {width} {theme}"));
        }
        let over = page.too_wide_by();
        if over > 0 {
            wrong.push(format!("{path} is {over} pixels wider than a window of {width}"));
        }
    }
    page.size(1280, 900);
    let weight = page.weight();
    if weight > MOST_BYTES {
        wrong.push(format!("{path} weighs {weight} bytes"));
    }
    wrong.extend(page.complaints().into_iter().map(|said| format!("{path}: {said}")));
    wrong
}

fn keep_picture(page: &Page, name: &str) {
    let Some(folder) = std::env::var_os("KP_PICTURES").map(PathBuf::from) else { return };
    let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    page.picture(&folder.join(format!("{plain}.png")));
}

/// Whether an address gave a page of ours, with what it should be asked for.
fn is_page(page: &Page) -> bool {
    page.eval("document.contentType") == "text/html"
        && page.eval("performance.getEntriesByType('navigation')[0].responseStatus") == 200
        && page.has("main#main")
}

#[test]
fn every_page_can_be_used_by_everybody() {
    let Some(browser) = chromium("every page without barriers") else { return };
    let served = served(World::busy(), Some(World::demo()));
    let base = format!("http://{}", served.running.address());
    let page = browser.person();
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for (method, path, _, _) in endpoints() {
        // What comes as a file to be kept is not opened. The verifier wants lists, and has a test of its own below.
        let opens =
            method == "GET" && !path.starts_with("/api") && !path.contains("/papers/") && path != "/verifier";
        if !opens || page.open_fails(&format!("{base}{}", filled(&path))).is_some() {
            continue;
        }
        if is_page(&page) {
            wrong.extend(look(&page, &path));
            seen += 1;
        }
    }
    assert!(wrong.is_empty(), "{} things on {seen} pages:\n{}", wrong.len(), wrong.join("\n"));
    assert!(seen >= 30, "only {seen} pages were looked at");
}

/// Everything a telephone gets before the verifier can be used, heads of answers and all, as the server packs it. What its
/// worker fetches afterwards, in the background, is not in it: the reader of symbols and the other languages.
#[test]
fn the_verifier_can_be_used_by_everybody_and_is_light() {
    let Some(browser) = chromium("the verifier without barriers") else { return };
    let certificates = crate::verifier::vectors("certificate.json");
    let served = crate::verifier::giving(certificates["lists"]["good"].as_str().expect("lists"));
    for language in ["en", "fr", "pt"] {
        let page = browser.person();
        page.open(&format!("http://{}/verifier?lang={language}", served.running.address()));
        page.until("document.documentElement.dataset.ready === 'kept'");
        let fetched = page.eval(
            "[location.href, ...performance.getEntriesByType('resource').map(({ name }) => name)]\
             .map((address) => new URL(address)).filter(({ pathname }) => pathname !== '/verifier/worker.js')\
             .map(({ pathname, search }) => pathname + search)",
        );
        let fetched: Vec<&str> =
            fetched.as_array().expect("addresses").iter().filter_map(serde_json::Value::as_str).collect();
        let mut plain = served.browser();
        let weighed: Vec<(usize, &str)> = fetched
            .iter()
            .map(|path| (plain.send("GET", path, &[("accept-encoding", "gzip")], "").is(200).wire, *path))
            .collect();
        let weight: usize = weighed.iter().map(|(bytes, _)| bytes).sum();
        println!("first view of the verifier in {language}: {weight} bytes in {} requests", weighed.len());
        assert!(weighed.len() > 12 && weight as u64 <= MOST_BYTES, "{weight} bytes: {weighed:#?}");
        let wrong = look(&page, &format!("/verifier?lang={language}"));
        assert!(wrong.is_empty(), "{} things:\n{}", wrong.len(), wrong.join("\n"));
    }
}

#[test]
fn every_form_of_an_act_can_be_used_by_everybody() {
    let Some(browser) = chromium("every form without barriers") else { return };
    let served = served(World::busy(), Some(World::demo()));
    let page = browser.person();
    page.size(390, 844);
    let mut wrong = Vec::new();
    for act in kp_node::ACTS {
        page.open(&format!("http://{}/act/{}", served.running.address(), act.name));
        wrong.extend(page.barriers().into_iter().map(|said| format!("{}: {said}", act.name)));
        let over = page.too_wide_by();
        if over > 0 {
            wrong.push(format!("{} is {over} pixels wider than a telephone", act.name));
        }
    }
    assert!(wrong.is_empty(), "{} things:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn an_officer_s_own_pages_can_be_used_by_everybody() {
    let Some(browser) = chromium("an officer's pages without barriers") else { return };
    let served = served(World::busy(), None);
    let base = format!("http://{}", served.running.address());
    let mut wrong = Vec::new();
    for id in ["xa-admin-1", "xa-auditor-1", "scheme-sec-1"] {
        let page = browser.person();
        crate::people::sign_in_on(&page, &base, &served, &joined(&served, id));
        for path in
            ["/", "/account", "/accounts", "/trail", "/looks", "/acts", "/sign-in", "/join", "/locked"]
        {
            page.open(&format!("{base}{path}"));
            // What this officer may not see answers so, and is no page to look at.
            if is_page(&page) {
                wrong.extend(look(&page, &format!("{id} {path}")));
            }
        }
    }
    assert!(wrong.is_empty(), "{} things:\n{}", wrong.len(), wrong.join("\n"));
}

/// What no address alone shows: the exporters that a name in a form may mean, and what a finding said before.
#[test]
fn what_a_button_or_a_later_act_shows_can_be_used_by_everybody() {
    let Some(browser) = chromium("what a button shows without barriers") else { return };
    let world = World::busy();
    for number in 10..30 {
        world.license_another(&format!("XA-EXP-{number}"), &format!("Hill Stones {number}"));
    }
    // One shipment more above the year's capacity: the finding over it says something else from now on.
    world.pass(3 * 86_400);
    world.depart("XA-A-6", "7102.31 500.00 175000.00");
    let served = served(world, None);
    let base = format!("http://{}", served.running.address());
    let page = browser.person();
    crate::people::sign_in_on(&page, &base, &served, &joined(&served, "xa-clerk-1"));
    page.open(&format!("{base}/act/apply_for_certificate"));
    page.fill("[name=licence_number]", "hill stones");
    page.follow("button[name=find]");
    assert!(page.has("button[name=pick]") && page.has("[value='hill stones']"), "{}", page.text());
    let mut wrong = look(&page, "exporters of a form");
    page.open(&format!("{base}/confirmations"));
    page.fill("textarea[name=text]", "XA-999999 arrived, 5.00 ct\nWith kind regards of the desk");
    page.fill("form:has(textarea[name=text]) [name=sent_by]", "desk of XB");
    page.follow("form:has(textarea[name=text]) button:not([tabindex])");
    assert!(page.text().contains("With kind regards"), "{}", page.text());
    wrong.extend(look(&page, "lines of a list that were passed over"));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("q2.csv");
    std::fs::write(&file, "partner,hs,carats,value_usd,colour\nXB,7102.31,12.00,4200.00,white\n")
        .expect("a file");
    crate::people::sign_in_on(&page, &base, &served, &joined(&served, "xa-focal-1"));
    page.open(&format!("{base}/returns"));
    for (field, text) in [("participant", "XA"), ("table", "exports"), ("period", "2026-Q1")] {
        page.fill(&format!("form.act [name={field}]"), text);
    }
    page.lay_files("form.act [name=file]", &[&file]);
    page.follow("form.act button");
    assert!(page.text().contains("colour"), "{}", page.text());
    wrong.extend(look(&page, "what a return was not read for"));
    let found = served.world.node.db().read(kp_detect::trade::findings).expect("the findings are read");
    let of_year = found.iter().find(|row| row.finding.detector == "exports_above_capacity");
    crate::people::sign_in_on(&page, &base, &served, &joined(&served, "xa-auditor-1"));
    page.open(&format!("{base}/findings/{}", of_year.expect("a year above capacity").finding.id));
    assert!(page.text().contains("What it said before"), "{}", page.text());
    wrong.extend(look(&page, "what a finding said before"));
    assert!(wrong.is_empty(), "{} things:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_keyboard_alone_goes_everywhere_and_shows_where_it_is() {
    let Some(browser) = chromium("pages with the keyboard alone") else { return };
    let served = served(World::busy(), Some(World::demo()));
    let page = browser.person();
    let mut wrong = Vec::new();
    for path in [
        "/",
        "/act/apply_for_certificate",
        "/act/record_arrival",
        "/certificates/XA-000001",
        "/certificates",
        "/verify",
        "/sign-in",
        "/statistics/returns",
        "/cases/C-2026-0001",
    ] {
        page.open(&format!("http://{}{path}", served.running.address()));
        wrong.extend(page.keyboard_barriers().into_iter().map(|said| format!("{path}: {said}")));
    }
    assert!(wrong.is_empty(), "{} things:\n{}", wrong.len(), wrong.join("\n"));
}
