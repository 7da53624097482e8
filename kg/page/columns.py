"""Where each node goes when time runs from left to right: a block of columns a year.

In: the nodes, which of them are drawn, and for each the places of the reports that lead to it. Out: x and y, set on the
nodes, and where each year is written. The reports of a year stand together; what one year has is below them, what
several have above, between them. Whole numbers from square roots alone, as in layout.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from math import ceil, sqrt
from typing import TYPE_CHECKING

from kg.page.layout import Taken

if TYPE_CHECKING:
    from kg.page.model import Node

_WIDTH, _BETWEEN = 190, 150  # of a node with its name; between years
_LOW, _HIGH = 84, 250  # of a node with its name: at least, and where the years are so many that there is room
_SHAPE = 1.4  # width of a screen's picture, of its height
_SCREEN = 850, 620  # pixels that the picture has on a laptop
_NAME = 32  # pixels: half a year's name, and a node's name
_LINE = 25  # pixels: a node's name, which is to stand between two rows
_UNKNOWN = 9999  # the year of a report that says none: last


@dataclass(frozen=True, slots=True)
class _Block:
    """What stands in a year's column: its reports, and below them what it alone has."""

    reports: list[int]
    own: list[int]

    def across(self, tall: float) -> int:
        """Return how many nodes stand side by side in a block that is so many times as tall as wide."""
        return max(1, ceil(sqrt(max(len(self.reports), len(self.own)) / tall)))

    def rows(self, tall: float) -> int:
        """Return how many rows the block then has, with one between reports and what is below."""
        across = self.across(tall)
        return ceil(len(self.reports) / across) + (1 + ceil(len(self.own) / across) if self.own else 0)


def place(nodes: Sequence[Node], shown: Sequence[int], owners: Sequence[Sequence[int]]) -> list[tuple[str, int, int]]:
    """Set x and y of the nodes that are shown, and let them grow; return what to write above each year, and where."""
    year = {i: min(nodes[i].years, default=_UNKNOWN) for i in shown if nodes[i].kind == "Report"}
    blocks = {each: _block(nodes, shown, owners, year, each) for each in sorted(set(year.values()))}
    placed = {i for block in blocks.values() for i in (*block.reports, *block.own)}
    rest = [i for i in shown if i not in placed]
    tall, height, unit = _proportions(list(blocks.values()), len(rest))
    middle: dict[int, float] = {}  # of each year's block
    left = 0
    for each, block in blocks.items():
        across = block.across(tall)
        narrow = min(across, len(block.reports))
        rows = _grid(nodes, block.reports, left + (across - narrow) * _WIDTH // 2, 0, narrow, height)
        _grid(nodes, block.own, left, rows + 1, across, height)
        middle[each] = left + (across - 1) * _WIDTH / 2
        left += across * _WIDTH + _BETWEEN
    above = -round(0.5 * height + _NAME * unit)  # the years, over the names of the first row of reports
    _above(nodes, rest, owners, year, middle, height, 2 * above)
    for i in shown:
        grown = nodes[i].size * min(2.2, max(1.0, unit / 1.5))
        # It must not reach into the next row, nor take the room of the names between the two, if they have any.
        nodes[i].size = round(min(grown, 0.42 * height, max(0.2 * height, (height - _LINE * unit) / 2)))
    return [("" if y == _UNKNOWN else str(y), round(middle[y]), above) for y in blocks]


def _block(
    nodes: Sequence[Node], shown: Sequence[int], owners: Sequence[Sequence[int]], year: dict[int, int], each: int
) -> _Block:
    """Return what stands in the column of a year."""
    reports = sorted((i for i in year if year[i] == each), key=lambda i: (nodes[i].short, nodes[i].iri))
    own = [i for i in shown if i not in year and {year.get(o) for o in owners[i]} == {each}]
    own = [] if set(year.values()) == {each} and len(own) < 2 else own
    return _Block(reports, sorted(own, key=lambda i: (nodes[i].kind, -nodes[i].weight, i)))


def _proportions(blocks: Sequence[_Block], above: int) -> tuple[float, int, float]:
    """Return how tall blocks are for their width, how high each row is, and of how many units a pixel then is."""
    tall = 2.5
    while True:
        wide = sum(block.across(tall) * _WIDTH + _BETWEEN for block in blocks)
        rows = max((block.rows(tall) for block in blocks), default=1) + 3 + ceil(sqrt(above / 4))
        if wide <= _SHAPE * rows * _LOW or all(block.across(tall) == 1 for block in blocks):
            height = min(_HIGH, max(_LOW, round(wide / _SHAPE / rows)))
            return tall, height, max(1.0, wide / _SCREEN[0], rows * height / _SCREEN[1])
        tall *= 1.5


def _grid(nodes: Sequence[Node], some: Sequence[int], left: int, first: int, across: int, height: int) -> int:
    """Put nodes into rows of `across` from row `first` on; return the number of the row below them."""
    for n, i in enumerate(some):
        nodes[i].x, nodes[i].y = left + n % across * _WIDTH, (first + n // across) * height
        nodes[i].side = "below"
    return first + ceil(len(some) / across)


def _above(
    nodes: Sequence[Node],
    some: Sequence[int],
    owners: Sequence[Sequence[int]],
    year: dict[int, int],
    middle: dict[int, float],
    height: int,
    first: int,
) -> None:
    """Put what several years have above the middle of its years, from row `first` up, what most have lowest."""
    taken = Taken()
    for i in sorted(some, key=lambda i: (-nodes[i].reports, i)):
        of = sorted({year[o] for o in owners[i] if o in year}) or list(middle)
        x = sum(middle[each] for each in of) / max(1, len(of))
        for at_x, y in _upwards(round(x), first, height):
            if taken.free(at_x, y, _WIDTH, height):
                nodes[i].x, nodes[i].y, nodes[i].side = at_x, y, "below"
                taken.take(at_x, y, _WIDTH, height)
                break


def _upwards(x: int, first: int, height: int) -> Iterator[tuple[int, int]]:
    """Yield places above the columns, the nearest to the middle of the lowest row first."""
    for far in count():
        for row in range(far + 1):
            yield from ((x + side * (far - row) * _WIDTH // 2, first - row * height) for side in (1, -1))
