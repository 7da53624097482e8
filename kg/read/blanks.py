"""Blanks that a text was spaced out or torn with: between all characters, inside words, inside numbers.

In: a Draft whose characters are repaired. Out: the same Draft, each blank that was cut recorded as inner-blank. Numbers
that a blank may or may not tear stay as they are, and are in doubt.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.read.draft import Change, Draft, Pieces

_HAN = "\u3400-\u9fff"
_NUMERAL = "[一二三四五六七八九十]"
# A pattern that begins with its blank is found ten times as fast as one that begins with what stands in front of it.
_PROSE_BLANK = re.compile(rf" (?<=[{_HAN}] )(?=[{_HAN}])")
_HANS = re.compile(f"[{_HAN}]")
#: So many blanks between Chinese characters show that a text is spaced out; a title has fewer.
_FEWEST = 12
#: In a text that is torn, one character in so many is a blank inside a sentence, which ends within so many.
_RARE, _NEAR = 60, 120
#: What is counted with a decimal point.
_MEASURED = "(?:[%万亿倍分元亩吨]|个百分点|公[里顷]|平方)"
_BLANK = re.compile(r"(?<=[^ \n]) {1,2}(?=[^ \n])")
_HEADING = re.compile(rf"[ ]*(?:{_NUMERAL}{{1,3}}、|\({_NUMERAL}{{1,3}}\)|\d{{1,2}}[.、])")
#: Words whose tearing shows that the blanks of a short line mean nothing.
_WORDS = ("法治政府", "依法行政", "法治建设", "年度报告", "情况报告", "工作总结", "工作报告", "人民政府", "街道办事处")
#: A year with blanks in it; what stands before it is no number.
_TORN_YEAR = re.compile(r"(?<![\d.,%])(?<![\d.,%] )2 ?0 ?[0-3] ?\d(?=年)")
#: What counts things: a number in prose stands before one, a number in a table's row before the next cell.
_COUNTER = "[%余多万亿次件人个名份场起项家宗条户期批卷册篇处台元亩吨块支所村类级位]"
#: Digits with a blank between them that may be one number or two; and a quick look for a blank in a number.
_TORN_NUMBER = re.compile(rf"(?<=[{_HAN},、(])\d{{1,6}}[.,]? [.,]?\d{{1,6}}(?={_COUNTER})")
_TORN = re.compile(r" (?<=[\d.,] )[.,]?\d")


@lru_cache(maxsize=1)
def _in_number() -> re.Pattern[str]:
    """Return what finds a decimal point or a thousands separator with a blank beside it, in a number of prose.

    It stands between Chinese and what is counted. It takes 0.01 s to compile, and few texts need it.
    """

    def behind(mark: str) -> str:  # each of a fixed width, as looking back wants
        return "|".join(rf"(?<=[{_HAN},、(]{digits}{mark} )" for digits in (r"\d", r"\d\d", r"\d{3}"))

    return re.compile(
        rf" (?:(?:{behind('')})(?=,?\d{{3}}[余多]?(?!年)[{_HAN}]|\.\d{{1,2}}{_MEASURED})"
        rf"|(?:{behind(',')})(?=\d{{3}}[余多]?(?!年)[{_HAN}])"
        rf"|(?:{behind('[.]')})(?=\d{{1,2}}{_MEASURED}))"
    )


def squeeze(draft: Draft) -> None:
    """Cut the blanks between all characters, digits too, of a text or a line that is spaced out."""
    text = draft.text
    if 10 * text.count(" ") > len(text):
        draft.change(list(_spaced(text)))


def _spaced(text: str) -> Iterator[Change]:
    whole = _is_spaced(text)
    at = 0
    for line in text.split("\n"):
        if whole or _is_spaced(line):
            yield from (("inner-blank", at + m.start(), at + m.end(), ()) for m in _BLANK.finditer(line))
        at += len(line) + 1


def _is_spaced(text: str) -> bool:
    """Tell a text most of whose Chinese characters, and no few of them, have a blank before the next one."""
    blanks = len(_PROSE_BLANK.findall(text))
    return blanks >= _FEWEST and 2 * blanks > len(_HANS.findall(text))


def repair(draft: Draft) -> None:
    """Cut the blanks that tear words and numbers."""
    if " " not in draft.text:
        return
    if _TORN.search(draft.text):
        draft.sub("inner-blank", _in_number(), lambda match: ())
    draft.sub("inner-blank", _TORN_YEAR, _digits)
    draft.change(list(_blanks_in_words(draft.text, _is_torn(draft.text))))


def _digits(match: re.Match[str]) -> Pieces | None:
    """Return the digits of a torn year, each for itself."""
    year, start = match.group(), match.start()
    return [(c, start + i, start + i + 1) for i, c in enumerate(year) if c != " "] if " " in year else None


def doubt(draft: Draft) -> None:
    """Tell of numbers that a blank may tear."""
    if " " in draft.text and _TORN.search(draft.text):
        draft.doubt("torn-number", _TORN_NUMBER)


def _is_torn(text: str) -> bool:
    """Tell a text that is torn all over, as text recognition leaves it: its sentences have more blanks than a few."""
    found = [match.start() for match in _PROSE_BLANK.finditer(text)]
    if len(found) < _FEWEST or len(found) * _RARE < len(text):
        return False
    return sum(text.find("。", at, at + _NEAR) >= 0 for at in found) >= max(_FEWEST, 0.6 * len(found))


def _blanks_in_words(text: str, torn: bool) -> Iterator[Change]:
    """Yield blanks between Chinese characters, in prose and where they tear a word of the genre.

    torn: whether the blanks of the whole text mean nothing.
    """
    at = 0
    for line in text.split("\n"):
        if " " in line.strip() and (found := _torn(line, torn)):
            yield from (("inner-blank", at + start, at + end, ()) for start, end in found)
        at += len(line) + 1


def _torn(line: str, torn: bool) -> list[tuple[int, int]]:
    found = [match.span() for match in _PROSE_BLANK.finditer(line)]
    if not found:
        return []
    if torn and (_HEADING.match(line) or re.search("[,。;、]", line)):
        return found
    squeezed = _PROSE_BLANK.sub("", line)
    if len(line) < 60:
        return found if any(word in squeezed and word not in line for word in _WORDS) else []
    if not re.search("[,。;、]", line):
        return []
    if found[0][0] < 45 and _is_heading(line[: found[0][0]]):
        found = found[1:]  # a blank between a heading and its text
    return found


def _is_heading(words: str) -> bool:
    """Tell the words of a heading, with its number: one clause, or two that are as long as one another."""
    number = _HEADING.match(words)
    clauses = words[number.end() :].split(",") if number and not re.search("[。;]", words) else []
    return len(clauses) == 1 or (len(clauses) == 2 and len(clauses[0]) == len(clauses[1]))
