#!/bin/sh
# Exports are opened again with rapper, Jena's riot and LibreOffice, loads go to Virtuoso: install what is missing where that is possible.
wanted=
command -v rapper >/dev/null 2>&1 || wanted="$wanted raptor2-utils"
ls /usr/share/java/jena-cmds.jar >/dev/null 2>&1 || command -v riot >/dev/null 2>&1 || wanted="$wanted libapache-jena-java default-jre-headless"
command -v virtuoso-t >/dev/null 2>&1 || wanted="$wanted virtuoso-opensource"
command -v soffice >/dev/null 2>&1 || wanted="$wanted libreoffice-calc-nogui"
[ -z "$wanted" ] && exit 0
as_root=
[ "$(id -u 2>/dev/null)" = 0 ] || as_root="sudo -n"
if command -v apt-get >/dev/null 2>&1; then
    echo "Installing$wanted …"
    $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted >/dev/null && exit 0
elif command -v brew >/dev/null 2>&1; then
    brew install --quiet raptor jena && exit 0
fi
echo "Not here, and not to be installed:$wanted. The tests that open exports with them will be skipped." >&2
