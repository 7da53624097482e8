"""What a figure is counted under where the words around it speak against the row that was found for it.

In: the readings of a text, in its order. Out: the same, some under another indicator. Each figure is cut into pieces,
such as two characters of its name, or the indicator of the figure before it; tables/indicator_weights.csv says what a
piece weighs for an indicator, as learned from marked texts (tests/quality/weigh.py). The row that was found weighs
ROW, and that none was found SILENCE; what weighs more than it and the words for it goes before it. Weights are whole
numbers, so that sums are exact.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.resources.abc import Traversable
from operator import add
from typing import NamedTuple

from kg.data import table
from kg.extract.reading import Page, Reading, row_of, tries_of
from kg.model import Metric
from kg.vocabulary import vocabulary

#: What the row that was found weighs, and that none was; of the scale of the table, in which 1000 parts two well.
ROW, SILENCE = 1300, 700
COLUMNS = ("place", "piece", "indicator", "weight")
#: Where a piece stands; `bias` is what an indicator weighs whatever is said.
PLACES = ("bias", "unit", "before", "part_of", "name", "near", "clause", "behind")

_WHERE = {"unit": "measure word {}", "before": "behind a figure of {}", "part_of": "其中 behind a figure of {}",
          "name": "“{}” in the name", "near": "“{}” just before", "clause": "“{}” in the sentence before",
          "behind": "“{}” behind"}  # fmt: skip
_MARK, _DIGIT = re.compile(r"[,、。;\n]"), re.compile(r"\d")
#: So far back and ahead of a figure its words are looked at.
_FAR, _BEHIND = 200, 8


class Weights(NamedTuple):
    """What each piece of a place weighs, for indicators by their numbers; and what an indicator weighs by itself."""

    number: Mapping[str, int]
    bias: tuple[int, ...]
    of: Mapping[str, Mapping[str, Sequence[tuple[int, int]]]]
    #: What the indicators weigh by a measure word and the indicator before, as far as it was asked.
    begun: dict[tuple[str, str], tuple[int, ...]]


@lru_cache(maxsize=1)
def weights() -> Weights:
    """Return the package's own weights, loaded once."""
    return load()


def load(folder: Traversable | None = None) -> Weights:
    """Read a table of weights. folder: another than the package's own. Raises TableError with the line."""
    bias, of = dict[str, int](), {place: dict[str, list[tuple[str, int]]]() for place in PLACES}
    for place, piece, indicator, weight in table("indicator_weights.csv", " ".join(COLUMNS), _row, at=folder):
        if place == "bias":
            bias[indicator] = weight
        else:
            of[place].setdefault(piece, []).append((indicator, weight))
    number = {indicator: i for i, indicator in enumerate(bias)}
    numbered = {
        place: {piece: tuple((number[name], weight) for name, weight in rows) for piece, rows in held.items()}
        for place, held in of.items()
    }
    return Weights(number, tuple(bias.values()), numbered, {})


def _row(row: Mapping[str, str]) -> tuple[str, str, str, int]:
    if row["place"] not in PLACES:
        raise ValueError(f"place {row['place']!r} is none of {', '.join(PLACES)}")
    if row["indicator"] not in vocabulary().indicators:
        raise ValueError(f"indicator {row['indicator']!r} is not in indicators.csv")
    return row["place"], row["piece"], row["indicator"], int(row["weight"])


def numberless(text: str) -> str:
    """Return a text with # for each digit: a number weighs nothing, but where one stands does."""
    return _DIGIT.sub("#", text)


def pieces(text: str, reading: Reading, last: Metric | None) -> dict[str, set[str]]:
    """Return the pieces of a figure by the place where they stand; the text is numberless.

    last: the figure before it in the sentence, with the indicator that it has in the end.
    """
    metric = reading.metric
    start, end, name = metric.start, metric.end, metric.name or ""
    since = max(reading.setting.sentence.start, start - _FAR)
    said = text[max(since, text.rfind(";", since, start) + 1) : start]
    near = max(said.rfind(","), said.rfind("、")) + 1
    mark = _MARK.search(text, end, end + _BEHIND)
    behind = text[end : mark.start() if mark else end + _BEHIND]
    among = last is not None and text.find("其中", last.end, start) >= 0
    return {
        "unit": {metric.unit or ""},
        "before": {last.indicator if last else ""},
        "part_of": {last.indicator} if last and among else set[str](),
        "name": {*name, *_pairs(name), *map("".join, zip(name, name[1:], name[2:], strict=False))},
        "near": _pairs(said[near:]),
        "clause": _pairs(said),
        "behind": {*behind, *_pairs(behind)},
    }


def _pairs(text: str) -> set[str]:
    return {*map(add, text, text[1:])}


def weighed(page: Page, readings: Sequence[Reading]) -> Iterator[Reading]:
    """Yield the readings, each under the indicator that row and words together say."""
    text = numberless(page.text)
    last: Metric | None = None
    for reading in readings:
        metric = reading.metric
        if last and last.end <= reading.setting.sentence.start:
            last = None
        cut = pieces(text, reading, last)
        better = _better(cut, reading, last)
        tries = tries_of(page, reading.setting, metric.change) if better else []
        if better and any(page.finder.table.counts(better, unit) for unit, _ in tries):
            said = _said(cut, better, metric.indicator)
            detail = row_of(page, tries, better)
            metric = replace(metric, indicator=better, indicator_detail=detail.indicator if detail else None)
            reading = reading._replace(metric=metric, detail=detail, weighed=said)
        last = metric
        yield reading


def _better(cut: Mapping[str, set[str]], reading: Reading, last: Metric | None) -> str | None:
    """Return the indicator for which the pieces of a figure weigh more than its own and its row, if there is one."""
    scale, metric = weights(), reading.metric
    sums = list(_begun(metric.unit or "", last.indicator if last else ""))
    for place in ("name", "near", "clause", "behind", "part_of"):
        get = scale.of[place].get
        for piece in cut[place]:
            for number, weight in get(piece, ()):
                sums[number] += weight
    own = scale.number.get(metric.indicator)
    most = max(sums)
    told = reading.row or metric.indicator != "other"
    if own is None or most <= sums[own] + (ROW if told else SILENCE):
        return None
    return next(indicator for indicator, number in scale.number.items() if sums[number] == most)


def _begun(unit: str, before: str) -> tuple[int, ...]:
    """Return what each indicator weighs by a measure word and the indicator of the figure before."""
    scale = weights()
    if (unit, before) not in scale.begun:
        sums = list(scale.bias)
        for rows in (scale.of["unit"].get(unit, ()), scale.of["before"].get(before, ())):
            for number, weight in rows:
                sums[number] += weight
        scale.begun[unit, before] = tuple(sums)
    return scale.begun[unit, before]


def _said(cut: Mapping[str, set[str]], better: str, worse: str) -> tuple[str, ...]:
    """Return the three pieces that most set one indicator above another, each as words about where it stands."""
    scale = weights()
    sign = {scale.number[better]: 1, scale.number[worse]: -1}
    weighing = [
        (
            sum(sign.get(number, 0) * weight for number, weight in scale.of[place].get(piece, ())),
            _WHERE[place].format(piece or "nothing"),
        )
        for place, found in cut.items()
        for piece in found
    ]
    heaviest = sorted(weighing, key=lambda pair: (-pair[0], pair[1]))[:3]
    return tuple(words for weight, words in heaviest if weight > 0)
