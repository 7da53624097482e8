"""The words of web pages and of neighbouring genres; a new site's quirk, or a relative's turn of speech, is a row.

tables/chrome.csv, kind label: what stands before a value (value: the field of Metadata, or nothing). token: a line of
such words alone is no report. opens, holds: a line that so begins, or has this in it, is none. foot: nor is what
follows. html: a word in the class or id of an element that is no article. variant: a word that conversion leaves
wrong, radical: one that stands for a character (value: the right one). brand: a betting site; bet: what such sites
sell, which a report may name too.

tables/genre.csv, kind relative: in a title, the mark of another genre (value: which); sign: the same anywhere in a
text. topic: a word of one of a government's tasks, part: of what only a report has (value: which).
"""

from dataclasses import dataclass
from functools import lru_cache

from kg.data import table

TABLES = {
    "chrome.csv": ("label", "token", "opens", "holds", "foot", "html", "variant", "radical", "brand", "bet"),
    "genre.csv": ("relative", "sign", "topic", "part"),
}
KINDS = tuple(kind for kinds in TABLES.values() for kind in kinds)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table."""

    kind: str
    words: str
    value: str


def _row(cells: dict[str, str]) -> Row:
    if cells["kind"] not in KINDS:
        raise ValueError(f"kind {cells['kind']!r} is none of {', '.join(KINDS)}")
    if not cells["words"].strip():
        raise ValueError("words is empty")
    if cells["kind"] in ("variant", "radical") and len(cells["words"]) != len(cells["value"]):
        raise ValueError("a variant and what is right are of one length")
    return Row(cells["kind"], cells["words"], cells["value"])


@lru_cache(maxsize=1)
def _by_kind() -> dict[str, dict[str, str]]:
    rows = [row for name in TABLES for row in table(name, "kind words value", _row)]
    return {kind: {row.words: row.value for row in rows if row.kind == kind} for kind in KINDS}


def words(kind: str) -> dict[str, str]:
    """Return the words of a kind, each with its value."""
    return _by_kind()[kind]
