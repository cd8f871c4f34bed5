//! An authenticator in software: makes passkeys and shows them as a browser passes them on.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ciborium::Value;
use kp_accounts::passkey::{NewPasskey, Shown, Site};
use ring::{
    rand::SystemRandom,
    signature::{
        ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
    },
};

enum Key {
    Es256(EcdsaKeyPair),
    EdDsa(Ed25519KeyPair),
    Rs256(Box<RsaKeyPair>),
}

pub(crate) struct Authenticator {
    key: Key,
    pub(crate) id: Vec<u8>,
    pub(crate) user: Vec<u8>,
    pub(crate) counter: u32,
    pub(crate) flags: u8,
    pub(crate) secret: Option<[u8; 32]>,
}

fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl Authenticator {
    pub(crate) fn new(algorithm: &str, user: &[u8]) -> Self {
        let random = SystemRandom::new();
        let key = match algorithm {
            "ES256" => {
                let of = &ECDSA_P256_SHA256_ASN1_SIGNING;
                let pkcs8 = EcdsaKeyPair::generate_pkcs8(of, &random).unwrap();
                Key::Es256(EcdsaKeyPair::from_pkcs8(of, pkcs8.as_ref(), &random).unwrap())
            }
            "EdDSA" => Key::EdDsa(Ed25519KeyPair::from_seed_unchecked(&[3; 32]).unwrap()),
            _ => {
                let der = include_bytes!("../data/rsa_of_the_tests.der");
                Key::Rs256(Box::new(RsaKeyPair::from_pkcs8(der).unwrap()))
            }
        };
        let id = [algorithm.as_bytes(), user].concat();
        Self { key, id, user: user.to_vec(), counter: 0, flags: 0x05, secret: Some([8; 32]) }
    }

    fn cose(&self) -> Vec<u8> {
        let bytes = |b: &[u8]| Value::Bytes(b.to_vec());
        let pairs: Vec<(i64, Value)> = match &self.key {
            Key::Es256(key) => {
                let point = key.public_key().as_ref();
                vec![
                    (1, 2.into()),
                    (3, (-7).into()),
                    (-1, 1.into()),
                    (-2, bytes(&point[1..33])),
                    (-3, bytes(&point[33..])),
                ]
            }
            Key::EdDsa(key) => {
                vec![(1, 1.into()), (3, (-8).into()), (-1, 6.into()), (-2, bytes(key.public_key().as_ref()))]
            }
            Key::Rs256(key) => {
                let parts = ring::rsa::PublicKeyComponents::<Vec<u8>>::from(key.public_key());
                vec![(1, 3.into()), (3, (-257).into()), (-1, bytes(&parts.n)), (-2, bytes(&parts.e))]
            }
        };
        cbor(&Value::Map(pairs.into_iter().map(|(label, value)| (label.into(), value)).collect()))
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match &self.key {
            Key::Es256(key) => key.sign(&random, message).unwrap().as_ref().to_vec(),
            Key::EdDsa(key) => key.sign(message).as_ref().to_vec(),
            Key::Rs256(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature).unwrap();
                signature
            }
        }
    }

    fn data(&self, site: &Site, attested: bool) -> Vec<u8> {
        let flags = self.flags | if attested { 0x40 } else { 0 };
        let mut data = kp_sign::sha256(site.name.as_bytes()).to_vec();
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        if attested {
            data.extend([0; 16]);
            data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
            data.extend(&self.id);
            data.extend(self.cose());
        }
        data
    }

    fn secret(&self) -> serde_json::Value {
        self.secret.map(|secret| encoded(&secret)).into()
    }

    pub(crate) fn made(&self, site: &Site, challenge: &[u8]) -> NewPasskey {
        let object = cbor(&Value::Map(vec![
            (Value::Text("fmt".into()), Value::Text("none".into())),
            (Value::Text("attStmt".into()), Value::Map(Vec::new())),
            (Value::Text("authData".into()), Value::Bytes(self.data(site, true))),
        ]));
        let sent = serde_json::json!({
            "client_data": encoded(&client_data("webauthn.create", site, challenge)),
            "attestation": encoded(&object),
            "secret": self.secret(),
        });
        NewPasskey::read(&sent.to_string()).unwrap()
    }

    /// Counts, where it counts at all, and shows the passkey.
    pub(crate) fn shown(&mut self, site: &Site, challenge: &[u8]) -> Shown {
        self.counter += u32::from(self.counter > 0);
        let data = self.data(site, false);
        let client_data = client_data("webauthn.get", site, challenge);
        let signature = self.sign(&[data.as_slice(), &kp_sign::sha256(&client_data)].concat());
        let sent = serde_json::json!({
            "id": encoded(&self.id),
            "client_data": encoded(&client_data),
            "authenticator": encoded(&data),
            "signature": encoded(&signature),
            "user": encoded(&self.user),
            "secret": self.secret(),
        });
        Shown::read(&sent.to_string()).unwrap()
    }
}

fn client_data(kind: &str, site: &Site, challenge: &[u8]) -> Vec<u8> {
    let said = serde_json::json!({"type": kind, "challenge": encoded(challenge), "origin": site.origin});
    said.to_string().into_bytes()
}

fn cbor(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).unwrap();
    bytes
}
