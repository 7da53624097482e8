"""What a figure is counted under: the first row of tables/indicator_rules.csv that fits what stands around it, and of
tables/indicator_detail_rules.csv, which holds rows of the same form for the narrower indicators.

A row asks for words, from near to far. counted: in the noun phrase that is counted, behind the figure or before it;
clause: in the clause, with its verb; about: in the sentence, else in the point of the list, the heading, the chapter;
not: nowhere in the clause. In a cell a blank means and, | means or; ^村: 村 follows at once; about *: if no other row
fits. units holds measure words, or groups of them (GROUPS). The order of the rows decides.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources.abc import Traversable
from itertools import count

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.data import table
from kg.model import Span

COLUMNS = ("indicator", "units", "counted", "clause", "about", "not", "example", "counter_example")
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
#: Groups that a number without a measure word never belongs to.
_MEASURED = frozenset(("率", "元", "面积", "零", "分"))
#: The unit under which zero in a word (零败诉) is looked up.
ZERO = "零"
#: The unit under which the change of a count is looked up; a change of a rate goes by %.
CHANGE = "变化"
_ANYTHING = frozenset("*")


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

    def near(self, counted: frozenset[str], clause: frozenset[str], own: frozenset[str]) -> bool:
        """Tell whether the words of the figure's own clause are those the row asks for."""
        return (
            self.never.isdisjoint(own)
            and not any(group.isdisjoint(counted) for group in self.counted)
            and not any(group.isdisjoint(clause) for group in self.clause)
        )

    def far(self, about: frozenset[str]) -> bool:
        """Tell whether the words of the text around are those the row asks for."""
        return not any(group.isdisjoint(about) for group in self.about)


def _groups(cell: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(group.split("|")) for group in cell.split())


def _rule(row: Mapping[str, str], line: int, indicators: Iterable[str], listed: str) -> Rule:
    if row["indicator"] not in indicators:
        raise ValueError(f"indicator {row['indicator']!r} is not in {listed}")
    names = row["units"].split("|")
    units = frozenset(unit for name in names for unit in GROUPS.get(name, (name,)))
    if "[" not in row["example"]:
        raise ValueError("example marks no figure with []")
    words = {column: _groups(row[column]) for column in ("counted", "clause", "about", "not")}
    if any("" in group for groups in words.values() for group in groups):
        raise ValueError("an empty word: two | in a row, or one at the end")
    if len(words["not"]) > 1:
        raise ValueError("not takes one group of words, joined by |")
    never = words["not"][0] if words["not"] else frozenset[str]()
    return Rule(row["indicator"], line, units, not _MEASURED.issuperset(names), words["counted"], words["clause"],
                words["about"], never, row["example"], row["counter_example"])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Detail:
    """A narrower indicator than those of indicators.csv; broader: the id it narrows, which may be other."""

    id: str
    broader: str
    label_zh: str
    label_en: str
    theme: str
    dimension: str
    definition: str


def load(
    indicators: Iterable[str], folder: Traversable | None = None, name: str = "indicator_rules.csv"
) -> tuple[Rule, ...]:
    """Read a table of rules; its rows may name these indicators. folder: another than the package's own."""
    known, lines = frozenset(indicators), count(2)
    listed = name.replace("_rules", "s")
    return tuple(table(name, " ".join(COLUMNS), lambda row: _rule(row, next(lines), known, listed), at=folder))


@lru_cache(maxsize=1)
def details() -> Mapping[str, Detail]:
    """Return the narrower indicators of tables/indicator_details.csv by id."""
    columns = "id broader label_zh label_en theme dimension definition"
    rows = table("indicator_details.csv", columns, lambda row: Detail(*(row[c] for c in columns.split())), unique="id")
    return {row.id: row for row in rows}


class Rules:
    """The rules by unit, and the automaton that finds all their words."""

    def __init__(self, rules: Sequence[Rule], narrower: Mapping[str | None, Sequence[Rule]]) -> None:
        self.rules: Mapping[str | None, Sequence[Rule]] = {None: rules, **narrower}
        every = [rule for rows in self.rules.values() for rule in rows]
        groups = [group for rule in every for group in (*rule.counted, *rule.clause, *rule.about, rule.never)]
        self.words = sorted({word.lstrip("^") for group in groups for word in group})
        self.matcher = AhoCorasick(self.words, matchkind=MatchKind.Standard)
        self.shelves: dict[tuple[str | None, str | None], _Shelf] = {}

    def shelf(self, unit: str | None, broader: str | None) -> "_Shelf":
        """Return the rules for a unit, or for the change of a count; broader: those that narrow this indicator."""
        shelf = self.shelves.get((unit, broader))
        if shelf is None:
            shelf = _Shelf([rule for rule in self.rules[broader] if rule.accepts(unit)])
            self.shelves[unit, broader] = shelf
        return shelf


class _Shelf:
    """The rules for one unit, ready to be asked for those that a counted noun can meet."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = rules
        self.always = [i for i, rule in enumerate(rules) if not rule.counted]
        self.by_word: dict[str, list[int]] = {}
        for i, rule in enumerate(rules):
            for word in rule.counted[0] if rule.counted else ():
                self.by_word.setdefault(word, []).append(i)

    def near(self, counted: frozenset[str], clause: frozenset[str], own: frozenset[str]) -> list[Rule]:
        """Return the rules whose words stand in the figure's own clause, in their order."""
        indices = set(self.always)
        for word in counted:
            indices.update(self.by_word.get(word, ()))
        return [rule for i in sorted(indices) if (rule := self.rules[i]).near(counted, clause, own)]


@lru_cache(maxsize=1)
def rules(indicators: tuple[str, ...]) -> Rules:
    """Return the package's own rules, loaded once and checked against these ids."""
    narrower: dict[str | None, Sequence[Rule]] = {}
    for rule in load(details(), name="indicator_detail_rules.csv"):
        broader = details()[rule.indicator].broader
        narrower[broader] = [*narrower.get(broader, ()), rule]
    return Rules(load(indicators), narrower)


class Finder:
    """The words of the rules in one text, and the indicator of a figure by the spans around it."""

    def __init__(self, text: str, table: Rules) -> None:
        self.table = table
        self.hits = sorted(
            (start, end, table.words[word])
            for word, start, end in table.matcher.find_matches_as_indexes(text, overlapping=True)
        )
        self.starts = [start for start, _, _ in self.hits]

    def words(self, span: Span) -> frozenset[str]:
        """Return the rules' words that stand inside a span of the text."""
        first, last = bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)
        return frozenset(word for _, end, word in self.hits[first:last] if end <= span.end)

    def following(self, at: int) -> frozenset[str]:
        """Return the rules' words that begin right here, marked with ^."""
        first, last = bisect_left(self.starts, at), bisect_left(self.starts, at + 1)
        return frozenset("^" + word for _, _, word in self.hits[first:last])

    def narrows(self, broader: str) -> bool:
        """Tell whether any row narrows an indicator."""
        return broader in self.table.rules

    def row(
        self,
        unit: str | None,
        counted: Span,
        clause: Span,
        own: Span,
        around: Iterable[Span],
        at: int,
        broader: str | None = None,
    ) -> Rule | None:
        """Return the row that fits a figure that ends at `at`; around: the texts it may be about, from near to far."""
        of_counted = self.words(counted) | self.following(at)
        of_clause, of_own = self.words(clause), self.words(own)
        candidates = self.table.shelf(unit, broader).near(of_counted, of_clause, of_own)
        about: frozenset[str] = frozenset()
        for span in around if candidates else ():
            about |= self.words(span)
            for rule in candidates:
                if rule.far(about):
                    return rule
        return next((rule for rule in candidates if rule.far(about | _ANYTHING)), None)
