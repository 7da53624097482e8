"""kg: a knowledge graph of China's annual reports on rule-of-law government (法治政府建设年度报告).

    read ─> extract ─> graph ─> store ─> ask · draw · export · check

    read/          a file -> Document: text as received, text repaired, and the alignment between them
    extract/       Document -> mentions: header, sections, metrics, instruments, initiatives
    graph.py       mentions -> triples, one named graph a report
    store.py       the embedded SPARQL store
    ask.py         questions of queries/answers/ -> Answer
    draw.py        views of queries/views/ -> one self-contained HTML page
    export.py      Turtle, N-Quads, JSON Lines
    check.py       shapes and checks -> findings
    pipeline.py    the order of the rooms: build()
    cli.py         the command line
    vocabulary.py  tables/*.csv; terms.py: IRIs; table.py: answers as text; text.py: characters and numerals
    model.py       the nouns; errors.py: what a user can put right

As a library:

    import kg
    kg.build(["seeds"], "output")
    graph = kg.open("output")
    print(kg.ask(graph, "most-cited").rows)
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.model import Answer, Document, Evidence, Extraction, Finding
    from kg.pipeline import Summary
    from kg.store import Store

__version__ = "0.1.0"
__all__ = ["__version__", "ask", "build", "check", "draw", "evidence", "export", "extract", "open", "query", "read"]


def build(paths: Iterable[str | Path], output: str | Path = "output") -> "Summary":
    """Build the graph of the reports at or below the paths into a folder, in place of an older one.

    Returns a Summary: reports with counts, files set aside with reasons, triples, seconds, output paths.
    Raises kg.errors.InputError if a path is missing or no file is a report.
    """
    from kg import pipeline

    return pipeline.build([Path(p) for p in paths], Path(output))


def read(path: str | Path) -> "Document":
    """Read one file as a Document. Raises kg.errors.SetAside if it is no readable report."""
    from kg import read as room

    return room.read(Path(path))


def extract(document: "Document") -> "Extraction":
    """Find all mentions in a Document: header, sections, metrics, instruments, initiatives, each with its span."""
    from kg import extract as room

    return room.extract(document)


def open(output: str | Path = "output") -> "Store":
    """Open the graph that was built into a folder, for reading. Raises kg.errors.StoreError if there is none."""
    from kg.store import Store

    return Store.open(Path(output))


def ask(store: "Store", question: str, **parameters: str | int) -> "Answer":
    """Answer a question of the catalogue (queries/answers/), its parameters given as on the command line.

    Returns an Answer: columns, rows, and for each row the IRIs of the facts behind it.
    Raises kg.errors.QueryError for an unknown question, parameter or name.
    """
    from kg import ask as room

    return room.ask(store, question, **{name: str(value) for name, value in parameters.items()})


def query(store: "Store", sparql: str) -> "Answer":
    """Answer a SPARQL SELECT or ASK query over the union of all graphs. Raises kg.errors.QueryError if it is broken."""
    from kg import ask as room

    return room.query(store, sparql)


def evidence(store: "Store", facts: Iterable[str]) -> "list[Evidence]":
    """Return where facts stand: file, code points in the text as received, quote and sentence. facts: their IRIs."""
    from kg import ask as room

    return room.evidence(store, facts)


def draw(store: "Store", view: str = "overview", **parameters: str) -> str:
    """Return a view of queries/views/ as one self-contained HTML page."""
    from kg import draw as room

    return room.draw(store, view, **parameters)


def export(store: "Store", format: str = "turtle") -> Iterator[bytes]:
    """Yield the graph in a format of kg.export.FORMATS (turtle, nquads), in the same order on every machine."""
    from kg import export as room

    return room.FORMATS[format](store)


def check(store: "Store") -> "list[Finding]":
    """Run the SHACL shapes and queries/checks/ over the graph; return what they find, the gravest first."""
    from kg import check as room

    return room.check(store)
