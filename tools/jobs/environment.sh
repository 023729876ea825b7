# Read by the jobs. `environment NAME` makes a virtual environment of its own for one, anew each
# time, and sets python to its interpreter. PYTHON is the interpreter that makes it (python3).
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
readonly place="$PWD/.dev/jobs"
export PIP_DISABLE_PIP_VERSION_CHECK=1

environment() {
  rm -rf "${place:?}/$1" && mkdir -p "$place"
  "${PYTHON:-python3}" -m venv "$place/$1"
  python="$place/$1/bin/python"
  [ -e "$python" ] || python="$place/$1/Scripts/python.exe" # Windows
}

# Installs what the lab runs on, the oldest or the newest (VERSIONS), and what else is named.
install_lab() {
  "$python" tools/jobs/requirements.py "${VERSIONS:-newest}" >"$place/lab.txt"
  "$python" -m pip install --quiet --requirement "$place/lab.txt" "$@"
}
