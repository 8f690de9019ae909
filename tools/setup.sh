#!/usr/bin/env bash
# Sets up .venv with docexam, its extras and the tools for tests; quick when nothing has changed.
# PYTHON=/path/to/python names the interpreter to use. Needs the network only when it installs.
# DOCEXAM_REQUIRE=sane,pylon installs these simulators of others too (pylon: 240 MB); the tests that
# use them are skipped where they are missing.
set -euo pipefail
cd "$(dirname "$0")/.."

venv=.venv
stamp=$venv/.installed

say() { printf '%s\n' "setup: $*" >&2; }

fail() {
    say "$*"
    exit 3
}

wanted() { sha256sum pyproject.toml tools/setup.sh | sha256sum | cut -d' ' -f1; }

required() { [[ ,${DOCEXAM_REQUIRE:-}, == *",$1,"* ]]; }

up_to_date() {
    [[ -f $stamp && $(cat "$stamp") == "$(wanted)" ]] || return
    if required sane; then command -v scanimage >/dev/null || return; fi
    if required pylon; then "$venv/bin/python" -c 'import pypylon' 2>/dev/null || return; fi
    "$venv/bin/python" -c 'import docexam' 2>/dev/null
}

# --- what only apt can give -------------------------------------------------------------------

missing_packages() {
    local libraries
    libraries=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null || true)
    [[ $libraries == *libGL.so.1* ]] || echo libgl1
    [[ $libraries == *libgthread-2.0.so.0* ]] || echo libglib2.0-0
    command -v tesseract >/dev/null || echo tesseract-ocr
    tesseract --list-langs 2>/dev/null | grep -qx eng || echo tesseract-ocr-eng
    tesseract --list-langs 2>/dev/null | grep -Eqx "Latin|script/Latin" || echo tesseract-ocr-script-latn
    if required sane && ! command -v scanimage >/dev/null; then echo sane-utils; fi
}

install_packages() {
    local packages
    mapfile -t packages < <(missing_packages)
    [[ ${#packages[@]} -eq 0 ]] && return
    if ! command -v apt-get >/dev/null; then
        say "this system has no apt; install what its packages ${packages[*]} hold."
    elif [[ $(id -u) -eq 0 ]]; then
        say "installing ${packages[*]}"
        export DEBIAN_FRONTEND=noninteractive
        { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${packages[@]}"; } >/dev/null ||
            say "apt-get failed; try it by hand: apt-get install ${packages[*]}"
    else
        say "some system packages are missing; copy this line, then run make again:"
        say "  sudo apt-get install ${packages[*]}"
    fi
    # OpenCV cannot be imported without these two; the rest can wait.
    case " $(missing_packages | tr '\n' ' ') " in
    *" libgl1 "* | *" libglib2.0-0 "*) exit 3 ;;
    esac
}

# --- Python -----------------------------------------------------------------------------------

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    local candidate
    if [[ -n ${PYTHON:-} ]]; then
        new_enough "$PYTHON" || fail "PYTHON=$PYTHON is not Python 3.11 or later."
        echo "$PYTHON"
        return
    fi
    for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$candidate" >/dev/null && new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    fail "docexam needs Python 3.11 or later; python3 here is $(python3 -V 2>&1 || true). Install one, or name it: make setup PYTHON=/path/to/python3.11"
}

make_venv() {
    local python=$1
    if [[ -x $venv/bin/python ]] && new_enough "$venv/bin/python" && "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
        return
    fi
    rm -rf "$venv"
    if "$python" -c 'import venv, ensurepip' 2>/dev/null; then
        "$python" -m venv "$venv"
    elif "$python" -m pip --version >/dev/null 2>&1 && "$python" -m venv --without-pip "$venv" 2>/dev/null &&
        "$python" -m pip --python "$venv/bin/python" install -q pip; then
        : # Debian keeps ensurepip in a package of its own; the system's pip can do its part.
    else
        rm -rf "$venv"
        fail "this Python cannot make virtual environments; copy this line, then run make again: sudo apt-get install python3-venv"
    fi
}

if up_to_date; then
    exit 0
fi
python=$(find_python)
install_packages
make_venv "$python"
say "installing docexam into $venv (this takes a minute or two)"
pip=("$venv/bin/python" -m pip --disable-pip-version-check)
# Dependency groups need pip 25.1.
"${pip[@]}" install -qq --upgrade 'pip>=25.1' || fail "pip could not be upgraded; is there a network?"
extras=passporteye
if required pylon; then extras+=,pylon; fi
"${pip[@]}" install -qq -e ".[$extras]" --group check ||
    fail "the libraries could not be installed; is there a network? (pip has said more above)"
wanted >"$stamp"
