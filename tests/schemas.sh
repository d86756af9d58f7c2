#!/usr/bin/env bash
# The SARIF report, validated with the official schema, and those for GitLab and reviewdog, with what their documentation
# asks for: over the project's own article, over a draft whose characters
# have one to four bytes, over several drafts with one that cannot be read, and over nothing.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo build --quiet --bin factlint
factlint="${CARGO_TARGET_DIR:-$PWD/target}/debug/factlint"
out=target/schemas
rm -rf "$out/reports" && mkdir -p "$out/reports" "$out/drafts"
printf '# Żółw 東京 🇺🇦\r\n\r\nIt was was on Monday (10) in cafe\xcc\x81 [a](1) {0}, “Wednesday (100)” and Thursday (13).\r\n' > "$out/drafts/żółw 1#.md"
printf 'a\xff\x00' > "$out/drafts/bad.txt"

report() { # NAME PATHS…: exit code 2 is a draft that cannot be read
    local name=$1 code=0
    shift
    for format in sarif gitlab rdjson; do
        "$factlint" check --isolated --format "$format" "$@" > "$out/reports/$name.$format" 2> "$out/told" || code=$?
        [ "$code" -le 2 ]
    done
}
report article tests/articles/talks.txt
report several "$out/drafts" tests/articles/talks.txt
report clean README.md --select weekday-date
grep -q '"startColumn"' "$out/reports/several.sarif"
grep -q 'toolExecutionNotifications": \[$' "$out/reports/several.sarif"
cargo run --quiet --manifest-path tests/schemas/Cargo.toml --target-dir "$out/build" -- "$out"/reports/*
