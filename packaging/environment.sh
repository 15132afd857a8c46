#!/bin/sh
# Makes .venv from the lock and adds missing system libraries. Needs nothing but python3; safe to run again.
# environment.sh [LIST...]: further lists of packages, added where we may; what needs them does without elsewhere.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}

version_ok='import sys; sys.exit(sys.version_info < (3, 11))'
"$python" -c "$version_ok" || { echo "Helptray needs Python 3.11 or newer; $python is $("$python" -V 2>&1)." >&2; exit 1; }

present() {
    case $1 in
    /*) [ -e "$1" ] ;;
    *.so.*) ldconfig -p 2>/dev/null | grep -q "$1" ;;
    *) command -v "$1" >/dev/null 2>&1 ;;
    esac
}

absent() {
    while read -r package proof; do
        case $package in '' | '#'*) continue ;; esac
        present "$proof" || printf ' %s' "$package"
    done <"$1"
}

missing=
if [ "$(uname -s)" = Linux ]; then
    PATH=$PATH:/sbin:/usr/sbin
    missing=$(absent packaging/linux/system-packages.txt)
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        for list in "$@"; do missing="$missing$(absent "$list")"; done
    fi
    "$python" -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3-venv"
fi

if [ -n "$missing" ]; then
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "These system libraries are missing (Debian's names; install your system's own):$missing" >&2
    elif [ "$(id -u)" = 0 ]; then
        echo "Adding system libraries:$missing"
        apt-get update -qq
        # shellcheck disable=SC2086
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
    else
        echo "Some system libraries are missing. Run this once, then try again:" >&2
        echo "    sudo apt-get install --no-install-recommends$missing" >&2
        exit 1
    fi
fi

stamp=.venv/ready
wanted=$(cat requirements.lock pyproject.toml "$0" | sha256sum | cut -d' ' -f1)
if [ -x .venv/bin/python ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
    exit 0
fi
echo "Making .venv (about half a gigabyte, once)"
[ -x .venv/bin/python ] && .venv/bin/python -c "$version_ok" 2>/dev/null || "$python" -m venv --clear .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
.venv/bin/python -m compileall -q desktop relay resources
echo "$wanted" >"$stamp"
