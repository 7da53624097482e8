"""Lines that were broken or lost: wrapped lines joined, page numbers cut, a report on one line taken apart again.

In: a Draft whose characters are repaired. Out: the same Draft, each change recorded under its rule.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from kg.read.draft import Change, Draft, Pieces

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
#: No paragraph ends with these.
_HANGS = re.compile(r"[,、《“(〈‘〔][ ]*\Z")
#: A number that a line's end cuts in two.
_NUMBER_CUT = re.compile(r"\d[.,]?\n(?:\d|%)|\d\n[.,]\d")
_NARROWEST, _WIDEST = 15, 75
_TITLED = re.compile(r"(?:报告|总结|汇报)[ ]*\Z")
#: By so much a full line may fall short, where a mark must not open the next one.
_SLACK = 3.5
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
        draft.sub("page-break", _PAGE_BREAK, _page_break)
        draft.sub("page-number", _PAGE_LINE, lambda m: ())
    if _PAGE_HINT.search(draft.text):
        draft.sub("page-number", _PAGE_INSIDE, lambda m: ())


def _page_break(match: re.Match[str]) -> Pieces | None:
    """Cut a page's number where a sentence goes on below it: not behind a heading, not in front of an indented line."""
    text, start = match.string, match.start()
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return None if _is_heading(line) or match.group().endswith("  ") else ()


def repair(draft: Draft) -> None:
    """Join wrapped lines, and take apart a line that holds all chapters."""
    furniture = [r for r in (*draft.repairs, *draft.cuts) if r.rule in ("page-number", "running-head")]
    draft.change(list(_wrapped(draft.text, [draft.here(r.start, r.end)[0] for r in furniture])))
    draft.change(list(_lost(draft.text)))


def _wrapped(text: str, cuts: Collection[int] = ()) -> Iterator[Change]:
    """Yield the line ends that only the page's width made, where most lines of a text are full.

    cuts: where something stood between two pages, at which blank lines say nothing.
    """
    lines = text.split("\n")
    if not (measure := _measure(lines)):
        return
    sizes, most = measure
    indented = sum(line.startswith("  ") for line in lines) >= _FEWEST_LINES
    at, ends = 0, []
    for line in lines:
        ends.append(at + len(line))
        at = ends[-1] + 1
    written = [i for i, line in enumerate(lines) if line.strip()]
    for i, j in pairwise(written):
        line, following = lines[i], lines[j]
        start = ends[i] - (len(line) - len(line.rstrip()))
        stop = ends[j] - len(following.lstrip())
        if j > i + 1 and not any(start <= cut <= stop for cut in cuts):
            continue
        headed = not indented and (_is_heading(line) or (i < _FEWEST_LINES and _TITLED.search(line) is not None))
        if _goes_on(line, following, sizes[i], max(sizes) - 0.5 if headed else most - _SLACK, 0.6 * most):
            yield "line-join", start, stop, ()


def _measure(lines: Sequence[str]) -> tuple[list[float], float] | None:
    """Return the lines' sizes and that of a full one, by width or by characters, if most lines are full and go on."""
    if len(lines) < _FEWEST_LINES:
        return None
    lengths = sorted(map(len, lines))
    if lengths[int(len(lengths) * 0.9)] > 2 * _WIDEST:  # a line is at least half as wide as it is long
        return None
    if 5 * sum(not _ENDS.search(line[-4:]) for line in lines if len(line) >= _NARROWEST) < 2 * _FEWEST_LINES:
        return None
    best = None
    for half in ("0123456789.,:;()%- ", "0123456789.%-", ""):  # a mark may have been full-width, so may a digit
        sizes = [len(line) - sum(map(line.count, half)) / 2 for line in lines]
        long = sorted(size for size in sizes if size >= _NARROWEST)
        if len(long) < _FEWEST_LINES or (most := long[int(len(long) * 0.9)]) > _WIDEST:
            continue
        full = [i for i, size in enumerate(sizes) if size >= most - _SLACK and not _ENDS.search(lines[i])]
        tight = sum(sizes[i] >= most - 1 for i in full)
        if len(full) >= 0.4 * len(long) and (best is None or tight > best[0]):
            best = tight, sizes, most
    return best and best[1:]


def _goes_on(line: str, following: str, size: float, full: float, least: float) -> bool:
    """Tell a line of a wrapped text that goes on in the following one: it is full, or cut in mid-phrase."""
    if size < least or _ENDS.search(line):
        return False
    if _NUMBER_CUT.search(f"{line.rstrip()[-3:]}\n{following.lstrip()[:3]}"):
        return True
    if following.startswith("  ") or _OPENS.match(following):
        return False
    return size >= full or _HANGS.search(line) is not None


def _is_heading(line: str) -> bool:
    return _OPENS.match(line) is not None and "。" not in line


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
