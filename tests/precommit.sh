#!/usr/bin/env bash
# The hook in a real pre-commit, in a scratch repository: a commit with a fault is stopped and says why, the mended one
# passes, only changed files are checked, exclusions hold.
#
# Installs pre-commit from PyPI into a scratch virtual environment, and builds the hook from this checkout as a user's
# pre-commit does (language: rust). FACTLINT=path/to/factlint takes a binary that is built already, which is faster.
set -euo pipefail
project=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export PRE_COMMIT_HOME="$scratch/pre-commit"
export GIT_CONFIG_GLOBAL="$scratch/gitconfig" GIT_CONFIG_NOSYSTEM=1
git config --global user.name Tester
git config --global user.email tester@example.org
git config --global init.defaultBranch main
git config --global protocol.file.allow always
git config --global --add safe.directory '*'

fail() { echo "precommit: $*" >&2; exit 1; }

python3 -m venv "$scratch/venv"
"$scratch/venv/bin/pip" install --quiet pre-commit
PATH="$scratch/venv/bin:$PATH"

# The hook's repository: this checkout as it is now, changes that are not committed included.
hook="$scratch/hook"
git init --quiet "$hook"
(cd "$project" && git ls-files -z --cached --others --exclude-standard | tar --null --ignore-failed-read -cf - -T -) |
    tar -xf - -C "$hook"
if [ -n "${FACTLINT:-}" ]; then
    sed -i "s|^  entry: .*|  entry: $(realpath "$FACTLINT") check|; s|^  language: rust|  language: system|" \
        "$hook/.pre-commit-hooks.yaml"
fi
git -C "$hook" add -A
git -C "$hook" commit --quiet --message "The hook as it is now"
rev=$(git -C "$hook" rev-parse HEAD)

news="$scratch/news"
git init --quiet "$news"
cd "$news"
cat > .pre-commit-config.yaml <<YAML
repos:
  - repo: $hook
    rev: $rev
    hooks:
      - id: factlint
YAML
printf 'exclude: [archive/]\n' > factlint.yaml
bad='Talks open on Monday (10), pause on Wednesday (100) and end on Thursday (13).'
good='Talks open on Monday (10), pause on Wednesday (12) and end on Thursday (13).'
mkdir archive
printf '%s\n' "$bad" > archive/old.md
printf '%s\n' "$bad" > before.md
printf 'factlint==1.0\n' > requirements.txt
git add -A
git commit --quiet --message "Before the hook"
pre-commit install > "$scratch/log"

printf '%s\n' "$bad" > talks.md
git add talks.md
if git commit --message "With a fault" > "$scratch/log" 2>&1; then
    cat "$scratch/log"; fail "the commit with a fault went through"
fi
grep -q 'weekday-day-sequence' "$scratch/log" || { cat "$scratch/log"; fail "the rule is not named"; }
grep -q '12th, not the 100th' "$scratch/log" || { cat "$scratch/log"; fail "the reason is not told"; }
grep -q 'before.md' "$scratch/log" && { cat "$scratch/log"; fail "a file was checked that did not change"; }
[ "$(git log --oneline | wc -l)" = 1 ] || fail "something was committed"
sed -n '1,30p' "$scratch/log"

printf '%s\n' "$good" > talks.md
printf '%s\n' "$bad" "And again." > archive/old.md
printf 'factlint==1.1\n' > requirements.txt
git add -A
git commit --message "Mended" > "$scratch/log" 2>&1 || { cat "$scratch/log"; fail "the mended commit was stopped"; }
[ "$(git log --oneline | wc -l)" = 2 ] || fail "nothing was committed"
echo "precommit: a fault is stopped and told, the mended draft passes, only changed files count, exclusions hold"
