"""The SHACL shapes of ontology/shapes.ttl, applied to one subject of a graph after another, so that a graph of any size
is checked in little memory.

In: the shapes; of SHACL Core what they use: property shapes on a predicate, with _CONSTRAINTS, where sh:or
is between datatypes. Terms are text, as in N-Triples. Out: for each subject what its class's shapes find wrong. A new
constraint is a function and its line in _CONSTRAINTS. A test compares the findings with pySHACL's.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from operator import ge, gt, le, lt
from typing import Any

import pyoxigraph as ox

from kg import terms
from kg.data import folder
from kg.errors import QueryError
from kg.formats.triples import Subject, literal

SH = "http://www.w3.org/ns/shacl#"
_TYPE, _NIL = f"<{terms.TYPE}>", f"<{terms.RDF}nil>"
#: How a literal is written, by its datatype.
_FORMS = {
    f"<{terms.XSD}{name}>": re.compile(form)
    for name, form in (
        ("integer", r"[+-]?[0-9]+"), ("decimal", r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"), ("boolean", "true|false|0|1"),
        ("date", r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), ("gYearMonth", r"[0-9]{4}-(0[1-9]|1[0-2])"), ("gYear", "[0-9]{4}"),
    )
}  # fmt: skip
_NUMBERS = {f"<{terms.XSD}{name}>" for name in ("integer", "decimal", "double", "float")}


@dataclass(frozen=True, slots=True)
class Node:
    """What a constraint looks at beside the values: all that is said of the subject, and what is of which class."""

    said: Mapping[str, Collection[str]]
    is_a: Callable[[str, str], bool]


#: Of the values of a property, those that a constraint finds wrong; "" for too few or too many.
Wrong = Callable[[Collection[str], Node], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Shape:
    """One constraint on the values of one property of the things of one class."""

    cls: str
    path: str
    constraint: str
    wrong: Wrong
    severity: str
    zh: str
    en: str

    @property
    def name(self) -> str:
        """Name the shape by its property."""
        return f"shape:{self.path.strip('<>').rpartition('#')[2]}"


def text(term: str) -> str:
    """Return what a term says: the text of a literal, or an IRI."""
    found = literal(term)
    return term.strip("<>") if found is None else found.text


def _number(term: str) -> int:
    return int(text(term))


def _datatype(term: str) -> str:
    tail = term[term.rfind('"') + 1 :]
    if tail.startswith("<"):
        return ""  # an IRI
    return tail[2:] if tail.startswith("^^") else f"<{terms.RDF}langString>" if tail else f"<{terms.XSD}string>"


def _well_formed(term: str) -> str:
    """Return the datatype of a literal that is written as its datatype wants it; else, and for an IRI, nothing."""
    datatype, written = _datatype(term), text(term)
    form = _FORMS.get(datatype)
    if form and not form.fullmatch(written):
        return ""
    if datatype == f"<{terms.XSD}date>":
        try:
            date.fromisoformat(written)
        except ValueError:
            return ""
    return datatype


def _size(term: str) -> tuple[str, Decimal | str] | None:
    """Return what a literal is ordered by, after the kind of its datatype; None for what has no order."""
    datatype = _datatype(term)
    if datatype not in _NUMBERS:
        return (datatype, text(term)) if datatype.startswith(f"<{terms.XSD}") else None
    try:
        number = Decimal(text(term))
    except InvalidOperation:
        return None
    return ("number", number) if number.is_finite() else None


def _kept(one: str, other: str, order: Callable[[Any, Any], bool]) -> bool:
    a, b = _size(one), _size(other)
    return a is not None and b is not None and a[0] == b[0] and order(a, b)


def _each(wrong: Callable[[str], bool]) -> Wrong:
    return lambda values, _: [value for value in values if wrong(value)]


def _count(order: Callable[[int, int], bool], limit: int) -> Wrong:
    return lambda values, _: () if order(len(values), limit) else [""]


def _than(order: Callable[[Any, Any], bool], path: str) -> Wrong:
    def wrong(values: Collection[str], node: Node) -> Iterable[str]:
        others = node.said.get(path, ())
        return [value for value in values if any(not _kept(value, other, order) for other in others)]

    return wrong


def _one_a_language(values: Collection[str], _: Node) -> Iterable[str]:
    languages = [found.language for value in values if (found := literal(value)) and found.language]
    return [""] if len(set(languages)) < len(languages) else ()


def _pattern(wanted: str) -> Wrong:
    pattern = re.compile(re.sub(r"\$$", r"\\Z", text(wanted)))  # $ also stands before a last line end in Python
    return _each(lambda value: not pattern.search(text(value)))


def _among(kind: Callable[[str], str], wanted: Collection[str]) -> Wrong:
    return _each(lambda value: kind(value) not in wanted)


#: From the parameters of a constraint to what it does.
_CONSTRAINTS: Mapping[str, Callable[[Sequence[str]], Wrong]] = {
    "minCount": lambda wanted: _count(ge, _number(wanted[0])),
    "maxCount": lambda wanted: _count(le, _number(wanted[0])),
    "uniqueLang": lambda _: _one_a_language,
    "datatype": lambda wanted: _among(_well_formed, wanted),
    "or": lambda wanted: _among(_well_formed, wanted),
    "class": lambda wanted: lambda values, node: [value for value in values if not node.is_a(value, wanted[0])],
    "in": lambda wanted: _among(str, wanted),
    "pattern": lambda wanted: _pattern(wanted[0]),
    "minLength": lambda wanted: _each(lambda value: len(text(value)) < _number(wanted[0])),
    "minInclusive": lambda wanted: _each(lambda value: not _kept(value, wanted[0], ge)),
    "maxInclusive": lambda wanted: _each(lambda value: not _kept(value, wanted[0], le)),
    "minExclusive": lambda wanted: _each(lambda value: not _kept(value, wanted[0], gt)),
    "lessThan": lambda wanted: _than(lt, wanted[0]),
    "lessThanOrEquals": lambda wanted: _than(le, wanted[0]),
}
_BESIDE = {"path", "message", "severity"}


class Shapes:
    """All shapes, by the class that they are of."""

    def __init__(self) -> None:
        self._of: dict[str, dict[str, list[Shape]]] = defaultdict(lambda: defaultdict(list))
        for shape in shapes():
            self._of[shape.cls][shape.path].append(shape)
        self._needed = {  # what is wrong even where nothing is said
            cls: [path for path, found in paths.items() if any(shape.constraint == "minCount" for shape in found)]
            for cls, paths in self._of.items()
        }

    def wrong(self, subject: Subject, is_a: Callable[[str, str], bool]) -> Iterator[tuple[Shape, str]]:
        """Yield each shape that a subject does not keep, with the value at fault. is_a: (thing, class) -> bool."""
        said: dict[str, list[str]] = {}
        for predicate, term in subject.said:
            said.setdefault(predicate, []).append(term)
        node = Node(said, is_a)
        for cls in said.get(_TYPE, ()):
            paths = self._of.get(cls, {})
            for path in (*said, *(path for path in self._needed.get(cls, ()) if path not in said)):
                values = said.get(path, ())
                for shape in paths.get(path, ()):
                    for value in shape.wrong(values, node):
                        yield shape, text(value)


def shapes() -> Iterator[Shape]:
    """Yield every constraint of ontology/shapes.ttl. Raise QueryError for one that is not understood."""
    graph = ox.Store()
    graph.load((folder("ontology") / "shapes.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)

    def values(subject: ox.NamedNode | ox.BlankNode, name: str) -> list[ox.NamedNode | ox.BlankNode | ox.Literal]:
        found = [quad.object for quad in graph.quads_for_pattern(subject, ox.NamedNode(name), None)]
        return sorted((term for term in found if not isinstance(term, ox.Triple)), key=str)

    def listed(head: ox.NamedNode | ox.BlankNode) -> Iterator[str]:
        """Yield the members of a list; of shapes that allow a datatype, the datatypes."""
        while str(head) != _NIL:
            member = values(head, f"{terms.RDF}first")[0]
            yield str(values(member, f"{SH}datatype")[0] if isinstance(member, ox.BlankNode) else member)
            head = values(head, f"{terms.RDF}rest")[0]  # type: ignore[assignment]

    for quad in sorted(graph.quads_for_pattern(None, ox.NamedNode(f"{SH}targetClass"), None), key=str):
        for shape in values(quad.subject, f"{SH}property"):  # type: ignore[arg-type]
            said = {
                q.predicate.value.removeprefix(SH): q.object
                for q in graph.quads_for_pattern(shape, None, None)  # type: ignore[arg-type]
            }
            if unknown := said.keys() - _CONSTRAINTS.keys() - _BESIDE:
                raise QueryError(f"ontology/shapes.ttl: sh:{min(unknown)} is not understood; see kg/shapes.py.")
            texts = {m.language: m.value for m in values(shape, f"{SH}message")}  # type: ignore[union-attr,arg-type]
            severity = str(said.get("severity", "#Violation")).rpartition("#")[2].strip(">").lower()
            said_by = severity, texts["zh"] or "", texts["en"] or ""
            for constraint in sorted(said.keys() - _BESIDE):
                term = said[constraint]
                wanted = tuple(listed(term)) if constraint in ("in", "or") else (str(term),)  # type: ignore[arg-type]
                wrong = _CONSTRAINTS[constraint](wanted)
                yield Shape(str(quad.object), str(said["path"]), constraint, wrong, *said_by)
