//! Paper of the demonstration: the lists that verifiers carry, two printed certificates, and what a verifier says of them.
//!
//! L21, L22. The verdicts are reached as customs would reach them: from the symbols of the printed page and the signed
//! lists, without the register. The second sheet's number was presented before; the third code is the first one with a
//! letter changed.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};
use jiff::{SignedDuration, Timestamp};
use kp_certificate::lists::{Bundle, Roots};
use kp_node::{
    Node,
    lists::{ListSigners, ListStore, Publication, RootFile, make_root_key, open_root_key, roots_to_text},
    offline::DeskScan,
};
use kp_paper::Fonts;
use kp_sign::SigningKey;
use kp_terms::CertificateNumber;
use kp_verify::{Clock, Language, OnPaper, Speaker, TrustData};
use sha2::{Digest, Sha256};

use super::{play::PASSPHRASE, world::CEREMONY};

/// Certificates that the invented world prints; the second was presented twice.
const PRINTED: [&str; 2] = ["XA-000006", "XA-000004"];
/// Who must sign what.
const ROOTS: [&str; 2] = ["chair", "secretariat"];
const CUSTODIANS: [&str; 2] = ["xa-custodian-1", "xa-custodian-2"];
/// Lists are published daily; a demonstration that is gone on with later makes new ones.
const A_DAY: SignedDuration = SignedDuration::from_hours(24);

/// One thing that was verified.
pub(super) struct Paper {
    /// `GREEN`, `RED` ...
    pub(super) state: String,
    /// Which file or code.
    pub(super) what: String,
    /// The verdict's sentence.
    pub(super) sentence: String,
}

/// Publishes lists where there are none of today, prints what is not printed yet, and verifies it.
///
/// # Errors
/// Where a file cannot be written, the database fails, or a page that was just drawn cannot be read.
pub(super) fn make(node: &Node, folder: &Path, now: Timestamp) -> Result<Vec<Paper>> {
    let shelf = folder.join("papers");
    fs::create_dir_all(&shelf).with_context(|| format!("making {}", shelf.display()))?;
    write_whole(&folder.join("keys").join("ceremony.txt"), CEREMONY.as_bytes())?;
    let trust = TrustData::new(lists(node, folder, now)?);
    let (clock, speaker) = (Clock::reading(now), Speaker::new(Language::English));
    let fonts = Fonts::built_in()?.with_system();
    let mut papers = Vec::new();
    let mut judge = |what: String, scan: &DeskScan| -> Result<()> {
        let verdict = scan.verdicts(&OnPaper::NOTHING, Some(&trust), clock).into_iter().next();
        let verdict = verdict.context("there is a verdict on everything")?;
        let state = speaker.state(verdict.state).to_uppercase();
        papers.push(Paper { state, what, sentence: speaker.sentence(&verdict) });
        Ok(())
    };
    for number in PRINTED {
        let file = shelf.join(format!("{number}.pdf"));
        let sheet = node.certificate_sheet(&number.parse::<CertificateNumber>()?, 1)?;
        let layout = node.layout(sheet.number.prefix())?;
        let pdf = kp_paper::certificate(&sheet, &layout, &fonts).context("drawing a certificate")?;
        write_whole(&file, &pdf)?;
        let read = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
        judge(format!("papers/{number}.pdf"), &DeskScan::of_file(&read))?;
        if number == PRINTED[0] {
            let codes = sheet.codes.context("a validated certificate of the demonstration is signed")?;
            let changed = one_letter_changed(&codes.certificate);
            judge(
                format!("the code of {number} with one letter changed"),
                &DeskScan::of_texts(std::iter::once(changed).chain(codes.receipt)),
            )?;
        }
    }
    Ok(papers)
}

/// The lists of today, published where they are older.
fn lists(node: &Node, folder: &Path, now: Timestamp) -> Result<Bundle> {
    let store = ListStore::at(&folder.join("lists"));
    let (keys, roots) = roots(&store, folder)?;
    let before = store.bundle(&roots)?;
    match before {
        Some(bundle) if now < bundle.snapshot.head.issued_at.checked_add(A_DAY)? => Ok(bundle),
        before => {
            let custodian = |id| Ok(node.open_key(id, PASSPHRASE)?.key);
            let custodians = CUSTODIANS.into_iter().map(custodian).collect::<Result<_>>()?;
            let signers = ListSigners { roots: keys, custodians };
            match node.publish_lists(before.as_ref(), &roots, &signers, now)? {
                Publication::Published(bundle) => {
                    store.keep(&bundle)?;
                    Ok(*bundle)
                }
                Publication::Wanting(wanting) => {
                    let wanting: Vec<String> = wanting.iter().map(ToString::to_string).collect();
                    bail!("the lists of the demonstration could not be published: {}", wanting.join("; "))
                }
            }
        }
    }
}

/// The root keys of the demonstration, made and pinned on the first run.
fn roots(store: &ListStore, folder: &Path) -> Result<(Vec<SigningKey>, Roots)> {
    let mut keys = Vec::new();
    for holder in ROOTS {
        let file = folder.join("keys").join(format!("root-{holder}.pem"));
        if !file.exists() {
            make_root_key(&file, PASSPHRASE)?;
        }
        keys.push(open_root_key(&file, PASSPHRASE)?);
    }
    let roots = match store.roots()? {
        Some(roots) => roots,
        None => {
            let named = keys.iter().zip(ROOTS);
            let files: Vec<RootFile> = named
                .map(|(key, holder)| RootFile { holder: format!("invented {holder}"), key: key.public() })
                .collect();
            store.pin(&roots_to_text(2, &files))?
        }
    };
    Ok((keys, roots))
}

/// A code as a forger's slip of one letter leaves it: the last but three, which no prefix or padding protects.
fn one_letter_changed(code: &str) -> String {
    let at = code.len().saturating_sub(4);
    let letter = if code.get(at..=at) == Some("A") { "B" } else { "A" };
    let mut changed = code.to_owned();
    changed.replace_range(at..=at, letter);
    changed
}

/// SHA-256, hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    kp_sign::hex(&Sha256::digest(bytes))
}

/// Written beside and renamed, so that a run cut short leaves no half of a sheet.
fn write_whole(file: &Path, bytes: &[u8]) -> Result<()> {
    let beside = file.with_extension("new");
    let written = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, file));
    written.with_context(|| format!("writing {}", file.display()))
}
