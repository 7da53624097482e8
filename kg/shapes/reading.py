"""ontology/shapes.ttl -> Shapes: one for every constraint on a property, and one for every closed node shape.

Understood are node shapes with sh:targetClass or sh:targetSubjectsOf, whose property shapes are on a predicate and have
constraints of CONSTRAINTS; sh:or is between datatypes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg import terms
from kg.data import folder
from kg.errors import QueryError
from kg.shapes.constraints import CONSTRAINTS, Constraint

_SH, _NIL = "http://www.w3.org/ns/shacl#", f"<{terms.RDF}nil>"
_BESIDE = {"path", "message", "severity"}
_TARGETS = ("targetClass", "targetSubjectsOf")
_Subject = ox.NamedNode | ox.BlankNode
_Term = ox.NamedNode | ox.BlankNode | ox.Literal


@dataclass(frozen=True, slots=True)
class Shape:
    """One constraint on the values of one property of the things of one target: a class, or a property they have.

    path: the property; of a closed shape, which has no constraint, "", and allowed has the properties a thing may have.
    """

    target: str
    path: str
    constraint: Constraint | None
    severity: str
    zh: str
    en: str
    allowed: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """Name the shape by its property."""
        return name(self.path)


def name(path: str) -> str:
    """Return what a finding calls the shape of a property.

    >>> name("<https://w3id.org/fazhi/ont#value>")
    'shape:value'
    """
    iri = path.strip("<>")
    return f"shape:{iri[max(iri.rfind('#'), iri.rfind('/')) + 1 :]}"


def shapes() -> Iterator[Shape]:
    """Yield every constraint of ontology/shapes.ttl. Raise QueryError for one that is not understood."""
    graph = _Shacl()
    for kind in _TARGETS:
        for node, target in graph.pairs(kind):
            yield from _closed(graph, node, target)
            for shape in graph.values(node, "property"):
                yield from _constraints(graph, shape, target)


class _Shacl:
    """The triples of shapes.ttl."""

    def __init__(self) -> None:
        self._store = ox.Store()
        self._store.load((folder("ontology") / "shapes.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)

    def pairs(self, predicate: str) -> Iterator[tuple[_Subject, str]]:
        for quad in sorted(self._store.quads_for_pattern(None, ox.NamedNode(_SH + predicate), None), key=str):
            yield quad.subject, str(quad.object)  # type: ignore[misc]

    def said(self, subject: _Term) -> dict[str, _Term]:
        """Return what is said of a subject, by the local name of the property."""
        quads = self._store.quads_for_pattern(subject, None, None)  # type: ignore[arg-type]
        return {quad.predicate.value.removeprefix(_SH): quad.object for quad in quads}  # type: ignore[misc]

    def values(self, subject: _Term, name: str) -> list[_Term]:
        predicate = ox.NamedNode(name if ":" in name else _SH + name)
        found = self._store.quads_for_pattern(subject, predicate, None)  # type: ignore[arg-type]
        return sorted((quad.object for quad in found), key=str)  # type: ignore[misc]

    def listed(self, head: _Term) -> Iterator[str]:
        """Yield the members of a list; of shapes that allow a datatype, the datatypes."""
        while str(head) != _NIL:
            member = self.values(head, f"{terms.RDF}first")[0]
            yield str(self.values(member, "datatype")[0] if isinstance(member, ox.BlankNode) else member)
            head = self.values(head, f"{terms.RDF}rest")[0]

    def words(self, shape: _Term) -> tuple[str, str, str]:
        """Return the severity of a shape, and its message in Chinese and English."""
        texts = {m.language: m.value for m in self.values(shape, "message") if isinstance(m, ox.Literal)}
        severity = str(self.said(shape).get("severity", "#Violation")).rpartition("#")[2].strip(">").lower()
        return severity, texts.get("zh", ""), texts.get("en", "")


def _closed(graph: _Shacl, node: _Subject, target: str) -> Iterator[Shape]:
    """Yield the shape of a node shape that allows no other properties than its own and the ignored ones."""
    said = graph.said(node)
    if "closed" in said:
        own = {str(graph.said(shape)["path"]) for shape in graph.values(node, "property")}
        ignored = set(graph.listed(said["ignoredProperties"]))
        yield Shape(target, "", None, *graph.words(node), allowed=frozenset(own | ignored))


def _constraints(graph: _Shacl, shape: _Term, target: str) -> Iterator[Shape]:
    said = graph.said(shape)
    if unknown := said.keys() - CONSTRAINTS.keys() - _BESIDE:
        raise QueryError(f"ontology/shapes.ttl: sh:{min(unknown)} is not understood; see kg/shapes/constraints.py.")
    for name in sorted(said.keys() - _BESIDE):
        term = said[name]
        wanted = tuple(graph.listed(term)) if name in ("in", "or") else (str(term),)
        yield Shape(target, str(said["path"]), CONSTRAINTS[name](wanted), *graph.words(shape))
