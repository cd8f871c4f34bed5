#!/usr/bin/env python3
"""Writes the CSV files of a folder as Parquet beside them: zstd, row groups of 250,000, the schema of reconcile.md.

usage: to_parquet.py FOLDER pyarrow|polars|duckdb [OUT]
"""

import sys
from pathlib import Path

folder, writer = Path(sys.argv[1]), sys.argv[2]
out = Path(sys.argv[3]) if len(sys.argv) > 3 else folder
out.mkdir(parents=True, exist_ok=True)
ROWS = 250_000
TEXTS = {"cert_no", "exporter", "importer", "origin", "seal_no", "participant", "code", "role", "neighbours"}
INTS = {"hs": 32, "parcels": 16, "exp_firm": 32, "imp_firm": 32, "year": 32, "half": 16}
DATES = {"issue_date", "expiry_date", "arrival_date"}
AMOUNTS = {"carats", "value_usd", "opening_carats", "closing_carats"}


def columns(path):
    with open(path) as lines:
        return lines.readline().strip().split(",")


def with_pyarrow(path, target):
    import pyarrow as pa
    import pyarrow.csv
    import pyarrow.parquet

    def kind(name):
        if name in TEXTS:
            return pa.string()
        if name in DATES:
            return pa.date32()
        if name in AMOUNTS:
            return pa.float64()
        return {16: pa.int16(), 32: pa.int32()}.get(INTS.get(name), pa.int64())

    types = {name: kind(name) for name in columns(path)}
    options = pa.csv.ConvertOptions(column_types=types, strings_can_be_null=False)
    schema, writer, waiting, held = pa.schema(types.items()), None, [], 0
    with pa.parquet.ParquetWriter(target, schema, compression="zstd") as writer:
        for batch in pa.csv.open_csv(path, convert_options=options):
            waiting.append(batch)
            held += batch.num_rows
            while held >= ROWS:
                table = pa.Table.from_batches(waiting)
                writer.write_table(table.slice(0, ROWS), row_group_size=ROWS)
                waiting = table.slice(ROWS).to_batches()
                held -= ROWS
        if held:
            writer.write_table(pa.Table.from_batches(waiting), row_group_size=ROWS)


def with_polars(path, target):
    import polars as pl

    def kind(name):
        if name in TEXTS:
            return pl.String
        if name in DATES:
            return pl.Date
        if name in AMOUNTS:
            return pl.Float64
        return {16: pl.Int16, 32: pl.Int32}.get(INTS.get(name), pl.Int64)

    schema = {name: kind(name) for name in columns(path)}
    pl.scan_csv(path, schema=schema).sink_parquet(target, compression="zstd", row_group_size=ROWS)


def with_duckdb(path, target):
    import duckdb

    def kind(name):
        if name in TEXTS:
            return "VARCHAR"
        if name in DATES:
            return "DATE"
        if name in AMOUNTS:
            return "DOUBLE"
        return {16: "SMALLINT", 32: "INTEGER"}.get(INTS.get(name), "BIGINT")

    types = ", ".join(f"'{name}': '{kind(name)}'" for name in columns(path))
    duckdb.sql(f"""
        COPY (SELECT * FROM read_csv('{path}', header = true, columns = {{{types}}}))
        TO '{target}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROWS})
    """)


write = {"pyarrow": with_pyarrow, "polars": with_polars, "duckdb": with_duckdb}[writer]
for name in ["certificates", "confirmations", "production", "stocks"]:
    write(folder / f"{name}.csv", out / f"{name}.parquet")
