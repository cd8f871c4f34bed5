//! Webhooks by HTTPS. Private addresses are not called, so that nobody makes this node knock at doors inside its own house.
//!
//! security (server-side request forgery): the name is resolved once, every address it has is looked at, and only those that
//! were looked at are called; redirects are not followed. An office that wants calls inside its own network says so at start.

use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use ureq::{
    Agent,
    config::Config,
    http::Uri,
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};

use crate::{Carrier, Refused, Sending, webhook::signature};

const LONGEST: Duration = Duration::from_secs(15);

/// Calls programs elsewhere.
pub struct WebPost {
    agent: Agent,
}

impl WebPost {
    /// Calls public addresses only; with `inside`, those of the office's own network and without TLS too.
    pub fn new(inside: bool) -> Self {
        let config = Config::builder()
            .https_only(!inside)
            .max_redirects(0)
            .http_status_as_error(false)
            .timeout_global(Some(LONGEST))
            .proxy(None)
            .user_agent("kpcs")
            .build();
        let looked = Looked { inside, resolver: DefaultResolver::default() };
        Self { agent: Agent::with_parts(config, DefaultConnector::default(), looked) }
    }
}

/// Resolves, and lets through only addresses that may be called.
#[derive(Debug)]
struct Looked {
    inside: bool,
    resolver: DefaultResolver,
}

impl Resolver for Looked {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.resolver.resolve(uri, config, timeout)?;
        match found.iter().find(|address: &&SocketAddr| !self.inside && is_private(address.ip())) {
            None => Ok(found),
            Some(address) => Err(ureq::Error::Other(
                format!(
                    "{} leads to the private address {}, which is not called",
                    uri.host().unwrap_or_default(),
                    address.ip()
                )
                .into(),
            )),
        }
    }
}

/// Whether an address is not one of the public internet: this machine, its network, test and other special ranges
/// (RFC 6890), IPv4 in IPv6 too.
pub fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(ip) => {
            let [a, b, c, _] = ip.octets();
            ip.is_private()
                || ip.is_loopback()
                || ip.is_link_local()
                || ip.is_broadcast()
                || ip.is_documentation()
                || ip.is_multicast()
                || a == 0
                || a >= 240
                || (a == 100 && (64..128).contains(&b))
                || (a == 198 && (18..20).contains(&b))
                || (a == 192 && b == 0 && c == 0)
        }
        IpAddr::V6(ip) => {
            let [first, second, ..] = ip.segments();
            let inner = ip.to_ipv4().or_else(|| match (first, second) {
                // NAT64 and 6to4 carry an IPv4 address inside.
                (0x64, 0xff9b) => {
                    let [.., a, b, c, d] = ip.octets();
                    Some([a, b, c, d].into())
                }
                (0x2002, _) => {
                    let [_, _, a, b, c, d, ..] = ip.octets();
                    Some([a, b, c, d].into())
                }
                _ => None,
            });
            ip.is_loopback()
                || ip.is_unspecified()
                || ip.is_multicast()
                || (first & 0xfe00) == 0xfc00
                || (first & 0xffc0) == 0xfe80
                || (first == 0x2001 && (second == 0xdb8 || second == 0))
                || inner.is_some_and(|ip| is_private(IpAddr::V4(ip)))
        }
    }
}

/// Whether a text is an address that can be called.
pub(crate) fn read_url(text: &str) -> Result<(), String> {
    let uri: Uri = text.parse().map_err(|error| format!("{text:?} is no address: {error}"))?;
    let scheme = uri.scheme_str().unwrap_or_default();
    if !matches!(scheme, "https" | "http") || uri.host().is_none_or(str::is_empty) || text.len() > 500 {
        return Err(format!("{text:?} cannot be called; write for example https://gateway.example/kpcs"));
    }
    if uri.authority().is_some_and(|authority| authority.as_str().contains('@')) {
        return Err(
            "an address with a name or password in it is not called: the signature says who we are".into()
        );
    }
    Ok(())
}

impl Carrier for WebPost {
    fn carry(&self, sending: &Sending<'_>) -> Result<String, Refused> {
        let Sending::Call { url, body, name, secrets, now } = sending else {
            return Err(Refused::for_good("a call over the web carries no mail"));
        };
        let answer = self
            .agent
            .post(*url)
            .header("content-type", "application/json")
            .header("webhook-id", *name)
            .header("webhook-timestamp", now.as_second().to_string())
            .header("webhook-signature", signature(secrets, name, *now, body))
            .send(*body);
        match answer {
            Ok(answer) if answer.status().is_success() => Ok(answer.status().to_string()),
            // Gone: the receiver wants no more (Standard Webhooks).
            Ok(answer) if answer.status().as_u16() == 410 => Err(Refused::for_good("answered 410 Gone")),
            Ok(answer) => Err(Refused::for_now(format!("answered {}", answer.status()))),
            // It may have come; its webhook-id is the same the next time, and the receiver can tell.
            Err(error) => Err(Refused::for_now(error.to_string())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_are_known_in_every_dress() {
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "ff02::1",
        ] {
            assert!(is_private(private.parse().unwrap()), "{private}");
        }
        for public in ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8"] {
            assert!(!is_private(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn only_addresses_that_can_be_called_are_read() {
        for good in ["https://gateway.example/kpcs", "http://gateway.example:8080/"] {
            assert_eq!(read_url(good), Ok(()));
        }
        for bad in
            ["", "gateway", "ftp://x.example", "https://", "https://a:b@x.example/", "file:///etc/passwd"]
        {
            assert!(read_url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_private_address_is_not_called() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let url = format!("https://localhost:{}/", listener.local_addr().unwrap().port());
        let now = jiff::Timestamp::UNIX_EPOCH;
        let call = Sending::Call { url: &url, body: "{}", name: "n", secrets: &[], now };
        let refused = WebPost::new(false).carry(&call).unwrap_err();
        assert!(refused.sentence.contains("private address"), "{}", refused.sentence);
        assert!(listener.accept().is_err(), "nobody knocked");
    }
}
