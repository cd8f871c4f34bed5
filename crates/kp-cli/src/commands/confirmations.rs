//! `kpcs confirmations load` and `list`: what importing authorities have sent, row by row.

use std::io::Read;

use anyhow::{Context, bail};
use kp_exchange::{
    confirmations::{ConfirmationContext, PassedOver, read_confirmations},
    participants::Participants,
};
use kp_node::confirmations::{ReceivedFile, Sent};
use kp_terms::ParticipantCode;
use kp_trade::{QueuedConfirmation, RowState};
use serde::Serialize;

use super::act;
use crate::{
    answer::{Answer, Outcome},
    arguments::{LoadConfirmations, Reading},
    clock,
    place::Place,
    screen::{Table, aside, say, say_json},
};

#[derive(Serialize)]
struct Loaded {
    file: String,
    sha256: String,
    kind: String,
    position: u64,
    loaded_before: bool,
    rows: usize,
    matched: u64,
    noted: u64,
    to_mend: Vec<ShownRow>,
    passed_over: Vec<ShownLine>,
}

/// A line that holds neither a certificate's number nor a weight.
#[derive(Serialize)]
struct ShownLine {
    sheet: Option<String>,
    line: u32,
    says: String,
}

#[derive(Serialize)]
struct ShownRow {
    row: String,
    place: String,
    state: String,
    number: Option<String>,
    at: Option<String>,
    carats: Option<String>,
    arrived_on: Option<String>,
    reason: String,
    sentence: String,
    raw: String,
    sent_by: String,
    received_on: String,
}

/// Takes a list in.
pub(crate) fn load(place: &Place, options: &LoadConfirmations) -> Answer {
    let (name, bytes) = bytes_of(options)?;
    let participants = Participants::known();
    let context = ConfirmationContext { ours: options.of, from: options.from, participants: &participants };
    let file = read_confirmations(&name, &bytes, context);
    if let Some(problem) = &file.problem {
        return Err(anyhow::anyhow!("{}", problem.sentence).into());
    }
    let node = place.open()?;
    let signer = act::open_key(&node, &options.officer, options.passphrase_file.as_ref())?;
    let sent = Sent { participant: options.of, came_by: options.came_by, sent_by: options.sent_by.clone() };
    let received = node.receive_confirmations(&file, &bytes, &sent, &signer, clock::now())?;
    if options.reading.json {
        say_json(&Loaded {
            file: file.file.clone(),
            sha256: file.sha256.clone(),
            kind: file.kind.clone(),
            position: received.receipt.position,
            loaded_before: received.again,
            rows: file.rows.len(),
            matched: received.count(RowState::Matched),
            noted: received.count(RowState::Noted),
            to_mend: received.to_mend.iter().map(ShownRow::from).collect(),
            passed_over: file.passed_over.iter().map(ShownLine::from).collect(),
        })?;
    } else {
        say_loaded(&file, &received)?;
    }
    Ok(if received.to_mend.is_empty() { Outcome::Done } else { Outcome::Found })
}

fn say_loaded(
    file: &kp_exchange::confirmations::ConfirmationFile,
    received: &ReceivedFile,
) -> anyhow::Result<()> {
    if received.again {
        say(&format!(
            "{} was loaded before, byte for byte; nothing was changed. It stands as follows.",
            file.file
        ))?;
    }
    say(&format!(
        "{} ({}): {} rows = {} matched + {} noted + {} to mend{}",
        file.file,
        file.kind,
        received.counts.iter().map(|(_, count)| count).sum::<u64>(),
        received.count(RowState::Matched),
        received.count(RowState::Noted),
        received.count(RowState::ToMend),
        ended(received)
    ))?;
    for row in &received.to_mend {
        say(&format!("  row {} [{}]: {}", row.told.row, row.id, row.sentence))?;
    }
    if !file.passed_over.is_empty() {
        say("Passed over, for they hold neither a certificate's number nor a weight:")?;
    }
    for line in file.passed_over.iter().map(ShownLine::from) {
        let sheet = line.sheet.map(|sheet| format!("sheet {sheet}, ")).unwrap_or_default();
        say(&format!("  {sheet}line {}: {}", line.line, line.says))?;
    }
    if received.count(RowState::Noted) > 0 {
        aside(
            "noted: it says again what is on file, or the importing authority has officers here and its own signature is \
             still awaited",
        );
    }
    if !received.again {
        say(&act::in_words(&received.receipt))?;
    }
    Ok(())
}

fn ended(received: &ReceivedFile) -> String {
    let ended = received.count(RowState::Mended) + received.count(RowState::Dropped);
    if ended == 0 { String::new() } else { format!(" + {ended} mended or dropped") }
}

fn bytes_of(options: &LoadConfirmations) -> anyhow::Result<(String, Vec<u8>)> {
    if options.file.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).context("reading the message from standard input")?;
        return Ok(("message".to_owned(), bytes));
    }
    let shown = options.file.display();
    if options.file.is_dir() {
        bail!("{shown} is a folder; name the file in it");
    }
    let bytes = std::fs::read(&options.file).with_context(|| format!("reading {shown}"))?;
    let name = options.file.file_name().map(|name| name.to_string_lossy().into_owned());
    Ok((name.unwrap_or_else(|| shown.to_string()), bytes))
}

/// Lists the queue.
pub(crate) fn list(
    place: &Place,
    of: Option<ParticipantCode>,
    state: Option<RowState>,
    limit: u32,
    reading: Reading,
) -> Answer {
    let today = kp_log::day_of(clock::now());
    let rows = place.open()?.db().read(|tx| {
        let rows = kp_trade::confirmation_rows(tx, of, state, limit)?;
        kp_trade::confirmations_said_anew(tx, rows, today)
    })?;
    let shown: Vec<ShownRow> = rows.iter().map(ShownRow::from).collect();
    if reading.json {
        say_json(&shown)?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&["row", "state", "number", "from", ">carats", "what is to be done"]);
    for row in shown {
        table.row(vec![
            row.row,
            row.state,
            row.number.unwrap_or_else(|| "-".into()),
            row.at.unwrap_or_else(|| "-".into()),
            row.carats.unwrap_or_else(|| "-".into()),
            if row.sentence.is_empty() { row.place } else { format!("{}: {}", row.place, row.sentence) },
        ]);
    }
    table.say_or("The queue is empty; `kpcs confirmations load` takes a list in.")?;
    Ok(Outcome::Done)
}

impl From<&PassedOver> for ShownLine {
    fn from(line: &PassedOver) -> Self {
        Self { sheet: line.sheet.clone(), line: line.row, says: line.raw.clone() }
    }
}

impl From<&QueuedConfirmation> for ShownRow {
    fn from(row: &QueuedConfirmation) -> Self {
        Self {
            row: row.id.to_string(),
            place: row.place().to_string(),
            state: row.state.to_string(),
            number: row.told.number.as_ref().map(ToString::to_string),
            at: row.told.at.map(|at| at.to_string()),
            carats: row.told.carats.map(|carats| carats.to_string()),
            arrived_on: row.told.arrived_on.map(|day| day.to_string()),
            reason: row.reason.clone(),
            sentence: row.sentence.to_string(),
            raw: row.told.raw.clone(),
            sent_by: row.sent_by.clone(),
            received_on: row.received_on.to_string(),
        }
    }
}
