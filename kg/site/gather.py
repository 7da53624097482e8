"""What the site knows of each report: its own graph, read once, and rows for the pages of what it speaks of.

In: a store. Out: Reports with their facts, and Things that gather rows from all of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pyoxigraph as ox

from kg import terms
from kg.page.described import Described
from kg.page.evidence import FACTS, Evidence, Fact
from kg.store import Store

#: Rows that the page of a thing shows at most; it counts the others.
ROWS = 300
#: Class of a fact -> class of what it is about.
ABOUT = {"Observation": "Metric", "Citation": "LegalInstrument", "Undertaking": "Initiative"}
#: Classes of facts that are about a theme, which has no page.
POINTS = ("Problem", "Commitment")


@dataclass(frozen=True, slots=True)
class Name:
    """What a thing is called."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact with its place: iri, its class, the thing that it is about, and where it stands in the report.

    asides: what makes it another thing than a result of the whole year, as words of words.csv (planned, up, part).
    """

    iri: str
    cls: str
    about: str
    fact: Fact
    start: int
    section: str
    text: str
    asides: tuple[str, ...] = ()

    @property
    def marks(self) -> tuple[str, ...]:
        """Return all that is said of how the fact is meant, as words of words.csv."""
        return tuple(dict.fromkeys((*self.fact.marks, *self.asides)))


@dataclass(frozen=True, slots=True)
class Source:
    """Which report a row is from; small, since thousands are kept."""

    iri: str
    name: str
    year: str
    district: str


@dataclass(frozen=True, slots=True)
class Report:
    """A report: what is said of it; its text as received (empty, if the graph lacks it); its facts and points by place.

    headings: (start, end, heading, level); sentences, and what of the text is outside the report: (start, end).
    """

    source: Source
    said: tuple[tuple[str, str], ...]
    content: str
    facts: tuple[Stated, ...]
    points: tuple[Stated, ...]
    headings: tuple[tuple[int, int, str, int], ...]
    sentences: tuple[tuple[int, int], ...]
    outside: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Thing:
    """Something with a page: rows, the newest reports first, at most ROWS; how many there are, of how many reports."""

    kind: str
    rows: list[tuple[Source, Stated]] = field(default_factory=list)
    facts: int = 0
    reports: int = 0


def names(store: Store) -> Mapping[str, Name]:
    """Return what everything is called that reports share: places, laws, initiatives, indicators, periods, bodies."""
    _, rows = store.select(f"""
        SELECT ?s ?label WHERE {{ GRAPH <{terms.REFERENCE}> {{ ?s <{terms.LABEL}> ?label }} }} ORDER BY ?s ?label""")
    found: dict[str, dict[str, str]] = {}
    for subject, label in rows:
        if isinstance(label, ox.Literal) and isinstance(subject, ox.NamedNode):
            found.setdefault(subject.value, {}).setdefault(label.language or "zh", label.value)
    return {iri: Name(of.get("zh", next(iter(of.values()))), of.get("en", "")) for iri, of in found.items()}


def above(store: Store) -> Mapping[str, str]:
    """Return the place that each place lies in."""
    _, rows = store.select(f"SELECT ?s ?o WHERE {{ ?s <{terms.fz('containedIn')}> ?o }} ORDER BY ?s ?o")
    return {s.value: o.value for s, o in rows if isinstance(s, ox.NamedNode) and isinstance(o, ox.NamedNode)}


def report_iris(store: Store) -> list[str]:
    """Return all reports, the newest first."""
    _, rows = store.select(f"""
        PREFIX fz: <{terms.ONT}> PREFIX rdfs: <{terms.RDFS}>
        SELECT DISTINCT ?report WHERE {{ ?report a fz:Report ; rdfs:label ?label OPTIONAL {{ ?report fz:year ?year }} }}
        ORDER BY DESC(?year) ?label ?report""")
    return [row[0].value for row in rows if isinstance(row[0], ox.NamedNode)]


def read_report(store: Store, iri: str, called: Mapping[str, Name]) -> Report:
    """Return a report from its own graph."""
    graph = Described(store.construct(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"))
    kinds = {each: graph.kind(each, ("Section", "Sentence", *FACTS, *POINTS)) for each in graph if each != iri}
    evidence = Evidence(graph)

    def facts(classes: Collection[str]) -> tuple[Stated, ...]:
        found = [_stated(graph, evidence, each, kind, called) for each, kind in kinds.items() if kind in classes]
        return tuple(sorted(found, key=lambda stated: (stated.start, stated.iri)))

    headings = [
        (*_span(each), graph.label(each), graph.whole(each, "headingLevel") or 1) for each in _of(kinds, "Section")
    ]
    text = graph.first(iri, "fullText")
    wanted = "title reportingUnit year published documentNumber script url fileName copyUrl copyFileName".split()
    said = [(word, called[v].zh if v in called else v) for word in wanted for v in graph.all(iri, word)]
    return Report(
        source=Source(
            iri, graph.label(iri) or iri.rpartition("/")[2], graph.first(iri, "year"), graph.first(iri, "district")
        ),
        said=tuple(said),
        content=graph.first(text, "content"),
        facts=facts(ABOUT),
        points=facts(POINTS),
        headings=tuple(sorted(headings)),
        sentences=tuple(sorted(_span(each) for each in _of(kinds, "Sentence"))),
        outside=tuple(map(_span, graph.first(text, "leftOut").split())),
    )


def _of(kinds: Mapping[str, str], kind: str) -> Iterator[str]:
    return (iri for iri, each in kinds.items() if each == kind)


def _span(iri: str) -> tuple[int, int]:
    """Return the span in the text as received that the IRI of a section or fact has."""
    return terms.span(iri) or (0, 0)


def _stated(graph: Described, evidence: Evidence, iri: str, cls: str, called: Mapping[str, Name]) -> Stated:
    fact = evidence.fact(iri)
    period = graph.first(iri, "period")
    if period in called:
        fact = replace(fact, period=called[period].zh)
    sentence = evidence.sentences[fact.sentence] if fact.sentence is not None else None
    section, text = (sentence.section, sentence.text) if sentence else ("", "")
    about = graph.first(iri, FACTS.get(cls, "theme"))
    return Stated(iri, cls, about, fact, _span(iri)[0], section, text, tuple(_asides(graph, iri)))


def _asides(graph: Described, iri: str) -> Iterator[str]:
    """Yield words for what a figure or an undertaking is beside a result: a plan, a change, a part of another."""
    for name in ("status", "changeDirection", "whose"):
        if (word := graph.first(iri, name)) not in ("", "body"):
            yield word
    if graph.first(iri, "norm"):
        yield "norm"
    if graph.first(iri, "restates"):
        yield "restated"
    elif graph.first(iri, "rule") == "from":
        yield "before"
    elif graph.first(iri, "partOf") and graph.first(iri, "uncounted"):
        yield "part"


def add(things: dict[str, Thing], report: Report) -> None:
    """Give each thing that a report speaks of its rows, and its district all of them. Reports come the newest first."""
    about: dict[str, list[Stated]] = {}
    for stated in report.facts:
        if stated.about:
            about.setdefault(stated.about, []).append(stated)
    for iri, facts in about.items():
        _give(things.setdefault(iri, Thing(ABOUT[facts[0].cls])), report.source, facts, ROWS)
    if report.source.district:
        place = things.setdefault(report.source.district, Thing("District"))
        _give(place, report.source, report.facts, ROWS * 3)


def _give(thing: Thing, source: Source, facts: Sequence[Stated], most: int) -> None:
    thing.facts += len(facts)
    thing.reports += 1
    thing.rows += [(source, stated) for stated in facts[: max(0, most - len(thing.rows))]]
