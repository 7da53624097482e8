"""Text decoded wrongly before it came here: whole runs in the wrong encoding.

Each rule proposes what stood there, led back character by character, and proposes nothing where the result would not
be plain official Chinese. A new kind of confusion is a row of CONFUSIONS. GBK bytes moved by one: shift.py.
"""

import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from operator import itemgetter

from kg.read.draft import Change, Draft
from kg.read.guess import neighbours
from kg.read.plain import is_common, likeness

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
_SHORT = re.compile(r"[^\x00-\x7f]{2,200}|[骞鏈鏃銆锛鈥]\?")
_DATED = {"骞": "年", "鏈": "月", "鏃": "日"}
#: The dash between two years.
_DASHED, _DASH = "鈥", "—"
#: (what stands in front, what behind, the mark between): the first that fits; else it is a full stop.
_MARKS = tuple(
    (re.compile(before), re.compile(after), mark)
    for before, after, mark in (
        ("[发字函办号]$", r"20\d\d", "〔"),
        (r"20\d\d$", r"\d{1,4}(?!年)", "〕"),
        (r"(?:^|\n)[ \u3000]{0,9}[一二三四五六七八九十]{1,3}$", "", "、"),
        (r"《[^《》。,，;%\n]{2,40}$", "", "》"),
        (r"[办法定例知见案划要则]$", "[,，;、]", "》"),
    )
)
#: A mark of which the first byte is lost, or all but the first: 。 is likeliest, unless a title is open.
_TAILS = {
    b"\x80\x82": "。",
    b"\x80\x81": "、",
    b"\x80\x8a": "《",
    b"\x80\x8b": "》",
    b"\x80\x9c": "“",
    b"\x80\x9d": "”",
}
#: Characters that the UTF-8 bytes of 。、“《 and of the commonest words become in GBK.
_AS_GBK = "銆锛鐨"
_GENUINE = 0.4
#: What is left of a character that lost bytes; so many are guessed at.
_GONE, _MOST = re.compile("\ufffd\\??"), 500
#: How likely the character must be that is told by what stands around it, and how much likelier than the next best.
_SURE = (8.0, 5.0)
#: So many characters before and behind a mark tell which it is.
_SEEN = 60
_LOST, _NONE = "\ufffd", b"\xff"
#: Bytes that 80 follows in all that official Chinese has of them: 。、《“.
_LEADS = (b"\xe2", b"\xe3")
#: What GB 18030 reads and GBK does not: who read the text by it lost of bytes above 7F none but 80, before another.
_WIDER = re.compile("[\ue000-\uf8ff]")
#: · between the numbers of a day (12·4): two bytes that are one character of GBK.
_POINT = re.compile(r"(?<=\d)路(?=\d)")


def _bytes(text: str, encoding: str, wider: bool = False) -> tuple[bytes, list[int]]:
    """Return the bytes that a damaged run stands for, and for each byte the character it comes from.

    wider: whether it was GB 18030 and not GBK that the text was read by.
    """
    data, owners = bytearray(), []
    for at, character in enumerate(text):
        if character == _LOST:
            known = encoding != "latin-1" and text[at + 1 : at + 2] > "\x7f" and (wider or data[-1:] in _LEADS)
            data += b"\x80" if known else _NONE  # bytes that nobody knows
            owners.append(at)
            continue
        if encoding == "latin-1" and ord(character) > 255:
            raw = character.encode("cp1252", "replace")
        elif character == "€":
            raw = _euro(data[-2:])
        else:
            raw = character.encode(encoding, "replace")
        data += raw
        owners += [at] * len(raw)
    return bytes(data), owners


def _euro(before: bytes | bytearray) -> bytes:
    """Return what a browser reads as the sign of the euro: the byte 80, which is none of GBK, or the sign's own two."""
    own = before + b"\xa2"
    with suppress(UnicodeDecodeError):
        if is_common(own.decode("utf-8")) and not is_common((before + b"\x80").decode("utf-8")):
            return b"\xa2\xe3"
    return b"\x80"


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
    return _LOST, end - at + data.startswith(_NONE, end)


def repair_confusions(draft: Draft, rare: bool = True) -> None:
    """Decode again every run that becomes official Chinese by it; what stays unreadable in such a run is in doubt.

    rare: whether the text has characters of Latin-1 at all.
    """
    for rule, pattern, wrong, right in CONFUSIONS:
        if not (rare if wrong == "latin-1" else any(c in draft.text for c in _AS_GBK)):
            continue
        damaged, starts = draft.text, draft.starts
        wider = _LOST in damaged and wrong == "gb18030" and bool(_WIDER.search(damaged))
        found = [c for m in pattern.finditer(damaged) if (c := _recoded(rule, m, wrong, right, wider))]
        if not found:
            continue
        if wrong == "gb18030":
            found += [(rule, *m.span(), (("·", *m.span()),)) for m in _POINT.finditer(damaged)]
        draft.change(sorted(found, key=itemgetter(1)))
        # what else was read so is proven to be
        rest, most_lost = (_LATIN, 0.0) if wrong == "latin-1" else (_SHORT, 0.5)
        draft.change([c for m in rest.finditer(draft.text) if (c := _short(rule, m, wrong, right, most_lost, wider))])
        if wrong == "latin-1":
            draft.doubt("unreadable", _LATIN)
        else:
            draft.change(list(_told(draft, damaged, starts, wider)))


def _told(draft: Draft, damaged: str, starts: "array[int]", wider: bool) -> Iterator[Change]:
    """Yield the characters that lost a byte or two, where what stands around them leaves but one."""
    known, text = neighbours(draft.text), draft.text
    for match in list(_GONE.finditer(text))[:_MOST]:
        i, end = match.span()
        run = damaged[bisect_left(starts, draft.starts[i]) : bisect_left(starts, draft.ends[i])]
        raw = re.split(b"(?=[\xc2-\xf4])", _bytes(run.rstrip("?"), "gb18030", wider)[0].rstrip(_NONE))[-1]
        before, after = text[max(0, i - 2) : i].rpartition("\n")[2], text[end : end + 2].partition("\n")[0]
        mark = (
            _mark(text[max(0, i - _SEEN) : i], text[end : end + _SEEN]) if raw[:1] == b"\xe3" else _TAILS.get(raw[:2])
        )
        if raw[:2] == b"\xe2\x80":
            mark = _quote(text[max(0, i - _SEEN) : i], text[end : end + _SEEN]) or mark
        if mark:
            yield "utf8-as-gbk", i, end, ((mark, i, end),)
        elif b"\xe4" <= raw[:1] <= b"\xe9" and (told := known.likeliest(before, _beginnings()[raw[:2]], after, *_SURE)):
            yield "utf8-as-gbk", i, end, ((told, i, end),)


def _quote(before: str, after: str) -> str | None:
    """Return the quotation mark that closes what is open before it, or opens what is closed behind it."""
    if before.rfind("“") > before.rfind("”"):
        return "”"
    closed = after.find("”")
    return "“" if closed > 0 and "“" not in after[:closed] else None


def _mark(before: str, after: str) -> str:
    """Return the mark that stands between two texts, if it is one of those that begin with the byte E3."""
    for pattern, behind, mark in _MARKS:
        if pattern.search(before) and behind.match(after):
            return mark
    return "。"


@lru_cache(maxsize=1)
def _beginnings() -> dict[bytes, list[str]]:
    """Return the common characters by the first byte, and by the first two, that they have in UTF-8."""
    found: dict[bytes, list[str]] = defaultdict(list)
    for character in filter(is_common, map(chr, range(0x4E00, 0xA000))):
        for raw in (character.encode()[:1], character.encode()[:2]):
            found[raw].append(character)
    return found


def _short(rule: str, match: re.Match[str], wrong: str, right: str, most_lost: float, wider: bool) -> Change | None:
    """Decode a run too short to be known by its likeness, where no more than such a share of it is lost."""
    run = match.group()
    if likeness(run) > _GENUINE:
        return None
    pieces = list(_monotone(_decoded(*_bytes(run, wrong, wider), right, match.start())))
    before = match.string[max(0, match.start() - 1) : match.start()]
    if run[:1] == _DASHED and len(run) == 2 and before.isdigit():
        ranged = run[1] in "?\ufffd" and match.string[match.end() : match.end() + 1].isdigit()
        pieces = [(_DASH, match.start(), match.end())] if ranged else pieces
    if len(run) == 2 and run[1] in "?\ufffd" and (run[0] in "銆锛" or (before.isdigit() and run[0] in _DATED)):
        after = match.string[match.end() : match.end() + _SEEN]
        if run[0] == "锛" and before.isdigit() and after[:1].isdigit():
            return None  # a comma in a number, or the dash between two
        mark = "，" if run[0] == "锛" else _mark(match.string[max(0, match.start() - _SEEN) : match.start()], after)
        pieces = [(_DATED.get(run[0], mark), match.start(), match.end())]
    lost = sum(character == _LOST for character, _, _ in pieces)
    return (rule, *match.span(), pieces) if lost <= most_lost * len(pieces) and lost < len(pieces) else None


def _recoded(rule: str, match: re.Match[str], wrong: str, right: str, wider: bool) -> Change | None:
    run = match.group()
    data, owners = _bytes(run, wrong, wider)
    cut = run.endswith("銆?")  # the last byte of 。 or another mark found no partner
    data, owners = (data[:-1], owners[:-1]) if cut else (data, owners)
    pieces = list(_monotone(_decoded(data, owners, right, match.start())))
    if cut:
        said = "".join(character for character, _, _ in pieces[-_SEEN:-1])
        after = match.string[match.end() : match.end() + _SEEN]
        pieces[-1] = (_mark(said, after), pieces[-1][1], match.end())
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
