"""Other programs that open what kg exports: Raptor, Jena's riot, LibreOffice. tests/install_readers.sh gets them.

Debian's Jena has no riot command, and its messages lie where its own code does not look; both are put right here.
"""

import os
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

JARS = Path("/usr/share/java")
#: Jars that log in ways that do not go together.
LOGGERS = ("log4j", "jcl", "slf4j-jdk", "slf4j-simple", "maven")
RAPPER = pytest.mark.skipif(not shutil.which("rapper"), reason="no rapper here (Debian: apt-get install raptor2-utils)")
RIOT = pytest.mark.skipif(
    not shutil.which("riot") and not ((JARS / "jena-cmds.jar").exists() and shutil.which("java")),
    reason="no Jena here (Debian: apt-get install libapache-jena-java default-jre-headless)",
)
OFFICE = pytest.mark.skipif(
    not shutil.which("soffice"), reason="no LibreOffice here (Debian: apt-get install libreoffice-calc-nogui)"
)


#: JSON-LD 1.1 of Debian's Jena reads nothing from any file; what kg writes is JSON-LD 1.0 too.
RIOT_JSONLD = "jsonld" if shutil.which("riot") else "jsonld10"


@lru_cache(maxsize=1)
def _riot() -> Sequence[str]:
    if found := shutil.which("riot"):
        return [found]
    messages = Path(mkdtemp(prefix="jena-"))
    prefix = "org/apache/jena/ext/"
    with zipfile.ZipFile(JARS / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith(f"{prefix}xerces/") and not name.endswith("/"):
                target = messages / name.removeprefix(prefix)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(jar.read(name))
    jars = [str(jar) for jar in sorted(JARS.glob("*.jar")) if not any(word in jar.name for word in LOGGERS)]
    return ["java", "-cp", os.pathsep.join([str(messages), *jars]), "riotcmd.riot"]


def riot(*arguments: str) -> "subprocess.CompletedProcess[bytes]":
    """Run Jena's riot; return how it ended, what it wrote, and its warnings."""
    return subprocess.run([*_riot(), *arguments], capture_output=True)
