//! W1 to W5 once more, as slowly and plainly as the description reads: maps of texts, every pair of rows.

use std::collections::{BTreeMap, BTreeSet};

/// A certificate or a confirmation.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) id: i64,
    pub(crate) number: String,
    pub(crate) exporter: String,
    pub(crate) importer: String,
    pub(crate) hs: i32,
    pub(crate) date: jiff::civil::Date,
    pub(crate) cc: i64,
    pub(crate) vc: i64,
    pub(crate) seal: String,
}

impl Row {
    fn quarter(&self) -> (i16, i8) {
        (self.date.year(), (self.date.month() - 1) / 3 + 1)
    }
}

fn amount(hundredths: i64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

pub(crate) fn certificate_line(row: &Row) -> String {
    let Row { id, number, exporter, importer, hs, date, cc, vc, seal } = row;
    let (carats, value) = (amount(*cc), amount(*vc));
    format!("{id},{number},{exporter},{importer},ZZ,{hs},{date},{date},{carats},{value},1,1,1,{seal}\n")
}

pub(crate) fn confirmation_line(row: &Row) -> String {
    let Row { id, number, exporter, importer, hs, date, cc, vc, .. } = row;
    format!("{id},{number},{exporter},{importer},{hs},{date},{},{}\n", amount(*cc), amount(*vc))
}

fn sheet(header: &str, rows: impl IntoIterator<Item = String>) -> String {
    rows.into_iter().fold(format!("{header}\n"), |text, row| text + &row + "\n")
}

pub(crate) fn w1(certificates: &[Row], confirmations: &[Row]) -> String {
    let mut sums = BTreeMap::<_, [i64; 6]>::new();
    for (rows, at) in [(certificates, 0), (confirmations, 3)] {
        for row in rows {
            let key = (row.quarter(), row.exporter.clone(), row.importer.clone(), row.hs);
            let sum = sums.entry(key).or_default();
            sum[at] += 1;
            sum[at + 1] += row.cc;
            sum[at + 2] += row.vc;
        }
    }
    let rows = sums.into_iter().map(|(((year, quarter), exporter, importer, hs), [a, b, c, d, e, f])| {
        format!("{year},{quarter},{exporter},{importer},{hs},{a},{b},{c},{d},{e},{f}")
    });
    sheet("year,quarter,exporter,importer,hs,x_n,x_cc,x_vc,m_n,m_cc,m_vc", rows)
}

fn class(x: &Row, m: &Row) -> &'static str {
    let (dc, dv) = ((m.cc - x.cc).abs(), (m.vc - x.vc).abs());
    if (&x.exporter, &x.importer) != (&m.exporter, &m.importer) {
        "PARTNER"
    } else if m.date < x.date {
        "DATE"
    } else if dc == 0 && dv == 0 {
        "EXACT"
    } else if (dc * 1000 <= x.cc || dc <= 1) && dv * 100 <= x.vc {
        "T1"
    } else if dc * 100 <= x.cc && dv * 20 <= x.vc {
        "T2"
    } else if dc * 20 <= x.cc && dv * 4 <= x.vc {
        "T3"
    } else {
        "X"
    }
}

pub(crate) fn w2(certificates: &[Row], confirmations: &[Row]) -> (String, String) {
    let mut pairs: Vec<(Option<&Row>, Option<&Row>, &str)> = Vec::new();
    for x in certificates {
        let matching: Vec<&Row> = confirmations.iter().filter(|m| m.number == x.number).collect();
        pairs.extend(matching.iter().map(|m| (Some(x), Some(*m), class(x, m))));
        if matching.is_empty() {
            let due = x.date <= jiff::civil::date(2024, 11, 1);
            pairs.push((Some(x), None, if due { "NOCONF" } else { "PENDING" }));
        }
    }
    let orphans = confirmations.iter().filter(|m| certificates.iter().all(|x| x.number != m.number));
    pairs.extend(orphans.map(|m| (None, Some(m), "ORPHAN")));
    let mut sums = BTreeMap::<_, [i64; 9]>::new();
    let mut exceptions = BTreeSet::new();
    for (x, m, class) in pairs {
        let own = x.or(m).unwrap();
        let key = (own.exporter.clone(), own.importer.clone(), own.date.year(), class);
        let sum = sums.entry(key).or_default();
        let mut add = [1, own.cc, own.vc, 0, 0, 0, 0, 0, 0];
        if let (Some(x), Some(m)) = (x, m) {
            let (dc, dv) = (m.cc - x.cc, m.vc - x.vc);
            let lag = i64::from(x.date.until(m.date).unwrap().get_days());
            add[3..].copy_from_slice(&[dc, dv, dc.abs(), dv.abs(), lag, i64::from(x.hs != m.hs)]);
        }
        sum.iter_mut().zip(add).for_each(|(sum, add)| *sum += add);
        if ["NOCONF", "ORPHAN", "PARTNER", "DATE", "X"].contains(&class) {
            exceptions.insert((x.map_or(0, |x| x.id), m.map_or(0, |m| m.id), class));
        }
    }
    let rows = sums.into_iter().map(|((exporter, importer, year, class), sum)| {
        let sum: Vec<String> = sum.iter().map(ToString::to_string).collect();
        format!("{exporter},{importer},{year},{class},{}", sum.join(","))
    });
    let summary = sheet("exporter,importer,year,class,n,cc,vc,dcc,dvc,adcc,advc,lag_sum,hs_diff", rows);
    let rows = exceptions.into_iter().map(|(x, m, class)| format!("{x},{m},{class}"));
    (summary, sheet("cert_id,conf_id,class", rows))
}

fn twice_median(mut values: Vec<i64>) -> i64 {
    values.sort_unstable();
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { 2 * values[middle] } else { values[middle - 1] + values[middle] }
}

pub(crate) fn w4(certificates: &[Row]) -> (String, String) {
    let mut groups = BTreeMap::<_, Vec<(i64, i64)>>::new();
    for row in certificates.iter().filter(|row| row.cc > 0 && row.vc > 0) {
        let l = (10_000.0 * (row.vc as f64 / row.cc as f64).ln() + 0.5).floor() as i64;
        let key = (row.quarter(), row.exporter.clone(), row.importer.clone(), row.hs);
        groups.entry(key).or_default().push((row.id, l));
    }
    let mut outliers = BTreeMap::new();
    let mut rows = Vec::new();
    for (((year, quarter), exporter, importer, hs), members) in
        groups.into_iter().filter(|group| group.1.len() >= 8)
    {
        let med2 = twice_median(members.iter().map(|member| member.1).collect());
        let mad4 = twice_median(members.iter().map(|member| (2 * member.1 - med2).abs()).collect());
        let before = outliers.len();
        for (id, l) in &members {
            let dev2 = (2 * l - med2).abs();
            if 20_000 * dev2 > 51_891 * mad4 && dev2 > 2000 {
                outliers.insert(*id, format!("{id},{l},{med2},{mad4}"));
            }
        }
        let (n, found) = (members.len(), outliers.len() - before);
        rows.push(format!("{year},{quarter},{exporter},{importer},{hs},{n},{med2},{mad4},{found}"));
    }
    let groups = sheet("year,quarter,exporter,importer,hs,n,med2,mad4,n_out", rows);
    (sheet("cert_id,l,med2,mad4", outliers.into_values()), groups)
}

fn repeated<K: Ord + Clone>(rows: &[Row], key: impl Fn(&Row) -> K) -> BTreeMap<K, Vec<&Row>> {
    let mut groups = BTreeMap::<K, Vec<&Row>>::new();
    rows.iter().for_each(|row| groups.entry(key(row)).or_default().push(row));
    groups.retain(|_, rows| rows.len() > 1);
    groups
}

fn ids(rows: &[&Row]) -> (i64, i64) {
    (rows.iter().map(|row| row.id).min().unwrap(), rows.iter().map(|row| row.id).max().unwrap())
}

/// `w5_certno.csv`, `w5_confno.csv`, `w5_seal.csv`, `w5_content.csv`.
pub(crate) fn w5(certificates: &[Row], confirmations: &[Row]) -> [String; 4] {
    let line = |(text, rows): (String, Vec<&Row>)| {
        let (first, last) = ids(&rows);
        format!("{text},{},{first},{last}", rows.len())
    };
    let numbers = repeated(certificates, |row| row.number.clone()).into_iter().map(line);
    let seals = repeated(certificates, |row| row.seal.clone()).into_iter().map(line);
    let confirmed = repeated(confirmations, |row| row.number.clone()).into_iter().map(|(text, rows)| {
        let importers: BTreeSet<&str> = rows.iter().map(|row| row.importer.as_str()).collect();
        let (first, last) = ids(&rows);
        format!("{text},{},{},{first},{last}", rows.len(), importers.len())
    });
    let key = |row: &Row| (row.exporter.clone(), row.importer.clone(), row.hs, row.cc, row.vc);
    let contents = repeated(certificates, key).into_iter().map(|((exporter, importer, hs, cc, vc), rows)| {
        let dates = || rows.iter().map(|row| row.date);
        let span = dates().min().unwrap().until(dates().max().unwrap()).unwrap().get_days();
        let (first, last) = ids(&rows);
        format!("{exporter},{importer},{hs},{cc},{vc},{},{first},{last},{span}", rows.len())
    });
    [
        sheet("cert_no,n,min_id,max_id", numbers),
        sheet("cert_no,n,importers,min_id,max_id", confirmed),
        sheet("seal_no,n,min_id,max_id", seals),
        sheet("exporter,importer,hs,cc,vc,n,min_id,max_id,span", contents),
    ]
}
