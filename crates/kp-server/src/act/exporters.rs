//! The exporter of a form: a licence is typed, or a name that is looked for; a few are offered, never the whole register.

use anyhow::Result;
use kp_accounts::rights::{Class, Thing};
use kp_db::Tx;
use kp_node::Act;
use kp_registry::Exporter;
use kp_terms::{Fields, ParticipantCode};

use crate::{frame::Frame, guard::Typed, search::results};

/// The field of acts that names an exporter by its licence.
pub(crate) const FIELD: &str = "licence_number";

/// Most that are offered.
const OFFERED: u32 = 12;

/// Exporters to choose from.
#[derive(Default)]
pub(crate) struct Offered {
    pub(crate) few: Vec<Exporter>,
    /// Whether they were looked for by what was typed, and none may bear it.
    pub(crate) looked_for: bool,
    /// Whether there are more than are offered.
    pub(crate) more: bool,
}

impl Offered {
    fn of(mut few: Vec<Exporter>, looked_for: bool) -> Self {
        let more = few.len() > OFFERED as usize;
        few.truncate(OFFERED as usize);
        Self { few, looked_for, more }
    }

    /// Whether there is anything to choose: not where the licence of one of them was typed.
    pub(crate) fn is_choice(&self, typed: &str) -> bool {
        !self.few.iter().any(|exporter| exporter.licence_number == typed.trim())
    }
}

/// Puts the exporter that was picked, or the only one that what was typed can mean, into the field; and says who else it may
/// be. Of an act that names no exporter, nobody.
///
/// # Errors
/// Where the database fails.
pub(crate) fn offered(
    tx: &mut Tx<'_>,
    frame: &Frame,
    act: &Act,
    sent: &Typed,
    fields: &mut Fields,
) -> Result<Offered> {
    if !act.fields.iter().any(|field| field.name == FIELD) {
        return Ok(Offered::default());
    }
    if let Some(picked) = Some(sent.first("pick")).filter(|picked| !picked.is_empty()) {
        fields.insert(FIELD.to_owned(), vec![picked.to_owned()]);
    }
    let typed = fields.get(FIELD).and_then(|typed| typed.first()).map(|typed| typed.trim().to_owned());
    let sees = |exporter: &Exporter| frame.may_see(Class::Trader, &Thing::of(exporter.participant));
    let Some(typed) = typed else { return Ok(Offered::of(own(tx, frame)?, false)) };
    if let Some(exact) = kp_registry::exporter_by_licence(tx, &typed)?.filter(sees) {
        return Ok(Offered::of(vec![exact], false));
    }
    let few = results::exporters(tx, &frame.viewer, &typed, OFFERED as usize + 1)?;
    if let ([only], "licence_number") = (few.as_slice(), sent.first("find")) {
        fields.insert(FIELD.to_owned(), vec![only.licence_number.clone()]);
    }
    Ok(Offered::of(few, true))
}

/// The first few of the own participant, and one more where there are more.
fn own(tx: &mut Tx<'_>, frame: &Frame) -> Result<Vec<Exporter>> {
    let body = frame.who.as_ref().and_then(|who| who.body.parse::<ParticipantCode>().ok());
    match body.filter(|code| frame.may_see(Class::Trader, &Thing::of(code))) {
        Some(code) => kp_registry::exporters_of_participant(tx, code, OFFERED + 1),
        None => Ok(Vec::new()),
    }
}
