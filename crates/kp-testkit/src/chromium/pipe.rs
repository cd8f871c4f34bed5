//! The browser's pipe: messages in JSON, each ended by a zero byte, answers matched to calls by their number.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{ChildStdin, Command, Stdio},
    sync::{
        Arc, Condvar, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use serde_json::{Value, json};

/// A browser that has not answered after this long will not.
const PATIENCE: Duration = Duration::from_secs(240);

pub(crate) struct Pipe {
    to: Mutex<ChildStdin>,
    next: AtomicU64,
    heard: Arc<Heard>,
}

/// What the browser said: answers by number, events by session in their order.
#[derive(Default)]
struct Heard {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    answers: BTreeMap<u64, Value>,
    events: BTreeMap<String, Vec<Value>>,
    ended: bool,
}

impl Pipe {
    /// Starts the browser. It reads calls from its file 3 and answers on its file 4; the shell lays standard input and
    /// output there. It ends when its pipe closes, as at the latest when the test program ends; the shell that waits for
    /// it then removes its profile.
    pub(crate) fn start(program: &Path, more: &[String]) -> Self {
        static STARTED: AtomicU64 = AtomicU64::new(0);
        let nth = STARTED.fetch_add(1, Ordering::Relaxed);
        let profile = std::env::temp_dir().join(format!("kp-chromium-{}-{nth}", std::process::id()));
        std::fs::create_dir_all(&profile).expect("a folder for the browser's profile");
        let mut child = Command::new("sh")
            .arg("-c")
            .arg("profile=$1; shift; \"$@\" 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null; rm -rf \"$profile\"")
            .arg("sh")
            .arg(&profile)
            .arg(program)
            .args([
                "--headless",
                "--no-sandbox", // tests run as root on build machines (rulings.md 31)
                "--remote-debugging-pipe",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--no-first-run",
                "--ignore-certificate-errors",
                "--force-color-profile=srgb",
                "--lang=en",
            ])
            .args(more)
            .arg(format!("--user-data-dir={}", profile.display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the browser starts");
        let to = child.stdin.take().expect("a pipe to the browser");
        let from = child.stdout.take().expect("a pipe from the browser");
        let heard = Arc::new(Heard::default());
        let listening = Arc::clone(&heard);
        std::thread::spawn(move || {
            listening.listen(BufReader::new(from));
            // Its end is known already: it says nothing more.
            child.wait().map(|_| ()).unwrap_or_default();
        });
        Self { to: Mutex::new(to), next: AtomicU64::new(1), heard }
    }

    /// A call and its answer; the error of the protocol in its words.
    pub(crate) fn call(
        &self,
        session: Option<&str>,
        method: &str,
        parameters: &Value,
    ) -> Result<Value, String> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let mut message = json!({"id": id, "method": method, "params": parameters});
        if let Some(session) = session {
            message["sessionId"] = session.into();
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        let sent = {
            let mut to = self.to.lock().unwrap_or_else(PoisonError::into_inner);
            to.write_all(&bytes).and_then(|()| to.flush())
        };
        sent.map_err(|error| format!("the browser is gone: {error}"))?;
        let answer = self
            .heard
            .until(|state| state.answers.remove(&id))
            .ok_or_else(|| format!("no answer within {} s", PATIENCE.as_secs()))?;
        match answer.get("error") {
            Some(error) => Err(error.to_string()),
            None => Ok(answer["result"].clone()),
        }
    }

    /// The first event of a session that is what is wanted, taken out.
    pub(crate) fn event(&self, session: &str, wanted: impl Fn(&Value) -> bool) -> Option<Value> {
        self.heard.until(|state| {
            let events = state.events.get_mut(session)?;
            let place = events.iter().position(&wanted)?;
            Some(events.remove(place))
        })
    }

    /// Every event of a session so far, taken out.
    pub(crate) fn events(&self, session: &str) -> Vec<Value> {
        let mut state = self.heard.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.events.remove(session).unwrap_or_default()
    }
}

impl Heard {
    fn listen(&self, mut from: impl BufRead) {
        let mut bytes = Vec::new();
        while let Ok(1..) = from.read_until(0, &mut bytes) {
            bytes.pop();
            let message: Value = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
            bytes.clear();
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(id) = message["id"].as_u64() {
                state.answers.insert(id, message);
            } else {
                let session = message["sessionId"].as_str().unwrap_or_default().to_owned();
                state.events.entry(session).or_default().push(message);
            }
            self.changed.notify_all();
        }
        self.state.lock().unwrap_or_else(PoisonError::into_inner).ended = true;
        self.changed.notify_all();
    }

    fn until<T>(&self, mut found: impl FnMut(&mut State) -> Option<T>) -> Option<T> {
        let end = Instant::now() + PATIENCE;
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(value) = found(&mut state) {
                return Some(value);
            }
            let left = end.saturating_duration_since(Instant::now());
            if state.ended || left.is_zero() {
                return None;
            }
            state = self.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}
