//! Messages as people meet them: the bell, the page, the setting, a mail that really goes, the outbox; and a node for training.

use kp_testkit::smtp::Smtp;

use crate::{acting::unlocked, api::session, browser::served, endpoints::filled, pages::pages, world::World};

#[test]
fn somebody_asks_for_mail_is_written_to_and_the_administrator_sees_that_it_went() {
    let world = World::founded();
    let server = Smtp::start();
    world.put(
        "mail.toml",
        &format!(
            "host = \"127.0.0.1\"\nport = {}\nsecurity = \"none\"\nfrom = \"kpcs <kpcs@office.example>\"\n",
            server.address().port()
        ),
    );
    let served = served(world, None);
    let mut importer = unlocked(&served, "xb-importer-1");
    let page = importer.get("/messages").is(200).text();
    assert!(page.contains("Nothing yet") && !page.contains("no mail server"), "{page}");
    let wrong = [("address", "nobody"), ("cadence", "instant"), ("language", "fr")];
    let again = importer.post("/messages/settings", &wrong).is(422).text();
    assert!(
        again.contains("value=\"nobody\"") && again.contains("does not read as an e-mail address"),
        "{again}"
    );
    let right = [("address", "g.importer@office.example"), ("cadence", "instant"), ("language", "fr")];
    importer.post("/messages/settings", &right).is(303);
    let number = served.world.depart("XA-A-1", "7102.31 1200.00 420000.00");
    // The post goes round by itself while the node serves.
    let mail = server.next();
    assert!(mail.to == ["g.importer@office.example"] && mail.text.contains(&number), "{}", mail.text);
    let desk = importer.get("/").is(200).text();
    assert!(desk.contains("aria-label=\"Messages: 1 new\""), "the bell counts");
    let page = importer.get("/messages").is(200).text();
    assert!(page.contains(&format!("Certificate {number} has left for you")), "{page}");
    let newest = crate::browser::between(&page, "name=\"up_to\" value=\"", "\"").expect("a button");
    importer.post("/messages/read", &[("up_to", &newest)]).is(303);
    assert!(importer.get("/").text().contains("aria-label=\"Messages\""));
    let mut program = served.browser();
    let token = session(&mut program, "xb-admin-1");
    let bearer = format!("Bearer {token}");
    let sent = || {
        let mut program = served.browser();
        program.send("GET", "/api/outbox", &[("authorization", &bearer)], "").is(200).json()
    };
    // The server has taken it; that it did is written down right after.
    let row = std::iter::repeat_with(sent)
        .take(2_000)
        .map(|all| all["outgoing"][0].clone())
        .find(|row| row["state"] == "sent");
    let row = row.expect("it is sent");
    assert_eq!((&row["officer"], &row["tries"]), (&"xb-importer-1".into(), &1.into()), "{row}");
    let other = session(&mut program, "xa-admin-1");
    let seen = program
        .send("GET", "/api/outbox", &[("authorization", &format!("Bearer {other}"))], "")
        .is(200)
        .json();
    assert_eq!(
        seen["outgoing"].as_array().map(Vec::len),
        Some(0),
        "another body's mail is not theirs to see"
    );
    assert!(
        unlocked(&served, "xb-admin-1").get("/outbox").is(200).text().contains("g.importer@office.example")
    );
}

#[test]
fn a_webhook_is_set_up_by_its_officer_and_its_secret_shown_once() {
    let served = served(World::founded(), None);
    let mut importer = unlocked(&served, "xb-importer-1");
    importer.get("/messages").is(200);
    let wrong = importer.post("/messages/webhook", &[("url", "gateway"), ("kinds", "Big")]).is(422).text();
    assert_eq!(wrong.matches("class=\"error\"").count(), 2, "{wrong}");
    let made = importer
        .post("/messages/webhook", &[("url", "https://gateway.example/kpcs"), ("kinds", "shipment_departed")])
        .is(200)
        .text();
    assert!(made.contains("whsec_"), "{made}");
    let page = importer.get("/messages").is(200).text();
    assert!(page.contains("https://gateway.example/kpcs") && !page.contains("whsec_"));
    let id = crate::browser::between(&page, "name=\"webhook\" value=\"", "\"").expect("a button");
    let mut other = unlocked(&served, "xb-admin-1");
    other.get("/messages").is(200);
    other.post("/messages/end-webhook", &[("webhook", &id)]).is(404);
    importer.post("/messages/end-webhook", &[("webhook", &id)]).is(303);
    assert!(!importer.get("/messages").text().contains("gateway.example"));
}

#[test]
fn every_page_of_a_node_for_training_has_a_red_frame() {
    let served = served(World::for_training(), None);
    let mut browser = unlocked(&served, "scheme-sec-1");
    let mut framed = 0;
    for (path, _) in pages().into_iter().filter(|(path, _)| !path.starts_with("/api/")) {
        let answer = browser.get(&filled(&path));
        if answer.headers.get("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
            assert!(answer.text().contains("<body class=\"training\">"), "{path}");
            assert!(answer.text().contains("<b>TRAINING</b>"), "{path}");
            framed += 1;
        }
    }
    assert!(framed > 20, "only {framed} pages");
    assert!(browser.get("/messages").text().contains("nothing leaves it"));
    assert!(served.browser().get("/nowhere").is(404).text().contains("<body class=\"training\">"));
    let real = crate::browser::served(World::founded(), None);
    assert!(!real.browser().get("/").text().contains("training-mark"));
}
