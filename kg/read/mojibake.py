"""Text decoded wrongly before it came here: whole runs in the wrong encoding, and GBK bytes moved by one.

Each rule proposes what stood there, led back character by character, and proposes nothing where the result would not
be plain official Chinese. A new kind of confusion is a row of CONFUSIONS.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.read.draft import Change, Draft
from kg.read.plain import likeness

#: (rule, how a damaged run looks, the encoding it was read in, the encoding it is in)
CONFUSIONS: tuple[tuple[str, re.Pattern[str], str, str], ...] = (
    ("utf8-as-latin1", re.compile("[\x80-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{6,}"), "latin-1", "utf-8"),
    ("gbk-as-latin1", re.compile("[\x80-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{4,}"), "latin-1", "gbk"),
    ("utf8-as-gbk", re.compile(r"[^\x00-\x7f](?:[^\x00-\x7f]|\?(?=[^\x00-\x7f])){2,}\??"), "gb18030", "utf-8"),
)
#: A run of a text that was read as Latin-1, with at least one letter that no Chinese text has.
_LATIN = re.compile(
    "[\x80-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{0,200}[\xa1-\xa6\xa8-\xaf\xb2-\xb6\xb8-\xd6\xd8-\xf6\xf8-\xff]"
    "[\x80-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,200}"
)
#: Characters that the UTF-8 bytes of 。、“《 and of the commonest words become in GBK.
_AS_GBK = "銆锛鐨"
_GENUINE = 0.4
_LOST = "\ufffd"


def _bytes(text: str, encoding: str) -> tuple[bytes, list[int]]:
    """Return the bytes that a damaged run stands for, and for each byte the character it comes from."""
    data, owners = bytearray(), []
    for at, character in enumerate(text):
        if encoding == "latin-1" and ord(character) > 255:
            raw = character.encode("cp1252", "replace")
        else:
            raw = character.encode(encoding, "replace")
        data += raw
        owners += [at] * len(raw)
    return bytes(data), owners


def _decoded(data: bytes, owners: list[int], encoding: str, offset: int) -> Iterator[tuple[str, int, int]]:
    """Yield each decoded character with the span of the damaged characters that its bytes come from."""
    at = 0
    for character in data.decode(encoding, "replace"):
        width = 1 if character == _LOST else len(character.encode(encoding))
        first, last = owners[min(at, len(owners) - 1)], owners[min(at + width, len(owners)) - 1]
        yield character, offset + first, offset + last + 1
        at += width


def repair_confusions(draft: Draft, rare: bool = True) -> None:
    """Decode again every run that becomes official Chinese by it; what stays unreadable in such a run is in doubt.

    rare: whether the text has characters of Latin-1 at all.
    """
    for rule, pattern, wrong, right in CONFUSIONS:
        if not (rare if wrong == "latin-1" else any(c in draft.text for c in _AS_GBK)):
            continue
        found = [c for m in pattern.finditer(draft.text) if (c := _recoded(rule, m, wrong, right))]
        draft.change(found)
        if found and wrong == "latin-1":  # what else was read so is proven to be
            draft.change([c for m in _LATIN.finditer(draft.text) if (c := _short(rule, m, right))])
            draft.doubt("unreadable", _LATIN)


def _short(rule: str, match: re.Match[str], right: str) -> Change | None:
    """Decode a run too short to be known by its likeness, where no byte of it is lost."""
    data, owners = _bytes(match.group(), "latin-1")
    if _LOST in data.decode(right, "replace"):
        return None
    return rule, match.start(), match.end(), list(_monotone(_decoded(data, owners, right, match.start())))


def _recoded(rule: str, match: re.Match[str], wrong: str, right: str) -> Change | None:
    run = match.group()
    data, owners = _bytes(run, wrong)
    if run.endswith("銆?"):
        data = data[:-1] + b"\x82"  # the last byte of 。 found no partner
    text = data.decode(right, "replace")
    lost = text.count(_LOST)
    if lost > len(text) / 5 or likeness(text) < max(_GENUINE, likeness(run) + 0.2):
        return None
    return rule, match.start(), match.end(), list(_monotone(_decoded(data, owners, right, match.start())))


def _monotone(pieces: Iterator[tuple[str, int, int]]) -> Iterator[tuple[str, int, int]]:
    """Keep spans from going back where one damaged character holds bytes of two."""
    low = high = 0
    for text, start, end in pieces:
        low, high = max(low, start), max(high, end)
        yield text, low, high


#: A lost full stop, then a traditional character whose first byte lost its highest bit, then its pinyin.
_HALVED = re.compile(
    r"\?([\x21-\x7e])([\x40-\x7e])\(([a-zü]{0,3}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]{0,3})\)", re.IGNORECASE
)
#: A question mark, then what follows it shifted by one byte.
_SHIFTED = re.compile(
    r"\?(?:。(?P<after>[^\x00-\x7f\n]{1,60}(?:[\x40-\x7e])?)|(?P<quote>[^\x00-\x7f。\n]{1,60}[\x40-\x7e]?))"
)
_NAMES = (
    "十四五",
    "十三五",
    "十五五",
    "八五",
    "七五",
    "九五",
    "三项制度",
    "放管服",
    "双随机",
    "一网通办",
    "谁执法谁普法",
)
_PHRASES = (
    *(f"（{n}）" for n in ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")),
    *(f"“{name}”{behind}" for name in _NAMES for behind in ("", "規", "規劃", "规划", "普法", "改革", "时期", "時期")),
)


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    """Return phrases under what is left of them when their first byte is lost, longest first: 笆奈濉 for “十四五”."""
    table: dict[str, str] = {}
    for phrase in _PHRASES:
        data = phrase.encode("gbk")[1:]
        pairs = (data[i : i + 2].decode("gbk", "ignore") for i in range(0, len(data) - 1, 2))
        left = "".join(pair for pair in pairs if len(pair) == 1)  # a pair that is no character was dropped
        if len(left) >= (2 if phrase[0] == "“" else 1):
            table.setdefault(left, phrase)
    return dict(sorted(table.items(), key=lambda item: -len(item[0])))


def repair_shift(draft: Draft) -> None:
    """Put back what a GBK text lost when its bytes moved by one behind a full stop or an opening quotation mark."""
    if "?" not in draft.text:
        return
    draft.sub("shifted-stop", _HALVED, _halved)
    draft.change([c for m in _SHIFTED.finditer(draft.text) if (c := _unshifted(m))])


def _halved(match: re.Match[str]) -> list[tuple[str, int, int]] | None:
    """`?,F(xiàn)` is 。現: the bytes AC 46 of 現 became 2C 46, which are `,F`."""
    try:
        character = bytes([ord(match[1]) | 0x80, ord(match[2])]).decode("gbk")
    except UnicodeDecodeError:
        return None
    start, end = match.span()
    return [("。", start, start + 1), (character, start + 1, end)]


def _unshifted(match: re.Match[str]) -> Change | None:
    """Decode the run again with its lost byte in front; where bytes are missing, know the phrase by what is left."""
    start = match.start()
    if match["after"] is not None:
        return _from(match, "after", b"\xa3", [("。", start, start + 2)])
    return _from(match, "quote", b"\xa1", [])


def _from(match: re.Match[str], group: str, byte: bytes, before: list[tuple[str, int, int]]) -> Change | None:
    run, at = match[group], match.start(group)
    first = match.start() if not before else at  # the question mark stands for the lost byte
    data, owners = _bytes(run, "gbk")
    pieces = list(_decoded(byte + data, [first - at, *owners], "gbk", at))
    text = "".join(piece for piece, _, _ in pieces)
    if _LOST not in text and text[0] in "“《（" and likeness(text) > likeness(run) + 0.2:
        return "shifted-run", match.start(), match.end(), [*before, *_monotone(iter(pieces))]
    for left, phrase in _table().items():
        if run.startswith(left) and (phrase[0] == "（") == bool(before):
            end = at + len(left)
            return "shifted-phrase", match.start(), end, [*before, (phrase, first, end)]
    return None
