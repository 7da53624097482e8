"""Where each node goes when only the ties between them count: the tied near each other, groups apart, names legible.

In: nodes, pulls (two places and how strongly they are tied), and the groups. Out: x and y, set on the nodes. networkx
computes the layout (ForceAtlas2, from a circle on which each group stands together); then names are given room.

The circle is wide (_START) and the steps are small (_JITTER), since ForceAtlas2 is chaotic otherwise: what differs by
1e-15 in the beginning, as the last bit may from machine to machine, then differs by half the picture in the end; so by
less than 1e-7 of it, of which whole numbers leave no trace.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import TYPE_CHECKING

import networkx as nx

from kg.page.layout import Taken, ems

if TYPE_CHECKING:
    from kg.page.model import Node

_LETTER, _LINE = 20, 30  # pixels: room for a name under its node
_NAMED, _PASSES = 160, 4  # of so many at most all have room for their names, found in so many passes
_JITTER, _START = 0.2, 8  # of ForceAtlas2: how far nodes may swing, and the circle's radius by the root of their number
_ROUNDS, _LEAST, _EFFORT = 600, 60, 24_000_000  # rounds at most and at least, and pairs that are looked at in all
_WIDE = 0.6  # how far from the middle nodes are, by the root of their number
_STRETCH = 1.4
_UNIT = 150  # of the picture, for one of the springs'
_SCREEN = 850, 620  # pixels that the picture has on a laptop


def place(
    nodes: Sequence[Node],
    pulls: Sequence[tuple[int, int, float]],
    groups: Sequence[Sequence[int]],
    names: Sequence[int],
) -> None:
    """Set x and y of all nodes. groups: by the numbers that `names` gives the nodes."""
    at = {name: n for n, name in enumerate(names)}
    points = _points(len(nodes), pulls, [[at[name] for name in group if name in at] for group in groups])
    grow = _grown(points)
    for node in nodes:
        node.size = round(node.size * grow)
    unit = 1.0
    for _ in range(_PASSES if len(nodes) <= _NAMED else 1):
        _settle(nodes, points, unit)
        wide, high = (
            (max(axis) - min(axis) for axis in zip(*((n.x, n.y) for n in nodes), strict=True)) if nodes else (0, 0)
        )
        unit = max(1.0, (wide + 100) / _SCREEN[0], (high + 60) / _SCREEN[1])


def _points(
    number: int, pulls: Sequence[tuple[int, int, float]], groups: Sequence[Sequence[int]]
) -> list[tuple[float, float]]:
    """Return where networkx puts the nodes, about the middle."""
    around = list(dict.fromkeys([*(i for group in groups for i in group), *range(number)]))
    strongest = max((weight for _, _, weight in pulls), default=1) or 1
    graph = nx.Graph()
    graph.add_nodes_from(around)
    graph.add_weighted_edges_from((a, b, 0.3 + weight / strongest) for a, b, weight in pulls)
    circle = nx.circular_layout(graph, scale=_START * sqrt(number))
    found = nx.forceatlas2_layout(
        graph,
        # Rounded, since sines may differ in their last bit from machine to machine.
        {i: spot.round(6) for i, spot in circle.items()},
        max_iter=max(_LEAST, min(_ROUNDS, _EFFORT // max(1, number**2))),
        jitter_tolerance=_JITTER,
        gravity=0.1,
        strong_gravity=True,  # so that groups without a tie do not fly apart
        weight="weight",
    )
    spots = [[float(each) for each in found[i]] for i in range(number)]
    mean = [sum(axis) / number for axis in zip(*spots, strict=True)] or [0.0, 0.0]
    far = sqrt(sum((x - mean[0]) ** 2 + (y - mean[1]) ** 2 for x, y in spots) / max(1, number)) or 1.0
    scale = _WIDE * sqrt(number) / far
    return [(round((x - mean[0]) * scale, 6), round((y - mean[1]) * scale, 6)) for x, y in spots]


def _settle(nodes: Sequence[Node], points: Sequence[Sequence[float]], unit: float) -> None:
    """Set x and y of the nodes, the largest first, so that none has another in its room. unit: of a pixel."""
    taken = Taken()
    for i in sorted(range(len(nodes)), key=lambda i: (-nodes[i].size, i)):
        node = nodes[i]
        width = round(max(2 * node.size + 24, _LETTER * unit * min(14, ems(node.short))))
        height = 2 * node.size + round(_LINE * unit)
        x, y = points[i][0] * _UNIT * _STRETCH, points[i][1] * _UNIT
        node.x, node.y = taken.put(x, y, width, height, round(_LINE * unit) // 2)
        node.side = "below"


def _grown(points: Sequence[Sequence[float]]) -> float:
    """Return by how much nodes may grow to be seen in a picture that is seen from far away."""
    wide, high = (_UNIT * (max(axis) - min(axis)) for axis in zip(*points, strict=True)) if points else (0.0, 0.0)
    return min(1.8, max(1.0, _STRETCH * wide / _SCREEN[0] / 1.4, high / _SCREEN[1] / 1.4))
