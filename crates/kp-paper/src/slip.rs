//! The confirmation slip: what the importing authority found, sent back to the issuer.
//!
//! Core Document III(b) and Annex I.B. It holds the certified figures beside the measured ones, so that a difference is
//! seen on the paper and not only in the list of codes. Printed on A5, lying.

use kp_terms::{CertificateNumber, Date, ParticipantCode, Timestamp};

use crate::{
    area::Area,
    cell::{Cell, cell},
    certificate::{both, small},
    error::PaperError,
    fonts::{Fonts, Style},
    layout::{Layout, word},
    linework, marks,
    page::{Align, Look, Page, Role},
    render::{About, write},
    sheet::{GoodsLine, Print},
};

/// Confirmation of one import.
#[derive(Debug, Clone)]
pub struct ConfirmationSlip {
    /// Number of the certificate that is confirmed.
    pub number: CertificateNumber,
    /// Name of the importing participant.
    pub participant_name: String,
    /// The importing authority, with its address on further lines.
    pub authority: String,
    /// To whom the slip goes: the issuing authority.
    pub addressee: String,
    /// Name of the exporter as on the certificate.
    pub exporter: String,
    /// Name of the importer as on the certificate.
    pub importer: String,
    /// The country of destination.
    pub destination: ParticipantCode,
    /// Its name.
    pub destination_name: String,
    /// Parcels on the certificate, and parcels found.
    pub parcels: (u32, u32),
    /// What the certificate says.
    pub certified: Vec<GoodsLine>,
    /// What was found.
    pub received: Vec<GoodsLine>,
    /// Day of receipt by the importing authority.
    pub received_on: Date,
    /// What was found of the seals, in words: `all intact`, `B-12 broken`.
    pub seals: String,
    /// Whether and how it was opened, in words.
    pub examination: String,
    /// Differences, one to a line with its code; empty where there are none.
    pub differences: Vec<String>,
    /// The officer who confirms.
    pub officer: String,
    /// How it is sent, and when.
    pub sent: String,
    /// Which print.
    pub print: Print,
    /// Whether it is a node for training.
    pub training: bool,
    /// When it is printed, in UTC.
    pub printed_at: Timestamp,
}

const WIDTH: f32 = 210.0;
const HEIGHT: f32 = 148.0;
const LEFT: f32 = 16.0;
const INNER: f32 = WIDTH - 2.0 * LEFT;

/// Prints a confirmation slip as PDF/A-2a. Colours, language and words are the layout's.
///
/// # Errors
/// A text that does not fit or a character that no font has; each names its field.
pub fn confirmation_slip(
    slip: &ConfirmationSlip,
    layout: &Layout,
    fonts: &Fonts,
) -> Result<Vec<u8>, PaperError> {
    let page = slip_page(slip, layout, fonts)?;
    let about = About {
        title: format!("Import confirmation of certificate {}", slip.number),
        author: slip.participant_name.clone(),
        created: slip.printed_at,
    };
    write(&[page], &about)
}

pub(crate) fn slip_page(slip: &ConfirmationSlip, layout: &Layout, fonts: &Fonts) -> Result<Page, PaperError> {
    // A slip is printed on plain paper, wherever the certificates' own stock has its labels.
    let layout = &layout.for_plain_paper();
    let mut page = Page::new(WIDTH, HEIGHT, (0.0, 0.0));
    linework::double_lines(&mut page, 8.0, 1.6, layout.colours.ink, layout.colours.accent);
    let marks = marks::of(slip.print, slip.training);
    marks::across(&mut page, fonts, &marks, layout.colours.mark)?;
    head(&mut page, fonts, layout, slip, &marks)?;
    let mut y = 42.0;
    for (height, row) in rows(slip) {
        let mut x = LEFT;
        let width = INNER - 5.0 * (f32::from(u8::try_from(row.len()).unwrap_or(1)) - 1.0);
        for (share, content) in &row {
            cell(&mut page, fonts, layout, &Area::new(x, y, width * share, height), content)?;
            x += width * share + 5.0;
        }
        y += height + 2.5;
    }
    table(&mut page, fonts, layout, slip, y)?;
    foot(&mut page, fonts, layout, slip)?;
    Ok(page)
}

fn head(
    page: &mut Page,
    fonts: &Fonts,
    layout: &Layout,
    slip: &ConfirmationSlip,
    marks: &[marks::Mark],
) -> Result<(), PaperError> {
    let mut look = small(layout.colours.ink, 10.0);
    (look.setting.style, look.setting.tracking) = (Style::Serif, 0.1);
    let name = slip.participant_name.to_uppercase();
    page.text(
        fonts,
        "participant_name",
        Area::new(LEFT, 14.0, INNER * 0.6, 5.5),
        &name,
        &look,
        Role::Paragraph,
        None,
    )?;
    let mut mark = small(layout.colours.mark, 8.0);
    (mark.setting.style, mark.align) = (Style::SansBold, Align::Right);
    marks::small_in(page, fonts, Area::new(LEFT + INNER * 0.6, 14.0, INNER * 0.4, 5.0), marks, &mark)?;
    (look.setting.size, look.setting.least, look.setting.tracking) = (20.0, 13.0, 0.0);
    let title = both(layout, "confirmation");
    page.text(fonts, "title", Area::new(LEFT, 20.0, INNER * 0.66, 10.0), &title, &look, Role::Heading, None)?;
    let look = Look { colour: layout.colours.mark, align: Align::Right, ..look };
    let place = Area::new(LEFT + INNER * 0.66, 20.0, INNER * 0.34, 10.0);
    page.text(fonts, "number", place, &slip.number.to_string(), &look, Role::Paragraph, None)?;
    page.line((LEFT, 32.0), (LEFT + INNER, 32.0), layout.colours.accent, 0.8, &[]);
    let look = small(layout.colours.label, 8.0);
    let place = Area::new(LEFT, 34.0, INNER, 6.0);
    let to = format!("To: {}", slip.addressee.replace('\n', ", "));
    page.text(fonts, "addressee", place, &to, &look, Role::Paragraph, None)?;
    Ok(())
}

type Row = (f32, Vec<(f32, Cell)>);

fn rows(slip: &ConfirmationSlip) -> [Row; 2] {
    let text = |key: &str, value: String| Cell::new(word(key), value, 9.0);
    let differences = match slip.differences.as_slice() {
        [] => "\u{2014}".to_owned(),
        some => some.join("\n"),
    };
    [
        (
            13.0,
            vec![
                (0.36, text("exporter", slip.exporter.clone())),
                (0.36, text("importer", slip.importer.clone())),
                (0.28, text("destination", format!("{} {}", slip.destination, slip.destination_name))),
            ],
        ),
        (
            15.0,
            vec![
                (0.15, text("received_on", slip.received_on.to_string())),
                (0.23, text("seals_intact", slip.seals.clone())),
                (0.22, text("opened", slip.examination.clone())),
                (0.40, text("differences", differences)),
            ],
        ),
    ]
}

/// Certified and received side by side, by class, with the parcels.
fn table(
    page: &mut Page,
    fonts: &Fonts,
    layout: &Layout,
    slip: &ConfirmationSlip,
    top: f32,
) -> Result<(), PaperError> {
    let dash = || "\u{2014}".to_owned();
    let of = |lines: &[GoodsLine], class| match lines.iter().find(|line| line.class == class) {
        Some(line) => [line.carats.grouped(), line.value.grouped()],
        None => [dash(), dash()],
    };
    let (certified, received) = (both(layout, "certified"), both(layout, "received"));
    let mut rows: Vec<[String; 5]> = vec![[
        both(layout, "hs_class"),
        format!("{certified}, ct"),
        format!("{certified}, US$"),
        format!("{received}, ct"),
        format!("{received}, US$"),
    ]];
    for class in kp_terms::HsCode::ALL {
        let ([a, b], [c, d]) = (of(&slip.certified, class), of(&slip.received, class));
        rows.push([class.code().to_owned(), a, b, c, d]);
    }
    rows.push([
        both(layout, "parcels"),
        slip.parcels.0.to_string(),
        String::new(),
        slip.parcels.1.to_string(),
        String::new(),
    ]);
    let height = 5.4;
    for (number, row) in (0_u8..).zip(&rows) {
        let y = top + f32::from(number) * height;
        let weight = if number < 2 { 0.7 } else { 0.3 };
        page.line((LEFT, y), (LEFT + INNER, y), layout.colours.ink, weight, &[]);
        let columns = [(0.0, 0.24), (0.24, 0.19), (0.43, 0.19), (0.62, 0.19), (0.81, 0.19)];
        for ((start, share), text) in columns.into_iter().zip(row) {
            let mut look = small(layout.colours.text, if number == 0 { 7.0 } else { 9.0 });
            (look.middle, look.align) = (true, if start == 0.0 { Align::Left } else { Align::Right });
            if number == 0 {
                look.setting.style = Style::SansBold;
            }
            let role = Role::Cell { table: 1, row: u32::from(number), head: number == 0 };
            let place = Area::new(LEFT + INNER * start, y, INNER * share, height);
            page.text(fonts, "the table", place, text, &look, role, None)?;
        }
    }
    let end = top + 5.0 * height;
    page.line((LEFT, end), (LEFT + INNER, end), layout.colours.ink, 0.7, &[]);
    Ok(())
}

fn foot(page: &mut Page, fonts: &Fonts, layout: &Layout, slip: &ConfirmationSlip) -> Result<(), PaperError> {
    let look = small(layout.colours.text, 8.0);
    let place = Area::new(LEFT, 112.0, INNER * 0.3, 22.0);
    let text = format!("{}\n{}", slip.authority, slip.sent);
    page.text(fonts, "authority", place, &text, &look, Role::Paragraph, None)?;
    let left = LEFT + INNER * 0.34;
    let line = 131.0;
    page.text(
        fonts,
        "officer",
        Area::new(left, line - 4.6, 70.0, 4.2),
        &slip.officer,
        &look,
        Role::Paragraph,
        None,
    )?;
    page.line((left, line), (left + 76.0, line), layout.colours.ink, 0.6, &[]);
    let note = small(layout.colours.label, 6.5);
    let words = both(layout, "importing_authority");
    page.text(
        fonts,
        "officer",
        Area::new(left, line + 0.6, 76.0, 3.8),
        &words,
        &note,
        Role::Paragraph,
        None,
    )?;
    page.circle((LEFT + INNER - 13.0, 122.5), 11.0, layout.colours.accent.tint(70), 0.6, &[2.2, 1.6]);
    Ok(())
}
