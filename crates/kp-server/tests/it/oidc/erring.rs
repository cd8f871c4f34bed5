//! A provider of ours that errs as it is told: the code that it is asked to redeem says in which way, about whom, and with which
//! nonce.

use std::{
    io::{Read, Write},
    net::TcpListener,
    sync::{Arc, Mutex, MutexGuard},
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use kp_server::{Clock, Https};
use ring::{
    hmac,
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::{Value, json};
use tokio_rustls::rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    crypto::ring::default_provider,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};

pub(crate) const SECRET: &str = "between the two of us";

pub(crate) struct Erring {
    issuer: String,
    inner: Arc<Mutex<Inner>>,
}

struct Inner {
    key: EcdsaKeyPair,
    key_id: String,
    keys_fetched: usize,
}

fn new_key() -> EcdsaKeyPair {
    let (kind, random) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(kind, &random).expect("a key is made");
    EcdsaKeyPair::from_pkcs8(kind, pkcs8.as_ref(), &random).expect("a key is read")
}

impl Erring {
    pub(crate) fn new(clock: Clock) -> Self {
        Self::of(clock, None)
    }

    /// Over TLS, under a certificate that an authority of its own made for 127.0.0.1.
    pub(crate) fn over_tls(clock: Clock, https: &Https) -> Self {
        let chain = CertificateDer::pem_slice_iter(https.certificates.as_bytes());
        let chain = chain.collect::<Result<Vec<_>, _>>().expect("the certificates read");
        let key = PrivateKeyDer::from_pem_slice(https.key.as_bytes()).expect("the key reads");
        let builder = ServerConfig::builder_with_provider(Arc::new(default_provider()));
        let builder = builder.with_safe_default_protocol_versions().expect("versions");
        let tls = builder.with_no_client_auth().with_single_cert(chain, key).expect("they belong together");
        Self::of(clock, Some(Arc::new(tls)))
    }

    fn of(clock: Clock, tls: Option<Arc<ServerConfig>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let scheme = if tls.is_some() { "https" } else { "http" };
        let issuer = format!("{scheme}://{}", listener.local_addr().expect("an address"));
        let inner = Inner { key: new_key(), key_id: "key-1".into(), keys_fetched: 0 };
        let inner = Arc::new(Mutex::new(inner));
        let (own, name) = (Arc::clone(&inner), issuer.clone());
        std::thread::spawn(move || {
            for mut stream in listener.incoming().map_while(Result::ok) {
                let answers = |asked: &str| answer(&name, &own, &clock, asked);
                match &tls {
                    None => serve_one(&mut stream, answers),
                    Some(tls) => {
                        let connection = ServerConnection::new(Arc::clone(tls)).expect("a connection");
                        serve_one(&mut StreamOwned::new(connection, stream), answers);
                    }
                }
            }
        });
        Self { issuer, inner }
    }

    pub(crate) fn issuer(&self) -> &str {
        &self.issuer
    }

    pub(crate) fn change_keys(&self) {
        let mut inner = lock(&self.inner);
        inner.key = new_key();
        inner.key_id = "key-2".into();
    }

    pub(crate) fn keys_fetched(&self) -> usize {
        lock(&self.inner).keys_fetched
    }
}

fn lock(inner: &Mutex<Inner>) -> MutexGuard<'_, Inner> {
    inner.lock().expect("nobody panicked with the provider")
}

fn serve_one(stream: &mut (impl Read + Write), answers: impl Fn(&str) -> (&'static str, String)) {
    let asked = request(stream);
    // A client that believes no certificate of ours asks nothing.
    if asked.is_empty() {
        return;
    }
    let (kind, body) = answers(&asked);
    let head = format!(
        "HTTP/1.1 {kind}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    // Whoever asked may be gone.
    stream.write_all(format!("{head}{body}").as_bytes()).and_then(|()| stream.flush()).unwrap_or_default();
}

/// The path, or the body of what is sent.
fn request(stream: &mut impl Read) -> String {
    let (mut all, mut piece) = (Vec::new(), [0; 4096]);
    loop {
        let read = stream.read(&mut piece).unwrap_or(0);
        all.extend_from_slice(&piece[..read]);
        let text = String::from_utf8_lossy(&all).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            if read == 0 {
                return String::new();
            }
            continue;
        };
        let length = head
            .to_lowercase()
            .split("content-length: ")
            .nth(1)
            .and_then(|rest| rest.split("\r\n").next()?.trim().parse::<usize>().ok());
        if read == 0 || body.len() >= length.unwrap_or(0) {
            let path = head.split(' ').nth(1).unwrap_or_default();
            return if path == "/token" { body.to_owned() } else { path.to_owned() };
        }
    }
}

fn answer(issuer: &str, inner: &Mutex<Inner>, clock: &Clock, asked: &str) -> (&'static str, String) {
    match asked {
        "/.well-known/openid-configuration" => ("200 OK", about(issuer).to_string()),
        "/keys" => {
            let mut inner = lock(inner);
            inner.keys_fetched += 1;
            let point = inner.key.public_key().as_ref();
            let key = json!({
                "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": inner.key_id,
                "x": BASE64.encode(&point[1..33]), "y": BASE64.encode(&point[33..65]),
            });
            ("200 OK", json!({ "keys": [key] }).to_string())
        }
        form => {
            let code = form.split('&').find_map(|pair| pair.strip_prefix("code=")).unwrap_or_default();
            let mut parts = code.split('.');
            let mut next = || parts.next().unwrap_or_default();
            let (way, subject, nonce) = (next(), next(), next());
            assert!(form.contains("code_verifier="), "{form}");
            match way {
                "refused" => ("400 Bad Request", json!({"error": "invalid_grant"}).to_string()),
                "garbage" => ("200 OK", "<html>".to_owned()),
                way => {
                    let token = token(&lock(inner), issuer, clock().as_second(), (way, subject, nonce));
                    let answer =
                        json!({"access_token": "for nothing", "token_type": "Bearer", "id_token": token});
                    ("200 OK", answer.to_string())
                }
            }
        }
    }
}

fn about(issuer: &str) -> Value {
    json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256", "HS256", "none"],
    })
}

fn token(inner: &Inner, issuer: &str, now: i64, (way, subject, nonce): (&str, &str, &str)) -> String {
    let mut claims = json!({
        "iss": issuer, "sub": subject, "aud": "kpcs", "nonce": nonce, "azp": "kpcs",
        "iat": now, "exp": now + 300, "auth_time": now,
    });
    let mut put = |name: &str, value: Value| claims[name] = value;
    match way {
        "nonce" => put("nonce", "another".into()),
        "no-nonce" => put("nonce", Value::Null),
        "audience" => put("aud", "another".into()),
        "audiences" => put("aud", json!(["kpcs", "another"])),
        "issuer" => put("iss", "https://elsewhere.example".into()),
        "azp" => put("azp", "another".into()),
        "expired" => put("exp", (now - 121).into()),
        "future" => put("iat", (now + 121).into()),
        "stale" => put("iat", (now - 121).into()),
        "old" => put("auth_time", (now - 3600).into()),
        "no-auth-time" => put("auth_time", Value::Null),
        "nobody" => put("sub", "".into()),
        _ => {}
    }
    if let Some(claims) = claims.as_object_mut() {
        claims.retain(|_, value| !value.is_null());
    }
    let (algorithm, key_id) = match way {
        "none" => ("none", inner.key_id.as_str()),
        "hs256" => ("HS256", inner.key_id.as_str()),
        "unknown-key" => ("ES256", "key-9"),
        _ => ("ES256", inner.key_id.as_str()),
    };
    let encoded = |value: &Value| BASE64.encode(value.to_string());
    let head = encoded(&json!({"alg": algorithm, "kid": key_id, "typ": "JWT"}));
    let signed = format!("{head}.{}", encoded(&claims));
    let by = |key: &EcdsaKeyPair| {
        let signature = key.sign(&SystemRandom::new(), signed.as_bytes()).expect("it is signed");
        BASE64.encode(signature)
    };
    let signature = match way {
        "none" => String::new(),
        "hs256" => {
            let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
            BASE64.encode(hmac::sign(&key, signed.as_bytes()))
        }
        "forged" | "unknown-key" => by(&new_key()),
        _ => by(&inner.key),
    };
    format!("{signed}.{signature}")
}
