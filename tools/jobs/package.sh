#!/usr/bin/env bash
# Wheel and sdist, made and then used as others use them: the wheel in an environment that has nothing
# else, and the tests that the sdist holds. Arguments are pytest's.
set -euo pipefail
. "$(dirname "$0")/environment.sh"

environment build
"$python" -m pip install --quiet build twine
rm -rf dist
"$python" -m build --outdir dist .
"$python" -m twine check --strict dist/*

environment wheel
install_lab dist/*.whl
(cd "$place" && "$python" -m xorlab info)

"$python" -m pip uninstall --quiet --yes xorlab
"$python" -m pip install --quiet --requirement tools/requirements.txt
rm -rf "$place/sdist" && mkdir "$place/sdist"
tar -xzf dist/*.tar.gz -C "$place/sdist" --strip-components=1
cd "$place/sdist" && "$python" -m pytest "$@"
