"""The lines of the web page around a report, which are none of the report's.

In: a text whose characters are repaired. Out: the lines cut from a Draft, each with its rule. The words are
tables/chrome.csv. Lines are judged one by one, most strictly between the first line of the report's prose and the last.
"""

import re
from collections.abc import Sequence
from itertools import accumulate

from kg.read.draft import Draft
from kg.read.labels import (
    ADDRESS,
    DATE,
    HAN,
    LETTER,
    LONGEST,
    NUMBER,
    NUMBERED,
    PLACE,
    PROSE,
    SUBJECT,
    TABLE,
    TODAY,
    bare,
    body,
    glued,
    is_contents,
    is_of_a_site,
    is_trail,
    patterns,
)

_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?|星期[一二三四五六日天]")
_DAY_AND_CLOCK = re.compile(rf"[ ]{{0,40}}{DATE.pattern}[ ]{{0,4}}(?:[上下]午|[ ])\d{{1,2}}:\d\d(?::\d\d)?[ ]{{0,40}}")
#: What a browser prints above and below a page beside its title: the page's address, how many pages there are.
_PRINTED = re.compile(rf"[ ]{{0,40}}(?:{ADDRESS.pattern}|\d{{1,3}}/\d{{1,3}})[ ]{{0,40}}")
_TITLE = re.compile(rf"(?:{SUBJECT.pattern}).{{0,30}}(?:报告|总结|情况|汇报)")
#: What only a page asks for: inside a report, a line of its words is cut for one of these.
_ACTION = re.compile("打印|分享|扫一扫|扫码|关闭|字[体号]|浏览|点击|阅读|访问|返回|二维码|[上下]一篇")
_FILE = re.compile(r"\.(?:docx?|pdf|xlsx?|zip|rar|wps|ofd|jpg|png)\b", re.IGNORECASE)
#: The ending of a file's name, behind a title that it gave.
_ENDING = re.compile(r"(?<=报告|总结|情况|汇报)\.(?:docx?|pdf|wps|txt)\s{0,8}$", re.IGNORECASE)
#: What is left of a list whose items are empty.
_BULLETS = re.compile("[ •·|*-]+")
#: What a page's script would have filled in; the empty cells of a table's row.
_UNFILLED = re.compile(r"\s{0,40}(?:\{\{[^{}]{1,40}\}\}\s{0,9})+")
_EMPTY_CELLS = re.compile(r"[ ]{0,9}\|[ |]{2,}$")
_DAY = re.compile(r"\s{0,40}\d\d[-/.]\d\d\s{0,40}")
_SIGNED = re.compile(r"\s{0,40}20\d\d年\d{1,2}月\d{1,2}日\s{0,40}")


def cut(draft: Draft) -> None:
    """Cut the lines that are the page's and not the report's."""
    lines, first, last = body(draft.text)
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    inside = (i for i in range(first, last) if 0 < len(lines[i]) <= PROSE and "。" not in lines[i])
    menu, parted = _menu(lines[:first]), glued(lines[:first])
    spans: list[tuple[str, int, int]] = []
    size, value = len(draft.text), -1
    for i in (*range(first), *inside, *range(last, len(lines))):
        line, start, end = lines[i], starts[i], min(starts[i + 1], size)
        zone = "head" if i < first else "foot" if i >= last else "body"
        if i == value and _is_value(line.strip()):
            spans.append(("label-value", start, end))
        elif zone == "head" and line.strip().isdigit() and _DAY.fullmatch(lines[min(i + 1, len(lines) - 1)]):
            spans.append(("page-words", start, end))  # the year of a day on the next line
        elif i in menu:
            spans.append(("navigation", start, end))
        elif i in parted:
            spans.append(("label-line", start, end))
        elif zone == "head" and len(line) <= TABLE and (cell := _title_cell(line)):
            again = any(other.strip() == line[cell[0] : cell[1]] for other in lines[: first + 3])
            kept = (0, 0) if again else cell
            spans += [("label-line", start, start + kept[0])] if kept[0] else []
            spans += [("label-line", start + kept[1], end if again else start + len(line))]
        elif zone == "foot" and patterns().foot.match(line):
            # 地址: and the like may stand above a signature: such a line goes alone
            alone = ":" in line[:8] and any(_SIGNED.fullmatch(later) for later in lines[i + 1 : i + 5])
            spans.append(("foot", start, end if alone else size))
            if not alone:
                break
        elif line.strip() and len(line) <= TABLE and (found := _judge(line, zone)):
            rule, at = found
            spans.append((rule, start + at, start + len(line) if at else end))
            titled = patterns().fields.get(bare(line.strip(" \t:|[]【】()•·*-"))) == "title"  # which may take two lines
            value = i + 1 if rule == "label-alone" and zone == "head" and not titled else -1
    draft.cut(spans)


def _is_value(line: str) -> bool:
    return 0 < len(line) <= 60 and not _TITLE.search(line) and not patterns().label.match(line) and "。" not in line


def _judge(text: str, zone: str) -> tuple[str, int] | None:
    """Return why a line is the page's, and from which character on; None if it is the report's."""
    known = patterns()
    if is_contents(text) or (zone == "head" and bare(text) == "目录"):
        return "contents", 0
    if "。" in text:
        return ("page-line", 0) if zone != "body" and len(text) <= LONGEST and is_of_a_site(text) else None
    if zone == "body" and NUMBERED.match(text):
        return None
    alone = bare(text.strip(" \t:|[]【】()•·*-"))
    if alone in known.fields:
        return ("label-alone", 0) if zone == "head" or alone not in ("日期", "时间", "名称", "标题") else None
    rest = _CLOCK.sub("", DATE.sub("", text))
    opens = (first := LETTER.search(rest)) and known.token.match(rest, first.start())  # each begins with a letter
    figure = zone != "head" and rest.strip(" \t,.0123456789") == "次"  # a table's cell
    if opens and not figure and not LETTER.search(known.token.sub("", rest)):
        return ("page-words", 0) if zone != "body" or _ACTION.search(rest) else None
    if zone == "head" and (_DAY.fullmatch(text) or _BULLETS.fullmatch(text)):
        return "page-words", 0
    if "{{" in text and _UNFILLED.fullmatch(text):
        return "page-words", 0
    if zone == "head" and text.endswith("|") and (cells := _EMPTY_CELLS.search(text)):
        return "page-words", cells.start()
    if zone == "head" and "附件" not in text and (ending := _ENDING.search(text)):
        return "file-ending", ending.start()
    if is_trail(text) and (zone != "body" or "首页" in text or PLACE.match(text)):
        return "breadcrumbs", 0
    if zone == "head" and "号" in text and NUMBER.fullmatch(text.strip()):
        return "number", 0
    if zone != "body" and "/" in text and _PRINTED.fullmatch(text):
        return "page-line", 0
    if zone == "body":
        return ("page-line", 0) if known.holds.search(text) else None
    if known.opens.match(text):
        return "page-line", 0
    if zone == "head" and len(text) <= 60 and (TODAY.search(text) or (":" in text and _DAY_AND_CLOCK.fullmatch(text))):
        return "clock", 0
    if _FILE.search(text) and zone == "foot":
        return "attachment", 0
    if zone == "head" and _half_words(rest) and not _labels(text):
        return "page-words", 0
    return _labels(text) or (("page-line", 0) if known.holds.search(text) else None)


def _title_cell(line: str) -> tuple[int, int] | None:
    """Return where the title stands in a line that labels it: 名称:某镇…报告 文号:无."""
    label = patterns().label
    found = next((m for m in label.finditer(line) if patterns().fields[bare(m["label"])] == "title"), None)
    if not found or not SUBJECT.search(line, found.end()):
        return None
    start = found.end() + len(line[found.end() :]) - len(line[found.end() :].lstrip(" |"))
    following = re.compile(r"[ ]{0,9}\||[ ]{2}").search(line, start)
    ends = [len(line), *(m.start() for m in label.finditer(line, start))] + ([following.start()] if following else [])
    return start, start + len(line[start : min(ends)].rstrip())


def _half_words(text: str) -> bool:
    """Tell a line of a page's words that has some that the table does not know.

    >>> _half_words("放大 缩小 配色 某某模式"), _half_words("某镇 报告 放大")
    (True, False)
    """
    if sum(map(text.count, " \t|:/")) < 3:
        return False
    parts = [part.strip("+-[]【】()") for part in re.split(r"[\s|:/]+", text) if HAN.search(part)]
    if len(parts) < 4:
        return False
    return sum(len(part) > 1 and patterns().token.fullmatch(part) is not None for part in parts) >= 0.6 * len(parts)


def _labels(text: str) -> tuple[str, int] | None:
    """Judge a line that labels stand in: all of it is the page's, or what follows the title."""
    match = patterns().label.search(text)
    if match and not HAN.search(text[: match.start()]) and _is_unmarked(text):
        return "label-line", 0
    if not match or (match["colon"] not in (":", "|") and not match["close"] and not DATE.match(text, match.end() + 1)):
        return None
    before = text[: match.start()]
    if patterns().fields[bare(match["label"])] == "title" and SUBJECT.search(text):
        return None
    if not HAN.search(patterns().token.sub("", before)):
        return "label-line", 0
    return ("label-line", match.start()) if SUBJECT.search(before) or DATE.search(before) else None


def _is_unmarked(text: str) -> bool:
    """Tell a line of three and more labels that only blanks part from their values, or of two, one with a day."""
    found = [match for match in patterns().label.finditer(text) if not match["colon"]]
    if len(found) < 2 or not re.search(r"\w", patterns().label.sub("", text)):  # a table's head has no values
        return False
    return len(found) > 2 or any(DATE.match(text, match.end() + 1) for match in found)


def _menu(lines: Sequence[str]) -> set[int]:
    """Return the numbers of lines that are a menu: four short ones in a row, or two and more with a site's word."""
    found: set[int] = set()
    run: list[int] = []
    for i, line in enumerate([*lines, "。"]):
        text = line.strip()
        if not text and run:
            continue
        if 0 < len(text) <= 6 and not re.search(r"[\d,。、:;(《〔]", text) and bare(text) not in patterns().fields:
            run.append(i)
        else:
            known = len(run) > 1 and any(patterns().token.fullmatch(lines[j].strip()) for j in run)
            found |= set(run) if len(run) >= 4 or known else set()
            run = []
    return found
