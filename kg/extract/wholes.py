"""Which figure is a part of which (案件194起,其中一般程序12件), and which one the report has already said.

In: the readings of a text, in its order, names masked. Out: for each figure the span of its whole, of its first saying.
A part is marked by 其中, 包括, 含; or it is one of a list that makes up a total exactly: behind it, in its bracket, or
before 共.
"""

import re
from collections.abc import Container, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from kg.extract.changes import RELATIVE
from kg.extract.finder import GROUPS
from kg.extract.surroundings import Setting
from kg.model import Metric, Span
from kg.vocabulary import Vocabulary

_MARK = re.compile(r"其中|包括|包含(?<!不包含)|含(?<!不含)(?!量)|分为|分别")
_TOTAL = re.compile(r"(?:共计|合计|总计|共)[^,。;:\d\n]{0,8}$")

#: So many figures away a whole, a part or a first saying is still looked for.
_FAR = 16
_COUNTS = tuple(GROUPS[name] for name in ("案", "次", "人", "份", "家", "处"))
#: What was done with what a clause counts; the same figure under another of these is another fact.
_OUTCOMES = re.compile(
    r"受理|新收|办理|办结|审结|立案|结案|撤销|维持|终止|驳回|废止|修改|化解|整改|通过|采纳|胜诉|败诉|纠正|完成|排查|调解|发现|审查|备案|发放|制作|"
    r"新增|新建|建成|覆盖|参加|参与"
)

#: What a verdict is, and the names of the cases it is one of.
_VERDICT = re.compile("撤销|维持|驳回|确认违法|责令履行|变更|终止|败诉|胜诉")
_JUDGED = ("审结", "办结", "结案", "判决")
#: Procedures against what was done, by the words that name their cases.
_PROCEDURES = {
    "reconsideration": re.compile("行政复议|复议案件"),
    "litigation": re.compile("行政诉讼|行政应诉|诉讼案件"),
}
_PROCEDURE = re.compile("复议|诉讼|应诉|行政处罚")


class Read(Protocol):
    """A figure as it was read."""

    @property
    def metric(self) -> Metric: ...
    @property
    def setting(self) -> Setting: ...


class Part(NamedTuple):
    """What a figure is a part of. sure: no other figure before it could hold it as well."""

    whole: Span
    sure: bool


def parts(masked: str, readings: Sequence[Read], tables: Vocabulary) -> list[Part | None]:
    """Return for each figure the figure that it is a part of, or None."""
    found: list[Part | None] = [None] * len(readings)
    for first, last in _runs(masked, readings):
        run = [r.metric for r in readings[first:last]]
        wholes = _marked(masked, run, tables)
        for total, members in _lists(masked, run, tables):
            for i in members:
                wholes.setdefault(i, (total, True))
        for i, (whole, sure) in wholes.items():
            found[first + i] = Part(Span(run[whole].start, run[whole].end), sure)
    return found


def _runs(masked: str, readings: Sequence[Read]) -> list[tuple[int, int]]:
    """Return the stretches of figures to look at together: a sentence, and the next one if it begins with 其中."""
    runs: list[tuple[int, int]] = []
    for i, reading in enumerate(readings):
        start = reading.setting.sentence.start
        goes_on = masked.startswith("其中", start) and masked[start - 1 : start] != "\n"
        if i and (goes_on or readings[i - 1].setting.sentence.start == start):
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return [run for run in runs if run[1] - run[0] > 1]


def _marked(masked: str, run: Sequence[Metric], tables: Vocabulary) -> dict[int, tuple[int, bool]]:
    """Return part -> whole, and whether it is sure, for figures behind 其中 and its like that fit into the whole."""
    wholes: dict[int, tuple[int, bool]] = {}
    whole: int | None = None
    used, sure = 0.0, True
    for i in range(1, len(run)):
        between = masked[run[i - 1].end : run[i].start]
        if ";" in between or (")" in between and "(" not in between):
            whole = None
        if mark := _MARK.search(between):
            whole, sure = _whole_of(run, i, wholes, tables)
            used = 0.0
            if whole is not None and mark[0] == "分别" and not _adds_up(run, whole, i, tables):
                whole = None
        if whole is None or run[i].unit in RELATIVE:
            continue
        if _other_procedure(run[i], run[whole]):
            continue
        if not _alike(run[i], run[whole], tables) or used + run[i].value > run[whole].value:
            whole = whole if run[i].unit == "元" else None  # 其中罚款案件12件,罚款3万元,警告3件
            continue
        used += run[i].value
        wholes[i] = whole, sure
    return wholes


def _whole_of(run: Sequence[Metric], at: int, wholes: Container[int], tables: Vocabulary) -> tuple[int | None, bool]:
    """Return the figure before that holds the one at `at`, and is no part itself; and whether no other could be it.

    The nearest in the same unit that the figures from there on add up to, else the nearest in the same unit, or in any.
    Of two such figures of one theme (受理50件,办结48件,其中调解20件) the text does not say which it is; but a verdict
    is one of the cases decided (受理50件,审结48件,其中维持30件).
    """
    near = range(at - 1, max(at - _FAR, 0) - 1, -1)
    fits = [
        i
        for i in near
        if i not in wholes
        and _alike(run[at], run[i], tables)
        and run[at].value <= run[i].value
        and run[at].period == run[i].period
        and not _other_procedure(run[at], run[i])
        and (run[at].change or not run[i].change)  # 诉讼3件,减少2件,其中败诉1件
    ]
    alike = [i for i in fits if run[i].unit == run[at].unit]
    exact = next((i for i in alike if _adds_up(run, i, at, tables)), None)
    if exact is not None or not alike:
        return exact if alike else next(iter(fits), None), True
    themes = [run[i].indicator.partition(".")[0] for i in alike[:2]]
    judged = run[alike[0]].name.startswith(_JUDGED) and _VERDICT.match(run[at].name) is not None
    return alike[0], judged or len(alike) == 1 or themes[0] != themes[1]


def _other_procedure(part: Metric, whole: Metric) -> bool:
    """Tell whether a figure counts cases of another procedure: of 203 penalties, 2 cases of reconsideration are none.

    What led to one (处罚 behind 复议) may well be a part.
    """
    of = [name for name, words in _PROCEDURES.items() if words.search(part.name)]
    return (
        bool(of)
        and _PROCEDURE.search(whole.name) is not None
        and not any(_PROCEDURES[name].search(whole.name) for name in of)
    )


def _adds_up(run: Sequence[Metric], whole: int, first: int, tables: Vocabulary) -> bool:
    """Tell whether the figures from `first` on make up the whole exactly."""
    total = 0.0
    for metric in run[first : first + _FAR]:
        if not _alike(metric, run[whole], tables):
            return False
        total += metric.value
        if total >= run[whole].value:
            return total == run[whole].value
    return False


def _lists(masked: str, run: Sequence[Metric], tables: Vocabulary) -> list[tuple[int, range]]:
    """Return (total, parts) where two or more figures right behind a total, or right before 共, add up to it."""
    found: list[tuple[int, range]] = []
    for i, total in enumerate(run):
        if total.value < 4 or total.unit in RELATIVE or total.change:
            continue
        equals = masked.startswith(("、", "和", "及"), total.end)  # 三年分别办理5件、3件、2件
        if not equals and (last := _filled(masked, run, i, 1, tables)) is not None and last - i > 1:
            found.append((i, range(i + 1, last + 1)))
        elif i > 1 and _TOTAL.search(masked[run[i - 1].end : total.start]):
            first = _filled(masked, run, i, -1, tables)
            if first is not None and i - first > 1:
                found.append((i, range(first, i)))
    return found


def _filled(masked: str, run: Sequence[Metric], total: int, step: int, tables: Vocabulary) -> int | None:
    """Return the last figure of a list on one side of a total that adds up to it, or None."""
    used, i = 0.0, total + step
    while (
        0 <= i < len(run)
        and abs(i - total) < _FAR
        and run[i].value > 0
        and not run[i].change
        and _alike(run[i], run[total], tables)
    ):
        left, right = sorted((i, i - step))
        if ";" in masked[run[left].end : run[right].start]:
            return None
        used += run[i].value
        if used >= run[total].value:
            return i if used == run[total].value else None
        i += step
    return None


def _alike(part: Metric, whole: Metric, tables: Vocabulary) -> bool:
    """Tell whether two figures count in the same or in interchangeable measure words."""
    a, b = part.unit, whole.unit
    if a == b:
        return True
    return not (a is None or b is None or part.change or whole.change) and _interchangeable(a, b, tables)


@lru_cache(maxsize=1 << 12)
def _interchangeable(a: str, b: str, tables: Vocabulary) -> bool:
    first, second = tables.units.get(a), tables.units.get(b)
    if first and second and first.canonical == second.canonical and first.factor == second.factor:
        return True
    return any(a in group and b in group for group in _COUNTS)


def restated(masked: str, readings: Sequence[Read], tables: Vocabulary) -> list[Span | None]:
    """Return for each figure the span where an earlier sentence says the same value, unit and thing counted."""
    seen: dict[tuple[object, ...], list[Read]] = {}
    found: list[Span | None] = []
    for reading in readings:
        m = reading.metric
        unit = tables.units.get(m.unit or "")
        key = (m.value, m.value_max, unit.canonical if unit else m.unit, m.indicator, m.status, m.change, m.period)
        before = seen.setdefault(key, [])
        same = next((r for r in before if _same_thing(masked, reading, r)), None)
        found.append(Span(same.metric.start, same.metric.end) if same else None)
        if len(before) < _FAR:
            before.append(reading)
    return found


def _same_thing(masked: str, a: Read, b: Read) -> bool:
    """Tell whether two figures of one value count the same, by their names and by what was done."""
    if a.setting.sentence.start == b.setting.sentence.start or _done(masked, a) != _done(masked, b):
        return False
    one, other = a.metric.name, b.metric.name
    if one == other:
        return a.metric.indicator != "other" or len(one) > 2
    if a.metric.value < 10 or a.metric.indicator == "other" or a.metric.unit in RELATIVE:
        return False
    shorter, longer = sorted((one, other), key=len)
    pairs = {shorter[i : i + 2] for i in range(len(shorter) - 1)}
    return bool(pairs) and 3 * sum(pair in longer for pair in pairs) >= 2 * len(pairs)


def _done(masked: str, reading: Read) -> frozenset[str]:
    own = reading.setting.own
    return frozenset(_OUTCOMES.findall(masked, own.start, own.end))
