#!/usr/bin/env python3
"""W1-W5 with DuckDB, in plain SQL over views of the files.

usage: with_duckdb.py FOLDER OUT csv|parquet [MEMORY_LIMIT]
"""

import sys
from pathlib import Path

import duckdb

folder, out, kind = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
out.mkdir(parents=True, exist_ok=True)
db = duckdb.connect()
db.execute(f"SET temp_directory = '{out}/.duckdb'; SET preserve_insertion_order = false")
if len(sys.argv) > 4:
    db.execute(f"SET memory_limit = '{sys.argv[4]}'")


def source(name):
    path = folder / f"{name}.{kind}"
    if kind == "parquet":
        return f"read_parquet('{path}')"
    # Decimals are read as decimals; `NA` is Namibia and not a missing value; codes are texts.
    texts = "types = {'exporter': 'VARCHAR', 'importer': 'VARCHAR', 'participant': 'VARCHAR', 'cert_no': 'VARCHAR', 'seal_no': 'VARCHAR'}"
    present = {"certificates": ["exporter", "importer", "cert_no", "seal_no"], "confirmations": ["exporter", "importer", "cert_no"], "production": ["participant"], "stocks": ["participant"]}[name]
    texts = ", ".join(f"'{column}': 'VARCHAR'" for column in present)
    return f"read_csv('{path}', header = true, types = {{{texts}}})"


def write(sql, name):
    db.execute(f"COPY ({sql}) TO '{out / name}' (FORMAT csv, HEADER true, QUOTE '', ESCAPE '')")


def quarter(column):
    return f"(year({column}) - 2004) * 4 + (month({column}) - 1) // 3"


# The columns that are needed are read once into memory, as whole numbers: faster than reading the files for each result.
for table, date, extra in [("certificates", "issue_date", "cert_id, seal_no,"), ("confirmations", "arrival_date", "conf_id,")]:
    db.execute(f"""
        CREATE TEMP TABLE {table} AS
        SELECT {extra} cert_no, exporter, importer, CAST(hs AS INTEGER) AS hs, {date},
               CAST(round(carats * 100) AS BIGINT) AS cc, CAST(round(value_usd * 100) AS BIGINT) AS vc,
               CAST({quarter(date)} AS INTEGER) AS q
        FROM {source(table)}
    """)

sums = lambda side: f"count(*) AS {side}_n, CAST(sum(cc) AS BIGINT) AS {side}_cc, CAST(sum(vc) AS BIGINT) AS {side}_vc"
db.execute(f"""
    CREATE TEMP TABLE w1 AS
    SELECT q, exporter, importer, hs,
           coalesce(x_n, 0) AS x_n, coalesce(x_cc, 0) AS x_cc, coalesce(x_vc, 0) AS x_vc,
           coalesce(m_n, 0) AS m_n, coalesce(m_cc, 0) AS m_cc, coalesce(m_vc, 0) AS m_vc
    FROM (SELECT q, exporter, importer, hs, {sums('x')} FROM certificates GROUP BY ALL)
    FULL JOIN (SELECT q, exporter, importer, hs, {sums('m')} FROM confirmations GROUP BY ALL)
    USING (q, exporter, importer, hs)
""")
write("SELECT q // 4 + 2004 AS year, q % 4 + 1 AS quarter, * EXCLUDE (q) FROM w1 ORDER BY q, exporter, importer, hs", "w1.csv")

db.execute("""
    CREATE TEMP TABLE pairs AS
    SELECT x.cert_id, m.conf_id,
           coalesce(x.exporter, m.exporter) AS exporter, coalesce(x.importer, m.importer) AS importer,
           year(coalesce(x.issue_date, m.arrival_date)) AS year,
           coalesce(x.cc, m.cc) AS cc, coalesce(x.vc, m.vc) AS vc,
           m.cc - x.cc AS dc, m.vc - x.vc AS dv, m.arrival_date - x.issue_date AS lag,
           coalesce(CAST(x.hs <> m.hs AS INTEGER), 0) AS hs_diff,
           CASE
             WHEN m.conf_id IS NULL AND x.issue_date <= DATE '2024-11-01' THEN 'NOCONF'
             WHEN m.conf_id IS NULL THEN 'PENDING'
             WHEN x.cert_id IS NULL THEN 'ORPHAN'
             WHEN x.exporter <> m.exporter OR x.importer <> m.importer THEN 'PARTNER'
             WHEN m.arrival_date < x.issue_date THEN 'DATE'
             WHEN m.cc = x.cc AND m.vc = x.vc THEN 'EXACT'
             WHEN (abs(m.cc - x.cc) * 1000 <= x.cc OR abs(m.cc - x.cc) <= 1) AND abs(m.vc - x.vc) * 100 <= x.vc THEN 'T1'
             WHEN abs(m.cc - x.cc) * 100 <= x.cc AND abs(m.vc - x.vc) * 20 <= x.vc THEN 'T2'
             WHEN abs(m.cc - x.cc) * 20 <= x.cc AND abs(m.vc - x.vc) * 4 <= x.vc THEN 'T3'
             ELSE 'X'
           END AS class
    FROM certificates x FULL OUTER JOIN confirmations m ON x.cert_no = m.cert_no
""")
write("""
    SELECT exporter, importer, year, class, count(*) AS n, CAST(sum(cc) AS BIGINT) AS cc, CAST(sum(vc) AS BIGINT) AS vc,
           CAST(coalesce(sum(dc), 0) AS BIGINT) AS dcc, CAST(coalesce(sum(dv), 0) AS BIGINT) AS dvc,
           CAST(coalesce(sum(abs(dc)), 0) AS BIGINT) AS adcc, CAST(coalesce(sum(abs(dv)), 0) AS BIGINT) AS advc,
           CAST(coalesce(sum(lag), 0) AS BIGINT) AS lag_sum, CAST(sum(hs_diff) AS BIGINT) AS hs_diff
    FROM pairs GROUP BY ALL ORDER BY exporter, importer, year, class
""", "w2_summary.csv")
write("""
    SELECT coalesce(cert_id, 0) AS cert_id, coalesce(conf_id, 0) AS conf_id, class FROM pairs
    WHERE class IN ('NOCONF', 'ORPHAN', 'PARTNER', 'DATE', 'X') ORDER BY cert_id, conf_id
""", "w2_exceptions.csv")
db.execute("DROP TABLE pairs")

write(f"""
    WITH made AS (SELECT participant, year, CAST(sum(round(carats * 100)) AS BIGINT) AS production FROM {source('production')} GROUP BY ALL),
    held AS (SELECT participant, year, CAST(round(opening_carats * 100) AS BIGINT) AS opening, CAST(round(closing_carats * 100) AS BIGINT) AS closing FROM {source('stocks')}),
    came AS (SELECT importer AS participant, q // 4 + 2004 AS year, CAST(sum(m_cc) AS BIGINT) AS imports FROM w1 GROUP BY ALL),
    went AS (SELECT exporter AS participant, q // 4 + 2004 AS year, CAST(sum(x_cc) AS BIGINT) AS exports FROM w1 GROUP BY ALL),
    all_of AS (
      SELECT participant, year, opening, coalesce(production, 0) AS production, coalesce(imports, 0) AS imports,
             coalesce(exports, 0) AS exports, closing
      FROM held LEFT JOIN made USING (participant, year) LEFT JOIN came USING (participant, year) LEFT JOIN went USING (participant, year))
    SELECT *, opening + production + imports - exports - closing AS residual,
           CAST(-(opening + production + imports - exports - closing) * 100 > 2 * (opening + production + imports) AS INTEGER) AS flag
    FROM all_of ORDER BY participant, year
""", "w3.csv")

db.execute("""
    CREATE TEMP TABLE l AS
    SELECT cert_id, exporter, importer, hs, q, CAST(floor(10000 * ln(vc / cc) + 0.5) AS BIGINT) AS l
    FROM certificates WHERE cc > 0 AND vc > 0
""")
db.execute("""
    CREATE TEMP TABLE g AS
    WITH m AS (SELECT exporter, importer, hs, q, count(*) AS n, CAST(2 * median(l) AS BIGINT) AS med2 FROM l GROUP BY ALL HAVING count(*) >= 8),
    d AS (SELECT exporter, importer, hs, q, CAST(2 * median(abs(2 * l - med2)) AS BIGINT) AS mad4
          FROM l JOIN m USING (exporter, importer, hs, q) GROUP BY ALL)
    SELECT * FROM m JOIN d USING (exporter, importer, hs, q)
""")
db.execute("""
    CREATE TEMP TABLE o AS
    SELECT cert_id, exporter, importer, hs, q, l, med2, mad4 FROM l JOIN g USING (exporter, importer, hs, q)
    WHERE 20000 * abs(2 * l - med2) > 51891 * mad4 AND abs(2 * l - med2) > 2000
""")
write("SELECT cert_id, l, med2, mad4 FROM o ORDER BY cert_id", "w4_outliers.csv")
write("""
    SELECT q // 4 + 2004 AS year, q % 4 + 1 AS quarter, exporter, importer, hs, n, med2, mad4, coalesce(n_out, 0) AS n_out
    FROM g LEFT JOIN (SELECT exporter, importer, hs, q, count(*) AS n_out FROM o GROUP BY ALL) USING (exporter, importer, hs, q)
    ORDER BY q, exporter, importer, hs
""", "w4_groups.csv")
db.execute("DROP TABLE l; DROP TABLE o")

ids = lambda column: f"min({column}) AS min_id, max({column}) AS max_id"
write(f"SELECT cert_no, count(*) AS n, {ids('cert_id')} FROM certificates GROUP BY cert_no HAVING count(*) > 1 ORDER BY cert_no", "w5_certno.csv")
write(f"SELECT cert_no, count(*) AS n, count(DISTINCT importer) AS importers, {ids('conf_id')} FROM confirmations GROUP BY cert_no HAVING count(*) > 1 ORDER BY cert_no", "w5_confno.csv")
write(f"SELECT seal_no, count(*) AS n, {ids('cert_id')} FROM certificates WHERE seal_no IS NOT NULL GROUP BY seal_no HAVING count(*) > 1 ORDER BY seal_no", "w5_seal.csv")
write(f"""
    SELECT exporter, importer, hs, cc, vc, count(*) AS n, {ids('cert_id')}, max(issue_date) - min(issue_date) AS span
    FROM certificates GROUP BY exporter, importer, hs, cc, vc HAVING count(*) > 1 ORDER BY exporter, importer, hs, cc, vc
""", "w5_content.csv")
