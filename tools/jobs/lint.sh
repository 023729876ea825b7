#!/usr/bin/env bash
# The linters of Python and of pages' scripts, in an environment of their own; and node's tests of these.
set -euo pipefail
. "$(dirname "$0")/environment.sh"

environment lint
install_lab --requirement tools/requirements.txt
"$python" -m ruff format --check python tests/python benchmarks tools
"$python" -m ruff check python tests/python benchmarks tools
"$python" -m mypy

cp package.json "$place/lint"
npm install --prefix "$place/lint" --ignore-scripts --no-package-lock --no-audit --no-fund
"$place/lint/node_modules/.bin/biome" check --error-on-warnings
node --test tests/js/*.test.mjs
