#!/usr/bin/env bash
# Puts the peers' packages into .dev/bench-venv, which sees all that .dev/venv holds (torch is there
# once) and leaves it as it is. Run it again to repair a set-up cut short.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly venv=.dev/bench-venv files=(benchmarks/requirements.txt tools/constraints.txt)
wanted() { cat "${files[@]}" .dev/venv/installed 2>/dev/null | cksum; }
[ "$(cat "$venv/installed" 2>/dev/null)" != "$(wanted)" ] || exit 0

stop() { printf 'bench: stopped: %s\n' "$*" >&2; exit 1; }

echo "bench: installing $(grep -v '^#' benchmarks/requirements.txt | xargs) into $venv (minutes, the first time)"
rm -rf "$venv"
.dev/venv/bin/python -m venv "$venv"
site() { "$1/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))'; }
site .dev/venv >"$(site "$venv")/development.pth"
# What .dev/venv holds stays at its version: pip sees it through the .pth file, and may add but not move.
.dev/venv/bin/python -m pip freeze --disable-pip-version-check | grep '==' | sed 's/+[a-z0-9.]*$//' >"$venv/constraints.txt"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --constraint tools/constraints.txt \
  --constraint "$venv/constraints.txt" --requirement benchmarks/requirements.txt >.dev/bench-setup.log 2>&1 \
  || stop "the peers' packages could not be had: see .dev/bench-setup.log, then run this again"
wanted >"$venv/installed"
