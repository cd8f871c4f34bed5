//! A disk on which the power fails: what was synced is there; of the rest, some writes are, some are not, some in part.

use std::collections::BTreeMap;

use crate::{
    moments::Moments,
    power::trace::{Step, Trace},
};

/// What a disk writes whole, bytes.
const SECTOR: usize = 512;

/// What became of one write that was not synced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fate {
    Whole,
    Lost,
    /// Only these sectors reached the disk, counted from the one in which the write begins.
    Sectors(Vec<bool>),
}

/// The power fails when the first `steps` are done; `fates` are those of the steps that are not settled by then.
#[derive(Debug, Clone)]
pub(crate) struct Cut {
    pub(crate) steps: usize,
    pub(crate) fates: BTreeMap<usize, Fate>,
}

impl Trace {
    /// Every cut at every sync: before it took effect and after, and after everything that was said.
    pub(crate) fn cuts(&self, moments: &mut Moments) -> Vec<Cut> {
        let mut cuts = vec![Cut { steps: 0, fates: BTreeMap::new() }];
        for (at, step) in self.steps.iter().enumerate() {
            match step {
                Step::Sync { .. } | Step::SyncFolder { .. } => {
                    cuts.extend(self.cuts_after(at, moments));
                    cuts.extend(self.cuts_after(at + 1, moments));
                }
                Step::Said { .. } => cuts.extend(self.cuts_after(at + 1, moments)),
                _ => {}
            }
        }
        cuts.extend(self.cuts_after(self.steps.len(), moments));
        cuts
    }

    /// The fates that the open writes may have: none or all of them there; those up to each, the next one torn; all
    /// but one; only one; and some drawn by sectors.
    fn cuts_after(&self, steps: usize, moments: &mut Moments) -> Vec<Cut> {
        let open: Vec<usize> = (0..steps).filter(|&step| !self.is_settled(step, steps)).collect();
        let cut = |fate: &mut dyn FnMut(usize) -> Fate| Cut {
            steps,
            fates: open.iter().enumerate().map(|(place, &step)| (step, fate(place))).collect(),
        };
        let keep = |kept: bool| if kept { Fate::Whole } else { Fate::Lost };
        let mut cuts = vec![cut(&mut |_| Fate::Lost), cut(&mut |_| Fate::Whole)];
        for (chosen, &step) in open.iter().enumerate() {
            cuts.push(cut(&mut |place| keep(place <= chosen)));
            cuts.push(cut(&mut |place| keep(place != chosen)));
            cuts.push(cut(&mut |place| keep(place == chosen)));
            let torn = self.torn(step, moments);
            cuts.push(cut(&mut |place| if place == chosen { torn.clone() } else { keep(place < chosen) }));
        }
        for _ in 0..open.len().min(6) {
            let fates: Vec<Fate> = open.iter().map(|&step| self.torn(step, moments)).collect();
            cuts.push(cut(&mut |place| fates[place].clone()));
        }
        cuts
    }

    fn torn(&self, step: usize, moments: &mut Moments) -> Fate {
        match &self.steps[step] {
            Step::Write { offset, bytes, .. } => {
                let sectors = (offset + bytes.len()).div_ceil(SECTOR) - offset / SECTOR;
                Fate::Sectors((0..sectors).map(|_| moments.up_to(1) == 1).collect())
            }
            // A change of names happens or does not.
            _ if moments.up_to(1) == 1 => Fate::Whole,
            _ => Fate::Lost,
        }
    }

    /// Whether a step was made durable before the power failed.
    fn is_settled(&self, step: usize, steps: usize) -> bool {
        let later = &self.steps[step + 1..steps];
        match &self.steps[step] {
            Step::Write { file, .. } | Step::Shorten { file, .. } => {
                later.contains(&Step::Sync { file: *file })
            }
            Step::Make { name, .. } | Step::Rename { to: name, .. } | Step::Remove { name } => {
                let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
                later.contains(&Step::SyncFolder { folder })
            }
            Step::Sync { .. } | Step::SyncFolder { .. } | Step::Said { .. } => true,
        }
    }

    /// The files as the next start finds them.
    pub(crate) fn image(&self, cut: &Cut) -> BTreeMap<String, Vec<u8>> {
        let mut names: BTreeMap<String, usize> = self.before.keys().cloned().zip(0..).collect();
        let mut files: BTreeMap<usize, Vec<u8>> = (0..).zip(self.before.values().cloned()).collect();
        for (at, step) in self.steps.iter().enumerate().take(cut.steps) {
            let fate = cut.fates.get(&at).unwrap_or(&Fate::Whole);
            if *fate == Fate::Lost {
                continue;
            }
            match step {
                Step::Make { file, name } => _ = names.insert(name.clone(), *file),
                Step::Write { file, offset, bytes } => {
                    write(files.entry(*file).or_default(), *offset, bytes, fate);
                }
                Step::Shorten { file, length } => files.entry(*file).or_default().resize(*length, 0),
                Step::Rename { from, to } => {
                    if let Some(file) = names.remove(from) {
                        names.insert(to.clone(), file);
                    }
                }
                Step::Remove { name } => _ = names.remove(name),
                Step::Sync { .. } | Step::SyncFolder { .. } | Step::Said { .. } => {}
            }
        }
        names.into_iter().map(|(name, file)| (name, files.get(&file).cloned().unwrap_or_default())).collect()
    }

    /// Everything that was printed before the power failed.
    pub(crate) fn said(&self, cut: &Cut) -> String {
        let said = self.steps.iter().take(cut.steps).filter_map(|step| match step {
            Step::Said { text } => Some(text.as_str()),
            _ => None,
        });
        said.collect()
    }
}

/// Writes the sectors that reached the disk. The file is as long as the write made it: a length is a change of names.
fn write(file: &mut Vec<u8>, offset: usize, bytes: &[u8], fate: &Fate) {
    let end = offset + bytes.len();
    if file.len() < end {
        file.resize(end, 0);
    }
    let Fate::Sectors(sectors) = fate else {
        file[offset..end].copy_from_slice(bytes);
        return;
    };
    for (place, byte) in (offset..).zip(bytes) {
        if sectors[place / SECTOR - offset / SECTOR] {
            file[place] = *byte;
        }
    }
}
