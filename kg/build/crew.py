"""Local processes that read batches of files. One that dies or hangs costs its file: it is tried once more, alone.

In: batches of Tasks. Out: what they gave, as it comes, in any order. cluster.py does the same elsewhere.
"""

import contextlib
import pickle
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any

from kg.build.processes import Process, Source
from kg.build.task import Result, Task, lost
from kg.build.version import version
from kg.errors import InputError
from kg.read import Limits

#: A file may take the time that its reading may take, as long again, and this, in seconds.
_PATIENCE = 15.0
#: So many that die one after the other before they are ready tell that none will ever start.
_STARTS = 4


class _Hand(threading.Thread):
    """One process, and the thread that talks to it; what it says goes to the crew's events as (hand, kind, value)."""

    def __init__(self, events: "SimpleQueue[Any]", start: Callable[[], Process]) -> None:
        super().__init__(daemon=True)
        self.events, self.new_process = events, start
        self.inbox: SimpleQueue[tuple[list[Task], tuple[str, Limits, str]] | None] = SimpleQueue()
        self.process: Process | None = None
        self.batch: list[Task] = []
        self.done, self.heard, self.late = 0, 0.0, False
        self.start()

    def give(self, batch: list[Task], how: tuple[str, Limits, str]) -> None:
        self.batch, self.done, self.heard, self.late = batch, 0, time.monotonic(), False
        self.inbox.put((batch, how))

    def run(self) -> None:
        while (call := self.inbox.get()) is not None:
            batch, how = call
            ready = self.process is not None
            try:
                process = self.process = self.process or self.new_process()
                pickle.dump((batch, *how), process.calls)
                process.calls.flush()
                while True:
                    kind, value = pickle.load(process.answers)
                    self.events.put((self, kind, value))
                    ready = True
                    if kind != "told":
                        break
            except (OSError, EOFError, pickle.UnpicklingError, ValueError):
                self.kill()
                self._close()
                why = InputError("The processes that read files do not start; install kg anew, or free some memory.")
                self.events.put((self, "lost", None) if ready else (self, "unready", why))

    def kill(self) -> None:
        """End the process and what it started, at once."""
        if process := self.process:
            process.end()

    def end(self) -> None:
        """End the process, and the thread with it."""
        self.inbox.put(None)
        self.kill()
        self.join(5)
        self._close()

    def _close(self) -> None:
        for stream in (self.process.calls, self.process.answers) if self.process else ():
            with contextlib.suppress(OSError):
                stream.close()
        self.process = None


class Crew:
    """Processes that stay from one call to the next. Close it."""

    def __init__(self) -> None:
        self.source, self.events = Source(), SimpleQueue[Any]()
        self.hands: list[_Hand] = []
        self.idle: list[_Hand] = []
        self.again: deque[list[Task]] = deque()
        self.tried: set[str] = set()
        self.unready = 0

    def close(self) -> None:
        """End all processes, also those that are only being started."""
        for hand in self.hands:
            hand.kill()
        self.source.close()
        while self.hands:
            self.hands.pop().end()

    def run(
        self,
        batches: Iterator[list[Task]],
        workers: int,
        place: str,
        limits: Limits,
        tell: Callable[[str, int], None],
        at: str = "",
    ) -> Iterator[list[Result]]:
        """Yield what each batch gave. tell: called after each file with its name and the number of its facts.

        at: the version that has to be here (default: the one that is). Raises InputError for what is wrong with more
        than one file: a full disk, another version, a broken table.
        """
        how = place, limits, at or version()
        while True:
            self._give(batches, workers, how)
            if len(self.idle) == len(self.hands):
                return
            try:
                hand, kind, value = self.events.get(timeout=0.5)
            except Empty:
                _end_the_late(self.hands, self.idle, 2 * limits.seconds + _PATIENCE)
                continue
            hand.heard = time.monotonic()
            if kind == "told":
                self._told(hand, value, tell)
                continue
            self.idle.append(hand)
            if kind == "done":
                yield value
            elif gone := self._failed(hand, kind, value):
                tell(gone.task.name, 0)
                yield [gone]

    def _give(self, batches: Iterator[list[Task]], workers: int, how: tuple[str, Limits, str]) -> None:
        """Give those who are idle something to do, as long as there is something."""
        while self.idle or len(self.hands) < workers:
            batch = self.again.popleft() if self.again else next(batches, None)
            if batch is None:
                return
            if not self.idle:
                self.hands.append(_Hand(self.events, partial(self.source.start, workers == 1)))
                self.idle.append(self.hands[-1])
            self.idle.pop().give(batch, how)

    def _told(self, hand: _Hand, facts: int, tell: Callable[[str, int], None]) -> None:
        self.unready = 0
        if facts >= 0:
            tell(hand.batch[hand.done].name, facts)
            hand.done += 1

    def _failed(self, hand: _Hand, kind: str, why: Exception) -> Result | None:
        """Have what a process was given read again; return the result of a file that is given up. Raise what hits all
        files."""
        if kind == "lost":
            return self._after_loss(hand)
        if kind == "unready" and (unready := self.unready + 1) < _STARTS:
            self.unready = unready
            self.again.append(hand.batch)
            return None
        raise why

    def _after_loss(self, hand: _Hand) -> Result | None:
        """Have the others of the batch, and once the file itself, read again; the second time, give the file up."""
        at = min(hand.done, len(hand.batch) - 1)
        task, others = hand.batch[at], hand.batch[:at] + hand.batch[at + 1 :]
        if others:
            self.again.append(others)
        if task.name not in self.tried:
            self.tried.add(task.name)
            self.again.append([task])
            return None
        return lost(task, "slow" if hand.late else "crash")


def _end_the_late(hands: list[_Hand], idle: list[_Hand], patience: float) -> None:
    for hand in hands:
        if hand not in idle and time.monotonic() - hand.heard > patience:
            hand.late = True
            hand.kill()
