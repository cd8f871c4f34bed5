//! Returns and pictures in a real browser: a file is laid into its field with scripts switched off, mended, commented and
//! declared; pictures are reached with the keyboard, fit a telephone, and differ in light and dark.

use kp_testkit::chromium::{Page, chromium};

use crate::{
    browser::{Served, served},
    world::World,
};

/// A demonstration, because nobody types two factors here: the switch of officers is a form like others.
fn demonstration() -> Served {
    let world = World::busy();
    world.set("2026-06-01T08:00:00Z");
    let declare = |by: &str, code: &str, table: &str, figure: &str| {
        let fields = [
            ("participant", code),
            ("table", table),
            ("period", "2026-Q1"),
            ("figures", figure),
            ("forced", "differs_from_register: invented"),
        ];
        world.done(by, "declare_return", &fields);
    };
    declare("xa-focal-1", "XA", "exports", "XB 7102.31 1000.00 350000.37");
    declare("xb-focal-1", "XB", "imports", "XA 7102.31 1500.00 540000.11");
    served(world, Some(World::demo()))
}

fn acts_as(page: &Page, base: &str, officer: &str) {
    page.open(base);
    page.fill("#act-as", officer);
    page.follow(".who form button");
}

#[test]
fn a_return_is_brought_and_declared_without_scripts() {
    let Some(browser) = chromium("returns in a browser") else { return };
    let served = demonstration();
    let base = format!("http://{}", served.running.address());
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("q2.csv");
    let text = "Exports of Examplia\nPartner;HS;Carats;Value US$\nXB;7102.31;1 010,00;353 000,21\nXB;7102.10;5,00;-\n";
    std::fs::write(&file, text).expect("the file is written");

    let page = browser.person();
    page.scripts(false);
    served.world.set("2026-08-03T08:00:00Z");
    acts_as(&page, &base, "xa-focal-1");
    let bring = |period: &str| {
        page.open(&format!("{base}/returns"));
        page.lay_files("#file", &[&file]);
        page.fill("#table", "exports");
        page.fill("#period", period);
        page.follow("form.act button.primary");
    };
    bring("2026-Q2");
    assert!(page.text().contains("Something must be mended first"), "{}", page.text());
    assert!(page.has("a[href$='/marked.xlsx']") && page.has("#row-3") && !page.has("#reason"));
    assert_eq!(page.complaints(), Vec::<String>::new());

    std::fs::write(&file, text.replace("XB;7102.10;5,00;-\n", "")).expect("the file is written");
    bring("2026-Q2");
    assert!(page.text().contains("XB 7102.31"), "{}", page.text());
    page.fill("form.comment input[name=words]", "two parcels of the last week are in it");
    page.follow("form.comment button");
    assert!(page.has("form.comment input[value^='two parcels']"));
    for rule in ["differs_from_register", "round_unit_value", "same_as_before"] {
        let field = format!("#force-{rule}");
        if page.has(&field) {
            page.fill(&field, "as the books say");
        }
    }
    page.follow("form[action$='/submit'] button.primary");
    assert!(page.address().contains("/receipts/"), "{}\n{}", page.address(), page.text());
    page.open(&format!("{base}/statistics/returns"));
    assert!(page.text().contains("two parcels of the last week are in it"), "{}", page.text());
}

#[test]
fn pictures_are_reached_with_the_keyboard_and_fit_a_telephone() {
    let Some(browser) = chromium("pictures in a browser") else { return };
    let served = demonstration();
    let base = format!("http://{}", served.running.address());
    let page = browser.person();
    acts_as(&page, &base, "scheme-sec-1");
    page.open(&format!("{base}/explore/mirror"));
    // From the last control of the filter on, the next place for the keyboard is the first cell.
    page.eval("document.querySelector('form.filter a').focus()");
    page.key("Tab");
    let at = page.eval("document.activeElement.querySelector('title').textContent");
    let at = at.as_str().unwrap_or_default();
    assert!(at.contains("XA to XB") && at.contains("1,500.00"), "{at}");
    page.enter();
    assert!(page.address().contains("/statistics/trade?participant=XA"), "{}", page.address());

    for path in ["/explore", "/explore/bands", "/explore/mirror", "/explore/flows", "/explore/map"] {
        page.size(390, 900);
        page.open(&format!("{base}{path}"));
        let over = page.eval("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assert_eq!(over, 0, "{path} is wider than a telephone");
        page.size(1280, 900);
        assert_eq!(page.complaints(), Vec::<String>::new(), "{path}");
    }
    page.open(&format!("{base}/explore/map"));
    let land = |scheme: &str| {
        page.theme(scheme);
        page.eval("getComputedStyle(document.querySelector('svg .land')).fill").to_string()
    };
    assert_ne!(land("light"), land("dark"), "the map has its colours from the sheet");
    let named = "[...document.querySelectorAll('.explore svg:not([aria-hidden])')].every(svg => svg.querySelector('title') && svg.querySelector('desc'))";
    assert_eq!(page.eval(named), true);
}
