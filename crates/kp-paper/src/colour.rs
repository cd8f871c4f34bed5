//! Colours of a layout, written `#rrggbb`. Always solid: a sheet has no transparency, so that every printer agrees.

use std::str::FromStr;

/// A colour in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Colour(pub(crate) u8, pub(crate) u8, pub(crate) u8);

impl Colour {
    pub(crate) const BLACK: Self = Self(0, 0, 0);
    pub(crate) const WHITE: Self = Self(255, 255, 255);

    /// Mixed with white: 100 is the colour itself, 0 is white.
    pub(crate) fn tint(self, percent: u16) -> Self {
        let mix = |part: u8| {
            let mixed = 255 - (255 - u16::from(part)) * percent.min(100) / 100;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        Self(mix(self.0), mix(self.1), mix(self.2))
    }

    pub(crate) fn paint(self) -> krilla::paint::Paint {
        krilla::color::rgb::Color::new(self.0, self.1, self.2).into()
    }
}

impl FromStr for Colour {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let digits =
            text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii()).ok_or(())?;
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2).ok_or(())?, 16).map_err(|_| ());
        Ok(Self(part(0)?, part(2)?, part(4)?))
    }
}
