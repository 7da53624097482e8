"""How compact the graph is, and how fast it is made, loaded, checked and exported: `python benchmarks/graph.py`.

Reports are those of seeds/ and tests/quality/tuned/; for the speeds they are copied under other IRIs until there are
REPORTS of them (200 unless said otherwise). Writes docs/GRAPH.md. Seconds are those of the processor (user and system),
so that other work on the machine counts little; the check and each export run in a process of their own, since their
memory is measured. `python benchmarks/graph.py --at OUTPUT [STEP …]` measures these on an output built before, and
writes nothing; the step `read` is what the store itself takes. `--first N` takes so many of its reports, beside all
that reports share: memory is near its height long before the last.
"""

import argparse
import io
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import count, islice
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from kg import terms  # noqa: E402
from kg.check import check, triples  # noqa: E402
from kg.export import FORMATS, TABLES, export_to  # noqa: E402
from kg.extract import extract  # noqa: E402
from kg.graph import reference_graph, report_graph  # noqa: E402
from kg.model import Document, Extraction  # noqa: E402
from kg.read import find_files, read  # noqa: E402
from kg.store import Store  # noqa: E402
from kg.store import open as open_store  # noqa: E402
from kg.vocabulary import vocabulary  # noqa: E402

FACTS = ("observation", "citation", "undertaking", "problem", "commitment")


def reports() -> list[tuple[Document, Extraction]]:
    """Return every report of the seeds and the tuned set, with its mentions."""
    folders = [ROOT / "seeds", ROOT / "tests" / "quality" / "tuned"]
    documents = (read(path, name) for path, name in find_files(folders) if path.suffix == ".txt")
    return [(document, extract(document)) for document in documents]


def best(work: Callable[[], object], times: int = 5) -> float:
    """Return the least of several timings, in seconds of the processor."""
    found = []
    for _ in range(times):
        begun = time.process_time()
        work()
        found.append(time.process_time() - begun)
    return min(found)


def size(found: list[tuple[Document, Extraction]]) -> Iterator[str]:
    """Yield lines about triples and facts."""
    graphs = [report_graph(*each) for each in found]
    subjects, facts = Counter[str](), Counter[str]()
    for graph in graphs:
        kinds = [match[1] if (match := re.match(r"<\S+/report/\w+/(\w+)/", line)) else "report" for line in graph.lines]
        subjects.update(kinds)
        facts.update({kind: graph.classes[kind.capitalize()] for kind in FACTS})
    number, triples = sum(facts.values()), sum(len(graph) for graph in graphs)
    own = sum(subjects[kind] for kind in FACTS)
    shared = len(reference_graph(graphs, vocabulary()))
    yield f"{len(graphs)} reports, {number:,} facts, {triples:,} triples in their graphs; {shared:,} shared by all."
    yield ""
    yield "| of a fact | triples |\n|---|---|"
    yield f"| said of the fact itself, mean of all kinds | {own / number:.1f} |"
    for kind in FACTS:
        yield f"| – {kind} ({facts[kind]:,}) | {subjects[kind] / max(1, facts[kind]):.1f} |"
    around = {kind: f"{subjects[kind] / number:.1f}" for kind in ("sentence", "section", "report")}
    parts = f"sentences ({around['sentence']}), headings ({around['section']}) and the report ({around['report']})"
    yield f"| its share of the {parts} | {(triples - own) / number:.1f} |"
    yield f"| in all | {triples / number:.1f} |"
    again = [f" <{terms.fz(name)}> " for name in terms.DERIVED]
    more = sum(any(predicate in line for predicate in again) for graph in graphs for line in graph.lines)
    yield f"| of these, what follows from others and is said for the sake of quick questions | {more / number:.1f} |"


def speed(found: list[tuple[Document, Extraction]], reports: int) -> Iterator[str]:
    """Yield lines about seconds, with as many reports as that."""
    made = best(lambda: [report_graph(*each).nquads() for each in found])
    chunks = [report_graph(*each).nquads() for each in found]
    shared = reference_graph([report_graph(*each) for each in found], vocabulary()).nquads()
    copies = (re.sub(rb"/report/[0-9a-f]{8}", b"/report/%08x" % n, chunk) for n in count() for chunk in chunks)
    many = list(islice(copies, reports))
    quads = sum(chunk.count(b"\n") for chunk in many)
    yield f"{len(many):,} reports, {quads:,} quads ({quads / len(many):,.0f} a report).\n"
    yield "| step | reports a second | quads a second |\n|---|---|---|"
    rate = len(found) / made
    yield f"| mentions to N-Quads | {rate:,.0f} | {rate * quads / len(many):,.0f} |"
    loaded = best(lambda: Store.of([*many, shared]), 1)
    yield f"| N-Quads into a store in memory | {len(many) / loaded:,.0f} | {quads / loaded:,.0f} |"
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        written = best(lambda: Store.write([*many, shared], folder), 1)
        yield f"| N-Quads into a store on disk | {len(many) / written:,.0f} | {quads / written:,.0f} |"
        both = len(many) * made / len(found) + written
        yield f"| mentions to a store on disk | {len(many) / both:,.0f} | {quads / both:,.0f} |"
        del many[:], chunks[:]
        yield ""
        yield from steps(folder)


def steps(output: Path, wanted: Sequence[str] = (), first: int = 0) -> Iterator[str]:
    """Yield a table of what a check and each export of an output take, each in a process of its own.

    first: so many of its reports only; 0 for all.
    """
    store = open_store(output)
    quads = sum(len(store.ntriples(name)) for name in graphs(store, first)) if first else len(store)
    yield "| step | seconds | quads a second | megabytes written | megabytes of memory |\n|---|---|---|---|---|"
    with tempfile.TemporaryDirectory() as scratch:
        for name in wanted or ("read", "check", *FORMATS, *TABLES):
            command = [sys.executable, __file__, "--step", str(output), name, scratch, "--first", str(first)]
            out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            seconds, size, peak = map(float, out.split())
            yield f"| {name} | {seconds:.1f} | {quads / seconds:,.0f} | {size:,.1f} | {peak:,.0f} |"


def graphs(store: Store, first: int) -> list[str]:
    """Return the names of what reports share and of the first so many reports; 0 for all."""
    names = store.graphs()
    reports = [name for name in names if name.startswith(f"{terms.BASE}report/")]
    return sorted({*names} - {*reports[first:]}) if first else names


def one_step(output: Path, name: str, scratch: Path, first: int) -> None:
    """Print seconds, megabytes written and megabytes of memory of a check or an export."""
    store, path = open_store(output), scratch / f"export.{name}"
    names = graphs(store, first)
    store.graphs = lambda: names  # type: ignore[method-assign]

    def work() -> None:
        if name == "read":
            path.write_bytes(b"")
            for each in names:
                for _ in store.parts(each):
                    pass
        elif name == "check":
            path.write_bytes(triples(check(store)))
        else:
            export_to(store, name, path)

    seconds = best(work, 1)
    files = list(path.rglob("*")) if path.is_dir() else [path]
    size = sum(file.stat().st_size for file in files) / 1e6
    for file in files:
        file.unlink()
    # what the process itself took at most; getrusage counts the process that it was forked from as well
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    print(seconds, size, int(peak[1]) / 1024 if peak else 0)


HEAD = """# The graph: how compact, how fast

Written by `python benchmarks/graph.py {reports}`. What a fact takes is counted in the reports of seeds/ and
tests/quality/tuned/ as they are; the speeds are those of {reports} copies of these, in seconds of the processor.
They say more than the made-up reports of PERFORMANCE.md, so triples a report are not to be compared between the two.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=int, nargs="?", default=200, help="how many reports to load and export")
    parser.add_argument("--at", nargs="+", metavar=("OUTPUT", "STEP"), help="measure steps on an output built before")
    parser.add_argument("--first", type=int, default=0, metavar="N", help="with --at: so many of its reports only")
    parser.add_argument("--step", nargs=3, help=argparse.SUPPRESS)  # one of them, in a process of its own
    args = parser.parse_args()
    if args.step:
        one_step(Path(args.step[0]), args.step[1], Path(args.step[2]), args.first)
        return
    if args.at:
        for line in steps(Path(args.at[0]), args.at[1:], args.first):
            print(line, flush=True)
        return
    found = reports()
    out = io.StringIO()
    for line in (HEAD.format(reports=args.reports), *size(found), "", *speed(found, args.reports)):
        print(line)
        print(line, file=out)
    (ROOT / "docs" / "GRAPH.md").write_text(out.getvalue(), encoding="utf-8")


if __name__ == "__main__":
    main()
