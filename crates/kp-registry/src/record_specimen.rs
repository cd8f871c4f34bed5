//! Record a specimen: how a participant's paper form looks, from which day to which it is in use, what to look for.
//!
//! Scheme: Section II(d) (each participant tells all others what its certificate looks like), EU2368 Art 9 (authenticated
//! specimens to all authorities). Closes part of L21. Appends `specimen_recorded` to the participant's log. Keeps the
//! picture's hash, never the picture, and judges no paper: that is for eyes and fingers.

use anyhow::Result;
use jiff::civil::Date;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_terms::{ParticipantCode, Refuse};

use crate::{Officer, Participant, Role, queries, rules::may_act};

const RECORD_SPECIMEN: Sql = sql!("record_specimen");

/// Most features of one form, and characters of one of them: they are shown beside a verdict on a telephone.
const MOST_FEATURES: usize = 12;
const LONGEST_FEATURE: usize = 120;

kp_terms::form! {
    /// A specimen is recorded.
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct SpecimenRecorded {
        /// Whose form.
        participant: ParticipantCode, "XA";
        /// The form's own name or version.
        form: String, "A4/2026";
        /// First day of issue on it.
        valid_from: Date, "2026-01-01";
        /// Last day of issue on it, where it is over.
        valid_until: Option<Date>, "2026-12-31";
        /// What to look for, one feature each.
        features: Vec<String>, "watermark with two stars, seen against the light";
        /// SHA-256 of the picture, hexadecimal; the doors fill this in.
        picture_hash: String, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    }
}

impl Statement for SpecimenRecorded {
    const KIND: &'static str = "specimen_recorded";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.participant.to_string()
    }
}

kp_terms::refusals! {
    /// Why a specimen is not recorded.
    pub enum Refusal {
        /// There is no such participant.
        NotAParticipant { code: ParticipantCode } = "not_a_participant", "{code} is not a participant; admit it first", "CD Section VI.8";
        /// The form's name cannot be shown.
        NotAForm { form: String } = "not_a_form", "{form} is not the name of a form: 1 to 40 characters", "CD Section II(d); limit ours";
        /// It ends before it begins.
        EndsBeforeItBegins { valid_from: Date, valid_until: Date } = "form_ends_before_it_begins", "the form cannot be in use from {valid_from} to {valid_until}", "CD Section II(d)";
        /// Nothing to look for.
        NoFeature = "specimen_without_features", "say what to look for on the paper, in at least one feature", "EU2368 Art 9, Annex IV: features of the paper";
        /// Too many or too long.
        FeaturesTooLong { most: usize, longest: usize } = "features_too_long", "at most {most} features of {longest} characters each: an officer reads them at the counter", "limit ours";
        /// The hash is none.
        NotAHash { text: String } = "not_a_picture_hash", "{text} is not the SHA-256 of a picture: 64 hexadecimal digits", "specs/lists.md";
    }
}

struct Facts {
    officer: Officer,
    participant: Option<Participant>,
}

/// Records a specimen.
///
/// # Errors
/// Refuses where the officer is not an administrator of that participant, or the specimen cannot be shown.
pub fn record_specimen(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    request: &SpecimenRecorded,
) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: queries::officer_at_desk(tx, desk)?,
        participant: queries::participant_by_code(tx, request.participant)?,
    };
    decide(&facts, request)?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &SpecimenRecorded) -> Result<(), Box<dyn Refuse>> {
    may_act::of_participant(&facts.officer, Role::Administrator, request.participant)?;
    if facts.participant.is_none() {
        return Err(Refusal::NotAParticipant { code: request.participant }.into());
    }
    if request.form.trim().is_empty() || request.form.chars().count() > 40 {
        return Err(Refusal::NotAForm { form: request.form.chars().take(40).collect() }.into());
    }
    if let Some(valid_until) = request.valid_until.filter(|until| *until < request.valid_from) {
        return Err(Refusal::EndsBeforeItBegins { valid_from: request.valid_from, valid_until }.into());
    }
    if request.features.is_empty() {
        return Err(Refusal::NoFeature.into());
    }
    let long = |feature: &String| feature.chars().count() > LONGEST_FEATURE || feature.contains('\n');
    if request.features.len() > MOST_FEATURES || request.features.iter().any(long) {
        return Err(Refusal::FeaturesTooLong { most: MOST_FEATURES, longest: LONGEST_FEATURE }.into());
    }
    let hash = &request.picture_hash;
    if hash.len() != 64 || !hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)) {
        return Err(Refusal::NotAHash { text: hash.chars().take(70).collect() }.into());
    }
    Ok(())
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: SpecimenRecorded = entry.body()?;
    let until = body.valid_until.map(|day| day.to_string());
    tx.execute(
        RECORD_SPECIMEN,
        &[
            i64::try_from(entry.position)?.into(),
            body.participant.as_str().into(),
            (&body.form).into(),
            (&body.valid_from.to_string()).into(),
            until.as_deref().into(),
            (&body.features.join("\n")).into(),
            (&body.picture_hash).into(),
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_testkit::refused_in_order;

    use super::{Facts, SpecimenRecorded, decide};
    use crate::{Role, testing::*};

    #[test]
    fn each_reason_in_its_order() {
        let request = SpecimenRecorded {
            participant: code("XA"),
            form: " ".into(),
            valid_from: jiff::civil::date(2026, 1, 1),
            valid_until: Some(jiff::civil::date(2025, 12, 31)),
            features: Vec::new(),
            picture_hash: "E3".repeat(32),
        };
        let facts = Facts { officer: officer("XB", Role::Administrator), participant: None };
        refused_in_order(
            &mut (facts, request),
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Clerk)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::Administrator)),
                ("not_a_participant", |w| w.0.participant = Some(participant("XA"))),
                ("not_a_form", |w| w.1.form = "A4/2026".into()),
                ("form_ends_before_it_begins", |w| w.1.valid_until = None),
                ("specimen_without_features", |w| w.1.features = vec!["x".repeat(121)]),
                ("features_too_long", |w| w.1.features = vec!["watermark".into()]),
                ("not_a_picture_hash", |w| w.1.picture_hash = "e3".repeat(32)),
            ],
        );
    }
}
