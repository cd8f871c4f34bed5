//! Text that a camera read, into a credential or a receipt: what is accepted is written again in the same characters.
#![no_main]

use kp_certificate::{Credential, Receipt, decode_base45, encode_base45};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    kp_fuzz::limited(16, 200, || {
        if let Ok(bytes) = decode_base45(text) {
            assert_eq!(encode_base45(&bytes), text);
        }
        if let Ok(credential) = Credential::from_text(text) {
            assert_eq!(credential.to_text(), text);
        }
        if let Ok(receipt) = Receipt::from_text(text) {
            assert_eq!(receipt.to_text(), text);
        }
    });
});
