#!/usr/bin/env bash
# Installs what xorlab's development needs, and only what is missing:
#   R, by apt, where there is no Rscript, and Chromium;
#   R packages that R does not find yet, and reticulate, into .dev/rlib;
#   a virtual environment with torch and the tools for tests, in .dev/venv.
# `setup.sh docs` adds what builds the site. Everything else on the machine stays as it is. Run it
# again to repair a set-up cut short.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly dev="$PWD/.dev"
readonly reticulate_needed=1.41
r_packages=(Rcpp RcppTOML Matrix here jsonlite png rappdirs rlang withr cli
                     testthat knitr rmarkdown roxygen2 lintr)
export R_LIBS="$dev/rlib" DEBIAN_FRONTEND=noninteractive

say()  { printf 'setup: %s\n' "$*"; }
stop() { printf 'setup: stopped: %s\n' "$*" >&2; exit 1; }

# --- the machine's package manager -------------------------------------------------------------

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

can_apt() {
  command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }
}

# A command whose output matters only when it fails.
quietly() {
  local log="$dev/setup.log"
  "$@" >"$log" 2>&1 || { tail -n 20 "$log" >&2; return 1; }
}

apt_updated=no
apt_install() {
  as_root dpkg --configure -a >/dev/null 2>&1 || true # finishes an installation cut short
  if [ "$apt_updated" = no ]; then quietly as_root apt-get -q update && apt_updated=yes; fi
  quietly as_root apt-get -q install -y --no-install-recommends "$@"
}

# --- R -----------------------------------------------------------------------------------------

install_r() {
  can_apt || stop "R is missing: install R 4.1 or newer, then run this again"
  say "installing R by apt"
  apt_install r-base-core r-base-dev r-recommended pandoc tidy qpdf \
    || stop "apt could not install R: install R 4.1 or newer, then run this again"
}

have_r() {
  Rscript --vanilla -e 'quit(status = getRversion() < "4.1")' >/dev/null 2>&1
}

# Names of the packages in "$@" that R does not find.
missing_r_packages() {
  Rscript --vanilla -e 'for (p in commandArgs(TRUE)) if (!nzchar(system.file(package = p))) cat(p, "")' "$@"
}

have_reticulate() {
  Rscript --vanilla -e 'quit(status = !(nzchar(system.file(package = "reticulate")) &&
    packageVersion("reticulate") >= commandArgs(TRUE)))' "$reticulate_needed"
}

cran_answers=
cran() { # installs "$@" into .dev/rlib; fails where CRAN does not answer
  if [ -z "$cran_answers" ]; then
    cran_answers=$(Rscript --vanilla -e 'options(timeout = 10, repos = getOption("repos")); r <- getOption("repos")
      # no mirror was chosen: the first of those that R itself lists
      if (r["CRAN"] == "@CRAN@") r["CRAN"] <- getCRANmirrors(local.only = TRUE)$URL[1]
      found <- tryCatch(suppressWarnings(nrow(available.packages(repos = r)) > 0), error = function(e) FALSE)
      cat(if (found) r["CRAN"] else "no")')
  fi
  [ "$cran_answers" != no ] || return 1
  quietly Rscript --vanilla -e 'a <- commandArgs(TRUE)
    install.packages(a[-(1:2)], lib = a[1], repos = a[2], Ncpus = parallel::detectCores(), quiet = TRUE)' \
    "$dev/rlib" "$cran_answers" "$@"
}

install_r_packages() { # a system that got its R from apt gets ready-made packages from there too
  say "installing R packages: $*"
  local deb=() name
  for name in "$@"; do deb+=("r-cran-${name,,}"); done
  if [ "$r_from_apt" = yes ]; then apt_install "${deb[@]}" || cran "$@" || true
  else cran "$@" || { can_apt && apt_install "${deb[@]}"; } || true
  fi
  local left; left=$(missing_r_packages "$@")
  [ -z "$left" ] || stop "R packages could not be had: install ${left% } from CRAN, then run this again"
}

# Debian 12's own reticulate is too old. Its newer source comes from Debian 13 through the mirror and
# key that this machine already trusts, read in a folder of its own.
reticulate_from_debian() {
  command -v apt-get >/dev/null || return 1
  local place="$dev/apt" site
  site=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep -v security | head -n 1)
  [ -n "$site" ] || return 1
  rm -rf "$place" && mkdir -p "$place/parts" "$place/lists/partial"
  printf '%s\n' 'Types: deb-src' "URIs: $site" 'Suites: trixie' 'Components: main' \
    'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg' >"$place/parts/trixie.sources"
  local options=(-q -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$place/parts"
                 -o "Dir::State::Lists=$place/lists" -o "APT::Sandbox::User=$(id -un)")
  (cd "$place" && quietly apt-get "${options[@]}" update \
    && quietly apt-get "${options[@]}" source --download-only --tar-only r-cran-reticulate \
    && mkdir source && tar -xf r-cran-reticulate_*.orig.tar.* -C source --strip-components=1 \
    && quietly R CMD INSTALL --no-docs --library="$dev/rlib" source) || return 1
  rm -rf "$place"
}

# R CMD check asks for it; the Makefile's target lives without it, and says so.
install_checkbashisms() {
  can_apt || return 0
  say "installing devscripts by apt, for R CMD check"
  apt_install devscripts || say "devscripts could not be had; R CMD check does without"
}

# Pages are tested in a real browser.
have_browser() {
  command -v chromedriver >/dev/null && { command -v chromium || command -v google-chrome; } >/dev/null
}

install_browser() {
  can_apt || stop "a browser is missing: install Chromium (or Chrome) and chromedriver, then run this again"
  say "installing Chromium and its driver by apt, for the tests of pages"
  apt_install chromium chromium-driver \
    || stop "apt could not install Chromium: install it and chromedriver, then run this again"
}

install_reticulate() {
  say "installing reticulate $reticulate_needed or newer into .dev/rlib"
  rm -rf "$dev"/rlib/00LOCK*
  cran reticulate || reticulate_from_debian || true
  have_reticulate || stop "reticulate could not be had: install reticulate $reticulate_needed or newer, then run this again"
}

# --- Python ------------------------------------------------------------------------------------

# R loads Python as a shared library, so an interpreter built without one will not do.
usable_python() {
  "$1" -c 'import sys, sysconfig
sys.exit(sys.version_info < (3, 10) or not sysconfig.get_config_var("Py_ENABLE_SHARED"))' 2>/dev/null
}

find_python() {
  local name
  for name in python3 /usr/bin/python3 python3.14 python3.13 python3.12 python3.11 python3.10; do
    if command -v "$name" >/dev/null && usable_python "$name"; then echo "$name"; return; fi
  done
  return 1
}

make_venv() {
  local python; python=$(find_python) || stop "no Python 3.10 or newer with a shared library: install one, then run this again"
  say "making a virtual environment in .dev/venv"
  rm -rf "$dev/venv"
  quietly "$python" -m venv "$dev/venv" && return
  can_apt && apt_install python3-venv python3-dev && rm -rf "$dev/venv" && quietly "$python" -m venv "$dev/venv" \
    || stop "Python cannot make virtual environments: install python3-venv, then run this again"
}

# What the environment holds is settled by these two files; their sum is written down when all is in.
wanted_python() { cat tools/constraints.txt tools/requirements.txt | cksum; }

install_python() {
  local done_mark="$dev/venv/installed" started_mark="$dev/venv/started"
  if [ "$(cat "$done_mark" 2>/dev/null)" = "$(wanted_python)" ] && "$dev/venv/bin/python" -c '' 2>/dev/null; then return; fi
  if [ -e "$started_mark" ] || ! "$dev/venv/bin/python" -c '' 2>/dev/null; then make_venv; fi
  say "installing torch and the tools for tests into .dev/venv (minutes, the first time)"
  touch "$started_mark"
  local pip=("$dev/venv/bin/python" -m pip install --quiet --disable-pip-version-check --constraint tools/constraints.txt)
  # torch by itself first: chosen together with others, pip may take a build with gigabytes of CUDA.
  quietly "${pip[@]}" torch && quietly "${pip[@]}" --requirement tools/requirements.txt \
    || stop "Python packages could not be had: see .dev/setup.log, then run this again"
  wanted_python >"$done_mark"
  rm "$started_mark"
}

# ------------------------------------------------------------------------------------------------

[ "${1-}" != docs ] || r_packages+=(pkgdown)
mkdir -p "$dev/rlib"
r_from_apt=no
command -v Rscript >/dev/null || { install_r; r_from_apt=yes; }
have_r || stop "R does not run, or is older than that: install R 4.1 or newer, then run this again"
missing=$(missing_r_packages "${r_packages[@]}")
# shellcheck disable=SC2086 # one word a package
[ -z "$missing" ] || install_r_packages $missing
have_reticulate || install_reticulate
command -v checkbashisms >/dev/null || install_checkbashisms
have_browser || install_browser
install_python
say "ready: $(Rscript --vanilla -e 'cat("R", format(getRversion()), "with reticulate", format(packageVersion("reticulate")))'), $("$dev/venv/bin/python" --version)"
