//! What a layout file may not say, each with its line, its field and what is expected.

use kp_paper::{Area, Layout};

const DEFAULT: &str = include_str!("../../layouts/default.toml");

/// The file with one text replaced, and the line on which it was.
fn edited(from: &str, to: &str) -> (String, usize) {
    let at = DEFAULT.find(from).unwrap_or_else(|| panic!("{from:?} is not in the file"));
    (DEFAULT.replacen(from, to, 1), DEFAULT[..at].matches('\n').count() + 1)
}

#[test]
fn the_layouts_that_come_along_can_be_read() {
    let built_in = Layout::built_in();
    assert_eq!((built_in.page(), built_in.language()), ((210.0, 297.0), None));
    for (text, language) in [
        (include_str!("../../layouts/xa-portrait-fr.toml"), "fr"),
        (include_str!("../../layouts/xb-landscape-ar.toml"), "ar"),
    ] {
        let layout = Layout::read(text).unwrap_or_else(|why| panic!("{why}"));
        assert_eq!(layout.language(), Some(language));
        assert_eq!(layout.reserved().len(), 2);
    }
    let moved = Layout::read(include_str!("../../layouts/xb-landscape-ar.toml")).unwrap();
    assert_eq!(moved.reserved()[0], Area::new(201.5, 108.2, 35.0, 35.0));
}

#[test]
fn each_mistake_is_said_with_its_line_its_field_and_what_is_expected() {
    let table = [
        (
            "shows = \"exporter\"",
            "shows = \"exportr\"",
            "exportr",
            "unknown variant `exportr`, expected one of",
        ),
        ("x = 18\ny = 64", "x = \"18\"\ny = 64", "number", "expected f32"),
        (
            "width = 66\nheight = 14\nsize = 22",
            "wide = 66\nheight = 14\nsize = 22",
            "number",
            "unknown field `wide`",
        ),
        ("size = 22\nleast = 14", "size = 3\nleast = 3", "number", "expected points from 5 to 72"),
        ("size = 22\nleast = 14", "size = 22\nleast = 25", "number", "to the field's size of 22"),
        ("colour = \"mark\"", "colour = \"scarlet\"", "number", "expected #rrggbb or a name from [colours]"),
        ("ink = \"#1b2a4e\"", "ink = \"#1b2a4\"", "[colours]", "expected a colour as #rrggbb"),
        ("x = 162\ny = 64", "x = 192\ny = 64", "validated_on", "off the page of 210 x 297"),
        ("x = 90\ny = 64", "x = 80\ny = 64", "number", "it overlaps issued_on"),
        ("x = 116\ny = 211", "x = 109\ny = 211", "receipt_symbol", "nearer than 5 mm to check_code"),
        (
            "y = 210\nwidth = 40\nheight = 40",
            "y = 210\nwidth = 34\nheight = 40",
            "certificate_symbol",
            "expected 35 x 35",
        ),
        ("x = 20\ny = 210", "x = 17\ny = 210", "certificate_symbol", "within 5 mm of the border"),
        ("y = 192\nwidth = 66\nheight = 12", "y = 192\nwidth = 66\nheight = 0", "quality", "above 0"),
        ("tracking = 0.12", "tracking = 2", "issuer", "expected ems from 0 to 0.5"),
        ("frame = \"line\"", "frame = \"ring\"", "number", "unknown variant `ring`"),
        ("[colours]", "[colors]", "[colors]", "unknown field `colors`"),
        (
            "[[field]]\nshows = \"print_mark\"",
            "[words]\ncarat = \"x\"\n\n[[field]]\nshows = \"print_mark\"",
            "[words]",
            "\"carat\" is not a word",
        ),
    ];
    for (from, to, field, why) in table {
        let (text, near) = edited(from, to);
        let error = Layout::read(&text).expect_err(to);
        let problem = error.0.iter().find(|problem| problem.field == field && problem.why.contains(why));
        let problem = problem.unwrap_or_else(|| panic!("{to:?}: {error}"));
        assert!(problem.line.abs_diff(near) <= 15, "{to:?} is near line {near}: {error}");
        assert!(error.to_string().contains(&format!("line {}", problem.line)), "{error}");
    }
}

#[test]
fn a_mandatory_field_that_is_left_out_is_named() {
    for shows in ["number", "exporter", "goods", "statement", "receipt_symbol", "print_mark", "signature"] {
        let start = DEFAULT.find(&format!("[[field]]\nshows = \"{shows}\"")).expect("the field is there");
        let end = DEFAULT[start + 1..].find("[[field]]").map_or(DEFAULT.len(), |end| start + 1 + end);
        let error = Layout::read(&[&DEFAULT[..start], &DEFAULT[end..]].concat()).expect_err(shows);
        assert_eq!(error.0.len(), 1, "{error}");
        assert!(error.0[0].field == shows && error.0[0].why.contains("is missing"), "{error}");
    }
}

#[test]
fn the_printer_of_the_stock_may_have_title_and_statement_on_it_and_a_rule_may_not_cross_a_code() {
    let without = |text: &str, shows: &str| {
        let start = text.find(&format!("[[field]]\nshows = \"{shows}\"")).expect("the field is there");
        let end = text[start + 1..].find("[[field]]").map_or(text.len(), |end| start + 1 + end);
        [&text[..start], &text[end..]].concat()
    };
    let stock = DEFAULT.replace("stock = \"plain\"", "stock = \"preprinted\"");
    assert!(Layout::read(&without(&without(&stock, "title"), "statement")).is_ok());
    let crossed =
        format!("{DEFAULT}\n[[field]]\nshows = \"rule\"\nx = 18\ny = 230\nwidth = 174\nheight = 0\n");
    let error = Layout::read(&crossed).expect_err("a fold line runs over the codes");
    assert!(error.to_string().contains("nearer than 5 mm to rule"), "{error}");
}
