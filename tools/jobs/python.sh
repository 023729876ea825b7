#!/usr/bin/env bash
# pytest, in an environment of its own. VERSIONS=oldest for the oldest packages that are promised,
# PYTHON for another Python; arguments are pytest's.
set -euo pipefail
. "$(dirname "$0")/environment.sh"

environment python
install_lab --requirement tools/requirements.txt
"$python" -m pytest "$@"
