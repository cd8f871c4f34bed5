//! Where the data are: a folder (and, where asked for, a PostgreSQL database), never the checkout.
//!
//! Without `--data` the folder is `$XDG_DATA_HOME/kpcs`, or `~/.local/share/kpcs`.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use kp_log::OfficeName;
use kp_node::{Node, Settings};

/// The name under which a node signs its own statements.
pub(crate) const NODE_NAME: &str = "node";

/// The options that say where the data are.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Place {
    /// The data folder [default: the folder `kpcs` where your system keeps users' data].
    #[arg(long, value_name = "FOLDER", env = "KPCS_DATA", hide_env_values = true, global = true)]
    pub(crate) data: Option<PathBuf>,

    /// A PostgreSQL address, where the database is not the folder's own file.
    #[arg(long, value_name = "URL", env = "KPCS_DATABASE", hide_env_values = true, global = true)]
    pub(crate) database: Option<String>,
}

impl Place {
    /// The data folder, whether or not it exists.
    pub(crate) fn folder(&self) -> Result<PathBuf> {
        match &self.data {
            Some(folder) => Ok(folder.clone()),
            None => default_folder("kpcs"),
        }
    }

    /// Opens the node that was made here before.
    ///
    /// # Errors
    /// Where there is none, in one sentence that says how to make one.
    pub(crate) fn open(&self) -> Result<Node> {
        let folder = self.folder()?;
        if !is_data_folder(&folder) {
            bail!(
                "there is no data folder at {}; `kpcs init` makes one, `--data` names another",
                folder.display()
            );
        }
        self.open_or_make()
    }

    /// Opens the node, making its folder, keys and tables where there are none.
    pub(crate) fn open_or_make(&self) -> Result<Node> {
        let folder = self.folder()?;
        let settings =
            Settings { folder: folder.clone(), database: self.database.clone(), name: NODE_NAME.to_owned() };
        Node::open(&settings).with_context(|| format!("opening the data of {}", folder.display()))
    }

    /// Opens the node of a folder for training, making its folder and keys where there are none.
    pub(crate) fn open_or_make_training(&self) -> Result<Node> {
        let folder = self.folder()?;
        let settings =
            Settings { folder: folder.clone(), database: self.database.clone(), name: NODE_NAME.to_owned() };
        Node::open_training(&settings).with_context(|| format!("opening the data of {}", folder.display()))
    }

    /// Opens the node of an office, making its folder and keys where there are none.
    pub(crate) fn open_or_make_office(&self, office: &OfficeName) -> Result<Node> {
        let folder = self.folder()?;
        let settings =
            Settings { folder: folder.clone(), database: self.database.clone(), name: office.to_string() };
        Node::open_office(&settings, office)
            .with_context(|| format!("opening the data of {}", folder.display()))
    }
}

/// Whether a folder was made by this program: the node's key or its database lies in it.
pub(crate) fn is_data_folder(folder: &Path) -> bool {
    folder.join("keys").join("node.pem").is_file() || folder.join("kpcs.db").is_file()
}

/// The folder of this name where the system keeps users' data.
pub(crate) fn default_folder(name: &str) -> Result<PathBuf> {
    // An empty or relative XDG_DATA_HOME is to be ignored (XDG Base Directory Specification 0.8).
    let xdg = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let shared = xdg.or_else(|| std::env::home_dir().map(|home| home.join(".local").join("share")));
    let shared = shared.context("this system names no home folder; say where the data are with --data")?;
    Ok(shared.join(name))
}
