//! What splitting and mixing have in common: stones leave some parcels and go on under other references.
//!
//! Scheme: CD Section I, IV(a). Closes: L35 (what comes out is at most what went in, a loss is stated with its reason, and
//! each output names every possible source with its share).

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::Entry;
use kp_registry::{
    Officer, Role,
    rules::{may_act, reference},
};
use kp_terms::{Carats, HsCode, ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{
    LONGEST_REFERENCE, Output, Parcel, ParcelState, queries,
    record_parcel::{RECORD_PARCEL, RECORD_SHARE},
    rules::{
        classes,
        shares::{Pool, share_out},
    },
};

const SPEND_PARCEL: Sql = sql!("spend_parcel");
const RECORD_LINK: Sql = sql!("record_link");
const RECORD_REGROUPING: Sql = sql!("record_regrouping");

kp_terms::refusals! {
    /// Why parcels are not split or mixed.
    pub enum Refusal {
        /// Unknown reference.
        NoSuchParcel { parcel: String } = "no_such_parcel", "there is no parcel {parcel}; record it first", "CD Section IV(a); L35";
        /// It is elsewhere in its life.
        ParcelNotHeld { parcel: String, state: ParcelState } = "parcel_not_held", "parcel {parcel} is {state}; only a parcel that is held can be split, mixed, handed over or certified", "one stone, one place (L35)";
        /// Nobody has accepted it.
        ParcelUnderWay { parcel: String, to: String } = "parcel_under_way", "parcel {parcel} is handed over to {to} and not accepted yet; let {to} accept it first", "custody is with whom the last acceptance says";
        /// The same parcel twice.
        ParcelTwice { parcel: String } = "parcel_twice", "parcel {parcel} stands twice; name it once", "one stone, one place (L35)";
        /// Of two holders.
        HoldersDiffer { first: String, second: String } = "holders_differ", "{first} and {second} hold these parcels; hand them over to one holder first", "domain 7: every deal is documented";
        /// Nothing comes out.
        NoOutputs = "no_outputs", "say which parcels come out, with reference, class and carats", "CD Section IV(a); L35";
        /// The reference does not begin with the code or is too long.
        ReferenceNotOfParticipant { reference: String, code: ParticipantCode } = "parcel_reference_not_of_participant",
            "the reference {reference} must start with {code} and a hyphen and have at most 24 characters: letters, digits, - / .", "references are unique across participants";
        /// The reference is in use.
        ReferenceTaken { reference: String } = "parcel_reference_taken", "parcel {reference} exists already; give the next free reference", "one parcel, one reference";
        /// A parcel of nothing.
        NotAWeight { parcel: String, carats: Carats } = "parcel_not_a_weight", "{carats} ct cannot be the weight of {parcel}; a parcel has more than 0.00 ct", "CD Section I: a parcel holds stones";
        /// More than there was.
        MoreThanBefore { before: Carats, after: Carats } = "more_than_before", "{before} ct went in and {after} ct would come out; weigh again, and record what is new with its own source", "conservation of weight (L35)";
        /// Less, and nobody says why.
        LossWithoutReason { loss: Carats } = "loss_without_reason", "{loss} ct are missing; say why, for example cleaning or dust", "conservation of weight (L18, L35)";
        /// The class cannot come of these.
        ClassDoesNotFollow { parcel: String, class: HsCode } = "class_does_not_follow", "{parcel} cannot be of class {class}: sorted stones stay in their class, unsorted ones are sorted, and different classes together are unsorted", "domain 1.1: classes of HS 7102 (L17)";
    }
}

/// A parcel that comes out, as the statement says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Regrouped {
    /// Its reference.
    pub parcel: String,
    /// Its class.
    pub class: HsCode,
    /// Its weight.
    pub carats: Carats,
    /// Every possible source with its share, `XA-P-1/2 12.00`, by reference.
    pub shares: Vec<String>,
}

/// What both acts load.
pub(crate) struct Facts {
    pub(crate) officer: Officer,
    /// By the names in the request.
    pub(crate) inputs: Vec<(String, Option<Parcel>)>,
    /// References of outputs that exist already.
    pub(crate) taken: Vec<String>,
}

impl Facts {
    pub(crate) fn load<'a>(
        tx: &mut Tx<'_>,
        officer: Officer,
        inputs: impl IntoIterator<Item = &'a String>,
        outputs: impl IntoIterator<Item = &'a String>,
    ) -> Result<Self> {
        let mut facts = Self { officer, inputs: Vec::new(), taken: Vec::new() };
        for parcel in inputs {
            facts.inputs.push((parcel.clone(), queries::parcel_by_reference(tx, parcel)?));
        }
        for parcel in outputs {
            if queries::parcel_by_reference(tx, parcel)?.is_some() {
                facts.taken.push(parcel.clone());
            }
        }
        Ok(facts)
    }
}

/// The parcels that go in: known, held, each once, by one holder, and the officer a clerk of their territory.
pub(crate) fn check_inputs(facts: &Facts) -> Result<Vec<&Parcel>, Box<dyn Refuse>> {
    let mut parcels: Vec<&Parcel> = Vec::new();
    for (reference, parcel) in &facts.inputs {
        let Some(parcel) = parcel else {
            return Err(Refusal::NoSuchParcel { parcel: reference.clone() }.into());
        };
        may_act::of_participant(&facts.officer, Role::Clerk, parcel.participant)?;
        is_free(parcel)?;
        if parcels.iter().any(|other| other.parcel == parcel.parcel) {
            return Err(Refusal::ParcelTwice { parcel: parcel.parcel.clone() }.into());
        }
        if let Some(other) = parcels.first().filter(|other| other.holder != parcel.holder) {
            let (first, second) = (other.holder.clone(), parcel.holder.clone());
            return Err(Refusal::HoldersDiffer { first, second }.into());
        }
        parcels.push(parcel);
    }
    Ok(parcels)
}

/// Whether a parcel is held and not on its way to somebody.
pub(crate) fn is_free(parcel: &Parcel) -> Result<(), Box<dyn Refuse>> {
    if parcel.state != ParcelState::Held {
        let (parcel, state) = (parcel.parcel.clone(), parcel.state);
        return Err(Refusal::ParcelNotHeld { parcel, state }.into());
    }
    match &parcel.handed_to {
        Some(to) => Err(Refusal::ParcelUnderWay { parcel: parcel.parcel.clone(), to: to.clone() }.into()),
        None => Ok(()),
    }
}

/// What comes out, with its shares, and what is lost.
pub(crate) fn regroup(
    facts: &Facts,
    inputs: &[&Parcel],
    outputs: &[Output],
    reason: &str,
) -> Result<(Vec<Regrouped>, Carats), Box<dyn Refuse>> {
    let Some(code) = inputs.first().map(|parcel| parcel.participant) else {
        return Err(Refusal::NoOutputs.into());
    };
    if outputs.is_empty() {
        return Err(Refusal::NoOutputs.into());
    }
    let classes: Vec<HsCode> = inputs.iter().map(|parcel| parcel.hs).collect();
    for (index, output) in outputs.iter().enumerate() {
        let earlier = outputs.iter().take(index).any(|other| other.parcel == output.parcel);
        check_output(facts, output, code, earlier)?;
        if !classes::follows(&classes, output.hs) {
            let (parcel, class) = (output.parcel.clone(), output.hs);
            return Err(Refusal::ClassDoesNotFollow { parcel, class }.into());
        }
    }
    let weights: Vec<Carats> = outputs.iter().map(|output| output.carats).collect();
    let before = Carats::sum(inputs.iter().map(|parcel| parcel.carats)).unwrap_or_default();
    let after = Carats::sum(weights.iter().copied()).unwrap_or(crate::MOST_CARATS);
    let pool = pool_of(inputs);
    let Some(shares) = share_out(&pool, &weights) else {
        return Err(Refusal::MoreThanBefore { before, after }.into());
    };
    let loss = before.checked_sub(after).unwrap_or_default();
    if loss > Carats::ZERO && reason.trim().is_empty() {
        return Err(Refusal::LossWithoutReason { loss }.into());
    }
    Ok((outputs.iter().zip(shares).map(|(output, shares)| stated(output, &shares)).collect(), loss))
}

fn check_output(
    facts: &Facts,
    output: &Output,
    code: ParticipantCode,
    earlier: bool,
) -> Result<(), Box<dyn Refuse>> {
    let reference = output.parcel.clone();
    if !reference::belongs_to(&reference, code, LONGEST_REFERENCE) {
        return Err(Refusal::ReferenceNotOfParticipant { reference, code }.into());
    }
    if earlier || facts.taken.contains(&reference) {
        return Err(Refusal::ReferenceTaken { reference }.into());
    }
    if output.carats <= Carats::ZERO {
        return Err(Refusal::NotAWeight { parcel: reference, carats: output.carats }.into());
    }
    Ok(())
}

fn pool_of(inputs: &[&Parcel]) -> Pool {
    let mut pool = Pool::new();
    for share in inputs.iter().flat_map(|parcel| &parcel.shares) {
        let there = pool.entry(share.id.clone()).or_default();
        *there = there.checked_add(share.carats).unwrap_or(*there);
    }
    pool
}

fn stated(output: &Output, shares: &Pool) -> Regrouped {
    Regrouped {
        parcel: output.parcel.clone(),
        class: output.hs,
        carats: output.carats,
        shares: shares.iter().map(|(id, carats)| format!("{id} {carats}")).collect(),
    }
}

/// Writes what a split or a mixture says.
pub(crate) fn apply(
    tx: &mut Tx<'_>,
    entry: &Entry,
    inputs: &[&String],
    outputs: &[Regrouped],
    (loss, reason): (Carats, &str),
) -> Result<()> {
    let position = i64::try_from(entry.position)?;
    tx.execute(
        RECORD_REGROUPING,
        &[position.into(), entry.kind.as_str().into(), loss.hundredths().into(), reason.into()],
    )?;
    let by = queries::signer_of(tx, entry)?;
    let (mut holder, mut code) = (String::new(), String::new());
    for input in inputs {
        if let Some(parcel) = queries::parcel_by_reference(tx, input)? {
            (holder, code) = (parcel.holder, parcel.participant.to_string());
        }
        tx.execute(SPEND_PARCEL, &[(*input).into()])?;
    }
    for output in outputs {
        tx.execute(
            RECORD_PARCEL,
            &[
                (&output.parcel).into(),
                (&code).into(),
                output.class.code().into(),
                output.carats.hundredths().into(),
                (&holder).into(),
                (&entry.on().to_string()).into(),
                (&by).into(),
            ],
        )?;
        for share in &output.shares {
            let (id, carats) = share.rsplit_once(' ').unwrap_or((share, "0.00"));
            let carats: Carats = carats.parse()?;
            tx.execute(RECORD_SHARE, &[(&output.parcel).into(), id.into(), carats.hundredths().into()])?;
        }
        for input in inputs {
            tx.execute(RECORD_LINK, &[(&output.parcel).into(), (*input).into(), position.into()])?;
        }
    }
    Ok(())
}
