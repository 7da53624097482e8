"""The place that a title or a body's name begins with, and what lies above it.

In: a title or a name, and the text that decides between places of one name. Out: Who.
"""

import re
from typing import NamedTuple

from kg.divisions import Place
from kg.extract import places, shorts
from kg.extract.bodies import JOINT
from kg.vocabulary import Vocabulary

#: The body of the State that a branch begins with: 国家税务总局某县税务局.
_STATE = re.compile("^(?:中华人民共和国|中国人民银行|国家[\u4e00-\u9fff]{2,8}?总?局(?=[\u4e00-\u9fff]{2,20}[局队]))")
_CUSTOMS = re.compile(
    "[\u4e00-\u9fff]{2,4}(?:海关(?![\u4e00-\u9fff]*局)|海事局|(?:煤矿|矿山)安全监察局|通信管理局|邮政管理局|(?:银保监|证监|金融监管)局)"
)
#: A branch of a city's bureau, named for the county it works in: 某市公安局徐汇分局.
_BRANCH = re.compile(
    "[\u4e00-\u9fff]{2,12}?(?:局|委员会)(?P<place>[\u4e00-\u9fff]{2,4}?)(?P<suffix>[区县市]?)(?:分|管理)局"
)
#: A city's bureau in a county, whose name stands in front of its work: 盐城市大丰生态环境局.
_INSIDE = re.compile("(?P<place>[\u4e00-\u9fff]{2,4}?)(?:生态环境|自然资源)[\u4e00-\u9fff]{0,6}局")
#: The division that a regiment of the Corps belongs to: 第八师一四三团, 农四师七十九团.
_CORPS = re.compile(
    "^(?:新疆生产建设兵团|兵团)?(?:[第农][一二三四五六七八九十]{1,3}师(?P<city>[\u4e00-\u9fff]{2,4}市)?)?(?=[零一二三四五六七八九十]{1,4}团)"
)
#: The bureau of a branch that works in a zone: 某市公安局高新区分局.
_BRANCH_OF = re.compile("^[\u4e00-\u9fff]{2,12}?局(?=[\u4e00-\u9fff]{2,16}区分局)")
#: A zone, whose name the list of divisions may lack.
ZONE = re.compile(
    "[\u4e00-\u9fff]{2,14}?(?:开发区|高新区|新区|保税区|园区|示范区|度假区|管理区|合作区|试验区|实验区|综保区|经开区|功能区"
    "|新片区|风景名胜区|风景区|航空港经济区|科技城(?![\u4e00-\u9fff]{1,4}区))"
)
GENERIC = re.compile(
    "(?:国家级?|省级)?(?:经济|高新|技术|产业|综合|工业|农业|现代|保税|旅游|文化)*(?:开发区|区|园区)|经开区"
)
#: A name shortened to its first words and suffix (巴马县, 怒江州, 鹤龙街), some of them to one word (锡盟, 莫旗, 克州).
SHORT = re.compile(
    r"^(?:(?:[\u4e00-\u9fff][盟旗州])(?![镇乡县区市街])|[\u4e00-\u9fff]{2,6}?[县区市州盟旗街](?!道|镇|街道))"
)


#: A zone that is run with a district (经开区(头屯河区)), and a zone of the nation's (中国(上海)自由贸易试验区).
_WITH = re.compile(
    r"^(?:(?P<zone>[\u4e00-\u9fff]{2,8})\((?P<district>[\u4e00-\u9fff]{2,8}[区县市旗])\)"
    r"|中国\((?P<place>[\u4e00-\u9fff]{2,4})\))"
)

#: Districts and zones whose names are also words, in front of one of their towns: 市中区泺源街道.
_WORD_FIRST = re.compile(
    "(?:(?:城区|郊区|矿区|[东西]区|市中区)(?=(?:人民政府)?(?:$|20|关于|[\u4e00-\u9fff]{2,12}?局))"
    "|(?:城区|郊区|矿区|[东西]区|市中区|高新区|经开区|开发区)"
    "(?=(?:人民政府)?[\u4e00-\u9fff]{1,5}?(?:街道|镇|乡)(?:办事处|人民政府|20|关于|党)))"
)

#: A city, county or district that the list lacks, where a title or a name goes on behind it as behind a place.
_UNLISTED = re.compile(
    "(?:20\\d\\d年度?)?(?P<name>(?!加强|加快|推[进动]|深[入化]|打造|创建|建设|争创|优化|完善|提升|落实|全[面力]|依法|法治|[某各我本该]|城市|自治|街道)"
    "(?:(?![全各我本该某和与及的在对为将省])[\u4e00-\u9fff]){1,3}(?![示管景园社城街片辖矿林牧校库护])[\u4e00-\u9fff][县市区旗])"
    "(?=人民政府|政府|20\\d\\d|二[〇○零]|关于|法治(?:政府)?建设|依法行政"
    "|(?:司法|公安|教育|财政|民政|水[利务]|交通|住房|自然资源|农业|生态|环境|城市管理|卫生|文化|市场监督|人力|应急|发展|审计|统计|商务)"
    "[\u4e00-\u9fff]{0,10}(?:局|委员会))"
)
_ZONE_NAME = re.compile("高新区|经开区|开发区|新区|保税区")
#: A zone that says only what it is.
ANY_ZONE = re.compile("(?:高新区|经开区|开发区)(?=管委会|管理委员会|20|关于|$|分局|[\u4e00-\u9fff]{2,12}?局)")


#: How the name of a bureau ends.
_BUREAUS = ("局", "委员会")


class Who(NamedTuple):
    """The place reported on: its table row if it is decided, else its name and what lies above it."""

    name: str | None
    place: Place | None
    above: Place | None


def named_in(source: str, context: str, tables: Vocabulary) -> Who:
    """Return the lowest place that a title or a body's name begins with."""
    whole = re.sub("^(?:中共|关于)", "", JOINT.split(source)[-1])
    name = _CORPS.sub("", _STATE.sub("", whole))
    chain, rest = _chain(name, context, tables)
    if branch := _branch(rest, chain[-1] if chain else "", context, tables):
        return Who(branch.name, branch, None)
    rest = _BRANCH_OF.sub("", rest)
    near = "".join(chain) + context
    above = places.resolve(chain[-1], near, tables) if chain else None
    listed = [above] if above else tables.places_by_name[chain[-1]] if chain else []
    superiors = [name for name in chain[:-1] if not _ZONE_NAME.fullmatch(name)]  # 成都市高新区桂溪街道
    if superiors and not any(set(superiors) <= set(tables.path(place)) for place in listed):
        # the names in front say that it lies elsewhere than its namesake in the list
        return Who(chain[-1], None, places.resolve(superiors[-1], near, tables))
    if chain and (places.level(above) == 4 if above else not places.unlisted_township(rest)):
        return Who(chain[-1], above, None)
    if below := _unlisted(rest, above, near, tables):
        corps = None if below.place or below.above else _CORPS.match(_STATE.sub("", whole))
        city = places.resolve(corps["city"], near, tables) if corps and corps["city"] else None
        return below._replace(above=city) if city else below
    state = name != whole or _CUSTOMS.match(name)  # 中华人民共和国南通海关, or without the state
    if state and not chain and (city := shorts.by_first_words(rest, tables)):
        return Who(city.name, city, None)
    if not chain and rest.endswith(_BUREAUS) and (city := shorts.city_of(rest, tables)):  # 烟台司法局
        return Who(city.name, city, None)
    if chain and above is None and ZONE.fullmatch(chain[-1]):  # 洋浦经济开发区, which the list has below others too
        return Who(chain[-1], None, shorts.by_first_words(chain[-1], tables))
    return Who(chain[-1], above, None) if chain else Who(None, None, None)


def is_place(name: str, tables: Vocabulary) -> bool:
    """Tell whether a text is the official names of places and no more: 山东省, 湖南省益阳市."""
    found = places.find(name, tables)
    return "".join(each.name for each in found) == name != ""


def _chain(name: str, context: str, tables: Vocabulary) -> tuple[list[str], str]:
    """Return the places that a name begins with, from the widest, in their official names; and the rest of it."""
    name = _WITH.sub(lambda m: _district_of(m, tables), name)
    name = SHORT.sub(lambda m: shorts.by_short_in(m.group(), context, tables) or m.group(), name)
    whole = next(iter(places.find(name, tables)), None)
    chain, name = ([], name) if whole and whole.start == 0 else shorts.led_by_short(name, tables)  # 河南商丘经济开发区
    if not chain and (word := _WORD_FIRST.match(name)):
        before, rest = _chain(name[word.end() :], context, tables)
        return [word.group(), *before] if word.group() in tables.places_by_name else before, rest
    at = 0
    for found in places.find(name, tables):
        if name[at : found.start] not in ("", "人民政府"):
            break
        chain.append(found.name)
        at = found.end
    rest = name[at:].removeprefix("人民政府")
    short = SHORT.match(rest) if chain else None
    if short and (official := shorts.by_short_in(short.group(), context, tables)):  # 四川省阿坝州九寨沟县
        below, rest = _chain(official + rest[short.end() :], context, tables)
        chain += below
    return ([] if not at and chain and not ZONE.match(rest) else chain), rest


def _district_of(both: re.Match[str], tables: Vocabulary) -> str:
    """Return the district of a zone and a district that are one, whichever stands in the brackets."""
    if both["place"]:
        return both["place"]
    return both["zone"] if both["zone"] in tables.places_by_name else both["district"]


def _unlisted(rest: str, above: Place | None, near: str, tables: Vocabulary) -> Who | None:
    """Return what a name goes on with that is no official name: a zone, a shortened name, a township."""
    if zone := ZONE.match(rest):
        city = shorts.by_first_words(zone.group(), tables)  # 吉林省长春新区
        if above and not (city and places.level(above) < places.level(city) == 2 and above.name in tables.path(city)):
            city = above
        listed = tables.places_by_name.get(city.name + zone.group().removeprefix(city.short), ()) if city else ()
        if below := places.unlisted_township(rest[zone.end() :]):  # 莱芜高新区鹏泉街道办事处
            return Who(below, places.resolve(below, near, tables), city)
        inside = next(iter(places.find(rest[zone.end() :], tables)), None)
        if inside and inside.start == 0:  # 雄安新区容城县
            return Who(inside.name, places.resolve(inside.name, near, tables), None)
        own = zone.group()
        if city and places.level(city) == 1 and not GENERIC.fullmatch(own.removeprefix(city.short)[1:]):
            own = own.removeprefix(city.short)  # 重庆两江新区, but 天津港综合保税区
        return Who(zone.group() if GENERIC.fullmatch(own) else own, listed[0] if len(listed) == 1 else None, city)
    if generic := ANY_ZONE.match(rest):
        return Who(generic.group(), None, above)
    match = SHORT.match(rest)
    if match and (official := shorts.by_short(match.group(), tables)):
        return Who(official, places.resolve(official, near, tables), None)
    if name := places.unlisted_township(rest):
        if regiment := tables.places_by_name.get(f"兵团{name}"):
            return Who(name, None, next(tables.ancestors(regiment[0])))
        town = places.resolve(name, near, tables)  # 建设镇, which elsewhere is two words
        return Who(name, town if town and (above is None or above.name in tables.path(town)) else None, above)
    county = _UNLISTED.match(rest) if above is None or places.level(above) < 3 else None
    if county and not _is_listed(county["name"], tables):
        return Who(county["name"], None, above)
    return None


def _is_listed(name: str, tables: Vocabulary) -> bool:
    """Tell whether a name is a listed place's, or ends with one's behind a word: 报送新丰县, but not 南范县."""
    if name in tables.places_by_name or shorts.by_short(name, tables):
        return True
    return any(name[at:] in tables.places_by_name for at in range(2, len(name) - 1))


def _branch(rest: str, above: str, context: str, tables: Vocabulary) -> Place | None:
    """Return the county that a branch of its city's bureau, or its bureau there, is named for, if the city has it.

    Where no city is named (市公安局龙岗分局), the county of that name that the text speaks of.
    """
    match = _BRANCH.match(rest) or (_INSIDE.match(rest) if above else None)
    short = match["place"] + (match.groupdict().get("suffix") or "") if match else ""
    listed = [*tables.places_by_name.get(short, ()), *tables.places_by_short.get(short, ())]
    counties = {p for p in listed if p.status == "current" and places.level(p) == 3}
    found = {p for p in counties if (above in tables.path(p)[:-1] if above else p.name in context)}
    return found.pop() if len(found) == 1 else None
