//! What a certificate says in its signed bytes: an integer-keyed map with a cap for each field.
//!
//! CD Annex I.A (the minimum), Annex I.B and C (parcels, seals); UAE366 (a line for each class). The caps are those of
//! security 1.3: at most 486 bytes in all, so that the symbol scans at 30 mm. What does not fit here (addresses,
//! remarks, photographs, the composition of a mixed origin) stands behind the record hash. No floats.

use kp_terms::{Carats, CertificateNumber, HsCode, ParticipantCode, Timestamp, UsdCents};

use crate::{
    CredentialFault, LARGEST_CREDENTIAL,
    cbor::{Reader, Writer},
    names::{is_plain, shorten},
    seals::{MOST_SEALS, expand, is_seal, ranges},
};

/// No certificate holds longer than this: a year and a day (the national rules go up to a year).
pub const LONGEST_VALIDITY_SECONDS: i64 = 367 * 86_400;
/// Shortest that a name is cut to, so that it still says something.
const SHORTEST_NAME: usize = 12;
/// Version of the payload.
const VERSION: u64 = 1;
/// What stands for a mixed origin (US592.307).
const MIXED: &str = "**";

/// A part of the content that has a cap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The number.
    Number,
    /// Short name of the issuing authority.
    Authority,
    /// Name and registry id of the exporter.
    Exporter,
    /// Name and registry id of the importer.
    Importer,
    /// Countries of origin.
    Origins,
    /// Lines by class.
    Lines,
    /// Number of parcels.
    Parcels,
    /// Seal numbers.
    Seals,
    /// All of it together.
    Whole,
}

impl Field {
    /// Most bytes of the field in the map, key included; of the number's text; of the whole credential.
    pub const fn cap(self) -> usize {
        match self {
            Self::Number => 16,
            Self::Authority => 26,
            Self::Exporter | Self::Importer => 86,
            Self::Origins => 12,
            // Three lines of the largest amounts: what goods are worth must never keep a certificate from being signed.
            Self::Lines => 74,
            Self::Parcels => 3,
            Self::Seals => 40,
            Self::Whole => LARGEST_CREDENTIAL,
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Number => "the number",
            Self::Authority => "the issuing authority's short name",
            Self::Exporter => "the exporter's name and registry id",
            Self::Importer => "the importer's name and registry id",
            Self::Origins => "the list of origins",
            Self::Lines => "the lines by class",
            Self::Parcels => "the number of parcels",
            Self::Seals => "the list of seals",
            Self::Whole => "the whole certificate",
        }
    }
}

impl std::fmt::Display for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.words())
    }
}

/// Why something cannot be on a certificate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ContentFault {
    /// Longer than its cap.
    #[error("{field} is {over} bytes longer than the signed code can hold; shorten it")]
    TooLong {
        /// Which.
        field: Field,
        /// By how many bytes of its encoding.
        over: usize,
    },
    /// Not in normalisation form C, or with control characters or blanks around it.
    #[error(
        "{0} has characters that signed bytes may not hold: normalise it (NFC) and leave out control characters"
    )]
    NotPlain(Field),
    /// Something that must be there is not.
    #[error("{0} is missing")]
    Missing(Field),
    /// The number's prefix is not the issuer.
    #[error("the number {number} does not begin with its issuer {issuer}")]
    NotTheIssuers {
        /// The number.
        number: String,
        /// The issuer.
        issuer: ParticipantCode,
    },
    /// It expires before it begins, or later than any certificate may.
    #[error("a certificate expires after it is issued, and within a year")]
    Validity,
    /// A time with parts of a second, or before 1970.
    #[error("times are whole seconds from 1970 on")]
    Time,
    /// Codes out of order, twice, or too many.
    #[error("origins are one to three different codes in the order of the alphabet, or mixed")]
    OriginsOrder,
    /// Classes out of order, twice, or none or more than three.
    #[error("lines are one to three different classes in the order of their codes")]
    LinesOrder,
    /// A line without carats, or with less than nothing.
    #[error("the line {0} needs carats above zero and a value that is not below zero")]
    Amount(HsCode),
    /// The total is not the sum of the lines, or there is none that fits.
    #[error("the total of carats and value is not the sum of the lines")]
    Sum,
    /// A seal that is none, twice, or too many.
    #[error("{0:?} is not a seal number as signed bytes hold it, or stands there twice")]
    Seal(String),
}

/// A company on the certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Name, normalised (NFC), perhaps cut by [`shorten`].
    pub name: String,
    /// Licence or registration number; empty where there is none.
    pub registry_id: String,
}

impl Party {
    /// A party whose name is cut, if need be, so that name and registry id fit their field.
    pub fn fitting(name: &str, registry_id: &str) -> Self {
        let registry_id = shorten(registry_id, 40);
        // Key, head of the list, heads of two texts (two bytes each from 24 bytes on).
        let room = Field::Exporter.cap().saturating_sub(registry_id.len() + 6);
        Self { name: shorten(name, room), registry_id }
    }

    fn write(&self, writer: &mut Writer) {
        writer.array(2);
        writer.text(&self.name);
        writer.text(&self.registry_id);
    }

    fn read(reader: &mut Reader) -> Result<Self, CredentialFault> {
        reader.array_of(2, "name and registry id")?;
        Ok(Self { name: reader.text()?.to_owned(), registry_id: reader.text()?.to_owned() })
    }
}

/// Where the goods were mined, as the face of the certificate says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origins {
    /// These countries, in the order of their codes.
    Named(Vec<ParticipantCode>),
    /// Of mixed origin: asterisks on the face; the composition may stand behind the record hash.
    Mixed,
}

/// Carats and value of one class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Class.
    pub class: HsCode,
    /// Mass.
    pub carats: Carats,
    /// Value in US dollars.
    pub value: UsdCents,
}

/// What a technical certificate is for (WGDE14, IN-DGFT34).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Detained or seized goods.
    Seized,
    /// Goods moved for scientific research.
    Research,
    /// Goods sent back to where they came from.
    Return,
}

/// Sort of certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// For a sale or other ordinary shipment.
    Normal,
    /// Technical.
    Technical(Purpose),
}

impl Kind {
    const fn number(self) -> Option<u64> {
        match self {
            Self::Normal => None,
            Self::Technical(Purpose::Seized) => Some(1),
            Self::Technical(Purpose::Research) => Some(2),
            Self::Technical(Purpose::Return) => Some(3),
        }
    }
}

/// What a verifier must show besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flags {
    /// One officer alone signed, in an emergency that the law provides for (security 6).
    pub single_officer: bool,
    /// For training: no goods go with it.
    pub training: bool,
}

impl Flags {
    const fn number(self) -> u64 {
        self.single_officer as u64 | (self.training as u64) << 1
    }
}

/// What a certificate says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Its number.
    pub number: CertificateNumber,
    /// Whose certificate it is.
    pub issuer: ParticipantCode,
    /// When it was validated and signed.
    pub issued_at: Timestamp,
    /// From then on no goods leave under it.
    pub expires_at: Timestamp,
    /// Short name of the issuing authority.
    pub authority: String,
    /// Where the goods go.
    pub destination: ParticipantCode,
    /// Who sends.
    pub exporter: Party,
    /// Who receives.
    pub importer: Party,
    /// Where the goods were mined.
    pub origins: Origins,
    /// One to three classes.
    pub lines: Vec<Line>,
    /// Number of parcels, 1 to 255.
    pub parcels: u32,
    /// Seal numbers in their plain form, see [`plain_seal`](crate::plain_seal).
    pub seals: Vec<String>,
    /// Normal or technical.
    pub kind: Kind,
    /// Emergency, training.
    pub flags: Flags,
    /// Salted SHA-256 of the full record, see [`record_hash`].
    pub record_hash: [u8; 32],
}

/// The hash by which a certificate stands for its full record: SHA-256 of 16 random bytes and the record's bytes. Without
/// the salt nobody can find out the record by guessing; with salt and record anybody can check it.
pub fn record_hash(salt: &[u8; 16], record: &[u8]) -> [u8; 32] {
    kp_sign::sha256(&[salt.as_slice(), record].concat())
}

/// What stands in the protected header.
pub(crate) struct Heading<'a> {
    pub(crate) number: &'a str,
    pub(crate) issuer: ParticipantCode,
    pub(crate) issued_at: Timestamp,
    pub(crate) expires_at: Timestamp,
}

impl Content {
    /// Carats of all lines, or nothing where they cannot be added up.
    pub fn carats(&self) -> Option<Carats> {
        Carats::sum(self.lines.iter().map(|line| line.carats))
    }

    /// Value of all lines, or nothing where it cannot be added up.
    pub fn value(&self) -> Option<UsdCents> {
        self.lines.iter().try_fold(UsdCents::default(), |sum, line| sum.checked_add(line.value))
    }

    /// Cuts the names of exporter and importer until everything fits, the longer one first (of equal ones the
    /// exporter's), never below 12 bytes. What was cut ends in `…`; the record hash covers the full names.
    ///
    /// # Errors
    /// Where it cannot be made to fit that way, or something else is wrong with the content.
    pub fn fitted(mut self) -> Result<Self, ContentFault> {
        self.exporter = Party::fitting(&self.exporter.name, &self.exporter.registry_id);
        self.importer = Party::fitting(&self.importer.name, &self.importer.registry_id);
        loop {
            let over = match self.to_payload() {
                Ok(_) => return Ok(self),
                Err(ContentFault::TooLong { field: Field::Whole, over }) => over,
                Err(other) => return Err(other),
            };
            let longer = if self.exporter.name.len() >= self.importer.name.len() {
                &mut self.exporter.name
            } else {
                &mut self.importer.name
            };
            if longer.len() <= SHORTEST_NAME {
                return Err(ContentFault::TooLong { field: Field::Whole, over });
            }
            let limit = longer.len().saturating_sub(over).max(SHORTEST_NAME).max(longer.len() / 2);
            // What was cut before is cut further in, so that the mark stays the last thing in it.
            let whole = longer.trim_end_matches(crate::names::CUT);
            *longer = shorten(whole, limit.min(whole.len().saturating_sub(1)));
        }
    }

    /// The payload's bytes.
    pub(crate) fn to_payload(&self) -> Result<Vec<u8>, ContentFault> {
        self.check()?;
        within(Field::Number, self.number.to_string().len())?;
        let mut map = Writer(Vec::with_capacity(320));
        let technical = self.kind.number();
        let flags = self.flags.number();
        map.map(11 + usize::from(technical.is_some()) + usize::from(flags != 0));
        map.unsigned(1);
        map.unsigned(VERSION);
        field(&mut map, Field::Authority, 2, |map| map.text(&self.authority))?;
        map.unsigned(3);
        map.text(self.destination.as_str());
        field(&mut map, Field::Exporter, 4, |map| self.exporter.write(map))?;
        field(&mut map, Field::Importer, 5, |map| self.importer.write(map))?;
        field(&mut map, Field::Origins, 6, |map| self.write_origins(map))?;
        field(&mut map, Field::Lines, 7, |map| self.write_lines(map))?;
        self.write_total(&mut map)?;
        field(&mut map, Field::Parcels, 9, |map| map.unsigned(u64::from(self.parcels)))?;
        field(&mut map, Field::Seals, 10, |map| {
            let short = ranges(&self.seals);
            map.array(short.len());
            short.iter().for_each(|seal| map.text(seal));
        })?;
        map.unsigned(11);
        map.bytes(&self.record_hash);
        for (key, number) in [(12, technical), (13, Some(flags).filter(|flags| *flags != 0))] {
            if let Some(number) = number {
                map.unsigned(key);
                map.unsigned(number);
            }
        }
        self.fits_whole(map.0)
    }

    /// The envelope around the payload: heads, protected header and signature.
    fn fits_whole(&self, payload: Vec<u8>) -> Result<Vec<u8>, ContentFault> {
        let mut claims = Writer::default();
        claims.text(&self.number.to_string());
        claims.integer(self.expires_at.as_second());
        claims.integer(self.issued_at.as_second());
        // tag, list, two heads of two or three bytes, empty map, signature with its head; then the header's fixed parts
        let envelope = 1 + 1 + 2 + 1 + 3 + 66 + 44 + claims.0.len();
        let over = (envelope + payload.len()).saturating_sub(LARGEST_CREDENTIAL);
        if over == 0 { Ok(payload) } else { Err(ContentFault::TooLong { field: Field::Whole, over }) }
    }

    fn write_origins(&self, map: &mut Writer) {
        match &self.origins {
            Origins::Mixed => {
                map.array(1);
                map.text(MIXED);
            }
            Origins::Named(codes) => {
                map.array(codes.len());
                codes.iter().for_each(|code| map.text(code.as_str()));
            }
        }
    }

    fn write_lines(&self, map: &mut Writer) {
        map.array(self.lines.len());
        for line in &self.lines {
            map.array(3);
            map.unsigned(class_number(line.class));
            map.integer(line.carats.hundredths());
            map.integer(line.value.cents());
        }
    }

    fn write_total(&self, map: &mut Writer) -> Result<(), ContentFault> {
        let (carats, value) = self.carats().zip(self.value()).ok_or(ContentFault::Sum)?;
        map.unsigned(8);
        map.array(2);
        map.integer(carats.hundredths());
        map.integer(value.cents());
        Ok(())
    }

    /// Reads a payload under its heading.
    pub(crate) fn from_payload(heading: Heading, payload: &[u8]) -> Result<Self, CredentialFault> {
        let mut map = Reader::new(payload);
        let pairs = map.map()?;
        map.exactly(1, "the version")?;
        map.exactly(1, "version 1")?;
        map.exactly(2, "the authority")?;
        let authority = map.text()?.to_owned();
        map.exactly(3, "the destination")?;
        let destination = participant(map.text()?)?;
        map.exactly(4, "the exporter")?;
        let exporter = Party::read(&mut map)?;
        map.exactly(5, "the importer")?;
        let importer = Party::read(&mut map)?;
        map.exactly(6, "the origins")?;
        let origins = read_origins(&mut map)?;
        map.exactly(7, "the lines")?;
        let lines = read_lines(&mut map)?;
        map.exactly(8, "the total")?;
        map.array_of(2, "carats and value")?;
        let total = (Carats::from_hundredths(map.amount()?), UsdCents::from_cents(map.amount()?));
        map.exactly(9, "the parcels")?;
        let parcels = u32::try_from(map.unsigned()?).unwrap_or(u32::MAX);
        map.exactly(10, "the seals")?;
        let seals = read_seals(&mut map)?;
        map.exactly(11, "the record hash")?;
        let record_hash = map.fixed("a hash of 32 bytes")?;
        let (kind, flags) = read_extras(&mut map, pairs)?;
        map.end()?;
        let number = number(heading.number, heading.issuer)?;
        let content = Self {
            number,
            issuer: heading.issuer,
            issued_at: heading.issued_at,
            expires_at: heading.expires_at,
            authority,
            destination,
            exporter,
            importer,
            origins,
            lines,
            parcels,
            seals,
            kind,
            flags,
            record_hash,
        };
        content.check()?;
        if content.carats().zip(content.value()) != Some(total) {
            return Err(ContentFault::Sum.into());
        }
        content.caps_after_reading()?;
        Ok(content)
    }

    /// What holds for every content, written or read, whatever its length.
    fn check(&self) -> Result<(), ContentFault> {
        if self.number.prefix() != self.issuer {
            let (number, issuer) = (self.number.to_string(), self.issuer);
            return Err(ContentFault::NotTheIssuers { number, issuer });
        }
        let (from, to) = (self.issued_at.as_second(), self.expires_at.as_second());
        if from < 0 || self.issued_at.subsec_nanosecond() != 0 || self.expires_at.subsec_nanosecond() != 0 {
            return Err(ContentFault::Time);
        }
        if to <= from || to - from > LONGEST_VALIDITY_SECONDS {
            return Err(ContentFault::Validity);
        }
        self.check_words()?;
        self.check_amounts()?;
        self.check_seals()
    }

    fn check_words(&self) -> Result<(), ContentFault> {
        for (field, text) in [
            (Field::Authority, &self.authority),
            (Field::Exporter, &self.exporter.name),
            (Field::Exporter, &self.exporter.registry_id),
            (Field::Importer, &self.importer.name),
            (Field::Importer, &self.importer.registry_id),
        ] {
            if !is_plain(text) {
                return Err(ContentFault::NotPlain(field));
            }
        }
        let named = [
            (Field::Authority, &self.authority),
            (Field::Exporter, &self.exporter.name),
            (Field::Importer, &self.importer.name),
        ];
        match named.iter().find(|(_, text)| text.is_empty()) {
            Some((field, _)) => Err(ContentFault::Missing(*field)),
            None => Ok(()),
        }
    }

    fn check_amounts(&self) -> Result<(), ContentFault> {
        if let Origins::Named(codes) = &self.origins
            && (!(1..=3).contains(&codes.len()) || !codes.is_sorted_by(|a, b| a < b))
        {
            return Err(ContentFault::OriginsOrder);
        }
        let classes_in_order = self.lines.is_sorted_by(|a, b| a.class < b.class);
        if !(1..=3).contains(&self.lines.len()) || !classes_in_order {
            return Err(ContentFault::LinesOrder);
        }
        for line in &self.lines {
            if line.carats <= Carats::ZERO || line.value < UsdCents::default() {
                return Err(ContentFault::Amount(line.class));
            }
        }
        if self.parcels == 0 { Err(ContentFault::Missing(Field::Parcels)) } else { Ok(()) }
    }

    fn check_seals(&self) -> Result<(), ContentFault> {
        if self.seals.is_empty() {
            return Err(ContentFault::Missing(Field::Seals));
        }
        if self.seals.len() > MOST_SEALS {
            let over = self.seals.len() - MOST_SEALS;
            return Err(ContentFault::TooLong { field: Field::Seals, over });
        }
        for (at, seal) in self.seals.iter().enumerate() {
            if !is_seal(seal) || self.seals.iter().take(at).any(|before| before == seal) {
                return Err(ContentFault::Seal(seal.clone()));
            }
        }
        Ok(())
    }

    /// The caps of single fields, for a content that came as bytes (the whole was measured before).
    fn caps_after_reading(&self) -> Result<(), ContentFault> {
        let text = |text: &str| text.len() + if text.len() < 24 { 1 } else { 2 };
        let party = |party: &Party| 2 + text(&party.name) + text(&party.registry_id);
        for (field, length) in [
            (Field::Number, self.number.printed().len()),
            (Field::Authority, 1 + text(&self.authority)),
            (Field::Exporter, party(&self.exporter)),
            (Field::Importer, party(&self.importer)),
            (Field::Parcels, if self.parcels > 255 { 4 } else { 3 }),
        ] {
            within(field, length)?;
        }
        Ok(())
    }
}

/// Writes a field and measures it.
fn field(
    map: &mut Writer,
    field: Field,
    key: u64,
    write: impl FnOnce(&mut Writer),
) -> Result<(), ContentFault> {
    let before = map.0.len();
    map.unsigned(key);
    write(map);
    within(field, map.0.len() - before)
}

fn within(field: Field, length: usize) -> Result<(), ContentFault> {
    let over = length.saturating_sub(field.cap());
    if over == 0 { Ok(()) } else { Err(ContentFault::TooLong { field, over }) }
}

const fn class_number(class: HsCode) -> u64 {
    match class {
        HsCode::Unsorted => 710_210,
        HsCode::Industrial => 710_221,
        HsCode::NonIndustrial => 710_231,
    }
}

fn fault<T>(what: &str) -> Result<T, CredentialFault> {
    Err(CredentialFault::NotInForm(what.to_owned()))
}

/// A participant's code exactly as signed bytes hold it.
pub(crate) fn participant(text: &str) -> Result<ParticipantCode, CredentialFault> {
    let code = text.parse().ok().filter(|code: &ParticipantCode| code.as_str() == text);
    code.map_or_else(|| fault("a participant's code in it is none"), Ok)
}

/// A number exactly as signed bytes hold it: the prefix, a hyphen, six digits or more without needless zeros.
fn number(text: &str, issuer: ParticipantCode) -> Result<CertificateNumber, CredentialFault> {
    let digits = text.get(3..).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    let prefix = text.get(..2).map(participant).transpose()?;
    let made = prefix.zip(digits.and_then(|digits| digits.parse().ok()));
    let number = made.map(|(prefix, serial)| CertificateNumber::new(prefix, serial));
    match number {
        Some(number) if number.printed() == text && number.prefix() == issuer => Ok(number),
        Some(number) if number.printed() == text => {
            Err(ContentFault::NotTheIssuers { number: text.to_owned(), issuer }.into())
        }
        _ => fault("its number is not written as signed bytes hold it"),
    }
}

fn read_origins(map: &mut Reader) -> Result<Origins, CredentialFault> {
    let length = map.array()?;
    if !(1..=3).contains(&length) {
        return Err(ContentFault::OriginsOrder.into());
    }
    let mut codes = Vec::with_capacity(3);
    for _ in 0..length {
        let text = map.text()?;
        if text == MIXED && length == 1 {
            return Ok(Origins::Mixed);
        }
        codes.push(participant(text)?);
    }
    Ok(Origins::Named(codes))
}

fn read_lines(map: &mut Reader) -> Result<Vec<Line>, CredentialFault> {
    let length = map.array()?;
    if !(1..=3).contains(&length) {
        return Err(ContentFault::LinesOrder.into());
    }
    let before = map.rest().len();
    let mut lines = Vec::with_capacity(3);
    for _ in 0..length {
        map.array_of(3, "class, carats and value")?;
        let class = match map.unsigned()? {
            710_210 => HsCode::Unsorted,
            710_221 => HsCode::Industrial,
            710_231 => HsCode::NonIndustrial,
            _ => return fault("a class in it is not one of rough diamonds"),
        };
        let (carats, value) = (Carats::from_hundredths(map.amount()?), UsdCents::from_cents(map.amount()?));
        lines.push(Line { class, carats, value });
    }
    within(Field::Lines, 2 + before - map.rest().len())?;
    Ok(lines)
}

fn read_seals(map: &mut Reader) -> Result<Vec<String>, CredentialFault> {
    let length = map.array()?;
    let before = map.rest().len();
    let mut texts = Vec::with_capacity(usize::try_from(length.min(20)).unwrap_or_default());
    for _ in 0..length.min(100) {
        texts.push(map.text()?);
    }
    let head = if length < 24 { 2 } else { 3 };
    within(Field::Seals, head + before - map.rest().len())?;
    let Some(seals) = expand(texts.iter().copied()) else {
        return fault("a seal in it is no seal number");
    };
    // Three seals and no range is the everyday case: then nothing has to be shortened again to see that it is short.
    if ranges(&seals) == texts {
        Ok(seals)
    } else {
        fault("its seals are not written in their one short form")
    }
}

/// Kind and flags, which are only there where they say something.
fn read_extras(map: &mut Reader, pairs: u64) -> Result<(Kind, Flags), CredentialFault> {
    let (mut kind, mut flags) = (Kind::Normal, Flags::default());
    let mut extras = pairs.checked_sub(11).filter(|extras| *extras <= 2);
    let Some(extras) = extras.as_mut() else { return fault("its map has not the fields that belong there") };
    let mut ahead = *map;
    if *extras > 0 && ahead.unsigned()? == 12 {
        *map = ahead;
        kind = match map.unsigned()? {
            1 => Kind::Technical(Purpose::Seized),
            2 => Kind::Technical(Purpose::Research),
            3 => Kind::Technical(Purpose::Return),
            _ => return fault("its purpose is none that is known"),
        };
        *extras -= 1;
    }
    if *extras > 0 {
        map.exactly(13, "the flags")?;
        let number = map.unsigned()?;
        if !(1..=3).contains(&number) {
            return fault("its flags are none that are known");
        }
        flags = Flags { single_officer: number & 1 != 0, training: number & 2 != 0 };
        *extras -= 1;
    }
    if *extras == 0 { Ok((kind, flags)) } else { fault("its map has a field that does not belong there") }
}
