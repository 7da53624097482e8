"""The processes that read batches of files (hand.py), as the builder has them: started, spoken to, ended.

In: nothing. Out: Processes, each with a stream to write calls to and one to read answers from. On Linux one process
opens all that reading wants, which takes a second, and makes the others of itself at once; elsewhere each opens it.
"""

import contextlib
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from kg.build.hand import BE, FORK, WORD

_COMMAND = [sys.executable, "-m", "kg.build.hand"]
_HOME = str(Path(__file__).resolve().parent.parent.parent)


@dataclass(frozen=True, slots=True)
class Process:
    """A process that reads. end: ends it and what it started, at once, also where it has died."""

    pid: int
    calls: IO[bytes]
    answers: IO[bytes]
    end: Callable[[], None]


class Source:
    """Where processes come from, in any thread. Close it, at best when all of them were ended."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._maker: _Maker | None = None
        self._closed = False

    def prepare(self) -> None:
        """Begin to open what reading wants, where it is opened once for all; that takes nothing of this process."""
        if sys.platform == "linux":
            with self._lock:
                self._maker = self._maker or _Maker()

    def start(self, alone: bool) -> Process:
        """Start a process. alone: it will be the only one. Raises OSError or EOFError if none starts."""
        if sys.platform != "linux":
            return _of(_popen(subprocess.PIPE, subprocess.PIPE))
        with self._lock:
            if self._closed:
                raise EOFError
            maker = self._maker = self._maker or _Maker()
            try:
                if self._closed:  # while it was made
                    raise EOFError
                if not alone:
                    return maker.made(self._lock)
                self._maker = None
                return maker.itself()
            except (OSError, EOFError):
                maker.close()
                self._maker = None
                raise

    def close(self) -> None:
        """Start no more; what cannot be waited for is ended."""
        self._closed = True
        if maker := self._maker:  # without the lock, which one who waits for it may hold
            maker.close()


class _Maker:
    """The process that makes others."""

    def __init__(self) -> None:
        self._talk, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = _popen(theirs, subprocess.DEVNULL)

    def itself(self) -> Process:
        """Have it become a process that reads."""
        with self._talk:
            ours = self._sent(BE)
        with ours:
            self._process.stdin, self._process.stdout = ours.makefile("wb"), ours.makefile("rb")
        return _of(self._process)

    def made(self, lock: threading.Lock) -> Process:
        """Have a process made. lock: held now, and whenever this one is spoken to."""
        with self._sent(FORK) as ours:
            pid = int.from_bytes(self._talk.recv(WORD), "little")
            if not pid:
                raise EOFError
            alive = [pid]

            def end() -> None:
                with lock:
                    if alive:
                        self._end(alive.pop())

            return Process(pid, ours.makefile("wb"), ours.makefile("rb"), end)

    def _sent(self, word: bytes) -> socket.socket:
        """Send a request with one end of a new pair of sockets; return the other."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self._talk, [word], [theirs.fileno()])
            except OSError:
                ours.close()
                raise
        return ours

    def _end(self, pid: int) -> None:
        try:
            self._talk.send(pid.to_bytes(WORD, "little"))
            done = self._talk.recv(WORD)
        except OSError:
            done = b""
        if not done:  # the maker has gone, and nobody holds the number of one that died; but these were alive
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, 9)

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        self._talk.close()


def _of(process: "subprocess.Popen[bytes]") -> Process:
    assert process.stdin and process.stdout

    def end() -> None:
        if process.returncode is None:
            with contextlib.suppress(OSError):
                if hasattr(os, "killpg"):
                    os.killpg(process.pid, 9)
                else:
                    process.kill()
            process.wait()

    return Process(process.pid, process.stdin, process.stdout, end)


def _popen(stdin: Any, stdout: int) -> "subprocess.Popen[bytes]":
    """Start a process out of the reach of the terminal's Ctrl-C: the builder ends it."""
    path = os.pathsep.join(filter(None, (_HOME, os.environ.get("PYTHONPATH"))))
    apart: dict[str, Any] = {"start_new_session": True}
    if os.name == "nt":
        apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}  # type: ignore[attr-defined]
    environment = {**os.environ, "PYTHONPATH": path}
    return subprocess.Popen(_COMMAND, stdin=stdin, stdout=stdout, stderr=subprocess.DEVNULL, env=environment, **apart)
