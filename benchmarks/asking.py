"""How long each question of the catalogue takes: `python benchmarks/asking.py [REPORTS] [--rdflib] [--keep FOLDER]`.

Reports are those of seeds/ and tests/quality/tuned/ over again: other towns and years, other figures, part of what they
cite and do left out, own names of their own. The store is on disk, as a build leaves it. Prints for each question the
median CPU time of three runs with its defaults (where a parameter has none, with a township and a file), its rows, and
the time its budget allows; with --rdflib also what rdflib takes. --keep: where the store is written, and used again.
"""

import argparse
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from kg.ask import answer, bind  # noqa: E402
from kg.export import nquads  # noqa: E402
from kg.extract import extract  # noqa: E402
from kg.graph import Graph, reference_graph, report_graph  # noqa: E402
from kg.model import Document, Extraction, Metric  # noqa: E402
from kg.questions import questions  # noqa: E402
from kg.read import find_files, read  # noqa: E402
from kg.store import Store  # noqa: E402
from kg.store import open as open_store  # noqa: E402
from kg.vocabulary import vocabulary  # noqa: E402

YEARS = range(2018, 2026)
#: Questions that give every figure of what is asked about: asked about one township.
NARROWED = {"figures": "place"}


def reports(number: int) -> Iterator[tuple[Document, Extraction]]:
    """Yield so many reports, each year of a town after another."""
    tables = vocabulary()
    folders = [ROOT / "seeds", ROOT / "tests" / "quality" / "tuned"]
    documents = [read(path, name) for path, name in find_files(folders) if path.suffix == ".txt"]
    found = [(document, extract(document)) for document in documents]
    towns = [p for p in tables.places.values() if p.status == "current" and p.kind in ("镇", "乡", "街道")]
    random.Random(1).shuffle(towns)
    for i in range(number):
        rng, town, year = random.Random(i), towns[i // len(YEARS)], YEARS[i % len(YEARS)]
        document, mentions = rng.choice(found)
        sha = f"{i * 2_654_435_761 % 2**32:08x}{document.sha256[8:]}"

        def other(metric: Metric, rng: random.Random = rng) -> Metric:
            if metric.unit == "%" or metric.value < 3:
                return metric
            value = max(1.0, round(metric.value * rng.lognormvariate(0, 0.5)))
            more = None if metric.value_max is None else value + metric.value_max - metric.value
            return replace(metric, value=value, value_max=more)

        some = [m for m in mentions.initiatives if rng.random() < 0.85]
        named = [m if m.known or rng.random() < 0.2 else replace(m, name=f"{town.short}{m.name}") for m in some]
        header = replace(
            mentions.header, district=town.name, district_path=tables.path(town), district_code=town.code,
            parent_code=town.parent_code, year=year, published=f"{year + 1}-0{rng.randrange(1, 6)}-15",
            issuer=town.name + ("办事处" if town.kind == "街道" else "人民政府"),
        )  # fmt: skip
        yield (
            replace(document, name=f"{i // 1000:03}/{i:06}.txt", sha256=sha),
            replace(
                mentions, header=header, initiatives=named, metrics=tuple(map(other, mentions.metrics)),
                instruments=[m for m in mentions.instruments if rng.random() < 0.85],
            ),
        )  # fmt: skip


def write(number: int, folder: Path) -> int:
    """Write the store of so many reports; return its triples."""
    graphs: list[Graph] = []

    def chunks() -> Iterator[bytes]:
        for i, (document, found) in enumerate(reports(number)):
            graph, rng = report_graph(document, found), random.Random(i)
            lines = graph.nquads()
            graph.lines.clear()  # what the reference graph needs stays: what the graph refers to
            graphs.append(graph)

            def own(match: re.Match[bytes], rng: random.Random = rng) -> bytes:
                """Most sentences are nobody else's."""
                return match[0] if rng.random() < 0.1 else match[1] + b"%012x" % rng.getrandbits(48)

            yield re.sub(rb'(#fingerprint> ")\w+', own, lines)
        yield reference_graph(graphs, vocabulary()).nquads()

    folder.mkdir(parents=True, exist_ok=True)
    return Store.write(chunks(), folder)


def times(store: Store, second: object | None) -> Iterator[str]:
    """Yield a line for each question."""
    _, rows = store.select("SELECT ?d WHERE { ?r <https://w3id.org/fazhi/ont#district> ?d } ORDER BY ?d LIMIT 1")
    town = str(getattr(rows[0][0], "value", "")).rpartition("/")[2]
    for name, asked in questions().items():
        given = {NARROWED[name]: town} if name in NARROWED else {}
        spent = []
        for _ in range(3):
            begun = time.process_time()
            found = answer(store, asked, bind(store, asked, given))
            spent.append(1000 * (time.process_time() - begun))
            if spent[-1] > 5 * asked.budget:
                break
        line = f"| {asked.number} | {name} | {median(spent):,.0f} | {asked.budget:,} | {len(found.rows):,} |"
        if second is not None:
            begun = time.process_time()
            list(second.query(bind(store, asked, given)))  # type: ignore[attr-defined]
            line += f" {1000 * (time.process_time() - begun):,.0f} |"
        yield line


def start(folder: Path) -> float:
    """Return the CPU milliseconds of a whole `kg ask`, its process and the store's included."""
    import resource

    call = [sys.executable, "-m", "kg", "ask", "court-appearances", "-g", str(folder), "--format", "csv"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(call, cwd=ROOT, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("reports", type=int, nargs="?", default=100)
    parser.add_argument("--rdflib", action="store_true")
    parser.add_argument("--keep", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.keep or Path(scratch)
        if not (folder / "store").exists():
            write(args.reports, folder)
        store, second = open_store(folder), None
        if args.rdflib:
            from rdflib import Dataset

            second = Dataset(default_union=True).parse(data=b"".join(nquads(store)), format="nquads")
        print(f"{args.reports:,} reports, {len(store):,} triples. CPU milliseconds, median of three.\n")
        print("| | question | kg | budget | rows |" + (" rdflib |" if second is not None else ""))
        print("|---|---|---|---|---|" + ("---|" if second is not None else ""))
        for line in times(store, second):
            print(line, flush=True)
        print(f"\nA whole `kg ask`, from start to end: {min(start(folder) for _ in range(3)):,.0f} ms.")


if __name__ == "__main__":
    main()
