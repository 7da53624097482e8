"""The text of a PDF's page in the order in which it is read, where the file gives it in another one.

In: one page. Out: its lines as the file gives them; made anew of where their pieces stand if it gives single
characters, or lines that run across two columns.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

#: Of so many lines, so large a share are single characters; columns are so wide, and stand side by side so often.
_LINES, _SINGLE, _WIDE, _SIDE_BY_SIDE = 40, 0.6, 12, 0.5
#: So many lines at least stand side by side; of pieces that are given across columns, so many follow on the right.
_FEWEST, _ACROSS = 4, 0.2
#: Of one line are pieces whose feet differ by no more than this; a gap as wide as this parts columns (in characters).
_SAME_LINE, _GAP = 0.4, 1.0


class Piece(NamedTuple):
    """A piece of text: its left end, its foot, the size of its letters (all in points)."""

    x: float
    y: float
    size: float
    text: str

    @property
    def right(self) -> float:
        """Where it ends, if a Chinese character is as wide as it is high, and one of ASCII half as wide."""
        return self.x + self.size * sum(0.5 if c.isascii() else 1.0 for c in self.text)


def text_of(page: Any) -> str:
    """Return the text of a page of pypdf's."""
    pieces: list[Piece] = []

    def take(text: str, cm: Sequence[float], tm: Sequence[float], font: object, size: float) -> None:
        if text := text.strip("\r\n"):
            x, y = (tm[4] * cm[i] + tm[5] * cm[i + 2] + cm[i + 4] for i in (0, 1))
            pieces.append(Piece(x, y, abs(size * tm[3] * cm[3]) or size or 12.0, text))

    text = (page.extract_text(visitor_text=take) or "").replace("\r", "\n")
    written = [line for line in text.split("\n") if line.strip()]
    if len(written) >= _LINES and sum(len(line.strip()) == 1 for line in written) > _SINGLE * len(written):
        rows = list(_rows(pieces))
        return "\n".join("".join(piece.text for piece in row) for row in _columns(rows) or rows)
    if any("\n" in piece.text for piece in pieces):
        return text  # pieces of several lines: the file gives them in their order
    found = _columns(list(_rows(pieces))) if _runs_across(pieces) else None
    return "\n".join("".join(piece.text for piece in row) for row in found) if found else text


def _rows(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yield the pieces that stand in one line, from left to right; the topmost line first."""
    row: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: -piece.y):
        if row and row[0].y - piece.y > _SAME_LINE * max(row[0].size, piece.size):
            yield sorted(row)
            row = []
        row.append(piece)
    if row:
        yield sorted(row)


def _runs_across(pieces: Sequence[Piece]) -> bool:
    """Tell pieces that are given line by line across a gap: one follows the other on its right, at the same height."""
    across = sum(a.y == b.y and b.x > a.right + _GAP * a.size for a, b in pairwise(pieces))
    return across >= _FEWEST and across > _ACROSS * len(pieces)


def _columns(rows: Sequence[list[Piece]]) -> list[list[Piece]] | None:
    """Return the lines of the left column and those of the right one below them, if a page has two, else None."""
    parted = [_parted(row) for row in rows]
    both = [(left, right) for left, right in parted if right]
    if len(both) < max(_FEWEST, _SIDE_BY_SIDE * len(rows)):
        return None
    if median(_length(left) for left, _ in both) < _WIDE or median(_length(right) for _, right in both) < _WIDE:
        return None  # a table
    first = next(i for i, (_, right) in enumerate(parted) if right)
    last = len(rows) - next(i for i, (_, right) in enumerate(reversed(parted)) if right)
    edge = min(right[0].x for _, right in both)
    step = max(a[0].y - b[0].y for a, b in pairwise(rows[first:last]))
    while last < len(rows) and rows[last][-1].right < edge and rows[last - 1][0].y - rows[last][0].y <= step:
        last += 1  # the end of a left column that is longer
    inside = parted[first:last]
    lefts, rights = ([part[side] for part in inside if part[side]] for side in (0, 1))
    return [*rows[:first], *lefts, *rights, *rows[last:]]


def _parted(row: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Return the pieces of a line in front of its widest gap and behind it; all are in front where there is no gap."""
    gaps = [(b.x - a.right, i) for i, (a, b) in enumerate(pairwise(row), 1)]
    width, at = max(gaps, default=(0.0, 0))
    return (row[:at], row[at:]) if width > _GAP * row[0].size else (row, [])


def _length(row: Sequence[Piece]) -> int:
    return sum(len(piece.text) for piece in row)
