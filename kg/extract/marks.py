"""Titles between title marks: 《》, 〈〉 or <<>>, nested, side by side, or with a mark that was lost.

In: the text. Out: Places, each the outermost title with its marks, and the title as written inside them.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kg.extract.titles import heads

_MARK = re.compile(r"[《》〈〉\n<>](?:(?<![<>])|(?<=<)<|(?<=>)>)")  # a class in front: the search leaps to it
_OPENING = ("《", "〈", "<<")
_LONGEST = 150  # characters of a title; what runs on longer has lost its closing mark


class Place(NamedTuple):
    """Where a title stands, and how it is written there, without its marks."""

    start: int
    end: int
    written: str
    rule: str


@lru_cache(maxsize=1)
def _complete() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a title that ends here, and of one that ends before a word that no title goes on with."""
    words = "|".join(sorted(heads(), key=lambda head: (-len(head), head)))
    ending = rf"(?:{words})(?:\([^()\n]{{0,20}}\)年?)?"
    return (
        re.compile(rf"(?:[\u4e00-\u9fff]{{2}}{ending}|《(?:宪法|刑法|民法典|党章))[、,和及与]?$"),
        re.compile(rf"{ending}(?=$|[,。;:、!?\s]|等|要求|精神|的)"),
    )


def marked(text: str) -> Iterator[Place]:
    """Yield the titles between marks; nested marks belong to the outer title, a lost closing mark is made good.

    >>> [place.written for place in marked("《关于印发〈甲〉的通知》《乙办法》、《丙条例,丁")]
    ['关于印发〈甲〉的通知', '乙办法', '丙条例']
    """
    start = last = -1  # of the outermost open title; behind its latest closing mark
    open_marks: list[str] = []
    for mark in _MARK.finditer(text):
        sign, at = mark.group(), mark.start()
        if start >= 0 and (sign == "\n" or at - start > _LONGEST or text.find("。", start, at) >= 0):
            yield from _lost(text, start, last, at)
            start, open_marks = -1, []
        if sign == "\n":
            continue
        if sign in _OPENING:
            if start >= 0 and sign == "《" and last < 0 and _complete()[0].search(text, max(start, at - 40), at):
                yield from _lost(text, start, last, at)
                start, open_marks = -1, []
            if start < 0:
                start, last = at, -1
            open_marks.append(sign)
        elif start >= 0:
            last = mark.end()
            if (
                sign != "〉"
                and len(open_marks) > 1
                and open_marks[-1] == "〈"
                and "》" not in text[last : last + 30].split("《")[0]
            ):
                open_marks.pop()  # 〉 was lost: 》 closes both
            open_marks.pop()
            if not open_marks:
                yield from _place(text, start, last, "marks")
                start = -1
    if start >= 0:
        yield from _lost(text, start, last, len(text))


def _lost(text: str, start: int, last: int, limit: int) -> Iterator[Place]:
    """Yield the title at start whose closing mark is missing: up to its last inner mark, or where it reads complete."""
    if last > 0:
        yield from _place(text, start, last, "marks-lost")
        return
    complete = _complete()[1].search(text, start + 1, min(limit, start + _LONGEST))
    if complete:
        yield from _place(text, start, complete.end(), "marks-lost")


def _place(text: str, start: int, end: int, rule: str) -> Iterator[Place]:
    inner = text[start:end]
    for opening in _OPENING:
        if inner.startswith(opening):
            inner = inner[len(opening) :]
            break
    inner = inner.removesuffix("》").removesuffix(">>") if rule == "marks" else inner
    inner = inner[:-1] if inner.endswith("〉") and "〈" not in inner else inner
    if rule == "marks-lost" and inner.count("》") + inner.count("〉") > inner.count("《") + inner.count("〈"):
        inner = inner[:-1]
    written = re.sub(r"(?<=[\u4e00-\u9fff])(?<!中共中央)[ ]+(?=[\u4e00-\u9fff])", "", inner.strip())
    if re.search(r"\([^()]{0,20}$", written):
        written += ")"
    if written:
        yield Place(start, end, written, rule)
