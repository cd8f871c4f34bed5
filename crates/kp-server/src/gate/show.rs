//! The gate: parcels come in one after the other, each scan becomes a row, exceptions first, up to forty on one screen.
//!
//! Nothing is kept here and nothing is recorded but that a certificate on file was looked at: the list travels in the form.
//! Each row leads to the form that is next, filled from the scan (needs.md P6: no second keyboard; peers 4.1).

use askama::Template;
use axum::{
    Extension,
    extract::{Multipart, State},
};
use kp_verify::{Clock, Speaker, TrustAge};

use super::{
    rows::{Judging, Row, rows},
    scans::{MOST, Scans},
};
use crate::{
    app::Shared,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
    problem::Problem,
    style,
    verifying::{judge::trust, show::unread},
    words,
};

#[derive(Template)]
#[template(path = "gate/show.html")]
struct GatePage {
    frame: Frame,
    rows: Vec<Row>,
    kept: String,
    /// What is to be said of the scan just made, in sentences.
    said: Vec<String>,
    /// How many rows somebody has to look at.
    exceptions: usize,
    /// The age of the lists of this node.
    lists: String,
    script: &'static str,
}

pub(crate) async fn show(State(app): State<Shared>, Extension(visit): Extension<Visit>) -> Answer {
    answer(&app, visit, Scans::default()).await
}

pub(crate) async fn scan(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    form: Multipart,
) -> Answer {
    let scans = read(form).await?;
    answer(&app, visit, scans).await
}

async fn answer(app: &Shared, visit: Visit, scans: Scans) -> Answer {
    let seen = visit.clone();
    page(app, visit, Section::Gate, move |app, tx, frame| {
        let trust = trust(app)?;
        let speaker = Speaker::new(frame.language());
        let lists = speaker.age(TrustAge::at(trust.as_ref(), app.now()));
        let judging = Judging {
            visit: &seen,
            texts: frame.texts,
            speaker,
            trust: trust.as_ref(),
            clock: Clock::reading(app.now()),
            today: app.today(),
        };
        let rows = rows(tx, &judging, &scans)?;
        Ok(GatePage {
            said: said(&frame, &scans),
            exceptions: rows.iter().filter(|row| row.is_exception()).count(),
            frame: frame.titled_by("gate-title"),
            kept: scans.written(),
            rows,
            lists,
            script: style::gate_path(),
        })
    })
    .await
}

/// Never silence: what became of the scan just made, where its row does not say so itself.
fn said(frame: &Frame, scans: &Scans) -> Vec<String> {
    let mut said = scans.remarks.clone();
    if scans.again > 0 {
        said.push(frame.count("gate-again", scans.again));
    }
    if scans.left_out > 0 {
        said.push(words::with(frame.texts, "gate-full", &[("most", &MOST), ("left", &scans.left_out)]));
    }
    said
}

/// The list so far with what was added or taken off.
async fn read(mut form: Multipart) -> Result<Scans, Problem> {
    let (mut kept, mut scanned, mut number, mut check_code) =
        (String::new(), String::new(), String::new(), String::new());
    let (mut dropped, mut files) = (None, Vec::new());
    while let Some(field) = form.next_field().await.map_err(|error| unread(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(|error| unread(&error))?;
        let text = || String::from_utf8_lossy(&bytes).into_owned();
        match name.as_str() {
            "file" if !bytes.is_empty() => files.push(bytes.to_vec()),
            "kept" => kept = text(),
            "scan" => scanned = text(),
            "number" => text().trim().clone_into(&mut number),
            "check_code" => text().trim().clone_into(&mut check_code),
            "drop" => dropped = text().trim().parse::<usize>().ok(),
            _ => {}
        }
    }
    let mut scans = Scans::read(&kept);
    (scans.again, scans.left_out) = (0, 0);
    if let Some(at) = dropped {
        scans.drop_at(at);
    }
    for file in &files {
        scans.add_file(file);
    }
    scans.add_text(&scanned);
    scans.add_typed(&number, &check_code);
    Ok(scans)
}
