//! Every word reads back exactly what it writes; no text makes reading panic.

use std::{
    fmt::{Debug, Display},
    str::FromStr,
};

use kp_terms::{
    Carats, CertificateNumber, Composition, Date, FieldValue, Half, HsCode, Origin, ParticipantCode, Period,
    Provenance, Quarter, ReadError, UnitValue, UsdCents, Zone,
};
use proptest::prelude::*;

use crate::strategies::{code, composition, half, number, origin, period, quarter, zone};

fn reads_back<T>(word: &T) -> Result<(), TestCaseError>
where
    T: Display + FromStr<Err = ReadError> + PartialEq + Debug,
{
    let text = word.to_string();
    prop_assert_eq!(&text.parse::<T>().map_err(|e| TestCaseError::fail(e.to_string()))?, word);
    // Forgiving: blanks around it and small letters change nothing.
    let untidy = format!("  {}\u{a0}", text.to_lowercase());
    prop_assert_eq!(&untidy.parse::<T>().map_err(|e| TestCaseError::fail(e.to_string()))?, word);
    Ok(())
}

/// Reads any text as every word; what is read must be written in a text that reads as the same word.
fn reads_or_refuses<T>(text: &str) -> Result<(), TestCaseError>
where
    T: Display + FromStr<Err = ReadError> + PartialEq + Debug,
{
    match text.parse::<T>() {
        Ok(word) => reads_back(&word),
        Err(refused) => {
            let sentence = refused.to_string();
            // Sixty characters of the text at most, each of which may be escaped in up to ten.
            prop_assert!(!sentence.is_empty() && sentence.len() < 1_000, "{}", sentence);
            Ok(())
        }
    }
}

fn every_word(text: &str) -> Result<(), TestCaseError> {
    reads_or_refuses::<Carats>(text)?;
    reads_or_refuses::<UsdCents>(text)?;
    reads_or_refuses::<UnitValue>(text)?;
    reads_or_refuses::<HsCode>(text)?;
    reads_or_refuses::<ParticipantCode>(text)?;
    reads_or_refuses::<CertificateNumber>(text)?;
    reads_or_refuses::<Composition>(text)?;
    reads_or_refuses::<Origin>(text)?;
    reads_or_refuses::<Provenance>(text)?;
    reads_or_refuses::<Zone>(text)?;
    reads_or_refuses::<Half>(text)?;
    reads_or_refuses::<Quarter>(text)?;
    reads_or_refuses::<Period>(text)?;
    let typed = [text.to_owned()];
    let _ = (Date::read(&typed), u32::read(&typed), kp_terms::Timestamp::read(&typed));
    Ok(())
}

proptest! {
    #[test]
    fn amounts_read_back(value in any::<i64>()) {
        reads_back(&Carats::from_hundredths(value))?;
        reads_back(&UsdCents::from_cents(value))?;
        reads_back(&UnitValue::from_cents_per_carat(value))?;
        let carats = Carats::from_hundredths(value);
        prop_assert_eq!(carats.grouped().parse(), Ok(carats));
        prop_assert_eq!(format!("{carats} ct").parse(), Ok(carats));
        let value = UsdCents::from_cents(value);
        prop_assert_eq!(value.grouped().parse(), Ok(value));
        prop_assert_eq!(format!("US$ {value}").parse(), Ok(value));
    }

    #[test]
    fn codes_read_back(code in code(), zone in zone(), class in proptest::sample::select(HsCode::ALL.to_vec())) {
        reads_back(&code)?;
        reads_back(&Provenance(code))?;
        reads_back(&zone)?;
        reads_back(&class)?;
    }

    #[test]
    fn origins_read_back(origin in origin(), composition in composition()) {
        reads_back(&origin)?;
        reads_back(&composition)?;
    }

    #[test]
    fn numbers_read_back(number in number()) {
        reads_back(&number)?;
    }

    #[test]
    fn periods_read_back(half in half(), quarter in quarter(), period in period()) {
        reads_back(&half)?;
        reads_back(&quarter)?;
        reads_back(&period)?;
    }

    /// 1.250 and 1,250 are 1250 to one half of the world and 1.25 to the other.
    #[test]
    fn a_lone_mark_before_three_digits_is_never_guessed(
        (whole, after, mark) in (1..=999_u16, 0..=999_u16, prop_oneof![Just('.'), Just(',')]),
        sign in prop_oneof![Just(""), Just("-"), Just("US$ ")],
    ) {
        let text = format!("{sign}{whole}{mark}{after:03}");
        let sentence = text.parse::<UsdCents>().map_err(|e| e.to_string()).expect_err(&text);
        let mend = format!("could separate thousands or decimals; write {whole}{after:03} or ");
        prop_assert!(sentence.contains(&mend), "{}", sentence);
        // Whatever settles it is read: more groups, or decimals behind.
        let other = if mark == '.' { ',' } else { '.' };
        for settled in [format!("{text}{mark}000"), format!("{text}{other}5")] {
            let read = settled.parse::<UsdCents>();
            prop_assert!(read.is_ok(), "{:?}", read);
        }
    }

    #[test]
    fn no_text_makes_reading_panic(text in any::<String>()) {
        every_word(&text)?;
    }

    /// Texts made of the characters that mean something somewhere.
    #[test]
    fn no_likely_text_makes_reading_panic(text in "[XxAaOoIlQqHh0-9.,:/'’ \u{a0}*$+\u{2212}ctmixed-]{0,24}") {
        every_word(&text)?;
    }
}
