//! `kpcs serve`: the pages and the API, for this machine only until sign-in exists (rulings 23).

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use anyhow::Result;
use kp_node::Node;
use kp_server::{DemoSettings, Reach, Running, ServeSettings};

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
    let mut instance = Instance::take(&folder)?;
    if let Some(fault) = node.faults().first() {
        say(&format!(
            "The log is not as it was written: {fault}\nPages can be read; nothing can be done until that is settled."
        ))?;
    }
    key::open_document_keys(&node, options.document_passphrase_file.as_ref(), options.pin_file.as_ref())?;
    let running = start(node, options.port, None, &mut instance)?;
    say(&format!("Pages: {}\nData:  {}\nStop with Ctrl-C.", running.url(), folder.display()))?;
    running.wait();
    Ok(Outcome::Done)
}

/// Starts serving; when this returns the address answers and is written down.
pub(crate) fn start(
    node: Node,
    port: u16,
    demo: Option<DemoSettings>,
    instance: &mut Instance,
) -> Result<Running> {
    let running = kp_server::serve(ServeSettings {
        node: Arc::new(node),
        address: SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
        reach: Reach::ThisMachine,
        demo,
        clock: Arc::new(clock::now),
    })?;
    instance.note_address(&running.url())?;
    Ok(running)
}
