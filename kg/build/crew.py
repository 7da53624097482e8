"""Local processes that read batches of files. One that dies or hangs costs its file: it is tried once more, alone.

In: batches of Tasks. Out: what they gave, as it comes, in any order. cluster.py does the same elsewhere.
"""

import contextlib
import os
import pickle
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from kg.build.task import Result, Task, lost
from kg.build.version import version
from kg.errors import InputError
from kg.read import Limits

#: A file may take the time that its reading may take, as long again, and this, in seconds.
_PATIENCE = 15.0
#: So many that die one after the other before they are ready tell that none will ever start.
_STARTS = 4
_COMMAND = [sys.executable, "-m", "kg.build.hand"]
_HOME = str(Path(__file__).resolve().parent.parent.parent)


class _Hand(threading.Thread):
    """One process, and the thread that talks to it; what it says goes to the call's events as (hand, kind, value)."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.inbox: SimpleQueue[tuple[list[Task], tuple[SimpleQueue[Any], str, Limits, str]] | None] = SimpleQueue()
        self.process: subprocess.Popen[bytes] | None = None
        self.batch: list[Task] = []
        self.done, self.heard, self.late = 0, 0.0, False
        self.start()

    def give(self, batch: list[Task], how: "tuple[SimpleQueue[Any], str, Limits, str]") -> None:
        self.batch, self.done, self.heard, self.late = batch, 0, time.monotonic(), False
        self.inbox.put((batch, how))

    def run(self) -> None:
        while (call := self.inbox.get()) is not None:
            batch, (events, *how) = call
            ready = self.process is not None
            try:
                process = self.process = self.process or _started()
                assert process.stdin and process.stdout
                pickle.dump((batch, *how), process.stdin)
                process.stdin.flush()
                while True:
                    kind, value = pickle.load(process.stdout)
                    events.put((self, kind, value))
                    ready = True
                    if kind != "told":
                        break
            except (OSError, EOFError, pickle.UnpicklingError, ValueError):
                self.kill()
                self._close()
                why = InputError("The processes that read files do not start; install kg anew, or free some memory.")
                events.put((self, "lost", None) if ready else (self, "unready", why))

    def kill(self) -> None:
        """End the process and what it started, at once."""
        if process := self.process:
            with contextlib.suppress(OSError):
                if hasattr(os, "killpg"):
                    os.killpg(process.pid, 9)
                else:
                    process.kill()
            process.wait()

    def end(self) -> None:
        """End the process, and the thread with it."""
        self.inbox.put(None)
        self.kill()
        self.join(5)
        self._close()

    def _close(self) -> None:
        for stream in (self.process.stdin, self.process.stdout) if self.process else ():
            with contextlib.suppress(OSError):
                if stream:
                    stream.close()
        self.process = None


def _started() -> "subprocess.Popen[bytes]":
    """Start a process out of the reach of the terminal's Ctrl-C: the builder ends it."""
    path = os.pathsep.join(filter(None, (_HOME, os.environ.get("PYTHONPATH"))))
    apart: dict[str, Any] = {"start_new_session": True}
    if os.name == "nt":
        apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}  # type: ignore[attr-defined]
    return subprocess.Popen(
        _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": path}, **apart,
    )  # fmt: skip


def run(
    batches: Iterator[list[Task]],
    workers: int,
    place: str,
    limits: Limits,
    tell: Callable[[str, int], None],
    at: str = "",
    kept: "list[_Hand] | None" = None,
) -> Iterator[list[Result]]:
    """Yield what each batch gave. tell: called after each file with its name and the number of its facts.

    at: the version that has to be here (default: the one that is); kept: processes that stay for the next call.
    Raises InputError for what is wrong with more than one file: a full disk, another version, a broken table.
    """
    events: SimpleQueue[Any] = SimpleQueue()
    again: deque[list[Task]] = deque()
    tried: set[str] = set()
    unready = 0
    hands = [] if kept is None else kept
    idle = list(hands)
    try:
        while True:
            while (idle or len(hands) < workers) and (batch := again.popleft() if again else next(batches, None)):
                if not idle:
                    hands.append(_Hand())
                    idle.append(hands[-1])
                idle.pop().give(batch, (events, place, limits, at or version()))
            if len(idle) == len(hands):
                return
            try:
                hand, kind, value = events.get(timeout=0.5)
            except Empty:
                _end_the_late(hands, idle, 2 * limits.seconds + _PATIENCE)
                continue
            hand.heard = time.monotonic()
            if kind == "told":
                unready = 0
                if value >= 0:
                    tell(hand.batch[hand.done].name, value)
                    hand.done += 1
                continue
            idle.append(hand)
            if kind == "done":
                yield value
            elif kind == "unready" and (unready := unready + 1) < _STARTS:
                again.append(hand.batch)
            elif kind in ("failed", "unready"):
                raise value
            elif gone := _after_loss(hand, tried, again):
                tell(gone.task.name, 0)
                yield [gone]
    finally:
        if kept is None or len(idle) < len(hands):
            while hands:
                hands.pop().end()


def _end_the_late(hands: list[_Hand], idle: list[_Hand], patience: float) -> None:
    for hand in hands:
        if hand not in idle and time.monotonic() - hand.heard > patience:
            hand.late = True
            hand.kill()


def _after_loss(hand: _Hand, tried: set[str], again: "deque[list[Task]]") -> Result | None:
    """Have the others of the batch, and once the file itself, read again; the second time, give the file up."""
    at = min(hand.done, len(hand.batch) - 1)
    task, others = hand.batch[at], hand.batch[:at] + hand.batch[at + 1 :]
    if others:
        again.append(others)
    if task.name not in tried:
        tried.add(task.name)
        again.append([task])
        return None
    return lost(task, "slow" if hand.late else "crash")
