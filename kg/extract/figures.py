"""Figures in a text: number, approximator and unit, whatever is counted.

In: text whose names and titles are masked, and the table of units. Out: Figure by Figure, in order. What is no figure
(ordinals, dates, hotlines, set phrases, vague amounts) has no unit, or one of the guards below refuses it. Measure
words are those of measures.py, Chinese numerals are read by numerals.py.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.extract import measures
from kg.extract.bounds import bound_of
from kg.extract.measures import DURATIONS
from kg.extract.numerals import NUMERALS, SCALES, TOOK, Figure, chinese, fraction, is_ordinal, number, share
from kg.vocabulary import Vocabulary

_N = r"\d{1,3}(?:[, ]\d{3}){1,3}(?:\.\d{1,4})?(?!\d)|\d{1,12}(?:\.\d{1,4})?(?!\d)"
_SCALE = "百万|千万|万亿|[十百万亿]|千(?![克米瓦分])"
#: What a number in two scales goes on with: 1万2千, 3万5000, 1亿2000万.
_THOUSAND = "千(?![克米瓦分])"
_REST = (
    rf"(?:(?<=亿)\d{{1,4}}千?万(?:\d{_THOUSAND}|\d{{3,4}}(?!\d))?"
    rf"|(?<=万)(?:\d{_THOUSAND}(?:\d百)?|\d{{3,4}}(?!\d)|\d百)|(?<=千)\d百)"
)
_REST_PART = re.compile(r"(\d+)([千百]?万|[千百])?")
_DIGIT = re.compile(rf"[\d{NUMERALS}]")
_JOIN = "[-~—–至到]"
_HIND = r"以上|以内|以下|左右|上下|之多|(?<=[日时钟天])内|\+(?![\w+])"

#: Days are dates, unless they are what something takes.
_DAYS = re.compile(r"(?:压缩|压减|缩短|时限|时长|用时|期限)[^,。;:\n月]{0,10}$")
#: What has to be done within a time: 15日内整改, 3个工作日内答复.
_WITHIN = re.compile(
    r"(?<=内)[^,。;:\n\d]{0,4}(?:办结|到场|到达|答复|回复|反馈|整改|处置|送达|备案|报备|公开|公示|移送|办理|化解|回应)"
)
_SCORE = re.compile(r"(?:占|得分|评分|分值|总分|成绩|考核|评估|评价|满意度|均分|平均|指数)[^,。;:\n]{0,8}$")
_MONEY = re.compile(
    r"(?:金额|资金|款|损失|投入|投资|债务|费用?|经费|标的额?|产值|案值|货值|工资|税|罚没|赔偿|补偿|追回|挽回|讨回|返还|止付|拨付)[^,。;:\n]{0,6}$"
)
_SHARED = re.compile(r"[、和与及]\d[\d.]{0,6}个(工作日|百分点|小时)")
_BARE = re.compile(
    r"(?:案件|纠纷|警情|线索|数|量|共|共计|合计|总计|累计|数为|至|到|率为|[由从](?:原来|原先|过去|此前|之前|去年|上年)?的?)$"
)
#: List item 2 of “2.5名律师”, not two and a half.
_ITEM = re.compile(r"\d{1,2}\.(\d{1,4})$")
_WHOLE = frozenset("人 名 件 份 家 次 场 场次 个 人次 起 宗 项 条 处 期 户".split())
#: What is reckoned by a threshold: 罚没10万元以上案件.
_CLASS = re.compile("的?(?:案件|合同|项目|工程|采购|资金|罚款|处罚)")
_MORE = re.compile(r"多(?=[,。;、)\n]|$)")
_CHROME = re.compile(r"(?:浏览|点击|访问|阅读|人气|来源|字号|字体)[^\n,。;:]{0,4}[::]\s*$")


@lru_cache(maxsize=1)
def _pattern(tables: Vocabulary) -> re.Pattern[str]:
    """Compile the pattern of a figure."""
    unit = measures.pattern(tables)
    return re.compile(
        rf"(?P<whole>[二三四五六七八九十])分之(?P<piece>[一二三四五六七八九])"
        rf"|(?P<part>[百千])分之(?P<share>[{NUMERALS}点]{{1,9}}|{_N})(?P<over>{_HIND})?"
        rf"|(?P<zero>零)(?![{NUMERALS}\d])"
        rf"|(?<![\d.+×·/〔-])(?:(?<![A-Za-z])|(?<=APP)|(?<=App)|(?<=KTV))(?<!\d:)"
        rf"(?:(?P<low>{_N})(?P<lowunit>%|{_SCALE})?{_JOIN})?(?P<number>{_N})"
        rf"(?P<more>[余多来])?(?:(?P<scale>{_SCALE})(?P<rest>{_REST})?)?(?P<more2>[余多来])?"
        rf"(?:(?P<unit>{unit})(?P<per>次(?![数生要序日])|\(次\))?)?(?P<behind>{_HIND})?"
        rf"|(?<![{NUMERALS}\d第届])(?P<chinese>[{NUMERALS}]{{1,8}})(?P<cmore>[余多来])?(?P<cscale>[万亿])?"
        rf"(?P<cunit>{unit})(?P<tenth>(?<=成)(?:[一二三四五六七八九](?!项|个|是)|半(?![数年月天])))?(?P<cbehind>{_HIND})?(?![{NUMERALS}])"
    )


def _arabic(text: str, m: re.Match[str], tables: Vocabulary) -> Figure | None:
    """Read a figure in Arabic digits; None if what stands around it makes it something else."""
    start, at = m.start(), m.start("number")
    digits, scale, rest, behind, unit = m.group("number", "scale", "rest", "behind", "unit")
    if not (unit or scale or _ends(text, m.end())):
        return None
    before = text[max(0, start - 24) : start].rpartition("\n")[2]
    threshold = behind in ("以上", "以下") and (
        (before.endswith("在") and text.startswith("的", m.end())) or _CLASS.match(text, m.end())
    )
    if threshold or is_ordinal(before) or (":" in before and _CHROME.search(before)):  # 金额在3万元以上的案件
        return None
    measured = _measure(text, m, before, tables)
    if measured is None:
        return None
    unit, end = measured
    value = number(digits, SCALES[scale or ""])
    if rest:
        value += sum(number(digits, SCALES[scale]) for digits, scale in _REST_PART.findall(rest))
    low = _low(m, unit, value)
    if low is None:
        start = at
    item = _ITEM.match(digits) if "." in digits else None
    if item and not scale and unit in _WHOLE and not text[:start].rpartition("\n")[2].strip():
        value, start = float(item[1]), at + item.start(1)  # “2.5名律师” that opens a line is item 2 of a list
    bound = bound_of(text, start, (behind, *m.group("more", "more2")))
    if low is not None:
        return Figure(start, end, low, value, unit, bound, "range")
    return Figure(start, end, value, None, unit, bound, "percent" if unit == "%" else "figure")


def _measure(text: str, m: re.Match[str], before: str, tables: Vocabulary) -> tuple[str | None, int] | None:
    """Return a figure's unit and where its quote ends; None if it measures nothing here."""
    unit = m["unit"]
    if unit:
        if (
            (unit in DURATIONS and not TOOK.search(before) and not _WITHIN.match(text, m.end()))
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
    large = SCALES[m["scale"] or ""] >= 10_000
    if large and _MONEY.search(before):
        return "元", m.end()
    return (None, m.end()) if large or _bare(text, before, m.end()) else None


def _low(m: re.Match[str], unit: str | None, high: float) -> float | None:
    """Return the lower end of a range (3-5次, 1至1.2万份), or None if the two numbers are none."""
    if not m["low"] or unit is None:
        return None
    scale = m["lowunit"] if m["lowunit"] in SCALES else m["scale"]
    low = number(m["low"], SCALES[scale or ""])
    return low if low < high else None


def _bare(text: str, before: str, end: int) -> bool:
    """Tell whether a number without a measure word counts: “结案数325,” does, “12345热线” does not."""
    return _ends(text, end) and bool(_BARE.search(before))


def _ends(text: str, end: int) -> bool:
    return text[end : end + 1] in ",。;、)\n减增压缩精降升提"  # the end of the text too


@lru_cache(maxsize=1)
def _numeral_places(tables: Vocabulary) -> frozenset[str]:
    """The places whose name begins like a figure (五家渠市, 三台县)."""
    return frozenset(name for name in tables.places_by_name if name[0] in NUMERALS and len(name) > 2)


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
            figure = fraction(text, m)
        elif m["share"]:
            figure = share(text, m)
        elif m["zero"]:
            figure = Figure(m.start(), m.end(), 0.0, None, None, "exact", "zero-word")
        else:
            named = any(text[m.start() : m.start() + n] in places for n in range(3, 7))
            figure = None if named else chinese(text, m)
        if figure and figure.unit and text.startswith("多", figure.end) and _MORE.match(text, figure.end):  # 二十三亩多
            figure = figure._replace(end=figure.end + 1, bound="at_least")
        if figure and last and figure.start == last.end and figure.bound == "exact":  # 不少于2期400人次
            figure = figure._replace(bound=bound_of(text, last.start, ()))
        if figure:
            last = figure
            yield figure
