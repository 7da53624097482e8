"""Mentions -> triples, as lines of N-Quads: one named graph a report, and one of what the reports share.

In: a Document and its Extraction. Out: sorted lines, the same bytes wherever they are made. No blank nodes, no time.
A new kind of fact adds a function here and its terms to terms.py and the ontology.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg import terms
from kg.model import Document, Extraction, Mention
from kg.terms import fz
from kg.text import sentences
from kg.vocabulary import Place, Vocabulary

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SPECIAL = re.compile('[\\\\"\x00-\x1f\x7f]')


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES.get(match.group()) or f"\\u{ord(match.group()):04X}"


def literal(value: str | int | float, kind: str = "") -> str:
    """Return a literal in N-Quads. kind: a language (@zh), or the IRI of a datatype; numbers know their own.

    >>> print(literal('他说"好"', "@zh"), literal(59.5))
    "他说\\"好\\""@zh "59.5"^^<http://www.w3.org/2001/XMLSchema#decimal>
    """
    if isinstance(value, int):
        return f'"{value}"^^<{terms.XSD}integer>'
    if isinstance(value, float):
        number = f"{value:.10f}".rstrip("0").rstrip(".")
        return f'"{number}"^^<{terms.XSD}decimal>'
    text = _SPECIAL.sub(_escape, value)
    return f'"{text}"{kind}' if kind.startswith("@") or not kind else f'"{text}"^^<{kind}>'


@dataclass
class Graph:
    """The lines of one named graph, and the shared things that they refer to."""

    name: str
    lines: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    laws: set[str] = field(default_factory=set)
    initiatives: set[str] = field(default_factory=set)

    def link(self, subject: str, predicate: str, target: str | None) -> None:
        """Add a triple whose object is an IRI; none for None."""
        if target is not None:
            self.lines.add(f"<{subject}> <{predicate}> <{target}> <{self.name}> .\n")

    def say(self, subject: str, predicate: str, value: str | int | float | None, kind: str = "") -> None:
        """Add a triple whose object is a literal; none for None."""
        if value is not None:
            self.lines.add(f"<{subject}> <{predicate}> {literal(value, kind)} <{self.name}> .\n")

    def nquads(self) -> bytes:
        """Return the graph as sorted N-Quads."""
        return "".join(sorted(self.lines)).encode("utf-8")


def report_graph(document: Document, found: Extraction) -> Graph:
    """Return the graph of one report: the report, its headings and sentences, and every fact with its evidence."""
    graph = Graph(terms.report(document.sha256))
    _report(graph, document, found)
    evidence = _Evidence(graph, document, found)
    for metric in found.metrics:
        fact = evidence.fact("observation", "Observation", metric)
        graph.link(fact, fz("metric"), terms.metric(metric.indicator))
        graph.say(fact, terms.LABEL, metric.name or None, "@zh")
        graph.say(fact, fz("value"), float(metric.value))
        graph.say(fact, fz("maxValue"), None if metric.value_max is None else float(metric.value_max))
        graph.say(fact, fz("unitText"), metric.unit)
        graph.say(fact, fz("bound"), metric.bound)
        graph.say(fact, fz("status"), metric.status)
        graph.say(fact, fz("period"), metric.period)
        if metric.change:
            graph.say(fact, fz("changeDirection"), metric.change.direction)
            graph.say(fact, fz("changeVersus"), metric.change.versus)
    for cited in found.instruments:
        fact = evidence.fact("citation", "Citation", cited)
        target = terms.instrument(cited.law, cited.title, cited.doc_number)
        graph.link(fact, fz("instrument"), target)
        graph.say(fact, fz("relation"), cited.relation)
        if cited.law:
            graph.laws.add(cited.law)
        else:
            graph.link(target, terms.TYPE, fz("LegalInstrument"))
            graph.say(target, terms.LABEL, cited.title, "@zh")
            graph.say(target, fz("kind"), cited.kind)
            graph.say(target, fz("documentNumber"), cited.doc_number)
    for initiative in found.initiatives:
        fact = evidence.fact("undertaking", "Undertaking", initiative)
        target = terms.initiative(initiative.known, initiative.name)
        graph.link(fact, fz("initiative"), target)
        graph.say(fact, fz("status"), initiative.status)
        if initiative.known:
            graph.initiatives.add(initiative.known)
        else:
            _describe_initiative(graph, target, initiative.name, initiative.kind, initiative.theme)
    for point in found.points:
        fact = evidence.fact(point.kind, point.kind.capitalize(), point)
        graph.say(fact, terms.LABEL, point.text, "@zh")
        graph.link(fact, fz("theme"), terms.theme(point.theme) if point.theme else None)
    return graph


def _report(graph: Graph, document: Document, found: Extraction) -> None:
    head, report = found.header, graph.name
    name = " ".join(filter(None, [head.district or head.issuer, str(head.year or ""), "法治政府建设年度报告"]))
    graph.link(report, terms.TYPE, fz("Report"))
    graph.say(report, terms.LABEL, name, "@zh")
    graph.say(report, fz("fileName"), document.name)
    graph.say(report, fz("title"), head.title, "@zh")
    graph.say(report, fz("year"), head.year)
    graph.say(report, fz("published"), head.published, f"{terms.XSD}date")
    graph.say(report, fz("script"), document.script)
    graph.say(report, fz("sha256"), document.sha256)
    graph.say(report, fz("characterCount"), len(document.text))
    place = None
    if head.district:
        place = terms.district(head.district_code, head.parent_code, head.district)
        graph.link(report, fz("district"), place)
        graph.places |= {code for code in (head.district_code, head.parent_code) if code}
        if not head.district_code:
            graph.link(place, terms.TYPE, fz("District"))
            graph.say(place, terms.LABEL, head.district, "@zh")
            if head.parent_code:
                graph.link(place, fz("containedIn"), terms.district(head.parent_code, None, ""))
    if head.issuer:
        unit = terms.unit(head.issuer, head.district_path)
        graph.link(report, fz("reportingUnit"), unit)
        graph.link(unit, terms.TYPE, fz("ReportingUnit"))
        graph.say(unit, terms.LABEL, head.issuer, "@zh")
        graph.link(unit, fz("governs"), place)


def _describe_initiative(graph: Graph, iri: str, name: str, kind: str, theme: str) -> None:
    graph.link(iri, terms.TYPE, fz("Initiative"))
    graph.say(iri, terms.LABEL, name, "@zh")
    graph.say(iri, fz("kind"), kind)
    if theme:
        graph.link(iri, fz("theme"), terms.theme(theme))


class _Evidence:
    """Leads each fact of one report to its quote, its sentence and its section."""

    def __init__(self, graph: Graph, document: Document, found: Extraction) -> None:
        self.graph, self.document = graph, document
        self.sentences = list(sentences(document.text))
        self.ends = [end for _, end in self.sentences]
        self.said: dict[tuple[int, int], str] = {}
        self.sections = []
        for section in found.sections:
            span = document.span(section.start, section.end)
            iri = terms.fact(graph.name, "section", span.start, span.end)
            self.sections.append((section, iri))
            graph.link(iri, terms.TYPE, fz("Section"))
            graph.link(iri, fz("report"), graph.name)
            graph.say(iri, terms.LABEL, section.heading, "@zh")
            graph.say(iri, fz("level"), section.level)
            graph.say(iri, fz("role"), section.role)
            graph.say(iri, fz("start"), span.start)

    def fact(self, kind: str, cls: str, mention: Mention) -> str:
        """Add a fact with its evidence; return its IRI."""
        graph = self.graph
        span = self.document.span(mention.start, mention.end)
        iri = terms.fact(graph.name, kind, span.start, span.end)
        graph.link(iri, terms.TYPE, fz(cls))
        graph.link(iri, fz("report"), graph.name)
        graph.link(iri, fz("sentence"), self._sentence(mention))
        graph.say(iri, fz("quote"), self.document.source[span.start : span.end])
        graph.say(iri, fz("start"), span.start)
        graph.say(iri, fz("end"), span.end)
        graph.say(iri, fz("rule"), mention.rule)
        return iri

    def _sentence(self, mention: Mention) -> str:
        """Add the sentence around a mention, or the sentences that it spans; return its IRI."""
        first = bisect_right(self.ends, mention.start)
        last = bisect_left(self.ends, mention.end)
        start = min(self.sentences[first][0], mention.start) if first < len(self.ends) else mention.start
        end = max(self.ends[last], mention.end) if last < len(self.ends) else mention.end
        if (start, end) in self.said:
            return self.said[start, end]
        span = self.document.span(start, end)
        self.said[start, end] = iri = terms.fact(self.graph.name, "sentence", span.start, span.end)
        self.graph.link(iri, terms.TYPE, fz("Sentence"))
        self.graph.say(iri, fz("text"), self.document.source[span.start : span.end])
        self.graph.say(iri, fz("start"), span.start)
        around = [section_iri for s, section_iri in self.sections if s.start <= mention.start < s.body_end]
        self.graph.link(iri, fz("section"), around[-1] if around else None)
        return iri


def reference_graph(graphs: Iterable[Graph], tables: Vocabulary) -> Graph:
    """Return the graph of the metrics, the themes, and all other table rows that the reports' graphs refer to."""
    shared = Graph(terms.REFERENCE)
    for graph in graphs:
        shared.places |= graph.places
        shared.laws |= graph.laws
        shared.initiatives |= graph.initiatives
    for code in shared.places:
        place = tables.places_by_code[code]
        for each in (place, *tables.ancestors(place)):
            _place(shared, each, tables)
    for id_ in set(_with_successors(shared.laws, tables)):
        _law(shared, id_, tables)
    for id_ in shared.initiatives:
        row = tables.initiatives[id_]
        _describe_initiative(shared, terms.initiative(id_, row.name), row.name, row.kind, row.theme)
    for id_, indicator in tables.indicators.items():  # all, so that silence on one can be asked about
        iri = terms.metric(id_)
        shared.link(iri, terms.TYPE, fz("Metric"))
        shared.say(iri, terms.LABEL, indicator.label_zh, "@zh")
        shared.say(iri, terms.LABEL, indicator.label_en, "@en")
        shared.say(iri, fz("dimension"), indicator.dimension or None)
        if indicator.theme:
            shared.link(iri, fz("theme"), terms.theme(indicator.theme))
    for id_, theme in tables.themes.items():
        shared.link(terms.theme(id_), terms.TYPE, terms.CONCEPT)
        shared.say(terms.theme(id_), terms.LABEL, theme.label_zh, "@zh")
        shared.say(terms.theme(id_), terms.LABEL, theme.label_en, "@en")
    return shared


def _with_successors(laws: Iterable[str], tables: Vocabulary) -> Iterator[str]:
    for id_ in laws:
        while id_:
            yield id_
            id_ = tables.laws[id_].repealed_by


def _place(shared: Graph, place: Place, tables: Vocabulary) -> None:
    iri = terms.district(place.code, None, place.name)
    shared.link(iri, terms.TYPE, fz("District"))
    shared.say(iri, terms.LABEL, place.name, "@zh")
    shared.say(iri, fz("code"), place.code)
    shared.say(iri, fz("level"), place.level)
    above = next(tables.ancestors(place), None)
    shared.link(iri, fz("containedIn"), terms.district(above.code, None, above.name) if above else None)


def _law(shared: Graph, id_: str, tables: Vocabulary) -> None:
    law = tables.laws[id_]
    iri = terms.instrument(id_, law.title)
    shared.link(iri, terms.TYPE, fz("LegalInstrument"))
    shared.say(iri, terms.LABEL, law.title, "@zh")
    shared.say(iri, fz("kind"), law.kind)
    for name in sorted({law.short, *law.aliases} - {"", law.title}):
        shared.say(iri, terms.ALT_LABEL, name, "@zh")
    shared.say(iri, fz("promulgated"), law.promulgated or None)
    shared.say(iri, fz("repealedOn"), law.repealed_on or None)
    if law.repealed_by:
        shared.link(iri, fz("repealedBy"), terms.instrument(law.repealed_by, ""))
