#!/bin/sh
# kg load is tested with Virtuoso too: install it where that is possible, else say what to do.
command -v virtuoso-t >/dev/null 2>&1 && exit 0
as_root=
[ "$(id -u 2>/dev/null)" = 0 ] || as_root="sudo -n"
if command -v apt-get >/dev/null 2>&1; then
    $as_root apt-get update -qq &&
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq virtuoso-opensource >/dev/null && exit 0
fi
echo "No virtuoso-t here, and it could not be installed: its test will be skipped (Debian: apt-get install virtuoso-opensource)." >&2
