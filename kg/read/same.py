"""The same report twice: on another host, in another script, with another page around it.

In: Documents, one after the other. Out: the name of an earlier one that is the same report. Two texts are the same if
their clauses are, figures included: next year's report repeats the phrases of this year's, and not its figures.
"""

import re
from array import array
from collections import Counter
from zlib import crc32

from kg.model import Document

_CLAUSE = re.compile("[\u3400-\u9fff0-9.%]{6,}")
_YEAR = re.compile(r"(?<!\d)20[0-3]\d(?=年)")
#: How many of the smallest hashes stand for a text; how many of them lead to it; how many texts are compared at most.
_SKETCH, _KEYS, _MOST = 96, 6, 50
_ALIKE, _FIGURES_ALIKE, _WITHOUT_FIGURES = 0.8, 0.75, 0.95
_FEW = 4


class _Sketch:
    """What a text is known by: hashes of its clauses, of those with figures, and the year that it names most."""

    def __init__(self, text: str) -> None:
        clauses = set(_CLAUSE.findall(text))
        figures = {clause for clause in clauses if any(c.isdigit() for c in clause)}
        self.clauses = _smallest(clauses)
        self.figures = _smallest(figures)
        years = Counter(_YEAR.findall(text))
        self.year = min(years, key=lambda year: (-years[year], year), default="")
        self.keys = self.figures[:_KEYS] if len(self.figures) >= _FEW else self.clauses[:_KEYS]

    def is_same(self, other: "_Sketch") -> bool:
        if self.year != other.year:
            return False
        if min(len(self.figures), len(other.figures)) < _FEW:
            return _share(self.clauses, other.clauses) >= _WITHOUT_FIGURES
        alike = _share(self.clauses, other.clauses) >= _ALIKE
        return alike and _share(self.figures, other.figures) >= _FIGURES_ALIKE


def _smallest(clauses: set[str]) -> "array[int]":
    return array("L", sorted(crc32(clause.encode("utf-8", "surrogatepass")) for clause in clauses)[:_SKETCH])


def _share(one: "array[int]", other: "array[int]") -> float:
    """Estimate how much of two sets of clauses is in both, from the smallest hashes of each."""
    union = sorted({*one, *other})[:_SKETCH]
    both = {*one} & {*other}
    return sum(item in both for item in union) / (len(union) or 1)


class Seen:
    """The reports read so far; it holds about a kilobyte for each."""

    def __init__(self) -> None:
        self._by_digest: dict[str, str] = {}
        self._by_key: dict[int, list[int]] = {}
        self._known: list[tuple[str, _Sketch]] = []

    def same_as(self, document: Document) -> str | None:
        """Return the name of an earlier report that this one is, or None, and then remember this one."""
        if document.sha256 in self._by_digest:
            return self._by_digest[document.sha256]
        sketch = _Sketch(document.text)
        for number in sorted({n for key in sketch.keys for n in self._by_key.get(key, ())[:_MOST]}):
            name, known = self._known[number]
            if known.is_same(sketch):
                self._by_digest[document.sha256] = name
                return name
        self._by_digest[document.sha256] = document.name
        for key in sketch.keys:
            self._by_key.setdefault(key, []).append(len(self._known))
        self._known.append((document.name, sketch))
        return None
