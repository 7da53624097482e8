"""The order of the rooms: files -> Documents -> mentions -> graphs -> store, Turtle and page.

In: paths and an output folder. Out: a Summary that accounts for every file: built, or set aside with its reason.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.draw import draw
from kg.errors import InputError, SetAside
from kg.export import turtle
from kg.extract import extract
from kg.graph import Graph, reference_graph, report_graph
from kg.model import Document, Extraction
from kg.read import LIMITS, Limits, find_files, read_each
from kg.read.same import Seen
from kg.store import Store
from kg.store import open as open_store
from kg.vocabulary import vocabulary

#: Called after each file with (files done, files in all, name of the file).
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """One report of a build, with how many facts of each kind were found."""

    file: str
    district: str | None
    year: int | None
    metrics: int
    instruments: int
    initiatives: int


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
    """What a build did. files == len(reports) + len(set_aside)."""

    files: int
    reports: Sequence[Built]
    set_aside: Sequence[LeftOut]
    triples: int
    seconds: float
    outputs: Sequence[Path]


def _silent(done: int, total: int, name: str) -> None:
    pass


def _inputs(paths: Sequence[Path], output: Path | None) -> list[tuple[Path, str]]:
    """Return the files at or below the paths and their names, without what a build wrote."""
    own = output.resolve() if output else None
    return [(path, name) for path, name in find_files(paths) if own is None or own not in path.absolute().parents]


def read_and_extract(
    paths: Sequence[Path], limits: Limits = LIMITS, output: Path | None = None
) -> Iterator[tuple[str, Document, Extraction] | LeftOut]:
    """Yield (name, document, mentions) or LeftOut for every file at or below the paths, in the order of their names.

    An archive gives one of them for each file in it. output: a folder of kg's own, which holds no reports.
    """
    seen = Seen()
    for path, file in _inputs(paths, output):
        for name, found in read_each(path, file, limits):
            if isinstance(found, SetAside):
                yield LeftOut(name, found.code, str(found))
            elif (other := seen.same_as(found)) is not None:
                message = f"{name}: the same report as {other}, which is built and names this file."
                yield LeftOut(name, "duplicate", message, same_as=other)
            else:
                yield name, found, extract(found)


def build(
    paths: str | Path | Iterable[str | Path],
    output: str | Path = "output",
    progress: Progress = _silent,
    limits: Limits = LIMITS,
) -> Summary:
    """Build the graph of all reports at or below the paths into an output folder, in place of an older one.

    Writes output/store/ (the embedded store), output/graph.ttl and output/graph.html. Returns a Summary: reports with
    counts, files set aside with reasons, triples, seconds, output paths. Raises InputError if a path is missing or no
    file is a report. limits: how large a file may be and how long it may take, and whether to keep what is no report.
    """
    begun = time.perf_counter()
    files, output = [Path(p) for p in ([paths] if isinstance(paths, str | Path) else paths)], Path(output)
    total = len(_inputs(files, output))
    if output.exists() and not output.is_dir():
        raise InputError(f"{output}: is a file; give a folder to write to (-o).")
    reports: list[Built] = []
    set_aside: list[LeftOut] = []
    graphs: dict[str, Graph] = {}
    for done, item in enumerate(read_and_extract(files, limits, output), 1):
        total = max(total, done)
        if isinstance(item, LeftOut):
            set_aside.append(item)
            if item.same_as is not None:
                graphs[item.same_as].say(graphs[item.same_as].name, "copyFileName", item.file)
            progress(done, total, item.file)
            continue
        name, document, found = item
        head = found.header
        graphs[name] = report_graph(document, found)
        counts = len(found.metrics), len(found.instruments), len(found.initiatives)
        reports.append(Built(name, head.district, head.year, *counts))
        progress(done, total, name)
    if not reports:
        raise InputError("No file is a report:\n" + "\n".join(f"  {item.message}" for item in set_aside))
    try:
        triples, outputs = _write([*graphs.values(), reference_graph(graphs.values(), vocabulary())], output)
    except OSError as error:
        raise InputError(f"{output}: cannot be written ({error.strerror}); give another folder with -o.") from None
    return Summary(len(reports) + len(set_aside), reports, set_aside, triples, time.perf_counter() - begun, outputs)


def _write(graphs: Iterable[Graph], output: Path) -> tuple[int, list[Path]]:
    output.mkdir(parents=True, exist_ok=True)
    triples = Store.write((g.nquads() for g in graphs), output)
    store = open_store(output)
    _replace(output / "graph.ttl", turtle(store))
    _replace(output / "graph.html", [draw(store).encode("utf-8")])
    return triples, [output / "store", output / "graph.ttl", output / "graph.html"]


def _replace(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a file whole, then put it in the old one's place."""
    new = path.with_name(f".{path.name}.new")
    with new.open("wb") as stream:
        stream.writelines(chunks)
    new.replace(path)
