//! One certificate from application to confirmation, by seven people who never sit at the same desk, in a real browser:
//! in English with scripts, in French, and with scripts switched off. Each signs in with two factors, finds the work on
//! their own desk or takes the next step that a page offers, and types only what the step asks.

use kp_testkit::chromium::{Chromium, Page, chromium};

use crate::{
    browser::{Served, served},
    sign_in::{Person, joined},
    world::World,
};

/// How somebody's browser is set up.
#[derive(Clone, Copy)]
struct Setup {
    language: &'static str,
    scripts: bool,
}

/// Words that the page of each step shows in that language.
struct Said {
    sign_out: &'static str,
    receipt: &'static str,
    confirmed: &'static str,
}

const ENGLISH: Said = Said { sign_out: "Sign out", receipt: "Recorded", confirmed: "Confirmed" };
const FRENCH: Said = Said { sign_out: "Se déconnecter", receipt: "Enregistr", confirmed: "Confirmé" };

/// Somebody at a desk of their own, with everything that went wrong on the pages they saw.
struct Desk<'a> {
    served: &'a Served,
    page: Page,
    base: String,
    said: &'static Said,
}

/// A world whose law asks for one value, with a document key and a second importing officer.
fn world() -> World {
    let world = World::founded();
    world.name("xb-admin-1", "XB", "xb-importer-2", &["importer"]);
    world.name("xa-admin-1", "XA", "xa-clerk-2", &["clerk"]);
    world.done(
        "xa-admin-1",
        "set_national_rule",
        &[
            ("participant", "XA"),
            ("rule", "valuations-required"),
            ("value", "1"),
            ("effective_from", "2026-01-01"),
            ("legal_act", "Diamond Act, s. 9"),
        ],
    );
    world.document_key();
    world
}

/// Signs somebody in on the page, at a machine of their own.
pub(crate) fn sign_in_on(page: &Page, base: &str, served: &Served, person: &Person) {
    page.open(&format!("{base}/sign-in"));
    fill_in(page, served, person);
}

fn fill_in(page: &Page, served: &Served, person: &Person) {
    served.world.pass(31);
    page.fill("#officer", &person.id);
    page.fill("#password", crate::sign_in::PASSWORD);
    page.fill("#factor", &person.digits(served));
    page.press("input[name=place][value=personal]");
    page.follow("form.act button.primary");
}

impl<'a> Desk<'a> {
    /// Signs in on the page, in the language and with or without scripts.
    fn of(browser: &Chromium, served: &'a Served, person: &Person, setup: Setup) -> Self {
        let page = browser.person();
        page.scripts(setup.scripts);
        let said = if setup.language == "fr" { &FRENCH } else { &ENGLISH };
        let desk = Self { served, page, base: format!("http://{}", served.running.address()), said };
        desk.page.open(&format!("{}/sign-in", desk.base));
        if setup.language != "en" {
            desk.page.follow(&format!("form.languages button[value={}]", setup.language));
        }
        fill_in(&desk.page, served, person);
        desk.page.open(&desk.base);
        assert!(desk.page.text().contains(said.sign_out), "{} is not in: {}", person.id, desk.page.text());
        assert_eq!(desk.page.eval("document.documentElement.lang"), setup.language);
        desk
    }

    /// Takes the step up from the desk's queue, where it waits with its button.
    fn takes_up(&self, act: &str) -> &Self {
        self.page.open(&self.base);
        self.page.follow(&format!("main a.button[href^='/act/{act}']"));
        self
    }

    /// Opens the form of an act that begins something.
    fn begins(&self, act: &str) -> &Self {
        self.page.open(&format!("{}/act/{act}", self.base));
        self
    }

    /// Types into the fields and does it. What comes back is the receipt.
    fn does(&self, typed: &[(&str, &str)]) {
        for (name, value) in typed {
            let value_quoted = serde_json::Value::from(*value);
            let radio = format!("input[type=radio][name='{name}'][value={value_quoted}]");
            if self.page.has(&radio) {
                self.page.press(&radio);
            } else {
                self.page.fill(&format!("form.act [name='{name}']"), value);
            }
        }
        self.page.follow("form.act button.primary");
        let text = self.page.text();
        assert!(self.page.address().contains("/receipts/"), "{}\n{text}", self.page.address());
        assert!(text.contains(self.said.receipt), "{text}");
        let complaints = self.page.complaints();
        assert!(complaints.is_empty(), "{complaints:?}");
        // Work takes time; so does the next time code.
        self.served.world.pass(60);
    }
}

fn one_certificate(setup: Setup) {
    let Some(browser) = chromium("a certificate's life by seven people in a browser") else { return };
    let served = served(world(), None);
    let at_the_desk_of = |id: &str| Desk::of(&browser, &served, &joined(&served, id), setup);

    let clerk = at_the_desk_of("xa-clerk-1");
    clerk.begins("open_lot").does(&[
        ("lot", "XA-L-1"),
        ("application", "XA-A-1"),
        ("licence_number", "XA-EXP-7"),
        ("goods", "7102.31 large 1200.00"),
    ]);
    let weighed = |point| {
        [("lot", "XA-L-1"), ("point", point), ("carats", "1200.00"), ("scale", "scale 3, checked 2026-01-15")]
    };
    clerk.begins("record_weighing").does(&weighed("reception"));
    let valuer = at_the_desk_of("xa-valuer-1");
    valuer.begins("record_weighing").does(&weighed("valuation"));
    valuer.begins("submit_value").does(&[
        ("lot", "XA-L-1"),
        ("party", "government"),
        ("values", "7102.31 large 420000.00"),
    ]);
    clerk.begins("apply_for_certificate").does(&[
        ("application", "XA-A-1"),
        ("licence_number", "XA-EXP-7"),
        ("importer", "Société d'Exploitation de l'Été"),
        ("importer_address", "5 Quay Street"),
        ("destination", "XB"),
        ("origin", "XA"),
        ("parcels", "1"),
        ("lines.word", "7102.31"),
        ("lines.carats", "1200.00"),
        ("lines.value", "420000.00"),
        ("declared_by", "M. Exporter"),
    ]);
    let second_clerk = at_the_desk_of("xa-clerk-2");
    second_clerk.takes_up("draft_certificate").does(&[]);
    at_the_desk_of("xa-approver-1").takes_up("issue_certificate").does(&[]);
    let customs = at_the_desk_of("xa-customs-1");
    customs.takes_up("validate_certificate").does(&[("carats_weighed", "1200.00"), ("seals", "77120-A")]);

    second_clerk.page.open(&format!("{}/certificates/XA-000001", second_clerk.base));
    second_clerk.page.follow("a[href^='/act/print_certificate']");
    second_clerk.does(&[]);
    second_clerk.page.open(&format!("{}/certificates/XA-000001", second_clerk.base));
    assert!(second_clerk.page.has("a[href='/certificates/XA-000001/sheets/1']"), "the sheet is to be had");

    customs.takes_up("depart_shipment").does(&[]);
    at_the_desk_of("xb-importer-1").takes_up("record_arrival").does(&[("carats_received", "1200.00")]);
    let importer = at_the_desk_of("xb-importer-2");
    importer.takes_up("confirm_receipt").does(&[]);
    importer.page.open(&format!("{}/certificates/XA-000001", importer.base));
    let text = importer.page.text();
    assert!(text.contains(importer.said.confirmed), "{text}");
    assert!(text.contains("Société d'Exploitation de l'Été"), "{text}");
    assert!(importer.page.has("a[href='/certificates/XA-000001/slip']"), "the slip is to be had");

    let number = "XA-000001".parse().expect("a number");
    let found = served.world.node.db().read(|tx| kp_trade::certificate_by_number(tx, &number));
    let state = found.expect("the database answers").expect("it is there").state;
    assert_eq!(state, kp_trade::CertificateState::Confirmed);
}

#[test]
fn seven_people_carry_a_certificate_from_application_to_confirmation() {
    one_certificate(Setup { language: "en", scripts: true });
}

#[test]
fn the_same_in_french() {
    one_certificate(Setup { language: "fr", scripts: true });
}

#[test]
fn the_same_with_scripts_switched_off() {
    one_certificate(Setup { language: "en", scripts: false });
}
