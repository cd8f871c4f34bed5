//! Bytes into a credential: one certificate has one spelling.
#![no_main]

use kp_certificate::Credential;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    kp_fuzz::limited(16, 200, || {
        if let Ok(credential) = Credential::open(bytes) {
            assert_eq!(credential.bytes(), bytes);
            assert_eq!(Credential::from_text(&credential.to_text()).as_ref(), Ok(&credential));
            let code = credential.check_code();
            assert_eq!(code.to_string().parse(), Ok(code));
        }
    });
});
