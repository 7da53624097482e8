"""The graph that a build wrote, opened for work in Python: a Store whose methods are the questions.

    store = kg.open("output")
    store.ask("most-cited", kind="law").to_pandas()

In: an output folder. Out: Answers, and the graph as objects of other libraries.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.ask import ask, evidence, query, value
from kg.limits import Limited, QueryLimits
from kg.model import Answer, Evidence
from kg.store import Store, in_force, store_at
from kg.versions import InForce

if TYPE_CHECKING:
    import networkx
    import rdflib


class Opened(Store):
    """A Store of an output folder. Queries of your own run in a process of their own, within limits."""

    def __init__(self, place: InForce) -> None:
        super().__init__(store_at(place), place)
        self.place = place

    def ask(self, name: str, **values: str | int) -> Answer:
        """Answer a question of the catalogue. values: its parameters, as a user would type them (year=2023).

        Raises QueryError for an unknown question or parameter, and for a name that nothing or more than one thing has.
        """
        return ask(self, name, **values)

    def query(self, sparql: str, limits: QueryLimits | None = None) -> Answer:
        """Answer a SPARQL query (SELECT or ASK) within limits: 10 s, 100,000 rows (then `cut` is true), 2 GB.

        Raises QueryError if the query is broken, makes a graph, would leave the store, or exceeds a limit.
        """
        with Limited(self.place, limits) as source:
            return query(source, sparql)

    def evidence(self, facts: Iterable[str]) -> list[Evidence]:
        """Return where facts stand, by file and position. facts: their IRIs, as in Answer.evidence."""
        return evidence(self, facts)

    def to_rdflib(self) -> "rdflib.Dataset":
        """Return the whole graph as an rdflib Dataset, one named graph a report, queries over their union."""
        import rdflib

        return rdflib.Dataset(default_union=True).parse(data="".join(self.nquads()), format="nquads")

    def to_networkx(self) -> "networkx.MultiDiGraph[str]":
        """Return the whole graph for networkx: IRIs are nodes, links between them edges, keyed by what they say.

        A literal is an attribute of its node, of several the list; both are named as in the ontology (year, label).
        """
        import networkx

        found = networkx.MultiDiGraph()
        for quad in self.quads():
            subject, name = str(getattr(quad.subject, "value", "")), quad.predicate.value
            name = name.rpartition("#")[2].rpartition("/")[2]
            if isinstance(quad.object, ox.NamedNode):
                found.add_edge(subject, quad.object.value, key=name)
            elif isinstance(quad.object, ox.Literal):
                found.add_node(subject)
                values, said = found.nodes[subject], value(quad.object)
                had = values.get(name)
                values[name] = said if had is None else [*had, said] if isinstance(had, list) else [had, said]
        return found


def open(output: str | Path = "output") -> Opened:
    """Open the graph that a build wrote into a folder, for reading. Raises StoreError if it is missing or damaged."""
    return Opened(in_force(output))
