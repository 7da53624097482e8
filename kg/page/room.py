"""Room in a picture: which boxes are taken, and the free place that is nearest to where something wants to be.

networkx says where nodes want to be; here they are kept apart, with room for their names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, count, product
from math import cos, pi, sin, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.page.model import Node

_Box = tuple[int, int, int, int]
_GOLDEN = pi * (3 - sqrt(5))
_NEAR = 150  # what wants to be as near as this to each other is looked for from where the last was found
_STEP = 18  # from one place that is tried to the next, at least; more for what is larger
_CELL = 800  # wider than any box, so that only neighbouring cells can hold what meets it
_LETTER, _LINE = 20, 30  # pixels: room for a name under its node
_NAMED, _PASSES = 160, 4  # of so many at most all have room for their names, found in so many passes
_SEEN = 5  # pixels: a node, from its middle, at least
SCREEN = 850, 620  # pixels that the picture has on a laptop
STRETCH = 1.3  # an oval fills a screen better than a circle


class Taken:
    """The boxes that are taken, in cells, so that a free place is found without comparing with all."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[_Box]] = {}
        self._last: list[_Box] = []  # what was met last is most likely to be met next
        self._full: dict[tuple[int, int, int], int] = {}  # how far round a place the search went that found room last

    def free(self, x: int, y: int, width: int, height: int) -> bool:
        """Say whether a box round (x, y) meets none that is taken."""
        for box in chain(self._last, self._near(x // _CELL, y // _CELL)):
            if 2 * abs(x - box[0]) < width + box[2] and 2 * abs(y - box[1]) < height + box[3]:
                self._last = [box]
                return False
        return True

    def _near(self, column: int, row: int) -> Iterator[_Box]:
        for cell in product((column, column - 1, column + 1), (row, row - 1, row + 1)):
            yield from self._cells.get(cell, ())

    def put(self, x: float, y: float, width: int, height: int, below: int = 0) -> tuple[int, int]:
        """Return the free place nearest to (x, y) for a box whose middle is so far below it, and take it."""
        step = max(_STEP, height // 4)
        around = (round(x) // _NEAR, round(y) // _NEAR, step)
        for i in count(self._full.get(around, 0)):
            at = _spiral(x, y, i, step)
            if self.free(at[0], at[1] + below, width, height):
                self._full[around] = i * 3 // 4  # what comes next is as large or smaller: a gap may be left for it
                self.take(at[0], at[1] + below, width, height)
                return at
        raise AssertionError("a plane has room")

    def take(self, x: int, y: int, width: int, height: int) -> None:
        """Mark the box round (x, y) as taken."""
        self._cells.setdefault((x // _CELL, y // _CELL), []).append((x, y, width, height))


def ems(text: str) -> float:
    """Return how wide a text is, of the width of a Chinese character."""
    return sum(1.0 if c > "\u2e80" else 0.56 for c in text)


def _spiral(x: float, y: float, i: int, step: int) -> tuple[int, int]:
    """Return the i-th of points around (x, y), ever farther out, about a step apart."""
    far = step * sqrt(i)
    return round(x + far * STRETCH * cos(i * _GOLDEN)), round(y + far * sin(i * _GOLDEN))


def settle(nodes: Sequence[Node], points: Sequence[tuple[float, float]]) -> None:
    """Set x and y of the nodes to the places nearest to these where none has another, or its name, in its room."""
    unit = 1.0  # of the picture, for a pixel
    sizes, least = [node.size for node in nodes], min((node.size for node in nodes), default=1) or 1
    for _ in range(_PASSES if len(nodes) <= _NAMED else 1):
        for node, size in zip(nodes, sizes, strict=True):  # the smallest can be seen, and the larger are larger
            node.size = max(size, round(_SEEN * unit * sqrt(size / least)))
        _settle(nodes, points, unit)
        wide, high = (
            (max(axis) - min(axis) for axis in zip(*((n.x, n.y) for n in nodes), strict=True)) if nodes else (0, 0)
        )
        unit = max(1.0, (wide + 100) / SCREEN[0], (high + 60) / SCREEN[1])


def _settle(nodes: Sequence[Node], points: Sequence[tuple[float, float]], unit: float) -> None:
    """Do so once, the largest first. unit: of the picture, for a pixel."""
    taken = Taken()
    for i in sorted(range(len(nodes)), key=lambda i: (-nodes[i].size, i)):
        node = nodes[i]
        width = round(max(2 * node.size + 24, _LETTER * unit * min(14, ems(node.short))))
        height = 2 * node.size + round(_LINE * unit)
        node.x, node.y = taken.put(*points[i], width, height, round(_LINE * unit) // 2)
        node.side = "below"
