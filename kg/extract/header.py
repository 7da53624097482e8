"""Who reports on which district, for which year, published when.

In: the text. Out: a Header; what the text does not say is None. The evidence is looked for where offices put it: the
title, the line above it, the signature at the foot, the labels that a web page prints, the first sentences.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.extract import dates, places
from kg.model import Header, Metadata
from kg.vocabulary import Place, Vocabulary

_SUBJECT = "(?:法治政府|法制政府|依法行政|法治建设|法治(?:街道|乡镇|镇|乡|县|区|市|省)建设)"
_END = "(?:报告|总结|情况|汇报|自查)(?:的报告)?"
_TITLE = re.compile(
    r"^[ \t#*|]{0,12}(?:(?:标[ ]{0,2}题|名[ ]{0,2}称|信息名称)[: \t|]{0,6})?"
    rf"(?P<title>[^\n。;|]{{0,60}}{_SUBJECT}[^\n。;|]{{0,30}}{_END}(?:\(20\d\d年度?\))?)"
    r"[ \t]{0,12}(?:\([^()\n]{0,20}\))?[ \t|]{0,12}$",
    re.MULTILINE,
)
#: A line that may be part of a title printed over two or three, and what such lines make together.
_TITLE_PART = re.compile(r"[^\n。;,:|>]{2,40}")
_SPLIT_TITLE = re.compile(rf"[^\n]{{0,60}}{_SUBJECT}[^\n]{{0,30}}{_END}")
_RUN_IN_TITLE = re.compile(
    rf"^[ \t]{{0,12}}(?P<title>[^\n。;,: ]{{0,50}}{_SUBJECT}[^\n。;,: ]{{0,14}}(?:报告|总结))[ \t]{{1,12}}(?=\S)"
)
#: Words that a title does not hold: those of a navigation line, a label, or a sentence.
_NO_TITLE = re.compile(r"首页|当前位置|现将|如下|上一篇|下一篇|>|来源|深入|切实|^附件|^[ \t]*\(?[一二三四五六]+[、)]")
_OPEN_END = re.compile("(?:关于|年|年度|的|建设)$")

_ORGAN = (
    "(?:人民政府(?:办公[室厅])?|行政公署|行署|街道办事处|办事处|街道党工委|(?:管理|工作)?委员会|管委会|党委|党工委|党组|公安(?:分)?局"
    "|[\u4e00-\u9fff]{2,12}(?:局|厅|委|办(?!事处|公)|分局|大队|总队|中心))"
)
_BODY = re.compile(rf"(?:中共)?[\u4e00-\u9fff]{{2,30}}?{_ORGAN}(?![\u4e00-\u9fff]{{0,2}}(?:主任|书记|工作))")
_LABEL = re.compile(
    "(?:信息来源|文章来源|来源|发布机构|发布单位|发文机[关构]|发文单位|制发机构|公开主体|责任部门)"
    r"[ \t]{0,4}[\]】]?[:|\s]{1,4}(?P<body>[\u4e00-\u9fff]{4,30})"
)
#: The body in brackets under a title, and the first line long enough to be prose.
_IN_BRACKETS = re.compile(r"[ \t]*\n+[ \t]*\((?P<body>[\u4e00-\u9fff]{4,30})\)[ \t]*\n")
_PROSE = re.compile(r"^[^\n]{80}", re.MULTILINE)
#: Between the bodies of a joint report (中共某县委、某县人民政府).
_JOINT = re.compile("(?<=委)[ \t、和与]{0,4}(?=[\u4e00-\u9fff]{2,12}人民政府)|[ \t、]{1,4}")
#: To whom the report is sent: a line of bodies that ends with a colon.
_ADDRESSEE = re.compile("^[^\n。;]{2,60}:[ \t]*$", re.MULTILINE)
#: A body that is no division's own but works in a zone, whose name the list of divisions may lack.
_ZONE = re.compile("[\u4e00-\u9fff]{2,14}?(?:开发区|高新区|新区|保税区|园区|示范区|度假区|管理区|合作区)")
_ZONE_BODY = re.compile(rf"(?<![\u4e00-\u9fff]){_ZONE.pattern}(?:管理委员会|管委会)")
_GENERIC = re.compile("(?:国家级?|省级)?(?:经济|高新|技术|产业|综合|工业|农业|现代|保税|旅游|文化)*(?:开发区|区|园区)")
#: A name shortened to its first words and suffix (巴马县, 怒江州, 鹤龙街).
_SHORT = re.compile(r"^[\u4e00-\u9fff]{2,4}?[县区市州盟旗街](?!道|镇)")
#: The superior on a line of its own above the line that begins with the body.
_SUPERIOR = re.compile("[\u4e00-\u9fff]{2,24}(?:[省市区县旗州盟]|人民政府)")
_OPENING = 1200


class _Who(NamedTuple):
    """The place reported on: its table row if it is decided, else its name and what lies above it."""

    name: str | None
    place: Place | None
    above: Place | None


def find(text: str, tables: Vocabulary, metadata: Metadata | None = None) -> Header:
    """Read the header of a report's text; metadata: what its page said, for what the text leaves open."""
    page = metadata or Metadata()
    title, start, end, rule = _title(text)
    if title is None and page.title:
        title, rule = page.title, "page-title"
    published = page.published or dates.published(text) or page.signed or page.updated
    issuer = _issuer(title, start, end, text, tables, page)
    who = _district(title, issuer, "\n".join(filter(None, (text, page.source, page.trail))), tables)
    path: tuple[str, ...] = ()
    if who.place:
        path = tables.path(who.place)
    elif who.name:
        path = (*(tables.path(who.above) if who.above else ()), who.name)
    above = who.above.code if who.above else who.place.parent_code if who.place else None
    homonyms = () if who.place or who.above else tables.places_by_name.get(who.name or "", ())
    return Header(
        start=start,
        end=end,
        rule=rule,
        title=title,
        issuer=issuer,
        district=who.name,
        district_path=path,
        district_code=who.place.code if who.place else None,
        parent_code=above or None,
        year=dates.reported_year(title, text, published),
        published=published,
        candidates=tuple(sorted({place.code for place in homonyms})),
    )


def _title(text: str) -> tuple[str | None, int, int, str]:
    """Return the title, its span and the rule: a line of its own, two or three lines, or the start of the text."""
    prose = _PROSE.search(text)
    head = text[: min(prose.start(), 1500) if prose else 1500]
    titles = [_with_line_above(head, match) for match in _TITLE.finditer(head) if not _NO_TITLE.search(match["title"])]
    if titles:  # the page's own heading may stand above that of the document, which names the body
        return next((t for t in reversed(titles) if _named_body(t[0])), titles[-1])
    head = text[:1500]
    lines = [(m.start(), m.end(), m.group().strip()) for m in re.finditer(r"[^\n]+", head)][:16]
    for i in range(len(lines)):
        for parts in (lines[i : i + 2], lines[i : i + 3]):
            title = "".join(line for _, _, line in parts)
            if (
                all(_TITLE_PART.fullmatch(p[2]) for p in parts)
                and _SPLIT_TITLE.fullmatch(title)
                and not _NO_TITLE.search(title)
            ):
                return title, parts[0][0], parts[-1][1], "split-title"
    match_ = _RUN_IN_TITLE.match(head)
    if match_ and not _NO_TITLE.search(match_["title"]):
        return match_["title"].strip(), match_.start("title"), match_.end("title"), "run-in-title"
    return None, 0, 0, "no-title"


def _with_line_above(head: str, match: re.Match[str]) -> tuple[str, int, int, str]:
    """Return a title with the lines above it that belong to it: one that ends openly, the body's name, its superior."""
    title, start, rule = match["title"].strip(), match.start("title"), "title-line"
    for _ in range(2):
        above = head[:start].rstrip().rpartition("\n")[2].strip()
        lacks_issuer = re.match("关于|20|二[〇○零]", title) and _is_body(above)
        body = _named_body(title)
        lacks_superior = body and _SUPERIOR.fullmatch(above) and not _names_again(above, body)
        if not (_OPEN_END.search(above) or lacks_issuer or lacks_superior) or len(above) > 40:
            break
        title, start, rule = above + title, head.rindex(above, 0, start), "split-title"
    return title, start, match.end("title"), rule


def _names_again(above: str, body: str) -> bool:
    """Tell whether a body's name begins with the end of the line above it (沈阳市皇姑区 above 皇姑区人民政府…)."""
    place = above.removesuffix("人民政府")
    return any(body.startswith(place[at:]) for at in range(len(place) - 1))


def _named_body(title: str) -> str | None:
    """Return the body that a title begins with."""
    name = re.split(r"关于|20\d\d|二[〇○零]|法治|依法|年度", title)[0].strip()
    return name if _is_body(name) else None


def _labelled(value: str) -> str | None:
    """Return the body that the value of a label names: all of it, else its beginning."""
    if _is_body(value):
        return value
    body = _BODY.match(value)
    return body.group() if body else None


def _is_body(name: str) -> bool:
    """Tell whether a text is the name of a body, or of two that report jointly."""
    return bool(name) and all(_BODY.fullmatch(part) for part in _JOINT.split(name))


def _issuer(
    title: str | None, title_start: int, title_end: int, text: str, tables: Vocabulary, page: Metadata
) -> str | None:
    """Return the body that reports, as the text names it most officially: with its superiors, where it does so."""
    named = [
        found
        for found in _issuers(title, title_start, title_end, text, tables, page)
        if found and not found.endswith("网站")
    ]
    longer = [name for name in named if name.endswith(named[0]) and len(name) - len(named[0]) <= 12]
    return max(longer, key=len) if longer else None


def _issuers(
    title: str | None, title_start: int, title_end: int, text: str, tables: Vocabulary, page: Metadata
) -> Iterator[str | None]:
    if title:
        yield _named_body(title)
        above = text[:title_start].rstrip().rpartition("\n")[2].strip()
        yield above if _is_body(above) else None
        below = _IN_BRACKETS.match(text, title_end)
        yield below["body"] if below and _BODY.fullmatch(below["body"]) else None
    yield _signature(text)
    for named in filter(None, (page.publisher, page.source)):
        yield _labelled(named)
    for match in _LABEL.finditer(text[:1500]):
        yield _labelled(match["body"])
    opening = _ADDRESSEE.sub(lambda m: " " * len(m.group()), text[:_OPENING])
    for match in re.finditer(r"(?<![\u4e00-\u9fff])(?P<place>[\u4e00-\u9fff]{2,4}?[县州盟旗])人民政府", opening):
        yield match.group() if places.by_short(match["place"], tables) else None
    if zone := _ZONE_BODY.search(opening):
        yield zone.group()
    for found in places.find(opening, tables):
        body = _BODY.match(opening, found.start)
        if body and body.end() - found.end <= 6 and body.group().endswith(("办事处", "人民政府", "局", "委员会")):
            yield _leftmost(opening, found.start, tables) + body.group()


def _leftmost(text: str, at: int, tables: Vocabulary) -> str:
    """Return the place names that stand unbroken in front of text[at]."""
    start = at
    for found in reversed(places.find(text[:at], tables)):
        if found.end != start:
            break
        start = found.start
    return text[start:at]


def _signature(text: str) -> str | None:
    """Return the body that signs: on a line near the end, alone or with the date, and the date is near."""
    lines = [line.strip() for line in text[-700:].split("\n") if line.strip()]
    for i, line in enumerate(lines):
        name = re.split(r"[ \t]+(?=20\d\d|二[〇○零])", line)[0]
        body = _BODY.fullmatch(re.sub(r"[ \t]+", "", name)) if len(name) <= 40 else None
        if body and (dates.published("\n".join(lines[max(0, i - 1) : i + 3])) or i >= len(lines) - 2):
            return body.group()
    return None


def _district(title: str | None, issuer: str | None, text: str, tables: Vocabulary) -> _Who:
    """Return the place reported on: named by the issuer, else the title, else the opening, else named most often."""
    context = "\n".join(filter(None, (title, issuer, text)))
    nearest = _Who(None, None, None)
    for source in filter(None, (issuer, title)):
        who = _named_in(source, context, tables)
        if who.name and not (nearest.name and who.place is None):
            nearest = max(
                nearest, who, key=lambda w: (w.name is not None, w.place is not None and places.level(w.place))
            )
    if nearest.name:
        return nearest
    counts: dict[str, int] = {}
    for found in places.find(text[:400], tables):
        lowest = max(places.level(place) for place in tables.places_by_name[found.name])
        if text[found.end : found.end + 1] not in ("委", "政") and lowest >= 3:
            counts[found.name] = text.count(found.name)
    if not counts:
        return nearest
    name = max(counts, key=lambda n: (counts[n], max(map(places.level, tables.places_by_name[n])), -text.find(n)))
    return _Who(name, places.resolve(name, context, tables), None)


def _named_in(source: str, context: str, tables: Vocabulary) -> _Who:
    """Return the lowest place that a title or a body's name begins with."""
    source = _SHORT.sub(
        lambda m: places.by_short(m.group(), tables) or m.group(),
        re.sub("^(?:中共|关于)", "", _JOINT.split(source)[-1]),
    )
    chain: list[str] = []
    at = 0
    for found in places.find(source, tables):
        if source[at : found.start] not in ("", "人民政府"):
            break
        chain.append(found.name)
        at = found.end
    rest = source[at:].removeprefix("人民政府")
    near = "".join(chain) + context
    above = places.resolve(chain[-1], near, tables) if chain else None
    if above and len(chain) > 1 and not set(chain[:-1]) <= set(tables.path(above)):
        # the names in front say that it lies elsewhere than its namesake in the list
        return _Who(chain[-1], None, places.resolve(chain[-2], near, tables))
    if chain and (above is None or places.level(above) == 4):
        return _Who(chain[-1], above, None)
    if zone := _ZONE.match(rest):
        city = above or places.by_first_words(zone.group(), tables)
        listed = tables.places_by_name.get(city.name + zone.group().removeprefix(city.short), ()) if city else ()
        if below := places.unlisted_township(rest[zone.end() :]):  # 莱芜高新区鹏泉街道办事处
            return _Who(below, places.resolve(below, near, tables), city)
        own = zone.group().removeprefix(city.short) if city and places.level(city) == 1 else zone.group()
        return _Who(zone.group() if _GENERIC.fullmatch(own) else own, listed[0] if len(listed) == 1 else None, city)
    match = _SHORT.match(rest)
    if match and (official := places.by_short(match.group(), tables)):
        return _Who(official, places.resolve(official, near, tables), None)
    if name := places.unlisted_township(rest):
        return _Who(name, None, above)
    return _Who(chain[-1], above, None) if chain else _Who(None, None, None)
