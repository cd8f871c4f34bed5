//! Who may trade on that day: a participant, in open standing.
//!
//! Scheme: Section III(c). Closes: L24. Goods under way when a standing changes follow the rule of the decision that
//! changed it (domain 4.3).

use jiff::Timestamp;
use kp_log::day_of;
use kp_registry::{Participant, Standing, StandingChange, UnderWayRule, standing_at};
use kp_terms::{Date, ParticipantCode, Refuse};

kp_terms::refusals! {
    /// Why one side of a trade keeps a certificate from being issued, validated or applied for.
    pub enum Refusal {
        /// The issuer is not a participant.
        IssuerNotAParticipant { code: ParticipantCode, on: Date } = "issuer_not_a_participant", "{code} is not a participant on {on}; it may not issue certificates", "CD Section I: participant";
        /// The issuer itself is barred.
        IssuerBarred { code: ParticipantCode, legal_act: String } = "issuer_barred", "{code} may not issue certificates at present ({legal_act})", "CD Section III(c); L24";
        /// No trade with non-participants.
        DestinationNotAParticipant { code: ParticipantCode, on: Date } = "destination_not_a_participant", "{code} is not a participant on {on}; no certificate may be issued to it", "CD Section III(c)";
        /// Destination barred.
        DestinationBarred { code: ParticipantCode, legal_act: String } = "destination_barred", "{code} may not trade at present ({legal_act})", "CD Section III(c); L24";
    }
}

/// What is known of one side of a trade.
#[derive(Debug, Clone, Default)]
pub struct Side {
    /// The participant, where it is one.
    pub participant: Option<Participant>,
    /// Every change of its standing.
    pub changes: Vec<StandingChange>,
}

/// Whether this side may trade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Eligibility {
    /// It may.
    Eligible,
    /// It is not a participant on that day.
    NotAParticipant,
    /// It may not trade since an instant, by a decision.
    Barred {
        /// suspended or removed.
        standing: Standing,
        /// Since when.
        since: Timestamp,
        /// By which decision.
        legal_act: String,
        /// For goods that left before.
        under_way: UnderWayRule,
    },
}

impl Side {
    /// Whether this side may trade at an instant.
    pub fn eligibility_at(&self, at: Timestamp) -> Eligibility {
        let day = day_of(at);
        match &self.participant {
            Some(participant) if participant.member_from <= day => {}
            _ => return Eligibility::NotAParticipant,
        }
        match standing_at(&self.changes, at) {
            Some(change) if change.standing != Standing::Open => Eligibility::Barred {
                standing: change.standing,
                since: change.effective_at,
                legal_act: change.legal_act.clone(),
                under_way: change.under_way,
            },
            _ => Eligibility::Eligible,
        }
    }

    /// Whether this side may vouch for goods that leave it.
    ///
    /// # Errors
    /// The first reason that applies.
    pub fn may_issue(&self, code: ParticipantCode, now: Timestamp) -> Result<(), Box<dyn Refuse>> {
        match self.eligibility_at(now) {
            Eligibility::Eligible => Ok(()),
            Eligibility::NotAParticipant => {
                Err(Refusal::IssuerNotAParticipant { code, on: day_of(now) }.into())
            }
            Eligibility::Barred { legal_act, .. } => Err(Refusal::IssuerBarred { code, legal_act }.into()),
        }
    }

    /// Whether goods may be sent to this side.
    ///
    /// # Errors
    /// The first reason that applies.
    pub fn may_receive(&self, code: ParticipantCode, now: Timestamp) -> Result<(), Box<dyn Refuse>> {
        match self.eligibility_at(now) {
            Eligibility::Eligible => Ok(()),
            Eligibility::NotAParticipant => {
                Err(Refusal::DestinationNotAParticipant { code, on: day_of(now) }.into())
            }
            Eligibility::Barred { legal_act, .. } => {
                Err(Refusal::DestinationBarred { code, legal_act }.into())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kp_registry::{Participant, Standing, StandingChange, UnderWayRule};

    use super::{Eligibility, Side};

    fn side() -> Side {
        Side {
            participant: Some(Participant {
                code: "XC".parse().unwrap(),
                name: "Invented".into(),
                member_from: date(2025, 1, 1),
                legal_act: "test".into(),
            }),
            changes: vec![StandingChange {
                standing: Standing::Suspended,
                effective_at: "2026-07-09T12:00:00Z".parse().unwrap(),
                legal_act: "decision".into(),
                under_way: UnderWayRule::HoldAndAsk,
            }],
        }
    }

    #[test]
    fn a_standing_holds_from_its_instant_on() {
        let at = |text: &str| side().eligibility_at(text.parse().unwrap());
        assert_eq!(at("2026-07-09T11:59:59Z"), Eligibility::Eligible);
        assert!(matches!(at("2026-07-09T12:00:00Z"), Eligibility::Barred { .. }));
        assert_eq!(at("2024-12-31T23:59:59Z"), Eligibility::NotAParticipant);
        assert_eq!(
            Side::default().eligibility_at("2026-01-01T00:00:00Z".parse().unwrap()),
            Eligibility::NotAParticipant
        );
    }
}
