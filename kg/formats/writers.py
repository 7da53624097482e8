"""Writers of tables: CSV, Parquet, XLSX. A new one is a class here and its line in FORMATS.

In: the columns of each sheet, and rows in any order of sheets. Out: a folder of files, or one file.
"""

import csv
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.table import FORMULA, plain


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet. type: text, integer, number or boolean; path: terms from the fact to the value."""

    sheet: str
    column: str
    type: str
    path: str
    zh: str
    en: str


Sheets = Mapping[str, Sequence[Column]]


class _Writer(ABC):
    """Takes rows in any order of sheets, and closes them all."""

    @abstractmethod
    def add(self, sheet: str, cells: list[Any]) -> None:
        """Write a row."""

    @abstractmethod
    def close(self) -> None:
        """Finish all sheets."""


class _Csv(_Writer):
    def __init__(self, folder: Path, sheets: Sheets) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.files = {s: (folder / f"{s}.csv").open("w", encoding="utf-8-sig", newline="") for s in sheets}
        self.writers = {sheet: csv.writer(file, lineterminator="\r\n") for sheet, file in self.files.items()}
        for sheet, writer in self.writers.items():
            writer.writerow([c.column for c in sheets[sheet]])

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

    def __init__(self, folder: Path, sheets: Sheets) -> None:
        import pyarrow
        import pyarrow.parquet

        folder.mkdir(parents=True, exist_ok=True)
        kinds = {"text": "string", "integer": "int64", "number": "float64", "boolean": "bool"}
        self.pyarrow = pyarrow
        self.schemas = {
            sheet: pyarrow.schema([(c.column, pyarrow.type_for_alias(kinds[c.type])) for c in found])
            for sheet, found in sheets.items()
        }
        self.writers = {s: pyarrow.parquet.ParquetWriter(folder / f"{s}.parquet", m) for s, m in self.schemas.items()}
        self.rows: dict[str, list[list[Any]]] = {sheet: [] for sheet in sheets}

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

    def __init__(self, path: Path, sheets: Sheets) -> None:
        from datetime import datetime

        import xlsxwriter

        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = xlsxwriter.Workbook(str(path), options)
        self.book.set_properties({"created": datetime(2000, 1, 1)})  # the same bytes at any time
        self.bold, self.columns = self.book.add_format({"bold": True}), sheets
        self.sheets: dict[str, list[Any]] = {sheet: [] for sheet in sheets}
        self.used = dict.fromkeys(sheets, self._ROWS)
        for sheet in sheets:
            self._open(sheet)

    def _open(self, sheet: str) -> None:
        """Begin a sheet, or the next one when the last is full: its head stays in sight, and filters rows."""
        found, columns = self.sheets[sheet], self.columns[sheet]
        found.append(self.book.add_worksheet(sheet if not found else f"{sheet} {len(found) + 1}"))
        found[-1].freeze_panes(1, 0)
        for number, column in enumerate(columns):
            found[-1].set_column(number, number, _width(column))
        found[-1].write_row(0, 0, [c.column for c in columns], self.bold)
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
        for sheet, found in self.sheets.items():
            for number, each in enumerate(found, 1):
                last = (self.used[sheet] if number == len(found) else self._ROWS) - 1
                each.autofilter(0, 0, last, len(self.columns[sheet]) - 1)
        self.book.close()


def _width(column: Column) -> int:
    """Return how wide a column is, in characters: texts of a sentence or two are cut by the next column."""
    if column.type != "text":
        return max(10, len(column.column) + 3)
    long = {"sentence": 60, "quote": 24, "title": 50, "zh": 50, "en": 50, "district_path": 30}
    return long.get(column.column, max(14, len(column.column) + 3))


FORMATS: Mapping[str, type[_Csv] | type[_Parquet] | type[_Xlsx]] = {"csv": _Csv, "parquet": _Parquet, "xlsx": _Xlsx}
