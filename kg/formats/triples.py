"""One graph of a store after another, by subject, in the order in which a reader wants them.

In: a Store. Out: for each graph its name and its subjects; terms as they stand in N-Triples. A report comes first, then
its headings, sentences and facts as the text has them, then what the report brings with it (bodies, own documents …).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from kg import terms
from kg.store import Graphs

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_PLAIN = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_PLACE = re.compile(r"(\w+)/(\d+)-(\d+)$")
_FIRST = {"section": 0, "sentence": 1}
#: What is said first of a subject, and what last; all else stands between, by name.
_RANK = {f"<{terms.TYPE}>": 0, f"<{terms.LABEL}>": 1} | {
    f"<{terms.fz(name)}>": 9 for name in ("quote", "rule", "sentence", "report", "section")
}


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject and what is said of it, as (predicate, object); all terms as in N-Triples."""

    iri: str
    said: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Literal:
    """The text of a literal, and its language or the IRI of its datatype (xsd:string has neither)."""

    text: str
    language: str = ""
    datatype: str = ""


def literal(term: str) -> Literal | None:
    r"""Read a literal of N-Triples; None for an IRI.

    >>> literal('"a\\n\\"b"@zh')
    Literal(text='a\n"b', language='zh', datatype='')
    >>> literal('<https://w3id.org/fazhi/ont#Report>')
    """
    if not term.startswith('"'):
        return None
    end = term.rindex('"')
    raw, tail = term[1:end], term[end + 1 :]
    text = raw if "\\" not in raw else _ESCAPE.sub(_unescape, raw)
    if tail.startswith("@"):
        return Literal(text, language=tail[1:])
    return Literal(text, datatype=tail[3:-1])


def _unescape(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _PLAIN.get(match[3], match[3])


def graphs(store: Graphs, names: Iterable[str] | None = None) -> Iterator[tuple[str, list[Subject]]]:
    """Yield each graph, or those named: its name, and its subjects in order; a large one in parts."""
    for name in store.graphs() if names is None else names:
        for part in store.parts(name):
            yield name, subjects(name, part)


def by_subject(lines: Iterable[str]) -> Iterator[Subject]:
    """Yield the subjects of sorted lines of N-Triples."""
    split = (line[:-2].split(" ", 2) for line in lines)
    for iri, said in groupby(split, key=itemgetter(0)):
        yield Subject(iri, [(p, o) for _, p, o in said])


def subjects(name: str, lines: Iterable[str]) -> list[Subject]:
    """Return the subjects of a graph in the order for readers; lines: its sorted N-Triples."""
    prefix = f"<{name}/"

    def place(iri: str) -> tuple[int, int, int, str]:
        if iri == f"<{name}>":
            return (-1, 0, 0, "")
        found = _PLACE.fullmatch(iri, len(prefix), len(iri) - 1) if iri.startswith(prefix) else None
        if found is None:
            return (1 << 60, 0, 0, iri[1:-1])  # without brackets, so that a place stands before those in it
        return (int(found[2]), _FIRST.get(found[1], 2), int(found[3]), found[1])

    found = sorted(by_subject(lines), key=lambda subject: place(subject.iri))
    for subject in found:
        subject.said.sort(key=lambda pair: (_RANK.get(pair[0], 5), *pair))
    return found
