//! Calls to the provider over the HTTP client that is in the tree: one address, no redirects, a bounded answer, a short wait.

use std::{sync::Arc, time::Duration};

use anyhow::{Context, Result};
use openidconnect::{HttpRequest, HttpResponse};
use ureq::{
    Agent,
    config::Config,
    tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem},
};

use crate::configuration::Configuration;

/// Three calls fit into the time that a page may take.
const LONGEST: Duration = Duration::from_secs(8);
/// Far more than any provider's keys.
const MOST_BYTES: u64 = 1 << 20;

/// The client for a provider.
pub(crate) fn agent(configuration: &Configuration) -> Result<Agent> {
    let mut tls = TlsConfig::builder();
    if let Some(pem) = &configuration.roots {
        let roots = roots(pem).context("reading root_file")?;
        tls = tls.root_certs(RootCerts::Specific(Arc::new(roots)));
    }
    let config = Config::builder()
        .https_only(!configuration.is_local)
        .max_redirects(0)
        .http_status_as_error(false)
        .timeout_global(Some(LONGEST))
        .proxy(None)
        .user_agent("kpcs")
        .tls_config(tls.build())
        .build();
    Ok(config.into())
}

fn roots(pem: &[u8]) -> Result<Vec<Certificate<'static>>> {
    let mut roots = Vec::new();
    for item in parse_pem(pem) {
        if let PemItem::Certificate(certificate) = item? {
            roots.push(certificate);
        }
    }
    anyhow::ensure!(!roots.is_empty(), "there is no certificate in it");
    Ok(roots)
}

/// One call.
pub(crate) fn carry(agent: &Agent, request: HttpRequest) -> Result<HttpResponse, ureq::Error> {
    let (parts, body) = agent.run(request)?.into_parts();
    let bytes = body.into_with_config().limit(MOST_BYTES).read_to_vec()?;
    Ok(HttpResponse::from_parts(parts, bytes))
}
