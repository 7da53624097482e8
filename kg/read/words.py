"""The words of web pages and of neighbouring genres, from tables/chrome.csv; a new site's quirk is a row there.

kind label: what stands before a value (value: the field of Metadata, or nothing). token: a line of such words alone is
no report. opens, holds: a line that so begins, or has this in it, is none. foot: nor is what follows. relative: in a
title, the mark of another genre (value: which); sign: the same anywhere in a text. topic: a word of one of a
government's tasks (value: which). part: a word of what only a report has (value: which part). variant: a word that
conversion leaves wrong (value: the right one). html: a word in the class or id of an element that is no article.
"""

from dataclasses import dataclass
from functools import lru_cache

from kg.data import table

KINDS = ("label", "token", "opens", "holds", "foot", "html", "relative", "part", "sign", "topic", "variant")


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
    if cells["kind"] == "variant" and len(cells["words"]) != len(cells["value"]):
        raise ValueError("a variant and what is right are of one length")
    return Row(cells["kind"], cells["words"], cells["value"])


@lru_cache(maxsize=1)
def _by_kind() -> dict[str, dict[str, str]]:
    rows = table("chrome.csv", "kind words value", _row)
    return {kind: {row.words: row.value for row in rows if row.kind == kind} for kind in KINDS}


def words(kind: str) -> dict[str, str]:
    """Return the words of a kind, each with its value."""
    return _by_kind()[kind]
