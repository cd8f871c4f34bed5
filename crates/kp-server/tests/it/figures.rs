//! Confirmations from outside, returns, reconciliation and downloads, as a person and a program see them.

use serde_json::json;

use crate::{
    browser::{Browser, served},
    world::{PASSPHRASE, World},
};

fn session(browser: &mut Browser, officer: &str) -> String {
    let body = json!({"officer": officer, "passphrase": PASSPHRASE});
    browser.call("/api/session", "", &[], &body).is(201).json()["token"].as_str().expect("a token").to_owned()
}

/// XA-000001 has left for XB, which has officers: what others say for it is noted.
#[test]
fn a_list_comes_by_page_and_by_program_into_one_queue() {
    let world = World::founded();
    let number = world.depart("XA-A-1", "7102.31 1200.00 420000.00");
    let served = served(world, Some(World::demo()));
    let mut browser = served.browser();
    browser.get("/").is(200);
    browser.post("/act-as", &[("officer", "xa-clerk-1")]).is(303);
    browser.get("/confirmations").is(200);
    let text = format!("Dear all,\n\nCertificate no.\tCarats\n{number}\t1,200.00\nXA-999999\t5.00\n");
    let sent = [("participant", "XA"), ("from", "XB"), ("sent_by", "desk of XB"), ("text", text.as_str())];
    // What was passed over is shown at once; without such a line one goes on to the queue (`sandbox`).
    let shown = browser.post("/confirmations", &sent).is(200).text();
    assert!(shown.contains(">Dear all,<") && shown.contains("XA-999999 is not in our register"), "{shown}");
    let page = browser.get("/confirmations?state=to_mend").is(200).text();
    assert!(page.contains("XA-999999 is not in our register"), "{page}");
    let page = browser.get("/confirmations").is(200).text();
    assert!(page.contains("noted") && page.contains(&number), "{page}");

    let mut program = served.browser();
    let token = session(&mut program, "xa-clerk-1");
    let list = json!({"participant": "XA", "from": "XB", "sent_by": "desk of XB", "name": "l.csv", "text": "no;ct\nXA-2;7\n"});
    program.call("/api/confirmations", "", &[], &list).is(401);
    let taken = program.call("/api/confirmations", &token, &[], &list).is(201).json();
    assert_eq!((&taken["matched"], taken["to_mend"].as_array().map(Vec::len)), (&json!(0), Some(1)));
    let again = program.call("/api/confirmations", &token, &[], &list).is(200).json();
    assert_eq!((&again["received_before"], &again["position"]), (&json!(true), &taken["position"]));
    let coded = json!({"participant": "XA", "sent_by": "desk of XB", "base64": "bm87Y3QKWEEtMzs3Cg=="});
    program.call("/api/confirmations", &token, &[], &coded).is(201);
    let queue = program.get("/api/confirmations?state=to_mend&of=XA").is(200).json();
    assert_eq!(queue["rows"].as_array().map(Vec::len), Some(3));
    for (body, status) in [
        (json!({"participant": "XA", "sent_by": "x"}), 422),
        (json!({"participant": "Q", "sent_by": "x", "text": "no;ct\nXA-2;7\n"}), 422),
        (json!({"participant": "XA", "sent_by": "x", "text": "nothing"}), 422),
        (json!({"participant": "XA", "sent_by": "x", "base64": "0"}), 422),
    ] {
        program.call("/api/confirmations", &token, &[], &body).is(status);
    }
}

#[test]
fn figures_are_shown_and_downloaded_as_of_a_day() {
    let world = World::founded();
    let number = world.depart("XA-A-1", "7102.31 1200.00 420000.55");
    world.done("scheme-sec-1", "begin_calendar", &[("from", "2026-01-01"), ("decision", "WGS 2026/1")]);
    world.set("2026-06-01T08:00:00Z");
    let wrong = [
        ("participant", "XA"),
        ("table", "exports"),
        ("period", "2026-Q1"),
        ("figures", "XB 7102.31 1100.00 400001.00"),
        ("forced", "differs_from_register: a parcel came back"),
    ];
    world.done("xa-focal-1", "declare_return", &wrong);
    let served = served(world, Some(World::demo()));
    let mut browser = served.browser();
    browser.get("/").is(200);
    browser.post("/act-as", &[("officer", "scheme-sec-1")]).is(303);
    let mut program = served.browser();
    session(&mut program, "xa-clerk-1");
    let page = browser.get("/statistics/returns").is(200).text();
    assert!(page.contains("differs_from_register") && page.contains("a parcel came back"), "{page}");
    let before = browser.get("/statistics/returns?as_of=2026-05-31").is(200).text();
    assert!(!before.contains("a parcel came back") && before.contains("2026-Q1"), "{before}");
    let csv = browser.get("/statistics/returns.csv?as_of=2026-06-01").is(200);
    assert_eq!(
        csv.headers["content-disposition"],
        "attachment; filename=\"kpcs-returns-as-of-2026-06-01.csv\""
    );
    let lines: Vec<String> =
        csv.text().lines().filter(|line| line.contains("exports")).map(str::to_owned).collect();
    assert_eq!(
        lines,
        [
            "XA,exports,2026-Q1,2026-05-31,late,2026-06-01,1,no,1,,2026-06-01",
            "XB,exports,2026-Q1,2026-05-31,missing,,1,no,0,overdue,2026-06-01",
        ]
    );
    let page = browser.get("/statistics/reconciliation?by=class").is(200).text();
    assert!(page.contains("missing at destination") && page.contains(&number), "{page}");
    let routes = program.get("/api/statistics/reconciliation?as_of=2026-03-01").is(200).json();
    assert_eq!(routes["routes"][0]["parts"][0]["part"], "under_way");
    let due = program.get("/api/statistics/returns?participant=XB&as_of=2026-06-01").is(200).json();
    assert_eq!(due["returns"].as_array().map(Vec::len), Some(3), "{due}");
    let table = browser.get("/statistics/tables?format=csv").is(200).text();
    assert!(
        table.contains(
            "exports,XA,XB,7102.31,,2026-Q1,declared,carats,1100.00,2026-06-01T08:00:00Z,2026-06-01"
        ),
        "{table}"
    );
    assert!(table.contains("exports,XA,XB,7102.31,,2026-Q1,register,carats,1200.00,,2026-06-01"), "{table}");
    let sdmx = browser.get("/statistics/tables?format=sdmx&as_of=2026-05-01").is(200).text();
    assert!(sdmx.contains("EXPORTS,XA,XB,7102.31,_T,REGISTER,CARATS,2026-Q1,1200.00"), "{sdmx}");
    assert!(!sdmx.contains("1100.00"), "{sdmx}");
    assert_eq!(
        browser.get("/statistics/tables?format=xlsx").is(200).headers["content-type"],
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    );
    browser.get("/statistics/tables?as_of=yesterday").is(422);
    let beside = browser.get("/statistics/trade?participant=XA").is(200).text();
    assert!(beside.contains("1,100.00") && beside.contains("-100.00"), "{beside}");
    let trade = browser.get("/statistics/trade?as_of=2026-01-31").is(200).text();
    assert!(!trade.contains("1,200.00"), "{trade}");
}

/// L53: what was asked, and how far it had come, on a day that is over.
#[test]
fn cases_and_findings_are_shown_as_they_stood_on_a_day() {
    let world = World::busy();
    let day = |text: &str| {
        world.set(&format!("{text}T08:00:00Z"));
        world.node.reach_day(world.now()).expect("the day is reached");
    };
    day("2026-02-10");
    let answer = [("case_number", "C-2026-0001"), ("answer", "from the stock of last year")];
    world.done("xa-focal-1", "answer_case", &answer);
    day("2026-02-20");
    let closed = [("case_number", "C-2026-0001"), ("outcome", "explained"), ("reason", "the stock was seen")];
    world.done("scheme-sec-1", "close_case", &closed);
    let served = served(world, Some(World::demo()));
    let mut browser = served.browser();
    browser.get("/").is(200);
    browser.post("/act-as", &[("officer", "scheme-sec-1")]).is(303);
    let mut of = |path: &str| browser.get(path).is(200);
    for (day, state) in [("2026-02-03", "open"), ("2026-02-10", "answered"), ("2026-02-20", "closed")] {
        let cases = of(&format!("/api/cases?as_of={day}")).json();
        let found =
            cases["cases"].as_array().and_then(|all| all.iter().find(|c| c["case_number"] == "C-2026-0001"));
        assert_eq!(found.map(|case| &case["state"]), Some(&json!(state)), "{day}: {cases}");
        let detail = of(&format!("/api/cases/C-2026-0001?as_of={day}")).json();
        let last = detail["steps"].as_array().and_then(|steps| steps.last()).map(|step| step["on"].clone());
        assert!(last.is_some_and(|on| on.as_str() <= Some(day)), "{day}: {detail}");
    }
    assert_eq!(of("/api/cases?as_of=2026-02-02").json()["cases"], json!([]), "nobody had asked yet");
    let page = of("/cases/C-2026-0001?as_of=2026-02-10").text();
    assert!(
        page.contains("As known on 2026-02-10") && page.contains("from the stock of last year"),
        "{page}"
    );
    assert!(!page.contains("the stock was seen") && !page.contains("/act/close_case"), "{page}");
    browser.get("/cases/C-2026-0001?as_of=2026-02-02").is(404);
    let mut of = |path: &str| browser.get(path).is(200);
    let list = of("/cases?as_of=2026-02-10&state=answered").text();
    assert!(list.contains("/cases/C-2026-0001?as_of=2026-02-10"), "{list}");
    let before = of("/api/findings?as_of=2026-02-02").json();
    assert!(!before.to_string().contains("exports_above_capacity"), "{before}");
    assert!(of("/findings?as_of=2026-02-03").text().contains("exported"), "found on that day");
}
