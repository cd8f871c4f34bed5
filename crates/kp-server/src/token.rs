//! Random texts, and the tokens that forms carry: only a page of ours, opened in this browser, has the right one.

use anyhow::Result;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// Works the tokens out from cookies, under a secret of this process.
pub(crate) struct FormTokens {
    secret: [u8; 32],
}

impl FormTokens {
    pub(crate) fn new() -> Result<Self> {
        Ok(Self { secret: random_bytes()? })
    }

    /// The token that forms of this cookie carry. Masked anew for each page, so that it never appears twice in
    /// compressed answers beside text an attacker chose.
    pub(crate) fn form_token(&self, cookie: &str) -> Result<String> {
        let mask: [u8; 32] = random_bytes()?;
        let mut masked = mask.to_vec();
        masked.extend(self.token_of(cookie).iter().zip(mask).map(|(t, m)| t ^ m));
        Ok(URL_SAFE_NO_PAD.encode(masked))
    }

    /// Whether a form's token belongs to this cookie. Compared without stopping at the first difference.
    pub(crate) fn is_form_token(&self, cookie: &str, typed: &str) -> bool {
        let Ok(masked) = URL_SAFE_NO_PAD.decode(typed) else { return false };
        let Some((mask, token)) = masked.split_at_checked(32).filter(|(_, token)| token.len() == 32) else {
            return false;
        };
        let expected = self.token_of(cookie);
        let differing = expected.iter().zip(mask).zip(token).fold(0, |all, ((e, m), t)| all | (e ^ m ^ t));
        differing == 0
    }

    fn token_of(&self, cookie: &str) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(self.secret);
        hash.update(cookie.as_bytes());
        // Hashed twice over the secret: the length of what is hashed inside cannot be extended from outside.
        let inner = hash.finalize();
        let mut outer = Sha256::new();
        outer.update(self.secret);
        outer.update(inner);
        outer.finalize().into()
    }
}

pub(crate) fn random_bytes<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|e| anyhow::anyhow!("the system gave no random bytes: {e}"))?;
    Ok(bytes)
}

/// So many random bytes as text for a cookie, a token or a reference.
pub(crate) fn random_text(bytes: usize) -> Result<String> {
    let random: [u8; 32] = random_bytes()?;
    Ok(URL_SAFE_NO_PAD.encode(random.get(..bytes).unwrap_or(&random)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_token_belongs_to_one_cookie_and_looks_different_each_time() {
        let tokens = FormTokens::new().unwrap();
        let (one, two) = (tokens.form_token("a").unwrap(), tokens.form_token("a").unwrap());
        assert_ne!(one, two);
        assert!(tokens.is_form_token("a", &one) && tokens.is_form_token("a", &two));
        assert!(!tokens.is_form_token("b", &one));
        assert!(!tokens.is_form_token("a", ""));
        assert!(!tokens.is_form_token("a", &one[..40]));
        assert!(!FormTokens::new().unwrap().is_form_token("a", &one));
    }
}
