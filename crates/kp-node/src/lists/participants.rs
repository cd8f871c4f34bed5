//! The list of participants, from the registry: membership, trade standing, and who signs each one's keys.

use anyhow::Result;
use jiff::tz::TimeZone;
use kp_certificate::lists::{
    Direction, Head, Membership, Participant, Participants, Signers, Standing, StandingChange, UnderWay,
};
use kp_db::Tx;
use kp_registry::Role;
use kp_sign::PublicKey;

/// Custodians who must sign a participant's keys where it has that many (security 7.1: no one alone).
const CUSTODIANS: u32 = 2;

/// The list as the registry has it. The snapshot is the publishing node's.
pub(super) fn list(tx: &mut Tx<'_>, head: Head, node: PublicKey) -> Result<Participants> {
    let mut participants = Vec::new();
    for registered in kp_registry::participants(tx)? {
        participants.push(participant(tx, &registered)?);
    }
    participants.sort_by_key(|participant| participant.code);
    Ok(Participants { head, snapshot_signers: Signers::new(1, [node]), participants })
}

fn participant(tx: &mut Tx<'_>, registered: &kp_registry::Participant) -> Result<Participant> {
    let code = registered.code;
    let changes = kp_registry::standing_changes_of_participant(tx, code)?;
    let custodians = kp_registry::keys_of_role(tx, code.as_str(), Role::Custodian)?;
    let threshold = CUSTODIANS.min(u32::try_from(custodians.len())?).max(1);
    let from = TimeZone::UTC.to_timestamp(registered.member_from.at(0, 0, 0, 0))?;
    let removed = changes.iter().filter(|change| change.standing == kp_registry::Standing::Removed);
    let until = removed.map(|change| change.effective_at).min();
    let mut standing: Vec<StandingChange> = changes.iter().filter_map(standing_change).collect();
    standing.sort_by_key(|change| change.effective_at);
    Ok(Participant {
        code,
        name: registered.name.clone(),
        membership: vec![Membership { from, until, legal_act: registered.legal_act.clone() }],
        standing,
        excluded: Vec::new(),
        prefixes: Vec::new(),
        signers: Signers::new(threshold, custodians),
    })
}

/// A removal is an end of membership, not a standing.
fn standing_change(change: &kp_registry::StandingChange) -> Option<StandingChange> {
    let standing = match change.standing {
        kp_registry::Standing::Open => Standing::Open,
        kp_registry::Standing::Suspended => Standing::Suspended,
        kp_registry::Standing::Removed => return None,
    };
    let under_way = match change.under_way {
        kp_registry::UnderWayRule::HoldAndAsk => UnderWay::HoldAndAsk,
        kp_registry::UnderWayRule::Release => UnderWay::Release,
        kp_registry::UnderWayRule::Refuse => UnderWay::Refuse,
    };
    Some(StandingChange {
        standing,
        direction: Direction::Both,
        scope: String::new(),
        effective_at: change.effective_at,
        under_way,
        legal_act: change.legal_act.clone(),
    })
}
