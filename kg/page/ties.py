"""Lines that no triple draws: between things of one class that share things of others, and the groups that these make.

In: the joins of a view, and its plan (`tie: District by Initiative LegalInstrument`). Out: Ties. How alike two are is
what both have, of all that either has (Jaccard); of what reports cite, in how many they stand together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations

import networkx as nx

from kg.page.model import Join, Link
from kg.page.plan import Plan

#: Of each node this many of the strongest lines are drawn.
KEPT = 5
#: Things that more of the tied share than this tell none of them apart, and would make a line between all.
MOST = 400


class Ties:
    """The ties of a picture; without any, all that is asked of them is empty."""

    def __init__(self, graph: nx.Graph, shared: Mapping[tuple[str, str], list[str]], word: str) -> None:
        self._graph, self._shared, self._word = graph, shared, word
        strongest: defaultdict[str, list[tuple[float, str, str]]] = defaultdict(list)
        for a, b, data in graph.edges(data=True):
            for end in (a, b):
                strongest[end].append((-data["weight"], *sorted((a, b))))
        kept = {(a, b) for lines in strongest.values() for _, a, b in sorted(lines)[:KEPT]}
        self._kept = sorted(kept)
        self._degrees = Counter(end for pair in kept for end in pair)

    def strength(self, iri: str) -> float:
        """Return the sum of a node's ties, rounded: what tells the more connected."""
        return round(self._graph.degree(iri, weight="weight"), 6) if iri in self._graph else 0

    def degree(self, iri: str) -> float:
        """Return how many ties a node has, for its size."""
        return self._degrees[iri] / 1.5

    def links(self, at: Mapping[str, int]) -> list[Link]:
        """Return the ties that are drawn. at: the place of each node that the page knows."""
        found = []
        for a, b in self._kept:
            if a in at and b in at:
                shared = [at[iri] for iri in self._shared[a, b] if iri in at]
                share = round(self._graph[a][b]["alike"], 4)
                first, second = sorted((at[a], at[b]))
                found.append(Link(first, second, self._word, shared=shared, share=share))
        return sorted(found, key=lambda link: (link.a, link.b))

    def communities(self, at: Mapping[str, int]) -> list[list[int]]:
        """Return the groups that are more tied to each other than to the rest, the largest first, by networkx."""
        if not self._graph:
            return []
        numbers = {iri: n for n, iri in enumerate(sorted(self._graph))}
        graph = nx.Graph()
        graph.add_nodes_from(range(len(numbers)))
        pairs = sorted((*sorted((numbers[a], numbers[b])), w) for a, b, w in self._graph.edges(data="weight"))
        graph.add_weighted_edges_from(pairs)
        names = sorted(numbers)
        groups = [sorted(at[names[n]] for n in group if names[n] in at) for group in _grouped(graph)]
        return sorted((group for group in groups if group), key=lambda group: (-len(group), group))


def _grouped(graph: nx.Graph) -> Iterable[Iterable[int]]:
    return nx.community.louvain_communities(graph, weight="weight", seed=1) if graph.size() else [[n] for n in graph]


def find_ties(kind_of: Mapping[str, str], joins: Iterable[Join], plan: Plan) -> Ties:
    """Return the ties that a plan asks for."""
    both = nx.Graph()  # the tied on one side, what they may share on the other
    if plan.tied:
        both.add_nodes_from(iri for iri, kind in kind_of.items() if kind == plan.tied)
        both.add_edges_from(_memberships(kind_of, joins, plan))
    shared: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for thing in sorted(iri for iri in both if kind_of[iri] in plan.by):
        having = sorted(both[thing])
        for pair in combinations(having, 2) if len(having) <= MOST else ():
            shared[pair].append(thing)
    graph = nx.Graph()
    graph.add_nodes_from(sorted(iri for iri in both if kind_of[iri] == plan.tied))
    counted = "Report" in plan.by
    for a, b, alike in nx.jaccard_coefficient(both, sorted(shared)):
        graph.add_edge(a, b, weight=len(shared[a, b]) + alike if counted else alike, alike=alike)
    return Ties(graph, shared, "together" if counted else "alike")


def _memberships(kind_of: Mapping[str, str], joins: Iterable[Join], plan: Plan) -> Iterable[tuple[str, str]]:
    """Yield (one of the tied, what it has). A district has what its reports speak of."""
    tied: defaultdict[str, set[str]] = defaultdict(set)
    having: defaultdict[str, set[str]] = defaultdict(set)
    for join in joins:
        if kind_of[join.a] == "Report":
            if kind_of[join.b] == plan.tied:
                tied[join.a].add(join.b)
            if kind_of[join.b] in plan.by:
                having[join.a].add(join.b)
    for report in sorted(tied):
        things = {report} if "Report" in plan.by else having[report]
        yield from ((iri, thing) for iri in sorted(tied[report]) for thing in sorted(things))
