"""Whether a figure is a result: done or planned, or what a chapter of problems lacks; or an obligation.

In: the setting of a figure and the chapters, names masked. Out: its status; norm or not.
"""

import re

from kg.extract.changes import FROM
from kg.extract.measures import DURATIONS
from kg.extract.sections import Outline
from kg.extract.surroundings import Setting
from kg.model import Status

_PLANNED = re.compile(
    r"计划(?=开展|组织|完成|新增|新建|建成|建设|举办|召开|实现|培训|培育|培养|招录|招聘|招募|引进|选聘|聘请|配备|打造|投入|用|在|于|到)|拟(?=于|新建|新增|开展|组织|举办|修订|制定|建|在|用)|力争|预计|预期|明年|下一步|下一年|"
    r"将(?=继续|进一步|再|开展|组织|完成|新增|新建|建成|达到|实现|力争|举办|投入|于|在|突破)|目标[为是]|任务[为是]|争取(?=在|年[底内]|到20|早日|实现|达到|新增|再)|(?<!完成)(?:目标任务数?|任务数|目标值)$"
)
_NEXT = re.compile("(?:下一步|下步|下阶段|接下来|今后|明年)")
_TARGET = re.compile(r"(20\d\d)(?<![^到在于,;:。\s]20\d\d)年")  # digits in front: the search leaps to them
_WILL = re.compile(r"将(?=在|于|继续|开展)|[一-龥]{0,3}有望")
_REACHED = re.compile(r"[^,。;\d\n]{0,10}[至到为]")
#: In a chapter of problems, what the district has all the same.
_HAS = re.compile(r"抽查(?!发现)|抽样|登记在册|承接|承担|共有|现有|受理|办理|开展|完成|建成|辖|(?<!未)解决")
_WITHIN = re.compile(r"(?:办|答|反馈|完成|受理|送达|回复|整改|处置|作出|移送|审查|出具|上报|公布|公开)")
_LEAST = re.compile(r"(?:不[得能应]?(?:少|低|多|高)于|不[得能应]?超过|至少|最多|原则上)(?:开展|组织|召开|举办|安排)?$")
_MUST = re.compile(r"(?:应当|必须|须(?<!无须)(?!知)|不得|原则上|要求每|规定每)[^,。;:\n]{0,16}$")
_RULE = re.compile(r"[^,。;:\n]{0,12}(?:的?(?:制度|机制|要求|规定|标准|频次|原则|底线))")


def status(masked: str, setting: Setting, outline: Outline, year: int | None) -> Status:
    """Return planned for targets and plans, problem for what a chapter of problems says is lacking, else done."""
    at, end = setting.figure.start, setting.figure.end
    here = outline.at(at)
    role = here[0].role if here else None
    sentence = setting.sentence.start
    if role == "plans":
        return "done" if FROM.search(masked[sentence:at]) and _REACHED.match(masked, end) else "planned"
    if _PLANNED.search(masked, setting.clause.start, at) or _WILL.match(masked, end) or _NEXT.match(masked, sentence):
        return "planned"
    if (
        year
        and masked.find("20", sentence, at) >= 0
        and any(int(m[1]) > year for m in _TARGET.finditer(masked[sentence:at]))
    ):
        return "planned"
    if role != "problems":
        return "done"
    among = masked.startswith(("中", "里"), setting.own.start)  # 抽查案卷60件中不合格8件
    return "done" if _HAS.search(masked, setting.own.start if among else setting.clause.start, at) else "problem"


def status_reason(masked: str, setting: Setting, outline: Outline, year: int | None) -> str:
    """Say what decided the status of a figure."""
    found, at = status(masked, setting, outline, year), setting.figure.start
    chapter = next(iter(outline.at(at)), None)
    if chapter and (found, chapter.role) in (("planned", "plans"), ("problem", "problems")):
        return f"the chapter “{chapter.heading}”"
    if found == "planned":
        word = _PLANNED.search(masked, setting.clause.start, at) or _WILL.match(masked, setting.figure.end)
        word = word or _NEXT.match(masked, setting.sentence.start)
        return f"“{word[0]}” in the clause" if word else "a later year before it"
    return "no word of a plan before it"


def is_norm(masked: str, setting: Setting, lead: str) -> bool:
    """Tell whether a figure says what has to be (每季度不少于1次, 5个工作日内办结), not what was."""
    figure = setting.figure
    if figure.unit in DURATIONS and masked[figure.end - 1] == "内":
        return bool(_WITHIN.match(masked, figure.end)) and not lead.endswith(("至", "到", "短为", "缩为", "减为"))
    if _MUST.search(lead, max(0, len(lead) - 24)):
        return True
    return ("每" in lead or "人均" in lead) and bool(_LEAST.search(lead) or _RULE.match(masked, figure.end))
