//! How bright a colour is: enough to tell a module from paper. No colour management.

use hayro_syntax::object::{Array, Dict, Name, Object, Stream};

use crate::grey::luma;

/// What the numbers of a colour mean.
#[derive(Debug, Clone)]
pub(super) enum Space {
    Grey,
    Rgb,
    Cmyk,
    /// Lightness first (CIE L*a*b*).
    Lab,
    /// One ink or several: 0 is none.
    Inks(usize),
    /// Numbers of a table of greys.
    Table(Vec<u8>),
    /// A pattern: nothing that a symbol is made of.
    Pattern,
}

/// Tables have 256 entries at most; spaces within spaces are followed this deep.
const DEEPEST: usize = 4;

impl Space {
    /// From its name or description; grey where it is not understood.
    pub(super) fn of(object: &Object<'_>, resources: &Dict<'_>, depth: usize) -> Self {
        if depth > DEEPEST {
            return Self::Grey;
        }
        match object {
            Object::Name(name) => Self::named(name, resources, depth),
            Object::Array(array) => Self::described(array, resources, depth),
            _ => Self::Grey,
        }
    }

    fn named(name: &Name<'_>, resources: &Dict<'_>, depth: usize) -> Self {
        match name.as_ref() {
            b"DeviceGray" | b"G" | b"CalGray" => Self::Grey,
            b"DeviceRGB" | b"RGB" | b"CalRGB" => Self::Rgb,
            b"DeviceCMYK" | b"CMYK" => Self::Cmyk,
            b"Pattern" => Self::Pattern,
            other => match resources.get::<Object<'_>>(other) {
                Some(object) => Self::of(&object, resources, depth + 1),
                None => Self::Grey,
            },
        }
    }

    fn described(array: &Array<'_>, resources: &Dict<'_>, depth: usize) -> Self {
        let mut parts = array.iter::<Object<'_>>();
        let Some(Object::Name(kind)) = parts.next() else { return Self::Grey };
        match kind.as_ref() {
            b"ICCBased" => match parts.next().and_then(Object::into_stream) {
                Some(profile) => match profile.dict().get::<u32>("N") {
                    Some(3) => Self::Rgb,
                    Some(4) => Self::Cmyk,
                    _ => Self::Grey,
                },
                None => Self::Grey,
            },
            b"Lab" => Self::Lab,
            b"Separation" => Self::Inks(1),
            b"DeviceN" => {
                let names = parts.next().and_then(Object::into_array);
                Self::Inks(names.map_or(1, |names| names.raw_iter().take(32).count()).max(1))
            }
            b"Indexed" | b"I" => {
                let base = parts.next().map_or(Self::Grey, |base| Self::of(&base, resources, depth + 1));
                let _highest = parts.next();
                Self::table(&base, parts.next())
            }
            _ => Self::named(&kind, resources, depth),
        }
    }

    fn table(base: &Self, entries: Option<Object<'_>>) -> Self {
        let bytes = match entries {
            Some(Object::String(text)) => text.as_bytes().to_vec(),
            Some(Object::Stream(stream)) => {
                stream.decoded_data().map(|data| data.to_vec()).unwrap_or_default()
            }
            _ => Vec::new(),
        };
        let parts = base.parts();
        let grey = |entry: &[u8]| {
            let values: Vec<f32> = entry.iter().map(|byte| f32::from(*byte) / 255.0).collect();
            base.brightness(&values)
        };
        Self::Table(bytes.chunks_exact(parts).take(256).map(grey).collect())
    }

    /// Numbers per colour.
    pub(super) fn parts(&self) -> usize {
        match self {
            Self::Grey | Self::Table(_) | Self::Pattern => 1,
            Self::Rgb | Self::Lab => 3,
            Self::Cmyk => 4,
            Self::Inks(count) => *count,
        }
    }

    /// Brightness of a colour whose numbers go from 0 to 1 (entries of a table: the number itself divided by 255).
    pub(super) fn brightness(&self, values: &[f32]) -> u8 {
        let byte = |value: f32| (value.clamp(0.0, 1.0) * 255.0).round() as u8;
        match (self, values) {
            (Self::Rgb, [r, g, b, ..]) => luma(byte(*r), byte(*g), byte(*b)),
            (Self::Cmyk, [c, m, y, k, ..]) => cmyk(*c, *m, *y, *k),
            (Self::Lab, [l, ..]) => byte(*l),
            (Self::Inks(_), inks) => byte(1.0 - inks.iter().copied().fold(0.0, f32::max)),
            (Self::Table(table), [number, ..]) => {
                table.get(usize::from(byte(*number))).copied().unwrap_or(255)
            }
            (_, [grey, ..]) => byte(*grey),
            (_, []) => 0,
        }
    }
}

/// Brightness of four inks on white paper.
pub(super) fn cmyk(c: f32, m: f32, y: f32, k: f32) -> u8 {
    let part = |ink: f32| ((1.0 - ink.clamp(0.0, 1.0)) * (1.0 - k.clamp(0.0, 1.0)) * 255.0).round() as u8;
    luma(part(c), part(m), part(y))
}

/// The space of a picture, from its dictionary.
pub(super) fn of_picture(stream: &Stream<'_>, spaces: &Dict<'_>) -> Option<Space> {
    let dict = stream.dict();
    let object = dict.get::<Object<'_>>("ColorSpace").or_else(|| dict.get::<Object<'_>>("CS"))?;
    Some(Space::of(&object, spaces, 0))
}
