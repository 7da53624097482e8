"""Is this text an annual report on rule-of-law government, or one of its relatives?

In: a cleaned text and what the page said of it. Out: why it is none, or None. The title decides where there is one; if
not, what the text is full of. The relatives' titles are rows of kind relative in tables/genre.csv.
"""

import re
from functools import lru_cache
from itertools import pairwise

from kg.model import Metadata
from kg.read.relatives import SUBJECTS, full_of_other, reads_as
from kg.read.words import words

_HAN = re.compile("[\u3400-\u9fff]+")
_TITLE = re.compile(
    "(?:法治政府|法制政府|依法行政|法治建设|法治(?:街道|乡镇|镇|乡|县|区|市|省)建设|依法治[省市区县镇乡街])"
    ".{0,40}(?:报告|总结|情况|汇报|自查)"
)
#: A report's name in a list.
_NAMED = re.compile("(?:法治政府|依法行政|法治建设)[^。\n]{0,12}?(?:报告|总结)")
_ITEM, _QUOTED = re.compile("[一二三四五六七八九十]{1,3}[、.]|[(]"), re.compile("《[^》]*》")
_ASKS = re.compile("的(?:通知|函|(?:审议|评议)?意见|批复|决定)$")
#: What no title has.
_SENTENCE = re.compile("[,;:?!]$|现[就将]|如下|^问:|为什么")
_HALF = re.compile("上半年|半年|[一二三]季度")
_YEARS = re.compile(r"20\d\d年?[-—–至~]{1,2}20\d\d年")
#: What a form leaves open: its body's name, a year, a figure; and marks without one of which it leaves nothing open.
_BLANK = r"(?:×{1,4}|[xX]{2,4}|某{1,2}|\*{2,4}|[_○◯〇]{2,6}|…{1,4}|\(单位名称\))"
_BLANKS = "×xX某*_○◯〇…"
_BODY = "(?:省|市|县|区|镇|乡|街道|局|委)"
_NAME = re.compile(rf"(?<![A-Za-z]){_BLANK}{_BODY}(?!域)")
_OPEN = re.compile(
    r"(?<![0-9A-Za-z])(?:20(?:\d[xX×*某_]|[xX×*某_]{2})|[×_]{2,6})年|(?<![0-9A-Za-z×])[×xX*_○]{1,4}(?=余?(?:[件次个名份场起项家条户批]|人次|万元))|某(?=[年月日件次名])"
)
_FORM_TITLE = re.compile(rf"^[^。\n]{{0,20}}{_BLANK}{_BODY}[^。\n]{{0,30}}(?:报告|总结)", re.MULTILINE)
#: Where a form asks for the body's name.
_ASKED = re.compile(r"[\[【(<](?:单位|部门|机关|街道|乡镇)(?:名称|全称)[\]】)>]")
_NEWS = re.compile(
    r"本报讯|本报记者|记者[^,。\n]{0,8}(?:报道|获悉)|通讯员|(?:^|\n)[^。\n]{0,30}[讯电][ (]|(?:日前|近日|昨日|今天),"
)
#: Who wrote a news item, in brackets at its end: his body and his name.
_BYLINE = re.compile(
    "\\((?:供稿:|文/|通讯员[: ]?)?[\u4e00-\u9fff]{2,14}[ :/][ ]?[\u4e00-\u9fff]{1,3}[ ]?[\u4e00-\u9fff]?\\)\\s*\\Z"
)
_REPORTS = re.compile(
    r"现将|如下|存在的?(?:主要)?(?:问题|不足|困难|短板)|下一?步|一、|第一责任人|202\d年(?:工作)?(?:计划|打算|安排)"
)
#: Relatives whose name in a title decides, though the title also names a report.
_DECIDING = ("解读", "评估报告", "政府信息公开年度报告", "范本")
#: One that a report's title may name too, if it tells of both: what the text is full of decides.
_MENDED = "督察整改"
#: A title that names nothing but what was mended after an inspection.
_MENDED_ALONE = re.compile("^[^暨及和与、]*(?:督[察查]|反馈|巡[视察]|考核)[^暨及和与、]{0,16}整改(?!.*[暨及和与、])")
#: A title that tells what was done about a report, and is none.
_EVENT = re.compile("(?:召开|举行|举办|听取|审议|会议?研究)(?!.*(?:报告|总结|情况|汇报)(?:[(《].*)?$)")
#: A circular that asks for reports, and carries none.
_ASKS_FOR = re.compile("(?:报送|上报|编报|填报|编制|撰写|征集|做好).*的(?:紧急|补充)?通知$")
#: The span of a plan in its name, which is none of the report's.
_SPAN_OF_A_PLAN = re.compile(r"(?<=纲要|规划|方案|意见)\(20\d\d[^()]{0,12}\)")
#: What a leader reports of himself: its title names no subject but his duty.
_OF_ONE = re.compile("第一责任人[^。]{0,12}(?:报告|总结|汇报)|述职|述法|履职报告")
_OF_A_BODY = re.compile("法[治制](?:政府|街道|乡镇|[镇乡县区市省])?建设(?!第一责任人)|依法行政|依法治[省市区县镇乡街]")
MIN_CHARACTERS = 100
#: Characters: looked at for Chinese; for a title; up to which a text is short.
_FIRST, _HEAD, _SHORT = 400, 1500, 1200
#: A text with fewer sentences, so many titles, and twice as many of these is a list.
_FEW, _LISTED = 10, 5
#: Characters in which an untitled text says of which time it reports.
_OPENING = 40


@lru_cache(maxsize=1)
def _relatives() -> tuple[re.Pattern[str], dict[str, str]]:
    rows = words("relative")
    every = "|".join(map(re.escape, sorted(rows, key=len, reverse=True)))
    first = "".join(sorted({word[0] for word in rows}))  # where none of these stands, no word need be tried
    return re.compile(f"(?=[{re.escape(first)}])(?:{every})"), rows


def not_a_report(text: str, metadata: Metadata | None = None) -> str | None:
    """Return why a cleaned text is no report of this genre, or None if it is one.

    >>> not_a_report("今日天气晴。" * 50)
    'nothing in it speaks of 法治政府 or 依法行政'
    """
    count = sum(map(len, _HAN.findall(text, 0, _FIRST)))
    if count < MIN_CHARACTERS:
        count = sum(map(len, _HAN.findall(text)))
    if count < MIN_CHARACTERS:
        return f"only {count} Chinese characters"
    if not any(subject in text for subject in SUBJECTS):
        return "nothing in it speaks of 法治政府 or 依法行政"
    stops = text.count("。")
    if stops < _FEW and (named := len(_NAMED.findall(text))) >= _LISTED and named > 2 * stops:
        return "it is a list of reports; save each report's own page"
    if _is_form(text):
        return "it is a form, with the body's name or the figures left open"
    title = _title(text, metadata)
    if title is not None:
        return _by_title(title, text)
    return _by_text(text)


def _title(text: str, metadata: Metadata | None) -> str | None:
    """Return the line that says what the text is: a short line of its head that names a report, a relative, a plan."""
    relative, _ = _relatives()
    lines = [line.strip() for line in text[:_HEAD].split("\n") if line.strip()][:14]
    heads = [line for line in lines if len(line) <= 70 and "。" not in line and not _ITEM.match(line)]
    candidates = [*heads, *([metadata.title] if metadata and metadata.title else [])]
    joined = ["".join(pair) for pair in pairwise(heads) if len("".join(pair)) <= 60]
    named = [line for line in [*candidates, *joined] if _TITLE.search(line) and not _SENTENCE.search(line)]
    others = [line for line in candidates if relative.search(line) and not line.endswith((":", ","))]
    return next((line for line in (*named, *others)), None)  # a menu may name a relative above the report's own title


def _by_title(title: str, text: str) -> str | None:
    relative, names = _relatives()
    unquoted = _SPAN_OF_A_PLAN.sub("", _QUOTED.sub("", title))
    found = relative.search(unquoted)
    kind = names[found.group()] if found else None
    reports = _TITLE.search(unquoted) is not None
    asks = _ASKS.search(unquoted)
    if _EVENT.search(unquoted) and not _carries(title, text):
        return f"its title says 新闻 ({title[:40]})"
    if _OF_ONE.search(unquoted) and not _OF_A_BODY.search(unquoted):
        return f"its title says 述法报告 ({title[:40]})"
    if kind in _DECIDING or (
        kind and (asks or not reports) and (_ASKS_FOR.search(unquoted) or not _carries(title, text))
    ):
        return f"its title says {kind} ({title[:40]})"
    if kind == _MENDED and _MENDED_ALONE.search(unquoted):
        return f"its title says {kind} ({title[:40]})"
    if kind == _MENDED and (reason := reads_as(text)):
        return reason
    if reports and (_HALF.search(unquoted) or _YEARS.search(unquoted)):
        return f"it reports on another time than a year ({title[:40]})"
    return full_of_other(text, 3 if reports else 1) or _news(text)


def _carries(title: str, text: str) -> bool:
    """Tell a circular that issues a report from one that asks for it: the report follows."""
    return _TITLE.search(title) is not None and len(set(_REPORTS.findall(text))) >= 4


def _is_form(text: str) -> bool:
    """Tell a form by what it leaves open: a party's name that a report masks is not enough."""
    if "称" in text and any(word in text for word in ("名称", "全称")) and len(_ASKED.findall(text)) >= 2:
        return True
    if not any(mark in text for mark in _BLANKS):
        return False
    names, others = len(_NAME.findall(text)), len(_OPEN.findall(text))
    return (
        names >= 4 or others >= 4 or names + others >= 3 or (names > 0 and _FORM_TITLE.search(text[:400]) is not None)
    )


def _by_text(text: str) -> str | None:
    if reason := full_of_other(text) or reads_as(text):
        return reason
    if _HALF.search(text[:_OPENING]):
        return "it reports on another time than a year"
    return _news(text)


def _news(text: str) -> str | None:
    """Tell a news item: short, dated by its reporter, and without the parts of a report."""
    short = len(text) < _SHORT and len(set(_REPORTS.findall(text))) < 2
    return "it reads as 新闻" if short and (_NEWS.search(text[:400]) or _BYLINE.search(text[-60:])) else None
