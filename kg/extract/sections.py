"""Headings of levels 1 and 2, and the part that each plays: achievements, problems, plans or other.

In: the text. Out: sections, in order, each with the text it governs. Numbering styles are ranked as offices use
them (第一部分 一、 (一) 1. (1) 一是): the highest in a report is level 1, the highest below each of these is level 2;
where a level has no numbers, short lines of their own, or first sentences of a few words, are its headings.
A new wording of a part is a word in roles.py.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from kg.extract.roles import MASK, NUMERAL, role_of
from kg.model import Role, Section
from kg.text import chinese_number

_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾", "一二三四五六七八九十")
#: A heading's number, by style, highest first, as it stands at a line's start; named by the group that matches.
_AT_LINE = re.compile(
    rf"[ \t]{{0,8}}(?:\*\*)?(?:第(?P<part>{NUMERAL})(?:部分|章)[ \t、:]{{0,4}}"
    rf"|(?P<chinese>{NUMERAL}|{MASK})(?:、|\.(?!\d)|[,:](?=[^\n。,;:]{{2,24}}(?:\n|\Z)))"
    rf"|\(?(?P<bracketed>{NUMERAL}|(?<=\(){MASK}|[㈠-㈩])(?:\)|(?<=[㈠-㈩]))[、.]?"
    rf"|(?P<arabic>\d{{1,2}})[ ]?(?:、|\.(?!\d))[ \t]{{0,4}}"
    rf"|\((?P<bracketed_arabic>\d{{1,2}})\)[ \t]{{0,4}}|(?P<circled>[①-⑳])[ \t、.]{{0,4}}|(?P<point>{NUMERAL})[是要])"
)
#: Where lines are lost, the two highest stand behind a full stop.
_AT_STOP = re.compile(
    rf"[。;!:][ \t]{{0,8}}(?:(?P<chinese>{NUMERAL})(?:、|\.(?!\d))|\(?(?P<bracketed>{NUMERAL})\)[、.]?)"
)
#: Where a heading whose line went on in print goes over into its text: …落到实处今年以来,我镇….
_RUNS_ON = re.compile(
    "(?<![对在从自将于是和与及、“《])(?:今年以来|一年来|近年来|年初|20\\d\\d年以来),(?=[\u4e00-\u9fff]{2})"
)
#: The same in a long one, at the subject of its first sentence (…责任落实镇党委、镇政府高度重视…), or what it made.
_SENTENCE = re.compile(
    "(?:(?:[镇乡县区市]|街道)?党工?委、(?:[镇乡县区市]?(?:人民)?政府|办事处)|我(?:[镇乡局县区市委]|街道))"
    "(?:高度|始终|认真|坚持|严格|切实|积极|全面)"
    "|(?<=[\u4e00-\u9fff]{8})(?<![大会府组委厅局头同动先究合])(?:制定|印发|编制)《"
)
_LONG = 40
#: Where a blank is all that parts a heading from its text: (一)加强培训 开展培训,提高能力。
_PARTED = re.compile("(?P<heading>[^ ,]{4,24}) [^ ]{2,20},.*")
#: The same where no full stop is near: (一)加强培训 全镇开展培训4次,参加300人次 另请律师讲课….
_BEFORE_BLANK = re.compile("(?P<heading>[^ \n。:;!,]{4,24}(?:,[^ \n。:;!,]{4,16})?) (?=[\u4e00-\u9fff“])")
#: What a text tells and a heading does not: a number, or more than three clauses.
_TELLS = re.compile(r"(?<!\d)(?!20\d\d年)\d|,[^,]+,[^,]+,")
#: An item of a list within one sentence: (一)…;(二)…。
_ITEM = re.compile(rf";[ \t]*\({NUMERAL}\)")
_NEXT_ITEM = re.compile(rf"\({NUMERAL}\)")
_STYLES = tuple(_AT_LINE.groupindex)
_RANK = {style: rank for rank, style in enumerate(_STYLES)}
_LONGEST = 120
_SHORTEST = 6
#: More of them make a sentence of what stands behind (一).
_COMMAS = 3
#: Where a heading ends: a line's end, a full stop, or the first point of a list that follows it unbroken.
_END = re.compile(r"[。\n一](?:(?<!一)|(?<=[^,、:;(“]一)是(?!否))")  # a class in front: the search leaps to it

_YEAR = re.compile(r"(20\d\d)(?=[ ]?年)")
#: A heading without a number: a line of its own above a paragraph, or the first few words of one.
_LINE = re.compile(
    r"^[ \t]{0,8}(?P<heading>(?:20\d\d年度?|[\u4e00-\u9fff“【][^\n。;:!?|>《])[^\n。;:!?|>《]{2,34})[ \t]{0,8}\n+"
    r"(?=(?P<next>[^\n]{0,60}))",
    re.MULTILINE,
)
_RUN_IN = re.compile(r"^[ \t]{0,8}(?P<heading>[\u4e00-\u9fff“][^\n。,;:!?《]{3,24})。(?P<next>[^\n]{40})", re.MULTILINE)
#: Words that make a line a heading, however short the paragraph below it.
_PART = re.compile(
    "工作(?:开展)?情况$|主要(?:做法|举措|措施|成效|工作)|(?:做法|举措|措施)[及和与]成效$|(?:问题|不足)】?$|下一?步"
    "|(?:工作|年度?)(?:打算|计划|安排)】?$|^【.*】$"
)
#: What a page prints, or a title, is no heading.
_NO_HEADING = re.compile(r"报告$|总结$|来源|发布|日期|时间|浏览|打印|关闭|附件|\d{4}-\d|(?:政府|办事处|委员会|局|厅)$")


#: A heading whose text follows on its line: behind a colon, or as the first item of the next level.
_GOES_ON = re.compile(r"(?P<heading>[^:\n(]{3,24})(?::(?=[^\n]{6})|(?<![即括为有])(?=\(一\)))")


class _Heading(NamedTuple):
    start: int
    end: int
    style: str
    number: int


def _number(numeral: str) -> int | None:
    """Return what a numeral says, 0 for one that is masked."""
    plain = unicodedata.normalize("NFKC", numeral).strip("()").translate(_FORMAL)
    if re.fullmatch(MASK, plain):
        return 0
    return int(plain) if plain.isdecimal() else chinese_number(plain)


def _numbered(text: str) -> list[_Heading]:
    """Return all that may be a numbered heading, at the start of a line or behind a full stop."""
    lines = accumulate((len(line) + 1 for line in text.split("\n")), initial=0)
    matches = [*filter(None, (_AT_LINE.match(text, at) for at in lines)), *_AT_STOP.finditer(text)]
    found = []
    for match in matches:
        style = match.lastgroup or ""
        number = _number(match[style])
        end = _END.search(text, match.end(), match.end() + _LONGEST)
        stop = end.start() if end else len(text)
        parted = _parted(text, match.end(), stop)
        if number is None or (end is None and parted is None and len(text) - match.end() > _LONGEST):
            continue
        words = parted or _alone(text[match.end() : stop], text[stop : stop + 1])
        stop = match.end() + len(words)
        if style == "bracketed" and (
            _ITEM.search(match[0] + words) or _NEXT_ITEM.search(words) or words.count(",") > _COMMAS
        ):
            continue
        if goes_on := _GOES_ON.match(words):
            stop = match.end() + goes_on.end("heading")
            words = goes_on["heading"]
            matches += filter(None, [_AT_LINE.match(text, stop)]) if style == "chinese" else []
        if not words.strip() or (_RANK[style] >= _RANK["arabic"] and not _titles(words, text[stop : stop + 1])):
            continue
        start = match.end() - len(re.sub(r"^(?:[。;!: \t]|\*\*)+", "", match.group()))
        found.append(_Heading(start, stop, style, number))
    return sorted(found)


def _parted(text: str, start: int, stop: int) -> str | None:
    """Return the words of a heading that a blank alone parts from its text, where that goes on up to a far stop."""
    found = _BEFORE_BLANK.match(text, start) if stop - start > _LONG else None
    if found is None:
        return None
    if stop - start <= _LONGEST and ("," in found["heading"] or not _TELLS.search(text, found.end(), stop)):
        return None
    return found["heading"]


def _alone(words: str, mark: str) -> str:
    """Return the words of a heading without stars, or text that runs on behind it up to a mark."""
    words = words.rstrip("*")
    if runs_on := _RUNS_ON.search(words, _SHORTEST):
        words = words[: runs_on.start()].rstrip(":")
    if len(words) > _LONG and (sentence := _SENTENCE.search(words, _SHORTEST)):
        words = words[: sentence.start()].rstrip(",:")
    parted = _PARTED.fullmatch(words) if mark == "。" else None
    return parted["heading"] if parted else words


def _titles(words: str, mark: str) -> bool:
    """Tell a heading from the first words of a paragraph, for the styles that number both."""
    longest = 30 if mark == "。" and "," in words else 40 if mark == "。" else 50
    return len(words) <= longest and not re.search(r"[《;:]|\d", re.sub(r"20\d\d[ ]?年", "", words))


def _in_sequence(headings: list[_Heading], text: str) -> list[_Heading]:
    """Keep headings at a line's start, and in mid-line where they go on counting: a list is no heading."""
    kept: list[_Heading] = []
    last = dict.fromkeys(_RANK, 0)
    for heading in headings:
        begins_line = not text[text.rfind("\n", 0, heading.start) + 1 : heading.start].strip()
        expected = {last[heading.style] + 1} if heading.style == "chinese" else {last[heading.style] + 1, 1}
        if not heading.number:
            heading = heading._replace(number=last[heading.style] + 1)
        if not begins_line and heading.number not in expected:
            continue
        last |= {style: 0 for style, rank in _RANK.items() if rank > _RANK[heading.style]}
        last[heading.style] = heading.number
        kept.append(heading)
    return kept


def _levels(headings: list[_Heading]) -> list[tuple[_Heading, int]]:
    """Give each heading its level, and leave out what lies deeper than 2."""
    top = min((_RANK[h.style] for h in headings), default=0)
    levelled: list[tuple[_Heading, int]] = []
    below: list[_Heading] = []
    for heading in [*headings, None]:
        if heading is not None and _RANK[heading.style] > top:
            below.append(heading)
            continue
        below = [h for h in below if h.style != "point" or sum(b.style == "point" for b in below) > 1]
        second = min((_RANK[h.style] for h in below), default=0)
        levelled += [(h, 2) for h in below if _RANK[h.style] == second]
        below = []
        if heading is not None:
            levelled.append((heading, 1))
    return levelled


def _unnumbered(text: str, start: int, end: int, level: int) -> list[tuple[int, int, int, str]]:
    """Return the headings without a number in text[start:end]: two or more lines, else two or more first sentences."""
    paragraphs = sum(len(line) > 60 for line in text[start:end].split("\n"))
    for rule, pattern, shortest, share in (("line-heading", _LINE, 60, 0.0), ("run-in-heading", _RUN_IN, 40, 0.5)):
        found = [
            (m.start("heading"), m.end("heading"), level, rule)
            for m in pattern.finditer(text, start, end)
            if not _NO_HEADING.search(m["heading"].strip())
            and not re.search(r"\d", re.sub(r"20\d\d[ ]?年", "", m["heading"]))
            and (len(m["next"]) >= shortest or _PART.search(m["heading"]))
        ]
        if len(found) >= max(2, share * paragraphs):
            return found
    return []


def find(text: str) -> tuple[Section, ...]:
    """Find all headings of levels 1 and 2, with the end of the text that each governs."""
    headings = _in_sequence(_numbered(text), text)
    flat = [(h.start, h.end, level, f"{h.style}-number".replace("_", "-")) for h, level in _levels(headings)]
    if all(_RANK[h.style] >= _RANK["arabic"] for h in headings):
        flat = _unnumbered(text, 0, len(text), 1) or flat
    tops = [span for span in flat if span[2] == 1]
    for (_, start, _, _), end in zip(tops, [*(top[0] for top in tops[1:]), len(text)], strict=False):
        if not any(start <= at < end for at, _, level, _ in flat if level == 2):
            flat += _unnumbered(text, start, end, 2)
    flat.sort()
    sections: list[Section] = []
    parent: Role = "achievements"
    latest = 0
    ends = body_ends([(start, level) for start, _, level, _ in flat], len(text))
    for (start, end, level, rule), body_end in zip(flat, ends, strict=True):
        heading = text[start:end].strip()
        own = role_of(heading)
        years = [int(year) for year in _YEAR.findall(heading)] if level == 1 else []
        if own is None and years and 0 < latest < min(years) and any(s.role == "problems" for s in sections):
            own = "plans"  # behind what is lacking, a chapter on a later year
        latest = max(latest, *years, 0)
        role = own or (parent if level == 2 else "achievements")
        if level == 2 and parent in ("plans", "problems") and own in (None, "other"):
            role = parent
        if level == 1:
            parent = role
        end = start + len(heading)
        sections.append(
            Section(start=start, end=end, rule=rule, heading=heading, level=level, role=role, body_end=body_end)
        )
    return tuple(sections)


def body_ends(headings: Sequence[tuple[int, int]], end: int) -> list[int]:
    """Return where the text ends that each heading governs, by its (start, level): at the next of its level or above.

    >>> body_ends([(0, 1), (10, 2), (20, 2), (30, 1)], 40)
    [30, 20, 30, 40]
    """
    return [
        next((start for start, other in headings[i + 1 :] if other <= level), end)
        for i, (_, level) in enumerate(headings)
    ]


class Outline:
    """The sections of a text, ready to be asked which of them hold an offset."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self.starts = [section.start for section in sections]
        self.open: list[list[Section]] = []  # for each section itself and those it begins in, innermost first
        self.until: list[int] = []  # how far all of these go
        above: list[Section] = []
        for section in sections:
            above = [section, *(s for s in above if section.start < s.body_end)]
            self.open.append(above)
            self.until.append(min(s.body_end for s in above))

    def at(self, offset: int) -> list[Section]:
        """Return the sections whose heading or body holds an offset, innermost first."""
        last = bisect_right(self.starts, offset) - 1
        if last < 0:
            return []
        held = self.open[last]
        return held if offset < self.until[last] else [section for section in held if offset < section.body_end]
