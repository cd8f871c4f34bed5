#!/usr/bin/env python3
"""W1-W5 with Polars, as its manual would have it: lazy scans, whole-number arithmetic, one output file after the other.

usage: with_polars.py FOLDER OUT csv|parquet
"""

import sys
from pathlib import Path

import polars as pl

folder, out, kind = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
out.mkdir(parents=True, exist_ok=True)


def scan(name):
    if kind == "parquet":
        return pl.scan_parquet(folder / f"{name}.parquet")
    # `NA` is Namibia: Polars reads no text but the empty one as missing unless it is told to.
    return pl.scan_csv(folder / f"{name}.csv", try_parse_dates=True)


def hundredths(column, name):
    return (pl.col(column) * 100).round().cast(pl.Int64).alias(name)


def quarter(column):
    date = pl.col(column)
    return ((date.dt.year().cast(pl.Int64) - 2004) * 4 + (date.dt.month().cast(pl.Int64) - 1) // 3).alias("q")


def days(column):
    return pl.col(column).cast(pl.Int32).cast(pl.Int64)


def write(frame, name):
    frame.write_csv(out / name, quote_style="never")


cert = scan("certificates").select(
    "cert_id", "cert_no", "exporter", "importer", "hs", "issue_date", "seal_no",
    hundredths("carats", "cc"), hundredths("value_usd", "vc"), quarter("issue_date"),
)
conf = scan("confirmations").select(
    "conf_id", "cert_no", "exporter", "importer", "hs", "arrival_date",
    hundredths("carats", "cc"), hundredths("value_usd", "vc"), quarter("arrival_date"),
)
year, quarter_of_year = pl.col("q") // 4 + 2004, pl.col("q") % 4 + 1

# W1
keys = ["q", "exporter", "importer", "hs"]
sums = lambda side: [pl.len().cast(pl.Int64).alias(f"{side}_n"), pl.col("cc").sum().alias(f"{side}_cc"), pl.col("vc").sum().alias(f"{side}_vc")]
w1 = (
    cert.group_by(keys).agg(sums("x"))
    .join(conf.group_by(keys).agg(sums("m")), on=keys, how="full", coalesce=True)
    .with_columns(pl.col("x_n", "x_cc", "x_vc", "m_n", "m_cc", "m_vc").fill_null(0))
    .sort(keys)
    .collect(engine="streaming")
)
write(w1.select(year.alias("year"), quarter_of_year.alias("quarter"), pl.exclude("q")), "w1.csv")

# W2
x = cert.select("cert_id", "cert_no", pl.col("exporter").alias("xe"), pl.col("importer").alias("xi"), pl.col("hs").alias("xh"), pl.col("issue_date").alias("xd"), pl.col("cc").alias("xcc"), pl.col("vc").alias("xvc"))
m = conf.select("conf_id", "cert_no", pl.col("exporter").alias("me"), pl.col("importer").alias("mi"), pl.col("hs").alias("mh"), pl.col("arrival_date").alias("md"), pl.col("cc").alias("mcc"), pl.col("vc").alias("mvc"))
dc, dv = pl.col("mcc") - pl.col("xcc"), pl.col("mvc") - pl.col("xvc")
adc, adv = dc.abs(), dv.abs()
xcc, xvc = pl.col("xcc"), pl.col("xvc")
klass = (
    pl.when(pl.col("conf_id").is_null() & (pl.col("xd") <= pl.date(2024, 11, 1))).then(pl.lit("NOCONF"))
    .when(pl.col("conf_id").is_null()).then(pl.lit("PENDING"))
    .when(pl.col("cert_id").is_null()).then(pl.lit("ORPHAN"))
    .when((pl.col("xe") != pl.col("me")) | (pl.col("xi") != pl.col("mi"))).then(pl.lit("PARTNER"))
    .when(pl.col("md") < pl.col("xd")).then(pl.lit("DATE"))
    .when((dc == 0) & (dv == 0)).then(pl.lit("EXACT"))
    .when(((adc * 1000 <= xcc) | (adc <= 1)) & (adv * 100 <= xvc)).then(pl.lit("T1"))
    .when((adc * 100 <= xcc) & (adv * 20 <= xvc)).then(pl.lit("T2"))
    .when((adc * 20 <= xcc) & (adv * 4 <= xvc)).then(pl.lit("T3"))
    .otherwise(pl.lit("X"))
)
pairs = x.join(m, on="cert_no", how="full", coalesce=True).with_columns(klass.alias("class"))
own = lambda one, other: pl.coalesce(one, other)
both = pl.col("cert_id").is_not_null() & pl.col("conf_id").is_not_null()
pairs = pairs.select(
    "cert_id", "conf_id", "class",
    own("xe", "me").alias("exporter"), own("xi", "mi").alias("importer"),
    own("xd", "md").dt.year().cast(pl.Int64).alias("year"),
    own("xcc", "mcc").alias("cc"), own("xvc", "mvc").alias("vc"),
    dc.alias("dc"), dv.alias("dv"),
    (days("md") - days("xd")).alias("lag"),
    (both & (pl.col("xh") != pl.col("mh"))).fill_null(False).cast(pl.Int64).alias("hs_diff"),
)
keys2 = ["exporter", "importer", "year", "class"]
summary = pairs.group_by(keys2).agg(
    pl.len().cast(pl.Int64).alias("n"), pl.col("cc").sum(), pl.col("vc").sum(),
    pl.col("dc").sum().alias("dcc"), pl.col("dv").sum().alias("dvc"),
    pl.col("dc").abs().sum().alias("adcc"), pl.col("dv").abs().sum().alias("advc"),
    pl.col("lag").sum().alias("lag_sum"), pl.col("hs_diff").sum(),
).sort(keys2)
exceptions = (
    pairs.filter(pl.col("class").is_in(["NOCONF", "ORPHAN", "PARTNER", "DATE", "X"]))
    .select(pl.col("cert_id", "conf_id").fill_null(0), "class")
    .sort("cert_id", "conf_id")
)
summary, exceptions = pl.collect_all([summary, exceptions], engine="streaming")
write(summary, "w2_summary.csv")
write(exceptions, "w2_exceptions.csv")

# W3
def one_side(column, who, name):
    by_year = w1.group_by(pl.col(who).alias("participant"), year.alias("year")).agg(pl.col(column).sum().alias(name))
    return by_year


production = scan("production").group_by("participant", pl.col("year").cast(pl.Int64)).agg(hundredths("carats", "production").sum()).collect()
stocks = scan("stocks").select("participant", pl.col("year").cast(pl.Int64), hundredths("opening_carats", "opening"), hundredths("closing_carats", "closing")).collect()
on = ["participant", "year"]
w3 = (
    stocks.join(production, on=on, how="left")
    .join(one_side("m_cc", "importer", "imports"), on=on, how="left")
    .join(one_side("x_cc", "exporter", "exports"), on=on, how="left")
    .with_columns(pl.col("production", "imports", "exports").fill_null(0))
    .with_columns((pl.col("opening") + pl.col("production") + pl.col("imports") - pl.col("exports") - pl.col("closing")).alias("residual"))
    .with_columns((-pl.col("residual") * 100 > 2 * (pl.col("opening") + pl.col("production") + pl.col("imports"))).cast(pl.Int64).alias("flag"))
    .select("participant", "year", "opening", "production", "imports", "exports", "closing", "residual", "flag")
    .sort(on)
)
write(w3, "w3.csv")

# W4
def twice_median(column):
    # The median of whole numbers is exact in halves, so twice of it is whole.
    return (pl.col(column).median() * 2).cast(pl.Int64)


grouped = ["exporter", "importer", "hs", "q"]
large = (
    cert.filter((pl.col("cc") > 0) & (pl.col("vc") > 0))
    .select("cert_id", *grouped, (10000 * (pl.col("vc") / pl.col("cc")).log() + 0.5).floor().cast(pl.Int64).alias("l"))
    .with_columns(pl.len().over(grouped).alias("n"), twice_median("l").over(grouped).alias("med2"))
    .filter(pl.col("n") >= 8)
    .with_columns((2 * pl.col("l") - pl.col("med2")).abs().alias("dev2"))
    .with_columns(twice_median("dev2").over(grouped).alias("mad4"))
    .with_columns(((20000 * pl.col("dev2") > 51891 * pl.col("mad4")) & (pl.col("dev2") > 2000)).alias("out"))
    .collect()
)
write(large.filter("out").sort("cert_id").select("cert_id", "l", "med2", "mad4"), "w4_outliers.csv")
groups = large.group_by(grouped).agg(pl.col("n", "med2", "mad4").first(), pl.col("out").sum().alias("n_out")).sort("q", "exporter", "importer", "hs")
write(groups.select(year.alias("year"), quarter_of_year.alias("quarter"), "exporter", "importer", "hs", "n", "med2", "mad4", "n_out"), "w4_groups.csv")
del large, groups

# W5
span = lambda column: [pl.col(column).min().alias("min_id"), pl.col(column).max().alias("max_id")]
repeated = lambda frame: frame.filter(pl.col("n") > 1)
n = pl.len().alias("n")
certno = repeated(cert.group_by("cert_no").agg(n, *span("cert_id"))).sort("cert_no")
confno = repeated(conf.group_by("cert_no").agg(n, pl.col("importer").n_unique().alias("importers"), *span("conf_id"))).sort("cert_no")
seal = repeated(cert.filter(pl.col("seal_no").is_not_null()).group_by("seal_no").agg(n, *span("cert_id"))).sort("seal_no")
same = ["exporter", "importer", "hs", "cc", "vc"]
content = repeated(cert.group_by(same).agg(n, *span("cert_id"), (days("issue_date").max() - days("issue_date").min()).alias("span"))).sort(same)
for frame, name in [(certno, "w5_certno.csv"), (confno, "w5_confno.csv"), (seal, "w5_seal.csv"), (content, "w5_content.csv")]:
    write(frame.collect(engine="streaming"), name)
