"""When a report was published, and which year it reports on.

In: the text and its title. Out: an ISO date and a year; what the text does not say is None.
"""

import re
from collections.abc import Iterator
from datetime import date

from kg.text import part_of_date

_HAN_DIGIT = "一二三四五六七八九〇○零O0"
_DAY = r"(?P<y>20\d\d)[-/.年][ ]?(?P<m>\d{1,2}|元(?=月))[-/.月][ ]?(?P<d>\d{1,2})(?!\d)"
_HAN_DAY = (
    rf"(?P<y>二[〇○零O0][{_HAN_DIGIT}]{{2}})年"
    "(?P<m>[一二三四五六七八九十元]{1,2})月(?P<d>[一二三四五六七八九十]{1,3})日"
)
#: A date that the page states: of publishing, then of signing or of the file, then of a change; first all in digits.
_STATED = tuple(
    re.compile(rf"(?:{labels})[ \t]{{0,4}}[\]】]?[:|\s]{{1,4}}{day}")
    for day in (_DAY, _HAN_DAY)
    for labels in (
        "发布时间|发布日期|发布|公开日期|公开时间|发表时间",
        "成文日期|成文时间|生成日期|发文日期|日(?<!更新日)[ ]?期|时(?<!更新时)[ ]?间",
        "更新时间|更新日期",
    )
)
_ONLINE = re.compile(rf"(?<![\u4e00-\u9fff》])发布于[ :]{{0,3}}{_DAY}")
#: A date alone on a line or in a list, or behind the name of the body that signs.
_ALONE = re.compile(
    r"[ \t]*(?:[•·*-][ \t]{1,4})?"
    r"(?:[(\[【][ ]?|[\u4e00-\u9fff]{4,30}[ \t]{1,40}|[\u4e00-\u9fff]{2,28}(?:政府|[局厅委处]|委员会|办公室|管委会))?"
    rf"{_DAY}日?[ ]?[)\]】]?(?=[ \t]*(?:\d\d?:|\d\d?时\d\d?分?[ \t]*$|$|[ \t]\S))"
)
_ALONE_HAN = re.compile(rf"[ \t]*(?:[\u4e00-\u9fff]{{4,30}}[ \t]{{1,40}})?{_HAN_DAY}[ \t]*$")
#: Where lines are lost, behind the body that signs the text, at its end.
_AT_END = re.compile(rf"(?:[局厅委处室队]|政府|办事处|委员会|中心)[ \t]{{0,40}}(?:{_DAY}日?)[ \t]*\Z")
#: In the imprint below all: 某局办公室 2024年1月12日印发.
_PRINTED = re.compile(rf"(?<!\d){_DAY}日?[ ]?印发[ \t]*$", re.MULTILINE)
_AT_END_HAN = re.compile(rf"(?:[局厅委处室队]|政府|办事处|委员会|中心)[ \t]{{0,40}}(?:{_HAN_DAY})[ \t]*\Z")
#: Behind the title, on its line.
_BEHIND_TITLE = re.compile(
    rf"^[^\n。,;]{{8,60}}(?:报告|总结|情况)(?:\([^()\n]{{1,12}}\))?[ \t]{{1,20}}{_DAY}日?[ \t]*$", re.MULTILINE
)
_SPLIT = re.compile(r"^[ \t]*(?P<y>20\d\d)[ \t]*\n[ \t]*(?P<m>\d\d)[-/](?P<d>\d\d)[ \t]*$", re.MULTILINE)

_YEAR = re.compile(r"(?<!\d)(20[0-3]\d)(?!\d)")
_HAN_YEAR = re.compile(rf"(二[〇○零O0][{_HAN_DIGIT}]{{2}})年")
_REPORTS_ON = re.compile(r"(?:现将|现就)[^。\n]{0,30}?(20[0-3]\d)[ ]?年")
_WHOLE_YEAR = re.compile(r"(?<!\d)(?:20[0-3]\d[ ]?年[至到])?(20[0-3]\d)[ ]?(?:年度?|全年)")  # of some years, the last
#: Years that are no reporting year: in titles of laws, document numbers, and dates; and lines that a page prints.
_NO_YEAR = re.compile(
    r"《[^》\n]{1,80}》|[〔\[(]20\d\d[〕\])]|20\d\d[-/.年][ ]?\d{1,2}[-/.月][ ]?\d{1,2}日?"
    r"|20\d\d[ ]?年度?(?=[^,。;\n]{0,6}(?:基础上|荣?获|被评))"
)
#: The months that a report covers: 2023年1月至12月, 2023年1-11月; of some years, the last.
_MONTHS = re.compile(
    r"(?P<first>20[0-3]\d)[ ]?年1(?:月(?:1日)?)?[至到—-](?:(?P<last>20[0-3]\d)[ ]?年)?\d{1,2}月(?:\d{1,2}日)?"
)
#: A title of two years, of which the last is reported on.
_TWO_YEARS = re.compile(r"20[0-3]\d年?度?[-—至~](?=20[0-3]\d年)")
#: A year's plan that a report of that year cites.
_OWN_PLAN = re.compile(r"《[^《》\n]{0,30}(20[0-3]\d)年[^《》\n]{0,20}(?:要点|计划|重点工作(?:安排)?)》")
_PAGE_LINE = re.compile("时间|日期|今天是")
_OPENING = 800


def _iso(match: re.Match[str]) -> str | None:
    year, month, day = (part_of_date(match[part]) for part in "ymd")
    try:
        return date(year, month, day).isoformat()
    except ValueError:  # 2月30日
        return None


def published(text: str) -> str | None:
    """Return the ISO date that the page states as that of publishing, else that of signing.

    >>> published("某镇人民政府\\n二〇一八年三月二日"), published("来源:某局 发布时间:2024/1/8 10:22")
    ('2018-03-02', '2024-01-08')
    """
    return next(filter(None, map(_iso, _stated(text))), None)


def _stated(text: str) -> Iterator[re.Match[str]]:
    """Yield the dates of a page, best first; most pages state the first."""
    head = text[:1500]
    for pattern in (_STATED[0], _STATED[3], _ONLINE, _STATED[1], _STATED[4], _SPLIT, _BEHIND_TITLE):
        yield from pattern.finditer(head)
    for line in reversed(text.split("\n")):
        if match := _ALONE.match(line) or _ALONE_HAN.match(line):
            yield match
    yield from _PRINTED.finditer(text[-300:])
    end = text.rstrip()[-80:]
    yield from filter(None, (_AT_END.search(end), _AT_END_HAN.search(end)))
    for pattern in (_STATED[2], _STATED[5]):
        yield from pattern.finditer(head)


def reported_year(title: str | None, text: str, date: str | None) -> int | None:
    """Return the year reported on: the title's, else the one that the opening reports of, else by the date.

    >>> reported_year(None, "2022年度,在区委领导下,某街道扎实推进法治政府建设。", "2023-02-28")
    2022
    >>> reported_year(None, "2022年至2024年,某街道扎实推进法治政府建设。现将三年情况报告如下。", None)
    2024
    """
    own = _TWO_YEARS.sub("", re.sub("《[^》]{1,80}》", "", title or ""))
    for pattern in (_YEAR, _HAN_YEAR):
        if match := pattern.search(own):
            return part_of_date(match[1])
    if match := _REPORTS_ON.search(text[:_OPENING]):
        return int(match[1])
    lines = [line for line in text[: 2 * _OPENING].split("\n") if len(line) > 60 or not _PAGE_LINE.search(line)]
    opening = _NO_YEAR.sub("", _MONTHS.sub(lambda m: f"{m['last'] or m['first']}年度", "\n".join(lines)))
    if match := _WHOLE_YEAR.search(opening[:_OPENING]):
        return int(match[1])
    if match := _OWN_PLAN.search(text[:_OPENING]):
        return int(match[1])
    if date:
        year, month = int(date[:4]), int(date[5:7])
        return year - 1 if month <= 8 else year
    return None
