//! A browser and a program, as small as can be: they speak HTTP over the loopback listener that `serve` opened.

use std::{
    collections::BTreeMap,
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
};

use kp_server::{DemoSettings, Reach, Running, ServeSettings, serve};
use serde_json::Value;

use crate::world::World;

pub(crate) struct Served {
    pub(crate) running: Running,
    pub(crate) world: World,
}

pub(crate) fn served(world: World, demo: Option<DemoSettings>) -> Served {
    let address = "127.0.0.1:0".parse().expect("an address");
    let settings = ServeSettings {
        node: world.node.clone(),
        address,
        reach: Reach::ThisMachine,
        demo,
        clock: world.clock(),
    };
    Served { running: serve(settings).expect("a free port"), world }
}

impl Served {
    pub(crate) fn browser(&self) -> Browser {
        Browser {
            address: self.running.address(),
            cookie: String::new(),
            jar: BTreeMap::new(),
            token: String::new(),
        }
    }
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) bytes: Vec<u8>,
    /// Bytes over the wire, with its head, as it came.
    pub(crate) wire: usize,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    #[track_caller]
    pub(crate) fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }
}

/// Keeps a cookie, and the form token of the last page, as a browser's user does without knowing.
pub(crate) struct Browser {
    address: SocketAddr,
    /// All cookies, as they are sent.
    pub(crate) cookie: String,
    jar: BTreeMap<String, String>,
    pub(crate) token: String,
}

impl Browser {
    /// Any request. Headers given replace the usual ones of the same name.
    pub(crate) fn send(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let host = self.address.to_string();
        let length = body.len().to_string();
        let cookie = self.cookie.clone();
        let mut all: BTreeMap<&str, &str> = BTreeMap::from([
            ("host", host.as_str()),
            ("connection", "close"),
            ("content-length", length.as_str()),
        ]);
        if !cookie.is_empty() {
            all.insert("cookie", &cookie);
        }
        all.extend(headers.iter().copied());
        let mut request = format!("{method} {path} HTTP/1.1\r\n");
        for (name, value) in all {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        let mut stream = TcpStream::connect(self.address).expect("the server listens");
        stream.write_all(format!("{request}\r\n{body}").as_bytes()).expect("the request is sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("the answer is read");
        self.remember(parse(&answer))
    }

    fn remember(&mut self, answer: Answer) -> Answer {
        for cookie in answer.headers.get("set-cookie").iter().flat_map(|all| all.split('\n')) {
            let pair = cookie.split(';').next().and_then(|pair| pair.split_once('='));
            let (name, value) = pair.expect("a cookie has a name and a value");
            self.jar.insert(name.to_owned(), value.to_owned());
        }
        let pairs: Vec<String> = self.jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
        self.cookie = pairs.join("; ");
        if let Some(token) = between(&answer.text(), r#"name="token" value=""#, "\"") {
            self.token = token;
        }
        answer
    }

    pub(crate) fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, &[], "")
    }

    /// Sends a form with the token of the last page.
    pub(crate) fn post(&mut self, path: &str, typed: &[(&str, &str)]) -> Answer {
        let token = self.token.clone();
        let mut all = vec![("token", token.as_str())];
        all.extend(typed);
        self.send("POST", path, &[("content-type", "application/x-www-form-urlencoded")], &form(&all))
    }

    /// A call of the API.
    pub(crate) fn call(&mut self, path: &str, token: &str, extra: &[(&str, &str)], body: &Value) -> Answer {
        let bearer = format!("Bearer {token}");
        let mut headers = vec![("content-type", "application/json"), ("authorization", bearer.as_str())];
        headers.extend(extra);
        self.send("POST", path, &headers, &body.to_string())
    }
}

pub(crate) fn form(typed: &[(&str, &str)]) -> String {
    let escaped = |text: &str| -> String {
        text.bytes()
            .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
            .collect()
    };
    typed.iter().map(|(name, text)| format!("{name}={}", escaped(text))).collect::<Vec<_>>().join("&")
}

/// What stands between two texts.
pub(crate) fn between(text: &str, before: &str, after: &str) -> Option<String> {
    let rest = &text[text.find(before)? + before.len()..];
    Some(rest[..rest.find(after)?].to_owned())
}

fn parse(answer: &[u8]) -> Answer {
    let end = answer.windows(4).position(|w| w == b"\r\n\r\n").expect("an answer has a head");
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|s| s.parse().ok());
    let mut headers: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        let all = headers.entry(name.to_lowercase()).or_default();
        if !all.is_empty() {
            all.push('\n');
        }
        all.push_str(value);
    }
    let body = &answer[end + 4..];
    let bytes = match headers.get("transfer-encoding").map(String::as_str) {
        Some("chunked") => unchunked(body),
        _ => body.to_vec(),
    };
    Answer { status: status.expect("an answer has a status"), headers, bytes, wire: answer.len() }
}

fn unchunked(mut body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(end) = body.windows(2).position(|w| w == b"\r\n") {
        let size = usize::from_str_radix(String::from_utf8_lossy(&body[..end]).trim(), 16).unwrap_or(0);
        if size == 0 {
            break;
        }
        whole.extend_from_slice(&body[end + 2..end + 2 + size]);
        body = &body[end + 4 + size..];
    }
    whole
}
