//! Mix parcels: stones of several go on as one, and every source of each stays named with its share.
//!
//! Scheme: CD Section I (parcel of mixed origin). Closes: L35, and L36: what is under a measure is not mixed at all; the
//! whole mixture is refused, naming the lot. Appends `parcels_mixed`.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_terms::{Carats, Date, HsCode, ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{
    Output, Parcel, queries,
    regroup::{self, Facts, Regrouped, check_inputs, regroup},
    rules::measures::Measures,
};

kp_terms::form! {
    /// What the clerk types.
    pub struct Request {
        /// The parcels that are mixed.
        parcels: Vec<String>, "XA-P-7";
        /// The reference of the mixture.
        into: String, "XA-P-12";
        /// Its class; that of the parcels where none is given.
        class: Option<HsCode>, "7102.31";
        /// What the mixture weighs; the sum of the parcels where nothing is given.
        carats: Option<Carats>, "240.00";
        /// Why it weighs less than its parcels, where it does.
        loss_reason: Option<String>, "dust, at cleaning";
    }
}

/// Parcels are mixed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParcelsMixed {
    /// In whose territory.
    pub participant: ParticipantCode,
    /// What went in.
    pub parcels: Vec<String>,
    /// What came out.
    pub mixture: Regrouped,
    /// What was lost.
    pub loss: Carats,
    /// Why; empty where nothing was.
    pub loss_reason: String,
}

impl Statement for ParcelsMixed {
    const KIND: &'static str = "parcels_mixed";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.mixture.parcel.clone()
    }
}

kp_terms::refusals! {
    /// Why parcels are not mixed, beside what [`regroup`](crate::mix_parcels) says.
    pub enum Refusal {
        /// One is not a mixture.
        TooFew = "too_few_parcels", "a mixture is made of two parcels or more", "CD Section I: parcel of mixed origin";
        /// A share is under a measure.
        UnderMeasure { lot: String, parcel: String, ground: String, on: Date, legal_act: String } = "share_under_measure",
            "lot {lot} in parcel {parcel} comes from {ground}, which was under a measure on {on} ({legal_act}); it is not mixed with anything, keep it apart", "domain 4.4; CD Section III(c); L36";
    }
}

/// Mixes parcels.
///
/// # Errors
/// Refuses where a parcel is not free, a share is under a measure, or more would come out than went in.
pub fn mix_parcels(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let officer = kp_registry::officer_at_desk(tx, desk)?;
    let facts = Facts::load(tx, officer, &request.parcels, [&request.into])?;
    let parcels: Vec<&Parcel> = facts.inputs.iter().filter_map(|(_, parcel)| parcel.as_ref()).collect();
    let measures = queries::measures_for(tx, &parcels)?;
    let statement = decide(&facts, request, &measures, desk.today())?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(
    facts: &Facts,
    request: &Request,
    measures: &Measures,
    today: Date,
) -> Result<ParcelsMixed, Box<dyn Refuse>> {
    let inputs = check_inputs(facts)?;
    let (Some(first), 2..) = (inputs.first(), inputs.len()) else {
        return Err(Refusal::TooFew.into());
    };
    for parcel in &inputs {
        if let Some(barred) = measures.barring_mixture(&parcel.shares, today) {
            let (lot, parcel) = (barred.lot, parcel.parcel.clone());
            let (ground, on, legal_act) = (barred.ground, barred.on, barred.legal_act);
            return Err(Refusal::UnderMeasure { lot, parcel, ground, on, legal_act }.into());
        }
    }
    let before = Carats::sum(inputs.iter().map(|parcel| parcel.carats)).unwrap_or_default();
    let reason = request.loss_reason.clone().unwrap_or_default();
    let output = Output {
        parcel: request.into.clone(),
        hs: request.class.unwrap_or(first.hs),
        carats: request.carats.unwrap_or(before),
    };
    let (mut outputs, loss) = regroup(facts, &inputs, &[output], &reason)?;
    let Some(mixture) = outputs.pop() else { return Err(regroup::Refusal::NoOutputs.into()) };
    Ok(ParcelsMixed {
        participant: first.participant,
        parcels: inputs.iter().map(|parcel| parcel.parcel.clone()).collect(),
        mixture,
        loss,
        loss_reason: reason,
    })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: ParcelsMixed = entry.body()?;
    let inputs: Vec<&String> = body.parcels.iter().collect();
    regroup::apply(tx, entry, &inputs, std::slice::from_ref(&body.mixture), (body.loss, &body.loss_reason))
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Facts, Request, decide};
    use crate::{
        rules::measures::{Measures, ZoneState},
        testing::*,
    };

    fn world() -> (Facts, Request, Measures) {
        let facts = Facts {
            officer: officer("XA", Role::Clerk),
            inputs: vec![("XA-P-1".into(), Some(parcel("XA-P-1", 10_000)))],
            taken: Vec::new(),
        };
        let request = Request {
            parcels: vec!["XA-P-1".into()],
            into: "XA-P-9".into(),
            class: None,
            carats: Some(carats(10_101)),
            loss_reason: None,
        };
        let closed = ZoneState {
            zone: "XA/south".parse().unwrap(),
            open: false,
            from: day("2026-02-01"),
            legal_act: "decision 4".into(),
        };
        (facts, request, Measures { zones: vec![closed], ..Measures::default() })
    }

    #[test]
    fn each_reason_in_its_order() {
        let mut world = world();
        let mixed = refused_in_order(
            &mut world,
            |(facts, request, measures)| keyed(decide(facts, request, measures, day("2026-02-03"))),
            &[
                ("too_few_parcels", |w| {
                    w.0.inputs.push(("XA-P-1".into(), Some(parcel("XA-P-1", 10_000))));
                }),
                ("parcel_twice", |w| {
                    let mut other = parcel("XA-P-2", 100);
                    other.holder = "XA-EXP-2".into();
                    other.shares[0].source =
                        "find L2 zone XA/south found 2026-01-10 carats 1.00".parse().unwrap();
                    w.0.inputs[1] = ("XA-P-2".into(), Some(other));
                }),
                ("holders_differ", |w| w.0.inputs[1].1.as_mut().unwrap().holder = "XA-EXP-1".into()),
                // L36: one percent, and the whole parcel is refused.
                ("share_under_measure", |w| w.2.zones.clear()),
                ("more_than_before", |w| w.1.carats = Some(carats(10_000))),
                ("loss_without_reason", |w| w.1.carats = None),
            ],
        );
        assert_eq!(mixed.mixture.shares, ["XA-P-1/1 100.00", "XA-P-2/1 1.00"]);
    }

    #[test]
    fn the_refusal_names_the_lot() {
        let (mut facts, request, measures) = world();
        let mut other = parcel("XA-P-2", 100);
        other.shares[0].source = "find L2 zone XA/south found 2026-01-10 carats 1.00".parse().unwrap();
        facts.inputs.push(("XA-P-2".into(), Some(other)));
        let refused = decide(&facts, &request, &measures, day("2026-02-03")).unwrap_err().to_string();
        assert!(refused.contains("lot XA-P-2/1 in parcel XA-P-2 comes from XA/south"), "{refused}");
    }
}
