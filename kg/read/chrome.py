"""The web page around a report: what it says of the report, and which lines are none of the report's.

In: a text whose characters are repaired. Out: Metadata; the lines cut from a Draft, each with its rule. The words are
tables/chrome.csv. Lines are judged one by one, most strictly between the first line of the report's prose and the last.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

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
_MARKS = frozenset(":|[]【】")
_PLACE = re.compile("[ ]{0,8}(?:[你您]?(?:现在|当前|所在)*的?(?:所在)?位置|欢迎)")
_WEAK = re.compile("[^\u3400-\u9fff]{0,8}[日时][ ]{0,3}[期间]")
_FILE = re.compile(r"\.(?:docx?|pdf|xlsx?|zip|rar|wps|ofd|jpg|png)\b", re.IGNORECASE)
_NUMBER = re.compile(r"[\u4e00-\u9fff][^\s|]{0,16}[〔\[(【]20\d\d[〕\])】][^\s|]{0,4}\d{1,5}号")
#: A line longer than this belongs to the report; so does one with so many Chinese characters and a full stop.
_LONGEST, _PROSE = 240, 40
#: Nor is a line without a full stop that is not longer than this: an index table may stand on one line.
_TABLE = 800


class Line(NamedTuple):
    start: int
    end: int  # of its text; the line's end follows
    text: str


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


def _lines(text: str) -> list[Line]:
    found, at = [], 0
    for line in text.split("\n"):
        found.append(Line(at, at + len(line), line))
        at += len(line) + 1
    return found


def _is_prose(line: str) -> bool:
    if len(line) > _LONGEST:
        return "。" in line or len(line) > _TABLE
    if len(line) >= _PROSE and ("。" in line or line.rstrip().endswith((":", ";"))):
        return True
    return _NUMBERED.match(line) is not None


def _body(lines: Sequence[Line]) -> tuple[int, int]:
    """Return the numbers of the first line of prose and of the one behind the last."""
    prose = [i for i, line in enumerate(lines) if _is_prose(line.text)]
    return (prose[0], prose[-1] + 1) if prose else (len(lines), len(lines))


def metadata(text: str, outside: Sequence[tuple[int, int]] = ()) -> Metadata:
    """Read what labels say above and below the report, and in the spans that lie outside it."""
    lines = _lines(text)
    first, last = _body(lines)
    spans = iter(sorted(outside))
    span = next(spans, None)
    around: list[str] = []
    for i, line in enumerate(lines):
        while span and span[1] <= line.start:
            span = next(spans, None)
        beside = span is not None and span[0] <= line.start < span[1]
        clock = "星期" in line.text and _TODAY.search(line.text)
        weak = i >= last and _WEAK.match(line.text)  # below the report a bare 日期 is anybody's
        if (i < first or i >= last or beside) and len(line.text) <= _TABLE and not clock and not weak:
            around.append(line.text)
    if first < len(lines) and len(lines[first].text) > _LONGEST and ":" in lines[first].text[:_LONGEST]:
        around.append(lines[first].text[:_TABLE].partition("。")[0])
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
    lines = _lines(draft.text)
    first, last = _body(lines)
    spans: list[tuple[str, int, int]] = []
    menu = _menu(lines[:first])
    i = 0
    while i < len(lines):
        line = lines[i]
        zone = "head" if i < first else "foot" if i >= last else "body"
        if i in menu:
            spans.append(("navigation", line.start, min(line.end + 1, len(draft.text))))
        elif zone == "foot" and _patterns().foot.match(line.text):
            spans.append(("foot", line.start, len(draft.text)))
            break
        elif line.text.strip() and len(line.text) <= _TABLE and (found := _judge(line, zone)):
            rule, at = found
            spans.append((rule, at, line.end if at > line.start else min(line.end + 1, len(draft.text))))
            following = lines[i + 1].text.strip() if i + 1 < len(lines) else ""
            if rule == "label-alone" and zone == "head" and _is_value(following):
                i += 1
                spans.append(("label-value", lines[i].start, min(lines[i].end + 1, len(draft.text))))
        i += 1
    draft.cut(spans)


def _is_value(line: str) -> bool:
    return 0 < len(line) <= 60 and not _TITLE.search(line) and not _patterns().label.match(line) and "。" not in line


def _judge(line: Line, zone: str) -> tuple[str, int] | None:
    """Return why a line is the page's, and from where on; None if it is the report's."""
    patterns, text = _patterns(), line.text
    if "。" in text or (zone == "body" and len(text) > _PROSE):
        return None
    bare = text.strip(" \t:|[]【】()•·*-")
    if bare in patterns.fields or bare.replace(" ", "") in patterns.fields:
        return ("label-alone", line.start) if zone == "head" or bare not in ("日期", "时间", "名称", "标题") else None
    rest = _CLOCK.sub("", _DATE.sub("", text))
    without = patterns.token.sub("", rest)
    if without != rest and not _LETTER.search(without):
        return ("page-words", line.start) if zone != "body" or len(without) + 2 <= len(rest) else None
    if any(mark in text for mark in _CRUMB_MARKS) and _CRUMBS.search(text):
        return "breadcrumbs", line.start
    if zone == "body":
        return ("page-line", line.start) if patterns.holds.search(text) else None
    if patterns.opens.match(text):
        return "page-line", line.start
    if zone == "head" and _TODAY.search(text) and len(text) <= 60:
        return "clock", line.start
    if _FILE.search(text) and zone == "foot":
        return "attachment", line.start
    return _labels(line, zone) or (("page-line", line.start) if patterns.holds.search(text) else None)


def _labels(line: Line, zone: str) -> tuple[str, int] | None:
    """Judge a line that labels stand in: all of it is the page's, or what follows the title."""
    match = _patterns().label.search(line.text)
    if not match or (
        match["colon"] not in (":", "|") and not match["close"] and not _DATE.match(line.text, match.end() + 1)
    ):
        return None
    before = line.text[: match.start()]
    if _patterns().fields[match["label"].replace(" ", "")] == "title" and _SUBJECT.search(line.text):
        return None
    if not _HAN.search(before):
        return "label-line", line.start
    return ("label-line", line.start + match.start()) if _SUBJECT.search(before) or _DATE.search(before) else None


def _menu(lines: Sequence[Line]) -> set[int]:
    """Return the numbers of lines that are a menu: four and more in a row of a few characters each."""
    found: set[int] = set()
    run: list[int] = []
    for i, line in enumerate([*lines, Line(0, 0, "。")]):
        text = line.text.strip()
        if not text and run:
            continue
        if 0 < len(text) <= 6 and not re.search(r"[\d,。、:;(《〔]", text):
            run.append(i)
        else:
            found |= set(run) if len(run) >= 4 else set()
            run = []
    return found
