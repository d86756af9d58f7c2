#!/usr/bin/env bash
# The extension for VS Code: built, its logic tested, packed, and loaded from the package with a stand-in for VS Code, so
# that nothing it needs is missing there. Needs node; installs it where there is none.
set -euo pipefail
cd "$(dirname "$0")/../editors/vscode"

command -v npm > /dev/null || { apt-get update -q && apt-get install -yq nodejs npm; }
npm ci --no-audit --no-fund --loglevel=error
npm test
npm run --silent package > /dev/null

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m zipfile -e factlint.vsix "$folder"
node - "$folder/extension" <<'JS'
const Module = require("node:module");
const load = Module._load;
// Whatever is asked of VS Code is a class, whose members are such classes too.
const anything = () => new Proxy(class {}, { get: (target, key) => (key in target ? target[key] : anything()) });
const vscode = anything();
Module._load = (name, ...rest) => (name === "vscode" ? vscode : load(name, ...rest));
const folder = process.argv[2];
const main = require(`${folder}/package.json`).main;
const extension = require(`${folder}/${main}`);
for (const name of ["activate", "deactivate"]) {
    if (typeof extension[name] !== "function") throw new Error(`the package has no ${name}`);
}
JS
echo "VS Code: the extension is built, tested and packed."
