"""A graph in slices of some hundred reports, each beside what it speaks of, small enough to be asked in memory; on the
way each thing is held against its shapes.

In: a Store, and the queries that will be asked. Out: slices, as sources of rows; findings are added to a set. Of a
slice only the properties are kept that the queries name.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from kg import terms
from kg.ask import query
from kg.model import Finding
from kg.shapes import Shapes
from kg.store import Row, Store

_REPORT, _TYPE = f"{terms.BASE}report/", f"<{terms.TYPE}>"
#: Characters of N-Triples of the reports that are asked together.
_SLICE = 8_000_000


class Slice:
    """A part of a graph as one set of triples, without their graphs: half the size, and asked in half the time."""

    cut = False

    def __init__(self, lines: Iterable[str]) -> None:
        self._inner = ox.Store()
        self._inner.bulk_load("\n".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES, lenient=True)

    def select(self, sparql: str) -> tuple[list[str], list[Row]]:
        """Answer a SELECT query of queries/checks/."""
        found = self._inner.query(sparql)
        assert isinstance(found, ox.QuerySolutions)
        return [variable.value for variable in found.variables], [tuple(row) for row in found]


def slices(store: Store, queries: Iterable[str], found: set[Finding]) -> Iterator[Slice]:
    """Yield slices of the reports, all of one body in one; add what the shapes find on the way."""
    named = {match for sparql in queries for match in re.findall(r"\b(\w+):(\w+)", sparql)}
    reader = _Reader(store, {f"<{terms.PREFIXES.get(prefix, '')}{name}>" for prefix, name in named}, found)
    for name in store.graphs():
        if not name.startswith(_REPORT):
            reader.read(name)
    part, size, parts = list[str](), 0, 0
    for reports in _bodies(store):
        for name in reports:
            part += (lines := reader.read(name))
            size += sum(map(len, lines))
        if size > _SLICE:
            yield Slice([*part, *reader.shared()])
            part, size, parts = [], 0, parts + 1
    if size or not parts:
        yield Slice([*part, *reader.shared()])


def _bodies(store: Store) -> list[list[str]]:
    """Return the reports of each body that reports; one of an unknown body is alone."""
    rows = query(store, f"SELECT ?report ?body {{ ?report <{terms.fz('reporter')}> ?body }}").rows
    body = {str(report): str(key) for report, key in rows}
    found = defaultdict[str, list[str]](list)
    for name in store.graphs():
        if name.startswith(_REPORT):
            found[body.get(name, name)].append(name)
    return [found[key] for key in sorted(found)]


@dataclass(frozen=True, slots=True)
class _Thing:
    """A thing of a graph: its properties, their values, and at which line of the graph the first of them is."""

    iri: str
    first: int
    said: tuple[str, ...]
    values: list[str]


def _things(lines: Sequence[str]) -> Iterator[_Thing]:
    """Yield what sorted lines of N-Triples are about."""
    last, first, said, values = "", 0, list[str](), list[str]()
    for at, line in enumerate(lines):
        iri, predicate, value = line.split(" ", 2)
        if iri != last:
            if said:
                yield _Thing(last, first, tuple(said), values)
            last, first, said, values = iri, at, [], []
        said.append(predicate)
        values.append(value[:-2])
    if said:
        yield _Thing(last, first, tuple(said), values)


def _classes(store: Store) -> Mapping[str, Set[str]]:
    """Return of which classes each thing is that the reports share."""
    found, alike = dict[str, Set[str]](), dict[frozenset[str], frozenset[str]]()
    for thing, cls in store.select(f"SELECT ?s ?c {{ GRAPH <{terms.REFERENCE}> {{ ?s <{terms.TYPE}> ?c }} }}")[1]:
        classes = frozenset((*found.get(str(thing), ()), str(cls)))
        found[str(thing)] = alike.setdefault(classes, classes)
    return found


class _Reader:
    """Holds one graph after another against the shapes; keeps what is asked of them, and what that links to."""

    def __init__(self, store: Store, asked: Set[str], found: set[Finding]) -> None:
        self._store, self._asked, self._found, self._shapes = store, asked, found, Shapes()
        self._is_a = lru_cache(maxsize=65_536)(self._said_to_be)  # a thing may be of a class that another graph says
        self._kept = lru_cache(maxsize=16_384)(self._asked_for)
        self._known = lru_cache(maxsize=65_536)(self._said_by_all)
        self._linked = set[str]()
        self._shared = _classes(store)
        self._measures = [s for s in store.subjects(terms.REFERENCE) if s.startswith(terms.measure(""))]

    def read(self, name: str) -> list[str]:
        """Return what is asked for of a graph as N-Triples; add what its shapes find."""
        kept = list[str]()
        for lines in self._store.parts(name):
            things = list(_things(lines))
            self._check(things)
            for thing in things:
                places = self._kept(thing.said)
                kept += [lines[thing.first + at] for at in places]
                if name.startswith(_REPORT):
                    self._linked.update(thing.values[at] for at in places)
        return kept

    def _check(self, things: Sequence[_Thing]) -> None:
        classes = {t.iri: {v for p, v in zip(t.said, t.values, strict=True) if p == _TYPE} for t in things}

        def is_a(thing: str, cls: str, classes: Mapping[str, set[str]] = classes) -> bool:
            known = classes.get(thing) or self._shared.get(thing)
            return (known is not None and cls in known) or self._is_a(thing, cls)

        for thing in things:
            for shape, value in self._shapes.wrong(thing.said, thing.values, is_a):
                message = f"{shape.zh} / {shape.en}"
                self._found.add(Finding(shape.name, shape.severity, message, thing.iri[1:-1], value))

    def shared(self) -> Iterator[str]:
        """Yield what reports share and those read since the last call link to, and all units, as N-Triples."""
        linked = {term[1:-1] for term in self._linked if term[0] == "<" and not term.startswith(_REPORT, 1)}
        self._linked = set()
        for iri in sorted(linked.union(self._measures)):
            yield from self._known(iri)

    def _asked_for(self, said: tuple[str, ...]) -> list[int]:
        return [at for at, predicate in enumerate(said) if predicate in self._asked]

    def _said_by_all(self, iri: str) -> list[str]:
        return [line for line in self._store.said(terms.REFERENCE, [iri]) if line.split(" ", 2)[1] in self._asked]

    def _said_to_be(self, thing: str, cls: str) -> bool:
        return thing.startswith("<") and bool(query(self._store, f"ASK {{ {thing} a {cls} }}").rows[0][0])
