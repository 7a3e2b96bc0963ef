#!/usr/bin/env bash
# Makes a fresh machine ready for `uv sync --locked`: installs uv and system packages, each only when missing.
# Says what it installs; says nothing when there is nothing to do. Needs Python 3 with pip, no other tool.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Inside the checkout, so that neither a virtual environment nor a system Python is changed.
readonly TOOLS=build/tools

say() { printf 'bootstrap: %s\n' "$*"; }

fail() {
  say "$*" >&2
  exit 1
}

find_python() {
  local name
  for name in python3.13 python3.12 python3.11 python3 python; do
    if "$name" -m pip --version >/dev/null 2>&1; then
      printf '%s\n' "$name"
      return
    fi
  done
  return 1
}

install_uv() {
  if command -v uv >/dev/null || [ -x "$TOOLS/bin/uv" ]; then
    return
  fi
  local python
  if python=$(find_python); then
    say "installing uv into $TOOLS with $python -m pip"
    "$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target "$TOOLS" uv
  elif command -v pipx >/dev/null; then
    say "installing uv into $TOOLS with pipx"
    PIPX_BIN_DIR="$PWD/$TOOLS/bin" pipx install --quiet uv
  else
    fail "uv is missing and there is neither pip nor pipx to install it; see https://docs.astral.sh/uv/"
  fi
  say "installed $("$TOOLS/bin/uv" --version)"
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo -n "$@"
  else
    return 1
  fi
}

# install_package COMMAND-THAT-PROVES-IT WHAT-NEEDS-IT PACKAGE...
# Nothing but the formats named needs it, so that a machine where it cannot be installed goes on without.
install_package() {
  local proof=$1 formats=$2
  shift 2
  if bash -c "$proof" >/dev/null 2>&1; then
    return
  fi
  if ! command -v apt-get >/dev/null; then
    say "$formats cannot be read until the equivalent of $* is installed ('$proof' does not work here)"
    return
  fi
  say "installing $* with apt-get, to read $formats"
  if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends "$@"; then
    as_root apt-get update --quiet &&
      as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends "$@" ||
      say "could not install $*; $formats cannot be read until it is installed by hand"
  fi
}

# One line for each thing that pip cannot bring.
install_system_packages() {
  install_package 'tesseract --list-langs | grep -qx vie' 'scanned pages' tesseract-ocr tesseract-ocr-vie
  install_package 'command -v soffice' '.doc, .odt and .rtf files' libreoffice-writer-nogui
}

install_uv
install_system_packages
