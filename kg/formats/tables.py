"""Tables for researchers: CSV, Parquet and XLSX, one sheet a kind of fact, with its evidence and a data dictionary.

In: a Store, read report by report. Out: a folder of .csv or .parquet files, or one .xlsx file. A column is a row of
columns.csv: its path leads from the fact to the value; `evidence` stands behind every fact. What a fact says by not
saying it (status done, bound exact) is written out, so that a filter finds it. writers.py writes them.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from importlib import resources
from pathlib import Path
from typing import Any

from kg import terms
from kg.errors import InputError
from kg.formats.triples import Subject, by_subject, graphs, literal
from kg.formats.writers import FORMATS, Column
from kg.graph.absent import usual
from kg.store import Store

SHEETS = {
    "Report": "reports", "Observation": "observations", "Citation": "citations", "Undertaking": "initiatives",
    "Problem": "problems", "Commitment": "problems",
}  # fmt: skip
#: What the IRI of a fact ends with, by the path that names it.
_ENDS = {"start()": 0, "end()": 1}
_TYPES: Mapping[str, Callable[[str], Any]] = {
    "text": str,
    "integer": int,
    "number": float,
    "boolean": lambda text: text == "true",
}
#: The rule that finds the first figure of a change.
_BEFORE = "from"
#: {name of a term: its values}; the name is what ends the term's IRI.
_Said = dict[str, list[str]]
#: From an IRI to what is said of it, in the graph of its report or in that of what reports share.
Described = Callable[[str], _Said]


@lru_cache(maxsize=1)
def columns() -> Mapping[str, list[Column]]:
    """Return the columns of each sheet; the data dictionary is the last of them."""
    text = (resources.files("kg.formats") / "columns.csv").read_text(encoding="utf-8")
    rows = [Column(**row) for row in csv.DictReader(text.splitlines())]
    found = {}
    for sheet in dict.fromkeys(SHEETS.values()):
        parts = (sheet, "*") if sheet == "reports" else (sheet, "*", "evidence")
        found[sheet] = [row for part in parts for row in rows if row.sheet == part]
    found["dictionary"] = [
        Column("dictionary", name, "text", "", "", "") for name in ("sheet", "column", "type", "zh", "en")
    ]
    return found


def rows(store: Store) -> Iterator[tuple[str, list[Any]]]:
    """Yield (sheet, cells) for every fact of every report, then the data dictionary."""

    @lru_cache(maxsize=20_000)
    def shared(iri: str) -> _Said:
        return _described(by_subject(store.said(terms.REFERENCE, [iri] if iri else []))).get(iri, {})

    for name, subjects in graphs(store, (name for name in store.graphs() if name != terms.REFERENCE)):
        own = _described(subjects)
        here = partial(_either, own, shared)
        for subject in subjects:
            iri = subject.iri[1:-1]
            kind = _local(own[iri].get("type", [""])[0])
            if sheet := SHEETS.get(kind):
                _say_usual(own, iri, kind, name)
                yield sheet, [_cell(here, iri, column, name) for column in columns()[sheet]]
    for sheet in dict.fromkeys(SHEETS.values()):
        yield from (("dictionary", [sheet, c.column, c.type, c.zh, c.en]) for c in columns()[sheet])


def _say_usual(own: dict[str, _Said], iri: str, kind: str, report: str) -> None:
    """Add what a fact says by not saying it. A period that is not stated is the reporting year; but of a plan, and of
    the first figure of a change (由甲增至乙), it is not known.
    """
    said = own[iri]
    for name, value in usual(kind, {name: values[0] for name, values in said.items()}).items():
        if name not in ("metric", "period"):
            said.setdefault(name, [value])
    year = own.get(report, {}).get("year")
    if kind == "Observation" and year and said["status"] != ["planned"] and said["rule"] != [_BEFORE]:
        whole = f"{year[0]}-01/{year[0]}-12"
        own.setdefault(whole, {"label": [whole]})
        said.setdefault("period", [whole])


def _local(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]


def _either(own: Mapping[str, _Said], shared: Described, iri: str) -> _Said:
    return own.get(iri) or shared(iri)


def _described(subjects: Iterable[Subject]) -> dict[str, _Said]:
    """Gather what is said of each subject; of labels in several languages, the Chinese one comes first."""
    found: dict[str, _Said] = {}
    for subject in subjects:
        said = found.setdefault(subject.iri[1:-1], {})
        for predicate, term in sorted(subject.said, key=lambda pair: not pair[1].endswith("@zh")):
            value = literal(term)
            said.setdefault(_local(predicate[1:-1]), []).append(term[1:-1] if value is None else value.text)
    return found


def _cell(here: Described, iri: str, column: Column, report: str) -> Any:
    path = column.path.removeprefix("report/") if iri == report else column.path
    if path in _ENDS:
        span = terms.span(iri)
        return None if span is None else span[_ENDS[path]]
    for step in path.split("/"):
        if step == "path()":
            return _above(here, iri)
        if step != ".":
            iri = next(iter(here(iri).get(step, ())), "")
    if not iri:
        return None
    if column.column == "type":
        return _local(iri)
    return _TYPES[column.type](iri)


def _above(here: Described, iri: str) -> str:
    names: list[str] = []
    while (said := here(iri)) and len(names) < 9:
        names.insert(0, said.get("label", [""])[0])
        iri = said.get("containedIn", [""])[0]
    return "/".join(names)


def write(store: Store, format: str, path: Path, base: str = terms.BASE) -> None:
    """Write the tables into a folder (csv, parquet) or a file (xlsx). base: the namespace of IRIs.

    Raise InputError if the package that a format needs is not installed.
    """
    try:
        writer = FORMATS[format](path, columns())
    except ImportError as error:
        raise InputError(f"{format} needs the package {error.name}: pip install 'kg-fazhi[tables]'") from None
    for sheet, cells in rows(store):
        writer.add(sheet, [_under(base, cell) for cell in cells] if base != terms.BASE else cells)
    writer.close()


def _under(base: str, cell: Any) -> Any:
    return base + cell[len(terms.BASE) :] if isinstance(cell, str) and cell.startswith(terms.BASE) else cell
