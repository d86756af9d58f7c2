#!/usr/bin/env bash
# The HTML report in a real Chromium: clicks, keyboard, filters, several drafts, hostile text, contrast and roles, print.
# Installs what it needs. Pictures of the page are left in target/page. With “pictures”, writes those of the README too.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v chromium > /dev/null || { apt-get update -q && apt-get install -yq chromium; } > /dev/null
command -v npm > /dev/null || { apt-get update -q && apt-get install -yq nodejs npm; } > /dev/null
modules=target/page/tools
mkdir -p "$modules"
[ -d "$modules/node_modules/playwright-core" ] && [ -d "$modules/node_modules/axe-core" ] || {
    echo '{"private": true}' > "$modules/package.json"
    npm install --silent --no-audit --no-fund --prefix "$modules" playwright-core@1.65 axe-core@4.14
}
cargo build --quiet --bin factlint
cp tests/page/*.mjs "$modules/"
FACTLINT="${CARGO_TARGET_DIR:-$PWD/target}/debug/factlint" node --test "$modules/page.test.mjs"
if [ "${1:-}" = pictures ]; then
    FACTLINT="${CARGO_TARGET_DIR:-$PWD/target}/debug/factlint" node "$modules/pictures.mjs"
fi
