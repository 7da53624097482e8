"""Who reports, and on which district: as the title, the signature, the page's labels or the opening name them.

In: the text, its title and what its page said. Out: the issuing body, and the place reported on with its superiors.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.extract import places
from kg.extract.bodies import BODY, JOINT, is_body, named_body, signature
from kg.model import Metadata
from kg.vocabulary import Place, Vocabulary

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
#: The body of the State that a branch begins with: 国家税务总局某县税务局.
_STATE = re.compile("^(?:中华人民共和国|中国人民银行|国家[\u4e00-\u9fff]{2,8}?总?局(?=[\u4e00-\u9fff]{2,12}局))")
#: A branch of a city's bureau, named for the county it works in: 某市公安局徐汇分局.
_BRANCH = re.compile("[\u4e00-\u9fff]{2,12}?局(?P<place>[\u4e00-\u9fff]{2,4}?)(?P<suffix>[区县市]?)分局")
#: To whom the report is sent: a line of bodies that ends with a colon.
_ADDRESSEE = re.compile("^(?![^\n]{0,60}(?:如下|现将))[^\n。;]{2,60}:[ \t]*$", re.MULTILINE)
#: A body that is no division's own but works in a zone, whose name the list of divisions may lack.
_ZONE = re.compile("[\u4e00-\u9fff]{2,14}?(?:开发区|高新区|新区|保税区|园区|示范区|度假区|管理区|合作区)")
_ZONE_BODY = re.compile(rf"(?<![\u4e00-\u9fff]){_ZONE.pattern}(?:管理委员会|管委会)")
_GENERIC = re.compile("(?:国家级?|省级)?(?:经济|高新|技术|产业|综合|工业|农业|现代|保税|旅游|文化)*(?:开发区|区|园区)")
#: A name shortened to its first words and suffix (巴马县, 怒江州, 鹤龙街).
_SHORT = re.compile(r"^[\u4e00-\u9fff]{2,4}?[县区市州盟旗街](?!道|镇|街道)")
_SHORT_BODY = re.compile(
    "(?<![\u4e00-\u9fff])(?P<place>[\u4e00-\u9fff]{2,4}?[县州盟旗])(?:人民政府|[\u4e00-\u9fff]{2,12}?局)(?![\u4e00-\u9fff]{0,2}网)"
)
_OPENING = 1200
#: Where a sentence of the opening names its subject: 2024年,某市坚持…; 现将某市2024年…情况报告如下.
_SUBJECT = re.compile(r"(?:^|\n|[。;:]|20\d\d年度?,?|今年以来,|一年来,|现将|按照要求,)[ \t]{0,8}(?=[\u4e00-\u9fff])")
#: Whose Party committee leads a bureau, which is then of the same place: 在虹口区委、区政府的领导下,区城管执法局….
_LED = re.compile("(?P<place>[\u4e00-\u9fff]{2,12}?[省市县区州旗盟])委[^。\n]{0,24}领导下")
_BUREAU = re.compile(
    "[我本全][局委]|(?<![\u4e00-\u9fff])[省市县区州旗盟][\u4e00-\u9fff]{2,14}?(?:局|委(?![、和,])|中心|支队)"
)
#: A division that speaks of itself, and so is no bureau.
_DIVISION = re.compile("[我本全](?:街道?|镇|乡|区|县|市|州|旗)(?![\u4e00-\u9fff]{0,8}[局委])")
#: What a place does, or has done in its name, where it is the subject.
_DOES = re.compile(
    "(?:[党省市县区州旗]?委|人民政府|政府|党工委|办事处)?(?:[和、]?[省市县区州旗镇乡]?(?:人民)?政府)?"
    "(?:20|坚持|深入|认真|全面|扎实|持续|紧紧|以习|在|始终|高度|严格|积极|切实|法治|依法|牢固|聚焦|立足|紧扣|围绕|把|将|贯彻|落实|推进|推动|加快|着力|年度)"
)
#: How the name of a body ends that reports on its own work.
_REPORTING = ("办事处", "人民政府", "局", "厅", "委员会")
_WEBSITE = re.compile("门户|政务网|信息网|官网|网")


class Who(NamedTuple):
    """The place reported on: its table row if it is decided, else its name and what lies above it."""

    name: str | None
    place: Place | None
    above: Place | None


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


def issuer(
    title: str | None, title_start: int, title_end: int, text: str, tables: Vocabulary, page: Metadata
) -> str | None:
    """Return the body that reports, as the text names it most officially: with its superiors, where it does so."""
    town = next((p.name for p in reversed(places.find(title or "", tables)) if _is_town(p.name, tables)), "")
    named = [
        found
        for found in _issuers(title, title_start, title_end, text, tables, page)
        if found and not found.endswith("网站") and town.removesuffix("街道") in found  # not who only prints it
    ]
    longer = [name for name in named if name.endswith(named[0]) and len(name) - len(named[0]) <= 12]
    return max(longer, key=len) if longer else None


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
    for named in filter(None, (page.publisher, page.source)):
        yield _labelled(named, title, tables)
    for match in _LABEL.finditer(text[:1500]):
        yield _labelled(match["body"], title, tables)
    opening = _ADDRESSEE.sub(lambda m: " " * len(m.group()), text[:_OPENING])
    for match in _SHORT_BODY.finditer(opening):
        yield match.group() if places.by_short(match["place"], tables) else None
    if "管" in opening and (zone := _ZONE_BODY.search(opening)):
        yield zone.group()
    subjects = {match.end() for match in _SUBJECT.finditer(opening)}
    named_places = places.find(opening, tables)
    for i, found in enumerate(named_places):
        body = BODY.match(opening, found.start)
        far = 14 if found.start in subjects else 6  # 咸阳市住房和城乡建设局
        hosts = body and _WEBSITE.match(opening, body.end())
        if body and not hosts and body.end() - found.end <= far and body.group().endswith(_REPORTING):
            office = _OFFICE.match(opening, body.end())
            yield _leftmost(opening, named_places[: i + 1]) + body.group() + (office.group() if office else "")


def _leftmost(text: str, named: Sequence[places.Found]) -> str:
    """Return the place names that stand unbroken in front of the last one."""
    start = named[-1].start
    for found in reversed(named[:-1]):
        if found.end != start:
            break
        start = found.start
    return text[start : named[-1].start]


def district(title: str | None, issuer: str | None, text: str, tables: Vocabulary) -> Who:
    """Return the place reported on: named by the issuer, else the title, else the opening, else named most often."""
    context = "\n".join(filter(None, (title, issuer, text)))
    nearest = Who(None, None, None)
    for source in filter(None, (issuer, title)):
        who = _named_in(source, context, tables)
        if who.name and not (nearest.name and who.place is None):
            nearest = max(
                nearest, who, key=lambda w: (w.name is not None, w.place is not None and places.level(w.place))
            )
    if nearest.name:
        return nearest
    if subject := _subject(text[:_OPENING], context, tables):
        return subject
    if leader := _leader(text[:_OPENING], context, tables):
        return leader
    counts: dict[str, int] = {}
    for found in places.find(text[:400], tables):
        lowest = max(places.level(place) for place in tables.places_by_name[found.name])
        if text[found.end : found.end + 1] not in ("委", "政") and lowest >= 3:
            counts[found.name] = text.count(found.name)
    if not counts:
        return nearest
    name = max(counts, key=lambda n: (counts[n], max(map(places.level, tables.places_by_name[n])), -text.find(n)))
    return Who(name, places.resolve(name, context, tables), None)


def _subject(opening: str, context: str, tables: Vocabulary) -> Who | None:
    """Return the lowest place that the first sentences have for their subject: 2024年,衡水市坚持…"""
    spoken = _ADDRESSEE.sub(lambda m: " " * len(m.group()), opening)
    for match in _SUBJECT.finditer(spoken):
        end, name = match.end(), None
        while (found := next(iter(places.find(spoken[end : end + 12], tables)), None)) and found.start == 0:
            end, name = end + found.end, found.name
        short = _SHORT.match(spoken[end : end + 8]) if name is None else None
        if short and (official := places.by_short(short.group(), tables)):
            end, name = end + short.end(), official
        zone = _ZONE.match(spoken, end) if name is None and spoken[end] not in "全各我本该" else None
        if zone and not _GENERIC.fullmatch(zone.group()) and _DOES.match(spoken, zone.end()):
            return _named_in(zone.group(), context, tables)
        if name and _DOES.match(spoken, end):
            return Who(name, places.resolve(name, context, tables), None)
    return None


def _branch(rest: str, above: str, tables: Vocabulary) -> Place | None:
    """Return the county that a branch of its city's bureau is named for, if the city has one of that name."""
    match = _BRANCH.match(rest)
    short = match["place"] + match["suffix"] if match else ""
    listed = [*tables.places_by_name.get(short, ()), *tables.places_by_short.get(short, ())]
    found = {p for p in listed if p.status == "current" and places.level(p) == 3 and above in tables.path(p)[:-1]}
    return found.pop() if len(found) == 1 else None


def _leader(opening: str, context: str, tables: Vocabulary) -> Who | None:
    """Return the place whose Party committee the opening says to lead the bureau that reports."""
    bureau = _BUREAU.search(opening) and not _DIVISION.search(opening)
    for led in _LED.finditer(opening) if bureau else ():
        if (named := places.find(led["place"], tables)) and named[-1].end == len(led["place"]):
            return Who(named[-1].name, places.resolve(named[-1].name, context, tables), None)
    return None


def _named_in(source: str, context: str, tables: Vocabulary) -> Who:
    """Return the lowest place that a title or a body's name begins with."""
    source = _SHORT.sub(
        lambda m: places.by_short(m.group(), tables) or m.group(),
        _STATE.sub("", re.sub("^(?:中共|关于)", "", JOINT.split(source)[-1])),
    )
    chain, source = places.led_by_short(source, tables)
    at = 0
    for found in places.find(source, tables):
        if source[at : found.start] not in ("", "人民政府"):
            break
        chain.append(found.name)
        at = found.end
    rest = source[at:].removeprefix("人民政府")
    if chain and (branch := _branch(rest, chain[-1], tables)):
        return Who(branch.name, branch, None)
    if not at and chain and not _ZONE.match(rest):
        chain = []
    near = "".join(chain) + context
    above = places.resolve(chain[-1], near, tables) if chain else None
    named = [above] if above else tables.places_by_name[chain[-1]] if chain else []
    if len(chain) > 1 and not any(set(chain[:-1]) <= set(tables.path(place)) for place in named):
        # the names in front say that it lies elsewhere than its namesake in the list
        return Who(chain[-1], None, places.resolve(chain[-2], near, tables))
    if chain and (above is None or places.level(above) == 4):
        return Who(chain[-1], above, None)
    if zone := _ZONE.match(rest):
        city = above or places.by_first_words(zone.group(), tables)
        listed = tables.places_by_name.get(city.name + zone.group().removeprefix(city.short), ()) if city else ()
        if below := places.unlisted_township(rest[zone.end() :]):  # 莱芜高新区鹏泉街道办事处
            return Who(below, places.resolve(below, near, tables), city)
        own = zone.group().removeprefix(city.short) if city and places.level(city) == 1 else zone.group()
        return Who(zone.group() if _GENERIC.fullmatch(own) else own, listed[0] if len(listed) == 1 else None, city)
    match = _SHORT.match(rest)
    if match and (official := places.by_short(match.group(), tables)):
        return Who(official, places.resolve(official, near, tables), None)
    if name := places.unlisted_township(rest):
        return Who(name, None, above)
    return Who(chain[-1], above, None) if chain else Who(None, None, None)
