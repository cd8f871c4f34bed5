#!/usr/bin/env python3
"""Writes one small trade as Parquet in the ways that pyarrow, Polars and DuckDB have, for the tests of our reader.

usage: parquet_variants.py FOLDER crates/kp-reconcile/tests/files

FOLDER as `generate_trade FOLDER 150 3` writes it. The CSV files are copied beside the variants.
"""

import shutil
import sys
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

source, target = Path(sys.argv[1]), Path(sys.argv[2])
TEXTS = ["cert_no", "exporter", "importer", "origin", "seal_no"]
DATES = ["issue_date", "expiry_date", "arrival_date"]
AMOUNTS = ["carats", "value_usd"]
LENGTHS = {name: "DELTA_LENGTH_BYTE_ARRAY" for name in TEXTS}
PREFIXES = {name: "DELTA_BYTE_ARRAY" for name in TEXTS}


def arrow(name):
    types = {text: pa.string() for text in TEXTS} | {date: pa.date32() for date in DATES} | {amount: pa.float64() for amount in AMOUNTS}
    options = pa.csv.ConvertOptions(column_types=types, strings_can_be_null=False)
    return pa.csv.read_csv(source / f"{name}.csv", convert_options=options)


def encodings(table, texts, numbers, amounts):
    given = {}
    for field in table.schema:
        if field.name in texts:
            given[field.name] = texts[field.name]
        elif field.name in AMOUNTS:
            given[field.name] = amounts
        else:
            given[field.name] = numbers
    return given


def decimals(table):
    """Decimals for amounts, instants for dates, columns that may not be missing."""
    fields = []
    for field in table.schema:
        kind = pa.decimal128(18, 4) if field.name in AMOUNTS else pa.timestamp("us") if field.name in DATES else field.type
        fields.append(pa.field(field.name, kind, nullable=False))
    return table.cast(pa.schema(fields))


def write(variant, name, save):
    folder = target / variant
    folder.mkdir(parents=True, exist_ok=True)
    save(folder / f"{name}.parquet")


for name in ["certificates", "confirmations"]:
    (target / "csv").mkdir(parents=True, exist_ok=True)
    shutil.copy(source / f"{name}.csv", target / "csv" / f"{name}.csv")
    table = arrow(name)
    write("pyarrow-zstd", name, lambda to: pq.write_table(table, to, compression="zstd", row_group_size=64))
    write("pyarrow-bare", name, lambda to: pq.write_table(table, to, compression="none", use_dictionary=False))
    write("pyarrow-lengths", name, lambda to: pq.write_table(table, to, compression="snappy", use_dictionary=False, data_page_version="2.0", column_encoding=encodings(table, LENGTHS, "DELTA_BINARY_PACKED", "BYTE_STREAM_SPLIT"), data_page_size=512))
    write("pyarrow-prefixes", name, lambda to: pq.write_table(table, to, compression="zstd", use_dictionary=False, data_page_version="2.0", column_encoding=encodings(table, PREFIXES, "BYTE_STREAM_SPLIT", "PLAIN")))
    write("pyarrow-decimals", name, lambda to: pq.write_table(decimals(table), to, compression="zstd", store_decimal_as_integer=False))
    write("pyarrow-integers", name, lambda to: pq.write_table(decimals(table), to, compression="snappy", store_decimal_as_integer=True))
    frame = pl.from_arrow(table)
    write("polars-zstd", name, lambda to: frame.write_parquet(to, compression="zstd", row_group_size=64))
    write("polars-snappy", name, lambda to: frame.write_parquet(to, compression="snappy"))
    for version in ["V1", "V2"]:
        write(f"duckdb-{version.lower()}", name, lambda to: duckdb.sql(f"COPY (SELECT * FROM frame) TO '{to}' (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION {version})"))

# What is refused, and rows that are left out.
table = arrow("certificates")
write("refused-lz4", "certificates", lambda to: pq.write_table(table, to, compression="lz4"))
carats = table.column("carats").to_pylist()
carats[3], carats[5], carats[7] = None, -1.0, 1.005
bad = table.set_column(table.schema.get_field_index("carats"), "carats", pa.array(carats, pa.float64()))
exporters = bad.column("exporter").to_pylist()
exporters[3], exporters[9] = "xx", None
bad = bad.set_column(bad.schema.get_field_index("exporter"), "exporter", pa.array(exporters, pa.string()))
write("rows-left-out", "certificates", lambda to: pq.write_table(bad, to, compression="zstd"))
