"""Figures in a text: number, approximator and unit, whatever is counted.

In: text whose names and titles are masked, and the table of units. Out: Figure by Figure, in order. What is no figure
(ordinals, dates, hotlines, set phrases, vague amounts) has no unit, or one of the guards below refuses it. Measure
words are those of measures.py.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from kg.extract import measures
from kg.extract.bounds import bound_of
from kg.extract.measures import DURATIONS, PLAIN
from kg.model import Bound
from kg.text import chinese_number
from kg.vocabulary import Vocabulary


class Figure(NamedTuple):
    """text[start:end], read as a number. form: which way of writing it was."""

    start: int
    end: int
    value: float
    value_max: float | None
    unit: str | None
    bound: Bound
    form: str


_N = r"\d{1,3}(?:[, ]\d{3}){1,3}(?:\.\d{1,4})?(?!\d)|\d{1,12}(?:\.\d{1,4})?(?!\d)"
_C = "一二两三四五六七八九十百千万亿零〇"
_SCALES = dict(
    zip(("", *"十 百 千 万 百万 千万 亿 万亿".split()), map((10).__pow__, (0, 1, 2, 3, 4, 6, 7, 8, 12)), strict=True)
)
_SCALE = "百万|千万|万亿|[十百万亿]|千(?![克米瓦分])"
_DIGIT = re.compile(rf"[\d{_C}]")
_JOIN = "[-~—–至到]"
_HIND = r"以上|以内|以下|左右|上下|之多|(?<=[日时钟天])内|\+(?![\w+])"

#: Before the others a Chinese numeral counts only if something was made, found or done so many times.
_DID = (
    r"(?:共|计|达|新增|新建|新设|建立|建成|建有|成立|设立|设置|设有|组建|打造|办理|受理|化解|调解|排查|排查出|开展|召开|举办|聘请|"
    r"配备|培养|培育|评选|创建|审查|审核|提出|解决|整改|拆除|完成|覆盖|划分|收集|发现|查处|立案|签订|挂牌|获|获得|荣获|制定|出台|"
    r"印发|修订|清理|废止|承接|公开|发布|征集|采纳|梳理|发放|悬挂|刊发|制作|印制|不少于|不低于|至少|\d[^,。;:\n]{1,12}、)(?:了|出|过|完成)?"
)
_MADE = re.compile(_DID + r"[^,。;:\n]{0,3}$")
#: Where a mark follows, the noun stands before: 整改违法图斑八个。
_MADE_BEFORE = re.compile(_DID + r"[^,。;:\n]{0,12}$")
#: One of them is counted where it stands behind its noun.
_HIRED = re.compile(r"(?:聘请|聘任|配备|新增|新建|建成|设立|招录|引进|培养|受理|办理|调解)[^,。;:\n]{2,8}$")
_ENDS = tuple(",。;、)\n")
#: Nouns that make a set phrase of a Chinese numeral (四个意识, 三项制度, 五个方面).
_SET = re.compile(
    r"(?:方面|意识|维护|自信|确立|坚持|制度|重点|环节|层面|维度|阶段|原则|要求|抓手|关键|清单|平台|机制|体系|统一|转变|结合|领域|关系|"
    r"认同|务必|板块|(?:、[一二三四五六七八九十]{1,3}次){1,4}全[会体]|专项|专班|方向|着力|聚焦|联动|融合|文明|文件|网|账|关|表|全会|全体会议|会议精神|工作法|一|二|三|四|五)"
)
_TOOK = re.compile(
    r"(?:压缩|压减|缩短|减少|少了|提速|节约|平均|时限|时长|时间|天数|用时|耗时|学时|期限|控制在|[由从]|[至到为]|仅需|只需|培训|服务|值守|累计|不少于|人均)[^,。;:\n]{0,6}$"
)
#: Days are dates, unless they are what something takes.
_DAYS = re.compile(r"(?:压缩|压减|缩短|时限|时长|用时|期限)[^,。;:\n月]{0,10}$")
#: What has to be done within a time: 15日内整改, 3个工作日内答复.
_WITHIN = re.compile(
    r"(?<=内)[^,。;:\n\d]{0,4}(?:办结|到场|到达|答复|回复|反馈|整改|处置|送达|备案|报备|公开|公示|移送|办理|化解|回应)"
)
_SCORE = re.compile(r"(?:占|得分|评分|分值|总分|成绩|考核|评估|评价|满意度|均分|平均|指数)[^,。;:\n]{0,8}$")
_NEAR = ("近", "超", "破", "逾", "超过")
_MONEY = re.compile(
    r"(?:金额|资金|款|损失|投入|投资|债务|费用?|经费|标的额?|产值|工资|税|罚没|赔偿|补偿)[^,。;:\n]{0,6}$"
)
_SHARED = re.compile(r"[、和与及]\d[\d.]{0,6}个(工作日|百分点|小时)")
_BARE = re.compile(
    r"(?:案件|纠纷|警情|线索|数|量|共|共计|合计|总计|累计|数为|至|到|率为|[由从](?:原来|原先|过去|此前|之前|去年|上年)?的?)$"
)
#: List item 2 of “2.5名律师”, not two and a half.
_ITEM = re.compile(r"\d{1,2}\.(\d{1,4})$")
_WHOLE = frozenset("人 名 件 份 家 次 场 场次 个 人次 起 宗 项 条 处 期 户".split())
_ORDINAL = re.compile(r"(?:第|[^目日此之年以底]前|^前|每|\+|No\.?|编号|文号|邮编|电话|传真)[::]?(?:约|近)?$")
#: No longer is what _ORDINAL matches.
_ORDINAL_SIZE = 5
#: 七站八所, 三镇两街: the second numeral of a pair.
_PAIRED = re.compile(rf"(?<!第)[{_C}][^\d,、。;:]$")
#: What is reckoned by a threshold: 罚没10万元以上案件.
_CLASS = re.compile("的?(?:案件|合同|项目|工程|采购|资金|罚款|处罚)")
_MORE = re.compile(r"多(?=[,。;、)\n]|$)")
_DIGITS = re.compile("[一二两三四五六七八九]{2}")
_VAGUE = re.compile(r"[数几上成好]$")
_CHROME = re.compile(r"(?:浏览|点击|访问|阅读|人气|来源|字号|字体)[^\n,。;:]{0,4}[::]\s*$")


@lru_cache(maxsize=1)
def _pattern(tables: Vocabulary) -> re.Pattern[str]:
    """Compile the pattern of a figure."""
    unit = measures.pattern(tables)
    return re.compile(
        rf"(?P<whole>[二三四五六七八九十])分之(?P<piece>[一二三四五六七八九])"
        rf"|(?P<part>[百千])分之(?P<share>[{_C}点]{{1,9}}|{_N})(?P<over>{_HIND})?"
        rf"|(?P<zero>零)(?![{_C}\d])"
        rf"|(?<![\d.A-Za-z+×·/〔-])(?<!\d:)(?:(?P<low>{_N})(?P<lowunit>%|{_SCALE})?{_JOIN})?(?P<number>{_N})"
        rf"(?P<more>[余多来])?(?P<scale>{_SCALE})?(?P<more2>[余多来])?"
        rf"(?:(?P<unit>{unit})(?P<per>次(?![数生要序日])|\(次\))?)?(?P<behind>{_HIND})?"
        rf"|(?<![{_C}\d第届])(?P<chinese>[{_C}]{{1,8}})(?P<cmore>[余多来])?(?P<cscale>[万亿])?"
        rf"(?P<cunit>{unit})(?P<tenth>(?<=成)[一二三四五六七八九](?!项|个|是))?(?P<cbehind>{_HIND})?(?![{_C}])"
    )


def _is_ordinal(before: str) -> bool:
    return _ORDINAL.search(before, max(0, len(before) - _ORDINAL_SIZE)) is not None


def _number(digits: str, factor: int = 1) -> float:
    """Return the number so many times; 1.13 times 10,000 is 11,300, which floats would miss."""
    digits = digits.replace(",", "").replace(" ", "")
    return float(digits) if factor == 1 else float(Decimal(digits) * factor)


def _arabic(text: str, m: re.Match[str], tables: Vocabulary) -> Figure | None:
    """Read a figure in Arabic digits; None if what stands around it makes it something else."""
    start, at = m.start(), m.start("number")
    if not (m["unit"] or m["scale"] or _ends(text, m.end())):
        return None
    before = text[max(0, start - 24) : start].rpartition("\n")[2]
    threshold = m["behind"] in ("以上", "以下") and (
        (before.endswith("在") and text.startswith("的", m.end())) or _CLASS.match(text, m.end())
    )
    if threshold or _is_ordinal(before) or (":" in before and _CHROME.search(before)):  # 金额在3万元以上的案件
        return None
    measured = _measure(text, m, before, tables)
    if measured is None:
        return None
    unit, end = measured
    value = _number(m["number"], _SCALES[m["scale"] or ""])
    low = _low(m, unit, value)
    if low is None:
        start = at
    item = _ITEM.match(m["number"]) if "." in m["number"] else None
    if item and not m["scale"] and unit in _WHOLE and not text[:start].rpartition("\n")[2].strip():
        value, start = float(item[1]), at + item.start(1)  # “2.5名律师” that opens a line is item 2 of a list
    bound = bound_of(text, start, (m["behind"], m["more"], m["more2"]))
    if low is not None:
        return Figure(start, end, low, value, unit, bound, "range")
    return Figure(start, end, value, None, unit, bound, "percent" if unit == "%" else "figure")


def _measure(text: str, m: re.Match[str], before: str, tables: Vocabulary) -> tuple[str | None, int] | None:
    """Return a figure's unit and where its quote ends; None if it measures nothing here."""
    unit = m["unit"]
    if unit:
        if (
            (unit in DURATIONS and not _TOOK.search(before) and not _WITHIN.match(text, m.end()))
            or (unit == "日" and not _DAYS.search(before))
            or (unit == "岁" and "年龄" not in before)
            or (unit == "分" and not _SCORE.search(before))
        ):
            return None
        times = unit + "次"
        if unit == "个" and (shared := _SHARED.match(text, m.end())):
            return unit + shared[1], m.end()  # 分别为5个和2个工作日
        if not m["per"]:
            return unit, m.end()
        return (times, m.end()) if m["per"] == "次" or times in tables.units else (unit, m.end("unit"))
    large = _SCALES[m["scale"] or ""] >= 10_000
    if large and _MONEY.search(before):
        return "元", m.end()
    return (None, m.end()) if large or _bare(text, before, m.end()) else None


def _low(m: re.Match[str], unit: str | None, high: float) -> float | None:
    """Return the lower end of a range (3-5次, 1至1.2万份), or None if the two numbers are none."""
    if not m["low"] or unit is None:
        return None
    scale = m["lowunit"] if m["lowunit"] in _SCALES else m["scale"]
    low = _number(m["low"], _SCALES[scale or ""])
    return low if low < high else None


def _bare(text: str, before: str, end: int) -> bool:
    """Tell whether a number without a measure word counts: “结案数325,” does, “12345热线” does not."""
    return _ends(text, end) and bool(_BARE.search(before))


def _ends(text: str, end: int) -> bool:
    return text[end : end + 1] in ",。;、)\n减增压缩精降升提"  # the end of the text too


def _chinese(text: str, m: re.Match[str]) -> Figure | None:
    """Read a figure in Chinese numerals; None for 一 as an article, ordinals, names and set phrases."""
    numeral, unit, start = m["chinese"], m["cunit"], m.start()
    before = text[max(0, start - 24) : start].rpartition("\n")[2]
    tenths = unit == "成"
    alone = numeral == "一" and text[m.end() : m.end() + 1] in _ENDS and _HIRED.search(before)  # 聘请律师一名,
    if (
        (numeral in ("一", "二", "零", "〇") and not (tenths and numeral in ("一", "二")) and not alone)
        or _DIGITS.search(numeral)
        or _VAGUE.search(before)
    ):
        return None
    if numeral in ("百", "千", "万", "亿", "百万", "千万") and not (m["cmore"] or before.endswith(_NEAR)):
        return None
    if _is_ordinal(before) or _SET.match(text, m.end()) or m.group() == "四处":
        return None
    if m["cbehind"] and unit in ("人", "名"):  # a norm: 两名以上执法人员
        return None
    value = chinese_number(numeral)
    if value is None or (value < 10 and _PAIRED.search(before)) or (unit in DURATIONS and not _TOOK.search(before)):
        return None
    made = _MADE_BEFORE if text[m.end() : m.end() + 1] in _ENDS else _MADE
    if unit not in PLAIN and value < 11 and not made.search(before):
        return None
    bound = bound_of(text, start, (m["cbehind"], m["cmore"]))
    tenth = (chinese_number(m["tenth"] or "") or 0) / 10  # 八成五
    end = m.end()
    if tenths and not m["cbehind"] and text[end : end + 1] in ("多", "余"):  # 两成多
        end, bound = end + 1, "at_least"
    return Figure(start, end, float(value * _SCALES[m["cscale"] or ""] + tenth), None, unit, bound, "numeral")


def _fraction(text: str, m: re.Match[str]) -> Figure | None:
    """Read 三分之一; the value of what is more than the whole is none."""
    value = (chinese_number(m["piece"]) or 0) / (chinese_number(m["whole"]) or 1)
    return (
        Figure(m.start(), m.end(), value, None, None, bound_of(text, m.start(), ()), "fraction") if value < 1 else None
    )


def _share(text: str, m: re.Match[str]) -> Figure | None:
    """Read 百分之九十八点五 or 百分之85.2."""
    whole, _, rest = m["share"].partition("点")
    if whole[0].isdigit():
        value: float | None = _number(whole)
    else:
        value = chinese_number(whole)
        if value is not None and rest:
            digits = chinese_number(rest)
            value = None if digits is None or len(str(digits)) != len(rest) else float(f"{int(value)}.{digits}")
    if value is None:
        return None
    unit = "%" if m["part"] == "百" else "‰"
    return Figure(m.start(), m.end(), float(value), None, unit, bound_of(text, m.start(), (m["over"],)), "percent")


@lru_cache(maxsize=1)
def _numeral_places(tables: Vocabulary) -> frozenset[str]:
    """The places whose name begins like a figure (五家渠市, 三台县)."""
    return frozenset(name for name in tables.places_by_name if name[0] in _C and len(name) > 2)


def find(text: str, tables: Vocabulary) -> Iterator[Figure]:
    """Yield the figures of a text; every 零 before a noun (零败诉, 零距离) comes along as form "zero-word"."""
    places = _numeral_places(tables)
    pattern, done = _pattern(tables), 0
    last: Figure | None = None
    for first in _DIGIT.finditer(text):
        m = pattern.match(text, first.start()) if first.start() >= done else None
        if m is None:
            continue
        done = m.end()
        if m["number"]:
            figure = _arabic(text, m, tables)
        elif m["whole"]:
            figure = _fraction(text, m)
        elif m["share"]:
            figure = _share(text, m)
        elif m["zero"]:
            figure = Figure(m.start(), m.end(), 0.0, None, None, "exact", "zero-word")
        else:
            named = any(text[m.start() : m.start() + n] in places for n in range(3, 7))
            figure = None if named else _chinese(text, m)
        if figure and figure.unit and _MORE.match(text, figure.end):  # 二十三亩多
            figure = figure._replace(end=figure.end + 1, bound="at_least")
        if figure and last and figure.start == last.end and figure.bound == "exact":  # 不少于2期400人次
            figure = figure._replace(bound=bound_of(text, last.start, ()))
        if figure:
            last = figure
            yield figure
