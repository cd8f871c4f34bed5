//! Tokens for programs: a random secret with scopes and an end, hashed at rest, shown once.
//!
//! A token that may act carries a copy of its officer's key, encrypted under the token itself: the disk alone opens nothing,
//! and ending the token removes the copy. What a program does is signed like what the person does; the trail says that it was
//! lent. Never more than a year.

use anyhow::Result;
use jiff::{SignedDuration, Timestamp};
use kp_db::{Row, Sql, Tx, sql};
use kp_log::Signer;
use kp_node::ActFailure;
use kp_terms::sentence;
use zeroize::Zeroizing;

use crate::{
    Accounts, State, account,
    common::{random, same, sha256},
    join::problem,
    trail,
};

const RECORD_TOKEN: Sql = sql!("record_token");
const TOKEN_BY_ID: Sql = sql!("token_by_id");
const TOKENS_OF_OFFICER: Sql = sql!("tokens_of_officer");
const END_TOKEN: Sql = sql!("end_token");

/// How a token begins, so that one that leaked is found by those who look for them.
const BEGINS: &str = "kpcs_";
/// The scope that reads.
pub const READ: &str = "read";
/// The scope that takes lists of confirmations in, which no single act of the catalogue does.
pub const LOAD_CONFIRMATIONS: &str = "load_confirmations";
/// The scope that puts returns into the sandbox and notes on them; declaring one is the act `declare_return`.
pub const PUT_RETURNS: &str = "put_returns";
/// Acts that make or unmake officers and keys: a program that leaked must not make itself a second way in.
const NEVER_LENT: [&str; 5] =
    ["name_officer", "register_key", "withdraw_key", "register_document_key", "override_refusal"];
const LONGEST_DAYS: i64 = 366;

/// A token as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Short public name.
    pub id: String,
    /// Whose.
    pub officer_id: String,
    /// What it is for.
    pub label: String,
    /// `read`, and names of acts.
    pub scopes: Vec<String>,
    /// When it was made.
    pub made_at: Timestamp,
    /// Until when it serves.
    pub expires_at: Timestamp,
    /// When it was ended.
    pub ended_at: Option<Timestamp>,
    hash: Vec<u8>,
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// What it is for.
    pub label: String,
    /// `read`, and names of acts.
    pub scopes: Vec<String>,
    /// How many days.
    pub days: i64,
}

/// A key that was lent to a program, open.
#[derive(Debug, Clone)]
pub struct Lent {
    /// The officer's key.
    pub signer: Signer,
}

impl Token {
    /// Whether it may do an act.
    pub fn may_do(&self, act: &str) -> bool {
        act != READ && self.scopes.iter().any(|scope| scope == act)
    }

    /// Whether an act can be lent to a program at all.
    pub fn can_be_lent(act: &str) -> bool {
        !NEVER_LENT.contains(&act)
    }

    /// Whether it may read.
    pub fn may_read(&self) -> bool {
        self.scopes.iter().any(|scope| scope == READ)
    }

    /// Whether it may do any act, and therefore has a copy of the key.
    pub fn acts(&self) -> bool {
        self.scopes.iter().any(|scope| scope != READ)
    }
}

impl Accounts {
    /// Makes a token for a person who is signed in. The text that comes back is shown once.
    ///
    /// # Errors
    /// Names the fields that do not serve; fails where database or key folder do.
    pub fn make_token(
        &self,
        by: &Signer,
        asked: &NewToken,
        now: Timestamp,
    ) -> Result<Zeroizing<String>, ActFailure> {
        let problems = objections(asked);
        if !problems.is_empty() {
            return Err(ActFailure::Fields(problems));
        }
        let id = kp_sign::hex(&random::<6>().map_err(ActFailure::from)?);
        let secret = kp_sign::hex(&random::<32>().map_err(ActFailure::from)?);
        let text = Zeroizing::new(format!("{BEGINS}{id}_{secret}"));
        if asked.scopes.iter().any(|scope| scope != READ) {
            // Before the row: a copy that no row names is opened by nobody, since the token was never shown.
            self.keyring()?.lend(by, &id, &text)?;
        }
        let expires_at =
            now.checked_add(SignedDuration::from_hours(24 * asked.days)).map_err(anyhow::Error::from)?;
        let scopes = asked.scopes.join(" ");
        self.node.db().write("make a token", |tx| {
            tx.execute(
                RECORD_TOKEN,
                &[
                    (&id).into(),
                    (&by.id).into(),
                    asked.label.trim().into(),
                    hash(&text).as_slice().into(),
                    (&scopes).into(),
                    (&now.to_string()).into(),
                    (&expires_at.to_string()).into(),
                ],
            )?;
            let detail = sentence!(
                "trail-detail-token",
                "{id}: {scopes}, until {until}",
                id = id,
                scopes = scopes,
                until = expires_at,
            );
            trail::add(tx, now, &by.id, "token_made", &by.id, detail)
        })?;
        Ok(text)
    }

    /// Looks at a token that a program presents: none where it does not serve, for whatever reason.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn token(&self, text: &str, now: Timestamp) -> Result<Option<Token>> {
        let Some((id, _)) = text.strip_prefix(BEGINS).and_then(|rest| rest.split_once('_')) else {
            return Ok(None);
        };
        let found = self.node.db().read(|tx| {
            let Some(token) = tx.optional(TOKEN_BY_ID, &[id.into()], token)? else { return Ok(None) };
            let account = account::by_officer(tx, &token.officer_id)?;
            let open = account.is_none_or(|account| account.state == State::Open);
            Ok::<_, anyhow::Error>(Some(token).filter(|_| open))
        })?;
        let serves = |token: &Token| {
            same(&token.hash, &hash(text)) && token.ended_at.is_none() && token.expires_at > now
        };
        Ok(found.filter(serves))
    }

    /// Opens the key that was lent with a token that serves.
    ///
    /// # Errors
    /// Where the token has none, or its copy is not here.
    pub fn open_lent(&self, token: &Token, text: &str) -> Result<Lent> {
        Ok(Lent { signer: self.keyring()?.open_lent(&token.officer_id, &token.id, text)? })
    }

    /// The tokens of an officer, the newest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn tokens_of(tx: &mut Tx<'_>, officer_id: &str) -> Result<Vec<Token>> {
        tx.rows(TOKENS_OF_OFFICER, &[officer_id.into()], token)
    }

    /// Ends a token of the officer's own. One that is not there or another's is ended already.
    ///
    /// # Errors
    /// Where database or key folder fail.
    pub fn end_token(&self, officer_id: &str, id: &str, now: Timestamp) -> Result<()> {
        let own = self.node.db().write("end a token", |tx| {
            let own = tx.optional(TOKEN_BY_ID, &[id.into()], token)?.filter(|t| t.officer_id == officer_id);
            if own.is_some() {
                tx.execute(END_TOKEN, &[id.into(), (&now.to_string()).into()])?;
                trail::add(tx, now, officer_id, "token_ended", officer_id, id)?;
            }
            Ok::<_, anyhow::Error>(own.is_some())
        })?;
        if own { self.keyring()?.end_loan(id) } else { Ok(()) }
    }
}

/// Ends all tokens of an officer; returns their names.
pub(crate) fn end_all(tx: &mut Tx<'_>, officer_id: &str, now: Timestamp) -> Result<Vec<String>> {
    let all = tx.rows(TOKENS_OF_OFFICER, &[officer_id.into()], token)?;
    for token in &all {
        tx.execute(END_TOKEN, &[(&token.id).into(), (&now.to_string()).into()])?;
    }
    Ok(all.into_iter().map(|token| token.id).collect())
}

fn objections(asked: &NewToken) -> Vec<kp_terms::FieldProblem> {
    let mut problems = Vec::new();
    if asked.label.trim().is_empty() || asked.label.chars().count() > 100 {
        problems.push(problem("label", "say in up to 100 characters what the token is for"));
    }
    if !(1..=LONGEST_DAYS).contains(&asked.days) {
        problems.push(problem("days", "a token serves from 1 to 366 days"));
    }
    if asked.scopes.is_empty() {
        problems.push(problem("scopes", "choose at least one thing that the token may do"));
    }
    for scope in asked.scopes.iter().filter(|scope| *scope != READ) {
        if NEVER_LENT.contains(&scope.as_str()) {
            let sentence =
                format!("{scope} is done by a person: it makes officers or keys, or sets a refusal aside");
            problems.push(problem("scopes", &sentence));
        } else if ![LOAD_CONFIRMATIONS, PUT_RETURNS].contains(&scope.as_str())
            && !kp_node::ACTS.iter().any(|act| act.name == scope)
        {
            problems.push(problem("scopes", &format!("{scope:?} is not the name of an act")));
        }
    }
    problems
}

/// The secret has 256 random bits: one fast hash is enough.
fn hash(text: &str) -> [u8; 32] {
    sha256(&[b"kpcs token", text.as_bytes()])
}

fn token(row: &Row<'_>) -> Result<Token> {
    let scopes: String = row.get(4)?;
    Ok(Token {
        id: row.get(0)?,
        officer_id: row.get(1)?,
        label: row.get(2)?,
        hash: row.get(3)?,
        scopes: scopes.split_whitespace().map(str::to_owned).collect(),
        made_at: row.word(5)?,
        expires_at: row.word(6)?,
        ended_at: row.optional_word(7)?,
    })
}
