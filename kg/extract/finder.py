"""The words of the indicators' rules in one text, and the row that fits a figure by the spans around it.

In: the rules of indicators.py, a text, and the spans of a figure. Out: the first Rule that fits. A set of words is an
int with a bit for each word, since such sets are made and compared some hundred times a page.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from kg.model import Span

#: Measure words that reports use for one another: 件, 起, 宗 of cases; 次, 场, 期 of events; 处, 个 of places.
GROUPS: Mapping[str, frozenset[str]] = {
    name: frozenset(units.split())
    for name, units in {
        "案": "件 起 宗 例 单 桩 个 批 批次 条 项",
        "次": "次 场 场次 期 堂 节 轮 轮次 批 批次 班次 回 趟",
        "人": "人 名 位 人次",
        "份": "份 册 本 张 封 卷 宗卷 件 套 篇 部 条 个 项 则 幅 把 款",
        "家": "家 户 个 处 间 所 家次 户次 企次 辆 辆次 艘 艘次 座",
        "处": "处 个 块 座 幢 栋 间 宗 起 条 件 所 支 套 点位 片 幅 台 宗地 株 网格",
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
        return (
            bool(self.counted) and self.countless
            if unit is None
            else unit in self.units or unit.removesuffix("次") in self.units
        )


#: A row ready to be asked: the rule, the words that must not be there, and of which groups one word each must.
_Row = tuple[Rule, int, tuple[int, ...], tuple[int, ...], tuple[int, ...]]


class Rules:
    """The rules by the indicator that they narrow (None: the given indicators), and the automaton of their words."""

    def __init__(self, rules: Mapping[str | None, Sequence[Rule]]) -> None:
        self.rules = rules
        groups = [g for rows in rules.values() for r in rows for g in (*r.counted, *r.clause, *r.about, r.never)]
        every = sorted({word for group in groups for word in group})
        self.bits = {word: 1 << i for i, word in enumerate(every)}
        plain = sorted({word.lstrip("^") for word in every})
        self.matcher = AhoCorasick(plain, matchkind=MatchKind.Standard, implementation=Implementation.DFA)
        self.inside = [self.bits.get(word, 0) for word in plain]
        self.following = [self.bits.get("^" + word, 0) for word in plain]
        self.reach = max((len(word) - 1 for word in every if word[0] == "^"), default=0)
        self.shelves: dict[tuple[str | None, str | None], _Shelf] = {}

    def shelf(self, unit: str | None, broader: str | None) -> "_Shelf":
        """Return the rules for a unit, or for the change of a count; broader: those that narrow this indicator."""
        shelf = self.shelves.get((unit, broader))
        if shelf is None:
            shelf = _Shelf([rule for rule in self.rules[broader] if rule.accepts(unit)], self.bits)
            self.shelves[unit, broader] = shelf
        return shelf


class _Shelf:
    """The rules for one unit, ready to be asked for those that a counted noun can meet."""

    def __init__(self, rules: Sequence[Rule], bits: Mapping[str, int]) -> None:
        def union(group: Iterable[str]) -> int:
            return sum({bits[word] for word in group})

        self.rows: list[_Row] = [
            (r, union(r.never), tuple(map(union, r.counted)), tuple(map(union, r.clause)), tuple(map(union, r.about)))
            for r in rules
        ]
        self.always = [i for i, rule in enumerate(rules) if not rule.counted]
        self.by_word: dict[int, list[int]] = {}
        for i, rule in enumerate(rules):
            for word in rule.counted[0] if rule.counted else ():
                self.by_word.setdefault(bits[word], []).append(i)

    def near(self, counted: int, words: Iterable[int], clause: int, own: int) -> list[_Row]:
        """Return the rows whose words stand in the figure's own clause, in their order. words: those of counted."""
        indices = set(self.always)
        for word in words:
            if word in self.by_word:
                indices.update(self.by_word[word])
        found = []
        for i in sorted(indices):
            row = self.rows[i]
            if row[1] & own:
                continue
            for group in row[2]:
                if not group & counted:
                    break
            else:
                for group in row[3]:
                    if not group & clause:
                        break
                else:
                    found.append(row)
        return found


def _fits(row: _Row, about: int) -> bool:
    """Tell whether the words of the text around are those that a row asks for."""
    return all(group & about for group in row[4])


class Finder:
    """The words of the rules in one text, and the row of a figure by the spans around it."""

    def __init__(self, text: str, table: Rules) -> None:
        self.table = table
        #: (word, start, end) of every word of the table, in the order of their ends.
        self.hits: list[tuple[int, int, int]] = table.matcher.find_matches_as_indexes(text, overlapping=True)
        self.ends = [hit[2] for hit in self.hits]
        self.known: dict[tuple[int, int], int] = {}
        self.anything = table.bits.get("*", 0)

    def words(self, span: Span) -> int:
        """Return the set of the rules' words that stand inside a span of the text."""
        key = span.start, span.end
        found = self.known.get(key)
        if found is None:
            found = 0
            for word in self._inside(*key):
                found |= word
            self.known[key] = found
        return found

    def _inside(self, start: int, end: int) -> list[int]:
        """Return the words that stand inside text[start:end], one by one."""
        inside, last = self.table.inside, bisect_right(self.ends, end)
        hits = self.hits[bisect_right(self.ends, start, 0, last) : last]
        return [inside[word] for word, at, _ in hits if at >= start]

    def _counted(self, spans: Iterable[Span], at: int) -> list[int]:
        """Return the words inside some spans one by one, and those that begin right at an offset as ^ asks for."""
        found = [word for span in spans for word in self._inside(span.start, span.end)]
        following, last = self.table.following, bisect_right(self.ends, at + self.table.reach)
        hits = self.hits[bisect_right(self.ends, at, 0, last) : last]
        return found + [following[word] for word, start, _ in hits if start == at and following[word]]

    def narrows(self, broader: str) -> bool:
        """Tell whether any row narrows an indicator."""
        return broader in self.table.rules

    def row(
        self,
        unit: str | None,
        counted: Sequence[Span],
        clause: Span,
        own: Span,
        around: Iterable[Span],
        at: int,
        broader: str | None = None,
    ) -> Rule | None:
        """Return the row that fits a figure that ends at `at`.

        counted: where the noun that is counted stands. around: the texts it may be about, from near to far.
        """
        words, of_counted = self._counted(counted, at), 0
        for word in words:
            of_counted |= word
        candidates = self.table.shelf(unit, broader).near(of_counted, words, self.words(clause), self.words(own))
        if not candidates:
            return None
        about = 0
        for span in around:
            about |= self.words(span)
            for row in candidates:
                if _fits(row, about):
                    return row[0]
        about |= self.anything
        return next((row[0] for row in candidates if _fits(row, about)), None)
