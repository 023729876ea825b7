#!/usr/bin/env bash
# R CMD check --as-cran, with a Python environment of its own; R has its packages already. Fails on
# any error or warning, and where the tarball holds a dot file. VERSIONS and PYTHON as for python.sh.
set -euo pipefail
. "$(dirname "$0")/environment.sh"

environment r
install_lab pandas selenium # of which tests in R make use
export RETICULATE_PYTHON="$python" NOT_CRAN=true _R_CHECK_CRAN_INCOMING_=false
export OMP_NUM_THREADS=1 # for tiny operations, as in the Makefile

# R CMD build copies all there is before it leaves anything out: gigabytes, with the environments.
rm -rf "$place/check" && mkdir -p "$place/check/xorlab"
tar -cf - --exclude .git --exclude .dev . | tar -xf - -C "$place/check/xorlab"
cd "$place/check"
R CMD build xorlab
if tar -tzf xorlab_*.tar.gz | grep '/\.'; then echo "r: these belong into no tarball"; exit 1; fi
R CMD check --as-cran --no-manual xorlab_*.tar.gz
grep -E '^Status: (OK|[0-9]+ NOTEs?)$' xorlab.Rcheck/00check.log
