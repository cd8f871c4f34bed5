//! `kpcs serve`: the pages and the API; in the clear for this machine only, for others over TLS (rulings 23).

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::Path,
    sync::Arc,
};

use anyhow::{Context, Result};
use kp_node::Node;
use kp_server::{DemoSettings, Https, Reach, Running, ServeSettings};
use zeroize::Zeroizing;

use crate::{
    answer::{Answer, Outcome},
    arguments::Serve,
    clock,
    commands::key,
    instance::Instance,
    place::Place,
    screen::say,
};

/// Serves until Ctrl-C.
pub(crate) fn run(place: &Place, options: &Serve) -> Answer {
    let node = place.open()?;
    let folder = place.folder()?;
    if node.is_training() {
        say("This node is for TRAINING: nothing it shows or signs is real, and nothing leaves it.")?;
    }
    let mut instance = Instance::take(&folder)?;
    if let Some(fault) = node.faults().first() {
        say(&format!(
            "The log is not as it was written: {fault}\nPages can be read; nothing can be done until that is settled."
        ))?;
    }
    key::open_document_keys(&node, options.document_passphrase_file.as_ref(), options.pin_file.as_ref())?;
    let reach = reach(options, &folder)?;
    if let Reach::Https(https) = &reach
        && let Some(root) = &https.root
    {
        say(&format!(
            "This node made its own certificate authority. Install {} on the office's machines (they can fetch /root.pem) after \
             comparing its fingerprint:\n  {}",
            folder.join("tls").join("root.pem").display(),
            kp_server::fingerprint(root)?
        ))?;
    }
    let listen = match options.https {
        true => options.listen.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)),
        false => IpAddr::V4(Ipv4Addr::LOCALHOST),
    };
    let running = start_at(node, SocketAddr::from((listen, options.port)), reach, None, &mut instance)?;
    say(&format!("Pages: {}\nData:  {}\nStop with Ctrl-C.", running.url(), folder.display()))?;
    running.wait();
    Ok(Outcome::Done)
}

/// How the pages are reached, as the options say.
fn reach(options: &Serve, folder: &Path) -> Result<Reach> {
    if options.behind_proxy {
        return Ok(Reach::BehindProxy { names: options.name.clone() });
    }
    if !options.https {
        return Ok(Reach::ThisMachine);
    }
    let read =
        |file: &Path| std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()));
    let https = match (&options.certificate, &options.certificate_key) {
        (Some(certificate), Some(key)) => Https {
            names: options.name.clone(),
            certificates: read(certificate)?,
            key: Zeroizing::new(read(key)?),
            root: None,
        },
        _ => kp_server::local_authority(&folder.join("tls"), &options.name, clock::now())?,
    };
    Ok(Reach::Https(Box::new(https)))
}

/// Starts serving this machine; when this returns the address answers and is written down.
pub(crate) fn start(
    node: Node,
    port: u16,
    demo: Option<DemoSettings>,
    instance: &mut Instance,
) -> Result<Running> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    start_at(node, address, Reach::ThisMachine, demo, instance)
}

fn start_at(
    node: Node,
    address: SocketAddr,
    reach: Reach,
    demo: Option<DemoSettings>,
    instance: &mut Instance,
) -> Result<Running> {
    let running = kp_server::serve(ServeSettings {
        node: Arc::new(node),
        address,
        reach,
        demo,
        clock: Arc::new(clock::now),
    })?;
    instance.note_address(&running.url())?;
    Ok(running)
}
