"""Names of places as they are cut short: 巴马县, 达茂旗, 锡盟, 安徽芜湖市, and zones that begin with their city's.

In: a name and the tables. Out: the official name or the Place that it stands for, where it can be one only.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from kg.data import table
from kg.divisions import Place
from kg.extract import places
from kg.vocabulary import Vocabulary

_SUFFIXES = ("县", "区", "市", "州", "盟", "旗")
#: A prefecture of more syllables is called by the first (克州), but 凉州 and 德州 are other places than 凉山 and 德宏.
_SYLLABLES = 3
_A_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


@lru_cache(maxsize=1)
def _abbreviated(tables: Vocabulary) -> Mapping[str, tuple[Place, ...]]:
    """Return today's banners, leagues and places of autonomy, often cut short in name, by their first characters."""
    found: dict[str, tuple[Place, ...]] = {}
    for name in tables.places_by_name:
        if "自治" in name or name.endswith(("旗", "盟")):
            today = (p for p in tables.places_by_name[name] if p.status == "current" and places.level(p) in (2, 3))
            found[name[0]] = (*found.get(name[0], ()), *today)
    return found


def by_short(name: str, tables: Vocabulary) -> str | None:
    """Return the official name behind a shortened one with its suffix (巴马县, 鹤龙街), if exactly one place has it.

    >>> from kg.vocabulary import vocabulary
    >>> [by_short(name, vocabulary()) for name in ("巴马县", "前郭县", "怒江州", "达茂旗", "锡盟", "某某县")]
    ['巴马瑶族自治县', '前郭尔罗斯蒙古族自治县', '怒江傈僳族自治州', '达尔罕茂明安联合旗', '锡林郭勒盟', None]
    >>> [by_short(name, vocabulary()) for name in ("克州", "德州", "凉州")]
    ['克孜勒苏柯尔克孜自治州', None, None]
    """
    stem, suffix = name[:-1], name[-1]
    names = {
        place.name
        for place in tables.places_by_short.get(stem, ())
        if place.status == "current" and (place.name[-1] == suffix or (suffix == "街" and place.name.endswith("街道")))
    } or {  # 前郭 for 前郭尔罗斯
        place.name
        for place in _abbreviated(tables).get(stem[0], ())
        if place.name[-1] == suffix
        and in_order(stem, place.name)
        and (suffix != "州" or len(stem) > 1 or len(place.short) > _SYLLABLES)
    }
    return names.pop() if len(names) == 1 else None


def by_short_in(name: str, text: str, tables: Vocabulary) -> str | None:
    """Return what `by_short` does, or the name itself where it is a former place's own that the text rather speaks of.

    Where the text says nothing of what is above it, by its first year: that of the report, which its title names.

    >>> from kg.vocabulary import vocabulary
    >>> [by_short_in("东乡县", text, vocabulary()) for text in ("抚州市政府", "在州委领导下", "2015年", "2019年")]
    ['东乡县', '东乡族自治县', '东乡县', '东乡族自治县']
    """
    short = by_short(name, tables)
    if short is None or name not in tables.places_by_name:
        return short
    if any(place.status == "current" for place in tables.places_by_name[name]):
        return name
    named = places.named_in(text, tables)
    listed = (*tables.places_by_name[short], *tables.places_by_name[name])
    best = max(places.support(place, tables, text, named) for place in listed)
    spoken_of = [place for place in listed if places.support(place, tables, text, named) == best]
    meant = {place.name for place in places.led_as(spoken_of, text, tables) or spoken_of}
    if len(meant) == 1:
        return meant.pop()
    year = _A_YEAR.search(text)
    until = max(place.valid_to for place in tables.places_by_name[name])
    return name if year and until and year.group() <= until else short


def in_order(characters: str, name: str) -> bool:
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
        listed = tables.places_by_short.get(name[:length], ())
        found = [place for place in listed if place.status == "current" and places.level(place) < 4]
        highest = [p for p in found if places.level(p) == min(map(places.level, found))]
        if len(highest) == 1:
            return highest[0]
    return None


def city_of(body: str, tables: Vocabulary) -> Place | None:
    """Return the city whose short name a bureau's name begins with, unless that is a word, or a county's too.

    >>> from kg.vocabulary import vocabulary
    >>> city_of("烟台司法局", vocabulary()).name, city_of("公安局", vocabulary()), city_of("平安建设局", vocabulary())
    ('烟台市', None, None)
    """
    place = by_first_words(body, tables)
    return place if place and place.name.endswith("市") and place.short not in places.WORD_NAMES else None


def leading(text: str, tables: Vocabulary) -> str:
    """Return the names of places, one of them perhaps cut short, that a text begins with.

    >>> from kg.vocabulary import vocabulary
    >>> [leading(text, vocabulary()) for text in ("甘肃省陇西县政府", "怒江州委、州政府", "我县政府")]
    ['甘肃省陇西县', '怒江州', '']
    """
    end = 0
    for found in places.find(text, tables):
        if found.start != end:
            break
        end = found.end
    short = None if end else next((text[:n] for n in (2, 3, 4) if text[:n].endswith(_SUFFIXES)), None)
    return text[:end] or (short if short and by_short(short, tables) else "")


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
    found = [p for p in tables.places_by_short.get(short, ()) if p.status == "current" and places.level(p) < 3]
    found = [p for p in found if (above in tables.path(p)[:-1] if above else places.level(p) == 1)]
    return found[0] if len(found) == 1 else None


def _begins_below(rest: str, above: Place, tables: Vocabulary) -> bool:
    """Tell whether a text begins with the name of a place in `above`, whole or short."""
    names = (rest[:n] for n in range(2, 9))
    listed = (p for n in names for p in (*tables.places_by_name.get(n, ()), *tables.places_by_short.get(n, ())))
    return any(places.level(p) < 4 and above.name in tables.path(p)[:-1] for p in listed)
