"""Where the noun that a figure counts stands, and the Setting of the figure that holds it.

In: a text, the same text with names masked, and a figure as it is cut out of it. Out: its Setting. The noun stands
behind the figure (28名律师), before it (调解纠纷20件), or with a figure before; a new way to leave it out is a branch
of setting_of.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from kg.extract import words
from kg.extract.finder import GROUPS
from kg.extract.numerals import Figure
from kg.extract.surroundings import FAR, MARKS, Setting
from kg.model import Span

#: Words that carry a figure without saying what it counts.
EMPTY = re.compile(
    r"(?:[\s,、()~:→-]|不少于|不低于|不超过|至少|共计|累计|合计|总计|共|分别|其中|达到?|约|近|超过?|逾|至|到|为|是|有|和|及|与|或|以及|同比|环比|较|比|上年|去年|同期"
    r"|相比|[增减升降多少高低]|增长|下降|上升|减少|增加|提高|提升|降低|压缩|压减|缩短|精简|优化|归并|合并|扩充|扩大|发展|调整|整合|新增|开展|组织"
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
#: Where what was counted before was done again: 开展宣讲2场,走进社区开展3场.
_ELSEWHERE = re.compile(r"(?:走进|深入|面向|前往|赴|到|在|为)[一-龥、()]{2,10}(?:开展|举办|组织|召开|举行)了?")
_LEVEL = re.compile("(?:国家|自治区|[省市县区镇乡村])级")
_SUM = re.compile(
    "(?:一?共|共计|合计|总计|累计)(?:有|达|为|聘任|聘请|配备|选聘|选派|建立|建成|设立|举办|开展|组织|发放|培训|培育|成立)?了?"
)
#: Of what a list gives the kinds: 立案案件中,食品类3件.
_AMONG = re.compile(r"[^,。;:\n]{2,20}(?=中,$)")


class Cut(NamedTuple):
    """A figure cut out of its text: its own words, clause and sentence, and the settings before it in the sentence.

    floor: where the figure before ends, or the sentence begins. before: the last figure; alike: the last in each
    measure word.
    """

    figure: Figure
    own: Span
    clause: Span
    sentence: Span
    floor: int
    before: Setting | None
    alike: Mapping[str | None, Setting]


class _Place(NamedTuple):
    """Where a noun stands; the fields are those of Setting."""

    own: Span
    counted: tuple[Span, ...]
    inherits: bool = False
    borrowed: Span | None = None
    whose: Span | None = None


def setting_of(text: str, masked: str, cut: Cut) -> Setting:
    """Find where the noun that a figure counts stands."""
    figure, own, before = cut.figure, cut.own, cut.before
    joined = masked.startswith("的", figure.end) and figure.unit not in GROUPS["率"]  # 20人的救援队
    left, right = Span(own.start, figure.start), Span(min(figure.end + joined, own.end), own.end)
    phrase = words.behind(text[right.start : right.end]) if own.end > right.start else ""
    spoken = not EMPTY.fullmatch(masked[left.start : left.end])
    follows = not phrase and own.end > figure.end and not EMPTY.fullmatch(masked[right.start : right.end])
    noun = words.before(text[left.start : left.end]) if spoken else ""
    does = phrase[:2] in words.ACTIVITIES and noun.endswith(words.BODIES)  # 调解组织18个调解纠纷: what the bodies do
    if does or (phrase and phrase[-1] != "级" and EMPTY.fullmatch(phrase)):  # 网格由52个优化为61个
        phrase = ""
    if phrase:
        behind = Span(right.start, right.start + len(phrase))
        said = noun and not masked.endswith("等", left.start, left.end)  # 裁量基准等7项重点工作: works, not 裁量基准
        place = _Place(Span(own.start, behind.end), (behind, *([left] if said else [])))
    elif before and not (noun or follows) and _sums_up(masked, cut.clause, before, figure):
        noun = words.before(text[before.figure.end : cut.clause.start].rstrip(",;"))  # 32个村均建立法律服务站,共36个
        place = _Place(own, (Span(before.figure.end, figure.start),))
    elif before and before.phrase and before.noun and text[left.start : left.end] == before.phrase:
        noun = before.noun  # 承接赋权事项10个领域366项
        place = _Place(own, (Span(before.own.start, before.figure.start), left))
    elif spoken or follows:
        place = _said(text, masked, cut, noun, left if spoken else None, right if follows else None)
    else:
        place = _unsaid(masked, cut)
    clause = Span(min(cut.clause.start, place.own.start), max(right.end, figure.end))
    return Setting(figure, place.own, clause, cut.sentence, place.counted, phrase, noun, *place[2:])


def _said(text: str, masked: str, cut: Cut, noun: str, left: Span | None, right: Span | None) -> _Place:
    """Find the noun in the words before the figure (left) or behind it (right)."""
    figure, own = cut.figure, cut.own
    if noun and masked.startswith(("并", "同时", "且"), figure.end):  # 作出处罚19件并送达文书40份
        own, right = Span(own.start, figure.end), None
    behind = not noun and not masked.startswith("中", figure.end)  # 交办的153件全部化解
    sides = (right, left) if behind else (left, right)
    borrowed, more = _lent(text, masked, cut, noun)
    counted = (*(side for side in sides if side), *more)
    listed = masked.startswith("、", own.start - 1) or (borrowed and _LEVEL.fullmatch(noun))
    same = cut.alike.get(figure.unit) if listed else None
    return _Place(own, counted, False, borrowed, span(same.figure) if same else None)


def _unsaid(masked: str, cut: Cut) -> _Place:
    """Find the noun of a figure that has no words of its own: before its bracket, or with a figure before."""
    figure, before = cut.figure, cut.before
    if bracketed := _before_bracket(masked, cut.clause.start, cut.floor):
        return _Place(cut.own, (bracketed,))  # 工单总量较2024年(203件)
    if before is None:
        return _Place(cut.own, (Span(cut.sentence.start, figure.start),))
    near = figure.unit in GROUPS["率"] or before.figure.unit == figure.unit
    whose = before if near else cut.alike.get(figure.unit, before)  # 由3起、5万元降到1起、2万元
    return _Place(Span(before.own.start, cut.own.end), whose.counted, True, None, span(whose.figure))


def _sums_up(masked: str, clause: Span, before: Setting, figure: Figure) -> bool:
    """Tell whether a figure only says how many there are of what the clause before names: 聘请副校长,共聘任92名."""
    return clause.start - before.figure.end > 4 and bool(_SUM.fullmatch(masked, clause.start, figure.start))


def _lent(text: str, masked: str, cut: Cut, noun: str) -> tuple[Span | None, tuple[Span, ...]]:
    """Return the noun that words without one (其余, 村级, 发放) borrow, and where else it may stand.

    noun: what those words end with.
    """
    same, start, end = cut.alike.get(cut.figure.unit), cut.own.start, cut.figure.start
    listed = masked.startswith("、", start - 1) and _LEVEL.fullmatch(noun)  # 乡级调委会1个、村级9个
    if not (listed or _ELLIPTIC.fullmatch(noun)):
        again = end - start < 16 and (
            _OUTCOME.fullmatch(masked, start, end) or _ELSEWHERE.fullmatch(masked, start, end)
        )
        return None, same.counted if same and again else ()
    if same is None and _GIVEN.fullmatch(masked, start, end):
        same = cut.before
    if same:
        return same.borrowed or _noun_of(text, same), same.counted
    among = noun and masked.endswith("中,", cut.sentence.start, cut.clause.start)
    found = _AMONG.search(masked, cut.sentence.start, cut.clause.start) if among else None
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


def _before_bracket(masked: str, start: int, floor: int) -> Span | None:
    """Return the words before the bracket that a clause begins with, if there are any."""
    if masked[start - 1 : start] != "(":
        return None
    lowest = max(floor, start - FAR)
    begin = max(lowest, max(masked.rfind(mark, lowest, start - 1) for mark in MARKS) + 1)
    return None if EMPTY.fullmatch(masked[begin : start - 1]) else Span(begin, start - 1)
