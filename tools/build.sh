#!/usr/bin/env bash
# The tarball of the R package in .dev/build, and beside it, in pages/, the vignettes as R CMD build
# has knitted them. R CMD check takes the tarball, the tests of the documents read the pages.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly place="$PWD/.dev/build"
rm -rf "$place" && mkdir -p "$place/source" "$place/pages"
# R CMD build copies the whole folder before it leaves anything out, so it gets one without .dev, which
# may hold gigabytes of CUDA.
tar --exclude=./.dev --exclude=./.git --exclude=./site --exclude='*_cache' --exclude=__pycache__ -cf - . | tar -xf - -C "$place/source"
(cd "$place" && R CMD build source >build.log 2>&1) || { cat "$place/build.log"; exit 1; }
rm -rf "$place/source"
tar -xzf "$place"/xorlab_*.tar.gz -C "$place/pages" --strip-components=3 --wildcards 'xorlab/inst/doc/*.html'
