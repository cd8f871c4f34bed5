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
    let said = browser.get("/statistics/tables?as_of=yesterday").is(422).text();
    assert!(said.contains("yesterday") && said.contains("2026-01-31"), "{said}");
    let said = browser.get("/statistics/tables?format=pdf").is(422).text();
    assert!(said.contains("csv, xlsx, parquet, sdmx"), "{said}");
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

/// What a visitor reads must be true for a visitor: a list that is shown in part says so, and an office speaks, not its people.
#[test]
fn whoever_does_not_sign_in_is_not_told_that_there_is_nothing() {
    let world = World::busy();
    world.set("2026-08-01T08:00:00Z");
    world.node.reach_day(world.now()).expect("the day is reached");
    let answer = [("case_number", "C-2026-0001"), ("answer", "from the stock of last year")];
    world.done("xa-focal-1", "answer_case", &answer);
    let served = served(world, None);
    let mut anybody = served.browser();
    let case = anybody.get("/cases/C-2026-0001").is(200).text();
    assert!(case.contains("from the stock of last year") && !case.contains("xa-focal-1"), "{case}");
    let told = anybody.get("/api/cases/C-2026-0001").is(200).text();
    assert!(told.contains("from the stock of last year") && !told.contains("xa-focal-1"), "{told}");
    let focal = crate::acting::unlocked(&served, "xa-focal-1").get("/cases/C-2026-0001").is(200).text();
    assert!(focal.contains("xa-focal-1"), "{focal}");
    for (path, says) in [
        ("/findings", "Shown are those that you may see"),
        ("/statistics", "that you may see"),
        ("/statistics/reconciliation", "or nothing that you may see"),
        ("/search?q=XA-000002", "or none that you may see"),
    ] {
        let page = anybody.get(path).is(200).text();
        assert!(page.contains(says), "{path}: {page}");
    }
    // Cells of few shipments say what a parcel was worth: the register's count is the officers' (the class shared).
    let tables = "/statistics/tables?format=csv";
    let told = anybody.get(tables).is(200).text();
    assert!(!told.contains(",register,"), "{told}");
    let shared = crate::acting::unlocked(&served, "xb-focal-1").get(tables).is(200).text();
    assert!(shared.contains("exports,XA,XB,7102.31,,2026-Q1,register,carats"), "{shared}");
    let hidden = anybody.get("/findings/unconfirmed_after_due:XB:XA-999999").is(404).text();
    assert!(hidden.contains("or none that you may see"), "{hidden}");
}

/// Who declares what no certificate shows is seen to: the table of trade has both sides, also where one is silent.
#[test]
fn a_declared_route_that_the_register_does_not_know_stands_beside_the_counted_ones() {
    let world = World::founded();
    world.depart("XA-A-1", "7102.31 1200.00 420000.55");
    world.set("2026-06-01T08:00:00Z");
    let declared = [
        ("participant", "XB"),
        ("table", "imports"),
        ("period", "2026-Q1"),
        ("figures", "XA 7102.10 55.00 900.00"),
        ("forced", "differs_from_register: sent by another office"),
    ];
    world.done("xb-focal-1", "declare_return", &declared);
    let served = served(world, Some(World::demo()));
    let mut browser = served.browser();
    browser.get("/").is(200);
    browser.post("/act-as", &[("officer", "scheme-sec-1")]).is(303);
    let page = browser.get("/statistics/trade?participant=XB").is(200).text();
    assert!(page.contains("55.00") && !page.contains("1,200.00"), "{page}");
    let both = browser.get("/statistics/trade").is(200).text();
    assert!(both.contains("55.00") && both.contains("1,200.00"), "{both}");
}

/// Who answers from where nobody signs here is named with what it sent; a slip is written where the goods were presented.
#[test]
fn an_answer_from_outside_says_whence_it_came_and_offers_no_slip() {
    let world = World::founded();
    let admitted =
        [("code", "XC"), ("name", "Corvania"), ("member_from", "2025-01-01"), ("legal_act", "Decision 2")];
    world.done("scheme-sec-1", "admit_participant", &admitted);
    let applied = [
        ("participant", "XA"),
        ("application", "XA-A-9"),
        ("licence_number", "XA-EXP-7"),
        ("importer", "Harbour Gems BV"),
        ("importer_address", "5 Quay Street"),
        ("destination", "XC"),
        ("origin", "XA"),
        ("parcels", "1"),
        ("lines", "7102.31 12.00 4200.00"),
        ("declared_by", "M. Exporter"),
    ];
    world.done("xa-clerk-1", "apply_for_certificate", &applied);
    let number = world.done("xa-clerk-1", "draft_certificate", &[("application", "XA-A-9")]).subject;
    world.done("xa-approver-1", "issue_certificate", &[("number", &number)]);
    let sealed = [("number", number.as_str()), ("carats_weighed", "12.00"), ("seals", "77120-B")];
    world.done("xa-customs-1", "validate_certificate", &sealed);
    world.done("xa-customs-1", "depart_shipment", &[("number", &number)]);
    let answered = [
        ("participant", "XA"),
        ("number", number.as_str()),
        ("at", "XC"),
        ("carats", "12.00"),
        ("came_by", "slip"),
        ("sent_by", "import desk of XC"),
    ];
    world.done("xa-clerk-1", "record_confirmation", &answered);
    let served = served(world, None);
    let mut clerk = crate::acting::unlocked(&served, "xa-clerk-1");
    let page = clerk.get(&format!("/certificates/{number}")).is(200).text();
    assert!(page.contains("import desk of XC") && page.contains("the answer came from outside"), "{page}");
    assert!(!page.contains("/slip"), "{page}");
    clerk.get(&format!("/certificates/{number}/slip")).is(404);
}
