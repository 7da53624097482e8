"""Where each node goes: reports on an oval, what one report alone leads to fanned out behind it, the shared between.

In: the nodes, and for each the places of the reports that lead to it. Out: x, y and size, set on the nodes.
networkx computes where reports and fans go (shell_layout; multipartite_layout for many reports); they are drawn out to
the shape of a screen, what several reports lead to wants to be in their middle, and names are given room. networkx's
sines may differ in their last bit from machine to machine; of that, rounded, the whole numbers have no trace.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import atan2, ceil, cos, gcd, hypot, pi, sin, sqrt
from typing import TYPE_CHECKING

import networkx as nx

from kg.page.room import SCREEN, STRETCH, Taken, ems, settle

if TYPE_CHECKING:
    from kg.page.model import Node

_LETTER, _LINE = 31, 40  # room for a character of a shared node's label, which stands under it
_MANY = 100  # shared nodes from which on their names cannot all be shown at once
_NAMED, _FAR = 50, 2.8  # of so many, these have room for their names, and by so much more, as they are seen from afar
_FLANKS = 24  # from so many reports on they stand in two columns, each on a line of its own
_PIXELS = 13.5  # of a character of a shared node's label
_NAME = 16, 26  # pixels: width of a character of a report's name, and its height
_Fan = tuple[int, int, int, float]  # radius of the first ring, from ring to ring, from node to node, the arc
#: Behind a report alone, among some others, and in a flank, where fans open to the side.
_ALONE, _AMONG, _FLANK = (170, 64, 104, 2 * pi), (92, 27, 28, 7 * pi / 6), (64, 24, 26, pi * 0.7)


def size(most: float, weight: int) -> int:
    """Return the size of a node that `most` of what sizes stand for lead to, and that `weight` facts are about.

    >>> size(0, 1), size(4, 9)
    (7, 21)
    """
    return round(6 + 5 * sqrt(max(0, most))) + min(5, weight)


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
    if len(reports) == 1:
        settle(nodes, [(node.x, node.y) for node in nodes])
    else:
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
    radius = 120 + sqrt(sum(width * height for width, height in boxes) * air / (pi * STRETCH))
    seats, crowded = _seats(len(reports)), True
    while crowded:
        radius *= 1.04
        for report, (x, y, side) in zip(reports, seats, strict=True):
            nodes[report].x, nodes[report].y, nodes[report].side = round(STRETCH * radius * x), round(radius * y), side
        crowded = any(
            hypot(nodes[a].x - nodes[b].x, nodes[a].y - nodes[b].y) < reach[a] + reach[b]
            for a, b in zip(reports, reports[1:] + reports[:1], strict=True)
        )
    return min(1.8, max(1.0, radius / 650))


def _named(nodes: Sequence[Node], shared: Sequence[int]) -> set[int]:
    """Return the shared nodes whose names have room: all, or of many those that most reports lead to."""
    most = sorted(shared, key=lambda i: (-nodes[i].reports, -nodes[i].weight, i))
    return set(most if len(shared) <= _MANY else most[:_NAMED])


def _seats(number: int) -> list[tuple[float, float, str]]:
    """Return where reports sit, from -1 to 1, clockwise, and where their names go.

    Many sit in two columns, so that each name has a line of its own and none meets another.
    """
    graph = nx.empty_graph(number)
    if number < _FLANKS:
        found = nx.shell_layout(graph, [list(graph)], rotate=-pi / 2 if number > 2 else pi)
        return [(x, y, _side(x, y)) for x, y in _rounded(found, number)]
    half = ceil(number / 2)
    found = nx.multipartite_layout(graph, {"left": range(number - 1, half - 1, -1), "right": range(half)})
    return [(1.0, y, "left") if x > 0 else (-1.0, y, "right") for x, y in _rounded(found, number)]


def _rounded(found: Mapping[int, Sequence[float]], number: int) -> list[tuple[float, float]]:
    return [(round(float(x), 5), round(float(y), 5)) for x, y in (found[i] for i in range(number))]


def _side(x: float, y: float) -> str:
    """Return where the name of a report goes: towards the middle, since its own nodes are behind it."""
    if abs(y) > 0.6:
        return "above" if y > 0 else "below"
    return "right" if x < 0 else "left"


def _fan(report: Node, own: list[Node], fan: _Fan) -> None:
    """Set a report's own nodes on shells round it, class by class, which are folded to the arc behind it."""
    _, step, _, arc = fan
    first, rings = _rings(len(own), fan)
    skip = next(k for k in range(round(0.618 * rings), 0, -1) if gcd(k, rings) == 1) if rings > 1 else 0
    shells = [range(ring, len(own), rings) for ring in range(rings)]
    turn = 2 * pi / max(1, len(own))
    found = nx.shell_layout(nx.empty_graph(len(own)), [(), *shells], rotate=turn)
    alone = fan is _ALONE
    middle = atan2(0 if fan is _FLANK else report.y, report.x)
    for i, (node, (x, y)) in enumerate(zip(own, _rounded(found, len(own)), strict=True)):
        node.size += 3 if alone else 0
        first = max(first, report.size + node.size + 4)
        angle = middle + arc * (((atan2(y, x) - 1.5 * turn) / (2 * pi)) % 1 - 0.5)
        radius = first + step * (i * skip % rings)
        node.x = report.x + round(radius * cos(angle) * (STRETCH if alone else 1))
        node.y = report.y + round(radius * sin(angle))


def _middle(
    nodes: Sequence[Node], reports: list[int], shared: list[int], owners: Sequence[Sequence[int]], grow: float
) -> None:
    """Put each shared node at the free place nearest to the middle of its reports, the most shared first."""
    taken = Taken()
    for report in reports:
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
    return (max((n.y for n in nodes), default=0) - min((n.y for n in nodes), default=0) + 60) / SCREEN[1]


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
