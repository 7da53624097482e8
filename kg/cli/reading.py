"""What `kg read` prints of a Document: what its page says, what was repaired, cut and left in doubt, and the text.

With diff: each line as received (-) and what became of it (+), where the two differ.
"""

import sys
from dataclasses import fields

from kg.model import Document, Repair
from kg.table import plain

#: So much of a change is shown.
_WIDEST = 60


def show_document(document: Document, diff: bool = False) -> None:
    """Print a Document on standard output."""
    write = sys.stdout.write
    write(f"# {plain(document.name)}\n")
    write(f"{document.format}, {document.encoding}, {document.script}, ")
    write(f"{len(document.source):,} characters received, {len(document.text):,} in the text\n")
    for field in fields(document.metadata):
        if value := getattr(document.metadata, field.name):
            write(f"{field.name}: {plain(value)}\n")
    for heading, changes in (("repaired", document.repairs), ("cut", document.cuts), ("in doubt", document.doubts)):
        if changes:
            write(f"\n## {heading} ({len(changes)})\n")
            for change in changes:
                write(_change(document, change))
    write("\n## " + ("received (-) and text (+)" if diff else "text") + "\n")
    if diff:
        _diff(document)
    else:
        write("".join(f"{plain(line)}\n" for line in document.text.split("\n")))


def _change(document: Document, change: Repair) -> str:
    before = document.source[change.start : change.end]
    before = before if len(before) <= _WIDEST else f"{before[:_WIDEST]}… ({len(before)} characters)"
    now = f" -> {plain(change.now)!r}" if change.now and change.now != before else ""
    return f"{change.start}-{change.end} {change.rule}: {before!r}{now}\n"


def _diff(document: Document) -> None:
    """Print line by line: as it is where nothing changed, else as received and as it is now."""
    at, here, ends = 0, 0, document.alignment.ends
    for line in document.source.split("\n"):
        end = at + len(line) + 1
        stop = here
        while stop < len(ends) and ends[stop] <= end:
            stop += 1
        now = document.text[here:stop].removesuffix("\n")
        if now == line:
            sys.stdout.write(f"  {plain(line)}\n")
        else:
            sys.stdout.write(f"- {plain(line)}\n")
            sys.stdout.writelines(f"+ {plain(part)}\n" for part in now.split("\n") if now)
        at, here = end, stop
