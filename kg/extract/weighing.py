"""What a figure is counted under where the words around it speak against the row that was found for it.

In: the readings of a text, in its order. Out: the same, some under another indicator. Each figure is cut into pieces,
such as two characters of its name, or the indicator of the figure before it; tables/indicator_weights.csv says what a
piece weighs for which indicators, as learned from marked texts (tests/quality/weigh.py). The row that was found weighs
ROW, and that none was found SILENCE; what weighs more than it and the words for it goes before it.

Weights are whole numbers, so that sums are exact. What a piece weighs for all indicators is one int with 16 bits for
each of them, its lane, so that one addition adds them all.
"""

import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import lru_cache, partial
from importlib.resources.abc import Traversable
from operator import add

from kg.data import lines
from kg.errors import TableError
from kg.extract.reading import Page, Reading, row_of, tries_of
from kg.model import Metric
from kg.vocabulary import vocabulary

#: What the row that was found weighs, and that none was; of the scale of the table, in which 25 parts two well.
ROW, SILENCE = 18, 7
#: By how much the row has to lead on the name, the unit and the heading alone, so that no other word is looked at.
SURE = 24
COLUMNS = ("place", "piece", "weights")
#: Where a piece stands; `bias` is what an indicator weighs whatever is said.
PLACES = ("bias", "unit", "before", "part_of", "name", "near", "clause", "behind", "heading")
#: What stands before the measure word of a change (下降18%).
CHANGED = "±"

_TABLE = "indicator_weights.csv"
_WHERE = {"unit": "measure word {}", "before": "behind a figure of {}",
          "part_of": "其中 behind a figure of {}", "name": "“{}” in the name", "near": "“{}” just before",
          "clause": "“{}” in the sentence before", "behind": "“{}” behind",
          "heading": "“{}” in the heading"}  # fmt: skip
#: So far back and ahead of a figure its words are looked at, and at so many headings above it.
_FAR, _BEHIND, _HEADINGS, _HEADING = 200, 8, 2, 60
_MARK = re.compile(r"[,、。;\n]")
#: So many words are kept with what they weigh.
_KEPT = 1 << 14
#: Bits of a lane. A figure has no more than some 600 pieces, and none weighs more than HEAVIEST.
_LANE, HEAVIEST = 16, 50


def pairs(text: str) -> set[str]:
    """Return every two characters of a text that stand together."""
    return {*map(add, text, text[1:])}


def _short(text: str) -> set[str]:
    return {*text, *map(add, text, text[1:])}


#: How the words in a place are cut into pieces.
CUT = {"name": _short, "near": pairs, "clause": pairs, "behind": _short, "heading": pairs}


class Pieces(dict[str, int]):
    """What each piece of a place weighs, each read from its cell when it is first asked for."""

    def __init__(self, number: Mapping[str, int]) -> None:
        self.number = number
        #: The line and the cell of each piece: indicator, weight, indicator, weight …
        self.cells: dict[str, tuple[int, str]] = {}

    def __missing__(self, piece: str) -> int:
        line, cell = self.cells[piece]
        words = cell.split()
        try:
            each = list(map(int, words[1::2]))
            pairs = zip(words[::2], each, strict=True)
            weight = sum(one << _LANE * self.number[indicator] for indicator, one in pairs)
        except KeyError as error:
            raise TableError(f"tables/{_TABLE}:{line}: indicator {error} is not in indicators.csv.") from None
        except ValueError:
            raise TableError(f"tables/{_TABLE}:{line}: weights are pairs of an indicator and a whole number.") from None
        if max(map(abs, each), default=0) > HEAVIEST:
            raise TableError(f"tables/{_TABLE}:{line}: no weight is above {HEAVIEST}.")
        self[piece] = weight
        return weight

    def weigh(self, pieces: AbstractSet[str]) -> int:
        """Return what some pieces weigh together; those that are not in the table weigh nothing."""
        return sum(map(self.__getitem__, self.cells.keys() & pieces))


class Weights:
    """What each piece of a place weighs, and the lanes of the indicators."""

    def __init__(self) -> None:
        self.indicators = tuple(vocabulary().indicators)
        self.number = {indicator: i for i, indicator in enumerate(self.indicators)}
        self.of = {place: Pieces(self.number) for place in PLACES}
        #: What words in a place weigh, and what is always so with a measure word and an indicator before; kept, since
        #: reports say the same again and again.
        self.said = lru_cache(maxsize=_KEPT)(self._said)
        self.begun = lru_cache(maxsize=_KEPT)(self._begun)
        self._lanes = struct.Struct(f"<{len(self.indicators)}H")
        self._middle = sum(1 << _LANE * i + _LANE - 1 for i in range(len(self.indicators)))  # so that no lane is < 0

    def _said(self, place: str, text: str) -> int:
        return self.of[place].weigh(CUT[place](text))

    def _begun(self, unit: str, before: str) -> int:
        return self.of["bias"].weigh({""}) + self.of["unit"].weigh({unit}) + self.of["before"].weigh({before})

    def lanes(self, weight: int) -> tuple[int, ...]:
        """Return what each indicator weighs, by their numbers; all are greater by the same."""
        return self._lanes.unpack((weight + self._middle).to_bytes(self._lanes.size, "little"))


@lru_cache(maxsize=1)
def weights() -> Weights:
    """Return the package's own weights, loaded once."""
    return load()


def load(folder: Traversable | None = None) -> Weights:
    """Read a table of weights. folder: another than the package's own, of which every cell is checked at once.

    Raises TableError with the line.
    """
    scale = Weights()
    for line, (place, piece, cell) in lines(_TABLE, " ".join(COLUMNS), at=folder):
        if place not in scale.of:
            raise TableError(f"tables/{_TABLE}:{line}: place {place!r} is none of {', '.join(PLACES)}.")
        if piece in scale.of[place].cells:
            raise TableError(
                f"tables/{_TABLE}:{line}: {place} {piece!r} stands in line {scale.of[place].cells[piece][0]} too."
            )
        if not cell:
            raise TableError(f"tables/{_TABLE}:{line}: {place} {piece!r} has no weights.")
        scale.of[place].cells[piece] = line, cell
    if folder is not None:
        for held in scale.of.values():
            held.weigh(held.cells.keys())
    return scale


def numberless(text: str) -> str:
    """Return a text with # for each digit: a number weighs nothing, but where one stands does."""
    for digit in "0123456789":
        text = text.replace(digit, "#")
    return text


class Cut:
    """The figures of a page, cut into pieces one after the other."""

    def __init__(self, page: Page, scale: Weights) -> None:
        self.page, self.text, self.scale = page, numberless(page.text), scale
        #: The sentence up to the last figure: where it begins and ends, its pieces, and what they weigh.
        self._begin, self._end, self._known, self._weight = -1, -1, set[str](), 0

    def pieces(self, reading: Reading, last: Metric | None) -> dict[str, set[str]]:
        """Return the pieces of a figure by the place where they stand.

        last: the figure before it in the sentence, with the indicator that it has in the end.
        """
        metric = reading.metric
        clause = self._clause(reading)
        words = {"name": metric.name or "", "near": _near(clause), "clause": clause, "behind": self._behind(metric),
                 "heading": self._heading(metric)}  # fmt: skip
        return {
            "unit": {_unit(metric)},
            "before": {last.indicator if last else ""},
            "part_of": self._part_of(metric, last),
            **{place: CUT[place](text) for place, text in words.items()},
        }

    def better(self, reading: Reading, last: Metric | None) -> str | None:
        """Return the indicator for which the pieces of a figure weigh more than its own and its row, if there is one.

        Figures are asked for in their order. Where what is looked up soonest speaks for the row, the rest is not asked.
        """
        scale, metric = self.scale, reading.metric
        own = scale.number[metric.indicator]
        row = ROW if reading.row or metric.indicator != "other" else SILENCE
        total = scale.begun(_unit(metric), last.indicator if last else "") + scale.said("name", metric.name or "")
        total += scale.said("heading", self._heading(metric))
        lanes = scale.lanes(total)
        if lanes[own] + row - max(*lanes[:own], *lanes[own + 1 :]) >= SURE:
            return None
        clause = self._clause(reading)
        total += scale.said("near", _near(clause)) + scale.said("behind", self._behind(metric))
        total += self._sentence(clause, metric.start)
        total += scale.of["part_of"].weigh(self._part_of(metric, last))
        lanes = scale.lanes(total)
        most = max(lanes)
        return scale.indicators[lanes.index(most)] if most > lanes[own] + row else None

    def _clause(self, reading: Reading) -> str:
        """Return the sentence up to a figure, or what is behind its last semicolon."""
        start = reading.metric.start
        since = max(reading.setting.sentence.start, start - _FAR)
        return self.text[max(since, self.text.rfind(";", since, start) + 1) : start]

    def _behind(self, metric: Metric) -> str:
        mark = _MARK.search(self.text, metric.end, metric.end + _BEHIND)
        return self.text[metric.end : mark.start() if mark else metric.end + _BEHIND]

    def _heading(self, metric: Metric) -> str:
        sections = self.page.outline.at(metric.start)[:_HEADINGS]
        return "\n".join([self.text[each.start : min(each.end, each.start + _HEADING)] for each in sections])

    def _part_of(self, metric: Metric, last: Metric | None) -> set[str]:
        return {last.indicator} if last and self.text.find("其中", last.end, metric.start) >= 0 else set()

    def _sentence(self, said: str, end: int) -> int:
        """Return what a sentence weighs up to an offset; of one that goes on only what is new is looked up."""
        begin = end - len(said)
        if begin != self._begin or end < self._end:
            self._begin, self._end, self._known, self._weight = begin, begin, set(), 0
        new = pairs(self.text[max(begin, self._end - 1) : end]) - self._known
        self._weight += self.scale.of["clause"].weigh(new)
        self._known |= new
        self._end = end
        return self._weight


def _unit(metric: Metric) -> str:
    return (CHANGED if metric.change else "") + (metric.unit or "")


def _near(clause: str) -> str:
    return clause[max(clause.rfind(","), clause.rfind("、")) + 1 :]


def weighed(page: Page, readings: Sequence[Reading]) -> Iterator[Reading]:
    """Yield the readings, each under the indicator that row and words together say."""
    cut = Cut(page, weights())
    last: Metric | None = None
    for reading in readings:
        metric = reading.metric
        if last and last.end <= reading.setting.sentence.start:
            last = None
        better = cut.better(reading, last)
        tries = tries_of(page, reading.setting, metric.change) if better else []
        if better and any(page.finder.table.counts(better, unit) for unit, _ in tries):
            said = partial(_said, cut, reading, last, better)
            detail = row_of(page, tries, better)
            metric = replace(metric, indicator=better, indicator_detail=detail.indicator if detail else None)
            reading = reading._replace(metric=metric, detail=detail, weighed=said)
        last = metric
        yield reading


def _said(cut: Cut, reading: Reading, last: Metric | None, better: str) -> tuple[str, ...]:
    """Return the three pieces that most set one indicator above that of a reading, as words about where they stand."""
    scale = cut.scale
    one, other = scale.number[better], scale.number[reading.metric.indicator]
    weighing = []
    for place, found in cut.pieces(reading, last).items():
        for piece in found:
            lanes = scale.lanes(scale.of[place].weigh({piece}))
            weighing.append((lanes[one] - lanes[other], _WHERE[place].format(piece or "nothing")))
    heaviest = sorted(weighing, key=lambda pair: (-pair[0], pair[1]))[:3]
    return tuple(words for weight, words in heaviest if weight > 0)
