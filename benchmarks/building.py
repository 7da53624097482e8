"""How fast reports become a graph, stage by stage, and what it takes: `python benchmarks/building.py`.

    python benchmarks/building.py 100 1000          these numbers of reports (default)
    python benchmarks/building.py 100 1000 10000    more: ten thousand take minutes, a hundred thousand an hour or two

Reports are those of corpus.py. Writes docs/PERFORMANCE.md. CPU seconds are those of all processes; where a machine has
other work to do, they tell more than the clock does.
"""

import io
import math
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import corpus  # noqa: E402

from kg import versions  # noqa: E402
from kg.errors import SetAside  # noqa: E402
from kg.extract import extract  # noqa: E402
from kg.fill import fill  # noqa: E402
from kg.graph import report_graph  # noqa: E402
from kg.model import Document  # noqa: E402
from kg.read import find_files, read_each  # noqa: E402
from kg.store import Store  # noqa: E402


@dataclass(frozen=True, slots=True)
class Spent:
    """What something took. peak: the most memory of all its processes together, in megabytes; 0 if not measured."""

    wall: float
    cpu: float
    peak: float = 0.0


def timed(work: Callable[[], object]) -> Spent:
    """Measure work in this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - wall, time.process_time() - cpu)


def memory(pid: int) -> int:
    """Return the memory of a process and of all that it started, shared pages shared out, in bytes; 0 off Linux."""
    parents, total = dict[int, int](), 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue
    ours = {pid}
    for child in sorted(parents):
        if parents[child] in ours:
            ours.add(child)
    for each in ours:
        try:
            rollup = Path(f"/proc/{each}/smaps_rollup").read_text()
            total += next(int(line.split()[1]) * 1024 for line in rollup.split("\n") if line.startswith("Pss:"))
        except (OSError, StopIteration):
            continue
    return total


def called(*arguments: str) -> Spent:
    """Measure a call of kg, with all its processes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun, peak = time.perf_counter(), 0
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    stop = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not stop.wait(0.5):
            peak = max(peak, memory(process.pid))

    thread = threading.Thread(target=watch)
    thread.start()
    process.wait()
    wall = time.perf_counter() - begun
    stop.set()
    thread.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Spent(wall, cpu, peak / 1e6)


def size(folder: Path) -> int:
    """Return the bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def stages(folder: Path, scratch: Path, most: int = 1000) -> Iterator[tuple[str, int, int, Spent]]:
    """Yield (stage, reports, triples, what it took) for the stages, one process, of at most so many files."""
    documents: list[Document] = []

    def reading() -> None:
        for path, name in find_files([folder])[:most]:
            documents.extend(found for _, found in read_each(path, name) if not isinstance(found, SetAside))

    spent = timed(reading)
    yield "read", len(documents), 0, spent
    extract(documents[0])  # the first one opens the dictionaries
    found = []
    spent = timed(lambda: found.extend(extract(document) for document in documents))
    yield "extract", len(documents), 0, spent
    chunks: list[bytes] = []
    spent = timed(lambda: chunks.extend(report_graph(d, f).nquads() for d, f in zip(documents, found, strict=True)))
    triples = sum(chunk.count(b"\n") for chunk in chunks)
    yield "graph", len(documents), triples, spent
    made = versions.new(scratch / "load")
    yield "load", len(documents), triples, timed(lambda: fill(made, chunks))


def fitted(points: Iterable[tuple[int, float]]) -> float:
    """Return b of the curve a·n^b through points, by least squares on logarithms: 1 is proportional."""
    logs = [(math.log(n), math.log(seconds)) for n, seconds in points]
    x, y = (sum(column) / len(logs) for column in zip(*logs, strict=True))
    return sum((a - x) * (b - y) for a, b in logs) / sum((a - x) ** 2 for a, _ in logs)


def lines(numbers: list[int], scratch: Path) -> Iterator[str]:
    """Yield the lines of docs/PERFORMANCE.md."""
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    yield "# Measured speed\n"
    yield "By `python benchmarks/building.py`, with the made-up reports of `benchmarks/corpus.py`, on a machine with"
    yield f"{os.cpu_count()} cores and {memory_gb:.0f} GB of memory. CPU seconds are those of all processes together,"
    yield "and rates are by them: so many a second on one core. What reading wants takes a second to open, once for all"
    yield "workers.\n"
    wholes: dict[int, float] = {}
    for count in numbers:
        folder = scratch / f"in-{count}"
        megabytes = corpus.write(count, folder) / 1e6
        yield f"## {count:,} reports ({megabytes:,.1f} MB)\n"
        yield "| stage | CPU s | seconds | reports/s | MB/s | triples/s | peak MB |\n|---|---|---|---|---|---|---|"
        for name, reports, triples, spent in stages(folder, scratch / f"stages-{count}"):
            share = megabytes * reports / count
            yield row(f"{name}, one process", spent, reports, share, triples)
        for workers in (1, 2):
            output = scratch / f"out-{count}-{workers}"
            call = ("build", str(folder), "-o", str(output), "--json", "--workers", str(workers), "--no-files")
            spent = called(*call)
            store = versions.current(output)
            assert store is not None
            graphs, quads = sum(1 for _ in (store / "graphs").open()), len(Store.at(store))
            yield row(f"whole build, {workers} worker{'s' if workers > 1 else ''}", spent, count, megabytes, 0)
            wholes[count] = spent.cpu
        kept, disk = size(output / ".build") / 1e6, size(store) / 1e6
        yield row("build again, nothing changed", called(*call), count, megabytes, 0)
        for number in range(12):
            (folder / f"z-new-{number}.txt").write_bytes(corpus.report(10**6 + number)[1])
        yield row("build again, twelve new files", called(*call), 12, 0, 0)
        yield f"\n{graphs:,} reports built; their store has {disk:,.1f} MB on disk ({disk * 1e6 / quads:.0f} bytes a"
        yield f"triple), and what is kept so as to go on {kept:,.1f} MB.\n"
    if len(wholes) > 1:
        growth = fitted(wholes.items())
        yield f"The CPU time of a whole build grows as its reports to the power of {growth:.2f} (1 is proportional)."


def row(name: str, spent: Spent, reports: int, megabytes: float, triples: int) -> str:
    """Return a line of the table; rates are those of a core: by CPU time."""
    speed = f"{triples / spent.cpu:,.0f}" if triples else ""
    peak = f"{spent.peak:,.0f}" if spent.peak else ""
    rates = f"{reports / spent.cpu:,.0f} | {megabytes / spent.cpu:,.2f}"
    return f"| {name} | {spent.cpu:,.1f} | {spent.wall:,.1f} | {rates} | {speed} | {peak} |"


def main() -> None:
    """Measure, print, and write docs/PERFORMANCE.md."""
    numbers = [int(word) for word in sys.argv[1:]] or [100, 1000]
    out = io.StringIO()
    with tempfile.TemporaryDirectory() as scratch:
        for line in lines(numbers, Path(scratch)):
            print(line, flush=True)
            print(line, file=out)
    page = ROOT / "docs" / "PERFORMANCE.md"
    _, mark, kept = page.read_text(encoding="utf-8").partition("\n## Not part of") if page.exists() else ("", "", "")
    page.write_text(out.getvalue() + mark + kept, encoding="utf-8")


if __name__ == "__main__":
    main()
