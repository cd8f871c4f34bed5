//! 30 kills at random moments of one run of 2,000 issuances, on SQLite and on PostgreSQL.
//!
//! After each kill the same command is run again and goes on by itself. On PostgreSQL a third of the blows hit the
//! database server, some of them both; the server is started again and recovers as it would after a crash.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read},
    path::PathBuf,
    process::{Child, ExitStatus, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    time::{Duration, Instant},
};

use kp_testkit::postgres::{Database, Server};

use crate::{desk::Desk, moments::Moments, soundness};

const ISSUANCES: u64 = 2000;
const KILLS: u64 = 30;

#[test]
fn thirty_kills_lose_nothing_on_sqlite() {
    let desk = Desk::found(None);
    Run::of(&desk, "thirty kills on SQLite").through_all_kills(None);
}

#[test]
fn thirty_kills_lose_nothing_on_postgresql() {
    // A kill takes nothing from the system's memory, so the server need not wait for a disk here; power cuts are
    // another test.
    let mut server = match Server::start(false) {
        Ok(server) => server,
        Err(missing) => return kp_testkit::skipped("thirty kills on PostgreSQL", &missing),
    };
    let database = Database::create(&server.address());
    let desk = Desk::found(Some(database.url()));
    Run::of(&desk, "thirty kills on PostgreSQL").through_all_kills(Some(&mut server));
}

/// What is hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Victim {
    Command,
    Server,
    Both,
}

/// When and what: after so many new acknowledgements, and then a while.
#[derive(Debug, Clone, Copy)]
struct Blow {
    acknowledged: u64,
    then: Duration,
    victim: Victim,
}

/// One run of the batch through all its interruptions.
struct Run<'a> {
    desk: &'a Desk,
    file: PathBuf,
    moments: Moments,
    /// Reference to number, as printed.
    acknowledged: BTreeMap<String, String>,
    struck: u64,
}

impl<'a> Run<'a> {
    fn of(desk: &'a Desk, name: &str) -> Self {
        let file = desk.file_of(ISSUANCES);
        Self { desk, file, moments: Moments::of(name), acknowledged: BTreeMap::new(), struck: 0 }
    }

    fn through_all_kills(mut self, mut server: Option<&mut Server>) {
        let begin = Instant::now();
        while self.struck < KILLS {
            let blow = self.next_blow(server.is_some());
            self.run_until(blow, server.as_deref_mut());
        }
        self.run_to_the_end();
        let issuing = begin.elapsed();
        soundness::check(self.desk, &self.acknowledged, ISSUANCES);
        eprintln!(
            "{KILLS} kills in {ISSUANCES} issuances: {} s, and {} s to check them",
            issuing.as_secs(),
            (begin.elapsed() - issuing).as_secs()
        );
    }

    /// Blows are spread over what is left; every fifth hits the command while it starts and finds its place.
    fn next_blow(&mut self, on_server: bool) -> Blow {
        let left = ISSUANCES - self.new_in_all();
        assert!(left > 0, "all certificates were issued before the last blow; it must come earlier");
        let starting = self.struck % 5 == 4;
        let share = left / (KILLS - self.struck + 1);
        let victim = match self.struck % 3 {
            1 if on_server && self.struck.is_multiple_of(2) => Victim::Both,
            1 if on_server => Victim::Server,
            _ => Victim::Command,
        };
        Blow {
            acknowledged: if starting { 0 } else { 1 + self.moments.up_to(share + share / 4) },
            then: Duration::from_micros(self.moments.up_to(if starting { 500_000 } else { 20_000 })),
            victim,
        }
    }

    fn new_in_all(&self) -> u64 {
        self.acknowledged.len() as u64
    }

    /// Runs the command until the blow; where it ends before, the blow did not count.
    fn run_until(&mut self, blow: Blow, server: Option<&mut Server>) {
        let (mut child, said) = self.start();
        let mut fresh = 0;
        while fresh < blow.acknowledged {
            match said.recv() {
                Ok(line) => fresh += u64::from(self.hear(&line)),
                Err(_) => break,
            }
        }
        let strike_at = Instant::now() + blow.then;
        loop {
            match said.recv_timeout(strike_at.saturating_duration_since(Instant::now())) {
                Ok(line) => _ = self.hear(&line),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => {
                    let status = child.wait().unwrap();
                    panic!(
                        "kpcs ended by itself before the blow {blow:?}: {status}\n{}",
                        complaint(&mut child)
                    );
                }
            }
        }
        let status = strike(&mut child, blow.victim, server);
        // What was printed before the blow was said, even where nobody had read it yet.
        for line in said {
            self.hear(&line);
        }
        match (blow.victim, status.code()) {
            (Victim::Server, Some(3)) => {
                let complaint = complaint(&mut child);
                assert!(complaint.contains("error: "), "{complaint:?}");
            }
            (Victim::Command | Victim::Both, None) => {}
            _ => panic!("after {blow:?} the command ended with {status}\n{}", complaint(&mut child)),
        }
        self.struck += 1;
    }

    fn run_to_the_end(&mut self) {
        let (mut child, said) = self.start();
        for line in said {
            self.hear(&line);
        }
        let status = child.wait().unwrap();
        assert!(status.success(), "{status}\n{}", complaint(&mut child));
    }

    fn start(&self) -> (Child, Receiver<String>) {
        let mut command = self.desk.issuing(&self.file);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let said = whole_lines(child.stdout.take().unwrap());
        (child, said)
    }

    /// Takes down an acknowledgement. Returns whether the certificate is newly acknowledged.
    fn hear(&mut self, line: &str) -> bool {
        let [number, reference, how] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("kpcs printed {line:?}")
        };
        match self.acknowledged.get(reference) {
            Some(before) => {
                assert_eq!(before, number, "{reference} was acknowledged under another number");
                assert_eq!(how, "issued before", "{reference} was acknowledged, and was lost");
                false
            }
            None => {
                self.acknowledged.insert(reference.to_owned(), number.to_owned());
                true
            }
        }
    }
}

/// Strikes, and waits until the command has ended.
fn strike(child: &mut Child, victim: Victim, server: Option<&mut Server>) -> ExitStatus {
    if let (Victim::Server | Victim::Both, Some(server)) = (victim, server) {
        if victim == Victim::Both {
            child.kill().unwrap();
        }
        server.kill().unwrap();
        let status = child.wait().unwrap();
        server.restart().unwrap();
        return status;
    }
    child.kill().unwrap();
    child.wait().unwrap()
}

/// Lines that were printed whole; a torn last one was not said.
fn whole_lines(said: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut said = BufReader::new(said);
        let mut line = String::new();
        while said.read_line(&mut line).is_ok_and(|read| read > 0) {
            let Some(whole) = line.strip_suffix('\n') else { break };
            if sender.send(whole.to_owned()).is_err() {
                break;
            }
            line.clear();
        }
    });
    receiver
}

fn complaint(child: &mut Child) -> String {
    let mut text = String::new();
    child.stderr.take().unwrap().read_to_string(&mut text).unwrap();
    text
}
