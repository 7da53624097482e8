"""The order of the rooms: files -> Documents -> mentions -> graphs -> store, Turtle and page.

In: paths and an output folder. Out: a Summary that accounts for every file: built, or set aside with its reason. How a
build goes on after it was killed, and what runs beside what, is told in kg/build/__init__.py.
"""

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path

from kg import versions
from kg.build.summary import HOW, How, LeftOut, Progress, Summary, copy_of, silent
from kg.errors import InputError, SetAside
from kg.model import Document, Extraction
from kg.read import LIMITS, Limits, find_files, read_each

__all__ = ["HOW", "How", "LeftOut", "Progress", "Summary", "build", "read_and_extract"]


def _inputs(paths: Sequence[Path], output: Path | None) -> list[tuple[Path, str]]:
    """Return the files at or below the paths and their names, without what a build wrote."""
    own = output.resolve() if output else None

    @cache
    def is_own(folder: str) -> bool:
        place = Path(folder).absolute()
        return own is not None and (own == place or own in place.parents)

    return [(path, name) for path, name in find_files(paths) if not is_own(os.path.split(path)[0])]


def read_and_extract(
    paths: Sequence[Path], limits: Limits = LIMITS, output: Path | None = None
) -> Iterator[tuple[str, Document, Extraction] | LeftOut]:
    """Yield (name, document, mentions) or LeftOut for every file at or below the paths, in the order of their names.

    An archive gives one of them for each file in it. output: a folder of kg's own, which holds no reports.
    """
    from kg.extract import extract
    from kg.read.same import Seen

    seen = Seen()
    for path, file in _inputs(paths, output):
        for name, found in read_each(path, file, limits):
            if isinstance(found, SetAside):
                yield LeftOut(name, found.code, str(found))
            elif (other := seen.same_as(found)) is not None:
                yield copy_of(name, other)
            else:
                yield name, found, extract(found)


def build(
    paths: str | Path | Iterable[str | Path],
    output: str | Path = "output",
    progress: Progress = silent,
    limits: Limits = LIMITS,
    how: How = HOW,
) -> Summary:
    """Build the graph of all reports at or below the paths into an output folder, in place of an older one.

    Writes output/store/ (the embedded store), output/graph.ttl, output/graph.html, output/set-aside.csv, and keeps in
    output/.build/ what each file gave, so that it need not be read again. Returns a Summary. limits: how large a file
    may be and how long it may take, and whether to keep what is no report.

    Raises InputError if a path is missing, no file is a report, somebody else builds there, or the disk is full; the
    graph that was there is then unchanged.
    """
    import sqlite3  # these rooms are opened when something is built: `kg --help` can spare their time

    from kg.build.crew import Crew
    from kg.build.ledger import Ledger, full
    from kg.build.run import Run, carry_out

    begun = time.perf_counter()
    files, output = [Path(p) for p in ([paths] if isinstance(paths, str | Path) else paths)], Path(output)
    with closing(Crew()) as crew:
        before = versions.current(output)
        if before is None and not how.scheduler:  # there is something to read: let those who read get ready
            crew.source.prepare()
        inputs = _inputs(files, output)
        if output.exists() and not output.is_dir():
            raise InputError(f"{output}: is a file; give a folder to write to (-o).")
        try:
            with versions.sole_builder(output) as folder, closing(Ledger(folder, limits)) as ledger:
                return carry_out(Run(ledger, folder, output, progress, limits, how, begun, crew), inputs)
        except (OSError, sqlite3.Error) as error:
            raise full(error, output, versions.current(output) != before) from None
