"""Text decoded wrongly before it came here: whole runs in the wrong encoding.

Each rule proposes what stood there, led back character by character, and proposes nothing where the result would not
be plain official Chinese. A new kind of confusion is a row of CONFUSIONS. GBK bytes moved by one: shift.py.
"""

import re
from collections.abc import Iterator
from contextlib import suppress

from kg.read.draft import Change, Draft
from kg.read.plain import likeness

#: (rule, how a damaged run looks, the encoding it was read in, the encoding it is in)
CONFUSIONS: tuple[tuple[str, re.Pattern[str], str, str], ...] = (
    ("utf8-as-latin1", re.compile("[\x80-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{6,}"), "latin-1", "utf-8"),
    ("gbk-as-latin1", re.compile("[\x80-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{4,}"), "latin-1", "gbk"),
    ("utf8-as-gbk", re.compile(r"[^\x00-\x7f](?:[^\x00-\x7f]|\?(?=[^\x00-\x7f])){2,}\??"), "gb18030", "utf-8"),
)
#: A run of a text that was read as Latin-1, with at least one letter that no Chinese text has.
_ANY, _LETTER = "[\x80-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]", "[\xa1-\xa6\xa8-\xaf\xb2-\xb6\xb8-\xd6\xd8-\xf6\xf8-\xff]"
_LATIN = re.compile(f"{_ANY}{{1,200}}{_LETTER}{_ANY}{{0,200}}|{_LETTER}{_ANY}{{1,200}}")
#: A run, however short, of a text that was read as GBK; and what is left behind a number of 年, 月, 日 read so.
_SHORT = re.compile(r"[^\x00-\x7f]{2,200}")
_DATED = {"骞": "年", "鏈": "月", "鏃": "日"}
#: Characters that the UTF-8 bytes of 。、“《 and of the commonest words become in GBK.
_AS_GBK = "銆锛鐨"
_GENUINE = 0.4
_LOST = "\ufffd"


def _bytes(text: str, encoding: str) -> tuple[bytes, list[int]]:
    """Return the bytes that a damaged run stands for, and for each byte the character it comes from."""
    data, owners = bytearray(), []
    for at, character in enumerate(text):
        if character == _LOST:
            continue  # bytes that nobody knows
        if encoding == "latin-1" and ord(character) > 255:
            raw = character.encode("cp1252", "replace")
        elif character == "€":  # so browsers read the byte 80, which is none of GBK
            raw = b"\x80"
        else:
            raw = character.encode(encoding, "replace")
        data += raw
        owners += [at] * len(raw)
    return bytes(data), owners


def _decoded(data: bytes, owners: list[int], encoding: str, offset: int) -> Iterator[tuple[str, int, int]]:
    """Yield each decoded character with the span of the damaged characters that its bytes come from."""
    at = 0
    while at < len(data):
        character, width = _next(data, at, encoding)
        yield character, offset + owners[at], offset + owners[at + width - 1] + 1
        at += width


def _next(data: bytes, at: int, encoding: str) -> tuple[str, int]:
    """Return the character whose bytes begin at a place, and how many they are; bytes of none count as one lost."""
    first = data[at]
    width = 1 if first < 0x80 else 2 if encoding != "utf-8" or first < 0xE0 else 3 if first < 0xF0 else 4
    with suppress(UnicodeDecodeError):
        return data[at : at + width].decode(encoding), min(width, len(data) - at)
    end = at + 1
    while encoding == "utf-8" and end < len(data) and 0x80 <= data[end] < 0xC0 and end < at + 3:
        end += 1
    return _LOST, end - at


def repair_confusions(draft: Draft, rare: bool = True) -> None:
    """Decode again every run that becomes official Chinese by it; what stays unreadable in such a run is in doubt.

    rare: whether the text has characters of Latin-1 at all.
    """
    for rule, pattern, wrong, right in CONFUSIONS:
        if not (rare if wrong == "latin-1" else any(c in draft.text for c in _AS_GBK)):
            continue
        found = [c for m in pattern.finditer(draft.text) if (c := _recoded(rule, m, wrong, right))]
        draft.change(found)
        if not found:
            continue
        # what else was read so is proven to be
        rest, most_lost = (_LATIN, 0.0) if wrong == "latin-1" else (_SHORT, 0.5)
        draft.change([c for m in rest.finditer(draft.text) if (c := _short(rule, m, wrong, right, most_lost))])
        if wrong == "latin-1":
            draft.doubt("unreadable", _LATIN)


def _short(rule: str, match: re.Match[str], wrong: str, right: str, most_lost: float) -> Change | None:
    """Decode a run too short to be known by its likeness, where no more than such a share of it is lost."""
    run = match.group()
    if likeness(run) > _GENUINE:
        return None
    pieces = list(_monotone(_decoded(*_bytes(run, wrong), right, match.start())))
    before = match.string[match.start() - 1 : match.start()]
    if before.isdigit() and len(run) == 2 and run[1] == _LOST and run[0] in _DATED:
        pieces = [(_DATED[run[0]], match.start(), match.end())]
    lost = sum(character == _LOST for character, _, _ in pieces)
    return (rule, *match.span(), pieces) if lost <= most_lost * len(pieces) and lost < len(pieces) else None


def _recoded(rule: str, match: re.Match[str], wrong: str, right: str) -> Change | None:
    run = match.group()
    data, owners = _bytes(run, wrong)
    if run.endswith("銆?"):
        data = data[:-1] + b"\x82"  # the last byte of 。 found no partner
    pieces = list(_monotone(_decoded(data, owners, right, match.start())))
    text = "".join(character for character, _, _ in pieces)
    if text.count(_LOST) > len(text) / 5 or likeness(text) < max(_GENUINE, likeness(run) + 0.2):
        return None
    return rule, match.start(), match.end(), pieces


def _monotone(pieces: Iterator[tuple[str, int, int]]) -> Iterator[tuple[str, int, int]]:
    """Keep spans from going back where one damaged character holds bytes of two."""
    low = high = 0
    for text, start, end in pieces:
        low, high = max(low, start), max(high, end)
        yield text, low, high
