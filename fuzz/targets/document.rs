//! PDF documents.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut file = b"%PDF-1.7\n".to_vec();
    file.extend_from_slice(bytes);
    kp_fuzz::limited(160, 4000, || {
        let _ = kp_scan::read_codes(&file);
    });
});
