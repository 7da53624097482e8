"""What checks found, as triples that a picture takes: each check a node, each of its findings a fact of a report.

In: findings of kg.check. Out: triples; a finding stands where the fact does that it is about.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox

from kg import terms
from kg.model import Finding
from kg.page.described import Triple

_FACT = ox.NamedNode("http://www.w3.org/ns/dqv#QualityAnnotation")
_TYPE, _LABEL = ox.NamedNode(terms.TYPE), ox.NamedNode(terms.LABEL)

#: Findings that a page takes at most: more lines cannot be followed.
MOST = 400


def most(findings: Sequence[Finding], number: int = MOST) -> tuple[list[Finding], int]:
    """Return the findings of the reports that have most of them, and how many reports are left out for their number."""
    of = {finding.focus: "/".join(finding.focus.split("/")[:7]) for finding in findings}
    counted = Counter(of[finding.focus] for finding in findings)
    kept, room = set[str](), number
    for report, count in sorted(counted.items(), key=lambda each: (-each[1], each[0])):
        if count > room and kept:
            continue
        kept.add(report)
        room -= count
    return [finding for finding in findings if of[finding.focus] in kept], len(counted) - len(kept)


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
