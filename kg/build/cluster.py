"""Batches of files on the workers of a Dask cluster: what crew.py does on one machine, on many.

In: batches of Tasks whose paths all workers see, and a place for shards that they all write to. Out: what the batches
gave, in any order. Each worker reads by a process of its own, as here, so that a file that kills or hangs it costs only
itself; a worker that dies loses nothing, since Dask gives its batches to others, whose shards have the same names.
"""

import threading
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import islice
from typing import Any

from kg.build import crew
from kg.build.task import Result, Task, lost
from kg.build.version import version
from kg.errors import InputError
from kg.read import Limits

#: Batches given out at a time, for each thread of the cluster.
_AHEAD = 3
_kept = threading.local()


def run(
    batches: Iterator[list[Task]], scheduler: str, place: str, limits: Limits, tell: Callable[[str, int], None]
) -> Iterator[list[Result]]:
    """Yield what each batch gave. tell: called for each file with its name and the number of its facts.

    Raises InputError if there is no Dask, no scheduler or another version of kg on a worker; OSError for a full disk.
    """
    dask, client = _connected(scheduler)
    running: dict[Any, list[Task]] = {}

    def submit(batch: list[Task]) -> Any:
        future = client.submit(_remote, batch, place, limits, version(), pure=False)
        running[future] = batch
        return future

    try:
        with client.as_current():
            done = dask.as_completed([submit(batch) for batch in islice(batches, _ahead(client))])
        for future in done:
            batch = running.pop(future)
            why = future.exception()
            if isinstance(why, dask.KilledWorker) and len(batch) > 1:
                done.update([submit([task]) for task in batch])
                continue
            if why is not None and not isinstance(why, dask.KilledWorker):
                raise why
            results = future.result() if why is None else [lost(batch[0], "crash")]
            for result in results:
                tell(result.task.name, sum(i.metrics + i.instruments + i.initiatives for i in result.items or ()))
            yield results
            done.update([submit(batch) for batch in islice(batches, max(0, _ahead(client) - len(running)))])
    finally:
        client.cancel(list(running))
        client.close()


def _connected(scheduler: str) -> tuple[Any, Any]:
    """Return Dask, and a client of the scheduler. Raises InputError."""
    try:
        dask: Any = import_module("distributed")
    except ImportError:
        raise InputError("--engine dask wants Dask. Install it: pip install 'kg-fazhi[cluster]'") from None
    try:
        return dask, dask.Client(scheduler, timeout=20, set_as_default=False)
    except (OSError, ValueError) as error:
        raise InputError(f"{scheduler}: no Dask scheduler answers ({error}).") from None


def _ahead(client: Any) -> int:
    """Return how many batches are to be in hand: workers come and go."""
    threads: dict[str, int] = client.nthreads()
    return _AHEAD * max(1, sum(threads.values()))


def _remote(batch: list[Task], place: str, limits: Limits, at: str) -> list[Result]:
    """Read a batch on a worker, by a process that stays for the next one."""
    if not hasattr(_kept, "crew"):
        _kept.crew = crew.Crew()
    try:
        found = _kept.crew.run(iter([batch]), 1, place, limits, lambda name, facts: None, at)
        return [result for results in found for result in results]
    except BaseException:
        _kept.crew.close()
        del _kept.crew
        raise
