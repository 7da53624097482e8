"""The text of a report as headings and paragraphs, its facts marked where they stand; what is no part of it is greyed.

In: a Report. Out: HTML. All positions are code points of the text as received. A fact within another is a mark within a
mark; of two that overlap, the second is cut where the first ends. Lines that a sentence runs over stay one paragraph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.site.gather import Report, Stated
from kg.site.markup import Html, joined, tag

#: What ends a heading in whose line the text goes on.
_STOPS = ("。", "：", ":", "；", ";")
#: Makes a mark of a fact, or greys what is none (None); whole: it begins here, and is not the rest of one that was cut.
Maker = Callable[[Stated | None, Html, bool], Html]


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a stretch of the text is: a fact, or (None) no part of the report; whole: it begins where it says."""

    start: int
    end: int
    fact: Stated | None
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (its level), a paragraph (0), or lines that are no part of the report (-1)."""

    start: int
    end: int
    level: int


def body(report: Report, mark: Maker) -> Iterator[Html]:
    """Yield the blocks of a report's text as elements."""
    stretches = [Stretch(f.start, f.start + len(f.fact.quote), f) for f in (*report.facts, *report.points)]
    stretches += [Stretch(start, end, None) for start, end in report.outside]
    stretches.sort(key=_order)
    title = next((value for word, value in report.said if word == "title"), "")
    for block in blocks(report):
        within = [s for s in stretches if s.start < block.end and s.end > block.start]
        inner = nested(report.content, block.start, block.end, within, mark)
        if block.level > 0:
            yield tag(f"h{block.level + 1}", inner, id=f"section-{block.start}")
        elif block.level < 0:
            yield tag("p", inner, class_="outside")
        else:
            named = report.content[block.start : block.end].strip() == title
            yield tag("p", inner, class_="title" if named else "")


def blocks(report: Report) -> Iterator[Block]:
    """Yield headings, paragraphs and what is outside the report, in the order of the text, none of them blank."""
    text, soft = report.content, bytearray(len(report.content))
    spans = [*report.sentences, *((f.start, f.start + len(f.fact.quote)) for f in report.facts)]
    for start, end in spans:
        soft[start:end] = b"\1" * len(soft[start:end])
    own = [Block(start, end + (text[end : end + 1] in _STOPS), level) for start, end, _, level in report.headings]
    own += [Block(start, end, -1) for start, end in report.outside if _lines(text, start, end)]
    at = 0
    for block in sorted(own, key=lambda each: (each.start, -each.end)):
        if block.start >= at:
            yield from _paragraphs(text, soft, at, block.start)
            yield block
            at = block.end
    yield from _paragraphs(text, soft, at, len(text))


def _lines(text: str, start: int, end: int) -> bool:
    """Say whether a span is whole lines."""
    before, after = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    return not text[before:start].strip() and not text[end : len(text) if after < 0 else after].strip()


def _paragraphs(text: str, soft: bytearray, start: int, end: int) -> Iterator[Block]:
    """Yield the lines of a stretch of the text that are not blank."""
    at = start
    for i in range(start, end + 1):
        if i == end or (text[i] == "\n" and not soft[i]):
            if text[at:i].strip():
                yield Block(at, i, 0)
            at = i + 1


def _order(stretch: Stretch) -> tuple[int, int, str]:
    return stretch.start, -stretch.end, stretch.fact.iri if stretch.fact else ""


def nested(text: str, start: int, end: int, stretches: Sequence[Stretch], mark: Maker) -> Html:
    """Return text[start:end] with the stretches in it marked, those within others inside them."""
    waiting = sorted((_cut(each, start, end) for each in stretches), key=_order)
    parts: list[object] = []
    at = start
    while waiting:
        first, *others = waiting
        parts += [text[at : first.start]] if first.start > at else []
        inner = [each for each in others if each.start < first.end]
        parts.append(mark(first.fact, nested(text, first.start, first.end, inner, mark), first.whole))
        at = first.end
        rest = (replace(each, start=at, whole=False) for each in inner if each.end > at)
        waiting = sorted((*rest, *others[len(inner) :]), key=_order)
    parts += [text[at:end]] if at < end else []
    return joined(parts)


def _cut(stretch: Stretch, start: int, end: int) -> Stretch:
    whole = stretch.whole and stretch.start >= start
    return Stretch(max(start, stretch.start), min(end, stretch.end), stretch.fact, whole)
