//! The fonts of the sheets: Latin, Cyrillic, Greek and Arabic are in the program; others come from a folder.
//!
//! Chinese, Japanese and Korean fonts are twenty megabytes each, so they are not carried along: they are read from a
//! folder that the caller names, or from where Debian's `fonts-noto-cjk` puts them, and only when a text needs them.
//! A file is only opened when a character is found nowhere else.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use rustybuzz::ttf_parser;

use crate::error::PaperError;

/// Where Debian puts the fonts of `fonts-noto-cjk`.
const SYSTEM: &str = "/usr/share/fonts/opentype/noto";

/// A face within a font file.
pub(crate) struct Face {
    data: Arc<dyn AsRef<[u8]> + Send + Sync>,
    index: u32,
    /// Which language's shapes it draws, where its name says so: `JP`, `KR`, `SC`, `TC`, `HK`.
    region: Option<&'static str>,
    pub(crate) font: krilla::text::Font,
    /// How much larger it is drawn than the faces beside it.
    pub(crate) scale: f32,
}

/// The look of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) enum Style {
    Serif,
    SerifItalic,
    #[default]
    Sans,
    SansBold,
}

/// The faces that texts are set in.
#[derive(Clone)]
pub struct Fonts {
    serif: Arc<Face>,
    italic: Arc<Face>,
    sans: Arc<Face>,
    sans_bold: Arc<Face>,
    arabic: Arc<Face>,
    arabic_bold: Arc<Face>,
    more: Vec<Arc<Spare>>,
}

/// A file that is opened when it is needed.
struct Spare {
    path: PathBuf,
    faces: OnceLock<Result<Vec<Arc<Face>>, String>>,
}

impl Face {
    fn read(
        data: Arc<dyn AsRef<[u8]> + Send + Sync>,
        index: u32,
        file: &str,
    ) -> Result<Arc<Self>, PaperError> {
        let refused = |why: &str| PaperError::Font { file: file.to_owned(), why: why.to_owned() };
        let parsed =
            ttf_parser::Face::parse((*data).as_ref(), index).map_err(|why| refused(&why.to_string()))?;
        let region = region(&parsed);
        let font = krilla::text::Font::new(Arc::clone(&data).into(), index)
            .ok_or_else(|| refused("it is no OpenType or TrueType font"))?;
        // Arabic letters are low for their size.
        let scale = if file.contains("Arabic") { 1.14 } else { 1.0 };
        Ok(Arc::new(Self { data, index, region, font, scale }))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        (*self.data).as_ref()
    }

    pub(crate) fn shaper(&self) -> Option<rustybuzz::Face<'_>> {
        rustybuzz::Face::from_slice(self.bytes(), self.index)
    }

    pub(crate) fn has(&self, character: char) -> bool {
        ttf_parser::Face::parse(self.bytes(), self.index)
            .is_ok_and(|face| face.glyph_index(character).is_some_and(|glyph| glyph.0 != 0))
    }
}

/// Noto's collections name the region at the end of the family: `Noto Sans CJK SC`.
fn region(face: &ttf_parser::Face<'_>) -> Option<&'static str> {
    let family = face
        .names()
        .into_iter()
        .filter(|name| name.name_id == ttf_parser::name_id::FAMILY)
        .find_map(|name| name.to_string())?;
    ["JP", "KR", "SC", "TC", "HK"].into_iter().find(|region| family.ends_with(region))
}

impl Fonts {
    /// The fonts in the program: EB Garamond, Noto Sans, Noto Naskh Arabic.
    ///
    /// # Errors
    /// A font in the program cannot be read, which a test rules out.
    pub fn built_in() -> Result<Self, PaperError> {
        let face = |name: &str, bytes: &'static [u8]| Face::read(Arc::new(bytes), 0, name);
        Ok(Self {
            serif: face("EBGaramond12-Regular.otf", include_bytes!("../fonts/EBGaramond12-Regular.otf"))?,
            italic: face("EBGaramond12-Italic.otf", include_bytes!("../fonts/EBGaramond12-Italic.otf"))?,
            sans: face("NotoSans-Regular.ttf", include_bytes!("../fonts/NotoSans-Regular.ttf"))?,
            sans_bold: face("NotoSans-Bold.ttf", include_bytes!("../fonts/NotoSans-Bold.ttf"))?,
            arabic: face(
                "NotoNaskhArabic-Regular.ttf",
                include_bytes!("../fonts/NotoNaskhArabic-Regular.ttf"),
            )?,
            arabic_bold: face(
                "NotoNaskhArabic-Bold.ttf",
                include_bytes!("../fonts/NotoNaskhArabic-Bold.ttf"),
            )?,
            more: Vec::new(),
        })
    }

    /// Also the fonts in this folder (`.ttf`, `.otf`, `.ttc`), asked in the order of their names, sans before serif.
    ///
    /// # Errors
    /// The folder cannot be read. A file in it is opened only when a text needs it.
    pub fn with_folder(mut self, folder: &Path) -> Result<Self, PaperError> {
        let refused = |why: std::io::Error| PaperError::Font {
            file: folder.display().to_string(),
            why: format!("the folder cannot be read: {why}"),
        };
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(refused)? {
            let path = entry.map_err(refused)?.path();
            let kind = path.extension().and_then(|kind| kind.to_str()).map(str::to_ascii_lowercase);
            if matches!(kind.as_deref(), Some("ttf" | "otf" | "ttc")) {
                paths.push(path);
            }
        }
        paths.sort_by_key(|path| (path.to_string_lossy().contains("Serif"), path.clone()));
        self.more.extend(paths.into_iter().map(|path| Arc::new(Spare { path, faces: OnceLock::new() })));
        Ok(self)
    }

    /// Also the fonts of the system, where Debian's `fonts-noto-cjk` is installed; as they are, where it is not.
    #[must_use]
    pub fn with_system(self) -> Self {
        let folder = Path::new(SYSTEM);
        if folder.is_dir() { self.clone().with_folder(folder).unwrap_or(self) } else { self }
    }

    /// The faces of a style that come with the program, the first choice first.
    fn chain(&self, style: Style) -> Vec<&Arc<Face>> {
        match style {
            Style::Serif => vec![&self.serif, &self.sans, &self.arabic],
            Style::SerifItalic => vec![&self.italic, &self.serif, &self.sans, &self.arabic],
            Style::Sans => vec![&self.sans, &self.serif, &self.arabic],
            Style::SansBold => vec![&self.sans_bold, &self.serif, &self.arabic_bold],
        }
    }

    /// A face of this style that has the character; `region` is the language's shapes that the text asks for.
    pub(crate) fn face(&self, style: Style, character: char, region: &str) -> Option<Arc<Face>> {
        if let Some(face) = self.chain(style).into_iter().find(|face| face.has(character)) {
            return Some(Arc::clone(face));
        }
        let bold = style == Style::SansBold;
        let (first, second): (Vec<_>, Vec<_>) =
            self.more.iter().partition(|spare| spare.path.to_string_lossy().contains("Bold") == bold);
        first.into_iter().chain(second).find_map(|spare| spare.face(character, region))
    }
}

impl Spare {
    fn face(&self, character: char, region: &str) -> Option<Arc<Face>> {
        let faces = self.faces.get_or_init(|| self.open()).as_ref().ok()?;
        let having = || faces.iter().filter(|face| face.has(character));
        having().find(|face| face.region == Some(region)).or_else(|| having().next()).cloned()
    }

    fn open(&self) -> Result<Vec<Arc<Face>>, String> {
        let bytes = std::fs::read(&self.path).map_err(|why| why.to_string())?;
        let data: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(bytes);
        let count = ttf_parser::fonts_in_collection((*data).as_ref()).unwrap_or(1);
        (0..count)
            .map(|index| {
                Face::read(Arc::clone(&data), index, &self.path.to_string_lossy())
                    .map_err(|why| why.to_string())
            })
            .collect()
    }
}

/// Which language's shapes a text wants: Japanese where there is kana, Korean where there is hangul, else simplified
/// Chinese.
pub(crate) fn region_of(text: &str) -> &'static str {
    if text.chars().any(|c| matches!(c, '\u{3040}'..='\u{30ff}')) {
        "JP"
    } else if text.chars().any(|c| matches!(c, '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7af}')) {
        "KR"
    } else {
        "SC"
    }
}

/// Where a font for these characters can be had.
pub(crate) fn remedy(characters: &[char]) -> String {
    let wide = |c: &char| matches!(c, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}');
    let control = |c: &char| {
        c.is_control()
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fff9}'..='\u{ffff}' | '\u{feff}')
    };
    if characters.iter().all(control) {
        "they are invisible marks that change how a text reads; take them out of it".to_owned()
    } else if characters.iter().any(wide) {
        "install Debian's fonts-noto-cjk, or name a folder with a font that has them".to_owned()
    } else {
        "install Debian's fonts-noto-core or fonts-noto-extra and name its folder, or write the text in other \
         characters"
            .to_owned()
    }
}
