//! Open a value: when all required values are in, each person opens the own one. There is nothing to type: the key that
//! sealed it opens it.
//!
//! Closes: L15. Appends `value_opened`, which states the seal's key, so that anybody can check that this is the value that
//! was committed to. A value cannot be changed by then; whoever does not open it is named as the one who did not.

use anyhow::{Context, Result};
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::Officer;
use kp_terms::{ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{
    Lot, Party, Stage, Value, ValueLine, queries,
    rules::blind::{self, Place, Seal},
    submit_value,
};

const OPEN_VALUE: Sql = sql!("open_value");
const RECORD_VALUE_LINE: Sql = sql!("record_value_line");

kp_terms::form! {
    /// What the valuer types.
    pub struct Request {
        /// The lot whose own value is opened.
        lot: String, "XA-L-17";
    }
}

/// A value is opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueOpened {
    /// Who values.
    pub participant: ParticipantCode,
    /// Which lot.
    pub lot: String,
    /// Condition of the goods.
    pub stage: Stage,
    /// Whose value.
    pub party: Party,
    /// The value.
    pub lines: Vec<ValueLine>,
    /// The key of the seal, hexadecimal.
    pub key: String,
    /// Who opened it.
    pub opened_by: String,
}

impl Statement for ValueOpened {
    const KIND: &'static str = "value_opened";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.lot.clone()
    }
}

kp_terms::refusals! {
    /// Why a value is not opened.
    pub enum Refusal {
        /// Nothing of this person is sealed.
        NothingSealed { lot: String, officer: String } = "nothing_sealed", "{officer} has no sealed value in lot {lot}", "L15: who sealed a value opens it";
        /// Not all are in.
        ValuesMissing { lot: String, parties: String } = "values_missing", "these values of lot {lot} are not in yet: {parties}; none is opened before all are in", "L15: blind until all are in";
        /// Another key.
        SealedWithAnotherKey { lot: String, officer: String } = "sealed_with_another_key", "{officer} sealed the value of lot {lot} with another key than the one used now; use that key, or open a new lot for the application", "L15: the key that sealed opens";
        /// The seal does not fit.
        SealDoesNotOpen { lot: String } = "seal_does_not_open", "the sealed value of lot {lot} is not what was sealed; run `kpcs log verify`", "L15: a value is committed to";
    }
}

struct Facts {
    officer: Officer,
    lot: Option<Lot>,
    /// The key at this desk.
    key_id: String,
    /// The own sealed value, opened with the key at this desk.
    opened: Option<([u8; 32], Vec<ValueLine>)>,
}

/// Opens the own value.
///
/// # Errors
/// Refuses where not all values are in, or nothing here was sealed by this person with this key.
pub fn open_value(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let mut facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        lot: queries::lot_by_reference(tx, &request.lot)?,
        key_id: desk.signer.key.public().id().to_string(),
        opened: None,
    };
    if let Some(lot) = &facts.lot
        && let Some(value) = own_sealed(lot, &facts.officer.id)
    {
        facts.opened = unsealed(lot, value, desk)?;
    }
    let statement = decide(&facts, request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn own_sealed<'a>(lot: &'a Lot, officer: &str) -> Option<&'a Value> {
    lot.values.iter().find(|value| value.valued_by == officer && value.opened_on.is_none())
}

fn unsealed(lot: &Lot, value: &Value, desk: &Desk<'_>) -> Result<Option<([u8; 32], Vec<ValueLine>)>> {
    let place = Place { lot: &lot.lot, stage: value.stage, party: value.party, sealed_at: &value.sealed_at };
    let key = blind::key(place, &desk.signer.key).context("opening a value")?;
    let seal = Seal { commitment: value.commitment.clone(), sealed: value.sealed.clone() };
    Ok(blind::open(&key, &seal).map(|lines| (key, lines)))
}

fn decide(facts: &Facts, request: &Request) -> Result<ValueOpened, Box<dyn Refuse>> {
    let reference = request.lot.clone();
    let Some(lot) = &facts.lot else {
        return Err(submit_value::Refusal::NoSuchLot { lot: reference }.into());
    };
    let officer = facts.officer.id.clone();
    let Some(value) = own_sealed(lot, &officer) else {
        return Err(Refusal::NothingSealed { lot: reference, officer }.into());
    };
    let missing = lot.missing_at(value.stage);
    if !missing.is_empty() {
        let parties = missing.iter().map(|party| party.word()).collect::<Vec<_>>().join(", ");
        return Err(Refusal::ValuesMissing { lot: reference, parties }.into());
    }
    if value.key_id != facts.key_id {
        return Err(Refusal::SealedWithAnotherKey { lot: reference, officer }.into());
    }
    let Some((key, lines)) = &facts.opened else {
        return Err(Refusal::SealDoesNotOpen { lot: reference }.into());
    };
    Ok(ValueOpened {
        participant: lot.participant,
        lot: reference,
        stage: value.stage,
        party: value.party,
        lines: lines.clone(),
        key: kp_sign::hex(key),
        opened_by: officer,
    })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: ValueOpened = entry.body()?;
    put(tx, &body.lot, (body.stage, body.party), &body.lines, entry)
}

/// Writes an open value down.
pub(crate) fn put(
    tx: &mut Tx<'_>,
    lot: &str,
    (stage, party): (Stage, Party),
    lines: &[ValueLine],
    entry: &Entry,
) -> Result<()> {
    let day = entry.on().to_string();
    tx.execute(OPEN_VALUE, &[lot.into(), stage.word().into(), party.word().into(), (&day).into()])?;
    for line in lines {
        tx.execute(
            RECORD_VALUE_LINE,
            &[
                lot.into(),
                stage.word().into(),
                party.word().into(),
                (&line.sort.to_string()).into(),
                line.value.cents().into(),
            ],
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Facts, Request, decide};
    use crate::{Party, Value, testing::*};

    fn sealed(party: Party, by: &str) -> Value {
        Value { opened_on: None, lines: Vec::new(), key_id: "key 1".into(), ..value(party, by, "1.00") }
    }

    #[test]
    fn each_reason_in_its_order() {
        let mut world =
            Facts { officer: officer("XA", Role::Valuer), lot: None, key_id: "key 2".into(), opened: None };
        let request = Request { lot: "XA-L-1".into() };
        let opened = refused_in_order(
            &mut world,
            |facts| keyed(decide(facts, &request)),
            &[
                ("no_such_lot", |f| f.lot = Some(lot())),
                ("nothing_sealed", |f| {
                    f.lot.as_mut().unwrap().values = vec![sealed(Party::Government, "xa-valuer-1")];
                }),
                ("values_missing", |f| {
                    f.lot.as_mut().unwrap().values.push(sealed(Party::Exporter, "xa-clerk-1"));
                }),
                ("sealed_with_another_key", |f| f.key_id = "key 1".into()),
                ("seal_does_not_open", |f| {
                    f.opened = Some(([7; 32], vec!["7102.31 5.00".parse().unwrap()]));
                }),
            ],
        );
        assert_eq!((opened.party, opened.key.len()), (Party::Government, 64));
    }
}
