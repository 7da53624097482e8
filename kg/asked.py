"""A question in plain Chinese -> a question of the catalogue and its parameters; or nothing, and the nearest offered.

In: what a person typed. Out: the name of a question, and parameters as that person could have typed them. What a text
names is named.py; which question is meant is told by the cue words of tables/asked.csv (written as cues.py says): the
weights of a question's rows add up. tables/asked_spoken.csv says what stands for what people say. A new wording is a
row of these.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from kg.bind import latest
from kg.cues import Cue, cue, words_of
from kg.data import table
from kg.errors import QueryError
from kg.named import Named, body, masked, named, no_places, short_names
from kg.questions import ALL, Question, questions
from kg.resolve import resolve
from kg.store import Source
from kg.vocabulary import vocabulary
from kg.when import arabic, counted_from_now, relative_year

#: Questions that look back on the year before in any case.
_LOOK_BACK = frozenset(("problem-response", "promises", "targets-met", "stated-changes"))
#: Questions about the year to come; their year is that of the report.
_LOOK_AHEAD = frozenset(("commitments", "targets"))
#: Of these, what is not named may be left to the default; a question about one thing else must name it.
_OF_ANY = frozenset(("jumps",))
#: How much the best question must weigh, and by how much more than the next.
_ENOUGH, _CLEARLY = 3, 1
#: A question that takes what the text names fits better; one that has no use for it fits worse.
_USED, _UNUSED = 2, 3
_THINGS = ("instrument", "initiative", "indicator")
#: What looks like the name of a place: at the start, behind a place (/), before or behind a year. Its first part says
#: nothing else: not which ones (各街道, 该县), what they are like (开发区, 贫困县) or lie in (乡镇, 城区).
_PLACE_LIKE = re.compile(
    r"(?:^|/[和与跟同及、]?|(?<=年)|(?<=年度)|(?=[\u4e00-\u9fff]{3,9}(?:20\d\d|\d\d年)))"
    r"([^\W\dA-Za-z各全哪该本某其级列查询几每些有所这那的是在和与跟同及比请问看给我你们什么多少谁没最高低大小个两一二三四五六七八九十去今明前近年度月日]"
    r"{2,4}?"
    r"(?<!自治)(?<!开发)(?<!民族)(?<!行政)(?<![社属能民秀辖部老贸税邻强弱心余外出地园新验范点困进护务游景库灾校矿牧农城省市县镇乡街区])"
    r"(?:街道(?:办事?处?)?|[省市县区旗镇乡](?![级里民域委政长直场辖内属管外中市县区镇乡村街划份]))|香港|澳门|台湾)"
)


#: Where a place may be named without its suffix: before a year or 各, behind a year or a place. No character is of a
#: function word.
_NAME_LIKE = re.compile(
    r"(?:^(?=..?.?(?:20\d\d|\d\d年|各))|(?<=年)|(?<=年度)|/[和与跟同及、])"
    r"((?:(?![各全哪该本某其级列查询几每些有所这那的是在和与跟同及比请问看给我你们什么多少谁没最高低大小个两一二三四五六七八九十去今明前近年度月日"
    r"新已还都压曾才刚更再又就也只仅把被将使让从由向对为因以而但或此底内外上下出来起过着了吗呢吧说写报统计定到做到间里中后])"
    r"[\u4e00-\u9fff]){2,3}?)(?=20\d\d|\d\d年|[|各]|$)"
)


@lru_cache(maxsize=1)
def _cues() -> Sequence[Cue]:
    def one(cells: dict[str, str]) -> Cue:
        if cells["question"] not in questions():
            raise ValueError(f"{cells['question']!r} is no question of the catalogue")
        return cue(cells["question"], cells["words"], int(cells["weight"]))

    return table("asked.csv", "question words weight", one)


@lru_cache(maxsize=1)
def _spoken() -> Sequence[tuple[str, str]]:
    """Return what people say and what is written for it, the longest first."""
    rows = table("asked_spoken.csv", "said written", lambda cells: (cells["said"], cells["written"]), unique="said")
    return sorted(rows, key=lambda row: -len(row[0]))


def _written(text: str) -> str:
    """Return a text with what is written in place of what people say."""
    for said, written in _spoken():
        text = text.replace(said, written)
    return text


@lru_cache(maxsize=1)
def _long_words() -> Sequence[str]:
    """Return the cue words of two characters or more, and what people say for them: no names of places."""
    found = {word for each in _cues() for word in each.words} | {said for said, _ in _spoken()}
    return sorted(word for word in found if len(word) > 1)


def understood(source: Source, text: str) -> tuple[str, Mapping[str, str]]:
    """Return the question that a text asks, and its parameters. Raise QueryError with the nearest ones when unsure."""
    return read(source, text)[:2]


def read(source: Source, text: str) -> tuple[str, Mapping[str, str], Sequence[str]]:
    """Return what `understood` does, and lines on what of the text is not asked, or not as it is written."""
    plain = arabic(re.sub(r"\s", "", text))
    there = named(source, plain, _written(plain), _long_words())
    _no_unknown_place(source, text, plain, there)
    rest = plain
    for name, mask in (("place", "某地"), ("instrument", "某法")):
        for words in there[name].words.split() if name in there else ():
            rest = rest.replace(words, mask)
    rest += "近几年" if "-" in there.get("year", ("", ""))[0] else ""
    rest = _written(rest)
    ranked = sorted(((_weight(q, rest, there), -q.number, q) for q in questions().values()), key=lambda r: r[:2])
    (best, _, asked), (next_, _, _) = ranked[-1], ranked[-2]
    if best < _ENOUGH or best - next_ < _CLEARLY:
        likely = [q for weight, _, q in reversed(ranked[-3:]) if weight > 0]
        likely += [q for q in _nearest(rest) if q not in likely]
        near = "; ".join(f"{q.zh} (kg ask {q.name})" for q in likely[:3])
        offer = f" Nearest: {near}" if near else " `kg ask` lists what can be asked."
        raise QueryError(f"{text}: not sure what is asked.{offer}")
    found = {name: each.value for name, each in there.items() if name in asked.parameters}
    if asked.name in _LOOK_BACK and "year" in found:
        found["year"] = _later(found["year"])
    if asked.name in _LOOK_AHEAD and "year" in found:
        found["year"] = _reported(source, found["year"])
    found = {**_relative_year(source, asked, plain), **found}
    return asked.name, found, tuple(_passed_over(asked, plain, there))


def _passed_over(asked: Question, plain: str, there: Mapping[str, Named]) -> Iterator[str]:
    """Yield a line for each year, place, indicator, change or body that a text names and the question does not ask."""
    for name in ("year", "place"):
        if name in there and name not in asked.parameters:
            yield f"{there[name].words}: not asked; {asked.name} takes no {name}."
    own = {word for each in _cues() if each.means == asked.name for word in each.words}
    of_thing = "instrument" in there or "initiative" in there  # 行政复议法 counts nothing
    if "indicator" in there and not of_thing and not _counts(asked, there["indicator"].value):
        label = _label(there["indicator"].value)
        yield f"{label}: not asked; {asked.name} takes no indicator, and the answer is not of it alone."
    for words in re.findall("|".join(words_of("change")), plain):
        if words not in own:
            yield f"{words}: not asked; the answer does not tell what rose or fell."
    if "year" not in there and (words := counted_from_now(plain)) and words not in own:
        counted = "counted from the latest year of the reports; name a year for another."
        yield f"{words}: " + (counted if "year" in asked.parameters else f"not asked; {asked.name} takes no year.")
    for words in there["place"].words.split() if "place" in there else ():
        plain = plain.replace(words, "/")
    if of := body(plain):
        whose = "the place" if "place" in there and "place" in asked.parameters else "all"
        yield f"{of}: not asked; no question takes one body, and the answer is of {whose}."


def _counts(asked: Question, indicator: str) -> bool:
    """Say whether a question takes an indicator, or is one of this indicator among others."""
    named = rf"(?<![\w.]){re.escape(indicator)}(?![\w.])"
    return "indicator" in asked.parameters or bool(re.search(named, asked.sparql))


def _label(indicator: str) -> str:
    tables = vocabulary()
    row = tables.indicators.get(indicator) or tables.indicator_details.get(indicator)
    return row.label_zh if row else indicator


def _no_unknown_place(source: Source, text: str, plain: str, there: Mapping[str, Named]) -> None:
    """Raise QueryError, with the nearest places, where a text names one that neither the graph nor the tables know."""
    for parameter in (name for name in there if name != "year"):
        for words in there[parameter].words.split():
            plain = plain.replace(words, "/" if parameter == "place" else "|")
    for name in _PLACE_LIKE.findall(plain):
        if not any(word in name for word in _long_words()):
            resolve(source, "place", name, f"{text}: {name}")
    if "place" not in there or "/" in plain:
        _no_misspelt_place(source, text, masked(plain, (*_long_words(), *no_places())))


def _no_misspelt_place(source: Source, text: str, plain: str) -> None:
    """Raise QueryError where a text names, without a suffix, a place that is nearly one of the graph (太舱: 太仓)."""
    for name in _NAME_LIKE.findall(plain):
        if any(name in known for known in _known()):
            continue
        near = [real for real in short_names(source) if _one_off(name, real)]
        if near:
            raise QueryError(
                f"{text}: {name}: nothing of this name is known. Did you mean {', '.join(sorted(near)[:3])}?"
            )


def _one_off(one: str, other: str) -> bool:
    """Say whether two names of the same length differ in one character."""
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


@lru_cache(maxsize=1)
def _known() -> Sequence[str]:
    """Return the texts of the tables, in which words stand that are no misspelt names of places."""
    tables = vocabulary()
    laws = (name for law in tables.laws.values() for name in (law.title, *law.aliases))
    counted = (row.label_zh + row.definition for row in tables.indicators.values())
    return (*laws, *tables.initiative_names, *counted, *_long_words())


def _nearest(text: str) -> list[Question]:
    """Return up to three questions that have a cue word of the text almost for themselves, the nearest first."""
    words = dict[str, set[str]]()
    for each in _cues():
        words.setdefault(each.means, set()).update(each.words)
    shared = Counter(word for own in words.values() for word in own)
    near = {
        name: sum(1 / shared[word] for word in own if len(word) > 1 and word in text) for name, own in words.items()
    }
    return [questions()[name] for name in sorted(near, key=lambda n: (-near[n], n))[:3] if near[name] >= 0.5]


def _relative_year(source: Source, asked: Question, text: str) -> Mapping[str, str]:
    """Return the year of a question that counts it from now, where that is not the question's own default."""
    if "year" not in asked.parameters or asked.name in _LOOK_BACK:
        return {}
    wanted = relative_year(source, text)
    return {} if wanted in (None, asked.parameters["year"].default or ALL) else {"year": str(wanted)}


def _later(years: str) -> str:
    """Return the year of the outcome, of two years that follow one another (2022年的目标2023年); else the years.

    >>> _later("2022,2023"), _later("2020,2023"), _later("2021-2023")
    ('2023', '2020,2023', '2021-2023')
    """
    pair = years.split(",")
    return pair[1] if len(pair) == 2 and all(map(str.isdecimal, pair)) and int(pair[1]) == int(pair[0]) + 1 else years


def _reported(source: Source, year: str) -> str:
    """Return the year of the reports that plan for a year, where that is still to come."""
    newest = latest(source)
    return str(newest) if year.isdecimal() and int(year) == newest + 1 else year


def _weight(asked: Question, text: str, there: Mapping[str, Named]) -> float:
    cues = [each for each in _cues() if each.means == asked.name and each.fits(text)]
    if not cues:
        return 0
    weight = sum(each.weight for each in cues)
    for name, (_, words) in there.items():
        if name in asked.parameters:
            weight += _USED if name in _THINGS else 0
        elif name in ("instrument", "initiative") and not _is_expected(words, cues, there):
            weight -= _UNUSED
    about = (name for name, each in asked.parameters.items() if each.default and name in _THINGS)
    if asked.name not in _OF_ANY and any(name not in there for name in about):
        return min(weight, _ENOUGH - 1)
    return weight


def _is_expected(words: str, cues: Sequence[Cue], there: Mapping[str, Named]) -> bool:
    """Say whether words that name an initiative are cue words as well (法律明白人), or those of an indicator."""
    return any(word in words for each in cues for word in each.words) or words in there.get("indicator", ("", ""))[1]
