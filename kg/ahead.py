"""The process that answers queries (worker.py), begun early: it opens while the rooms that ask do.

In: nothing. Out: a process that waits for the folder of a store, on its standard input; without one it ends with us.
"""

import subprocess
import sys
from pathlib import Path

_begun: list["subprocess.Popen[str]"] = []


def begin() -> None:
    """Begin a process for the one who will want it."""
    if not _begun:
        _begun.append(_started())


def taken() -> "subprocess.Popen[str]":
    """Return the process that was begun; else begin one."""
    return _begun.pop() if _begun else _started()


def _started() -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-P", str(Path(__file__).with_name("worker.py"))],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8",
    )  # fmt: skip
