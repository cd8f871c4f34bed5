"""The public tables as Parquet, read by other people's programs and held against the CSV of the same node.

    kpcs statistics export --format parquet --out t.parquet
    kpcs statistics export --format csv --out t.csv
    pip install pyarrow duckdb && python interop/parquet.py t.parquet t.csv
"""
import csv
import sys
from decimal import Decimal

import duckdb
import pyarrow.parquet

parquet, text = sys.argv[1:3]
ours = list(csv.DictReader(open(text, newline="")))
theirs = pyarrow.parquet.read_table(parquet).to_pylist()
assert len(ours) == len(theirs), (len(ours), len(theirs))
for number, (a, b) in enumerate(zip(theirs, ours)):
    for name in b:
        same = a[name] == Decimal(b[name]) if name == "value" else str(a[name]) == b[name]
        assert same, (number, name, a[name], b[name])
total = sum(Decimal(row["value"]) for row in ours)
[(read,)] = duckdb.sql(f"select sum(value) from '{parquet}'").fetchall()
assert read == total, (read, total)
print(f"{len(ours)} rows: pyarrow {pyarrow.__version__} and DuckDB {duckdb.__version__} read what the CSV says")
