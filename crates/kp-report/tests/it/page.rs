//! The page: well formed, complete in itself, every link leading somewhere, every figure of the issue on it.

use crate::markup;
use crate::real::{PUBLISHED, input, of_text, write};
use kp_report::{
    SET_OUT, Setting, anchor, calendar_section, finding_section, participant_section, world_section,
    write_report,
};

#[test]
fn is_well_formed_and_every_link_leads_somewhere_on_it() {
    let markup = markup::read(&PUBLISHED.report.html);
    let links: Vec<&String> =
        markup.attributes.iter().filter(|(_, a, _)| a == "href").map(|(_, _, value)| value).collect();
    assert!(links.len() > 500, "{}", links.len());
    for link in links {
        match link.strip_prefix('#') {
            Some(id) => assert!(markup.ids.contains(id), "{link} leads nowhere"),
            None => assert_eq!(link, "data:,", "leads off the page"),
        }
    }
}

#[test]
fn needs_nothing_from_anywhere() {
    let html = &PUBLISHED.report.html;
    for outside in ["http:", "https:", "//www", "src=", "@import", "url(", "@font-face", "fetch(", "XMLHttp"]
    {
        assert!(!html.contains(outside), "{outside}");
    }
    assert!(html.contains("default-src 'none'"));
}

#[test]
fn every_finding_has_its_place_and_the_first_ones_all_their_parts() {
    let html = &PUBLISHED.report.html;
    let findings = &PUBLISHED.analysis.findings;
    assert!(findings.len() > SET_OUT);
    for finding in findings {
        let id = format!(r#"id="{}""#, anchor(&finding.id));
        assert_eq!(html.matches(&id).count(), 1, "{id}");
    }
    let articles: Vec<&str> = html.split(r#"<article class="finding""#).skip(1).collect();
    assert_eq!(articles.len(), SET_OUT);
    for (article, finding) in articles.iter().zip(findings) {
        let article = article.split("</article>").next().unwrap();
        let parts = [
            "The arithmetic",
            "Thresholds",
            "(ours)",
            "What would explain it",
            "What an answer must contain",
        ];
        for part in parts {
            assert!(article.contains(part), "{}: {part}", finding.id);
        }
        for evidence in &finding.evidence {
            assert!(article.contains(&*evidence.place), "{}: {}", finding.id, evidence.place);
        }
        assert_eq!(article.matches("<svg viewBox=\"0 0 360").count(), 2, "{}", finding.id);
        assert!(article.contains(r#"class="mark first""#), "{} is marked on none of its charts", finding.id);
    }
}

#[test]
fn guinea_stands_there_with_its_arithmetic() {
    let html = PUBLISHED.report.html.replace('\u{a0}', " ");
    for text in [
        "3,098,490.09 / 1,018,722.90",
        "1,018,722.90 / 473,862.25",
        "18.00 US$/ct in 2008-H1 and 16.50 US$/ct in 2008-H2",
    ] {
        assert!(html.contains(text), "{text}");
    }
}

#[test]
fn the_law_of_the_rows_stands_on_it() {
    let counts = PUBLISHED.reading.counts();
    assert_eq!(
        (counts.read, counts.used, counts.nil, counts.duplicate, counts.rejected),
        (1529, 1001, 524, 4, 0)
    );
    let law = PUBLISHED.report.html.split("class=\"law\"").nth(1).unwrap().split("</dl>").next().unwrap();
    let figures: Vec<&str> = law.split("<dd>").skip(1).map(|t| t.split('<').next().unwrap()).collect();
    assert_eq!(figures, ["1,529", "1,001", "524", "4", "0"]);
    assert!(PUBLISHED.report.html.contains(&PUBLISHED.reading.files[0].sha256));
}

#[test]
fn every_producer_has_three_charts_and_a_table() {
    let html = &PUBLISHED.report.html;
    let articles: Vec<&str> = html.split(r#"<article class="participant""#).skip(1).collect();
    let producers = PUBLISHED.analysis.series.participants.iter().filter(|p| p.is_producer()).count();
    assert_eq!(articles.len(), producers);
    for article in articles {
        let article = article.split("</article>").next().unwrap();
        assert_eq!(article.matches("<figure").count(), 3);
        assert!(article.contains("<table"));
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let again = write_report(&input(&PUBLISHED.reading, &PUBLISHED.analysis));
    assert_eq!(again, PUBLISHED.report);
    let mut turned = PUBLISHED.reading.clone();
    turned.rows.reverse();
    assert_eq!(write(turned).report.html, PUBLISHED.report.html, "the order of the rows reached the page");
}

#[test]
fn what_stands_in_a_file_stays_text() {
    let evil = "<script>alert(1)</script>";
    let text = format!(
        "year,half,participant_code,participant_name,declaration,production_type,carats,value_usd\n\
         2008,1,XA,\"{evil}\",Production,,100.00,1000.00\n\
         2008,1,XB,b,Production,,\"{evil}\",1.00\n"
    );
    let written = of_text("<img onerror=x>.csv", &text);
    assert_eq!(written.reading.rejected.len(), 1, "{:?}", written.reading.rejected);
    assert_eq!(written.reading.rows.len(), 1);
    let html = &written.report.html;
    assert!(!html.contains(evil) && !html.contains("<img"));
    assert!(html.matches("&#60;script&#62;").count() + html.matches("&lt;script&gt;").count() >= 2);
    markup::read(html);
}

#[test]
fn nothing_at_all_still_gives_a_page() {
    let written = of_text("empty.csv", "");
    markup::read(&written.report.html);
    assert!(written.report.html.contains("No finding"));
    assert!(written.report.html.contains(&written.reading.files[0].problem.as_ref().unwrap().sentence));
}

#[test]
fn a_section_stands_for_itself_and_links_where_it_is_told() {
    let series = &PUBLISHED.analysis.series;
    let guinea = series.of("GN".parse().unwrap()).unwrap();
    let numbered: Vec<_> = (1..).zip(&PUBLISHED.analysis.findings).collect();
    let setting = Setting {
        texts: kp_language::Texts::of(kp_language::Language::English),
        finding: |finding| format!("/findings/{}", anchor(&finding.id)),
        participant: |code| format!("/participants/{code}"),
    };
    let charts = participant_section(guinea, &numbered, &[], setting);
    let finding = finding_section(3, &PUBLISHED.analysis.findings[2], None, setting);
    for section in [
        charts.as_str(),
        &finding,
        &world_section(series, setting).unwrap(),
        &calendar_section(series, setting),
    ] {
        let markup = markup::read(section);
        assert!(markup.attributes.iter().all(|(_, a, value)| a != "href" || value.starts_with("/findings/")));
    }
    assert!(charts.contains(r#"href="/findings/production_surge:GN:2008""#));
    assert!(!charts.contains("Liberia"), "another's finding came along");
}
