"""How long each question of the catalogue takes, beside other engines: `python benchmarks/asking.py [--keep FOLDER]`.

`--reports 1000` measures that part only, and leaves the others in the file as they are.

Over 100 reports, in this process and as a whole `kg ask`; over 1,000, beside rdflib; over 10,000, beside Virtuoso: the
same SPARQL, with the question's defaults. Reports are those of corpus.py, built as `kg build` does. Writes
docs/ASKING.md. Times are CPU milliseconds of the engine: of kg the median of three runs after one that warms up, of
Virtuoso one after such a run, of rdflib, which takes long, one. All three parts take an hour or so.
"""

import argparse
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from threading import Thread

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import corpus  # noqa: E402
import servers  # noqa: E402

from kg.ask import answer, uncounted  # noqa: E402
from kg.bind import bind  # noqa: E402
from kg.errors import QueryError  # noqa: E402
from kg.questions import Question, questions  # noqa: E402
from kg.store import Store  # noqa: E402
from kg.store import open as open_store  # noqa: E402

PARTS = (100, 1000, 10_000)
#: After so many seconds of CPU a peer has not answered.
_LONGEST = 10
_TOO_LONG = f"> {1000 * _LONGEST:,}"
Asked = Mapping[str, tuple[Question, str]]
#: Asks a peer, and gives what the table says of it: milliseconds, or why there are none, and rows.
Peer = Callable[[Question, str], Sequence[str]]


def built(number: int, folder: Path) -> Path:
    """Return an output folder with the graph of so many reports, made now where it is not there."""
    output = folder / f"out-{number}"
    if not (output / "store").exists():
        corpus.write(number, folder / f"in-{number}")
        call = ("build", str(folder / f"in-{number}"), "-o", str(output), "--no-files")
        subprocess.run([sys.executable, "-m", "kg", *call], cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
    return output


def bound(store: Store) -> Asked:
    """Return each question with its SPARQL, as it is asked without parameters."""
    return {name: (asked, bind(store, asked, {})) for name, asked in questions().items()}


def timed(work: Callable[[], object]) -> float:
    """Return the CPU milliseconds that work takes in this process."""
    begun = time.process_time()
    work()
    return 1000 * (time.process_time() - begun)


def of_kg(store: Store, asked: Question, sparql: str) -> tuple[float, int]:
    """Return the milliseconds and the rows of an answer."""
    rows = len(answer(store, asked, sparql).rows)
    return median(timed(lambda: answer(store, asked, sparql)) for _ in range(3)), rows


def whole_call(output: Path, *words: str) -> float:
    """Return the CPU milliseconds of a call of kg, its own process and that of the store: the least of three."""

    def spent() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return 1000 * (used.ru_utime + used.ru_stime)

    def once() -> float:
        before = spent()
        call = [sys.executable, "-m", "kg", "ask", *words, "-g", str(output)]
        subprocess.run(call, cwd=ROOT, capture_output=True, check=True)
        return spent() - before

    return min(once() for _ in range(3))


def of_rdflib(store: Store) -> Peer:
    """Load the graph into rdflib."""
    from rdflib import Dataset

    graph = Dataset(default_union=True).parse(data="".join(store.nquads()), format="nquads")

    def ended(*_: object) -> None:
        raise TimeoutError

    def ask(asked: Question, sparql: str) -> Sequence[str]:
        found: list[object] = []
        signal.signal(signal.SIGPROF, ended)
        signal.setitimer(signal.ITIMER_PROF, _LONGEST)
        try:
            spent = timed(lambda: found.extend(graph.query(sparql)))
            return f"{spent:,.0f}", f"{len(found):,}"
        except TimeoutError:
            return _TOO_LONG, ""
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    return ask


def of_virtuoso(server: servers.Virtuoso) -> Peer:
    """Ask a running Virtuoso: once to warm up, and once more."""

    def once(asked: Question, sparql: str) -> Sequence[str]:
        before, told = server.cpu(), list[str]()

        def wait() -> None:
            try:
                told.append(f"{len(answer(server, asked, sparql).rows):,}")
            except QueryError:
                told.append("fails")

        thread = Thread(target=wait, daemon=True)
        thread.start()
        while thread.is_alive() and server.cpu() - before < _LONGEST:
            thread.join(0.05)
        if told:
            return f"{1000 * (server.cpu() - before):,.0f}", told[0]
        server.restart()
        return _TOO_LONG, ""

    def ask(asked: Question, sparql: str) -> Sequence[str]:
        found = once(asked, sparql)
        return once(asked, sparql) if found[1] else found

    return ask


def table(store: Store, title: str, headings: Sequence[str], peer: Peer) -> Iterator[str]:
    """Yield a table of the questions: kg, and a peer. headings: those of the peer's columns."""
    yield f"## {title}, {len(store):,} triples\n"
    head = ("", "question", "rows", "kg", *headings)
    yield f"| {' | '.join(head)} |\n|{'---|' * len(head)}"
    for question, (asked, sparql) in bound(store).items():
        spent, rows = of_kg(store, asked, sparql)
        cells = (str(asked.number), question, f"{rows:,}", f"{spent:,.0f}", *peer(asked, sparql))
        yield f"| {' | '.join(cells)} |"
    yield f"\nHow many reports lack a year or a place, which is told with an answer: {note(store):,.0f} ms.\n"


def note(store: Store) -> float:
    """Return the milliseconds of the note on reports that most questions cannot count."""
    return median(timed(lambda: uncounted(store)) for _ in range(3))


def head() -> Iterator[str]:
    """Yield the lines before the tables."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    yield "# How long questions take\n"
    yield "By `python benchmarks/asking.py`: every question with its defaults over the made-up reports of"
    yield f"`benchmarks/corpus.py`, on a machine with {os.cpu_count()} cores and {memory:.0f} GB of memory. Times are"
    yield "CPU milliseconds of the engine, warm: of kg the median of three runs, of a peer one. A whole call holds the"
    yield "start of Python and of the store's process, the least of three. A peer is given the same SPARQL as kg's"
    yield f"store, and has {_LONGEST} seconds for it.\n"


def part(number: int, folder: Path) -> Iterator[str]:
    """Yield the table of so many reports."""
    output = built(number, folder)
    store = open_store(output)
    if number == 100:
        yield from table(store, "100 reports", ["whole call"], lambda a, _: [f"{whole_call(output, a.name):,.0f}"])
    elif number == 1000:
        yield from table(store, "1,000 reports", ["rdflib", "its rows"], of_rdflib(store))
    else:
        with servers.virtuoso(output, folder / "virtuoso", 600) as server:
            yield from table(store, "10,000 reports", ["Virtuoso", "its rows"], of_virtuoso(server))


def renewed(old: str, number: int, fresh: str) -> str:
    """Return the file with the table of so many reports in place of the one that it has."""
    _, *tables = re.split(r"^(?=## )", old, flags=re.MULTILINE)
    kept = [each for each in tables if not each.startswith(f"## {number:,} reports")]
    every = sorted([*kept, fresh], key=lambda each: int(each.split()[1].replace(",", "")))
    return "\n".join(head()) + "\n" + "".join(every)


def main() -> None:
    """Measure, print, and write docs/ASKING.md."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--keep", type=Path, help="where graphs are built, and used again")
    parser.add_argument("--reports", type=int, choices=PARTS, help="measure the part of so many reports only")
    args = parser.parse_args()
    written = ROOT / "docs" / "ASKING.md"
    with tempfile.TemporaryDirectory() as scratch:
        for number in [args.reports] if args.reports else PARTS:
            fresh = ""
            for line in part(number, args.keep or Path(scratch)):
                print(line, flush=True)
                fresh += f"{line}\n"
            written.write_text(renewed(written.read_text(encoding="utf-8"), number, fresh), encoding="utf-8")


if __name__ == "__main__":
    main()
