"""Mentions -> triples, as lines of N-Quads: one named graph a report, and one of what the reports share.

In: a Document and its Extraction. Out: lines, the same bytes wherever they are made. No blank nodes, no time.
Few triples: what follows from others, or is so unless something else is said (done, exact, of the district), is left
out, and the ontology says so. A new kind of fact is a function in facts.py; its terms are in terms/ and the ontology.
"""

from kg import terms
from kg.graph.facts import add_facts
from kg.graph.overview import add_overview
from kg.graph.quads import Graph, literal
from kg.graph.reference import reference_graph
from kg.model import Document, Extraction

__all__ = ["Graph", "literal", "reference_graph", "report_graph"]


def report_graph(document: Document, found: Extraction) -> Graph:
    """Return the graph of one report: the report, its headings and sentences, and every fact with its evidence."""
    graph = Graph(terms.report(document.sha256))
    add_overview(graph, document, found)
    add_facts(graph, document, found)
    return graph
