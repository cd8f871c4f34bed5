#!/usr/bin/env python3
"""Runs kpcs, Polars and DuckDB on the same files, one after the other in turns, checks that every result has the same
SHA-256, and prints wall time, CPU time and peak memory with their ratios. Judges nothing: seconds depend on the machine
and on what else runs on it, ratios of runs in turns much less.

usage: compare.py KPCS FOLDER csv|parquet [ROUNDS] [--without polars,duckdb]

KPCS is the release program (`target/release/kpcs`); FOLDER holds certificates, confirmations, production and stocks, as
`cargo run --release -p kp-reconcile --example generate_trade -- FOLDER 1000000 1` writes them and `to_parquet.py FOLDER
pyarrow` turns them into Parquet. Polars and DuckDB come from `pip install polars duckdb`.
"""

import hashlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

here = Path(__file__).parent
arguments = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
without = next((sys.argv[at + 1] for at, argument in enumerate(sys.argv) if argument == "--without"), "")
if without:
    arguments.remove(without)
kpcs, folder, kind = arguments[0], arguments[1], arguments[2]
rounds = int(arguments[3]) if len(arguments) > 3 else 1
out = Path(tempfile.mkdtemp(prefix="reconcile-", dir=os.environ.get("OUT_DIR")))

programs = {
    "kpcs": lambda to: [kpcs, "reconcile", folder, "--format", kind, "--out", to],
    "polars": lambda to: [sys.executable, str(here / "with_polars.py"), folder, to, kind],
    "duckdb": lambda to: [sys.executable, str(here / "with_duckdb.py"), folder, to, kind],
}
programs = {name: command for name, command in programs.items() if name not in without.split(",")}


def run(command):
    """Wall and CPU seconds, and the largest size in MiB, of one process and what it starts."""
    begun = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return time.monotonic() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def hashes(where):
    files = sorted(path for path in Path(where).iterdir() if path.suffix == ".csv")
    each = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    lines = "\n".join(f"{sha}  {name}" for name, sha in each.items())
    return each | {"ALL": hashlib.sha256(lines.encode()).hexdigest()}


# Once through the cache, so that the first program does not pay for the disk.
for name in ["certificates", "confirmations"]:
    with open(Path(folder) / f"{name}.{kind}", "rb") as file:
        while file.read(1 << 24):
            pass

measured = {name: [] for name in programs}
seen = {}
for turn in range(rounds):
    for name, command in programs.items():
        to = out / name
        measured[name].append(run(command(str(to))))
        seen[name] = hashes(to)
        shutil.rmtree(to)
        print(f"  round {turn + 1} {name:8} wall {measured[name][-1][0]:8.2f} s  CPU {measured[name][-1][1]:7.2f} s  {measured[name][-1][2]:7.0f} MiB", flush=True)
shutil.rmtree(out)

reference = seen["kpcs"]
same = True
for name, each in seen.items():
    differing = [file for file in reference | each if reference.get(file) != each.get(file)]
    same &= not differing
    print(f"{name:8} ALL {each['ALL']}" + (f"  DIFFERS in {', '.join(differing)}" if differing else "  the same" if name != "kpcs" else ""))
median = {name: [statistics.median(run[at] for run in runs) for at in range(3)] for name, runs in measured.items()}
load = os.getloadavg()[0]
print(f"\n{folder}, {kind}, medians of {rounds}, {os.cpu_count()} cores, load average {load:.1f}:")
for name, (wall, cpu, memory) in median.items():
    ours = median["kpcs"]
    ratios = f"  = {wall / ours[0]:.1f} x wall, {cpu / ours[1]:.1f} x CPU, {memory / ours[2]:.1f} x memory of kpcs" if name != "kpcs" else ""
    print(f"{name:8} wall {wall:8.2f} s  CPU {cpu:7.2f} s  {memory:7.0f} MiB{ratios}")
sys.exit(0 if same else 1)
