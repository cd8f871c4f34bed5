//! Certificate numbers as people type them, and the dated prefixes.

use std::collections::{BTreeSet, HashSet};

use jiff::civil::date;
use kp_terms::{CertificateNumber, PREFIXES, participant_for_prefix};
use proptest::prelude::*;

use crate::strategies::{code, number};

#[test]
fn typed_forms_of_one_number_are_one_number() {
    let typed = [
        "XA-012345",
        "xa12345",
        "XA 12345",
        "XA/12.345",
        " xa - 0012345 ",
        "X A 1 2 3 4 5",
        "XA–12345",
        "XAl2345",
        "XAI2345",
        "XA0I2345",
        "XAo12345",
        "XA\u{200e}12345",
        "XA ١٢٣٤٥",
        "XA １２３４５",
        "XA_12345",
        "-XA-12345-",
    ];
    let numbers: BTreeSet<CertificateNumber> = typed.iter().map(|text| text.parse().unwrap()).collect();
    let hashed: HashSet<CertificateNumber> = typed.iter().map(|text| text.parse().unwrap()).collect();
    assert_eq!((numbers.len(), hashed.len()), (1, 1), "{numbers:?}");
    assert_eq!(numbers.first().map(ToString::to_string).as_deref(), Some("XA-012345"));
}

#[test]
fn numbers_are_ordered_by_prefix_and_then_by_serial() {
    let mut numbers = ["xb 1", "XA-1000000", "XA-999999", "xa0000010", "XA 9"]
        .map(|t| t.parse::<CertificateNumber>().unwrap());
    numbers.sort();
    let ordered = numbers.map(|number| number.to_string());
    assert_eq!(ordered, ["XA-000009", "XA-000010", "XA-999999", "XA-1000000", "XB-000001"]);
}

#[test]
fn every_liberty_taken_is_explained() {
    let explained = |text| CertificateNumber::read_explained(text).unwrap().explanations;
    assert_eq!(explained("XA-000001"), [""; 0]);
    assert_eq!(explained(" XA-1234567 "), [""; 0]);
    assert_eq!(
        explained("XA-0O00l2"),
        ["read letter O at position 5 as digit 0", "read letter l at position 8 as digit 1",]
    );
    assert_eq!(
        explained("  Xa 000001"),
        ["read the prefix Xa as XA", "left out the separator at position 5",]
    );
    for written in ["XA-OOOO12", "xaoooo12", "XA-OOOO 12", "XA OOO OI2"] {
        assert_eq!(written.parse::<CertificateNumber>().unwrap().to_string(), "XA-000012", "{written}");
        assert!(explained(written).iter().any(|said| said.contains("as digit 0")), "{written}");
    }
    assert_eq!(explained("X-A-00 00-01"), ["left out the separators at positions 2, 4, 7 and 10"]);
    assert_eq!(explained("XA٠00001"), ["read ٠ at position 3 as digit 0"]);
    assert_eq!(explained("XA1"), ["wrote the serial 1 as 000001; zeros in front make no difference"]);
    assert_eq!(
        explained("XA-0000001"),
        ["wrote the serial 0000001 as 000001; zeros in front make no difference"]
    );
}

#[test]
fn what_is_no_number_is_refused_with_its_reason() {
    let refused = [
        ("", "does not begin with the two letters"),
        ("X", "does not begin with the two letters"),
        ("XA", "no digits follow"),
        ("XA-", "no digits follow"),
        ("12345", "'1' at position 1 is not a letter"),
        ("X0-12345", "'0' at position 2 is not a letter"),
        ("ХА-12345", "'Х' at position 1 is not a letter"), // Cyrillic
        ("XAB-12345", "'B' at position 3 is not a digit"),
        ("XA-12Z45", "'Z' at position 6 is not a digit"),
        ("hello", "no digits follow"),
        ("XA-OOOOOO", "no digits follow"),
        ("Polio 5", "begins with a word"),
        ("XA-18446744073709551616", "too long"),
        ("XA-000001/000005", "two numbers in one"),
        ("XA-000001 XA-000005", "'X' at position 11 is not a digit"),
    ];
    for (text, reason) in refused {
        let sentence = text.parse::<CertificateNumber>().unwrap_err().to_string();
        assert!(
            sentence.contains(reason) && sentence.contains("write for example XA-000001"),
            "{text}: {sentence}"
        );
    }
}

#[test]
fn prefixes_of_the_table_do_not_overlap_and_are_dated_in_order() {
    for (i, row) in PREFIXES.iter().enumerate() {
        assert!(row.valid_to.is_none_or(|last| row.valid_from <= last), "{row:?}");
        for other in PREFIXES.iter().skip(i + 1).filter(|other| other.prefix == row.prefix) {
            let apart = row.valid_to.is_some_and(|last| last < other.valid_from)
                || other.valid_to.is_some_and(|last| last < row.valid_from);
            assert!(apart, "{row:?} and {other:?}");
        }
    }
}

#[test]
fn a_prefix_belongs_to_a_participant_for_a_time() {
    let (ec, eu) = ("EC".parse().unwrap(), "EU".parse().unwrap());
    let cases = [
        (ec, date(2002, 12, 31), None),
        (ec, date(2003, 1, 1), Some(eu)),
        (ec, date(2012, 12, 31), Some(eu)),
        (ec, date(2013, 1, 1), None),
        (eu, date(2012, 12, 31), None),
        (eu, date(2013, 1, 1), Some(eu)),
        (eu, date(2026, 2, 3), Some(eu)),
    ];
    for (prefix, on, expected) in cases {
        assert_eq!(participant_for_prefix(prefix, on).ok(), expected, "{prefix} on {on}");
    }
    let sentence = participant_for_prefix(ec, date(2014, 5, 2)).unwrap_err().to_string();
    assert_eq!(
        sentence,
        "the prefix EC belonged to no participant on 2014-05-02; it stood for EU from 2003-01-01 to 2012-12-31 \
         (EU2368 Annex IV); check prefix and day of issue"
    );
}

proptest! {
    #[test]
    fn order_is_prefix_then_serial_whatever_was_printed(a in number(), b in number()) {
        let printed: CertificateNumber = format!("{} {}", a.prefix(), a.serial()).parse().unwrap();
        prop_assert_eq!(&printed, &a);
        prop_assert_eq!(printed.cmp(&b), (a.prefix(), a.serial()).cmp(&(b.prefix(), b.serial())));
    }

    #[test]
    fn the_us_form_reads_as_the_same_number(prefix in code(), serial in 0..=9_999_999_u64) {
        let number = CertificateNumber::new(prefix, serial);
        let form = number.us_message_form().unwrap();
        prop_assert_eq!(form.len(), 9);
        prop_assert_eq!(form.parse(), Ok(number));
    }

    #[test]
    fn prefixes_outside_the_table_are_the_participants_own_code(prefix in code(), day in 1..3000_i32) {
        let on = date(2003, 1, 1).checked_add(jiff::Span::new().days(day)).unwrap();
        if !["EC", "EU"].contains(&prefix.as_str()) {
            prop_assert_eq!(participant_for_prefix(prefix, on), Ok(prefix));
        }
    }
}
