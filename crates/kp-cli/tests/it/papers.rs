//! A certificate from its issue to its second presentation, on paper: printed, verified at another desk without the
//! register, confirmed, refused the second time. L21, L22.

use insta::assert_snapshot;
use kp_scan::read_codes;

use crate::kpcs::Kpcs;

/// When the copied world ends.
const AT: &str = "2024-03-20T10:00:00Z";

#[test]
fn what_the_demonstration_printed_is_verified_from_the_files() {
    let kpcs = Kpcs::with_world();
    let sheet = |number: &str| kpcs.data().join(format!("papers/{number}.pdf")).display().to_string();
    assert_snapshot!(kpcs.run(&["verify", &sheet("XA-000006"), "--at", AT]).text);
    let french = kpcs.run(&["verify", &sheet("XA-000004"), "--at", AT, "--lang", "fr"]);
    assert_snapshot!(french.text);
    let folder = kpcs.data().join("papers").display().to_string();
    assert_snapshot!(kpcs.run(&["verify", &folder, "--at", AT]).text);
    // Fifty days later the same lists are too old to make anything good.
    let later = kpcs.run(&["verify", &sheet("XA-000006"), "--at", "2024-05-10T10:00:00Z"]);
    assert!(
        later.code == 1 && later.out.starts_with("CANNOT SAY") && later.out.contains("51 days"),
        "{}",
        later.text
    );
}

/// The issuing office, in the present; and a customs desk that has nothing but root keys and lists.
struct TwoDesks {
    office: Kpcs,
    customs: Kpcs,
}

impl TwoDesks {
    fn new() -> Self {
        let (office, customs) = (Kpcs::new(), Kpcs::new());
        let said = office.run(&["demo", "--no-serve"]);
        assert_eq!(said.code, 0, "{}", said.text);
        let roots = std::fs::read_to_string(office.data().join("lists/roots.txt")).unwrap();
        let keys = roots.lines().skip(2).map(|line| line.replacen(' ', "=", 1));
        let keys: Vec<String> = keys.collect();
        let mut pin = vec!["lists", "pin", "--threshold", "2"];
        pin.extend(keys.iter().map(String::as_str));
        assert_eq!(customs.run(&pin).code, 0);
        Self { office, customs }
    }

    fn act(&self, act: &str, officer: &str, fields: &[&str]) {
        let said = self.office.run(&[&["act", act, "--as", officer], fields].concat());
        assert_eq!(said.code, 0, "{act}: {}", said.text);
    }

    /// Lists go from one desk to the other as a file.
    fn hand_lists_over(&self, name: &str) {
        let file = self.office.path(name);
        let said = self.office.run(&["lists", "publish", "--out", &file]);
        assert_eq!(said.code, 0, "{}", said.text);
        let copy = self.customs.file(name, std::fs::read(file).unwrap());
        let said = self.customs.run(&["lists", "take", &copy]);
        assert_eq!(said.code, 0, "{}", said.text);
    }

    fn print(&self, number: &str) -> (String, String) {
        let file = self.office.path("sheet.pdf");
        let print = ["certificate", "print", number, "--as", "xa-clerk", "--out", &file];
        // As it was said: a snapshot would have the code in brackets.
        let said = self.office.command(&print).output().unwrap();
        let said = String::from_utf8(said.stdout).unwrap();
        let check_code = said.split("check code ").nth(1).unwrap().trim().trim_end_matches('.').to_owned();
        let pdf = std::fs::read(file).unwrap();
        (self.customs.file("sheet.pdf", pdf), check_code)
    }
}

#[test]
fn a_certificate_is_issued_printed_verified_elsewhere_confirmed_and_stopped_the_second_time() {
    let desks = TwoDesks::new();
    desks.act("issue-certificate", "xa-approver", &["--number", "XA-000007"]);
    let sealed = ["--number", "XA-000007", "--carats-weighed", "640.00", "--seals", "77126-A"];
    desks.act("validate-certificate", "xa-customs", &sealed);
    let (sheet, check_code) = desks.print("XA-000007");
    desks.act("depart-shipment", "xa-customs", &["--number", "XA-000007"]);
    desks.hand_lists_over("monday.lists");
    // The message that goes out with the departure carries both codes.
    let message = desks.office.command(&["certificate", "pre-advice", "XA-000007", "--lang", "pt"]);
    let message = { message }.output().unwrap().stdout;
    let told = String::from_utf8(message.clone()).unwrap();
    assert!(
        told.starts_with("Pré-aviso do Processo de Kimberley: certificado XA-000007, 640.00 ct\n"),
        "{told}"
    );
    assert!(told.contains("\nKPC1:") && told.contains("\nKPR1:"), "{told}");
    let message = desks.customs.file("message.txt", message);

    let verify = |what: &[&str]| desks.customs.run(&[&["verify"], what].concat());
    assert!(verify(&[&message]).out.starts_with("GOOD"), "{}", verify(&[&message]).text);
    let good = verify(&[&sheet]);
    assert!(good.code == 0 && good.out.starts_with("GOOD"), "{}", good.text);
    assert!(good.out.contains("Carats         640.00"), "{}", good.text);

    // The photocopy: one letter of the code is not what was signed.
    let codes = read_codes(&std::fs::read(&sheet).unwrap()).unwrap().codes;
    let texts: Vec<&str> = codes.iter().map(|code| code.text.as_str()).collect();
    let [credential, receipt] = texts[..] else { panic!("{texts:?}") };
    for at in (credential.len() / 2..credential.len()).step_by(7) {
        let other = if &credential[at..=at] == "7" { "8" } else { "7" };
        let changed = format!("{}{other}{}", &credential[..at], &credential[at + 1..]);
        let altered = verify(&[&changed, receipt]);
        assert!(altered.code == 1 && altered.out.starts_with("STOP"), "{at}: {}", altered.text);
    }
    // A number and a check code, read out over the telephone.
    let typed = |code: &str| verify(&["--number", "xa 000007", "--check-code", code]);
    assert!(typed(&check_code).out.starts_with("ASK"), "{check_code:?}: {}", typed(&check_code).text);
    let wrong = format!("{}0", &check_code[..check_code.len() - 1]);
    assert_ne!(typed(&wrong).code, 0);

    // It arrives and is confirmed; the next lists say so, and the same sheet is worth nothing any more.
    let arrived = ["--number", "XA-000007", "--at", "XB", "--carats-received", "640.00"];
    desks.act("record-arrival", "xb-importer", &arrived);
    desks.act("confirm-receipt", "xb-importer", &["--number", "XA-000007", "--at", "XB"]);
    desks.hand_lists_over("tuesday.lists");
    let used = verify(&[&sheet]);
    assert!(used.code == 1 && used.out.starts_with("STOP"), "{}", used.text);
    assert!(used.out.contains("This number was used already: it was presented at XB on"), "{}", used.text);
    // Nobody can go back to the lists of the day before.
    let back = desks.customs.run(&["lists", "take", &desks.customs.path("monday.lists")]);
    assert!(back.code == 3 && back.text.contains("what was here stays"), "{}", back.text);

    let office = &desks.office;
    for (what, more) in [("slip", &[][..]), ("extract", &["--as", "xb-importer", "--for", "court of XB"][..])]
    {
        let out = office.path(&format!("{what}.pdf"));
        let said = office.run(&[&["certificate", what, "XA-000007", "--out", &out], more].concat());
        assert_eq!(said.code, 0, "{}", said.text);
        assert!(std::fs::read(&out).unwrap().starts_with(b"%PDF-1.7"));
    }
    assert_eq!(office.run(&["log", "verify"]).code, 0);
    assert_eq!(office.run(&["rebuild", "--check"]).code, 0);
}

/// The file itself is given; what is known of it is found out here.
#[test]
fn a_paper_is_attached_from_the_command_line_once_and_only_if_it_is_one() {
    let kpcs = Kpcs::with_world();
    let sheet = std::fs::read(kpcs.data().join("papers/XA-000006.pdf")).unwrap();
    let attach = |file: &str| {
        let record = ["--belongs-to", "certificate", "--record", "XA-6", "--paper-sort", "scan"];
        let act = ["act", "attach-paper", "--as", "xa-clerk", "--file", file];
        kpcs.run(&[&act[..], &record[..], &["--paper-words", "The sheet as it was handed over"]].concat())
    };
    let scan = kpcs.file("scan.pdf", &sheet);
    let said = attach(&scan);
    assert_eq!(said.code, 0, "{}", said.text);
    let kept = kpcs.data().join("attached").join(kp_sign::hex(&kp_sign::sha256(&sheet)));
    assert_eq!(std::fs::read(kept).unwrap(), sheet);
    let again = attach(&scan);
    assert!(
        again.code == 1 && again.text.contains("this very file was attached to XA-000006"),
        "{}",
        again.text
    );
    for (name, bytes, sentence) in [
        ("note.pdf", b"only called so".to_vec(), "the file is no PDF, JPEG, PNG or TIFF"),
        ("half.pdf", sheet[..sheet.len() / 2].to_vec(), "ends too early"),
        ("empty.pdf", Vec::new(), "at least one byte"),
    ] {
        let said = attach(&kpcs.file(name, bytes));
        assert!(said.code == 3 && said.text.contains(sentence), "{name}: {}", said.text);
    }
    let missing = attach("/no/such/scan.pdf");
    assert!(missing.code == 3 && missing.text.contains("opening /no/such/scan.pdf"), "{}", missing.text);
    let coming = std::fs::read_dir(kpcs.data().join("attached/coming")).unwrap();
    assert_eq!(coming.count(), 0, "what was not taken is gone");
}
