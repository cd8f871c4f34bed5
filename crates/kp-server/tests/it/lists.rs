//! Lists a page at a time, on the page as for programs: each thing once, in order, whoever asks sees no more than before; and
//! the exporter of a form, found by its name without a script and without the whole register on the page.

use std::collections::BTreeSet;

use crate::{
    acting::unlocked,
    browser::{Browser, between, served},
    speaking::told,
    world::World,
};

/// Asks on until the end. Returns what stood on each page.
fn pages(browser: &mut Browser, first: &str, prefix: &str) -> Vec<Vec<String>> {
    let base = first.split('?').next().expect("an address");
    let (mut address, mut all) = (first.to_owned(), Vec::new());
    loop {
        let html = browser.get(&address).is(200).text();
        let link = format!("<a href=\"{prefix}");
        let rows = html.split(link.as_str()).skip(1);
        all.push(rows.map(|rest| rest.split(['"', '?']).next().unwrap_or_default().to_owned()).collect());
        match between(&html, "<a class=\"button\" href=\"?", "\"") {
            Some(further) => address = format!("{base}?{}", further.replace("&#38;", "&")),
            None => return all,
        }
        assert!(all.len() < 20, "{first} never ends");
    }
}

/// The same for a program.
fn asked(browser: &mut Browser, path: &str, list: &str, name: &str) -> Vec<Vec<String>> {
    let (mut after, mut all) = (String::new(), Vec::new());
    loop {
        let answer = browser.get(&format!("{path}&after={after}")).is(200).json();
        let rows = answer[list].as_array().expect("a list").iter();
        all.push(rows.map(|row| row[name].as_str().expect("a name").to_owned()).collect());
        match answer["next"].as_str() {
            Some(next) => after = next.to_owned(),
            None => return all,
        }
        assert!(all.len() < 20, "{path} never ends");
    }
}

#[track_caller]
fn each_once(pages: &[Vec<String>], most: usize, whole: &[Vec<String>]) {
    let whole: Vec<&String> = whole.iter().flatten().collect();
    let rows: Vec<&String> = pages.iter().flatten().collect();
    assert!(pages.len() > 1 && pages.iter().all(|page| (1..=most).contains(&page.len())), "{pages:?}");
    assert_eq!(rows.iter().collect::<BTreeSet<_>>().len(), rows.len(), "one stands twice: {rows:?}");
    assert_eq!(rows, whole, "in the order of the whole list");
}

fn asked_about(world: &World, count: usize) {
    for number in 1..=count {
        let title = format!("Matter {number}");
        let typed = [("asked", "XB"), ("title", title.as_str()), ("question", "What was it?")];
        world.done("scheme-sec-1", "open_case", &typed);
    }
}

#[test]
fn findings_cases_and_participants_come_a_page_at_a_time() {
    let world = told();
    asked_about(&world, 6);
    let served = served(world, None);
    let mut browser = unlocked(&served, "scheme-sec-1");
    for (path, list, name, prefix) in [
        ("/cases", "cases", "case_number", "/cases/"),
        ("/participants", "participants", "code", "/participants/"),
    ] {
        let most = if list == "cases" { 3 } else { 1 };
        let whole = pages(&mut browser, path, prefix);
        assert_eq!(whole.len(), 1);
        each_once(&pages(&mut browser, &format!("{path}?limit={most}"), prefix), most, &whole);
        each_once(&asked(&mut browser, &format!("/api{path}?limit={most}"), list, name), most, &whole);
    }
    let whole = asked(&mut browser, "/api/findings?limit=500", "findings", "id");
    assert!(whole[0].len() > 4, "{whole:?}");
    each_once(&asked(&mut browser, "/api/findings?limit=1", "findings", "id"), 1, &whole);
    each_once(&asked(&mut browser, "/api/findings?limit=3", "findings", "id"), 3, &whole);
    let page = browser.get("/findings?limit=2").is(200).text();
    let further =
        between(&page, "<a class=\"button\" href=\"?", "\"").expect("more than two").replace("&#38;", "&");
    assert!(further.contains("returns_after=") && further.contains("limit=2"), "{further}");
    let (first, next) = (rows_of_returns(&page), browser.get(&format!("/findings?{further}")).is(200).text());
    let then = rows_of_returns(&next);
    assert_eq!((first.len(), then.is_empty()), (2, false));
    assert!(then.iter().all(|id| !first.contains(id)), "{first:?} {then:?}");
}

fn rows_of_returns(html: &str) -> Vec<String> {
    let rows = html.split("<td class=\"rank\">").skip(1);
    rows.filter_map(|row| between(row, "href=\"", "\"")).collect()
}

#[test]
fn a_page_keeps_its_filters_and_a_place_that_is_gone_is_said() {
    let world = World::busy();
    asked_about(&world, 3);
    let served = served(world, None);
    let mut browser = unlocked(&served, "scheme-sec-1");
    let open = pages(&mut browser, "/cases?state=open&limit=2&as_of=2026-02-03", "/cases/");
    assert_eq!(open.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2]);
    assert!(pages(&mut browser, "/cases?state=closed&limit=1", "/cases/").concat().is_empty());
    for path in ["/api/cases", "/api/findings", "/cases", "/findings"] {
        let gone = browser.get(&format!("{path}?after=none-such")).is(422).text();
        assert!(gone.contains("none-such"), "{gone}");
        let bent = browser.get(&format!("{path}?limit=0")).is(422).text();
        assert!(bent.contains("500"), "{bent}");
    }
}

#[test]
fn what_somebody_may_not_see_is_on_no_page_and_ends_no_list() {
    let world = told();
    asked_about(&world, 3);
    let served = served(world, None);
    let seen = asked(&mut unlocked(&served, "xa-focal-1"), "/api/cases?limit=1", "cases", "case_number");
    assert_eq!(seen, [["C-2026-0001"]], "the newer ones ask XB");
}

#[test]
fn the_exporter_of_a_form_is_found_by_its_name_without_a_script() {
    let world = World::founded();
    for number in 10..30 {
        world.license_another(&format!("XA-EXP-{number}"), &format!("Hill Stones {number}"));
    }
    world.license_another("XA-EXP-99", "Quay Brokers");
    let served = served(world, None);
    let mut clerk = unlocked(&served, "xa-clerk-1");
    let form = clerk.get("/act/apply_for_certificate").is(200).text();
    let offered = form.matches("name=\"pick\"").count();
    assert!((1..=12).contains(&offered), "{offered} of 22 are offered");
    let typed = |licence: &str| -> Vec<(&'static str, String)> {
        vec![
            ("participant", "XA".into()),
            ("licence_number", licence.into()),
            ("importer", "Harbour Gems BV".into()),
        ]
    };
    let mut sent = |licence: &str, button: (&str, &str)| {
        let mut fields = typed(licence);
        fields.push((if button.0 == "find" { "find" } else { "pick" }, button.1.to_owned()));
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
        clerk.post("/act/apply_for_certificate", &fields).is(200).text()
    };
    let found = sent("quay brokrs", ("find", "licence_number"));
    assert!(
        found.contains("value=\"XA-EXP-99\"") && found.contains("Harbour Gems BV"),
        "the only one: {found}"
    );
    let several = sent("hill stones", ("find", "licence_number"));
    let offered = several.matches("name=\"pick\"").count();
    assert!((2..=12).contains(&offered), "{offered} of 20 are offered");
    assert!(several.contains("There are more") && !found.contains("There are more"), "{several}");
    assert!(!several.contains("XA-EXP-99") && several.contains("value=\"hill stones\""), "{several}");
    let picked = sent("hill stones", ("pick", "XA-EXP-17"));
    assert!(picked.contains("value=\"XA-EXP-17\"") && picked.contains("Harbour Gems BV"), "{picked}");
    let nobody = sent("zzzzzz", ("find", "licence_number"));
    assert!(!nobody.contains("name=\"pick\"") && nobody.contains("zzzzzz"), "{nobody}");
}
