"""The web page around a report: what it says of the report, and which lines are none of the report's.

In: a text whose characters are repaired. Out: Metadata; the lines cut from a Draft, each with its rule. The words are
tables/chrome.csv. Lines are judged one by one, most strictly between the first line of the report's prose and the last.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from kg.model import Metadata
from kg.read.draft import Draft
from kg.read.words import words

_HAN = re.compile("[\u3400-\u9fff]")
_LETTER = re.compile("[\u3400-\u9fffA-Za-z]")
_DATE = re.compile(r"(20\d\d)[ ]?[-/.年][ ]?(\d{1,2})[ ]?[-/.月][ ]?(\d{1,2})(?!\d)日?")
_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?|星期[一二三四五六日天]")
_TODAY = re.compile(r"20\d\d年\d{1,2}月\d{1,2}日[ ]{0,4}星期[一二三四五六日天]")
_NUMBERED = re.compile(
    r"[ \t]*(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,2}是)"
)
_SUBJECT = re.compile("法治政府|法制政府|依法行政|法治建设|法治[街县区市省乡镇]")
_TITLE = re.compile(rf"(?:{_SUBJECT.pattern}).{{0,30}}(?:报告|总结|情况|汇报)")
_CRUMBS = re.compile(r"^[^。\n]{0,20}首页[ ]{0,4}(?:>|»|›|/|-|·|\|)|(?:[^>\n]{1,30}(?:>|»|›){1,2}){2}")
_CRUMB_MARKS = (">", "»", "›", "首页")
#: What only a page asks for: inside a report, a line of its words is cut for one of these.
_ACTION = re.compile("打印|分享|扫一扫|扫码|关闭|字[体号]|浏览|点击|阅读|访问|返回|二维码|[上下]一篇")
_MARKS = frozenset(":|[]【】")
_PLACE = re.compile("[ ]{0,8}(?:[你您]?(?:现在|当前|所在)*的?(?:所在)?位置|欢迎)")
_WEAK = re.compile("[^\u3400-\u9fff]{0,8}[日时][ ]{0,3}[期间]")
_FILE = re.compile(r"\.(?:docx?|pdf|xlsx?|zip|rar|wps|ofd|jpg|png)\b", re.IGNORECASE)
_NUMBER = re.compile(r"[\u4e00-\u9fff][^\s|]{0,16}[〔\[(【]20\d\d[〕\])】][^\s|]{0,4}\d{1,5}号")
#: A line longer than this belongs to the report; so does one with so many Chinese characters and a full stop.
_LONGEST, _PROSE = 240, 40
#: Nor is a line without a full stop that is not longer than this: an index table may stand on one line.
_TABLE = 800


@dataclass(frozen=True, slots=True)
class _Patterns:
    label: re.Pattern[str]
    fields: Mapping[str, str]
    token: re.Pattern[str]
    opens: re.Pattern[str]
    foot: re.Pattern[str]
    holds: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    fields = words("label")

    def any_of(names: Sequence[str], between: str = "") -> str:
        return "|".join(between.join(map(re.escape, n)) for n in sorted(names, key=len, reverse=True))

    label = any_of(list(fields), "[ ]{0,3}")
    return _Patterns(
        re.compile(
            rf"(?:^|(?<=[\s|\[【;,。)\]】(]))[\[【(•·*-]?[ ]?(?P<label>{label})(?P<close>[ ]?[\]】])?[ ]{{0,3}}"
            r"(?P<colon>[:|]|$|(?=[ ]))",
            re.MULTILINE,
        ),
        fields,
        re.compile(f"{label}|{any_of([*words('token')])}"),
        re.compile(rf"[ •·|]{{0,4}}(?:{any_of([*words('opens')])})"),
        re.compile(rf"[ •·|]{{0,4}}(?:{any_of([*words('foot')])})"),
        re.compile(any_of([*words("holds")])),
    )


def _is_prose(line: str) -> bool:
    if len(line) > _LONGEST:
        return "。" in line or len(line) > _TABLE
    if len(line) >= _PROSE and ("。" in line or line.rstrip().endswith((":", ";"))):
        return True
    return _NUMBERED.match(line) is not None


def _body(lines: Sequence[str]) -> tuple[int, int]:
    """Return the numbers of the first line of prose and of the one behind the last."""
    first = next((i for i, line in enumerate(lines) if _is_prose(line)), len(lines))
    last = next((i for i in range(len(lines) - 1, first - 1, -1) if _is_prose(lines[i])), len(lines) - 1)
    return first, last + 1


def metadata(text: str, outside: Sequence[tuple[int, int]] = ()) -> Metadata:
    """Read what labels say above and below the report, and in the spans that lie outside it."""
    lines = text.split("\n")
    first, last = _body(lines)
    inside = [line for start, end in outside for line in text[start:end].split("\n")]
    # below the report a bare 日期 is anybody's
    around = [*lines[:first], *inside, *(line for line in lines[last:] if not _WEAK.match(line))]
    around = [x for x in dict.fromkeys(around) if x and len(x) <= _TABLE and not ("星期" in x and _TODAY.search(x))]
    if first < len(lines) and len(lines[first]) > _LONGEST and ":" in lines[first][:_LONGEST]:
        around.append(lines[first][:_TABLE].partition("。")[0])
    found: dict[str, str] = {}
    labelled = any(not _MARKS.isdisjoint(line) or line.strip() in _patterns().fields for line in around)
    for name, value in _labelled("\n".join(around)) if labelled else ():
        if name and name not in found and (kept := _value(name, value)):
            found[name] = kept
    if not found.keys() & {"published", "signed", "updated"}:
        named = [line for line in around if labelled and _patterns().label.search(line)]
        if dated := next((match for line in named if (match := _DATE.search(line))), None):
            found |= {"published": date} if (date := _value("published", dated[0])) else {}
    trail = [line.strip() for line in around if _CRUMBS.search(line) or _PLACE.match(line)]
    return Metadata(**found, trail=" ".join(trail)[:300] or None)


def _labelled(text: str) -> Iterator[tuple[str, str]]:
    """Yield (field, value) for each label: the value goes up to the next label, a cell's or a line's end."""
    patterns = _patterns()
    matches = list(patterns.label.finditer(text))
    for match, following in zip(matches, [*matches[1:], None], strict=False):
        end = following.start() if following else len(text)
        value = text[match.end() : end].lstrip(" |\u3000")
        if value.startswith("\n") and not match["colon"].strip("|"):
            value = value.lstrip("\n ")
        elif value.startswith("\n"):
            value = value[1:].lstrip()
        yield (
            patterns.fields[match["label"].replace(" ", "")],
            re.split(r"\n|\||[ ]{2}", value, maxsplit=1)[0].strip(" |[【;,"),
        )


def _value(name: str, value: str) -> str | None:
    if name in ("published", "signed", "updated"):
        if not (match := _DATE.match(value)):
            return None
        year, month, day = (int(part) for part in match.groups())
        return f"{year}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None
    if name == "number":
        return match[0] if (match := _NUMBER.search(value)) else None
    if name == "index":
        return value.split(" ")[0][:60] or None if re.search(r"\d", value) else None
    if name == "title":
        return value if 8 <= len(value) <= 90 and _SUBJECT.search(value) else None
    value = value.split(" ")[0]
    return value if 2 <= len(value) <= 40 and _HAN.search(value) and not _DATE.search(value) else None


def cut(draft: Draft) -> None:
    """Cut the lines that are the page's and not the report's."""
    lines = draft.text.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    first, last = _body(lines)
    inside = (i for i in range(first, last) if 0 < len(lines[i]) <= _PROSE and "。" not in lines[i])
    menu = _menu(lines[:first])
    spans: list[tuple[str, int, int]] = []
    size, value = len(draft.text), -1
    for i in (*range(first), *inside, *range(last, len(lines))):
        line, start, end = lines[i], starts[i], min(starts[i + 1], size)
        zone = "head" if i < first else "foot" if i >= last else "body"
        if i == value and _is_value(line.strip()):
            spans.append(("label-value", start, end))
        elif i in menu:
            spans.append(("navigation", start, end))
        elif zone == "foot" and _patterns().foot.match(line):
            spans.append(("foot", start, size))
            break
        elif line.strip() and len(line) <= _TABLE and (found := _judge(line, zone)):
            rule, at = found
            spans.append((rule, start + at, start + len(line) if at else end))
            value = i + 1 if rule == "label-alone" and zone == "head" else -1
    draft.cut(spans)


def _is_value(line: str) -> bool:
    return 0 < len(line) <= 60 and not _TITLE.search(line) and not _patterns().label.match(line) and "。" not in line


def _judge(text: str, zone: str) -> tuple[str, int] | None:
    """Return why a line is the page's, and from which character on; None if it is the report's."""
    patterns = _patterns()
    if "。" in text or (zone == "body" and _NUMBERED.match(text)):
        return None
    bare = text.strip(" \t:|[]【】()•·*-").replace(" ", "")
    if bare in patterns.fields:
        return ("label-alone", 0) if zone == "head" or bare not in ("日期", "时间", "名称", "标题") else None
    rest = _CLOCK.sub("", _DATE.sub("", text))
    without = patterns.token.sub("", rest)
    if without != rest and not _LETTER.search(without):
        return ("page-words", 0) if zone != "body" or _ACTION.search(rest) else None
    if any(mark in text for mark in _CRUMB_MARKS) and _CRUMBS.search(text):
        return "breadcrumbs", 0
    if zone == "body":
        return ("page-line", 0) if patterns.holds.search(text) else None
    if patterns.opens.match(text):
        return "page-line", 0
    if zone == "head" and _TODAY.search(text) and len(text) <= 60:
        return "clock", 0
    if _FILE.search(text) and zone == "foot":
        return "attachment", 0
    return _labels(text) or (("page-line", 0) if patterns.holds.search(text) else None)


def _labels(text: str) -> tuple[str, int] | None:
    """Judge a line that labels stand in: all of it is the page's, or what follows the title."""
    match = _patterns().label.search(text)
    if not match or (
        match["colon"] not in (":", "|") and not match["close"] and not _DATE.match(text, match.end() + 1)
    ):
        return None
    before = text[: match.start()]
    if _patterns().fields[match["label"].replace(" ", "")] == "title" and _SUBJECT.search(text):
        return None
    if not _HAN.search(before):
        return "label-line", 0
    return ("label-line", match.start()) if _SUBJECT.search(before) or _DATE.search(before) else None


def _menu(lines: Sequence[str]) -> set[int]:
    """Return the numbers of lines that are a menu: four and more in a row of a few characters each."""
    found: set[int] = set()
    run: list[int] = []
    for i, line in enumerate([*lines, "。"]):
        text = line.strip()
        if not text and run:
            continue
        if 0 < len(text) <= 6 and not re.search(r"[\d,。、:;(《〔]", text):
            run.append(i)
        else:
            found |= set(run) if len(run) >= 4 else set()
            run = []
    return found
