//! A printed certificate before a living camera: a film of it, held as hands hold paper, is read by the verifier that a phone
//! keeps, after its node is gone, and at the gate.

use std::{path::Path, process::Command};

use kp_testkit::{
    Missing,
    chromium::chromium_filming,
    film::{Film, Held, Sheet},
    find_program, skipped,
};

use crate::{
    acting::unlocked,
    browser::{Served, served},
    gate::publish,
    world::World,
};

/// Dots per inch of the sheet under the camera; the smallest module is then eight wide.
const DENSITY: &str = "600";

/// Where the symbols are on the sheet, in parts of its sides: the middle between both, the left one, the right one.
const SYMBOLS: (f64, f64) = (0.30, 0.774);
const LEFT: (f64, f64) = (0.19, 0.774);
const RIGHT: (f64, f64) = (0.41, 0.774);

/// A certificate that was signed, printed and has left, known to the lists.
fn departed() -> World {
    let world = World::founded();
    world.document_key();
    let number = world.draft("XA-A-1", "7102.31 1200.00 420000.00");
    world.done("xa-approver-1", "issue_certificate", &[("number", &number)]);
    let weighed = [("number", number.as_str()), ("carats_weighed", "1200.00"), ("seals", "77120-A")];
    world.done("xa-customs-1", "validate_certificate", &weighed);
    world.done("xa-clerk-1", "print_certificate", &[("number", &number)]);
    world.done("xa-customs-1", "depart_shipment", &[("number", &number)]);
    publish(&world);
    world
}

/// Its sheet as the printer lays it down; nothing where no program draws PDF files.
fn sheet(served: &Served, folder: &Path) -> Option<Sheet> {
    if find_program("pdftoppm").is_none() {
        let missing = Missing {
            reason: "pdftoppm was not found".to_owned(),
            remedy: "apt-get install poppler-utils".to_owned(),
        };
        skipped("a certificate before a camera", &missing);
        return None;
    }
    let pdf = unlocked(served, "xa-clerk-1").get("/certificates/XA-000001/sheets/1").is(200).bytes;
    let (file, drawn) = (folder.join("sheet.pdf"), folder.join("sheet"));
    std::fs::write(&file, pdf).expect("the sheet is written");
    let status = Command::new("pdftoppm")
        .args(["-r", DENSITY, "-gray", "-singlefile"])
        .args([&file, &drawn])
        .status()
        .expect("pdftoppm starts");
    assert!(status.success(), "pdftoppm draws the sheet");
    Some(Sheet::from_pgm(&std::fs::read(drawn.with_extension("pgm")).expect("the drawn sheet")))
}

/// What a hand does with the paper, frame by frame: far away, nearer and not yet sharp, then both symbols at arm's length,
/// turned a little and never quite still, then each of them close.
fn handled(sheet: &Sheet) -> Film {
    let mut film = Film::new(1280, 720);
    let far = Held { middle: (0.5, 0.5), width: 2.2, turned: 4.0, blur: 1 };
    for frame in 0..4 {
        film.show(sheet, Held { turned: 4.0 - f64::from(frame), ..far });
    }
    for blur in [4, 3, 2] {
        film.show(sheet, Held { middle: SYMBOLS, width: 0.65, turned: 3.0, blur });
    }
    for frame in 0..12 {
        let shake = f64::from(frame % 3) * 0.004;
        let middle = (SYMBOLS.0 + shake, SYMBOLS.1 - shake);
        film.show(sheet, Held { middle, width: 0.55, turned: 2.5 - f64::from(frame) / 4.0, blur: 1 });
    }
    film
}

/// Only one symbol at a time is in the picture, as for somebody who holds the paper close.
fn one_by_one(sheet: &Sheet) -> Film {
    let mut film = Film::new(640, 480);
    for middle in [LEFT, RIGHT] {
        for frame in 0..15 {
            film.show(sheet, Held { middle, width: 0.22, turned: f64::from(frame % 5) - 2.0, blur: 1 });
        }
    }
    film
}

/// Writes a film where the browser finds it.
fn kept(film: &Film, folder: &Path) -> std::path::PathBuf {
    let file = folder.join("camera.y4m");
    std::fs::write(&file, film.bytes()).expect("the film is written");
    file
}

/// Collects everything that the page says from now on.
const LISTEN: &str = "(window.kpSaid = [], new MutationObserver(() => kpSaid.push(document.getElementById('said').textContent))\
                      .observe(document.getElementById('said'), { childList: true }), 0)";

#[test]
fn a_phone_without_a_network_reads_a_paper_that_is_held_before_its_camera() {
    let folder = tempfile::tempdir().expect("a folder");
    let served = served(departed(), None);
    let Some(sheet) = sheet(&served, folder.path()) else { return };
    let film = kept(&handled(&sheet), folder.path());
    let Some(browser) = chromium_filming("the verifier's camera", &film) else { return };
    let page = browser.person();
    let now = served.world.now();
    crate::verifier::opened(&served, &page, &now.to_string());
    let address = page.address();
    served.running.stop();
    page.open(&address);
    page.until("document.documentElement.dataset.ready === 'kept'");
    page.press("#camera");
    page.until("document.querySelector('.verdict')?.dataset.reason === 'good'");
    let facts = page.eval("document.querySelector('.verdict .facts').innerText");
    assert!(facts.as_str().is_some_and(|facts| facts.contains("1,200.00")), "{facts}");
    // Both codes were read, so the camera is off, and its light with it.
    page.until(
        "document.getElementById('video').hidden && document.getElementById('video').srcObject === null",
    );
    assert_eq!(page.eval("document.getElementById('camera').hidden"), false);
    let mut complaints = page.complaints();
    complaints.retain(|said| !said.contains("ERR_CONNECTION_REFUSED"));
    assert_eq!(complaints, Vec::<String>::new(), "but that the node is gone");
}

#[test]
fn two_codes_are_read_one_after_the_other_and_the_camera_can_be_stopped() {
    let folder = tempfile::tempdir().expect("a folder");
    let served = served(departed(), None);
    let Some(sheet) = sheet(&served, folder.path()) else { return };
    let film = kept(&one_by_one(&sheet), folder.path());
    let Some(browser) = chromium_filming("the verifier's camera", &film) else { return };
    let page = browser.person();
    crate::verifier::opened(&served, &page, &served.world.now().to_string());
    page.eval(LISTEN);
    page.press("#camera");
    page.until(
        "document.querySelector('.verdict .facts') !== null && document.getElementById('video').hidden",
    );
    let said = page.eval("kpSaid");
    let has = |sentence: &str| said.as_array().is_some_and(|all| all.iter().any(|said| said == sentence));
    assert!(has("Hold the left code before the camera, then the right one."), "{said}");
    assert!(has("One code was read. Now the other one."), "{said}");
    let codes = page
        .eval("document.getElementById('codes').value.split('\\n').map((code) => code.slice(0, 5)).sort()");
    assert_eq!(codes, serde_json::json!(["KPC1:", "KPR1:"]));
    // Stopped before anything was seen, it is off at once and says nothing more.
    page.press("#clear");
    page.press("#camera");
    page.until("document.getElementById('video').srcObject?.active === true");
    page.eval("window.kpTrack = document.getElementById('video').srcObject.getTracks()[0]");
    page.press("#camera-stop");
    page.until("kpTrack.readyState === 'ended' && document.getElementById('video').srcObject === null");
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn a_desk_without_a_scanner_reads_with_its_camera() {
    let folder = tempfile::tempdir().expect("a folder");
    let served = served(departed(), Some(World::demo()));
    let Some(sheet) = sheet(&served, folder.path()) else { return };
    let film = kept(&one_by_one(&sheet), folder.path());
    let Some(browser) = chromium_filming("the gate's camera", &film) else { return };
    let page = browser.person();
    let base = format!("http://{}", served.running.address());
    page.open(&base);
    page.fill("#act-as", "xb-importer-1");
    page.follow(".who form button");
    page.open(&format!("{base}/gate"));
    page.press("#gate-camera");
    // One row, and it is good: certificate and receipt found each other.
    page.until("document.querySelectorAll('table.gate tbody tr').length === 1 && document.querySelector('table.gate .chip.good')");
    assert!(page.text().contains("XA-000001") && page.text().contains("1,200.00"), "{}", page.text());
    // It goes on for the next paper; the same paper is no second row.
    assert_eq!(page.eval("document.getElementById('gate-video').srcObject.active"), true);
    page.press("#gate-camera");
    page.until("document.getElementById('gate-video').srcObject === null && document.getElementById('gate-video').hidden");
    assert_eq!(page.eval("document.querySelectorAll('table.gate tbody tr').length"), 1);
    assert_eq!(page.complaints(), Vec::<String>::new());
}
