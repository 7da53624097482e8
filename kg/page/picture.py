"""The triples of a view -> a Picture: nodes, the links between them, and the facts behind each link.

In: triples in any order, and the view's plan. Out: lists whose order depends on the triples alone; of more than `limit`
nodes those are drawn that most reports share, and the others are counted. A class to draw is a row of classes.csv.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from io import StringIO

import networkx as nx

from kg import terms
from kg.page import columns, layout, springs
from kg.page.described import Described, Triple, local
from kg.page.evidence import FACTS, Evidence, Sentence
from kg.page.model import Join, Kind, Link, Node, Tone
from kg.page.plan import Plan
from kg.page.ties import Ties, find_ties
from kg.page.tones import paint

#: Terms whose values describe a node, in the order of the panel.
DETAILS = (
    "title reportingUnit year published documentNumber kind theme level code promulgated effective repealedOn script"
    " fileName severity"
).split()
_YEAR = re.compile(r" \d{4}$")
_REPORT = 13  # the size of a report, at least
#: From so many nodes the shortest ways to all others are looked at; from more it would take its time.
_WAYS = 64
#: Bytes that the data of a page may take, so that it can still be sent by mail; and what a node and a line take of it,
#: about. Facts and their sentences have what is left, and something even where nothing is.
MOST_BYTES, NODE, LINE, FACTS_LEAST = 700_000, 320, 85, 165_000


@dataclass(frozen=True, slots=True)
class Picture:
    """All that a page shows.

    left_out: how many nodes of each class the view holds that are not in it. captions: texts, each with its place.
    """

    nodes: list[Node]
    links: list[Link]
    sentences: list[Sentence]
    left_out: dict[str, int]
    themes: dict[str, dict[str, str]] = field(default_factory=dict)
    tones: list[Tone] = field(default_factory=list)
    captions: list[tuple[str, int, int]] = field(default_factory=list)


@lru_cache(maxsize=1)
def kinds() -> Mapping[str, Kind]:
    """Return the classes that are drawn, by name, in the order of the legend."""
    rows = csv.DictReader(StringIO((resources.files("kg.page") / "classes.csv").read_text(encoding="utf-8")))
    return {r["class"]: Kind(r["class"], r["zh"], r["en"], r["color"], r["dark"], r["shape"]) for r in rows}


def shorten(label: str, longest: int = 14) -> str:
    """Cut a label to what fits in the picture, without the words that all laws or all reports share; a year stays.

    >>> shorten("中华人民共和国行政处罚法"), shorten("城关镇 2023 法治政府建设年度报告")
    ('行政处罚法', '城关镇 2023')
    >>> shorten("《关于加强基层综合行政执法队伍建设的实施意见》"), shorten("某某市综合行政执法监督管理局 2023")
    ('关于加强基层综合行政执法队…', '某某市综合行政执法监… 2023')
    """
    bare = label.strip("《》“” ").removeprefix("中华人民共和国").removesuffix("法治政府建设年度报告").strip()
    label = bare or label
    year = match[0] if (match := _YEAR.search(label)) else ""
    name, most = label.removesuffix(year), longest - 3 if year else longest  # five narrow characters are as three
    return label if len(name) <= most else f"{name[: most - 1]}…{year}"


def picture(triples: Iterable[Triple], limit: int = 500, plan: Plan | None = None) -> Picture:
    """Make the picture of a view's triples, with every node in its place."""
    plan = plan or Plan()
    described = Described(triples)
    kind_of = {iri: kind for iri in described if (kind := described.kind(iri, kinds()))}
    joins = _proven(sorted(_joins(described, kind_of)))
    reports = _reports(kind_of, joins)
    weights = Counter(end for join in joins if join.fact for end in (join.a, join.b))
    ties = find_ties(kind_of, joins, plan)
    stage = set(plan.stage or kinds())
    rank = {iri: (kind_of[iri] not in stage, *_worth(iri, kind_of, reports, weights, plan, ties)) for iri in kind_of}
    by_worth = sorted(kind_of, key=lambda iri: rank[iri])
    kept = _within(by_worth, kind_of, limit, plan)
    drawn = sorted(kept, key=lambda iri: (list(kinds()).index(kind_of[iri]), iri))
    years = {iri: sorted({y for r in reports[iri] if (y := described.whole(r, "year"))}) for iri in drawn}
    nodes = [
        _node(described, iri, kind_of[iri], len(reports[iri]), weights[iri], years[iri], kind_of[iri] not in stage)
        for iri in drawn
    ]
    at = {iri: place for place, iri in enumerate(drawn)}
    links, sentences = _links(described, [j for j in joins if j.a in at and j.b in at], at, tied := ties.links(at))
    links += tied
    owners = [[at[report] for report in sorted(reports[iri]) if report in at] for iri in drawn]
    captions = _place(nodes, links, owners, plan, ties, at)
    _between(nodes, links)
    tones = paint(nodes, plan, ties.communities(at))
    left_out = Counter(kind_of.values()) - Counter(kind_of[iri] for iri in kept)
    counted = {kind: left_out[kind] for kind in kinds() if left_out[kind]}
    return Picture(nodes, links, sentences, counted, _themes(described, kind_of), tones, captions)


def _worth(
    iri: str, kind_of: Mapping[str, str], reports: Mapping[str, set[str]], weights: Counter[str], plan: Plan, ties: Ties
) -> tuple[float | str, ...]:
    """Return what sorts the nodes that a picture cannot do without first."""
    if plan.tied:
        return (kind_of[iri] == "Report", -ties.strength(iri), -len(reports[iri]), -weights[iri], iri)
    kind = kind_of[iri]
    return (kind != "Finding", kind != "Report", -len(reports[iri]), -weights[iri], iri)


def _within(by_worth: list[str], kind_of: Mapping[str, str], limit: int, plan: Plan) -> list[str]:
    """Return the nodes that there is room for; where ties are drawn, with room for the reports that prove them."""
    if not plan.tied or len(by_worth) <= limit:
        return by_worth[:limit]
    parts = {True: limit * 2 // 5, False: limit * 3 // 10}  # of the tied, of reports; the rest for what they share
    kept = []
    for tied, most in parts.items():
        kept += [iri for iri in by_worth if kind_of[iri] == (plan.tied if tied else "Report")][:most]
    others = [iri for iri in by_worth if kind_of[iri] not in (plan.tied, "Report")]
    return kept + others[: limit - len(kept)]


def _place(
    nodes: list[Node], links: list[Link], owners: list[list[int]], plan: Plan, ties: Ties, at: Mapping[str, int]
) -> list[tuple[str, int, int]]:
    """Give the nodes on the stage their places and sizes; return the captions."""
    shown = [i for i, node in enumerate(nodes) if not node.off]
    place = {i: n for n, i in enumerate(shown)}
    for i in shown:
        node = nodes[i]
        most = {"reports": node.reports - 1, "facts": node.weight / 4, "ties": ties.degree(node.iri)}[plan.size]
        node.size = max(layout.size(most, node.weight), _REPORT if node.kind == "Report" else 0)
    if plan.layout == "springs":
        both = [link for link in links if link.a in place and link.b in place and (link.shared or not plan.tied)]
        pulls = [(place[link.a], place[link.b], link.share or 1.0) for link in both]
        springs.place([nodes[i] for i in shown], pulls, ties.communities(at), shown)
    elif plan.layout == "years":
        return columns.place(nodes, shown, owners)
    else:
        layout.place([nodes[i] for i in shown], [[place[o] for o in owners[i] if o in place] for i in shown])
    return []


def _between(nodes: list[Node], links: list[Link]) -> None:
    """Give the nodes on the stage their betweenness centrality: exact of few nodes, of many from _WAYS of them."""
    graph = nx.Graph()
    graph.add_nodes_from(i for i, node in enumerate(nodes) if not node.off)
    graph.add_edges_from((link.a, link.b) for link in links if link.a in graph and link.b in graph)
    found = nx.betweenness_centrality(graph, k=min(_WAYS, len(graph)), seed=1) if graph else {}
    for i, share in found.items():
        nodes[i].between = round(share, 4)


def _joins(described: Described, kind_of: Mapping[str, str]) -> Iterable[Join]:
    """Yield what ties two nodes together: a triple, or a fact that a report states of something."""
    for iri in described:
        if iri in kind_of:
            for word in described.names(iri):
                yield from (Join(iri, value, word) for value in described.all(iri, word) if value in kind_of)
        elif fact := described.kind(iri, FACTS):
            stated = described.first(iri, "about") or iri  # a finding stands where the fact does that it is about
            report, about = described.first(stated, "report") or stated, described.first(iri, FACTS[fact])
            if report in kind_of and about in kind_of:
                yield Join(report, about, FACTS[fact], (terms.span(stated) or (0,))[0], iri)


def _proven(joins: list[Join]) -> list[Join]:
    """Return the joins without triples that only say in short what a fact proves."""
    facts = {(join.a, join.b) for join in joins if join.fact}
    return [join for join in joins if join.fact or (join.a, join.b) not in facts]


def _reports(kind_of: Mapping[str, str], joins: Iterable[Join]) -> dict[str, set[str]]:
    """Return for each node the reports that lead to it, a report to itself."""
    after: defaultdict[str, list[str]] = defaultdict(list)
    for join in joins:
        after[join.a].append(join.b)
    graph = nx.DiGraph(after)
    found: dict[str, set[str]] = {iri: set() for iri in kind_of}
    for report in (iri for iri, kind in kind_of.items() if kind == "Report"):
        for iri in (report, *(nx.descendants(graph, report) if report in graph else ())):
            found[iri].add(report)
    return found


def _node(described: Described, iri: str, kind: str, reports: int, weight: int, years: list[int], off: bool) -> Node:
    label = described.label(iri) or local(iri)
    details = [
        (word, *dict.fromkeys([zh := described.label(value) or value, described.label(value, "en") or zh]))
        for word in DETAILS
        for value in described.all(iri, word)
        if described.label(value) or "://" not in value
    ]
    return Node(
        iri=iri,
        kind=kind,
        label=label,
        label_en=described.label(iri, "en"),
        short=shorten(label),
        aliases=described.all(iri, "altLabel"),
        details=details,
        reports=reports,
        weight=weight,
        years=years,
        theme=local(described.first(iri, "theme")),
        off=off,
    )


def _themes(described: Described, kind_of: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return the names of the themes that nodes have."""
    themes = sorted({theme for iri in kind_of for theme in described.all(iri, "theme")})
    names = {theme: described.label(theme) or local(theme) for theme in themes}
    return {local(t): {"zh": names[t], "en": described.label(t, "en") or names[t]} for t in themes}


def _links(
    described: Described, joins: list[Join], at: Mapping[str, int], tied: list[Link]
) -> tuple[list[Link], list[Sentence]]:
    """Make the links with the facts that the ties leave room for, the first of each before the second of any."""
    links: dict[tuple[str, str, str], Link] = {}
    nth: dict[Join, int] = {}
    for join in joins:
        link = links.setdefault((join.a, join.b, join.word), Link(at[join.a], at[join.b], join.word))
        if join.fact:
            nth[join], link.more = link.more, link.more + 1
    evidence, kept = Evidence(described), set()
    ties = sum(LINE + 8 * len(tie.shared) for tie in tied)
    left = max(FACTS_LEAST, MOST_BYTES - NODE * len(at) - LINE * len(links) - ties)
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
