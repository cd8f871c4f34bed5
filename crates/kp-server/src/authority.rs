//! A certificate authority of one office, for machines without a name that the world knows.
//!
//! The root is made once, may sign for the given names and addresses only (name constraints, marked critical), and is
//! installed on the office's machines after its fingerprint was compared. The server's own certificate is made anew before
//! it ends. A root that could sign for any name would put every site those machines visit at this disk's mercy.

use std::path::Path;

use anyhow::{Context, Result};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DnType, ExtendedKeyUsagePurpose, GeneralSubtree, IsCa,
    Issuer, KeyPair, KeyUsagePurpose, NameConstraints,
};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::door::Https;

/// How long the root serves, and the server's certificate: what browsers take (398 days).
const ROOT_YEARS: i16 = 5;
const LEAF_DAYS: i32 = 397;
/// Made anew this long before its end.
const RENEW_DAYS: i32 = 30;

/// The certificate of this office's own authority, made where it is missing, about to end, or for other names.
///
/// # Errors
/// Where the folder cannot be used or a name does not read.
pub fn local_authority(folder: &Path, names: &[String], now: Timestamp) -> Result<Https> {
    let today = TimeZone::UTC.to_datetime(now).date();
    std::fs::create_dir_all(folder).with_context(|| format!("making the folder {}", folder.display()))?;
    let file = |name: &str| folder.join(name);
    let wanted = names.join("\n");
    let read = |name: &str| std::fs::read_to_string(file(name)).ok();
    let root_fits = read("root.names").is_some_and(|made| made == wanted) && file("root.key").exists();
    if !root_fits || ends_by(read("root.until").as_deref(), today, RENEW_DAYS) {
        make_root(folder, names, today)?;
        std::fs::write(file("root.names"), &wanted).context("keeping the names of the root")?;
        std::fs::remove_file(file("server.until")).or_else(missing_is_fine)?;
    }
    if ends_by(read("server.until").as_deref(), today, RENEW_DAYS) {
        make_leaf(folder, names, today)?;
    }
    let must = |name: &str| {
        std::fs::read_to_string(file(name)).with_context(|| format!("reading {}", file(name).display()))
    };
    let root = must("root.pem")?;
    Ok(Https {
        names: names.to_vec(),
        certificates: format!("{}{root}", must("server.pem")?),
        key: Zeroizing::new(must("server.key")?),
        root: Some(root),
    })
}

fn missing_is_fine(error: std::io::Error) -> std::io::Result<()> {
    if error.kind() == std::io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}

/// Whether a day is missing, does not read, or comes soon.
fn ends_by(until: Option<&str>, today: Date, days: i32) -> bool {
    let until = until.and_then(|text| text.trim().parse::<Date>().ok());
    until.is_none_or(|until| today.checked_add(days.days()).is_ok_and(|soon| soon >= until))
}

/// What the root says, from the day it was made: the same again when it signs later.
fn root_params(names: &[String], made: Date) -> Result<(CertificateParams, Date)> {
    let until = made.checked_add(ROOT_YEARS.years())?;
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, format!("kpcs office root of {made}"));
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    let permitted_subtrees = names.iter().map(|name| subtree(name)).collect();
    params.name_constraints = Some(NameConstraints { permitted_subtrees, excluded_subtrees: Vec::new() });
    serves(&mut params, made, until)?;
    Ok((params, until))
}

fn make_root(folder: &Path, names: &[String], today: Date) -> Result<()> {
    let (params, until) = root_params(names, today)?;
    let key = KeyPair::generate().context("making the key of the root")?;
    let root = params.self_signed(&key).context("signing the root")?;
    write_private(&folder.join("root.key"), &key.serialize_pem())?;
    let keep = |name: &str, text: String| std::fs::write(folder.join(name), text);
    keep("root.pem", root.pem()).context("keeping the root")?;
    keep("root.made", today.to_string()).context("keeping the day of the root")?;
    keep("root.until", until.to_string()).context("keeping the end of the root")
}

fn make_leaf(folder: &Path, names: &[String], today: Date) -> Result<()> {
    let of_root =
        |name: &str| std::fs::read_to_string(folder.join(name)).with_context(|| format!("reading {name}"));
    let (made, root_key) = (of_root("root.made")?, Zeroizing::new(of_root("root.key")?));
    let root_key = KeyPair::from_pem(&root_key).context("the key of the root does not read")?;
    let (root, _) = root_params(names, made.trim().parse().context("the day of the root does not read")?)?;
    let issuer = Issuer::new(root, root_key);
    let until = today.checked_add(LEAF_DAYS.days())?;
    let key = KeyPair::generate().context("making the key of the server")?;
    let mut params = CertificateParams::new(names.to_vec()).context("a name does not read")?;
    let first = names.first().cloned().unwrap_or_default();
    params.distinguished_name.push(DnType::CommonName, first);
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.use_authority_key_identifier_extension = true;
    serves(&mut params, today, until)?;
    let leaf = params.signed_by(&key, &issuer).context("signing the server's certificate")?;
    write_private(&folder.join("server.key"), &key.serialize_pem())?;
    std::fs::write(folder.join("server.pem"), leaf.pem()).context("keeping the server's certificate")?;
    // Last: while it is missing, the certificate is made again at the next start.
    std::fs::write(folder.join("server.until"), until.to_string()).context("keeping its end")
}

/// From the day before, for clocks that differ.
fn serves(params: &mut CertificateParams, from: Date, until: Date) -> Result<()> {
    let part = |value: i8| u8::try_from(value).unwrap_or(1);
    let day = |date: Date| rcgen::date_time_ymd(date.year().into(), part(date.month()), part(date.day()));
    (params.not_before, params.not_after) = (day(from.yesterday()?), day(until));
    Ok(())
}

fn subtree(name: &str) -> GeneralSubtree {
    match name.parse::<std::net::IpAddr>() {
        Ok(std::net::IpAddr::V4(address)) => {
            GeneralSubtree::IpAddress(CidrSubnet::V4(address.octets(), [255; 4]))
        }
        Ok(std::net::IpAddr::V6(address)) => {
            GeneralSubtree::IpAddress(CidrSubnet::V6(address.octets(), [255; 16]))
        }
        Err(_) => GeneralSubtree::DnsName(name.to_owned()),
    }
}

fn write_private(path: &Path, text: &str) -> Result<()> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).with_context(|| format!("writing {}", path.display()))?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(())
}

/// What is compared before a root is installed: SHA-256 of the certificate, in groups of four digits.
///
/// # Errors
/// Where it is no PEM certificate.
pub fn fingerprint(pem: &str) -> Result<String> {
    let body: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    let der = STANDARD.decode(body.trim()).context("the root is not PEM")?;
    let digits: Vec<char> = Sha256::digest(der)
        .iter()
        .flat_map(|byte| format!("{byte:02X}").chars().collect::<Vec<_>>())
        .collect();
    Ok(digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" "))
}
