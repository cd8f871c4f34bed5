//! How the outside reaches this server: names, scheme, cookies, and whose word on addresses is believed.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, header};
use kp_accounts::passkey::Site;

/// How pages are reached.
#[derive(Debug, Clone, Default)]
pub enum Reach {
    /// From this machine only, in the clear (rulings 23).
    #[default]
    ThisMachine,
    /// From other machines, over TLS with this certificate.
    Https(Box<Https>),
    /// Through a proxy on this machine that speaks TLS to the outside and says for whom.
    BehindProxy {
        /// The names that browsers call it by, with the port where it is not 443.
        names: Vec<String>,
    },
}

/// What TLS needs.
#[derive(Clone)]
pub struct Https {
    /// The names and addresses that browsers call this machine by, without a port.
    pub names: Vec<String>,
    /// The certificate and those above it, PEM.
    pub certificates: String,
    /// Its key, PEM.
    pub key: zeroize::Zeroizing<String>,
    /// The root to install on the office's machines, PEM, where it is one of our making: anybody may fetch it.
    pub root: Option<String>,
}

impl std::fmt::Debug for Https {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Https").field("names", &self.names).finish_non_exhaustive()
    }
}

/// The door, as handlers see it.
pub(crate) struct Door {
    /// What a browser may write into the Host header; anything else is another site's name pointed at this machine.
    pub(crate) hosts: Vec<String>,
    /// Whether browsers reach us over TLS.
    pub(crate) is_secure: bool,
    /// Whether other machines reach us: then nobody is let in with a passphrase alone.
    pub(crate) is_beyond: bool,
    believes_proxy: bool,
    /// The root of our making.
    pub(crate) root: Option<String>,
    /// The cookie's name carries the port, because browsers keep one jar for all ports of a machine.
    pub(crate) cookie: String,
    /// Of the browser that has signed in before.
    pub(crate) mark_cookie: String,
    /// Of a browser on its way to the ministry's sign-in and back.
    pub(crate) ministry_cookie: String,
}

impl Door {
    pub(crate) fn of(reach: &Reach, address: SocketAddr) -> Self {
        let port = address.port();
        let own = || ["127.0.0.1", "localhost", "[::1]"].map(|name| format!("{name}:{port}"));
        let (hosts, is_secure, believes_proxy, root) = match reach {
            Reach::ThisMachine => (own().into(), false, false, None),
            Reach::Https(https) => {
                let mut hosts = Vec::new();
                for name in &https.names {
                    let name = if name.contains(':') { format!("[{name}]") } else { name.clone() };
                    hosts.push(if port == 443 { name.clone() } else { format!("{name}:{port}") });
                    hosts.push(format!("{name}:{port}"));
                }
                hosts.extend(own());
                (hosts, true, false, https.root.clone())
            }
            Reach::BehindProxy { names } => (names.clone(), true, true, None),
        };
        // Browsers take a cookie of such a name from a secure page of this very host only.
        let prefix = if is_secure { "__Host-" } else { "" };
        Self {
            hosts,
            is_secure,
            is_beyond: is_secure,
            believes_proxy,
            root,
            cookie: format!("{prefix}kpcs_{port}"),
            mark_cookie: format!("{prefix}kpcs_{port}_seen"),
            ministry_cookie: format!("{prefix}kpcs_{port}_ministry"),
        }
    }

    /// Whether the one Host header names us.
    pub(crate) fn is_our_name(&self, headers: &HeaderMap) -> bool {
        let mut named = headers.get_all(header::HOST).iter();
        match (named.next(), named.next()) {
            (Some(host), None) => self.hosts.iter().any(|ours| ours.as_bytes() == host.as_bytes()),
            _ => false,
        }
    }

    /// Whether an Origin header names one of our own pages.
    pub(crate) fn is_our_origin(&self, origin: &str) -> bool {
        let scheme = if self.is_secure { "https://" } else { "http://" };
        origin.strip_prefix(scheme).is_some_and(|host| self.hosts.iter().any(|ours| ours == host))
    }

    /// Who a browser thinks it talks to, where passkeys serve: under a name, over TLS or on this machine's own `localhost`.
    /// Browsers make none for a bare address (WebAuthn level 2, 5.1.2: a valid domain string).
    pub(crate) fn site(&self, headers: &HeaderMap) -> Option<Site> {
        let host = headers.get(header::HOST)?.to_str().ok()?;
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        let is_address = name.starts_with('[') || name.parse::<IpAddr>().is_ok();
        let serves = !is_address && (self.is_secure || name == "localhost");
        let scheme = if self.is_secure { "https" } else { "http" };
        serves.then(|| Site { name: name.to_owned(), origin: format!("{scheme}://{host}") })
    }

    /// What stands before a path in the browser that asks: one of our names, as it was looked at before anything else.
    pub(crate) fn origin(&self, headers: &HeaderMap) -> String {
        let scheme = if self.is_secure { "https" } else { "http" };
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        host.filter(|_| self.is_our_name(headers))
            .map_or_else(|| self.base(), |host| format!("{scheme}://{host}"))
    }

    /// What to type before a path.
    pub(crate) fn base(&self) -> String {
        let scheme = if self.is_secure { "https" } else { "http" };
        format!("{scheme}://{}", self.hosts.first().map_or("127.0.0.1", String::as_str))
    }

    /// The address that a request came from. The last word in the proxy's header is the proxy's own; what stands before it
    /// was sent by the visitor and is worth nothing.
    pub(crate) fn from(&self, peer: Option<IpAddr>, headers: &HeaderMap) -> String {
        let said = || {
            let all = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
            all.rsplit(',').next()?.trim().parse::<IpAddr>().ok()
        };
        let said = if self.believes_proxy { said() } else { None };
        said.or(peer).map_or_else(|| "unknown".to_owned(), |address| address.to_string())
    }

    pub(crate) fn set_cookie_text(&self, name: &str, value: &str, seconds: Option<u32>) -> String {
        self.cookie_text(name, value, "Strict", seconds)
    }

    /// A cookie that comes along where another site sends the browser back to us. It must open nothing.
    pub(crate) fn set_lax_cookie_text(&self, name: &str, value: &str, seconds: u32) -> String {
        self.cookie_text(name, value, "Lax", Some(seconds))
    }

    fn cookie_text(&self, name: &str, value: &str, same_site: &str, seconds: Option<u32>) -> String {
        let secure = if self.is_secure { "; Secure" } else { "" };
        let age = seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
        format!("{name}={value}; Path=/; HttpOnly; SameSite={same_site}{secure}{age}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn a_proxy_is_believed_where_there_is_one_and_only_its_own_word() {
        let peer = Some("127.0.0.1".parse().unwrap());
        let forged = headers(&[("x-forwarded-for", "203.0.113.9, 198.51.100.7")]);
        let address = "127.0.0.1:8080".parse().unwrap();
        let alone = Door::of(&Reach::ThisMachine, address);
        assert_eq!(alone.from(peer, &forged), "127.0.0.1");
        let behind = Door::of(&Reach::BehindProxy { names: vec!["kp.example".into()] }, address);
        assert_eq!(behind.from(peer, &forged), "198.51.100.7");
        assert_eq!(behind.from(peer, &headers(&[("x-forwarded-for", "nonsense")])), "127.0.0.1");
        assert!(behind.is_our_name(&headers(&[("host", "kp.example")])));
        assert!(!behind.is_our_name(&headers(&[("host", "127.0.0.1:8080")])));
        assert!(behind.is_our_origin("https://kp.example") && !behind.is_our_origin("http://kp.example"));
        assert!(behind.set_cookie_text(&behind.cookie, "x", None).contains("; Secure"));
        assert!(behind.cookie.starts_with("__Host-") && !alone.cookie.starts_with("__Host-"));
    }

    #[test]
    fn passkeys_serve_under_a_name_over_tls_and_on_localhost() {
        let address = "127.0.0.1:8080".parse().unwrap();
        let alone = Door::of(&Reach::ThisMachine, address);
        let behind = Door::of(&Reach::BehindProxy { names: vec!["kp.example".into()] }, address);
        let at = |door: &Door, host: &'static str| door.site(&headers(&[("host", host)])).map(|s| s.origin);
        assert_eq!(at(&alone, "localhost:8080").as_deref(), Some("http://localhost:8080"));
        assert_eq!(at(&alone, "127.0.0.1:8080"), None);
        assert_eq!(at(&alone, "[::1]:8080"), None);
        assert_eq!(at(&behind, "kp.example").as_deref(), Some("https://kp.example"));
        assert_eq!(behind.site(&headers(&[("host", "kp.example")])).unwrap().name, "kp.example");
        assert_eq!(at(&behind, "192.168.1.10:8443"), None);
    }
}
