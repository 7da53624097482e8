"""The text around a figure, cut into spans: what is counted, the clause, the sentence, point of a list, headings.

In: the text, the same text with names masked, and a figure with those around it. Out: its Setting; settings.py goes
from figure to figure. A clause ends at a mark, or at its bracket; of several figures in one clause each has its own
part, up to the figure before and behind.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kg.extract import words
from kg.extract.finder import GROUPS
from kg.extract.numerals import Figure
from kg.extract.sections import Outline
from kg.model import Span

#: What ends a clause, and what ends a sentence.
MARKS, STOPS = ",;:。!?\n", "。!?\n"
MARK, _STOP = re.compile(f"[{MARKS}]"), re.compile(f"[{STOPS}]")
#: A class in front, so that the search leaps to it.
_POINT = re.compile(
    r"[一二三四五六七八九十(\d](?:(?<![(\d])[一二三四五六七八九十]?是|(?<=\()[一二三四五六七八九十]{1,3}\)|(?<=\d)(?<![\d.]\d)\d?[.、](?!\d))"
)
#: A clause or sentence is looked for no further than this.
FAR = 160
#: Words that carry a figure without saying what it counts.
EMPTY = re.compile(
    r"(?:[\s,、()~:→-]|不少于|不低于|不超过|至少|共计|累计|合计|总计|共|分别|其中|达到?|约|近|超过?|逾|至|到|为|是|有|和|及|与|或|以及|同比|环比|较|比|上年|去年|同期"
    r"|相比|[增减升降多少高低]|增长|下降|上升|减少|增加|提高|提升|降低|压缩|压减|缩短|精简|扩充|扩大|发展|调整|整合|新增|开展|组织"
    r"|(?:国家|自治区|[省州市盟县旗区镇])级|其余|剩余|另有|日均|月均|年均|人均|平均|各|再|净|幅度?|率|了|由|从|原来|的|中|等"
    r"|20\d\d年度?|\d{1,2}月份|每年|全年|今年|每个?(?:村|社区|镇街|乡镇|单位)|全[省市县区镇乡]){0,12}$"
)


#: What stands before a figure without its noun: 物业类19起, 年末在册33人, 法律服务中心1个、工作室6个.
_ELLIPTIC = re.compile(
    r"|.{1,6}类|(?:其中)?[专兼]{1,2}职(?:的|人员)?|(?:年末|年底|期末)?(?:在册|在矫|余下|其余|剩余|另有|新增|解除|成功|未结|查处|破获?|侦破)|(?:[市县区镇乡村]级|镇街|乡镇|街道|(?:农村)?社区|村居|村|镇){0,2}(?:(?:工作)?(?:站|室|点)|(?:分)?中心)"
    r"|(?:第?[一二三四]季度|[上下]半年|前三季度)(?:合计|共计|累计)?"
)


#: What was just said to be made is given away: 翻译普法读本3种,发放2600册.
_GIVEN = re.compile(
    "(?:共|累计|免费|已|并|全部|向?群众|入户|现场)*(?:发放|派发|分发|赠送|印发|印制|张贴|悬挂)(?:了|到户)?"
)
#: What became of what was counted before; its own words are asked first.
_OUTCOME = re.compile(
    "(?:已|全部|现场|当场|依法|均|年内|按期|及时|成功)*(?:办结|审结|结案|化解|调处|调解|查结|答复|回复|解决|整改|完成整改|销号|销案|处置|处理"
    "|受理|立案|办理|登记|移送|采纳|通过|录用|反馈|转办|交办|督办)(?:完成|完毕|到位)?[了共约]?"
)
_LEVEL = re.compile("(?:国家|自治区|[省市县区镇乡村])级")
_SUM = re.compile(
    "(?:一?共|共计|合计|总计|累计)(?:有|达|为|聘任|聘请|配备|选聘|选派|建立|建成|设立|举办|开展|组织|发放|培训|培育|成立)?了?"
)
#: Of what a list gives the kinds: 立案案件中,食品类3件.
_AMONG = re.compile(r"[^,。;:\n]{2,20}(?=中,$)")


class Setting(NamedTuple):
    """A figure and the spans around it.

    counted: where the noun that is counted stands, likeliest first: behind the figure (phrase), before it (noun), or
    where the figure before has it (inherits; whose: that figure). borrowed: the noun of a figure before that this one
    counts too, behind another verb (受理诉求50件,办结48件). own: the words of this figure alone. clause: from the
    clause's start to the end of own. sentence: from the sentence's start to the clause's end.
    """

    figure: Figure
    own: Span
    clause: Span
    sentence: Span
    counted: tuple[Span, ...]
    phrase: str
    noun: str
    inherits: bool
    borrowed: Span | None = None
    whose: Span | None = None


def own_part(masked: str, figure: Figure, clause: Span, floor: int, following: int) -> Span:
    """Return the part of a clause that belongs to one figure, between the figure before and the one behind."""
    start = max(clause.start, floor)
    if floor > clause.start:
        start = max(start, masked.rfind("、", floor, figure.start) + 1)
    end = min(clause.end, following)
    if masked[figure.end : figure.end + 1] == "、" or end <= figure.end:
        return Span(start, figure.end)
    listed = masked.rfind("、", figure.end, end) if end == following else -1
    return Span(start, listed if listed >= 0 else end)


def setting_of(
    text: str,
    masked: str,
    figure: Figure,
    own: Span,
    clause: Span,
    sentence: Span,
    floor: int,
    before: Setting | None,
    alike: Mapping[str | None, Setting],
) -> Setting:
    """Find where the noun that a figure counts stands; before: the figure before it in the sentence.

    alike: the last figure before it in each measure word.
    """
    joined = masked.startswith("的", figure.end) and figure.unit not in GROUPS["率"]  # 20人的救援队
    left, right = Span(own.start, figure.start), Span(min(figure.end + joined, own.end), own.end)
    phrase = words.behind(text[right.start : right.end]) if own.end > right.start else ""
    spoken = not EMPTY.fullmatch(masked[left.start : left.end])
    follows = not phrase and own.end > figure.end and not EMPTY.fullmatch(masked[right.start : right.end])
    noun = words.before(text[left.start : left.end]) if spoken else ""
    inherits, borrowed, source = False, None, None
    if phrase:
        counted = (Span(right.start, right.start + len(phrase)), *([left] if noun else []))
        own = Span(own.start, right.start + len(phrase))
    elif before and not noun and _SUM.fullmatch(masked, clause.start, figure.start) and clause.start - before.figure.end > 4:
        counted = (Span(before.figure.end, figure.start),)  # 32个村均建立法律服务站,共36个
        noun = words.before(text[before.figure.end : clause.start].rstrip(",;"))
    elif spoken or follows:
        if noun and masked.startswith(("并", "同时", "且"), figure.end):  # 作出处罚19件并送达文书40份
            own, follows = Span(own.start, figure.end), False
        behind = not noun and not masked.startswith("中", figure.end)  # 交办的153件全部化解
        sides = ((left, spoken), (right, follows))
        counted = tuple(span for span, there in (sides[::-1] if behind else sides) if there)
        borrowed, more = _lent(text, masked, left, noun, alike.get(figure.unit), before, sentence, clause)
        counted += more
    elif bracketed := _before_bracket(masked, clause.start, floor):
        counted = (bracketed,)  # 工单总量较2024年(203件)
    elif before:
        near = figure.unit in GROUPS["率"] or before.figure.unit == figure.unit
        whose = before if near else alike.get(figure.unit, before)  # 由3起、5万元降到1起、2万元
        counted, inherits, source = whose.counted, True, span(whose.figure)
        own = Span(before.own.start, own.end)
    else:
        counted = (Span(sentence.start, figure.start),)
    clause = Span(min(clause.start, own.start), max(right.end, figure.end))
    return Setting(figure, own, clause, sentence, counted, phrase, noun, inherits, borrowed, source)


def _lent(
    text: str,
    masked: str,
    left: Span,
    noun: str,
    same: Setting | None,
    before: Setting | None,
    sentence: Span,
    clause: Span,
) -> tuple[Span | None, tuple[Span, ...]]:
    """Return the noun that words without one (其余, 村级, 发放) borrow, and where else it may stand.

    left: those words. same: the last figure in the same measure word; before: the last one.
    """
    listed = masked.startswith("、", left.start - 1) and _LEVEL.fullmatch(noun)  # 乡级调委会1个、村级9个
    if not (listed or _ELLIPTIC.fullmatch(noun)):
        return None, same.counted if same and _OUTCOME.fullmatch(masked, left.start, left.end) else ()
    if same is None and _GIVEN.fullmatch(masked, left.start, left.end):
        same = before
    if same:
        return same.borrowed or _noun_of(text, same), same.counted
    among = noun and masked.endswith("中,", sentence.start, clause.start)
    found = _AMONG.search(masked, sentence.start, clause.start) if among else None
    return Span(*found.span()) if found else None, ()


def span(figure: Figure) -> Span:
    """Return where a figure stands."""
    return Span(figure.start, figure.end)


def _noun_of(text: str, setting: Setting) -> Span:
    """Return where the noun that a figure counts stands, as far as its setting tells."""
    at = text.rfind(setting.noun, setting.own.start, setting.figure.start) if setting.noun else -1
    if setting.phrase or at < 0:
        return setting.counted[0]
    return Span(at, at + len(setting.noun))


def last_mark(marks: Sequence[int], start: int, end: int) -> int:
    """Return the last of the offsets behind marks that lies between start and end, or start."""
    last = bisect_right(marks, end) - 1
    return max(start, marks[last]) if last >= 0 else start


def clause_of(masked: str, marks: Sequence[int], start: int, figure: Figure) -> Span:
    """Return the clause of a figure: from mark to mark, or from bracket to bracket where it stands in one."""
    begin = last_mark(marks, start, figure.start)
    bracket = masked.rfind("(", begin, figure.start)
    if bracket >= 0 and ")" not in masked[bracket : figure.start]:
        begin = bracket + 1
    return Span(begin, _clause_end(masked, marks, figure.end))


def _before_bracket(masked: str, start: int, floor: int) -> Span | None:
    """Return the words before the bracket that a clause begins with, if there are any."""
    if masked[start - 1 : start] != "(":
        return None
    lowest = max(floor, start - FAR)
    begin = max(lowest, max(masked.rfind(mark, lowest, start - 1) for mark in MARKS) + 1)
    return None if EMPTY.fullmatch(masked[begin : start - 1]) else Span(begin, start - 1)


def _clause_end(masked: str, marks: Sequence[int], at: int) -> int:
    """Return where the clause that holds an offset ends."""
    following = bisect_right(marks, at)
    end = min(marks[following] - 1 if following < len(marks) else len(masked), at + FAR)
    closing = masked.find(")", at, end)
    return closing if closing >= 0 and "(" not in masked[at:closing] else end


def around(text: str, setting: Setting, outline: Outline) -> Iterator[Span]:
    """Yield what a figure may be about: the sentence so far, all of it, the point of the list, heading, chapter."""
    sentence, at = setting.sentence, setting.figure.start
    yield sentence
    stop = _STOP.search(text, sentence.end, sentence.end + FAR)
    yield Span(sentence.start, stop.start() if stop else sentence.end)
    point = max(text.rfind("\n", 0, at) + 1, at - 4 * FAR)
    for match in _POINT.finditer(text, point, at):
        point = match.start()
    yield Span(point, sentence.end)
    for section in outline.at(at):
        yield Span(section.start, section.end)


def aside(masked: str, setting: Setting) -> bool:
    """Tell whether a figure stands in brackets within its sentence."""
    start, end = setting.sentence.start, setting.figure.start
    return masked.rfind("(", start, end) > masked.rfind(")", start, end)
