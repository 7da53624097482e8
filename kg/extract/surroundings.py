"""The text around a figure, cut into spans: what is counted, the clause, the sentence, point of a list, headings.

In: the text, the same text with names masked, and a figure with those around it. Out: its Setting; settings.py goes
from figure to figure. A clause ends at a mark, or at its bracket; of several figures in one clause each has its own
part, up to the figure before and behind.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.extract.numerals import Figure
from kg.extract.sections import Outline
from kg.model import Span

#: What ends a clause, and what ends a sentence.
MARKS, STOPS = ",;:。!?\n", "。!?\n"
MARK, _STOP = re.compile(f"[{MARKS}]"), re.compile(f"[{STOPS}]")
#: A class in front, so that the search leaps to it.
_POINT = re.compile(
    r"[一二三四五六七八九十(\d](?:(?<![(\d])[一二三四五六七八九十]?是|(?<=\()[一二三四五六七八九十]{1,3}\)|(?<=\d)(?<![\d.]\d)\d?[.、](?!\d))"
)
#: A clause or sentence is looked for no further than this.
FAR = 160


class Setting(NamedTuple):
    """A figure and the spans around it.

    counted: where the noun that is counted stands, likeliest first: behind the figure (phrase), before it (noun), or
    where the figure before has it (inherits; whose: that figure). borrowed: the noun of a figure before that this one
    counts too, behind another verb (受理诉求50件,办结48件). own: the words of this figure alone. clause: from the
    clause's start to the end of own. sentence: from the sentence's start to the clause's end.
    """

    figure: Figure
    own: Span
    clause: Span
    sentence: Span
    counted: tuple[Span, ...]
    phrase: str
    noun: str
    inherits: bool
    borrowed: Span | None = None
    whose: Span | None = None


def own_part(masked: str, figure: Figure, clause: Span, floor: int, following: int) -> Span:
    """Return the part of a clause that belongs to one figure, between the figure before and the one behind."""
    start = max(clause.start, floor)
    if floor > clause.start:
        start = max(start, masked.rfind("、", floor, figure.start) + 1)
    end = min(clause.end, following)
    if masked[figure.end : figure.end + 1] == "、" or end <= figure.end:
        return Span(start, figure.end)
    listed = masked.rfind("、", figure.end, end) if end == following else -1
    return Span(start, listed if listed >= 0 else end)


def last_mark(marks: Sequence[int], start: int, end: int) -> int:
    """Return the last of the offsets behind marks that lies between start and end, or start."""
    last = bisect_right(marks, end) - 1
    return max(start, marks[last]) if last >= 0 else start


def clause_of(masked: str, marks: Sequence[int], start: int, figure: Figure) -> Span:
    """Return the clause of a figure: from mark to mark, or from bracket to bracket where it stands in one."""
    begin = last_mark(marks, start, figure.start)
    bracket = masked.rfind("(", begin, figure.start)
    if bracket >= 0 and ")" not in masked[bracket : figure.start]:
        begin = bracket + 1
    return Span(begin, _clause_end(masked, marks, figure.end))


def _clause_end(masked: str, marks: Sequence[int], at: int) -> int:
    """Return where the clause that holds an offset ends."""
    following = bisect_right(marks, at)
    end = min(marks[following] - 1 if following < len(marks) else len(masked), at + FAR)
    closing = masked.find(")", at, end)
    return closing if closing >= 0 and "(" not in masked[at:closing] else end


def around(text: str, setting: Setting, outline: Outline) -> Iterator[Span]:
    """Yield what a figure may be about: the sentence so far, all of it, the point of the list, heading, chapter."""
    sentence, at = setting.sentence, setting.figure.start
    yield sentence
    stop = _STOP.search(text, sentence.end, sentence.end + FAR)
    yield Span(sentence.start, stop.start() if stop else sentence.end)
    yield Span(_point(text, at), sentence.end)
    for section in outline.at(at):
        yield Span(section.start, section.end)


def _point(text: str, at: int) -> int:
    """Return where the point of a list begins that holds an offset: in its line, and not too far before."""
    starts, ends = _points(text)
    line = max(text.rfind("\n", 0, at) + 1, at - 4 * FAR)
    last = bisect_right(ends, at) - 1
    begun = max(line, starts[last]) if last >= 0 else line
    item = _POINT.search(text, max(line, at - 3), at) if text[at - 1 : at] in (".", "、") else None
    return item.start() if item and item.end() == at else begun  # 2.5名律师


@lru_cache(maxsize=2)
def _points(text: str) -> tuple[list[int], list[int]]:
    """Return where the numbers of the points of lists begin, and where they end."""
    found = [match.span() for match in _POINT.finditer(text)]
    return [start for start, _ in found], [end for _, end in found]


def aside(masked: str, setting: Setting) -> bool:
    """Tell whether a figure stands in brackets within its sentence."""
    start, end = setting.sentence.start, setting.figure.start
    bracket = masked.rfind("(", start, end)
    return bracket >= 0 and masked.find(")", bracket, end) < 0
