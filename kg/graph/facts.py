"""The facts of one report, each with its evidence: the quote, the sentence, the section and the rule.

In: a Graph, a Document and its Extraction. Out: nothing; the Graph has the triples.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import cache, partial

from kg import terms
from kg.graph.absent import usual_rule
from kg.graph.derived import (
    contradictions,
    counted_under,
    fingerprint,
    is_gain,
    is_lacking,
    responses,
    results,
    series,
    sums,
)
from kg.graph.quads import Graph
from kg.graph.versions import in_force
from kg.model import Denial, Document, Extraction, Initiative, Instrument, Mention, Metric, Point, Section, Span
from kg.quantity import canonical, interval
from kg.text import sentences
from kg.vocabulary import vocabulary


def add_facts(graph: Graph, document: Document, found: Extraction) -> None:
    """Add all facts, and the sections and sentences that they stand in."""
    head = found.header
    evidence = _Evidence(graph, document, found.sections, head.district_path)
    counting, figures = results(found.metrics), {evidence.number(metric.start) for metric in found.metrics}
    line = cache(partial(series, head))  # of a report's figures many are of one indicator
    maker = terms.district(head.district_code, head.parent_code, head.district) if head.district else head.issuer or ""
    for metric in found.metrics:
        fact = evidence.fact("observation", "Observation", metric)
        _observation(graph, fact, metric, evidence)
        result = (metric.start, metric.end) in counting
        if counted_under(metric) and not result:
            graph.say(fact, "uncounted", True)
        if result or (metric.status == "planned" and not metric.restates):
            graph.say(fact, "series", line(counted_under(metric), is_gain(metric, document.text)))
    for denial in found.denials:
        fact = evidence.fact("observation", "Observation", denial)
        _denial(graph, fact, denial)
        whole = denial.indicator if denial.indicator != "other" and not denial.indicator_detail else None
        graph.say(fact, "series", line(whole))
    for cited in found.instruments:
        _citation(graph, evidence.fact("citation", "Citation", cited), cited, maker, head.year)
    lacking = [each for each in found.initiatives if is_lacking(each, found.sections, document.text)]
    for initiative in found.initiatives:
        status = "problem" if initiative in lacking else initiative.status
        _undertaking(graph, evidence.fact("undertaking", "Undertaking", initiative), initiative, status)
    done = [each for each in found.initiatives if each.status == "done" and each not in lacking]
    _done(graph, done, lambda at: evidence.number(at) in figures)
    for point in found.points:
        _point(graph, evidence.fact(point.kind, point.kind.capitalize(), point), point)
    for span in responses(document.text, head.year, found.sections):
        graph.link(graph.name, "response", evidence.sentence(span))
    _relations(graph, found.metrics, document.text, evidence)


def _relations(graph: Graph, metrics: Sequence[Metric], text: str, evidence: "_Evidence") -> None:
    """Say which figures contradict one another, and what parts add up to."""
    for metric, other in contradictions(metrics, text, lambda at: evidence.sentences[evidence.number(at)]):
        one = evidence.observation(Span(metric.start, metric.end))
        if one:
            graph.link(one, "contradicts", evidence.observation(Span(other.start, other.end)))
    for (start, end), total in sums(metrics).items():
        whole = evidence.observation(Span(start, end))
        if whole:
            graph.say(whole, "sumOfParts", total)


def _observation(graph: Graph, fact: str, metric: Metric, evidence: "_Evidence") -> None:
    graph.link(fact, "metric", _counted(metric.indicator))
    if metric.indicator_detail:
        graph.link(fact, "detail", terms.metric(metric.indicator_detail))
        graph.refers.details.add(metric.indicator_detail)
    graph.say(fact, "label", metric.name or None, "@zh")
    graph.say(fact, "value", float(metric.value))
    _bounds(graph, fact, metric)
    if metric.unit:
        graph.say(fact, "unitText", metric.unit)
        graph.refers.units.add(metric.unit)
    if metric.status != "done":
        graph.say(fact, "status", metric.status)
    if metric.period:
        graph.link(fact, "period", terms.period(metric.period))
        graph.refers.periods.add(metric.period)
    if metric.change:
        graph.say(fact, "changeDirection", metric.change.direction)
        graph.say(fact, "changeVersus", metric.change.versus if metric.change.versus != "previous_year" else None)
    if metric.whose != "district":
        graph.say(fact, "whose", metric.whose)
    if metric.norm:
        graph.say(fact, "norm", True)
    graph.link(fact, "partOf", evidence.observation(metric.part_of))
    graph.link(fact, "restates", evidence.observation(metric.restates))


def _counted(indicator: str) -> str | None:
    """Return the metric of an indicator; None where none counts the figure."""
    return terms.metric(indicator) if indicator != "other" else None


def _bounds(graph: Graph, fact: str, metric: Metric) -> None:
    """Say between which numbers the true one lies, where that is more than the number itself."""
    if metric.bound != "exact":
        graph.say(fact, "bound", metric.bound)
        low, high, inferred = interval(metric.value, metric.value_max, metric.bound, metric.unit)
        if inferred and high is not None and round(high - metric.value, 10) > 0:
            graph.say(fact, "inferredMaxValue", float(high))
        if inferred and low is not None and round(metric.value - low, 10) > 0:
            graph.say(fact, "inferredMinValue", float(low))
    if metric.value_max is not None:
        graph.say(fact, "maxValue", float(metric.value_max))
    units = vocabulary().units
    row = units.get(metric.unit or "")
    if row and row.factor != 1:
        graph.say(fact, "canonicalValue", canonical(metric.value, metric.unit, units)[0])


def _denial(graph: Graph, fact: str, denial: Denial) -> None:
    graph.link(fact, "metric", _counted(denial.indicator))
    if denial.indicator_detail:  # none of one kind of case is no zero of all
        graph.link(fact, "detail", terms.metric(denial.indicator_detail))
        graph.refers.details.add(denial.indicator_detail)
        graph.say(fact, "uncounted", True)
    graph.say(fact, "label", denial.name or None, "@zh")
    graph.say(fact, "value", 0.0)
    graph.say(fact, "byDenial", True)


def _citation(graph: Graph, fact: str, cited: Instrument, maker: str, year: int | None) -> None:
    """Describe a citation, of the text that was in force in the report's year.

    maker: who reports; its own documents are its alone, whatever others call theirs.
    """
    own = maker if cited.kind == "internal_rule" or cited.relation == "issues" else ""
    target = terms.instrument(cited.law, cited.title, cited.doc_number, own)
    graph.link(fact, "instrument", target)
    graph.say(fact, "relation", cited.relation)
    graph.link(graph.name, "cites", target if cited.relation == "cites" else None)
    if cited.law:
        graph.refers.laws.add(cited.law)
        text = in_force(cited.law, year, vocabulary()) if year else None
        graph.link(fact, "version", terms.version(cited.law, text.adopted) if text else None)
        return
    said = [("label", cited.title, "@zh"), ("kind", cited.kind, ""), ("documentNumber", cited.doc_number, "")]
    graph.describe(target, "LegalInstrument", said)


def _done(graph: Graph, initiatives: Sequence[Initiative], with_figure: Callable[[int], bool]) -> None:
    """Say which initiatives the report undertakes: with a figure in the sentence of a mention, or without.

    initiatives: those that are done. with_figure: whether the sentence that a position stands in has a figure.
    """
    told: dict[str, bool] = {}
    for each in initiatives:
        target = terms.initiative(each.known, each.name)
        told[target] = told.get(target, False) or with_figure(each.start)
    for target, figure in told.items():
        graph.link(graph.name, "quantifies" if figure else "undertakes", target)


def _undertaking(graph: Graph, fact: str, initiative: Initiative, status: str) -> None:
    target = terms.initiative(initiative.known, initiative.name)
    graph.link(fact, "initiative", target)
    if status != "done":
        graph.say(fact, "status", status)
    if initiative.known:
        graph.refers.initiatives.add(initiative.known)
        return
    said = [("label", initiative.name, "@zh"), ("kind", initiative.kind, "")]
    theme = terms.theme(initiative.theme) if initiative.theme else None
    graph.describe(target, "Initiative", said, [("theme", theme)])


def _point(graph: Graph, fact: str, point: Point) -> None:
    graph.say(fact, "label", point.text, "@zh")
    graph.link(fact, "theme", terms.theme(point.theme) if point.theme else None)


class _Evidence:
    """Leads each fact of one report to its quote, its sentence and its section."""

    def __init__(self, graph: Graph, document: Document, sections: Sequence[Section], path: Sequence[str]) -> None:
        self.graph, self.document = graph, document
        names = [name for place in path for name in (place, place[:-1]) if len(name) > 1]
        self.places = sorted(names, key=len, reverse=True)
        self.sentences = list(sentences(document.text))
        self.ends = [end for _, end in self.sentences]
        self.said: dict[tuple[int, int], str] = {}
        self.sections = [(section, self._section(section)) for section in sections]

    def _section(self, section: Section) -> str:
        graph, span = self.graph, self.document.span(section.start, section.end)
        iri = terms.fact(graph.name, "section", span.start, span.end)
        graph.a(iri, "Section")
        graph.link(iri, "report", graph.name)
        graph.say(iri, "label", section.heading, "@zh")
        graph.say(iri, "headingLevel", section.level)
        graph.say(iri, "role", section.role)
        return iri

    def observation(self, place: Span | None) -> str | None:
        """Return the IRI of the figure at text[start:end]."""
        if place is None:
            return None
        span = self.document.span(place.start, place.end)
        return terms.fact(self.graph.name, "observation", span.start, span.end)

    def fact(self, kind: str, cls: str, mention: Mention) -> str:
        """Add a fact with its evidence; return its IRI."""
        graph = self.graph
        span = self.document.span(mention.start, mention.end)
        iri = terms.fact(graph.name, kind, span.start, span.end)
        graph.a(iri, cls)
        graph.link(iri, "report", graph.name)
        graph.link(iri, "sentence", self.sentence(mention))
        graph.say(iri, "quote", self.document.source[span.start : span.end])
        changed = isinstance(mention, Metric) and mention.change is not None
        usual = usual_rule(cls, changed, mention.unit if isinstance(mention, Metric) else None)
        graph.say(iri, "rule", mention.rule if mention.rule != usual else None)
        return iri

    def number(self, at: int) -> int:
        """Return the number of the sentence that a position stands in."""
        return bisect_right(self.ends, at)

    def sentence(self, mention: Mention | Span) -> str:
        """Add the sentence around a mention, or the sentences that it spans; return its IRI."""
        first = self.number(mention.start)
        last = bisect_left(self.ends, mention.end)
        start = min(self.sentences[first][0], mention.start) if first < len(self.ends) else mention.start
        end = max(self.ends[last], mention.end) if last < len(self.ends) else mention.end
        if (start, end) in self.said:
            return self.said[start, end]
        graph, span = self.graph, self.document.span(start, end)
        self.said[start, end] = iri = terms.fact(graph.name, "sentence", span.start, span.end)
        graph.a(iri, "Sentence")
        graph.say(iri, "text", self.document.source[span.start : span.end])
        graph.say(iri, "fingerprint", fingerprint(self.document.text[start:end], self.places))
        around = [section_iri for s, section_iri in self.sections if s.start <= mention.start < s.body_end]
        graph.link(iri, "section", around[-1] if around else None)
        return iri
