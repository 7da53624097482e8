"""Mentions -> triples, as lines of N-Quads: one named graph a report, and one of what the reports share.

In: a Document and its Extraction. Out: lines, the same bytes wherever they are made. No blank nodes, no time.
Few triples: what follows from others, or is so unless something else is said (done, exact, of the district), is left
out, and the ontology says so. A new kind of fact is a function in facts.py; its terms are in terms.py and the ontology.
"""

from kg import terms
from kg.graph.facts import add_facts
from kg.graph.quads import Graph, literal
from kg.graph.reference import reference_graph
from kg.model import Document, Extraction

__all__ = ["Graph", "literal", "reference_graph", "report_graph"]


def report_graph(document: Document, found: Extraction) -> Graph:
    """Return the graph of one report: the report, its headings and sentences, and every fact with its evidence."""
    graph = Graph(terms.report(document.sha256))
    _report(graph, document, found)
    add_facts(graph, document, found)
    return graph


def _report(graph: Graph, document: Document, found: Extraction) -> None:
    head, report = found.header, graph.name
    name = " ".join(
        filter(None, [head.district or head.issuer or document.name, str(head.year or ""), "法治政府建设年度报告"])
    )
    graph.a(report, "Report")
    graph.say(report, "label", name, "@zh")
    graph.say(report, "fileName", document.name)
    graph.say(report, "title", head.title, "@zh")
    graph.say(report, "year", head.year)
    graph.say(report, "published", head.published, f"{terms.XSD}date")
    graph.say(report, "script", document.script)
    graph.say(report, "sha256", document.sha256)
    graph.say(report, "characterCount", len(document.text))
    place = None
    if head.district:
        place = terms.district(head.district_code, head.parent_code, head.district)
        graph.link(report, "district", place)
        graph.refers.places |= {code for code in (head.district_code, head.parent_code) if code}
        if not head.district_code:
            above = terms.district(head.parent_code, None, "") if head.parent_code else None
            graph.describe(place, "District", [("label", head.district, "@zh")], [("containedIn", above)])
    if head.issuer:
        unit = terms.unit(head.issuer, head.district_path)
        graph.link(report, "reportingUnit", unit)
        graph.describe(unit, "ReportingUnit", [("label", head.issuer, "@zh")], [("governs", place)])
