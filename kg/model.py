"""The nouns: what the rooms hand to each other. Frozen, and without work of their own.

A Document is a report as read; mentions are what was found in it. Every offset counts Unicode code points.
Mentions stand on `Document.text` (repaired, simplified); evidence is shown from `Document.source` (as received).
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from kg.errors import InputError

if TYPE_CHECKING:
    import pandas

Role = Literal["achievements", "problems", "plans", "other"]
Bound = Literal["exact", "at_least", "about", "at_most"]
Status = Literal["done", "planned", "problem"]
Whose = Literal["district", "body", "subordinate", "higher"]
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Something found at text[start:end] by the rule of that name."""

    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Header(Mention):
    """Who reports on what, and when. What the report does not say is None. The span is the title's, or empty.

    district_path: official names from province down. district_code: the place's code in tables/places.csv;
    None if the place is not listed or stays undecided, and then parent_code is the nearest listed place above it.
    candidates: the codes of all places of that name, where the text does not decide between them.
    """

    title: str | None
    issuer: str | None
    district: str | None
    district_path: tuple[str, ...]
    district_code: str | None
    parent_code: str | None
    year: int | None
    published: str | None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Mention):
    """A heading (the span) and the text it governs, up to body_end."""

    heading: str
    level: int
    role: Role
    body_end: int


@dataclass(frozen=True, slots=True)
class Change:
    """The figure says by how much something rose or fell."""

    direction: Literal["up", "down"]
    versus: Literal["previous_year", "previous_period", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric(Mention):
    """A figure. indicator: an id of tables/indicators.csv, or other. period: None is the reporting year.

    indicator_detail: an id of tables/indicator_details.csv, where a narrower row fits. part_of: the figure that this
    is a part of (其中, 分别); restates: where the report has already said the same figure. whose: the reporting
    district; a committee, office or team of it; its villages or units below; a county, city or place above or beside
    it. norm: an obligation (每季度不少于1次), not a result.
    """

    value: float
    value_max: float | None
    unit: str | None
    bound: Bound
    name: str
    indicator: str
    status: Status
    change: Change | None
    period: str | None
    indicator_detail: str | None = None
    part_of: Span | None = None
    restates: Span | None = None
    whose: Whose = "district"
    norm: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial(Mention):
    """A zero without a figure (无行政诉讼败诉案件): what there was none of, and the indicator that counts it."""

    name: str
    indicator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument(Mention):
    """A mention of a legal or normative text. law: its id in tables/laws.csv, if it has one."""

    title: str
    kind: str
    doc_number: str | None
    relation: Literal["cites", "issues"]
    law: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Initiative(Mention):
    """A named programme, campaign, mechanism, body or platform, at its first mention.

    known: its id in tables/initiatives.csv, if it has one. places: every span of the text that names it.
    """

    name: str
    variants: tuple[str, ...]
    kind: str
    theme: str
    status: Literal["done", "planned"]
    known: str | None
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point(Mention):
    """What a report admits under its problems, or promises under its plans. theme: an id of tables/themes.csv."""

    kind: Literal["problem", "commitment"]
    text: str
    theme: str | None


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one document, each kind in the order of the text."""

    header: Header
    sections: Sequence[Section] = field(default=())
    metrics: Sequence[Metric] = field(default=())
    instruments: Sequence[Instrument] = field(default=())
    initiatives: Sequence[Initiative] = field(default=())
    points: Sequence[Point] = field(default=())
    denials: Sequence[Denial] = field(default=())


#: A cell of an answer.
Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Answer:
    """Columns, rows, and for each row the IRIs of the facts behind it.

    headings: what to print above the columns, in Chinese; the columns' own names where nothing else is given.
    cut: there are more rows than these; a limit was reached.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    evidence: Sequence[tuple[str, ...]] = ()
    headings: tuple[str, ...] = ()
    cut: bool = False

    def to_pandas(self) -> "pandas.DataFrame":
        """Return the rows as a pandas DataFrame, one column each. Needs pandas: pip install kg-fazhi[pandas]."""
        try:
            import pandas
        except ImportError:
            raise InputError("to_pandas needs pandas; install it: pip install 'kg-fazhi[pandas]'") from None
        return pandas.DataFrame(list(self.rows), columns=list(self.columns))


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact stands: source[start:end] of the report's file, and the sentence around it."""

    fact: str
    file: str
    start: int
    end: int
    quote: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a check found. severity: violation (a fault of the graph), warning, or info."""

    check: str
    severity: str
    message: str
    focus: str
    value: str
