"""The triples of a view, gathered by subject; the order in which they came leaves no trace.

In: triples. Out: a Described, which answers by the name at the end of a term's IRI (label, year, metric …).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import Literal

#: A subject, a predicate and an object of pyoxigraph.
Triple = tuple[Any, Any, Any]


def local(iri: str) -> str:
    """Return the name at the end of an IRI.

    >>> local("https://w3id.org/fazhi/ont#Report"), local("http://purl.org/dc/terms/title")
    ('Report', 'title')
    """
    return iri.rpartition("#")[2].rpartition("/")[2]


class Described:
    """What a view says of each subject: {predicate's name: its values, in order}."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        found: dict[str, dict[str, set[Any]]] = {}
        names: dict[str, str] = {}
        for subject, predicate, value in triples:
            term = predicate.value
            if term not in names:
                names[term] = local(term)
            found.setdefault(subject.value, {}).setdefault(names[term], set()).add(value)
        self._of = {
            iri: {name: list(v) if len(v) == 1 else sorted(v, key=str) for name, v in sorted(found[iri].items())}
            for iri in sorted(found)
        }

    def __iter__(self) -> Iterator[str]:
        return iter(self._of)

    def names(self, iri: str) -> Iterable[str]:
        """Return the names of all that is said of a subject."""
        return self._of.get(iri, {})

    def all(self, iri: str, name: str) -> list[str]:
        """Return the values of that name, as text."""
        return [str(value.value) for value in self._of.get(iri, {}).get(name, [])]

    def first(self, iri: str, name: str) -> str:
        """Return the first value of that name, or an empty text."""
        values = self._of.get(iri, {}).get(name)
        return str(values[0].value) if values else ""

    def whole(self, iri: str, name: str) -> int | None:
        """Return the first value of that name as a whole number, or None if it is none."""
        text = self.first(iri, name)
        return int(text) if text.isdecimal() else None

    def label(self, iri: str, language: str = "zh") -> str:
        """Return the label in that language; for Chinese, one without a language will do."""
        values = [value for value in self._of.get(iri, {}).get("label", []) if isinstance(value, Literal)]
        spoken = [value for value in values if (value.language or "").startswith(language)]
        unmarked = [value for value in values if not value.language and language == "zh"]
        return next((value.value for value in (*spoken, *unmarked)), "")

    def kind(self, iri: str, wanted: Iterable[str]) -> str:
        """Return the first class wanted that the subject is of, or an empty text."""
        types = {local(value) for value in self.all(iri, "type")}
        return next((name for name in wanted if name in types), "")
