//! How large a workbook becomes when unpacked, by its own table of contents, before anything is unpacked.
//!
//! Only the sizes are read (ZIP central directory, APPNOTE 4.3.12); unpacking is the workbook reader's.

/// Sum of the unpacked sizes, or nothing where the table of contents is missing or broken.
pub(crate) fn unpacked_size(bytes: &[u8]) -> Option<u64> {
    let end = find_end(bytes)?;
    let entries = number(bytes, end + 10, 2)?;
    let mut at = usize::try_from(number(bytes, end + 16, 4)?).ok()?;
    let mut sum = 0_u64;
    for _ in 0..entries {
        if bytes.get(at..at + 4)? != b"PK\x01\x02" {
            return None;
        }
        sum = sum.checked_add(number(bytes, at + 24, 4)?)?; // 4 GiB and more stand there as the largest number
        let lengths = number(bytes, at + 28, 2)? + number(bytes, at + 30, 2)? + number(bytes, at + 32, 2)?;
        at = at.checked_add(46)?.checked_add(usize::try_from(lengths).ok()?)?;
    }
    Some(sum)
}

/// The end record stands last, behind it at most a comment of 65,535 bytes.
fn find_end(bytes: &[u8]) -> Option<usize> {
    let from = bytes.len().saturating_sub(22 + 65_535);
    let tail = bytes.get(from..)?;
    tail.windows(4).rposition(|window| window == b"PK\x05\x06").map(|at| from + at)
}

/// A little-endian number of a few bytes.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let field = bytes.get(at..at.checked_add(length)?)?;
    Some(field.iter().rev().fold(0, |number, byte| (number << 8) | u64::from(*byte)))
}
