"""The stages of a build, one after the other: check, read, join, load, publish, tidy.

In: a Run. Out: a Summary. What is noted where, and why it may be killed anywhere, is told in kg/build/__init__.py.
"""

import contextlib
import os
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kg import versions
from kg.build import shards
from kg.build.crew import Crew
from kg.build.ledger import Ledger
from kg.build.summary import How, LeftOut, Progress, Step, Summary, listed, outcome
from kg.build.task import Item, Task, batches
from kg.errors import InputError, KgError
from kg.read import Limits

#: Files in a batch at most: its shard is some megabytes. For fewer a second worker is not worth its start.
_BATCH = 64
#: Of more reports than this no graph.ttl and graph.html are made unless they are asked for: no one opens such files.
LARGE = 2_000
#: How many files are named where none is a report.
_NAMED = 20


@dataclass(frozen=True, slots=True)
class Run:
    """One build: what it is of, and how it is done."""

    ledger: Ledger
    folder: Path
    output: Path
    progress: Progress
    limits: Limits
    how: How
    begun: float
    crew: Crew

    @property
    def place(self) -> str:
        """Where the shards are."""
        return self.how.shards.rstrip("/") or str(self.folder / "shards")


def carry_out(run: Run, inputs: list[tuple[Path, str]]) -> Summary:
    """Read what has to be read, join all, and put it in force. Raises OSError or sqlite3.Error for a full disk."""
    ledger = run.ledger
    total, renewed = ledger.expect(inputs), ledger.outdated()
    if run.how.retry:
        ledger.forget_set_aside()
    inputs.clear()
    ledger.forget_lost(set(shards.names(run.place)))
    todo = ledger.check()
    read = _read(run, total, todo, renewed)
    fingerprint = ledger.fingerprint()
    now = versions.current(run.output)
    if ledger.meta("joined") != fingerprint or now is None or now.name != ledger.meta("store"):
        _join(run, fingerprint)
    reports, set_aside = outcome(ledger.outcome())
    outputs = _shown(run, len(reports), set_aside)
    needed = ledger.tidy()
    for name in set(shards.names(run.place)) - needed if not run.how.shards else ():
        shards.remove(run.place, name)
    triples, seconds = int(ledger.meta("triples")), time.perf_counter() - run.begun
    return Summary(len(reports) + len(set_aside), reports, set_aside, triples, seconds, outputs, read, renewed)


def _read(run: Run, total: int, todo: int, renewed: bool) -> int:
    """Read what has to be read, and note what it gives; return how many files have another content than was known."""
    done, facts, read = total - todo, 0, 0

    def told(name: str, number: int) -> None:
        nonlocal done, facts
        done, facts = min(total, done + 1), facts + number
        run.progress(Step("reading", done, total, facts, name, renewed))

    run.progress(Step("reading", done, total, renewed=renewed))
    if not todo:
        return 0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    workers = min(run.how.workers, -(-todo // 8)) if run.how.workers else min(cores, -(-todo // _BATCH))
    size = max(1, min(_BATCH, -(-todo // (4 * workers))))
    waiting: Iterator[list[Task]] = batches(run.ledger.to_read(), size)
    if run.how.scheduler:
        from kg.build import cluster

        found = cluster.run(waiting, run.how.scheduler, run.place, run.limits, told)
    else:
        found = run.crew.run(waiting, workers, run.place, run.limits, told)
    ahead = threading.Thread(target=_open_ahead, args=(_wants_files(run, total),), daemon=True)
    ahead.start()
    with closing(run.crew):
        for results in found:
            run.ledger.take(results)
            read += sum(result.items is not None for result in results)
    ahead.join()
    return read


def _open_ahead(files: bool) -> None:
    """Open what is wanted after reading, while this process would only wait for the others."""
    import kg.build.stores
    from kg.vocabulary import complete

    with contextlib.suppress(KgError):  # what is wrong with a table, the readers say
        complete()
    if files:
        import kg.draw
        import kg.export
        import kg.page.picture
        import kg.page.shell  # noqa: F401


def _join(run: Run, fingerprint: str) -> None:
    """Find out what the store has to hold, and put it in force."""
    from kg.build import stores
    from kg.build.join import Join

    join, copies, left = Join(run.folder), list[tuple[str, str]](), list[Item]()
    try:
        for number, (key, item) in enumerate(run.ledger.items(), 1):
            if number % 100 == 0:
                run.progress(Step("joining", number, number))
            if item.code:
                left += [item] if len(left) < _NAMED else []
            elif (other := join.add(key, item)) is not None:
                copies.append((item.name, other))
        if not join.reports:
            raise InputError("No file is a report:\n" + "\n".join(f"  {item.message}" for item in left))
        total = join.reports

        def loaded(number: int) -> None:
            run.progress(Step("loading", number, total))

        def made_ready(version: Path, name: str, triples: int) -> None:
            run.ledger.joined(fingerprint, copies, store=name, triples=triples)
            _complete(run, version, total, outcome(run.ledger.outcome())[1])

        stores.renew(run.output, join, run.place, loaded, made_ready)
    finally:
        join.close()


def _wants_files(run: Run, reports: int) -> bool:
    return reports <= LARGE if run.how.files is None else run.how.files


def _complete(run: Run, version: Path, reports: int, set_aside: Sequence[LeftOut]) -> None:
    """Write what is wanted beside a version's store: graph.ttl and graph.html, and the list of files set aside."""
    aside = version / "set-aside.csv"
    if set_aside:
        _replace(aside, listed(set_aside))
    else:
        aside.unlink(missing_ok=True)
    if not _wants_files(run, reports) or all((version / name).exists() for name in ("graph.ttl", "graph.html")):
        return
    from kg.draw import draw
    from kg.export import turtle
    from kg.store import Store

    run.progress(Step("writing", 0, 2))
    store = Store.at(version)
    _replace(version / "graph.ttl", turtle(store))
    _replace(version / "graph.html", [draw(store).encode("utf-8")])


def _shown(run: Run, reports: int, set_aside: Sequence[LeftOut]) -> list[Path]:
    """See that the version in force has the files that are wanted, and no others; return what the user has."""
    version = run.output / "store" / run.ledger.meta("store")
    _complete(run, version, reports, set_aside)
    if not _wants_files(run, reports):
        for name in ("graph.ttl", "graph.html"):
            (version / name).unlink(missing_ok=True)
    versions.show(run.output)
    versions.sweep(run.output)
    shown = (run.output / name for name in versions.SHOWN)
    return [run.output / "store", *(path for path in shown if path.exists())]


def _replace(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a file whole, then put it in the old one's place."""
    new = path.with_name(f".{path.name}.new")
    with new.open("wb") as stream:
        stream.writelines(chunks)
    new.replace(path)
