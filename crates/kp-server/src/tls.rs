//! TLS for the listener: rustls over ring, versions 1.2 and 1.3. A slow or silent visitor holds up nobody else.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::{Context, Result};
use axum::serve::Listener;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, mpsc},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        self, ServerConfig,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    },
    server::TlsStream,
};

use crate::door::Https;

/// How long a visitor may take to agree on a key.
const LONGEST_HANDSHAKE: Duration = Duration::from_secs(10);
/// How many visitors agree on keys at once.
const HANDSHAKES_AT_ONCE: usize = 128;

pub(crate) type Config = Arc<ServerConfig>;

/// Reads the certificate and its key.
///
/// # Errors
/// Where they do not read or do not belong together.
pub(crate) fn config(https: &Https) -> Result<Config> {
    let certificates = CertificateDer::pem_slice_iter(https.certificates.as_bytes())
        .collect::<Result<Vec<_>, _>>()
        .context("the certificate file does not read; it must be PEM")?;
    anyhow::ensure!(!certificates.is_empty(), "the certificate file holds no certificate; it must be PEM");
    let key = PrivateKeyDer::from_pem_slice(https.key.as_bytes())
        .context("the key file of the certificate does not read; it must be PEM without a passphrase")?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .context("choosing the versions of TLS")?
        .with_no_client_auth()
        .with_single_cert(certificates, key)
        .context("the certificate and its key do not belong together")?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

/// Connections that have agreed on keys.
pub(crate) struct TlsListener {
    address: SocketAddr,
    agreed: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
}

impl TlsListener {
    /// Over a listener that is open. Must be called on a runtime.
    pub(crate) fn over(listener: TcpListener, config: Config) -> Result<Self> {
        let address = listener.local_addr()?;
        let (agree, agreed) = mpsc::channel(HANDSHAKES_AT_ONCE);
        tokio::spawn(take_in(listener, TlsAcceptor::from(config), agree));
        Ok(Self { address, agreed })
    }
}

async fn take_in(
    listener: TcpListener,
    acceptor: TlsAcceptor,
    agree: mpsc::Sender<(TlsStream<TcpStream>, SocketAddr)>,
) {
    let places = Arc::new(Semaphore::new(HANDSHAKES_AT_ONCE));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // No handles left, or a visitor who was gone: what follows may go better.
                    tracing::warn!("a connection could not be taken: {error}");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
            () = agree.closed() => return,
        };
        let (acceptor, agree) = (acceptor.clone(), agree.clone());
        tokio::spawn(async move {
            let outcome = tokio::time::timeout(LONGEST_HANDSHAKE, acceptor.accept(stream)).await;
            drop(place);
            if let Ok(Ok(stream)) = outcome {
                // Nobody listens any more when the server stops.
                agree.send((stream, peer)).await.unwrap_or_default();
            }
        });
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.agreed.recv().await {
            Some(connection) => connection,
            // The task that takes in ends only with us.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> std::io::Result<SocketAddr> {
        Ok(self.address)
    }
}
