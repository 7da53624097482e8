"""What a new extraction changed, fact by fact: facts added, facts gone, fields with another value.

In: two Stores. Out: Changes, in the order of reports and of their text. What is shared (places, laws …) is left out,
and so is what follows from other fields.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kg import terms
from kg.formats.triples import Subject, graphs, literal
from kg.store import Store

_TYPE = f"<{terms.TYPE}>"
_FACTS = {f"<{terms.fz(name)}>": name for name in "Observation Citation Undertaking Problem Commitment Section".split()}
_FACTS[f"<{terms.fz('Report')}>"] = "Report"
_DERIVED = {f"<{terms.fz(name)}>" for name in terms.DERIVED}


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a fact. what: added, gone or changed; field: the property that changed; old, new: its values."""

    report: str
    fact: str
    kind: str
    what: str
    field: str
    old: str
    new: str


def diff(old: Store, new: Store) -> Iterator[Change]:
    """Yield what differs between two graphs, report by report."""
    before, after = set(old.graphs()), set(new.graphs())
    for name in sorted((before | after) - {terms.REFERENCE}):
        was = _facts(old, name) if name in before else {}
        now = _facts(new, name) if name in after else {}
        report = _file(now or was, name)
        for iri in sorted(was.keys() | now.keys(), key=_place):
            yield from _compare(report, iri, was.get(iri), now.get(iri))


def _facts(store: Store, graph: str) -> dict[str, Subject]:
    return {s.iri[1:-1]: s for _, subjects in graphs(store, [graph]) for s in subjects if _kind(s)}


def _kind(subject: Subject) -> str:
    return next((_FACTS[term] for predicate, term in subject.said if predicate == _TYPE and term in _FACTS), "")


def _file(facts: dict[str, Subject], name: str) -> str:
    said = dict(facts[name].said) if name in facts else {}
    file = literal(said.get(f"<{terms.fz('fileName')}>", ""))
    return file.text if file else name


def _place(iri: str) -> tuple[int, str]:
    start = iri.rpartition("/")[2].partition("-")[0]
    return (int(start) if start.isdecimal() and "/report/" in iri and iri.count("/") > 5 else -1, iri)


def _compare(report: str, iri: str, was: Subject | None, now: Subject | None) -> Iterator[Change]:
    if was is None or now is None:
        subject = was or now
        assert subject is not None
        quote = _text(dict(subject.said).get(f"<{terms.fz('quote')}>", ""))
        what = "gone" if now is None else "added"
        yield Change(report, iri, _kind(subject), what, "", quote if now is None else "", "" if now is None else quote)
        return
    for predicate in sorted({p for p, _ in (*was.said, *now.said)} - _DERIVED):
        old, new = (_values(subject, predicate) for subject in (was, now))
        if old != new:
            yield Change(report, iri, _kind(now), "changed", predicate[1:-1].rpartition("#")[2], old, new)


def _values(subject: Subject, predicate: str) -> str:
    return " | ".join(sorted(_text(term) for p, term in subject.said if p == predicate))


def _text(term: str) -> str:
    value = literal(term)
    return value.text if value else term.strip("<>").removeprefix(terms.BASE)
