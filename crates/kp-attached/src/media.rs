//! What files may be: four sorts, told by their own bytes and never by their names.
//!
//! A file is looked at only as far as is needed to know that it is what it claims to be: its first bytes, and that its end is
//! there. Nothing in it is run or drawn here.

kp_terms::closed_words! {
    /// A sort of file that is taken.
    pub enum MediaType, "a sort of file that is taken" {
        /// A document.
        Pdf = "pdf",
        /// A photograph.
        Jpeg = "jpeg",
        /// A picture.
        Png = "png",
        /// A scan.
        Tiff = "tiff",
    }
}

kp_terms::closed_words! {
    /// What a paper is, for whoever looks for it.
    pub enum PaperSort, "a sort of paper" {
        /// An invoice.
        Invoice = "invoice",
        /// A list of what is packed.
        PackingList = "packing-list",
        /// A waybill or another paper of the carrier.
        Transport = "transport-paper",
        /// An earlier certificate, licence or permit.
        Permit = "permit",
        /// A photograph of goods, container or seals.
        Photograph = "photograph",
        /// A scan of the certificate itself.
        Scan = "scan",
        /// A letter or message.
        Letter = "letter",
        /// Anything else.
        Other = "other-paper",
    }
}

/// Why a file is not taken. Each says what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    /// Of another sort.
    #[error(
        "the file is no PDF, JPEG, PNG or TIFF, whatever its name says; save it as one of these and send it again"
    )]
    OtherSort,
    /// It ends too early.
    #[error("the file ends too early: it was cut off before it came here; send it again from the original")]
    CutOff,
    /// There is nothing in it.
    #[error("the file is empty; choose the file again")]
    Empty,
}

/// Bytes at either end that are enough to know a file.
pub(crate) const LOOKED_AT: usize = 2048;

impl MediaType {
    /// As HTTP names it.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Tiff => "image/tiff",
        }
    }

    /// The ending of a file's name.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Tiff => "tif",
        }
    }

    /// What a file is, by its first and last bytes (at least 2,048 of each where it has so many).
    ///
    /// # Errors
    /// Where it is none of the four, or its end is missing.
    ///
    /// ```
    /// use kp_attached::{MediaType, NotTaken};
    /// let pdf = b"%PDF-1.7 ... %%EOF\n";
    /// assert_eq!(MediaType::of(pdf, pdf), Ok(MediaType::Pdf));
    /// assert_eq!(MediaType::of(b"MZ\x90", b"MZ\x90"), Err(NotTaken::OtherSort));
    /// ```
    pub fn of(first: &[u8], last: &[u8]) -> Result<Self, NotTaken> {
        let has_end = |end: &[u8]| last.windows(end.len()).any(|window| window == end);
        let (found, is_whole) = match first {
            [] => return Err(NotTaken::Empty),
            [b'%', b'P', b'D', b'F', b'-', ..] => (Self::Pdf, has_end(b"%%EOF")),
            // Cameras write what is theirs behind the end.
            [0xff, 0xd8, 0xff, ..] => (Self::Jpeg, has_end(&[0xff, 0xd9])),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => (Self::Png, has_end(b"IEND")),
            [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => (Self::Tiff, true),
            _ => return Err(NotTaken::OtherSort),
        };
        if is_whole { Ok(found) } else { Err(NotTaken::CutOff) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_say() {
        let of = |bytes: &[u8]| MediaType::of(bytes, bytes);
        assert_eq!(of(b"\xff\xd8\xff\xe0 ... \xff\xd9"), Ok(MediaType::Jpeg));
        assert_eq!(of(b"\x89PNG\r\n\x1a\n....IEND\xaeB`\x82"), Ok(MediaType::Png));
        assert_eq!(of(b"II\x2a\0\x08\0\0\0"), Ok(MediaType::Tiff));
        assert_eq!(of(b"MM\0\x2a\0\0\0\x08"), Ok(MediaType::Tiff));
        for (bytes, why) in [
            (&b""[..], NotTaken::Empty),
            (b"<html><script>", NotTaken::OtherSort),
            (b"<svg onload=alert(1)>", NotTaken::OtherSort),
            (b"GIF89a", NotTaken::OtherSort),
            (b"PK\x03\x04", NotTaken::OtherSort),
            (b" %PDF-1.7 %%EOF", NotTaken::OtherSort),
            (b"%PDF-1.7 half", NotTaken::CutOff),
            (b"\xff\xd8\xff\xe0 half", NotTaken::CutOff),
            (b"\x89PNG\r\n\x1a\n half", NotTaken::CutOff),
        ] {
            assert_eq!(of(bytes), Err(why), "{bytes:?}");
        }
    }
}
