//! The gate: scans become rows, exceptions first, and a form is filled only from what was found good.

use kp_log::Signer;
use kp_node::lists::{ListSigners, ListStore, Publication, RootFile, roots_from_text, roots_to_text};
use kp_sign::SigningKey;

use crate::{
    acting::unlocked,
    browser::{Answer, Browser, between, served},
    world::World,
};

/// A key that every test run makes alike.
fn signer(id: &str) -> Signer {
    let key = SigningKey::from_bytes(&kp_sign::sha256(id.as_bytes())).expect("a hash is a key");
    Signer { id: id.to_owned(), key }
}

/// XA signs its certificates under a document key, two of them have departed, and the lists of this day lie at the node.
fn world() -> World {
    let world = World::founded();
    world.document_key();
    for (application, line) in
        [("XA-A-1", "7102.31 1200.00 420000.00"), ("XA-A-2", "7102.31 300.00 90000.00")]
    {
        world.depart(application, line);
    }
    publish(&world);
    world
}

pub(crate) fn publish(world: &World) {
    let files = ["root 1", "root 2"].map(|id| RootFile { holder: id.into(), key: signer(id).key.public() });
    let text = roots_to_text(2, &files);
    let roots = roots_from_text(&text).expect("the premises of the test hold");
    let custodians = ["xa-custodian-1", "xa-custodian-2"].map(|id| {
        world.node.open_key(id, crate::world::PASSPHRASE).expect("the premises of the test hold").key
    });
    let signers = ListSigners {
        roots: ["root 1", "root 2"].map(|id| signer(id).key).to_vec(),
        custodians: custodians.to_vec(),
    };
    let Publication::Published(bundle) =
        world.node.publish_lists(None, &roots, &signers, world.now()).expect("the premises of the test hold")
    else {
        panic!("something is wanting")
    };
    let store = ListStore::at(&world.node.keyring().expect("the premises of the test hold").beside("lists"));
    store.pin(&text).expect("the premises of the test hold");
    store.keep(&bundle).expect("the premises of the test hold");
}

/// The two symbols of a certificate, as a scanner types them.
fn symbols(world: &World, number: &str) -> (String, String) {
    let copy = world
        .node
        .signed_copy(&number.parse().expect("the premises of the test hold"))
        .expect("the premises of the test hold")
        .expect("the premises of the test hold");
    (copy.credential.to_text(), copy.receipt.expect("the premises of the test hold").to_text())
}

/// The gate's form as a browser sends it, carrying on the list of the page before.
struct AtGate {
    browser: Browser,
    kept: String,
}

impl AtGate {
    fn of(browser: Browser) -> Self {
        Self { browser, kept: String::new() }
    }

    fn sends(&mut self, name: &str, text: &str) -> String {
        let part = |name: &str, text: &str| {
            format!("--parts\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
        };
        let body = format!("{}{}--parts--\r\n", part("kept", &self.kept), part(name, text));
        let kind = [("content-type", "multipart/form-data; boundary=parts")];
        let answer: Answer = self.browser.send("POST", "/gate", &kind, &body).is(200);
        let page = answer.text();
        let kept =
            between(&page, "id=\"gate-kept\" hidden aria-hidden=\"true\" tabindex=\"-1\">", "</textarea>")
                .expect("the premises of the test hold");
        self.kept =
            kept.replace("&#38;", "&").replace("&#39;", "'").replace("&#60;", "<").replace("&#62;", ">");
        page
    }
}

#[test]
fn a_good_scan_fills_the_arrival_and_a_bad_one_only_its_number() {
    let served = served(world(), None);
    let (good, receipt) = symbols(&served.world, "XA-000001");
    let (other, _) = symbols(&served.world, "XA-000002");
    let before = served.world.node.db().read(kp_log::last_position).unwrap();
    let mut gate = AtGate::of(unlocked(&served, "xb-importer-1"));
    gate.sends("scan", &good);
    let page = gate.sends("scan", &receipt);
    assert!(page.contains("<b>1 parcel</b>") && page.contains("nothing to look at first"), "{page}");
    let link = "/act/record_arrival?number=XA-000001&#38;at=XB&#38;scanned=green&#38;parcels=1&#38;importer=Harbour%20Gems%20BV";
    assert!(page.contains(link), "{page}");
    assert!(page.contains("1,200.00"), "{page}");

    // One character of another paper is changed: it stands on top, and nothing of what it says goes into a form.
    let at = other.len() - 9;
    let changed = if other.as_bytes()[at] == b'7' { "8" } else { "7" };
    let mut forged = other.clone();
    forged.replace_range(at..=at, changed);
    let page = gate.sends("scan", &forged);
    assert!(page.contains("<b>2 parcels</b>") && page.contains("1 to look at first"), "{page}");
    let exception = page.find("class=\"exception\"").expect("an exception");
    assert!(exception < page.find("<b>XA-000001</b>").unwrap(), "exceptions first: {page}");
    assert!(page.contains("/act/report_counterfeit?number=XA-000002"), "{page}");
    assert_eq!(page.matches("parcels=1").count(), 1, "only the good one fills a form: {page}");

    // The same again is said, not listed; a paper is taken off the list.
    let page = gate.sends("scan", &good);
    assert!(page.contains("It was on the list already.") && page.contains("<b>2 parcels</b>"), "{page}");
    let page = gate.sends("drop", "1");
    assert!(page.contains("<b>1 parcel</b>"), "{page}");
    let after = served.world.node.db().read(kp_log::last_position).unwrap();
    assert_eq!(after, before, "a scan was recorded");
}

#[test]
fn the_register_speaks_beside_the_code() {
    let served = served(world(), None);
    let (code, _) = symbols(&served.world, "XA-000001");
    let mut gate = AtGate::of(unlocked(&served, "xb-importer-1"));
    let arrived = [("number", "XA-000001"), ("at", "XB"), ("carats_received", "1200.00")];
    served.world.done("xb-importer-1", "record_arrival", &arrived);
    let page = gate.sends("scan", &code);
    assert!(page.contains("/act/confirm_receipt?number=XA-000001"), "{page}");
    served.world.done("xb-importer-1", "confirm_receipt", &[("number", "XA-000001"), ("at", "XB")]);
    let page = gate.sends("scan", "");
    assert!(page.contains("The register says: Confirmed.") && page.contains("1 to look at first"), "{page}");
    assert!(
        page.contains("/act/record_arrival?number=XA-000001"),
        "a second presentation is evidence: {page}"
    );
    // Nothing goes on with a paper that is not good, wherever the register has it.
    let sealed = served.world.draft("XA-A-9", "7102.31 10.00 500.00");
    served.world.done("xa-approver-1", "issue_certificate", &[("number", &sealed)]);
    let typed = gate.sends("scan", &sealed);
    assert!(
        !typed.contains("/act/validate_certificate") && !typed.contains("/act/depart_shipment"),
        "{typed}"
    );
    // At the issuer's own gate the same paper is told to be for elsewhere only where it is.
    let mut home = AtGate::of(unlocked(&served, "xa-customs-1"));
    assert!(!home.sends("scan", &code).contains("These goods go to"));
}

#[test]
fn what_cannot_be_read_is_a_row_and_never_silence() {
    let served = served(world(), None);
    let mut gate = AtGate::of(unlocked(&served, "xb-importer-1"));
    for (at, typed) in ["https://kp.example/1", "hello", "XA-000001", "<script>x</script>"].iter().enumerate()
    {
        let page = gate.sends("scan", typed);
        assert_eq!(page.matches("class=\"exception\"").count(), at + 1, "{typed}: {page}");
        assert!(!page.contains("<script>x"), "{page}");
        assert!(!page.contains("parcels="), "{page}");
    }
    // A number alone leads to a form that says so.
    let page = gate.sends("scan", "");
    assert!(page.contains("/act/record_arrival?number=XA-000001&#38;at=XB&#38;scanned=grey"), "{page}");
    let form = gate.browser.get("/act/record_arrival?number=XA-000001&at=XB&scanned=red").is(200).text();
    assert!(form.contains("The scan of this paper was red."), "{form}");
    assert!(form.contains("name=\"scanned\" value=\"red\""), "{form}");
    let again = [("number", "XA-000001"), ("at", "XB"), ("carats_received", "x"), ("scanned", "red")];
    let form = gate.browser.post("/act/record_arrival", &again).is(422).text();
    assert!(form.contains("The scan of this paper was red."), "what was found stays above: {form}");
    gate.browser.get("/act/record_arrival?scanned=nonsense").is(200);
}

#[test]
fn the_gate_is_for_those_who_work_with_certificates_and_from_our_own_page() {
    let served = served(world(), None);
    served.browser().get("/gate").is(303);
    unlocked(&served, "xa-store-1").get("/gate").is(403);
    let mut importer = unlocked(&served, "xb-importer-1");
    let elsewhere =
        [("sec-fetch-site", "cross-site"), ("content-type", "multipart/form-data; boundary=parts")];
    importer.send("POST", "/gate", &elsewhere, "--parts--").is(403);
}

/// In a browser: a scanner does not wait for pages, and nothing of what it types is lost; without scripts each scan brings
/// the page back with the list.
#[test]
fn a_scanner_types_faster_than_pages_load_and_scripts_may_be_off() {
    let Some(browser) = kp_testkit::chromium::chromium("the gate in a browser") else { return };
    let served = served(world(), None);
    let address = format!("http://{}", served.running.address());
    let (good, receipt) = symbols(&served.world, "XA-000001");
    let (other, its_receipt) = symbols(&served.world, "XA-000002");
    let person = browser.person();
    person.open(&format!("{address}/unlock"));
    person.fill("[name=officer]", "xb-importer-1");
    person.fill("[name=passphrase]", crate::world::PASSPHRASE);
    person.follow("main form button");
    let rows = "document.querySelectorAll('table.gate tbody tr').length";

    person.open(&format!("{address}/gate"));
    person.until("document.activeElement.id === 'scan'");
    for text in [&good, &receipt, &other, &its_receipt] {
        person.type_text(text);
        person.key("Enter");
    }
    person.until(&format!("{rows} === 2 && document.querySelectorAll('tr.exception').length === 0"));
    person.until("document.getElementById('gate-kept').value.split('KPR1:').length === 3");
    assert_eq!(person.eval("document.activeElement.id"), "scan", "the field is ready for the next parcel");
    assert!(person.text().contains("2 parcels"), "{}", person.text());

    person.scripts(false);
    person.open(&format!("{address}/gate"));
    for (at, text) in [&good, &receipt, &other].into_iter().enumerate() {
        person.press("#scan");
        person.type_text(text);
        person.enter();
        let expected = if at < 2 { 1 } else { 2 };
        assert_eq!(person.eval(rows), expected, "after scan {at}: {}", person.text());
    }
    person.follow("tr:last-child button[name=drop]");
    assert_eq!(person.eval(rows), 1);
}
