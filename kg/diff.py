"""What a new extraction changed, fact by fact: facts added, gone or moved, fields with another value.

In: two Stores. Out: Changes, in the order of files and of their text. A report is the same if its text is, or else its
file; a fact is, if it stands in the same place, or else if it is of the same kind and in part of the place, or, in a
text that changed, of the same words. What is shared (places, laws …) is left out, and so is what follows from other
fields.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from kg import terms
from kg.formats.triples import Subject, graphs, literal
from kg.graph.absent import usual
from kg.store import Store

_TYPE, _LABEL, _QUOTE = f"<{terms.TYPE}>", f"<{terms.LABEL}>", f"<{terms.fz('quote')}>"
_FACTS = {f"<{terms.fz(name)}>": name for name in "Observation Citation Undertaking Problem Commitment Section".split()}
_FACTS[f"<{terms.fz('Report')}>"] = "Report"
#: What is said for the sake of questions, or follows from where a fact stands.
_FOLLOWS = {f"<{terms.fz(name)}>" for name in (*terms.DERIVED, "quote", "sentence", "report", "fullText")}
_Pair = tuple[Subject | None, Subject | None]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a fact.

    what: added, gone, moved (to other words) or changed; words: what the report says there; field: the property that
    changed; old, new: its values, or what was there.
    """

    report: str
    fact: str
    kind: str
    what: str
    words: str
    field: str
    old: str
    new: str


def diff(old: Store, new: Store) -> Iterator[Change]:
    """Yield what differs between two graphs, report by report; a report that only one has is one change."""
    was, now = _Side(old), _Side(new)
    for name, before, after in _reports(was.files, now.files):
        one, other = was.facts(before), now.facts(after)
        if not one or not other:
            here, iri = (one, before) if one else (other, after)
            what, text = ("gone" if one else "added"), f"{len(here) - 1} facts and headings"
            yield Change(name, iri, "Report", what, "", "", text if one else "", "" if one else text)
            continue
        for pair in _pairs(before, one, other) if before == after else _aligned(one, other, before, after):
            yield from _compare(name, was, now, *pair)


def _reports(old: dict[str, str], new: dict[str, str]) -> list[tuple[str, str, str]]:
    """Return the name of each file, and its graph in the old and the new store, "" if there is none."""
    gone = {file: graph for graph, file in old.items() if graph not in new}
    fresh = {file: graph for graph, file in new.items() if graph not in old}
    both = [(new[graph], graph, graph) for graph in old.keys() & new.keys()]
    return sorted([*both, *((file, gone.get(file, ""), fresh.get(file, "")) for file in gone.keys() | fresh.keys())])


class _Side:
    """One of the two graphs."""

    def __init__(self, store: Store) -> None:
        self._store = store
        _, rows = store.select(f"SELECT ?g ?file {{ GRAPH ?g {{ ?report <{terms.fz('fileName')}> ?file }} }}")
        self.files = {graph.value: file.value for graph, file in rows}  # type: ignore[union-attr]
        self._name = lru_cache(maxsize=65_536)(self._called)

    def facts(self, graph: str) -> dict[str, Subject]:
        """Return the report, its headings and its facts, by IRI, in the order of the text."""
        if not graph:
            return {}
        found = {s.iri[1:-1]: s for _, subjects in graphs(self._store, [graph]) for s in subjects if _kind(s)}
        return {iri: found[iri] for iri in sorted(found, key=_place)}

    def key(self, term: str) -> str:
        """Return what tells a value from another: of a fact its words, since places move."""
        return self._name(term) if terms.span(term.strip("<>")) else term

    def text(self, term: str) -> str:
        """Return a value for reading: a text, what is at a place of the report, or a thing by its name and IRI."""
        value = literal(term)
        if value:
            return value.text
        name, iri = self._name(term), term.strip("<>").removeprefix(terms.BASE)
        return f"{name} ({iri.rpartition('/')[2] if terms.span(iri) else iri})" if name else iri

    def _called(self, term: str) -> str:
        _, rows = self._store.select(f"""
            SELECT ?text {{ {term} {_QUOTE}|{_LABEL} ?text }} ORDER BY (LANG(?text) = "en") LIMIT 1""")
        return rows[0][0].value if rows else ""  # type: ignore[union-attr]


def _kind(subject: Subject) -> str:
    return next((_FACTS[term] for predicate, term in subject.said if predicate == _TYPE and term in _FACTS), "")


def _words(subject: Subject) -> str:
    said = dict(subject.said)
    value = literal(said.get(_QUOTE) or said.get(_LABEL, ""))
    return value.text if value else ""


def _plain(subject: Subject) -> dict[str, str]:
    """Return what is said of a subject as text, by the name of the property."""
    found = ((predicate[1:-1].rpartition("#")[2], term, literal(term)) for predicate, term in subject.said)
    return {name: value.text if value else term for name, term, value in found}


def _place(iri: str) -> tuple[int, str]:
    span = terms.span(iri)
    return (span[0] if span else -1, iri)


def _pairs(report: str, old: dict[str, Subject], new: dict[str, Subject]) -> list[_Pair]:
    """Pair the facts of one text: those at the same place, then those of one kind whose places overlap."""
    pairs: list[_Pair] = [(old[iri], new[iri]) for iri in old.keys() & new.keys()]
    fresh = [iri for iri in new if iri not in old]
    for iri in old.keys() - new.keys():
        kind, (start, end) = _kind(old[iri]), terms.span(iri) or (0, 0)
        spans = ((other, terms.span(other) or (0, 0)) for other in fresh if _kind(new[other]) == kind)
        moved = next((other for other, (first, last) in spans if first < end and start < last), None)
        if moved:
            fresh.remove(moved)
        pairs.append((old[iri], new[moved] if moved else None))
    pairs += [(None, new[iri]) for iri in fresh]
    return sorted(pairs, key=lambda pair: _place((pair[0] or pair[1]).iri[1:-1]))  # type: ignore[union-attr]


def _aligned(old: dict[str, Subject], new: dict[str, Subject], *reports: str) -> Iterator[_Pair]:
    """Yield the facts of two texts, those of the same kind and words in pairs, in the order of the texts."""
    sides = [[s for iri, s in side.items() if iri != report] for side, report in zip((old, new), reports, strict=True)]
    yield old[reports[0]], new[reports[1]]
    keys, others = ([f"{_kind(s)} {_words(s)}" for s in side] for side in sides)
    for kind, first, last, start, end in SequenceMatcher(None, keys, others, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from zip(sides[0][first:last], sides[1][start:end], strict=True)
        else:
            yield from ((s, None) for s in sides[0][first:last])
            yield from ((None, s) for s in sides[1][start:end])


def _compare(report: str, was: _Side, now: _Side, old: Subject | None, new: Subject | None) -> Iterator[Change]:
    subject = new or old
    assert subject is not None
    kind, iri, words = _kind(subject), subject.iri[1:-1], _words(subject)
    if old is None or new is None:
        yield Change(report, iri, kind, "gone" if new is None else "added", words, "", "", "")
        return
    if kind not in ("Report", "Section") and _words(old) != words:
        yield Change(report, iri, kind, "moved", words, "quote", _words(old), words)
    for predicate in sorted({p for p, _ in (*old.said, *new.said)} - _FOLLOWS):
        one, other = ([term for p, term in s.said if p == predicate] for s in (old, new))
        if sorted(map(was.key, one)) != sorted(map(now.key, other)):
            field = predicate[1:-1].rpartition("#")[2]
            before, after = (" | ".join(map(side.text, terms_)) for side, terms_ in ((was, one), (now, other)))
            unsaid = [usual(kind, _plain(side)).get(field, "") for side in (old, new)]
            yield Change(report, iri, kind, "changed", words, field, before or unsaid[0], after or unsaid[1])
