"""What is to be read, and what it gave: the nouns that the stages of a build hand on.

In: files. Out: Tasks, a Result for each, whose Items are reports or files set aside. What makes results of tasks is
work.py, which opens the rooms that read; here nothing is opened, so that the builder is quick to give work out.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from kg.build.version import version
from kg.read import Limits

#: How a file stands on disk: bytes, times of its content and of its entry in nanoseconds, number of its entry.
Stand = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read. known: the digest of the content that the ledger has a result for, or nothing."""

    path: str
    name: str
    known: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """What one report gave; or, where code says why, one that is set aside.

    who: the key of the unit that reports; remarks: what to tell of its file, a line each; sha256: of its source; url:
    of its page, if known; sketch: Sketch.packed; refers: Shared and the classes, in JSON;
    shard, start, length: where its N-Quads are.
    """

    name: str
    code: str = ""
    message: str = ""
    district: str | None = None
    year: int | None = None
    metrics: int = 0
    instruments: int = 0
    initiatives: int = 0
    who: str = ""
    remarks: str = ""
    sha256: str = ""
    triples: int = 0
    url: str = ""
    sketch: bytes = b""
    refers: str = ""
    shard: str = ""
    start: int = 0
    length: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """What one file gave. key: of the content under its name; stand: None if it is not to be trusted next time.

    items: None if the content is the known one.
    """

    task: Task
    digest: str
    stand: Stand | None
    items: tuple[Item, ...] | None


def key(name: str, digest: str, limits: Limits) -> str:
    """Return what a result is known by: all that it depends on."""
    parts = [version(), name, digest, limits.max_bytes, limits.max_unpacked, limits.seconds, limits.keep_all]
    return sha256(json.dumps(parts).encode()).hexdigest()[:32]


def stand(path: str) -> Stand:
    """Return how a file stands on disk. Raises OSError."""
    info = os.stat(path)  # noqa: PTH116
    return info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino


def batches(tasks: Iterator[Task], size: int) -> Iterator[list[Task]]:
    """Yield tasks by so many."""
    batch: list[Task] = []
    for task in tasks:
        batch.append(task)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


_LOST = {
    "crash": "reading it ended the process that read it, twice; save it again as .txt",
    "slow": "reading it took too long, twice; save it again as .txt, or see --max-seconds",
}


def lost(task: Task, code: str) -> Result:
    """Return the result of a file that its reader did not survive; it holds as long as the file stands as it does."""
    try:
        stood: Stand | None = stand(task.path)
    except OSError:
        stood = None
    item = Item(task.name, code, f"{task.name}: {_LOST[code]}.")
    return Result(task, sha256(f"{code} {stood}".encode()).hexdigest(), stood, (item,))
