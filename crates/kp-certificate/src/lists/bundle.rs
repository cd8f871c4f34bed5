//! All lists in one small file, taken over from an older one only forwards.
//!
//! Security 7.6 and T15 (the rules of TUF): versions never fall, enough must have signed, nothing expired is taken, and
//! lists of different days cannot be mixed. The same bytes travel by network, mail, memory stick or paper. A bundle may
//! leave out lists that did not change: they are taken from the older one, where the snapshot names the same hash.

use std::collections::BTreeMap;

use kp_terms::{ParticipantCode, Timestamp};

use super::{
    file::{Head, List, ListFault, ListFile, Signers},
    participants::Participants,
    ranges::Ranges,
    snapshot::{Listed, Snapshot},
    specimens::Specimens,
    status::Status,
    trust::Trust,
};
use crate::cbor::{CborFault, Reader, Writer};

const MAGIC: &str = "kpcs-lists";
const VERSION: u64 = 1;
/// More lists than this are not read.
const MOST_LISTS: u64 = 2000;
/// A bundle longer than this is not read.
const LARGEST_BUNDLE: usize = 64 * 1024 * 1024;

/// The keys that the verifier pinned, and how many of them must sign the list of participants.
pub type Roots = Signers;

/// Why a bundle is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BundleFault {
    /// Not of the agreed form.
    #[error("this file is not a bundle of lists: {0}")]
    NotInForm(String),
    /// A list in it cannot be used.
    #[error("the list {content_type} of {issuer} cannot be used: {fault}")]
    List {
        /// What sort.
        content_type: String,
        /// Whose, as far as it could be read.
        issuer: String,
        /// Why.
        fault: ListFault,
    },
    /// A list is not the one that the snapshot names.
    #[error(
        "the list {content_type} of {issuer} is not the one that the snapshot names: lists of different days are mixed"
    )]
    Mixed {
        /// What sort.
        content_type: String,
        /// Whose.
        issuer: String,
    },
    /// A list that the snapshot names is missing, here and in the older bundle.
    #[error("the list {content_type} of {issuer} is missing; ask for a complete bundle")]
    Incomplete {
        /// What sort.
        content_type: String,
        /// Whose.
        issuer: String,
    },
    /// Somebody's list without somebody who may sign it.
    #[error("there is a list of {0}, who is not on the list of participants or has no trust list")]
    Stranger(String),
    /// Older than what is at hand.
    #[error("the list {content_type} of {issuer} has version {found}; version {known} is already at hand")]
    Older {
        /// What sort.
        content_type: String,
        /// Whose.
        issuer: String,
        /// Version in the new bundle.
        found: u64,
        /// Version at hand.
        known: u64,
    },
    /// Another list under a version that is already at hand.
    #[error(
        "there are two different lists {content_type} of {issuer} with version {version}: tell the secretariat"
    )]
    TwoOfOneVersion {
        /// What sort.
        content_type: String,
        /// Whose.
        issuer: String,
        /// The version.
        version: u64,
    },
    /// Expired before it came.
    #[error(
        "the list {content_type} of {issuer} expired on {at}; ask for a newer bundle, or put the clock right"
    )]
    Expired {
        /// What sort.
        content_type: String,
        /// Whose.
        issuer: String,
        /// When.
        at: Timestamp,
    },
}

impl From<CborFault> for BundleFault {
    fn from(fault: CborFault) -> Self {
        Self::NotInForm(fault.to_string())
    }
}

/// The lists of one day, each signed by those who must.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// What belongs together, and of when.
    pub snapshot: Snapshot,
    /// Who takes part.
    pub participants: Participants,
    /// Keys, by participant.
    pub trust: BTreeMap<ParticipantCode, Trust>,
    /// Certificates and fates, by participant.
    pub status: BTreeMap<ParticipantCode, Status>,
    /// Numbers, by participant.
    pub ranges: BTreeMap<ParticipantCode, Ranges>,
    /// Papers, by participant.
    pub specimens: BTreeMap<ParticipantCode, Specimens>,
    snapshot_file: ListFile,
    files: Vec<ListFile>,
}

/// One file from a snapshot and its lists, in the order of the snapshot: the same lists give the same bytes.
///
/// # Errors
/// Where a file does not read as the list it says it is.
pub fn pack(snapshot: &ListFile, lists: &[ListFile]) -> Result<Vec<u8>, ListFault> {
    let mut sorted: Vec<((String, String), &ListFile)> = Vec::new();
    for file in lists {
        sorted.push(((file.content_type().to_owned(), head_of(file)?.issuer), file));
    }
    sorted.sort_by(|a, b| a.0.cmp(&b.0));
    let mut writer = Writer::default();
    writer.array(4);
    writer.text(MAGIC);
    writer.unsigned(VERSION);
    writer.bytes(&snapshot.to_bytes());
    writer.array(sorted.len());
    sorted.iter().for_each(|(_, file)| writer.bytes(&file.to_bytes()));
    Ok(writer.0)
}

/// The head of a list of whatever sort.
pub(super) fn head_of(file: &ListFile) -> Result<Head, ListFault> {
    fn head<L: List>(file: &ListFile) -> Result<Head, ListFault> {
        file.read::<L>().map(|list| list.head().clone())
    }
    match file.content_type() {
        Participants::CONTENT_TYPE => head::<Participants>(file),
        Trust::CONTENT_TYPE => head::<Trust>(file),
        Status::CONTENT_TYPE => head::<Status>(file),
        Ranges::CONTENT_TYPE => head::<Ranges>(file),
        Specimens::CONTENT_TYPE => head::<Specimens>(file),
        Snapshot::CONTENT_TYPE => head::<Snapshot>(file),
        other => Err(ListFault::NotInForm(format!("{other} is no list that is known"))),
    }
}

impl Bundle {
    /// Takes a bundle over, on top of an older one where there is one.
    ///
    /// `now` is the verifier's clock. A bundle that is younger than the clock is taken all the same: then the clock is
    /// wrong, and the verdicts say so.
    ///
    /// # Errors
    /// Where anything in it is out of form, unsigned, older than what is at hand, expired, or mixed.
    pub fn accept(
        bytes: &[u8],
        roots: &Roots,
        older: Option<&Self>,
        now: Timestamp,
    ) -> Result<Self, BundleFault> {
        let (snapshot_file, mut files) = unpack(bytes)?;
        let snapshot: Snapshot = read(&snapshot_file, "scheme")?;
        if let Some(older) = older {
            forwards(&older.snapshot, &snapshot)?;
        }
        fill_in(&snapshot, &mut files, older)?;
        let bundle = Self::from_files(snapshot, snapshot_file, files, roots)?;
        bundle.unexpired(now)?;
        Ok(bundle)
    }

    /// Opens a bundle that was accepted before and stored: everything but its age and its versions is checked again.
    ///
    /// # Errors
    /// Where anything in it is out of form, unsigned or mixed.
    pub fn open(bytes: &[u8], roots: &Roots) -> Result<Self, BundleFault> {
        let (snapshot_file, mut files) = unpack(bytes)?;
        let snapshot: Snapshot = read(&snapshot_file, "scheme")?;
        fill_in(&snapshot, &mut files, None)?;
        Self::from_files(snapshot, snapshot_file, files, roots)
    }

    /// The bytes of the whole bundle, for the store and for handing on.
    pub fn to_bytes(&self) -> Vec<u8> {
        pack(&self.snapshot_file, &self.files).expect("because each file was read when the bundle was taken")
    }

    /// One of the lists with its signatures, as it stands in the bundle.
    pub fn file(&self, content_type: &str, issuer: &str) -> Option<&ListFile> {
        let listed =
            self.snapshot.lists.iter().find(|l| l.content_type == content_type && l.issuer == issuer)?;
        self.files.iter().find(|file| file.content_type() == content_type && file.hash() == listed.hash)
    }

    /// The bytes of those lists only that `older` has not: a daily update. `older` is who receives it.
    pub fn update_for(&self, older: &Self) -> Vec<u8> {
        let known = |file: &&ListFile| !older.snapshot.lists.iter().any(|listed| listed.hash == file.hash());
        let files: Vec<ListFile> = self.files.iter().filter(known).cloned().collect();
        pack(&self.snapshot_file, &files).expect("because each file was read when the bundle was taken")
    }

    /// Every list under the signatures that it needs.
    fn from_files(
        snapshot: Snapshot,
        snapshot_file: ListFile,
        files: Vec<ListFile>,
        roots: &Roots,
    ) -> Result<Self, BundleFault> {
        let of =
            |content_type: &'static str| files.iter().filter(move |file| file.content_type() == content_type);
        let Some(participants_file) = of(Participants::CONTENT_TYPE).next() else {
            return Err(incomplete(Participants::CONTENT_TYPE, "scheme"));
        };
        let participants: Participants = read(participants_file, "scheme")?;
        signed(participants_file, roots, "scheme")?;
        signed(&snapshot_file, &participants.snapshot_signers, "scheme")?;
        let mut trust = BTreeMap::new();
        for file in of(Trust::CONTENT_TYPE) {
            let list: Trust = read(file, "?")?;
            let code = issuer_of(list.head())?;
            let stranger = || BundleFault::Stranger(code.to_string());
            signed(file, &participants.get(code).ok_or_else(stranger)?.signers, code.as_str())?;
            trust.insert(code, list);
        }
        let (status, ranges, specimens) = (
            own_lists(of(Status::CONTENT_TYPE), &trust)?,
            own_lists(of(Ranges::CONTENT_TYPE), &trust)?,
            own_lists(of(Specimens::CONTENT_TYPE), &trust)?,
        );
        Ok(Self { snapshot, participants, trust, status, ranges, specimens, snapshot_file, files })
    }

    fn unexpired(&self, now: Timestamp) -> Result<(), BundleFault> {
        let own = self.trust.values().map(|list| (Trust::CONTENT_TYPE, list.head()));
        let own = own.chain(self.status.values().map(|list| (Status::CONTENT_TYPE, list.head())));
        let own = own.chain(self.ranges.values().map(|list| (Ranges::CONTENT_TYPE, list.head())));
        let own = own.chain(self.specimens.values().map(|list| (Specimens::CONTENT_TYPE, list.head())));
        let schemes = [
            (Snapshot::CONTENT_TYPE, &self.snapshot.head),
            (Participants::CONTENT_TYPE, &self.participants.head),
        ];
        match schemes.into_iter().chain(own).find(|(_, head)| head.expires_at <= now) {
            Some((content_type, head)) => Err(BundleFault::Expired {
                content_type: content_type.to_owned(),
                issuer: head.issuer.clone(),
                at: head.expires_at,
            }),
            None => Ok(()),
        }
    }
}

fn unpack(bytes: &[u8]) -> Result<(ListFile, Vec<ListFile>), BundleFault> {
    if bytes.len() > LARGEST_BUNDLE {
        return Err(BundleFault::NotInForm("it is larger than 64 MiB".into()));
    }
    let list_file =
        |bytes: &[u8]| ListFile::from_bytes(bytes).map_err(|fault| BundleFault::NotInForm(fault.to_string()));
    let mut reader = Reader::new(bytes);
    reader.array_of(4, "the four parts of a bundle")?;
    if reader.text()? != MAGIC {
        return Err(BundleFault::NotInForm(format!("it does not begin with {MAGIC}")));
    }
    if reader.unsigned()? != VERSION {
        return Err(BundleFault::NotInForm("its version is newer than this program".into()));
    }
    let snapshot = list_file(reader.bytes()?)?;
    let count = reader.array()?;
    if count > MOST_LISTS {
        return Err(BundleFault::NotInForm(format!("it has more than {MOST_LISTS} lists")));
    }
    let mut files = Vec::new();
    for _ in 0..count {
        files.push(list_file(reader.bytes()?)?);
    }
    reader.end()?;
    Ok((snapshot, files))
}

/// Puts the files into the order of the snapshot, taking what is missing from the older bundle.
fn fill_in(
    snapshot: &Snapshot,
    files: &mut Vec<ListFile>,
    older: Option<&Bundle>,
) -> Result<(), BundleFault> {
    let mut given = std::mem::take(files);
    for listed in &snapshot.lists {
        let same = |file: &ListFile| file.content_type() == listed.content_type && file.hash() == listed.hash;
        let from_older = || older.and_then(|older| older.files.iter().find(|file| same(file)).cloned());
        let found = given.iter().position(same).map(|at| given.swap_remove(at)).or_else(from_older);
        match found {
            Some(file) => {
                let head = head_of(&file).map_err(|fault| list_fault(&file, &listed.issuer, fault))?;
                if head.issuer != listed.issuer || head.version != listed.version {
                    return Err(mixed(&listed.content_type, &listed.issuer));
                }
                files.push(file);
            }
            None if given.iter().any(|file| is_of(file, listed)) => {
                return Err(mixed(&listed.content_type, &listed.issuer));
            }
            None => return Err(incomplete(&listed.content_type, &listed.issuer)),
        }
    }
    match given.first() {
        Some(file) => {
            let issuer = head_of(file).map_or_else(|_| "?".to_owned(), |head| head.issuer);
            Err(mixed(file.content_type(), &issuer))
        }
        None => Ok(()),
    }
}

fn is_of(file: &ListFile, listed: &Listed) -> bool {
    file.content_type() == listed.content_type && head_of(file).is_ok_and(|head| head.issuer == listed.issuer)
}

/// No version falls, no list vanishes, no version has two lists.
fn forwards(older: &Snapshot, newer: &Snapshot) -> Result<(), BundleFault> {
    let scheme = || (Snapshot::CONTENT_TYPE.to_owned(), "scheme".to_owned());
    if newer.head.version < older.head.version {
        let ((content_type, issuer), found, known) = (scheme(), newer.head.version, older.head.version);
        return Err(BundleFault::Older { content_type, issuer, found, known });
    }
    if newer.head.version == older.head.version && newer != older {
        let ((content_type, issuer), version) = (scheme(), newer.head.version);
        return Err(BundleFault::TwoOfOneVersion { content_type, issuer, version });
    }
    for known in &older.lists {
        let (content_type, issuer) = (known.content_type.clone(), known.issuer.clone());
        let same = |l: &&Listed| l.content_type == known.content_type && l.issuer == known.issuer;
        match newer.lists.iter().find(same) {
            None => return Err(BundleFault::Incomplete { content_type, issuer }),
            Some(found) if found.version < known.version => {
                let (found, known) = (found.version, known.version);
                return Err(BundleFault::Older { content_type, issuer, found, known });
            }
            Some(found) if found.version == known.version && found.hash != known.hash => {
                return Err(BundleFault::TwoOfOneVersion { content_type, issuer, version: known.version });
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// Lists of participants, each signed by those whom its participant's trust list names.
fn own_lists<'a, L: List>(
    files: impl Iterator<Item = &'a ListFile>,
    trust: &BTreeMap<ParticipantCode, Trust>,
) -> Result<BTreeMap<ParticipantCode, L>, BundleFault> {
    let mut lists = BTreeMap::new();
    for file in files {
        let list: L = read(file, "?")?;
        let code = issuer_of(list.head())?;
        let signers = trust.get(&code).ok_or_else(|| BundleFault::Stranger(code.to_string()))?;
        signed(file, &signers.list_signers, code.as_str())?;
        lists.insert(code, list);
    }
    Ok(lists)
}

fn issuer_of(head: &Head) -> Result<ParticipantCode, BundleFault> {
    head.issuer.parse().map_err(|_| BundleFault::Stranger(head.issuer.clone()))
}

fn read<L: List>(file: &ListFile, issuer: &str) -> Result<L, BundleFault> {
    file.read().map_err(|fault| list_fault(file, issuer, fault))
}

fn signed(file: &ListFile, signers: &Signers, issuer: &str) -> Result<(), BundleFault> {
    file.signed_by(signers).map(|_| ()).map_err(|fault| list_fault(file, issuer, fault))
}

fn list_fault(file: &ListFile, issuer: &str, fault: ListFault) -> BundleFault {
    BundleFault::List { content_type: file.content_type().to_owned(), issuer: issuer.to_owned(), fault }
}

fn mixed(content_type: &str, issuer: &str) -> BundleFault {
    BundleFault::Mixed { content_type: content_type.to_owned(), issuer: issuer.to_owned() }
}

fn incomplete(content_type: &str, issuer: &str) -> BundleFault {
    BundleFault::Incomplete { content_type: content_type.to_owned(), issuer: issuer.to_owned() }
}
