#!/usr/bin/env bash
# What the tests need beyond Python: LibreOffice to make samples and to look at documents, a Chinese
# font to draw them, poppler to turn them into pictures, PostgreSQL. Does nothing where they are there already.
set -euo pipefail

missing=()
command -v soffice >/dev/null 2>&1 || missing+=(libreoffice-writer-nogui libreoffice-calc-nogui)
command -v pdftoppm >/dev/null 2>&1 || missing+=(poppler-utils)
# fc-list is asked only where fontconfig is there; without it there are no fonts either.
if ! command -v fc-list >/dev/null 2>&1 || ! fc-list :lang=zh | grep -q .; then
  missing+=(fontconfig fonts-noto-cjk)
fi
# The store's tests start a server of their own from these programs.
if ! command -v initdb >/dev/null 2>&1 && ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
  missing+=(postgresql)
fi
[ "${#missing[@]}" -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
  echo "The tests need: ${missing[*]}. Install them with your system's package manager." >&2
  exit 1
fi
sudo=()
[ "$(id -u)" -eq 0 ] || sudo=(sudo)
echo "Installing for the tests: ${missing[*]}" >&2
"${sudo[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
