#!/usr/bin/env bash
# What the tests need besides Python: a Chromium. Installs it as root, else says what to install.
set -euo pipefail

command -v chromium >/dev/null || command -v chromium-browser >/dev/null && exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  echo "Installing a Chromium for the tests"
  apt-get -qq update
  DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium >/dev/null
else
  echo "The tests need a Chromium. Install it with: sudo apt-get install chromium" >&2
  exit 1
fi
