//! Certificates as signed bytes: the key that signs them laid open, the lists published, and a desk without a network that
//! looks at codes and papers by the lists published last.
//!
//! Decides nothing: `kp-node` publishes and `kp-verify` judges, as for `kpcs verify`. The root keys of stories are two of
//! three, made from their names.

use std::sync::Arc;

use anyhow::{Context, Result};
use kp_certificate::{Credential, lists::Roots};
use kp_node::{
    lists::{ListSigners, Publication, RootFile, roots_from_text, roots_to_text},
    offline::Pair,
};
use kp_registry::Role;
use kp_terms::CertificateNumber;
use kp_verify::{
    Clock, Language, OnPaper, Presented, Seen, Speaker, State, TrustData, Verdict as Judged, verify,
};

use crate::{
    form::Args,
    slot,
    stage::{Sight, Stage, Stop, Verdict, maybe, nth, one},
    trading::{evening, holder},
};

const ROOTS: [&str; 3] = ["root key 1", "root key 2", "root key 3"];

/// Lays a document key open at the node: what is validated from then on is signed with it.
pub(crate) fn open_key(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let key = stage.signer(&holder(one(args, "key-name")?))?.key;
    stage.node.keys().documents.open(Arc::new(key));
    Ok(())
}

/// Publishes the lists, signed by the root keys and by every custodian; everybody carries them from then on.
pub(crate) fn publish(stage: &mut Stage, _args: &Args) -> Result<(), Stop> {
    let now = stage.clock.tick(&stage.node)?;
    let officers = stage.node.db().read(kp_registry::officers)?;
    let mut signers = ListSigners::default();
    for root in ROOTS {
        signers.roots.push(stage.signer(root)?.key);
    }
    for officer in officers.iter().filter(|officer| officer.roles.contains(&Role::Custodian)) {
        signers.custodians.push(stage.signer(&officer.id)?.key);
    }
    match stage.node.publish_lists(stage.lists.as_deref(), &roots(stage)?, &signers, now)? {
        Publication::Published(bundle) => stage.lists = Some(bundle),
        Publication::Wanting(wanting) => {
            let wanting: Vec<String> = wanting.iter().map(ToString::to_string).collect();
            return Err(anyhow::anyhow!("the lists are not published: {}", wanting.join("; ")).into());
        }
    }
    Ok(())
}

fn roots(stage: &Stage) -> Result<Roots> {
    let root = |name: &str| Ok(RootFile { holder: name.to_owned(), key: stage.signer(name)?.key.public() });
    roots_from_text(&roots_to_text(2, &ROOTS.into_iter().map(root).collect::<Result<Vec<_>>>()?))
}

/// The code of a certificate is read, from its paper or from a copy, beside what stands on the paper.
pub(crate) fn scan(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let pair = codes(stage, &one(args, "number")?.parse().map_err(anyhow::Error::from)?)?;
    let paper = on_paper(args)?;
    judge(stage, |trust, clock| pair.verdict(&paper, trust, clock, &Seen::new()))
}

/// A code is read that somebody made with a document key, outside the log, after the pattern of a certificate.
pub(crate) fn forged(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let pair = forge(stage, args)?;
    judge(stage, |trust, clock| pair.verdict(&OnPaper::NOTHING, trust, clock, &Seen::new()))
}

fn forge(stage: &Stage, args: &Args) -> Result<Pair> {
    let pattern: CertificateNumber = nth(args, "number", 1)?.parse()?;
    let mut content = Credential::from_text(&codes(stage, &pattern)?.credential)?.into_content();
    content.number = one(args, "number")?.parse()?;
    let key = stage.signer(&holder(one(args, "key-name")?))?.key;
    Ok(Pair { credential: Credential::sign(&content, &key)?.to_text(), receipt: None })
}

/// Number and check code are typed from a paper; the check code is that of a certificate.
pub(crate) fn typed(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let check_code = check_code_of(stage, nth(args, "number", 1)?)?;
    let issued_on = maybe(args, "date").map(str::parse).transpose().map_err(anyhow::Error::from)?;
    let presented = Presented::Typed { number: one(args, "number")?, check_code: &check_code, issued_on };
    judge(stage, |trust, clock| verify(&presented, trust, clock, &Seen::new()))
}

fn check_code_of(stage: &Stage, number: &str) -> Result<String> {
    let credential = Credential::from_text(&codes(stage, &number.parse()?)?.credential)?;
    Ok(credential.check_code().to_string())
}

fn codes(stage: &Stage, number: &CertificateNumber) -> Result<Pair> {
    let copy = stage.node.signed_copy(number)?;
    Ok(Pair::of_copy(&copy.with_context(|| {
        format!("{number} was not signed; a story lays the key open (`open key`) before it is validated")
    })?))
}

fn on_paper(args: &Args) -> Result<OnPaper> {
    Ok(OnPaper {
        number: nth(args, "number", 1).ok().map(str::parse).transpose()?,
        carats: maybe(args, "carats").and_then(slot::carats),
        value: maybe(args, "usd").and_then(slot::usd),
    })
}

/// The desk judges by the lists published last, on the evening of the day.
fn judge(stage: &mut Stage, judged: impl Fn(Option<&TrustData>, Clock) -> Judged) -> Result<(), Stop> {
    let trust = stage.lists.as_deref().cloned().map(TrustData::new);
    stage.verdict = Some(judged(trust.as_ref(), Clock::reading(evening(stage)?)));
    Ok(())
}

/// What it said. A red verdict stops whoever presents the paper.
pub(crate) fn verdict(stage: &Stage, args: &Args) -> Result<Sight> {
    let verdict =
        stage.verdict.as_ref().context("nothing was laid before the desk; `scan` or `type` does")?;
    let speaker = Speaker::new(Language::English);
    let found = format!("{}: {}", speaker.state(verdict.state), speaker.sentence(verdict));
    let number = verdict.number.as_ref().map(ToString::to_string);
    let about = maybe(args, "number").is_none_or(|expected| Some(expected) == number.as_deref());
    let holds = verdict.reason().key() == one(args, "verdict")? && about;
    let shows = (verdict.state == State::Red).then_some(Verdict::Stopped);
    Ok(Sight { holds, found, shows })
}
