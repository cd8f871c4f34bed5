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
    let encrypted =
        |at| bytes[at..].starts_with(b"/Encrypt") && !bytes[at..].starts_with(b"/EncryptMetadata");
    if (0..bytes.len()).any(encrypted) {
        return Err(ScanError::ClosedPdf { why: "is encrypted" });
    }
    let mut left = ALWAYS.max(bytes.len().saturating_mul(PER_BYTE)).min(EVER);
    // Bytes that are looked at again and again because streams overlap.
    let mut looked_at = bytes.len() * 4 + 1024 * 1024;
    let mut begin = 0;
    let mut at = 0;
    while let Some(found) = next(bytes, at) {
        at = found + 1;
        match &bytes[found..] {
            [b'o', b'b', b'j', ..] => begin = found + 3,
            _ => {
                let head = &bytes[begin.max(found.saturating_sub(64 * 1024))..found];
                let stream = size(head, &bytes[found + b"stream".len()..], left)?;
                looked_at = looked_at.checked_sub(head.len() + stream.looked_at).ok_or(TOO_MUCH)?;
                left = left.checked_sub(stream.becomes).ok_or(TOO_MUCH)?;
            }
        }
    }
    Ok(())
}

/// The next place at which an object or stream begins.
fn next(bytes: &[u8], from: usize) -> Option<usize> {
    (from..bytes.len()).find(|at| match bytes[*at] {
        b'o' => bytes[*at..].starts_with(b"obj") && !bytes[..*at].ends_with(b"end"),
        b's' => bytes[*at..].starts_with(b"stream") && !bytes[..*at].ends_with(b"end"),
        _ => false,
    })
}

/// What a stream becomes, and how many bytes were looked at to know it.
#[derive(Debug, Default)]
struct Stream {
    becomes: usize,
    looked_at: usize,
}

/// What the stream after this dictionary becomes, in bytes; stops soon after `left`.
fn size(head: &[u8], data: &[u8], left: usize) -> Result<Stream, ScanError> {
    let head = unescaped(head);
    let has = |name: &[u8]| head.windows(name.len()).filter(|window| *window == name).count();
    if named_elsewhere(&head) {
        return Err(ELSEWHERE);
    }
    let (flate, lzw, runs) = (has(b"/Fl"), has(b"/LZW"), has(b"/RunLength") + has(b"/RL"));
    if flate + lzw + runs == 0 {
        return Ok(Stream::default());
    }
    if flate + lzw + runs > 1 {
        return Err(TWICE);
    }
    let data =
        data.strip_prefix(b"\r\n").or(data.strip_prefix(b"\n")).or(data.strip_prefix(b"\r")).unwrap_or(data);
    let raw = length(&head, data);
    if runs > 0 {
        return Ok(Stream { becomes: raw.saturating_mul(128), looked_at: raw });
    }
    if lzw > 0 {
        // The n-th code since a reset stands for n bytes at most, of 4,096 that there are.
        let codes = raw.saturating_mul(8) / 9;
        return Ok(Stream { becomes: codes.saturating_mul(codes.min(4096)), looked_at: raw });
    }
    match (has(b"/ASCII") + has(b"/A85") + has(b"/AHx"), has(b"/ASCII85") + has(b"/A85")) {
        (0, _) => Ok(unfolded(data, raw, left)),
        (1, 1) => {
            let plain = ascii85(data);
            let stream = unfolded(&plain, plain.len(), left);
            Ok(Stream { looked_at: stream.looked_at + plain.len() * 2, ..stream })
        }
        _ => Ok(Stream { becomes: raw.saturating_mul(DEFLATE), looked_at: raw }),
    }
}

/// How long the stream's data are at most: as its dictionary says, or up to the next `endstream`, whichever is more.
/// A length that is another object may be anything.
fn length(head: &[u8], data: &[u8]) -> usize {
    let mark = b"endstream";
    let found = data.windows(mark.len()).position(|window| window == mark).unwrap_or(data.len());
    let key = b"/Length";
    let ends =
        head.windows(key.len()).enumerate().filter(|(_, window)| window == key).map(|(at, _)| at + key.len());
    let said = ends.map(|end| {
        let rest = head[end..].trim_ascii_start();
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let number =
            std::str::from_utf8(&rest[..digits]).ok().and_then(|digits| digits.parse::<usize>().ok());
        let direct = !rest[digits..].trim_ascii_start().first().is_some_and(u8::is_ascii_digit);
        // `/Length1` of a font program is another key, and harmless here.
        number.filter(|_| direct).unwrap_or(if digits == 0 { 0 } else { data.len() })
    });
    said.max().unwrap_or(0).max(found).min(data.len())
}

/// How many bytes come out of deflated data, with or without its usual head. A damaged stream counts as much as its
/// rest could become, because others may read on where we stop.
fn unfolded(data: &[u8], raw: usize, left: usize) -> Stream {
    let zlib = matches!(data, [head, flags, ..]
        if head & 0x0f == 8 && (u16::from(*head) << 8 | u16::from(*flags)).is_multiple_of(31));
    let ((size, whole), taken) = if zlib {
        let mut decoder = ZlibDecoder::new(data);
        (drained(&mut decoder, left), decoder.total_in())
    } else {
        let mut decoder = DeflateDecoder::new(data);
        (drained(&mut decoder, left), decoder.total_in())
    };
    let taken = usize::try_from(taken).unwrap_or(usize::MAX);
    let rest = if whole { 0 } else { raw.saturating_sub(taken).saturating_mul(DEFLATE) };
    Stream { becomes: size.saturating_add(rest), looked_at: raw.max(taken) }
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
