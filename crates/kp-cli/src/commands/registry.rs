//! `kpcs participants`, `officers` and `exporters`: who may act, as registered.

use serde::Serialize;

use crate::{
    answer::{Answer, Outcome},
    arguments::Reading,
    clock,
    place::Place,
    screen::{Table, say_json},
};

#[derive(Serialize)]
struct Participant {
    code: String,
    name: String,
    member_from: String,
    legal_act: String,
    standing: String,
    standing_by: Option<String>,
}

/// Lists participants with today's standing.
pub(crate) fn participants(place: &Place, reading: Reading) -> Answer {
    let now = clock::now();
    let rows = place.open()?.db().read(|tx| {
        let mut rows = Vec::new();
        for each in kp_registry::participants(tx)? {
            let stands = kp_registry::stands_now(tx, each.code, now)?;
            rows.push(Participant {
                code: each.code.to_string(),
                name: each.name,
                member_from: each.member_from.to_string(),
                legal_act: each.legal_act,
                standing: stands.words.to_string(),
                standing_by: stands.legal_act,
            });
        }
        Ok::<_, anyhow::Error>(rows)
    })?;
    if reading.json {
        say_json(&rows)?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&["code", "name", "member from", "standing", "by"]);
    for row in rows {
        let by = row.standing_by.unwrap_or(row.legal_act);
        table.row(vec![row.code, row.name, row.member_from, row.standing, by]);
    }
    table.say_or("No participant has been admitted; `kpcs act admit-participant` does that.")?;
    Ok(Outcome::Done)
}

#[derive(Serialize)]
struct Officer {
    id: String,
    name: String,
    body: String,
    authority: Option<String>,
    roles: Vec<String>,
    key_lies_here: bool,
}

/// Lists officers with their roles, and whether they can act from this data folder.
pub(crate) fn officers(place: &Place, reading: Reading) -> Answer {
    let node = place.open()?;
    let holds = |id: &str| node.keyring().is_some_and(|keyring| keyring.holds(id));
    let officers = node.db().read(kp_registry::officers)?;
    let rows: Vec<Officer> = officers
        .into_iter()
        .map(|each| Officer {
            key_lies_here: holds(&each.id),
            id: each.id,
            name: each.name,
            body: each.body,
            authority: each.authority,
            roles: each.roles.iter().map(ToString::to_string).collect(),
        })
        .collect();
    if reading.json {
        say_json(&rows)?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&["id", "name", "body", "authority", "roles", "key here"]);
    for row in rows {
        let here = if row.key_lies_here { "yes" } else { "no" };
        let authority = row.authority.unwrap_or_else(|| "-".into());
        table.row(vec![row.id, row.name, row.body, authority, row.roles.join(", "), here.into()]);
    }
    table.say_or("There is no officer; `kpcs init` names the first.")?;
    Ok(Outcome::Done)
}

#[derive(Serialize)]
struct Exporter {
    licence: String,
    participant: String,
    holder: String,
    address: String,
    valid_from: String,
    valid_until: String,
}

/// Lists licensed exporters.
pub(crate) fn exporters(place: &Place, reading: Reading) -> Answer {
    let exporters = place.open()?.db().read(kp_registry::exporters)?;
    let rows: Vec<Exporter> = exporters
        .into_iter()
        .map(|each| Exporter {
            licence: each.licence_number,
            participant: each.participant.to_string(),
            holder: each.holder,
            address: each.address,
            valid_from: each.valid_from.to_string(),
            valid_until: each.valid_until.to_string(),
        })
        .collect();
    if reading.json {
        say_json(&rows)?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&["licence", "of", "holder", "valid from", "until"]);
    for row in rows {
        table.row(vec![row.licence, row.participant, row.holder, row.valid_from, row.valid_until]);
    }
    table.say_or("No exporter has been licensed; `kpcs act license-exporter` does that.")?;
    Ok(Outcome::Done)
}
