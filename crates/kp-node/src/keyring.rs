//! Keys on disk: the node's own in files that only the node may read, officers' under their passphrases.
//!
//! A file is named after the officer; an officer with an account has the account's password as its passphrase. The keys that sign certificates lie
//! beside them (`documents`).

mod documents;

pub use documents::{DocumentKeyFile, Kept};

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use kp_log::{NodeKeys, OfficeName, Signer};
use kp_sign::{PublicKey, SigningKey};
use zeroize::Zeroizing;

use crate::folder::{Folder, write_whole};

const NODE_PEM: &str = "node.pem";
const CHECKPOINT_SEED: &str = "checkpoints.seed";
/// The office that this node is; missing for a participant's own node.
const OFFICE: &str = "office";
const TRAINING_MARK: &str = "training";
/// Seals what sign-in keeps in the database.
const ACCOUNTS_SECRET: &str = "accounts.secret";
/// At an office: the capital's node key, pinned when the first file was taken over.
const CAPITAL_KEY: &str = "capital.key";

/// The keys in a data folder.
#[derive(Debug, Clone)]
pub struct Keyring {
    folder: PathBuf,
}

impl Keyring {
    /// The keyring of a data folder.
    pub fn of(folder: &Folder) -> Self {
        Self { folder: folder.keys() }
    }

    /// A folder that lies beside the keys in the data folder: `layouts`, `lists`.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.folder.parent().map_or_else(|| PathBuf::from(name), |data| data.join(name))
    }

    /// The data folder that the keys lie in.
    pub fn data_folder(&self) -> PathBuf {
        self.folder.parent().map_or_else(|| self.folder.clone(), Path::to_owned)
    }

    /// Which of the node's own key files are missing.
    pub(crate) fn missing_node_files(&self) -> Vec<String> {
        let names = [NODE_PEM, CHECKPOINT_SEED];
        names
            .into_iter()
            .filter(|name| !self.folder.join(name).exists())
            .map(|name| format!("keys/{name}"))
            .collect()
    }

    /// The node's keys, made on first use.
    ///
    /// # Errors
    /// Where the files cannot be read or written, or are damaged.
    pub fn node_keys(&self, node: &str) -> Result<NodeKeys> {
        let statements = self.folder.join(NODE_PEM);
        let checkpoints = self.folder.join(CHECKPOINT_SEED);
        if !statements.exists() {
            let key = new_key()?;
            write_whole(&statements, key.to_pem()?.as_bytes(), true)?;
        }
        if !checkpoints.exists() {
            write_whole(&checkpoints, kp_sign::hex(random::<32>()?.as_slice()).as_bytes(), true)?;
        }
        let pem = Zeroizing::new(read(&statements)?);
        let key = SigningKey::from_pem(&pem).with_context(|| format!("reading {}", statements.display()))?;
        let seed = Zeroizing::new(read(&checkpoints)?);
        let checkpoint_seed = seed_of(&seed)
            .with_context(|| format!("{} is not 64 hexadecimal digits", checkpoints.display()))?;
        Ok(NodeKeys {
            signer: Signer { id: node.to_owned(), key },
            checkpoint_seed,
            documents: kp_log::DocumentKeys::default(),
        })
    }

    /// The office that this folder was made for.
    ///
    /// # Errors
    /// Where the file is there and does not read.
    pub fn office(&self) -> Result<Option<OfficeName>> {
        let file = self.folder.join(OFFICE);
        if !file.exists() {
            return Ok(None);
        }
        let name = read(&file)?;
        Ok(Some(name.trim().parse().with_context(|| format!("reading {}", file.display()))?))
    }

    /// Makes this folder an office's, before its keys are made.
    ///
    /// # Errors
    /// Where it is another office's or has keys already, or cannot be written.
    pub(crate) fn become_office(&self, office: &OfficeName) -> Result<()> {
        match self.office()? {
            Some(there) if there == *office => return Ok(()),
            Some(there) => bail!("{} is the folder of office {there} already", self.folder.display()),
            None => {}
        }
        if self.folder.join(NODE_PEM).exists() {
            bail!(
                "{} holds the keys of a node that is no office; name another folder",
                self.folder.display()
            );
        }
        write_whole(&self.folder.join(OFFICE), format!("{office}\n").as_bytes(), false)
    }

    /// Whether this folder was made for training.
    pub fn is_training(&self) -> bool {
        self.folder.join(TRAINING_MARK).exists()
    }

    /// Makes this folder one for training, before its keys are made. It stays so.
    ///
    /// # Errors
    /// Where it has keys already, or cannot be written.
    pub(crate) fn become_training(&self) -> Result<()> {
        if self.is_training() {
            return Ok(());
        }
        if self.folder.join(NODE_PEM).exists() {
            bail!(
                "{} holds the keys of a node that is not for training; name another folder: what is real and what is not \
                 must never share one",
                self.folder.display()
            );
        }
        let says = "This folder is for training. Its certificates are worth nothing.\n";
        write_whole(&self.folder.join(TRAINING_MARK), says.as_bytes(), false)
    }

    /// The capital's node key, where an office has pinned it.
    ///
    /// # Errors
    /// Where the file is there and does not read.
    pub(crate) fn capital_key(&self) -> Result<Option<PublicKey>> {
        let file = self.folder.join(CAPITAL_KEY);
        if !file.exists() {
            return Ok(None);
        }
        let hex = read(&file)?;
        let bytes = bytes_of(&hex).with_context(|| format!("{} is not hexadecimal", file.display()))?;
        Ok(Some(PublicKey::from_bytes(&bytes).with_context(|| format!("reading {}", file.display()))?))
    }

    pub(crate) fn pin_capital_key(&self, key: &PublicKey) -> Result<()> {
        let hex = format!("{}\n", kp_sign::hex(&key.to_bytes()));
        write_whole(&self.folder.join(CAPITAL_KEY), hex.as_bytes(), false)
    }

    /// Whether an officer's key lies here.
    pub fn holds(&self, officer_id: &str) -> bool {
        self.file(officer_id).is_some_and(|file| file.exists())
    }

    /// Makes a key for an officer, keeps it under the passphrase, and returns it.
    ///
    /// # Errors
    /// Where a key of that officer lies here already, or the file cannot be written.
    pub fn make(&self, officer_id: &str, passphrase: &str) -> Result<Signer> {
        let Some(file) = self.file(officer_id) else { bail!("{officer_id:?} cannot be an officer's id") };
        if file.exists() {
            bail!("a key of {officer_id} lies in {} already", self.folder.display());
        }
        let key = new_key()?;
        let pem = key.to_encrypted_pem(passphrase, random::<16>()?, random::<16>()?)?;
        write_whole(&file, pem.as_bytes(), true)?;
        Ok(Signer { id: officer_id.to_owned(), key })
    }

    /// Keeps a key that is open under another passphrase: the file is replaced whole, so a power cut leaves one that opens.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn rewrap(&self, signer: &Signer, passphrase: &str) -> Result<()> {
        let Some(file) = self.file(&signer.id) else { bail!("{:?} cannot be an officer's id", signer.id) };
        let pem = signer.key.to_encrypted_pem(passphrase, random::<16>()?, random::<16>()?)?;
        write_whole(&file, pem.as_bytes(), true)
    }

    /// Lays a key aside that nobody can open any more, so that a new one can be made; the old file stays beside it.
    ///
    /// # Errors
    /// Where the file cannot be renamed.
    pub fn set_aside(&self, officer_id: &str, word: &str) -> Result<()> {
        let Some(file) = self.file(officer_id).filter(|file| file.exists()) else { return Ok(()) };
        let plain: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
        let aside = file.with_extension(format!("{plain}.aside"));
        std::fs::rename(&file, &aside).with_context(|| format!("laying {} aside", file.display()))?;
        crate::folder::sync_folder(&self.folder).with_context(|| format!("keeping {}", self.folder.display()))
    }

    /// Keeps a copy of an open key for a program, under that program's token; `name` is the token's public name.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn lend(&self, signer: &Signer, name: &str, token: &str) -> Result<()> {
        let pem = signer.key.to_encrypted_pem(token, random::<16>()?, random::<16>()?)?;
        write_whole(&self.lent_file(name)?, pem.as_bytes(), true)
    }

    /// Opens a lent copy.
    ///
    /// # Errors
    /// Where there is none, or the token does not open it.
    pub fn open_lent(&self, officer_id: &str, name: &str, token: &str) -> Result<Signer> {
        let key = SigningKey::from_encrypted_pem(&read(&self.lent_file(name)?)?, token)?;
        Ok(Signer { id: officer_id.to_owned(), key })
    }

    /// Ends a loan: the copy goes.
    ///
    /// # Errors
    /// Where the file is there and cannot be removed.
    pub fn end_loan(&self, name: &str) -> Result<()> {
        let file = self.lent_file(name)?;
        if file.exists() {
            std::fs::remove_file(&file).with_context(|| format!("removing {}", file.display()))?;
        }
        Ok(())
    }

    fn lent_file(&self, name: &str) -> Result<PathBuf> {
        let plain = name.len() <= 40 && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        anyhow::ensure!(plain && !name.is_empty(), "{name:?} cannot be a token's name");
        Ok(self.folder.join(format!("lent-{name}.pem")))
    }

    /// The secret under which sign-in data are kept, made on first use: who has the database alone has neither the secrets
    /// of the time codes nor hashes that could be tried.
    ///
    /// # Errors
    /// Where the file cannot be read or written, or is damaged.
    pub fn accounts_secret(&self) -> Result<Zeroizing<[u8; 32]>> {
        let file = self.folder.join(ACCOUNTS_SECRET);
        if !file.exists() {
            write_whole(&file, kp_sign::hex(random::<32>()?.as_slice()).as_bytes(), true)?;
        }
        let hex = Zeroizing::new(read(&file)?);
        let secret =
            seed_of(&hex).with_context(|| format!("{} is not 64 hexadecimal digits", file.display()))?;
        Ok(Zeroizing::new(secret))
    }

    /// Takes back a key that was made for an act which was then refused.
    ///
    /// # Errors
    /// Where the file cannot be removed.
    pub fn unmake(&self, officer_id: &str) -> Result<()> {
        match self.file(officer_id) {
            Some(file) => std::fs::remove_file(&file).with_context(|| format!("removing {}", file.display())),
            None => Ok(()),
        }
    }

    /// Opens an officer's key with the passphrase.
    ///
    /// # Errors
    /// Where there is no such key here, or the passphrase is wrong.
    pub fn open(&self, officer_id: &str, passphrase: &str) -> Result<Signer> {
        let file = self.file(officer_id).filter(|f| f.exists());
        let Some(file) = file else {
            bail!(
                "no key of {officer_id:?} lies in {}; officers act where their key is",
                self.folder.display()
            )
        };
        let key = SigningKey::from_encrypted_pem(&read(&file)?, passphrase)?;
        Ok(Signer { id: officer_id.to_owned(), key })
    }

    /// Only plain ids become file names.
    fn file(&self, officer_id: &str) -> Option<PathBuf> {
        let plain = officer_id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        (plain && !officer_id.is_empty() && officer_id.len() <= 40)
            .then(|| self.folder.join(format!("officer-{officer_id}.pem")))
    }
}

fn read(path: &std::path::Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}

pub(crate) fn new_key() -> Result<SigningKey> {
    loop {
        // The one draw in 2^128 that is no valid key is drawn again.
        if let Ok(key) = SigningKey::from_bytes(&random::<32>()?) {
            return Ok(key);
        }
    }
}

pub(crate) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|e| anyhow::anyhow!("the system gave no random bytes: {e}"))?;
    Ok(bytes)
}

fn seed_of(hex: &str) -> Option<[u8; 32]> {
    bytes_of(hex)?.try_into().ok()
}

fn bytes_of(hex: &str) -> Option<Vec<u8>> {
    let hex = hex.trim();
    let digits = (0..hex.len()).step_by(2).map(|i| hex.get(i..i + 2));
    digits.map(|pair| pair.and_then(|pair| u8::from_str_radix(pair, 16).ok())).collect()
}
