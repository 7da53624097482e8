"""GBK text whose bytes moved by one: a mark lost its first byte, which shows as a question mark, and all that follows
was decoded out of step, until a byte of ASCII brought it back into step.

`?！盵2]` was 。”[2], `?,F(xiàn)` was 。現 and `?。ㄒ唬┘` was （一）加, behind an ideographic space. In: a Draft as
received. Out: the same Draft, each run put back into step for as far as that makes plain official Chinese of it; half
a character that is lost is in doubt. Bytes that the first decoding dropped are guessed only within PHRASES; a new
phrase is an entry there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from string import ascii_letters, digits

from kg.model import Repair
from kg.read.draft import Change, Draft
from kg.read.plain import is_common
from kg.read.scripts import simple_of

#: A mark that lost its first byte; or a full stop, all that is left of two, in front of what no sentence begins with.
_START = re.compile(
    r"(?<![A-Za-z(?？\ufffd])[?？\ufffd](?=[?？]?[^\s?？\ufffd]|[ \u3000]。)"
    r"|(?<![^\n])(?=。[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêㄅ-ㄩ]\S)"
)
#: Bytes that the lost one may have been: the first of 。 “ 《 and an ideographic space, and of （ ， ：.
_LOST = (0xA1, 0xA3)
#: What a mark that a run begins with may be.
_OPENS = frozenset("。“”《》、（，：；　")
_PINYIN = re.compile(r"\([a-zü]{0,3}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]{0,3}\)", re.IGNORECASE)
_MARKS = frozenset("。“”《》、，；：！（）〔〕—…·　【】")
#: Behind these a full stop would be one too many.
_STOPPED = frozenset("\n。！!；;：:")
#: Marks and blanks that were full-width before they were folded to ASCII; letters only stand before pinyin.
_UNFOLDED = {c: chr(ord(c) + 0xFEE0) for c in "!,;:()?_" + ascii_letters} | {" ": "　"}
_LETTERS = frozenset("_" + ascii_letters)
#: What no such text has.
_WIDE = frozenset(chr(ord(c) + 0xFEE0) for c in ascii_letters + digits)
_LONGEST = 60
#: How much plainer a run must become; and how much less counts one that ends in half a character.
_GAIN, _BROKEN_OFF = 2.0, 0.5
#: A run that has lost so much has ended.
_HOPELESS = 2.5
_NAMES = "十四五 十三五 十五五 八五 七五 九五 三项制度 三項制度 放管服 双随机 雙隨機 一网通办 谁执法谁普法".split()
PHRASES = (
    *(f"（{n}）" for n in ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")),
    *(f"“{name}”{behind}" for name in _NAMES for behind in ("", "規劃", "规划")),
)


@dataclass(slots=True)
class _Run:
    """A run put into step so far. pieces: its characters; pending: a first byte whose second is to come, from `at`."""

    pending: int
    at: int
    pieces: list[tuple[str, int, int]] = field(default_factory=list)
    gain: float = 0.0


def repair(draft: Draft) -> None:
    """Put back what a GBK text lost when its bytes moved by one."""
    text = draft.text
    if not any(mark in text for mark in "?？\ufffd") and "\n。" not in text and text[:1] != "。":
        return
    changes: list[Change] = []
    for match in _START.finditer(text):
        if changes and match.start() < changes[-1][2]:
            continue
        if run := max(_runs(text, match.start(), match.end()), key=lambda run: run.gain, default=None):
            end = run.pieces[-1][2]
            changes.append(
                (
                    "shifted-bytes",
                    match.start(),
                    end,
                    _begun(run.pieces, text[max(0, match.start() - 1) : match.start()]),
                )
            )
            lost = [(a, b) for new, a, b in run.pieces if _plain(new) < 0 and not new.isascii()]
            for a, b in (*lost, *([(end - 1, end)] if run.pending else [])):
                draft.doubts.append(Repair("unreadable", draft.starts[a], draft.ends[b - 1], text[a:b]))
    draft.change(changes)


def _begun(pieces: list[tuple[str, int, int]], before: str) -> list[tuple[str, int, int]]:
    """Return a run's pieces; an indent in front of its first item becomes the full stop that ended the line above."""
    first, start, end = pieces[0]
    if first != "　":
        return pieces
    return [("　" if not before or before in _STOPPED else "。", start, end), *pieces[1:]]


def _runs(text: str, start: int, after: int) -> Iterator[_Run]:
    """Yield, for each byte that may be lost, the run behind text[start:after] if it becomes plain Chinese."""
    stop = min(len(text), after + _LONGEST)
    for lost in _LOST:
        if not _may_begin(lost, text[after]):
            continue
        run, at = _Run(lost, start), after
        indent = text.find("。", after, after + 2)
        if lost == 0xA1 and indent >= 0 and (found := _phrase(text, indent + 1, 0xA3)):
            phrase, at = found
            run.pieces = [("　", start, indent + 1), *((c, indent, at) for c in phrase)]
            run.gain = _GAIN + 1
        elif found := _phrase(text, after, lost):
            phrase, at = found
            run.pieces = [(c, start, at) for c in phrase]
            run.gain = _GAIN + 1
        if run.pieces:  # the phrase's last byte stands in the next character
            last = phrase.encode("gbk")[-1]
            data = _bytes(text[at]) if at < stop else b""
            if data[:1] != bytes([last]):
                run.pending = 0
                yield run
                continue
            name, begun, _ = run.pieces[-1]
            run.pieces[-1] = (name, begun, at + 1)
            run.pending, run.at = data[1], at
            at += 1
        if best := _in_step(run, text, at, stop):
            yield best


def _in_step(run: _Run, text: str, at: int, stop: int) -> _Run | None:
    """Put characters back into step from `at` on, and return the run as far as it gains most."""
    best = _Run(run.pending, run.at, list(run.pieces), run.gain - _BROKEN_OFF) if run.pieces else None
    gain, pieces, pending, begun = run.gain, run.pieces, run.pending, run.at
    ascii_only = True
    for i in range(at, stop):
        raw, first = text[i], not pieces
        ends = not first and _is_second(raw) and not _was_wide(pending, text, i)
        data = bytes([ord(raw)]) if ends else _bytes(raw)
        new = _character(pending, data[0]) if data else ""
        if not new or (first and not _opens(new, raw)) or (i > at and (raw in "?？" or (new in _WIDE))):
            break
        if not ends and i > at and text[at] in _LETTERS:  # what was such a letter brings the next one into step
            break
        ascii_only = ascii_only and raw.isascii()
        gain += _plain(new) - (0.0 if first or ends else 1.0 if raw.isascii() else _plain(raw))
        pieces = [*pieces, (new, begun, i + 1)]
        pending, begun = (0, 0) if ends else (data[1], i)
        if 0 < pending < 0x80:  # a character of ASCII, which brings the rest back into step
            gain -= chr(pending).isalpha()  # a letter is more likely half of what stands there
            pieces, pending, ends = [*pieces, (chr(pending), i, i + 1)], 0, True
        if ends and ascii_only and not _PINYIN.match(text, i + 1):
            break
        worth = gain - (0 if ends else _BROKEN_OFF)
        if worth >= _GAIN and (best is None or worth > best.gain):
            best = _Run(pending, begun, pieces, worth)
        if ends or worth < (best.gain if best else 0) - _HOPELESS:
            break
    return best


@lru_cache(maxsize=8192)
def _may_begin(lost: int, raw: str) -> bool:
    """Tell whether a run may begin with a byte that is lost and the first one of a character."""
    data = _bytes(raw)
    return bool(data) and _opens(_character(lost, data[0]), raw)


def _opens(new: str, raw: str) -> bool:
    """Tell what a run begins with: a mark, or an indent, which shows as a full stop or as another blank."""
    return new in _OPENS and (new != "　" or raw in "。　 ")


def _is_second(raw: str) -> bool:
    """Tell a character of ASCII that may be the second byte of one of GBK."""
    return "\x40" <= raw <= "\x7e"


def _was_wide(pending: int, text: str, at: int) -> bool:
    """Tell a letter that was full-width: its first byte completes a plain character, and another letter follows."""
    folded = text[at] in _LETTERS and _plain(_character(pending, 0xA3)) == 1.0
    return folded and _is_second(text[at + 1 : at + 2])


def _bytes(raw: str) -> bytes:
    """Return the two bytes of a character, of its full-width form if it may have been folded; else nothing."""
    if raw.isascii():
        raw = _UNFOLDED.get(raw, "")
    data = raw.encode("gb18030", "replace")
    return data if len(data) == 2 else b""


def _character(first: int, second: int) -> str:
    try:
        return bytes([first, second]).decode("gb18030")
    except UnicodeDecodeError:
        return ""


@lru_cache(maxsize=8192)
def _plain(character: str) -> float:
    """Return how much a character is one of plain official Chinese: common, known, or what no report has."""
    if not character:
        return -1.0
    character = simple_of(character)
    if is_common(character) or character in _MARKS or "！" <= character <= "～":
        return 1.0
    try:
        return 0.2 if character.encode("gb2312")[0] in range(0xB0, 0xD8) else -1.0
    except UnicodeEncodeError:
        return -0.5


@lru_cache(maxsize=1)
def _table() -> dict[str, list[tuple[str, int, str]]]:
    """Return (what is left of it without its first byte, that byte, the phrase), longest first: 笆奈濉 for “十四五”.

    They are sorted under the first character that is left. Pairs of bytes that are no character of GBK were dropped.
    """
    table: dict[str, list[tuple[str, int, str]]] = {}
    for phrase in PHRASES:
        data = phrase.encode("gbk")
        pairs = (data[i : i + 2].decode("gbk", "ignore") for i in range(1, len(data) - 1, 2))
        if left := "".join(pair for pair in pairs if len(pair) == 1):
            table.setdefault(left[0], []).append((left, data[0], phrase))
    return {first: sorted(phrases, key=lambda item: -len(item[0])) for first, phrases in table.items()}


def _phrase(text: str, at: int, lost: int) -> tuple[str, int] | None:
    """Return the phrase that is left at a place without its first byte, and where its last character begins."""
    for left, first, phrase in _table().get(text[at : at + 1], ()):
        if first == lost and text.startswith(left, at):
            return phrase, at + len(left)
    return None
