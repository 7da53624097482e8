"""Cue words: which words a text must have to be about a thing, as tables/asked*.csv write them.

In: groups of words with blanks between. A text fits if it has a word of each: | means or, a>b that b stands after a
with few characters between, !a that a stands nowhere, @who the words of that row of tables/asked_words.csv.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.data import table

#: So many characters may stand between a and b of a>b.
_NEAR = 6


@dataclass(frozen=True, slots=True)
class Cue:
    """What a text means that fits. words: those it may have; groups: the words of each part of each group, and whether
    the text must have them."""

    means: str
    words: Sequence[str]
    groups: Sequence[tuple[Sequence[Sequence[str]], bool]]
    weight: int

    def fits(self, text: str) -> bool:
        """Say whether the text has a word of each group, and none of those that it must not have.

        >>> missing = cue("missing", "!引用 没>发布|提交 报告")
        >>> [missing.fits(text) for text in ("还没有提交报告", "提交报告没有", "没有提交引用它的报告")]
        [True, False, False]
        """
        return all(_has(text, parts) == wanted for parts, wanted in self.groups)


def _has(text: str, parts: Sequence[Sequence[str]]) -> bool:
    """Tell whether a text has a word of each part, in their order and near to one another."""
    if not all(any(word in text for word in part) for part in parts):  # most often: no pattern has to be compiled
        return False
    either = ("(?:" + "|".join(map(re.escape, part)) + ")" for part in parts)
    return len(parts) == 1 or bool(re.search(f".{{0,{_NEAR}}}".join(either), text))


def cue(means: str, written: str, weight: int = 1) -> Cue:
    """Read a cell of words. Raise ValueError for a row of words that is not there."""
    words, groups = list[str](), list[tuple[Sequence[Sequence[str]], bool]]()
    for group in written.split():
        parts = [_words_of(part) for part in group.removeprefix("!").split(">")]
        groups.append((parts, not group.startswith("!")))
        words += [word for part in parts for word in part if not group.startswith("!")]
    return Cue(means, tuple(words), tuple(groups), weight)


def _words_of(part: str) -> list[str]:
    """Return the words between which a part of a group lets choose."""
    words: list[str] = []
    for word in part.split("|"):
        if word.startswith("@") and word[1:] not in _lists():
            raise ValueError(f"{word!r} is no row of asked_words.csv")
        words += _lists()[word[1:]] if word.startswith("@") else [word]
    return words


def words_of(name: str) -> Sequence[str]:
    """Return the words of a row of asked_words.csv."""
    return _lists()[name]


@lru_cache(maxsize=1)
def _lists() -> Mapping[str, Sequence[str]]:
    return dict(table("asked_words.csv", "name words", lambda cells: (cells["name"], cells["words"].split("|"))))
