//! PNG and JPEG files, and whatever else is taken for a file.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    kp_fuzz::limited(96, 4000, || {
        if let Ok(scan) = kp_scan::read_codes(bytes) {
            assert!(scan.codes.iter().all(|code| code.place.is_none_or(|place| place.right <= 1000)));
        }
    });
});
