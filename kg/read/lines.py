"""Lines that were broken or lost: wrapped lines joined, page numbers cut, a report on one line taken apart again.

In: a Draft whose characters are repaired. Out: the same Draft, each change recorded under its rule.
"""

import re
from collections.abc import Iterator

from kg.read.draft import Change, Draft

_HAN = "\u3400-\u9fff"
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_PAGE = r"(?:[-—–―][ ]?\d{1,3}[ ]?[-—–―]|第[ ]?\d{1,3}[ ]?页(?:[ ]?[,/]?[ ]?共[ ]?\d{1,3}[ ]?页)?)"
_PAGE_LINE = re.compile(rf"^[ ]{{0,60}}{_PAGE}[ ]{{0,20}}(?:\n|\Z)", re.MULTILINE)
#: The same, in the middle of a sentence that goes on below it.
_PAGE_BREAK = re.compile(
    rf"(?<=[{_HAN},、\d])[ ]?\n(?:[ ]{{0,20}}\n)?[ ]{{0,60}}{_PAGE}"
    rf"[ ]{{0,20}}\n(?:[ ]{{0,20}}\n)?[ ]{{0,8}}(?=[{_HAN}\d])(?!{_NUMERAL}、)"
)
_PAGE_HINT = re.compile(r"[-—–][ ]?\d{1,3}[ ]?[-—–]|页[ ,]?共")
_PAGE_INSIDE = re.compile(
    rf"(?<=[{_HAN},、])[ ]?(?:[-—–][ ]?\d{{1,3}}[ ]?[-—–]|第[ ]?\d{{1,3}}[ ]?页[ ,]?共[ ]?\d{{1,3}}[ ]?页)"
    rf"[ ]?(?=[{_HAN},、。])"
)

_OPENS = re.compile(rf"[ ]*(?:{_NUMERAL}[、.]|\({_NUMERAL}\)|\(?\d{{1,2}}[.、)](?!\d)|第{_NUMERAL}[条章节])")
_ENDS = re.compile(r"[。!?:;][”’)》]*[ ]*\Z")
_NARROWEST, _WIDEST = 15, 75
_FEWEST_LINES = 6

_CHAPTER = re.compile(rf"(?<=[^\n])[ ]{{0,4}}(?P<n>{_NUMERAL})、")
_ITEM = re.compile(rf"(?<=[^\n 第]) {{0,4}}\((?P<n>{_NUMERAL})\)")
_ONE_LINE = 500
_COUNT = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五")


def cut_page_numbers(draft: Draft) -> None:
    """Cut the numbers of pages, with the line ends around them where a sentence goes on."""
    if not any(mark in draft.text for mark in "-—–―页"):
        return
    if _PAGE_LINE.search(draft.text):
        draft.sub("page-break", _PAGE_BREAK, lambda m: ())
        draft.sub("page-number", _PAGE_LINE, lambda m: ())
    if _PAGE_HINT.search(draft.text):
        draft.sub("page-number", _PAGE_INSIDE, lambda m: ())


def repair(draft: Draft) -> None:
    """Join wrapped lines, and take apart a line that holds all chapters."""
    draft.change(list(_wrapped(draft.text)))
    draft.change(list(_lost(draft.text)))


def width(line: str) -> float:
    """Return how wide a line is, in Chinese characters.

    >>> width("第12条")
    3.0
    """
    return len(line) - sum(map(line.count, "0123456789.,:;()%- ")) / 2


def _wrapped(text: str) -> Iterator[Change]:
    """Yield the line ends that only the page's width made, where most lines of a text are full."""
    lines = text.split("\n")
    if len(lines) < _FEWEST_LINES:
        return
    lengths = sorted(map(len, lines))
    if lengths[int(len(lengths) * 0.9)] > 2 * _WIDEST:  # a line is at least half as wide as it is long
        return
    if 5 * sum(not _ENDS.search(line[-4:]) for line in lines if len(line) >= _NARROWEST) < 2 * _FEWEST_LINES:
        return
    widths = [width(line) for line in lines]
    long = sorted(w for w in widths if w >= _NARROWEST)
    if len(long) < _FEWEST_LINES or long[int(len(long) * 0.9)] > _WIDEST:
        return
    full = long[int(len(long) * 0.9)] - 3.5
    cut_off = [w >= full and not _ENDS.search(line) for line, w in zip(lines, widths, strict=True)]
    if sum(cut_off) < 0.4 * len(long):
        return
    at = 0
    for i, line in enumerate(lines[:-1]):
        end, following = at + len(line), lines[i + 1]
        at = end + 1
        if not cut_off[i] or not following.strip():
            continue
        inside = line[-1:].isdigit() and following[:1].isdigit()
        if inside or not (_OPENS.match(following) or following.startswith("  ")):
            stop = end + 1 + len(following) - len(following.lstrip())
            start = at - 1 - (len(line) - len(line.rstrip()))
            yield "line-join", start, stop, ()


def _lost(text: str) -> Iterator[Change]:
    """Yield the starts of numbered headings in lines that hold a report's chapters one after the other."""
    at = 0
    for line in text.split("\n"):
        if len(line) >= _ONE_LINE and (chapters := _chapters(line)):
            items = [m for m in _ITEM.finditer(line, chapters[0]) if _begins(line, m, chapters)]
            for place in sorted({*chapters, *(m.start() for m in items)} - {0}):
                # the character in front takes the line end along, so that it stands for something in the source
                yield "line-split", at + place - 1, at + place, ((line[place - 1] + "\n", at + place - 1, at + place),)
        at += len(line) + 1


def _chapters(line: str) -> list[int]:
    """Return where 一、 二、 三、 … stand in a line, if at least two follow each other."""
    found = [0] if line.lstrip().startswith("一、") else []
    for match in _CHAPTER.finditer(line):
        if len(found) < len(_COUNT) and match["n"] == _COUNT[len(found)] and line[match.start() - 1] in "。!;:)”》?":
            found.append(match.start())
    return found if len(found) >= 2 else []


def _begins(line: str, match: re.Match[str], chapters: list[int]) -> bool:
    """Tell an item that begins a paragraph: it follows a full stop, or is the first below a chapter's heading."""
    if line[match.start() - 1] in "。!;:":
        return True
    return match["n"] == "一" and any(0 < match.start() - chapter <= 45 for chapter in chapters)
