//! What is asked, how often, and how the times are printed.

use std::{path::Path, sync::Arc, time::Duration};

use anyhow::{Result, ensure};
use kp_server::{Reach, ServeSettings, serve};

use crate::{
    bare::Bare,
    browser::Browser,
    fill::{IMPORTERS, LOGGED, database, drawn, importer, number, route, seal},
    load,
    world::{AT_DESKS, EXPORTERS, TODAY, World, codes},
};

/// How often each question is asked.
const TIMES: u32 = 400;

macro_rules! sql {
    ($krate:literal, $name:literal) => {
        include_str!(concat!("../../../", $krate, "/sql/", $name, ".sql"))
    };
}

pub(crate) fn all(world: &World, folder: &Path, certificates: u32, people: u32) -> Result<()> {
    let now = world.now;
    let running = serve(ServeSettings {
        node: Arc::clone(&world.node),
        address: "127.0.0.1:0".parse()?,
        reach: Reach::ThisMachine,
        demo: None,
        clock: Arc::new(move || now),
    })?;
    let bare = Bare::open(&database(folder)?)?;
    let mut browser = Browser::at(running.address())?;
    browser.unlock("xa-clerk-1")?;
    println!(
        "  {:<46} {:>23}   {:>15}",
        format!("each asked {TIMES} times, in milliseconds"),
        "server, and its work",
        "bare SQL"
    );
    println!(
        "  {:<46} {:>7} {:>7} {:>7}   {:>7} {:>7}    answered with",
        "", "p50", "p99", "p50", "p50", "p99"
    );
    records(&mut browser, &bare, certificates)?;
    searches(&mut browser, &bare, certificates)?;
    desks(&running, &bare)?;
    load::all(running.address(), certificates, people)?;
    running.stop();
    Ok(())
}

/// A certificate of XA with its acts in the log.
pub(crate) fn own(at: u32, certificates: u32) -> u32 {
    let codes = codes();
    let mut each =
        u32::try_from(drawn(u64::from(at)) % u64::from(certificates / LOGGED)).unwrap_or(0) * LOGGED;
    while route(each, &codes).0 != "XA" {
        each = (each + LOGGED) % (certificates / LOGGED * LOGGED);
    }
    each
}

type Statements = Vec<(&'static str, Vec<String>)>;

/// Asks a page and the bare statements in turn, so that both see the same machine, and prints one line.
fn line(
    what: &str,
    browser: &mut Browser,
    bare: &Bare,
    times: u32,
    ask: impl Fn(u32) -> (String, Statements),
) -> Result<()> {
    let (mut served, mut worked, mut plain, mut sizes, mut status) =
        (Vec::new(), Vec::new(), Vec::new(), 0, 0);
    for at in 0..times {
        let (path, statements) = ask(at);
        let before = processor_time();
        let answer = browser.get(&path)?;
        worked.push(processor_time().saturating_sub(before));
        ensure!(answer.status < 400, "{path}: {} {}", answer.status, answer.body);
        (status, sizes) = (answer.status, sizes.max(answer.body.len()));
        served.push(answer.took);
        plain.push(bare.time(&statements)?);
    }
    println!(
        "  {what:<46} {:>7} {:>7} {:>7}   {:>7} {:>7}    {status}, {} kB",
        at_share(&mut served, 50),
        at_share(&mut served, 99),
        at_share(&mut worked, 50),
        at_share(&mut plain, 50),
        at_share(&mut plain, 99),
        sizes / 1000
    );
    Ok(())
}

/// What the processor has worked for this program so far, all threads together: on a machine that others use, this is
/// what the page costs, and the rest is waiting for its turn. Nothing where the system does not tell.
fn processor_time() -> Duration {
    let Ok(threads) = std::fs::read_dir("/proc/self/task") else { return Duration::ZERO };
    let of = |thread: std::io::Result<std::fs::DirEntry>| -> Option<u64> {
        let text = std::fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse().ok()
    };
    Duration::from_nanos(threads.filter_map(of).sum())
}

/// The time below which so many of a hundred lie.
pub(crate) fn at_share(times: &mut [Duration], percent: usize) -> String {
    times.sort_unstable();
    let at = (times.len() * percent / 100).min(times.len().saturating_sub(1));
    times.get(at).map(|time| format!("{:.2}", time.as_secs_f64() * 1000.0)).unwrap_or_default()
}

fn records(browser: &mut Browser, bare: &Bare, certificates: u32) -> Result<()> {
    line("open a certificate, with its timeline", browser, bare, TIMES, |at| {
        let number = number(own(at, certificates), "XA");
        let asked = vec![
            (sql!("kp-trade", "certificate_by_number"), vec![number.clone()]),
            (sql!("kp-trade", "arrivals_of_number"), vec![number.clone()]),
            (sql!("kp-trade", "confirmation_of_number"), vec![number.clone()]),
            (sql!("kp-log", "entries_of_subject"), vec![number.clone()]),
            (sql!("kp-detect", "findings_of_subject"), vec![number.clone()]),
        ];
        (format!("/certificates/{number}"), asked)
    })?;
    line("the list of certificates, fifty from a number", browser, bare, TIMES, |at| {
        let after = number(own(at, certificates), "XA");
        let of = |text| (text, vec![after.clone(), "51".to_owned(), "XA".to_owned()]);
        let asked = vec![of(sql!("kp-trade", "certificates_from")), of(sql!("kp-trade", "certificates_to"))];
        (format!("/certificates?after={after}"), asked)
    })
}

fn searches(browser: &mut Browser, bare: &Bare, certificates: u32) -> Result<()> {
    line("search: a number", browser, bare, TIMES, |at| {
        let number = number(own(at, certificates), "XA");
        let asked = vec![(sql!("kp-trade", "certificate_by_number"), vec![number.clone()])];
        (format!("/search?q={number}"), asked)
    })?;
    line("search: a seal", browser, bare, TIMES, |at| {
        let seal = seal(own(at, certificates));
        let squeezed = kp_search::squeezed(&seal);
        (format!("/search?q={seal}"), vec![of_seal(&squeezed)])
    })?;
    line("search: an exporter's name", browser, bare, TIMES, |at| {
        let licence = format!("XA-EXP-{}", at % EXPORTERS);
        let asked = vec![(sql!("kp-trade", "newest_of_licence"), vec![licence.clone(), "5".to_owned()])];
        (format!("/search?q={licence}"), asked)
    })?;
    for (what, spoil) in
        [("search: an importer's name", false), ("search: the same with a slip in each word", true)]
    {
        line(what, browser, bare, TIMES, |at| {
            let name = importer(u64::from(at) * 7 % IMPORTERS);
            let typed: Vec<String> =
                name.split(' ').map(|word| if spoil { slipped(word) } else { word.to_owned() }).collect();
            let mut asked: Statements =
                kp_search::words(&name).iter().map(|word| of_word("party", word)).collect();
            asked.push((
                sql!("kp-trade", "newest_of_importer_from"),
                vec![name.clone(), "5".to_owned(), "XA".to_owned()],
            ));
            (format!("/search?q={}", typed.join("+")), asked)
        })?;
    }
    line("search: a word that half of all names bear", browser, bare, TIMES, |_| {
        ("/search?q=diamonds".to_owned(), vec![of_word("party", "diamonds"), of_word("exporter", "diamonds")])
    })?;
    line("search: nothing has it", browser, bare, TIMES, |at| {
        (format!("/search?q=qwertz{at}"), vec![of_word("party", "qwertz")])
    })
}

fn of_seal(seal: &str) -> (&'static str, Vec<String>) {
    let to = format!("{seal}\u{10FFFF}");
    (sql!("kp-search", "seals_beginning"), vec!["XA".into(), seal.into(), to, "20".into()])
}

fn of_word(kind: &str, word: &str) -> (&'static str, Vec<String>) {
    let to = format!("{word}\u{10FFFF}");
    (sql!("kp-search", "words_beginning"), vec!["XA".into(), kind.into(), word.into(), to, "400".into()])
}

/// A word with two letters changed in place.
fn slipped(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() > 3 {
        letters.swap(1, 2);
    }
    letters.into_iter().collect()
}

/// The desk of each role, with all its queues.
fn desks(running: &kp_server::Running, bare: &Bare) -> Result<()> {
    for (officer, body, role) in AT_DESKS {
        let mut browser = Browser::at(running.address())?;
        browser.unlock(officer)?;
        line(&format!("desk of {role}: all queues"), &mut browser, bare, TIMES / 4, |_| {
            ("/".to_owned(), of_role(role, body))
        })?;
        if role == "importer" {
            line("the queue of arrivals expected, in full", &mut browser, bare, TIMES / 4, |_| {
                ("/queue/queue-departed".to_owned(), in_state("to", body, "departed", "200"))
            })?;
        }
    }
    Ok(())
}

/// What a role's queues ask, where it is certificates or applications; of others the server's time stands alone.
fn of_role(role: &str, body: &str) -> Statements {
    let states: &[(&str, &str)] = match role {
        "approver" => &[("from", "drafted")],
        "customs" => &[("from", "issued"), ("from", "validated"), ("to", "detained"), ("to", "seized")],
        "importer" => &[
            ("to", "departed"),
            ("to", "arrived"),
            ("to", "detained"),
            ("to", "forfeited"),
            ("from", "returning"),
        ],
        _ => &[],
    };
    let mut asked: Statements =
        states.iter().flat_map(|(way, state)| in_state(way, body, state, "5")).collect();
    if role == "clerk" {
        for state in ["applied", "deficient"] {
            let of = |limit: &[&str]| {
                [&[state, body], limit].concat().iter().map(|text| (*text).to_owned()).collect()
            };
            asked.push((sql!("kp-trade", "applications_in_state_of_count"), of(&[])));
            asked.push((sql!("kp-trade", "applications_in_state_of"), of(&["5"])));
        }
    }
    if ["approver", "focal-point", "director", "auditor"].contains(&role) {
        let before = TODAY.replace("02-03", "01-19");
        asked.push((
            sql!("kp-trade", "certificates_unanswered_of"),
            vec![before, body.to_owned(), "5".to_owned()],
        ));
    }
    asked
}

fn in_state(way: &str, body: &str, state: &str, shown: &str) -> Statements {
    let (counted, listed) = match way {
        "from" => (
            sql!("kp-trade", "certificates_in_state_from_count"),
            sql!("kp-trade", "certificates_in_state_from"),
        ),
        _ => {
            (sql!("kp-trade", "certificates_in_state_to_count"), sql!("kp-trade", "certificates_in_state_to"))
        }
    };
    let of = |more: &[&str]| [&[state, body], more].concat().iter().map(|text| (*text).to_owned()).collect();
    vec![(counted, of(&[])), (listed, of(&[shown]))]
}
