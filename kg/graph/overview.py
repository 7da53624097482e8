"""What a report is as a whole: who reports on which year and place, how much it says, what it cites, does and admits.

In: a Graph, a Document and its Extraction. Out: nothing; the Graph has the triples, all of the report itself. Most of
them follow from its facts (derived.py): questions over many reports read them here.
"""

from kg import terms
from kg.graph.derived import due, is_department, is_nameless, left_out, reporter
from kg.graph.quads import Graph
from kg.model import Document, Extraction, Header


def add_overview(graph: Graph, document: Document, found: Extraction) -> None:
    """Describe the report."""
    head, report = found.header, graph.name
    who = head.issuer if is_department(head) else head.district
    name = " ".join(filter(None, [who or head.issuer or document.name, str(head.year or ""), "法治政府建设年度报告"]))
    graph.a(report, "Report")
    graph.say(report, "label", name, "@zh")
    graph.say(report, "fileName", document.name)
    graph.say(report, "url", document.metadata.url, f"{terms.XSD}anyURI")
    graph.say(report, "title", head.title, "@zh")
    graph.say(report, "year", head.year)
    graph.say(report, "published", head.published, f"{terms.XSD}date")
    graph.say(report, "due", due(head), f"{terms.XSD}date")
    graph.say(report, "script", document.script)
    graph.say(report, "sha256", document.sha256)
    graph.say(report, "reporter", reporter(head))
    _body(graph, head)
    _amounts(graph, document, found)
    _contents(graph, found)
    _text(graph, document)


def _body(graph: Graph, head: Header) -> None:
    """Say which place and which body report."""
    report, place = graph.name, None
    if head.district:
        place = terms.district(head.district_code, head.parent_code, head.district)
        graph.link(report, "district", place)
        graph.refers.places |= {code for code in (head.district_code, head.parent_code) if code}
        if not head.district_code:
            above = terms.district(head.parent_code, None, "") if head.parent_code else None
            graph.describe(place, "District", [("label", head.district, "@zh")], [("containedIn", above)])
    if head.issuer:
        unit = terms.unit(head.issuer, (report,) if is_nameless(head) else head.district_path)
        graph.link(report, "reportingUnit", unit)
        graph.describe(unit, "ReportingUnit", [("label", head.issuer, "@zh")], [("governs", place)])


def _amounts(graph: Graph, document: Document, found: Extraction) -> None:
    figures = len(found.metrics) + len(found.denials)
    graph.say(graph.name, "characterCount", len(document.text))
    graph.say(graph.name, "figureCount", figures)
    graph.say(graph.name, "factCount", figures + len(found.instruments) + len(found.initiatives))


def _contents(graph: Graph, found: Extraction) -> None:
    """Say which required parts the report has, and which themes the problems have that it admits."""
    for role in sorted({section.role for section in found.sections} - {"other"}):
        graph.say(graph.name, "part", role)
    for theme in sorted({point.theme for point in found.points if point.kind == "problem" and point.theme}):
        graph.link(graph.name, "admits", terms.theme(theme))


def _text(graph: Graph, document: Document) -> None:
    """Give the text as received: on a resource of its own, since whoever asks for a report seldom wants it."""
    text = terms.full_text(graph.name)
    graph.link(graph.name, "fullText", text)
    graph.a(text, "FullText")
    graph.say(text, "content", document.source)
    graph.say(text, "leftOut", " ".join(f"{start}-{end}" for start, end in left_out(document)) or None)
