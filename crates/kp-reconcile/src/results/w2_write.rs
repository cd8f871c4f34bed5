//! W2's two files: what came of matching, by route, year and class, and the pairs that are listed.

use std::path::Path;

use crate::{
    failure::Failure,
    results::{
        class::Class,
        w2_match::{Exception, Summary, summary_parts},
    },
    sheet::{Sheet, Written},
};

/// Writes `w2_summary.csv`.
pub(crate) fn write_summaries(folder: &Path, summaries: &[(u64, Summary)]) -> Result<Written, Failure> {
    let header = "exporter,importer,year,class,n,cc,vc,dcc,dvc,adcc,advc,lag_sum,hs_diff";
    let mut sheet = Sheet::begin(folder, "w2_summary.csv", header)?;
    for (key, summary) in summaries {
        let (route, year, class) = summary_parts(*key);
        sheet.route(route).int(i64::from(year)).text(class.name().as_bytes()).ints(summary).end()?;
    }
    sheet.finish()
}

/// Writes `w2_exceptions.csv`.
pub(crate) fn write_exceptions(folder: &Path, exceptions: &mut [Exception]) -> Result<Written, Failure> {
    exceptions.sort_unstable();
    let mut sheet = Sheet::begin(folder, "w2_exceptions.csv", "cert_id,conf_id,class")?;
    for (certificate, confirmation, class) in exceptions.iter() {
        sheet.int(*certificate).int(*confirmation).text(Class::name(*class).as_bytes()).end()?;
    }
    sheet.finish()
}
