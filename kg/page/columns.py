"""Where each node goes when time runs from left to right: a block of columns a year.

In: the nodes, which of them are drawn, and for each the places of the reports that lead to it. Out: x and y, set on the
nodes, and where each year is written. The reports of a year stand together; what one year has is below them, what
several have above, what most have lowest, each row from the first years to the last. networkx computes both parts
(multipartite_layout), which are then drawn out to the shape of a screen, with room for names.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import TYPE_CHECKING, TypeVar

import networkx as nx

from kg.page.room import SCREEN

if TYPE_CHECKING:
    from kg.page.model import Node

_PIXEL = 2  # of the picture, for a pixel of a laptop's screen
_COLUMN, _BETWEEN = (84, 190), 16  # pixels: of a column, at least and at most; between years
_ROW, _LINE = (15, 56), 18  # pixels: of a row of a year, at least and at most; of a name under its node
_MANY = 48  # of so much that several years have each has its name beside it, else under it
_UNDER, _BESIDE = (104, 34), (138, 19)  # pixels: of such a thing, its width and height
_LARGE = 11  # pixels: a node, from its middle
_CAPTION = 64  # pixels: the years, and the names above and below them
_Columns = list[list[int | None]]  # what stands in each column of a year; None: a place left free
_Key = TypeVar("_Key", bound=Hashable)
_UNKNOWN = 9999  # the year of a report that says none: last


@dataclass(frozen=True, slots=True)
class _Block:
    """What stands in a year's columns: its reports, and below them what it alone has."""

    reports: list[int]
    own: list[int]

    def across(self, tall: float) -> int:
        """Return how many nodes stand side by side in a block that is so many times as tall as wide."""
        return max(1, ceil(sqrt(max(len(self.reports), len(self.own)) / tall)))

    def columns(self, tall: float) -> _Columns:
        """Return what stands in each column, a place left free between the reports and what is below."""
        across = self.across(tall)
        rows = ceil(len(self.reports) / across)
        first = (across - len(self.reports)) // 2 if rows == 1 else 0  # few stand in the middle
        some = [*[None] * first, *self.reports]
        reports = [[*some[n::across], *[None] * rows][:rows] for n in range(across)]
        return [[*column, *([None] if self.own else []), *self.own[n::across]] for n, column in enumerate(reports)]


def place(nodes: Sequence[Node], shown: Sequence[int], owners: Sequence[Sequence[int]]) -> list[tuple[str, int, int]]:
    """Set x and y of the nodes that are shown, and let them grow; return what to write above each year, and where."""
    year = {i: min(nodes[i].years, default=_UNKNOWN) for i in shown if nodes[i].kind == "Report"}
    blocks = {each: _block(nodes, shown, owners, year, each) for each in sorted(set(year.values()))}
    placed = {i for block in blocks.values() for i in (*block.reports, *block.own)}
    above = _above(nodes, [i for i in shown if i not in placed], owners, year)
    columns, wide = _columns(list(blocks.values()))
    rows = max((len(column) for block in columns for column in block), default=1)
    left = SCREEN[1] - _CAPTION - _cell(sum(map(len, above)))[1] * len(above)
    high = min(_ROW[1], max(_ROW[0], left // rows))
    middles = _below(nodes, columns, wide, high)
    _spread(nodes, above, (min(middles, default=0) + max(middles, default=0)) / 2)
    return [("" if y == _UNKNOWN else str(y), x, -_CAPTION // 2 * _PIXEL) for y, x in zip(blocks, middles, strict=True)]


def _block(
    nodes: Sequence[Node], shown: Sequence[int], owners: Sequence[Sequence[int]], year: Mapping[int, int], each: int
) -> _Block:
    """Return what stands in the columns of a year."""
    reports = sorted((i for i in year if year[i] == each), key=lambda i: (nodes[i].short, nodes[i].iri))
    own = [i for i in shown if i not in year and {year.get(o) for o in owners[i]} == {each}]
    own = [] if set(year.values()) == {each} and len(own) < 2 else own
    return _Block(reports, sorted(own, key=lambda i: (nodes[i].kind, -nodes[i].weight, i)))


def _above(
    nodes: Sequence[Node], some: Sequence[int], owners: Sequence[Sequence[int]], year: Mapping[int, int]
) -> list[list[int]]:
    """Return the rows of what several years have, the lowest first: by how many reports do, and in a row by when."""

    def when(i: int) -> float:
        of = [year[o] for o in owners[i] if o in year]
        return sum(of) / max(1, len(of))

    most = sorted(some, key=lambda i: (-nodes[i].reports, i))
    across = SCREEN[0] // _cell(len(most))[0]
    return [sorted(most[n : n + across], key=lambda i: (when(i), i)) for n in range(0, len(most), across)]


def _columns(blocks: Sequence[_Block]) -> tuple[list[_Columns], int]:
    """Return the columns of each block, so few that a screen holds them if it can, and how wide each is in pixels."""
    tall, room = 2.5, SCREEN[0] - _BETWEEN * len(blocks)
    while True:
        number = sum(block.across(tall) for block in blocks)
        if number * _COLUMN[0] <= room or number == len(blocks):
            wide = min(_COLUMN[1], max(_COLUMN[0], room // max(1, number)))
            return [block.columns(tall) for block in blocks], wide
        tall *= 1.5


def _cell(number: int) -> tuple[int, int]:
    """Return width and height of each of so many things that several years have."""
    return _UNDER if number < _MANY else _BESIDE


def _below(nodes: Sequence[Node], blocks: Sequence[_Columns], wide: int, high: int) -> list[int]:
    """Set x and y of what stands in the columns of years; return the middle of each year's reports."""
    columns = [(n, column) for n, block in enumerate(blocks) for column in block]
    rows = max((len(column) for _, column in columns), default=0)
    found = _layout({c: [(c, row) for row in range(rows)] for c in range(len(columns))}, "vertical")
    first: dict[int, list[float]] = {}
    for (c, row), (x, y) in found.items():
        n, column = columns[c]
        i = column[row] if row < len(column) else None
        if i is not None:
            across = (x + (len(columns) - 1) / 2) * wide + n * _BETWEEN
            _put(nodes[i], across, (y + (rows - 1) / 2) * high, high >= 2 * _LINE, wide, high)
            first.setdefault(n, []).extend([across] * (row == 0))
    return [round(sum(some) / len(some)) * _PIXEL for some in first.values()]


def _spread(nodes: Sequence[Node], above: Sequence[Sequence[int]], middle: float) -> None:
    """Set x and y of what several years have, in rows about the middle."""
    found = _layout(dict(enumerate(above)), "horizontal")
    lowest, cell = min((y for _, y in found.values()), default=0), _cell(len(found))
    for i, (x, y) in found.items():
        _put(nodes[i], middle / _PIXEL + x * cell[0], -_CAPTION - (y - lowest + 0.5) * cell[1], cell is _UNDER, *cell)


def _put(node: Node, x: float, y: float, under: bool, wide: int, high: int) -> None:
    """Set the place, in pixels, of a node whose cell is so wide and high, and let it grow. under: its name is."""
    node.side = "below" if under else "right"
    node.x, node.y = round(x if under else x - wide / 2 + 12) * _PIXEL, round(y) * _PIXEL
    most = min(_LARGE, (high - _LINE) / 2 if under else 0.42 * high)
    node.size = round(max(3, min(node.size, most)) * _PIXEL)


def _layout(parts: Mapping[int, Sequence[_Key]], align: str) -> dict[_Key, tuple[float, float]]:
    """Return where networkx puts the nodes of parts, each one from the next."""
    graph = nx.Graph()
    graph.add_nodes_from(node for part in parts.values() for node in part)
    most = max([len(parts), *map(len, parts.values())])
    found = nx.multipartite_layout(graph, parts, align, scale=max(1, most - 1) / 2)
    return {node: (round(float(x), 5), round(float(y), 5)) for node, (x, y) in found.items()}
