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

_SETTINGS = """[Database]
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
DirsAllowed = .
{parameters}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 5
[SPARQL]
{sparql}
"""


def settings(sql: int, http: int, parameters: str = "NumberOfBuffers = 10000", sparql: str = "") -> str:
    """Return a virtuoso.ini. sql, http: its ports. parameters, sparql: more lines of these two parts."""
    return _SETTINGS.format(sql=sql, http=http, parameters=parameters, sparql=sparql)


def free_ports() -> tuple[int, int]:
    """Give two ports that nobody listens at; both are held until both are known, so they differ."""
    with socket.socket() as one, socket.socket() as other:
        for taken in (one, other):
            taken.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


def answers(url: str, process: "subprocess.Popen[bytes]") -> bool:
    """Wait until a server answers; say whether it does, or its process has ended, or five minutes have passed."""
    end = time.monotonic() + 300
    while process.poll() is None and time.monotonic() < end:
        try:
            urllib.request.urlopen(url, timeout=60).close()
            return True
        except OSError:
            time.sleep(0.2)
    return False


@contextmanager
def virtuoso_at(home: Path) -> Iterator[str]:
    """Serve from a new folder; give the address. Skips the test where no Virtuoso is installed."""
    program = shutil.which("virtuoso-t")
    if not program:
        pytest.skip("no virtuoso-t here (Debian: apt-get install virtuoso-opensource)")
    call = [program, "+foreground", "+configfile", "v.ini"]
    for attempt in range(3):  # another program may take a free port first
        (sql, http), folder = free_ports(), home / str(attempt)
        folder.mkdir(parents=True)
        (folder / "v.ini").write_text(settings(sql, http), encoding="utf-8")
        with subprocess.Popen(call, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                if answers(f"http://127.0.0.1:{http}/sparql", process):
                    yield f"http://127.0.0.1:{http}"
                    return
            finally:
                process.kill()
    pytest.fail("Virtuoso does not start here")
