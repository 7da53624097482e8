"""Where each node goes when only the ties between them count: the tied near each other, groups apart, names legible.

In: nodes, pulls (two places and how strongly they are tied), and the groups. Out: x and y, set on the nodes. Springs as
of Fruchterman and Reingold, from a start that the groups give; square roots and whole numbers at the end, so that every
machine draws the same picture.

Why not networkx's own: spring_layout and forceatlas2_layout need numpy, and spring_layout from 500 nodes on scipy, of
which kg needs neither; forceatlas2_layout takes 0.6, 1.7, 6.5 and 30 s of the processor for 300, 500, 1,000 and 2,000
nodes, this 0.6, 0.6, 1.8 and 8 s; and as they know of no names, the places would be packed anew in any case.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin, sqrt
from typing import TYPE_CHECKING

from kg.page.layout import Taken, ems

if TYPE_CHECKING:
    from kg.page.model import Node

_GOLDEN = pi * (3 - sqrt(5))
_LETTER, _LINE = 19, 30  # pixels: room for a name under its node
_NAMED, _PASSES = 160, 3  # of so many at most all have room for their names, found in so many passes
_EFFORT = 3_000_000  # pairs that are looked at in all
_LEAST = 8  # rounds, however many nodes there are
_STRETCH = 1.4
_UNIT = 150  # of the picture, for one of the springs'
_SCREEN = 850, 620  # pixels that the picture has on a laptop
_MIDDLE = 0.35  # how strongly all are drawn to the middle, so that groups without a tie do not fly apart


def place(
    nodes: Sequence[Node],
    pulls: Sequence[tuple[int, int, float]],
    groups: Sequence[Sequence[int]],
    names: Sequence[int],
) -> None:
    """Set x and y of all nodes. groups: by the numbers that `names` gives the nodes."""
    at = {name: n for n, name in enumerate(names)}
    points = _start(len(nodes), [[at[name] for name in group if name in at] for group in groups or [names]])
    rounds = max(_LEAST, min(120, _EFFORT // max(1, len(nodes) ** 2)))
    strongest = max((weight for _, _, weight in pulls), default=1) or 1
    for n in range(rounds):
        _step(points, [(a, b, 0.3 + weight / strongest) for a, b, weight in pulls], 1.6 * (1 - n / rounds) + 0.05)
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


def _start(number: int, groups: Sequence[Sequence[int]]) -> list[list[float]]:
    """Return a first place for each node: groups on a circle, the members of each on a spiral."""
    points = [[0.0, 0.0] for _ in range(number)]
    wide = sqrt(number) * 0.8 if len(groups) > 1 else 0.0
    for g, group in enumerate(groups):
        angle = 2 * pi * g / len(groups)
        for n, i in enumerate(group):
            turn, far = n * _GOLDEN, 0.7 * sqrt(n)
            # Rounded, since sines may differ in their last bit from machine to machine, and many steps follow.
            points[i] = [round(wide * f(angle) + far * f(turn), 6) for f in (cos, sin)]
    return points


def _step(points: list[list[float]], pulls: Sequence[tuple[int, int, float]], most: float) -> None:
    """Move each point by at most `most`: away from all, towards those that it is tied to, and to the middle."""
    moves = [[-_MIDDLE * x, -_MIDDLE * y] for x, y in points]
    for i, (x, y) in enumerate(points):
        move = moves[i]
        for j in range(i):
            dx, dy = x - points[j][0], y - points[j][1]
            push = 1 / (dx * dx + dy * dy + 0.01)
            move[0] += dx * push
            move[1] += dy * push
            moves[j][0] -= dx * push
            moves[j][1] -= dy * push
    for i, j, weight in pulls:
        dx, dy = points[i][0] - points[j][0], points[i][1] - points[j][1]
        pull = weight * sqrt(dx * dx + dy * dy) * 0.35
        moves[i][0], moves[i][1] = moves[i][0] - dx * pull, moves[i][1] - dy * pull
        moves[j][0], moves[j][1] = moves[j][0] + dx * pull, moves[j][1] + dy * pull
    for point, (dx, dy) in zip(points, moves, strict=True):
        far = sqrt(dx * dx + dy * dy)
        scale = min(1.0, most / far) if far else 0.0
        point[0], point[1] = point[0] + dx * scale, point[1] + dy * scale
