"""A figure, and the ones written in Chinese numerals: 十三个, 三分之一, 百分之九十八点五.

In: text whose names are masked, and a match of the pattern of figures.py. Out: the Figure, or None where the numeral is
an article, an ordinal, a name or a set phrase. What decides so is here; a new set phrase goes into _SET.
"""

import re
from decimal import Decimal
from typing import NamedTuple

from kg.extract.bounds import bound_of
from kg.extract.measures import DURATIONS, PLAIN
from kg.model import Bound
from kg.text import chinese_number


class Figure(NamedTuple):
    """text[start:end], read as a number. form: which way of writing it was."""

    start: int
    end: int
    value: float
    value_max: float | None
    unit: str | None
    bound: Bound
    form: str


#: The characters of Chinese numerals.
NUMERALS = "一二两三四五六七八九十百千万亿零〇"
#: How often what a number is written with counts: 万 10,000 times.
SCALES = dict(
    zip(("", *"十 百 千 万 百万 千万 亿 万亿".split()), map((10).__pow__, (0, 1, 2, 3, 4, 6, 7, 8, 12)), strict=True)
)
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
_HIRED = re.compile(
    r"(?:聘请|聘任|配备|新增|新建|建成|创建|创成|获评|设立|招录|引进|培养|受理|办理|调解)[^,。;:\n]{2,12}$"
)
_ENDS = tuple(",。;、)\n")
#: Nouns that make a set phrase of a Chinese numeral (四个意识, 三项制度, 五个方面).
_SET = re.compile(
    r"(?:方面|意识|维护|自信|确立|坚持|制度|重点|环节|层面|维度|阶段|原则|要求|抓手|关键|清单|平台|机制|体系|统一|转变|结合|领域|关系|"
    r"认同|务必|板块|(?:、[一二三四五六七八九十]{1,3}次){1,4}全[会体]|专项|专班|方向|着力|聚焦|联动|融合|文明|文件|网|账|关|表|全会|全体会议|会议精神|工作法|补贴|一|二|三|四|五)"
)
#: What takes time, or is a length of it.
TOOK = re.compile(
    r"(?:压缩|压减|缩短|减少|少了|提速|节约|平均|时限|时长|时间|天数|用时|耗时|学时|期限|控制在|[由从]|[至到为]|仅需|只需|培训|服务|值守|授课|讲授|累计|不少于|不超过|不到|人均)[^,。;:\n]{0,6}$"
)
_ORDINAL = re.compile(r"(?:第|[^目日此之年以底]前|^前|每|\+|No\.?|编号|文号|邮编|电话|传真)[::]?(?:约|近)?$")
#: No longer is what _ORDINAL matches, and in one of these it ends.
_ORDINAL_SIZE = 5
_ORDINAL_END = "第前每+o.号编话真::约近"
#: 七站八所, 三镇两街: the second numeral of a pair.
_PAIRED = re.compile(rf"(?<!第)[{NUMERALS}][^\d,、。;:]$")
_NEAR = ("近", "超", "破", "逾", "超过")
_DIGITS = re.compile("[一二两三四五六七八九]{2}")
_VAGUE = re.compile(r"[数几上成好]$")
#: 上万份 is so many or more, its 上 a part of the figure; 网上万人 is not.
_UPWARD = re.compile("(?<![以线网街路会场础史面])上$")
_UPWARD_OF = ("万", "亿", "百万", "千万")


def is_ordinal(before: str) -> bool:
    """Tell whether the words before a number make an ordinal or a label of it: 第, 前, 每, 编号."""
    ends = before[-1:] in _ORDINAL_END
    return ends and _ORDINAL.search(before, max(0, len(before) - _ORDINAL_SIZE)) is not None


def number(digits: str, factor: int = 1) -> float:
    """Return the number so many times; 1.13 times 10,000 is 11,300, which floats would miss."""
    digits = digits.replace(",", "").replace(" ", "")
    return float(digits) if factor == 1 else float(Decimal(digits) * factor)


def chinese(text: str, m: re.Match[str]) -> Figure | None:
    """Read a figure in Chinese numerals; None for 一 as an article, ordinals, names and set phrases."""
    numeral, unit, start = m["chinese"], m["cunit"], m.start()
    before = text[max(0, start - 24) : start].rpartition("\n")[2]
    tenths = unit == "成"
    alone = numeral == "一" and text[m.end() : m.end() + 1] in _ENDS and _HIRED.search(before)  # 聘请律师一名,
    upward = numeral in _UPWARD_OF and _UPWARD.search(before)
    if (
        (numeral in ("一", "二", "零", "〇") and not (tenths and numeral in ("一", "二")) and not alone)
        or _DIGITS.search(numeral)
        or (_VAGUE.search(before) and not upward)
    ):
        return None
    if numeral in ("百", "千", "万", "亿", "百万", "千万") and not (m["cmore"] or upward or before.endswith(_NEAR)):
        return None
    if is_ordinal(before) or _SET.match(text, m.end()) or m.group() == "四处":
        return None
    if m["cbehind"] and unit in ("人", "名"):  # a norm: 两名以上执法人员
        return None
    value = chinese_number(numeral)
    if value is None or (value < 10 and _PAIRED.search(before)) or (unit in DURATIONS and not TOOK.search(before)):
        return None
    made = _MADE_BEFORE if text[m.end() : m.end() + 1] in _ENDS else _MADE
    if unit not in PLAIN and value < 11 and not m["cmore"] and not made.search(before):
        return None
    bound = bound_of(text, start, (m["cbehind"], m["cmore"]))
    if upward:
        start, bound = start - 1, "at_least"
    tenth = 0.5 if m["tenth"] == "半" else (chinese_number(m["tenth"] or "") or 0) / 10  # 八成五, 八成半
    end = m.end()
    if tenths and not m["cbehind"] and text[end : end + 1] in ("多", "余"):  # 两成多
        end, bound = end + 1, "at_least"
    return Figure(start, end, float(value * SCALES[m["cscale"] or ""] + tenth), None, unit, bound, "numeral")


def fraction(text: str, m: re.Match[str]) -> Figure | None:
    """Read 三分之一; the value of what is more than the whole is none."""
    value = (chinese_number(m["piece"]) or 0) / (chinese_number(m["whole"]) or 1)
    return (
        Figure(m.start(), m.end(), value, None, None, bound_of(text, m.start(), ()), "fraction") if value < 1 else None
    )


def share(text: str, m: re.Match[str]) -> Figure | None:
    """Read 百分之九十八点五 or 百分之85.2."""
    whole, _, rest = m["share"].partition("点")
    if whole[0].isdigit():
        value: float | None = number(whole)
    else:
        value = chinese_number(whole)
        if value is not None and rest:
            digits = chinese_number(rest)
            value = None if digits is None or len(str(digits)) != len(rest) else float(f"{int(value)}.{digits}")
    if value is None:
        return None
    unit = "%" if m["part"] == "百" else "‰"
    return Figure(m.start(), m.end(), float(value), None, unit, bound_of(text, m.start(), (m["over"],)), "percent")
