"""Which place a name means: the names in a text, and the one place of many homonyms that its neighbours point to.

In: a text and the tables. Out: Found names, and for one name the Place whose superiors the text speaks of most.
Nothing is guessed: a name that stays undecided resolves to None.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

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
#: What stands around a name that is only a part of a word: 沿海城市, 示范县, 八一农场.
_CUT_OUT = re.compile(
    "(?:[示模]范县|[沿滨临内近环]海城市|[零一二三四五六七八九十百][零一二三四五六七八九十百][\u4e00-\u9fff]?[农林牧]场)"
)
#: Who leads or is written to, and such a one said by the level alone: 在县委、县政府的领导下; 市政府:
_LED = re.compile(r"(?:^[ \t]{0,8}|在)(?P<who>[^\n。:在]{2,40}?)(?:[领指]导下|支持下|关心下|:[ \t]*$)", re.MULTILINE)
_LEVEL = re.compile("(?<![\u4e00-\u9fff])(?P<level>[县区市旗州盟])(?:委|政府|人民政府)")
_LED_WITHIN = 1500
#: Divisions whose short names are words or parts of words, or many a place's: 长治久安, 沿海城市.
WORD_NAMES = frozenset(
    "长治 大同 安康 保定 东方 永安 文昌 新民 安国 开平 兴城 长安 敦化 永康 海城 高平 兴平 安达 大安 同江 "
    "公安 资源 会同 通道 和平 富裕 大方 万全 新和 平定 永定 正定 文安 中方 社旗 安定"
    " 民乐 龙门 进贤 长寿 江北 江南 江东 南岸 河东 河西 河口 城东 城西 城北 城南 城中"
    " 城关 新城 老城 东城 西城 桥东 桥西 路北 路南 站前 市中 铁东 铁西 海港 港口 新华"
    " 光明 向阳 前进 友好 爱民 红旗 平安 振兴 新兴 工农 安居 南山 西山 东山 中山 西湖"
    " 东湖 南湖 中原 新区 高新 海州 普陀"
    " 共和 合作 新建 惠民 惠农 富民 兴业 乐业 和政 政和 利通 温泉 南部 清河 沙河 民权 开化 德化 方正".split()
)
#: What a short name stands behind, if it is one and no part of other words: 法治海丰; but not 推广平台 (广平县).
_BEHIND = re.compile(
    "(?:(?<![\u4e00-\u9fff])"
    "|(?<=[治安丽谐福力新字廉慧康在对于为向到至从由和与及将是让把察访动写献务造现设省市州盟区县]))"
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
    return _found(text, tables, *_matcher(tables))


def find_few(text: str, tables: Vocabulary) -> tuple[Found, ...]:
    """Find the same in a text of few characters, a question, without the matcher of all names.

    That takes 0.2 s to make, with all that is known of places, and this 0.03 s.
    """
    return _found(text, tables, *_matcher_of([name for name in tables.places_in(text) if len(name) > 1]))


def _found(text: str, tables: Vocabulary, matcher: AhoCorasick, names: Sequence[str]) -> tuple[Found, ...]:
    found: list[Found] = []
    for index, start, end in matcher.find_matches_as_indexes(text):
        name = names[index]
        adjacent = found and found[-1].end == start
        if name in _OFFICES or (name in _WORDS and not adjacent):
            continue
        if name in _WORDS_TOO and not adjacent and _WITHIN_WORDS.search(text[max(0, start - 1) : end + 1]):
            continue
        if start and (_CUT_OUT.match(text, start - 1) or (name.endswith("城市") and _ends_a_word(text, start, tables))):
            continue
        found.append(Found(name, start, end))
    return tuple(found)


def _ends_a_word(text: str, start: int, tables: Vocabulary) -> bool:
    """Tell whether a place's short name and 城市 stand there (上海城市, 新兴城市), and not a city (辽宁海城市)."""
    shorts = tables.places_by_short
    return text[start - 1 : start + 1] in shorts and text[max(0, start - 2) : start] not in shorts


def level(place: Place) -> int:
    """Return 1 for a province, 2 for a prefecture, 3 for a county, 4 for a township."""
    return _LEVELS[place.level]


def support(place: Place, tables: Vocabulary, text: str, named: Mapping[str, int]) -> float:
    """Say how much a text speaks of a place's superiors: full names count more than short ones."""
    return sum(weight for _, weight in spoken_above(place, tables, text, named))


def spoken_above(place: Place, tables: Vocabulary, text: str, named: Mapping[str, int]) -> Iterator[tuple[str, float]]:
    """Yield how a text names each of a place's superiors that it speaks of, and how much that says."""
    for above in tables.ancestors(place):
        weight = level(above)  # the county says more than the province
        if above.name in named:
            yield above.name, weight * (1 + min(named[above.name], 5) / 10)
        elif len(above.short) > 1 and place.status == "current" and _is_spoken_of(above.short, place, text):
            yield above.short, weight / 2


def _is_spoken_of(short: str, place: Place, text: str) -> bool:
    """Tell whether a text has the short name of a place's superior, not as a word, nor only as its own (宁安镇)."""
    if short in WORD_NAMES:
        return False
    own = place.name if short == place.short else "\0"
    return any(not text.startswith(own, at) for at in _begins(short, text))


def times(short: str, text: str) -> int:
    """Return how often a text has the short name of a place, as one, and not as a part of other words.

    >>> times("广平", "推广平台"), times("海丰", "建设法治海丰,打造“海丰调解”")
    (0, 2)
    """
    return sum(1 for _ in _begins(short, text))


def _begins(short: str, text: str) -> Iterator[int]:
    """Yield where a text has the short name of a place, as one."""
    at = text.find(short)
    while at >= 0:
        if _BEHIND.match(text, at):
            yield at
        at = text.find(short, at + 1)


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
    named = named_in(text, tables) if found is None else Counter(each.name for each in found)
    scored = [(support(place, tables, text, named), place) for place in candidates]
    best = max(score for score, _ in scored)
    top = [place for score, place in scored if score == best]
    if len(top) > 1:
        top = [place for place in top if place.status == "current"] or top
        top = [
            place for place in top if next(tables.ancestors(place), place).status == "current"
        ] or top  # 简阳市 moved
    if best == 0:
        top = [place for place in candidates if place.status == "current" and not _is_zone(place)]
    if len({place.code for place in top}) > 1:
        top = led_as(top, text, tables)
    return top[0] if len({place.code for place in top}) == 1 else None


def led_as(places: Sequence[Place], text: str, tables: Vocabulary) -> list[Place]:
    """Return the places that are led as a text says: by a county or a district, in a prefecture or a city."""
    said = {kind for led in _LED.finditer(text[:_LED_WITHIN]) for kind in _LEVEL.findall(led["who"])}
    least = said & set("县区旗") or said & set("市")
    if len(least) != 1:
        return []
    most = said & set("州盟") or said & set("市")

    def kinds(place: Place) -> set[str]:
        """Return what a place is and was, by the last characters of its names."""
        return {place.name[-1], *(each.name[-1] for each in tables.former_places.get(place.code, ()))}

    def fits(place: Place) -> bool:
        above = [kinds(each) for each in tables.ancestors(place)]
        if level(place) == 4 and not (above and above[0] & least):
            return False
        return not most or any(each & most for each in above)

    return [place for place in places if fits(place)]


def _is_zone(place: Place) -> bool:
    return place.kind == "开发区" and level(place) == 4


@lru_cache(maxsize=2)
def named_in(text: str, tables: Vocabulary) -> Mapping[str, int]:
    """Return how often a text has each place's name; the title and the issuer are both looked up in one text."""
    return Counter(found.name for found in find(text, tables))


def unlisted_township(text: str) -> str | None:
    """Return a township's name at the start of a text, whether or not the table lists it.

    >>> unlisted_township("新城街道办事处"), unlisted_township("扎实推进乡镇工作")
    ('新城街道', None)
    """
    match = _TOWNSHIP.match(text)
    return match.group() if match else None
