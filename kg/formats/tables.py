"""Tables for researchers: CSV, Parquet and XLSX, one sheet a kind of fact, with its evidence and a data dictionary.

In: a Store, read report by report. Out: a folder of .csv or .parquet files, or one .xlsx file. A column is a row of
columns.csv: its path leads from the fact to the value; `evidence` stands behind every fact.
"""

import csv
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib import resources
from pathlib import Path
from typing import Any

from kg import terms
from kg.errors import InputError
from kg.formats.triples import Subject, by_subject, graphs, literal
from kg.store import Store
from kg.table import FORMULA, plain

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
#: {name of a term: its values}; the name is what ends the term's IRI.
_Said = dict[str, list[str]]
#: From an IRI to what is said of it, in the graph of its report or in that of what reports share.
Described = Callable[[str], _Said]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet. type: text, integer, number or boolean; path: terms from the fact to the value."""

    sheet: str
    column: str
    type: str
    path: str
    zh: str
    en: str


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
            sheet = SHEETS.get(_local(own[iri].get("type", [""])[0]))
            if sheet:
                yield sheet, [_cell(here, iri, column, name) for column in columns()[sheet]]
    for sheet in dict.fromkeys(SHEETS.values()):
        yield from (("dictionary", [sheet, c.column, c.type, c.zh, c.en]) for c in columns()[sheet])


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


class _Writer(ABC):
    """Takes rows in any order of sheets, and closes them all."""

    @abstractmethod
    def add(self, sheet: str, cells: list[Any]) -> None:
        """Write a row."""

    @abstractmethod
    def close(self) -> None:
        """Finish all sheets."""


class _Csv(_Writer):
    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.files = {s: (folder / f"{s}.csv").open("w", encoding="utf-8-sig", newline="") for s in columns()}
        self.writers = {sheet: csv.writer(file, lineterminator="\r\n") for sheet, file in self.files.items()}
        for sheet, writer in self.writers.items():
            writer.writerow([c.column for c in columns()[sheet]])

    def add(self, sheet: str, cells: list[Any]) -> None:
        self.writers[sheet].writerow([self._text(cell) for cell in cells])

    @staticmethod
    def _text(cell: Any) -> str:
        """Write text as it is, but for NUL, and for a ' before what a spreadsheet would take for a formula."""
        if not isinstance(cell, str):
            return plain(cell)
        return f"{chr(39) if FORMULA.match(cell) else ''}{cell}".replace("\0", "\ufffd")

    def close(self) -> None:
        for file in self.files.values():
            file.close()


class _Parquet(_Writer):
    _BATCH = 10_000

    def __init__(self, folder: Path) -> None:
        import pyarrow
        import pyarrow.parquet

        folder.mkdir(parents=True, exist_ok=True)
        kinds = {"text": "string", "integer": "int64", "number": "float64", "boolean": "bool"}
        self.pyarrow = pyarrow
        self.schemas = {
            sheet: pyarrow.schema([(c.column, pyarrow.type_for_alias(kinds[c.type])) for c in found])
            for sheet, found in columns().items()
        }
        self.writers = {s: pyarrow.parquet.ParquetWriter(folder / f"{s}.parquet", m) for s, m in self.schemas.items()}
        self.rows: dict[str, list[list[Any]]] = {sheet: [] for sheet in columns()}

    def add(self, sheet: str, cells: list[Any]) -> None:
        self.rows[sheet].append(cells)
        if len(self.rows[sheet]) == self._BATCH:
            self._flush(sheet)

    def _flush(self, sheet: str) -> None:
        schema, found = self.schemas[sheet], self.rows[sheet]
        arrays = [self.pyarrow.array([row[i] for row in found], field.type) for i, field in enumerate(schema)]
        self.writers[sheet].write_table(self.pyarrow.Table.from_arrays(arrays, schema=schema))
        found.clear()

    def close(self) -> None:
        for sheet, writer in self.writers.items():
            self._flush(sheet)
            writer.close()


class _Xlsx(_Writer):
    _ROWS, _LENGTH = 1_048_576, 32_767  # what a sheet and a cell hold

    def __init__(self, path: Path) -> None:
        from datetime import datetime

        import xlsxwriter

        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = xlsxwriter.Workbook(str(path), options)
        self.book.set_properties({"created": datetime(2000, 1, 1)})  # the same bytes at any time
        self.sheets: dict[str, list[Any]] = {sheet: [] for sheet in columns()}
        self.used = dict.fromkeys(columns(), self._ROWS)
        for sheet in columns():
            self._open(sheet)

    def _open(self, sheet: str) -> None:
        """Begin a sheet, or the next one when the last is full."""
        found = self.sheets[sheet]
        found.append(self.book.add_worksheet(sheet if not found else f"{sheet} {len(found) + 1}"))
        found[-1].freeze_panes(1, 0)
        found[-1].write_row(0, 0, [c.column for c in columns()[sheet]])
        self.used[sheet] = 1

    def add(self, sheet: str, cells: list[Any]) -> None:
        if self.used[sheet] == self._ROWS:
            self._open(sheet)
        target, row = self.sheets[sheet][-1], self.used[sheet]
        for number, cell in enumerate(cells):
            if isinstance(cell, str):
                target.write_string(row, number, cell[: self._LENGTH])
            elif cell is not None:
                target.write(row, number, cell)
        self.used[sheet] += 1

    def close(self) -> None:
        self.book.close()


FORMATS: Mapping[str, type[_Csv] | type[_Parquet] | type[_Xlsx]] = {"csv": _Csv, "parquet": _Parquet, "xlsx": _Xlsx}


def write(store: Store, format: str, path: Path, base: str = terms.BASE) -> None:
    """Write the tables into a folder (csv, parquet) or a file (xlsx). base: the namespace of IRIs.

    Raise InputError if the package that a format needs is not installed.
    """
    try:
        writer = FORMATS[format](path)
    except ImportError as error:
        raise InputError(f"{format} needs the package {error.name}: pip install 'kg-fazhi[tables]'") from None
    for sheet, cells in rows(store):
        writer.add(sheet, [_under(base, cell) for cell in cells] if base != terms.BASE else cells)
    writer.close()


def _under(base: str, cell: Any) -> Any:
    return base + cell[len(terms.BASE) :] if isinstance(cell, str) and cell.startswith(terms.BASE) else cell
