//! The explorer: each picture with its table, its file and its address; who sees which routes; as of a day.

use crate::{
    acting::unlocked,
    browser::{Served, served},
    world::World,
};

/// XA and XB tell their trade of the first quarter apart; XA keeps one figure back; it is June.
fn world() -> World {
    let world = World::busy();
    let xc = [("code", "XC"), ("name", "Corvania"), ("member_from", "2025-01-01"), ("legal_act", "D")];
    world.done("scheme-sec-1", "admit_participant", &xc);
    for (id, role) in [("xc-admin-1", "administrator"), ("xc-focal-1", "focal-point")] {
        let by = if role == "administrator" { "scheme-sec-1" } else { "xc-admin-1" };
        world.name(by, "XC", id, &[role]);
    }
    world.set("2026-06-01T08:00:00Z");
    let declare = |by: &str, code: &str, table: &str, figures: &[&str]| {
        let mut fields = vec![("participant", code), ("table", table), ("period", "2026-Q1")];
        fields.extend(figures.iter().map(|figure| ("figures", *figure)));
        fields.push(("forced", "differs_from_register: invented"));
        world.done(by, "declare_return", &fields);
    };
    let exports = ["XB 7102.31 1000.00 350000.37", "XC 7102.10 77.00 770.11 secretariat"];
    declare("xa-focal-1", "XA", "exports", &exports);
    declare("xb-focal-1", "XB", "imports", &["XA 7102.31 1500.00 540000.11"]);
    world
}

fn of(served: &Served, officer: &str, path: &str) -> String {
    unlocked(served, officer).get(path).is(200).text()
}

#[test]
fn every_picture_has_its_table_its_file_and_words_for_those_who_do_not_see_it() {
    let served = served(world(), None);
    let mut anybody = served.browser();
    let page = anybody.get("/explore?from=2025&until=2025").is(200).text();
    for part in ["<svg", "<title>", "<desc>", "2,100.00", "The same as a table", "format=csv"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(anybody.get("/explore?from=2026").is(200).text().contains("0 rows"), "another year");
    anybody.get("/explore/mirror?from=2025-H1&until=2025-H2").is(200);
    let csv = anybody.get("/explore?format=csv").is(200);
    assert!(csv.headers["content-disposition"].contains("kpcs-production-as-of-2026-06-01.csv"));
    let text = csv.text();
    assert!(text.contains("XA,2025,1,2100.00,735000.00,350.00\n"), "{text}");
    assert!(
        text.trim_end().ends_with("as known at the end of 2026-06-01"),
        "the query and the day stand at its end: {text}"
    );
    let map = anybody.get("/explore/map").is(200).text();
    assert!(
        map.contains("class=\"land\"")
            && map.contains("Invented participants")
            && !map.contains("arrow-head\" d"),
        "{map}"
    );
    assert!(anybody.get("/explore/bands").is(200).text().contains("350.00"));
    for path in ["/explore/mirror", "/explore/flows"] {
        let page = anybody.get(path).is(200).text();
        assert!(page.contains("nothing that you may see") && !page.contains("1,500.00"), "{page}");
    }
    for wrong in ["/explore?from=soon", "/explore?of=weight", "/explore?colour=red"] {
        anybody.get(wrong).is(422);
    }
}

#[test]
fn both_sides_stand_in_the_mirror_for_them_and_for_those_who_ask() {
    let served = served(world(), None);
    let mirror = "/explore/mirror?of=carats";
    for officer in ["xa-focal-1", "xb-focal-1", "scheme-sec-1"] {
        let page = of(&served, officer, mirror);
        for part in ["gap-apart", "1,000.00", "1,500.00", ">+500<", "further apart"] {
            assert!(page.contains(part), "{officer} {part}: {page}");
        }
    }
    let other = of(&served, "xc-focal-1", mirror);
    assert!(!other.contains("1,500.00"), "a route of others: {other}");
    // What XA keeps for the secretariat is read by XA and the secretariat, not by the other side of the route.
    assert!(of(&served, "scheme-sec-1", mirror).contains("77.00"));
    assert!(of(&served, "xa-focal-1", mirror).contains("77.00"));
    assert!(!other.contains("77.00"), "{other}");
    let csv = of(&served, "scheme-sec-1", "/explore/mirror?format=csv");
    assert!(csv.contains("XA,XB,1000.00,1500.00,500.00,350000.37,540000.11,189999.74,apart\n"), "{csv}");
    assert!(csv.contains("XA,XC,77.00,,,770.11,,,one_side\n"), "{csv}");
    let counted = of(&served, "scheme-sec-1", "/explore/mirror?source=register&format=csv");
    assert!(counted.contains("XA,XB,37500.00,1500.00,-36000.00,"), "the register's own count: {counted}");
    let before = of(&served, "scheme-sec-1", "/explore/mirror?as_of=2026-05-31");
    assert!(before.contains("Nothing is on file for this question"), "what was believed then: {before}");
    let narrow = of(&served, "scheme-sec-1", "/explore/mirror?hs=7102.10&format=csv");
    assert!(!narrow.contains("XA,XB"), "{narrow}");
}

#[test]
fn flows_and_the_map_show_the_routes_of_whoever_looks() {
    let served = served(world(), None);
    let flows = of(&served, "scheme-sec-1", "/explore/flows?of=value");
    for part in ["class=\"flow part-1\"", "XA 350.77k", "Exporters", "350,000.37"] {
        assert!(flows.contains(part), "{part}: {flows}");
    }
    let map = of(&served, "xb-focal-1", "/explore/map");
    assert!(map.contains("arrow-head") && map.contains("XA → XB") || map.contains("XA to XB"), "{map}");
    assert!(!of(&served, "xc-focal-1", "/explore/map").contains("class=\"arrow\""));
    let bands = of(&served, "scheme-sec-1", "/explore/bands");
    assert!(bands.contains("7102.31"), "trade is shared with officers: {bands}");
    assert!(
        !served.browser().get("/explore/bands").is(200).text().contains("7102.31</td>"),
        "and with nobody else"
    );
}
