//! A return from a file, on the pages and by program: brought, kept over sign-out, seen by nobody else, marked, commented,
//! forced with a name, declared.

use serde_json::{Value, json};

use crate::{
    acting::unlocked,
    browser::{Answer, Browser, served},
    world::{PASSPHRASE, World},
};

/// A form with one file, as a browser sends it.
fn bring(browser: &mut Browser, path: &str, typed: &[(&str, &str)], file: (&str, &str)) -> Answer {
    let token = browser.token.clone();
    let mut body = String::new();
    for (name, text) in typed.iter().chain(&[("token", token.as_str())]) {
        body.push_str(&format!(
            "--kpcs\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n"
        ));
    }
    body.push_str(&format!(
        "--kpcs\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{}\"\r\ncontent-type: text/csv\r\n\r\n{}\r\n\
         --kpcs--\r\n",
        file.0, file.1
    ));
    browser.send("POST", path, &[("content-type", "multipart/form-data; boundary=kpcs")], &body)
}

/// XA exported to XB in the first quarter, and declared two quarters of the year before; it is June.
fn june() -> World {
    let world = World::founded();
    world.depart("XA-A-1", "7102.31 1200.00 420000.55");
    let xc = [("code", "XC"), ("name", "Corvania"), ("member_from", "2025-01-01"), ("legal_act", "D")];
    world.done("scheme-sec-1", "admit_participant", &xc);
    world.set("2026-06-01T08:00:00Z");
    for (period, carats) in
        [("2025-Q1", "1150.00"), ("2025-Q2", "1210.00"), ("2025-Q3", "1190.00"), ("2025-Q4", "1230.00")]
    {
        let figures = format!("XB 7102.31 {carats} 410000.00");
        let other = "XC 7102.10 20.00 260.00";
        let mut fields = vec![("participant", "XA"), ("table", "exports"), ("period", period)];
        fields.extend([("figures", figures.as_str()), ("figures", other)]);
        fields.push(("forced", "same_as_before: a standing order"));
        world.done("xa-focal-1", "declare_return", &fields);
    }
    world
}

const WHICH: [(&str, &str); 3] = [("participant", "xa"), ("table", "exports"), ("period", "2026-Q1")];
const WRONG: &str = "partner,hs,carats,value_usd\nXB,7102.31,twelve,420000.55\nXB,7102.10,5.00,0.00\n";
const RIGHT: &str = "partner,hs,carats,value_usd\nXB,7102.31,1100.00,400000.00\n";

#[test]
fn a_return_is_brought_mended_forced_and_declared_on_the_pages() {
    let world = june();
    let served = served(world, None);
    let mut focal = unlocked(&served, "xa-focal-1");
    assert!(focal.get("/returns").is(200).text().contains("Nothing waits"));
    let there = bring(&mut focal, "/returns", &WHICH, ("C:\\desk\\q1.csv", WRONG)).is(303);
    let path = there.headers["location"].clone();
    assert!(path.starts_with("/returns/XA/exports-2026-Q1-"), "{path}");
    let page = focal.get(&path).is(200).text();
    for part in ["cell_unread", "not_positive", "Something must be mended first", "q1.csv", "twelve"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("C:\\desk"), "the sender's folders are nobody's business");
    assert!(!page.contains("Sign and declare"));
    let marked = focal.get(&format!("{path}/marked.xlsx")).is(200);
    assert!(marked.bytes.starts_with(b"PK"));

    // Nobody else sees it; to them it is not there.
    for other in ["xb-focal-1", "xa-clerk-1", "scheme-sec-1"] {
        let mut other = unlocked(&served, other);
        let status = other.get(&path).status;
        assert!(matches!(status, 403 | 404), "{status}");
    }
    // It survives signing out.
    focal.post("/lock", &[]);
    let mut focal = unlocked(&served, "xa-focal-1");
    assert!(focal.get("/returns").is(200).text().contains("q1.csv"));
    focal.post(&format!("{path}/drop"), &[]).is(303);
    focal.get(&path).is(404);

    focal.get("/returns").is(200);
    let there = bring(&mut focal, "/returns", &WHICH, ("q1.csv", RIGHT)).is(303);
    let path = there.headers["location"].clone();
    let page = focal.get(&path).is(200).text();
    for part in
        ["2025-Q4: 1,230.00 ct", "1,111.04 – 1,288.96", "unusual", "XC 7102.10", "differs_from_register"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    let noted = [("figure", "XB 7102.31"), ("words", "a parcel <came> back")];
    focal.post(&format!("{path}/comment"), &noted).is(303);
    let long = "x".repeat(501);
    focal.post(&format!("{path}/comment"), &[("figure", "XB 7102.31"), ("words", &long)]).is(422);
    assert!(focal.get(&path).text().contains("a parcel &#60;came&#62; back"));
    let submit = format!("{path}/submit");
    let refused = focal.post(&submit, &[("force-differs_from_register", "it came back")]).is(409).text();
    assert!(refused.contains("mark the return complete") && refused.contains("it came back"), "{refused}");
    focal.post(&format!("{path}/complete"), &[("complete", "yes")]).is(303);
    let refused = focal.post(&submit, &[]).is(409).text();
    assert!(refused.contains("differs_from_register"), "{refused}");
    let done = focal.post(&submit, &[("force-differs_from_register", "it came back")]).is(303);
    assert!(done.headers["location"].starts_with("/receipts/"), "{:?}", done.headers);
    focal.get(&path).is(404);
    let page = focal.get("/statistics/returns").is(200).text();
    for part in ["differs_from_register forced: it came back", "XC 7102.10: nothing in this period", "came"] {
        assert!(page.contains(part), "{part}: {page}");
    }
}

/// What was not used is listed, another return's rows block, and a file that cannot be read is one thing that blocks.
#[test]
fn the_page_says_what_was_not_used_and_counts_what_blocks() {
    let served = served(june(), None);
    let mut focal = unlocked(&served, "xa-focal-1");
    focal.get("/returns").is(200);
    let mut page = |text: &str| {
        let there = bring(&mut focal, "/returns", &WHICH, ("q1.csv", text)).is(303);
        focal.get(&there.headers["location"]).is(200).text()
    };
    let other = page(
        "partner,hs,carats,value_usd,period,Parcels\nBelmora,7102.31,5.00,6.00,2025-Q4,3\nA remark of ours,,,,,\n",
    );
    for part in [
        "Read, and not used",
        "columns that are not used: &#34;Parcels&#34;",
        "&#34;A remark of ours&#34; is taken for a remark",
        "other_return",
        "another period, and this is the return for 2026-Q1",
    ] {
        assert!(other.contains(part), "{part}: {other}");
    }
    let unread = page("this is no table\n");
    assert!(unread.contains("Something must be mended first") && unread.contains("1 blocks"), "{unread}");
    assert!(!unread.contains("Read, and not used"), "{unread}");
}

#[test]
fn a_file_without_our_token_or_larger_than_a_return_is_not_taken() {
    let served = served(World::founded(), None);
    let mut focal = unlocked(&served, "xa-focal-1");
    focal.get("/returns").is(200);
    let real = focal.token.clone();
    focal.token = "guessed".into();
    bring(&mut focal, "/returns", &WHICH, ("q1.csv", RIGHT)).is(403);
    focal.token = real;
    bring(
        &mut focal,
        "/returns",
        &[("participant", "XA"), ("table", "exports"), ("period", "2026-H1")],
        ("q", RIGHT),
    )
    .is(422);
    bring(&mut focal, "/returns", &WHICH, ("q1.csv", "")).is(422);
    let large = "x".repeat(kp_statistics::sandbox::LARGEST + (1 << 17));
    bring(&mut focal, "/returns", &WHICH, ("q1.csv", &large)).is(413);
    // Two megabytes are more than other forms may have, and not too much for a file.
    let medium = format!("partner,hs,carats,value_usd\n{}", "\n".repeat(2 << 20));
    bring(&mut focal, "/returns", &WHICH, ("q1.csv", &medium)).is(303);
    assert!(focal.get("/returns").text().contains("q1.csv"));
}

#[test]
fn confirmations_come_as_a_file_too() {
    let world = World::founded();
    let number = world.depart("XA-A-1", "7102.31 1200.00 420000.00");
    let served = served(world, None);
    let mut clerk = unlocked(&served, "xa-clerk-1");
    assert!(clerk.get("/confirmations").is(200).text().contains("multipart/form-data"));
    let list = format!("Certificate;Carats\n{number};1 200,00\nXA-999999;5,00\n");
    let typed = [("participant", "XA"), ("from", "XB"), ("sent_by", "desk of XB")];
    let there = bring(&mut clerk, "/confirmations/file", &typed, ("list.csv", &list)).is(303);
    assert_eq!(there.headers["location"], "/confirmations?state=to_mend");
    let page = clerk.get("/confirmations").is(200).text();
    assert!(page.contains("list.csv") && page.contains(&number), "{page}");
}

#[test]
fn the_same_by_program() {
    let served = served(june(), None);
    let mut program = served.browser();
    let body = json!({"officer": "xa-focal-1", "passphrase": PASSPHRASE});
    let token =
        program.call("/api/session", "", &[], &body).is(201).json()["token"].as_str().unwrap().to_owned();
    let put = |text: &str| json!({"participant": "XA", "table": "exports", "period": "2026-Q1", "name": "q1.csv", "text": text});
    let wrong = program.call("/api/returns", &token, &[], &put(WRONG)).is(201).json();
    assert_eq!((&wrong["is_blocked"], &wrong["rules"][0]["rule"]), (&json!(true), &json!("cell_unread")));
    let parcels = RIGHT.replace("partner", "Parcels,partner").replace("XB", "3,XB");
    let told = program.call("/api/returns", &token, &[], &put(&parcels)).is(201).json();
    let note = json!([{"row": 1, "sentence": "columns that are not used: \"Parcels\""}]);
    assert_eq!(told["notes"], note);
    let noted = format!("/api/returns/XA/{}", told["waiting"]["id"].as_str().unwrap());
    program.send("DELETE", &noted, &[("authorization", &format!("Bearer {token}"))], "").is(204);
    let no_bytes = json!({"participant": "XA", "table": "exports", "period": "2026-Q1", "base64": "0"});
    let said = program.call("/api/returns", &token, &[], &no_bytes).is(422).json();
    assert_eq!(said["fields"][0]["field"], json!("base64"), "{said}");
    let right = program.call("/api/returns", &token, &[], &put(RIGHT)).is(201).json();
    let cell = &right["cells"][0];
    assert_eq!((&cell["figure"], &cell["earlier"][0]["period"]), (&json!("XB 7102.31"), &json!("2025-Q4")));
    assert_eq!((&cell["usual_low"], &cell["is_unusual"]), (&json!("1111.04"), &json!(true)));
    assert_eq!(
        (&right["cells"][1]["figure"], &right["cells"][1]["row"]),
        (&json!("XC 7102.10"), &Value::Null)
    );
    let id = right["waiting"]["id"].as_str().unwrap();
    let path = format!("/api/returns/XA/{id}");
    let bearer = format!("Bearer {token}");
    let get =
        |program: &mut Browser, path: &str| program.send("GET", path, &[("authorization", &bearer)], "");
    assert_eq!(
        get(&mut program, "/api/returns?of=XA").is(200).json()["returns"].as_array().map(Vec::len),
        Some(2)
    );
    let noted = program.call(
        &format!("{path}/comment"),
        &token,
        &[],
        &json!({"figure": "XB 7102.31", "words": "late"}),
    );
    assert_eq!(noted.is(201).json()["cells"][0]["comment"], json!("late"));
    let nowhere = json!({"figure": "XQ 7102.31", "words": "late"});
    program.call(&format!("{path}/comment"), &token, &[], &nowhere).is(422);
    program.call(&format!("{path}/complete"), &token, &[], &json!({"complete": true})).is(201);
    let submit = format!("{path}/submit");
    let refused = program.call(&submit, &token, &[], &json!({})).is(409).json();
    assert_eq!(refused["key"], json!("warning_not_forced"));
    program.call(&submit, &token, &[], &json!({"forced": {"not_positive": "x"}})).is(422);
    let forced = json!({"forced": {"differs_from_register": "a parcel came back"}});
    let done = program.call(&submit, &token, &[], &forced).is(201).json();
    assert!(done["position"].as_u64().is_some(), "{done}");
    get(&mut program, &path).is(404);
    let other = wrong["waiting"]["id"].as_str().unwrap();
    let gone = program.send("DELETE", &format!("/api/returns/XA/{other}"), &[("authorization", &bearer)], "");
    gone.is(204);
    assert_eq!(get(&mut program, "/api/returns").is(200).json()["returns"], json!([]));
}
