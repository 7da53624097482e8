"""A report as read: the text as received, the text repaired, and which part of the one each part of the other is.

Every offset counts Unicode code points.
"""

from array import array
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Script = Literal["hans", "hant", "mixed"]


class Span(NamedTuple):
    """Code points [start, end) of a text. A tuple, since a report is cut into thousands of them."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """For each code point of a cleaned text, the code points [start, end) of the source that it stands for.

    Both sequences are as long as the text, and neither ever decreases. What was cut from the source lies between.
    """

    starts: "array[int]"
    ends: "array[int]"

    def span(self, start: int, end: int) -> Span:
        """Return the source span of text[start:end]; an empty span maps to an empty one."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return Span(at, at)
        return Span(self.starts[start], self.ends[end - 1])


@dataclass(frozen=True, slots=True)
class Repair:
    """One change made between source and text: source[start:end] became `now`, by the rule of that name."""

    rule: str
    start: int
    end: int
    now: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page or file says of a report beside its text. What it does not say is None.

    published, signed, updated: ISO dates. publisher: the body that issued it (发布机构); source: where the page has it
    from (来源); number: 文号; index: 索引号; trail: the breadcrumbs and the site's name, which tell where the host is.
    """

    title: str | None = None
    publisher: str | None = None
    source: str | None = None
    published: str | None = None
    signed: str | None = None
    updated: str | None = None
    number: str | None = None
    index: str | None = None
    url: str | None = None
    trail: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A report as read from one file.

    name: the file's path as given, with forward slashes. source: the text as received, decoded.
    text: repaired, simplified, half-width; what the extractors read. sha256: of the source's UTF-8 bytes.
    cuts: what of the page around the report is in the source and not in the text; doubts: damage that is kept as it
    is, since nothing says what stood there.
    """

    name: str
    source: str
    text: str
    alignment: Alignment
    sha256: str
    format: str
    encoding: str
    script: Script
    repairs: tuple[Repair, ...] = ()
    cuts: tuple[Repair, ...] = ()
    doubts: tuple[Repair, ...] = ()
    metadata: Metadata = field(default_factory=Metadata)

    def span(self, start: int, end: int) -> Span:
        """Return the span of the source that text[start:end] stands for."""
        return self.alignment.span(start, end)

    def quote(self, start: int, end: int) -> str:
        """Return the source behind text[start:end], exactly as received."""
        span = self.span(start, end)
        return self.source[span.start : span.end]
