#!/usr/bin/env bash
# Fuzzes every target for a while, starting from the committed corpus: `fuzz/run.sh SECONDS [TARGET ...]`.
# Fails on a crash, an input that takes too long, or one that takes too much memory. New inputs go to
# `target/fuzz-corpus`; `fuzz/run.sh --keep` takes those that reach something new into the committed corpus.
#
# The coverage counters that libFuzzer needs are switched on by compiler flags that the stable compiler has; this is
# what cargo-fuzz does too, without having to build cargo-fuzz first, and without a sanitizer, because nothing of ours
# is unsafe code.
set -euo pipefail
cd "$(dirname "$0")"

targets=(code_text credential receipt lists typed statement message picture pixels symbol document content)
host=$(rustc -vV | sed -n 's/^host: //p')
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}
grown=$CARGO_TARGET_DIR/fuzz-corpus
programs=$CARGO_TARGET_DIR/$host/release

build() {
  RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares" \
    cargo build --release --locked --quiet --target "$host" --bins
}

# Longest input per target: large enough to reach everything, small enough to be quick.
longest() {
  case $1 in
    typed) echo 256 ;;
    code_text | credential | receipt | statement) echo 2048 ;;
    symbol) echo 700 ;;
    lists | message | content) echo 8192 ;;
    pixels) echo 20000 ;;
    *) echo 30000 ;;
  esac
}

if [ "${1:-}" = --keep ]; then
  for target in "${targets[@]}"; do
    fresh=$(mktemp -d)
    cp corpus/"$target"/* "$fresh"
    "$programs/$target" -merge=1 -max_len="$(longest "$target")" "$fresh" "$grown/$target" 2>&1 | tail -1
    # The largest are the least worth; 160 KB a target keep all of it under 2 MB.
    kept=$(mktemp -d)
    cp corpus/"$target"/* "$kept"
    (cd "$fresh" && ls -Sr) | while read -r file; do
      if [ "$(du -sb "$kept" | cut -f1)" -lt 130000 ]; then cp -n "$fresh/$file" "$kept/"; fi
    done
    cp -n "$kept"/* corpus/"$target"/
    rm -rf "$fresh" "$kept"
  done
  du -sb corpus
  exit
fi

seconds=${1:?"how many seconds for each target"}
shift
[ $# -gt 0 ] && targets=("$@")
build

fuzz() {
  local target=$1 said code
  mkdir -p "$grown/$target" "findings/$target"
  said=$(mktemp)
  if "$programs/$target" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=1024 -max_len="$(longest "$target")" \
    -artifact_prefix="findings/$target/" -print_final_stats=1 "$grown/$target" "corpus/$target" >"$said" 2>&1; then
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$said")
    speed=$(sed -n 's/^stat::average_exec_per_sec: *//p' "$said")
    cover=$(grep -o 'cov: [0-9]*' "$said" | tail -1)
    printf '%-12s %6s s %12s runs %8s a second  %s\n' "$target" "$seconds" "$runs" "$speed" "$cover"
    rm -f "$said"
    return 0
  else
    code=$?
  fi
  if [ "$code" -eq 137 ] || [ "$code" -eq 143 ]; then
    printf '%-12s was ended from outside; nothing is known of it\n' "$target"
  else
    printf '%-12s FOUND something; the input is in fuzz/findings/%s\n' "$target" "$target"
    grep -E 'panicked|FOUND|ERROR|SUMMARY|assertion|left:|right:' -A2 "$said" | head -20
  fi
  rm -f "$said"
  return 1
}

# As many at a time as there are cores: each is one thread, and none needs another.
failed=0
running=()
for target in "${targets[@]}"; do
  fuzz "$target" &
  running+=($!)
  if [ "${#running[@]}" -ge "$(nproc)" ]; then
    wait "${running[0]}" || failed=1
    running=("${running[@]:1}")
  fi
done
for process in "${running[@]}"; do
  wait "$process" || failed=1
done
exit $failed
