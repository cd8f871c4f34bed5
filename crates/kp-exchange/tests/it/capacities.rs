//! Capacity bands with their sources.

use kp_exchange::capacities::{read_capacities, read_capacity_bytes};
use kp_exchange::participants::Participants;

use crate::fixture;

#[test]
fn bands_are_read_and_bad_rows_say_why() {
    let reading = read_capacities(&fixture("capacities.csv"), &Participants::known());
    assert_eq!(reading.problem, None);
    assert_eq!(reading.rows_read, reading.bands.len() + reading.rejected.len());
    let shown: Vec<String> = reading
        .bands
        .iter()
        .map(|b| {
            format!(
                "{} {}-{:?} {:?} {} {}",
                b.participant, b.first_year, b.last_year, b.low, b.high, b.source
            )
        })
        .collect();
    let expected = [
        "XA 2004-Some(2008) Some(Carats(100000)) 5000.00 invented survey, table 2, dated 2009-01-15, most likely \
         2,000.00 ct a year",
        "XB 2004-Some(2010) Some(Carats(30000000)) 1000000.00 another invented survey, dated 2012, most likely \
         600,000.00 ct a year",
    ];
    assert_eq!(shown, expected);
    let rejected: Vec<String> = reading.rejected.iter().map(ToString::to_string).collect();
    assert!(rejected[0].contains("\"Xebec\" is no participant known here"), "{}", rejected[0]);
    assert!(rejected[1].contains("the band ends before it begins"), "{}", rejected[1]);
    assert!(rejected[2].contains("source is missing"), "{}", rejected[2]);
    assert!(rejected[2].contains("low, likely and high are not in this order"), "{}", rejected[2]);
}

#[test]
fn a_file_without_sources_is_refused() {
    let reading = read_capacity_bytes("c.csv", b"participant,from,high\nXA,2004,5\n", &Participants::known());
    assert!(reading.problem.unwrap().sentence.contains("participant, from_year, high and source"));
    assert!(reading.bands.is_empty());
}

#[test]
fn a_lone_comma_parts_thousands_in_comma_separated_text_only() {
    let high = |text: &str| {
        let reading = read_capacity_bytes("c.csv", text.as_bytes(), &Participants::known());
        reading.bands.first().map(|band| band.high.to_string()).ok_or_else(|| reading.rejected[0].to_string())
    };
    assert_eq!(high("participant,from,high,source\nXA,2004,\"5,000\",survey\n"), Ok("5000.00".to_owned()));
    let refused = high("participant;from;high;source\nXA;2004;5,000;survey\n").unwrap_err();
    assert!(refused.contains("can be read in two ways"), "{refused}");
}
