//! Every word written as its text form (`"36000.00"`, `"XA"`, `"2008-H1"`), in signed statements and in JSON alike.
//!
//! Text is exact, unambiguous and the same in every format; docs/decisions/0003-serde-in-terms.md says why.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

macro_rules! as_text {
    ($($type:ty),*) => {
        $(impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
            }
        })*
    };
}

as_text!(
    crate::Carats,
    crate::UsdCents,
    crate::HsCode,
    crate::ParticipantCode,
    crate::Half,
    crate::Quarter,
    crate::Period,
    crate::CertificateNumber,
    crate::Composition,
    crate::Origin,
    crate::Provenance,
    crate::UnitValue,
    crate::Zone
);
