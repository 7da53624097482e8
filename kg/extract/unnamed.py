"""The place of a report that says of itself only what it is: 我市, 全县, 某县教育局 without the county's name.

In: the opening, the text and the tables. Out: the one place that its own papers, or the text as a whole, can mean.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from kg.divisions import Place
from kg.extract import places, shorts
from kg.extract.seat import SHORT, ZONE, Who, named_in
from kg.vocabulary import Vocabulary

#: Whom a report speaks of without a name, by its level; one of a township names no other.
_SELF = re.compile(
    "[我本全](?P<own>[省市县州旗盟区])|(?<![\u4e00-\u9fff])(?P<bureau>[省市县州旗盟区]|地区)(?:[\u4e00-\u9fff]{2,14}?[局委厅]|(?:人民)?政府办公室)"
    "|(?<![\u4e00-\u9fff])(?P<led>[省市县州旗盟区])(?:委、[省市县州旗盟区])?(?:人民)?政府(?=坚|深|按照|认真|高度|全面|始终|紧|以|严格|积极|扎实|持续)"
)
TOWN = re.compile("[我本](?:镇|乡|街道?|苏木)|(?:镇|乡|街道)党(?:委|工委)")
#: What such a report says of its place: 法治宁波; a paper of its own.
_OWN_NAMES = re.compile(
    "法治(?!建设|文化|公园|中心|工作)(?P<short>[\u4e00-\u9fff]{2,4})|(?:制定|印发|出台|编制|修订|下发|发布)[^。;,\n《]{0,12}《(?P<name>[\u4e00-\u9fff]{2,16})"
)
#: How often a text speaks of the one city that it does not say to be its own.
_OFTEN = 2


def government(spoken: str) -> str:
    """Return the level of a government that reports without a name, or nothing.

    >>> government("2023年,市政府坚持依法行政。"), government("2023年,我镇落实市政府要求。")
    ('市', '')
    """
    return next((match["led"] for match in _SELF.finditer(spoken) if match["led"]), "")


def of_level(spoken: str, context: str, tables: Vocabulary) -> Who | None:
    """Return the one place of the level that a nameless report speaks of itself at, named in its own papers."""
    if TOWN.search(spoken):
        return _town_of_law(spoken, tables)
    own = _SELF.search(spoken)
    if own is None:
        return None
    suffix = own["own"] or own["bureau"] or own["led"]
    names: set[str] = set()
    for match in _OWN_NAMES.finditer(spoken):
        if match["name"]:
            first = places.find(match["name"], tables)[:1]
            names |= {found.name for found in first if found.start == 0}
            short = SHORT.match(match["name"])
            official = shorts.by_short(short.group(), tables) if short else None
            names |= {official} if official else set()
            zone = ZONE.match(match["name"])
            names |= {zone.group()} if zone and shorts.by_first_words(zone.group(), tables) else set()
        elif suffix == "州" and match["short"][1] == "州":  # 法治克州
            names |= {name for name in [shorts.by_short(match["short"][:2], tables)] if name}
        else:
            words = (match["short"][:n] for n in (4, 3, 2))
            listed = next(filter(None, map(tables.places_by_short.get, words)), ())
            names |= {p.name for p in listed if p.status == "current" and places.level(p) < 4}
    ends = {"省": ("省", "自治区"), "州": ("自治州",)}.get(suffix, (suffix,))
    names = {name for name in names if name.endswith(ends)}
    name = names.pop() if len(names) == 1 else None
    return named_in(name, context, tables) if name else None


def _town_of_law(spoken: str, tables: Vocabulary) -> Who | None:
    """Return the one township that a nameless one's own 法治某某 can mean."""
    suffix = TOWN.search(spoken)[0].rstrip("工委党")[-1]  # type: ignore[index]  # asked before
    names = {
        place.name
        for match in _OWN_NAMES.finditer(spoken)
        if match["short"]
        for place in _townships_only(match["short"][:2], tables)
        if place.status == "current" and place.name.endswith(suffix)
    }
    name = names.pop() if len(names) == 1 else ""
    listed = tables.places_by_name.get(name, ())
    return Who(name, listed[0] if len(listed) == 1 else None, None) if name else None


def _townships_only(short: str, tables: Vocabulary) -> tuple[Place, ...]:
    """Return the townships of a short name that is not also a county's, whose rule of law it then rather is."""
    listed = tables.places_by_short.get(short, ())
    return listed if all(places.level(place) == 4 for place in listed) else ()


def spoken_of(spoken: str, text: str, context: str, tables: Vocabulary) -> Who | None:
    """Return the one province, city or county, of the kind a nameless report speaks of itself as, that its text is of.

    A city is named often; another division that is named at all is its own, if it is the only one.
    """
    own = _SELF.search(spoken) if not TOWN.search(spoken) else None
    suffix = (own["own"] or own["bureau"] or own["led"])[0] if own else ""
    divisions = _divisions(tables).get(suffix, ())
    if suffix in ("县", "旗", "区"):  # of 2,000 names some are words, and some stand in others
        above = {place.code for kind in "省市州" for place in _divisions(tables)[kind] if place.short in text}
        divisions = tuple(p for p in divisions if {p.code[:2], p.code[:4]} & above)
    times = places.times if suffix in ("县", "旗", "区") else lambda short, text: text.count(short)
    counts = sorted(((times(place.short, text), place.name) for place in divisions), reverse=True)
    (most, first), (second, _) = [*counts, (0, ""), (0, "")][:2]
    if most < (_OFTEN if suffix == "市" else 1) or second * 2 >= most:
        return None
    return Who(first, places.resolve(first, context, tables), None)


@lru_cache(maxsize=1)
def _divisions(tables: Vocabulary) -> Mapping[str, tuple[Place, ...]]:
    """Return today's divisions down to the county that have a short name, by what they call themselves (我市, 全县)."""
    found: dict[str, tuple[Place, ...]] = dict.fromkeys("省市州盟县旗区", ())
    provinces = {place.short for place in tables.places.to_counties() if places.level(place) == 1}
    for place in tables.places.to_counties():
        kind = "省" if place.name.endswith("自治区") else place.name[-1]
        word = len(place.short) < 2 or place.short in places.WORD_NAMES
        word = word or (kind == "州" and place.short in provinces)  # 海南
        if kind in found and not word:
            found[kind] = (*found[kind], place)
    return found
