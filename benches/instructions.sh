#!/usr/bin/env bash
# Counts the instructions of whole runs: nothing to read, 1,000 words, 10,000 words. Counts do not depend on the machine's
# load, so two commits can be compared. Needs valgrind; builds with the bench profile.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --quiet --profile bench
factlint=target/release/factlint
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

: > "$work/empty.txt"
words=$(wc -w < tests/articles/talks.txt)
for size in 1000 10000; do
    for _ in $(seq $(((size + words - 1) / words))); do cat tests/articles/talks.txt; echo; done > "$work/$size.txt"
done

printf '%-12s %15s\n' draft instructions
for draft in empty 1000 10000; do
    valgrind --tool=callgrind --callgrind-out-file="$work/out" "$factlint" check --isolated --quiet "$work/$draft.txt" > /dev/null 2> "$work/log" || true
    printf '%-12s %15s\n' "$draft" "$(sed -n 's/.*Collected : //p' "$work/log")"
done
