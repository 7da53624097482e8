"""What is wrong in a graph: SHACL shapes, and queries/checks/*.rq that must return nothing.

In: a Store. Out: findings, the gravest first; triples() and sarif() write them for other programs. A check is a SELECT
with ?focus (a fact), ?value and a header: `# id:`, `# zh:`, `# en:`, `# severity:` (violation: the graph is at fault;
warning: the report is; info: worth a look). It is asked of a slice of the reports at a time, in memory, beside what the
reports share; all reports of one body are in one slice. One that compares bodies has `# beyond:` in its header, and
gives ?focus, ?number and ?peers: found is what is over so many times the mean of its peers. So the time grows as the
reports do, and the memory does not.
"""

import json
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from kg import terms
from kg.ask import evidence, query
from kg.data import folder
from kg.formats.triples import by_subject
from kg.graph import Graph
from kg.model import Evidence, Finding, Value
from kg.shapes import Shapes
from kg.store import Store

SEVERITIES = ("violation", "warning", "info")
_LEVELS = {"violation": "error", "warning": "warning", "info": "note"}
_REPORT, _TYPE = f"{terms.BASE}report/", f"<{terms.TYPE}>"
#: Bytes of N-Quads of the reports that are asked together: some 100 reports.
_SLICE = 7_000_000


@dataclass(frozen=True, slots=True)
class Check:
    """A query of queries/checks/. beyond: how many times its peers' mean a number may be; 0 if none are compared."""

    id: str
    severity: str
    zh: str
    en: str
    beyond: int
    sparql: str

    def found(self, focus: Value, value: Value) -> Finding:
        """Return a finding of this check."""
        return Finding(self.id, self.severity, f"{self.zh} / {self.en}", str(focus), str(value))


def checks() -> list[Check]:
    """Return the queries of queries/checks/, by name."""
    found = []
    for file in sorted(folder("queries/checks").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".rq"):
            text = file.read_text(encoding="utf-8")
            head = {"beyond": "0"} | dict(re.findall(r"^# ([a-z]+): *(.*)$", text, re.MULTILINE))
            found.append(Check(head["id"], head["severity"], head["zh"], head["en"], int(head["beyond"]), text))
    return found


def check(store: Store) -> list[Finding]:
    """Run the SHACL shapes and queries/checks/ over the graph; return what they find, the gravest first."""
    found, queries, peers = set[Finding](), checks(), defaultdict[tuple[Check, Value], _Peers](_Peers)
    for part in _parts(store, queries, found):
        beside = Store.of(part)
        for each in queries:
            for focus, value, *group in query(beside, each.sparql).rows:
                if each.beyond:
                    peers[each, group[0]].add(str(focus), value)
                else:
                    found.add(each.found(focus, value))
    found |= {each.found(*at) for (each, _), group in peers.items() for at in group.beyond(each.beyond)}
    return sorted(found, key=lambda f: (SEVERITIES.index(f.severity), f.check, f.focus, f.value, f.message))


@dataclass(slots=True)
class _Peers:
    """How many numbers of a group there are, what they add up to, and the greatest with what it was read from."""

    count: int = 0
    total: float = 0.0
    greatest: float = 0.0
    facts: list[str] = field(default_factory=list)

    def add(self, fact: str, number: Value) -> None:
        if not isinstance(number, int | float):
            return
        self.count, self.total = self.count + 1, self.total + number
        if number > self.greatest:
            self.greatest, self.facts = number, []
        if number == self.greatest:
            self.facts.append(fact)

    def beyond(self, times: int) -> Iterator[tuple[str, str]]:
        """Yield the facts whose number is over so many times the mean of nine or more others, and both."""
        mean = (self.total - self.greatest) / (self.count - 1) if self.count > 9 else math.inf
        if self.greatest > times * mean:
            yield from ((fact, f"{self.greatest:.12g} : {round(mean, 1):.12g}") for fact in self.facts)


def _bodies(store: Store) -> list[list[str]]:
    """Return the reports of each body that reports; one of an unknown body is alone."""
    rows = query(store, f"SELECT ?report ?body {{ ?report <{terms.fz('reporter')}> ?body }}").rows
    body = {str(report): str(key) for report, key in rows}
    found = defaultdict[str, list[str]](list)
    for name in store.graphs():
        if name.startswith(_REPORT):
            found[body.get(name, name)].append(name)
    return [found[key] for key in sorted(found)]


def _parts(store: Store, queries: Sequence[Check], found: set[Finding]) -> Iterator[list[bytes]]:
    """Yield slices of the reports, each with what they share, as N-Quads; add what the shapes find on the way.

    Of a slice only the properties are kept that the queries name, which is a third.
    """
    named = {match for each in queries for match in re.findall(r"\b(\w+):(\w+)", each.sparql)}
    keep = _Shapes(store, {f"<{terms.PREFIXES.get(prefix, '')}{name}>" for prefix, name in named}, found)
    for name in store.graphs():
        if not name.startswith(_REPORT):
            keep.read(name)
    part, size, parts = list[bytes](), 0, 0
    for reports in _bodies(store):
        part += [keep.read(name) for name in reports]
        size += sum(map(len, part[-len(reports) :]))
        if size > _SLICE:
            yield [*part, keep.shared()]
            part, size, parts = [], 0, parts + 1
    if size or not parts:
        yield [*part, keep.shared()]


class _Shapes:
    """Applies the shapes to one graph after another; keeps what is asked of them, and what they link to."""

    def __init__(self, store: Store, asked: Set[str], found: set[Finding]) -> None:
        self._store, self._asked, self._found, self._shapes = store, asked, found, Shapes()
        self._is_a = lru_cache(maxsize=65_536)(self._said_to_be)  # a thing may be of a class that another graph says
        self._linked = set[str]()
        self._measures = [s for s in store.subjects(terms.REFERENCE) if s.startswith(terms.measure(""))]

    def read(self, name: str) -> bytes:
        """Return what is asked for of a graph as N-Quads; add what its shapes find."""
        lines = []
        for part in self._store.parts(name):
            members = list(by_subject(part))
            classes = {s.iri: {term for predicate, term in s.said if predicate == _TYPE} for s in members}

            def is_a(thing: str, cls: str, classes: Mapping[str, set[str]] = classes) -> bool:
                return cls in classes.get(thing, ()) or self._is_a(thing, cls)

            for subject in members:
                for shape, value in self._shapes.wrong(subject, is_a):
                    message = f"{shape.zh} / {shape.en}"
                    self._found.add(Finding(shape.name, shape.severity, message, subject.iri[1:-1], value))
                asked = [(p, o) for p, o in subject.said if p in self._asked]
                lines += [f"{subject.iri} {p} {o} <{name}> .\n" for p, o in asked]
                if name.startswith(_REPORT):
                    self._linked |= {o[1:-1] for _, o in asked if o[0] == "<" and not o.startswith(_REPORT, 1)}
        return "".join(lines).encode()

    def shared(self) -> bytes:
        """Return what reports share and those read since the last call link to, and all units, as N-Quads."""
        wanted, self._linked = self._linked, set()
        said = self._store.said(terms.REFERENCE, (*wanted, *self._measures))
        return "".join(f"{line[:-1]}<{terms.REFERENCE}> .\n" for line in said).encode()

    def _said_to_be(self, thing: str, cls: str) -> bool:
        return thing.startswith("<") and bool(query(self._store, f"ASK {{ {thing} a {cls} }}").rows[0][0])


def places(store: Store, found: Sequence[Finding]) -> dict[str, Evidence]:
    """Return where the facts stand that findings are about: {IRI: evidence}; some are about other things."""
    facts = {finding.focus for finding in found if finding.focus.startswith(f"{terms.BASE}report/")}
    return {each.fact: each for each in evidence(store, facts)} if facts else {}


def triples(found: Sequence[Finding]) -> bytes:
    """Return findings as N-Quads (dqv:QualityAnnotation), in a graph of their own, to be loaded beside the others."""
    graph = Graph(terms.FINDINGS)
    for finding in sorted(found, key=lambda f: (f.check, f.focus, f.value, f.message)):
        iri = terms.finding(finding.check, finding.focus, finding.value, finding.message)
        zh, _, en = finding.message.partition(" / ")
        graph.a(iri, "Finding")
        graph.say(iri, "label", zh, "@zh")
        graph.say(iri, "label", en or None, "@en")
        graph.say(iri, "check", finding.check)
        graph.say(iri, "severity", finding.severity)
        graph.link(iri, "about", finding.focus)
        graph.say(iri, "found", finding.value or None)
    return graph.nquads()


def sarif(store: Store, found: Sequence[Finding]) -> str:
    """Return findings as SARIF 2.1.0; offsets count code points of the text as received."""
    where = places(store, found)
    rules = {f.check: {"id": f.check, "shortDescription": {"text": f.message}} for f in reversed(found)}
    order = sorted(rules)
    results = [_result(finding, order.index(finding.check), where.get(finding.focus)) for finding in found]
    driver = {"name": "kg", "version": terms.VERSION, "rules": [rules[name] for name in order]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    head = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0"}
    return json.dumps({**head, "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _result(finding: Finding, rule: int, place: Evidence | None) -> dict[str, Any]:
    located: dict[str, Any] = {"logicalLocations": [{"fullyQualifiedName": finding.focus}]}
    if place:
        region = {"charOffset": place.start, "charLength": place.end - place.start, "snippet": {"text": place.quote}}
        located["physicalLocation"] = {"artifactLocation": {"uri": terms.file_uri(place.file)}, "region": region}
    text = f"{finding.message}: {finding.value}" if finding.value else finding.message
    return {
        "ruleId": finding.check,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [located],
        "partialFingerprints": {"finding/v1": terms.digest(finding.check, finding.focus, finding.value)},
    }
