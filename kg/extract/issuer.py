"""Who reports: as the title, the signature, the page's labels or the opening name the body.

In: the text, its title and what its page said. Out: the body's name as written, with its superiors where some line has
them.
"""

import re
from collections.abc import Iterator, Sequence

from kg.divisions import says_only_level
from kg.extract import places, seat, shorts
from kg.extract.bodies import BODY, PARTY, is_body, named_body, signature
from kg.extract.opening import DOES, SUBJECT, is_subject, opening
from kg.extract.seat import ANY_ZONE, ZONE
from kg.model import Metadata
from kg.vocabulary import Vocabulary

_LABEL = re.compile(
    "(?:信息来源|文章来源|来源|发布机构|发布单位|发文机[关构]|发文单位|制发机构|公开主体|责任部门)"
    r"[ \t]{0,4}[\]】]?[:|\s]{1,4}(?P<body>[\u4e00-\u9fff]{4,30})"
)
#: The body in brackets under a title.
_IN_BRACKETS = re.compile(r"[ \t]*\n+[ \t]*\((?P<body>[\u4e00-\u9fff]{4,30})\)[ \t]*\n")
#: The body on the line below the title, or below the year in brackets.
_BELOW = re.compile(r"[ \t]*\n+(?:[ \t]*\(20\d\d年?度?\)[ \t]*\n+)?[ \t]*(?P<body>[\u4e00-\u9fff]{4,30})[ \t]*\n")
#: What belongs to the body in front: 杨浦区人民政府五角场街道办事处, 市生态环境局桥西区分局.
_OFFICE = re.compile(
    "[\u4e00-\u9fff]{2,6}?(?:街道|镇|乡)(?:办事处|人民政府)|(?:(?![会和与同及在对])[\u4e00-\u9fff]){2,5}?分局"
)
#: A body that is no division's own but works in a zone, whose name the list of divisions may lack.
_ZONE_BODY = re.compile(rf"(?<![\u4e00-\u9fff]){ZONE.pattern}(?:管理委员会|管委会)")
_SHORT_BODY = re.compile(
    "(?<![\u4e00-\u9fff])(?P<place>[\u4e00-\u9fff]{2,4}?[县州盟旗]|[\u4e00-\u9fff][盟旗州])"
    "(?:人民政府|行署|(?:(?!局)[\u4e00-\u9fff]){2,12}局)(?!局?长|[\u4e00-\u9fff]{0,2}网)"
)
#: How the name of a body ends that reports on its own work.
_BRIGADES = ("大队", "支队", "总队")
_REPORTING = ("办事处", "政府", "局", "厅", "委员会", *_BRIGADES)
#: A committee that reports together with the government behind it: 中共某县委、某县人民政府坚持….
_WITH_PARTY = re.compile(f"(?P<party>{PARTY.pattern})[、和]$")
#: Of others it is told that they were honoured, or that they lead.
_OF_OTHERS = re.compile(
    "(?:[\u4e00-\u9fff]{2,8}(?:所|队|站|科|股|中心))?(?:荣?获|被评|入选|喜获)"
    "|(?:(?!在)[^,。;:\n]){0,30}?(?:[领指]导|支持|关心)下"
)
#: Of others it is told that something came from them: 经某省司法厅批准.
_FROM = re.compile("[经被受获由向与报到赴]$")
#: A paper that the one who reports has made, which his name begins.
_MADE = re.compile("(?:制[定发]|印发|出台|编[制成印写]|修[订改]|[下发]发|发布|起草)[^。;,\n《》]{0,12}《$")
#: Short for a government, which others are also called in passing (市委、市政府).
_SHORT_GOVERNMENT = re.compile("(?<!人民)政府$")
_OF_PEOPLE = ("调解委员会", "村民委员会", "居民委员会", "业主委员会", "仲裁委员会")
#: Who reports on a division; others only print it: its justice bureau, the office of its government.
_OF_DIVISION = re.compile("(?:政府|公署|行署|街道办|办事处|管委会|管理委员会)$|^中共[^ ]*委(?:员会)?$")
#: What a body does, behind its name as the subject: less than opening.DOES, since one named in passing does things too.
_VERB = (
    "(?:坚持|深入|认真|全面|紧|以|始终|高度|扎实|积极|严格|切实|在|持续|贯彻|按照|对[照标]|落实|推[进动]|根据|把|立足|聚焦|围绕|牢|忠实"
    "|结合|强化|加[强快大]|依[法照]|健全|完善|创新|着力|致力|学习|20\\d\\d)"
)
#: A bureau that says only at which level it works, as the subject: 2023年,省水利厅坚持….
_BUREAU = re.compile(
    "[省市县区州旗盟](?:(?:(?![与及、的在])[\u4e00-\u9fff]){2,12}?(?:局|厅|委员会|委)|(?:人民)?政府办公室)"
    + f"(?={_VERB})"
)
#: A ministry, as the subject that a text begins with: 部 ends many a word.
_MINISTRY = re.compile(f"原?(?:(?![各全我本与及、的在])[\u4e00-\u9fff]){{2,8}}(?<![支干内])部(?={_VERB})")
_AT_FIRST = 60
#: Of what kind a nameless body is that reports: 我局; 现将市政府…报告如下.
_OWN_KIND = re.compile("[我本全](?P<bureau>[局委厅])|现将[省市县区州旗盟](?:人民)?(?P<government>政府)")
#: A township that reports without a name, and what its own bodies are called.
_TOWN = re.compile("[我本](?:镇|乡|街道?|苏木)")
_OF_TOWN = re.compile("(?:镇|乡|街道|苏木)(?:人民政府|办事处|党委|党工委)$|办事处$")
#: A bureau's own name above a text without a title; a government's has the pages of others below it.
_OWN_LINE = re.compile("(?:[局厅队]|办事处|委员会|(?<!党)委)$")
#: What a body's name does not hold: 某镇在县依法治县委员会….
_SENTENCE = re.compile("在|的|按照|根据|对|向|将|受|认真|坚持|深入")
#: Those who rule a place, in short, behind its name.
_RULERS = re.compile(
    "(?:(?:党?委|党工委)[、和]?(?:[省市县区州盟旗镇乡]|街道)?(?:(?:人民)?政府|行署|办事处|管委会)|政府)"
)
#: Who is led by the rulers that an opening begins with: 县委、县政府高度重视,我局…; …,县教育局认真….
_LED_BY_THEM = re.compile(
    f"[我本](?:[局厅委院]|中心|分局)|局党[组委]|全局|[,。](?!(?:全[省市县区州])?各)[\u4e00-\u9fff]{{2,14}}?(?:局|[镇乡]|街道)(?={_VERB})"
)
_TOWNS = ("镇", "乡", "街道", "苏木")
_YEAR_FIRST = re.compile(r"^(?:关于)?(?:20\d\d[ ]?年度?)?")
_LED_TOWN = re.compile("[我全本](?:[镇乡]|街道)")
#: A bureau whose name begins with the short name of its city, or of its zone.
_CITY_BUREAU = re.compile(f"(?:(?![与及、的在])[\u4e00-\u9fff]){{4,20}}?(?:局|委员会)(?={_VERB})")
_WEBSITE = re.compile("门户|政务网|信息网|官网|网")


def find(
    title: str | None, title_start: int, title_end: int, text: str, tables: Vocabulary, page: Metadata
) -> str | None:
    """Return the body that reports, as the text names it most officially: with its superiors, where it does so."""
    town = next((p.name for p in reversed(places.find(title or "", tables)) if _is_town(p.name, tables)), "")
    named = [
        found
        for found in _issuers(title, title_start, title_end, text, tables, page)
        if found and not found.endswith("网站") and town.removesuffix("街道") in found  # not who only prints it
    ]
    named = named or list(_subjects(opening(text), title, tables))
    if title and (own := named_body(title)) and nameless(own, tables):  # 市环保局, and no bureau beside it
        named = [name for name in named if shorts.in_order(own, name)] or [own]  # 揭阳市环境保护局
    named = [name for name in named if not nameless(name, tables)] or named  # 区卫生健康委
    longer = [name for name in named if name.endswith(named[0]) and len(name) - len(named[0]) <= 20]
    issuer = max(longer, key=len) if longer else None
    return _of_own_paper(issuer, text, tables) or issuer


def _of_own_paper(body: str | None, text: str, tables: Vocabulary) -> str | None:
    """Return a nameless body's full name, if the titles of papers that begin with its name give one, and no other."""
    if body is None or not nameless(body, tables):
        return None
    level, rest = body[0], re.escape(body[1:])
    papers = re.finditer(f"《(?P<place>[\u4e00-\u9fff]{{1,16}}?{level}){rest}(?!分局|[和与、及])", text)
    full = {m.group()[1:] for m in papers if seat.is_place(m["place"], tables)}
    return full.pop() if len(full) == 1 else None


def _labelled(value: str, title: str | None, tables: Vocabulary) -> str | None:
    """Return the body that the value of a label names: all of it, else its beginning.

    Whose website it is says who reports only where the title names no other place (友谊路街道 on the district's site).
    """
    if is_body(value):
        return value
    body = BODY.match(value)
    if body and _WEBSITE.match(value, body.end()):
        named = [found.name for found in places.find(title or "", tables)]
        return None if named and named[-1] not in body.group() else body.group()
    return body.group() if body else None


def nameless(body: str, tables: Vocabulary) -> bool:
    """Tell a body that says only at which level it works, and not where: 市环保局, but not 市中区教育局."""
    return says_only_level(body) and not any(body[:n] in tables.places_by_name for n in range(2, 9))


def _is_town(name: str, tables: Vocabulary) -> bool:
    """Tell whether all places of a name are townships."""
    return all(places.level(place) == 4 for place in tables.places_by_name[name])


def _issuers(
    title: str | None, title_start: int, title_end: int, text: str, tables: Vocabulary, page: Metadata
) -> Iterator[str | None]:
    if title:
        yield named_body(title)
        above = text[:title_start].rstrip().rpartition("\n")[2].strip()
        yield above if is_body(above) else None
        below = _IN_BRACKETS.match(text, title_end)
        yield below["body"] if below and BODY.fullmatch(below["body"]) else None
        below = _BELOW.match(text, title_end)
        yield below["body"] if below and is_body(below["body"]) else None
    yield signature(text)
    if not title:
        lines = (line.strip() for line in text[:300].split("\n")[:6])
        yield from (line for line in lines if _OWN_LINE.search(line) and is_body(line))
    of_division = title is not None and not named_body(title) and bool(places.find(title, tables))
    for value in filter(None, (page.publisher, page.source, *(m["body"] for m in _LABEL.finditer(text[:1500])))):
        named = _labelled(value, title, tables)
        yield named if named and (not of_division or _OF_DIVISION.search(named)) else None
    start = _LABEL.sub(lambda match: " " * len(match.group()), opening(text))
    yield from _named_in(start, title, tables)


def _named_in(start: str, title: str | None, tables: Vocabulary) -> Iterator[str | None]:
    """Yield the bodies that an opening names as those that report, or as if they did."""
    named_places = places.find(start, tables)
    for match in () if _TOWN.search(start) else _SHORT_BODY.finditer(start):
        others = _OF_OTHERS.match(start, match.end()) or _is_masthead(start, match, named_places, tables)
        if not others and shorts.by_short(match["place"], tables):
            yield match.group()
    if "管" in start and (zone := _ZONE_BODY.search(start)):
        yield zone.group()
    for i, found in enumerate(named_places):
        body = BODY.match(start, found.start)
        above = _leftmost(start, named_places[: i + 1]) if body else ""
        at = found.start - len(above)
        if body and _reports(start, at, found, body, title) and not _is_of_others(start, body, named_places, tables):
            office = _OFFICE.match(start, body.end())
            joint = _WITH_PARTY.search(start, 0, body.start() - len(above))
            party = f"{joint['party']} " if joint and is_subject(start, joint.start()) else ""
            yield party + above + body.group() + (office.group() if office else "")


def _reports(start: str, at: int, found: places.Found, body: re.Match[str], title: str | None) -> bool:
    """Tell whether a body that an opening names works for the place that its name begins with, and does so itself.

    at: where the places begin that its name has in front.
    """
    subject = is_subject(start, found.start)
    subject = subject or (start[found.start - 1 : found.start] == "," and bool(DOES.match(start, body.end())))
    return (
        not _WEBSITE.match(start, body.end())
        and not _SENTENCE.search(start, found.end, body.end())
        and body.end() - found.end <= (14 if subject or _MADE.search(start, 0, at) else 6)  # 咸阳市住房和城乡建设局
        and body.group().endswith(_REPORTING)
        and not body.group().endswith(_OF_PEOPLE)
        and not _OF_OTHERS.match(start, body.end())
        and (subject or not _FROM.search(start, 0, found.start))
        and ((subject and not title) or not _SHORT_GOVERNMENT.search(body.group()))
        and (subject or not body.group().endswith(_BRIGADES))
    )


def _is_of_others(start: str, body: re.Match[str], named: Sequence[places.Found], tables: Vocabulary) -> bool:
    """Tell a body that only leads the one that reports, has its pages on its site, or is named in a paper's title."""
    if start.rfind("《", 0, body.start()) > start.rfind("》", 0, body.start()):
        own = {kind for match in _OWN_KIND.finditer(start) for kind in match.groups() if kind}
        return not body.group().endswith(tuple(own))
    if not is_subject(start, body.start()):
        return _TOWN.search(start) is not None and not _OF_TOWN.search(body.group())
    return not _OF_TOWN.search(body.group()) and _is_masthead(start, body, named, tables)


def _is_masthead(start: str, body: re.Match[str], named: Sequence[places.Found], tables: Vocabulary) -> bool:
    """Tell the government whose site has a page of one of its townships, by its name above the text."""
    if start[: body.start()].strip() or start[body.end() : body.end() + 1] != "\n":
        return False
    towns = (each for each in named if each.start > body.end() and _is_town(each.name, tables))
    return any(is_subject(start, town.start) for town in towns)


def _subjects(start: str, title: str | None, tables: Vocabulary) -> Iterator[str]:
    """Yield what reports where no line names a body: 省水利厅, 某县政府 as the opening's subject."""
    for subject in SUBJECT.finditer(start):
        at = subject.end()
        if bureau := _BUREAU.match(start, at) or (_MINISTRY.match(start, at) if at < _AT_FIRST else None):
            yield bureau.group()
        elif (end := _rulers_end(start, at, title, tables)) or (end := _bureau_end(start, at, tables)):
            yield start[at:end]


def _rulers_end(start: str, at: int, title: str | None, tables: Vocabulary) -> int | None:
    """Return where the name of a place's own rulers ends, in short, that report: 某县委、县政府; mostly they lead."""
    zone = ZONE.match(start, at)
    name = zone.group() if zone else shorts.leading(start[at : at + 24], tables)
    rulers = _RULERS.match(start, at + len(name)) if name else None
    if rulers is None or not DOES.match(start, rulers.end()):
        return None
    led = _LED_BY_THEM.search(start, rulers.end())
    led = led or (None if name.endswith(_TOWNS) else _LED_TOWN.search(start, rulers.end()))
    titled = seat.named_in(_YEAR_FIRST.sub("", title or ""), start, tables).name
    return rulers.end() if not led and titled in (None, seat.named_in(name, start, tables).name) else None


def _bureau_end(start: str, at: int, tables: Vocabulary) -> int | None:
    """Return where the name of a bureau ends that begins with its city's short name, or a zone's: 烟台司法局."""
    body = _CITY_BUREAU.match(start, at)
    if body is None or not DOES.match(start, body.end()):
        return None
    named = ANY_ZONE.match(start, at) or shorts.city_of(body.group(), tables)
    return body.end() if named else None


def _leftmost(text: str, named: Sequence[places.Found]) -> str:
    """Return the place names that stand unbroken in front of the last one."""
    start = named[-1].start
    for found in reversed(named[:-1]):
        if found.end != start:
            break
        start = found.start
    return text[start : named[-1].start]
