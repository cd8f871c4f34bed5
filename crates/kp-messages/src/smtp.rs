//! Mail by SMTP through the office's own server (`mail.toml` in the data folder).
//!
//! ```toml
//! host = "mail.office.example"
//! port = 587
//! security = "starttls"       # tls, starttls; none only to a server on this machine
//! user = "kpcs"
//! password_file = "mail.password"
//! root_file = "office-root.pem"   # where the server's certificate is the office's own
//! from = "kpcs <kpcs@office.example>"
//! ```

use std::{
    path::Path,
    time::{Duration, UNIX_EPOCH},
};

use anyhow::{Context, Result, ensure};
use lettre::{
    Message, SmtpTransport, Transport,
    message::{Mailbox, header::ContentType},
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
    },
};
use serde::Deserialize;

use crate::{Carrier, Refused, Sending};

const LONGEST: Duration = Duration::from_secs(20);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    host: String,
    port: u16,
    security: String,
    user: Option<String>,
    password_file: Option<String>,
    root_file: Option<String>,
    from: String,
}

/// The mail server that an office named.
pub struct MailServer {
    transport: SmtpTransport,
    from: Mailbox,
}

impl MailServer {
    /// The server of a data folder; none where the folder names none.
    ///
    /// # Errors
    /// Where `mail.toml` does not read, or asks for what would send a password in the clear.
    pub fn of_folder(folder: &Path) -> Result<Option<Self>> {
        let path = folder.join("mail.toml");
        if !path.exists() {
            return Ok(None);
        }
        let text = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        Self::of_text(&text, folder).map(Some).with_context(|| format!("in {}", path.display()))
    }

    fn of_text(text: &str, folder: &Path) -> Result<Self> {
        let file: File = toml::from_str(text)?;
        let from: Mailbox = file.from.parse().with_context(|| {
            format!(
                "{:?} does not read as a sender; write for example \"kpcs <kpcs@office.example>\"",
                file.from
            )
        })?;
        let mut parameters = TlsParameters::builder(file.host.clone());
        if let Some(root) = &file.root_file {
            let pem = std::fs::read(folder.join(root)).with_context(|| format!("reading {root}"))?;
            parameters = parameters.add_root_certificate(Certificate::from_pem(&pem)?);
        }
        let tls = match file.security.as_str() {
            "tls" => Tls::Wrapper(parameters.build()?),
            "starttls" => Tls::Required(parameters.build()?),
            "none" => {
                let here = matches!(file.host.as_str(), "localhost" | "127.0.0.1" | "::1");
                ensure!(
                    here,
                    "security = \"none\" is for a mail server on this machine only, not for {}",
                    file.host
                );
                Tls::None
            }
            other => anyhow::bail!(
                "security is {other:?}; write tls, starttls, or none for a server on this machine"
            ),
        };
        let mut builder =
            SmtpTransport::builder_dangerous(&file.host).port(file.port).tls(tls).timeout(Some(LONGEST));
        if let Some(user) = file.user {
            let password = match &file.password_file {
                Some(file) => {
                    std::fs::read_to_string(folder.join(file)).with_context(|| format!("reading {file}"))?
                }
                None => anyhow::bail!("user is given without password_file"),
            };
            builder = builder.credentials(Credentials::new(user, password.trim_end().to_owned()));
        }
        Ok(Self { transport: builder.build(), from })
    }
}

impl Carrier for MailServer {
    fn carry(&self, sending: &Sending<'_>) -> Result<String, Refused> {
        let Sending::Mail { to, subject, body, name, now } = sending else {
            return Err(Refused::for_good("a mail server carries mails only"));
        };
        let wrong = |error: String| Refused::for_good(error);
        let to: Mailbox = to.parse().map_err(|error| wrong(format!("{to:?} is no address: {error}")))?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(*subject)
            .message_id(Some(format!("<{name}@{}>", self.from.email.domain())))
            .date(UNIX_EPOCH + Duration::from_secs(u64::try_from(now.as_second()).unwrap_or_default()))
            // So that no holiday note answers a machine (RFC 3834).
            .raw_header(lettre::message::header::HeaderValue::new(
                lettre::message::header::HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ))
            .header(ContentType::TEXT_PLAIN)
            .body((*body).to_owned())
            .map_err(|error| wrong(error.to_string()))?;
        match self.transport.send(&message) {
            Ok(answer) => Ok(answer.message().collect::<Vec<_>>().join(" ")),
            Err(error) => {
                let mut sentence = error.to_string();
                let mut cause = std::error::Error::source(&error);
                while let Some(deeper) = cause {
                    sentence.push_str(&format!(": {deeper}"));
                    cause = deeper.source();
                }
                // Whoever said no did not take it, nor did who was not reached; of anything else nobody knows.
                let said_no = error.is_permanent() || error.is_transient() || error.is_client();
                let not_reached = error.is_tls() || sentence.starts_with("Connection error");
                Err(Refused { for_good: error.is_permanent(), doubtful: !said_no && !not_reached, sentence })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_goes_in_the_clear_to_another_machine() {
        let text = |host: &str, security: &str| {
            format!("host = {host:?}\nport = 25\nsecurity = {security:?}\nfrom = \"kpcs <k@x.example>\"\n")
        };
        let read =
            |host: &str, security: &str| MailServer::of_text(&text(host, security), Path::new("/nowhere"));
        assert!(read("127.0.0.1", "none").is_ok() && read("mail.example", "starttls").is_ok());
        for (host, security, says) in
            [("mail.example", "none", "this machine only"), ("mail.example", "ssl", "starttls")]
        {
            let error = read(host, security).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(error.contains(says), "{error}");
        }
    }
}
