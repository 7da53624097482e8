"""The words of the indicators' rules in one text, and the row that fits a figure by the spans around it.

In: the rules of indicators.py, a text, and the spans of a figure. Out: the first Rule that fits. What stands in a span
is an int with a bit for each row that has a word there, so that all rows are asked at once.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.model import Span

#: Measure words that reports use for one another: 件, 起, 宗 of cases; 次, 场, 期 of events; 处, 个 of places.
GROUPS: Mapping[str, frozenset[str]] = {
    name: frozenset(units.split())
    for name, units in {
        "案": "件 件(次) 件(批)次 起 宗 例 单 桩 个 批 批次 条 项",
        "次": "次 场 场次 期 堂 节 轮 轮次 批 批次 班次 回 趟",
        "人": "人 名 位 人次",
        "份": "份 册 本 张 封 卷 宗卷 件 套 篇 部 条 个 项 则 幅 把 款",
        "企": "家 户 家次 户次 家(间)次 企次",
        "家": "家 家(间)次 户 个 处 间 所 家次 户次 企次 辆 辆次 台次 个次 艘 艘次 座",
        "处": "处 个 块 座 幢 栋 间 宗 起 条 件 所 支 套 点位 片 幅 台 宗地 株 网格",
        "点": "处 个 块 座 幢 栋 间 所 套 点位 片 支",
        "率": "% ‰ 成 个百分点 百分点 个千分点 千分点",
        "元": "元 块钱",
        "面积": "㎡ m2 m² 平方 平方米 平米 亩 公顷 km² 平方公里 平方千米",
    }.items()
}
#: The unit under which zero in a word (零败诉) is looked up.
ZERO = "零"
#: The unit under which the change of a count is looked up; a change of a rate goes by %.
CHANGE = "变化"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: the units it accepts, and for each place the groups of words of which one each must stand there."""

    indicator: str
    line: int
    units: frozenset[str]
    countless: bool
    counted: tuple[frozenset[str], ...]
    clause: tuple[frozenset[str], ...]
    about: tuple[frozenset[str], ...]
    never: frozenset[str]
    example: str
    counter_example: str

    def accepts(self, unit: str | None) -> bool:
        """Tell whether the row counts in this unit. A change (下降18%) keeps the indicator of what fell."""
        if unit == CHANGE:
            return bool(self.counted) and (CHANGE in self.units or not self.units <= GROUPS["率"])
        if unit is None:
            return bool(self.counted) and self.countless
        return unit in self.units or unit.removesuffix("次") in self.units


class _Place:
    """What the rows ask of one place: for each word, by its number, a bit for each row that has it.

    A second group of a row has its bits behind those of all first groups, and so on.
    """

    def __init__(self, rows: Sequence[Sequence[frozenset[str]]], numbers: Mapping[str, int]) -> None:
        many, size = max(map(len, rows)), len(rows)
        self.further = range(size, many * size, size)
        self.of = [0] * len(numbers)
        self.free = sum(1 << i + at for i, row in enumerate(rows) for at in range(len(row) * size, many * size, size))
        for i, row in enumerate(rows):
            for at, group in enumerate(row):
                for word in group:
                    self.of[numbers[word]] |= 1 << i + at * size

    def fitting(self, found: int) -> int:
        """Return the bits of the rows of whose groups a word each was found, and of those that ask for none."""
        found |= self.free
        fits = found
        for at in self.further:
            fits &= found >> at
        return fits


class Rules:
    """The rules by the indicator that they narrow (None: the given indicators), and the automaton of their words."""

    def __init__(self, rules: Mapping[str | None, Sequence[Rule]]) -> None:
        self.rules = rules
        #: All rows; that of the number i has the bit 1 << i.
        self.rows = rows = [row for some in rules.values() for row in some]
        words = frozenset[str]().union(*(g for r in rows for g in (*r.counted, *r.clause, *r.about, r.never)))
        plain = sorted({word.strip("^$") for word in words})
        self.matcher = AhoCorasick(plain, matchkind=MatchKind.Standard)
        #: The words by their numbers: as the automaton gives them, then those with ^ or $.
        marked = sorted(word for word in words if word[0] == "^" or word[-1] == "$")
        self.numbers = {word: i for i, word in enumerate([*plain, *marked])}
        self.counted = _Place([row.counted for row in rows], self.numbers)
        self.clause = _Place([row.clause for row in rows], self.numbers)
        self.about = _Place([row.about for row in rows], self.numbers)
        self.never = _Place([[row.never] for row in rows], self.numbers).of
        self.anything = self.about.of[self.numbers["*"]] if "*" in self.numbers else 0
        self.anywhere = sum(1 << i for i, row in enumerate(rows) if not row.about)
        #: What must follow the figure at once, and what must end its noun; by their characters next to it.
        self.follows = self._marked("^", 1)
        self.heads = self._marked("$", -2)
        self.shelves: dict[tuple[str | None, str | None], int] = {}

    def _marked(self, sign: str, at: int) -> Mapping[str, Sequence[tuple[str, int]]]:
        """Return the words with a sign, without it, and their numbers, by their character at an offset."""
        found: dict[str, list[tuple[str, int]]] = {}
        for word, number in self.numbers.items():
            if sign in word:
                found.setdefault(word[at], []).append((word.strip(sign), number))
        return found

    def shelf(self, unit: str | None, broader: str | None) -> int:
        """Return the bits of the rows for a unit, or for the change of a count; broader: that narrow this indicator."""
        shelf = self.shelves.get((unit, broader))
        if shelf is None:
            of = {id(rule) for rule in self.rules[broader] if rule.accepts(unit)}
            shelf = sum(1 << i for i, row in enumerate(self.rows) if id(row) in of)
            self.shelves[unit, broader] = shelf
        return shelf

    def first(self, bits: int) -> Rule:
        """Return the first of the rows that have these bits."""
        return self.rows[(bits & -bits).bit_length() - 1]

    def counts(self, indicator: str, unit: str | None) -> bool:
        """Tell whether any rule counts an indicator in a unit; what is none of the indicators has any unit."""
        shelf = self.shelf(unit, None)
        return indicator == "other" or any(r.indicator == indicator and shelf >> i & 1 for i, r in enumerate(self.rows))


class Finder:
    """The words of the rules in one text."""

    def __init__(self, text: str, table: Rules) -> None:
        self.text, self.table = text, table
        #: (word, start, end) of every word of the table, in the order of their ends.
        self.hits: list[tuple[int, int, int]] = table.matcher.find_matches_as_indexes(text, overlapping=True)
        self.ends = [hit[2] for hit in self.hits]
        self.known: dict[Span, int] = {}

    def between(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """Return the words that end between two offsets of the text, some of which begin before."""
        return self.hits[bisect_right(self.ends, start) : bisect_right(self.ends, end)]

    def beside(self, at: int, noun: str) -> Iterator[int]:
        """Yield the words that begin right at an offset, as ^ asks for, and those that a noun ends with, as $."""
        for word, number in self.table.follows.get(self.text[at : at + 1], ()):
            if self.text.startswith(word, at):
                yield number
        for word, number in self.table.heads.get(noun[-1:], ()):
            if noun.endswith(word):
                yield number

    def about(self, span: Span) -> int:
        """Return the bits of the rows that may be about a span of the text."""
        found = self.known.get(span)
        if found is None:
            found, of = 0, self.table.about.of
            for word, start, _ in self.between(*span):
                if start >= span.start:
                    found |= of[word]
            self.known[span] = found
        return found

    def narrows(self, broader: str) -> bool:
        """Tell whether any row narrows an indicator."""
        return broader in self.table.rules


class Asked:
    """A figure that ends at `at`, as the rows are asked for it; what stands around it is looked up at the first time.

    counted: where the noun that is counted stands; noun: its words. own: where, beside it, no word of `not` may stand.
    around: the texts it may be about, from near to far.
    """

    __slots__ = ("about", "around", "at", "clause", "counted", "finder", "fits", "noun", "own")

    def __init__(
        self,
        finder: Finder,
        counted: Sequence[Span],
        clause: Span,
        own: Span,
        around: Iterator[Span],
        at: int,
        noun: str = "",
    ) -> None:
        self.finder, self.counted, self.noun, self.at = finder, counted, noun, at
        self.clause, self.own, self.around = clause, own, around
        self.about: list[int] = []
        self.fits: int | None = None

    def row(self, unit: str | None, broader: str | None = None) -> Rule | None:
        """Return the row that fits, of those that count in a unit. broader: of those that narrow this indicator."""
        table = self.finder.table
        if self.fits is None:
            self.fits = self._near()
        fits = self.fits & table.shelf(unit, broader)
        if fits & -fits & table.anywhere:  # whatever it is about
            return table.first(fits)
        for about in self._about() if fits else ():
            if told := fits & about:
                return table.first(told)
        return None

    def _near(self) -> int:
        """Return the bits of the rows whose words stand in the figure's own clause."""
        finder, table = self.finder, self.finder.table
        counted_of, clause_of, never_of = table.counted.of, table.clause.of, table.never
        (since, until), (begin, end), spans = self.clause, self.own, self.counted
        lowest, highest = min(since, begin), max(until, end)
        for first, last in spans:
            lowest, highest = min(lowest, first), max(highest, last)
        counted = said = never = 0
        for word in finder.beside(self.at, self.noun):
            counted |= counted_of[word]
            never |= never_of[word]
        for word, start, stop in finder.between(lowest, highest):
            if since <= start and stop <= until:
                said |= clause_of[word]
            if begin <= start and stop <= end:
                never |= never_of[word]
            for first, last in spans:
                if first <= start and stop <= last:
                    counted |= counted_of[word]
                    never |= never_of[word]
        return table.counted.fitting(counted) & table.clause.fitting(said) & ~never

    def _about(self) -> Iterator[int]:
        """Yield the bits of the rows for the texts it may be about, each with the nearer ones; at last those for *."""
        place = self.finder.table.about
        yield from map(place.fitting, self.about)
        for span in self.around:
            self.about.append((self.about[-1] if self.about else 0) | self.finder.about(span))
            yield place.fitting(self.about[-1])
        yield place.fitting(self.about[-1] | self.finder.table.anything)
