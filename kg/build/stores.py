"""The joined graph -> the store in force: where few reports changed the old store with the changes, else a new one.

In: a Join, and the place of the shards. Out: the version in force, whose folder has beside db/ the file `graphs`: the
IRI of each report's graph with a digest of what it was made from, by which the next build sees what changed.
"""

import shutil
import threading
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from kg import terms, versions
from kg.build import shards
from kg.build.join import Join
from kg.build.version import version
from kg.fill import fill

T = TypeVar("T")
#: If more than this share of the graphs changed, a new store takes less time than the changes.
_FEW = 0.3


def renew(
    output: Path, join: Join, place: str, tell: Callable[[int], None], made_ready: Callable[[Path], None]
) -> tuple[str, int]:
    """Put a store of the joined graph in force; return its name and how many triples it has.

    tell: called with the number of graphs loaded so far; made_ready: called with the new version's folder, before it is
    in force. Raises OSError if the disk takes no more; what was in force then stays.
    """
    made = versions.new(output)
    name, triples = _list(join, made / "graphs"), 0
    home = output / "store" / name
    if home.exists():
        triples = sum(chunk.count(b"\n") for chunk in join.reference())
        made_ready(home)
        versions.publish(output, made, name)
        return name, join.triples + triples

    def chunks(iris: list[str] | None) -> Iterator[bytes]:
        for number, chunk in enumerate(shards.read(place, join.wanted(iris)), 1):
            if stop.is_set():
                raise InterruptedError
            tell(number)
            yield chunk
        changed = None if iris is None else set(iris)
        yield from (chunk for iri, chunk in join.copies() if changed is None or iri in changed)
        if iris is None:
            yield from shared()

    def shared() -> Iterator[bytes]:
        nonlocal triples
        for chunk in join.reference():
            triples += chunk.count(b"\n")
            yield chunk

    stop = threading.Event()
    old = versions.current(output)
    few = _changes(old / "graphs", made / "graphs", join.reports) if old else None
    if old is not None and few is not None:
        versions.branch(old, made)
    gone, fresh = few or ([], None)
    renewed = (terms.REFERENCE, shared()) if few else None
    try:
        _interruptible(lambda: fill(made, chunks(fresh), gone, renewed), stop)
        made_ready(made)
    except OSError:
        shutil.rmtree(made, ignore_errors=True)
        raise
    versions.publish(output, made, name)
    return name, join.triples + triples


def _list(join: Join, path: Path) -> str:
    """Write the list of a version's graphs; return the version's name, which is made from it."""
    digest = sha256(version().encode())
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for iri, made in join.graphs():
            line = f"{iri} {made}\n"
            digest.update(line.encode())
            stream.write(line)
    return digest.hexdigest()[:16]


def _changes(old: Path, new: Path, count: int) -> tuple[list[str], list[str]] | None:
    """Return the graphs that are gone or changed, and those that are new or changed; None if they are many."""
    gone, fresh = list[str](), list[str]()
    try:
        with old.open(encoding="utf-8") as before, new.open(encoding="utf-8") as after:
            was, now = next(before, ""), next(after, "")
            while (was or now) and len(gone) + len(fresh) <= _FEW * count:
                one, other = was.partition(" ")[0], now.partition(" ")[0]
                if was != now and was and (not now or one <= other):
                    gone.append(one)
                if was != now and now and (not was or other <= one):
                    fresh.append(other)
                was, now = (
                    next(before, "") if was and (not now or one <= other) else was,
                    next(after, "") if now and (not was or other <= one) else now,
                )
    except OSError:
        return None
    return (gone, fresh) if len(gone) + len(fresh) <= _FEW * count else None


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
