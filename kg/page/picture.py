"""The triples of a view -> a Picture: nodes, the links between them, and the facts behind each link.

In: triples in any order. Out: lists whose order depends on the triples alone; of more than `limit` nodes those are
drawn that most reports share, and the others are counted. A class to draw is a row of classes.csv.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from io import StringIO

import networkx as nx

from kg.page import layout
from kg.page.described import Described, Triple, local
from kg.page.evidence import FACTS, Evidence, Fact, Sentence

#: Terms whose values describe a node, in the order of the panel.
DETAILS = (
    "title reportingUnit year published documentNumber kind theme level code promulgated repealedOn script fileName"
).split()
#: Bytes that facts and their sentences may take, so that a page can still be sent by mail.
MOST_BYTES = 500_000


@dataclass(frozen=True, slots=True)
class Kind:
    """A class that is drawn: a row of classes.csv."""

    id: str
    zh: str
    en: str
    color: str
    shape: str


@dataclass(slots=True)
class Node:
    """Something drawn. reports: how many reports lead to it; weight: how many facts do; x, y, size: its place."""

    iri: str
    kind: str
    label: str
    label_en: str
    short: str
    aliases: list[str]
    details: list[tuple[str, str]]
    reports: int
    weight: int
    x: int = 0
    y: int = 0
    size: int = 0


@dataclass(slots=True)
class Link:
    """A line between two nodes, by their place in the list of nodes. more: how many of its facts were left off."""

    a: int
    b: int
    word: str
    facts: list[Fact] = field(default_factory=list)
    more: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """All that a page shows. left_out: how many nodes of each class the view holds that are not drawn."""

    nodes: list[Node]
    links: list[Link]
    sentences: list[Sentence]
    left_out: dict[str, int]


@dataclass(frozen=True, slots=True, order=True)
class _Join:
    """One reason for a link: a triple between two nodes, or a fact (then `fact` is its IRI, `start` its place)."""

    a: str
    b: str
    word: str
    start: int = 0
    fact: str = ""


@lru_cache(maxsize=1)
def kinds() -> Mapping[str, Kind]:
    """Return the classes that are drawn, by name, in the order of the legend."""
    rows = csv.DictReader(StringIO((resources.files("kg.page") / "classes.csv").read_text(encoding="utf-8")))
    return {r["class"]: Kind(r["class"], r["zh"], r["en"], r["color"], r["shape"]) for r in rows}


def shorten(label: str, longest: int = 14) -> str:
    """Cut a label to what fits in the picture, without the words that all laws or all reports share.

    >>> shorten("中华人民共和国行政处罚法"), shorten("城关镇 2023 法治政府建设年度报告")
    ('行政处罚法', '城关镇 2023')
    >>> shorten("《关于加强基层综合行政执法队伍建设的实施意见》")
    '关于加强基层综合行政执法队…'
    """
    bare = label.strip("《》“” ").removeprefix("中华人民共和国").removesuffix("法治政府建设年度报告").strip()
    label = bare or label
    return label if len(label) <= longest else label[: longest - 1] + "…"


def picture(triples: Iterable[Triple], limit: int = 500) -> Picture:
    """Make the picture of a view's triples, with every node in its place."""
    described = Described(triples)
    kind_of = {iri: kind for iri in described if (kind := described.kind(iri, kinds()))}
    joins = sorted(_joins(described, kind_of))
    reports = _reports(kind_of, joins)
    weights = Counter(end for join in joins if join.fact for end in (join.a, join.b))
    by_worth = sorted(kind_of, key=lambda n: (kind_of[n] != "Report", -len(reports[n]), -weights[n], n))
    drawn = sorted(by_worth[:limit], key=lambda n: (list(kinds()).index(kind_of[n]), n))
    nodes = [_node(described, iri, kind_of[iri], len(reports[iri]), weights[iri]) for iri in drawn]
    at = {iri: place for place, iri in enumerate(drawn)}
    links, sentences = _links(described, [join for join in joins if join.a in at and join.b in at], at)
    owners = [[at[report] for report in sorted(reports[iri]) if report in at] for iri in drawn]
    layout.place(nodes, owners)
    left_out = Counter(kind_of[iri] for iri in by_worth[limit:])
    return Picture(nodes, links, sentences, {kind: left_out[kind] for kind in kinds() if left_out[kind]})


def _joins(described: Described, kind_of: Mapping[str, str]) -> Iterable[_Join]:
    """Yield what ties two nodes together: a triple, or a fact that a report states of something."""
    for iri in described:
        if iri in kind_of:
            for word in described.names(iri):
                yield from (_Join(iri, value, word) for value in described.all(iri, word) if value in kind_of)
        elif fact := described.kind(iri, FACTS):
            report, about = described.first(iri, "report"), described.first(iri, FACTS[fact])
            if report in kind_of and about in kind_of:
                yield _Join(report, about, FACTS[fact], described.whole(iri, "start") or 0, iri)


def _reports(kind_of: Mapping[str, str], joins: Iterable[_Join]) -> dict[str, set[str]]:
    """Return for each node the reports that lead to it, a report to itself."""
    graph = nx.DiGraph((join.a, join.b) for join in joins)
    graph.add_nodes_from(kind_of)
    found: dict[str, set[str]] = {iri: set() for iri in kind_of}
    for report in (iri for iri, kind in kind_of.items() if kind == "Report"):
        for iri in (report, *nx.descendants(graph, report)):
            found[iri].add(report)
    return found


def _node(described: Described, iri: str, kind: str, reports: int, weight: int) -> Node:
    label = described.label(iri) or local(iri)
    return Node(
        iri=iri,
        kind=kind,
        label=label,
        label_en=described.label(iri, "en"),
        short=shorten(label),
        aliases=described.all(iri, "altLabel"),
        details=[(word, described.label(value) or value) for word in DETAILS for value in described.all(iri, word)],
        reports=reports,
        weight=weight,
    )


def _links(described: Described, joins: list[_Join], at: Mapping[str, int]) -> tuple[list[Link], list[Sentence]]:
    """Make the links with the facts that there is room for, the first of every link before the second of any."""
    links: dict[tuple[str, str, str], Link] = {}
    nth: dict[_Join, int] = {}
    for join in joins:
        link = links.setdefault((join.a, join.b, join.word), Link(at[join.a], at[join.b], join.word))
        if join.fact:
            nth[join], link.more = link.more, link.more + 1
    evidence, left, kept = Evidence(described), MOST_BYTES, set()
    for join in sorted(nth, key=lambda join: (nth[join], join.start, join)):
        left -= evidence.weigh(join.fact)
        if left >= 0:
            kept.add(join)
    for join in joins:
        if join in kept:
            link = links[join.a, join.b, join.word]
            link.facts.append(evidence.fact(join.fact))
            link.more -= 1
    return sorted(links.values(), key=lambda link: (link.a, link.b, link.word)), evidence.sentences
