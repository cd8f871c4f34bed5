//! The files themselves, asked by programs that are not ours: is every text there, is every font in it, is the file
//! sound, can both symbols be read.

use std::{path::Path, process::Command};

use kp_paper::{
    CertificateSheet, Fonts, Layout, PaperError, STATEMENT, TITLE, certificate, confirmation_slip,
    court_extract, specimen,
};
use kp_testkit::{Missing, find_program, skipped};

use crate::samples;

const FRENCH: &str = include_str!("../../layouts/xa-portrait-fr.toml");

fn fonts() -> Fonts {
    Fonts::built_in().expect("because the fonts are in the program").with_system()
}

/// The longest names, without the Chinese where no font for it is at hand.
fn longest(fonts: &Fonts) -> CertificateSheet {
    let mut sheet = samples::longest();
    if let Err(PaperError::MissingCharacters { .. }) = certificate(&sheet, &Layout::built_in(), fonts) {
        skipped("Chinese names on sheets", &samples::no_cjk());
        samples::without_chinese(&mut sheet);
    }
    sheet
}

/// What a program says about a file, or nothing where the program is not there.
fn asked(program: &str, arguments: &[&str], file: &Path, part: &str, package: &str) -> Option<String> {
    if find_program(program).is_none() {
        let reason = format!("no program {program} was found");
        skipped(part, &Missing { reason, remedy: format!("apt-get install {package}") });
        return None;
    }
    let mut command = Command::new(program);
    command.args(arguments).arg(file);
    if program == "pdftotext" {
        command.arg("-");
    }
    let output = command.output().expect("because the program was found");
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(output.status.success(), "{program} refuses {}: {said}", file.display());
    Some(said)
}

/// Letters and digits only, so that line breaks and spacing make no difference.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Texts that run leftwards come out word by word, in the order in which they stand.
fn in_order(text: &str) -> Vec<&str> {
    let leftwards = text.contains(|c| matches!(c, '\u{600}'..='\u{6ff}'));
    if leftwards { text.split([' ', '.', '/', '-']).collect() } else { vec![text] }
}

fn expected(sheet: &CertificateSheet) -> Vec<String> {
    let mut texts = vec![
        TITLE.to_owned(),
        STATEMENT.to_owned(),
        sheet.number.to_string(),
        sheet.issuer_name.to_uppercase(),
        sheet.authority.clone(),
        sheet.issued_on.to_string(),
        sheet.expires_on.to_string(),
        sheet.quality.clone(),
        sheet.provenance_name.clone(),
        sheet.destination_name.clone(),
        sheet.origin.printed(),
    ];
    for party in [&sheet.exporter, &sheet.importer] {
        texts.extend(party.name.lines().chain(party.address.lines()).map(str::to_owned));
    }
    texts.extend(sheet.goods.iter().flat_map(|line| [line.carats.grouped(), line.value.grouped()]));
    texts.extend(sheet.parcel_list.iter().flat_map(|line| [line.label.clone(), line.goods.value.grouped()]));
    texts.extend(
        sheet.containers.iter().flat_map(|container| [container.label.clone(), container.seal.clone()]),
    );
    texts.extend([&sheet.technical_purpose, &sheet.transit_purpose].into_iter().flatten().cloned());
    texts.extend(sheet.codes.iter().map(|codes| codes.check_code.clone()));
    texts
}

#[test]
fn all_that_a_certificate_says_can_be_read_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let fonts = fonts();
    for (name, layout) in [("default", Layout::built_in()), ("french", Layout::read(FRENCH).unwrap())] {
        for sheet in [samples::everyday(), longest(&fonts)] {
            let file = folder.path().join(format!("{name}.pdf"));
            std::fs::write(&file, certificate(&sheet, &layout, &fonts).unwrap()).unwrap();
            let Some(text) =
                asked("pdftotext", &["-raw"], &file, "reading texts from sheets", "poppler-utils")
            else {
                return;
            };
            let text = letters(&text);
            for wanted in expected(&sheet).iter().flat_map(|text| in_order(text)) {
                assert!(text.contains(&letters(wanted)), "{name}: {wanted:?} is not in {text}");
            }
        }
    }
}

#[test]
fn every_font_is_in_the_file_and_the_file_is_sound() {
    let folder = tempfile::tempdir().unwrap();
    let (fonts, layout) = (fonts(), Layout::built_in());
    let everyday = samples::everyday();
    let sheets = [
        ("longest", certificate(&longest(&fonts), &layout, &fonts).unwrap()),
        ("specimen", specimen("Exemplia", &layout, &fonts, everyday.printed_at).unwrap()),
        ("slip", confirmation_slip(&samples::slip(), &layout, &fonts).unwrap()),
        ("extract", court_extract(&samples::extract(), &layout, &fonts).unwrap()),
    ];
    for (name, bytes) in sheets {
        assert!(bytes.len() < 260_000, "{name} has {} bytes", bytes.len());
        let head = String::from_utf8_lossy(&bytes);
        for claim in
            ["<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>", "pdfuaid:part"]
        {
            assert!(head.contains(claim), "{name} does not say {claim}");
        }
        let file = folder.path().join(format!("{name}.pdf"));
        std::fs::write(&file, &bytes).unwrap();
        if let Some(said) = asked("pdffonts", &[], &file, "asking for the fonts of sheets", "poppler-utils") {
            let fonts: Vec<&str> = said.lines().skip(2).collect();
            assert!(fonts.len() >= 3, "{said}");
            for font in fonts {
                assert!(font.contains(" yes yes yes "), "{name}: not embedded, subset and mapped: {font}");
            }
        }
        if let Some(said) = asked("qpdf", &["--check"], &file, "checking the files of sheets", "qpdf") {
            assert!(said.contains("No syntax or stream encoding errors"), "{name}: {said}");
        }
    }
}

#[test]
fn both_symbols_are_read_from_a_grey_scan_of_200_dpi() {
    let reader = "import sys, zxingcpp\nfrom PIL import Image\n\
                  print('\\n'.join(r.text for r in zxingcpp.read_barcodes(Image.open(sys.argv[1]))))";
    let there = find_program("python3").is_some()
        && Command::new("python3")
            .args(["-c", "import zxingcpp, PIL"])
            .output()
            .is_ok_and(|out| out.status.success());
    if !there || find_program("pdftoppm").is_none() {
        let reason = "python3 with zxing-cpp and pillow, or pdftoppm, was not found".to_owned();
        let remedy = "apt-get install poppler-utils; pip install zxing-cpp pillow".to_owned();
        return skipped("reading symbols from rendered sheets", &Missing { reason, remedy });
    }
    let folder = tempfile::tempdir().unwrap();
    let fonts = fonts();
    for (layout, sheet) in [
        (Layout::built_in(), samples::everyday()),
        (Layout::built_in(), longest(&fonts)),
        (Layout::read(FRENCH).unwrap(), samples::everyday()),
    ] {
        let (file, picture) = (folder.path().join("sheet.pdf"), folder.path().join("sheet"));
        std::fs::write(&file, certificate(&sheet, &layout, &fonts).unwrap()).unwrap();
        let drawn = Command::new("pdftoppm")
            .args(["-r", "200", "-gray", "-png", "-singlefile"])
            .args([&file, &picture])
            .status();
        assert!(drawn.unwrap().success());
        let read =
            Command::new("python3").args(["-c", reader]).arg(picture.with_extension("png")).output().unwrap();
        let read = String::from_utf8(read.stdout).unwrap();
        let codes = sheet.codes.unwrap();
        for wanted in [Some(codes.certificate), codes.receipt].into_iter().flatten() {
            assert!(
                read.lines().any(|line| line == wanted),
                "{}: {wanted} was not read: {read}",
                layout.name()
            );
        }
    }
}

#[test]
fn equal_input_gives_equal_bytes() {
    let (fonts, layout) = (fonts(), Layout::built_in());
    let sheet = samples::everyday();
    let first = certificate(&sheet, &layout, &fonts).unwrap();
    assert_eq!(first, certificate(&sheet, &layout, &Fonts::built_in().unwrap()).unwrap());
    let mut later = sheet;
    later.printed_at = "2026-02-05T10:12:01Z".parse().unwrap();
    assert_ne!(first, certificate(&later, &layout, &fonts).unwrap());
}
