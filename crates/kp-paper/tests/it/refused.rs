//! What is not printed, and in which words: never cut off, never an empty box instead of a letter.

use kp_paper::{CertificateSheet, Fonts, Layout, certificate};

use crate::samples;

fn refusal(change: impl FnOnce(&mut CertificateSheet)) -> String {
    let mut sheet = samples::everyday();
    change(&mut sheet);
    let fonts = Fonts::built_in().expect("because the fonts are in the program");
    match certificate(&sheet, &Layout::built_in(), &fonts) {
        Ok(_) => panic!("it was printed"),
        Err(why) => why.to_string(),
    }
}

#[test]
fn a_text_that_does_not_fit_is_refused_with_its_field() {
    let said = refusal(|sheet| sheet.exporter.address = "a long street with a long name ".repeat(40));
    assert!(said.starts_with("the text of exporter does not fit into its place of 84 x "), "{said}");
    assert!(
        said.contains("at 6.5 points") && said.contains("give exporter more room in the layout"),
        "{said}"
    );
    let said = refusal(|sheet| {
        sheet.exporter.name =
            "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(2)
    });
    assert!(said.contains("the text of exporter does not fit"), "{said}");
}

#[test]
fn a_character_without_a_font_is_named_with_its_package() {
    let said = refusal(|sheet| sheet.importer.name = "上海钻石 Ltd".to_owned());
    assert!(
        said.contains("importer has characters that no font at hand can print: 上 (U+4E0A), 海 (U+6D77)"),
        "{said}"
    );
    assert!(said.contains("install Debian's fonts-noto-cjk"), "{said}");
    let said = refusal(|sheet| sheet.quality = "ꦲꦏ꧀ꦱꦫ".to_owned());
    assert!(said.contains("fonts-noto-core"), "{said}");
}

#[test]
fn a_mark_that_turns_a_text_around_is_refused() {
    for mark in ['\u{202e}', '\u{2067}', '\u{feff}', '\u{7}'] {
        let said = refusal(|sheet| sheet.importer.name = format!("Example {mark}dtl"));
        assert!(said.contains(&format!("U+{:04X}", u32::from(mark))), "{said}");
        assert!(said.contains("invisible marks"), "{said}");
    }
}

#[test]
fn what_contradicts_itself_is_refused() {
    type Change = fn(&mut CertificateSheet);
    let table: [(&str, Change); 9] = [
        ("goods: there are none", |sheet| sheet.goods.clear()),
        ("goods: a class is given twice", |sheet| sheet.goods.push(sheet.goods[0])),
        ("too large to add up", |sheet| sheet.goods[0].carats = kp_terms::Carats::from_hundredths(i64::MAX)),
        ("parcels: there are none", |sheet| sheet.parcels = 0),
        ("parcel_list: more than five", |sheet| {
            sheet.parcel_list = vec![sheet.parcel_list[0].clone(); 6];
            sheet.parcels = 6;
        }),
        ("parcel_list: it has another number", |sheet| sheet.parcels = 3),
        ("codes: there are codes and no validation", |sheet| sheet.validation = None),
        ("'k' is not one of the characters of base45", |sheet| {
            sheet.codes.as_mut().unwrap().certificate = "kpc1:ABC".to_owned();
        }),
        ("the code of certificate_symbol needs 137 modules with its quiet zone", |sheet| {
            sheet.codes.as_mut().unwrap().certificate = samples::code("KPC1:", 1700);
        }),
    ];
    for (words, change) in table {
        let said = refusal(change);
        assert!(said.contains(words), "{words:?} is not in {said:?}");
    }
}

#[test]
fn a_receipt_that_is_too_large_is_left_to_the_list_and_the_sheet_says_so() {
    let mut sheet = samples::everyday();
    let (layout, fonts) = (Layout::built_in(), Fonts::built_in().unwrap());
    let usual = certificate(&sheet, &layout, &fonts).unwrap();
    sheet.codes.as_mut().unwrap().receipt = Some(samples::code("KPR1:", 1700));
    let left_out = certificate(&sheet, &layout, &fonts).unwrap();
    sheet.codes.as_mut().unwrap().receipt = None;
    assert_eq!(left_out, certificate(&sheet, &layout, &fonts).unwrap());
    assert_ne!(left_out, usual);
}
