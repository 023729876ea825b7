#!/usr/bin/env bash
# Installs what `make demo` needs (setup.sh demo), or all that the checks need (setup.sh), and of it
# only what is missing:
#   R, R packages, what Python lacks, and for the checks a browser and a few tools: by apt;
#   R packages that the system has too old or not at all: into .dev/rlib;
#   torch and the other Python packages: into a virtual environment, .dev/venv;
#   for the checks, what npm has (package.json): into .dev/node.
# Everything else on the machine stays as it is. Run it again to repair a set-up cut short.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly level=${1-test} dev="$PWD/.dev"
readonly debian_keys=/usr/share/keyrings/debian-archive-keyring.gpg
export R_LIBS="$dev/rlib" DEBIAN_FRONTEND=noninteractive

r_needed=(cli rlang "reticulate>=1.41")
if [ "$level" = test ]; then
  r_needed+=(generics ggplot2 jsonlite knitr nnet png rmarkdown testthat withr cyclocomp pkgdown)
  while read -r pin; do # where Debian's source cannot be had, any version will do: see tools/lint.R
    [ -e "$debian_keys" ] || pin=${pin%%=*}
    [[ $pin == \#* ]] || r_needed+=("$pin")
  done <tools/constraints-r.txt
fi

say()  { printf 'setup: %s\n' "$*"; }
stop() { printf 'setup: stopped: %s, then run this again\n' "$*" >&2; exit 1; }

# A command whose output matters only when it fails.
quietly() {
  local log="$dev/setup.log"
  "$@" >"$log" 2>&1 || { tail -n 20 "$log" >&2; return 1; }
}

# --- the machine's package manager -------------------------------------------------------------

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

can_apt() {
  command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }
}

apt_updated=no
apt_update() {
  [ "$apt_updated" = no ] || return 0
  quietly as_root apt-get -q update && apt_updated=yes
}

apt_install() {
  [ $# != 0 ] || return 0
  local get=(as_root apt-get -q -y --no-install-recommends)
  apt_update || return 1
  # These two finish an installation cut short.
  as_root dpkg --configure -a >/dev/null 2>&1 || true
  "${get[@]}" install --fix-broken --no-remove >/dev/null 2>&1 || true
  quietly "${get[@]}" install "$@"
}

# Whether the command of this path is the one that apt installs.
is_debians() { dpkg -S "$(readlink -f "$1")" >/dev/null 2>&1; }

# --- R -----------------------------------------------------------------------------------------

# Sets r_said, the versions, where R runs and is new enough, and r_missing: the names of packages that
# R does not find, and what is asked of those that it has in another version. One start of R tells
# all, since each takes a third of a second.
look_at_r() {
  local said
  r_said='' r_missing=${r_needed[*]%%[>=]*}
  said=$(Rscript --vanilla -e 'if (getRversion() < "4.1") quit(status = 1)
    version <- function(name) suppressWarnings(utils::packageDescription(name, fields = "Version"))
    missing <- function(need) {
      part <- strsplit(need, "[>=]=")[[1]]
      here <- version(part[1])
      if (is.na(here)) return(part[1])
      order <- if (length(part) == 2) utils::compareVersion(here, part[2]) else 0
      if (if (grepl("==", need)) order != 0 else order < 0) need
    }
    cat("R", format(getRversion()), "with reticulate", version("reticulate"), "\n")
    cat(unlist(lapply(commandArgs(TRUE), missing)))' "${r_needed[@]}" 2>/dev/null) \
    || return 0
  r_said=${said%%$'\n'*}
  r_missing=
  [[ $said != *$'\n'* ]] || r_missing=${said#*$'\n'}
}

stop_without_r() {
  ! command -v Rscript >/dev/null || stop "R does not run, or is older than that: install R 4.1 or newer"
  stop "R is missing: install R 4.1 or newer"
}

# Whether R comes from apt, or would.
apt_has_r() { can_apt && { ! command -v Rscript >/dev/null || is_debians "$(command -v Rscript)"; }; }

cran() { # installs "$@" into .dev/rlib; fails where CRAN does not answer
  quietly Rscript --vanilla -e 'options(timeout = 10)
    a <- commandArgs(TRUE)
    r <- getOption("repos")
    # no mirror was chosen: the first of those that R itself lists
    if (r["CRAN"] == "@CRAN@") r["CRAN"] <- getCRANmirrors(local.only = TRUE)$URL[1]
    found <- tryCatch(suppressWarnings(nrow(available.packages(repos = r)) > 0), error = function(e) FALSE)
    if (!found) quit(status = 1)
    options(timeout = 600)
    install.packages(a[-1], lib = a[1], repos = r, Ncpus = parallel::detectCores(), quiet = TRUE)' \
    "$dev/rlib" "$@" 2>/dev/null
}

# Builds "$@" into .dev/rlib from Debian 13's source, which comes through the mirror and the key that
# this machine already trusts, read in a folder of its own: Debian 12's own packages are too old.
from_debian13() (
  [ -e "$debian_keys" ] && command -v apt-get >/dev/null || return 1
  { command -v g++ && command -v xz; } >/dev/null || { can_apt && apt_install g++ xz-utils; } || return 1
  local place="$dev/apt" site name
  site=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep -v security | head -n 1)
  [ -n "$site" ] || return 1
  rm -rf "$place" "$dev"/rlib/00LOCK* && mkdir -p "$place/parts" "$place/lists/partial"
  printf '%s\n' 'Types: deb-src' "URIs: $site" 'Suites: trixie' 'Components: main' \
    "Signed-By: $debian_keys" >"$place/parts/trixie.sources"
  local options=(-q -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$place/parts"
                 -o "Dir::State::Lists=$place/lists" -o "APT::Sandbox::User=$(id -un)")
  cd "$place"
  quietly apt-get "${options[@]}" update || return 1
  for name in "$@"; do
    quietly apt-get "${options[@]}" source --download-only --tar-only "r-cran-${name,,}" \
      && mkdir "$name" && tar -xf "r-cran-${name,,}"_*.orig.tar.* -C "$name" --strip-components=1 \
      && quietly R CMD INSTALL --no-docs --library="$dev/rlib" "$name" || return 1
  done
  rm -rf "$place"
)

install_r_packages() { # what apt brought too old, or not at all
  local need absent=() old=()
  for need in $r_missing; do
    if [[ $need == *=* ]]; then old+=("${need%%[>=]*}"); else absent+=("$need"); fi
  done
  say "installing R packages into .dev/rlib: ${absent[*]} ${old[*]}"
  [ ${#absent[@]} = 0 ] || cran "${absent[@]}" || old+=("${absent[@]}")
  [ ${#old[@]} = 0 ] || from_debian13 "${old[@]}" || cran "${old[@]}" || true
  look_at_r
  [ -z "$r_missing" ] || stop "R packages could not be had: install $r_missing from CRAN"
}

# --- Python ------------------------------------------------------------------------------------

# R loads Python as a shared library, so an interpreter built without one will not do.
usable() {
  "$1" -c 'import sys, sysconfig
sys.exit(sys.version_info < (3, 10) or not sysconfig.get_config_var("Py_ENABLE_SHARED"))' 2>/dev/null
}

# Debian has that library, and what makes environments, in packages of their own.
complete() {
  usable "$1" && "$1" -c 'import ctypes, ensurepip, os, sysconfig, venv
folder, name = sysconfig.get_config_vars("LIBDIR", "INSTSONAME")
path = os.path.join(folder, name)
ctypes.CDLL(path if os.path.exists(path) else name)' 2>/dev/null
}

completed_by_apt() { usable "$1" && is_debians "$1"; }

find_python() { # the first of which "$1" holds
  local path
  while read -r path; do
    if "$1" "$path"; then echo "$path"; return; fi
  done < <(type -aP python3 python3.14 python3.13 python3.12 python3.11 python3.10)
  return 1
}

# The packages that make Debian's Python complete, or bring it where there is none; fails where apt
# cannot help.
python_debs() {
  local python version
  can_apt || return 1
  if python=$(find_python completed_by_apt); then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  else
    apt_update || return 1
    version=$(apt-cache policy python3 | sed -n 's/^ *Candidate: \([0-9]*\.[0-9]*\).*/\1/p')
    dpkg --compare-versions "${version:-0}" ge 3.10 || return 1
  fi
  echo "python$version python$version-venv libpython$version"
}

# What the environment holds is settled by these files; their sum is written down when all is in.
wanted() { cat tools/constraints.txt tools/requirements-demo.txt "${@}" | cksum; }
wanted_for_test() { wanted tools/requirements.txt; }

# Sets python_said where the environment has what is needed.
look_at_python() {
  local held
  python_said=
  held=$(cat "$dev/venv/installed" 2>/dev/null) || return 0
  if [ "$held" = "$(wanted_for_test)" ] || { [ "$level" = demo ] && [ "$held" = "$(wanted)" ]; }; then
    python_said=$("$dev/venv/bin/python" --version 2>/dev/null) || python_said=
  fi
}

# Whether there is an environment, and no installation into it was cut short.
venv_works() { [ ! -e "$dev/venv/started" ] && "$dev/venv/bin/python" -c '' 2>/dev/null; }

install_python() {
  local started="$dev/venv/started" python
  if ! venv_works; then
    python=$(find_python complete) || stop "Python is not complete: install python3-venv and libpython3"
    rm -rf "$dev/venv" && mkdir "$dev/venv" && touch "$started"
    quietly "$python" -m venv "$dev/venv" || stop "Python cannot make environments: install python3-venv"
  fi
  say "installing Python packages into .dev/venv"
  touch "$started"
  local pip=("$dev/venv/bin/python" -m pip install --quiet --disable-pip-version-check --constraint tools/constraints.txt)
  local list=tools/requirements.txt
  [ "$level" = test ] || list=tools/requirements-demo.txt
  # torch by itself first: chosen together with others, pip may take a build with gigabytes of CUDA.
  quietly "${pip[@]}" torch && quietly "${pip[@]}" --requirement "$list" \
    || stop "Python packages could not be had: see .dev/setup.log"
  if [ "$level" = test ]; then wanted_for_test; else wanted; fi >"$dev/venv/installed"
  rm "$started"
}

# --- JavaScript ----------------------------------------------------------------------------------

# As for Python: settled by this file, whose sum is written down when all is in.
wanted_of_npm() { cksum <package.json; }

# Whether .dev/node has it. Its node, too, has to be there and new enough.
node_works() {
  [ "$(cat "$dev/node/installed" 2>/dev/null)" = "$(wanted_of_npm)" ] && node_is_new
}

# node:test is in version 18.
node_is_new() { node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' 2>/dev/null; }

stop_with_old_node() { stop "Node.js is too old: install Node.js 18 or newer with npm"; }

install_node() {
  node_is_new || stop_with_old_node # as apt brought it
  say "installing npm packages into .dev/node"
  mkdir -p "$dev/node" && rm -f "$dev/node/installed" && cp package.json "$dev/node"
  quietly npm install --prefix "$dev/node" --ignore-scripts --no-package-lock --no-audit --no-fund \
    --no-update-notifier || stop "npm packages could not be had: see .dev/setup.log"
  wanted_of_npm >"$dev/node/installed"
}

# --- what is missing, and what it costs ----------------------------------------------------------

debs=() r_debs=() todo=() download=0 disk=0 seconds=0

plan() { # WHAT, MB to download, MB on disk, seconds: measured on bare Debian 12 and 13, the larger one
  todo+=("$1") download=$((download + $2)) disk=$((disk + $3)) seconds=$((seconds + $4))
}

plan_python() {
  local found
  if [ "$level" = demo ]; then plan "Python packages (torch, numpy and others)" 290 1100 60
  else plan "Python packages (torch, pytest and others)" 510 2000 150
  fi
  if venv_works || find_python complete >/dev/null; then return; fi
  found=$(python_debs) || stop "there is no Python that R can load: install Python 3.10 or newer with its shared library and venv"
  read -ra found <<<"$found"
  debs+=("${found[@]}")
}

plan_r() {
  local need
  if [ -z "$r_said" ]; then
    apt_has_r || stop_without_r
    plan R 50 130 30
    debs+=(r-base-core)
  fi
  if [ "$level" = demo ]; then plan "R packages ($r_missing)" 90 300 90
  else plan "R packages ($r_missing)" 180 640 220
  fi
  if apt_has_r; then
    for need in $r_missing; do need=${need%%[>=]*}; r_debs+=("r-cran-${need,,}"); done
  fi
}

# Pages are tested in a real browser, R CMD check asks for the other tools.
plan_tools() {
  local pair missing=()
  command -v chromedriver >/dev/null && { command -v chromium || command -v google-chrome; } >/dev/null \
    || missing+=(chromium chromium-driver)
  command -v pandoc >/dev/null || missing+=(pandoc)
  if [ ${#missing[@]} != 0 ]; then can_apt || stop "tools are missing: install ${missing[*]}"; fi
  for pair in qpdf:qpdf tidy:tidy checkbashisms:devscripts; do
    command -v "${pair%:*}" >/dev/null || missing+=("${pair#*:}")
  done
  if [ ${#missing[@]} = 0 ] || ! can_apt; then return; fi
  plan "${missing[*]}" 260 1000 90
  debs+=("${missing[@]}")
}

plan_node() {
  if command -v npm >/dev/null; then
    node_is_new || stop_with_old_node
  else
    can_apt || stop "npm is missing: install Node.js 18 or newer with npm"
    plan npm 50 240 40
    debs+=(npm)
  fi
  plan "npm packages (biome, axe-core)" 80 280 5
}

size() { if [ "$1" -lt 1000 ]; then echo "$1 MB"; else echo "$((($1 + 50) / 1000)).$((($1 + 50) % 1000 / 100)) GB"; fi; }

announce() {
  local what
  what=$(printf '; %s' "${todo[@]}")
  say "to be installed: ${what:2}"
  say "at most about $(size $download) to download, $(size $disk) on disk and $(((seconds + 59) / 60)) min on two cores"
  [ -n "$python_said" ] || say "where pip takes torch with CUDA, as PyPI has it for Linux: 2.7 GB, 3.8 GB and 2 min more"
}

# ------------------------------------------------------------------------------------------------

mkdir -p "$dev/rlib"
look_at_python
look_at_r
[ -n "$python_said" ] || plan_python # first, since what stops here stops before apt runs for minutes
[ -z "$r_missing" ] || plan_r
if [ "$level" = test ]; then
  plan_tools
  node_works || plan_node
fi
if [ ${#todo[@]} != 0 ]; then
  announce
  apt_install "${debs[@]}" || stop "apt could not install ${debs[*]}: see .dev/setup.log"
  apt_install "${r_debs[@]}" || true
  look_at_r
  [ -n "$r_said" ] || stop_without_r
  [ -z "$r_missing" ] || install_r_packages
  [ -n "$python_said" ] || install_python
  [ "$level" = demo ] || node_works || install_node
  look_at_python
fi
say "ready: ${r_said% }, $python_said"
