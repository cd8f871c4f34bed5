//! `kpcs account ...`: who signs in to the pages of this node.
//!
//! Whoever does something here opens the own key with its passphrase, which is the password of the account: on this machine
//! that is enough, as it is for an act.

mod ministry;

use std::sync::Arc;

use anyhow::Result;
use kp_accounts::{Accounts, Issued, looks, trail};
use kp_node::Node;
use kp_registry::Officer;
use serde::Serialize;

use crate::{
    answer::{Answer, Outcome, Trouble},
    arguments::{Account, Reading, Signing},
    clock,
    commands::act::open_key,
    place::Place,
    screen::{Table, say, say_json},
};

/// Runs what was typed.
pub(crate) fn run(place: &Place, command: &Account) -> Answer {
    if matches!(command, Account::Ministry) {
        return ministry::check(&place.folder()?);
    }
    let node = Arc::new(place.open()?);
    let accounts = Accounts::of(Arc::clone(&node))?;
    let now = clock::now();
    match command {
        Account::List(reading) => return list(&accounts, *reading),
        Account::Ministry => return Ok(Outcome::Done),
        Account::Trail(reading) => return trail(&node, *reading),
        Account::Looks(reading) => return looks(&node, *reading),
        Account::Invite { whose, by } => {
            say(&code(&accounts.invite(&who(&node, by)?, whose, now)?))?;
        }
        Account::RecoveryCode { recovery, by } => {
            say(&code(&accounts.fetch_recovery_code(&who(&node, by)?, recovery, now)?))?;
        }
        Account::Close { whose, by } => {
            let closed = accounts.close(&who(&node, by)?, whose, now)?;
            say(&format!("The account of {whose} is closed; its sessions, codes and tokens have ended."))?;
            for key in closed.keys {
                say(&format!(
                    "Its key is still in force. Withdraw it:\n  kpcs act withdraw-key --body {} --key-id {key} --reason \"officer left the service\"",
                    closed.body
                ))?;
            }
        }
        Account::Recover { whose, what, by } => {
            let kind = what.parse().map_err(|e: kp_terms::ReadError| Trouble::Usage(e.to_string()))?;
            let id = accounts.start_recovery(&who(&node, by)?, whose, kind, now)?;
            say(&format!(
                "Recovery {id} is started. Another officer of the same body, who has seen the person, confirms it:\n  kpcs account confirm {id} --as OFFICER"
            ))?;
        }
        Account::Confirm { recovery, by } => {
            accounts.confirm_recovery(&who(&node, by)?, recovery, now)?;
            let ready = now.checked_add(kp_accounts::WAIT).map_err(anyhow::Error::from)?;
            say(&format!(
                "It is confirmed. The officer can stop it until {ready}; then its code can be fetched."
            ))?;
        }
        Account::Stop { recovery, by } => {
            accounts.stop_recovery(&who(&node, by)?, recovery, now)?;
            say("It is stopped.")?;
        }
    }
    Ok(Outcome::Done)
}

/// The officer who does it, once the key has opened and is in force.
fn who(node: &Node, by: &Signing) -> Result<Officer, Trouble> {
    let signer = open_key(node, &by.officer, by.passphrase_file.as_ref())?;
    let desk = kp_log::Desk::new(&signer, node.keys(), clock::now());
    Ok(node.db().read(|tx| kp_registry::officer_at_desk(tx, &desk))?)
}

fn code(issued: &Issued) -> String {
    let invitation = &issued.invitation;
    format!(
        "A code for {}, until {}:\n\n  {}\n\nIt is shown this once and serves once. Give it to this person and to nobody else; it is typed on the page \
         Invitation.",
        invitation.officer_id, invitation.expires_at, issued.code
    )
}

#[derive(Serialize)]
struct ShownAccount {
    officer: String,
    state: &'static str,
    since: String,
    password_set_at: Option<String>,
}

fn list(accounts: &Accounts, reading: Reading) -> Answer {
    let shown: Vec<ShownAccount> = accounts
        .all()?
        .into_iter()
        .map(|account| ShownAccount {
            state: account.state.word(),
            since: account.since.to_string(),
            password_set_at: account.password_set_at.map(|at| at.to_string()),
            officer: account.officer_id,
        })
        .collect();
    if reading.json {
        say_json(&shown)?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&["officer", "account", "since", "password of"]);
    for account in shown {
        let password = account.password_set_at.unwrap_or_default();
        table.row(vec![account.officer, account.state.to_owned(), account.since, password]);
    }
    say(&table.text())?;
    Ok(Outcome::Done)
}

#[derive(Serialize)]
struct ShownRow {
    number: i64,
    at: String,
    by: String,
    what: String,
    about: String,
    detail: String,
}

fn trail(node: &Node, reading: Reading) -> Answer {
    let (steps, broken) = node.db().read(|tx| {
        Ok::<_, anyhow::Error>((trail::before(tx, i64::MAX, u32::MAX)?, trail::first_break(tx)?))
    })?;
    let last = steps.first().map(|step| kp_sign::hex(&step.chain));
    let rows = steps.into_iter().rev().map(|step| ShownRow {
        number: step.number,
        at: step.at.to_string(),
        by: step.by_whom,
        what: step.what,
        about: step.about,
        detail: step.detail.to_string(),
    });
    shown(rows.collect(), last, broken, reading)
}

fn looks(node: &Node, reading: Reading) -> Answer {
    let (all, broken) = node.db().read(|tx| {
        Ok::<_, anyhow::Error>((looks::before(tx, i64::MAX, u32::MAX)?, looks::first_break(tx)?))
    })?;
    let rows = all.into_iter().rev().map(|looked| ShownRow {
        number: looked.number,
        at: looked.at.to_string(),
        by: looked.look.by_whom,
        what: looked.look.what,
        about: looked.look.about,
        detail: looked.look.owner,
    });
    shown(rows.collect(), None, broken, reading)
}

fn shown(rows: Vec<ShownRow>, last: Option<String>, broken: Option<i64>, reading: Reading) -> Answer {
    if reading.json {
        say_json(&rows)?;
    } else {
        let mut table = Table::new(&[">no.", "at", "who", "what", "about", "detail"]);
        for row in rows {
            table.row(vec![row.number.to_string(), row.at, row.by, row.what, row.about, row.detail]);
        }
        say(&table.text())?;
        if let Some(last) = last {
            say(&format!("\nLast value of the chain, to be kept elsewhere: {last}"))?;
        }
    }
    match broken {
        None => Ok(Outcome::Done),
        Some(number) => {
            crate::screen::aside(&format!(
                "row {number} does not follow from the row before it: rows were changed or removed with a database tool"
            ));
            Ok(Outcome::Found)
        }
    }
}
