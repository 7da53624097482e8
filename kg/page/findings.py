"""What checks found, as triples that a picture takes: each check a node, each of its findings a fact of a report.

In: findings of kg.check. Out: triples; a finding stands where the fact does that it is about.
"""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg import terms
from kg.model import Finding
from kg.page.described import Triple

_FACT = ox.NamedNode("http://www.w3.org/ns/dqv#QualityAnnotation")
_TYPE, _LABEL = ox.NamedNode(terms.TYPE), ox.NamedNode(terms.LABEL)


def triples(findings: Iterable[Finding]) -> Iterator[Triple]:
    """Yield the triples of all findings, each check once."""
    told: set[str] = set()
    for finding in findings:
        check = ox.NamedNode(f"{terms.BASE}check/{finding.check}")
        if finding.check not in told:
            told.add(finding.check)
            zh, _, en = finding.message.partition(" / ")
            yield check, _TYPE, ox.NamedNode(terms.fz("Finding"))
            yield check, _LABEL, ox.Literal(zh, language="zh")
            if en:
                yield check, _LABEL, ox.Literal(en, language="en")
            yield check, ox.NamedNode(terms.fz("severity")), ox.Literal(finding.severity)
        iri = ox.NamedNode(terms.finding(finding.check, finding.focus, finding.value, finding.message))
        yield iri, _TYPE, _FACT
        yield iri, ox.NamedNode(terms.fz("check")), check
        yield iri, ox.NamedNode(terms.fz("about")), ox.NamedNode(finding.focus)
        if finding.value:
            yield iri, ox.NamedNode(terms.fz("found")), ox.Literal(finding.value)
