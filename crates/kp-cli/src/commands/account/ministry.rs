//! `kpcs account ministry`: whether `ministry.toml` serves, and whether the provider that it names answers as one does.

use std::path::Path;

use crate::answer::Answer;

#[cfg(feature = "oidc")]
pub(super) fn check(folder: &Path) -> Answer {
    use crate::{answer::Outcome, clock, screen::say};

    let Some(ministry) = kp_ministry::Ministry::of_folder(folder)? else {
        say(&format!(
            "{} is not there: officers sign in with password and code, or with a passkey.",
            folder.join(kp_ministry::FILE).display()
        ))?;
        return Ok(Outcome::Found);
    };
    match ministry.describe(clock::now()) {
        Ok(found) => {
            say(&format!(
                "The file serves, and the provider answers.\n\
                 Issuer:              {}\n\
                 Officers are sent to {}\n\
                 Codes are redeemed   {} ({})\n\
                 Keys                 {}\n\
                 Register there, for each name that desks call this node by:\n  https://NAME/sign-in/ministry/back",
                found.issuer, found.authorization, found.token, found.client, found.keys
            ))?;
            Ok(Outcome::Done)
        }
        Err(failed) => {
            say(&format!(
                "The file serves, but {failed}\nUntil that is settled, officers sign in with password and code, or with a passkey."
            ))?;
            Ok(Outcome::Found)
        }
    }
}

#[cfg(not(feature = "oidc"))]
pub(super) fn check(_: &Path) -> Answer {
    let error = anyhow::anyhow!(
        "this kpcs was built without it; build one with `cargo build --release --features kp-cli/oidc`"
    );
    Err(error.into())
}
