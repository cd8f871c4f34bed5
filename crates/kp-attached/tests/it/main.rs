//! Small pictures of documents and scans: files as scanners and offices write them (`tests/files/make.py`), broken ones, and
//! ones that were made to harm.

use std::{io::Write, path::Path};

use kp_attached::{Glimpse, MediaType, glimpse};

fn file(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Width, height, and red, green and blue of each pixel.
struct Picture {
    width: usize,
    height: usize,
    rgb: Vec<u8>,
}

impl Picture {
    fn of(found: &Glimpse) -> Self {
        let png = found.png.as_ref().expect("there is a picture");
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().expect("it is a PNG");
        let mut rgb = vec![0; reader.output_buffer_size().expect("a small one")];
        let frame = reader.next_frame(&mut rgb).expect("it is whole");
        Self { width: frame.width as usize, height: frame.height as usize, rgb }
    }

    /// The pixel at a place in hundredths of both sides.
    fn at(&self, across: usize, down: usize) -> [u8; 3] {
        let at = (down * self.height / 100 * self.width + across * self.width / 100) * 3;
        self.rgb[at..at + 3].try_into().expect("three colours")
    }
}

/// Every sheet has a thick bar at its top, and nothing in its lower left corner.
fn is_the_sheet(found: &Glimpse, name: &str) {
    let picture = Picture::of(found);
    assert!((225..=226).contains(&picture.width) && picture.height == 320, "{name}: {} wide", picture.width);
    let ([bar, ..], [paper, ..]) = (picture.at(50, 8), picture.at(5, 97));
    assert!(bar < 100 && paper > 200, "{name}: a bar of {bar} on paper of {paper}");
    let lines = (20..90).filter(|down| picture.at(20, *down)[0] < paper - 20).count();
    assert!(lines > 5, "{name}: {lines} hundredths with writing in them");
}

#[test]
fn the_first_page_of_a_scan_is_shown_and_its_pages_are_counted() {
    for (name, media_type, pages) in [
        ("jpeg-pages.pdf", MediaType::Pdf, 3),
        ("fax-page.pdf", MediaType::Pdf, 1),
        ("fax-pages.tif", MediaType::Tiff, 4),
        ("grey.tif", MediaType::Tiff, 1),
        ("colour.tif", MediaType::Tiff, 1),
        ("turned.tif", MediaType::Tiff, 1),
    ] {
        let found = glimpse(file(name), media_type);
        assert_eq!(found.pages, Some(pages), "{name}");
        is_the_sheet(&found, name);
    }
    let [red, _, blue] = Picture::of(&glimpse(file("colour.tif"), MediaType::Tiff)).at(50, 8);
    assert!(blue > red + 40, "a scan in colours keeps them: {red} and {blue}");
}

#[test]
fn a_written_document_has_pages_and_no_picture_that_would_lack_its_text() {
    let found = glimpse(file("letter.pdf"), MediaType::Pdf);
    assert_eq!(found, Glimpse { pages: Some(2), png: None });
}

#[test]
fn what_was_cut_off_or_damaged_breaks_nothing() {
    for (name, media_type) in [
        ("jpeg-pages.pdf", MediaType::Pdf),
        ("fax-pages.tif", MediaType::Tiff),
        ("colour.tif", MediaType::Tiff),
    ] {
        let whole = file(name);
        for part in 0..20 {
            glimpse(whole[..whole.len() * part / 20].to_vec(), media_type);
            // Every 97th byte is another.
            let mut damaged = whole.clone();
            damaged.iter_mut().skip(part).step_by(97).for_each(|byte| *byte ^= 0x5a);
            glimpse(damaged, media_type);
        }
    }
    let nothing = Glimpse { pages: None, png: None };
    assert_eq!(glimpse(b"%PDF-1.7 %%EOF".to_vec(), MediaType::Pdf), nothing);
    assert_eq!(glimpse(b"II\x2a\0\xff\xff\xff\xff".to_vec(), MediaType::Tiff), nothing);
}

/// Tag, type, count and value.
type Entry = (u16, u16, u32, u32);

/// A TIFF in the order of bytes of Intel: directories of entries, each with the place of the next.
fn tiff(directories: &[(&[Entry], u32)], behind: &[u8]) -> Vec<u8> {
    let mut bytes = b"II\x2a\0\x08\0\0\0".to_vec();
    for (entries, next) in directories {
        bytes.extend((entries.len() as u16).to_le_bytes());
        for (tag, kind, count, value) in *entries {
            bytes.extend([tag.to_le_bytes(), kind.to_le_bytes()].concat());
            bytes.extend([count.to_le_bytes(), value.to_le_bytes()].concat());
        }
        bytes.extend(next.to_le_bytes());
    }
    bytes.extend(behind);
    bytes
}

#[test]
fn a_tiff_that_was_made_to_harm_has_no_picture() {
    // Its second page leads back to its first.
    let endless = tiff(&[(&[(256, 4, 1, 1)], 26), (&[(256, 4, 1, 1)], 8)], &[]);
    assert_eq!(glimpse(endless, MediaType::Tiff).pages, None);
    // A million pixels a side.
    let vast = tiff(&[(&[(256, 4, 1, 1_000_000), (257, 4, 1, 1_000_000)], 0)], &[]);
    assert_eq!(glimpse(vast, MediaType::Tiff), Glimpse { pages: Some(1), png: None });
    // Two thousand strips, all of them the same megabyte of empty blocks of deflate.
    let (strips, entries) = (2_000_u32, 8_u32);
    let table = 8 + 2 + entries * 12 + 4;
    let data = table + strips * 8;
    let mut behind: Vec<u8> = (0..strips).flat_map(|_| data.to_le_bytes()).collect();
    behind.extend((0..strips).flat_map(|_| 1_000_000_u32.to_le_bytes()));
    behind.extend([0x78, 0x01]);
    behind.extend([0, 0, 0, 0xff, 0xff].repeat(200_000));
    let slow = tiff(
        &[(
            &[
                (256, 4, 1, 100),
                (257, 4, 1, strips),
                (258, 3, 1, 8),
                (259, 3, 1, 8),
                (262, 3, 1, 1),
                (273, 4, strips, table),
                (278, 4, 1, 1),
                (279, 4, strips, table + strips * 4),
            ],
            0,
        )],
        &behind,
    );
    assert_eq!(glimpse(slow, MediaType::Tiff), Glimpse { pages: Some(1), png: None });
    // The JPEG in the first strip claims to be as large as a JPEG can be.
    let mut claims = file("colour.tif");
    let frame = claims.windows(4).position(|bytes| bytes == [0xff, 0xc0, 0, 17]).expect("a frame header");
    claims[frame + 5..frame + 9].fill(0xff);
    assert_eq!(glimpse(claims, MediaType::Tiff), Glimpse { pages: Some(1), png: None });
}

/// A document of one page with this content and these further objects from number 5 on.
fn pdf(content: &[u8], filter: &str, resources: &str, objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n".to_vec();
    writeln!(bytes, "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<{resources}>>>>endobj")
        .expect("memory takes it");
    bytes.extend(stream(4, &format!("{filter}/Length {}", content.len()), content));
    objects.iter().for_each(|object| bytes.extend(object));
    bytes.extend(b"trailer<</Root 1 0 R>>\n%%EOF\n");
    bytes
}

fn stream(number: usize, entries: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("{number} 0 obj<<{entries}>>stream\n");
    [head.as_bytes(), content, b"\nendstream endobj\n"].concat()
}

#[test]
fn a_document_that_was_made_to_harm_has_no_picture() {
    let nothing = Glimpse { pages: None, png: None };
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    (0..300).for_each(|_| packer.write_all(&vec![b' '; 1 << 20]).expect("memory takes it"));
    let bomb = packer.finish().expect("memory takes it");
    assert_eq!(glimpse(pdf(&bomb, "/Filter/FlateDecode", "", &[]), MediaType::Pdf), nothing);
    let mut locked = pdf(b"", "", "", &[]);
    locked.extend(b"trailer<</Root 1 0 R/Encrypt 9 0 R>>\n%%EOF\n");
    assert_eq!(glimpse(locked, MediaType::Pdf), nothing);
    // Each form draws the next one a hundred times, over a picture of the whole page.
    let form = |number: usize| {
        let resources = format!(
            "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</Fm {} 0 R>>>>",
            number + 1
        );
        let content = b"/Fm Do ".repeat(100);
        stream(number, &format!("{resources}/Length {}", content.len()), &content)
    };
    let picture = stream(
        12,
        "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1",
        b"\x80",
    );
    let mut objects: Vec<Vec<u8>> = (5..11).map(form).collect();
    objects.push(stream(11, "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Length 16", b"0 0 595 842 re f"));
    objects.push(picture);
    let deep = pdf(b"q 595 0 0 842 0 0 cm /I Do Q /Fm Do", "", "/XObject<</Fm 5 0 R/I 12 0 R>>", &objects);
    assert_eq!(glimpse(deep, MediaType::Pdf), Glimpse { pages: Some(1), png: None });
    // The same without its forms is a page with a picture on it: what was refused is the work, not the shape.
    let plain = pdf(b"q 595 0 0 842 0 0 cm /I Do Q", "", "/XObject<</I 12 0 R>>", &objects);
    let shown = glimpse(plain, MediaType::Pdf);
    assert_eq!((shown.pages, Picture::of(&shown).at(50, 50)), (Some(1), [0x80; 3]));
}

#[test]
fn writing_over_a_scan_is_a_stamp_or_the_scan_is_only_paper() {
    let picture = stream(
        5,
        "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1",
        b"\xf0",
    );
    let page = |written: &str| {
        let content = format!("q 595 0 0 842 0 0 cm /I Do Q BT /F1 10 Tf {written} ET");
        let font = "/XObject<</I 5 0 R>>/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>";
        glimpse(pdf(content.as_bytes(), "", font, std::slice::from_ref(&picture)), MediaType::Pdf)
            .png
            .is_some()
    };
    assert!(page("(page 1 of 80) Tj"));
    assert!(
        page(&format!("3 Tr {}", "(read by a scanner) Tj ".repeat(500))),
        "text to be searched is not seen"
    );
    assert!(!page(&"(Dear Sirs) Tj ".repeat(40)), "a letter on coloured paper");
}
