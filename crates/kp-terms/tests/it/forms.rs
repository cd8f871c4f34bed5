//! A form reads every field or lists every problem, with nothing typed ever lost in silence.

use kp_terms::{Carats, CertificateNumber, Date, Fields, Form, Kind, Origin, ParticipantCode, Provenance};

kp_terms::form! {
    /// A form with one field of each sort.
    pub struct Shipped {
        /// Which certificate.
        number: CertificateNumber, "XA-000001";
        /// Where the stones
        /// were mined.
        origin: Origin, "XA";
        /// Where they last came from.
        provenance: Option<Provenance>, "XB";
        /// Certificates under which they came in.
        sources: Vec<CertificateNumber>, "XB-000007";
        /// How much.
        carats: Carats, "5000.00";
        /// When.
        on: Date, "2026-02-03";
    }
}

fn typed(pairs: &[(&str, &str)]) -> Fields {
    let mut fields = Fields::new();
    for (name, text) in pairs {
        fields.entry((*name).to_owned()).or_default().push((*text).to_owned());
    }
    fields
}

#[test]
fn examples_read_and_fields_describe_themselves() {
    let examples: Vec<(&str, &str)> =
        Shipped::FIELDS.iter().map(|field| (field.name, field.example)).collect();
    let shipped = Shipped::read(&typed(&examples)).unwrap();
    assert_eq!(shipped.number.to_string(), "XA-000001");
    assert_eq!(shipped.sources.len(), 1);
    assert_eq!(Shipped::FIELDS[1].help, "Where the stones were mined.");
    let kinds: Vec<(Kind, bool, bool)> =
        Shipped::FIELDS.iter().map(|f| (f.kind, f.required, f.repeated)).collect();
    assert_eq!(
        kinds,
        [
            (Kind::Text, true, false),
            (Kind::Text, true, false),
            (Kind::Participant, false, false),
            (Kind::Text, true, true),
            (Kind::Carats, true, false),
            (Kind::Date, true, false),
        ]
    );
}

#[test]
fn every_problem_is_listed_and_unknown_fields_too() {
    let fields = typed(&[
        ("number", "XA-000001"),
        ("number", "XA-000002"),
        ("origin", "**"),
        ("provenance", "  "),
        ("sources", "XB-7"),
        ("sources", "Polio 5"),
        ("on", "3 Feb"),
        ("carat", "5"),
    ]);
    let problems = Shipped::read(&fields).unwrap_err();
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let expected = [
        ("carat: ", "is not a field of this form; the fields are number, origin"),
        ("number: ", "was given 2 times"),
        ("origin: ", "mixed but not of what"),
        ("sources: ", "\"Polio 5\""),
        ("carats: ", "is missing"),
        ("on: ", "\"3 Feb\" is not a date"),
    ];
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for (sentence, (field, reason)) in told.iter().zip(expected) {
        assert!(sentence.starts_with(field) && sentence.contains(reason), "{sentence}");
    }
}

#[test]
fn one_text_of_a_participant_is_not_two() {
    let twice = ["XA".to_owned(), "XB".to_owned()];
    assert!(kp_terms::read_one::<ParticipantCode>(&twice).unwrap_err().to_string().contains("give it once"));
}
