#!/usr/bin/env bash
# Programs of others against our sheets: `interop/run.sh [PAGES]` (60 unless told).
#
# Random certificates and receipts are printed by kp-paper, rendered by poppler, read by zxing-cpp as a scan at 200 dpi
# and as a simulated photograph, verified by pycose and cwt, their Merkle paths by sigstore; 20 alterations of each must
# be refused. Our own reader reads the same pictures. `interop.py` prints the table and decides.
set -euo pipefail
cd "$(dirname "$0")/.."
pages=${1:-60}
out=${INTEROP_OUT:-target/interop}
rm -rf "$out"
mkdir -p "$out"

# The pinned packages, in a folder of ours where the machine does not have exactly these.
if ! python3 interop/interop.py --check-packages 2>/dev/null; then
  export PYTHONPATH=$PWD/target/interop-packages
  if ! python3 interop/interop.py --check-packages 2>/dev/null; then
    python3 -m pip install --quiet --target "$PYTHONPATH" --upgrade -r interop/requirements.txt
  fi
fi

# `INTEROP_PROFILE=release` reads a thousand pages in a quarter of the time and takes minutes to build first.
profile=${INTEROP_PROFILE:-dev}
programs=${CARGO_TARGET_DIR:-target}/${profile/dev/debug}/examples
cargo build --quiet --locked --profile "$profile" -p kp-verify --example random_credentials
cargo build --quiet --locked --profile "$profile" -p kp-scan --example pages
"$programs"/random_credentials 2026 "$pages" >"$out/certificates.jsonl"
"$programs"/pages write "$out/certificates.jsonl" "$out/sheets"
python3 interop/interop.py "$out" "$programs"/pages
