"""Triples as lines of N-Quads, written without a library on the way: half a million a second.

In: IRIs from terms, and values of any content. Out: lines that no value can break out of.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg import terms

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SPECIAL = re.compile('[\\\\"\x00-\x1f\x7f]')
#: Every predicate as it stands in a line; a name that is none raises KeyError.
_PREDICATES = {name: f" <{terms.ONT}{name}> " for name in terms.PROPERTIES} | {
    name: f" <{iri}> " for name, iri in terms.BORROWED.items()
}
_DECIMAL, _INTEGER = f'"^^<{terms.XSD}decimal>', f'"^^<{terms.XSD}integer>'


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES.get(match.group()) or f"\\u{ord(match.group()):04X}"


def literal(value: str | int | float, kind: str = "") -> str:
    """Return a literal in N-Quads. kind: a language (@zh), or the IRI of a datatype; numbers know their own.

    >>> print(literal('他说"好"', "@zh"), literal(59.5), literal(True))
    "他说\\"好\\""@zh "59.5"^^<http://www.w3.org/2001/XMLSchema#decimal> "true"^^<http://www.w3.org/2001/XMLSchema#boolean>
    """
    if isinstance(value, str):
        if not value.isprintable() or '"' in value or "\\" in value:  # else there is nothing special, most often
            value = _SPECIAL.sub(_escape, value)
        return f'"{value}"{kind}' if kind[:1] in ("@", "") else f'"{value}"^^<{kind}>'
    if isinstance(value, bool):
        return f'"{str(value).lower()}"^^<{terms.XSD}boolean>'
    if isinstance(value, int):
        return f'"{value}{_INTEGER}'
    number = f"{value:.10f}".rstrip("0").rstrip(".")
    return f'"{number}{_DECIMAL}'


@dataclass(frozen=True, slots=True, order=True)
class Described:
    """What a report says of a thing that the tables lack, and that other reports may speak of too.

    said: (predicate, value, kind), as Graph.say takes them; linked: (predicate, IRI).
    """

    iri: str
    cls: str
    said: tuple[tuple[str, str, str], ...]
    linked: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Shared:
    """What graphs refer to and the reference graph describes once: rows of the tables by id, and things not in them."""

    local: Counter[Described] = field(default_factory=Counter)

    places: set[str] = field(default_factory=set)
    laws: set[str] = field(default_factory=set)
    initiatives: set[str] = field(default_factory=set)
    details: set[str] = field(default_factory=set)
    units: set[str] = field(default_factory=set)
    periods: set[str] = field(default_factory=set)

    def update(self, other: "Shared") -> None:
        """Take in what another graph refers to."""
        for name in self.__slots__:
            getattr(self, name).update(getattr(other, name))


class Graph:
    """The lines of one named graph, and the shared things that they refer to.

    Predicates are named as in terms: a property of the ontology, or one of terms.BORROWED.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[str, None] = {}  # each once, in the order in which they were said
        self.refers = Shared()
        self.classes: Counter[str] = Counter()
        self._end = f" <{name}> .\n"

    def describe(
        self,
        iri: str,
        cls: str,
        said: Iterable[tuple[str, str | None, str]],
        linked: Iterable[tuple[str, str | None]] = (),
    ) -> None:
        """Have the reference graph describe a thing that the tables lack; a value of None is left out."""
        values = tuple((p, value, kind) for p, value, kind in said if value is not None)
        links = tuple((p, target) for p, target in linked if target is not None)
        self.refers.local[Described(iri, cls, values, links)] += 1

    def a(self, subject: str, cls: str) -> None:
        """Say of which class of the ontology a subject is."""
        line = f"<{subject}> <{terms.TYPE}> <{terms.CLASS[cls]}>{self._end}"
        if line not in self.lines:
            self.lines[line] = None
            self.classes[cls] += 1

    def link(self, subject: str, predicate: str, target: str | None) -> None:
        """Add a triple whose object is an IRI; none for None."""
        if target is not None:
            self.lines[f"<{subject}>{_PREDICATES[predicate]}<{target}>{self._end}"] = None

    def say(self, subject: str, predicate: str, value: str | int | float | None, kind: str = "") -> None:
        """Add a triple whose object is a literal; none for None."""
        if value is not None:
            self.lines[f"<{subject}>{_PREDICATES[predicate]}{literal(value, kind)}{self._end}"] = None

    def __len__(self) -> int:
        return len(self.lines)

    def nquads(self) -> bytes:
        """Return the graph as N-Quads, in the order in which they were said."""
        return "".join(self.lines).encode("utf-8")
