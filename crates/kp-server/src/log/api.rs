//! Heads and proofs for programs, so that anyone can check an entry elsewhere.

use axum::{
    Json,
    extract::{Path, State},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::Shared,
    asked::Asked,
    endpoint::BY_PAGES,
    paged::Wanted,
    problem::{Problem, Said},
};

/// The heads of all logs.
#[derive(Serialize, ToSchema)]
pub(crate) struct Heads {
    /// By name.
    heads: Vec<HeadBody>,
    /// Ask on with this as `after`; absent on the last page.
    next: Option<String>,
}

/// The head of a log.
#[derive(Serialize, ToSchema)]
#[schema(as = Head)]
pub(crate) struct HeadBody {
    /// Which log.
    log_id: String,
    /// How many entries.
    size: u64,
    /// Signed checkpoint, a C2SP note.
    checkpoint: String,
}

/// That an entry is in a log (RFC 6962 inclusion).
#[derive(Serialize, ToSchema)]
#[schema(as = InclusionProof)]
pub(crate) struct ProofBody {
    /// Which log.
    log_id: String,
    /// Which entry.
    entry_number: u64,
    /// Size of the tree proven against.
    size: u64,
    /// Hash of the entry's leaf, base64.
    leaf_hash: String,
    /// The path from the leaf up, base64.
    path: Vec<String>,
    /// The signed checkpoint proven against.
    checkpoint: String,
}

pub(crate) async fn heads(State(app): State<Shared>, asked: Asked) -> Result<Json<Heads>, Problem> {
    asked.only_those(BY_PAGES)?;
    let wanted = Wanted::of(&asked)?;
    app.read(move |_, tx| {
        let (page, next) = wanted.cut(kp_log::log_heads(tx)?, |head| head.log_id.clone())?;
        let heads = page.into_iter();
        let heads = heads.map(|h| HeadBody { log_id: h.log_id, size: h.size, checkpoint: h.checkpoint });
        Ok(Json(Heads { heads: heads.collect(), next }))
    })
    .await
}

pub(crate) async fn proof(
    State(app): State<Shared>,
    Path((log_id, entry)): Path<(String, String)>,
) -> Result<Json<ProofBody>, Problem> {
    app.read(move |_, tx| {
        let there = kp_log::log_heads(tx)?.into_iter().find(|head| head.log_id == log_id);
        let entry_number = entry.parse().ok().zip(there).filter(|(number, head)| *number < head.size);
        let Some((entry_number, _)) = entry_number else {
            let detail = Said::of("problem-no-proof").with("entry", entry).with("log", log_id);
            return Err(Problem::not_found(detail));
        };
        let proof = kp_log::prove_inclusion(tx, &log_id, entry_number)?;
        let leaves = kp_log::leaf_hashes(tx, &log_id)?;
        let leaf = usize::try_from(entry_number).ok().and_then(|at| leaves.get(at));
        Ok(Json(ProofBody {
            leaf_hash: leaf.map(kp_tlog::Hash::to_base64).unwrap_or_default(),
            path: proof.path.iter().map(kp_tlog::Hash::to_base64).collect(),
            log_id: proof.log_id,
            entry_number: proof.entry_number,
            size: proof.size,
            checkpoint: proof.checkpoint,
        }))
    })
    .await
}
