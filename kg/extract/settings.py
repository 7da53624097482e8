"""The settings of all figures of a text, one after the other, and the nouns that 分别 gives to each of several.

In: the text, the same text with names masked, and its figures. Out: a Setting for each figure, as surroundings.py cuts
it. 案件数和罚没款分别增长67%和1.2倍: as many nouns, or figures before, as figures behind: each has its own.
"""

import re
from collections.abc import Sequence

from kg.extract import words
from kg.extract.counted import EMPTY, Cut, setting_of, span
from kg.extract.finder import GROUPS
from kg.extract.numerals import Figure
from kg.extract.surroundings import FAR, MARK, MARKS, STOPS, Setting, clause_of, last_mark, own_part
from kg.model import Span

_AND = re.compile(r"[、及]|(?<!调)[和与]")
#: Of which figures before these speak: 罚款20件、3万元,件数和金额分别下降5%和8%.
_MEASURED = {
    **dict.fromkeys(("件数", "起数", "宗数", "案件数", "案件数量"), GROUPS["案"]),
    **dict.fromkeys(("金额", "款额", "罚没金额", "罚款金额"), GROUPS["元"]),
    "人数": GROUPS["人"],
    "面积": GROUPS["面积"],
}
_LEVEL = re.compile("(?:国家|自治区|[省州市盟县旗区镇乡])级|全[国省市县区]")
_LEVEL_BEFORE = re.compile(f"(?:{_LEVEL.pattern})$")
#: What became of cases; the next figure counts the cases again: 审结20件,纠错3件,终止2件.
_OUTCOME = re.compile("纠错|败诉|胜诉|撤销|维持|驳回")


def settings(text: str, masked: str, found: Sequence[Figure]) -> list[Setting]:
    """Cut the text around each figure."""
    done: list[Setting] = []
    alike: dict[str | None, Setting] = {}  # the last figure of the sentence in each measure word
    marks = [match.end() for match in MARK.finditer(masked)]
    stops = [end for end in marks if masked[end - 1] in STOPS]
    for i, figure in enumerate(found):
        following = found[i + 1].start if i + 1 < len(found) else len(text)
        floor = found[i - 1].end if i else 0
        start = last_mark(stops, max(0, figure.start - 4 * FAR), figure.start)
        clause = clause_of(masked, marks, max(start, figure.start - FAR), figure)
        own = own_part(masked, figure, clause, floor, following)
        before = done[-1] if done and done[-1].sentence.start == start else None
        if before is None:
            alike = {}
        cut = Cut(figure, own, clause, Span(start, clause.end), max(start, floor), before, alike)
        setting = setting_of(text, masked, cut)
        if masked.find("分别", clause.start, figure.start) >= 0:
            setting = _each(text, masked, setting, found, done)
        if figure.unit not in alike or not _OUTCOME.search(setting.noun):
            alike[figure.unit] = setting
        done.append(setting)
    _share_nouns(text, done)
    return done


def _share_nouns(text: str, done: list[Setting]) -> None:
    """Give a figure that only says a level the noun of the next: 1个省级、2个市级基地; 省级1个、市级2个基地."""
    for i in range(len(done) - 2, -1, -1):
        setting, following = done[i], done[i + 1]
        if setting.figure.unit != following.figure.unit:
            continue
        at = setting.figure.start
        levelled = not setting.phrase and text[at - 1] in "级国省市县区"
        said = _LEVEL_BEFORE.search(text, setting.own.start, at) if levelled else None
        own = said[0] if said else setting.phrase
        if not 0 < len(own) < 5 or not _LEVEL.fullmatch(own):
            continue
        level = _LEVEL.match(following.phrase)
        begin = setting.counted[0].end if setting.phrase else setting.figure.end
        between = text[begin : following.figure.start]
        alike = level if setting.phrase else _LEVEL.fullmatch(between, 1)
        noun = following.phrase[level.end() if level else 0 :]
        if alike and noun and (between if setting.phrase else between[:1]) in ("、", "和", "及"):
            done[i] = setting._replace(phrase=own + noun, counted=following.counted, inherits=False, whose=None)


def _each(text: str, masked: str, setting: Setting, found: Sequence[Figure], done: Sequence[Setting]) -> Setting:
    """Give each of as many figures as nouns, or as figures before, its own noun.

    案件数和罚没款分别增长67%和1.2倍; 立案176起,罚款9万元,分别下降12%和8%. done: the settings of the figures before.
    """
    i, clause = len(done), setting.clause
    at = masked.rfind("分别", clause.start, setting.figure.start)
    first = next(n for n in range(i, -1, -1) if n == 0 or found[n - 1].start < at)
    last = next(
        (n for n in range(i, min(len(found), i + FAR)) if MARK.search(masked, found[n].end, found[n].end + 1)), i
    )
    many = last - first + 1
    if many < 2:
        return setting
    bare = max(masked.rfind(mark, max(0, at - FAR), at) for mark in MARKS) + 1
    if first >= many and EMPTY.fullmatch(masked[bare:at]):
        whose = done[i - many]
        if whose.sentence.start == setting.sentence.start:
            own = Span(whose.own.start, setting.own.end)
            return setting._replace(counted=whose.counted, own=own, inherits=True, whose=span(whose.figure))
    items, begin = list[Span](), max(bare, clause.start)
    for match in _AND.finditer(masked, begin, at):
        items.append(Span(begin, match.start()))
        begin = match.end()
    items.append(Span(begin, at))
    item = items[i - first] if len(items) == many else Span(0, 0)
    alone = EMPTY.fullmatch(masked[at : found[first].start])  # 司法局、公安局分别调解纠纷6件、8件: who, not what
    if item.end - item.start < 1 or not alone or re.search(r"\d", masked[items[0].start : at]):
        return setting
    said = text[item.start : item.end]
    noun = words.before(said) or said
    if spoken_of := _measured_by(noun, setting, done):
        own = Span(spoken_of.own.start, setting.own.end)
        return setting._replace(counted=spoken_of.counted, own=own, inherits=True, whose=span(spoken_of.figure))
    counted = (item, *setting.counted) if len(noun) < 3 else (item,)
    return setting._replace(counted=counted, own=item, phrase="", noun=noun, inherits=False, whose=None)


def _measured_by(noun: str, setting: Setting, done: Sequence[Setting]) -> Setting | None:
    """Return the last figure of the sentence that a bare 件数, 金额 or 人数 speaks of."""
    units = _MEASURED.get(noun, frozenset())
    return next(
        (s for s in reversed(done) if s.sentence.start == setting.sentence.start and s.figure.unit in units), None
    )
