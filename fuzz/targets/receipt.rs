//! Bytes into a receipt, and its path to a root for a fixed credential.
#![no_main]

use kp_certificate::{Credential, Receipt};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static CREDENTIAL: LazyLock<Option<Credential>> =
    LazyLock::new(|| Credential::open(include_bytes!("../corpus/credential/everyday")).ok());

fuzz_target!(|bytes: &[u8]| {
    kp_fuzz::limited(16, 200, || {
        if let Ok(receipt) = Receipt::open(bytes) {
            assert_eq!(receipt.bytes(), bytes);
            assert!(receipt.placed().index < receipt.placed().size);
            if let Some(credential) = CREDENTIAL.as_ref()
                && let Ok(root) = receipt.root(credential)
            {
                let _ = receipt.message(root);
            }
        }
    });
});
