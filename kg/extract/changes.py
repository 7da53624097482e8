"""By how much something rose or fell (同比下降18%), and from what to what (由21个减至3个).

In: the setting of a figure and the text before it, names masked. Out: a Change or None; which figures are levels.
"""

import re
from typing import Literal

from kg.extract.measures import DURATIONS
from kg.extract.numerals import Figure
from kg.extract.surroundings import Setting
from kg.model import Change, Metric

_UP = "增长|回升|激增|上升|增加|多出|再增|再升|提高|提升|上涨|攀升|增幅|涨幅|增|升|多|高"
_DOWN = "减少|锐减|再降|再减|下降|降低|压降|压减|缩减|缩短|回落|下滑|降幅|压缩|精简|减|降|少|低"
_CHANGE = re.compile(
    rf"(?P<verb>{_UP}|{_DOWN})(?:(?<=[多少])(?:办理?|发生|查处|查办|受理|调解|化解|收到?|处理))?(?:了|幅度?|率)?"
    "(?:平均|均)?(?:分别)?(?:达|为|近|约|超过?|逾|[::])?(?:约|近|超过?)?$"
)
#: No longer is what _CHANGE matches, and in one of these it ends.
_CHANGE_SIZE = 14
_CHANGE_END = (
    "".join(word[-1] for word in f"{_UP}|{_DOWN}".split("|")) + "了幅度率均别达为近约超过逾::办理生处受调解收到"
)
#: What takes less time or effort is not compared with a year.
_SHORTENED = ("压缩", "压减", "精简", "缩短", "提高", "提升")
#: A yearly count that simply rose or fell did so against the year before.
_YEARLY = ("下降", "上升", "增长", "减少", "增加", "回落", "再降", "再增", "降幅", "增幅", "回升", "激增", "锐减")
_SIMPLY = ("减少", "下降", "上升", "回落")
#: What is made less by a share, between the verb and its number: 减少重复检查约四成.
_CUT = re.compile(r"(?:减少|压减|缩减)(?!了?(?:至|到|为))[一-龥]{2,8}(?<![率比重例占至到为])(?:约|近|超过?)?$")
#: What is compared with other things than a year: 较改革前少了8天.
_AGAINST = re.compile(
    "[较比](?:改革|整治|整改|调整|优化|实施|法定|规定|以往|此前|原来|过去|往年|平时|改造|上线|承诺)[一-龥]{0,6}$"
)
#: Who makes others spend or run less: 为企业减少支出, 直接减少.
_CAUSED = ("企业", "群众", "直接", "有效", "可", "共", "累计", "预计", "人员", "市民", "居民", "农户")
#: 是上年的2.4倍.
_TIMES = re.compile(r"(?:是|为|达到?|相当于)(?:上一?年|去年|(?P<year>20\d\d)年)(?:同期)?的(?:近|约|超)?$")
#: 较上年新增2个; without a year before it, 新增 says no change.
_NEW_SINCE = re.compile(
    r"(?:同比|[较比](?:上一?年|去年|20\d\d年)(?:度|同期)?[底末]?|年(?:度|同期)?相比)(?:又|共|再)?新增$"
)
_CHAIN = re.compile(r"[、,和及与]{0,2}(?:约|近|超)?$")
_YEAR_BEFORE = re.compile(
    r"(?:同比|[较比与和同])(?P<year>20\d\d)年|同比|[较比与和]?(?:上一?年|去年)(?:度|同期)?|上年同期|去年同期"
)
#: A comparison that is a clause of its own: 较上年,拆除面积增加….
_COMPARED = re.compile(r"(?:同比|[较比])(?:上一?年|去年|20\d\d年)?(?:度|同期)?,$")
_SPELL_BEFORE = re.compile(r"环比|[较比]上(?:个?月|季度?|一季度|半年|期)")
RELATIVE = frozenset(("%", "‰", "成", "倍", "个百分点", "百分点", "个千分点", "千分点"))
#: Before what a change began from.
FROM = re.compile(r"[由从](?:20\d\d年)?[^,。;:\d\n]{0,8}$")
#: Two figures or more that a change began from, as many of which it ends in: 由3起、5万元降到1起、2万元.
_FROM_SOME = re.compile(r"[由从](?:20\d\d年)?[^,。;:]{0,8}?\d[^,。;:\d]{0,4}[、和]\d[^,。;:]{0,24}$")
_TO = re.compile(
    r"^[^,。;:\d\n]{0,4}(?:精简|压缩|压减|减少|缩减|缩短|增加|增长|提升|提高|下降|降低|上升|整合|合并|调整|扩大|升|降|增|减|→)?"
    r"[^,。;:\d\n]{0,4}(?:至|到|为|成|→)(?:\d{1,2}月份的)?[了近约]?$"
)


def change_of(masked: str, setting: Setting, lead: str, before: Metric | None, year: int | None) -> Change | None:
    """Return the change that a figure says (同比下降18%); a level reached (提升至95%) is none."""
    chained = before and before.change and _CHAIN.fullmatch(lead)
    between = masked[before.end : setting.figure.start] if before and chained else ""
    if before and chained and ";" not in between and ("," not in between or relative(setting.figure)):
        return before.change  # but of 同比增长9%,36名干部… the second is none
    times = _TIMES.search(lead) if setting.figure.unit == "倍" else None
    if times and (not times["year"] or int(times["year"]) + 1 == year):
        return Change("up", "previous_year")
    match = _CHANGE.search(lead, max(0, len(lead) - _CHANGE_SIZE)) if lead[-1:] in _CHANGE_END else None
    if not match and relative(setting.figure) and _CUT.search(lead[-16:]):
        return Change("down", "previous_year" if _YEAR_BEFORE.search(lead) else "other")
    if not match or lead.endswith(("至少", "减少至", "不少")) or _is_new(lead):
        return None
    direction: Literal["up", "down"] = "up" if match["verb"] in _UP.split("|") else "down"
    said = masked[setting.clause.start : setting.figure.start]
    sentence = masked[max(setting.sentence.start, setting.figure.start - 60) : setting.figure.start]
    if "相比" in sentence or _COMPARED.search(
        masked, max(setting.sentence.start, setting.clause.start - 16), setting.clause.start
    ):
        said = sentence
    yearly, spell = next(reversed([*_YEAR_BEFORE.finditer(said)]), None), _SPELL_BEFORE.search(said)
    if not yearly and not spell and relative(setting.figure) and not match[0].startswith(_SHORTENED):
        yearly = _YEAR_BEFORE.search(sentence)  # 同比下降8%,案件数下降9%
    compared = bool((yearly or spell) and re.search("同比|环比|[较比]|相比", said))
    if not compared and (_AGAINST.search(said[: -len(match[0])]) or _is_shorter(match[0], setting.figure)):
        return Change(direction, "other")
    if not compared and not _simply(match[0], said) and (not relative(setting.figure) or len(match[0]) == 1):
        return None
    if not yearly and not spell and before and before.change and lead.strip(",、也") == match[0]:
        return Change(direction, before.change.versus)  # 较上年减少20起,下降12%
    if compared and yearly and yearly["year"] and year and int(yearly["year"]) != year - 1:
        return Change(direction, "other")
    if not yearly and not spell and setting.figure.unit != "倍" and match[0].startswith(_YEARLY):
        return Change(direction, "other" if re.search("[较比]|改革前|以来", said) else "previous_year")
    return Change(direction, "previous_year" if yearly else "previous_period" if spell else "other")


def _is_new(lead: str) -> bool:
    return lead.endswith("新增") and not _NEW_SINCE.search(lead)


def _is_shorter(verb: str, figure: Figure) -> bool:
    """Tell whether a verb says by how much something takes less time: 办理时限压减15天; 缩短为3天 is a level."""
    return figure.unit in DURATIONS and "为" not in verb and verb.startswith(("压减", "压缩", "缩短", "精简", "减少"))


def _simply(verb: str, said: str) -> bool:
    """Tell whether an amount is by how much the noun before it rose or fell: 涉案损失减少410万元."""
    before = said[: len(said) - len(verb)]
    return verb.startswith(_SIMPLY) and not verb.endswith("为") and len(before) > 1 and not before.endswith(_CAUSED)


def relative(figure: Figure) -> bool:
    """Tell whether a figure is a share, so that 增长 before it says a change without 同比."""
    return figure.unit in RELATIVE or figure.form == "fraction"


def end_of_change(masked: str, figure: Figure, lead: str, before: Metric | None) -> Literal["from", "to"] | None:
    """Return which end of a change from one level to another a figure is, or None."""
    if FROM.search(lead) and re.search("(?<!不)[至到为→]", masked[figure.end : figure.end + 12]):
        return "from"
    if before and before.rule == "from" and lead in ("、", "和"):
        return "from"  # 由2022年的3起、5万元降到1起、2万元
    if before and before.rule == "to" and lead in ("、", "和"):
        return "to" if _FROM_SOME.search(masked, max(0, before.start - 40), before.start) else None
    return "to" if before and _TO.match(masked[before.end : figure.start]) else None
