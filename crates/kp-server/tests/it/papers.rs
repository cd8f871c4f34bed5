//! Papers beside records: in one piece and in parts over a broken link, seen by whoever sees the record, never shown raw.

use std::path::Path;

use kp_testkit::chromium::chromium;

use crate::{
    acting::unlocked,
    browser::{Answer, Browser, Served, between, served},
    world::World,
};

const PDF: &str = "%PDF-1.7 an invoice for stones\n%%EOF\n";
const TUS: (&str, &str) = ("tus-resumable", "1.0.0");
const PARTS: (&str, &str) = ("content-type", "multipart/form-data; boundary=parts");

/// A form with its token first, as the page holds it.
fn form(token: &str, fields: &[(&str, &str)], file: Option<&str>) -> String {
    let mut body = String::new();
    for (name, value) in [("token", token)].iter().chain(fields) {
        body.push_str(&format!(
            "--parts\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        ));
    }
    if let Some(file) = file {
        let head = "Content-Disposition: form-data; name=\"file\"; filename=\"../../x.html\"\r\nContent-Type: text/html";
        body.push_str(&format!("--parts\r\n{head}\r\n\r\n{file}\r\n"));
    }
    body.push_str("--parts--\r\n");
    body
}

fn begin(browser: &mut Browser, length: u64) -> Answer {
    browser.send("POST", "/uploads", &[TUS, ("upload-length", &length.to_string())], "")
}

fn part(browser: &mut Browser, address: &str, offset: u64, bytes: &str) -> Answer {
    let kind = ("content-type", "application/offset+octet-stream");
    browser.send("PATCH", address, &[TUS, kind, ("upload-offset", &offset.to_string())], bytes)
}

fn positions(served: &Served) -> u64 {
    served.world.node.db().read(kp_log::last_position).expect("the log answers")
}

/// The paper's address on the page.
fn link(page: &str) -> String {
    let rest = between(page, "/papers/", "\"").expect("a paper stands on the page");
    format!("/papers/{rest}")
}

#[test]
fn a_paper_comes_in_parts_over_a_broken_link_and_is_attached_by_one_statement() {
    let served = served(World::busy(), None);
    let mut clerk = unlocked(&served, "xa-clerk-1");
    clerk.get("/certificates/XA-000003").is(200);
    let address = begin(&mut clerk, PDF.len() as u64).is(201).headers["location"].clone();
    let answer = part(&mut clerk, &address, 0, &PDF[..10]).is(204);
    assert_eq!(
        (answer.headers["upload-offset"].as_str(), answer.headers["tus-resumable"].as_str()),
        ("10", "1.0.0")
    );
    // What the sender does not know to have arrived is not written twice.
    assert!(part(&mut clerk, &address, 0, &PDF[..10]).is(409).text().contains("10 bytes are here"));
    let answer = clerk.send("HEAD", &address, &[TUS], "").is(200);
    assert_eq!(
        (answer.headers["upload-offset"].as_str(), answer.headers["upload-length"].as_str()),
        ("10", "37")
    );
    unlocked(&served, "xa-approver-1").send("HEAD", &address, &[TUS], "").is(404);
    clerk.send("PATCH", &address, &[("upload-offset", "10")], "x").is(412);
    clerk
        .send("PATCH", &address, &[TUS, ("upload-offset", "10"), ("content-type", "text/plain")], "x")
        .is(415);
    let id = address.rsplit('/').next().expect("a name");
    let fields = [("paper_words", "Invoice 17"), ("paper_sort", "invoice"), ("upload", id)];
    let half = form(&clerk.token.clone(), &fields, None);
    let said = clerk.send("POST", "/certificates/XA-000003/papers", &[PARTS], &half).is(409).text();
    assert!(said.contains("10 of 37 bytes are here"), "{said}");
    part(&mut clerk, &address, 10, &PDF[10..]).is(204);
    part(&mut clerk, &address, 37, "more than was announced").is(413);
    let before = positions(&served);
    let whole = form(&clerk.token.clone(), &fields, None);
    let answer = clerk.send("POST", "/certificates/XA-000003/papers", &[PARTS], &whole).is(303);
    assert_eq!(answer.headers["location"], "/certificates/XA-000003#attached");
    assert_eq!(positions(&served), before + 1, "one act, one statement");
    let page = clerk.get("/certificates/XA-000003").is(200).text();
    assert!(page.contains("Invoice 17") && page.contains("Paper attached"), "{page}");
    assert_eq!(served.world.node.rebuild_check().expect("it is compared").differences, []);
}

#[test]
fn a_paper_is_had_by_those_who_see_its_record_and_never_shown_raw() {
    let served = served(World::busy(), None);
    let mut clerk = unlocked(&served, "xa-clerk-1");
    clerk.get("/certificates/XA-000003").is(200);
    let fields = [("paper_words", "<b>Waybill</b>"), ("paper_sort", "transport-paper")];
    let sent = form(&clerk.token.clone(), &fields, Some(PDF));
    clerk.send("POST", "/certificates/XA-000003/papers", &[PARTS], &sent).is(303);
    let page = clerk.get("/certificates/XA-000003").is(200).text();
    assert!(page.contains("&#60;b&#62;Waybill") && !page.contains("<b>Waybill</b></b>"), "{page}");
    let paper = format!("/certificates/XA-000003{}", link(&page));
    let mut importer = unlocked(&served, "xb-importer-1");
    let answer = importer.get(&paper).is(200);
    assert_eq!(answer.text(), PDF);
    for (name, value) in [
        ("content-type", "application/pdf"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; sandbox; frame-ancestors 'none'"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(answer.headers[name], value, "{name}");
    }
    let saved = &answer.headers["content-disposition"];
    assert!(saved.starts_with("attachment; filename=\"XA-000003-") && saved.ends_with(".pdf\""), "{saved}");
    importer.get(&format!("{paper}/small")).is(404);
    // A paper is found under its own record alone, and by nobody who may not see that.
    importer.get(&paper.replace("XA-000003", "XA-000001")).is(404);
    unlocked(&served, "xa-admin-1").get(&paper).is(403);
    served.browser().get(&paper).is(303);
    let looks = served.world.node.db().read(|tx| kp_accounts::looks::before(tx, i64::MAX, 100));
    let looks = looks.map(|all| all.iter().any(|one| one.look.what == "paper" && one.look.body == "XB"));
    assert!(looks.expect("the looks are read"), "who had it is recorded");
}

#[test]
fn what_is_no_paper_or_not_from_our_page_is_refused_and_nothing_stays() {
    let served = served(World::busy(), None);
    let mut clerk = unlocked(&served, "xa-clerk-1");
    clerk.get("/certificates/XA-000003").is(200);
    let token = clerk.token.clone();
    let fields = [("paper_words", "a page"), ("paper_sort", "letter")];
    let before = positions(&served);
    let mut send = |body: &str, headers: &[(&str, &str)]| {
        let mut all = vec![PARTS];
        all.extend(headers);
        clerk.send("POST", "/certificates/XA-000003/papers", &all, body)
    };
    let said = send(&form(&token, &fields, Some("<html><script>alert(1)</script>")), &[]).is(422).text();
    assert!(said.contains("no PDF, JPEG, PNG or TIFF"), "{said}");
    send(&form(&token, &fields, Some("%PDF-1.7 half of")), &[]).is(422);
    send(&form(&token, &fields, None), &[]).is(422);
    send(&form("guessed", &fields, Some(PDF)), &[]).is(403);
    send(&form(&token, &fields, Some(PDF)), &[("sec-fetch-site", "cross-site")]).is(403);
    // A form without words is refused by the act.
    let wordless = form(&token, &[("paper_words", " "), ("paper_sort", "letter")], Some(PDF));
    send(&wordless, &[]).is(422);
    let folder = served.world.node.keyring().expect("a folder").beside("attached").join("coming");
    assert_eq!(std::fs::read_dir(folder).expect("the folder").count(), 0, "nothing lies half");
    assert_eq!(begin(&mut clerk, 200 << 20).is(413).headers["content-type"], "text/html; charset=utf-8");
    clerk.send("POST", "/uploads", &[("upload-length", "10")], "").is(412);
    // A valuer sees no certificate; the auditor sees it and attaches nothing.
    let mut auditor = unlocked(&served, "xa-auditor-1");
    let page = auditor.get("/certificates/XA-000003").is(200).text();
    assert!(!page.contains("id=\"attach\""), "{page}");
    let token = auditor.token.clone();
    auditor
        .send("POST", "/certificates/XA-000003/papers", &[PARTS], &form(&token, &fields, Some(PDF)))
        .is(403);
    assert_eq!(positions(&served), before, "nothing was recorded");
}

#[test]
fn a_program_sends_a_file_in_parts_and_attaches_it_by_the_api() {
    let served = served(World::busy(), None);
    let mut browser = served.browser();
    let opened = serde_json::json!({ "officer": "xa-clerk-1", "passphrase": crate::world::PASSPHRASE });
    let kind = [("content-type", "application/json")];
    let token = browser.send("POST", "/api/session", &kind, &opened.to_string()).is(201).json()["token"]
        .as_str()
        .expect("a token")
        .to_owned();
    let mut program = served.browser();
    let bearer = format!("Bearer {token}");
    let mut send = |method: &str, path: &str, headers: &[(&str, &str)], body: &str| {
        let mut all = vec![("authorization", bearer.as_str()), TUS];
        all.extend(headers);
        program.send(method, path, &all, body)
    };
    let length = PDF.len().to_string();
    let address =
        send("POST", "/uploads", &[("upload-length", &length)], "").is(201).headers["location"].clone();
    send("POST", &address, &[], "").is(409);
    let kind = ("content-type", "application/offset+octet-stream");
    send("PATCH", &address, &[kind, ("upload-offset", "0")], PDF).is(204);
    let mut fields = send("POST", &address, &[], "").is(200).json();
    assert_eq!((&fields["media_type"], &fields["file_bytes"]), (&"pdf".into(), &PDF.len().into()));
    for (name, text) in [
        ("belongs_to", "certificate"),
        ("record", "XA-000003"),
        ("paper_sort", "invoice"),
        ("paper_words", "Invoice 17"),
    ] {
        fields[name] = text.into();
    }
    fields["file_bytes"] = fields["file_bytes"].to_string().into();
    served.browser().call("/api/acts/attach_paper", &token, &[], &fields).is(201);
    let said = send("GET", "/api/certificates/XA-000003", &[], "").is(200).json();
    let paper = &said["papers"][0];
    assert_eq!((&paper["paper_words"], &paper["attached_by"]), (&"Invoice 17".into(), &"xa-clerk-1".into()));
    assert_eq!(send("GET", paper["file"].as_str().expect("an address"), &[], "").is(200).text(), PDF);
}

#[test]
fn a_case_has_papers_too_and_they_are_its_own() {
    let served = served(World::busy(), None);
    let mut focal = unlocked(&served, "xa-focal-1");
    let cases = focal.get("/cases").is(200).text();
    let number = format!("C-{}", between(&cases, "/cases/C-", "\"").expect("a case"));
    focal.get(&format!("/cases/{number}")).is(200);
    let fields = [("paper_words", "Stock list of 31 December"), ("paper_sort", "other-paper")];
    let sent = form(&focal.token.clone(), &fields, Some(PDF));
    focal.send("POST", &format!("/cases/{number}/papers"), &[PARTS], &sent).is(303);
    let page = focal.get(&format!("/cases/{number}")).is(200).text();
    assert!(page.contains("Stock list of 31 December"), "{page}");
    let paper = format!("/cases/{number}{}", link(&page));
    assert_eq!(unlocked(&served, "scheme-sec-1").get(&paper).is(200).text(), PDF);
    unlocked(&served, "xb-focal-1").get(&paper).is(404);
    // The very same file again is refused with the day on which it came.
    let sent = form(&focal.token.clone(), &fields, Some(PDF));
    let said = focal.send("POST", &format!("/cases/{number}/papers"), &[PARTS], &sent).is(409).text();
    assert!(said.contains("was attached to"), "{said}");
}

/// A clerk sits at the page; gives where the node is.
fn signed_in(page: &kp_testkit::chromium::Page, served: &Served) -> String {
    let clerk = unlocked(served, "xa-clerk-1");
    let address = format!("http://{}", served.running.address());
    for pair in clerk.cookie.split("; ") {
        let (name, value) = pair.split_once('=').expect("a cookie");
        page.send("Network.setCookie", &serde_json::json!({ "name": name, "value": value, "url": address }));
    }
    address
}

#[test]
fn a_photograph_goes_on_after_the_network_was_cut() {
    let Some(browser) = chromium("papers over a broken link") else { return };
    let served = served(World::busy(), None);
    let page = browser.person();
    let address = signed_in(&page, &served);
    page.open(&format!("{address}/certificates/XA-000003"));
    // A picture of a few megabytes that does not shrink: noise.
    page.eval(
        r#"(async () => {
          const canvas = document.createElement("canvas");
          [canvas.width, canvas.height] = [1400, 900];
          const context = canvas.getContext("2d");
          const noise = context.createImageData(1400, 900);
          for (let at = 0; at < noise.data.length; at += 1024) crypto.getRandomValues(noise.data.subarray(at, at + 1024));
          for (let at = 3; at < noise.data.length; at += 4) noise.data[at] = 255;
          context.putImageData(noise, 0, 0);
          const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
          const laid = new DataTransfer();
          laid.items.add(new File([blob], "seal.png", { type: "image/png" }));
          document.querySelector(".attached details").open = true;
          document.getElementById("attach").dispatchEvent(new DragEvent("drop", { dataTransfer: laid, bubbles: true, cancelable: true }));
          window.sent = blob.size;
        })()"#,
    );
    assert_eq!(page.eval("document.getElementById('paper-file').files.length"), 1, "it was dropped");
    page.fill("#paper-words", "The seal at the airport");
    page.fill("#paper-sort", "photograph");
    // Slow enough that the cut falls into the middle.
    let slow = serde_json::json!({ "offline": false, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 900_000 });
    page.send("Network.emulateNetworkConditions", &slow);
    page.press("#attach .primary");
    page.until("document.getElementById('paper-progress').value > 0.02");
    page.network(false);
    page.until("document.getElementById('paper-said').textContent !== ''");
    let there = page.eval("document.getElementById('paper-progress').value").as_f64().expect("a number");
    assert!(there > 0.0 && there < 1.0, "it was cut in the middle: {there}");
    // Looked at from beside: the page itself leaves when it is done.
    let beside = page.beside();
    beside.open(&format!("{address}/certificates/XA-000003"));
    page.network(true);
    beside.eval(
        "new Promise((done) => { const look = async () => { \
           const text = await (await fetch(location.href)).text(); \
           if (text.includes('The seal at the airport')) done(); else setTimeout(look, 50); }; look(); })",
    );
    beside.open(&format!("{address}/certificates/XA-000003"));
    beside.until("document.querySelector('.papers img').complete");
    assert_eq!(beside.eval("document.querySelector('.papers img').naturalWidth"), 320);
    let folder = served.world.node.keyring().expect("a folder").beside("attached");
    let files = std::fs::read_dir(&folder).expect("the folder").filter_map(Result::ok);
    let kept: Vec<_> = files.filter(|entry| entry.path().is_file()).collect();
    assert_eq!(kept.len(), 1, "one file, kept once");
    let bytes = std::fs::read(kept[0].path()).expect("the file");
    assert_eq!(
        kp_sign::hex(&kp_sign::sha256(&bytes)),
        kept[0].file_name().to_string_lossy(),
        "under its hash"
    );
    assert_eq!(std::fs::read_dir(folder.join("coming")).expect("the folder").count(), 0);
}

#[test]
fn scans_show_their_first_page_and_how_many_there_are() {
    let Some(browser) = chromium("scans beside a record") else { return };
    let served = served(World::busy(), None);
    let page = browser.person();
    let address = signed_in(&page, &served);
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("../kp-attached/tests/files");
    let files = files.canonicalize().expect("the scans are there");
    // The form as it is without a script.
    page.scripts(false);
    for (name, said, has_picture) in [
        ("fax-pages.tif", "TIFF, 4 pages", true),
        ("jpeg-pages.pdf", "PDF, 3 pages", true),
        ("letter.pdf", "PDF, 2 pages. There is no picture of this paper.", false),
    ] {
        page.open(&format!("{address}/certificates/XA-000003"));
        page.eval("document.querySelector('.attached details').open = true");
        page.lay_files("#paper-file", &[&files.join(name)]);
        page.fill("#paper-words", name);
        page.fill("#paper-sort", "scan");
        let row = format!(
            "[...document.querySelectorAll('.papers li')].find((row) => row.innerText.includes('{name}'))"
        );
        page.follow("#attach .primary");
        let text = page.eval(&format!("{row}.innerText"));
        assert!(text.as_str().is_some_and(|text| text.contains(said)), "{text}");
        assert_eq!(page.eval(&format!("{row}.querySelector('img') !== null")), has_picture, "{name}");
    }
    page.scripts(true);
    page.open(&format!("{address}/certificates/XA-000003"));
    page.eval(
        "document.querySelectorAll('.papers img').forEach((picture) => { picture.loading = 'eager'; })",
    );
    page.until(
        "[...document.querySelectorAll('.papers img')].every((picture) => picture.naturalHeight === 320)",
    );
    assert_eq!(page.eval("document.querySelectorAll('.papers img').length"), 2);
    assert_eq!(page.complaints(), Vec::<String>::new());
    if let Some(folder) = std::env::var_os("KP_PICTURES") {
        page.eval("document.getElementById('attached').scrollIntoView()");
        page.picture(&Path::new(&folder).join("papers.png"));
    }
}
