"""What a page says of the report: the values of its labels, in any of their layouts, and its breadcrumbs.

In: a text whose characters are repaired, and what of it lies outside the report. Out: Metadata. The labels are
tables/chrome.csv; a new one is a row there.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.model import Metadata
from kg.read.words import words
from kg.text import part_of_date

HAN = re.compile("[\u3400-\u9fff]")
LETTER = re.compile("[\u3400-\u9fffA-Za-z]")
DATE = re.compile(r"(20\d\d)[ ]?[-—–/.年][ ]?(\d{1,2})[ ]?[-—–/.月][ ]?(\d{1,2})(?!\d)日?")
#: A day that begins with the day of its month, or with the month: 25.02.2016, 02/25/2016; one without marks.
_DAY_FIRST = re.compile(r"(?<![\d.])(\d{1,2})(?P<mark>[./-])(\d{1,2})(?P=mark)(20\d\d)(?!\d)")
#: A day in words: 二〇二四年元月十五日; with its month alone in words: 2024年元月15日.
_HAN_DAY = re.compile(
    r"([二2][〇○零0][〇○零一二三四五六七八九\d]{2})年([元一二三四五六七八九十\d]{1,3})月([一二三四五六七八九十\d]{1,3})日"
)
_BARE_DAY = re.compile(r"(20\d\d)(\d\d)(\d\d)(?!\d)")
_MARKED_DAY = r"20\d\d[ ]?[-—–/.][ ]?\d{1,2}[ ]?[-—–/.][ ]?\d{1,2}(?!\d)"
#: A line below the report that is nothing but such a day, looked for in so many; a signed 年月日 is the extractor's.
_DAY_ALONE, _SIGNATURE = re.compile(rf"[ (]{{0,60}}(?P<day>{_MARKED_DAY}|{_DAY_FIRST.pattern})[ )]{{0,60}}"), 4
TODAY = re.compile(r"20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?[ ]{0,4}星期[一二三四五六日天]")
NUMBERED = re.compile(
    r"[ \t]*(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,2}是)"
)
SUBJECT = re.compile("法[治制]政府|依法行政|法治[\u4e00-\u9fff]{0,4}建设|法治[街县区市省乡镇]")
_CRUMBS = re.compile(r"^[^。\n]{0,20}首页[ ]{0,4}(?:>|»|›|/|-|·|\|)|(?:[^>\n]{1,30}(?:>|»|›){1,2}){2}")
_CRUMB_MARKS = (">", "»", "›", "首页")
ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]{4,300}")
_MARKS = ":|[]【】"
PLACE = re.compile("[ ]{0,8}(?:[你您]?(?:现在|当前|所在)*的?(?:所在)?位置|欢迎)")
_WEAK = re.compile("[^\u3400-\u9fff]{0,8}[日时][ ]{0,3}[期间]")
_SPLIT_DATE = re.compile(r"^(20\d\d)[ ]{0,4}\n[ ]{0,4}(\d\d[-/.]\d\d)[ ]{0,4}$", re.MULTILINE)
#: A line that opens with a day and says hardly more than whose it is; a day with a clock behind it. (Browsers print
#: the day of printing with 上午 or 下午.)
_DAYS_LINE = re.compile(
    rf"[ (]{{0,40}}(?P<day>{_MARKED_DAY}|{_DAY_FIRST.pattern})"
    r"(?![^。\n]*(?:星期|[上下]午))[^。,、\n]{0,40}"
)
_CLOCKED = re.compile(rf"^(?![^\n]*(?:星期|。))[^\n]{{0,40}}?(?P<day>{DATE.pattern})[ ]{{1,4}}\d{{1,2}}:\d\d(?!\d)")
#: A day whose label no mark parts from it: 发布于 2024-01-12.
_UNMARKED_DAY = re.compile(rf"[\u4e00-\u9fff]{{2}}[ ]?{DATE.pattern}")
#: What stands before the day of something else than the report.
_OF_ANOTHER = re.compile(
    r"(?:(?:归档|生效|失效|施行|实施|废止|有效|截止|截至|到期)(?:日期|时间|期限?)?|至)[^\w\n]{0,4}$"
)
_LEADER = re.compile(r"[.…·]{4,}[ ]{0,3}\d{1,3}[ ]{0,3}$")
#: A committee of the Party and the office it leads, as the publisher of one report.
_JOINT = re.compile("中共[一-鿿]{3,20}(?:委|委员会)[ ]{1,2}[一-鿿]{3,20}(?:人民政府|办事处|管委会|管理委员会)")
NUMBER = re.compile(r"[\u4e00-\u9fff][^\s|]{0,16}[〔\[(【]20\d\d[〕\])】][^\s|]{0,4}\d{1,5}号")
#: A line longer than this belongs to the report; so does one with so many Chinese characters and a full stop.
LONGEST, PROSE = 240, 40
#: Nor is a line without a full stop that is not longer than this: an index table may stand on one line.
TABLE = 800


@dataclass(frozen=True, slots=True)
class _Patterns:
    label: re.Pattern[str]
    fields: Mapping[str, str]
    token: re.Pattern[str]
    colon: re.Pattern[str]
    opens: re.Pattern[str]
    foot: re.Pattern[str]
    holds: re.Pattern[str]
    glued: re.Pattern[str]


@lru_cache(maxsize=1)
def patterns() -> _Patterns:
    fields = words("label")

    def any_of(names: Sequence[str], between: str = "") -> str:
        first = "".join(sorted({re.escape(n[0]) for n in names}))  # where none of these stands, no name need be tried
        every = "|".join(between.join(map(re.escape, n)) for n in sorted(names, key=len, reverse=True))
        return f"(?=[{first}])(?:{every})"

    label = any_of(list(fields), "[ ?]{0,8}")  # 索 引 号; in a damaged text 索??引??号
    return _Patterns(
        re.compile(
            rf"(?:^|(?<=[\s|\[【;,。)\]】(:\d]))[\[【(•·*-]?[ ]?(?P<label>{label})(?P<close>[ ]?[\]】])?[ ]{{0,3}}"
            r"(?P<colon>[:|]|$|(?=[ ])|(?<=[\]】于])(?=20\d\d))",
            re.MULTILINE,
        ),
        fields,
        re.compile(f"{label}|{any_of([*words('token')])}"),
        re.compile(f"(?:{label}|{any_of([*words('token')])})[ ]{{0,3}}:"),
        re.compile(rf"[ •·|]{{0,4}}(?:{any_of([*words('opens')])})"),
        re.compile(rf"[ •·|]{{0,4}}(?:{any_of([*words('foot')])})"),
        re.compile(any_of([*words("holds")])),
        re.compile(
            rf"[ •·*-]{{0,6}}(?P<label>{label})(?<=[号构日期间性类关位])(?P<value>[^\s:|。,;\[\]【】][^\n。,;]{{1,60}})"
        ),
    )


def is_trail(line: str) -> bool:
    """Tell a line of breadcrumbs."""
    return any(mark in line for mark in _CRUMB_MARKS) and _CRUMBS.search(line) is not None


def is_contents(line: str) -> bool:
    """Tell a line of a table of contents: dots lead to the number of a page."""
    return len(line) <= LONGEST and line.rstrip(" ")[-1:].isdigit() and _LEADER.search(line) is not None


def is_prose(line: str) -> bool:
    if is_contents(line):
        return False
    if len(line) > LONGEST:
        return "。" in line or len(line) > TABLE
    if len(line) >= PROSE and ("。" in line or line.rstrip().endswith((":", ";"))):
        return not is_of_a_site(line) if "。" in line else not _is_index(line)
    return NUMBERED.match(line) is not None


def is_of_a_site(line: str) -> bool:
    """Tell a line that speaks of a site, in a sentence too: it holds two of a site's words."""
    return len(set(patterns().holds.findall(line))) > 1


def _is_index(line: str) -> bool:
    """Tell a line of two and more labels, the first of which opens it."""
    found = [match.start() for match in patterns().colon.finditer(line)] if line.count(":") > 1 else []
    return len(found) >= 2 and not LETTER.search(line[: found[0]])


@lru_cache(maxsize=1)
def body(text: str) -> tuple[list[str], int, int]:
    """Return a text's lines, and the numbers of the first one of prose and of the one behind the last."""
    lines = text.split("\n")
    first = next((i for i, line in enumerate(lines) if is_prose(line)), len(lines))
    last = next((i for i in range(len(lines) - 1, first - 1, -1) if is_prose(lines[i])), len(lines) - 1)
    return lines, first, last + 1


def glued(lines: Sequence[str]) -> dict[int, str]:
    """Return the lines, by their numbers, whose labels stick to their values, parted; two and more do, or none does.

    >>> glued(["- 索引号009/2025-1", "- 发布机构甲县乙乡人民政府"])
    {0: '索引号:009/2025-1', 1: '发布机构:甲县乙乡人民政府'}
    """
    found = {i: match for i, line in enumerate(lines) if (match := patterns().glued.fullmatch(line))}
    return {i: f"{match['label']}:{match['value']}" for i, match in found.items()} if len(found) > 1 else {}


def metadata(text: str, outside: Sequence[tuple[int, int]] = ()) -> Metadata:
    """Read what labels say above and below the report, and in the spans that lie outside it."""
    lines, first, last = body(text)
    inside = [line for start, end in outside for line in text[start:end].split("\n")]
    # below the report a bare 日期 is anybody's
    parted = glued(lines[:first])
    head = [parted.get(i, line) for i, line in enumerate(lines[:first])]
    around = [*head, *inside, *(line for line in lines[last:] if not _WEAK.match(line))]
    around = [x for x in dict.fromkeys(around) if x and len(x) <= TABLE and not ("星期" in x and TODAY.search(x))]
    if first < len(lines) and len(lines[first]) > LONGEST and ":" in lines[first][:LONGEST]:
        around.append(lines[first][:TABLE].partition("。")[0])
    found: dict[str, str] = {}
    joined, fields = "\n".join(around), patterns().fields
    labelled = any(mark in joined for mark in _MARKS) or any(
        line.strip() in fields or ("20" in line and _UNMARKED_DAY.search(line)) for line in around
    )
    for name, value in _labelled(joined) if labelled else ():
        if name and name not in found and (kept := _value(name, value)):
            found[name] = kept
    if not found.keys() & {"published", "signed", "updated"}:
        found |= _dated(lines, first, last, around if labelled else ())
    numbers = (line.strip() for line in lines[:first] if "号" in line)
    if "number" not in found and (number := next(filter(NUMBER.fullmatch, numbers), None)):
        found["number"] = number
    addresses = {line.strip() for line in around if "://" in line and ADDRESS.fullmatch(line.strip())}
    if "url" not in found and len(addresses) == 1:
        found["url"] = addresses.pop()  # as a browser prints it above and below a page
    trail = [line.strip() for line in around if is_trail(line) or PLACE.match(line)]
    return Metadata(**found, trail=" ".join(trail)[:300] or None)


def _dated(lines: Sequence[str], first: int, last: int, labelled: Sequence[str]) -> dict[str, str]:
    """Return the day that stands near labels, or above the report by itself, or alone below it."""
    if found := _undated_label([x for x in labelled if "20" in x and patterns().label.search(x)]):
        return found
    if (halves := _SPLIT_DATE.search("\n".join(lines[:first]))) and (date := day("-".join(halves.groups()))):
        return {"published": date}
    above = (_DAYS_LINE.fullmatch(line) or _CLOCKED.search(line) for line in lines[:first] if "20" in line)
    if (match := next(filter(None, above), None)) and (date := day(match["day"])):
        return {"published": date}
    below = [line for line in lines[last:] if line.strip()][:_SIGNATURE]
    if (match := next(filter(None, map(_DAY_ALONE.fullmatch, below)), None)) and (date := day(match["day"])):
        return {"signed": date}
    return {}


def _undated_label(lines: Sequence[str]) -> dict[str, str]:
    """Return the first day in lines of labels that no label claims for something else."""
    for line in lines:
        for match in DATE.finditer(line):
            if not _OF_ANOTHER.search(line[: match.start()]) and (date := day(match[0])):
                return {"published": date}
    return {}


def _labelled(text: str) -> Iterator[tuple[str, str]]:
    """Yield (field, value) for each label: the value goes up to the next label, a cell's or a line's end."""
    known = patterns()
    matches = list(known.label.finditer(text))
    for match, following in zip(matches, [*matches[1:], None], strict=False):
        end = following.start() if following else len(text)
        value = text[match.end() : end].lstrip(" |\u3000")
        if value.startswith("\n") and not match["colon"].strip("|"):
            value = value.lstrip("\n ")
        elif value.startswith("\n"):
            value = value[1:].lstrip()
        name, value = match["label"], re.split(r"\n|\||[ ]{2}", value, maxsplit=1)[0]
        while (word := known.colon.search(value)) and word.start():  # labels that nothing parts from the value in front
            yield known.fields.get(bare(name), ""), value[: word.start()].strip(" |[【;,")
            name, value = word.group().rstrip(": "), value[word.end() :]
        yield known.fields.get(bare(name), ""), value.strip(" |[【;,")


def bare(label: str) -> str:
    """Return a label without the blanks that spread it over a cell.

    >>> bare("标 题"), bare("索??引??号")
    ('标题', '索引号')
    """
    return label.replace(" ", "").replace("?", "")


def day(value: str) -> str | None:
    """Return the day that a value opens with, as an ISO date; None where it may be one of two.

    >>> day("2024.1.8 10:22"), day("25.02.2016"), day("02/25/2016"), day("20160225")
    ('2024-01-08', '2016-02-25', '2016-02-25', '2016-02-25')
    >>> day("03/04/2016"), day("2024-13-01")
    (None, None)
    >>> day("二〇二四年一月十五日"), day("2024年元月15日"), day("二〇二四年")
    ('2024-01-15', '2024-01-15', None)
    """
    if match := _HAN_DAY.match(value):
        year, month, at = map(part_of_date, match.groups())
    elif match := DATE.match(value) or _BARE_DAY.match(value):
        year, month, at = map(int, match.groups())
    elif match := _DAY_FIRST.match(value):
        at, month, year = int(match[1]), int(match[3]), int(match[4])
        if at <= 12 and at != month <= 12 and match["mark"] != ".":
            return None
        at, month = (month, at) if month > 12 else (at, month)
    else:
        return None
    return f"{year}-{month:02}-{at:02}" if 1 <= month <= 12 and 1 <= at <= 31 else None


def _value(name: str, value: str) -> str | None:
    if name in ("published", "signed", "updated"):
        return day(value)
    if name == "url":
        return match[0] if (match := ADDRESS.match(value)) else None
    if name == "number":
        return match[0] if (match := NUMBER.search(value)) else None
    if name == "index":
        return value.split(" ")[0][:60] or None if re.search(r"\d", value) else None
    if name == "title":
        return value if 8 <= len(value) <= 90 and SUBJECT.search(value) else None
    value = value if _JOINT.fullmatch(value) else value.split(" ")[0]
    return value if 2 <= len(value) <= 40 and HAN.search(value) and not DATE.search(value) else None
