//! The accounts of a body, for whoever looks after them: who is invited, who signs in, who left, which recovery is under way.

use askama::Template;
use axum::{Extension, extract::State, http::StatusCode};
use kp_accounts::{
    Account, Accounts, Closed, Invitation, Issued, Kind, Recovery, State as AccountState,
    ministry::Binding,
    rights::{self, Class, Thing, Viewer},
};
use kp_registry::{Officer, Role};
use kp_terms::Timestamp;

use crate::{
    act::next::NextAct,
    app::Shared,
    frame::{Answer, Frame, Section, page_with_status},
    guard::{Refused, Visit},
    problem::Problem,
    words,
};

/// One officer, or somebody invited who is not named yet.
struct Row {
    officer_id: String,
    name: String,
    roles: Vec<Role>,
    account: Option<Account>,
    invitation: Option<Invitation>,
    recovery: Option<Recovery>,
    binding: Option<Binding>,
    is_me: bool,
}

impl Row {
    /// The key of its state in words.
    fn state(&self) -> &'static str {
        match self.account.as_ref().map(|account| account.state) {
            None => "accounts-state-none",
            Some(AccountState::Invited) if self.invitation.is_none() => "accounts-state-expired",
            Some(AccountState::Invited) => "accounts-state-invited",
            Some(AccountState::Open) => "accounts-state-open",
            Some(AccountState::Closed) => "accounts-state-closed",
        }
    }

    fn recovery_key(&self) -> &'static str {
        match self.recovery.as_ref().map(|recovery| recovery.kind) {
            Some(Kind::Password) => "accounts-recovery-password",
            _ => "accounts-recovery-factor",
        }
    }

    fn is_open(&self) -> bool {
        self.account.as_ref().is_some_and(|account| account.state == AccountState::Open)
    }

    fn is_ready(&self, now: Timestamp) -> bool {
        self.recovery.as_ref().and_then(|r| r.ready_at).is_some_and(|ready| now >= ready)
    }
}

#[derive(Template)]
#[template(path = "account/list.html")]
struct ListPage {
    frame: Frame,
    rows: Vec<Row>,
    now: Timestamp,
    issued: Option<Issued>,
    link: String,
    closed: Option<Closed>,
    withdraw: Vec<NextAct>,
    problem: Option<Problem>,
}

/// What an act on an account leads to.
#[derive(Default)]
pub(crate) struct Said {
    pub(crate) issued: Option<Issued>,
    pub(crate) closed: Option<Closed>,
    pub(crate) problem: Option<Problem>,
}

pub(crate) async fn show(State(app): State<Shared>, Extension(visit): Extension<Visit>) -> Answer {
    list(&app, visit, Said::default()).await
}

pub(crate) async fn list(app: &Shared, visit: Visit, said: Said) -> Answer {
    let status = said.problem.as_ref().map_or(StatusCode::OK, |problem| problem.status);
    let why = said.problem.as_ref().map(|problem| Refused(problem.key));
    let mut response = page_with_status(app, visit, Section::Accounts, status, move |app, tx, frame| {
        let sees = |officer_id: &str| looks_after(&frame.viewer, officer_id);
        let (accounts, invitations) = (app.accounts.all()?, app.accounts.invitations(app.now())?);
        let (recoveries, bindings) = (Accounts::recoveries(tx)?, Accounts::bindings(tx)?);
        let officers: Vec<Officer> = kp_registry::officers(tx)?.into_iter().filter(|o| sees(&o.id)).collect();
        let mut ids: Vec<String> = officers.iter().map(|officer| officer.id.clone()).collect();
        ids.extend(accounts.iter().map(|account| account.officer_id.clone()).filter(|id| sees(id)));
        ids.sort_unstable();
        ids.dedup();
        let row = |officer_id: String| {
            let officer = officers.iter().find(|officer| officer.id == officer_id);
            Row {
                name: officer.map(|officer| officer.name.clone()).unwrap_or_default(),
                roles: officer.map(|officer| officer.roles.clone()).unwrap_or_default(),
                account: accounts.iter().find(|a| a.officer_id == officer_id).cloned(),
                invitation: invitations.iter().find(|i| i.officer_id == officer_id).cloned(),
                recovery: recoveries
                    .iter()
                    .find(|r| r.officer_id == officer_id && r.ended.is_none())
                    .cloned(),
                binding: bindings.iter().find(|b| b.officer_id == officer_id).cloned(),
                is_me: frame.who.as_ref().is_some_and(|who| who.id == officer_id),
                officer_id,
            }
        };
        let withdraw = said.closed.iter().flat_map(withdrawals).collect();
        Ok(ListPage {
            rows: ids.into_iter().map(row).collect(),
            now: app.now(),
            link: said
                .issued
                .as_ref()
                .map(|i| format!("{}/join?code={}", app.door.base(), i.code))
                .unwrap_or_default(),
            frame: frame.titled_by("menu-accounts"),
            issued: said.issued,
            closed: said.closed,
            withdraw,
            problem: said.problem,
        })
    })
    .await?;
    if let Some(why) = why {
        response.extensions_mut().insert(why);
    }
    Ok(response)
}

/// The acts that take a leaver's keys out of force.
fn withdrawals(closed: &Closed) -> Vec<NextAct> {
    let act = |key: &String| {
        let fields =
            [("body", closed.body.as_str()), ("key_id", key), ("reason", "officer left the service")];
        NextAct::of("withdraw_key", &fields)
    };
    closed.keys.iter().filter_map(act).collect()
}

/// Whether whoever asks looks after an officer's account: the secretariat after the scheme's, a participant's own
/// administrator after its own.
pub(crate) fn looks_after(viewer: &Viewer, officer_id: &str) -> bool {
    let body = match officer_id.split_once('-') {
        Some(("scheme", _)) => "scheme".to_owned(),
        Some((code, _)) => code.to_uppercase(),
        None => String::new(),
    };
    let own = viewer.officer().is_some_and(|who| who.body == body);
    own && rights::may_see(viewer, Class::Account, &Thing::of(body))
}
