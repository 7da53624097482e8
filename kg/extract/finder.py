"""The words of the indicators' rules in one text, and the row that fits a figure by the spans around it.

In: the rules of indicators.py, a text, and the spans of a figure. Out: the first Rule that fits. What stands in a span
is an int with a bit for each group of which a word stands there: a row asks for groups, some hundred times a page.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class _Row:
    """A row ready to be asked: of which groups a word must not stand in the figure's part, and of which one must."""

    rule: Rule
    never: int
    counted: int
    clause: int
    about: int


class Rules:
    """The rules by the indicator that they narrow (None: the given indicators), and the automaton of their words."""

    def __init__(self, rules: Mapping[str | None, Sequence[Rule]]) -> None:
        self.rules = rules
        every = [g for rows in rules.values() for r in rows for g in (*r.counted, *r.clause, *r.about, r.never)]
        self.bits = {group: 1 << i for i, group in enumerate(dict.fromkeys(every))}
        groups: dict[str, int] = {}  # of each word the groups that hold it
        for group, bit in self.bits.items():
            for word in group:
                groups[word] = groups.get(word, 0) | bit
        plain = sorted({word.strip("^$") for word in groups})
        self.matcher = AhoCorasick(plain, matchkind=MatchKind.Standard)
        #: The words by their numbers: as the automaton gives them, then those that must follow at once.
        self.numbers = {word: i for i, word in enumerate([*plain, *("^" + word for word in plain)])}
        self.plain = len(plain)
        for word in sorted(word for word in groups if word[-1] == "$"):  # those that must end the noun
            self.numbers[word] = len(self.numbers)
        self.heads = tuple(word[:-1] for word in self.numbers if word[-1] == "$")
        self.groups = [groups.get(word, 0) for word in self.numbers]
        self.anything = groups.get("*", 0)
        self.reach = max((len(word) - 1 for word in groups if word[0] == "^"), default=0)
        self.shelves: dict[tuple[str | None, str | None], _Shelf] = {}

    def shelf(self, unit: str | None, broader: str | None) -> "_Shelf":
        """Return the rules for a unit, or for the change of a count; broader: those that narrow this indicator."""
        shelf = self.shelves.get((unit, broader))
        if shelf is None:
            shelf = _Shelf([rule for rule in self.rules[broader] if rule.accepts(unit)], self)
            self.shelves[unit, broader] = shelf
        return shelf

    def counts(self, indicator: str, unit: str | None) -> bool:
        """Tell whether any rule counts an indicator in a unit; what is none of the indicators has any unit."""
        return indicator == "other" or any(row.rule.indicator == indicator for row in self.shelf(unit, None).rows)


class _Shelf:
    """The rules for one unit, ready to be asked for those that a counted noun can meet."""

    def __init__(self, rules: Sequence[Rule], table: Rules) -> None:
        def bits(groups: Iterable[frozenset[str]]) -> int:
            return sum(table.bits[group] for group in set(groups))

        self.rows = [
            _Row(r, table.bits[r.never] if r.never else 0, bits(r.counted), bits(r.clause), bits(r.about))
            for r in rules
        ]
        #: The rows by the words of one of their groups: of what is counted, else of the clause.
        self.by_counted: dict[int, list[int]] = {}
        self.by_clause: dict[int, list[int]] = {}
        self.always = [i for i, rule in enumerate(rules) if not rule.counted and not rule.clause]
        for i, rule in enumerate(rules):
            shelf, groups = (self.by_counted, rule.counted) if rule.counted else (self.by_clause, rule.clause)
            for word in groups[0] if groups else ():
                shelf.setdefault(table.numbers[word], []).append(i)

    def near(self, words: Sequence[int], said: Sequence[int], counted: int, clause: int, own: int) -> list[_Row]:
        """Return the rows whose words stand in the figure's own clause, in their order.

        words: those counted; said: those of the clause. The groups of both, and of what may not hold a word of `not`.
        """
        told = [i for word in words if word in self.by_counted for i in self.by_counted[word]]
        told += [i for word in said if word in self.by_clause for i in self.by_clause[word]]
        if not told and not self.always:
            return []
        return [
            row
            for row in map(self.rows.__getitem__, sorted({*self.always, *told}))
            if row.clause & clause == row.clause and row.counted & counted == row.counted and not row.never & own
        ]


class Finder:
    """The words of the rules in one text, and the groups that stand in its spans."""

    def __init__(self, text: str, table: Rules) -> None:
        self.table = table
        #: (word, start, end) of every word of the table, in the order of their ends.
        self.hits: list[tuple[int, int, int]] = table.matcher.find_matches_as_indexes(text, overlapping=True)
        self.ends = [hit[2] for hit in self.hits]
        self.known: dict[Span, int] = {}

    def groups(self, span: Span) -> int:
        """Return the set of the groups of which a word stands inside a span of the text."""
        found = self.known.get(span)
        if found is None:
            found = self.known[span] = self.union(self.inside(span))
        return found

    def union(self, words: Iterable[int]) -> int:
        """Return the set of the groups that hold any of these words."""
        found, groups = 0, self.table.groups
        for word in words:
            found |= groups[word]
        return found

    def inside(self, span: Span) -> list[int]:
        """Return the words that stand inside a span of the text, one by one."""
        start, end = span
        hits = self.hits[bisect_right(self.ends, start) : bisect_right(self.ends, end)]
        return [word for word, at, _ in hits if at >= start]

    def following(self, at: int) -> list[int]:
        """Return the words that begin right at an offset, as ^ asks for."""
        follows, last = self.table.plain, bisect_right(self.ends, at + self.table.reach)
        hits = self.hits[bisect_right(self.ends, at, 0, last) : last]
        return [word + follows for word, start, _ in hits if start == at]

    def heads(self, noun: str) -> list[int]:
        """Return the words that a noun ends with, as $ asks for."""
        heads = self.table.heads if noun.endswith(self.table.heads) else ()
        return [self.table.numbers[word + "$"] for word in heads if noun.endswith(word)]

    def narrows(self, broader: str) -> bool:
        """Tell whether any row narrows an indicator."""
        return broader in self.table.rules


class Asked:
    """A figure that ends at `at`, as the rows are asked for it; what stands around it is looked up at the first time.

    counted: where the noun that is counted stands; noun: its words. own: where, beside it, no word of `not` may stand.
    around: the texts it may be about, from near to far.
    """

    __slots__ = ("about", "around", "at", "clause", "counted", "finder", "found", "noun", "own")

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
        self.found: tuple[list[int], list[int], int, int, int] | None = None

    def row(self, unit: str | None, broader: str | None = None) -> Rule | None:
        """Return the row that fits, of those that count in a unit. broader: of those that narrow this indicator."""
        if self.found is None:
            self.found = self._look()
        table = self.finder.table
        rows = table.shelf(unit, broader).near(*self.found)
        if not rows:
            return None
        if not rows[0].about:  # whatever it is about
            return rows[0].rule
        about = 0
        for about in self._about():
            for row in rows:
                if row.about & about == row.about:
                    return row.rule
        about |= table.anything
        return next((row.rule for row in rows if row.about & about == row.about), None)

    def _look(self) -> tuple[list[int], list[int], int, int, int]:
        """Return the words counted and those of the clause, and the groups in the places that all rows ask for."""
        finder, said = self.finder, self.finder.inside(self.clause)
        words = [word for span in self.counted for word in finder.inside(span)]
        words += finder.following(self.at) + finder.heads(self.noun)
        counted = finder.union(words)
        return words, said, counted, finder.union(said), counted | finder.groups(self.own)

    def _about(self) -> Iterator[int]:
        """Yield the groups of the texts it may be about, each with those of the nearer ones."""
        yield from self.about
        about = self.about[-1] if self.about else 0
        for span in self.around:
            about |= self.finder.groups(span)
            self.about.append(about)
            yield about
