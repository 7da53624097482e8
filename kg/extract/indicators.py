"""What a figure is counted under: the first row of tables/indicator_rules.csv that fits what stands around it, and of
tables/indicator_detail_rules.csv, which holds rows of the same form for the narrower indicators.

A row asks for words, from near to far. counted: in the noun phrase that is counted, behind the figure or before it;
clause: in the clause, with its verb; about: in the sentence, else in the point of the list, the heading, the chapter;
not: nowhere in the clause. In a cell a blank means and, | means or; ^村: 村 follows at once; 书$: the noun counted ends
with 书; about *: if no other row fits. units holds measure words, or groups of them (GROUPS). The order of the rows
decides.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.resources.abc import Traversable
from itertools import count

from kg.data import table
from kg.extract.finder import GROUPS, Rule, Rules
from kg.vocabulary import vocabulary

COLUMNS = ("indicator", "units", "counted", "clause", "about", "not", "example", "counter_example")
#: Groups that a number without a measure word never belongs to.
_MEASURED = frozenset(("率", "元", "面积", "零", "分"))


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


def load(
    indicators: Iterable[str], folder: Traversable | None = None, name: str = "indicator_rules.csv"
) -> tuple[Rule, ...]:
    """Read a table of rules; its rows may name these indicators. folder: another than the package's own."""
    known, lines = frozenset(indicators), count(2)
    listed = name.replace("_rules", "s")
    return tuple(table(name, " ".join(COLUMNS), lambda row: _rule(row, next(lines), known, listed), at=folder))


@lru_cache(maxsize=1)
def rules(indicators: tuple[str, ...]) -> Rules:
    """Return the package's own rules, loaded once and checked against these ids."""
    narrower: dict[str | None, Sequence[Rule]] = {}
    for rule in load(vocabulary().indicator_details, name="indicator_detail_rules.csv"):
        broader = vocabulary().indicator_details[rule.indicator].broader
        narrower[broader] = [*narrower.get(broader, ()), rule]
    return Rules({None: load(indicators), **narrower})
