#!/bin/sh
# Exports are opened again with rapper, of raptor2-utils: install it where that is possible, else say what to do.
command -v rapper >/dev/null 2>&1 && exit 0
as_root=
[ "$(id -u 2>/dev/null)" = 0 ] || as_root="sudo -n"
if command -v apt-get >/dev/null 2>&1; then
    $as_root apt-get update -qq && $as_root apt-get install -y -qq raptor2-utils >/dev/null && exit 0
elif command -v brew >/dev/null 2>&1; then
    brew install --quiet raptor && exit 0
fi
echo "No rapper here, and it could not be installed: its tests will be skipped (Debian: apt-get install raptor2-utils)." >&2
