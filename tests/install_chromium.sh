#!/bin/sh
# The browser tests need Chromium and a Chinese font: install them where that is possible, else say what to do.
for name in chromium chromium-browser google-chrome google-chrome-stable chrome msedge; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
[ -d "/Applications/Google Chrome.app" ] && exit 0
[ -d "/Applications/Chromium.app" ] && exit 0

as_root=
[ "$(id -u 2>/dev/null)" = 0 ] || as_root="sudo -n"
if command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium and a Chinese font …"
    $as_root apt-get update -qq && $as_root apt-get install -y -qq chromium fonts-noto-cjk >/dev/null && exit 0
elif command -v brew >/dev/null 2>&1; then
    brew install --quiet --cask chromium && exit 0
fi
echo "No Chromium here, and it could not be installed: the browser tests will be skipped." >&2
echo "Install Chromium or Chrome (Debian: apt-get install chromium fonts-noto-cjk) and run make test again." >&2
