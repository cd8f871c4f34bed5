//! What was found but not read, said so that an officer knows where to look and what to do.

use std::fmt;

use crate::{FileKind, Place, Unread};

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "page {}, {}: a symbol is there and cannot be read; it is damaged, blurred or too small. Scan the paper \
             flat at 300 dpi, or type the number and the check code",
            self.page, self.place
        )
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let third = |from: u16, to: u16, names: [&'static str; 3]| match (u32::from(from) + u32::from(to)) / 2
        {
            0..334 => names[0],
            334..667 => names[1],
            _ => names[2],
        };
        let row = third(self.top, self.bottom, ["upper", "middle", "lower"]);
        let column = third(self.left, self.right, ["left", "centre", "right"]);
        write!(f, "{row} {column}")
    }
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Png => "PNG picture",
            Self::Jpeg => "JPEG picture",
            Self::Pdf => "PDF document",
            Self::Text => "text",
        })
    }
}
