"""Who reports on which district, for which year, published when.

In: the text. Out: a Header; what the text does not say is None. The evidence is looked for where offices put it: the
title, the lines a web page prints around it, the signature at the foot, the first sentences; in that order.
"""

import re
from typing import NamedTuple

from kg.extract import places
from kg.model import Header
from kg.text import chinese_number
from kg.vocabulary import Place, Vocabulary

_SUBJECT = "(?:法治政府|法制政府|依法行政|法治建设|法治(?:街道|乡镇|镇|乡|县|区|市|省)建设)"
_TITLE = re.compile(
    rf"^[ \t#*]*(?:标题|名称|信息名称)?[: \t]*(?P<title>[^\n。;]{{0,60}}{_SUBJECT}[^\n。;]{{0,30}}"
    r"(?:报告|总结|情况|汇报|自查)(?:的报告)?)[ \t]*(?:\([^()\n]{0,20}\))?[ \t]*$",
    re.MULTILINE,
)
_SPLIT_TITLE = re.compile(rf"^[ \t]*(?P<title>[^\n。;,]{{0,40}}{_SUBJECT}[^\n。;,]{{0,14}}\n[ \t]*[^\n。;,]{{0,12}}报告)[ \t]*$", re.MULTILINE)
_RUN_IN_TITLE = re.compile(rf"^[ \t]*(?P<title>[^\n。;,:]{{0,50}}{_SUBJECT}[^\n。;,: ]{{0,14}}(?:报告|总结))[ \t]+(?=\S)")
#: Words that a title does not hold: those of a navigation line, a label, or a sentence.
_NO_TITLE = re.compile("首页|当前位置|现将|如下|上一篇|下一篇|>|来源|深入|切实|^附件")

_ORGAN = (
    "(?:人民政府(?:办公[室厅])?|街道办事处|办事处|街道党工委|(?:管理|工作)?委员会|管委会|党委|党工委|党组|公安(?:分)?局"
    "|[\u4e00-\u9fff]{2,12}(?:局|厅|委|办|分局|大队|总队|中心))"
)
_BODY = re.compile(rf"(?:中共)?[\u4e00-\u9fff]{{2,30}}?{_ORGAN}(?![\u4e00-\u9fff]{{0,2}}(?:主任|书记|工作))")
_LABEL = re.compile(
    r"(?:信息来源|文章来源|来源|发布机构|发布单位|发文机[关构]|发文单位|制发机构|公开主体|责任部门)[\]】]?[: \t]{1,4}(?P<body>[\u4e00-\u9fff]{4,30})"
)
_DAY = r"(?P<y>20\d\d)[-/.年][ ]?(?P<m>\d{1,2})[-/.月][ ]?(?P<d>\d{1,2})"
_SIGNED = re.compile(rf"^[ \t]*{_DAY}日?[ \t]*$", re.MULTILINE)
_SIGNED_HAN = re.compile(r"^[ \t]*(?P<y>二[〇○零O0][一二三四五六七八九〇○零]{2})年(?P<m>[一二三四五六七八九十]{1,2})月(?P<d>[一二三四五六七八九十]{1,3})日[ \t]*$", re.MULTILINE)
_PUBLISHED = re.compile(rf"(?:发布(?:时间|日期)|公开日期|发文日期|成文(?:日期|时间)|生成日期|日期|时间)[\]】]?[: \t]{{1,4}}{_DAY}")
_YEAR = re.compile(r"(?<!\d)(20[0-3]\d)[ ]?年?度?")
_REPORTS = re.compile(r"(?:现将|现就)[^。\n]{0,30}?(20[0-3]\d)[ ]?年")
_DOC_NUMBER = re.compile(r"[〔\[(](20\d\d)[〕\])]")
_OPENING = 400


class _Who(NamedTuple):
    """The place reported on: its table row if it is decided, else its name and what lies above it."""

    name: str | None
    place: Place | None
    above: Place | None


def find(text: str, tables: Vocabulary) -> Header:
    """Read the header of a report's text."""
    title, start, end, rule = _title(text)
    published = _published(text)
    year = _year(title, text, published)
    issuer = _issuer(title, text, tables)
    who = _district(title, issuer, text, tables, year)
    path: tuple[str, ...] = ()
    if who.place:
        path = tables.path(who.place)
    elif who.name:
        path = ((*tables.path(who.above),) if who.above else ()) + (who.name,)
    parent = who.above.code if who.above else who.place.parent_code if who.place else None
    return Header(
        start=start, end=end, rule=rule, title=title, issuer=issuer, district=who.name, district_path=path,
        district_code=who.place.code if who.place else None, parent_code=parent or None, year=year, published=published,
    )  # fmt: skip


def _title(text: str) -> tuple[str | None, int, int, str]:
    head = text[:1500]
    for pattern, rule in ((_TITLE, "title-line"), (_SPLIT_TITLE, "split-title"), (_RUN_IN_TITLE, "run-in-title")):
        for match in pattern.finditer(head):
            title = match["title"]
            if not _NO_TITLE.search(title) and not re.match(r"[ \t]*[一二三四五六(（]+[、)]", title):
                return re.sub(r"\s+", "", title), match.start("title"), match.end("title"), rule
    return None, 0, 0, "no-title"


def _iso(year: int | None, month: int | None, day: int | None) -> str | None:
    if year is None or not month or not day or month > 12 or day > 31:
        return None
    return f"{year:04}-{month:02}-{day:02}"


def _published(text: str) -> str | None:
    """Return the date that the page states as that of publishing, else the one under the signature."""
    head = text[:1500]
    for match in _PUBLISHED.finditer(head):
        if date := _iso(int(match["y"]), int(match["m"]), int(match["d"])):
            return date
    signed = [*_SIGNED.finditer(text)]
    if signed and (date := _iso(*(int(signed[-1][part]) for part in "ymd"))):
        return date
    for match in _SIGNED_HAN.finditer(text):
        year = chinese_number(match["y"].translate(str.maketrans("○O0", "〇〇〇")))
        return _iso(year, chinese_number(match["m"]), chinese_number(match["d"]))
    return None


def _year(title: str | None, text: str, published: str | None) -> int | None:
    """Return the year reported on: the title's, else the one that the opening reports of, else by the date."""
    if title and (years := _YEAR.findall(title)):
        return int(years[0])
    if match := _REPORTS.search(text[: 3 * _OPENING]):
        return int(match[1])
    opening = _DOC_NUMBER.sub("", re.sub(r"《[^》\n]*》", "", text[: 2 * _OPENING]))
    opening = re.sub(rf"[^\n]*(?:时间|日期)[^\n]*|{_DAY}", "", opening)
    if match := re.search(r"(20[0-3]\d)[ ]?(?:年度?|全年)(?!\d)", opening):
        return int(match[1])
    if published:
        year, month = int(published[:4]), int(published[5:7])
        return year - 1 if month <= 8 else year
    return None


def _issuer(title: str | None, text: str, tables: Vocabulary) -> str | None:
    """Return the body that reports, as the text names it most officially."""
    if title:
        before = re.split(r"关于|20\d\d|\d{4}年|法治|依法|年度", title)[0].strip()
        if match := _BODY.fullmatch(before):
            return match.group()
    if signature := _signature(text):
        return signature
    for match in _LABEL.finditer(text[:1500]):
        if body := _BODY.match(match["body"]):
            return body.group()
    opening = text[: 3 * _OPENING]
    for found in places.find(opening, tables):
        body = _BODY.match(opening, found.start)
        if body and body.end() - found.end <= 6 and body.group().endswith(("办事处", "人民政府", "局", "委员会")):
            return _leftmost(opening, found.start, tables) + body.group()
    return None


def _leftmost(text: str, at: int, tables: Vocabulary) -> str:
    """Return the place names that stand unbroken in front of text[at]."""
    start = at
    for found in reversed(places.find(text[:at], tables)):
        if found.end != start:
            break
        start = found.start
    return text[start:at]


def _signature(text: str) -> str | None:
    """Return the body that signs: alone on a line near the end, beside a date."""
    lines = [line.strip() for line in text[-700:].split("\n") if line.strip()]
    for i, line in enumerate(lines):
        near = lines[max(0, i - 1) : i + 3]
        if len(line) <= 40 and (body := _BODY.fullmatch(re.sub(r"[ \t]+", "", line))):
            if any(_SIGNED.match(other) or _SIGNED_HAN.match(other) for other in near) or i >= len(lines) - 2:
                return body.group()
        elif match := re.match(rf"(?P<body>[\u4e00-\u9fff]{{4,30}})[ \t]*{_DAY}日?$", line):
            if body := _BODY.fullmatch(match["body"]):
                return body.group()
    return None


def _district(title: str | None, issuer: str | None, text: str, tables: Vocabulary, year: int | None) -> _Who:
    """Return the place reported on: named by the issuer, else the title, else the opening, else named most often."""
    context = "\n".join(filter(None, (title, issuer, text)))
    nearest = _Who(None, None, None)
    for source in (issuer, title):
        if source and (who := _named_in(source, context, tables, year)).name:
            if who.place and (nearest.name is None or places.level(who.place) == 4):
                return who
            nearest = nearest if nearest.name else who
    if nearest.name:
        return nearest
    counts: dict[str, int] = {}
    for found in places.find(text[:_OPENING], tables):
        if text[found.end : found.end + 1] not in ("委", "政") and places.level(tables.places_by_name[found.name][0]) >= 3:
            counts[found.name] = text.count(found.name)
    if counts:
        name = max(counts, key=lambda n: (counts[n], -text.find(n)))
        return _who(name, context, tables, year)
    return nearest


def _who(name: str, context: str, tables: Vocabulary, year: int | None) -> _Who:
    place = places.resolve(name, context, tables, year)
    return _Who(name, place, None)


def _named_in(source: str, context: str, tables: Vocabulary, year: int | None) -> _Who:
    """Return the lowest place that a title or a body's name begins with."""
    source = re.sub("^(?:中共|关于)", "", source)
    chain: list[str] = []
    at = 0
    for found in places.find(source, tables):
        if found.start - at > (4 if chain else 0) or source[at : found.start] not in ("", "人民政府"):
            break
        chain.append(found.name)
        at = found.end
    rest = source[at:].removeprefix("人民政府")
    above = places.resolve(chain[-1], "".join(chain) + context, tables, year) if chain else None
    if not chain or above and places.level(above) < 4:
        if match := re.match(r"[\u4e00-\u9fff]{2,4}?[县区市旗街](?!道|镇)", rest):
            if official := places.by_short(match.group(), tables):
                return _who(official, "".join(chain) + context, tables, year)
        if (name := places.unlisted_township(rest, tables, ())) and len(name) <= 7:
            return _Who(name, None, above)
    return _Who(chain[-1], above, None) if chain else _Who(None, None, None)
