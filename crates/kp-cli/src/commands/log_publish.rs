//! `kpcs log publish`: every log as plain files (C2SP tlog-tiles) that any web server, mirror or stick carries unchanged.
//!
//! Only entries are written, which are commitments; no statement leaves the database. Tiles and bundles are written
//! before the checkpoint that covers them, so that a reader never meets a checkpoint whose tiles are missing. A folder
//! that holds another history is refused: it may be the evidence of somebody else.

use std::path::Path;

use anyhow::{Context, Result, bail};
use kp_log::Head;
use kp_node::Node;
use kp_terms::sentence;
use kp_tlog::{Hash, bundles_between, entry_bundle, root_of, tile_bytes, tiles_between};

use crate::{
    answer::{Answer, Outcome},
    place::Place,
    screen::say,
};

/// Writes what the folder lacks.
pub(crate) fn run(place: &Place, folder: &Path) -> Answer {
    let node = place.open()?;
    node.refuse_in_training(sentence!("training-published-log", "a published log"))?;
    if let Some(fault) = node.verify_log()?.faults.first() {
        let message = format!("nothing is published from a log that is not as it was written: {fault}");
        return Err(anyhow::anyhow!(message).into());
    }
    for head in node.db().read(kp_log::log_heads)? {
        let files = publish(&node, &head, &folder.join(&head.log_id))?;
        say(&format!("{}: {} entries, {files} files written", head.log_id, head.size))?;
    }
    Ok(Outcome::Done)
}

fn publish(node: &Node, head: &Head, folder: &Path) -> Result<usize> {
    let mut hashes = node.db().read(|tx| kp_log::leaf_hashes(tx, &head.log_id))?;
    hashes.truncate(usize::try_from(head.size)?);
    let checkpoint = folder.join("checkpoint");
    let old = published_size(&checkpoint, &hashes)?;
    if old == head.size {
        return Ok(0);
    }
    let mut files = 0;
    for tile in tiles_between(old, head.size) {
        let bytes = tile_bytes(&mut hashes.as_slice(), tile)?;
        write(&folder.join(tile.path()), &bytes)?;
        files += 1;
    }
    for bundle in bundles_between(old, head.size) {
        let (first, count) = bundle.entries();
        let leaves = node.db().read(|tx| kp_log::leaves_of_log(tx, &head.log_id, first, count))?;
        write(&folder.join(bundle.path()), &entry_bundle(&leaves)?)?;
        files += 1;
    }
    write(&checkpoint, head.checkpoint.as_bytes())?;
    Ok(files + 1)
}

/// How much of this log the folder holds already.
fn published_size(checkpoint: &Path, hashes: &[Hash]) -> Result<u64> {
    let text = match std::fs::read_to_string(checkpoint) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(error).with_context(|| format!("reading {}", checkpoint.display())),
    };
    let mut lines = text.lines().skip(1);
    let size: Option<u64> = lines.next().and_then(|line| line.parse().ok());
    let root = lines.next().and_then(|line| Hash::from_base64(line).ok());
    let beginning = size.and_then(|size| hashes.get(..usize::try_from(size).ok()?));
    match (size, beginning.map(root_of), root) {
        (Some(size), Some(ours), Some(there)) if ours == there => Ok(size),
        _ => bail!(
            "{} is not an earlier state of this log; nothing there was changed, choose another folder and keep this one as evidence",
            checkpoint.display()
        ),
    }
}

/// Beside it, flushed, then renamed: a reader meets the old file or the new one, whole.
fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let parent = path.parent().context("because every published file lies in a folder")?;
    std::fs::create_dir_all(parent).with_context(|| format!("making the folder {}", parent.display()))?;
    let beside = path.with_extension("new");
    let written = std::fs::write(&beside, bytes)
        .and_then(|()| std::fs::File::open(&beside)?.sync_all())
        .and_then(|()| std::fs::rename(&beside, path));
    written.with_context(|| format!("writing {}", path.display()))
}
