//! Acts that are only tried, and acts that are done once however often they are asked for.
//!
//! A try runs the act as it would run, in a transaction that is always taken back: what it would refuse it refuses, and
//! nothing of it stays. An act that is done once brings a door's own record along in the same transaction: after a power cut
//! either both are there or neither, so a program that lost its answer may ask again (peers 4.3: validate before sending).

use anyhow::Result;
use jiff::Timestamp;
use kp_db::Tx;
use kp_log::{Desk, Signer};
use kp_terms::Fields;

use super::{Node, receipt_of};
use crate::{Act, ActFailure, Receipt};

/// A door's own record of an act, kept in the act's transaction.
pub trait Once {
    /// Asked before anything is done, inside the transaction: whether the act is still to be done.
    ///
    /// # Errors
    /// Where the database fails.
    fn is_new(&self, tx: &mut Tx<'_>) -> Result<bool>;

    /// The act is done: what the door keeps of it.
    ///
    /// # Errors
    /// Where the database fails; then the act is not done either.
    fn keep(&self, tx: &mut Tx<'_>, receipt: &Receipt) -> Result<()>;
}

/// What ends a try: always an error for the database, so that it takes everything back.
enum Tried {
    Passed(Box<Receipt>),
    Failed(ActFailure),
}

impl From<anyhow::Error> for Tried {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl Node {
    /// Tries an act: every check runs, the statement is made, and all of it is taken back. The receipt says what would
    /// stand; its place in the log is free still and may be another's by the time the act is done.
    ///
    /// # Errors
    /// Whatever [`Node::perform_act`] would fail with.
    pub fn try_act(
        &self,
        act: &'static Act,
        fields: &Fields,
        signer: &Signer,
        now: Timestamp,
    ) -> Result<Receipt, ActFailure> {
        self.refuse_here(act, fields)?;
        self.refuse_on_faults()?;
        let mut fields = fields.clone();
        // A key is made only when the act is done; for the try any key does that nobody has.
        if act.fields.iter().any(|field| field.name == "public_key") && !fields.contains_key("public_key") {
            let key = crate::keyring::new_key()?.public();
            fields.insert("public_key".into(), vec![kp_sign::hex(&key.to_bytes())]);
        }
        let desk = Desk::new(signer, &self.keys, now);
        let outcome = self.db.write("try an act", |tx| {
            let entry = (act.perform)(tx, &desk, &fields).map_err(Tried::Failed)?;
            self.outside.fits(&desk.appended())?;
            Err::<std::convert::Infallible, Tried>(Tried::Passed(Box::new(receipt_of(act.name, &entry))))
        });
        match outcome {
            Ok(never) => match never {},
            Err(Tried::Passed(receipt)) => Ok(*receipt),
            Err(Tried::Failed(failure)) => Err(failure),
        }
    }

    /// Does an act unless `once` says that it was done; none, where it was.
    ///
    /// # Errors
    /// As [`Node::perform_act`].
    pub fn perform_once(
        &self,
        act: &'static Act,
        fields: &Fields,
        signer: &Signer,
        now: Timestamp,
        once: &dyn Once,
    ) -> Result<Option<Receipt>, ActFailure> {
        self.refuse_here(act, fields)?;
        let desk = Desk::new(signer, &self.keys, now);
        let receipt = self.at_desk(act.name, desk, |tx, desk| {
            if !once.is_new(tx)? {
                return Ok(None);
            }
            let receipt = receipt_of(act.name, &(act.perform)(tx, desk, fields)?);
            once.keep(tx, &receipt)?;
            Ok::<_, ActFailure>(Some(receipt))
        })?;
        if receipt.is_some() {
            self.follow_up(now);
        }
        Ok(receipt)
    }
}
