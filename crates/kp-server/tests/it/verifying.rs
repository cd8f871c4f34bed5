//! Verifying by page and by API: anybody may ask, in three languages, and nothing is recorded.

use serde_json::json;

use crate::{browser::served, world::World};

/// A form with a file, as browsers send it.
fn multipart(fields: &[(&str, &str)]) -> String {
    let part = |(name, value): &(&str, &str)| {
        format!("--parts\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let mut body: String = fields.iter().map(part).collect();
    body.push_str(
        "--parts\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n--parts--\r\n",
    );
    body
}

const PARTS: [(&str, &str); 1] = [("content-type", "multipart/form-data; boundary=parts")];

#[test]
fn whoever_asks_gets_a_sentence_in_the_language_asked_for() {
    let served = served(World::busy(), None);
    let before = served.world.node.db().read(kp_log::last_position).unwrap();
    let mut browser = served.browser();
    for (lang, title, none) in [
        ("en", "Verify a certificate", "Trust data: none on this device."),
        ("fr", "Vérifier un certificat", "Données de confiance : aucune sur cet appareil."),
        ("pt", "Verificar um certificado", "Dados de confiança"),
    ] {
        let page = browser.get(&format!("/verify?lang={lang}")).is(200).text();
        assert!(page.contains(&format!("<h1>{title}</h1>")) && page.contains(none), "{lang}: {page}");
        assert!(page.contains(&format!("<html lang=\"{lang}\" dir=\"ltr\">")), "{lang}");
    }
    browser.get("/verify?lang=xx").is(422);
    let typed =
        [("lang", "fr"), ("codes", "https://kp.example/XA-000001"), ("number", ""), ("check_code", "")];
    let page = browser.send("POST", "/verify", &PARTS, &multipart(&typed)).is(200).text();
    assert!(page.contains("class=\"verdict unknown\"") || page.contains("class=\"verdict odd\""), "{page}");
    assert!(page.contains("Vérifier un autre certificat"), "{page}");
    // A form that was cut off on its way is explained.
    let cut = browser.send("POST", "/verify", &PARTS, "--parts\r\nContent-Disposition: form").is(400).text();
    assert!(cut.contains("could not be read"), "{cut}");
    assert_eq!(served.world.node.db().read(kp_log::last_position).unwrap(), before, "something was recorded");
}

#[test]
fn whoever_types_a_web_address_is_told_what_to_type() {
    let served = served(World::busy(), None);
    let mut browser = served.browser();
    let mut ask = |lang: &str, codes: &str| {
        browser
            .send("POST", "/verify", &PARTS, &multipart(&[("lang", lang), ("codes", codes)]))
            .is(200)
            .text()
    };
    for (lang, said) in [
        ("en", "anybody can print one. The number in it, XA-000001, was put below"),
        ("fr", "Le numéro qu&#39;elle contient, XA-000001, a été repris ci-dessous"),
        ("pt", "O número que ele contém, XA-000001, foi posto em baixo"),
    ] {
        let page = ask(lang, "https://kp.example/certificates/XA-000001");
        assert!(
            page.contains(said) && page.contains("name=\"number\" value=\"XA-000001\""),
            "{lang}: {page}"
        );
        assert!(
            !page.contains("picture.</p>") && !page.contains("<a href=\"https://kp.example"),
            "{lang}: {page}"
        );
    }
    let page = ask("en", "www.kp.example");
    assert!(page.contains("Scan the two codes on the paper, or type its number"), "{page}");
    // An address that holds a code is read as the code, and nothing is said of addresses.
    let page = ask("en", "https://kp.example/verify?code=KPC1%3ABB8");
    assert!(!page.contains("web address") && page.contains("class=\"verdict "), "{page}");
    // Something else altogether.
    let page = ask("en", "a book");
    assert!(page.contains("This is not a KP code") && !page.contains("web address"), "{page}");
}

#[test]
fn programs_get_keys_that_do_not_change_with_the_language() {
    let served = served(World::busy(), None);
    let mut browser = served.browser();
    let kind = [("content-type", "application/json")];
    let mut ask = |body: serde_json::Value, status: u16| {
        browser.send("POST", "/api/verify", &kind, &body.to_string()).is(status).json()
    };
    let german = ask(json!({"codes": ["KPC1:NCFOXN"], "language": "de"}), 422);
    assert!(german.to_string().contains("write en, fr or pt"), "{german}");
    assert!(ask(json!({"number": "XA-000001"}), 422).to_string().contains("together"));
    let reasons: Vec<String> = ["en", "fr", "pt"]
        .into_iter()
        .map(|language| {
            let said = ask(json!({"codes": ["KPC1:NCFOXN"], "language": language}), 200);
            said["verdicts"][0]["reason"].as_str().unwrap().to_owned()
        })
        .collect();
    assert!(reasons.iter().all(|reason| reason == "not-in-form"), "{reasons:?}");
    let typed = ask(json!({"number": "xa 1", "check_code": "8000-0000-00-T"}), 200);
    assert_eq!(typed["verdicts"][0]["state"], "grey", "{typed}");
}

#[test]
fn a_sheet_is_to_be_had_once_its_print_is_recorded() {
    let served = served(World::busy(), None);
    let mut browser = crate::acting::unlocked(&served, "xa-clerk-1");
    let none = browser.get("/certificates/XA-000001/sheets/1").is(404).text();
    assert!(none.contains("No print 1 of XA-000001 is recorded"), "{none}");
    browser.get("/certificates/XA-000999/slip").is(404);
}

#[test]
fn a_form_of_paper_is_shown_only_under_its_hash() {
    let served = served(World::busy(), None);
    let mut browser = served.browser();
    let pictures = served.world.node.keyring().unwrap().beside("lists").join("pictures");
    std::fs::create_dir_all(&pictures).unwrap();
    let hash = "0a".repeat(32);
    browser.get(&format!("/verify/papers/{hash}")).is(404);
    std::fs::write(pictures.join(&hash), b"\x89PNG and so on").unwrap();
    let picture = browser.get(&format!("/verify/papers/{hash}")).is(200);
    assert_eq!(picture.headers["content-type"], "image/png");
    for elsewhere in ["..%2F..%2Fkpcs.db", "0A", &"0A".repeat(32)] {
        browser.get(&format!("/verify/papers/{elsewhere}")).is(404);
    }
}
