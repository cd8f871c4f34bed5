//! What single words refuse, and why they say so.

use std::{fmt::Debug, str::FromStr};

use kp_terms::{Carats, Composition, HsCode, Origin, ParticipantCode, ReadError, Zone};

fn refused<T: FromStr<Err = ReadError> + Debug>(cases: &[(&str, &str)]) {
    for (text, reason) in cases {
        let sentence = text.parse::<T>().unwrap_err().to_string();
        assert!(sentence.contains(reason), "{text}: {sentence}");
    }
}

#[test]
fn an_origin_says_what_it_consists_of() {
    refused::<Origin>(&[
        ("", "write one code, for example XA"),
        ("Guinea", "write one code, for example XA"),
        ("*", "mixed but not of what"),
        ("**", "mixed but not of what"),
        ("mixed", "two countries or more"),
        ("mixed XA:100", "two countries or more"),
        ("mixed XA:100 XA:50", "XA is named twice"),
        ("mixed XA:100 XB:0", "the part from XB of a mixed origin has 0.00 ct"),
        ("mixed XA:100 XB:-5", "the part from XB of a mixed origin has -5.00 ct"),
        ("mixed XA:100 XB", "\"XB\" is not a part of a mixed origin"),
        ("mixed XA:100 X:5", "\"X\" is not a participant code"),
        ("mixed XA:100 XB:1.234", "could separate thousands or decimals"),
    ]);
    let most = Carats::from_hundredths(i64::MAX);
    let parts = ["XA", "XB"].map(|code| (code.parse::<ParticipantCode>().unwrap(), most));
    assert!(Composition::new(parts).unwrap_err().to_string().contains("too large to add up"));
}

#[test]
fn the_same_mixture_is_the_same_text() {
    let orders = ["mixed XA:1 XB:2 XC:3", "mixed XC:3.00 XA:1 XB:2.0", "MIXED xb:2 xc:3 xa:1"];
    for text in orders {
        let origin: Origin = text.parse().unwrap();
        assert_eq!(origin.to_string(), "mixed XA:1.00 XB:2.00 XC:3.00");
        assert_eq!(origin.printed(), "**");
        let Origin::Mixed(composition) = origin else { panic!("{text} is mixed") };
        assert_eq!(composition.total(), "6".parse().unwrap());
    }
}

#[test]
fn a_zone_has_a_participant_and_a_plain_name() {
    for text in ["XA/north-river", "xa/North River", " XA / north__river ", "xa/-north - river-"] {
        assert_eq!(text.parse::<Zone>().unwrap().to_string(), "XA/north-river", "{text}");
    }
    let (forty, longer) = (format!("XA/{}", "n".repeat(40)), format!("XA/{}", "n".repeat(41)));
    assert_eq!(forty.parse::<Zone>().unwrap().to_string(), forty);
    refused::<Zone>(&[
        ("", "no slash"),
        ("north-river", "no slash"),
        ("XAB/north", "does not follow a participant's two letters"),
        ("XA/", "no name after the slash"),
        ("XA/ - ", "no name after the slash"),
        ("XA/north/river", "'/' is not a letter"),
        ("XA/rivière", "'è' is not a letter without accent"),
        (&longer, "longer than forty"),
    ]);
}

#[test]
fn a_class_is_one_of_three_and_nothing_around_it() {
    for text in ["7102.10", "710210", "7102 10", "7102-10", "HS 7102.10", "hs710210", " 7102.10 "] {
        assert_eq!(text.parse(), Ok(HsCode::Unsorted), "{text}");
    }
    let only = "the scheme covers 7102.10, 7102.21 and 7102.31 only";
    refused::<HsCode>(&[
        ("", only),
        ("7102.39", only),
        ("7102", only),
        ("7102.10.00", only),
        ("about 7102.10 or so", only),
    ]);
}

#[test]
fn a_participant_is_two_letters_and_only_some_are_invented() {
    refused::<ParticipantCode>(&[
        ("", "two letters"),
        ("X", "two letters"),
        ("XAB", "two letters"),
        ("ÉU", "two letters"),
    ]);
    let invented: String = ('A'..='Z')
        .filter(|second| format!("X{second}").parse::<ParticipantCode>().unwrap().is_invented())
        .collect();
    assert_eq!(invented, "ABCDEFGHJLMNOPQRSTUVWXYZ");
    assert!(!"AX".parse::<ParticipantCode>().unwrap().is_invented());
}

#[test]
fn units_are_taken_off_whatever_their_case() {
    for text in ["5 ct", "5CT", "5cts", "5 ct.", "5 carat", "5 Carats", " 5.00ct "] {
        assert_eq!(text.parse(), Ok(Carats::from_hundredths(500)), "{text}");
    }
    refused::<Carats>(&[
        ("ct", "no digits"),
        ("5 g", "'g' is not a digit"),
        ("5 ct ct", "'c' is not a digit"),
    ]);
}
