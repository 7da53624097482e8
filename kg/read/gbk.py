"""Bytes of GBK: those that a character stands for, the character of two bytes, and how much it is one of a report's.

In: characters as a wrong decoding shows them. Out: bytes, and characters of plain official Chinese.
"""

from functools import lru_cache
from string import ascii_letters

from kg.read.plain import is_common
from kg.read.scripts import simple_of

MARKS = frozenset("。“”《》、，；：！（）〔〕—…·　【】")
#: Marks and blanks that were full-width before they were folded to ASCII; letters only stand before pinyin.
_UNFOLDED = {c: chr(ord(c) + 0xFEE0) for c in "!,;:()?_" + ascii_letters} | {" ": "　"}


@lru_cache(maxsize=8192)
def bytes_of(raw: str) -> bytes:
    """Return the two bytes of a character, of its full-width form if it may have been folded; else nothing."""
    if raw.isascii():
        raw = _UNFOLDED.get(raw, "")
    data = raw.encode("gb18030", "replace")
    return data if len(data) == 2 else b""


@lru_cache(maxsize=8192)
def character_of(first: int, second: int) -> str:
    try:
        return bytes([first, second]).decode("gb18030")
    except UnicodeDecodeError:
        return ""


def is_second(raw: str) -> bool:
    """Tell a character of ASCII that may be the second byte of one of GBK."""
    return "\x40" <= raw <= "\x7e"


@lru_cache(maxsize=8192)
def plain(character: str) -> float:
    """Return how much a character is one of plain official Chinese: common, known, or what no report has."""
    if not character:
        return -1.0
    character = simple_of(character)
    if is_common(character) or character in MARKS or "！" <= character <= "～":
        return 1.0
    try:
        return 0.2 if character.encode("gb2312")[0] in range(0xB0, 0xD8) else -1.0
    except UnicodeEncodeError:
        return -0.5
