//! The lists that verifiers carry, one by one and as a bundle.
#![no_main]

use kp_certificate::lists::{
    Bundle, List, ListFile, Participants, Ranges, Roots, Snapshot, Specimens, Status, Trust,
};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

/// The root keys of the seeds.
static ROOTS: LazyLock<Roots> = LazyLock::new(kp_fuzz_roots);

fn kp_fuzz_roots() -> Roots {
    let key = |seed: u8| {
        kp_sign::SigningKey::from_bytes(&[seed; 32]).expect("because the seed is no zero").public()
    };
    Roots::new(1, [key(101)])
}

fn read<L: List>(file: &ListFile) {
    let _ = file.read::<L>();
}

fuzz_target!(|bytes: &[u8]| {
    kp_fuzz::limited(32, 400, || {
        if let Ok(file) = ListFile::from_bytes(bytes) {
            assert_eq!(file.to_bytes(), bytes);
            read::<Participants>(&file);
            read::<Trust>(&file);
            read::<Status>(&file);
            read::<Ranges>(&file);
            read::<Specimens>(&file);
            read::<Snapshot>(&file);
        }
        if let Ok(bundle) = Bundle::open(bytes, &ROOTS) {
            assert_eq!(bundle.to_bytes(), bytes);
        }
    });
});
