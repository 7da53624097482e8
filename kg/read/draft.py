"""A text under repair, each of whose characters knows the source characters that it stands for.

In: the text as received. Out: the text so far, its alignment, and what was changed, cut or left in doubt.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable

from kg.model import Alignment, Repair

#: What a match becomes: pieces (new text, start, end), each standing for text[start:end] of the text before.
Pieces = Iterable[tuple[str, int, int]]
#: A change of text[start:end]: the rule's name, the span, and what it becomes.
Change = tuple[str, int, int, Pieces]

_identity = array("l", range(65_536))


def _numbers(start: int, end: int) -> "array[int]":
    """Return start … end - 1; a slice of one long array, which costs nothing to speak of."""
    global _identity
    if end > len(_identity):
        _identity = array("l", range(2 * end))
    return _identity[start:end]


class Draft:
    """A text under repair, with the source span of each of its characters."""

    def __init__(self, source: str) -> None:
        self.text = source
        self.starts = _numbers(0, len(source))
        self.ends = _numbers(1, len(source) + 1)
        self.repairs: list[Repair] = []
        self.cuts: list[Repair] = []
        self.doubts: list[Repair] = []

    def sub(self, rule: str, pattern: re.Pattern[str], pieces: Callable[[re.Match[str]], Pieces | None]) -> None:
        """Replace every match of the pattern by its pieces, or leave it for None; record each change under the rule."""
        changes = []
        for match in pattern.finditer(self.text):
            if (new := pieces(match)) is not None:
                changes.append((rule, *match.span(), new))
        if changes:
            self.change(changes)

    def change(self, changes: Iterable[Change]) -> None:
        """Make changes that follow each other in the text, and record them as repairs."""
        self._rewrite(changes, self.repairs)

    def cut(self, spans: Iterable[tuple[str, int, int]]) -> None:
        """Take spans (rule, start, end) that follow each other out of the text, and record them as cuts."""
        self._rewrite(((rule, start, end, ()) for rule, start, end in spans if start < end), self.cuts)

    def note(self, rule: str, pattern: re.Pattern[str], now: Callable[[str], str]) -> None:
        """Record what the pattern finds as a repair that a translation is about to make."""
        for match in pattern.finditer(self.text):
            start, end = match.span()
            self.repairs.append(Repair(rule, self.starts[start], self.ends[end - 1], now(match.group())))

    def doubt(self, rule: str, pattern: re.Pattern[str]) -> None:
        """Record what the pattern finds as damage that is kept."""
        for match in pattern.finditer(self.text):
            self.doubts.append(
                Repair(rule, self.starts[match.start()], self.ends[match.end() - 1], self.text[slice(*match.span())])
            )

    def _rewrite(self, changes: Iterable[Change], record: list[Repair]) -> None:
        text, old_starts, old_ends = self.text, self.starts, self.ends
        out: list[str] = []
        starts, ends = array("l"), array("l")
        at = taken = 0  # up to where the text, and up to where its alignment is taken over
        for rule, begin, stop, pieces in changes:
            out.append(text[at:begin])
            at = stop
            now = ""
            if pieces:
                pieces = tuple(pieces)
                now = "".join([new for new, _, _ in pieces])
                out.append(now)
            record.append(Repair(rule, old_starts[begin], old_ends[stop - 1], now))
            if len(now) == stop - begin == 1:
                continue  # one character for another keeps its place
            starts += old_starts[taken:begin]
            ends += old_ends[taken:begin]
            taken = stop
            for new, start, end in pieces:
                if len(new) == end - start:
                    starts += old_starts[start:end]
                    ends += old_ends[start:end]
                else:
                    starts.extend([old_starts[start]] * len(new))
                    ends.extend([old_ends[end - 1]] * len(new))
        if at:
            out.append(text[at:])
            self.text = "".join(out)
        if taken:
            self.starts, self.ends = starts + old_starts[taken:], ends + old_ends[taken:]

    def translate(self, text: str) -> None:
        """Take a text of the same length, character for character."""
        if len(text) != len(self.text):
            raise ValueError("a translation must keep the length")
        self.text = text

    def here(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the text as it is now that stands for source[start:end]."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def alignment(self) -> Alignment:
        """Return the alignment of the text as it is now with the source."""
        return Alignment(self.starts, self.ends)
