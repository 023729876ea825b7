#!/usr/bin/env bash
# R CMD check --as-cran on the tarball of tools/build.sh, twice at once: with the Python of .dev/venv,
# and with none to be found, where tests and examples skip and nothing is fetched. Fails on any error,
# warning or note. With Python, it leaves out what was done before: the tests, which are make test-r's,
# and building the vignettes, which R CMD build has done.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly place="$PWD/.dev/check"
rm -rf "$place" && mkdir -p "$place"/{with,without,bin,home,inductor}
tarball=$(echo "$PWD"/.dev/build/xorlab_*.tar.gz)

# What the network, the clock's servers, a busy machine and torch's compiler would add.
export _R_CHECK_CRAN_INCOMING_REMOTE_=false _R_CHECK_SYSTEM_CLOCK_=false
export _R_CHECK_EXAMPLE_TIMING_THRESHOLD_=60
export TORCHINDUCTOR_CACHE_DIR="$place/inductor"

run_check() { R CMD check --as-cran --no-manual --output="$place/$1" "${@:2}" "$tarball" >"$place/$1.log" 2>&1; }

# Every command on the PATH but those that are, or could fetch, a Python.
hide_python() {
  local folder
  tr : '\n' <<<"$PATH" | while read -r folder; do
    [ ! -d "$folder" ] || find "$folder" -maxdepth 1 ! -type d ! -name '*python*' ! -name 'py*' \
      ! -name 'pip*' ! -name 'uv*' ! -name '*conda*' -exec ln -s -t "$place/bin" {} + 2>/dev/null || true
  done
}

without_python() {
  env -u RETICULATE_PYTHON -u VIRTUAL_ENV PATH="$place/bin" HOME="$place/home" \
    R_USER_CACHE_DIR="$place/home/cache" R_USER_DATA_DIR="$place/home/data" "$@"
}

hide_python
if (cd "$place" && RETICULATE_USE_MANAGED_VENV=no without_python Rscript -e 'quit(status = !reticulate::py_available(TRUE))') >/dev/null 2>&1; then
  echo "check: a Python is still to be found without one"; exit 1
fi
rm -rf "$place/home" && mkdir "$place/home"

# What codetools finds, it finds without Python too. The few tests that do not skip there take less time
# in one process than it takes to start two.
NOT_CRAN=true _R_CHECK_USE_CODETOOLS_=false run_check with --no-tests --no-build-vignettes & with=$!
TESTTHAT_PARALLEL=false without_python bash -c "$(declare -f run_check); place='$place' tarball='$tarball'; run_check without" & without=$!
wait $with || true
wait $without || true

verdict=0
# What somebody has who installs the package with its vignettes.
R_LIBS="$place/with/xorlab.Rcheck:$R_LIBS" Rscript -e 'found <- vignette(package = "xorlab")$results
  stopifnot(setequal(found[, "Item"], c("lesson", "optimizers", "own-data", "playground", "seeds", "speed", "teaching", "troubleshooting", "why")), nzchar(vignette("lesson", "xorlab")$PDF))' \
  || { echo "check: the installed package has no vignettes"; verdict=1; }
for one in with without; do
  log="$place/$one/xorlab.Rcheck/00check.log"
  status=$(grep '^Status: ' "$log" || echo "no status")
  echo "check: $one Python: $status"
  if [ "$status" = "Status: 1 WARNING" ] && ! command -v checkbashisms >/dev/null && grep -q "needs the 'checkbashisms'" "$log"; then
    echo "check: for want of checkbashisms (Debian has it in devscripts)"
  elif [ "$status" != "Status: OK" ]; then
    grep -v ' OK$' "$place/$one.log"; verdict=1
  fi
done
fetched=$(find "$place/home" -type f)
[ -z "$fetched" ] || { echo "check: without Python, something was fetched or written: $fetched"; verdict=1; }
exit $verdict
