"""Columns and rows as text: for the terminal, for a spreadsheet, for a machine, for a page of notes.

In: an Answer. Out: text, with everything that came from a report made harmless where it is shown. A table for people
(terminal, Markdown, spreadsheet) has Chinese headings, and then Chinese words for codes (以上 for at_least) and for yes
and no; CSV and JSON have the names of the columns, and the codes of the graph.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from kg.errors import InputError
from kg.model import Answer, Value

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
#: What a spreadsheet takes for the beginning of a formula.
FORMULA = re.compile(r"[=+\-@\t\r]")


def plain(value: Value) -> str:
    """Return a cell as one line of printable text.

    >>> plain("a\\x1b[31mb\\nc"), plain(3.0), plain(None)
    ('a?[31mb c', '3', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    return _CONTROL.sub("?", str(value).replace("\n", " "))


def harmless(value: Value) -> str:
    """Return a cell for CSV; text that a spreadsheet would run as a formula gets a ' in front.

    >>> harmless("=1+1"), harmless(-1)
    ("'=1+1", '-1')
    """
    cell = plain(value)
    return f"'{cell}" if isinstance(value, str) and FORMULA.match(cell) else cell


def in_words(answer: Answer) -> Answer:
    """Return an answer that has headings with Chinese words in place of codes; any other as it is.

    >>> in_words(Answer(("bound", "late"), (("at_least, 2023-01/2023-06", True),), headings=("精度", "逾期"))).rows
    (('以上, 2023-01/2023-06', '是'),)
    """
    if not answer.headings:
        return answer
    told = [codes().get(column, {}) for column in answer.columns]

    def word(value: Value, words: Mapping[str, str]) -> Value:
        if isinstance(value, bool):
            return "是" if value else "否"
        return ", ".join(words.get(part, part) for part in value.split(", ")) if isinstance(value, str) else value

    rows = tuple(tuple(word(value, words) for value, words in zip(row, told, strict=True)) for row in answer.rows)
    return replace(answer, rows=rows)


@lru_cache(maxsize=1)
def codes() -> Mapping[str, Mapping[str, str]]:
    """Return the words for the codes that columns of answers hold: {column: {code: word}}."""
    from kg.data import table  # here, since `kg --help` needs no tables

    groups: dict[str, dict[str, str]] = {}
    for group, code, zh in table("codes.csv", "group code zh", lambda c: (c["group"], c["code"], c["zh"])):
        groups.setdefault(group, {})[code] = zh
    found: dict[str, dict[str, str]] = {}
    for column, group, code, zh in table(
        "answer_codes.csv", "column group code zh", lambda c: (c["column"], c["group"], c["code"], c["zh"])
    ):
        found.setdefault(column, {}).update(groups[group] if group else {code: zh})
    return found


def as_csv(answer: Answer) -> str:
    """Return RFC 4180 CSV with a header; a text cell that a spreadsheet would run as a formula gets a ' in front."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(answer.columns)
    for row in answer.rows:
        writer.writerow([harmless(value) for value in row])
    return out.getvalue()


def as_json(answer: Answer) -> str:
    """Return a JSON list of objects, one a row, keyed by column."""
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def as_markdown(answer: Answer) -> str:
    """Return a Markdown table; marks that Markdown or HTML would act on are escaped."""

    def cell(value: Value) -> str:
        return re.sub(r"([\\|*_`\[\]<>&])", r"\\\1", plain(value))

    head = [cell(h) for h in answer.headings or answer.columns]
    lines = [head, ["---"] * len(head), *([cell(v) for v in row] for row in in_words(answer).rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def as_table(answer: Answer, width: int | None = None) -> str:
    """Return a table for the terminal, aligned with wide characters. width: columns of the terminal; None: no limit."""
    from rich.cells import cell_len

    head = [plain(heading) for heading in answer.headings or answer.columns]
    rows = [[plain(value) for value in row] for row in in_words(answer).rows]
    wide = [max(map(cell_len, column)) for column in zip(head, *rows, strict=True)]
    right = [
        bool(rows) and all(isinstance(row[i], int | float) for row in answer.rows) for i in range(len(answer.columns))
    ]
    if width and sum(wide) + 3 * len(wide) > width:
        return _folded(head, rows, right, width)

    def line(cells: Sequence[str]) -> str:
        blanks = [" " * (size - cell_len(cell)) for cell, size in zip(cells, wide, strict=True)]
        padded = [b + c if r else c + b for c, b, r in zip(cells, blanks, right, strict=True)]
        return (" " + "   ".join(padded)).rstrip() + "\n"

    return line(head) + " " + "─" * (sum(wide) + 3 * len(wide) - 3) + "\n" + "".join(map(line, rows))


def _folded(head: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool], width: int) -> str:
    """Return a table whose long cells are folded, so that it fits a terminal."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading, numbers in zip(head, right, strict=True):
        table.add_column(Text(heading), justify="right" if numbers else "left", overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    out = io.StringIO()
    Console(file=out, width=width, color_system=None, highlight=False).print(table)
    lines = (line.rstrip() for line in out.getvalue().splitlines())
    return "".join(f"{line}\n" for line in lines if line)


def as_xlsx(answer: Answer) -> bytes:
    """Return an Excel workbook with one sheet: headings, then rows; text stays text, numbers are numbers.

    Needs xlsxwriter (pip install kg-fazhi[tables]); raises InputError without it.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise InputError("xlsx needs xlsxwriter; install it: pip install 'kg-fazhi[tables]'") from None
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})  # the same bytes at any time
        sheet = book.add_worksheet("answer")
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, answer.headings or answer.columns, book.add_format({"bold": True}))
        for number, row in enumerate(in_words(answer).rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, column, plain(value)[:32_767])
                elif value is not None:
                    sheet.write(number, column, value)
    return out.getvalue()


FORMATS: Mapping[str, Callable[[Answer], str]] = {
    "table": as_table,
    "csv": as_csv,
    "json": as_json,
    "markdown": as_markdown,
}
