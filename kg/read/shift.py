"""GBK text whose bytes moved by one: a mark lost its first byte, which shows as a question mark, and all that follows
was decoded out of step, until a byte of ASCII brought it back into step.

`?！盵2]` was 。”[2], `?,F(xiàn)` was 。現 and `?。ㄒ唬┘` was （一）加, behind an ideographic space. In: a Draft as
received. Out: the same Draft, each run put back into step for as far as that makes plain official Chinese of it. Bytes
that the first decoding dropped are known within PHRASES (a new phrase is an entry there), else guessed where what
stands around them decides (guess.py); what stays lost is in doubt.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from string import ascii_letters, digits

from kg.model import Repair
from kg.read.draft import Change, Draft
from kg.read.gbk import bytes_of, character_of, is_second, plain
from kg.read.guess import neighbours

#: A mark that lost its first byte; or a full stop, all that is left of two, in front of what no sentence begins with.
_START = re.compile(
    r"(?<![A-Za-z(?？\ufffd])[?？\ufffd](?=[?？]?[^\s?？\ufffd]|[ \u3000]。)"
    r"|(?<![^\n])(?=。[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêㄅ-ㄩ]\S)"
)
#: A line that begins with a full stop; as a string, it is not found as fast where many a line ends in one.
_STOP_FIRST = re.compile("\n。")
#: Bytes that the lost one may have been: the first of 。 “ 《 and an ideographic space, and of （ ， ：.
_LOST = (0xA1, 0xA3)
#: The second half of a full stop, at the end of a line.
_LAST = re.compile(r"[?？\ufffd]$", re.MULTILINE)
#: What a mark that a run begins with may be.
_OPENS = frozenset("。“”《》、（，：；　")
_PINYIN = re.compile(r"\([a-zü]{0,3}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]{0,3}\)", re.IGNORECASE)
#: Behind these a full stop would be one too many.
_STOPPED = frozenset("\n。！!；;：:")
_LETTERS = frozenset("_" + ascii_letters)
#: What no such text has.
_WIDE = frozenset(chr(ord(c) + 0xFEE0) for c in ascii_letters + digits)
LONGEST = 300
#: How much plainer a run must become; and how much less counts one that ends in half a character.
_GAIN, _BROKEN_OFF = 2.0, 0.5
#: How plain a letter is inside a run.
_INSIDE = 0.2
#: A run that has lost so much has ended.
_HOPELESS, GONE = 2.5, "\ufffd"
_NAMES = "十四五 十三五 十五五 八五 七五 九五 三项制度 三項制度 放管服 双随机 雙隨機 一网通办 谁执法谁普法".split()
PHRASES = (
    *(f"（{n}）" for n in ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")),
    *(f"“{name}”{behind}" for name in _NAMES for behind in ("", "規劃", "规划")),
)


@dataclass(slots=True)
class Run:
    """A run put into step so far. pieces: its characters; pending: a first byte whose second is to come, from `at`."""

    pending: int
    at: int
    pieces: list[tuple[str, int, int]] = field(default_factory=list)
    gain: float = 0.0


def repair(draft: Draft) -> None:
    """Put back what a GBK text lost when its bytes moved by one."""
    text = draft.text
    marked = any(mark in text for mark in "?？\ufffd")
    if not marked and text[:1] != "。" and not _STOP_FIRST.search(text):
        return
    changes: list[Change] = []
    for match in _START.finditer(text):
        if changes and match.start() < changes[-1][2]:
            continue
        if run := max(_runs(text, match.start(), match.end()), key=lambda run: run.gain, default=None):
            before, end = text[max(0, match.start() - 1) : match.start()], run.pieces[-1][2]
            changes.append(("shifted-bytes", match.start(), end, _begun(run.pieces, before)))
            half = run.pending and not (run.pending == _LOST[0] and _LAST.match(text, end))
            for a, b in (*_doubtful(run.pieces, text), *([(end - 1, end)] if half else [])):
                draft.doubts.append(Repair("unreadable", draft.starts[a], draft.ends[b - 1], text[a:b]))
    draft.change(changes)


def _doubtful(pieces: list[tuple[str, int, int]], text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of what no report has, and of what never stands there, which hides what was dropped."""
    for i, (new, start, end) in enumerate(pieces):
        if new.isascii() or plain(new) == 1.0:
            continue
        before, after = (piece for piece, _, _ in (pieces[i - 1], pieces[min(i + 1, len(pieces) - 1)]))
        if plain(new) < 0 or not neighbours(text).known(before, new, after):
            yield start, end


def _begun(pieces: list[tuple[str, int, int]], before: str) -> list[tuple[str, int, int]]:
    """Return a run's pieces; an indent in front of its first item becomes the full stop that ended the line above."""
    first, start, end = pieces[0]
    if first != "　":
        return pieces
    return [("　" if not before or before in _STOPPED else "。", start, end), *pieces[1:]]


def _runs(text: str, start: int, after: int) -> Iterator[Run]:
    """Yield, for each byte that may be lost, the run behind text[start:after] if it becomes plain Chinese."""
    stop = min(len(text), after + LONGEST)
    for lost in _LOST:
        if not _may_begin(lost, text[after]):
            continue
        run, at = Run(lost, start), after
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
            data = bytes_of(text[at]) if at < stop else b""
            if data[:1] != bytes([last]):
                run.pending = 0
                yield run
                continue
            name, begun, _ = run.pieces[-1]
            run.pieces[-1] = (name, begun, at + 1)
            run.pending, run.at = data[1], at
            at += 1
        if best := in_step(run, text, at, stop):
            yield best


def in_step(run: Run, text: str, at: int, stop: int) -> Run | None:
    """Put characters back into step from `at` on, and return the run as far as it gains most."""
    best = Run(run.pending, run.at, list(run.pieces), run.gain - _BROKEN_OFF) if run.pieces else None
    gain, pieces, pending, begun = run.gain, run.pieces, run.pending, run.at
    ascii_only, i = True, at - 1
    while (i := i + 1) < stop:
        raw, first = text[i], not pieces
        ends = not first and is_second(raw) and not _was_wide(pending, text, i)
        data = bytes([ord(raw)]) if ends else bytes_of(raw)
        new = character_of(pending, data[0]) if data else ""
        if not first and not ends and (gap := _around_a_gap(text, i, pieces, pending, begun, new)):
            pieces, gain, pending, begun = [*pieces, *gap.pieces], gain + gap.gain, gap.pending, gap.at
            i, ascii_only = begun, False
            best = _better(best, Run(pending, begun, pieces, gain - _BROKEN_OFF))
            continue
        if not new or (first and not _opens(new, raw)) or (i > at and (raw in "?？" or (new in _WIDE))):
            break
        if not ends and i > at and text[at] in _LETTERS and plain(new) < 1.0 and gain < _GAIN:
            break  # what was such a letter brings the next one into step, or what follows is plain
        ascii_only = ascii_only and raw.isascii()
        odd = 0.0 if first or ends else _INSIDE if raw in _LETTERS else 1.0 if raw.isascii() else plain(raw)
        gain += plain(new) - odd
        pieces = [*pieces, (new, begun, i + 1)]
        pending, begun = (0, 0) if ends else (data[1], i)
        if 0 < pending < 0x80:  # a character of ASCII, which brings the rest back into step
            gain -= chr(pending).isalpha()  # a letter is more likely half of what stands there
            pieces, pending, ends = [*pieces, (chr(pending), i, i + 1)], 0, True
        if ends and ascii_only and not _PINYIN.match(text, i + 1):
            break
        worth = gain - (0 if ends else _BROKEN_OFF)
        best = _better(best, Run(pending, begun, pieces, worth))
        if ends or worth < (best.gain if best else 0) - _HOPELESS:
            break
    return _completed(best, text) or (None if ascii_only else _completed(Run(pending, begun, pieces, gain), text))


def _better(best: Run | None, run: Run) -> Run | None:
    return run if run.gain >= _GAIN and (best is None or run.gain > best.gain) else best


def _around_a_gap(
    text: str, at: int, pieces: list[tuple[str, int, int]], pending: int, begun: int, new: str
) -> Run | None:
    """Return the two characters around a pair that was dropped in front of text[at], or that a mark there stands for.

    What new is, if nothing was, decides whether anything was; where it is none and two are not told, both are lost.
    """
    marked = text[at] in "?？\ufffd"
    if new and not marked and plain(new) == 1.0 and neighbours(text).together(pieces[-1][0], new):
        return None
    here = at + marked
    data = bytes_of(text[here : here + 1]) if here < len(text) else b""
    if not data or (marked and text[here].isascii()) or neighbours(text).whole:
        return None
    following = bytes_of(text[here + 1 : here + 2]) if here + 1 < len(text) else b""
    after = character_of(data[1], following[0]) if following else ""
    before = "".join(piece for piece, _, _ in pieces[-2:])
    if not (marked or new in _WIDE or plain(new) < 1.0 or not neighbours(text).known(before[-1], new, after)):
        return None
    both = neighbours(text).two(before, pending, data[0], after)
    if both is None and (marked or (new and new not in _WIDE)):
        return None
    spans = ((begun, begun + 1), (here, here + 1))
    found = [(character, *span) for character, span in zip(both or GONE * 2, spans, strict=True)]
    return Run(data[1], here, found, 1.0 if both else -1.0)


def _completed(run: Run | None, text: str) -> Run | None:
    """Return a run with its last character, of which only the first byte is left, where only one will do."""
    if not run or not run.pieces:
        return None
    end = run.pieces[-1][2]
    lone = run.pending and run.at == end - 1 and not bytes_of(text[end : end + 1] or "1")
    if lone:
        gone = text[end : end + 1] == GONE
        before, after = "".join(piece for piece, _, _ in run.pieces[-2:]), text[end + gone : end + gone + 1]
        if last := neighbours(text).one(before, run.pending, after):
            run.pieces = [*run.pieces, (last, run.at, end + gone)]
            run.gain, run.pending = run.gain + 1 + _BROKEN_OFF, 0
    return run if run.gain >= _GAIN else None


@lru_cache(maxsize=8192)
def _may_begin(lost: int, raw: str) -> bool:
    """Tell whether a run may begin with a byte that is lost and the first one of a character."""
    data = bytes_of(raw)
    return bool(data) and _opens(character_of(lost, data[0]), raw)


def _opens(new: str, raw: str) -> bool:
    """Tell what a run begins with: a mark, or an indent, which shows as a full stop or as another blank."""
    return new in _OPENS and (new != "　" or raw in "。　 ")


def _was_wide(pending: int, text: str, at: int) -> bool:
    """Tell a letter that was full-width: its first byte completes a plain character, and another letter follows.

    Or its second one makes a plainer character of the next than stands there.
    """
    if text[at] not in _LETTERS or plain(character_of(pending, 0xA3)) < 1.0:
        return False
    following = text[at + 1 : at + 2]
    data = bytes_of(following) if not following.isascii() else b""
    known = plain(character_of(pending, ord(text[at]))) < 1.0
    shifted = plain(character_of(bytes_of(text[at])[1], data[0])) if data else -1.0
    return is_second(following) or (known and shifted > 0 and shifted >= plain(following))


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
            end = at + len(left)
            # one character is left of many a word: the next one must hold the phrase's last byte
            following = "" if text[end : end + 1].isascii() else text[end : end + 1]
            if len(left) > 1 or not following or bytes_of(following)[:1] == phrase.encode("gbk")[-1:]:
                return phrase, end
    return None
