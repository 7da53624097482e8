"""Figures in the cells of a table whose head says their units or years: 类型 受理数(件) 成功数(件), 指标 2022年 2023年.

In: a text in which a tab parts two numbers of a row, and the table of units. Out: a Cell for each number of a row below
a head that has as many units, or as many years, as the row has numbers. What is counted is named by the row, and by the
head's cell where that has the unit. A table whose head says neither is left alone.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.extract.numerals import SCALES, Figure, number
from kg.extract.surroundings import Setting
from kg.model import Span
from kg.vocabulary import Vocabulary

_NUMBER = r"\d{1,12}(?:\.\d{1,4})?"
_ROW = re.compile(
    r"^[ ]*(?P<name>[^\d\t\n。,;:(]{2,20}?)[ ]?(?:\((?P<unit>[^()\d\n]{1,4})\))?[ \t]?"
    rf"(?P<cells>{_NUMBER}(?:\t{_NUMBER})+)[ ]*$",
    re.MULTILINE,
)
_UNIT = re.compile(r"(?P<name>[^\d\s()。,;:]{1,12})\((?P<unit>[^()\d\n]{1,4})\)")
_YEAR = re.compile(r"(20\d\d)年度?")
_CAPTION = re.compile(r"[^\n]*[:表]\n\Z")
#: The row that sums up those above it.
SUM = re.compile("总计|合计|共计|小计")


class Cell(NamedTuple):
    """A number of a table: the setting of its figure, and its year if the head says one.

    column: where its head stands, which tells it from all other columns of the text.
    """

    setting: Setting
    year: int | None
    column: int


class _Head(NamedTuple):
    """A cell of a table's head: where it stands, the unit or the year that it says."""

    span: Span
    unit: str | None
    year: int | None


def find(text: str, tables: Vocabulary) -> Iterator[Cell]:
    """Yield the figures of a text's tables, in its order."""
    end, begin, heads = -1, 0, list[_Head]()
    for row in _ROW.finditer(text) if "\t" in text else ():
        if row.start() != end + 1:  # the first row of a table
            head = text.rfind("\n", 0, max(row.start() - 1, 0)) + 1
            heads = _heads(text, head, row.start())
            caption = _CAPTION.search(text, text.rfind("\n", 0, max(head - 1, 0)) + 1, head)
            begin = caption.start() if caption else head
        end = row.end()
        numbers = list(re.finditer(_NUMBER, row["cells"]))
        if len(numbers) == len(heads):
            for cell, head_cell in zip(numbers, heads, strict=True):
                unit = head_cell.unit or row["unit"]
                figure = _figure(row.start("cells") + cell.start(), cell[0], unit, tables)
                if figure:
                    setting = _setting(text, row, head_cell, figure)._replace(sentence=Span(begin, row.end()))
                    yield Cell(setting, head_cell.year, head_cell.span.start)


def _heads(text: str, start: int, end: int) -> list[_Head]:
    """Return the cells of a head that say the unit, else those that say the year; none if it says both or neither."""
    line = text[start:end]
    units = [_Head(Span(start + m.start("name"), start + m.end("name")), m["unit"], None) for m in _UNIT.finditer(line)]
    years = [_Head(Span(start + m.start(), start + m.end()), None, int(m[1])) for m in _YEAR.finditer(line)]
    return [] if units and years else units or years


def _figure(start: int, digits: str, unit: str | None, tables: Vocabulary) -> Figure | None:
    """Return the figure of a cell; None if nothing says its unit."""
    scale = next((s for s in ("亿", "万") if unit and unit.startswith(s)), "")
    unit = unit.removeprefix(scale) if unit else None
    if unit is None or (unit != "%" and unit not in tables.units):
        return None
    value = number(digits, SCALES[scale])
    return Figure(start, start + len(digits), value, None, unit, "exact", "cell")


def _setting(text: str, row: re.Match[str], head: _Head, figure: Figure) -> Setting:
    """Return where the noun of a cell stands: in the row's name, and in the head that says the unit."""
    line, name = Span(row.start(), row.end()), Span(*row.span("name"))
    own = Span(line.start, figure.end)
    if head.year:
        return Setting(figure, own, line, line, (name,), "", row["name"], False)
    noun = row["name"] + text[head.span.start : head.span.end]
    return Setting(figure, own, line, line, (name, head.span), "", noun, False, head.span)
