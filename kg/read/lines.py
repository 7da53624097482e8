"""Lines that were broken or lost: wrapped lines joined, page numbers cut, a report on one line taken apart again.

In: a Draft whose characters are repaired. Out: the same Draft, each change recorded under its rule.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate, pairwise

from kg.read.draft import Change, Draft, Pieces
from kg.read.labels import body

_HAN = "\u3400-\u9fff"
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_PAGE = (
    r"(?:[-—–―·•]{1,10}[ ]?\d{1,3}[ ]?[-—–―·•]{1,10}"
    r"|[-—–=\[【(]{0,10}[ ]?第[ ]?\d{1,3}[ ]?页(?:[ ]?[,/]?[ ]?共[ ]?\d{1,3}[ ]?页)?[ ]?[-—–=\]】)]{0,10}"
    r"|[Pp]age[ ]?\d{1,3}(?:[ ]?(?:of|/)[ ]?\d{1,3})?)"
)
_PAGE_LINE = re.compile(rf"^[ ]{{0,60}}{_PAGE}[ ]{{0,20}}(?:\n|\Z)", re.MULTILINE)
#: The same behind a line's end, which is found sooner.
_PAGE_BELOW = re.compile(rf"\n[ ]{{0,60}}{_PAGE}[ ]{{0,20}}(?:\n|\Z)")
#: The same, in the middle of a sentence that goes on below it.
_PAGE_BREAK = re.compile(
    rf"(?<=[{_HAN},、\d])[ ]?\n(?:[ ]{{0,20}}\n)?[ ]{{0,60}}{_PAGE}"
    rf"[ ]{{0,20}}\n(?:[ ]{{0,20}}\n)?[ ]{{0,8}}(?=[{_HAN}\d])(?!{_NUMERAL}、)"
)
_PAGE_HINT = re.compile(r"[-—–][ ]?\d{1,3}[ ]?[-—–]|页[ ,]?共")
_PAGE_INSIDE = re.compile(
    rf"(?<=[{_HAN},、])[ ]?(?:[-—–][ ]?\d{{1,3}}[ ]?[-—–][ ]?(?=[{_HAN},、。])"
    rf"|第[ ]?\d{{1,3}}[ ]?页[ ,]?共[ ]?\d{{1,3}}[ ]?页[ ]?(?=[{_HAN}\d,、。]))"
)
#: The number of a page without any mark, which the next ones follow, so many lines apart at least.
_BARE_BELOW, _APART = re.compile(r"\n[ ]{0,60}\d{1,3}(?:[ ]?/[ ]?\d{1,3})?[ ]{0,20}\n"), 10
_BARE = re.compile(r"[ ]{0,60}(\d{1,3})(?:[ ]?/[ ]?\d{1,3})?[ ]{0,20}")
#: What no head of pages is: a sentence, an item.
_NO_HEAD = re.compile("[。,;:]|^[ ]*$")

_OPENS = re.compile(rf"[ ]*(?:{_NUMERAL}[、.]|\({_NUMERAL}\)|\(?\d{{1,2}}[.、)](?!\d)|第{_NUMERAL}[条章节])")
_POINT = re.compile("[ ]*(?:[一二三四五六七八九十]{1,2}[是要]|首先|其次|再次|最后|下一?步)")
_ENDS = re.compile(r"[。!?:;][”’)》]*[ ]*\Z")
#: The last characters of a line, without one of which it ends in none of these.
_END = frozenset("。!?:;”’)》 ")
#: No paragraph ends with these.
_HANGS = frozenset(",、《“(〈‘〔")
#: A number that a line's end cuts in two.
_NUMBER_CUT = re.compile(r"\d[.,]?\n(?:(?!20\d\d年)\d|%)|\d\n[.,]\d")
#: What may be half as wide as a Chinese character: a mark may have been full-width, so may a digit.
_HALF_DIGITS, _HALF_MARKS = re.compile("[0-9.%-]+"), re.compile("[,:;() “”‘’]+")
_NARROWEST, _WIDEST = 15, 75
#: What stands below a title and does not go on with it: to whom, or the first sentence; or the day that labels end in.
_TITLED = re.compile(r"(?:(?:报告|总结|汇报)|:[ ]{0,3}20\d\d[-/.]\d{1,2}[-/.]\d{1,2})[ ]*\Z")
_BELOW_TITLE = re.compile(r"[^\n]{2,60}:[ ]*\Z|[ ]*20\d\d年")
#: How the heading of a chapter ends, below which a sentence ends on the line.
_CHAPTER_END = re.compile("(?:原因|成效|举措|措施|情况|做法|安排|问题|不足|打算|计划|思路)[ ]*\\Z")
#: By so much a full line may fall short, where a mark must not open the next one.
_SLACK = 3.5
_SHORTEST_PAGE = 200
_FEWEST_LINES, _FEWEST_INDENTS = 6, 4

_CHAPTER = re.compile(rf"(?P<n>{_NUMERAL})、")
_ITEM = re.compile(rf"\((?P<n>{_NUMERAL})\)")
_ONE_LINE = 500
#: A title in front of a report's first sentence, and a paragraph behind the blanks that its line's end has left.
_TITLE_FIRST = re.compile(
    r"[ ]{0,8}[^。,\n]{0,40}(?:法治|依法)[^。,\n]{0,20}(?:报告|总结|汇报)"
    r"(?=[ ]{0,8}20\d\d年|[ ]{1,8}[\u3400-\u9fff]{2})"
)
_GAP = re.compile(r"[ ]{2,9}(?=[一二三四五六七八九十]{1,2}是|\d{1,2}[.、](?!\d)|\(\d{1,2}\))")
_COUNT = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五")


def cut_page_numbers(draft: Draft) -> None:
    """Cut the numbers of pages, with the line ends around them where a sentence goes on."""
    if _BARE_BELOW.search(draft.text):
        draft.change(list(_bare_numbers(draft.text)))
    if not any(mark in draft.text for mark in "-—–―页·Pp"):
        return
    if _PAGE_BELOW.search(draft.text) or _PAGE_LINE.match(draft.text):
        draft.change(list(_running_heads(draft.text)))
        draft.sub("page-break", _PAGE_BREAK, _page_break)
        draft.sub("page-number", _PAGE_LINE, lambda m: ())
    if _PAGE_HINT.search(draft.text):
        draft.sub("page-number", _PAGE_INSIDE, lambda m: ())


def _bare_numbers(text: str) -> Iterator[Change]:
    """Yield the lines that are numbers counting up from 1 or 2, far enough from each other to be those of pages.

    Where a sentence goes on below one, the line end in front of it goes too.
    """
    lines = text.split("\n")
    found = [(i, int(match[1])) for i, line in enumerate(lines) if (match := _BARE.fullmatch(line))]
    steps = list(pairwise(found))
    if not steps or found[0][1] not in (1, 2) or any(j - i < _APART or b != a + 1 for (i, a), (j, b) in steps):
        return
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    for i, _ in found:
        above, below = lines[i - 1].rstrip() if i else "", lines[i + 1] if i + 1 < len(lines) else ""
        goes_on = re.search(rf"[{_HAN},、\d]\Z", above) and not _is_heading(above)
        if goes_on and re.match(rf"[{_HAN}\d]", below) and not _OPENS.match(below):
            yield "page-break", starts[i] - 1, starts[i + 1], ()
        else:
            yield "page-number", starts[i], min(starts[i + 1], len(text)), ()


def _running_heads(text: str) -> Iterator[Change]:
    """Yield the lines that stand beside most numbers of pages, always above or always below, and say the same."""
    lines = text.split("\n")
    pages = [i for i, line in enumerate(lines) if _PAGE_LINE.fullmatch(line)]
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    heads = set()
    for side in (-1, 1):
        beside = [i + side for i in pages if 0 <= i + side < len(lines)]
        for head, times in Counter(lines[i].strip() for i in beside).items():
            if times > 1 and 2 * times > len(pages) and len(head) <= 60 and not _NO_HEAD.search(head):
                heads |= {i for i in beside if lines[i].strip() == head}
    for i in sorted(heads):
        yield "running-head", starts[i], min(starts[i + 1], len(text)), ()


def _page_break(match: re.Match[str]) -> Pieces | None:
    """Cut a page's number where a sentence goes on below it: not behind a heading, not in front of an indented line."""
    text, start = match.string, match.start()
    if start < _SHORTEST_PAGE and "1" in re.findall(r"\d+", match.group()):
        return None  # what stands above the first page's number is a viewer's
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return None if _is_heading(line) or match.group().endswith("  ") else ()


def repair(draft: Draft) -> None:
    """Join wrapped lines, and take apart a line that holds all chapters."""
    lines, *_ = body(draft.text)
    if page := _measure(draft.text, lines):
        furniture = [r for r in (*draft.repairs, *draft.cuts) if r.rule in ("page-number", "running-head")]
        draft.change(list(_wrapped(lines, *page, [draft.here(r.start, r.end)[0] for r in furniture])))
    if len(draft.text) >= _ONE_LINE:
        draft.change(list(_lost(draft.text, lines if not page else draft.text.split("\n"))))


def _measure(text: str, lines: Sequence[str]) -> tuple[list[float], list[bool], float] | None:
    """Return the lines' sizes, whether each ends in a mark, and a full one's size, if most are full and go on."""
    if len(lines) < _FEWEST_LINES:
        return None
    lengths = sorted(map(len, lines))
    if lengths[int(len(lengths) * 0.9)] > 2 * _WIDEST:  # a line is at least half as wide as it is long
        return None
    ended = [line[-1:] in _END and (not line or _ENDS.search(line[-8:]) is not None) for line in lines]
    if 5 * sum(not end and len(line) >= _NARROWEST for line, end in zip(lines, ended, strict=True)) < 2 * _FEWEST_LINES:
        return None
    whole = [float(len(line)) for line in lines]
    digits, marks = ([len(line) for line in half.sub("", text).split("\n")] for half in (_HALF_DIGITS, _HALF_MARKS))
    narrow = [(w + d) / 2 for w, d in zip(whole, digits, strict=True)]
    best = None
    for sizes in ([n + (m - w) / 2 for n, m, w in zip(narrow, marks, whole, strict=True)], narrow, whole):
        long = sorted(size for size in sizes if size >= _NARROWEST)
        if len(long) < _FEWEST_LINES or (most := long[int(len(long) * 0.9)]) > _WIDEST:
            continue
        full = [size for size, end in zip(sizes, ended, strict=True) if size >= most - _SLACK and not end]
        tight = sum(size >= most - 1 for size in full)
        if len(full) >= 0.4 * len(long) and (best is None or tight > best[0]):
            best = tight, sizes, ended, most
    return best and best[1:]


def _wrapped(
    lines: Sequence[str], sizes: Sequence[float], ended: Sequence[bool], most: float, cuts: Collection[int]
) -> Iterator[Change]:
    """Yield the line ends that only the page's width made.

    cuts: where something stood between two pages, at which blank lines say nothing.
    """
    indented = sum(line.startswith("  ") for line in lines) >= _FEWEST_INDENTS
    widest = max(sizes) - 0.5
    ends = list(accumulate((len(line) + 1 for line in lines), initial=-1))[1:]
    written = [i for i, line in enumerate(lines) if line and not line.isspace()]
    for i, j in pairwise(written):
        line, following, size = lines[i], lines[j], sizes[i]
        if size < 0.6 * most:
            continue
        if ended[i]:
            full = size >= (most - _SLACK if indented else most)
            goes_on = full and not _begins_a_paragraph(following, indented) and not _is_heading(line)
        else:
            titled = i < _FEWEST_LINES and _TITLED.search(line) is not None
            headed = not indented and (_is_heading(line) or titled)
            whole = ">" in line or (titled and _BELOW_TITLE.match(following))  # a trail, or a title above the text
            whole = whole or (headed and ended[j] and _CHAPTER_END.search(line))
            goes_on = not whole and _goes_on(line, following, size >= (widest if headed else most - _SLACK))
        if goes_on:
            start = ends[i] - (len(line) - len(line.rstrip()))
            stop = ends[j] - len(following.lstrip())
            if j == i + 1 or any(start <= cut <= stop for cut in cuts):
                yield "line-join", start, stop, ()


def _goes_on(line: str, following: str, full: bool) -> bool:
    """Tell a line of a wrapped text that goes on in the following one: it is full, or cut in mid-phrase."""
    tail = line.rstrip()[-3:]
    if tail[-1:] in "0123456789.," and _NUMBER_CUT.search(f"{tail}\n{following.lstrip()[:5]}"):
        return True
    if following.startswith("  ") or _OPENS.match(following):
        return False
    return full or tail[-1:] in _HANGS


def _begins_a_paragraph(line: str, indented: bool) -> bool:
    """Tell a line that opens a paragraph, below a full line that ends in a mark.

    Of full lines few are a paragraph's last: where paragraphs are not indented, a line that is no item goes on.
    """
    if line.startswith("  ") or _OPENS.match(line):
        return True
    return not indented and _POINT.match(line) is not None


def _is_heading(line: str) -> bool:
    return _OPENS.match(line) is not None and "。" not in line


def _lost(text: str, lines: Sequence[str]) -> Iterator[Change]:
    """Yield the starts of numbered headings in lines that hold a report's chapters one after the other."""
    at = 0
    for line in lines:
        if len(line) >= _ONE_LINE and (chapters := _chapters(line)):
            items = [m for m in _ITEM.finditer(line, chapters[0]) if _begins(line, m, chapters)]
            places = {*chapters, *(_before(line, m) for m in items), *(m.start() for m in _GAP.finditer(line))}
            if titled := None if text[:at].strip() else _TITLE_FIRST.match(line):
                places.add(titled.end())
            for place in sorted(places - {0}):
                # the character in front takes the line end along, so that it stands for something in the source
                yield "line-split", at + place - 1, at + place, ((line[place - 1] + "\n", at + place - 1, at + place),)
        at += len(line) + 1


def _before(line: str, match: re.Match[str]) -> int:
    """Return where the blanks in front of a match begin."""
    at = match.start()
    front = line[max(0, at - 4) : at]
    return at - (len(front) - len(front.rstrip()))


def _chapters(line: str) -> list[int]:
    """Return where 一、 二、 三、 … stand in a line, if at least two follow each other."""
    found = [0] if line.lstrip().startswith("一、") else []
    for match in _CHAPTER.finditer(line):
        next_one = len(found) < len(_COUNT) and match["n"] == _COUNT[len(found)]
        if next_one and (at := _before(line, match)) and line[at - 1] in "。!;:)”》?":
            found.append(at)
    return found if len(found) >= 2 else []


def _begins(line: str, match: re.Match[str], chapters: list[int]) -> bool:
    """Tell an item that begins a paragraph: it follows a full stop, or is the first below a chapter's heading."""
    before = line[_before(line, match) - 1]
    if before in "。!;:":
        return True
    return before != "第" and match["n"] == "一" and any(0 < match.start() - chapter <= 45 for chapter in chapters)
