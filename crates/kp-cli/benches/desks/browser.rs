//! A browser as small as can be, that keeps its connection: what it waits for is the server.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};

use crate::world::PASSPHRASE;

/// How long an answer is waited for: beyond it a person has gone.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Browser {
    address: SocketAddr,
    /// What our forms carry, from the newest page that had one.
    token: String,
    stream: BufReader<TcpStream>,
    cookies: Vec<(String, String)>,
}

/// An answer, and how long it took until its last byte.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
    pub(crate) took: Duration,
}

impl Browser {
    pub(crate) fn at(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self { address, token: String::new(), stream: BufReader::new(stream), cookies: Vec::new() })
    }

    /// Opens an officer's key.
    pub(crate) fn unlock(&mut self, officer: &str) -> Result<()> {
        self.get("/unlock")?;
        let answer = self.post("/unlock", &[("officer", officer), ("passphrase", PASSPHRASE)])?;
        ensure!(answer.status == 303, "{officer} is not let in: {} {}", answer.status, answer.body);
        // The session is another one now, and so is the token of its forms.
        self.get("/")?;
        Ok(())
    }

    /// Sends a form of ours.
    pub(crate) fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Answer> {
        ensure!(!self.token.is_empty(), "no page has carried a token so far");
        let mut form = format!("token={}", self.token);
        for (name, value) in fields {
            form.extend(["&", name, "=", &value.replace(' ', "+")]);
        }
        self.send("POST", path, &form)
    }

    pub(crate) fn get(&mut self, path: &str) -> Result<Answer> {
        let answer = self.send("GET", path, "")?;
        let carried =
            answer.body.split("name=\"token\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        if let Some(token) = carried {
            token.clone_into(&mut self.token);
        }
        Ok(answer)
    }

    fn send(&mut self, method: &str, path: &str, form: &str) -> Result<Answer> {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\ncookie: {}\r\ncontent-type: application/x-www-form-urlencoded\r\n\
             content-length: {}\r\n\r\n{form}",
            self.address,
            cookies.join("; "),
            form.len()
        );
        let begin = Instant::now();
        self.stream.get_mut().write_all(request.as_bytes())?;
        let mut status = 0;
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line)?;
            let line = line.trim_end();
            if line.is_empty() {
                break;
            }
            match line.split_once(": ") {
                None => {
                    status =
                        line.split(' ').nth(1).and_then(|text| text.parse().ok()).context("no status")?;
                }
                Some(("content-length", text)) => length = text.parse()?,
                Some(("set-cookie", text)) => self.remember(text),
                Some(_) => {}
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok(Answer { status, body: String::from_utf8_lossy(&body).into_owned(), took: begin.elapsed() })
    }

    fn remember(&mut self, text: &str) {
        let pair = text.split(';').next().and_then(|pair| pair.split_once('='));
        let Some((name, value)) = pair else { return };
        self.cookies.retain(|(other, _)| other != name);
        self.cookies.push((name.to_owned(), value.to_owned()));
    }
}
