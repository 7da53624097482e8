"""Where each node goes when time runs from left to right: a block of columns a year.

In: the nodes, which of them are drawn, and for each the places of the reports that lead to it. Out: x and y, set on the
nodes, and where each year is written. The reports of a year stand together; what one year has is below them, what
several have above, between them. Whole numbers from square roots alone, as in layout.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from math import ceil, sqrt
from typing import TYPE_CHECKING

from kg.page.layout import Taken

if TYPE_CHECKING:
    from kg.page.model import Node

_WIDTH, _HEIGHT, _BETWEEN = 190, 84, 150  # of a node with its name; between years
_UNKNOWN = 9999  # the year of a report that says none: last


def place(nodes: Sequence[Node], shown: Sequence[int], owners: Sequence[Sequence[int]]) -> list[tuple[str, int, int]]:
    """Set x and y of the nodes that are shown; return what to write above each year, and where."""
    reports = [i for i in shown if nodes[i].kind == "Report"]
    year = {i: min(nodes[i].years, default=_UNKNOWN) for i in reports}
    years = sorted(set(year.values()))
    middle: dict[int, float] = {}  # of each year's block
    left, above = 0, []
    for each in years:
        block = sorted((i for i in reports if year[i] == each), key=lambda i: (nodes[i].short, nodes[i].iri))
        own = [i for i in shown if i not in year and {year.get(o) for o in owners[i]} == {each}]
        own = [] if len(years) == 1 and len(own) < 2 else own
        across = max(1, ceil(sqrt(max(len(block), len(own)) / 2.5)))
        narrow = min(across, len(block))
        rows = _grid(nodes, block, left + (across - narrow) * _WIDTH // 2, 0, narrow)
        _grid(nodes, sorted(own, key=lambda i: (nodes[i].kind, -nodes[i].weight, i)), left, rows + 1, across)
        middle[each] = left + (across - 1) * _WIDTH / 2
        left += across * _WIDTH + _BETWEEN
        above += own
    rest = [i for i in shown if i not in year and i not in set(above)]
    _above(nodes, rest, owners, year, middle)
    return [("" if y == _UNKNOWN else str(y), round(middle[y]), -_HEIGHT * 3 // 2) for y in years]


def _grid(nodes: Sequence[Node], some: Sequence[int], left: int, first: int, across: int) -> int:
    """Put nodes into rows of `across` from row `first` on; return the number of the row below them."""
    for n, i in enumerate(some):
        nodes[i].x, nodes[i].y = left + n % across * _WIDTH, (first + n // across) * _HEIGHT
        nodes[i].side = "below"
    return first + ceil(len(some) / across)


def _above(
    nodes: Sequence[Node],
    some: Sequence[int],
    owners: Sequence[Sequence[int]],
    year: dict[int, int],
    middle: dict[int, float],
) -> None:
    """Put what several years have above the middle of its years, what most have lowest and first."""
    taken = Taken()
    for i in sorted(some, key=lambda i: (-nodes[i].reports, i)):
        of = sorted({year[o] for o in owners[i] if o in year}) or list(middle)
        x = sum(middle[each] for each in of) / max(1, len(of))
        for at_x, y in _upwards(round(x)):
            if taken.free(at_x, y, _WIDTH, _HEIGHT):
                nodes[i].x, nodes[i].y, nodes[i].side = at_x, y, "below"
                taken.take(at_x, y, _WIDTH, _HEIGHT)
                break


def _upwards(x: int) -> Iterator[tuple[int, int]]:
    """Yield places above the columns, the nearest to the middle of the lowest row first."""
    for far in count():
        for row in range(far + 1):
            yield from ((x + side * (far - row) * _WIDTH // 2, -(3 + row) * _HEIGHT) for side in (1, -1))
