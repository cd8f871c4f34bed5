//! Plain text with codes in it, as it comes by e-mail: every code that is taken out stands in the text, apart from line
//! ends.
#![no_main]

use kp_scan::{FileKind, read_codes};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    kp_fuzz::limited(32, 400, || {
        let Ok(scan) = read_codes(text.as_bytes()) else { return };
        if scan.kind == FileKind::Text {
            for code in &scan.codes {
                assert!(code.text.starts_with("KPC1:") || code.text.starts_with("KPR1:"));
                assert!(code.text.len() <= 3 * text.len() + 64);
            }
        }
    });
});
