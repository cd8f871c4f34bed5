//! `kpcs verify`: certificates from files, folders, photographs, codes or a typed number, without a network.
//!
//! Never silent, never a bare tick: each verdict has its sentence, the age of the lists, what was signed, and what to do.
//! Decides nothing: `kp-verify` does. In a folder, exceptions come first.

mod inputs;
mod shown;

use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use kp_certificate::lists::Bundle;
use kp_node::lists::roots_from_text;
use kp_verify::{Clock, Language, OnPaper, Presented, Seen, Speaker, State, TrustData, Verdict, verify};

use crate::{
    answer::{Answer, Outcome, Trouble},
    arguments::Verify,
    clock,
    commands::lists::store,
    place::Place,
    screen::{aside, say, say_json},
};
use inputs::{Found, Input};
use shown::{Shown, one_whole, summary};

/// What one input came to.
pub(crate) struct Outcomes {
    /// Which file, page or code.
    name: String,
    verdict: Verdict,
    /// What else is to be said: symbols that were not read, what the register knows.
    remarks: Vec<String>,
}

/// Verifies what was typed.
pub(crate) fn run(place: &Place, options: &Verify) -> Answer {
    let language: Language = options.lang.parse().map_err(Trouble::Usage)?;
    let speaker = Speaker::new(language);
    let trust = trust(place, options)?;
    if trust.is_none() {
        aside("There are no lists here: nothing can be green. `kpcs lists take FILE` takes them over.");
    }
    let clock = Clock::reading(options.at.unwrap_or_else(clock::now));
    let inputs = inputs::of(options)?;
    let paper = OnPaper {
        number: options.paper_number.clone(),
        carats: options.paper_carats,
        value: options.paper_usd,
    };
    let one_only = paper != OnPaper::NOTHING;
    let bar = bar(inputs.len());
    let mut outcomes = Vec::new();
    for input in inputs {
        outcomes.extend(look(input, &paper, trust.as_ref(), clock, &bar)?);
        if one_only && outcomes.len() > 1 {
            return Err(Trouble::Usage(
                "what stands on the paper is compared with one certificate; name one file or code".into(),
            ));
        }
    }
    bar.finish_and_clear();
    if options.online {
        ask_register(place, &mut outcomes)?;
    }
    // The strongest state first; within it, as they came.
    outcomes.sort_by_key(|outcome| std::cmp::Reverse(outcome.verdict.state));
    if options.reading.json {
        let shown: Vec<Shown> = outcomes.iter().map(|outcome| Shown::of(outcome, &speaker)).collect();
        say_json(&shown)?;
    } else if let [single] = outcomes.as_slice() {
        say(&one_whole(single, &speaker, &store(place)?))?;
    } else {
        say(&summary(&outcomes, &speaker))?;
    }
    let all_green = outcomes.iter().all(|outcome| outcome.verdict.state == State::Green);
    Ok(if all_green { Outcome::Done } else { Outcome::Found })
}

/// The lists that are believed: those named, else those of the data folder; nothing where there are none.
fn trust(place: &Place, options: &Verify) -> Result<Option<TrustData>> {
    let store = store(place)?;
    let roots = match &options.roots {
        Some(file) => {
            let text =
                std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
            Some(roots_from_text(&text).with_context(|| format!("reading {}", file.display()))?)
        }
        None => store.roots()?,
    };
    let Some(roots) = roots else { return Ok(None) };
    let bundle = match &options.lists {
        Some(file) => {
            let bytes = std::fs::read(file).with_context(|| format!("reading {}", file.display()))?;
            Some(Bundle::open(&bytes, &roots).with_context(|| format!("reading {}", file.display()))?)
        }
        None => store.bundle(&roots)?,
    };
    Ok(bundle.map(TrustData::new))
}

/// Counts certificates: an input is taken for one until it turns out to hold more. Drawn where somebody looks.
fn bar(count: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{wide_bar} {pos} of {len} looked at");
    ProgressBar::with_draw_target(Some(count as u64), ProgressDrawTarget::stderr())
        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// One input may hold many certificates: a wallet, a document of several pages.
fn look(
    input: Input,
    paper: &OnPaper,
    trust: Option<&TrustData>,
    clock: Clock,
    bar: &ProgressBar,
) -> Result<Vec<Outcomes>> {
    let (name, found) = input.found()?;
    Ok(match found {
        Found::Typed { number, check_code, issued_on } => {
            let presented = Presented::Typed { number: &number, check_code: &check_code, issued_on };
            bar.inc(1);
            vec![Outcomes {
                verdict: verify(&presented, trust, clock, &Seen::new()),
                name,
                remarks: Vec::new(),
            }]
        }
        Found::Scan(scan) => {
            bar.inc_length(scan.pairs.len().saturating_sub(1) as u64);
            let verdicts = scan.verdicts_telling(paper, trust, clock, &|| bar.inc(1));
            let several = verdicts.len() > 1;
            let each = verdicts.into_iter().zip(1..).map(|(verdict, at)| Outcomes {
                verdict,
                name: if several { format!("{name}, {at}") } else { name.clone() },
                remarks: if at == 1 { scan.remarks.clone() } else { Vec::new() },
            });
            each.collect()
        }
    })
}

/// What the register of the data folder knows of the numbers, beyond the lists.
fn ask_register(place: &Place, outcomes: &mut [Outcomes]) -> Result<()> {
    let node = place.open()?;
    for outcome in outcomes {
        let Some(number) = outcome.verdict.number.clone() else { continue };
        let (certificate, arrivals) = node.db().read(|tx| {
            let certificate = kp_trade::certificate_by_number(tx, &number)?;
            Ok::<_, anyhow::Error>((certificate, kp_trade::arrivals_of_number(tx, &number)?))
        })?;
        let state = certificate.map_or_else(
            || format!("The register here does not have {number}."),
            |found| {
                format!("The register says that {number} is {}.", found.state.to_string().replace('_', " "))
            },
        );
        outcome.remarks.push(state);
        outcome.remarks.extend(arrivals.iter().map(|arrival| {
            format!("Presented at {} on {}: {} ct.", arrival.at, arrival.arrived_on, arrival.carats_received)
        }));
    }
    Ok(())
}
