"""Turtle and TriG for reading: grouped by report, in the order of its text, with prefixes.

In: a Store. Out: chunks, one a graph. Within a report its own IRIs are relative to it (@base).
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from kg import terms
from kg.formats.triples import Subject, graphs
from kg.store import Graphs, Store

_NAMESPACES = {iri: prefix for prefix, iri in terms.PREFIXES.items()}
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_INTEGER, _BOOLEAN, _DECIMAL = (f'"^^<{terms.XSD}{name}>' for name in ("integer", "boolean", "decimal"))
_TYPE = f"<{terms.TYPE}>"
_POINT = re.compile(r"\d+\.\d+")


@lru_cache(maxsize=65536)
def _short(iri: str) -> str:
    """Write an IRI in angle brackets with a prefix, where there is one.

    >>> _short("<https://w3id.org/fazhi/ont#Report>"), _short("<https://w3id.org/fazhi/id/measure/%25>")
    ('fz:Report', '<https://w3id.org/fazhi/id/measure/%25>')
    """
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    prefix, local = _NAMESPACES.get(iri[1:cut]), iri[cut:-1]
    return f"{prefix}:{local}" if prefix and _LOCAL.fullmatch(local) else iri


def _object(term: str, base: str) -> str:
    if term[0] == "<":
        return f"<{term[len(base) :]}" if term.startswith(base) else _short(term)
    if term.endswith(_INTEGER) or term.endswith(_BOOLEAN):
        return term[1 : term.rindex('"')]
    if term.endswith(_DECIMAL):
        number = term[1 : -len(_DECIMAL)]
        return number if _POINT.fullmatch(number) else f'"{number}"^^xsd:decimal'
    cut = term.rindex('"') + 1
    return term if term[cut : cut + 1] != "^" else f"{term[:cut]}^^{_short(term[cut + 2 :])}"


def _write(subjects: Iterable[Subject], name: str, indent: str) -> Iterator[str]:
    base = f"<{name}/" if name else "\0"
    for subject in subjects:
        iri = f"<{subject.iri[len(base) :]}" if subject.iri.startswith(base) else _short(subject.iri)
        said = [
            f"{_short(p) if p != _TYPE else 'a'} {' , '.join(_object(o, base) for _, o in pairs)}"
            for p, pairs in groupby(subject.said, key=itemgetter(0))
        ]
        yield f"\n{indent}{iri} " + f" ;\n{indent}    ".join(said) + " .\n"


def _prefixes() -> bytes:
    return "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(terms.PREFIXES.items())).encode()


def write_turtle(subjects: Iterable[Subject]) -> str:
    """Return subjects as a Turtle file."""
    return _prefixes().decode() + "".join(_write(subjects, "", ""))


def turtle(store: Graphs) -> Iterator[bytes]:
    """Yield the union of all graphs as Turtle, grouped by report; a triple that two graphs hold may stand twice."""
    yield _prefixes()
    last = ""
    for name, subjects in graphs(store):
        head = f"\n\n# {'-' * 60}\n@base <{name}/> .\n" if name != last else ""
        yield f"{head}{''.join(_write(subjects, name, ''))}".encode()
        last = name


def trig(store: Store) -> Iterator[bytes]:
    """Yield all graphs as TriG, each under its name."""
    yield _prefixes()
    for name, subjects in graphs(store):
        body = "".join(_write(subjects, name, "    "))
        yield f"\n\n@base <{name}/> .\n{_short(f'<{name}>')} {{{body}}}\n".encode()
