"""Colours that mean something other than the class: the year, the community, how grave a finding is.

In: nodes, the plan, the communities. Out: tones, and each node's place among them. The colours are rows of scales.csv.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from io import StringIO

from kg.page.model import Node, Tone
from kg.page.plan import Plan


@lru_cache(maxsize=1)
def scales() -> dict[str, dict[str, Tone]]:
    """Return the colours: {scale: {step: Tone}}."""
    found: dict[str, dict[str, Tone]] = {}
    for r in csv.DictReader(StringIO((resources.files("kg.page") / "scales.csv").read_text(encoding="utf-8"))):
        found.setdefault(r["scale"], {})[r["step"]] = Tone(r["zh"], r["en"], r["color"], r["dark"])
    return found


def paint(nodes: Sequence[Node], plan: Plan, communities: Sequence[Sequence[int]]) -> list[Tone]:
    """Set the nodes' tones by the plan; return the tones, in the order of the legend."""
    if plan.color == "year":
        return _years([node for node in nodes if node.kind == "Report" and node.years])
    if plan.color == "severity":
        return _severities([node for node in nodes if node.kind == "Finding"])
    return _communities(nodes, communities) if plan.color == "community" else []


def _years(reports: Sequence[Node]) -> list[Tone]:
    """Spread the years over the scale, so that later is darker whatever the years are."""
    years = sorted({node.years[0] for node in reports})
    scale = list(scales()["year"].values())
    for node in reports:
        node.tone = years.index(node.years[0])
    steps = [round(i * (len(scale) - 1) / max(1, len(years) - 1)) for i in range(len(years))]
    return [
        Tone(str(year), str(year), scale[step].color, scale[step].dark) for year, step in zip(years, steps, strict=True)
    ]


def _severities(findings: Sequence[Node]) -> list[Tone]:
    scale = scales()["severity"]
    of = [next((value for word, value, *_ in node.details if word == "severity"), "") for node in findings]
    used = [step for step in scale if step in of]
    for node, step in zip(findings, of, strict=True):
        node.tone = used.index(step) if step in used else -1
    return [scale[step] for step in used]


def _communities(nodes: Sequence[Node], communities: Sequence[Sequence[int]]) -> list[Tone]:
    """Name each community by its largest member; from the last colour on they share it."""
    scale = list(scales()["community"].values())
    tones: list[Tone] = []
    for members in communities:
        drawn = [nodes[i] for i in members if not nodes[i].off]
        if not drawn:
            continue
        first = max(drawn, key=lambda node: (node.size, -node.y, node.iri))
        tone = scale[min(len(tones), len(scale) - 1)]
        zh, en = first.short, first.label_en or first.short
        if len(drawn) > 1:  # the legend says how many
            zh, en = f"{zh}等", f"{en} and others"
        for node in drawn:
            node.tone = min(len(tones), len(scale) - 1)
        if len(tones) < len(scale):
            tones.append(Tone(zh, en, tone.color, tone.dark))
        elif len(tones) == len(scale):
            tones[-1] = Tone("其余各组", "the other groups", tone.color, tone.dark)
    return tones
