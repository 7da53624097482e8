"""One figure of a text, read: its value, what it counts, in what status, period and change.

In: a Page (a text as its figures are read) and the Setting of a figure. Out: a Reading, or None for a zero in a word
that no indicator counts. What several figures say of one another is put in by metrics.py.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.extract import naming, standing, words
from kg.extract.changes import RELATIVE, change_of, end_of_change
from kg.extract.finder import CHANGE, ZERO, Asked, Finder, Rule
from kg.extract.periods import Calendar, frequency
from kg.extract.sections import Outline
from kg.extract.surroundings import Setting, around
from kg.model import Change, Metric, Span, Status

#: What follows 零 without saying what there is none of.
_VERBAL = re.compile(r"登记|发生|新增|增长|上升|上报")
_ENDS = re.compile(r"[,。;、)\n]|$")
_IS = ("为", "是", "归", "保持", "达到")
_RANKED = re.compile(r"排名|排位|名次|位次|位居|位列")
#: The unit of a figure and a place where its noun may stand, as the rows are asked.
Try = tuple[str | None, Asked]


class Reading(NamedTuple):
    """A metric with its setting and the row that gave its indicator (None: inherited, or none fits).

    weighed: asked for them, it returns the words that outweighed the row; None if none did.
    """

    metric: Metric
    setting: Setting
    row: Rule | None
    detail: Rule | None
    weighed: Callable[[], tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A text as its figures are read: with names masked, and what is asked about each figure."""

    text: str
    masked: str
    outline: Outline
    finder: Finder
    calendar: Calendar


def reading_of(page: Page, setting: Setting, before: Metric | None, whose: Reading | None) -> Reading | None:
    """Read the metric of a figure in its setting; None for a zero in a word that no indicator counts.

    before: the metric before it in the sentence; whose: the figure that it changes, where its noun stands with that.
    """
    masked, figure = page.masked, setting.figure
    lead = masked[max(setting.clause.start, before.end if before else 0) : figure.start]
    change = change_of(masked, setting, lead, before, page.calendar.year)
    tries = tries_of(page, setting, change)
    row = row_of(page, tries)
    if figure.form == "zero-word":
        setting, tries, row = _denied(page, setting, change)
        if row is None:
            return None
    if change and figure.unit == "位" and _RANKED.search(lead):  # 在全市排名第8位,较上年上升3位
        row, whose = None, None
    same = whose and whose.metric.unit == figure.unit  # 2个村获评示范村,累计达到9个
    if whose and (change or same) and not (row and (not change or CHANGE in row.units)):
        row = whose.row
    detail = row_of(page, tries, row.indicator if row else "other")
    status = standing.status(masked, setting, page.outline, page.calendar.year)
    often = frequency(lead) if figure.unit not in RELATIVE else None
    end = end_of_change(masked, figure, lead, before) if figure.form != "zero-word" else None
    metric = Metric(
        start=figure.start,
        end=figure.end,
        rule="change" if change else "frequency" if often else end or figure.form,
        value=figure.value,
        value_max=figure.value_max,
        unit=figure.unit,
        bound=figure.bound,
        name=naming.name(page.text, setting, whose.metric if whose and setting.inherits else before),
        indicator=row.indicator if row else "other",
        status=status,
        change=change,
        period=often or _period(page, setting, status, end, lead, before),
        indicator_detail=detail.indicator if detail else None,
        norm=standing.is_norm(masked, setting, lead),
    )
    return Reading(metric, setting, row, detail)


def _denied(page: Page, setting: Setting, change: Change | None) -> tuple[Setting, list[Try], Rule | None]:
    """Return the setting of a zero in a word (零败诉), which counts what follows, and the row that counts it."""
    start, end = setting.figure.start, setting.figure.end
    denied = Span(end, min(end + 5, setting.clause.end))
    phrase, clause = page.text[denied.start : denied.end], setting.clause.start
    setting = setting._replace(own=denied, clause=denied, counted=(denied,), phrase=phrase)
    tries = tries_of(page, setting, change)
    row = row_of(page, tries)
    ends = _ENDS.match(phrase) and page.masked.endswith(_IS, clause, start)  # 赴省进京上访为零
    if row is None and (ends or _VERBAL.match(phrase)):  # 上访保持零登记: the noun stands before
        before = Span(max(clause, start - 12), start)
        setting = setting._replace(
            counted=(before,), phrase="", noun=words.before(page.text[before.start : before.end])
        )
        tries = tries_of(page, setting, change)
        row = row_of(page, tries)
    return setting, tries, row


def _period(
    page: Page, setting: Setting, status: Status, end: str | None, lead: str, before: Metric | None
) -> str | None:
    """Return the period of a figure, by the time that its sentence names, else the one that all data cover.

    What a change began from is of no time but the one named there: 由2022年的92%, but not 由原来的92%.
    """
    masked, since, at = page.masked, setting.sentence.start, setting.figure.start
    if end == "from":
        begin = max(lead.rfind("由"), lead.rfind("从"))
        return page.calendar.at(masked, at - len(lead) + begin, at) if begin >= 0 or not before else before.period
    if status == "planned":  # 2018年重点做好以下工作:…;…: the year is that of the plan, not of each of its figures
        since = max(since, *(masked.rfind(mark, since, at) + 1 for mark in ";:"))
    period = page.calendar.at(masked, since, at)
    return period if period or status == "planned" else page.calendar.overall


def tries_of(page: Page, setting: Setting, change: Change | None) -> list[Try]:
    """Return the unit of a figure, and the places where its noun may stand, the likeliest first."""
    tries: list[tuple[Span, ...]] = [(counted,) for counted in setting.counted]
    if setting.borrowed:
        tries.insert(0, (setting.counted[0], setting.borrowed))
    unit = ZERO if setting.figure.form == "zero-word" else setting.figure.unit
    own = Span(setting.own.start, setting.figure.end) if setting.noun else setting.own
    found, noun = [], setting.phrase or setting.noun
    for counted in tries:
        if change:
            unit = "%" if any("率" in page.text[span.start : span.end] for span in counted) else CHANGE
        spans = around(page.text, setting, page.outline)
        asked = Asked(page.finder, counted, setting.clause, own, spans, setting.figure.end, noun)
        found.append((unit, asked))
    return found


def row_of(page: Page, tries: Sequence[Try], broader: str | None = None) -> Rule | None:
    """Return the row that says what a figure is counted under, by the likeliest place of its noun that a row knows.

    broader: ask the rows that narrow this indicator.
    """
    if broader and not page.finder.narrows(broader):
        return None
    for unit, asked in tries:
        if row := asked.row(unit, broader):
            return row
    return None
