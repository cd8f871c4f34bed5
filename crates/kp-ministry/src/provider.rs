//! The provider at work: found by discovery, asked with PKCE, its answer held against everything that was asked.
//!
//! The library checks issuer, audience, expiry, nonce and signature; it leaves `azp`, `iat` and `auth_time` to us, and would
//! take a token signed with the client's secret. Only asymmetric algorithms are taken here. An unknown key has the keys fetched
//! anew, at most once a minute, so that nobody makes this node call out with invented tokens.

use std::{
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

use anyhow::Result;
use jiff::{SignedDuration, Timestamp};
use kp_accounts::ministry::{Failed, Proven, Provider, Question, SKEW};
use openidconnect::{
    AuthType, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken, DiscoveryError,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, JsonWebKeySet, Nonce, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, RequestTokenError, Scope, SignatureVerificationError, TokenResponse,
    core::{
        CoreAuthPrompt, CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreIdToken,
        CoreIdTokenClaims, CoreIdTokenVerifier, CoreJwsSigningAlgorithm, CoreProviderMetadata,
    },
    url::Url,
};
use ureq::Agent;

use crate::{
    carried::{agent, carry},
    configuration::{Configuration, SECRET, is_this_machine},
};

/// Only these: a key that verifies must not be one that signs.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];
/// How long what a provider says about itself is believed without asking again.
const METADATA_SERVES: SignedDuration = SignedDuration::from_hours(1);
/// How soon its keys may be fetched again for an unknown one.
const KEYS_AGAIN: SignedDuration = SignedDuration::from_mins(1);
/// Longest name of a person (OpenID Connect core 2).
const LONGEST_SUBJECT: usize = 255;

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// A ministry's provider.
pub struct Ministry {
    configuration: Configuration,
    agent: Agent,
    found: Mutex<Option<Found>>,
}

/// What it says about itself.
#[derive(Clone)]
struct Found {
    metadata: CoreProviderMetadata,
    at: Timestamp,
    keys_at: Timestamp,
}

/// A provider in words, for whoever sets it up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described {
    /// As it names itself.
    pub issuer: String,
    /// Where browsers are sent.
    pub authorization: String,
    /// Where codes are redeemed.
    pub token: String,
    /// How we say who we are.
    pub client: &'static str,
    /// How many keys it signs with.
    pub keys: usize,
}

impl Ministry {
    /// The provider of a data folder; none where the folder names none.
    ///
    /// # Errors
    /// Where `ministry.toml` does not read, or says what cannot serve.
    pub fn of_folder(folder: &Path) -> Result<Option<Self>> {
        let from_environment = std::env::var(SECRET).ok().filter(|text| !text.is_empty());
        let Some(configuration) = Configuration::of_folder(folder, from_environment)? else {
            return Ok(None);
        };
        let agent = agent(&configuration)?;
        Ok(Some(Self { configuration, agent, found: Mutex::default() }))
    }

    /// Asks the provider what it says about itself, and whether that serves.
    ///
    /// # Errors
    /// Where it is not reached, or what it says does not serve.
    pub fn describe(&self, now: Timestamp) -> Result<Described, Failed> {
        let found = self.fetch(now)?;
        let method = self.auth_type(&found.metadata)?;
        Ok(Described {
            issuer: self.configuration.issuer.to_string(),
            authorization: found.metadata.authorization_endpoint().to_string(),
            token: found.metadata.token_endpoint().map(ToString::to_string).unwrap_or_default(),
            client: match method {
                AuthType::RequestBody => "client_secret_post",
                _ => "client_secret_basic",
            },
            keys: found.metadata.jwks().keys().len(),
        })
    }

    fn found(&self, now: Timestamp) -> Result<Found, Failed> {
        let kept = self.lock().clone();
        match kept.filter(|found| now.duration_since(found.at) < METADATA_SERVES) {
            Some(found) => Ok(found),
            None => self.fetch(now),
        }
    }

    fn fetch(&self, now: Timestamp) -> Result<Found, Failed> {
        let call = |request| carry(&self.agent, request);
        let metadata =
            CoreProviderMetadata::discover(&self.configuration.issuer, &call).map_err(not_discovered)?;
        let token = metadata.token_endpoint().map(|endpoint| endpoint.url());
        let all = [Some(metadata.authorization_endpoint().url()), token];
        if token.is_none() {
            return Err(Failed::NotReached("it names no token_endpoint, so it gives no codes".into()));
        }
        if let Some(bare) = all.into_iter().flatten().find(|url| !self.may_lead_to(url)) {
            return Err(Failed::NotReached(format!("it names {bare}, which is not https")));
        }
        let found = Found { metadata, at: now, keys_at: now };
        *self.lock() = Some(found.clone());
        Ok(found)
    }

    fn may_lead_to(&self, url: &Url) -> bool {
        url.scheme() == "https" || (self.configuration.is_local && is_this_machine(url))
    }

    /// The provider with its keys of this moment, unless they were fetched a moment ago.
    fn with_new_keys(&self, found: &Found, now: Timestamp) -> Result<Option<Found>, Failed> {
        if now.duration_since(found.keys_at) < KEYS_AGAIN {
            return Ok(None);
        }
        let call = |request| carry(&self.agent, request);
        let keys = JsonWebKeySet::fetch(found.metadata.jwks_uri(), &call).map_err(not_discovered)?;
        let renewed =
            Found { metadata: found.metadata.clone().set_jwks(keys), keys_at: now, ..found.clone() };
        *self.lock() = Some(renewed.clone());
        Ok(Some(renewed))
    }

    fn client(&self, found: &Found, redirect: &str) -> Result<Client, Failed> {
        let redirect = RedirectUrl::new(redirect.to_owned())
            .map_err(|error| Failed::NotReached(format!("{redirect} cannot be come back to: {error}")))?;
        let secret = ClientSecret::new(self.configuration.secret.to_string());
        let client =
            CoreClient::from_provider_metadata(found.metadata.clone(), self.client_id(), Some(secret));
        Ok(client.set_redirect_uri(redirect).set_auth_type(self.auth_type(&found.metadata)?))
    }

    fn client_id(&self) -> ClientId {
        ClientId::new(self.configuration.client_id.clone())
    }

    /// How we say who we are: in the header, unless the provider takes the secret in the form only.
    fn auth_type(&self, metadata: &CoreProviderMetadata) -> Result<AuthType, Failed> {
        let methods = metadata.token_endpoint_auth_methods_supported();
        let takes = |method| methods.is_none_or(|methods| methods.contains(&method));
        if takes(CoreClientAuthMethod::ClientSecretBasic) {
            Ok(AuthType::BasicAuth)
        } else if takes(CoreClientAuthMethod::ClientSecretPost) {
            Ok(AuthType::RequestBody)
        } else {
            Err(Failed::NotReached(
                "it takes neither client_secret_basic nor client_secret_post from its clients".into(),
            ))
        }
    }

    /// The claims of a token, or why they do not hold.
    fn claims(
        &self,
        token: &CoreIdToken,
        question: &Question,
        found: &Found,
        now: Timestamp,
    ) -> Result<CoreIdTokenClaims, ClaimsVerificationError> {
        let at =
            |instant: Timestamp| chrono::DateTime::from_timestamp(instant.as_second(), 0).unwrap_or_default();
        let (skew, oldest) = (SKEW.as_secs(), question.asked_at().as_second() - SKEW.as_secs());
        let issued = move |issued: chrono::DateTime<chrono::Utc>| {
            let latest = now.as_second() + skew;
            match (oldest..=latest).contains(&issued.timestamp()) {
                true => Ok(()),
                false => Err(format!("issued at {issued}, which is not between the question and now")),
            }
        };
        let signed_in = |signed_in: Option<chrono::DateTime<chrono::Utc>>| match signed_in {
            Some(at) if question.is_met_by(instant(at), now) => Ok(()),
            Some(at) => {
                Err(format!("the person signed in there at {at}, which is longer ago than was asked for"))
            }
            None => Err("auth_time is missing: the provider has to be told to give it".to_owned()),
        };
        let verifier = CoreIdTokenVerifier::new_public_client(
            self.client_id(),
            self.configuration.issuer.clone(),
            found.metadata.jwks().clone(),
        )
        .set_allowed_algs(ALGORITHMS)
        .set_time_fn(move || at(now - SKEW))
        .set_issue_time_verifier_fn(issued)
        .set_auth_time_verifier_fn(signed_in);
        let nonce = Nonce::new(question.nonce.clone());
        token.claims(&verifier, &nonce).cloned()
    }

    fn lock(&self) -> MutexGuard<'_, Option<Found>> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Provider for Ministry {
    fn issuer(&self) -> &str {
        self.configuration.issuer.as_str()
    }

    fn label(&self, language: &str) -> Option<&str> {
        self.configuration.label.get(language).map(String::as_str)
    }

    fn session_minutes(&self) -> i64 {
        self.configuration.session_minutes
    }

    fn reach(&self, now: Timestamp) -> Result<(), Failed> {
        self.describe(now).map(|_| ())
    }

    fn address(&self, question: &Question, state: &str) -> Result<String, Failed> {
        let found = self.found(question.asked_at())?;
        let client = self.client(&found, &question.redirect)?;
        let verifier = PkceCodeVerifier::new(question.verifier.clone());
        let seconds = u64::try_from(question.session_minutes.saturating_mul(60)).unwrap_or_default();
        let (state, nonce) = (state.to_owned(), question.nonce.clone());
        let mut request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .add_scopes(self.configuration.scopes.iter().cloned().map(Scope::new))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            // With it the provider has to say when the person signed in (OpenID Connect core 3.1.2.1).
            .set_max_age(std::time::Duration::from_secs(seconds));
        if question.session_minutes == 0 {
            request = request.add_prompt(CoreAuthPrompt::Login);
        }
        Ok(request.url().0.to_string())
    }

    fn proven(&self, question: &Question, code: &str, now: Timestamp) -> Result<Proven, Failed> {
        let found = self.found(now)?;
        let client = self.client(&found, &question.redirect)?;
        let call = |request| carry(&self.agent, request);
        let answer = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|error| Failed::NotReached(error.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(question.verifier.clone()))
            .request(&call)
            .map_err(not_redeemed)?;
        let token = answer.id_token().ok_or_else(|| not_proven("it gave no ID token"))?;
        let claims = match self.claims(token, question, &found, now) {
            Err(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            )) => {
                let renewed = self.with_new_keys(&found, now)?;
                let renewed = renewed.ok_or_else(|| not_proven("its token is signed with an unknown key"))?;
                self.claims(token, question, &renewed, now)
            }
            claims => claims,
        };
        person(&claims.map_err(|error| not_proven(&error.to_string()))?, &self.configuration)
    }
}

/// Who the claims are about. Whom they were made for is said twice where the provider says it at all (`azp`).
fn person(claims: &CoreIdTokenClaims, configuration: &Configuration) -> Result<Proven, Failed> {
    if claims.authorized_party().is_some_and(|party| **party != configuration.client_id) {
        return Err(not_proven("its token was made for another client (azp)"));
    }
    let subject = claims.subject().to_string();
    if subject.is_empty() || subject.len() > LONGEST_SUBJECT || subject.chars().any(char::is_control) {
        return Err(not_proven("its token names nobody (sub)"));
    }
    let auth_at = claims.auth_time().map(instant).ok_or_else(|| not_proven("auth_time is missing"))?;
    let named = claims.name().and_then(|name| name.get(None)).map(|name| name.to_string());
    let name = claims.preferred_username().map(|name| name.to_string()).or(named);
    Ok(Proven {
        issuer: claims.issuer().to_string(),
        name: name.unwrap_or_else(|| subject.clone()),
        subject,
        auth_at,
    })
}

fn instant(at: chrono::DateTime<chrono::Utc>) -> Timestamp {
    Timestamp::from_second(at.timestamp()).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn not_proven(why: &str) -> Failed {
    Failed::NotProven(why.to_owned())
}

fn not_discovered(error: DiscoveryError<ureq::Error>) -> Failed {
    Failed::NotReached(in_full(&error))
}

/// A code that is not redeemed proves nobody; a provider that does not answer is not reached.
fn not_redeemed<T: openidconnect::ErrorResponse + 'static>(
    error: RequestTokenError<ureq::Error, T>,
) -> Failed {
    match &error {
        RequestTokenError::Request(_) => Failed::NotReached(in_full(&error)),
        _ => Failed::NotProven(in_full(&error)),
    }
}

/// An error with everything that is behind it.
fn in_full(error: &dyn std::error::Error) -> String {
    let mut sentence = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        sentence.push_str(&format!(": {deeper}"));
        cause = deeper.source();
    }
    sentence
}
