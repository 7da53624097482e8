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


def fill(made: Path, nquads: Iterable[bytes], gone: Iterable[str] = (), lines: Iterable[bytes] = ()) -> None:
    """Load chunks of N-Quads into the store of a new version. Raises OSError.

    gone: graphs that the store has from the one before, and is to have no longer; lines: such quads, one a line.
    """
    inner = ox.Store(str(made / "db"))
    for name in gone:
        inner.remove_graph(ox.NamedNode(name))
    for quad in ox.parse(b"".join(lines), format=ox.RdfFormat.N_QUADS, lenient=True):
        inner.remove(quad)
    if (
        load(inner, nquads) > _BATCH
    ):  # what came in many batches is put together, else questions take five times as long
        inner.optimize()
    inner.flush()
    del inner  # closes it: the store has to be closed before its folder is moved


def load(inner: ox.Store, nquads: Iterable[bytes]) -> int:
    """Load chunks in batches, two at a time, as each takes a core; return the bytes loaded.

    lenient: our own IRIs need no check.
    """
    waiting: SimpleQueue[bytes] = SimpleQueue()
    done: SimpleQueue[BaseException | None] = SimpleQueue()

    def work() -> None:
        while data := waiting.get():
            try:
                inner.bulk_load(data, format=ox.RdfFormat.N_QUADS, lenient=True)
                done.put(None)
            except BaseException as error:
                done.put(error)

    threads, running, size = [threading.Thread(target=work, daemon=True) for _ in range(2)], 0, 0
    for thread in threads:
        thread.start()
    try:
        for batch in _batches(nquads):
            waiting.put(batch)
            running, size = running + 1, size + len(batch)
            if running == len(threads):
                running -= _finished(done)
        while running:
            running -= _finished(done)
    finally:
        for _ in threads:
            waiting.put(b"")
    for thread in threads:
        thread.join()  # else they still hold the store, which is to be closed
    return size


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
