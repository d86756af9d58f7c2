#!/usr/bin/env bash
# A real editor: neovim without a screen opens the article, gets its diagnostics from `factlint lsp`, and applies the fix
# for “Wednesday (188)”. Needs a built factlint (FACTLINT, or target/debug/factlint); installs neovim where there is none.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v nvim > /dev/null || { apt-get update -q && apt-get install -yq neovim; }
FACTLINT=${FACTLINT:-$PWD/target/debug/factlint}
[ -x "$FACTLINT" ] || { echo "no factlint at $FACTLINT"; exit 1; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp tests/articles/talks.txt "$folder/talks.txt"
FACTLINT="$FACTLINT" ARTICLE="$folder/talks.txt" timeout 120 nvim --headless -u NONE -i NONE -n -S tests/neovim.lua
grep -q "Wednesday (18)" "$folder/talks.txt"
echo "neovim: the diagnostics are there, and the fix is in the file."
