"""What a report admits under its problems and promises under its plans: one point each, with its theme.

In: the text and its headings. Out: points in the order of the text. A chapter's points are its sub-headings, else what
一是, (1) or 第一 number, else its sentences; of a numbered paragraph the first sentence is the point.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract.names import words
from kg.extract.themes import BROAD
from kg.model import Point, Section

#: What numbers a point inside a paragraph. A class in front, so that the search leaps to it.
_NUMBER = re.compile(
    r"[一二三四五六七八九十(第\d①-⑳](?:(?<![(第\d①-⑳])[一二三四五六七八九十]?是要?"
    r"|(?<=[:;,。\n ][一二三四五六七八九])要(?=[一-龥])|(?<=[①-⑳])"
    r"|(?<=\()(?<!第\()(?:[一二三四五六七八九十]{1,2}|\d{1,2})\)|(?<=第)[一二三四五六七八九],"
    r"|(?<=\d)(?<![^。;:\n]\d)\d?[、.](?!\d))"
)
#: Lines that are numbered like sub-headings, but are none, since they have a figure: 1.培育调解员10名.
_DIGIT_LINE = re.compile(r"(?<=\n)[ \t]{0,4}\d{1,2}[、.](?!\d)")
_BRACKET_LINE = re.compile(r"(?<=\n)[ \t]{0,4}\([一二三四五六七八九十]{1,3}\)")
_STOP = re.compile(r"[。;\n]")
#: A sentence that leads up to the points, or praises before it admits.
_LEAD = re.compile(
    r"主要(?:表现|体现|问题|有)|如下|以下|:$|^(?:虽然|尽管|一年来|20\d\d年,?[^,]{0,12}(?:取得|虽))"
    "|仍(?:然)?存在(?:一些|一定)"
)
#: A sentence without a number that praises, or speaks of the problems as a whole, is a problem only if it says what is
#: wanting.
_PRAISES = re.compile(
    "取得|成[效绩就]|[提上]升|提高|增强|好转|改善|进展|良好|圆满|完善|推进|(?:^|,)(?:究其|主要)?原因|(?:上述|以上|这些)问题"
    "|我[们局镇乡区县市街]?[^,]{0,4}(?:将|要)|特此|请[予审]|报告"
)
_WANTING = re.compile(
    "不[足够强高到清细深熟严畅全稳健均]|欠缺|缺[乏少位失]|短缺|薄弱|滞后|偏[少低弱]|有待|亟[待需]|难以|较[少弱低慢差]"
    "|差距|短板|还需|尚需|仍需|困难|未能|不平衡|形式化|流于"
)
#: Where a chapter on problems turns to what will be done about them.
_TURN = re.compile(
    r"(?:^|(?<=[。;\n]))[ \t]{0,4}(?:(?:下一?步|今后|明年|20\d\d年)[^。;\n]{0,20}(?:将|要|重点|计划|打算|做好)"
    r"|下一?步(?:工作)?(?:思路|安排|措施)?:"
    r"|针对(?:上述|以上|这些))"
)
#: A sub-heading that only says what stands under it: (一)存在的主要问题.
_ONLY_NAMES = re.compile(
    r"[ \t]*\(?[一二三四五六七八九十]{1,2}[)、](?:20\d\d年)?(?:"
    r"(?:当前|目前)?(?:(?:存在|面临)的?)?(?:主要|突出)?(?:问题|不足|困难|短板|差距)"
    r"(?:[和及与](?:不足|问题|困难|短板|原因))?"
    r"|(?:下一?步|下阶段|度|今后)?(?:主要|重点)?工作(?:思路|打算|安排|计划|措施|重点)"
    r"|下一?步(?:打算|措施|安排|计划))[ \t]*$"
)
#: What only leads up to a sentence and is no part of the point: 主要是:执法力量不足.
_LEADING = re.compile(r"[^,;:。]{0,24}?主要(?:问题)?(?:表现|体现|存在)?(?:是|有|在|为)?(?:以下(?:问题|方面))?:(?=.{6})")
#: A promise of so few characters in a heading says little without its first sentence: 以案促改. 收集典型案例12件.
_SHORT_HEADING = 6
#: Its first sentence, which is not the first point of a list: 普法。一是宣传民法典。
_SENTENCE_BEHIND = re.compile(
    r"[。:,]?(?![ \t]*(?:[一二三四五六七八九十]要?是|[一二三四五六七八九十]要(?=[一-龥])|第?[一二三四五六七八九十],"
    r"|\(?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)、.]|[①-⑳]))[^。;\n]{6,}"
)
_LONGEST = 80


def find(text: str, sections: Sequence[Section]) -> tuple[Point, ...]:
    """Find the problems and commitments of a report."""
    return tuple(sorted((p for s in sections for p in _of(text, s, sections)), key=lambda p: (p.start, p.end)))


def _of(text: str, section: Section, sections: Sequence[Section]) -> Iterator[Point]:
    """Yield the points of one section: its heading if it is a sub-heading, else those of its body."""
    if section.role not in ("problems", "plans"):
        return
    children = [s for s in sections if s.level > section.level and section.start < s.start < section.body_end]
    if section.level == 2 and not children and not _ONLY_NAMES.match(section.heading):
        start = section.start + _number_length(section.heading)
        stop = _line_like(section, text, section.end, section.body_end)
        yield _point(
            section, text, start, _heading_end(section, text, start, stop), "heading", text[section.end : stop]
        )
        yield from _in_body(text, section, stop, section.body_end)
        return
    if children:
        first = children[0]
        yield from _in_body(text, section, _line_like(first, text, section.end, first.start), first.start)
    else:
        turn = _TURN.search(text, section.end, section.body_end) if section.role == "problems" else None
        middle = turn.start() if turn else section.body_end
        yield from _in_body(text, section, section.end, middle)
        yield from _in_body(text, replace(section, role="plans"), middle, section.body_end)


def _heading_end(section: Section, text: str, start: int, stop: int) -> int:
    """Return where the point of a heading ends: a short promise takes the sentence behind it in its line."""
    if section.role != "plans" or section.end - start > _SHORT_HEADING:
        return section.end
    behind = _SENTENCE_BEHIND.match(text, section.end, stop)
    return behind.end() if behind else section.end


def _line_like(heading: Section, text: str, start: int, end: int) -> int:
    """Return where in text[start:end] a line begins that is numbered as a heading is, else the end."""
    if "①" <= heading.heading.lstrip()[:1] <= "⑳":  # ②, ③ follow in the same line
        return start
    pattern = _DIGIT_LINE if heading.heading.lstrip()[:1].isdigit() else _BRACKET_LINE
    line = pattern.search(text, start, end)
    return line.start() if line else end


def _number_length(heading: str) -> int:
    match = re.match(
        r"[ \t]*[①-⑳][ \t]*|[ \t]*\(?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[)、.]|是要?|要(?!求|点|素))[ \t]*",
        heading,
    )
    return match.end() if match else 0


def _in_body(text: str, section: Section, start: int, end: int) -> Iterator[Point]:
    """Yield the numbered points of text[start:end], else its sentences; a line without a stop is a signature."""
    numbers = list(_NUMBER.finditer(text, start, end))
    if numbers:
        ends = [*(n.start() for n in numbers[1:]), end]
        for number, stop in zip(numbers, ends, strict=True):
            at = number.end()
            point_end = _first_stop(text, at, stop)
            if point_end > at:
                yield _point(section, text, at, point_end, "numbered", text[point_end:stop])
        return
    for sentence in re.finditer(r"[^。;\n]{6,}", text[start:end]):
        whole = sentence.group()
        lead = _LEADING.match(whole)
        words_ = whole[lead.end() if lead else 0 :].strip()
        if text[start + sentence.end() : start + sentence.end() + 1] not in ("。", ";") and "," not in words_:
            continue
        if _LEAD.search(words_) or (section.role == "problems" and _only_praises(words_)):
            continue
        at = start + sentence.start() + whole.rindex(words_)
        yield _point(section, text, at, at + len(words_), "sentence", "")


def _only_praises(sentence: str) -> bool:
    """Tell whether a sentence among problems admits none.

    >>> [_only_praises(s) for s in ("干部多凭老经验办事", "普法工作取得实效", "水平虽有提高,但仍显不足")]
    [False, True, False]
    """
    return _PRAISES.search(sentence) is not None and not _WANTING.search(sentence)


def _first_stop(text: str, start: int, end: int) -> int:
    """Return where the first sentence from start ends, without a comma that leads to the next number."""
    stop = _STOP.search(text, start, end)
    at = stop.start() if stop else end
    return start + len(text[start:at].rstrip(",、;。 \t\n"))


def _point(section: Section, text: str, start: int, end: int, rule: str, more: str) -> Point:
    """Make a point of text[start:end]; `more` is what the report says of it, which helps to tell its theme."""
    kind = "problem" if section.role == "problems" else "commitment"
    said = text[start:end]
    return Point(start=start, end=end, rule=rule, kind=kind, text=said[:_LONGEST], theme=_theme(said, more))  # type: ignore[arg-type]


def _theme(said: str, more: str) -> str | None:
    """Return the theme that the point's own words name most, else that of what is said of it, else None."""
    for part in (said, more[:200]):
        votes = Counter(words().themes_of(part))
        if votes:  # of equals a specific one, then the one named first
            return max(votes, key=lambda theme: (votes[theme], theme not in BROAD))
    return None
