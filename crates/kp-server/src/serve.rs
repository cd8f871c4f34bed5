//! Starting and stopping: one listener, its own threads, a clean end.
//!
//! Other machines reach it over TLS only, and then nobody is let in with a passphrase alone.

use std::{net::SocketAddr, sync::Arc, thread::JoinHandle, time::Duration};

use anyhow::Context;
use axum::{extract::connect_info::Connected, serve::IncomingStream};
use kp_node::{Node, lists::DailyLists};
use tokio::sync::watch;

use crate::{
    app::{App, Clock, DemoSettings, Shared},
    door::Reach,
    router,
    tls::{self, TlsListener},
};

/// How pages and API are served.
pub struct ServeSettings {
    /// The open node.
    pub node: Arc<Node>,
    /// Where to listen; port 0 takes a free one.
    pub address: SocketAddr,
    /// How it is reached: an address that other machines reach needs TLS.
    pub reach: Reach,
    /// Given for a demonstration.
    pub demo: Option<DemoSettings>,
    /// Where the present moment comes from.
    pub clock: Clock,
}

/// Why serving did not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Another machine could reach that address in the clear (rulings 23).
    #[error(
        "{0} can be reached from other machines, and in the clear passwords and certificates could be read on the way; \
         use 127.0.0.1:{port}, or --https",
        port = .0.port()
    )]
    NotLoopback(SocketAddr),
    /// A demonstration has no accounts.
    #[error("a demonstration lets everybody act as anybody, so it is served to this machine only")]
    OpenDemonstration,
    /// Somebody listens there already.
    #[error(
        "{0} is taken: another program, or another kpcs, listens there; choose another port, or 0 for a free one"
    )]
    PortTaken(SocketAddr),
    /// Anything else.
    #[error(transparent)]
    Other(#[from] anyhow::Error),
}

/// A server at work. Dropped, it stops.
pub struct Running {
    address: SocketAddr,
    base: String,
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What to type into a browser.
    pub fn url(&self) -> String {
        format!("{}/", self.base)
    }

    /// Waits until somebody presses Ctrl-C or [`Running::stop`] is called; requests under way are answered first.
    pub fn wait(mut self) {
        self.join();
    }

    /// Stops after the requests under way.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        // Nobody listens any more where the thread has ended by itself.
        let _ = self.stop.send(true);
        self.join();
    }

    fn join(&mut self) {
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the server's thread stopped by itself");
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

/// Starts serving. When this returns, the address answers.
///
/// # Errors
/// Where the address is not this machine's own, is taken, or threads cannot be had.
pub fn serve(settings: ServeSettings) -> Result<Running, ServeError> {
    let is_https = matches!(settings.reach, Reach::Https(_));
    if !settings.address.ip().is_loopback() && !is_https {
        return Err(ServeError::NotLoopback(settings.address));
    }
    if settings.demo.is_some() && !matches!(settings.reach, Reach::ThisMachine) {
        return Err(ServeError::OpenDemonstration);
    }
    let listener = std::net::TcpListener::bind(settings.address).map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => ServeError::PortTaken(settings.address),
        _ => {
            ServeError::Other(anyhow::Error::new(error).context(format!("listening on {}", settings.address)))
        }
    })?;
    let address = listener.local_addr().context("asking where we listen")?;
    listener.set_nonblocking(true).context("preparing the listener")?;
    let app = Arc::new(App::new(settings.node, settings.clock, settings.demo, &settings.reach, address)?);
    reach_day(&app);
    let tls = match &settings.reach {
        Reach::Https(https) => Some(tls::config(https)?),
        Reach::ThisMachine | Reach::BehindProxy { .. } => None,
    };
    let base = app.door.base();
    let router = router::build(Arc::clone(&app));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("kpcs-http")
        .enable_all()
        .build()
        .context("starting threads")?;
    let (stop, stopped) = watch::channel(false);
    let thread = std::thread::spawn(move || {
        if let Err(error) = runtime.block_on(run(listener, tls, router, app, stopped)) {
            tracing::error!("serving ended: {error:#}");
        }
    });
    Ok(Running { address, base, stop, thread: Some(thread) })
}

/// The other end of a connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) SocketAddr);

impl Connected<IncomingStream<'_, tokio::net::TcpListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, tokio::net::TcpListener>) -> Self {
        Self(*stream.remote_addr())
    }
}

impl Connected<IncomingStream<'_, TlsListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, TlsListener>) -> Self {
        Self(*stream.remote_addr())
    }
}

/// Says at once where the ministry's sign-in does not answer: whoever keeps the node hears of it before the officers do.
fn look_at_ministry(app: &App) {
    let Some(provider) = &app.ministry else { return };
    match provider.reach(app.now()) {
        Ok(()) => tracing::info!(issuer = provider.issuer(), "officers can sign in at the ministry"),
        Err(failed) => {
            tracing::warn!("{failed}; until it answers, officers sign in with password and code");
        }
    }
}

/// How often we look whether a new civil day has come.
const LOOK_AT_THE_DAY: Duration = Duration::from_secs(60);

/// While pages are served, the clocks of cases and confirmations run by themselves.
async fn follow_days(app: Shared) {
    let mut minutes = tokio::time::interval(LOOK_AT_THE_DAY);
    minutes.tick().await;
    loop {
        minutes.tick().await;
        let app = Arc::clone(&app);
        if let Err(stopped) = tokio::task::spawn_blocking(move || reach_day(&app)).await {
            tracing::error!("the look at the day stopped: {stopped}");
        }
    }
}

/// How often the post looks. Ours: soon enough for somebody who waits, seldom enough for a small machine.
const LOOK_AT_THE_POST: Duration = Duration::from_secs(5);

/// While pages are served, officers are told what is new, and what is to leave leaves.
async fn follow_post(app: Shared) {
    let mut looks = tokio::time::interval(LOOK_AT_THE_POST);
    looks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        looks.tick().await;
        let app = Arc::clone(&app);
        if let Err(stopped) = tokio::task::spawn_blocking(move || one_round(&app)).await {
            tracing::error!("the round of the post stopped: {stopped}");
        }
    }
}

fn one_round(app: &App) {
    match app.post.round(&app.accounts, app.now()) {
        Ok(round) if round == kp_messages::Round::default() => {}
        Ok(round) => {
            tracing::info!(
                sent = round.sent,
                failed = round.failed,
                given_up = round.given_up,
                "the post went round"
            );
        }
        Err(error) => tracing::warn!("the post could not go round: {error:#}"),
    }
}

/// States a new civil day where one has come. A node that may not act (its log is not as written) still serves reads.
fn reach_day(app: &App) {
    match app.node.reach_day(app.now()) {
        Ok(true) => {
            tracing::info!(day = %app.today(), "a new day was stated");
            publish_lists(app);
        }
        Ok(false) => {}
        Err(error) => tracing::warn!("the day could not be stated: {error:#}"),
    }
}

/// Verifiers far away go by these lists; what needs no person's signature goes out each day by itself.
fn publish_lists(app: &App) {
    match app.node.publish_lists_daily(app.now()) {
        Ok(DailyLists::NotDue) => {}
        Ok(DailyLists::Published(version)) => tracing::info!(version, "the lists of today are published"),
        Ok(DailyLists::Wanting(wanting)) => {
            for each in wanting {
                tracing::warn!(
                    "the lists of today are not published: {each}; `kpcs lists publish` asks for them"
                );
            }
        }
        Err(error) => tracing::warn!("the lists of today could not be published: {error:#}"),
    }
}

/// Returns when stopping was asked for, or nobody is left to ask.
async fn asked_to_stop(stopped: &mut watch::Receiver<bool>) {
    while !*stopped.borrow_and_update() {
        if stopped.changed().await.is_err() {
            return;
        }
    }
}

async fn run(
    listener: std::net::TcpListener,
    tls: Option<tls::Config>,
    router: axum::Router,
    app: Shared,
    mut stopped: watch::Receiver<bool>,
) -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let days = tokio::spawn(follow_days(Arc::clone(&app)));
    let ministry = Arc::clone(&app);
    tokio::task::spawn_blocking(move || look_at_ministry(&ministry));
    let post = tokio::spawn(follow_post(app));
    let mut asked = stopped.clone();
    let end = async move {
        tokio::select! {
            pressed = tokio::signal::ctrl_c() => {
                if let Err(error) = pressed {
                    tracing::warn!("Ctrl-C cannot be heard here: {error}");
                    asked_to_stop(&mut stopped).await;
                }
            }
            () = asked_to_stop(&mut asked) => {}
        }
    };
    let service = router.into_make_service_with_connect_info::<Peer>();
    match tls {
        None => axum::serve(listener, service).with_graceful_shutdown(end).await?,
        Some(config) => {
            let listener = TlsListener::over(listener, config)?;
            axum::serve(listener, service).with_graceful_shutdown(end).await?;
        }
    }
    days.abort();
    post.abort();
    Ok(())
}
