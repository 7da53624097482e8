"""What a figure is counted under where the words around it speak against the row that was found for it.

In: the readings of a text, in its order. Out: the same, some under another indicator. Each figure is cut into pieces,
such as two characters of its name, or the indicator of the figure before it; tables/indicator_weights.csv says what a
piece weighs for an indicator, as learned from marked texts (tests/quality/weigh.py). The row that was found weighs
ROW; what weighs more than it and the words for it goes before it. Weights are whole numbers, so that sums are exact.
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

#: What the row that was found weighs; of the scale of the table, in which 1000 parts two indicators well.
ROW = 1000
COLUMNS = ("place", "piece", "indicator", "weight")
#: Where a piece stands; `bias` is what an indicator weighs whatever is said.
PLACES = ("bias", "unit", "name", "near", "clause", "behind", "first", "before", "part_of")

_STOPS, _MARK = "。;\n", re.compile(r"[,、。;\n]")
_NUMBER = re.compile(r"\d[\d.,]*%?[余多]?|[一二三四五六七八九十两百千万亿]+(?=[件次起场个名人家条项份批期部])")
#: So far back and ahead of a figure its words are looked at.
_FAR, _BEHIND = 200, 8


class Weights(NamedTuple):
    """What each piece of a place weighs, for indicators by their numbers; and what an indicator weighs by itself."""

    indicators: tuple[str, ...]
    bias: tuple[int, ...]
    of: Mapping[str, Mapping[str, Sequence[tuple[int, int]]]]


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
    return Weights(tuple(bias), tuple(bias.values()), numbered)


def _row(row: Mapping[str, str]) -> tuple[str, str, str, int]:
    if row["place"] not in PLACES:
        raise ValueError(f"place {row['place']!r} is none of {', '.join(PLACES)}")
    if row["indicator"] not in vocabulary().indicators:
        raise ValueError(f"indicator {row['indicator']!r} is not in indicators.csv")
    return row["place"], row["piece"], row["indicator"], int(row["weight"])


def pieces(page: Page, metric: Metric, last: Metric | None) -> dict[str, set[str]]:
    """Return the pieces of a figure by the place where they stand.

    last: the figure before it in the sentence, with the indicator that it has in the end.
    """
    text, name, start = page.text, metric.name or "", metric.start
    far = max(0, start - _FAR)
    since = max(far, *(text.rfind(stop, far, start) + 1 for stop in _STOPS))
    said = text[since:start]
    near = max(said.rfind(","), said.rfind("、")) + 1
    mark = _MARK.search(text, metric.end, metric.end + _BEHIND)
    behind = text[metric.end : mark.start() if mark else metric.end + _BEHIND]
    found = {
        "unit": {metric.unit or ""},
        "name": {*name, *_pairs(name), *(name[i : i + 3] for i in range(len(name) - 2))},
        "near": _pairs(said[near:]),
        "clause": _pairs(_NUMBER.sub("#", said)),
        "behind": {*behind, *_pairs(behind)},
    }
    if last is None:
        found["first"] = {""}
    else:
        found["before"] = {last.indicator}
        if "其中" in text[last.end : start]:
            found["part_of"] = {"", last.indicator}
    return found


def _pairs(text: str) -> set[str]:
    return {*map(add, text, text[1:])}


def weighed(page: Page, readings: Sequence[Reading]) -> Iterator[Reading]:
    """Yield the readings, each under the indicator that row and words together say."""
    last: Metric | None = None
    for reading in readings:
        metric = reading.metric
        if last and any(stop in page.text[last.end : metric.start] for stop in "。\n"):
            last = None
        cut = pieces(page, metric, last)
        better = _better(cut, metric.indicator)
        tries = tries_of(page, reading.setting, metric.change) if better else []
        if better and any(page.finder.table.counts(better, unit) for unit, _ in tries):
            said = _said(cut, better, metric.indicator)
            detail = row_of(page, tries, better)
            metric = replace(metric, indicator=better, indicator_detail=detail.indicator if detail else None)
            reading = reading._replace(metric=metric, row=None, detail=detail, weighed=said)
        last = metric
        yield reading


def _better(cut: Mapping[str, set[str]], indicator: str) -> str | None:
    """Return the indicator for which the pieces of a figure weigh more than its own and its row, if there is one."""
    scale = weights()
    sums = list(scale.bias)
    for place, found in cut.items():
        for rows in filter(None, map(scale.of[place].get, found)):
            for number, weight in rows:
                sums[number] += weight
    most = max(sums)
    best = scale.indicators[sums.index(most)]
    if best == indicator or indicator not in scale.indicators:
        return None
    return best if most > sums[scale.indicators.index(indicator)] + ROW else None


def _said(cut: Mapping[str, set[str]], better: str, worse: str) -> tuple[str, ...]:
    """Return the three pieces that most set one indicator above another, each with its place."""
    scale = weights()
    sign = {scale.indicators.index(better): 1, scale.indicators.index(worse): -1}
    weighing = [
        (sum(sign.get(number, 0) * weight for number, weight in scale.of[place].get(piece, ())), f"{place} {piece}")
        for place, found in cut.items()
        for piece in found
    ]
    heaviest = sorted(weighing, key=lambda pair: (-pair[0], pair[1]))[:3]
    return tuple(words.rstrip() for weight, words in heaviest if weight > 0)
