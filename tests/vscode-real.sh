#!/usr/bin/env bash
# The packed extension in VS Code itself: code-server is VS Code behind a web server, and Chromium its window. Pictures
# are left in target/vscode. Needs node 20, which this code-server is made for, and says so where there is another;
# run after tests/vscode.sh, which packs the extension. FACTLINT names a binary to try instead
# of one built here.
set -euo pipefail
cd "$(dirname "$0")/.."

version=$(node --version 2> /dev/null || echo none)
case $version in
    v20.*) ;;
    *) echo "VS Code itself: not tried (node 20 is needed, and this is $version)"; exit 0 ;;
esac
command -v chromium > /dev/null || { apt-get update -q && apt-get install -yq chromium; } > /dev/null
command -v make > /dev/null && command -v g++ > /dev/null || { apt-get update -q && apt-get install -yq make g++; } > /dev/null

tools=target/vscode/tools
server=$tools/node_modules/code-server
if [ ! -e "$tools/installed" ]; then
    rm -rf "$tools" && mkdir -p "$tools"
    echo '{"private": true}' > "$tools/package.json"
    # Headers of node come with it; what searches, terminals and proxies need is not built.
    headers=$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")
    [ ! -e "$headers/include/node/node.h" ] || export npm_config_nodedir=$headers
    quiet=(--silent --no-audit --no-fund --ignore-scripts)
    npm install "${quiet[@]}" --prefix "$tools" code-server@4.100.3 playwright-core@1.65
    (cd "$server/lib/vscode" && npm install "${quiet[@]}" --omit=dev && ln -sfn node_modules node_modules.asar &&
        npm rebuild --silent @vscode/spdlog native-watchdog)
    (cd "$tools" && npm rebuild --silent argon2)
    touch "$tools/installed"
fi
factlint=${FACTLINT:-}
if [ -z "$factlint" ]; then
    cargo build --quiet --bin factlint
    factlint="${CARGO_TARGET_DIR:-$PWD/target}/debug/factlint"
fi

place=$(mktemp -d)
serving=
trap '[ -z "$serving" ] || kill "$serving" 2> /dev/null || true; rm -rf "$place"' EXIT
mkdir -p "$place/drafts" "$place/data/User"
cat > "$place/data/User/settings.json" <<JSON
{"factlint.path": "$factlint", "workbench.startupEditor": "none", "telemetry.telemetryLevel": "off"}
JSON
export HOME=$place
serve=(node "$server/out/node/entry.js" --user-data-dir "$place/data" --extensions-dir "$place/extensions")
"${serve[@]}" --install-extension editors/vscode/factlint.vsix > "$place/log"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"${serve[@]}" --auth none --bind-addr "127.0.0.1:$port" --disable-telemetry --disable-update-check \
    --disable-workspace-trust --disable-getting-started-override >> "$place/log" 2>&1 &
serving=$!
for _ in $(seq 100); do
    ! grep -q "HTTP server listening" "$place/log" || break
    sleep 0.2
done
cp tests/vscode/real.mjs "$tools/"
timeout 150 node "$tools/real.mjs" "http://127.0.0.1:$port" "$place/drafts" target/vscode || { tail -20 "$place/log"; exit 1; }
