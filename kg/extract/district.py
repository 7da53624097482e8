"""Which place is reported on: as the issuer, the title or the opening names it.

In: the text, its title and its issuer. Out: the place with its superiors.
"""

import re

from kg.divisions import Place, says_only_level
from kg.extract import places, shorts, unnamed
from kg.extract.opening import DOES, SUBJECT, opening
from kg.extract.seat import GENERIC, SHORT, ZONE, Who, named_in
from kg.model import Metadata
from kg.vocabulary import Vocabulary

#: Whose Party committee leads a bureau, which is then of the same place: 在虹口区委、区政府的领导下,区城管执法局….
_LED = re.compile("(?P<place>[\u4e00-\u9fff]{2,12}?[省市县区州旗盟])委[^。\n]{0,24}领导下")
_BUREAU = re.compile(
    "[我本全][局委]|(?<![\u4e00-\u9fff])[省市县区州旗盟][\u4e00-\u9fff]{2,14}?(?:局|委(?![、和,])|中心|支队)"
)
#: A division that speaks of itself, and so is no bureau.
_DIVISION = re.compile("[我本全](?:街道?|镇|乡|区|县|市|州|旗)(?![\u4e00-\u9fff]{0,8}[局委])")
#: What speaks of itself so is no city.
_BELOW_A_CITY = re.compile("[我本全](?:县|区|旗|镇|乡|街)")
#: A bureau may be a city's, if it speaks of one so.
_ANY_BUREAU, _ALL_CITY = re.compile("[我本全][局委院]"), re.compile("[我本全]市(?![委政])")
#: A bureau of another place, of which it is told that it was honoured.
_HONOURED = re.compile("[\u4e00-\u9fff]{2,12}?局(?:荣?获|被评|入选|喜获)")
_TOWNS = ("镇", "乡", "街道", "苏木")
_IN_BRACKETS = re.compile("[(]([\u4e00-\u9fff]{2,20})[)]")
_ZONE_ALONE = re.compile("高新区|经开区|开发区|(?:高新|经济)技术(?:产业)?开发区|保税区|新区")
#: No zone's name begins like this: 加强合作区建设.
_NO_ZONE = re.compile(
    "[全各我本该在对以为把将]|加强|推进|推动|支持|服务|建设|打造|创建|深化|优化|完善|提升|落实|做好|围绕|聚焦|加快|全面"
)


#: A township that the list lacks, where it is the subject: not 各乡镇, nor 全镇.
_UNLISTED = re.compile(
    rf"(?!{_NO_ZONE.pattern}|[乡村城集小中])(?:(?![我各该们将在对为])[\u4e00-\u9fff]){{2,5}}?(?:(?<![乡村城集])镇|乡(?!镇)|(?<!镇)街道|苏木)(?={DOES.pattern})"
)
#: Who runs the nameless township of a report, by the last character of what it is.
_RUN_BY = {
    kind[-1]: re.compile(f"(?<![\u4e00-\u9fff、]){kind}(?![、和])|[我本全]{kind}")
    for kind in ("镇", "乡", "街道", "苏木")
}
#: What may stand before each mention of a township and be no part of its name.
_NO_PART = "省市县区旗州盟乡镇年月日在为将把由对和与及是我本全各该从向给让被以的"
#: A place whose name is also a word, as the subject.
_WORD = re.compile(rf"(?:城区|郊区|矿区|[东西]区|建设镇|建设乡|新建镇|建设街道)(?={DOES.pattern})")
#: Where a county leads or is written to: 某县委, 某县人民政府.
_RULES = ("委", "政", "人")


def find(title: str | None, issuer: str | None, text: str, tables: Vocabulary, page: Metadata) -> Who:
    """Return the place reported on; where the list lacks it, below the one county that the text says to lead it."""
    context = "\n".join(filter(None, (title, issuer, text, page.publisher, page.source, page.trail)))
    who = _named(title, issuer, text, context, page, tables)
    if who.place and places.level(who.place) == 4:
        return _as_it_was(who.place, context, tables)
    if who.place or who.above or not (who.name or "").endswith(_TOWNS) or who.name in tables.places_by_name:
        return who
    above = _of_page(page, context, tables)
    if above and above.name == who.name and above.above:
        return above
    counties = {
        found.name
        for found in places.find(context, tables)
        if context[found.end : found.end + 1] in _RULES and found.name[-1] in "县区市旗"
    }
    county = places.resolve(counties.pop(), context, tables) if len(counties) == 1 else None
    return Who(who.name, None, county if county and places.level(county) == 3 else None)


def _as_it_was(town: Place, context: str, tables: Vocabulary) -> Who:
    """Return a township below the county that the text speaks of, if that was another before (芜湖县 for 湾沚区)."""
    county = next(tables.ancestors(town), None)
    former = tables.former_places.get(county.code, ()) if county else ()
    if former and county:
        named = places.named_in(context, tables)
        before = {each.name: each for each in former if each.name in named and county.name not in named}
        if len(before) == 1:
            return Who(town.name, None, before.popitem()[1])
    return Who(town.name, town, None)


def _named(title: str | None, issuer: str | None, text: str, context: str, page: Metadata, tables: Vocabulary) -> Who:
    """Return the place named by the issuer, else the title, the opening, the page, else most often."""
    nearest = Who(None, None, None)
    for source in filter(None, (issuer, title, *_IN_BRACKETS.findall(title or "")[-1:])):
        who = named_in(source, context, tables)
        whole = nearest.name and GENERIC.fullmatch(nearest.name) and (who.name or "").endswith(nearest.name)
        if whole and who.name != nearest.name:  # 合肥经开区, by 经开区管委会
            nearest = who
        elif who.name and not (nearest.name and who.place is None):
            nearest = max(
                nearest, who, key=lambda w: (w.name is not None, w.place is not None and places.level(w.place))
            )
    start = opening(text)
    if nearest.name and not GENERIC.fullmatch(nearest.name):
        return nearest
    subject = _subject(start, context, tables)
    if nearest.name:  # 经济开发区: the opening may say whose
        return subject if subject and (subject.name or "").endswith(nearest.name) else nearest
    found = subject or _leader(start, context, tables) or _of_page(page, context, tables)
    level = None if found else unnamed.of_level(start, context, tables)
    if zone := None if found else _zone_subject(start):
        return zone._replace(above=level.place) if level and level.place and places.level(level.place) == 2 else zone
    if found := found or level:
        return found
    level_word = issuer[0] if issuer and says_only_level(issuer) else unnamed.government(start)
    return (
        _most_named(text[:400], text, context, level_word, tables)
        or unnamed.spoken_of(start, text, context, tables)
        or nearest
    )


def _zone_subject(spoken: str) -> Who | None:
    """Return the zone that says only what it is and is the subject of a first sentence: 2023年,高新区坚持…"""
    for match in SUBJECT.finditer(spoken):
        zone = _ZONE_ALONE.match(spoken, match.end())
        if zone and DOES.match(spoken, zone.end()):
            return Who(zone.group(), None, None)
    return None


def _most_named(start: str, text: str, context: str, kind: str, tables: Vocabulary) -> Who | None:
    """Return the place named at the start that the whole text names most often; 我镇 is no county.

    kind: the level that a nameless bureau or government says to be of, or none: 市人社局 is no district's.
    """
    least = 4 if unnamed.TOWN.search(start) else 1 if kind else 3
    bureau = _ANY_BUREAU.search(start) and not _ALL_CITY.search(start)
    below = least == 4 or bureau or _BELOW_A_CITY.search(start)
    counts: dict[str, int] = {}
    for found in places.find(start, tables):
        lowest = max(places.level(place) for place in tables.places_by_name[found.name])
        honoured = _HONOURED.match(start, found.end) or _is_cut_out(found.name, lowest, text)
        clause = not below and lowest == 2 and start[found.start - 1 : found.start] in ("", ",", "。", ";", ":", "\n")
        fits = (lowest >= least or clause) and found.name.endswith(("省", "自治区") if kind == "省" else kind)
        if fits and start[found.end : found.end + 1] not in ("委", "政") and not honoured:
            counts[found.name] = text.count(found.name)
    if not counts:
        return None
    name = max(counts, key=lambda n: (counts[n], max(map(places.level, tables.places_by_name[n])), -text.find(n)))
    return Who(name, places.resolve(name, context, tables), None)


def _is_cut_out(name: str, lowest: int, text: str) -> bool:
    """Tell whether a township's name is the end of a longer one, which the list lacks: 杏大街街道 in 银杏大街街道."""
    if lowest < 4:
        return False
    before = {text[m.start() - 1 : m.start()] for m in re.finditer(name, text)}
    return len(before) == 1 and re.fullmatch(f"(?![{_NO_PART}])[\u4e00-\u9fff]", before.pop()) is not None


def _subject(spoken: str, context: str, tables: Vocabulary) -> Who | None:
    """Return the lowest place that the first sentences have for their subject: 2024年,衡水市坚持…"""
    for match in SUBJECT.finditer(spoken):
        end, name = match.end(), None
        while (found := next(iter(places.find(spoken[end : end + 12], tables)), None)) and found.start == 0:
            end, name = end + found.end, shorts.by_short_in(found.name, context, tables) or found.name
        short = SHORT.match(spoken[end : end + 8]) if name is None else None
        if short and (official := shorts.by_short(short.group(), tables)):
            end, name = end + short.end(), official
        zone = ZONE.match(spoken, end) if name is None and not _NO_ZONE.match(spoken, end) else None
        if zone and not GENERIC.fullmatch(zone.group()) and DOES.match(spoken, zone.end()):
            return named_in(zone.group(), context, tables)
        if name and not GENERIC.fullmatch(name) and DOES.match(spoken, end):
            return Who(name, places.resolve(name, context, tables), None)
        town = (
            (_UNLISTED.match(spoken, end) or _WORD.match(spoken, end))
            if match.group().strip()[-1:] in (",", "将") and "要求" not in match.group()
            else None
        )
        if town and (context.count(town.group()) > 1 or _RUN_BY[town.group()[-1]].search(context)):
            above = places.resolve(name, context, tables) if name else None
            return Who(town.group(), None if above else places.resolve(town.group(), context, tables), above)
    return None


def _of_page(page: Metadata, context: str, tables: Vocabulary) -> Who | None:
    """Return the place that the page has for its publisher, without any word of a body: 武隆区火炉镇.

    Or the town or township whose part of the site the page's trail leads to.
    """
    for value in filter(None, (page.publisher, page.source)):
        who = named_in(value, context, tables)
        if who.name and value.endswith(who.name):
            return who
    crumbs = re.split(r"[ ]*[>»›]+[ ]*", page.trail or "")
    towns = (named_in(crumb, context, tables) for crumb in reversed(crumbs))
    return next((who for who in towns if who.name and who.name.endswith(_TOWNS)), None)


def _leader(spoken: str, context: str, tables: Vocabulary) -> Who | None:
    """Return the place whose Party committee the opening says to lead the bureau that reports."""
    bureau = _BUREAU.search(spoken) and not _DIVISION.search(spoken)
    for led in _LED.finditer(spoken) if bureau else ():
        if (named := places.find(led["place"], tables)) and named[-1].end == len(led["place"]):
            return Who(named[-1].name, places.resolve(named[-1].name, context, tables), None)
    return None
