"""Broken text made whole: each rule named, each change recorded, each character led back to the source.

In: the text as received. Out: the text that extractors read, its alignment with the source, and the repairs.
Rules run in the order of RULES. A new kind of damage is a rule here with a positive and a negative case in
tests/cases/repair.toml.
"""

import re
from array import array
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from kg.model import Alignment, Repair, Script
from kg.text import half_width

#: What a match becomes: pieces (new text, start, end), each standing for text[start:end] of the text before.
Pieces = Iterable[tuple[str, int, int]]

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ"
_SYLLABLE = rf"[a-z]{{0,3}}[{_TONED}][a-z{_TONED}]{{0,3}}"
_HAN = "\u3400-\u9fff"


class Draft:
    """A text under repair, with the source span of each of its characters."""

    def __init__(self, source: str) -> None:
        self.text = source
        self.starts = array("l", range(len(source)))
        self.ends = array("l", range(1, len(source) + 1))
        self.repairs: list[Repair] = []

    def sub(self, rule: str, pattern: re.Pattern[str], pieces: Callable[[re.Match[str]], Pieces]) -> None:
        """Replace every match of the pattern by its pieces, and record each change under the rule's name."""
        out: list[str] = []
        starts, ends = array("l"), array("l")
        at = 0
        for match in pattern.finditer(self.text):
            out.append(self.text[at : match.start()])
            starts += self.starts[at : match.start()]
            ends += self.ends[at : match.start()]
            now = ""
            for new, start, end in pieces(match):
                now += new
                if len(new) == end - start:
                    starts += self.starts[start:end]
                    ends += self.ends[start:end]
                else:
                    starts += array("l", [self.starts[start]] * len(new))
                    ends += array("l", [self.ends[end - 1]] * len(new))
            self.repairs.append(Repair(rule, self.starts[match.start()], self.ends[match.end() - 1], now))
            out.append(now)
            at = match.end()
        if at:
            out.append(self.text[at:])
            starts += self.starts[at:]
            ends += self.ends[at:]
            self.text, self.starts, self.ends = "".join(out), starts, ends

    def translate(self, text: str) -> None:
        """Take a text of the same length, character for character."""
        if len(text) != len(self.text):
            raise ValueError("a translation must keep the length")
        self.text = text


def _cut(match: re.Match[str]) -> Pieces:
    return ()


def _shifted_stop(match: re.Match[str]) -> Pieces:
    """`?,F(xiàn)`: the bytes of 。現 moved by one, then 現 printed with its pinyin as F and (xiàn)."""
    start = match.start()
    return [("。", start, start + 1), ("现", start + 1, match.end())]


def _shifted_item(match: re.Match[str]) -> Pieces:
    """`?。ㄒ唬`: the bytes of 。(一) moved by one."""
    start, end = match.span()
    return [("。", start, start + 1), ("(", start + 1, start + 2), ("一", start + 2, end - 1), (")", end - 1, end)]


RULES: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], Pieces]], ...] = (
    ("invisible", re.compile("[\ufeff\u200b-\u200f\u202a-\u202e\u2060\u00ad\ufffe]+"), _cut),
    ("shifted-stop", re.compile(r"\?,F\(xiàn\)"), _shifted_stop),
    ("shifted-item", re.compile(r"\?。ㄒ唬"), _shifted_item),
    ("pinyin", re.compile(rf"(?<=[{_HAN}])\({_SYLLABLE}\)"), _cut),
    ("lone-mark", re.compile(r"^[ \t]{0,8}\?+[ \t]{0,8}$", re.MULTILINE), _cut),
    ("lost-indent", re.compile(rf"^\?\?(?=[{_HAN}(\d“《])", re.MULTILINE), _cut),
    ("inner-blank", re.compile(rf"(?<=[{_HAN}])[ \t\u00a0\u3000](?=\d)|(?<=[\d%])[ \t\u00a0\u3000](?=[{_HAN}])"), _cut),
    ("doubled-mark", re.compile("([,、。;:])(?:(?<=、),|\\1)"), lambda m: [(m[1], m.start(), m.end())]),
)


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


#: Words that t2s leaves, or that a careless conversion to traditional left wrong.
_AFTER_T2S = {
    "著力": "着力", "乾部": "干部", "围绕著": "围绕着", "沿著": "沿着", "朝著": "朝着", "本著": "本着", "随著": "随着",
    "标志著": "标志着", "意味著": "意味着", "有著": "有着", "向著": "向着", "紧盯著": "紧盯着",
}  # fmt: skip


def simplify(text: str) -> str:
    """Return the text in simplified characters, of the same length."""
    out: str = _converter().convert(text)
    if len(out) != len(text):  # a phrase was rewritten: line by line, then character by character
        convert = _converter().convert
        lines = [(line, convert(line)) for line in text.split("\n")]
        out = "\n".join(
            new if len(new) == len(old) else "".join(c if len(convert(c)) != 1 else convert(c) for c in old)
            for old, new in lines
        )
    for wrong, right in _AFTER_T2S.items():
        out = out.replace(wrong, right)
    return out


def _script(text: str, simple: str) -> Script:
    """Tell the script by how many characters the conversion changes: hans hardly any, hant more than one in ten."""
    han = sum("\u3400" <= c <= "\u9fff" for c in text) or 1
    changed = sum(a != b for a, b in zip(text, simple, strict=True)) / han
    return "hans" if changed < 0.01 else "hant" if changed > 0.1 else "mixed"


def clean(source: str) -> tuple[str, Alignment, tuple[Repair, ...], Script]:
    """Return (text, alignment, repairs, script) of a text as received."""
    draft = Draft(source)
    folded = half_width(source)
    simple = simplify(folded)
    script = _script(folded, simple)
    draft.translate(simple)
    for rule, pattern, pieces in RULES:
        draft.sub(rule, pattern, pieces)
    draft.translate(simplify(draft.text))  # phrases that a repair made whole
    repairs = tuple(sorted(draft.repairs, key=lambda repair: (repair.start, repair.end, repair.rule)))
    return draft.text, Alignment(draft.starts, draft.ends), repairs, script
