//! What a person types: numbers of certificates, check codes, seals. What is accepted is understood again when it is
//! written as we write it.
#![no_main]

use kp_certificate::{CheckCode, plain_seal, seal_ranges, shorten};
use kp_terms::{CertificateNumber, ParticipantCode};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    kp_fuzz::limited(16, 200, || {
        if let Ok(code) = text.parse::<CheckCode>() {
            assert_eq!(code.to_string().parse(), Ok(code));
        }
        if let Ok(number) = text.parse::<CertificateNumber>() {
            assert_eq!(number.to_string().parse::<CertificateNumber>().ok(), Some(number));
        }
        if let Ok(code) = text.parse::<ParticipantCode>() {
            assert_eq!(code.to_string().parse::<ParticipantCode>().ok(), Some(code));
        }
        if let Some(seal) = plain_seal(text) {
            assert_eq!(plain_seal(&seal).as_deref(), Some(seal.as_str()));
        }
        let seals: Vec<String> = text.split(',').take(64).map(str::to_owned).collect();
        let _ = seal_ranges(&seals);
        assert!(shorten(text, 26).len() <= 26);
    });
});
