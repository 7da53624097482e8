"""Metrics: each figure with what it counts, under which indicator, in what status, period and change.

In: the text, its headings, instruments and header. Out: Metrics in the order of the text; `rule` is how the figure is
written. Figures are found by figures.py and cut out of the text by settings.py; reading.py reads each of them; owners
are told by owners.py, wholes and repetitions by wholes.py; this module puts them together.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from kg.extract import cells, figures, indicators, owners, weighing, wholes
from kg.extract.finder import Finder
from kg.extract.numerals import Figure
from kg.extract.periods import Calendar, years
from kg.extract.reading import Page, Reading, reading_of, row_of, tries_of
from kg.extract.sections import Outline
from kg.extract.settings import settings
from kg.extract.surroundings import Setting, aside
from kg.model import Header, Instrument, Metric, Section, Span
from kg.vocabulary import Vocabulary

_HIDDEN = re.compile(
    r"《[^《》\n]{1,80}》|“[^“”\n]{1,40}”|‘[^‘’\n]{1,40}’|\"[^\"\n]{1,40}\"|「[^「」\n]{1,40}」|https?:\S{1,200}"
)
#: A part that is all that its brothers are not: 合同协议103件、其他15件.
_REST = ("其他", "其它", "其余")
#: Whose parts are of the same kind, whatever their words say.
_UNDIVIDED = frozenset(
    ("services.aid_cases", "supervision.disclosure_requests", "supervision.disclosures", "disputes.hotline_cases")
)
#: What a refused request for disclosure leads to: 受理申请20件,引发复议1件.
_BROUGHT = ("supervision.reconsiderations", "supervision.litigations")


def find(
    text: str, sections: Sequence[Section], instruments: Sequence[Instrument], header: Header, tables: Vocabulary
) -> tuple[Metric, ...]:
    """Return the metrics of a text, in its order."""
    return tuple(reading.metric for reading in read(text, sections, instruments, header, tables))


def read(
    text: str, sections: Sequence[Section], instruments: Sequence[Instrument], header: Header, tables: Vocabulary
) -> list[Reading]:
    """Return the metrics of a text, each with what it was read from."""
    page, readings, wholly = by_rows(text, sections, instruments, header, tables)
    readings = _as_one(list(weighing.weighed(page, readings)))
    masked = page.masked
    whose = owners.Owners(masked, header, tables)
    placed = zip(
        readings,
        wholly,
        wholes.restated(masked, readings, tables),
        (whose.of(r.setting) for r in readings),
        strict=True,
    )
    return [
        r._replace(
            metric=replace(
                r.metric, part_of=part.whole if part and part.sure else r.metric.part_of, restates=first, whose=owner
            )
        )
        if part or first or owner != "district"
        else r
        for r, part, first, owner in placed
    ]


def by_rows(
    text: str, sections: Sequence[Section], instruments: Sequence[Instrument], header: Header, tables: Vocabulary
) -> tuple[Page, list[Reading], list[wholes.Part | None]]:
    """Return the page, its readings under the indicators that rows and wholes give, and of what each is a part."""
    masked, outline = mask(text, instruments), Outline(sections)
    found = list(figures.find(masked, tables))
    ends = [f.end for f in found if masked.startswith(("、", "。"), f.end)]
    found = [f for f in found if not _in_heading(f, outline, masked, ends)]
    finder = Finder(text, indicators.rules(tuple(tables.indicators)))
    page = Page(text, masked, outline, finder, Calendar(masked, header.year))
    readings = _year_by_year(page, list(_readings(page, settings(text, masked, found))))
    readings = sorted([*readings, *_in_cells(page, found, tables)], key=lambda reading: reading.metric.start)
    wholly = wholes.parts(masked, readings, tables)
    return page, list(_inherited(page, readings, wholly)), wholly


def _in_cells(page: Page, found: Sequence[Figure], tables: Vocabulary) -> Iterator[Reading]:
    """Yield the readings of the cells of tables that are no figures by themselves, each in the year of its column.

    The cells of a column that make up the one in its last row are parts of that.
    """
    known, columns = {figure.end for figure in found}, dict[int, list[Reading]]()
    for setting, year, column in cells.find(page.masked, tables):
        reading = reading_of(page, setting, None, None) if setting.figure.end not in known else None
        if reading and year:
            period = f"{year}-01/{year}-12" if year != page.calendar.year else None
            reading = reading._replace(metric=replace(reading.metric, period=period))
        if reading:
            columns.setdefault(column, []).append(reading)
    for readings in columns.values():
        *parts, last = readings
        total = cells.SUM.match(last.metric.name) and sum(r.metric.value for r in parts) == last.metric.value
        if not total:
            yield from readings
            continue
        whole = Span(last.metric.start, last.metric.end)
        yield from (r._replace(metric=replace(r.metric, part_of=whole)) for r in parts)
        yield last


def _as_one(readings: list[Reading]) -> list[Reading]:
    """Count a table's sum, and the parts that nothing counts, under the indicator of most of the parts."""
    sums = dict[Span, list[Reading]]()
    for reading in readings:
        if reading.metric.part_of:
            sums.setdefault(reading.metric.part_of, []).append(reading)
    if not sums:
        return readings
    most = {
        whole: max(Counter(r.metric.indicator for r in parts).items(), key=lambda item: (item[0] != "other", item[1]))[
            0
        ]
        for whole, parts in sums.items()
    }
    for i, reading in enumerate(readings):
        metric = reading.metric
        of = most.get(metric.part_of or Span(metric.start, metric.end))
        if of and (metric.indicator == "other" or not metric.part_of) and metric.indicator != of:
            metric = replace(metric, indicator=of, indicator_detail=None)
            readings[i] = reading._replace(metric=metric, row=None, detail=None, weighed=None)
    return readings


def _year_by_year(page: Page, readings: list[Reading]) -> list[Reading]:
    """Give each of as many figures of one thing as years its own year: 近三年来,复议案件分别为5件、3件、2件."""
    done, i = list(readings), 0
    while i < len(done):
        end = i + 1
        while end < len(done) and _goes_on(page.masked, readings[end - 1], readings[end]):
            end += 1
        spells = years(done[i].metric.period)
        lead = page.masked[done[i].setting.clause.start : done[i].metric.start]
        if end - i == len(spells) > 1 and "分别" in lead[-6:]:
            for at, spell in enumerate(spells, i):
                own = None if spell.startswith(f"{page.calendar.year}-") else spell
                done[at] = done[at]._replace(metric=replace(done[at].metric, period=own))
        i = end
    return done


def _goes_on(masked: str, one: Reading, other: Reading) -> bool:
    """Tell whether the second of two figures goes on with a list of one thing and time: 5件、3件."""
    a, b = one.metric, other.metric
    alike = (a.name, a.unit, a.period) == (b.name, b.unit, b.period)
    return alike and masked[a.end : b.start] in ("、", "和", "及", ",")


def _inherited(page: Page, readings: Sequence[Reading], parts: Sequence[wholes.Part | None]) -> Iterator[Reading]:
    """Count a part that no row counts under the indicator of its whole: 调处纠纷142起,其中邻里土地63起."""
    known: dict[int, Metric] = {}
    for reading, part in zip(readings, parts, strict=True):
        metric = reading.metric
        of = known.get(part.whole.start) if part else None
        rest = page.masked.endswith(_REST, reading.setting.own.start, metric.start)
        if of and of.indicator != "other" and (reading.row is None or rest or _is_of_its_kind(metric, of)):
            detail = row_of(page, tries_of(page, reading.setting, metric.change), of.indicator)
            named = detail.indicator if detail else None
            metric = replace(metric, indicator=of.indicator, indicator_detail=named)
            reading = reading._replace(metric=metric, detail=detail)
        known[metric.start] = metric
        yield reading


def _is_of_its_kind(part: Metric, whole: Metric) -> bool:
    """Tell whether a part can be nothing but what the whole is: of cases of legal aid, those about crimes."""
    brought = part.indicator in _BROUGHT and whole.indicator == "supervision.disclosure_requests"
    return whole.indicator in _UNDIVIDED and part.unit == whole.unit and not part.change and not brought


def _readings(page: Page, cut: Sequence[Setting]) -> Iterator[Reading]:
    """Yield the readings of all figures; those before the first mark of a sentence know none before them."""
    last: Reading | None = None
    outside = last  # the last one that stands in no brackets: 审结79件(含上年结转6件),维持41件
    known: dict[Span | None, Reading] = {}
    for setting in cut:
        inner = aside(page.masked, setting)
        before = last if inner else outside
        same = before is not None and before.setting.sentence.start == setting.sentence.start
        reading = reading_of(page, setting, before.metric if before and same else None, known.get(setting.whose))
        if reading:
            last = known[Span(reading.metric.start, reading.metric.end)] = reading
            outside = outside if inner else reading
            yield reading


@lru_cache(maxsize=2)
def _unquoted(text: str) -> str:
    return _HIDDEN.sub(lambda m: "■" * len(m.group()), text)


def mask(text: str, instruments: Sequence[Instrument]) -> str:
    """Hide what is no prose (titles, quoted names, addresses) behind as many ■."""
    masked = _unquoted(text)
    pieces, at = [], 0
    for cited in instruments:
        if cited.end > at:
            start = max(cited.start, at)
            pieces += [masked[at:start], "■" * (cited.end - start)]
            at = cited.end
    return "".join([*pieces, masked[at:]])


def _in_heading(figure: Figure, outline: Outline, text: str, ends: Sequence[int]) -> bool:
    """Tell whether a figure stands in a heading; a long one, one with a comma, or a whole sentence alone is prose.

    ends: where figures end right before a 、 or a full stop, of all figures of the text.
    """
    heading = next(iter(outline.at(figure.start)), None)
    if heading is None or figure.start >= heading.end or heading.end - heading.start > 40:
        return False
    sentence = text.startswith("。", heading.end)  # and the point goes on: (一)办理案件35件,罚款7万元。规范程序…
    if "," in text[heading.start : heading.end if sentence else figure.start]:
        return False
    following = bisect_right(ends, heading.start)  # (一)举办讲座61场、培训62期。发放…
    if sentence and following < len(ends) and ends[following] <= heading.end:
        return False
    return not re.match(r"[。;][ \t]*(?:\n|$)", text[heading.end : heading.end + 4])
