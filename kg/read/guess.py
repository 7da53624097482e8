"""Chinese characters of GBK of which bytes are lost: told from what stands around them, where only one will do.

In: a text as received, and the bytes that are left of one character, or of two with the pair between them gone. Out:
the characters, if what stands around them decides; else None. Which follow each other is known from the text itself,
from jieba's dictionary and from tables/words.txt.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from importlib.util import find_spec
from itertools import pairwise
from math import log
from pathlib import Path

from kg.read.scripts import simple_of

#: First bytes of pairs that are no character of GBK where the second byte is a high one: such a pair was dropped.
_DROPPED = (*range(0xAA, 0xB0), *range(0xF8, 0xFF))
_HIGH = range(0xA1, 0xFF)
_WORD = re.compile("^([\u4e00-\u9fff]{2,4}) ([0-9]{3,})", re.MULTILINE)
_MARKS = "。“”《》、，；：（）"
#: No report has lost so much, and each guess takes a millisecond.
_MOST = 300
#: How likely one character must be, and two; how much likelier than the next best; what three characters of the text
#: itself count for. Of a hundred such guesses three are wrong.
_ONE, _TWO, _AHEAD, _OWN = 5.0, 8.0, 3.0, 3.0


@lru_cache(maxsize=1)
def neighbours(text: str) -> "Neighbours":
    """Return what is known from a text; the same for all places of it."""
    return Neighbours(text)


class Neighbours:
    """Which characters follow each other in a text, and in Chinese.

    whole: whether pairs that are no character of GBK stand in the text, as those of private use, and none was dropped.
    """

    def __init__(self, text: str) -> None:
        self.whole = any("\ue000" <= c <= "\uf8ff" for c in text)
        self._answers: dict[tuple[str, str, int, int | None], str | None] = {}
        self._two = Counter(map("".join, pairwise(text)))
        self._three = Counter(map("".join, zip(text, text[1:], text[2:], strict=False)))

    def together(self, one: str, other: str) -> float:
        """Return how often two characters stand together: 0 never seen; marks stand anywhere."""
        if not (_is_han(one) and _is_han(other)):
            return 1.0
        return log(1 + 4 * self._two[one + other]) + log(1 + _pairs()[simple_of(one) + simple_of(other)]) / 2

    def worth(self, text: str) -> float:
        """Return how likely the characters of a short text stand side by side."""
        two = sum(self.together(a, b) for a, b in pairwise(text))
        three = (log(1 + self._three["".join(each)]) for each in zip(text, text[1:], text[2:], strict=False))
        return two + _OWN * sum(three)

    def one(self, before: str, first: int, after: str) -> str | None:
        """Return the character with that first byte between the texts before and after."""
        return self._told((before, after, first, None))

    def two(self, before: str, first: int, second: int, after: str) -> str | None:
        """Return the two characters with that first byte and that last one, the pair between them dropped."""
        return self._told((before, after, first, second))

    def _told(self, place: tuple[str, str, int, int | None]) -> str | None:
        if place not in self._answers:
            if len(self._answers) >= _MOST:
                return None
            self._answers[place] = self._best(*place)
        return self._answers[place]

    def known(self, before: str, character: str, after: str) -> bool:
        """Tell a character that has been seen behind the one or in front of the other."""
        return self.together(before, character) > 0 or self.together(character, after) > 0

    def _best(self, before: str, after: str, first: int, second: int | None) -> str | None:
        if second is None:
            least, candidates = _ONE, [one for low in _HIGH if (one := _decoded(first, low))]
        else:
            ones = [one for gone in _DROPPED if (one := _decoded(first, gone))]
            others = [other for gone in _HIGH if (other := _decoded(gone, second))]
            least, candidates = _TWO, [a + b for a in ones for b in others if self.together(a, b)]
        return self.likeliest(before, candidates, after, least)

    def likeliest(
        self, before: str, candidates: Sequence[str], after: str, least: float = _ONE, ahead: float = _AHEAD
    ) -> str | None:
        """Return the one that is so likely between two texts, and so much likelier than the next best; else None."""
        alone = self.worth(before) + self.worth(after)
        found = sorted(((self.worth(before + each + after) - alone, each) for each in candidates), reverse=True)
        if not found or found[0][0] < least or (len(found) > 1 and found[0][0] - found[1][0] < ahead):
            return None
        return found[0][1]


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def _decoded(first: int, second: int) -> str:
    try:
        character = bytes([first, second]).decode("gbk")
    except UnicodeDecodeError:
        return ""
    return character if _is_han(character) or character in _MARKS else ""


@lru_cache(maxsize=1)
def _pairs() -> Counter[str]:
    """Return how often two characters follow each other in words that are no rare ones."""
    spec = find_spec("jieba")
    assert spec is not None and spec.origin is not None  # a dependency
    found = Counter[str]()
    for path in (resources.files("kg") / "tables" / "words.txt", Path(spec.origin).parent / "dict.txt"):
        for word, count in _WORD.findall(path.read_text(encoding="utf-8")):
            for a, b in pairwise(word):
                found[a + b] += int(count)
    return found
