"""What is wrong in a graph: SHACL shapes, and queries/checks/*.rq that must return nothing.

In: a Store. Out: findings, the gravest first; triples() and sarif() write them for other programs. A check is a SELECT
with ?focus (a fact), ?value and a header: `# id:`, `# zh:`, `# en:`, `# severity:` (violation: the graph is at fault;
warning: the report is; info: worth a look), and `# over: reports` if it compares reports. All others are asked of a
slice of the reports at a time, in memory, beside what the reports share: fast, and in the same memory however many.
"""

import json
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Any

from kg import terms
from kg.ask import evidence, query
from kg.data import folder
from kg.formats.triples import by_subject
from kg.graph import Graph
from kg.model import Evidence, Finding
from kg.shapes import Shapes
from kg.store import Store

SEVERITIES = ("violation", "warning", "info")
_LEVELS = {"violation": "error", "warning": "warning", "info": "note"}
_REPORT, _TYPE = f"{terms.BASE}report/", f"<{terms.TYPE}>"
#: Bytes of N-Quads of the reports that are asked together: some 300 reports.
_SLICE = 20_000_000


@dataclass(frozen=True, slots=True)
class Check:
    """A query of queries/checks/. over: `report` if each report is asked for itself, `reports` if they are compared."""

    id: str
    severity: str
    zh: str
    en: str
    over: str
    sparql: str

    def find(self, store: Store) -> Iterator[Finding]:
        """Yield what the query returns."""
        for focus, value in query(store, self.sparql).rows:
            yield Finding(self.id, self.severity, f"{self.zh} / {self.en}", str(focus), str(value))


def checks() -> list[Check]:
    """Return the queries of queries/checks/, by name."""
    found = []
    for file in sorted(folder("queries/checks").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".rq"):
            text = file.read_text(encoding="utf-8")
            head = {"over": "report"} | dict(re.findall(r"^# ([a-z]+): *(.*)$", text, re.MULTILINE))
            found.append(Check(head["id"], head["severity"], head["zh"], head["en"], head["over"], text))
    return found


def check(store: Store) -> list[Finding]:
    """Run the SHACL shapes and queries/checks/ over the graph; return what they find, the gravest first."""
    found = set[Finding]()
    alone = [each for each in checks() if each.over == "report"]
    together = [each for each in checks() if each.over == "reports"]
    for part in _parts(store, alone, found):
        found |= _found(Store.of(part), alone)
    found |= _found(store, together)
    return sorted(found, key=lambda f: (SEVERITIES.index(f.severity), f.check, f.focus, f.value, f.message))


def _found(store: Store, queries: Sequence[Check]) -> set[Finding]:
    return {finding for each in queries for finding in each.find(store)}


def _parts(store: Store, queries: Sequence[Check], found: set[Finding]) -> Iterator[list[bytes]]:
    """Yield slices of the reports, each with what they share, as N-Quads; add what the shapes find on the way.

    Of a slice only the properties are kept that the queries name, which is a third.
    """
    named = {match for each in queries for match in re.findall(r"\b(\w+):(\w+)", each.sparql)}
    keep = _Shapes(store, {f"<{terms.PREFIXES.get(prefix, '')}{name}>" for prefix, name in named}, found)
    names = store.graphs()
    shared = [keep.read(name) for name in names if not name.startswith(_REPORT)]
    part, size = list(shared), 0
    for name in names:
        if name.startswith(_REPORT):
            part.append(keep.read(name))
            size += len(part[-1])
            if size > _SLICE:
                yield part
                part, size = list(shared), 0
    if size or len(part) == len(names):
        yield part


class _Shapes:
    """Applies the shapes to one graph after another; a thing may be of a class that another graph says."""

    def __init__(self, store: Store, asked: Set[str], found: set[Finding]) -> None:
        self._store, self._asked, self._found, self._shapes = store, asked, found, Shapes()
        self._shared: dict[str, set[str]] = {}

    def read(self, name: str) -> bytes:
        """Return what is asked for of a graph as N-Quads; add what its shapes find."""
        members = list(by_subject(self._store.ntriples(name)))
        classes = {s.iri: {term for predicate, term in s.said if predicate == _TYPE} for s in members}
        if not name.startswith(_REPORT):
            self._shared |= classes

        def is_a(thing: str, cls: str) -> bool:
            if any(cls in known.get(thing, ()) for known in (classes, self._shared)):
                return True
            return thing.startswith("<") and bool(query(self._store, f"ASK {{ {thing} a {cls} }}").rows[0][0])

        lines = []
        for subject in members:
            for shape, value in self._shapes.wrong(subject, is_a):
                message = f"{shape.zh} / {shape.en}"
                self._found.add(Finding(shape.name, shape.severity, message, subject.iri[1:-1], value))
            lines += [f"{subject.iri} {p} {o} <{name}> .\n" for p, o in subject.said if p in self._asked]
        return "".join(lines).encode()


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
