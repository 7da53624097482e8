"""A Virtuoso of our own, as a server that is not ours: kg loads graphs into it, and asks it."""

import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

VIRTUOSO = """[Database]
DatabaseFile = v.db
ErrorLogFile = v.log
LockFile = v.lck
TransactionFile = v.trx
xa_persistent_file = v.pxa
[TempDatabase]
DatabaseFile = t.db
TransactionFile = t.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 5
"""


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@contextmanager
def virtuoso_at(home: Path) -> Iterator[str]:
    """Serve from a new folder; give the address. Skips the test where no Virtuoso is installed."""
    program = shutil.which("virtuoso-t")
    if not program:
        pytest.skip("no virtuoso-t here (Debian: apt-get install virtuoso-opensource)")
    port = free_port()
    home.mkdir()
    (home / "v.ini").write_text(VIRTUOSO.format(sql=free_port(), http=port), encoding="utf-8")
    call = [program, "+foreground", "+configfile", "v.ini"]
    with subprocess.Popen(call, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/sparql", timeout=5).close()
                break
            except OSError:
                time.sleep(0.5)
        yield f"http://127.0.0.1:{port}"
        process.kill()
