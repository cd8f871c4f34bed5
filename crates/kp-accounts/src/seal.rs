//! Sealing what the database keeps and what a form carries: ChaCha20-Poly1305 under keys derived from the folder's secret.

use anyhow::{Result, anyhow};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use crate::common::{random, sha256};

/// Seals under one purpose's key. `about` is bound to it: what was sealed about one officer opens about no other.
pub(crate) fn seal(secret: &[u8; 32], about: &str, plain: &[u8]) -> Result<Vec<u8>> {
    let nonce: [u8; NONCE_LEN] = random()?;
    let mut sealed = plain.to_vec();
    key(secret)?
        .seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(about.as_bytes()),
            &mut sealed,
        )
        .map_err(|_| anyhow!("sealing failed"))?;
    Ok([nonce.as_slice(), &sealed].concat())
}

/// Opens what [`seal`] made; none where it was altered, is about something else, or was sealed elsewhere.
pub(crate) fn open(secret: &[u8; 32], about: &str, sealed: &[u8]) -> Result<Option<Vec<u8>>> {
    let Some((nonce, rest)) = sealed.split_first_chunk::<NONCE_LEN>() else { return Ok(None) };
    let mut bytes = rest.to_vec();
    let nonce = Nonce::assume_unique_for_key(*nonce);
    let opened = key(secret)?.open_in_place(nonce, Aad::from(about.as_bytes()), &mut bytes);
    Ok(opened.ok().map(|plain| plain.to_vec()))
}

fn key(secret: &[u8; 32]) -> Result<LessSafeKey> {
    let bytes = sha256(&[b"kpcs seal", secret]);
    let key =
        UnboundKey::new(&CHACHA20_POLY1305, &bytes).map_err(|_| anyhow!("a sealing key was refused"))?;
    Ok(LessSafeKey::new(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_about_one_opens_about_no_other() {
        let sealed = seal(&[1; 32], "xa-clerk-1", b"secret").unwrap();
        assert_eq!(open(&[1; 32], "xa-clerk-1", &sealed).unwrap().as_deref(), Some(&b"secret"[..]));
        assert_eq!(open(&[1; 32], "xa-clerk-2", &sealed).unwrap(), None);
        assert_eq!(open(&[2; 32], "xa-clerk-1", &sealed).unwrap(), None);
        for at in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[at] ^= 1;
            assert_eq!(open(&[1; 32], "xa-clerk-1", &altered).unwrap(), None, "byte {at}");
        }
        assert_eq!(open(&[1; 32], "xa-clerk-1", &[]).unwrap(), None);
    }
}
