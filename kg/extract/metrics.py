"""Metrics: each figure with what it counts, under which indicator, in what status, period and change.

In: the text, its headings, instruments and header. Out: Metrics in the order of the text; `rule` is how the figure is
written. Figures are found by figures.py, indicators by the rows of tables/indicator_rules.csv, times by periods.py;
this module cuts the text around a figure into the spans that those ask about.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from kg.extract import figures, indicators
from kg.extract.figures import Figure
from kg.extract.periods import Calendar, frequency
from kg.extract.surroundings import Setting, around, settings
from kg.model import Change, Header, Instrument, Metric, Section, Span, Status
from kg.vocabulary import Vocabulary

_HIDDEN = re.compile(
    r"《[^《》\n]{1,80}》|“[^“”\n]{1,40}”|‘[^‘’\n]{1,40}’|\"[^\"\n]{1,40}\"|「[^「」\n]{1,40}」|https?:\S{1,200}"
)
_QUOTES = dict.fromkeys(map(ord, '“”‘’"「」'))
_UP = "增长|上升|增加|多出|再增|再升|提高|提升|上涨|攀升|增幅|涨幅|增|升|多|高"
_DOWN = "减少|再降|再减|下降|降低|压降|压减|缩减|缩短|回落|下滑|降幅|压缩|精简|减|降|少|低"
_CHANGE = re.compile(
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:了|幅度?|率)?(?:平均|均)?(?:分别)?(?:达|为|近|约|超过?|逾|[::])?(?:约|近|超过?)?$"
)
#: What takes less time or effort is not compared with a year.
_SHORTENED = ("压缩", "压减", "精简", "缩短", "提高", "提升")
_CHAIN = re.compile(r"[、,和及与]{0,2}(?:约|近|超)?$")
_YEAR_BEFORE = re.compile(r"同比|[较比与和]?(?:上一?年|去年)(?:度|同期)?|上年同期|去年同期|[较比](?P<year>20\d\d)年")
_SPELL_BEFORE = re.compile(r"环比|[较比]上(?:个?月|季度?|一季度|半年|期)")
_RELATIVE = frozenset(("%", "‰", "成", "倍", "个百分点", "百分点"))
_FROM = re.compile(r"[由从][^,。;:\d\n]{0,8}$")
_TO = re.compile(
    r"^[^,。;:\d\n]{0,4}(?:精简|压缩|压减|减少|缩减|缩短|增加|增长|提升|提高|下降|降低|上升|整合|合并|调整|扩大|升|降|增|减|→)?"
    r"[^,。;:\d\n]{0,4}(?:至|到|为|成|→)(?:\d{1,2}月份的)?[了近约]?$"
)
_PLANNED = re.compile(
    r"计划(?=开展|组织|完成|新增|新建|建成|建设|举办|召开|实现|培训|培育|打造|投入|用|在|于|到)|拟(?=于|新建|新增|开展|组织|举办|修订|制定|建|在|用)|力争|预计|预期|明年|下一步|下一年|"
    r"将(?=继续|进一步|再|开展|组织|完成|新增|新建|建成|达到|实现|力争|举办|投入|于|在|突破)|(?:目标|任务)[为是]"
)
_TARGET = re.compile(r"(?:到|在|于|^|[,;:。\s])(20\d\d)年[底末度前]?")
_WILL = re.compile(r"将(?=在|于|继续|开展)")
_REACHED = re.compile(r"[^,。;\d\n]{0,10}[至到为]")
#: In a chapter of problems, what the district has all the same.
_HAS = re.compile(r"抽查|抽样|登记在册|承接|承担|共有|现有|受理|办理|开展|完成|建成|辖|(?<!未)解决")
#: What became of the cases counted before.
_OUTCOMES = (
    "受理|新收|办理|办结|审结|立案|结案|撤销|维持|终止|驳回|撤回|废止|修改|化解|整改|通过|采纳|胜诉|败诉|纠正|完成"
)
_OUTCOME = re.compile(rf"({_OUTCOMES})[了共的]?(?:案件)?$")
_OUTCOME_FIRST = re.compile(rf"^(?:{_OUTCOMES})(?!率)")
#: Names that say little without what went before (成功率, 受众): the figure before lends its own.
_GENERIC = re.compile(
    r"^(?:总?面积|(?:涉及|涉案|标的|调解|协议)?(?:金额|资金)|.{0,2}率|满意度|受众|覆盖|受益|人数|人次|.{0,3}群众|.{0,2}人员|参[与加].{0,2})$"
)


def find(
    text: str, sections: Sequence[Section], instruments: Sequence[Instrument], header: Header, tables: Vocabulary
) -> tuple[Metric, ...]:
    """Return the metrics of a text, in its order."""
    masked = _mask(text, instruments)
    found = [f for f in figures.find(masked, tables) if not _in_heading(f, sections, masked)]
    finder = indicators.Finder(text, indicators.rules(tuple(tables.indicators)))
    calendar = Calendar(masked, header.year)
    metrics: list[Metric] = []
    previous: Setting | None = None
    for setting in settings(text, masked, found):
        before = metrics[-1] if previous and previous.sentence.start == setting.sentence.start and metrics else None
        metric = _metric(text, masked, setting, before, finder, calendar, sections)
        if metric:
            metrics.append(metric)
            previous = setting
    return tuple(metrics)


def _mask(text: str, instruments: Sequence[Instrument]) -> str:
    """Hide what is no prose (titles, quoted names, addresses) behind as many ■."""
    masked = _HIDDEN.sub(lambda m: "■" * len(m.group()), text)
    for cited in instruments:
        masked = masked[: cited.start] + "■" * (cited.end - cited.start) + masked[cited.end :]
    return masked


def _in_heading(figure: Figure, sections: Sequence[Section], text: str) -> bool:
    """Tell whether a figure stands in a heading; one of more than 40 characters, or with a comma, is prose."""
    heading = next((s for s in sections if s.start <= figure.start < s.end), None)
    return heading is not None and heading.end - heading.start <= 40 and "," not in text[heading.start : figure.start]


def _metric(
    text: str,
    masked: str,
    setting: Setting,
    before: Metric | None,
    finder: indicators.Finder,
    calendar: Calendar,
    sections: Sequence[Section],
) -> Metric | None:
    """Make the metric of a figure in its setting; None for a zero in a word that no indicator counts."""
    figure, zero = setting.figure, setting.figure.form == "zero-word"
    lead = masked[max(setting.clause.start, before.end if before else 0) : figure.start]
    change = _change(masked, setting, lead, before, calendar.year)
    if zero:
        denied = Span(figure.end, min(figure.end + 5, setting.clause.end))
        setting = replace(setting, own=denied, clause=denied, counted=(denied,), phrase=text[denied.start : denied.end])
    indicator = _indicator(text, setting, change, finder, sections)
    if zero and indicator is None:
        return None
    if indicator is None and before and _inherits(masked, setting, before):
        indicator = before.indicator
    status = _status(masked, setting, sections, calendar.year)
    period = calendar.at(masked, setting.sentence.start, figure.start)
    if status == "planned" and not period:
        period = _planned_for(masked, figure.start, sections, calendar)
    often = frequency(lead) if figure.unit not in _RELATIVE else None
    return Metric(
        start=figure.start,
        end=figure.end,
        rule=_form(masked, figure, lead, before, change, often),
        value=figure.value,
        value_max=figure.value_max,
        unit=figure.unit,
        bound=figure.bound,
        name=_name(text, setting, before),
        indicator=indicator or "other",
        status=status,
        change=change,
        period=often or period,
    )


def _indicator(
    text: str, setting: Setting, change: Change | None, finder: indicators.Finder, sections: Sequence[Section]
) -> str | None:
    """Return what a figure is counted under, by the likeliest place of its noun that a rule knows."""
    for counted in setting.counted:
        unit = indicators.ZERO if setting.figure.form == "zero-word" else setting.figure.unit
        if change:
            unit = "%" if "率" in text[counted.start : counted.end] else indicators.CHANGE
        spans = around(text, setting, sections)
        found = finder.indicator(unit, counted, setting.clause, setting.own, spans, setting.figure.end)
        if found:
            return found
    return None


def _inherits(masked: str, setting: Setting, before: Metric) -> bool:
    """Tell whether a figure is a part of one before it: 案件194起,其中一般程序12件、简易程序182件."""
    told = masked[setting.sentence.start : setting.figure.start]
    parts = max(told.rfind("其中"), told.rfind("包括"), told.rfind("分别"))
    return parts >= 0 and ";" not in told[parts:] and setting.figure.unit == before.unit


def _form(
    masked: str, figure: Figure, lead: str, before: Metric | None, change: Change | None, often: str | None
) -> str:
    """Name the way a figure is written; this is the metric's rule."""
    if change:
        return "change"
    if often:
        return "frequency"
    if figure.form == "zero-word":
        return figure.form
    if _FROM.search(lead) and re.search("[至到为→]", masked[figure.end : figure.end + 12]):
        return "from-to"
    if before and _TO.match(masked[before.end : figure.start]):
        return "from-to"
    return figure.form


def _change(masked: str, setting: Setting, lead: str, before: Metric | None, year: int | None) -> Change | None:
    """Return the change that a figure says (同比下降18%); a level reached (提升至95%) is none."""
    if before and before.change and _CHAIN.fullmatch(lead):
        return before.change
    match = _CHANGE.search(lead)
    if not match or lead.endswith(("新增", "至少", "减少至", "不少")):
        return None
    said = masked[setting.clause.start : setting.figure.start]
    sentence = masked[max(setting.sentence.start, setting.figure.start - 60) : setting.figure.start]
    if "相比" in sentence:
        said = sentence
    yearly, spell = _YEAR_BEFORE.search(said), _SPELL_BEFORE.search(said)
    if not yearly and not spell and _relative(setting.figure) and not match[0].startswith(_SHORTENED):
        yearly = _YEAR_BEFORE.search(sentence)  # 同比下降8%,案件数下降9%
    compared = bool((yearly or spell) and re.search("同比|环比|[较比]|相比", said))
    if not compared and (not _relative(setting.figure) or len(match[0]) == 1):
        return None
    direction: Literal["up", "down"] = "up" if match["up"] else "down"
    if compared and yearly and yearly["year"] and year and int(yearly["year"]) != year - 1:
        return Change(direction, "other")
    return Change(direction, "previous_year" if yearly else "previous_period" if spell else "other")


def _relative(figure: Figure) -> bool:
    """Tell whether a figure is a share, so that 增长 before it says a change without 同比."""
    return figure.unit in _RELATIVE or figure.form == "fraction"


def _status(masked: str, setting: Setting, sections: Sequence[Section], year: int | None) -> Status:
    """Return planned for targets and plans, problem for what a chapter of problems says is lacking, else done."""
    at, end = setting.figure.start, setting.figure.end
    role = next((s.role for s in reversed(sections) if s.start <= at < s.body_end), None)
    said = masked[setting.sentence.start : at]
    if role == "plans":
        return "done" if _FROM.search(said) and _REACHED.match(masked, end) else "planned"
    if _PLANNED.search(masked, setting.clause.start, at) or _WILL.match(masked, end):
        return "planned"
    if year and any(int(match[1]) > year for match in _TARGET.finditer(said)):
        return "planned"
    whole = masked.startswith("中", end + len(setting.phrase)) or _HAS.search(masked, setting.clause.start, at)
    return "problem" if role == "problems" and not whole else "done"


def _planned_for(masked: str, at: int, sections: Sequence[Section], calendar: Calendar) -> str | None:
    """Return the year that a chapter of plans names in its heading or before the figure, if it is a later one."""
    chapter = next((s for s in sections if s.role == "plans" and s.start <= at < s.body_end), None)
    if chapter is None or calendar.year is None:
        return None
    later = str(calendar.year + 1)
    return f"{later}-01/{later}-12" if later + "年" in masked[chapter.start : at] else None


def _name(text: str, setting: Setting, before: Metric | None) -> str:
    """Return what is counted as a short noun phrase; a generic one (成功率) takes the name before it in front."""
    if setting.inherits and before:
        return before.name
    name = setting.phrase or setting.noun
    if not name and setting.counted[0].start >= setting.figure.end:
        name = text[setting.counted[0].start : setting.counted[0].end][:12]
    lead = text[setting.own.start : setting.figure.start]
    if name.count("”") > name.count("“"):  # the phrase begins inside a quoted name: take all of it
        name = lead[max(lead.rfind("“", 0, lead.rfind(name)), 0) : lead.rfind(name) + len(name)]
    name = name.translate(_QUOTES).strip("、和与及 ")
    if before and _lends(before, name, setting):
        name = before.name + name
    if name:
        return name
    if before:
        outcome = _OUTCOME.search(lead)  # 受理复议申请50件,审结48件: 审结复议申请
        return outcome[1] + _OUTCOME_FIRST.sub("", before.name) if outcome else before.name
    return text[setting.clause.start : setting.figure.start][-8:].strip() or "数量"


def _lends(before: Metric, name: str, setting: Setting) -> bool:
    """Tell whether the figure before lends its name to a generic one: 矛盾纠纷 to 化解率."""
    fresh = before.name not in name and len(before.name) <= 12 and not before.name.endswith(("率", "度"))
    return fresh and before.unit != setting.figure.unit and bool(_GENERIC.match(name))
