//! Questions about who may trade with whom, one thin typed function per statement in `sql/`.

use anyhow::{Context, Result};
use jiff::Timestamp;
use jiff::civil::Date;
use kp_db::{Sql, Tx, sql};
use kp_terms::{ParticipantCode, Sentence, Zone, sentence};

use super::{national_rules_of_participant, participants};
use crate::{
    Condition, Direction, MembershipChange, MembershipStep, OwnList, Participant, Recognition, Scope,
    Standing, StandingChange, Unrecognised, ZoneChange, membership_at, standing_for, zone_on,
};

const STANDING_CHANGES_OF_PARTICIPANT: Sql = sql!("standing_changes_of_participant");
const MEMBERSHIPS_OF_PARTICIPANT: Sql = sql!("memberships_of_participant");
const ZONE_CHANGES_OF_PARTICIPANT: Sql = sql!("zone_changes_of_participant");
const RECOGNITIONS_OF_PARTICIPANT: Sql = sql!("recognitions_of_participant");
const CONDITIONS_MET_OF_APPLICATION: Sql = sql!("conditions_met_of_application");

/// Every change of a participant's standing, in the order in which they were recorded.
///
/// # Errors
/// Where the database fails.
pub fn standing_changes_of_participant(
    tx: &mut Tx<'_>,
    code: ParticipantCode,
) -> Result<Vec<StandingChange>> {
    tx.rows(STANDING_CHANGES_OF_PARTICIPANT, &[code.as_str().into()], |row| {
        Ok(StandingChange {
            standing: row.word(0)?,
            effective_at: row.word(1)?,
            legal_act: row.get(2)?,
            under_way: row.word(3)?,
            direction: row.word(4)?,
            scope: Scope {
                zones: lines(&row.get::<String>(5)?)?,
                mines: lines(&row.get::<String>(6)?)?,
                classes: lines(&row.get::<String>(7)?)?,
                stock: lines(&row.get::<String>(8)?)?,
            },
            conditions: lines(&row.get::<String>(9)?)?,
        })
    })
}

fn lines<T>(text: &str) -> Result<Vec<T>>
where
    T: std::str::FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    text.lines().map(|line| line.parse().with_context(|| format!("reading {line:?}"))).collect()
}

/// Every change of a participant's membership, in the order in which they were recorded.
///
/// # Errors
/// Where the database fails.
pub fn memberships_of_participant(tx: &mut Tx<'_>, code: ParticipantCode) -> Result<Vec<MembershipChange>> {
    tx.rows(MEMBERSHIPS_OF_PARTICIPANT, &[code.as_str().into()], |row| {
        Ok(MembershipChange {
            step: row.word(0)?,
            effective_at: row.word(1)?,
            legal_act: row.get(2)?,
            under_way: row.word(3)?,
            successor: row.optional_word(4)?,
        })
    })
}

/// Every change of state of a participant's zones, in the order in which they were recorded; see
/// [`zone_on`](crate::zone_on).
///
/// # Errors
/// Where the database fails.
pub fn zone_changes_of_participant(tx: &mut Tx<'_>, code: ParticipantCode) -> Result<Vec<ZoneChange>> {
    tx.rows(ZONE_CHANGES_OF_PARTICIPANT, &[code.as_str().into()], |row| {
        Ok(ZoneChange {
            zone: row.word(0)?,
            state: row.word(1)?,
            effective_from: row.word(2)?,
            legal_act: row.get(3)?,
        })
    })
}

/// The state of a zone on a day, with its decision; none where no decision names it by then.
///
/// # Errors
/// Where the database fails.
pub fn zone_state_on(tx: &mut Tx<'_>, zone: &Zone, day: Date) -> Result<Option<ZoneChange>> {
    let changes = zone_changes_of_participant(tx, zone.participant())?;
    Ok(zone_on(&changes, zone, day).cloned())
}

/// What a participant's own law says of others: its rules and the entries of its list.
///
/// # Errors
/// Where the database fails.
pub fn own_list_of_participant(tx: &mut Tx<'_>, code: ParticipantCode) -> Result<OwnList> {
    let entries = tx.rows(RECOGNITIONS_OF_PARTICIPANT, &[code.as_str().into()], |row| {
        Ok(Recognition {
            of: row.word(0)?,
            valid_from: row.word(1)?,
            valid_to: row.optional_word(2)?,
            legal_act: row.get(3)?,
        })
    })?;
    Ok(OwnList { rules: national_rules_of_participant(tx, code)?, entries })
}

/// The conditions that are recorded as met for an application.
///
/// # Errors
/// Where the database fails.
pub fn conditions_met_of_application(tx: &mut Tx<'_>, application: &str) -> Result<Vec<Condition>> {
    tx.rows(CONDITIONS_MET_OF_APPLICATION, &[application.into()], |row| row.word(0))
}

/// Where a participant stands at an instant, for lists and pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandsNow {
    /// `open`; `suspended`; `export conditional, import open`; `withdrawn`.
    pub words: Sentence,
    /// The decision that says so; none where nothing was ever decided but admission.
    pub legal_act: Option<String>,
}

/// Where a participant stands at an instant: how its membership ended, or its standing, each way where the two differ.
///
/// # Errors
/// Where the database fails.
pub fn stands_now(tx: &mut Tx<'_>, code: ParticipantCode, at: Timestamp) -> Result<StandsNow> {
    let memberships = memberships_of_participant(tx, code)?;
    let ended = membership_at(&memberships, at).filter(|change| change.step != MembershipStep::Admitted);
    if let Some(change) = ended {
        return Ok(StandsNow { words: word(change.step), legal_act: Some(change.legal_act.clone()) });
    }
    let changes = standing_changes_of_participant(tx, code)?;
    let way = |direction| standing_for(&changes, direction, at);
    let stands = |change: Option<&StandingChange>| change.map_or(Standing::Open, |change| change.standing);
    let (export, import) = (way(Direction::Export), way(Direction::Import));
    let words = match (stands(export), stands(import)) {
        (export, import) if export == import => word(export),
        (export, import) => {
            sentence!(
                "stands-apart",
                "export {export}, import {import}",
                export = word(export),
                import = word(import)
            )
        }
    };
    Ok(StandsNow { words, legal_act: export.or(import).map(|change| change.legal_act.clone()) })
}

/// A word of standing or membership, as it is said in every language.
fn word(word: impl std::fmt::Display) -> Sentence {
    let word = word.to_string();
    Sentence::behind::<&str>(&format!("word-{word}"), word, [])
}

/// One participant on the list that verifiers carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParticipantStatus {
    /// The participant.
    pub participant: Participant,
    /// Whether it is one at the instant asked for.
    pub is_member: bool,
    /// Its standing as an exporter at that instant.
    pub export: Standing,
    /// Its standing as an importer at that instant.
    pub import: Standing,
    /// Every change of its membership that is known, by instant: see [`membership_spells`](crate::membership_spells).
    pub memberships: Vec<MembershipChange>,
    /// Every change of its standing that is known, past and announced, by instant. Of two at one instant the later
    /// statement comes last, and holds.
    pub standing: Vec<StandingChange>,
    /// Every state of its zones that is known, by day.
    pub zones: Vec<ZoneChange>,
    /// Whom its own law does not let it trade with, and when.
    pub unrecognised: Vec<(kp_terms::ParticipantCode, Unrecognised)>,
}

/// The whole list of participants with their status at an instant, by code: what the signed list says.
///
/// # Errors
/// Where the database fails.
pub fn participant_status(tx: &mut Tx<'_>, at: Timestamp) -> Result<Vec<ParticipantStatus>> {
    let all = participants(tx)?;
    let codes: Vec<ParticipantCode> = all.iter().map(|each| each.code).collect();
    all.into_iter().map(|participant| status_of(tx, participant, &codes, at)).collect()
}

fn status_of(
    tx: &mut Tx<'_>,
    participant: Participant,
    codes: &[ParticipantCode],
    at: Timestamp,
) -> Result<ParticipantStatus> {
    let code = participant.code;
    let mut memberships = memberships_of_participant(tx, code)?;
    let mut standing = standing_changes_of_participant(tx, code)?;
    let mut zones = zone_changes_of_participant(tx, code)?;
    let own_list = own_list_of_participant(tx, code)?;
    let now = |direction| standing_for(&standing, direction, at).map_or(Standing::Open, |c| c.standing);
    let (export, import) = (now(Direction::Export), now(Direction::Import));
    let others = codes.iter().filter(|other| **other != code);
    let unrecognised =
        others.flat_map(|other| own_list.unrecognised(*other).into_iter().map(|u| (*other, u)));
    let unrecognised = unrecognised.collect();
    // Sorted without changing the order of equals: the later statement stays the last.
    memberships.sort_by_key(|change| change.effective_at);
    standing.sort_by_key(|change| change.effective_at);
    zones.sort_by(|a, b| (a.effective_from, &a.zone).cmp(&(b.effective_from, &b.zone)));
    Ok(ParticipantStatus {
        is_member: membership_at(&memberships, at).is_some_and(|c| c.step == MembershipStep::Admitted),
        participant,
        export,
        import,
        memberships,
        standing,
        zones,
        unrecognised,
    })
}
