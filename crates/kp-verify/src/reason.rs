//! Why a verdict is what it is: every reason with its state and what to do next, in the order in which they are looked at.
//!
//! The order is fixed and documented in `specs/certificate.md`: first whether anything could be read, then who signed and
//! whether it still says what was signed, then what became of the number, then who may trade, then the receipt, the time,
//! and last the age of the lists. Sentences are in `locales/*.ftl`, one for each reason.

use kp_certificate::{Purpose, lists::BlankState};
use kp_sign::KeyId;
use kp_terms::{Carats, CertificateNumber, Date, ParticipantCode, Timestamp, UsdCents};

/// The four states, the strongest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Everything fits.
    Green,
    /// The signature fits, and something is unknown.
    Amber,
    /// It cannot be said.
    Grey,
    /// Something is wrong.
    Red,
}

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NextStep {
    /// Compare with the paper, the seals and the scales, then go on.
    Compare,
    /// Compare, and ask the issuing authority before release.
    CompareAndAsk,
    /// Scan the first code.
    ScanFirst,
    /// Scan again, or type number and check code.
    ScanAgain,
    /// Read from the paper again and type again.
    TypeAgain,
    /// Get newer lists, then verify again.
    UpdateLists,
    /// Get a newer program.
    UpdateProgram,
    /// Put the clock right, then verify again.
    SetClock,
    /// Hold goods and paper, tell the own authority, which asks the issuing authority.
    Hold,
    /// Nothing: it is for practice.
    Practice,
}

/// Why.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(
    missing_docs,
    reason = "what the fields of a reason are is said by their names and by the reason's sentence"
)]
pub enum Reason {
    // What was presented
    /// No code was found in a picture or page.
    NothingFound,
    /// A code of somebody else: a web address, a ticket.
    NotOurCode,
    /// Only the second symbol was scanned.
    ReceiptAlone,
    /// A later form of the code than this program knows.
    NewerForm { form: String },
    /// One of ours with characters lost or changed.
    DamagedCode,
    /// Whole, and inside not a certificate in the one agreed form.
    NotInForm { detail: String },
    /// A typed number that is none.
    NumberUnreadable { detail: String },
    /// A typed check code that is none.
    CheckCodeUnreadable { detail: String },
    /// No lists on this device.
    NoTrustData,
    // Who signed, and whether it still says what was signed
    /// The issuer is on no list of participants.
    IssuerUnknown { issuer: ParticipantCode },
    /// Another participant's key signed.
    WrongIssuer { issuer: ParticipantCode, signer: ParticipantCode },
    /// A key of the issuer's that signs other things.
    KeyForOtherUse { issuer: ParticipantCode },
    /// No list names this key.
    UnknownKey { issuer: ParticipantCode, key: KeyId },
    /// The signature does not fit what is said.
    Altered { number: CertificateNumber },
    /// The paper bears another number than the code.
    PaperNumberDiffers { number: CertificateNumber, paper: CertificateNumber },
    /// Other carats stand on the paper than were signed.
    PaperCaratsDiffer { number: CertificateNumber, paper: Carats, signed: Carats },
    /// Another value stands on the paper than was signed.
    PaperValueDiffers { number: CertificateNumber, paper: UsdCents, signed: UsdCents },
    /// Made for practice.
    Training,
    /// Signed before the key was in force.
    KeyNotYetValid { from: Timestamp },
    /// Signed after the key had gone out of use.
    KeyOutOfUse { until: Timestamp },
    /// The key was revoked, and this was signed after, or stands in the log after.
    KeyRevokedBefore { noted: Timestamp },
    /// The key was revoked, and nothing at hand proves that this was signed before.
    KeyRevokedUnproven { noted: Timestamp },
    // What became of the number
    /// Presented at import already.
    Used { place: String, at: Timestamp },
    /// Presented to this verifier already.
    SeenHere { place: String, at: Timestamp },
    /// A forged paper bears this number.
    Counterfeit { at: Timestamp },
    /// Declared stolen.
    Stolen { at: Timestamp },
    /// Declared lost.
    Lost { at: Timestamp },
    /// Made void.
    Void { at: Timestamp },
    /// Another certificate took its place.
    Replaced { at: Timestamp, by: Option<CertificateNumber> },
    /// Given back unused.
    ReturnedUnused { at: Timestamp },
    /// Held.
    Detained { place: String, at: Timestamp },
    /// Seized.
    Seized { place: String, at: Timestamp },
    /// Sent back.
    SentBack { place: String, at: Timestamp },
    /// The blank paper is missing.
    BlankMissing { state: BlankState, since: Date },
    /// Allotted to nobody who issues.
    OutsideRanges { number: CertificateNumber },
    /// The log has no certificate of this number.
    NeverIssued { number: CertificateNumber, complete: Timestamp },
    /// The log has another certificate under this number.
    AnotherRegistered { number: CertificateNumber },
    /// The typed check code belongs to another certificate than the number.
    CheckCodeOfAnother { number: CertificateNumber },
    // Who may trade with whom
    /// The issuer did not belong to the scheme on that day.
    IssuerNotParticipant { issuer: ParticipantCode, on: Timestamp },
    /// The issuer's exports were suspended on that day.
    IssuerSuspended { issuer: ParticipantCode, since: Timestamp, act: String },
    /// Suspended since it was signed; the decision refuses goods under way.
    UnderWayRefused { issuer: ParticipantCode, since: Timestamp, act: String },
    /// The destination did not belong to the scheme, or its imports were suspended, on that day.
    DestinationBarred { destination: ParticipantCode, act: String },
    /// One of the two does not trade with the other by its own law.
    NotRecognised { by: ParticipantCode, of: ParticipantCode, act: String },
    /// Suspended since it was signed; the decision says hold and ask.
    UnderWayHold { issuer: ParticipantCode, since: Timestamp, act: String },
    /// The issuer exports under a condition.
    Conditional { issuer: ParticipantCode, scope: String, act: String },
    // The receipt
    /// It is of another certificate, place or log, or its signature does not fit.
    ReceiptDoesNotFit { detail: String },
    /// From a log of which no key is at hand.
    ReceiptUnknownLog { log: String },
    // The time
    /// The clock is behind the newest list, or the device doubts it.
    ClockNotTrusted { clock: Timestamp, newest: Timestamp },
    /// Its time has not come.
    NotYetValid { from: Timestamp },
    /// Its time is over.
    Expired { at: Timestamp },
    // What is not known
    /// The lists are too old to say anything good.
    TrustTooOld { days: i64 },
    /// Signed after the list of certificates was made.
    IssuedAfterList { complete: Timestamp },
    /// There is no list of this issuer's certificates.
    NoStatusList { issuer: ParticipantCode },
    /// The second symbol was not read.
    ReceiptMissing,
    /// The second symbol has characters lost or changed.
    ReceiptDamaged,
    /// The lists are older than a week.
    TrustOld { days: i64 },
    /// A typed number that is not in the list of certificates, or of an issuer without one.
    NumberNotListed { number: CertificateNumber },
    /// Only number and check code were compared.
    OnlyNumberChecked { number: CertificateNumber },
    // What must be shown though everything fits
    /// A technical certificate.
    Technical { purpose: Purpose },
    /// One officer alone signed.
    SingleOfficer,
    /// The key was revoked later; the log proves that this came before.
    KeyRevokedAfter { noted: Timestamp },
    /// Nothing is wrong and nothing is missing.
    Good,
}

/// The keys of all reasons in the order in which they are looked at; sentences have the key `verdict-` and this.
pub(crate) const ORDER: [&str; 62] = [
    "nothing-found",
    "not-our-code",
    "receipt-alone",
    "newer-form",
    "damaged-code",
    "not-in-form",
    "number-unreadable",
    "check-code-unreadable",
    "no-trust-data",
    "issuer-unknown",
    "wrong-issuer",
    "key-for-other-use",
    "unknown-key",
    "altered",
    "paper-number-differs",
    "paper-carats-differ",
    "paper-value-differs",
    "training",
    "key-not-yet-valid",
    "key-out-of-use",
    "key-revoked-before",
    "key-revoked-unproven",
    "used",
    "seen-here",
    "counterfeit",
    "stolen",
    "lost",
    "void",
    "replaced",
    "returned-unused",
    "detained",
    "seized",
    "sent-back",
    "blank-missing",
    "outside-ranges",
    "never-issued",
    "another-registered",
    "check-code-of-another",
    "issuer-not-participant",
    "issuer-suspended",
    "under-way-refused",
    "destination-barred",
    "not-recognised",
    "under-way-hold",
    "conditional",
    "receipt-does-not-fit",
    "receipt-unknown-log",
    "clock-not-trusted",
    "not-yet-valid",
    "expired",
    "trust-too-old",
    "issued-after-list",
    "no-status-list",
    "receipt-missing",
    "receipt-damaged",
    "trust-old",
    "number-not-listed",
    "only-number-checked",
    "technical",
    "single-officer",
    "key-revoked-after",
    "good",
];

impl Reason {
    /// The reason's name in files of sentences, in vectors and in machine-readable output.
    pub const fn key(&self) -> &'static str {
        use Reason as R;
        match self {
            R::NothingFound => "nothing-found",
            R::NotOurCode => "not-our-code",
            R::ReceiptAlone => "receipt-alone",
            R::NewerForm { .. } => "newer-form",
            R::DamagedCode => "damaged-code",
            R::NotInForm { .. } => "not-in-form",
            R::NumberUnreadable { .. } => "number-unreadable",
            R::CheckCodeUnreadable { .. } => "check-code-unreadable",
            R::NoTrustData => "no-trust-data",
            R::IssuerUnknown { .. } => "issuer-unknown",
            R::WrongIssuer { .. } => "wrong-issuer",
            R::KeyForOtherUse { .. } => "key-for-other-use",
            R::UnknownKey { .. } => "unknown-key",
            R::Altered { .. } => "altered",
            R::PaperNumberDiffers { .. } => "paper-number-differs",
            R::PaperCaratsDiffer { .. } => "paper-carats-differ",
            R::PaperValueDiffers { .. } => "paper-value-differs",
            R::Training => "training",
            R::KeyNotYetValid { .. } => "key-not-yet-valid",
            R::KeyOutOfUse { .. } => "key-out-of-use",
            R::KeyRevokedBefore { .. } => "key-revoked-before",
            R::KeyRevokedUnproven { .. } => "key-revoked-unproven",
            R::Used { .. } => "used",
            R::SeenHere { .. } => "seen-here",
            R::Counterfeit { .. } => "counterfeit",
            R::Stolen { .. } => "stolen",
            R::Lost { .. } => "lost",
            R::Void { .. } => "void",
            R::Replaced { .. } => "replaced",
            R::ReturnedUnused { .. } => "returned-unused",
            R::Detained { .. } => "detained",
            R::Seized { .. } => "seized",
            R::SentBack { .. } => "sent-back",
            R::BlankMissing { .. } => "blank-missing",
            R::OutsideRanges { .. } => "outside-ranges",
            R::NeverIssued { .. } => "never-issued",
            R::AnotherRegistered { .. } => "another-registered",
            R::CheckCodeOfAnother { .. } => "check-code-of-another",
            R::IssuerNotParticipant { .. } => "issuer-not-participant",
            R::IssuerSuspended { .. } => "issuer-suspended",
            R::UnderWayRefused { .. } => "under-way-refused",
            R::DestinationBarred { .. } => "destination-barred",
            R::NotRecognised { .. } => "not-recognised",
            R::UnderWayHold { .. } => "under-way-hold",
            R::Conditional { .. } => "conditional",
            R::ReceiptDoesNotFit { .. } => "receipt-does-not-fit",
            R::ReceiptUnknownLog { .. } => "receipt-unknown-log",
            R::ClockNotTrusted { .. } => "clock-not-trusted",
            R::NotYetValid { .. } => "not-yet-valid",
            R::Expired { .. } => "expired",
            R::TrustTooOld { .. } => "trust-too-old",
            R::IssuedAfterList { .. } => "issued-after-list",
            R::NoStatusList { .. } => "no-status-list",
            R::ReceiptMissing => "receipt-missing",
            R::ReceiptDamaged => "receipt-damaged",
            R::TrustOld { .. } => "trust-old",
            R::NumberNotListed { .. } => "number-not-listed",
            R::OnlyNumberChecked { .. } => "only-number-checked",
            R::Technical { .. } => "technical",
            R::SingleOfficer => "single-officer",
            R::KeyRevokedAfter { .. } => "key-revoked-after",
            R::Good => "good",
        }
    }

    /// The keys of all reasons, in the fixed order.
    pub fn order() -> Vec<&'static str> {
        ORDER.to_vec()
    }

    /// Its place in the fixed order.
    pub(crate) fn place(&self) -> usize {
        ORDER.iter().position(|key| *key == self.key()).unwrap_or(ORDER.len())
    }

    /// The state that this reason alone would give.
    pub const fn state(&self) -> State {
        use Reason as R;
        match self {
            R::Good | R::KeyRevokedAfter { .. } => State::Green,
            R::KeyRevokedUnproven { .. }
            | R::UnderWayHold { .. }
            | R::Conditional { .. }
            | R::IssuedAfterList { .. }
            | R::NoStatusList { .. }
            | R::ReceiptMissing
            | R::ReceiptDamaged
            | R::TrustOld { .. }
            | R::OnlyNumberChecked { .. }
            | R::Technical { .. }
            | R::SingleOfficer => State::Amber,
            R::NothingFound
            | R::NotOurCode
            | R::ReceiptAlone
            | R::NewerForm { .. }
            | R::DamagedCode
            | R::NumberUnreadable { .. }
            | R::CheckCodeUnreadable { .. }
            | R::NoTrustData
            | R::UnknownKey { .. }
            | R::NumberNotListed { .. }
            | R::ReceiptUnknownLog { .. }
            | R::ClockNotTrusted { .. }
            | R::TrustTooOld { .. } => State::Grey,
            _ => State::Red,
        }
    }

    /// What to do next.
    pub const fn next_step(&self) -> NextStep {
        use Reason as R;
        match self {
            R::Good | R::KeyRevokedAfter { .. } => NextStep::Compare,
            R::NothingFound | R::NotOurCode | R::DamagedCode | R::ReceiptMissing | R::ReceiptDamaged => {
                NextStep::ScanAgain
            }
            R::ReceiptAlone | R::OnlyNumberChecked { .. } => NextStep::ScanFirst,
            R::NewerForm { .. } => NextStep::UpdateProgram,
            R::NumberUnreadable { .. } | R::CheckCodeUnreadable { .. } => NextStep::TypeAgain,
            R::NoTrustData
            | R::UnknownKey { .. }
            | R::ReceiptUnknownLog { .. }
            | R::IssuedAfterList { .. }
            | R::NoStatusList { .. }
            | R::NumberNotListed { .. }
            | R::TrustTooOld { .. }
            | R::TrustOld { .. } => NextStep::UpdateLists,
            R::ClockNotTrusted { .. } => NextStep::SetClock,
            R::Training => NextStep::Practice,
            R::KeyRevokedUnproven { .. }
            | R::UnderWayHold { .. }
            | R::Conditional { .. }
            | R::Technical { .. }
            | R::SingleOfficer => NextStep::CompareAndAsk,
            _ => NextStep::Hold,
        }
    }
}
