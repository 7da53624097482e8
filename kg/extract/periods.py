"""The time that a figure covers, where it is not the reporting year: 截至2020年11月, 1至11月, 上年, 每月.

In: the text (names masked) and the reporting year. Out: "2020-01/2020-11", "month" | "quarter" | "week", or None.
A year counts where it opens a clause (2023年为867件), not where it belongs to a noun or a comparison (较2023年).
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

_Y = r"(?P<{0}>20\d\d)年(?:度)?"
_TIME = re.compile(
    r"(?:"
    + _Y.format("from_year") + r"(?:\d{1,2}月)?[-—–至到](?:" + _Y.format("to_year") + r")(?:(?P<to_month>\d{1,2})月)?"
    r"|(?P<span_a>20\d\d)[-—–至](?P<span_b>20\d\d)年"
    r"|截[至止]?到?(?:" + _Y.format("as_year") + r")?(?P<as_month>\d{1,2})月(?:\d{1,2}日|[底末])?"
    r"|截[至止]?到?(?P<end_year>20\d\d)年(?:[底末]|年底)"
    r"|(?:" + _Y.format("range_year") + r")?(?P<first>\d{1,2})月?(?:份)?[-—–至到](?P<last>\d{1,2})月"
    r"|(?P<month>\d{1,2})月份的?(?=\d)"
    r"|(?:" + _Y.format("part_year") + r"|(?P<part_last>去年|上年)|今年)?"
    r"(?P<part>上半年|下半年|前三季度|第?[一二三四]季度|前(?P<months>\d{1,2})个?月)"
    r"|近(?P<latest>[两二三四五])年(?:来|以来)?|(?P<past>[三四五])年来"
    r"|" + _Y.format("since") + r"(?:(?P<since_month>\d{1,2})月)?(?:以来|至今)"
    r"|" + _Y.format("year") + r"(?P<noun>(?:法治|工作|普法|年度|政府)[^,。;:\n]{0,12}(?:要点|计划|报告|方案|清单))?"
    r"|(?P<last_year>去年|上一?年度?)(?P<same>同期)?"
    r"|(?P<this>今年|本年度?)"
    r"|(?P<whole>(?<![占达到为成的较比于超])全年(?!度|的|任务|目标|计划|指标|总)|年度累计|(?<=[,;、:(])一年来)"
    r")"
)  # fmt: skip
#: What a time begins with: one look for it is quicker than trying every form everywhere.
_FIRST = re.compile(
    r"[\d截去上下今本前第一二三四五近全年](?:(?<=\d)(?=\d{0,3}[年月份至到—–-])|(?<!\d)(?=[\d年月份至到止一半三季二四两五—–-]|度累))"
)
#: A time opens its clause: behind a mark, a preposition, or nothing.
_OPENS = re.compile(
    r"(?:^|[,。;:(、\s]|其中|[自由从于在至到较比]|(?:^|[。;:\s])(?:\d{1,2}\.|[(](?:\d{1,2}|[一二三四五六七八九十]{1,2})[)]))$"
)
#: No longer is what _OPENS matches: a mark and the number of a list (9.2022年).
_OPENS_SIZE = 5
#: What makes of a time a comparison: 较2023年, 与去年同期相比.
_VERSUS = tuple("较比与同和跟")
#: 比2015年的90项减少, 较2024年(203件): the year before, by its own figure.
_LEVEL = re.compile(r"(?:同期)?[的(为]\d")
_PARTS = {
    "上半年": (1, 6), "下半年": (7, 12), "前三季度": (1, 9), "一": (1, 3), "二": (4, 6), "三": (7, 9), "四": (10, 12),
}  # fmt: skip
#: What all figures of a report cover, said once: 除注明外,数据均截至11月底.
_OVERALL = re.compile(r"(?:数据|数字)(?:统计|时间|均|一律|统一|都|为)*(?=截[至止])")
_EVERY = re.compile(r"每个?(?P<unit>月|季度?|周|星期)(?!度)[^,。;:、\d\n]{0,12}$")
_YEARS = re.compile(r"(20\d\d)-01/(20\d\d)-12")
_FREQUENCIES = {"月": "month", "季": "quarter", "季度": "quarter", "周": "week", "星期": "week"}


def frequency(before: str) -> str | None:
    """Return how often, by the words right before a figure.

    >>> [frequency(t) for t in ("律师每月", "每季度不少于", "每两月", "每周开展巡查")]
    ['month', 'quarter', None, 'week']
    """
    match = _EVERY.search(before) if "每" in before else None
    return _FREQUENCIES[match["unit"]] if match else None


@dataclass(frozen=True, slots=True)
class Time:
    """A time that text[start:end] names, from month to month."""

    start: int
    end: int
    first: tuple[int, int] | None
    last: tuple[int, int] | None
    brief: bool  # it governs the next figure only: 由上年的3件增至5件
    whole: bool = False  # all of the year that the sentence is in: 上半年12次,全年31次


def years(period: str | None) -> list[str]:
    """Return the years that a period covers, each as a period; none where it does not cover whole years.

    >>> years("2021-01/2022-12"), years("2021-01/2021-11"), years(None)
    (['2021-01/2021-12', '2022-01/2022-12'], [], [])
    """
    whole = _YEARS.fullmatch(period or "")
    return [_span((year, 1), (year, 12)) for year in range(int(whole[1]), int(whole[2]) + 1)] if whole else []


def _months(year: int | None, first: int, last: int) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    if year is None or not 1 <= first <= last <= 12:
        return None, None
    return (year, first), (year, last)


def _span(first: tuple[int, int], last: tuple[int, int]) -> str:
    return f"{first[0]}-{first[1]:02}/{last[0]}-{last[1]:02}"


def _of_the_year(before: Time | None, time: Time) -> Time | None:
    """Return 全年 as the whole year that the time before it ends in, if there is one."""
    if before is None or before.last is None:
        return before
    year = before.last[0]
    return replace(time, first=(year, 1), last=(year, 12))


def _times(text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of _TIME, which do not overlap."""
    done = 0
    for first in _FIRST.finditer(text):
        match = _TIME.match(text, first.start()) if first.start() >= done else None
        if match:
            done = match.end()
            yield match


class Calendar:
    """Every time that a text names, ready to be asked which one governs a figure."""

    def __init__(self, text: str, year: int | None) -> None:
        self.year = year
        self.times: list[Time] = []
        for match in _times(text):
            compared = text[max(0, match.start() - 1) : match.start()] in _VERSUS
            if (compared and not _LEVEL.match(text, match.end())) or match["noun"] or not self._opens(text, match):
                continue
            # 34件,上年为41件; 上年计划建2处,只建成1处
            after = match["last_year"] and text.startswith(("为", "是", "计划", "目标"), match.end())
            before = text[max(0, match.start() - 1) : match.start()]
            base = text.find("基础上", match.end(), match.end() + 24) >= 0  # 在去年4期的基础上,培训6期
            brief = bool(match["month"] or after or base or before in ("由", "从", "较", "比"))
            self.times.append(Time(match.start(), match.end(), *self._covers(match), brief, bool(match["whole"])))
        self.starts = [time.start for time in self.times]
        said = _OVERALL.search(text)
        overall = _TIME.match(text, said.end()) if said else None
        first, last = self._covers(overall) if overall else (None, None)
        #: What all figures cover that are of no time of their own.
        self.overall = _span(first, last) if first and last else None

    def _opens(self, text: str, match: re.Match[str]) -> bool:
        before = text[max(0, match.start() - _OPENS_SIZE) : match.start()]
        return bool(
            match["as_month"]
            or match["end_year"]
            or match["first"]
            or match["month"]
            or match["whole"]
            or _OPENS.search(before)
        )

    def _covers(self, m: re.Match[str]) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
        """Return the first and last month that an expression covers; (None, None) for the reporting year."""
        own = self.year

        def year(group: str) -> int | None:
            return int(m[group]) if m[group] else own

        if m["from_year"]:
            return (int(m["from_year"]), 1), (int(m["to_year"]), int(m["to_month"] or 12))
        if m["span_a"]:
            return (int(m["span_a"]), 1), (int(m["span_b"]), 12)
        if m["as_month"]:
            return _months(year("as_year"), 1, int(m["as_month"]))
        if m["first"]:
            return _months(year("range_year"), int(m["first"]), int(m["last"]))
        if m["month"]:
            return _months(own, int(m["month"]), int(m["month"]))
        if m["part"]:
            at = own - 1 if m["part_last"] and own else year("part_year")
            first, last = _PARTS.get(m["part"]) or _PARTS.get(m["part"].strip("第季度")) or (1, int(m["months"]))
            return _months(at, first, last)
        if years := m["latest"] or m["past"]:
            return ((own - "一二三四五".index(years.replace("两", "二")), 1), (own, 12)) if own else (None, None)
        if m["since"]:
            begin = int(m["since"]), int(m["since_month"] or 1)
            return (begin, (own, 12)) if own and begin[1] <= 12 and (own, 1) > begin else (None, None)
        if m["last_year"]:
            return _months(own - 1 if own else None, 1, 12)
        return _months(year("end_year") if m["end_year"] else year("year") if own else None, 1, 12)

    def at(self, text: str, start: int, figure: int) -> str | None:
        """Return the period of the figure at an offset, whose sentence begins at `start`."""
        found = self.governs(text, start, figure)
        if found is None or found.first is None or found.last is None:
            return None
        if self.year and found.first == (self.year, 1) and found.last == (self.year, 12):
            return None
        return _span(found.first, found.last)

    def governs(self, text: str, start: int, figure: int) -> Time | None:
        """Return the last time named in the sentence that still holds for the figure."""
        found = None
        for time in self.times[bisect_left(self.starts, start) : bisect_left(self.starts, figure)]:
            between = text[time.end : figure]
            closed = between.count(")") > between.count("(")  # a bracket that was closed since governs no more
            passed = time.brief and re.search(r"\d", between)
            if not closed and not passed:
                found = _of_the_year(found, time) if time.whole else time
        return found
