//! What every handler shares: the node, the clock it was given, accounts, sessions, and the way to a blocking thread.
//!
//! Database calls are synchronous and one of the engines refuses to run on an asynchronous thread, so every call goes
//! through [`App::blocking`].

use std::{net::SocketAddr, path::Path, sync::Arc};

use anyhow::Result;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use kp_accounts::{Accounts, denials::Denials, limits::Limits, ministry::Provider};
use kp_db::Tx;
use kp_log::Signer;
use kp_messages::{Carrier, MailServer, Post, WebPost};
use kp_node::Node;
use zeroize::Zeroizing;

use crate::{
    door::{Door, Reach},
    lent::LentKeys,
    problem::Problem,
    session::Sessions,
    statistics::analysis::Analyses,
    token::FormTokens,
};

/// Where the present moment comes from. The command passes the machine's clock; tests and the demonstration set it.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// A demonstration: whoever sits at the machine may act as any officer, and every page says so.
#[derive(Clone)]
pub struct DemoSettings {
    /// The passphrase of the invented officers' keys. A key that it does not open cannot be acted with.
    pub passphrase: Zeroizing<String>,
}

pub(crate) type Shared = Arc<App>;

pub(crate) struct App {
    pub(crate) node: Arc<Node>,
    pub(crate) clock: Clock,
    pub(crate) demo: Option<DemoSettings>,
    pub(crate) accounts: Accounts,
    pub(crate) limits: Limits,
    pub(crate) denials: Denials,
    pub(crate) sessions: Sessions,
    pub(crate) lent: LentKeys,
    pub(crate) tokens: FormTokens,
    pub(crate) analyses: Analyses,
    pub(crate) door: Door,
    pub(crate) post: Post,
    /// The ministry's own sign-in, where the office named one and it is built in.
    pub(crate) ministry: Option<Arc<dyn Provider>>,
}

impl App {
    pub(crate) fn new(
        node: Arc<Node>,
        clock: Clock,
        demo: Option<DemoSettings>,
        reach: &Reach,
        address: SocketAddr,
    ) -> Result<Self> {
        let door = Door::of(reach, address);
        let sends = demo.is_none() && !node.is_training();
        let post = post(&node, &door, sends, clock())?;
        let folder = node.keyring().map(kp_node::Keyring::data_folder).filter(|_| sends);
        let ministry = folder.map(|folder| provider(&folder)).transpose()?.flatten();
        Ok(Self {
            accounts: Accounts::of(Arc::clone(&node))?,
            node,
            clock,
            demo,
            limits: Limits::default(),
            denials: Denials::default(),
            sessions: Sessions::default(),
            lent: LentKeys::default(),
            tokens: FormTokens::new()?,
            analyses: Analyses::default(),
            door,
            post,
            ministry,
        })
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    pub(crate) fn today(&self) -> Date {
        TimeZone::UTC.to_datetime(self.now()).date()
    }

    /// The ministry's own sign-in.
    ///
    /// # Errors
    /// Where there is none here.
    pub(crate) fn provider(&self) -> Result<&dyn Provider, Problem> {
        self.ministry.as_deref().ok_or_else(|| Problem::not_found("problem-ministry-not-here"))
    }

    /// Runs synchronous work on a thread where it may block.
    pub(crate) async fn blocking<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&App) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let app = Arc::clone(self);
        match tokio::task::spawn_blocking(move || work(&app)).await {
            Ok(outcome) => outcome,
            Err(stopped) => {
                Err(Problem::broke(anyhow::Error::new(stopped).context("a blocking call stopped")))
            }
        }
    }

    /// Reads on one unchanging view of the data.
    pub(crate) async fn read<T: Send + 'static>(
        self: &Arc<Self>,
        look: impl FnOnce(&App, &mut Tx<'_>) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        self.blocking(move |app| app.node.db().read(|tx| look(app, tx))).await
    }

    /// Opens an officer's key; a wrong passphrase and a missing key get the same answer.
    pub(crate) fn open_key(&self, officer_id: &str, passphrase: &str) -> Result<Signer, Problem> {
        self.node.open_key(officer_id, passphrase).map_err(|error| {
            tracing::info!(officer = officer_id, "a key was not opened: {error:#}");
            Problem::key_not_opened()
        })
    }

    /// Whether an officer may be let in with the passphrase of the key alone: on this machine, and only who has no account.
    pub(crate) fn passphrase_is_enough(&self, officer_id: &str) -> Result<bool, Problem> {
        Ok(!self.door.is_beyond && self.accounts.of_officer(officer_id)?.is_none())
    }
}

/// The post of a node: by mail where the folder names a server, to webhooks outside the own network unless it says
/// otherwise. Nothing leaves a demonstration.
fn post(node: &Arc<Node>, door: &Door, sends: bool, now: Timestamp) -> Result<Post> {
    let folder = node.keyring().map(kp_node::Keyring::data_folder);
    let mail = match folder.as_ref().filter(|_| sends) {
        Some(folder) => MailServer::of_folder(folder)?.map(|server| Box::new(server) as Box<dyn Carrier>),
        None => None,
    };
    let inside = folder.is_some_and(|folder| folder.join("webhooks-inside").exists());
    Post::open(Arc::clone(node), door.base(), mail, Box::new(WebPost::new(inside)), sends, now)
}

/// The provider that the folder names. What does not read stops the start, as with mail; one that is down does not.
#[cfg(feature = "oidc")]
fn provider(folder: &Path) -> Result<Option<Arc<dyn Provider>>> {
    Ok(kp_ministry::Ministry::of_folder(folder)?.map(|found| Arc::new(found) as Arc<dyn Provider>))
}

#[cfg(not(feature = "oidc"))]
fn provider(folder: &Path) -> Result<Option<Arc<dyn Provider>>> {
    if folder.join("ministry.toml").exists() {
        tracing::warn!(
            "ministry.toml is not used: this kpcs was built without the feature `oidc`; officers sign in with password and code"
        );
    }
    Ok(None)
}
