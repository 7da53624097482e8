"""The reports of cases/draw.toml or cases/spread.toml as a store, through the same kg.graph that builds use."""

import tomllib
from array import array
from hashlib import sha256
from pathlib import Path
from typing import Any

from kg import graph
from kg.model import Alignment, Document, Extraction, Header, Initiative, Instrument, Metric, Section, Span
from kg.store import Store
from kg.vocabulary import vocabulary

CASES = Path(__file__).parent / "cases"
NULLS = {
    Metric: {"value_max": None, "change": None, "period": None},
    Instrument: {"doc_number": None, "law": None},
    Initiative: {"variants": (), "known": None},
}


def quads(name: str = "draw") -> list[bytes]:
    """Return the graphs of all cases of a file as N-Quads."""
    cases = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["report"]
    graphs = [graph.report_graph(*_report(case)) for case in cases]
    return [each.nquads() for each in (*graphs, graph.reference_graph(graphs, vocabulary()))]


def store(name: str = "draw") -> Store:
    """Return a store of all cases of a file."""
    return Store.of(quads(name))


def _report(case: dict[str, Any]) -> tuple[Document, Extraction]:
    text = case["text"].strip()
    same = Alignment(array("I", range(len(text))), array("I", range(1, len(text) + 1)))
    sha = sha256(text.encode()).hexdigest()
    document = Document(case["file"], text, text, same, sha, "plain", "utf-8", "hans")
    header = Header(
        start=0,
        end=0,
        rule="case",
        title=None,
        issuer=f"{case['district']}人民政府",
        district=case["district"],
        district_path=tuple(case["path"]),
        district_code=None,
        parent_code=case["parent"],
        year=case["year"],
        published=case.get("published"),
    )
    heads = [(text.index(heading), heading, role) for heading, role in case.get("sections", [])]
    stops = [*(at for at, _, _ in heads[1:]), len(text)][: len(heads)]
    sections = [
        Section(start=at, end=at + len(h), rule="case", heading=h, level=1, role=role, body_end=stop)
        for (at, h, role), stop in zip(heads, stops, strict=True)
    ]
    return document, Extraction(
        header,
        sections,
        _mentions(Metric, case.get("metrics", []), text),
        _mentions(Instrument, case.get("instruments", []), text),
        _mentions(Initiative, case.get("initiatives", []), text),
    )


def _mentions(kind: Any, rows: list[dict[str, Any]], text: str) -> list[Any]:
    found = []
    for row in rows:
        start = text.index(row["quote"])
        span = {"start": start, "end": start + len(row["quote"]), "rule": "case"}
        places = {"places": (Span(span["start"], span["end"]),)} if kind is Initiative else {}
        said = {n: float(v) if n == "value" else v for n, v in row.items() if n != "quote"}  # as extractors give them
        if "part_of" in said:
            whole = text.index(said["part_of"])
            said["part_of"] = Span(whole, whole + len(said["part_of"]))
        found.append(kind(**{**NULLS[kind], **said, **span, **places}))
    return found
