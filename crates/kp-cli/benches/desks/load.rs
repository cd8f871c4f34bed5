//! Two hundred people at work at once, each with a session and a connection of their own: do their desks still answer, and
//! does nothing fail? First at a person's pace, then without a pause, which shows how much the machine can take.
//!
//! Server and people share the machine, so what is printed holds with the people's share of it taken off.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Condvar, Mutex, PoisonError},
    thread::scope,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};

use crate::{
    ask::{at_share, own},
    browser::Browser,
    fill::{IMPORTERS, drawn, importer, number, seal},
    world::{AT_DESKS, EXPORTERS, application_of},
};

/// How long people work at a person's pace, and how long without a pause.
const AT_WORK: Duration = Duration::from_secs(60);
const WITHOUT_PAUSE: Duration = Duration::from_secs(20);
/// Least and most time between two clicks, milliseconds: quicker than anybody reads.
const PAUSE: std::ops::Range<u64> = 1000..3000;

/// What one of the people does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Click {
    Desk,
    Record,
    List,
    Search,
    File,
}

impl Click {
    const fn name(self) -> &'static str {
        match self {
            Self::Desk => "the desk with its queues",
            Self::Record => "a certificate with its timeline",
            Self::List => "fifty certificates",
            Self::Search => "a search",
            Self::File => "an application is filed (signed, durable)",
        }
    }
}

/// What was asked, how long each took, and what failed.
#[derive(Default)]
struct Seen {
    times: BTreeMap<Click, Vec<Duration>>,
    failures: Vec<String>,
}

/// The end of the working day, told to all at once.
#[derive(Default)]
struct Closing {
    is_over: Mutex<bool>,
    told: Condvar,
}

impl Closing {
    /// Whether the day ends within this time; waits as long as it does not.
    fn within(&self, time: Duration) -> bool {
        let is_over = self.is_over.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.told.wait_timeout_while(is_over, time, |is_over| !*is_over);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }

    fn tell(&self) {
        *self.is_over.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.told.notify_all();
    }
}

/// One of the people.
struct Person {
    at: u32,
    officer: &'static str,
    role: &'static str,
    browser: Browser,
    certificates: u32,
    clicks: u32,
}

pub(crate) fn all(address: SocketAddr, certificates: u32, people: u32) -> Result<()> {
    let begin = Instant::now();
    let mut all = Vec::new();
    for at in 0..people {
        all.push(Person::arrives(at, address, certificates)?);
    }
    println!(
        "  {people} people have opened their keys, one after the other, in {:.0} s",
        begin.elapsed().as_secs_f64()
    );
    for (pace, time, paused) in
        [("a click every 1 to 3 s", AT_WORK, true), ("no pause", WITHOUT_PAUSE, false)]
    {
        let seen = Mutex::new(Seen::default());
        let closing = Closing::default();
        let begin = Instant::now();
        scope(|threads| {
            for person in &mut all {
                threads.spawn(|| person.works(paused, &closing, &seen));
            }
            closing.within(time);
            closing.tell();
        });
        let seen = seen.into_inner().unwrap_or_else(PoisonError::into_inner);
        print(people, pace, begin.elapsed(), seen)?;
    }
    Ok(())
}

fn print(people: u32, pace: &str, took: Duration, seen: Seen) -> Result<()> {
    let asked: usize = seen.times.values().map(Vec::len).sum();
    let rate = asked as f64 / took.as_secs_f64();
    println!(
        "  {people} people at once, {pace}: {asked} answers in {:.0} s, {rate:.0} a second",
        took.as_secs_f64()
    );
    for (click, mut times) in seen.times {
        let (half, most) = (at_share(&mut times, 50), at_share(&mut times, 99));
        println!("    {:<44} {:>7} times   p50 {half:>8} ms   p99 {most:>8} ms", click.name(), times.len());
    }
    for failure in seen.failures.iter().take(5) {
        println!("    FAILED: {failure}");
    }
    ensure!(seen.failures.is_empty(), "{} of {} requests failed", seen.failures.len(), asked);
    Ok(())
}

impl Person {
    /// Most sit at the four desks that move certificates; one in ten at another.
    fn arrives(at: u32, address: SocketAddr, certificates: u32) -> Result<Self> {
        let (moving, others) = AT_DESKS.split_at(4);
        let of = |desks: &[(&'static str, &'static str, &'static str)], nth: u32| {
            desks.get(nth as usize % desks.len()).copied()
        };
        let desk = if at % 10 == 9 { of(others, at / 10) } else { of(moving, at) };
        let (officer, _, role) = desk.context("there is no desk")?;
        let mut browser = Browser::at(address)?;
        browser.unlock(officer)?;
        Ok(Self { at, officer, role, browser, certificates, clicks: 0 })
    }

    fn works(&mut self, paused: bool, closing: &Closing, seen: &Mutex<Seen>) {
        loop {
            let pause = PAUSE.start + self.draws() % (PAUSE.end - PAUSE.start);
            if closing.within(if paused { Duration::from_millis(pause) } else { Duration::ZERO }) {
                return;
            }
            self.clicks += 1;
            let click = self.next();
            let answer = self.clicks_on(click);
            let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
            match answer {
                Ok(took) => seen.times.entry(click).or_default().push(took),
                Err(error) => {
                    seen.failures.push(format!("{} ({}), {click:?}: {error:#}", self.officer, self.role));
                    return;
                }
            }
        }
    }

    fn draws(&self) -> u64 {
        drawn(u64::from(self.at) << 32 | u64::from(self.clicks))
    }

    /// Four of ten clicks go to the desk, the rest to what its role works on.
    fn next(&self) -> Click {
        let is_issuer = matches!(self.role, "clerk" | "approver" | "customs");
        match self.draws() >> 8 & 0xff {
            0..=102 => Click::Desk,
            103..=166 if is_issuer => Click::Record,
            167..=191 if is_issuer => Click::List,
            192..=217 if self.role == "clerk" => Click::File,
            _ => Click::Search,
        }
    }

    fn clicks_on(&mut self, click: Click) -> Result<Duration> {
        let draws = self.draws() >> 16;
        let each = own(u32::try_from(draws % (1 << 31)).unwrap_or(0), self.certificates);
        let path = match click {
            Click::Desk => "/".to_owned(),
            Click::Record => format!("/certificates/{}", number(each, "XA")),
            Click::List => format!("/certificates?after={}", number(each, "XA")),
            Click::Search => match draws % 3 {
                0 => format!("/search?q={}", number(each, "XA")),
                1 => format!("/search?q={}", seal(each)),
                _ => format!("/search?q={}", importer(draws % IMPORTERS).replace(' ', "+")),
            },
            Click::File => return self.files(draws),
        };
        let answer = self.browser.get(&path)?;
        ensure!(answer.status < 400, "{path}: {} {}", answer.status, answer.body);
        Ok(answer.took)
    }

    /// Files an application, which is signed and on the disk before it is answered.
    fn files(&mut self, draws: u64) -> Result<Duration> {
        let reference = format!("XA-A-LOAD-{}-{}", self.at, self.clicks);
        // Licences that end within the year serve no application.
        let licence = format!("XA-EXP-{}", draws % u64::from(EXPORTERS / 10) * 10 + 1);
        let form = application_of(&reference, &licence);
        let answer = self.browser.post("/act/apply_for_certificate", &form)?;
        ensure!(answer.status == 303, "{reference} is not filed: {} {}", answer.status, answer.body);
        Ok(answer.took)
    }
}
