"""GBK text out of step by a byte, with no mark left where the byte went: runs of characters that no report has.

In: a Draft whose marked runs shift.py put back. Out: the same Draft, each run put back into step for as far as that
makes plain official Chinese of it, with the character it begins with lost; what stays is in doubt. A run is looked for
around letters of other scripts, which halves of the commonest characters make (法治建设 out of step is ㄖ谓ㄉ), and
where a line ends in a question mark, half a full stop.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.model import Repair
from kg.read.draft import Change, Draft
from kg.read.gbk import bytes_of, character_of, plain
from kg.read.shift import GONE, LONGEST, Run, in_step

#: Kana, Bopomofo, Greek, Cyrillic, numbers with a dot, frames as no table has them: rows of GBK before Chinese.
HINTS = (
    "\u3041-\u30fe\u3105-\u3129\u0391-\u03c9\u0410-\u0451\u2488-\u249b"
    "\u2504-\u250b\u250d-\u250f\u2511-\u2513\u251d-\u2523\u2525-\u252b\u252d-\u2533\u253d-\u254b"
)
_HINT = re.compile(f"[{HINTS}]")
#: A stretch without ASCII, which would bring it back into step.
_STRETCH = re.compile(r"[^\x00-\x7f]{4,}")
_ASKS = re.compile(r"[^\x00-\x7f]\?{1,2}$", re.MULTILINE)
#: How much plainer a run must become; and one that is in doubt would.
_GAIN, _DOUBTFUL = 2.0, 1.5


def repair(draft: Draft) -> None:
    """Put back runs into step; tell of what looks like one and is not put back."""
    text = draft.text
    if not _HINT.search(text) and not ("?" in text and _ASKS.search(text)):
        return
    changes, doubtful, at = list[Change](), list[tuple[int, int]](), 0
    for start, stop in _garbled(text):
        if start < at:
            continue
        if run := _put_back(text, start):
            at = run.pieces[-1][2]
            changes.append(("shifted-bytes", start, at, run.pieces))
        else:
            doubtful.append((start, stop))
    for start, stop in doubtful:
        draft.doubts.append(Repair("unreadable", draft.starts[start], draft.ends[stop - 1], text[start:stop]))
    draft.change(changes)


def _put_back(text: str, start: int) -> Run | None:
    """Return the run that begins there with the second half of a character that is lost, if it becomes plain."""
    first = Run(bytes_of(text[start])[1], start, [(GONE, start, start + 1)])
    run = in_step(first, text, start + 1, min(len(text), start + LONGEST))
    return run if run and run.gain >= _GAIN else None


def _garbled(text: str) -> Iterator[tuple[int, int]]:
    """Yield the parts of a text that become plainer by a shift, those with a hint or before a line's question mark."""
    for stretch in _STRETCH.finditer(text):
        at, end = stretch.span()
        if _ASKS.match(text, end - 1) or _HINT.search(text, at, end):
            for start, stop in _plainer(text, at, end):
                if stop == end or _HINT.search(text, max(at, start - 1), min(end, stop + 1)):
                    yield start, stop


def _plainer(text: str, at: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of text[at:end] that become plainer by a shift."""
    best, total, begun, last = 0.0, 0.0, at, at
    for i, (one, other) in enumerate(pairwise(text[at:end]), at):
        a, b = bytes_of(one), bytes_of(other)
        shifted = plain(character_of(a[1], b[0])) if a and b else -1.0
        total += shifted - (plain(one) + plain(other)) / 2
        if total > best:
            best, last = total, i + 2
        elif total <= 0 or not a:
            if best >= _DOUBTFUL:
                yield begun, last
            best, total, begun = 0.0, 0.0, i + 1
    if best >= _DOUBTFUL:
        yield begun, last
