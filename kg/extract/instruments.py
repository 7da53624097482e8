"""Mentions of legal and normative texts: between title marks, or bare where a text goes by its usual name.

In: the text, its sections and header, the tables. Out: Instruments in the order of the text, spans on the text.
marks.py finds titles between marks; titles.py knows what a title stands for, makers.py who made it. Here the bare names
are found, and all is put together. A name to find is a row in tables/laws.csv, not a line here.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract.makers import Maker
from kg.extract.marks import Place, marked
from kg.extract.regional import regional
from kg.extract.titles import Titles, head_of, squash, titles
from kg.model import Header, Instrument, Section
from kg.vocabulary import Law, Vocabulary

_NUMBER = re.compile(
    r"[ ]?[(\[【〔,]?[ ]?(?P<organ>[\u4e00-\u9fff]{1,15})[ ]?[〔\[(【][ ]?(?P<year>(?:19|20)\d\d)[ ]?年?[〕\])】]?[ ]?"
    r"第?(?P<no>\d{1,5})[ ]?号"
)
_DECREE = re.compile(
    r"[ ]?[(【](?P<organ>[\u4e00-\u9fff]{2,15}令)[ ]?(?:\d{4}年)?第?(?P<no>\d{1,4})号"
    r"|[ ]?[(【](?P<body>[\u4e00-\u9fff]{2,15})(?:\d{4}年)?第(?P<of_body>\d{1,4})号令"
)
_DEFINES = re.compile(r"[^。;\n《]{0,40}?简称(?:为|:)?[ ]?[“\"‘']?(?P<mark>《?)(?P<name>[^《》“”\"'‘’()。,\n]{1,20})")

_SPAN_BEHIND = re.compile(r"\(?(?:19|20)\d\d年?[-—–−~至]{0,3}(?:19|20)\d\d(?:年?\)年?|年)?")
_RULES_BEHIND = re.compile(r"实施(?:条例|细则|办法)")
#: Signs that the characters of a bare name belong to another word, or to the name of a day, a park, a campaign.
_WORD_BEHIND = re.compile(
    "律(?!师)|规(?!定)|制(?!定|作)|治(?!安)|学(?!习)|人(?!民)|定(?!期)|[院官庭理务盲宝援令医典槌条系眼网]"
)
_NAME_BEHIND = re.compile(
    "宣传(?:教育)?[月周日]|日(?![常益前趋均])|[周月](?!期)|精神|宣誓|主题(?!教育|宣传)|公园|广场|长廊|卫士|相伴"
    "|[ 、,]?讲宪法|(?:宣传)?[五六七八九十N]进|宣传进万家|进[机党农乡社校企万家单军网课商村]|宣讲团|讲师团|大讲堂"
)
#: 学宪法讲宪法 is the name of an activity; who 宣讲宪法 speaks of the constitution.
_TELLS_OF = re.compile("(?<![宣主])讲$")
_WORD_BEFORE = {
    "宪法": "违", "水法": "用节治供排污饮降雨", "刑法": "量缓减死徒",
    "公路法": "速", "能源法": "新", "农业法": "代", "教育法": "治德", "建筑法": "违", "广告法": "外",
}  # fmt: skip
#: What a title that begins with 关于 ends in; 关于宪法的论述 speaks of the constitution.
_ABOUT = ("意见", "决定", "决议", "方案", "通知", "规划", "计划", "规定", "办法", "问题", "建议")
_PLACE_BEFORE = re.compile("(?:[省市区县州盟旗镇乡]|街道)$")
_QUOTED = re.compile(r"“([^“”\n]{1,14})”")
_NORM = re.compile("(?:法|条例|规定|决定)$")
_JOINS = re.compile(r"[、,和及与·\s“”《》]+")
_REGION_BEFORE = re.compile(
    "(?<!中央和)([省市])(?:委|政府|人民政府|人大|人大常委会|委、[省市]政府)?(?:办公厅)?(?:印发|制定|出台|颁布|发布)?的?$"
)
_CIRCULAR = re.compile("(?:办公[厅室]|办|印发|下发)的?$")  # laws and rules are not made public so
_DRAFT = re.compile(r"\([^()]{0,6}(?:草案|征求意见稿|送审稿|审议稿)[^()]{0,6}\)$")
_GENERIC = re.compile("(?:实施|工作|行动|指导|若干|暂行|管理)?")
_LINK = re.compile(r"[”]?(?:\([^()\n]{0,40}\))?[”“、,和及与以并\s]{0,4}")


def find(text: str, sections: Sequence[Section], header: Header, tables: Vocabulary) -> tuple[Instrument, ...]:
    """Find every mention of an instrument. The sections are not asked: a title means the same in all of them."""
    known = titles(tables)
    maker = Maker(text, header, known)
    titled = list(marked(text))
    places = sorted([*titled, *_unmarked(text, known, titled)], key=lambda place: (place.start, -place.end))
    found: list[Instrument] = []
    short: dict[str, Instrument] = {}
    definitions: set[int] = set()
    group, end = -1, -1
    for place in places:
        if place.start in definitions or place.start < end:
            continue
        if end < 0 or not _LINK.fullmatch(text, end, place.start):
            group = place.start
        end = place.end
        same = short.get(squash(place.written)) or _generic(place, group, found, maker)
        made: Instrument | None
        if same:
            relation = "cites" if maker.uses(group, place.end) else same.relation
            made = replace(same, start=place.start, end=place.end, rule="abbreviation", relation=relation)
        else:
            made = _read(text, place, group, header, known, maker)
        if made is None:
            continue
        defined = _DEFINES.match(text, place.end, place.end + 90)
        if defined:
            short[squash(defined["name"])] = made
            definitions.add(defined.start("mark"))
        found.append(made)
    return tuple(found)


def _read(text: str, place: Place, group: int, header: Header, known: Titles, maker: Maker) -> Instrument | None:
    """Make the Instrument of a title. group: where the list begins that the title stands in."""
    region = _region(text, place.start, header, known)
    law, full = _law(place.written, region, header, known), region + place.written
    if place.rule == "bare" and law and maker.renames(law, group, place.end):
        return None
    own = maker.owns(full, law, group, place.end)
    if own and law and not maker.makes(law):
        law = None
    kind = _kind(place, full, law, own, maker)
    if law is None and kind not in ("law", "local_regulation") and maker.shows(place.start, place.end):
        kind = "not_instrument"
    return Instrument(
        start=place.start,
        end=place.end,
        rule=place.rule,
        title=known.official(law, place.written) if law else place.written,
        kind=kind,
        doc_number=_doc_number(text, place.end),
        relation="issues" if own and kind != "not_instrument" and not maker.uses(group, place.end) else "cites",
        law=law.id if law else None,
    )


def _kind(place: Place, full: str, law: Law | None, own: bool, maker: Maker) -> str:
    """Return the kind of an instrument. full: its title with its region; own: the reporting body made it."""
    circular = bool(_CIRCULAR.search(maker.text, max(0, place.start - 12), place.start))
    number = _doc_number(maker.text, place.end)
    order = number is not None and "令" in number
    of_office = own and maker.office and not maker.proposes(full, place.start, place.end)
    ordinary = circular or (number is not None and not order) or of_office
    enacted = None if ordinary else order or (law is None and maker.enacts(place.start, place.end))
    rival = None if own or law else _drafted(full, maker)
    kind = maker.known.kind(full, law or rival, own, enacted, order)
    if maker.national and law is None and kind == "local_regulation" and not any(maker.known.places(full)):
        return "administrative_regulation"  # what a ministry speaks of and no place made
    return kind


def _drafted(full: str, maker: Maker) -> Law | None:
    """Return the law that a title is a draft of, which tells its kind."""
    draft = _DRAFT.search(full)
    return maker.known.find(full[: draft.start()], maker.year) if draft else None


def _region(text: str, start: int, header: Header, known: Titles) -> str:
    """Return the province or city that stands right before a title, by its name or as 省 or 市; else nothing."""
    before = _REGION_BEFORE.search(text, max(0, start - 16), start)
    if not before:
        return ""
    names = (text[max(0, before.end(1) - n) : before.end(1)] for n in range(8, 2, -1))
    named = next((name for name in names if name in known.tables.places_by_name), None)
    return named or next((name for name in header.district_path[:2] if name.endswith(before[1])), "")


def _law(written: str, region: str, header: Header, known: Titles) -> Law | None:
    """Return the law that a title names; where the nation has none of that name, the province's own."""
    wordings = [region + written, written, *(name + written for name in header.district_path[:1])]
    found = (known.find(wording, header.year) for wording in dict.fromkeys(wordings))
    return next((law for law in found if law), None)


def _unmarked(text: str, known: Titles, titled: Sequence[Place]) -> Iterator[Place]:
    """Yield the bare names of instruments outside title marks."""
    starts = [place.start for place in titled]
    quotes = [(quote.start(1), quote.end(1)) for quote in _QUOTED.finditer(text)]
    quote_starts = [start for start, _ in quotes]

    def inside(at: int) -> bool:
        i = bisect_right(starts, at) - 1
        return i >= 0 and at < titled[i].end

    names, automaton = known.bare
    loose: list[Place] = []
    held: dict[int, list[Place]] = {}  # by the quotation that they stand in
    for number, start, end in automaton.find_matches_as_indexes(text):
        if inside(start) or not _stands_alone(text, names[number], start, end):
            continue
        end = _extended(text, end)
        start -= 2 * (text.endswith("关于", 0, start) and names[number].endswith(_ABOUT))
        i = bisect_right(quote_starts, start) - 1
        within = i >= 0 and end <= quotes[i][1]
        (held.setdefault(i, []) if within else loose).append(Place(start, end, text[start:end], "bare"))
    yield from loose
    for place in regional(text, known):
        if not inside(place.start) and not _NAME_BEHIND.match(text, place.end):
            yield place
    for i, places in held.items():
        if _lists_names(text[slice(*quotes[i])], places):
            yield from places
    for start, end in quotes:
        if text[start:end] in known.weak and _NORM.search(text, start, end) and not inside(start):
            yield Place(start, end, text[start:end], "quoted")


def _stands_alone(text: str, name: str, start: int, end: int) -> bool:
    """Return whether a bare name is a word of its own there.

    >>> [_stands_alone(t, "劳动法", 2, 5) for t in ("学习劳动法和", "学习劳动法律", "普及劳动法规定")]
    [True, False, True]
    """
    if name == "宪法" and _TELLS_OF.search(text, max(0, start - 3), start):
        return False
    if text[max(0, start - 1) : start] in tuple(_WORD_BEFORE.get(name, "")) or _NAME_BEHIND.match(text, end):
        return False
    if name.endswith(("法典", "章")) or (name == "宪法" and text.startswith("法律", end)):
        return True
    if name.endswith("法"):
        return not _WORD_BEHIND.match(text, end)
    return name[0] in "全国" or not _PLACE_BEFORE.search(text, max(0, start - 2), start)


def _extended(text: str, end: int) -> int:
    """Return the end of a bare name with the years, or the rules to a law, that follow it."""
    behind = _SPAN_BEHIND.match(text, end) or _RULES_BEHIND.match(text, end)
    return behind.end() if behind else end


def _lists_names(quotation: str, places: Sequence[Place]) -> bool:
    """Return whether a quotation holds nothing but these names of instruments."""
    for place in places:
        quotation = quotation.replace(place.written, "")
    return not _JOINS.sub("", quotation)


def _generic(place: Place, group: int, found: Sequence[Instrument], maker: Maker) -> Instrument | None:
    """Return the instrument before it that a title like 《条例》 or 《实施纲要》 can only mean.

    What the district makes here is another than one that it cited before: 印发《方案》 after the city's 《实施方案》.
    """
    written = place.written
    if place.rule != "marks" or len(written) > 6 or squash(written) in maker.known.index:
        return None
    head = head_of(written)
    if head is None or not _GENERIC.fullmatch(written.removesuffix(head.head)):
        return None
    named = (one for one in reversed(found) if re.sub(r"\(.*$", "", one.title).endswith(written))
    last = next((one for one in named if (one.kind == "not_instrument") == (head.higher == "not_instrument")), None)
    return None if last and last.relation == "cites" and maker.owns(written, None, group, place.end) else last


def _doc_number(text: str, end: int) -> str | None:
    """Return the document number right behind a title, with the usual brackets.

    >>> _doc_number("》(国发[2010] 33号)", 1), _doc_number("》(国务院令第711号)", 1), _doc_number("》〔〕3号", 1)
    ('国发〔2010〕33号', '国务院令第711号', None)
    >>> _doc_number("》(省政府第3号令)", 1), _doc_number("》〔青委发(2022)2号〕", 1), _doc_number("》(第3号)", 1)
    ('省政府第3号令', '青委发〔2022〕2号', None)
    """
    number = _NUMBER.match(text, end)
    if number:
        return f"{number['organ']}〔{number['year']}〕{number['no']}号"
    decree = _DECREE.match(text, end)
    if decree and decree["body"]:
        return f"{decree['body']}第{decree['of_body']}号令"
    return f"{decree['organ']}第{decree['no']}号" if decree else None
