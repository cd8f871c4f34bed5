#!/usr/bin/env bash
# A fuzzer of others over the whole API: `interop/schemathesis.sh [EXAMPLES]` (8 for each call and officer unless told).
#
# The demonstration's invented world is served; as officers of several roles, and as nobody, schemathesis makes up requests from the published
# description, good and bad: no answer may be a fault, undocumented, or of another shape than described, and no call that
# needs a token may answer without one. Afterwards the log must verify: whatever was asked, what stands is sound.
set -euo pipefail
cd "$(dirname "$0")/.."
examples=${1:-8}
out=${INTEROP_OUT:-target/schemathesis}
rm -rf "$out"
mkdir -p "$out"

# Pinned; into a folder of ours, so that it meets no other version of what it needs.
packages=$PWD/target/schemathesis-packages
version=4.32.5
if ! PYTHONPATH=$packages python3 -c "import importlib.metadata as m; assert m.version('schemathesis') == '$version'" 2>/dev/null; then
  rm -rf "$packages"
  python3 -m pip install --quiet --target "$packages" "schemathesis==$version"
fi
st() { PYTHONPATH=$packages python3 -c 'from schemathesis.cli import schemathesis; schemathesis()' "$@"; }

cargo build --quiet --locked -p kp-cli
kpcs=target/debug/kpcs
# The invented world, served as a real node is: in a demonstration anybody may look at everything.
"$kpcs" demo --data "$out/data" --no-serve >"$out/demo.log"
"$kpcs" serve --data "$out/data" --port 0 >"$out/serve.log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT
url=
for _ in $(seq 60); do
  url=$(sed -n 's/^Pages: *//p' "$out/serve.log")
  [ -n "$url" ] && break
  kill -0 "$server" 2>/dev/null || { cat "$out/serve.log" >&2; exit 1; }
  sleep 1
done
[ -n "$url" ] || { printf 'the node did not come up\n' >&2; exit 1; }
url=${url%/}

failed=0
for officer in nobody ${OFFICERS:-scheme-secretary xa-admin xa-clerk xb-importer xa-focal}; do
  header=()
  if [ "$officer" != nobody ]; then
    token=$(curl -sf -X POST "$url/api/session" -H 'Content-Type: application/json' -d "{\"officer\": \"$officer\", \"passphrase\": \"demonstration\"}" |
      python3 -c 'import json, sys; print(json.load(sys.stdin)["token"])')
    header=(-H "Authorization: Bearer $token")
  fi
  printf '\n== as %s\n' "$officer"
  # Its own session is not ended under it: both calls that do are tried by kp-server's tests.
  if ! st --config-file interop/schemathesis.toml run "$url/api/openapi.json" "${header[@]}" \
    --max-examples "$examples" --seed 2026 --no-shrink --continue-on-failure \
    --exclude-operation-id delete_session --exclude-operation-id delete_account_sessions_session \
    >"$out/$officer.log" 2>&1; then
    failed=1
    # The failures themselves, with the call that shows each again: the warnings after them are long.
    sed -n '/^=* FAILURES =*$/,/^=* WARNINGS =*$/p' "$out/$officer.log" | grep -vE '^\s*$' | head -n "${LINES_SHOWN:-120}"
    grep -vE '^\s*$' "$out/$officer.log" | tail -n 20
  else
    grep -E '^(  Test cases|Test cases|.*passed|.*generated)' "$out/$officer.log" | tail -n 4 || true
  fi
done
if grep -E ' (ERROR|WARN) .*(panicked|node_fault)' "$out/serve.log"; then
  failed=1
fi
kill "$server"
wait "$server" 2>/dev/null || true
"$kpcs" log verify --data "$out/data"
exit "$failed"
