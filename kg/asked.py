"""A question in plain Chinese -> a question of the catalogue and its parameters; or nothing, and the nearest offered.

In: what a person typed. Out: the name of a question, and parameters as that person could have typed them. Years,
places, instruments, initiatives and indicators are found by the names that reports are read with; which question is
meant, by the cue words of tables/asked.csv: a blank means and, | means or, and the weights of a question's rows add
up. A new wording is a row there.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kg import terms
from kg.data import table
from kg.errors import QueryError
from kg.extract import places
from kg.questions import ALL, Question, questions
from kg.store import Source
from kg.vocabulary import Vocabulary, vocabulary

#: A year in full, or by its last two digits (24年, and not 近20年).
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)|(?<![\d近前后过了])([1-3]\d)年(?!\d|来|内|间)")
#: Years that count from now: reports of the latest year are those of last year, and 近三年 asks for more than one.
_LAST, _SEVERAL = re.compile("去年|今年|最近一年"), re.compile("近[两二三四五几]年|近年|[几三五]年来|这几年")
#: Questions that look back on the year before in any case.
_LOOK_BACK = frozenset(("problem-response", "promises", "targets-met", "stated-changes"))
#: Of these, one that names no indicator is not understood.
_OF_AN_INDICATOR = frozenset(("ranking", "series", "peers", "silent-units"))
#: What people say, and what the cue words are written with.
_SPOKEN = (("啥", "什么"), ("哪儿", "哪里"), ("一块儿", "一起"), ("咋", "怎么"))
#: What stands between two places that are compared.
_AND = "和|与|跟|同|及|、|比|还是|,|，"
_TITLE = re.compile(r"[《〈]([^》〉]+)[》〉]")
#: What ends the label of an indicator and tells how it is counted (行政处罚数, 普法活动场次).
_COUNTED = re.compile("(?:件数|次数|场次|人数|份数|件次|人次|条数|金额|数|量|率)$")
#: How much the best question must weigh, and by how much more than the next.
_ENOUGH, _CLEARLY = 3, 1
#: A question that takes what the text names fits better; one that has no use for it fits worse.
_USED, _UNUSED = 2, 3


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of tables/asked.csv: all of these groups, of each any word."""

    question: str
    words: tuple[tuple[str, ...], ...]
    weight: int

    def fits(self, text: str) -> bool:
        """Say whether the text has a word of each group."""
        return all(any(word in text for word in group) for group in self.words)


@lru_cache(maxsize=1)
def _cues() -> tuple[Cue, ...]:
    def cue(cells: dict[str, str]) -> Cue:
        if cells["question"] not in questions():
            raise ValueError(f"{cells['question']!r} is no question of the catalogue")
        groups = tuple(tuple(group.split("|")) for group in cells["words"].split())
        return Cue(cells["question"], groups, int(cells["weight"]))

    return tuple(table("asked.csv", "question words weight", cue))


def understood(source: Source, text: str) -> tuple[str, Mapping[str, str]]:
    """Return the question that a text asks, and its parameters. Raise QueryError with the nearest ones when unsure."""
    tables, plain = vocabulary(), re.sub(r"\s", "", text)
    for spoken, written in _SPOKEN:
        plain = plain.replace(spoken, written)
    named = dict(_named(source, plain, tables))
    rest = plain
    for name, (_, words) in named.items():
        rest = rest.replace(words, "某") if name in ("place", "instrument") else rest
    ranked = sorted(((_weight(q, rest, named), -q.number, q) for q in questions().values()), key=lambda r: r[:2])
    (best, _, asked), (next_, _, _) = ranked[-1], ranked[-2]
    if best < _ENOUGH or best - next_ < _CLEARLY:
        likely = [q for weight, _, q in reversed(ranked[-3:]) if weight > 0] or _nearest(rest)
        near = "; ".join(f"{q.zh} (kg ask {q.name})" for q in likely)
        offer = f" Nearest: {near}" if near else " `kg ask` lists what can be asked."
        raise QueryError(f"{text}: not sure what is asked.{offer}")
    found = {name: value for name, (value, _) in named.items() if name in asked.parameters}
    return asked.name, {**_relative_year(asked, plain), **found}


def _nearest(text: str) -> list[Question]:
    """Return up to three questions that have a cue word of the text almost for themselves, the nearest first."""
    words = dict[str, set[str]]()
    for cue in _cues():
        words.setdefault(cue.question, set()).update(word for group in cue.words for word in group)
    shared = Counter(word for own in words.values() for word in own)
    near = {name: sum(1 / shared[word] for word in own if word in text) for name, own in words.items()}
    return [questions()[name] for name in sorted(near, key=lambda n: (-near[n], n))[:3] if near[name] >= 0.5]


def _relative_year(asked: Question, text: str) -> Mapping[str, str]:
    """Return the year of a question that counts it from now, where that is not the question's own default."""
    if "year" not in asked.parameters or asked.name in _LOOK_BACK:
        return {}
    wanted = "latest" if _LAST.search(text) else ALL if _SEVERAL.search(text) else None
    return {} if wanted in (None, asked.parameters["year"].default or ALL) else {"year": str(wanted)}


def _weight(asked: Question, text: str, named: Mapping[str, tuple[str, str]]) -> float:
    cues = [cue.weight for cue in _cues() if cue.question == asked.name and cue.fits(text)]
    if not cues:
        return 0
    fit = 0
    for name in named:
        if name in asked.parameters:
            fit += _USED if name in ("instrument", "initiative", "indicator") else 0
        elif name in ("instrument", "initiative"):
            fit -= _UNUSED
    if asked.parameters.get("instrument") and "instrument" not in named and asked.name != "cited-together":
        fit -= _UNUSED
    if asked.parameters.get("initiative") and "initiative" not in named:
        fit -= _UNUSED
    if asked.name in _OF_AN_INDICATOR and "indicator" not in named:
        fit -= _UNUSED
    return sum(cues) + fit


def _named(source: Source, text: str, tables: Vocabulary) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield (parameter, (its value, the words that name it))."""
    if year := _YEAR.search(text):
        yield "year", (year[1] or f"20{year[2]}", year[0])
    if place := _place(source, text, tables):
        yield "place", place
    if title := _TITLE.search(text) or None:
        yield "instrument", (title[1], title[0])
    elif law := _longest(text, _laws(tables)):
        yield "instrument", (law, law)
    if (initiative := _longest(text, tuple(tables.initiative_names))) and not title:
        yield "initiative", (tables.initiative_names[initiative].name, initiative)
    if indicator := _longest(text, tuple(_indicators(tables))):
        yield "indicator", (_indicators(tables)[indicator], indicator)
    for kind, words in (("law", "法律"), ("administrative_regulation", "行政法规"), ("policy", "政策")):
        if words in text and "法律援助" not in text and "最" in text:
            yield "kind", (kind, words)
            break


def _place(source: Source, text: str, tables: Vocabulary) -> tuple[str, str] | None:
    found = places.find(text, tables)
    if not found:
        return _short_place(source, text)
    if any(re.fullmatch(_AND, text[one.end : other.start]) for one, other in pairwise(found)):
        return None  # a question takes one place; of two, the answer on all has both
    last = found[-1]
    place = places.resolve(last.name, text, tables) if len(found) > 1 else None
    return (place.code if place else last.name), text[found[0].start : last.end]


def _short_place(source: Source, text: str) -> tuple[str, str] | None:
    """Return a place of the graph that the text names without its suffix (太仓 for 太仓市)."""
    _, rows = source.select(f"""
        PREFIX fz: <{terms.ONT}> PREFIX rdfs: <{terms.RDFS}>
        SELECT DISTINCT ?name WHERE {{
          ?place a fz:District ; rdfs:label ?name
          MINUS {{ ?place fz:successor ?now }} }}""")
    short: dict[str, set[str]] = {}
    for name in (str(getattr(row[0], "value", "")) for row in rows):
        if len(name) > 2:
            short.setdefault(name[:-1].removesuffix("街"), set()).add(name)
    there = tuple(sorted(name for name in short if len(name) > 1 and name in text))
    found = _longest(text, there)
    if found is None or any(re.search(f"{found}({_AND}){o}|{o}({_AND}){found}", text) for o in there if o != found):
        return None
    if len(short[found]) > 1:
        raise QueryError(f"{text}: {found} may be {', '.join(sorted(short[found]))}; write its name in full.")
    return next(iter(short[found])), found


def _longest(text: str, names: tuple[str, ...]) -> str | None:
    """Return the longest of the names that stands in a text, of equals the first."""
    found = [name for name in names if name in text]
    return max(found, key=len) if found else None


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
def _indicators(tables: Vocabulary) -> Mapping[str, str]:
    """Return the labels of indicators, whole and without how they are counted: {words: id}."""
    found: dict[str, str] = {}
    for row in (*tables.indicators.values(), *tables.indicator_details.values()):
        if row.id != "other":
            found.setdefault(row.label_zh, row.id)
            stem = _COUNTED.sub("", row.label_zh)
            if len(stem) > 3 or stem == "信访":
                found.setdefault(stem, row.id)
    return found
