//! Before a document is taken apart: how much it would become. A file of some kilobytes can unfold into gigabytes, and
//! the library that takes documents apart unfolds whole streams.
//!
//! Every stream of the file is unfolded here once, a piece at a time, into nothing. What cannot be foreseen (twice
//! compressed, filters named elsewhere, encryption) is refused: no program of an authority writes that.

use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};

use crate::ScanError;

/// What a small file may become.
const ALWAYS: usize = 16 * 1024 * 1024;
/// What any file may become.
const EVER: usize = 192 * 1024 * 1024;
/// A clean page as a picture shrinks to a hundredth; more is no page.
const PER_BYTE: usize = 100;
/// The most that one byte of deflate can become.
const DEFLATE: usize = 1032;

const TWICE: ScanError = ScanError::ClosedPdf { why: "compresses something twice" };
const TOO_MUCH: ScanError = ScanError::ClosedPdf { why: "would become too large when unpacked" };
const ELSEWHERE: ScanError = ScanError::ClosedPdf { why: "hides how it is compressed" };

/// Refuses a document that would become too large.
pub(super) fn check(bytes: &[u8]) -> Result<(), ScanError> {
    let mut left = ALWAYS.max(bytes.len().saturating_mul(PER_BYTE)).min(EVER);
    // Dictionaries that are looked at again and again because no object begins between streams.
    let mut looked_at = bytes.len() * 4 + 1024 * 1024;
    let mut begin = 0;
    let mut at = 0;
    while let Some(found) = next(bytes, at) {
        at = found + 1;
        match &bytes[found..] {
            [b'o', b'b', b'j', ..] => begin = found + 3,
            [b'/', b'E', ..] => return Err(ScanError::ClosedPdf { why: "is encrypted" }),
            _ => {
                let head = &bytes[begin.max(found.saturating_sub(64 * 1024))..found];
                looked_at = looked_at.checked_sub(head.len()).ok_or(TOO_MUCH)?;
                let size = size(head, &bytes[found + b"stream".len()..], left)?;
                left = left.checked_sub(size).ok_or(TOO_MUCH)?;
            }
        }
    }
    Ok(())
}

/// The next place at which an object or stream begins, or encryption is announced.
fn next(bytes: &[u8], from: usize) -> Option<usize> {
    (from..bytes.len()).find(|at| match bytes[*at] {
        b'o' => bytes[*at..].starts_with(b"obj") && !bytes[..*at].ends_with(b"end"),
        b's' => bytes[*at..].starts_with(b"stream") && !bytes[..*at].ends_with(b"end"),
        b'/' => bytes[*at..].starts_with(b"/Encrypt") && !bytes[*at..].starts_with(b"/EncryptMetadata"),
        _ => false,
    })
}

/// What the stream after this dictionary becomes, in bytes; stops soon after `left`.
fn size(head: &[u8], data: &[u8], left: usize) -> Result<usize, ScanError> {
    let head = unescaped(head);
    let has = |name: &[u8]| head.windows(name.len()).filter(|window| *window == name).count();
    if named_elsewhere(&head) {
        return Err(ELSEWHERE);
    }
    let (flate, lzw, runs) = (has(b"/Fl"), has(b"/LZW"), has(b"/RunLength") + has(b"/RL"));
    if flate + lzw + runs == 0 {
        return Ok(0);
    }
    if flate + lzw + runs > 1 {
        return Err(TWICE);
    }
    let data =
        data.strip_prefix(b"\r\n").or(data.strip_prefix(b"\n")).or(data.strip_prefix(b"\r")).unwrap_or(data);
    let ascii = has(b"/ASCII") + has(b"/A85") + has(b"/AHx");
    let raw = end_of(data);
    if runs > 0 {
        return Ok(raw * 128);
    }
    if lzw > 0 {
        // The n-th code since a reset stands for n bytes at most, of 4,096 that there are.
        let codes = raw * 8 / 9;
        return Ok(codes.saturating_mul(codes.min(4096)));
    }
    match (ascii, has(b"/ASCII85") + has(b"/A85")) {
        (0, _) => Ok(unfolded(data, raw, left)),
        (1, 1) => {
            let data = ascii85(&data[..raw]);
            Ok(unfolded(&data, data.len(), left))
        }
        _ => Ok(raw.saturating_mul(DEFLATE)),
    }
}

/// Bytes up to the next `endstream`, or all.
fn end_of(data: &[u8]) -> usize {
    let mark = b"endstream";
    data.windows(mark.len()).position(|window| window == mark).unwrap_or(data.len())
}

/// How many bytes come out of deflated data, with or without its usual head. A damaged stream counts as much as its
/// rest could become, because others may read on where we stop.
fn unfolded(data: &[u8], raw: usize, left: usize) -> usize {
    let zlib = matches!(data, [head, flags, ..]
        if head & 0x0f == 8 && (u16::from(*head) << 8 | u16::from(*flags)).is_multiple_of(31));
    if zlib {
        let mut decoder = ZlibDecoder::new(data);
        let (size, whole) = drained(&mut decoder, left);
        return if whole { size } else { size.saturating_add(rest(raw, decoder.total_in())) };
    }
    let mut decoder = DeflateDecoder::new(data);
    let (size, whole) = drained(&mut decoder, left);
    if whole { size } else { size.saturating_add(rest(raw, decoder.total_in())) }
}

fn rest(raw: usize, taken: u64) -> usize {
    raw.saturating_sub(usize::try_from(taken).unwrap_or(usize::MAX)).saturating_mul(DEFLATE)
}

fn drained(from: &mut impl Read, left: usize) -> (usize, bool) {
    let mut piece = [0; 16 * 1024];
    let mut size = 0;
    while size <= left {
        match from.read(&mut piece) {
            Ok(0) => return (size, true),
            Ok(count) => size += count,
            Err(_) => return (size, false),
        }
    }
    (size, true)
}

/// `/Fl#61teDecode` is `/FlateDecode`.
fn unescaped(head: &[u8]) -> Vec<u8> {
    let hex = |byte: u8| char::from(byte).to_digit(16);
    let mut out = Vec::with_capacity(head.len());
    let mut at = 0;
    while at < head.len() {
        let digits =
            (head[at] == b'#').then(|| Some((hex(*head.get(at + 1)?)?, hex(*head.get(at + 2)?)?))).flatten();
        match digits {
            Some((high, low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            None => {
                out.push(head[at]);
                at += 1;
            }
        }
    }
    out
}

/// Whether the filter is another object (`/Filter 7 0 R`).
fn named_elsewhere(head: &[u8]) -> bool {
    let after = |key: &[u8]| {
        let ends = head.windows(key.len()).enumerate().filter(|(_, window)| *window == key);
        ends.map(|(at, _)| &head[at + key.len()..]).any(|rest| {
            let rest = rest.trim_ascii_start();
            rest.first().is_some_and(u8::is_ascii_digit)
        })
    };
    after(b"/Filter") || after(b"/F ")
}

/// What stands in ASCII base 85.
fn ascii85(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len());
    let (mut value, mut count) = (0_u32, 0);
    for byte in data {
        match byte {
            b'~' => break,
            b'z' if count == 0 => out.extend([0; 4]),
            b'!'..=b'u' => {
                value = value.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                count += 1;
                if count == 5 {
                    out.extend(value.to_be_bytes());
                    (value, count) = (0, 0);
                }
            }
            _ => {}
        }
    }
    if count > 1 {
        for _ in count..5 {
            value = value.wrapping_mul(85).wrapping_add(84);
        }
        out.extend(&value.to_be_bytes()[..count - 1]);
    }
    out
}
