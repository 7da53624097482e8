"""Which place a name means: the names in a text, and the one place of many homonyms that its neighbours point to.

In: a text and the tables. Out: Found names, and for one name the Place whose superiors the text speaks of most.
Nothing is guessed: a name that stays undecided resolves to None.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.data import table
from kg.divisions import Place
from kg.vocabulary import Vocabulary

_LEVELS = {"province": 1, "prefecture": 2, "county": 3, "township": 4}
#: Names that are also words; they count only behind the name of what they lie in.
_WORDS = frozenset(
    "城区 郊区 矿区 新区 市区 东区 西区 市中区 高新区 开发区 建设街道 建设镇 建设乡 新建镇 中心镇".split()
)
#: Names that are also part of what stands around them: 市委和县委, 平安乡镇, 管理县域.
_WORDS_TOO = frozenset("和县 理县 平安镇 平安乡 平安街道 平安县 平安区 小城镇 核心区".split())
_WITHIN_WORDS = re.compile(
    "^(?![在将]|中共|州理)[\u4e00-\u9fff“](?=和县|理县|平安|小城|核心)|(?:乡[镇村]|镇[村街]|县域)$"
)
#: What stands around a name that is only a part of a word: 沿海城市, 八一农场.
_CUT_OUT = re.compile(
    "(?:[沿滨临内]海城市|[零一二三四五六七八九十百][零一二三四五六七八九十百][\u4e00-\u9fff]?[农林牧]场)"
)
#: Names in the list of divisions that are any county's offices.
_OFFICES = frozenset(
    "农业局 林业局 林业和草原局 林草局 煤管局 社会事务局 社会发展局 社区建设管理局 国有林场管理局 林业站 林场 园艺场"
    " 党群服务中心 社区服务中心 国有林管理中心 森林资源保护中心 农业技术服务中心 居民办事处 社区建设办公室 产业管理处"
    " 开发区办事处 开发区管理委员会 经济开发区管委会 经济开发区管理委员会 工业园区管委会 工业园区管理委员会".split()
)
_TOWNSHIP = re.compile(
    "(?:[\u4e00-\u9fff]{1,5}?(?:街道|镇|乡|苏木|(?<!国有|国营)[农林牧]场)|[零一二三四五六七八九十]{1,4}团)"
    "(?=办事处|人民政府|管理?委|党|20|关于|$)"
)


class Found(NamedTuple):
    """An official place name at text[start:end]."""

    name: str
    start: int
    end: int


@lru_cache(maxsize=1)
def _matcher(tables: Vocabulary) -> tuple[AhoCorasick, list[str]]:
    return _matcher_of(sorted(name for name in tables.places_by_name if len(name) > 1))  # sorted, it is made sooner


def _matcher_of(names: list[str]) -> tuple[AhoCorasick, list[str]]:
    return AhoCorasick(names, matchkind=MatchKind.LeftmostLongest), names


@lru_cache(maxsize=32)
def find(text: str, tables: Vocabulary) -> tuple[Found, ...]:
    """Find official place names, longest first, without those that are only words where they stand.

    >>> from kg.vocabulary import vocabulary
    >>> [found.name for found in find("江西省吉安市永丰县恩江镇人民政府", vocabulary())]
    ['江西省', '吉安市', '永丰县', '恩江镇']
    """
    return _found(text, *_matcher(tables))


def find_few(text: str, tables: Vocabulary) -> tuple[Found, ...]:
    """Find the same in a text of few characters, a question, without the matcher of all names.

    That takes 0.2 s to make, with all that is known of places, and this 0.03 s.
    """
    return _found(text, *_matcher_of([name for name in tables.places_in(text) if len(name) > 1]))


def _found(text: str, matcher: AhoCorasick, names: Sequence[str]) -> tuple[Found, ...]:
    found: list[Found] = []
    for index, start, end in matcher.find_matches_as_indexes(text):
        name = names[index]
        adjacent = found and found[-1].end == start
        if name in _OFFICES or (name in _WORDS and not adjacent):
            continue
        if name in _WORDS_TOO and not adjacent and _WITHIN_WORDS.search(text[max(0, start - 1) : end + 1]):
            continue
        if start and _CUT_OUT.match(text, start - 1):
            continue
        found.append(Found(name, start, end))
    return tuple(found)


def level(place: Place) -> int:
    """Return 1 for a province, 2 for a prefecture, 3 for a county, 4 for a township."""
    return _LEVELS[place.level]


def _support(place: Place, tables: Vocabulary, text: str, named: Mapping[str, int]) -> float:
    """Say how much a text speaks of a place's superiors: full names count more than short ones."""
    score = 0.0
    for above in tables.ancestors(place):
        weight = level(above)  # the county says more than the province
        if above.name in named:
            score += weight * (1 + min(named[above.name], 5) / 10)
        elif len(above.short) > 1 and place.status == "current" and above.short in text:
            score += weight / 2
    return score


def resolve(name: str, text: str, tables: Vocabulary, found: Iterable[Found] | None = None) -> Place | None:
    """Return the place of this official name that the text means, or None where the text does not decide.

    The one place of its name is taken as it is, unless it is a zone below a county, whose names recur in lists that
    lack them. Of homonyms, the one whose superiors the text names most; in a tie today's place goes before a former
    one, and where the text names no superior a division before such zones (滨海新区). found: the places in the text,
    where they are known.
    """
    candidates = tables.places_by_name.get(name, ())
    if len(candidates) > 1:  # 中山市 has no counties: below it the list repeats its name
        candidates = tuple(p for p in candidates if name not in tables.path(p)[:-1]) or candidates
    if not candidates or (len(candidates) == 1 and not _is_zone(candidates[0])):
        return candidates[0] if candidates else None
    named = _named(text, tables) if found is None else Counter(each.name for each in found)
    scored = [(_support(place, tables, text, named), place) for place in candidates]
    best = max(score for score, _ in scored)
    top = [place for score, place in scored if score == best]
    if len(top) > 1:
        top = [place for place in top if place.status == "current"] or top
        top = [
            place for place in top if next(tables.ancestors(place), place).status == "current"
        ] or top  # 简阳市 moved
    if best == 0:
        today = [place for place in candidates if place.status == "current" and not _is_zone(place)]
        return today[0] if len({place.code for place in today}) == 1 else None
    return top[0] if len({place.code for place in top}) == 1 else None


def _is_zone(place: Place) -> bool:
    return place.kind == "开发区" and level(place) == 4


@lru_cache(maxsize=2)
def _named(text: str, tables: Vocabulary) -> Mapping[str, int]:
    """Return how often a text has each place's name; the title and the issuer are both looked up in one text."""
    return Counter(found.name for found in find(text, tables))


@lru_cache(maxsize=1)
def _abbreviated(tables: Vocabulary) -> Mapping[str, tuple[Place, ...]]:
    """Return today's banners and places of autonomy, whose names are often cut short, by their first characters."""
    found: dict[str, tuple[Place, ...]] = {}
    for name in tables.places_by_name:
        if "自治" in name or name.endswith("旗"):
            places = (p for p in tables.places_by_name[name] if p.status == "current" and level(p) in (2, 3))
            found[name[0]] = (*found.get(name[0], ()), *places)
    return found


def by_short(name: str, tables: Vocabulary) -> str | None:
    """Return the official name behind a shortened one with its suffix (巴马县, 鹤龙街), if exactly one place has it.

    >>> from kg.vocabulary import vocabulary
    >>> [by_short(name, vocabulary()) for name in ("巴马县", "前郭县", "怒江州", "达茂旗", "某某县")]
    ['巴马瑶族自治县', '前郭尔罗斯蒙古族自治县', '怒江傈僳族自治州', '达尔罕茂明安联合旗', None]
    """
    stem, suffix = name[:-1], name[-1]
    names = {
        place.name
        for place in tables.places_by_short.get(stem, ())
        if place.status == "current" and (place.name[-1] == suffix or (suffix == "街" and place.name.endswith("街道")))
    } or {  # 前郭 for 前郭尔罗斯
        place.name
        for place in _abbreviated(tables).get(stem[0], ())
        if place.name[-1] == suffix and _in_order(stem, place.name)
    }
    return names.pop() if len(names) == 1 else None


def by_short_in(name: str, text: str, tables: Vocabulary) -> str | None:
    """Return what `by_short` does, or the name itself where it is a former place's own that the text rather speaks of.

    >>> from kg.vocabulary import vocabulary
    >>> [by_short_in("东乡县", text, vocabulary()) for text in ("抚州市政府", "临夏州政府")]
    ['东乡县', '东乡族自治县']
    """
    short = by_short(name, tables)
    if short is None or name not in tables.places_by_name:
        return short
    named = _named(text, tables)

    def spoken_of(official: str) -> float:
        return max(_support(place, tables, text, named) for place in tables.places_by_name[official])

    return max(short, name, key=spoken_of)


def _in_order(characters: str, name: str) -> bool:
    """Tell whether a name holds all characters, in their order: 科左中 in 科尔沁左翼中旗."""
    rest = iter(name)
    return all(character in rest for character in characters)


@lru_cache(maxsize=1)
def _zones() -> Mapping[str, str]:
    """Return tables/zones.csv: {how the name of a zone begins: the province or city that it lies in}."""
    return dict(table("zones.csv", "zone place", lambda cells: (cells["zone"], cells["place"]), unique="zone"))


def by_first_words(name: str, tables: Vocabulary) -> Place | None:
    """Return the city or county whose short name a zone's name begins with, if exactly one has it.

    Of zones that are not named for their city, the place that tables/zones.csv says.

    >>> from kg.vocabulary import vocabulary
    >>> by_first_words("秦皇岛经济技术开发区", vocabulary()).name
    '秦皇岛市'
    """
    for zone, place in _zones().items():
        if name.startswith(zone):
            return tables.places_by_name[place][0]
    for length in (4, 3, 2):
        found = [p for p in tables.places_by_short.get(name[:length], ()) if p.status == "current" and level(p) < 4]
        highest = [p for p in found if level(p) == min(map(level, found))]
        if len(highest) == 1:
            return highest[0]
    return None


def led_by_short(name: str, tables: Vocabulary) -> tuple[list[str], str]:
    """Take the short names of superiors off the front of a name; return their official names and the rest.

    >>> from kg.vocabulary import vocabulary
    >>> led_by_short("安徽芜湖市水务局", vocabulary())
    (['安徽省'], '芜湖市水务局')
    >>> led_by_short("内蒙古鄂尔多斯达拉特经济开发区", vocabulary())
    (['内蒙古自治区', '鄂尔多斯市'], '达拉特经济开发区')
    >>> led_by_short("吉林市公安局", vocabulary())
    ([], '吉林市公安局')
    """
    chain: list[str] = []
    while True:
        above = chain[-1] if chain else None
        for length in (4, 3, 2):
            place = _superior(name[:length], above, tables)
            if place and _begins_below(name[length:], place, tables):
                chain.append(place.name)
                name = name[length:]
                break
        else:
            return chain, name


def _superior(short: str, above: str | None, tables: Vocabulary) -> Place | None:
    """Return the province of a short name, or the prefecture of one that lies in `above`."""
    found = [p for p in tables.places_by_short.get(short, ()) if p.status == "current" and level(p) < 3]
    found = [p for p in found if (above in tables.path(p)[:-1] if above else level(p) == 1)]
    return found[0] if len(found) == 1 else None


def _begins_below(rest: str, above: Place, tables: Vocabulary) -> bool:
    """Tell whether a text begins with the name of a place in `above`, whole or short."""
    names = (rest[:n] for n in range(2, 9))
    listed = (p for n in names for p in (*tables.places_by_name.get(n, ()), *tables.places_by_short.get(n, ())))
    return any(level(p) < 4 and above.name in tables.path(p)[:-1] for p in listed)


def unlisted_township(text: str) -> str | None:
    """Return a township's name at the start of a text, whether or not the table lists it.

    >>> unlisted_township("新城街道办事处"), unlisted_township("扎实推进乡镇工作")
    ('新城街道', None)
    """
    match = _TOWNSHIP.match(text)
    return match.group() if match else None
