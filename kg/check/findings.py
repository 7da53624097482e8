"""Findings for other programs: as triples (DQV), as SARIF, and where in a file each stands.

In: findings, and for places a Store. Out: N-Quads, JSON, Evidence.
"""

import json
from collections.abc import Sequence
from typing import Any

from kg import terms
from kg.ask import evidence
from kg.graph import Graph
from kg.model import Evidence, Finding
from kg.store import Store

_LEVELS = {"violation": "error", "warning": "warning", "info": "note"}


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
