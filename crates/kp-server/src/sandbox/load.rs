//! What a return in the sandbox looks like, loaded once for page and program: the file, what the rules say, every cell.

use kp_accounts::rights::{Class, Thing};
use kp_node::returns::CheckedReturn;
use kp_statistics::sandbox::{Notes, Sandboxed};
use kp_terms::ParticipantCode;

use crate::{
    app::App,
    guard::Visit,
    problem::{Problem, Said},
};

/// A return in the sandbox.
pub(crate) struct Waiting {
    pub(crate) it: Sandboxed,
    pub(crate) checked: CheckedReturn,
    pub(crate) notes: Notes,
}

/// Whose sandbox an address names.
pub(crate) fn whose(typed: &str) -> Result<ParticipantCode, Problem> {
    typed.parse().map_err(|error| Problem::address_not_read(typed, error))
}

/// Loads one for whoever may see it; to all others it does not exist.
pub(crate) fn load(app: &App, visit: &Visit, of: ParticipantCode, id: &str) -> Result<Waiting, Problem> {
    let nothing = || Problem::not_found(Said::of("problem-not-in-sandbox").with("name", id).with("of", of));
    if !visit.may_see(Class::Draft, &Thing::of(of)) {
        return Err(nothing());
    }
    let found = app.node.db().read(|tx| {
        let all = kp_statistics::sandbox::sandbox(tx, Some(of))?;
        let it = all.into_iter().find(|it| it.id == id);
        Ok::<_, anyhow::Error>((it, kp_statistics::sandbox::notes(tx, id, of)?))
    })?;
    let (Some(it), notes) = found else { return Err(nothing()) };
    let checked = app.node.check_sandboxed(of, id, app.now())?;
    visit.saw("sandbox", id, &[of.to_string()]);
    Ok(Waiting { it, checked, notes })
}
