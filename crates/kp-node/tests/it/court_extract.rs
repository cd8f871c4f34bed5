//! What a court reads about one number: its acts, and what the goods were worth to whom, how far apart that lies, what they
//! weighed at each point, and who objected (L15, L18, L19).

use kp_paper::CourtExtract;

use crate::{
    blind_values::{office, submit},
    office::{Office, fields},
};

fn weigh(office: &Office, by: &str, point: &str, carats: &str) {
    let weighed = [("lot", "XA-L-1"), ("point", point), ("carats", carats), ("scale", "scale 3")];
    office.done(by, "record_weighing", &weighed);
}

fn extract(office: &Office) -> CourtExtract {
    let number = "XA-000001".parse().unwrap();
    office.node.court_extract(&number, "xa-approver-1", "case 7", office.now()).unwrap()
}

/// Drafted, with one value in: what is sealed stays sealed on paper too.
fn drafted() -> Office {
    let office = office();
    weigh(&office, "xa-clerk-1", "reception", "1000.10");
    submit(&office, "xa-valuer-1", "government", "648540.00");
    let applied = fields("XA-A-1", "7102.31 1000.00 659925.00");
    let applied: Vec<(&str, &str)> = applied.iter().map(|(name, value)| (*name, value.as_str())).collect();
    office.done("xa-clerk-1", "apply_for_certificate", &applied);
    office.done("xa-clerk-1", "draft_certificate", &[("application", "XA-A-1")]);
    office
}

#[test]
fn a_sealed_value_is_sealed_in_the_extract() {
    let extract = extract(&drafted());
    let [value] = extract.values.as_slice() else { panic!("{:?}", extract.values) };
    assert_eq!((value.party.as_str(), value.value.as_str()), ("government", "sealed"));
    assert_eq!(extract.valuation, [("Values missing, XA-L-1".into(), "exporter, independent".into())]);
    assert!(!format!("{extract:?}").contains("648,540"));
}

#[test]
fn values_spread_weighings_and_dissent_stand_in_the_extract() {
    let office = drafted();
    submit(&office, "xa-clerk-1", "exporter", "601701.00");
    weigh(&office, "xa-valuer-1", "valuation", "1000.00");
    submit(&office, "xa-independent-1", "independent", "659925.00");
    office.done("xa-valuer-1", "open_value", &[("lot", "XA-L-1")]);
    office.done("xa-clerk-1", "open_value", &[("lot", "XA-L-1")]);
    let words = "only the weight was checked";
    office.done("xa-valuer-1", "record_dissent", &[("lot", "XA-L-1"), ("words", words)]);
    office.done("xa-approver-1", "issue_certificate", &[("number", "XA-000001")]);
    weigh(&office, "xa-customs-1", "sealing", "999.95");
    let sealed = [("number", "XA-000001"), ("carats_weighed", "999.90"), ("seals", "1")];
    office.done("xa-customs-1", "validate_certificate", &sealed);

    let extract = extract(&office);
    let values: Vec<(&str, &str)> =
        extract.values.iter().map(|line| (line.party.as_str(), line.value.as_str())).collect();
    assert_eq!(
        values,
        [("exporter", "601,701.00"), ("government", "648,540.00"), ("independent", "659,925.00")]
    );
    assert_eq!(extract.values[1].by, "xa-valuer-1 (xa-valuer-1)");
    let come_to: Vec<(&str, &str)> =
        extract.valuation.iter().map(|(what, value)| (what.as_str(), value.as_str())).collect();
    assert_eq!(
        come_to,
        [
            ("Tax base, US$, XA-L-1", "659,925.00"),
            ("Spread, XA-L-1", "8.82 % of the highest; more than 25 % is explained by two persons"),
        ]
    );
    let weighed: Vec<(&str, &str, &str)> = extract
        .weighings
        .iter()
        .map(|line| (line.point.as_str(), line.carats.as_str(), line.by.split(' ').next_back().unwrap()))
        .collect();
    assert_eq!(
        weighed,
        [
            ("reception of XA-L-1", "1,000.10", "(xa-clerk-1)"),
            ("valuation of XA-L-1", "1,000.00", "(xa-valuer-1)"),
            ("sealing of XA-L-1", "999.95", "(xa-customs-1)"),
            ("validation, before the seals", "999.90", "(xa-customs-1)"),
        ]
    );
    let [dissent] = extract.remarks.as_slice() else { panic!("{:?}", extract.remarks) };
    assert_eq!((dissent.what.as_str(), dissent.words.as_str()), ("dissent about XA-L-1, 2026-02-03", words));
    // The acts on the lot stand among the acts, each with the hash of its statement.
    let acts: Vec<&str> = extract.acts.iter().map(|line| line.act.as_str()).collect();
    for act in ["lot opened", "value submitted", "value opened", "dissent recorded", "certificate validated"]
    {
        assert!(acts.contains(&act), "{act}: {acts:?}");
    }
    office.is_sound();
}
