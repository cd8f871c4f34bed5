//! Who signs in at this node, and what they may see.
//!
//! Owns the tables `accounts_*`: settings of one node, which no statement says and no rebuild works out. What was done to
//! accounts and who looked at what is kept in two tables that are only added to ([`trail`], [`looks`]). A password is the
//! passphrase of its officer's key file, so it can be changed by who knows it and reset by nobody
//! (docs/decisions/0012-signing-in.md). Never says who may do an act: the acts do. Reads no clock.

mod account;
pub mod answers;
mod code;
mod common;
pub mod denials;
mod factor;
pub mod fresh;
mod hashing;
mod invite;
mod join;
mod leave;
pub mod limits;
pub mod looks;
pub mod ministry;
pub mod passkey;
mod password;
mod recover;
pub mod rights;
mod seal;
pub mod shown;
mod sign_in;
mod tokens;
pub mod totp;
pub mod trail;

pub use account::{Account, Accounts, State};
pub use code::Code;
pub use factor::Proof;
pub use invite::{Invitation, Issued, Purpose};
pub use join::{Joined, Offer, Taken};
pub use leave::Closed;
pub use password::SHORTEST;
pub use recover::{Kind, Recovery, WAIT};
pub use sign_in::{Attempt, NotSignedIn, SignedIn};
pub use tokens::{LOAD_CONFIRMATIONS, Lent, NewToken, PUT_RETURNS, READ, Token};

/// Who does something to an account, as the trail names them.
pub const KEEPER: &str = "keeper";
