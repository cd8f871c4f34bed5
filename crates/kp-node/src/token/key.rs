//! The token itself: opened, asked for its public point, asked to sign.
//!
//! `CKM_ECDSA` over our own SHA-256 digest, because every token has it; the answer is brought to its low-S form (many
//! tokens do not care) and checked against the public half before anybody sees it, so that a failing token never issues a
//! certificate that nobody can verify. A token that was pulled and put back is opened once more with the same PIN.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use anyhow::{Context, Result, bail, ensure};
use cryptoki::{
    context::{CInitializeArgs, CInitializeFlags, Pkcs11},
    error::{Error, RvError},
    mechanism::Mechanism,
    object::{Attribute, AttributeType, KeyType, ObjectClass, ObjectHandle},
    session::{Session, UserType},
    types::AuthPin,
};
use kp_sign::{KeyError, MessageSigner, PublicKey};
use zeroize::Zeroizing;

use super::TokenPlace;

/// The curve P-256 as the token wants it: the DER of its object identifier 1.2.840.10045.3.1.7.
const P256: [u8; 10] = [0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];

/// Libraries that were started. A library may be started once in a process, whatever the number of tokens behind it.
static STARTED: Mutex<BTreeMap<PathBuf, Pkcs11>> = Mutex::new(BTreeMap::new());

/// A P-256 key that stays in its token.
pub struct TokenKey {
    place: TokenPlace,
    pin: Zeroizing<String>,
    public: PublicKey,
    open: Mutex<Open>,
}

struct Open {
    session: Session,
    private: ObjectHandle,
    /// The PIN no longer opens it: tried once, never again, because tokens lock after a few wrong ones.
    shut: bool,
}

impl std::fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TokenKey({} in {})", self.public.id(), self.place.token)
    }
}

impl TokenKey {
    /// Opens the key that lies at a place.
    ///
    /// # Errors
    /// Where library, token or key are not found, the PIN is wrong, or the key is not on P-256.
    pub fn open(place: &TokenPlace, pin: &str) -> Result<Self> {
        let session = log_in(place, pin)?;
        let private = the_one(&session, place, ObjectClass::PRIVATE_KEY)?;
        let public = public_half(&session, the_one(&session, place, ObjectClass::PUBLIC_KEY)?)?;
        let open = Mutex::new(Open { session, private, shut: false });
        Ok(Self { place: place.clone(), pin: Zeroizing::new(pin.to_owned()), public, open })
    }

    /// Makes a key inside the token; it can never leave it.
    ///
    /// # Errors
    /// Where a key of that label lies there already, or as [`TokenKey::open`].
    pub fn make(place: &TokenPlace, pin: &str) -> Result<Self> {
        let session = log_in(place, pin)?;
        let label = Attribute::Label(place.key.as_bytes().to_vec());
        let there = session.find_objects(std::slice::from_ref(&label)).context("looking into the token")?;
        ensure!(
            there.is_empty(),
            "a key {:?} lies in the token {:?} already; give another label",
            place.key,
            place.token
        );
        let id = Attribute::Id(place.key.as_bytes().to_vec());
        let public = [
            Attribute::Token(true),
            Attribute::Private(false),
            Attribute::KeyType(KeyType::EC),
            Attribute::EcParams(P256.to_vec()),
            Attribute::Verify(true),
            label.clone(),
            id.clone(),
        ];
        let private = [
            Attribute::Token(true),
            Attribute::Private(true),
            Attribute::Sensitive(true),
            Attribute::Extractable(false),
            Attribute::Sign(true),
            label,
            id,
        ];
        session
            .generate_key_pair(&Mechanism::EccKeyPairGen, &public, &private)
            .with_context(|| format!("making a key in the token {:?}", place.token))?;
        drop(session);
        Self::open(place, pin)
    }

    /// Removes a key from its token: for a key whose act was refused, and at the end of a key's life.
    ///
    /// # Errors
    /// Where the token does not do it.
    pub fn destroy(self) -> Result<()> {
        let open = self.open.into_inner().unwrap_or_else(PoisonError::into_inner);
        let public = the_one(&open.session, &self.place, ObjectClass::PUBLIC_KEY)?;
        for object in [open.private, public] {
            open.session.destroy_object(object).context("removing the key from the token")?;
        }
        Ok(())
    }

    fn sign(&self, digest: &[u8]) -> Result<Vec<u8>> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        ensure!(
            !open.shut,
            "the token {:?} no longer opens with its PIN; open the key again",
            self.place.token
        );
        match open.session.sign(&Mechanism::Ecdsa, open.private, digest) {
            Ok(signature) => return Ok(signature),
            Err(Error::Pkcs11(error, _)) if was_pulled(error) => {}
            Err(error) => return Err(error.into()),
        }
        open.shut = true;
        let session = log_in(&self.place, &self.pin)?;
        let private = the_one(&session, &self.place, ObjectClass::PRIVATE_KEY)?;
        *open = Open { session, private, shut: false };
        Ok(open.session.sign(&Mechanism::Ecdsa, open.private, digest)?)
    }
}

/// Whether a token answers as one that was pulled out and put back, or that somebody logged out.
const fn was_pulled(error: RvError) -> bool {
    matches!(
        error,
        RvError::SessionHandleInvalid
            | RvError::SessionClosed
            | RvError::DeviceRemoved
            | RvError::TokenNotPresent
            | RvError::UserNotLoggedIn
            | RvError::KeyHandleInvalid
            | RvError::ObjectHandleInvalid
    )
}

impl MessageSigner for TokenKey {
    fn public(&self) -> PublicKey {
        self.public.clone()
    }

    fn sign_message(&self, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        let answer = self.sign(&kp_sign::sha256(message));
        let signature = kp_sign::low_s(&answer.map_err(|error| KeyError::Token(format!("{error:#}")))?)?;
        self.public.check_signature(message, &signature)?;
        Ok(signature)
    }
}

fn library(module: &PathBuf) -> Result<Pkcs11> {
    let mut started = STARTED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(library) = started.get(module) {
        return Ok(library.clone());
    }
    let library = Pkcs11::new(module).with_context(|| {
        format!("loading {}, the library of the token's maker; is it installed?", module.display())
    })?;
    library
        .initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK))
        .with_context(|| format!("starting {}", module.display()))?;
    started.insert(module.clone(), library.clone());
    Ok(library)
}

fn log_in(place: &TokenPlace, pin: &str) -> Result<Session> {
    let library = library(&place.module)?;
    let mut labels = Vec::new();
    for slot in library.get_slots_with_token().context("asking for tokens")? {
        let label =
            library.get_token_info(slot).context("asking a token who it is")?.label().trim_end().to_owned();
        if label == place.token {
            let session = library.open_rw_session(slot).context("opening the token")?;
            let pin = AuthPin::new(pin.to_owned().into_boxed_str());
            match session.login(UserType::User, Some(&pin)) {
                Ok(()) => {}
                // The login is the process's, and another session holds it.
                Err(Error::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => {}
                Err(error) => bail!(
                    "the token {label:?} did not open ({error}); check the PIN: most tokens lock after a few wrong ones"
                ),
            }
            return Ok(session);
        }
        labels.push(label);
    }
    bail!("no token is labelled {:?}; those that are in: {}", place.token, labels.join(", "))
}

fn the_one(session: &Session, place: &TokenPlace, class: ObjectClass) -> Result<ObjectHandle> {
    let wanted = [
        Attribute::Class(class),
        Attribute::KeyType(KeyType::EC),
        Attribute::Label(place.key.as_bytes().to_vec()),
    ];
    let found = session.find_objects(&wanted).context("looking for the key")?;
    match found.as_slice() {
        [one] => Ok(*one),
        [] => bail!("no key {:?} lies in the token {:?}", place.key, place.token),
        many => bail!("{} keys are labelled {:?} in the token {:?}", many.len(), place.key, place.token),
    }
}

/// The public point: an octet string of 65 bytes, wrapped in DER as the standard says, or bare as some tokens give it.
fn public_half(session: &Session, object: ObjectHandle) -> Result<PublicKey> {
    let attributes = session.get_attributes(object, &[AttributeType::EcPoint, AttributeType::EcParams])?;
    let point = attributes.iter().find_map(|attribute| match attribute {
        Attribute::EcPoint(point) => Some(point.as_slice()),
        _ => None,
    });
    let on_p256 = attributes.iter().any(|a| matches!(a, Attribute::EcParams(params) if *params == P256));
    ensure!(on_p256, "the key in the token is not on the curve P-256");
    let point = point.context("the token does not show the key's public point")?;
    let bare = point.strip_prefix(&[0x04, 0x41]).filter(|bare| bare.len() == 65).unwrap_or(point);
    let [0x04, coordinates @ ..] = bare else { bail!("the token shows the public point in an unknown form") };
    ensure!(coordinates.len() == 64, "the token shows a public point of {} bytes", bare.len());
    let (x, y) = coordinates.split_at(32);
    let parity = 2 + (y.last().copied().unwrap_or_default() & 1);
    let compressed: Vec<u8> = std::iter::once(parity).chain(x.iter().copied()).collect();
    Ok(PublicKey::from_bytes(&compressed)?)
}
