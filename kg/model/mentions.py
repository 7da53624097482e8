"""What is found in a report. A new kind of fact is a class here.

Mentions stand on `Document.text` (repaired, simplified); evidence is shown from `Document.source` (as received).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar, dataclass_transform

from kg.model.document import Span

Role = Literal["achievements", "problems", "plans", "other"]
Bound = Literal["exact", "at_least", "about", "at_most"]
Status = Literal["done", "planned", "problem"]
Whose = Literal["district", "body", "subordinate", "higher"]


_T = TypeVar("_T")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def _mention(cls: type[_T]) -> type[_T]:
    """Make a frozen dataclass of a class; mypy alone keeps it frozen, since one is made six times as fast so."""
    return dataclass(slots=True, kw_only=True, unsafe_hash=True)(cls)


@_mention
class Mention:
    """Something found at text[start:end] by the rule of that name."""

    start: int
    end: int
    rule: str


@_mention
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


@_mention
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


@_mention
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


@_mention
class Denial(Mention):
    """A zero without a figure (无行政诉讼败诉案件): what there was none of, and the indicator that counts it.

    indicator_detail: the narrower indicator, where no more is denied: 无行政复议被撤销 says nothing of lawsuits.
    """

    name: str
    indicator: str
    indicator_detail: str | None = None


@_mention
class Instrument(Mention):
    """A mention of a legal or normative text. law: its id in tables/laws.csv, if it has one."""

    title: str
    kind: str
    doc_number: str | None
    relation: Literal["cites", "issues"]
    law: str | None


@_mention
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


@_mention
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
