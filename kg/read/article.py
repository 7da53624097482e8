"""Which lines of a web page are the article: the smallest element that holds its prose, and what of it stands beside.

In: the lines of a page, each with the elements around it. Out: the spans that are none of the article's, and whether a
part of the report may be among them. A new site's quirk is a row of kind html in tables/chrome.csv: a word in the class
or id of what is no article.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.read.words import words

SUBJECT = re.compile("法治政府|法制政府|依法行政|法治建设|法治建設|法治[街县區区市省乡镇縣鄉鎮]")
TITLE = re.compile(rf"(?:{SUBJECT.pattern}).{{0,30}}(?:报告|報告|总结|總結|情况|情況|汇报|匯報)")
_OUTSIDE_TAGS = frozenset("nav footer aside form select textarea button option".split())
_NUMBERED = re.compile("(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）])")
#: What the genre's headings speak of.
_CHAPTER = re.compile(
    _NUMBERED.pattern
    + "[^。]{0,30}(?:法治|法制|依法|普法|[执執]法|行政|第一[责責]任|(?:工作|主要)(?:[举舉]措|做法|成效)"
    "|存在的?(?:主要)?(?:[问問][题題]|不足|困[难難]|短板)|下一?步|工作(?:情[况況]|打算|[计計][划劃]|安排|思路))"
)
_OF_THE_GENRE = re.compile("法治|法制|依法|普法|[执執]法")
_SIGNED = re.compile(
    r"[\s　]{0,20}(?:20\d\d|二[〇○Oo0零][一二][〇○Oo0零一二三四五六七八九])年.{1,2}月.{1,3}日[\s　]{0,9}"
)
#: The smallest element with the first share of the prose is the article; one with the second is never cut from it,
#: or with the third if it is hidden.
_MOST, _PART, _HALF = 0.8, 0.1, 0.5


@dataclass(slots=True)
class Line:
    """A line of a page. holders: the elements around it, outermost first; prose: its Chinese characters, if it is."""

    text: str
    holders: tuple[Any, ...]
    linked: bool
    prose: int = field(default=0)


def around(lines: Sequence[Line], title: str | None) -> tuple[tuple[tuple[str, int, int], ...], str | None]:
    """Return the spans of the page's text that are none of the article's, the title excepted; and what may be lost."""
    total = sum(line.prose for line in lines)
    if not total:
        return (), None
    chapters = _chapters(lines)
    weight: dict[Any, int] = {}
    for line in lines:
        if line.prose:
            for holder in line.holders:
                weight[holder] = weight.get(holder, 0) + line.prose
    article = _article(lines, weight, [lines[i] for i in chapters])
    kept = {holder for i in chapters for holder in lines[i].holders}
    verdict: dict[Any, bool] = {}
    outside = [_is_outside(line.holders, weight, total, verdict, kept) for line in lines]
    inside = [article in line.holders and not out for line, out in zip(lines, outside, strict=True)]
    shut = [line.linked or out for line, out in zip(lines, outside, strict=True)]
    first, last = _widened(lines, inside, shut)
    inside = [keep or (first <= i <= last and not outside[i]) for i, keep in enumerate(inside)]
    inside = [keep and not link for keep, link in zip(inside, _links_around(lines), strict=True)]
    if (heading := _heading(lines, first, title)) is not None:
        inside[heading] = True
    lost = any(not inside[i] for i in chapters)
    return tuple(_spans(lines, inside)), "a chapter beside the article" if lost else None


def _links_around(lines: Sequence[Line]) -> list[bool]:
    """Tell the lines of links above all prose and below it, which name no report: menus, files to fetch."""
    prose = [i for i, line in enumerate(lines) if line.prose or _CHAPTER.match(line.text)]
    return [
        line.linked and not prose[0] < i < prose[-1] and not TITLE.search(line.text) for i, line in enumerate(lines)
    ]


def _article(lines: Sequence[Line], weight: dict[Any, int], chapters: Sequence[Line]) -> Any:
    """Return the smallest element with most of the prose; prose beside all chapters counts if it is of the genre.

    Where paragraphs are short, one of them may be most of what counts as prose: an element of one line is passed over.
    """
    around = set(chapters[0].holders).intersection(*(line.holders for line in chapters)) if len(chapters) > 1 else set()
    beside = sum(
        line.prose for line in lines if around.difference(line.holders) and not _OF_THE_GENRE.search(line.text)
    )
    total = sum(line.prose for line in lines) - beside
    most = [holder for holder, prose in weight.items() if prose >= _MOST * total]  # they come outermost first
    return next((h for h in reversed(most) if sum(h in line.holders for line in lines) > 1), most[-1])


def _spans(lines: Sequence[Line], inside: Sequence[bool]) -> Iterator[tuple[str, int, int]]:
    at, start = 0, -1
    for line, keep in zip(lines, inside, strict=True):
        if keep and start >= 0:
            yield "page", start, at
            start = -1
        elif not keep and start < 0:
            start = at
        at += len(line.text) + 1
    if start >= 0:
        yield "page", start, at - 1


def _chapters(lines: Sequence[Line]) -> list[int]:
    """Return the numbers of the lines that begin with a report's heading: no link, and nowhere else on the page."""
    found = [i for i, line in enumerate(lines) if not line.linked and _CHAPTER.match(line.text)]
    times = Counter(line.text for line in lines) if found else Counter()
    return [i for i in found if times[lines[i].text] == 1]


def _widened(lines: Sequence[Line], inside: Sequence[bool], shut: Sequence[bool]) -> tuple[int, int]:
    """Return the numbers of the report's first and last line: the article's, or those of its parts that stand beside.

    Beside it is what no link and no element of the page parts from it: chapters, prose that leads to them, a signature.
    """
    there = [i for i, keep in enumerate(inside) if keep]
    first, last = (there[0], there[-1]) if there else (0, -1)
    for i in range(first - 1, -1, -1):
        text, next_to = lines[i].text, i == first - 1
        if shut[i]:
            break
        leads = lines[i].prose and ("如下" in text or (next_to and _OF_THE_GENRE.search(text)))
        if leads or _CHAPTER.match(text):
            first = i
    begun, foot = False, tuple(words("foot"))
    for i in range(last + 1, len(lines)):
        text, next_to = lines[i].text, i == last + 1
        if shut[i] or text.startswith(foot):
            break
        begun = begun or _CHAPTER.match(text) is not None
        goes_on = next_to and lines[i].prose and (begun or _OF_THE_GENRE.search(text))
        if goes_on or _CHAPTER.match(text) or (begun and _NUMBERED.match(text)):
            last = i
        elif i <= last + 3 and _SIGNED.fullmatch(text):
            return first, i
    return first, last


def _is_outside(
    holders: Sequence[Any], weight: dict[Any, int], total: int, verdict: dict[Any, bool], kept: set[Any]
) -> bool:
    """Tell whether one of the elements is hidden or by its tag, class or id none of the article's; none of kept is."""
    for holder in holders:
        if holder not in verdict:
            names = f"{holder.get('class') or ''} {holder.get('id') or ''}".lower()
            hidden = "display:none" in (holder.get("style") or "").replace(" ", "").lower()
            named = any(word in words("html") for word in re.split(r"[\s_-]+", names))
            most = _HALF if hidden else _PART if named or holder.tag in _OUTSIDE_TAGS else 0
            verdict[holder] = weight.get(holder, 0) < most * total and holder not in kept
        if verdict[holder]:
            return True
    return False


def _heading(lines: Sequence[Line], first: int, title: str | None) -> int | None:
    """Return the number of the title's line above the article, unless the article begins with it."""

    def bare_title(text: str) -> str:
        return re.sub(r"\s", "", text)

    wanted = bare_title(title or "")
    if any(wanted and bare_title(line.text) == wanted for line in lines[first : first + 6]):
        return None
    for i in range(first - 1, max(-1, first - 40), -1):
        text = lines[i].text
        names_it = not lines[i].linked and TITLE.search(text)
        if len(text) <= 80 and ">" not in text and (bare_title(text) == wanted or names_it):
            return i
    return None
