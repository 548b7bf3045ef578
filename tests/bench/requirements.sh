#!/usr/bin/env bash
# What the bench compares formflow with, beyond what the tests need: OCRmyPDF and Tesseract with simplified Chinese.
# No part of formflow. Where they cannot be installed it says so, and so does the bench, which measures the rest.
set -uo pipefail

missing=()
command -v ocrmypdf >/dev/null 2>&1 || missing+=(ocrmypdf)
command -v tesseract >/dev/null 2>&1 || missing+=(tesseract-ocr)
# Turning pages upright needs the language "osd".
for language in chi_sim osd; do
  tesseract --list-langs 2>/dev/null | grep -qx "$language" || missing+=("tesseract-ocr-${language/_/-}")
done
[ "${#missing[@]}" -eq 0 ] && exit 0

install() {
  command -v apt-get >/dev/null 2>&1 || return 1
  local sudo=()
  [ "$(id -u)" -eq 0 ] || sudo=(sudo)
  "${sudo[@]}" apt-get update -qq &&
    DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

echo "Installing for the bench: ${missing[*]}" >&2
install || echo "Could not install ${missing[*]}: the bench goes on without that comparison." >&2
exit 0
