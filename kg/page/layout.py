"""Where each node goes: reports on an oval, what one report alone leads to fanned out behind it, the shared between.

In: the nodes, and for each the places of the reports that lead to it. Out: x, y and size, set on the nodes.
Whole numbers from sines and square roots alone, so that every machine draws the same picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, count, product
from math import atan2, ceil, cos, gcd, hypot, pi, sin, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.page.model import Node

_Box = tuple[int, int, int, int]
_GOLDEN = pi * (3 - sqrt(5))
_NEAR = 150  # what wants to be as near as this to each other is looked for from where the last was found
_STEP = 18  # from one place that is tried to the next, at least; more for what is larger
_CELL = 800  # wider than any box, so that only neighbouring cells can hold what meets it
_LETTER, _LINE = 31, 40  # room for a character of a shared node's label, which stands under it
_MANY = 100  # shared nodes from which on their names cannot all be shown at once
_NAMED, _FAR = 24, 2.8  # of so many, these have room for their names, and by so much more, as they are seen from afar
_STRETCH = 1.3  # an oval fills a screen better than a circle
_SCREEN = 640  # pixels that a picture has from top to bottom on a laptop
_FLANKS, _NARROW = 24, 0.5  # from so many reports on they stand in two flanks, which at the ends are so near, of all
_PIXELS = 13.5  # of a character of a shared node's label
_NAME = 16, 26  # pixels: width of a character of a report's name, and its height
_Fan = tuple[int, int, int, float]  # radius of the first ring, from ring to ring, from node to node, the arc
#: Behind a report alone, among some others, and in a flank, where fans open to the side.
_ALONE, _AMONG, _FLANK = (170, 64, 104, 2 * pi), (92, 27, 28, 7 * pi / 6), (64, 24, 26, pi * 0.7)


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


def size(most: float, weight: int) -> int:
    """Return the size of a node that `most` of what sizes stand for lead to, and that `weight` facts are about.

    >>> size(0, 1), size(4, 9)
    (7, 21)
    """
    return round(6 + 5 * sqrt(max(0, most))) + min(5, weight)


def _spiral(x: float, y: float, i: int, step: int) -> tuple[int, int]:
    """Return the i-th of points around (x, y), ever farther out, about a step apart."""
    far = step * sqrt(i)
    return round(x + far * _STRETCH * cos(i * _GOLDEN)), round(y + far * sin(i * _GOLDEN))


def place(nodes: Sequence[Node], owners: Sequence[Sequence[int]]) -> None:
    """Set x and y of every node, and the size of reports. owners: for each, the reports that lead to it."""
    reports = sorted((i for i in range(len(nodes)) if owners[i] == [i]), key=lambda i: (nodes[i].short, nodes[i].iri))
    own: dict[int, list[int]] = {report: [] for report in reports}
    shared: list[int] = []
    for i, node in enumerate(nodes):
        if i in own:
            node.size = 30
        else:
            (own[owners[i][0]] if len(owners[i]) == 1 else shared).append(i)
    fan = _ALONE if len(reports) == 1 else _AMONG if len(reports) < _FLANKS else _FLANK
    grow = _ring(nodes, reports, own, shared, fan) if len(reports) > 1 else 1.0
    for node in nodes:
        node.size = round(node.size * grow)
    for report in reports:
        _fan(nodes[report], [nodes[i] for i in own[report]], fan)
    _middle(nodes, reports, shared, owners, grow)


def _rings(number: int, fan: _Fan) -> tuple[int, int]:
    """Return the radius of the first ring, and how many rings it takes."""
    first, _, along, arc = fan
    first = min(first, 70 + 2 * number) if fan is _AMONG else first
    return first, max(1, ceil(number * along / (arc * first)))


def _box(node: Node, named: bool, grow: float = 1.0) -> tuple[int, int]:
    """Return width and height of a shared node, with room for its label or with less."""
    wide = min(12, ems(node.short)) if named else 2
    return max(2 * node.size + 28, round((_LETTER * wide + 24) * grow)), 2 * node.size + round(_LINE * grow)


def _ring(nodes: Sequence[Node], reports: list[int], own: dict[int, list[int]], shared: list[int], fan: _Fan) -> float:
    """Put the reports on an oval that leaves room for their fans and, inside, for what they share.

    Returns by how much nodes may grow to be seen in it: the wider the oval, the farther away a reader stands.
    """
    reach = {}
    for report in reports:
        first, rings = _rings(len(own[report]), fan)
        reach[report] = first + fan[1] * rings if own[report] else 75
    named = _named(nodes, shared)
    far = _FAR if len(shared) > _MANY else 1.0
    boxes = [_box(nodes[i], i in named, far if i in named else 1.0) for i in shared]
    air = 1.9 if fan is _FLANK else 1.25
    radius = 120 + sqrt(sum(width * height for width, height in boxes) * air / (pi * _STRETCH))
    crowded = True
    while crowded:
        radius *= 1.04
        for i, report in enumerate(reports):
            x, y, nodes[report].side = _seat(i, len(reports))
            nodes[report].x, nodes[report].y = round(_STRETCH * radius * x), round(radius * y)
        crowded = any(
            hypot(nodes[a].x - nodes[b].x, nodes[a].y - nodes[b].y) < reach[a] + reach[b]
            for a, b in zip(reports, reports[1:] + reports[:1], strict=True)
        )
    return min(1.8, max(1.0, radius / 650))


def _named(nodes: Sequence[Node], shared: Sequence[int]) -> set[int]:
    """Return the shared nodes whose names have room: all, or of many those that most reports lead to."""
    most = sorted(shared, key=lambda i: (-nodes[i].reports, -nodes[i].weight, i))
    return set(most if len(shared) <= _MANY else most[:_NAMED])


def _seat(i: int, number: int) -> tuple[float, float, str]:
    """Return the place of a report on a circle of radius 1, and where its name goes.

    Of many, each has a line of its own to the right or the left, so that no name meets another.
    """
    if number < _FLANKS:
        angle = 2 * pi * i / number - (pi / 2 if number > 2 else pi)
        return cos(angle), sin(angle), _side(cos(angle), sin(angle))
    half = ceil(number / 2)
    right, line = i < half, i if i < half else number - 1 - i
    y = 2 * line / (half - 1) - 1
    x = _NARROW + (1 - _NARROW) * sqrt(max(0.0, 1 - y * y))
    return (x, y, "left") if right else (-x, y, "right")


def _side(x: float, y: float) -> str:
    """Return where the name of a report goes: towards the middle, since its own nodes are behind it."""
    if abs(y) > 0.6:
        return "above" if y > 0 else "below"
    return "right" if x < 0 else "left"


def _fan(report: Node, own: list[Node], fan: _Fan) -> None:
    """Set a report's own nodes on rings behind it (all round, if it is alone), class by class."""
    _, step, _, arc = fan
    first, rings = _rings(len(own), fan)
    alone = fan is _ALONE
    skip = next(k for k in range(round(0.618 * rings), 0, -1) if gcd(k, rings) == 1) if rings > 1 else 0
    middle = atan2(0 if fan is _FLANK else report.y, report.x)
    for i, node in enumerate(own):
        node.size += 3 if alone else 0
        first = max(first, report.size + node.size + 4)
        angle = middle + arc * ((i + 0.5) / len(own) - 0.5)
        radius = first + step * (i * skip % rings)
        node.x = report.x + round(radius * cos(angle) * (1.3 if alone else 1))
        node.y = report.y + round(radius * sin(angle))


def _middle(
    nodes: Sequence[Node], reports: list[int], shared: list[int], owners: Sequence[Sequence[int]], grow: float
) -> None:
    """Put each shared node at the free place nearest to the middle of its reports, the most shared first."""
    taken = Taken()
    for report in reports if len(reports) > 1 else ():
        _take_name(taken, nodes[report], nodes)
    for i in set(range(len(nodes))) - set(shared):
        room = 150 if i in reports else 30
        taken.take(nodes[i].x, nodes[i].y, room, room)
    inward = 0.72 if len(reports) < _FLANKS else 0.45  # before a flank stand its names
    named, far = _named(nodes, shared), max(grow, _unit(nodes) / _LETTER * _PIXELS)
    for i in sorted(shared, key=lambda i: (-nodes[i].reports, i)):
        among = [nodes[report] for report in owners[i]] or [nodes[i]]
        x, y = (sum(axis) / len(among) for axis in zip(*((n.x * inward, n.y * 0.72) for n in among), strict=True))
        width, height = _box(nodes[i], i in named, far if i in named else grow)
        below = height // 2 - nodes[i].size
        nodes[i].x, nodes[i].y = taken.put(x, y, width, height, below)


def _unit(nodes: Sequence[Node]) -> float:
    """Return how much of the picture a pixel is while all of it is seen."""
    return (max((n.y for n in nodes), default=0) - min((n.y for n in nodes), default=0) + 60) / _SCREEN


def _take_name(taken: Taken, report: Node, nodes: Sequence[Node]) -> None:
    """Keep the room free where a report's name stands as long as the whole picture is seen."""
    unit = 1.1 * _unit(nodes)
    width, height = (round(each * unit) for each in (_NAME[0] * len(report.short) * 0.8, _NAME[1]))
    x, y = {
        "above": (0, -report.size - height // 2),
        "below": (0, report.size + height // 2),
        "left": (-report.size - width // 2, 0),
        "right": (report.size + width // 2, 0),
    }[report.side]
    taken.take(report.x + x, report.y + y, width, height)
