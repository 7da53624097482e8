"""Who reports on which district, for which year, published when.

In: the text. Out: a Header; what the text does not say is None. The evidence is looked for where offices put it: the
title, the line above it, the signature at the foot, the labels that a web page prints, the first sentences. This
module finds the title; issuer.py who reports, district.py on which place, and dates.py when.
"""

import re

from kg.divisions import says_only_level
from kg.extract import dates, district, places
from kg.extract import issuer as issuers
from kg.extract.bodies import PARTY, is_body, named_body
from kg.model import Header, Metadata
from kg.vocabulary import Vocabulary

#: 法治县建设, 法治财政建设.
_SUBJECT = "(?:法[治制]政府|依法行政|法治[\u4e00-\u9fff]{0,4}建设|法治工作|依法治[省市区县州盟旗镇乡街]工作)"
_END = (
    "(?:(?:报告|总结|情况|汇报|自查|年报|白皮书)(?:的(?:报告|函))?|情况的?(?:公告|公示|通报))"
    r"(?:[和及与暨]?(?:20\d\d年度?|下一?年度?|下一?步)(?:工作|主要|重点|法治政府建设){0,3}(?:计划|打算|安排|要点|思路))?"
)
_TITLE = re.compile(
    r"^(?:[ \t#|]|\*(?!\*{0,3}年)){0,12}(?:(?:标[ ]{0,2}题|名[ ]{0,2}称|信息名称)[: \t|]{0,6}"
    r"|附件\d{0,2}[: \t]{1,4}|【[^】\n]{2,8}】)?(?P<mark>《)?"
    rf"(?P<title>[^\n。;|]{{0,60}}{_SUBJECT}[^\n。;|]{{0,30}}{_END}(?:\(20\d\d(?:年度?)?\))?)(?(mark)》)"
    r"[ \t]{0,12}(?:\([^()\n]{0,20}\))?[ \t|]{0,12}(?:20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?[ \t]{0,12})?"
    r"(?:[ \t]{0,4}[-_|—–][ \t]{0,4}[\u4e00-\u9fff]{2,20})?$",  # the name of the site that has the page
    re.MULTILINE,
)
#: A line that may be part of a title printed over two or three, and what such lines make together.
_TITLE_PART = re.compile(r"(?!20\d\d年\d{1,2}月\d{1,2}日$)[^\n。;,:|>]{2,40}")
_SPLIT_TITLE = re.compile(rf"[^\n]{{0,60}}{_SUBJECT}[^\n]{{0,30}}{_END}")
_RUN_IN_TITLE = re.compile(
    rf"^[ \t]{{0,12}}(?P<title>[^\n。;,: ]{{0,50}}{_SUBJECT}[^\n。;,: ]{{0,14}}(?:报告|总结))"
    r"(?:[ \t]{1,12}(?=\S)"
    r"|(?=(?:20\d\d[ ]?年|发布|来源|时间|根据|按照|为[深全贯认落]|今年|近年|一年|一、|在[省市县区]|现将)))"
)
#: The same, where the text goes on with anything, for a title that begins with a body or a place.
_RUN_IN_START = re.compile(
    rf"^[ \t]{{0,12}}(?P<title>[^\n。;,: ]{{0,50}}{_SUBJECT}[^\n。;,: ]{{0,14}}(?:报告|总结))"
    "(?!如下|报告|[的。,;:、)》已经于由是将现])"
)
#: A title that the letter in front of the report has in it: 现将《…报告》予以公布.
_ANNOUNCED = re.compile(
    rf"现将[^《》\n。,]{{0,12}}《(?P<title>[^《》\n]{{0,60}}{_SUBJECT}[^《》\n]{{0,30}}{_END})》"
    "[^《》\n。]{0,6}(?:公[布开示告]|发布|刊登|上报|报[告送请]|呈报|印发)"
)
#: Words that a title does not hold: those of a navigation line, a label, or a sentence.
_NO_TITLE = re.compile(
    r"^[^《]*》|首页|当前位置|现将|如下|上一篇|下一篇|>|来源|深入|切实|^附件|^[ \t]*\(?[一二三四五六]+[、)]"
)
_NOTE = re.compile(r"[ \t]{0,12}\([\u4e00-\u9fff]{2,20}\)")
_OPEN_END = re.compile("(?:关于|年|年度|的|建设)$")

#: How far below a page's heading that of the document may stand.
_OWN_WITHIN = 300
#: The first line long enough to be prose.
_PROSE = re.compile(r"^[^\n]{80}", re.MULTILINE)
#: The superior on a line of its own above the line that begins with the body.
_SUPERIOR = re.compile("[\u4e00-\u9fff]{2,24}(?:[省市区县旗州盟]|人民政府)")


def find(text: str, tables: Vocabulary, metadata: Metadata | None = None) -> Header:
    """Read the header of a report's text; metadata: what its page said, for what the text leaves open."""
    page = metadata or Metadata()
    title, start, end, rule = _title(text, tables)
    if title is None and page.title:
        title, rule = page.title, "page-title"
    published = page.published or dates.published(text) or page.signed or page.updated
    issuer = issuers.find(title, start, end, text, tables, page)
    note = _NOTE.match(text, end) if title and end else None  # …年度报告(某某街道)
    who = district.find(f"{title}{note.group()}" if note else title, issuer, text, tables, page)
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


def _title(text: str, tables: Vocabulary) -> tuple[str | None, int, int, str]:
    """Return the title, its span and the rule: a line of its own, two or three lines, or the start of the text."""
    prose = _PROSE.search(text)
    head = text[: min(prose.start(), 1500) if prose else 1500]
    titles = [_with_line_above(head, match) for match in _TITLE.finditer(head) if not _NO_TITLE.search(match["title"])]
    if titles:  # the page's own heading may stand above that of the document, which names the body
        return _in_full(next((t for t in reversed(titles) if named_body(t[0])), titles[-1]), text)
    if prose:  # a motto of the site may stand above it
        for match in _TITLE.finditer(text, 0, 1500):
            if named_body(match["title"]) and not _NO_TITLE.search(match["title"]):
                return match["title"].strip(), match.start("title"), match.end("title"), "title-line"
    head = text[:1500]
    if split := _printed_over_lines(head):
        return split
    match_ = _RUN_IN_TITLE.match(head)
    if not match_ and (at_start := _RUN_IN_START.match(head)) and _begins_a_title(at_start["title"], tables):
        match_ = at_start
    if match_ and not _NO_TITLE.search(match_["title"]):
        title = match_["title"].strip()
        if not named_body(title):  # behind the words of the site that printed it
            starts = (found.start for found in places.find(title, tables))
            title = next((title[at:] for at in starts if named_body(title[at:])), title)
        end = match_.end("title")
        return title, end - len(title), end, "run-in-title"
    if announced := _ANNOUNCED.search(head):
        return announced["title"], announced.start("title"), announced.end("title"), "announced-title"
    return None, 0, 0, "no-title"


def _in_full(page: tuple[str, int, int, str], text: str) -> tuple[str, int, int, str]:
    """Return a page's heading of a body without a place (市城管局), or the document's own, over lines, that has it."""
    if not says_only_level(named_body(page[0]) or ""):
        return page
    below = _printed_over_lines(text[page[2] : page[2] + _OWN_WITHIN])
    body = named_body(below[0]) if below else None
    if below is None or body is None or says_only_level(body):
        return page
    return below[0], page[2] + below[1], page[2] + below[2], below[3]


def _printed_over_lines(head: str) -> tuple[str, int, int, str] | None:
    """Return a title that two or three lines make together, its span and rule."""
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
    return None


def _begins_a_title(words: str, tables: Vocabulary) -> bool:
    """Tell whether words begin as a title does: with a body, a place, or 关于."""
    if named_body(words) or words.startswith("关于"):
        return True
    first = next(iter(places.find(words, tables)), None)
    return first is not None and first.start == 0


def _with_line_above(head: str, match: re.Match[str]) -> tuple[str, int, int, str]:
    """Return a title with the lines above it that belong to it: one that ends openly, the body's name, its superior."""
    title, start, rule = match["title"].strip(), match.start("title"), "title-line"
    for _ in range(2):
        above = head[:start].rstrip().rpartition("\n")[2].strip()
        lacks_issuer = re.match("关于|20|二[〇○零]", title) and is_body(above)
        body = named_body(title)
        # of the bodies that have a government's name in front of their own, only a street's office is that government's
        superior = body and _SUPERIOR.fullmatch(above) and (body.endswith("办事处") or not above.endswith("人民政府"))
        lacks_superior = body and superior and not _names_again(above, body)
        lacks_party = body and not body.startswith("中共") and PARTY.fullmatch(above)
        if not (_OPEN_END.search(above) or lacks_issuer or lacks_superior or lacks_party) or len(above) > 40:
            break
        joined = f"{above} {title}" if lacks_party else above + title
        title, start, rule = joined, head.rindex(above, 0, start), "split-title"
    return title, start, match.end("title"), rule


def _names_again(above: str, body: str) -> bool:
    """Tell whether a body's name begins with the end of the line above it (沈阳市皇姑区 above 皇姑区人民政府…)."""
    place = above.removesuffix("人民政府")
    return any(body.startswith(place[at:]) for at in range(len(place) - 1))
