"""A text that holds the report twice, as a page does that has one copy for screens and one for telephones or printers.

In: a Draft whose lines are repaired. Out: the same Draft without the second copy, which is recorded as cut.
"""

from collections.abc import Iterator
from itertools import accumulate

from kg.read.draft import Draft
from kg.read.labels import body

#: A line so long is one that nobody writes twice; so many of them in a row, nearly all the same, are a copy.
_LONG, _FEWEST, _ALIKE = 20, 3, 0.9


def cut(draft: Draft) -> None:
    """Cut the second copy of a report, with the title above it and the signature below it."""
    lines, first, last = body(draft.text)
    opening = next((i for i in range(first, last) if len(lines[i].strip()) >= _LONG), None)
    if opening is not None and draft.text.count(lines[opening].strip()) == 2:
        draft.cut(_copy(lines, opening))


def _copy(lines: list[str], first: int) -> Iterator[tuple[str, int, int]]:
    heads = {line.strip() for line in lines[:first]} - {""}
    prose = [i for i in range(first, len(lines)) if len(lines[i].strip()) >= _LONG and lines[i].strip() not in heads]
    said = [lines[i].strip() for i in prose]
    again = next((i for i in range(1, len(said)) if said[i] == said[0]), len(said))
    length = min(again, len(said) - again)
    alike = sum(a == b for a, b in zip(said, said[again : again + length], strict=False))
    if length < _FEWEST or alike < _ALIKE * length:
        return
    between = range(prose[again - 1] + 1, prose[again])
    start = next((i for i in between if lines[i].strip() in heads), prose[again])
    signed = {lines[i].strip() for i in range(prose[again - 1] + 1, start)} | {""}
    end = prose[again + length - 1] + 1
    while end < len(lines) and lines[end].strip() in signed:
        end += 1
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    yield "repeated", starts[start], min(starts[end], starts[-1] - 1)
