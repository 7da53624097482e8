"""The joined graph -> the store in force: where few reports changed the old store with the changes, else a new one.

In: a Join, and the place of the shards. Out: the version in force, whose folder has beside db/ two files by which the
next build sees what changed: `graphs`, the IRI of each report's graph with a digest of what it was made from, and
`shared`, the N-Quads of the graph that reports share.
"""

import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from kg import versions
from kg.build import shards
from kg.build.join import Join
from kg.build.version import version
from kg.fill import fill

T = TypeVar("T")
#: If more than this share of the graphs changed, a new store takes less time than the changes.
_FEW = 0.3


@dataclass(frozen=True, slots=True)
class _Change:
    """What makes one store of another: graphs that are gone, graphs to load (None: all), quads removed and added."""

    gone: Sequence[str]
    fresh: Sequence[str] | None
    removed: Iterable[bytes]
    added: Iterable[bytes]


def renew(
    output: Path, join: Join, place: str, tell: Callable[[int], None], made_ready: Callable[[Path, str, int], None]
) -> None:
    """Put a store of the joined graph in force.

    tell: called with the number of graphs loaded so far; made_ready: called with the new version's folder, its name and
    how many triples it has, before it is in force. Raises OSError if the disk takes no more; what was in force stays.
    """
    made = versions.new(output)
    name, triples = _list(join, made / "graphs"), join.triples + _share(join, made / "shared")
    home = output / "store" / name
    if home.exists():
        made_ready(home, name, triples)
        versions.publish(output, made, name)
        return

    stop = threading.Event()
    old = versions.current(output)
    few = _changes(old, made, join.reports) if old else None
    if old is not None and few is not None:
        versions.branch(old, made)
    change = few or _Change((), None, (), _lines(made / "shared"))
    chunks = _chunks(join, place, change, tell, stop)
    try:
        _interruptible(lambda: fill(made, chunks, change.gone, change.removed), stop)
        made_ready(made, name, triples)
    except OSError:
        shutil.rmtree(made, ignore_errors=True)
        raise
    versions.publish(output, made, name)


def _chunks(
    join: Join, place: str, change: _Change, tell: Callable[[int], None], stop: threading.Event
) -> Iterator[bytes]:
    """Yield the N-Quads to load."""
    for number, chunk in enumerate(shards.read(place, join.wanted(change.fresh)), 1):
        if stop.is_set():
            raise InterruptedError
        tell(number)
        yield chunk
    fresh = None if change.fresh is None else set(change.fresh)
    yield from (chunk for iri, chunk in join.copies() if fresh is None or iri in fresh)
    yield from change.added


def _share(join: Join, path: Path) -> int:
    """Write the graph that reports share, a quad a line; return how many."""
    count = 0
    with path.open("wb") as stream:
        for chunk in join.reference():
            count += chunk.count(b"\n")
            stream.write(chunk)
    return count


def _list(join: Join, path: Path) -> str:
    """Write the list of a version's graphs; return the version's name, which is made from it."""
    digest = sha256(version().encode())
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for iri, made in join.graphs():
            line = f"{iri} {made}\n"
            digest.update(line.encode())
            stream.write(line)
    return digest.hexdigest()[:16]


def _changes(old: Path, made: Path, count: int) -> _Change | None:
    """Return what makes the old store the new one; None if that is much, or what the old one has is not known."""
    try:
        gone, fresh = _graphs(old / "graphs", made / "graphs", _FEW * count)
        if len(gone) + len(fresh) > _FEW * count:
            return None
        return _Change(gone, fresh, *_quads(old / "shared", made / "shared"))
    except OSError:
        return None


def _graphs(old: Path, new: Path, most: float) -> tuple[list[str], list[str]]:
    """Return the graphs that are gone or changed, and those that are new or changed; not all, if they are too many."""
    gone, fresh = list[str](), list[str]()
    with old.open(encoding="utf-8") as before, new.open(encoding="utf-8") as after:
        was, now = next(before, ""), next(after, "")
        while (was or now) and len(gone) + len(fresh) <= most:
            one, other = was.partition(" ")[0], now.partition(" ")[0]
            if was != now and was and (not now or one <= other):
                gone.append(one)
            if was != now and now and (not was or other <= one):
                fresh.append(other)
            was, now = (
                next(before, "") if was and (not now or one <= other) else was,
                next(after, "") if now and (not was or other <= one) else now,
            )
    return gone, fresh


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        yield from stream


def _quads(old: Path, new: Path) -> tuple[list[bytes], list[bytes]]:
    """Return the lines that only the old file has, and those that only the new one has."""

    def others(one: Path, other: Path) -> list[bytes]:
        known = {hash(line) for line in _lines(other)}
        return [line for line in _lines(one) if hash(line) not in known]

    return others(old, new), others(new, old)


def _interruptible(function: Callable[[], T], stop: threading.Event) -> None:
    """Call a function in a thread, so that Ctrl-C is heard while it is in code that hears nothing."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            function()
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(0.2)
    finally:
        stop.set()
    if failed:
        raise failed[0]
