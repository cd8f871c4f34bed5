//! Parquet.
use crate::{
    failure::Failure,
    table::{Account, Rejected, Sink, Table},
    threads::Progress,
    values::Words,
};
use std::path::Path;
pub(crate) fn read<S: Sink + Send>(
    path: &Path,
    _table: &Table,
    _words: &Words,
    _progress: &Progress<'_>,
    _sink: impl Fn() -> S + Sync,
) -> Result<(Vec<S>, Account, Vec<Rejected>), Failure> {
    Err(Failure::about(path, "not yet"))
}
