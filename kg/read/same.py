"""The same report twice: on another host, in another script, with another page around it.

In: Documents, one after the other. Out: the name of an earlier one that is the same report. Two texts are the same if
their clauses are, figures included, and no other body names itself: next year's report repeats the phrases of this
year's, and not its figures; a neighbour's may repeat both.
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
_TITLE = re.compile(r"^[^。\n]{0,60}?(?:法治政府|依法行政|法治建设)[^。\n]{0,30}?(?:报告|总结|情况|汇报)", re.MULTILINE)
_NAME = re.compile("(?![我本全])[\u3400-\u9fff]{1,30}?(?:街道|委员会|[省市区县旗镇乡局厅])")
_SIGNED = re.compile("^[ ]*[\u3400-\u9fff]{2,30}(?:政府|办事处|委员会|[局厅办])(?=[ ]*$|[ ]*20)", re.MULTILINE)


class _Sketch:
    """What a text is known by: hashes of its clauses, of those with figures; its commonest year; who says it."""

    def __init__(self, text: str) -> None:
        clauses = set(_CLAUSE.findall(text))
        figures = {clause for clause in clauses if any(c.isdigit() for c in clause)}
        self.clauses = _smallest(clauses)
        self.figures = _smallest(figures)
        years = Counter(_YEAR.findall(text))
        self.year = min(years, key=lambda year: (-years[year], year), default="")
        self.names = _last_name(_titled(text)), _last_name("".join(_SIGNED.findall(text[-400:])))
        self.keys = self.figures[:_KEYS] if len(self.figures) >= _FEW else self.clauses[:_KEYS]

    def is_same(self, other: "_Sketch") -> bool:
        if self.year != other.year or any(map(_contradict, self.names, other.names)):
            return False
        if min(len(self.figures), len(other.figures)) < _FEW:
            return _share(self.clauses, other.clauses) >= _WITHOUT_FIGURES
        alike = _share(self.clauses, other.clauses) >= _ALIKE
        return alike and _share(self.figures, other.figures) >= _FIGURES_ALIKE


def _titled(text: str) -> str:
    """Return a text's title, with the line above it, where a title of two lines names the body."""
    match = _TITLE.search(text[:1500])
    return "".join(text[: match.end()].rsplit("\n", 2)[-2:]) if match else ""


def _last_name(text: str) -> str:
    """Return the last place or body that a title or a signature names.

    >>> _last_name("甲县乙镇人民政府关于2023年法治政府建设情况的报告")
    '乙镇'
    """
    names: list[str] = _NAME.findall(text)
    return names[-1] if names else ""


def _contradict(one: str, other: str) -> bool:
    return bool(one and other) and not (one.endswith(other) or other.endswith(one))


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
