#!/usr/bin/env bash
# The linters of Python, in an environment of their own.
set -euo pipefail
. "$(dirname "$0")/environment.sh"

environment lint
install_lab --requirement tools/requirements.txt
"$python" -m ruff format --check python tests/python benchmarks tools
"$python" -m ruff check python tests/python benchmarks tools
"$python" -m mypy
