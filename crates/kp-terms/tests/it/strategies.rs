//! Words of every shape, for the property tests.

use kp_terms::{
    Carats, CertificateNumber, Composition, Half, Origin, ParticipantCode, Period, Quarter, Zone,
};
use proptest::prelude::*;

pub(crate) fn code() -> impl Strategy<Value = ParticipantCode> {
    "[A-Z]{2}".prop_map(|text| text.parse().unwrap())
}

pub(crate) fn number() -> impl Strategy<Value = CertificateNumber> {
    (code(), any::<u64>(), 0..64_u32)
        .prop_map(|(prefix, serial, shift)| CertificateNumber::new(prefix, serial >> shift))
}

pub(crate) fn composition() -> impl Strategy<Value = Composition> {
    proptest::collection::btree_map(code(), 1..1_000_000_000_000_i64, 2..6)
        .prop_map(|parts| parts.into_iter().map(|(code, carats)| (code, Carats::from_hundredths(carats))))
        .prop_map(|parts| Composition::new(parts).unwrap())
}

pub(crate) fn origin() -> impl Strategy<Value = Origin> {
    prop_oneof![code().prop_map(Origin::One), composition().prop_map(Origin::Mixed)]
}

pub(crate) fn zone() -> impl Strategy<Value = Zone> {
    (code(), "[a-z0-9]{1,12}(-[a-z0-9]{1,12}){0,2}")
        .prop_map(|(code, name)| format!("{code}/{name}").parse().unwrap())
}

pub(crate) fn half() -> impl Strategy<Value = Half> {
    (1900..=2999_i16, 1..=2_u8).prop_map(|(year, half)| Half { year, half })
}

pub(crate) fn quarter() -> impl Strategy<Value = Quarter> {
    (1900..=2999_i16, 1..=4_u8).prop_map(|(year, quarter)| Quarter { year, quarter })
}

pub(crate) fn period() -> impl Strategy<Value = Period> {
    prop_oneof![
        (1900..=2999_i16).prop_map(Period::Year),
        half().prop_map(Period::Half),
        quarter().prop_map(Period::Quarter),
    ]
}
