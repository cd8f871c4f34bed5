//! The lists that a verifier carries, so that it can judge a certificate without a network: who takes part, whose keys
//! count, which certificates there are and what became of them, which numbers were allotted, how the papers look.
//!
//! The format is `specs/lists.md`. Each list has a version that only grows, is signed by those whom the list above it
//! names, and all of one day are bound together by a snapshot (the rules of TUF; security 7.6). The root keys are pinned
//! by whoever verifies. It never says what a certificate is worth: that is `kp-verify`'s.

mod bundle;
mod file;
mod participants;
mod ranges;
mod snapshot;
mod specimens;
mod status;
mod text;
mod trust;

pub use bundle::{Bundle, BundleFault, Roots, pack};
pub use file::{Head, List, ListFault, ListFile, ListKey, SignedBy, Signers, seal};
pub use participants::{
    Direction, Exclusion, Membership, Participant, Participants, PrefixSpell, Standing, StandingChange,
    UnderWay,
};
pub use ranges::{Allotment, BlankState, MissingBlanks, Ranges};
pub use snapshot::{Listed, Snapshot};
pub use specimens::{Specimen, Specimens};
pub use status::{Complete, Fate, Run, State, Status};
pub use trust::{Compromise, Cut, DocumentKey, KeyClass, LogKey, Trust};

#[cfg(test)]
mod tests;
