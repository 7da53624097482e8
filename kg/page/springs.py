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

from kg.page.room import SCREEN, STRETCH, settle

if TYPE_CHECKING:
    from kg.page.model import Node

_JITTER, _START = 0.2, 8  # of ForceAtlas2: how far nodes may swing, and the circle's radius by the root of their number
_ROUNDS, _LEAST, _EFFORT = 600, 60, 24_000_000  # rounds at most and at least, and pairs that are looked at in all
_WIDE = 0.6  # how far from the middle nodes are, by the root of their number
_GROWN = 1.4  # times a screen, from which on nodes grow
_UNIT = 150  # of the picture, for one of the springs'


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
    settle(nodes, [(x * _UNIT * STRETCH, y * _UNIT) for x, y in points])


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


def _grown(points: Sequence[Sequence[float]]) -> float:
    """Return by how much nodes may grow to be seen in a picture that is seen from far away."""
    wide, high = (_UNIT * (max(axis) - min(axis)) for axis in zip(*points, strict=True)) if points else (0.0, 0.0)
    return min(1.8, max(1.0, STRETCH * wide / SCREEN[0] / _GROWN, high / SCREEN[1] / _GROWN))
