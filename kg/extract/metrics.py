"""Metrics: each figure with what it counts, under which indicator, in what status, period and change.

In: the text, its headings, instruments and header. Out: Metrics in the order of the text; `rule` is how the figure is
written. Figures are found by figures.py, indicators by indicators.py, times by periods.py, names by naming.py, changes
by changes.py, status, owner and obligation by standing.py, wholes and repetitions by wholes.py; this module puts them
together.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from kg.extract import figures, indicators, naming, owners, standing, wholes
from kg.extract.changes import RELATIVE, between_levels, change_of
from kg.extract.finder import CHANGE, ZERO, Asked, Finder, Rule
from kg.extract.numerals import Figure
from kg.extract.periods import Calendar, frequency
from kg.extract.sections import Outline
from kg.extract.settings import settings
from kg.extract.surroundings import Setting, around, aside
from kg.model import Change, Header, Instrument, Metric, Section, Span
from kg.vocabulary import Vocabulary

_HIDDEN = re.compile(
    r"《[^《》\n]{1,80}》|“[^“”\n]{1,40}”|‘[^‘’\n]{1,40}’|\"[^\"\n]{1,40}\"|「[^「」\n]{1,40}」|https?:\S{1,200}"
)
#: What follows 零 without saying what there is none of.
_VERBAL = re.compile(r"登记|发生|新增|增长|上升|上报")
_RANKED = re.compile(r"排名|排位|名次|位次|位居|位列")
#: A part that is all that its brothers are not: 合同协议103件、其他15件.
_REST = ("其他", "其它", "其余")
#: Whose parts are of the same kind, whatever their words say.
_UNDIVIDED = frozenset(("services.aid_cases", "supervision.disclosure_requests", "supervision.disclosures", "disputes.hotline_cases"))
#: What a refused request for disclosure leads to: 受理申请20件,引发复议1件.
_BROUGHT = ("supervision.reconsiderations", "supervision.litigations")


class Reading(NamedTuple):
    """A metric with its setting and the row that gave its indicator (None: inherited, or none fits)."""

    metric: Metric
    setting: Setting
    row: Rule | None
    detail: Rule | None


@dataclass(frozen=True, slots=True)
class _Page:
    """A text as its figures are read: with names masked, and what is asked about each figure."""

    text: str
    masked: str
    outline: Outline
    finder: Finder
    calendar: Calendar


def find(
    text: str, sections: Sequence[Section], instruments: Sequence[Instrument], header: Header, tables: Vocabulary
) -> tuple[Metric, ...]:
    """Return the metrics of a text, in its order."""
    return tuple(reading.metric for reading in read(text, sections, instruments, header, tables))


def read(
    text: str, sections: Sequence[Section], instruments: Sequence[Instrument], header: Header, tables: Vocabulary
) -> list[Reading]:
    """Return the metrics of a text, each with what it was read from."""
    masked, outline = mask(text, instruments), Outline(sections)
    found = [f for f in figures.find(masked, tables) if not _in_heading(f, outline, masked)]
    finder = Finder(text, indicators.rules(tuple(tables.indicators)))
    page = _Page(text, masked, outline, finder, Calendar(masked, header.year))
    readings = list(_readings(page, settings(text, masked, found)))
    wholly = wholes.parts(masked, readings, tables)
    readings = list(_inherited(page, readings, wholly))
    whose = owners.Owners(masked, header, tables)
    placed = zip(
        readings,
        wholly,
        wholes.restated(masked, readings, tables),
        (whose.of(r.setting) for r in readings),
        strict=True,
    )
    return [
        r._replace(metric=replace(r.metric, part_of=whole, restates=first, whose=owner))
        if whole or first or owner != "district"
        else r
        for r, whole, first, owner in placed
    ]


def _inherited(page: _Page, readings: Sequence[Reading], wholly: Sequence[Span | None]) -> Iterator[Reading]:
    """Count a part that no row counts under the indicator of its whole: 调处纠纷142起,其中邻里土地63起."""
    known: dict[int, Metric] = {}
    for reading, whole in zip(readings, wholly, strict=True):
        metric = reading.metric
        of = known.get(whole.start) if whole else None
        rest = page.masked.endswith(_REST, reading.setting.own.start, metric.start)
        if of and of.indicator != "other" and (reading.row is None or rest or _is_of_its_kind(metric, of)):
            detail = _row(page, _tries(page, reading.setting, metric.change), of.indicator)
            named = detail.indicator if detail else None
            metric = replace(metric, indicator=of.indicator, indicator_detail=named)
            reading = reading._replace(metric=metric, detail=detail)
        known[metric.start] = metric
        yield reading


def _is_of_its_kind(part: Metric, whole: Metric) -> bool:
    """Tell whether a part can be nothing but what the whole is: of cases of legal aid, those about crimes."""
    brought = part.indicator in _BROUGHT and whole.indicator == "supervision.disclosure_requests"
    return whole.indicator in _UNDIVIDED and part.unit == whole.unit and not part.change and not brought


def _readings(page: _Page, cut: Sequence[Setting]) -> Iterator[Reading]:
    """Yield the readings of all figures; those before the first mark of a sentence know none before them."""
    last: Reading | None = None
    outside = last  # the last one that stands in no brackets: 审结79件(含上年结转6件),维持41件
    known: dict[Span | None, Reading] = {}
    for setting in cut:
        inner = aside(page.masked, setting)
        before = last if inner else outside
        same = before is not None and before.setting.sentence.start == setting.sentence.start
        reading = _reading(page, setting, before.metric if before and same else None, known.get(setting.whose))
        if reading:
            last = known[Span(reading.metric.start, reading.metric.end)] = reading
            outside = outside if inner else reading
            yield reading


def mask(text: str, instruments: Sequence[Instrument]) -> str:
    """Hide what is no prose (titles, quoted names, addresses) behind as many ■."""
    masked = _HIDDEN.sub(lambda m: "■" * len(m.group()), text)
    pieces, at = [], 0
    for cited in instruments:
        if cited.end > at:
            start = max(cited.start, at)
            pieces += [masked[at:start], "■" * (cited.end - start)]
            at = cited.end
    return "".join([*pieces, masked[at:]])


def _in_heading(figure: Figure, outline: Outline, text: str) -> bool:
    """Tell whether a figure stands in a heading; a long one, one with a comma, or a whole sentence alone is prose."""
    heading = next(iter(outline.at(figure.start)), None)
    if heading is None or figure.start >= heading.end or heading.end - heading.start > 40:
        return False
    sentence = text.startswith("。", heading.end)  # and the point goes on: (一)办理案件35件,罚款7万元。规范程序…
    if "," in text[heading.start : heading.end if sentence else figure.start] or (
        sentence and figure.end == heading.end
    ):
        return False
    return not re.match(r"[。;][ \t]*(?:\n|$)", text[heading.end : heading.end + 4])


def _reading(page: _Page, setting: Setting, before: Metric | None, whose: Reading | None) -> Reading | None:
    """Read the metric of a figure in its setting; None for a zero in a word that no indicator counts.

    whose: the figure that it changes, where its noun stands with that one.
    """
    masked, calendar = page.masked, page.calendar
    figure, zero = setting.figure, setting.figure.form == "zero-word"
    lead = masked[max(setting.clause.start, before.end if before else 0) : figure.start]
    change = change_of(masked, setting, lead, before, calendar.year)
    clause = setting.clause.start
    if zero:
        denied = Span(figure.end, min(figure.end + 5, setting.clause.end))
        phrase = page.text[denied.start : denied.end]
        setting = setting._replace(own=denied, clause=denied, counted=(denied,), phrase=phrase)
    tries = _tries(page, setting, change)
    row = _row(page, tries)
    if zero and row is None and _VERBAL.match(phrase):  # 上访保持零登记: the noun stands before
        setting = setting._replace(counted=(Span(max(clause, figure.start - 12), figure.start),))
        tries = _tries(page, setting, change)
        row = _row(page, tries)
    if change and figure.unit == "位" and _RANKED.search(lead):  # 在全市排名第8位,较上年上升3位
        row, whose = None, None
    if change and whose and not (row and CHANGE in row.units):
        row = whose.row
    if zero and row is None:
        return None
    indicator = row.indicator if row else "other"
    detail = _row(page, tries, indicator)
    status = standing.status(masked, setting, page.outline, calendar.year)
    since = setting.sentence.start
    if status == "planned":  # 2018年重点做好以下工作:…;…: the year is that of the plan, not of each of its figures
        since = max(since, *(masked.rfind(mark, since, figure.start) + 1 for mark in ";:"))
    period = calendar.at(masked, since, figure.start)
    if not period and status != "planned":
        period = calendar.overall
    often = frequency(lead) if figure.unit not in RELATIVE else None
    metric = Metric(
        start=figure.start,
        end=figure.end,
        rule=_form(masked, figure, lead, before, change, often),
        value=figure.value,
        value_max=figure.value_max,
        unit=figure.unit,
        bound=figure.bound,
        name=naming.name(page.text, setting, before),
        indicator=indicator,
        status=status,
        change=change,
        period=often or period,
        indicator_detail=detail.indicator if detail else None,
        norm=standing.is_norm(masked, setting, lead),
    )
    return Reading(metric, setting, row, detail)


def _tries(page: _Page, setting: Setting, change: Change | None) -> list[tuple[str | None, Asked]]:
    """Return the unit of a figure, and the places where its noun may stand, the likeliest first."""
    tries: list[tuple[Span, ...]] = [(counted,) for counted in setting.counted]
    if setting.borrowed:
        tries.insert(0, (setting.counted[0], setting.borrowed))
    unit = ZERO if setting.figure.form == "zero-word" else setting.figure.unit
    own = Span(setting.own.start, setting.figure.end) if setting.noun else setting.own
    found = []
    for counted in tries:
        if change:
            unit = "%" if any("率" in page.text[span.start : span.end] for span in counted) else CHANGE
        spans = around(page.text, setting, page.outline)
        asked = Asked(page.finder, counted, setting.clause, own, spans, setting.figure.end)
        found.append((unit, asked))
    return found


def _row(page: _Page, tries: Sequence[tuple[str | None, Asked]], broader: str | None = None) -> Rule | None:
    """Return the row that says what a figure is counted under, by the likeliest place of its noun that a row knows.

    broader: ask the rows that narrow this indicator.
    """
    if broader and not page.finder.narrows(broader):
        return None
    for unit, asked in tries:
        if row := asked.row(unit, broader):
            return row
    return None


def _form(
    masked: str, figure: Figure, lead: str, before: Metric | None, change: Change | None, often: str | None
) -> str:
    """Name the way a figure is written; this is the metric's rule."""
    if change:
        return "change"
    if often:
        return "frequency"
    if figure.form != "zero-word" and between_levels(masked, figure, lead, before):
        return "from-to"
    return figure.form
