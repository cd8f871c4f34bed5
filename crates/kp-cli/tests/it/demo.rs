//! The demonstration: once, again, cut short, afresh, and never on top of real data.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Stdio},
};

use insta::assert_snapshot;

use crate::kpcs::Kpcs;

const AT: [&str; 4] = ["demo", "--no-serve", "--now", "2024-03-20T09:00:00Z"];

#[test]
fn a_screenful_says_what_was_found_and_a_second_run_goes_on() {
    let kpcs = Kpcs::with_world();
    let again = kpcs.run(&AT);
    assert_eq!(again.code, 0, "{}", again.text);
    let invented = again.out.split("INVENTED WORLD").nth(1).unwrap();
    assert_snapshot!(invented, @r"
    : Examplia (XA) exports to Sampleland (XB); 159 signed entries in 3 logs, all verified.
    Certificates: 1 confirmed with difference, 3 confirmed, 1 departed, 1 validated, 1 drafted
      what was seen                                                                                                   case         state
      XA exported 39,350.00 ct in 2024, 17,350.00 ct more than the high estimate of its ground and its imports allow  C-2024-0001  answered
      certificate XA-000004 was presented 2 times: at XB on 2024-02-05, at XB on 2024-02-18                           C-2024-0002  open
      XA-000005 left XA for XB on 2024-02-09 with 400.00 ct and was not confirmed after 30 days: an answer is owed    C-2024-0003  open
      refused just now: certificate number XA-000001 was used already: it is confirmed (rule: CD Annex I.A: unique number; L22)

    PAPER: printed as PDF/A, read back from the files, verified with the signed lists alone, without the register.
      GOOD   papers/XA-000006.pdf
             The certificate is good: it says what the authority signed and stands in the issuer's log. Trust data of 2024-03-20, less than a day old.
      STOP   the code of XA-000006 with one letter changed
             Certificate XA-000006 was altered: it does not say what the authority signed. Trust data of 2024-03-20, less than a day old.
      STOP   papers/XA-000004.pdf
             This number was used already: it was presented at XB on 2024-02-05. Trust data of 2024-03-20, less than a day old.

    TRY NEXT (the officers' passphrase is `demonstration`):
      kpcs --data '[DATA]' findings list
      kpcs --data '[DATA]' certificate show XA-000002
      kpcs --data '[DATA]' act issue-certificate --as xa-approver --number XA-000007
      kpcs --data '[DATA]' log verify
      kpcs --data '[DATA]' verify '[DATA]/papers'
    Report: [DATA]/report/report.html
    Data:   [DATA]
    Not serving; without --no-serve the pages are served on a free port.
    ");
    for figure in ["473,862.25", "1,018,722.90", "3,098,490.09", "18.00 US$/ct", "16.50 US$/ct"] {
        assert!(again.out.contains(figure), "{figure}");
    }
    assert!(again.out.starts_with("Going on with the demonstration"), "{}", again.out);
    assert!(kpcs.data().join("report/report.html").is_file());
}

#[test]
fn a_demonstration_that_was_killed_goes_on_to_the_same_end() {
    let (whole, cut) = (Kpcs::with_world(), Kpcs::new());
    let begun = [&AT[..], &["--without-trade"]].concat();
    let mut child = cut.command(&begun).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    // Killed somewhere among the acts: after the importer's key was made, before the world is played to its end.
    while !cut.data().join("keys/officer-xb-importer.pem").exists() {
        assert!(child.try_wait().unwrap().is_none(), "it ended before it could be killed");
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let said = cut.run(&AT);
    assert_eq!(said.code, 0, "{}", said.text);
    let end = |text: &str| text.split("REAL FIGURES").nth(1).unwrap().to_owned();
    assert_eq!(end(&said.out), end(&whole.run(&AT).out));
}

#[test]
fn real_data_are_neither_used_nor_deleted() {
    let kpcs = Kpcs::new();
    assert_eq!(kpcs.run(&["init"]).code, 0);
    assert_snapshot!(kpcs.run(&["demo", "--no-serve"]).text, @r"
    exit 3
    --- err
    error: [DATA] holds real data; the demonstration needs a folder of its own, name one with --data
    ");
    assert_snapshot!(kpcs.run(&["demo", "--no-serve", "--fresh"]).text, @r"
    exit 3
    --- err
    error: [DATA] was not made by `kpcs demo`, so it is not deleted; name another folder with --data
    ");
    assert_eq!(kpcs.run(&["officers"]).code, 0);
}

#[test]
fn afresh_means_that_what_was_there_is_gone() {
    let kpcs = Kpcs::with_world();
    kpcs.file("data/mine.txt", "made by somebody");
    let said = kpcs.run(&[&AT[..], &["--fresh"]].concat());
    assert_eq!(said.code, 0, "{}", said.text);
    assert!(said.out.starts_with("REAL FIGURES"), "{}", said.out);
    assert!(!kpcs.data().join("mine.txt").exists());
}

/// Ends with the test, whatever becomes of it.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        self.0.kill().unwrap_or_default();
        self.0.wait().map(|_| ()).unwrap_or_default();
    }
}

/// Sends a request to the pages and gives back the body of the answer, which must be a good one.
fn ask(address: &str, head: &[u8], body: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(head).unwrap();
    write!(stream, "Host: {address}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len()).unwrap();
    stream.write_all(body).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
    answer.split_off(end + 4)
}

#[test]
fn pages_are_served_and_a_second_instance_and_a_taken_port_get_a_sentence() {
    let kpcs = Kpcs::with_world();
    let mut served = Served(kpcs.command(&["demo"]).stdout(Stdio::piped()).spawn().unwrap());
    // Kept open to the end: whoever serves may say more.
    let mut lines = BufReader::new(served.0.stdout.take().unwrap()).lines();
    let pages =
        lines.by_ref().map_while(Result::ok).find(|line| line.starts_with("Pages:")).expect("it serves");
    let address =
        pages.trim_start_matches("Pages:").trim().trim_start_matches("http://").trim_end_matches('/');
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut page = String::new();
    stream.read_to_string(&mut page).unwrap();
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("DEMO"), "{page}");

    // The sheet that the page gives is the one that the page verifies.
    let sheet = ask(address, b"GET /certificates/XA-000004/sheets/1 HTTP/1.1\r\n", &[]);
    assert!(sheet.starts_with(b"%PDF-1.7"));
    let head = b"POST /verify HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=parts\r\n";
    let mut form = b"--parts\r\nContent-Disposition: form-data; name=\"lang\"\r\n\r\npt\r\n--parts\r\nContent-Disposition: \
        form-data; name=\"file\"; filename=\"copy.pdf\"\r\n\r\n"
        .to_vec();
    form.extend(sheet);
    form.extend(b"\r\n--parts--\r\n");
    let verdict = String::from_utf8(ask(address, head, &form)).unwrap();
    assert!(
        verdict.contains("verdict odd") && verdict.contains("PARAR") && verdict.contains("XA-000004"),
        "{verdict}"
    );

    // What a scanner types: both codes, a line each; codes may hold blanks.
    let message =
        String::from_utf8(ask(address, b"GET /certificates/XA-000004/pre-advice HTTP/1.1\r\n", &[])).unwrap();
    let codes: Vec<&str> = message.lines().filter(|line| line.starts_with("KP")).collect();
    assert_eq!(codes.len(), 2, "{message}");
    let form = format!(
        "--parts\r\nContent-Disposition: form-data; name=\"codes\"\r\n\r\n{}\r\n--parts--\r\n",
        codes.join("\r\n")
    );
    let verdict = String::from_utf8(ask(address, head, form.as_bytes())).unwrap();
    assert!(verdict.contains("verdict odd") && verdict.contains("XA-000004"), "{verdict}");

    let second = kpcs.run(&["serve", "--port", "0"]);
    assert_eq!(second.code, 3);
    assert!(second.text.contains(&format!("at http://{address}/")), "{}", second.text);
    let fresh = kpcs.run(&["demo", "--fresh", "--no-serve"]);
    assert!(fresh.code == 3 && kpcs.data().exists(), "{}", fresh.text);

    let other = Kpcs::with_world();
    let port = address.rsplit(':').next().unwrap();
    let taken = other.run(&["serve", "--port", port]);
    assert!(taken.code == 3 && taken.text.contains("is taken"), "{}", taken.text);
}
