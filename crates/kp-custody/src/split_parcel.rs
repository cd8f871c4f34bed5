//! Split a parcel: its stones go on as several, by weight, or sorted into classes.
//!
//! Scheme: CD Section I, IV(a). Closes: L35. Appends `parcel_split`, which states each output's shares, so that the tables
//! hold what the statement says even if the way of rounding should change one day.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_terms::{Carats, ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{
    Output,
    regroup::{self, Facts, Regrouped, check_inputs, regroup},
};

kp_terms::form! {
    /// What the clerk types.
    pub struct Request {
        /// The parcel that is split.
        parcel: String, "XA-P-7";
        /// Each parcel that comes out: reference, class, carats.
        outputs: Vec<Output>, "XA-P-8 7102.31 120.00";
        /// Why less comes out than went in, where it does.
        loss_reason: Option<String>, "dust, at cleaning";
    }
}

/// A parcel is split.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParcelSplit {
    /// In whose territory.
    pub participant: ParticipantCode,
    /// Which parcel.
    pub parcel: String,
    /// What came out.
    pub outputs: Vec<Regrouped>,
    /// What was lost.
    pub loss: Carats,
    /// Why; empty where nothing was.
    pub loss_reason: String,
}

impl Statement for ParcelSplit {
    const KIND: &'static str = "parcel_split";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.parcel.clone()
    }
}

/// Splits a parcel.
///
/// # Errors
/// Refuses where the parcel is not free, or more would come out than went in.
pub fn split_parcel(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let officer = kp_registry::officer_at_desk(tx, desk)?;
    let outputs = request.outputs.iter().map(|output| &output.parcel);
    let facts = Facts::load(tx, officer, [&request.parcel], outputs)?;
    let statement = decide(&facts, request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &Request) -> Result<ParcelSplit, Box<dyn Refuse>> {
    let inputs = check_inputs(facts)?;
    let reason = request.loss_reason.clone().unwrap_or_default();
    let (outputs, loss) = regroup(facts, &inputs, &request.outputs, &reason)?;
    let Some(parcel) = inputs.first() else { return Err(regroup::Refusal::NoOutputs.into()) };
    Ok(ParcelSplit {
        participant: parcel.participant,
        parcel: parcel.parcel.clone(),
        outputs,
        loss,
        loss_reason: reason,
    })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: ParcelSplit = entry.body()?;
    regroup::apply(tx, entry, &[&body.parcel], &body.outputs, (body.loss, &body.loss_reason))
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Facts, Request, decide};
    use crate::{ParcelState, testing::*};

    #[test]
    fn each_reason_in_its_order() {
        let facts = Facts {
            officer: officer("XB", Role::Clerk),
            inputs: vec![("XA-P-7".into(), None)],
            taken: vec!["XA-P-8".into()],
        };
        let request = Request { parcel: "XA-P-7".into(), outputs: Vec::new(), loss_reason: Some(" ".into()) };
        let outputs = |texts: &[&str]| texts.iter().map(|text| text.parse().unwrap()).collect();
        let mut world = (facts, request);
        let split = refused_in_order(
            &mut world,
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("no_such_parcel", |w| {
                    let mut there = parcel("XA-P-7", 10_000);
                    there.state = ParcelState::Reserved;
                    there.handed_to = Some("XA-EXP-2".into());
                    w.0.inputs[0].1 = Some(there);
                }),
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Approver)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::Clerk)),
                ("parcel_not_held", |w| w.0.inputs[0].1.as_mut().unwrap().state = ParcelState::Held),
                ("parcel_under_way", |w| w.0.inputs[0].1.as_mut().unwrap().handed_to = None),
                ("no_outputs", |w| w.1.outputs = vec!["XB-P-8 7102.31 0.00".parse().unwrap()]),
                ("parcel_reference_not_of_participant", |w| {
                    w.1.outputs = vec!["XA-P-8 7102.31 0.00".parse().unwrap()];
                }),
                ("parcel_reference_taken", |w| w.0.taken.clear()),
                ("parcel_not_a_weight", |w| w.1.outputs = vec!["XA-P-8 7102.21 60.00".parse().unwrap()]),
                ("class_does_not_follow", |w| {
                    w.1.outputs = vec![
                        "XA-P-8 7102.31 60.00".parse().unwrap(),
                        "XA-P-8 7102.31 40.00".parse().unwrap(),
                    ];
                }),
                ("parcel_reference_taken", |w| w.1.outputs[1] = "XA-P-9 7102.31 40.01".parse().unwrap()),
                ("more_than_before", |w| w.1.outputs[1] = "XA-P-9 7102.31 39.99".parse().unwrap()),
                ("loss_without_reason", |w| w.1.loss_reason = Some("dust".into())),
            ],
        );
        assert_eq!((split.loss, split.outputs.len()), (carats(1), 2));
        assert_eq!(split.outputs[0].shares, ["XA-P-7/1 60.00"]);
        world.1.outputs = outputs(&["XA-P-8 7102.31 100.00"]);
        world.1.loss_reason = None;
        assert_eq!(decide(&world.0, &world.1).unwrap().loss, carats(0), "without a loss no reason is needed");
    }
}
