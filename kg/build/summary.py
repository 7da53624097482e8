"""What a build is told, what it tells while it works, and what it has done in the end.

In: the ledger's items. Out: Built and LeftOut, a row for each file or member of an archive.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.build.task import Item


@dataclass(frozen=True, slots=True)
class Step:
    """How far a build is. stage: reading, joining, loading or writing; done, total: files, or reports to load.

    facts: found so far; name: of the file read last; renewed: other extractors made what was there, so all is read.
    """

    stage: str
    done: int
    total: int
    facts: int = 0
    name: str = ""
    renewed: bool = False


#: Called after each step.
Progress = Callable[[Step], None]


@dataclass(frozen=True, slots=True)
class Built:
    """One report of a build, with how many facts of each kind were found. remarks: what to tell of its file."""

    file: str
    district: str | None
    year: int | None
    metrics: int
    instruments: int
    initiatives: int
    remarks: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One file that a build set aside. code: a short stable reason; message: what, where, what next.

    same_as: the file that holds the same report and is built.
    """

    file: str
    code: str
    message: str
    same_as: str | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did. files == len(reports) + len(set_aside).

    read: how many files were new or had changed, so that they had to be read; of others at most the digest was taken.
    renewed: all were, since other extractors had made what was there.
    """

    files: int
    reports: Sequence[Built]
    set_aside: Sequence[LeftOut]
    triples: int
    seconds: float
    outputs: Sequence[Path]
    read: int = 0
    renewed: bool = False


@dataclass(frozen=True, slots=True)
class How:
    """How a build is done; its outcome does not depend on it.

    workers: processes that read (default: as many as there are cores); retry: read again what was set aside; files:
    make graph.ttl and graph.html (default: of up to 2,000 reports); shards: a folder or fsspec URL for what reports
    give (default: in the output folder); scheduler: the address of a Dask scheduler, whose workers read.
    """

    workers: int = 0
    retry: bool = False
    files: bool | None = None
    shards: str = ""
    scheduler: str = ""


HOW = How()


def silent(step: Step) -> None:
    """Tell nobody."""


def copy_of(name: str, other: str) -> LeftOut:
    """Return what is said of a file that holds the same report as another."""
    message = f"{name}: the same report as {other}, which is built and names this file."
    return LeftOut(name, "duplicate", message, same_as=other)


def outcome(items: "Iterable[tuple[Item, str | None]]") -> tuple[list[Built], list[LeftOut]]:
    """Return the reports built and the files left out. items: each with the name of the one it is a copy of."""
    reports, set_aside, first = list[Built](), list[LeftOut](), dict[tuple[str, int], str]()
    for item, other in items:
        if item.code:
            set_aside.append(LeftOut(item.name, item.code, item.message))
        elif other is not None:
            set_aside.append(copy_of(item.name, other))
        else:
            remarks = item.remarks.split("\n") if item.remarks else []
            if item.who and item.year and (before := first.setdefault((item.who, item.year), item.name)) != item.name:
                remarks.append(f"of the same body and year as {before}; both are built, and figures count twice")
            counts = item.metrics, item.instruments, item.initiatives
            reports.append(Built(item.name, item.district, item.year, *counts, remarks))
    return reports, set_aside


def listed(set_aside: Iterable[LeftOut]) -> Iterator[bytes]:
    """Yield the lines of the list of files set aside, as CSV."""
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(("file", "code", "message", "same_as"))
    for item in set_aside:
        rows.writerow((item.file, item.code, item.message, item.same_as or ""))
        yield out.getvalue().encode("utf-8", "backslashreplace")
        out.seek(0)
        out.truncate()
