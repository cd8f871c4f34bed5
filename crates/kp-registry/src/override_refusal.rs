//! Set a refusal aside: a director orders that an act goes on although the system said no. Only where the law allows it,
//! only for a few refusals, for one act, within a day, with reason and legal basis, and counted.
//!
//! Closes nothing and exposes L20 (an export signed on a superior's order against the file): it is possible, and it shows.
//! Appends `refusal_overridden`. The act that rests on it names it in its own statement. What must never be set aside is
//! listed in [`NEVER_SET_ASIDE`]; what is not in [`SET_ASIDE`] cannot be.

use anyhow::Result;
use jiff::{SignedDuration, Timestamp};
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append, day_of};
use kp_terms::{CertificateNumber, Date, FieldValue, Kind, ParticipantCode, ReadError, Refuse};
use serde::{Deserialize, Serialize};

use crate::{NationalRule, Officer, Role, RuleSet, queries, rule_on, rules::may_act};

const RECORD_OVERRIDE: Sql = sql!("record_override");
const USE_OVERRIDE: Sql = sql!("use_override");

/// How long an override holds.
const HOLDS: SignedDuration = SignedDuration::from_hours(24);

/// The refusals that can be set aside, by act: each is a rule of good practice or of the participant's own, not one by
/// which others must be able to rely on a certificate.
pub const SET_ASIDE: &[(&str, &[&str])] = &[
    ("issue_certificate", &["licence_not_active", "values_missing", "values_sealed", "spread_unexplained"]),
    ("validate_certificate", &["weighing_missing", "weight_unexplained"]),
];

/// Refusals that can never be set aside, with the reason. The list is for people; whatever is not in [`SET_ASIDE`] holds.
pub const NEVER_SET_ASIDE: &[(&str, &str)] = &[
    ("number_already_used", "a number serves once; others rely on it"),
    ("same_officer_drafted_and_issued", "four eyes"),
    ("same_officer_drafted_and_validated", "four eyes"),
    ("valuer_signs", "who values a lot does not sign for it"),
    ("role_missing", "separation of duties"),
    ("key_not_registered", "a signature is a person's"),
    ("weight_differs", "the paper says what is in the box"),
    ("certificate_expired", "others check the day"),
    ("destination_barred", "the scheme decides who trades"),
    ("issuer_barred", "the scheme decides who trades"),
    ("stones_under_measure", "the scheme decides which ground is open"),
    ("parcel_not_held", "one stone, one place"),
    ("no_arrival", "evidence of an arrival is not made by order"),
    ("clock_behind_log", "time does not go back"),
];

/// An act whose refusals can be set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OverriddenAct(&'static str);

impl OverriddenAct {
    /// Its name.
    pub const fn name(self) -> &'static str {
        self.0
    }
}

impl std::fmt::Display for OverriddenAct {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.0)
    }
}

impl std::str::FromStr for OverriddenAct {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        let name = text.trim().replace('-', "_");
        SET_ASIDE.iter().find(|(act, _)| *act == name).map(|(act, _)| Self(act)).ok_or_else(|| {
            let acts: Vec<&str> = SET_ASIDE.iter().map(|(act, _)| *act).collect();
            ReadError::new(format!(
                "refusals of {text:?} cannot be set aside; those of {} can",
                acts.join(", ")
            ))
        })
    }
}

impl Serialize for OverriddenAct {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

impl<'de> Deserialize<'de> for OverriddenAct {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl FieldValue for OverriddenAct {
    const KIND: Kind = Kind::Choice(&["issue_certificate", "validate_certificate"]);

    fn read(typed: &[String]) -> Result<Self, ReadError> {
        kp_terms::read_one(typed)
    }
}

kp_terms::form! {
    /// A refusal is set aside.
    #[derive(Serialize, Deserialize)]
    pub struct RefusalOverridden {
        /// Whose authority refused.
        participant: ParticipantCode, "XA";
        /// The act that shall go on.
        act: OverriddenAct, "issue_certificate";
        /// The certificate's number.
        subject: CertificateNumber, "XA-000001";
        /// The short name of the refusal.
        refusal: String, "spread_unexplained";
        /// Why it is set aside.
        reason: String, "The minister orders the export; order 14 of today.";
        /// The law that allows it.
        legal_basis: String, "Diamond Act, s. 12(3)";
    }
}

impl Statement for RefusalOverridden {
    const KIND: &'static str = "refusal_overridden";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.subject.to_string()
    }
}

kp_terms::refusals! {
    /// Why a refusal is not set aside.
    pub enum Refusal {
        /// The law does not allow it.
        NotAllowed { code: ParticipantCode, on: Date } = "override_not_allowed", "no law of {code} in force on {on} allows a refusal to be set aside; it would be set as a national rule", "L20: an override where the law allows it";
        /// A certificate of somebody else.
        NumberOfAnotherIssuer { number: CertificateNumber, code: ParticipantCode } = "number_of_another_issuer", "number {number} does not carry the prefix of {code}", "CD Annex I.A: prefix of the issuing participant";
        /// Not that one.
        NeverSetAside { refusal: String, act: OverriddenAct, can: String } = "never_set_aside", "{refusal} is never set aside for {act}; only these can be: {can}", "L19, L20: what others rely on is not a matter of orders";
        /// It stands already.
        OverriddenAlready { refusal: String, subject: String } = "overridden_already", "{refusal} is set aside for {subject} already, and has not served", "one order, one act";
        /// Without a reason.
        WithoutReason = "override_without_reason", "say why the refusal is set aside", "L20: typed, reasoned";
        /// Without a law.
        WithoutLegalBasis = "override_without_legal_basis", "name the law that allows it", "L20: with its legal basis";
    }
}

struct Facts {
    officer: Officer,
    rules: Vec<RuleSet>,
    earlier: Overrides,
}

/// Sets a refusal aside.
///
/// # Errors
/// Refuses where the law does not allow it, the officer is no director, or the refusal is one that always holds.
pub fn override_refusal(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    request: &RefusalOverridden,
) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: queries::officer_at_desk(tx, desk)?,
        rules: queries::national_rules_of_participant(tx, request.participant)?,
        earlier: Overrides::of(tx, request.act.name(), &request.subject, desk.now)?,
    };
    decide(&facts, request, day_of(desk.now))?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &RefusalOverridden, today: Date) -> Result<(), Box<dyn Refuse>> {
    let code = request.participant;
    may_act::of_participant(&facts.officer, Role::Director, code)?;
    if rule_on(&facts.rules, NationalRule::OverrideAllowed, today) != "yes" {
        return Err(Refusal::NotAllowed { code, on: today }.into());
    }
    if request.subject.issuer(today).ok() != Some(code) {
        return Err(Refusal::NumberOfAnotherIssuer { number: request.subject.clone(), code }.into());
    }
    let refusal = request.refusal.clone();
    let can =
        SET_ASIDE.iter().find(|(act, _)| *act == request.act.name()).map_or([].as_slice(), |(_, can)| can);
    if !can.contains(&refusal.as_str()) {
        return Err(Refusal::NeverSetAside { refusal, act: request.act, can: can.join(", ") }.into());
    }
    if facts.earlier.0.iter().any(|earlier| earlier.refusal == refusal) {
        return Err(Refusal::OverriddenAlready { refusal, subject: request.subject.to_string() }.into());
    }
    if request.reason.trim().is_empty() {
        return Err(Refusal::WithoutReason.into());
    }
    if request.legal_basis.trim().is_empty() {
        return Err(Refusal::WithoutLegalBasis.into());
    }
    Ok(())
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: RefusalOverridden = entry.body()?;
    let director = queries::officer_of_key(tx, &entry.key_id.to_string())?.unwrap_or_default();
    tx.execute(
        RECORD_OVERRIDE,
        &[
            i64::try_from(entry.position)?.into(),
            (&format!("{} no. {}", entry.log_id, entry.entry_number)).into(),
            body.participant.as_str().into(),
            body.act.name().into(),
            (&body.subject.to_string()).into(),
            (&body.refusal).into(),
            (&body.reason).into(),
            (&body.legal_basis).into(),
            (&director).into(),
            (&entry.at.to_string()).into(),
        ],
    )?;
    Ok(())
}

/// A refusal that was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The statement's log and its place there, `kp.XA/2026 no. 17`: what the act that rests on it names. Not the order of
    /// arrival, which is another one at every office that takes the order over.
    pub entry: String,
    /// Whose authority refused.
    pub participant: ParticipantCode,
    /// The act that may go on.
    pub act: String,
    /// The certificate's number.
    pub subject: String,
    /// The short name of the refusal.
    pub refusal: String,
    /// Why.
    pub reason: String,
    /// The law that allows it.
    pub legal_basis: String,
    /// Who ordered it.
    pub director: String,
    /// From when it holds, for a day.
    pub at: Timestamp,
    /// When an act rested on it.
    pub used_at: Option<Timestamp>,
}

/// What was set aside for one act about one certificate, and still can serve.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overrides(pub Vec<Override>);

impl Overrides {
    /// Those that hold at a moment.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn of(tx: &mut Tx<'_>, act: &str, subject: &CertificateNumber, now: Timestamp) -> Result<Self> {
        let mut all = queries::overrides_of_subject(tx, &subject.to_string())?;
        all.retain(|row| row.act == act && row.used_at.is_none() && holds_at(row.at, now));
        Ok(Self(all))
    }

    /// Lets a refusal pass that was set aside, and notes which order it rests on. An order serves nobody who signs for
    /// the same certificate.
    ///
    /// # Errors
    /// The refusal, where nothing sets it aside.
    pub fn unless(
        &self,
        decided: Result<(), Box<dyn Refuse>>,
        signs: &[&str],
        rests_on: &mut Vec<String>,
    ) -> Result<(), Box<dyn Refuse>> {
        let Err(refusal) = decided else { return Ok(()) };
        let order =
            self.0.iter().find(|row| row.refusal == refusal.key() && !signs.contains(&row.director.as_str()));
        match order {
            Some(order) => {
                rests_on.push(order.entry.clone());
                Ok(())
            }
            None => Err(refusal),
        }
    }
}

fn holds_at(at: Timestamp, now: Timestamp) -> bool {
    at <= now && at.checked_add(HOLDS).is_ok_and(|end| now < end)
}

/// An act rested on an order: it does not serve again. The room whose act it was calls this while its own statement is
/// applied.
///
/// # Errors
/// Where the database fails.
pub fn use_override(tx: &mut Tx<'_>, order: &str, entry: &Entry) -> Result<()> {
    tx.execute(USE_OVERRIDE, &[order.into(), (&entry.at.to_string()).into()])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kp_testkit::refused_in_order;

    use super::*;
    use crate::testing::*;

    fn order(refusal: &str) -> Override {
        Override {
            entry: "kp.XA/2026 no. 9".into(),
            participant: code("XA"),
            act: "issue_certificate".into(),
            subject: "XA-000001".into(),
            refusal: refusal.into(),
            reason: "ordered".into(),
            legal_basis: "s. 12".into(),
            director: "xa-director-1".into(),
            at: "2026-02-03T09:00:00Z".parse().unwrap(),
            used_at: None,
        }
    }

    #[test]
    fn each_reason_in_its_order() {
        let request = RefusalOverridden {
            participant: code("XA"),
            act: "issue-certificate".parse().unwrap(),
            subject: "XB-000001".parse().unwrap(),
            refusal: "number_already_used".into(),
            reason: " ".into(),
            legal_basis: " ".into(),
        };
        let earlier = Overrides(vec![order("spread_unexplained")]);
        let facts = Facts { officer: officer("XB", Role::Director), rules: Vec::new(), earlier };
        refused_in_order(
            &mut (facts, request),
            |(facts, request)| keyed(decide(facts, request, date(2026, 2, 3))),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Approver)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::Director)),
                ("override_not_allowed", |w| {
                    w.0.rules.push(RuleSet {
                        rule: NationalRule::OverrideAllowed,
                        value: "yes".into(),
                        effective_from: date(2026, 1, 1),
                        legal_act: "s. 12".into(),
                    });
                }),
                ("number_of_another_issuer", |w| w.1.subject = "XA-000001".parse().unwrap()),
                ("never_set_aside", |w| w.1.refusal = "spread_unexplained".into()),
                ("overridden_already", |w| w.0.earlier.0.clear()),
                ("override_without_reason", |w| w.1.reason = "ordered".into()),
                ("override_without_legal_basis", |w| w.1.legal_basis = "s. 12".into()),
            ],
        );
    }

    #[test]
    fn an_order_holds_for_a_day_and_serves_nobody_who_signs() {
        let at: Timestamp = "2026-02-03T09:00:00Z".parse().unwrap();
        let hold = |now: &str| holds_at(at, now.parse().unwrap());
        assert!(hold("2026-02-03T09:00:00Z") && hold("2026-02-04T08:59:59Z"));
        assert!(!hold("2026-02-04T09:00:00Z") && !hold("2026-02-03T08:59:59Z"));
        let orders = Overrides(vec![order("override_without_reason")]);
        let refused = || Err(Refusal::WithoutReason.into());
        let mut rests_on = Vec::new();
        assert!(orders.unless(refused(), &["xa-clerk-1", "xa-director-1"], &mut rests_on).is_err());
        assert!(orders.unless(Err(Refusal::WithoutLegalBasis.into()), &[], &mut rests_on).is_err());
        assert!(rests_on.is_empty());
        assert!(orders.unless(refused(), &["xa-clerk-1"], &mut rests_on).is_ok());
        assert_eq!(rests_on, ["kp.XA/2026 no. 9"]);
    }

    #[test]
    fn what_is_never_set_aside_is_not_in_the_list_of_what_can_be() {
        for (never, _) in NEVER_SET_ASIDE {
            assert!(SET_ASIDE.iter().all(|(_, can)| !can.contains(never)), "{never}");
        }
        let listed: Vec<&str> = SET_ASIDE.iter().map(|(act, _)| *act).collect();
        assert_eq!(OverriddenAct::KIND, Kind::Choice(&["issue_certificate", "validate_certificate"]));
        assert_eq!(listed, ["issue_certificate", "validate_certificate"]);
    }
}
