"""What a figure counts, as a short noun phrase: 矛盾纠纷化解率.

In: the setting of a figure and the figure before it. Out: the name; a generic one (成功率) borrows from the one before.
"""

import re

from kg.extract import words
from kg.extract.surroundings import Setting
from kg.model import Metric

_QUOTES = dict.fromkeys(map(ord, '“”‘’"「」'))
#: What became of the cases counted before.
_OUTCOMES = (
    "受理|新收|办理|办结|审结|立案|结案|撤销|维持|终止|驳回|撤回|确认违法|和解|废止|修改|化解|整改|通过|采纳"
    "|胜诉|败诉|纠正|完成|变更|责令履行|责令重作"
)
_OUTCOME = re.compile(rf"({_OUTCOMES})[了共的]?(?:案件)?$")
_OUTCOME_FIRST = re.compile(rf"^(?:{_OUTCOMES})(?!率)")
#: How the cases came, which is not what became of them: 排查纠纷20件,化解19件.
_COME_BY = re.compile("^(?:排查|摸排|梳理|登记|接到|收到)(?=..)")
#: Names that say little without what went before (成功率, 受众): the figure before lends its own.
_GENERIC = re.compile(
    r"^(?:总?面积|(?:涉及|涉案|标的|调解|协议)?(?:金额|资金)|.{0,2}率|满意度|受众|覆盖|受益|人数|人次|参[与加训].{0,2}|受训.{0,2})$"
)
#: Names of a part that leave the noun to the whole: 在册对象94人,当年新入矫61人,其他5人.
_PART = re.compile(
    r"(?!$)(?:其[他它余]|剩余|另外|余下|[国省市县区镇乡村].?级|自治区级|(?:当年|年内|本年|今年)?(?:新增|新收|新入矫|累计)?(?:接收|解除|解矫|训诫)?|[一-龥]{1,2}属|派驻下沉"
    r"|(?:已|未|不予|予以|部分|暂缓).{1,4}|网上|线上|线下|现场|不?合格|优秀|良好|优良|未结|在办|正在办理)"
)
_PARTED = re.compile(
    r"^(?:(?:已|未|不予|予以|部分)(?:.[公开处理]*)|其他|当年新入矫|当年新?增?|接收|解除|新入矫|新收)+(?=.{2})"
)
_SHARE = re.compile(r"的?(?:约|近|只|仅|各)?占(?:总[量数额]|比)?[约近]?$")
#: Verbs that lead to whom a part concerns, and name nothing: 其中涉及我镇1件.
_OF = ("涉", "涉及")
#: What only goes with cases before courts and offices: 败诉率 of 执法人员 is none.
_OF_CASES = re.compile("(?:败诉|胜诉|纠错|应诉|出庭)率$")
_SUMS = frozenset(("罚没", "没收", "涉案", "标的", "挽损"))


def name(text: str, setting: Setting, before: Metric | None) -> str:
    """Return what is counted as a short noun phrase; a generic one (成功率) takes the name before it in front."""
    if setting.inherits and before:
        return before.name
    lead = text[setting.own.start : setting.figure.start]
    found = _noun(text, setting, lead, before)
    if before and "占" in lead[-5:] and not setting.phrase and (share := _SHARE.search(lead)):
        return (words.said(lead[: share.start()]) or before.name) + "占比"
    if before and _lends(before, found, setting):
        lent = before.name.removeprefix(found.removesuffix("率")) if found != "率" else before.name
        found = (_between(text, setting, before) or lent or before.name) + found  # 败诉案件, 败诉率: 案件败诉率
    elif before and before.unit == setting.figure.unit and len(found) < 9 and _PART.fullmatch(found):
        found += _PARTED.sub("", _OUTCOME_FIRST.sub("", before.name))
    if found:
        return found + "金额" if len(found) == 2 and found in _SUMS else found
    if before is None:
        return text[setting.clause.start : setting.figure.start][-8:].strip() or "数量"
    outcome = _OUTCOME.search(lead)
    if outcome and outcome[1] == "完成" and before.status == "planned":
        return before.name  # 计划培训骨干60名,已完成25名
    if outcome and before.unit != setting.figure.unit:
        return outcome[1]  # 记不良行为42条,立案31起
    cases = _COME_BY.sub("", _OUTCOME_FIRST.sub("", before.name)).removeprefix("行政机关")
    return outcome[1] + cases if outcome else before.name  # 受理复议申请50件,审结48件: 审结复议申请


def _noun(text: str, setting: Setting, lead: str, before: Metric | None) -> str:
    """Return the noun that stands with a figure, lead being the words before it; "" for an outcome of cases before."""
    found = setting.phrase or setting.noun
    if not found and _PART.fullmatch(said := words.said(lead)):
        return said  # 剩余1件已进入终结程序
    if not found and setting.counted[0].start >= setting.figure.end:
        found = text[setting.counted[0].start : setting.counted[0].end].partition("(")[0][:12]
    told = _OUTCOME.search(lead) if before and len(found) < 5 else None
    if "”" in found and found.count("”") > found.count("“"):  # the phrase begins inside a quoted name: take all of it
        found = lead[max(lead.rfind("“", 0, lead.rfind(found)), 0) : lead.rfind(found) + len(found)]
    elif told and setting.figure.form != "zero-word" and (found in told[1] or _OUTCOME.fullmatch(found)):
        return ""
    elif not setting.phrase and len(found) < 3 and not told:
        said = words.said(lead)
        found = max(found, "" if said in _OF else said, key=len)  # 平均用时, not 时
    return (found if found.isalnum() else found.translate(_QUOTES)).strip("、和与及 ")


def _between(text: str, setting: Setting, before: Metric) -> str:
    """Return the noun of a clause without a figure in between: 举办培训5次,全体干部参加学法考试,优秀率96%."""
    clause = text[before.end : setting.clause.start].rstrip(",;:").rpartition(",")
    return words.before(clause[2]) if clause[1] and len(clause[2]) > 3 else ""


def _lends(before: Metric, name: str, setting: Setting) -> bool:
    """Tell whether the figure before lends its name to a generic one: 矛盾纠纷 to 化解率."""
    fresh = before.name not in name and len(before.name) <= 12 and not before.name.endswith(("率", "度"))
    if _OF_CASES.match(name) and not re.search("[案诉议]", before.name):
        return False  # 新增执法人员12名,败诉率低于3%
    return fresh and before.unit != setting.figure.unit and bool(_GENERIC.match(name))
