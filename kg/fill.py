"""N-Quads -> an Oxigraph store, in memory or on disk.

In: chunks of N-Quads, and a store or the folder of a new version. Out: nothing; the store has the quads.
"""

import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from queue import SimpleQueue

import pyoxigraph as ox

#: Bytes of N-Quads that are loaded at once.
_BATCH = 32_000_000


def fill(
    made: Path, nquads: Iterable[bytes], gone: Iterable[str] = (), renewed: tuple[str, Iterable[bytes]] | None = None
) -> None:
    """Load chunks of N-Quads into the store of a new version, without the graphs that are gone. Raises OSError.

    renewed: a graph that is there, and the N-Quads that it is to hold from now on, most of which it holds already.
    """
    inner = ox.Store(str(made / "db"))
    for name in gone:
        inner.remove_graph(ox.NamedNode(name))
    load(inner, nquads)
    if renewed:
        load(inner, _differing(inner, *renewed))
    inner.flush()
    del inner  # closes it: the store has to be closed before its folder is moved


def _differing(inner: ox.Store, graph: str, nquads: Iterable[bytes]) -> list[bytes]:
    """Remove what a graph is no longer to hold; return the lines that it does not hold yet."""
    name, fresh = ox.NamedNode(graph), list[bytes]()
    old = {hash(quad) for quad in inner.quads_for_pattern(None, None, None, name)}
    for chunk in nquads:
        quads = ox.parse(chunk, format=ox.RdfFormat.N_QUADS, lenient=True)
        for line, quad in zip(chunk.splitlines(True), quads, strict=True):
            if hash(quad) in old:
                old.discard(hash(quad))
            else:
                fresh.append(line)
    for quad in [quad for quad in inner.quads_for_pattern(None, None, None, name) if hash(quad) in old]:
        inner.remove(quad)
    return fresh


def load(inner: ox.Store, nquads: Iterable[bytes]) -> None:
    """Load chunks in batches, two at a time, as each takes a core; lenient: our own IRIs need no check."""
    waiting: SimpleQueue[bytes] = SimpleQueue()
    done: SimpleQueue[BaseException | None] = SimpleQueue()

    def work() -> None:
        while data := waiting.get():
            try:
                inner.bulk_load(data, format=ox.RdfFormat.N_QUADS, lenient=True)
                done.put(None)
            except BaseException as error:
                done.put(error)

    threads, running = [threading.Thread(target=work, daemon=True) for _ in range(2)], 0
    for thread in threads:
        thread.start()
    try:
        for batch in _batches(nquads):
            waiting.put(batch)
            running += 1
            if running == len(threads):
                running -= _finished(done)
        while running:
            running -= _finished(done)
    finally:
        for _ in threads:
            waiting.put(b"")
    for thread in threads:
        thread.join()  # else they still hold the store, which is to be closed


def _finished(done: "SimpleQueue[BaseException | None]") -> int:
    if error := done.get():
        raise error
    return 1


def _batches(chunks: Iterable[bytes]) -> Iterator[bytes]:
    batch, size = list[bytes](), 0
    for chunk in chunks:
        batch.append(chunk)
        size += len(chunk)
        if size >= _BATCH:
            yield b"".join(batch)
            batch, size = [], 0
    if size:
        yield b"".join(batch)
