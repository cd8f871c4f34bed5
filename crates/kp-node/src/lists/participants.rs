//! The list of participants, from the registry: membership, trade standing, national lists, and who signs each one's keys.

use anyhow::Result;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use kp_certificate::lists::{
    Direction, Exclusion, Head, Membership, Participant, Participants, Signers, Standing, StandingChange,
    UnderWay,
};
use kp_db::Tx;
use kp_registry::{ParticipantStatus, Role, Unrecognised};
use kp_sign::PublicKey;
use kp_terms::ParticipantCode;

/// Custodians who must sign a participant's keys where it has that many (security 7.1: no one alone).
const CUSTODIANS: u32 = 2;

/// The list as the registry has it. The snapshot is the publishing node's.
pub(super) fn list(tx: &mut Tx<'_>, head: Head, node: PublicKey) -> Result<Participants> {
    let mut participants = Vec::new();
    for status in kp_registry::participant_status(tx, head.issued_at)? {
        participants.push(participant(tx, status)?);
    }
    participants.sort_by_key(|participant| participant.code);
    Ok(Participants { head, snapshot_signers: Signers::new(1, [node]), participants })
}

fn participant(tx: &mut Tx<'_>, status: ParticipantStatus) -> Result<Participant> {
    let code = status.participant.code;
    let custodians = kp_registry::keys_of_role(tx, code.as_str(), Role::Custodian)?;
    let threshold = CUSTODIANS.min(u32::try_from(custodians.len())?).max(1);
    let spells = kp_registry::membership_spells(&status.memberships);
    let membership: Vec<Membership> = spells
        .into_iter()
        .map(|spell| Membership { from: spell.from, until: spell.until, legal_act: spell.legal_act })
        .collect();
    let first = membership.first().map_or(Timestamp::MIN, |membership| membership.from);
    let excluded = status.unrecognised.iter().filter_map(|(of, when)| exclusion(*of, when, first)).collect();
    Ok(Participant {
        code,
        name: status.participant.name,
        membership,
        standing: status.standing.iter().map(standing_change).collect(),
        excluded,
        prefixes: Vec::new(),
        signers: Signers::new(threshold, custodians),
    })
}

/// What a paper cannot show (zones, mines, stock) and what holds for some goods only is said as a condition, in words: a
/// verifier then asks, and does not refuse.
fn standing_change(change: &kp_registry::StandingChange) -> StandingChange {
    use kp_registry::Standing as Registered;
    let words = change.scope.in_words();
    let (standing, scope) = match change.standing {
        Registered::Open => (Standing::Open, String::new()),
        Registered::Conditional => (Standing::Conditional, conditions(words, change)),
        _ if !change.scope.is_all() => (Standing::Conditional, format!("all goods but {words}")),
        Registered::Embargo => (Standing::Embargo, String::new()),
        Registered::SelfSuspended | Registered::Suspended | Registered::Removed => {
            (Standing::Suspended, String::new())
        }
    };
    StandingChange {
        standing,
        direction: match change.direction {
            kp_registry::Direction::Export => Direction::Export,
            kp_registry::Direction::Import => Direction::Import,
            kp_registry::Direction::Both => Direction::Both,
        },
        scope,
        effective_at: change.effective_at,
        under_way: match change.under_way {
            kp_registry::UnderWayRule::HoldAndAsk => UnderWay::HoldAndAsk,
            kp_registry::UnderWayRule::Release => UnderWay::Release,
            kp_registry::UnderWayRule::Refuse => UnderWay::Refuse,
        },
        legal_act: change.legal_act.clone(),
    }
}

fn conditions(scope: String, change: &kp_registry::StandingChange) -> String {
    let words: Vec<&str> = change.conditions.iter().map(|condition| condition.word()).collect();
    let parts = [scope, words.join(", ")];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}

/// A time of no recognition, in instants; what lies before the recognising participant's own first day is nobody's matter.
fn exclusion(of: ParticipantCode, when: &Unrecognised, first: Timestamp) -> Option<Exclusion> {
    let morning = |day: Date| TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok();
    let from = when.from.and_then(morning).unwrap_or(first).max(first);
    let until = when.to.and_then(|last| last.tomorrow().ok()).and_then(morning);
    let is_some_time = until.is_none_or(|until| from < until);
    is_some_time.then(|| Exclusion { of, from, until, legal_act: when.legal_act.clone() })
}
