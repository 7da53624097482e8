"""What a question in plain Chinese names: years, places, an instrument, an initiative, an indicator, a kind.

In: a source of rows and the question without blanks. Out: parameters as that person could have typed them. Names are
those that reports are read with; an indicator's everyday words are rows of tables/asked_indicators.csv.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from kg import terms
from kg.cues import Cue, cue, words_of
from kg.data import table
from kg.errors import QueryError
from kg.extract import places
from kg.extract.places import Found
from kg.resolve import instrument_kinds, is_there
from kg.store import Source
from kg.vocabulary import Vocabulary, vocabulary
from kg.when import AND, years_in

_QUOTED = re.compile('[“"「‘]([^”"」’]{2,30})[”"」’]')
_TITLE = re.compile(r"[《〈]([^》〉]+)[》〉]")
#: The name of a body behind a place (/), at the start or behind a year. Nothing in it asks (各局, 哪个局).
_BODY = re.compile(
    r"(?:^|/|(?<=年)|(?<=年度))"
    r"((?:(?![各全哪该本某其级几每些有所这那的是在和与跟同及比请问看给我你们什么多少谁没个一二三四五六七八九十去今明前近年度省市县区镇乡])"
    r"[\u4e00-\u9fff]){1,10}?(?:局(?![长部面限势])|厅(?![长级])|委员会|(?<=[改健法建资纪编])委(?![托派员书会])|支队|大队))"
)
#: What ends the label of an indicator and tells how it is counted (行政处罚数, 普法活动场次).
_COUNTED = re.compile("(?:件数|次数|场次|人数|份数|件次|人次|条数|金额|数|量|率)$")
#: What asks for the first of many.
_TOP = re.compile("最|前[几两三四五六七八九十0-9]|排名|排行|频次|频率|高频|热门")
#: Where the title of a law may stand that has two characters only.
_TWO = re.compile(r"(?:^|(?<=[了到过对的和与据彻实习传提用年、]))(?=(..)(?![律规院治官制学庭人]))")
#: Of what is named by the word for laws, some is none.
_NO_LAW = re.compile("法律(?:援助|顾问|明白人|咨询|服务)")


#: Where a text may name a place without its suffix, and what then stands behind it: a mask is a word that asks.
_SHORT_LIKE = re.compile(r"(?:^|(?<=[年度和与跟同及、,，比省市问看查]))(?=([\u4e00-\u9fff]{2,4}))")
_BEHIND = re.compile(r"$|[|0-9各的哪有全和与跟同及、,，比去今明近本共在是市县区]")


class Named(NamedTuple):
    """The value of a parameter, and the words that name it, with blanks where these stand apart."""

    value: str
    words: str


def named(source: Source, text: str, written: str = "", words: Collection[str] = ()) -> Mapping[str, Named]:
    """Return what a text names, by the parameter that takes it. Raise QueryError for a place that may be several.

    written: the text as it would be written, where it is not as people speak. words: those that are no short names.
    """
    tables = vocabulary()
    things = dict(_things(source, text, written or text, tables))
    rest = masked(text, (things[name].words for name in ("instrument", "initiative") if name in things))
    year, place = years_in(text), _places(source, rest, words, tables)
    return {**({"year": Named(*year)} if year else {}), **({"place": place} if place else {}), **things}


def masked(text: str, words: Iterable[str], mask: str = "|") -> str:
    """Return a text with a mask for each character of these words, of longer words first.

    >>> masked("建设镇的法治建设", ["建设", "法治建设"])
    '||镇的||||'
    """
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, mask * len(word))
    return text


def _things(source: Source, text: str, written: str, tables: Vocabulary) -> Iterator[tuple[str, Named]]:
    if title := _TITLE.search(text):
        yield "instrument", Named(title[1], title[0])
    elif law := _longest(text, _laws(tables)) or _short_law(text, tables):
        yield "instrument", Named(law, law)
    if not title and (initiative := _initiative(source, text, tables)):
        yield "initiative", initiative
    if indicator := _indicator(text, tables) or _indicator(written, tables):
        yield "indicator", indicator
    if _TOP.search(text) and (kind := _longest(_NO_LAW.sub("", text), tuple(instrument_kinds()))):
        yield "kind", Named(instrument_kinds()[kind], kind)


def body(text: str) -> str:
    """Return the body that a text names, empty where it names none. text: with / for the words that name a place.

    >>> [body(text) for text in ("/水务局罚没款多少", "2023年/政法委罚款多少", "/各局罚款多少", "/局长出庭几次")]
    ['水务局', '政法委', '', '']
    """
    found = _BODY.search(text)
    return found[1] if found else ""


def _places(source: Source, text: str, words: Collection[str], tables: Vocabulary) -> Named | None:
    found = places.find_few(text, tables)
    if not found:
        return _short_places(source, masked(text, (*words, *no_places())), tables)
    paths, spans = [[found[0]]], [[found[0]]]
    for before, place in pairwise(found):
        between = text[before.end : place.start]
        if re.fullmatch(AND, between):
            paths.append([place])
        elif re.search(f"(?:{AND})$", between) and not _lies_in(place.name, before.name, tables):
            paths.append([place])
            spans.append([place])  # what is asked stands between them
        else:
            paths[-1].append(place)
        spans[-1].append(place)
    words = " ".join(text[span[0].start : span[-1].end] for span in spans)
    return Named(",".join(dict.fromkeys(_place(path, text, tables, found) for path in paths)), words)


def _lies_in(name: str, above: str, tables: Vocabulary) -> bool:
    return any(above in tables.path(place)[:-1] for place in tables.places_by_name.get(name, ()))


def _place(path: Sequence[Found], text: str, tables: Vocabulary, found: Sequence[Found]) -> str:
    """Return the name of the last place of a path (江苏省太仓市沙溪镇), or its code where the path tells it."""
    place = places.resolve(path[-1].name, text, tables, found) if len(path) > 1 else None
    return place.code if place else path[-1].name


def _short_places(source: Source, text: str, tables: Vocabulary) -> Named | None:
    """Return the places that the text names without suffix (太仓 for 太仓市): of the graph, or counties and above.

    text: with a mask for each word that is no name of a place.
    """
    short = short_names(source)
    likely = list(_may_be_short(text))
    large = tables.counties_in(text) if likely else {}
    found = (next((name for name in names if name in large), "") for names in likely)
    above = [name for name in found if name and name not in short]
    there = sorted({*above, *(name for name in short if name in text)}, key=lambda name: (-len(name), name))
    if not there:
        return None
    either = "|".join(map(re.escape, there))
    match = re.search(f"(?:{either})(?:(?:{AND})(?:{either}))+", text) or re.search(re.escape(there[0]), text)
    assert match
    names = [name for name in there if name in set(re.findall(either, match[0]))]
    names.sort(key=match[0].index)
    meant = {name: sorted(short.get(name) or large[name]) for name in names}
    for name, full in meant.items():
        if len(full) > 1:
            raise QueryError(f"{text}: {name} may be {', '.join(full)}; write its name in full.")
    return Named(",".join(full[0] for full in meant.values()), match[0])


def _may_be_short(text: str) -> Iterator[list[str]]:
    """Yield what may be short names of places where a text may name one, the longest first; mostly there are none."""
    for match in _SHORT_LIKE.finditer(text):
        names = {match[1][:length]: None for length in (4, 3, 2)}
        if likely := [name for name in names if _BEHIND.match(text, match.start(1) + len(name))]:
            yield likely


def short_names(source: Source) -> Mapping[str, Collection[str]]:
    """Return the places of the graph by their names without suffix: {short name: names}."""
    _, rows = source.select(f"""
        PREFIX fz: <{terms.ONT}> PREFIX rdfs: <{terms.RDFS}>
        SELECT DISTINCT ?name WHERE {{
          ?place a fz:District ; rdfs:label ?name
          MINUS {{ ?place fz:successor ?now }} }}""")
    short: dict[str, set[str]] = {}
    for name in (str(getattr(row[0], "value", "")) for row in rows):
        if len(name) > 2:
            short.setdefault(name[:-1].removesuffix("街"), set()).add(name)
    return {name: full for name, full in short.items() if len(name) > 1}


def _longest(text: str, names: Sequence[str]) -> str | None:
    """Return the longest of the names that stands in a text, of equals the first."""
    found = [name for name in names if name in text]
    return max(found, key=len) if found else None


def _initiative(source: Source, text: str, tables: Vocabulary) -> Named | None:
    """Return the initiative that a text names as the tables do, or in quotes as the graph does."""
    if name := _longest(text, tuple(tables.initiative_names)):
        return Named(tables.initiative_names[name].name, name)
    quoted = _QUOTED.search(text)
    return Named(quoted[1], quoted[1]) if quoted and is_there(source, "initiative", quoted[1]) else None


def _indicator(text: str, tables: Vocabulary) -> Named | None:
    """Return the indicator that a text names by its label, or by everyday words."""
    if label := _longest(text, tuple(_labels(tables))):
        return Named(_labels(tables)[label], label)
    return next((Named(each.means, "") for each in _everyday() if each.fits(text)), None)


def everyday(text: str) -> list[str]:
    """Return the labels of the indicators that a text may name by everyday words.

    >>> everyday("罚款"), everyday("天气")
    (['罚没金额'], [])
    """
    tables = vocabulary()
    rows = {**tables.indicator_details, **tables.indicators}
    return [
        rows[each].label_zh
        for each in dict.fromkeys(each.means for each in _everyday() if each.fits(text))
        if each in rows
    ]


def _short_law(text: str, tables: Vocabulary) -> str | None:
    """Return the law of two characters that a text names: 水法 where it begins, and is no part of 节水法 or 水法规."""
    shorts = {law.short for law in tables.laws.values() if len(law.short) == 2}
    return next((match[1] for match in _TWO.finditer(text) if match[1] in shorts), None)


@lru_cache(maxsize=1)
def _laws(tables: Vocabulary) -> tuple[str, ...]:
    """Return titles, short titles and other names of instruments, of three characters or more."""
    return tuple(
        name
        for law in tables.laws.values()
        for name in (law.title, law.short, *law.aliases)
        if len(name) > 2 or name == "宪法"
    )


@lru_cache(maxsize=1)
def _labels(tables: Vocabulary) -> Mapping[str, str]:
    """Return the labels of indicators, whole and without how they are counted: {words: id}."""
    found: dict[str, str] = {}
    for row in (*tables.indicators.values(), *tables.indicator_details.values()):
        if row.id != "other":
            found.setdefault(row.label_zh, row.id)
            stem = _COUNTED.sub("", row.label_zh)
            if len(stem) > 3 or stem == "信访":
                found.setdefault(stem, row.id)
    return found


@lru_cache(maxsize=1)
def no_places() -> Collection[str]:
    """Return the words that are also short names of places (建设 of 建设镇, 公安 of 公安县)."""
    return words_of("no-place")


@lru_cache(maxsize=1)
def _everyday() -> Sequence[Cue]:
    return table("asked_indicators.csv", "indicator words", lambda cells: cue(cells["indicator"], cells["words"]))
