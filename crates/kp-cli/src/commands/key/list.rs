//! `kpcs key document list`: every document key with its state today, and whether this data folder can sign with it.

use kp_node::Kept;
use serde::Serialize;

use crate::{
    answer::{Answer, Outcome},
    arguments::Reading,
    clock,
    place::Place,
    screen::{Table, say_json},
};

#[derive(Serialize)]
struct Row {
    key: String,
    participant: String,
    authority: String,
    class: String,
    valid_from: String,
    signs_until: String,
    state: String,
    kept_here: Option<&'static str>,
    registered_by: String,
    witnesses: Vec<String>,
    believed_before: Vec<String>,
}

/// Lists all document keys, by participant, oldest first.
pub(crate) fn list(place: &Place, reading: Reading) -> Answer {
    let node = place.open()?;
    let now = clock::now();
    let kept = node.keyring().map(kp_node::Keyring::document_keys).transpose()?.unwrap_or_default();
    let kept_here = |id: &str| {
        kept.iter().find(|file| file.key_id == id).map(|file| match file.kept {
            Kept::UnderPassphrase => "under a passphrase",
            Kept::Open => "open",
            Kept::InToken(_) => "in a token",
        })
    };
    let rows = node.db().read(|tx| {
        let mut rows = Vec::new();
        for participant in kp_registry::participants(tx)? {
            for key in kp_registry::document_keys_of_participant(tx, participant.code)? {
                let cuts = key.compromise.iter().flat_map(|compromise| &compromise.cuts);
                rows.push(Row {
                    participant: key.participant.to_string(),
                    class: key.class.to_string(),
                    valid_from: key.valid_from.to_string(),
                    signs_until: key.signs_until.to_string(),
                    state: key.state_at(now).to_string(),
                    kept_here: kept_here(&key.key_id),
                    witnesses: kp_registry::witnesses_of_ceremony(tx, &key.key_id)?,
                    believed_before: cuts
                        .map(|cut| format!("entry {} of {}", cut.from_entry, cut.log_id))
                        .collect(),
                    registered_by: key.registered_by,
                    authority: key.authority,
                    key: key.key_id,
                });
            }
        }
        Ok::<_, anyhow::Error>(rows)
    })?;
    if reading.json {
        say_json(&rows)?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&["key", "authority", "class", "from", "until", "state", "kept here"]);
    for row in rows {
        let kept = row.kept_here.unwrap_or("no").to_owned();
        table.row(vec![row.key, row.authority, row.class, row.valid_from, row.signs_until, row.state, kept]);
    }
    table.say_or("No document key is registered; `kpcs key document make` makes one in a ceremony.")?;
    Ok(Outcome::Done)
}
