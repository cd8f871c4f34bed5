//! Who can hold a parcel, and who signs for a holder.
//!
//! Scheme: domain 7 (digger, collector, buying house, government office). A holder is a licensed trader, an authority, or an
//! officer. An officer signs for nobody else; an authority's officers sign for it; for a trader, who has no key here, a
//! clerk takes down what the trader says. Never lets one person sign for both sides: custody is with whom the last
//! acceptance says.

use anyhow::Result;
use kp_db::Tx;
use kp_registry::{Officer, Role};
use kp_terms::ParticipantCode;

/// What kind of holder a reference names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HolderKind {
    /// A licensed trader, by licence number.
    Trader,
    /// An authority, by id.
    Authority,
    /// An officer, by id.
    Officer,
}

/// The holder with this reference in a participant's territory, where there is one.
///
/// # Errors
/// Where the database fails.
pub fn holder_of(tx: &mut Tx<'_>, holder: &str, participant: ParticipantCode) -> Result<Option<HolderKind>> {
    if kp_registry::exporter_by_licence(tx, holder)?.is_some_and(|e| e.participant == participant) {
        return Ok(Some(HolderKind::Trader));
    }
    if kp_registry::authority_by_id(tx, holder)?.is_some_and(|a| a.participant == participant) {
        return Ok(Some(HolderKind::Authority));
    }
    let officer = kp_registry::officer_by_id(tx, holder)?;
    Ok(officer.filter(|o| o.body == participant.to_string() && !o.is_trader()).map(|_| HolderKind::Officer))
}

/// Whether an officer signs for a holder.
pub fn signs_for(officer: &Officer, holder: &str, kind: HolderKind) -> bool {
    match kind {
        HolderKind::Trader => officer.roles.contains(&Role::Clerk),
        HolderKind::Authority => officer.authority.as_deref() == Some(holder),
        HolderKind::Officer => officer.id == holder,
    }
}

#[cfg(test)]
mod tests {
    use super::{HolderKind, signs_for};
    use crate::testing::officer;
    use kp_registry::Role;

    #[test]
    fn nobody_signs_for_a_stranger() {
        let mut clerk = officer("XA", Role::Clerk);
        clerk.authority = Some("xa-gdo".into());
        let valuer = officer("XA", Role::Valuer);
        assert!(signs_for(&clerk, "XA-EXP-1", HolderKind::Trader));
        assert!(!signs_for(&valuer, "XA-EXP-1", HolderKind::Trader));
        assert!(signs_for(&clerk, "xa-gdo", HolderKind::Authority));
        assert!(!signs_for(&clerk, "xa-office-2", HolderKind::Authority));
        assert!(!signs_for(&valuer, "xa-gdo", HolderKind::Authority));
        assert!(signs_for(&valuer, "xa-valuer-1", HolderKind::Officer));
        assert!(!signs_for(&clerk, "xa-valuer-1", HolderKind::Officer));
    }
}
