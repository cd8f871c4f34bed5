//! Over TLS with an authority of the office's own making: a strict client believes it for its names and no others.

use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::Arc,
};

use kp_server::{Reach, Running, ServeError, ServeSettings, fingerprint, local_authority, serve};
use tokio_rustls::rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned,
    crypto::ring::default_provider,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};

use crate::world::World;

struct Served {
    running: Running,
    root: String,
    _world: World,
    folder: tempfile::TempDir,
}

fn served() -> Served {
    let (world, folder) = (World::founded(), tempfile::tempdir().expect("a folder"));
    let names = ["localhost".to_owned(), "127.0.0.1".to_owned()];
    let https = local_authority(folder.path(), &names, jiff_now()).expect("an authority is made");
    let root = https.root.clone().expect("it has a root");
    let settings = ServeSettings {
        node: world.node.clone(),
        address: "127.0.0.1:0".parse().expect("an address"),
        reach: Reach::Https(Box::new(https)),
        demo: None,
        clock: world.clock(),
    };
    Served { running: serve(settings).expect("it serves"), root, _world: world, folder }
}

/// Certificates are checked against the machine's clock by the client, so they are made for it.
pub(crate) fn jiff_now() -> kp_terms::Timestamp {
    let since = std::time::UNIX_EPOCH.elapsed().expect("the clock is after 1970");
    kp_terms::Timestamp::from_second(i64::try_from(since.as_secs()).expect("it fits")).expect("an instant")
}

fn client(root: &str) -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_slice(root.as_bytes()).expect("the root reads"))
        .expect("it is a root");
    let builder = ClientConfig::builder_with_provider(Arc::new(default_provider()));
    let builder = builder.with_safe_default_protocol_versions().expect("versions");
    Arc::new(builder.with_root_certificates(roots).with_no_client_auth())
}

fn get(served: &Served, path: &str, host: &str) -> std::io::Result<String> {
    let name = ServerName::try_from("localhost").expect("a name");
    let connection = ClientConnection::new(client(&served.root), name).expect("a client");
    let mut stream = StreamOwned::new(connection, TcpStream::connect(served.running.address())?);
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        Err(error) if error.kind() != std::io::ErrorKind::UnexpectedEof => return Err(error),
        _ => {}
    }
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

#[test]
fn a_strict_client_reaches_it_and_cookies_are_for_tls_only() {
    let served = served();
    let port = served.running.address().port();
    assert_eq!(served.running.url(), format!("https://localhost:{port}/"));
    let host = format!("localhost:{port}");
    let page = get(&served, "/", &host).expect("the chain is believed").to_lowercase();
    for needed in [
        "200 ok",
        "strict-transport-security: max-age=31536000",
        "set-cookie: __host-kpcs_",
        "; path=/; httponly; samesite=strict; secure",
    ] {
        assert!(page.contains(needed), "{needed} is missing: {page}");
    }
    assert!(get(&served, "/unlock", &host).expect("it answers").starts_with("HTTP/1.1 404"), "no key alone");
    assert!(get(&served, "/", "evil.example").expect("it answers").starts_with("HTTP/1.1 421"));
    let root = get(&served, "/root.pem", &host).expect("it answers");
    assert!(root.contains(served.root.trim()), "the root can be fetched");
    assert_eq!(fingerprint(&served.root).expect("it reads").len(), 79);
}

#[test]
fn a_visitor_who_says_nothing_holds_up_nobody() {
    let served = served();
    let silent: Vec<TcpStream> =
        (0..20).map(|_| TcpStream::connect(served.running.address()).expect("it takes it in")).collect();
    let host = format!("localhost:{}", served.running.address().port());
    assert!(get(&served, "/sign-in", &host).expect("it answers").starts_with("HTTP/1.1 200"));
    drop(silent);
}

#[test]
fn the_root_stays_and_the_certificate_is_renewed_in_time() {
    let served = served();
    let names = ["localhost".to_owned(), "127.0.0.1".to_owned()];
    let made = |days: i64| {
        let later = jiff_now().checked_add(jiff::SignedDuration::from_hours(24 * days)).expect("an instant");
        local_authority(served.folder.path(), &names, later).expect("it is there")
    };
    let (now, soon, late) = (made(0), made(300), made(380));
    assert_eq!(now.certificates, soon.certificates);
    assert_ne!(now.certificates, late.certificates, "a month before its end");
    assert_eq!(now.root, late.root, "machines need not be visited again");
    let other = ["kp.example".to_owned()];
    let renamed = local_authority(served.folder.path(), &other, jiff_now()).expect("it is made");
    assert_ne!(renamed.root, now.root, "a root signs for the names it was made for, and no others");
}

#[test]
fn a_demonstration_is_served_to_this_machine_only() {
    let (world, folder) = (World::empty(), tempfile::tempdir().expect("a folder"));
    let https = local_authority(folder.path(), &["localhost".to_owned()], jiff_now()).expect("an authority");
    let settings = ServeSettings {
        node: world.node.clone(),
        address: "127.0.0.1:0".parse().expect("an address"),
        reach: Reach::Https(Box::new(https)),
        demo: Some(World::demo()),
        clock: world.clock(),
    };
    assert!(matches!(serve(settings), Err(ServeError::OpenDemonstration)));
}
