//! Signed envelopes of the log: statements, and signatures that stand alone.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    kp_fuzz::limited(32, 200, || {
        let _ = kp_sign::open(bytes);
        let _ = kp_sign::open_detached(bytes);
    });
});
