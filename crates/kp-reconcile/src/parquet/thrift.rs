//! Thrift's compact protocol, as far as Parquet's headers are written in it: any structure, read into a tree.
//!
//! Only reads, and never further than the bytes given; what cannot be read is none.

/// How deep structures may be nested: Parquet's own are six deep.
const DEEPEST: u32 = 24;

/// Something that was written.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node<'a> {
    Int(i64),
    Bytes(&'a [u8]),
    /// A flag, and what nothing here asks for (doubles).
    Other(bool),
    List(Vec<Node<'a>>),
    Struct(Vec<(i16, Node<'a>)>),
}

impl<'a> Node<'a> {
    /// A field of a structure.
    pub(super) fn field(&self, id: i16) -> Option<&Node<'a>> {
        match self {
            Self::Struct(fields) => fields.iter().find(|field| field.0 == id).map(|field| &field.1),
            _ => None,
        }
    }

    pub(super) fn int(&self, id: i16) -> Option<i64> {
        match self.field(id)? {
            Self::Int(value) => Some(*value),
            _ => None,
        }
    }

    /// A number that counts something.
    pub(super) fn count(&self, id: i16) -> Option<usize> {
        usize::try_from(self.int(id)?).ok()
    }

    pub(super) fn flag(&self, id: i16) -> Option<bool> {
        match self.field(id)? {
            Self::Other(flag) => Some(*flag),
            _ => None,
        }
    }

    pub(super) fn text(&self, id: i16) -> Option<&'a str> {
        match self.field(id)? {
            Self::Bytes(bytes) => std::str::from_utf8(bytes).ok(),
            _ => None,
        }
    }

    pub(super) fn list(&self, id: i16) -> Option<&[Node<'a>]> {
        match self.field(id)? {
            Self::List(list) => Some(list),
            _ => None,
        }
    }
}

/// Reads one structure; returns it and how many bytes it took.
pub(super) fn structure(bytes: &[u8]) -> Option<(Node<'_>, usize)> {
    let mut reader = Reader { bytes, at: 0 };
    let node = reader.structure(0)?;
    Some((node, reader.at))
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let taken = self.bytes.get(self.at..self.at.checked_add(length)?)?;
        self.at += length;
        Some(taken)
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    fn zigzag(&mut self) -> Option<i64> {
        let value = self.varint()?;
        Some((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    fn structure(&mut self, depth: u32) -> Option<Node<'a>> {
        let mut fields = Vec::new();
        let mut id = 0_i16;
        loop {
            let header = self.byte()?;
            if header == 0 {
                return Some(Node::Struct(fields));
            }
            id = match header >> 4 {
                0 => i16::try_from(self.zigzag()?).ok()?,
                step => id.checked_add(i16::from(step))?,
            };
            let value = match header & 15 {
                1 => Node::Other(true),
                2 => Node::Other(false),
                kind => self.value(kind, depth + 1)?,
            };
            fields.push((id, value));
        }
    }

    fn value(&mut self, kind: u8, depth: u32) -> Option<Node<'a>> {
        if depth > DEEPEST {
            return None;
        }
        match kind {
            // Within a list a flag is a byte.
            1 | 2 => self.byte().map(|byte| Node::Other(byte == 1)),
            3 => self.byte().map(|byte| Node::Int(i64::from(byte as i8))),
            4..=6 => self.zigzag().map(Node::Int),
            7 => self.take(8).map(|_| Node::Other(false)),
            8 => {
                let length = usize::try_from(self.varint()?).ok()?;
                self.take(length).map(Node::Bytes)
            }
            9 | 10 => self.list(depth),
            12 => self.structure(depth),
            _ => None,
        }
    }

    fn list(&mut self, depth: u32) -> Option<Node<'a>> {
        let header = self.byte()?;
        let count = match header >> 4 {
            15 => self.varint()?,
            count => u64::from(count),
        };
        // Each takes a byte at least, so that a false count cannot ask for memory.
        if count > (self.bytes.len() - self.at) as u64 {
            return None;
        }
        (0..count).map(|_| self.value(header & 15, depth + 1)).collect::<Option<_>>().map(Node::List)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Node, structure};

    #[test]
    fn a_structure_is_read() {
        // 1: i32 -1; 2: "ab"; 3: true; 20: list of two i64; 21: structure with 1: 5.
        let bytes = [0x15, 0x01, 0x18, 2, b'a', b'b', 0x11, 0x09, 40, 0x26, 2, 4, 0x1C, 0x15, 10, 0, 0];
        let (node, taken) = structure(&bytes).unwrap();
        assert_eq!(taken, bytes.len());
        assert_eq!((node.int(1), node.text(2), node.flag(3)), (Some(-1), Some("ab"), Some(true)));
        assert_eq!(node.list(20), Some(&[Node::Int(1), Node::Int(2)][..]));
        assert_eq!(node.field(21).and_then(|inner| inner.count(1)), Some(5));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = structure(&bytes);
        }
    }
}
