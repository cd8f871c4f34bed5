//! The browser does what the pages of a test ask of it.

use kp_testkit::chromium::chromium;

const FORM: &str = "data:text/html,<title>first</title><form action='about:blank'><label>Name <input id=name></label>\
                    <select id=kind><option value=a>A<option value=b>B</select><button id=go type=button>Go</button>\
                    <p id=said></p></form><script>\
                    go.onclick = () => { said.textContent = name.value + '/' + kind.value; }</script>";

fn name_of(page: &kp_testkit::chromium::Page) -> String {
    page.eval("document.getElementById('name').value").as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_person_types_presses_and_reads() {
    let Some(browser) = chromium("pages in a browser") else { return };
    let page = browser.person();
    page.open(FORM);
    page.fill("#kind", "b");
    page.eval("document.getElementById('name').focus()");
    page.type_text("Zoé");
    assert_eq!(name_of(&page), "Zoé");
    page.eval("document.getElementById('go').onclick = () => { document.getElementById('said').textContent = 'done' }");
    page.press("#go");
    page.until("document.getElementById('said').textContent === 'done'");
    assert!(page.text().contains("done"), "{}", page.text());
    assert!(page.has("#go") && !page.has("#nothing"));
}

#[test]
fn the_keyboard_goes_from_field_to_field() {
    let Some(browser) = chromium("pages in a browser") else { return };
    let page = browser.person();
    page.open(FORM);
    for expected in ["name", "kind", "go"] {
        page.key("Tab");
        assert_eq!(page.eval("document.activeElement.id"), expected);
    }
}

#[test]
fn without_scripts_nothing_happens_and_a_picture_is_a_picture() {
    let Some(browser) = chromium("pages in a browser") else { return };
    let page = browser.person();
    page.scripts(false);
    page.size(390, 800);
    page.open("data:text/html,<meta name=viewport content=width=device-width><p id=said>still</p><script>said.textContent = 'changed'</script>");
    assert_eq!(page.text(), "still");
    let file = std::env::temp_dir().join(format!("kp-testkit-picture-{}.png", std::process::id()));
    page.picture(&file);
    let bytes = std::fs::read(&file).expect("the picture");
    std::fs::remove_file(&file).expect("the picture can be removed");
    assert_eq!(bytes.get(..8), Some(b"\x89PNG\r\n\x1a\n".as_slice()));
    assert_eq!(bytes.get(16..20), Some(390_u32.to_be_bytes().as_slice()), "as wide as the telephone");
}

#[test]
fn what_a_page_complains_of_is_heard() {
    let Some(browser) = chromium("pages in a browser") else { return };
    let page = browser.person();
    page.open("data:text/html,<script>nobody.there()</script>");
    let complaints = page.complaints();
    assert!(complaints.iter().any(|said| said.contains("nobody")), "{complaints:?}");
}

#[test]
fn another_person_has_other_cookies() {
    let Some(browser) = chromium("pages in a browser") else { return };
    let (one, other) = (browser.person(), browser.person());
    let cookies = |page: &kp_testkit::chromium::Page| {
        page.send("Network.getCookies", &serde_json::json!({"urls": ["http://127.0.0.1/"]}))["cookies"]
            .to_string()
    };
    let cookie = serde_json::json!({"name": "who", "value": "one", "url": "http://127.0.0.1/"});
    one.send("Network.setCookie", &cookie);
    assert!(cookies(&one).contains("who"));
    assert!(cookies(&one.beside()).contains("who"), "a page beside is the same person");
    assert!(!cookies(&other).contains("who"));
}
