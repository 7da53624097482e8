"""The verbs that read reports, `kg read` and `kg extract`, and what they print.

`kg read` prints of a Document what its page says, what was repaired, cut and left in doubt, and the text. With diff:
each line as received (-) and what became of it (+), where the two differ.
"""

import argparse
import json
import sys
from dataclasses import fields
from pathlib import Path

from kg.cli import options
from kg.cli.show import tell
from kg.errors import InputError, SetAside
from kg.model import Document, Repair
from kg.read import read_each
from kg.read.files import shown
from kg.read.remarks import remarks
from kg.table import plain

#: So much of a change is shown.
_WIDEST = 60


def read_options(sub: options.Parser) -> None:
    """Add the options of `kg read`."""
    sub.add_argument("path", type=Path, metavar="FILE", help="a report, or an archive of reports")
    text = "show line by line what was received and what became of it"
    sub.add_argument("--diff", action="store_true", help=text)
    options.limits(sub)


def extract_options(sub: options.Parser) -> None:
    """Add the options of `kg extract`."""
    options.paths(sub, "+", "reports, or folders of them")
    sub.add_argument("--explain", action="store_true", help="also say why each field is what it is")
    options.limits(sub)


def read(args: argparse.Namespace) -> int:
    """Show how one file is read; an archive's files follow one another."""
    set_aside, given = 0, shown(str(args.path))
    for _, found in read_each(args.path, None, options.limits_of(args)):
        if isinstance(found, SetAside):
            tell(f"kg: {given}{str(found).removeprefix(shown(args.path.name))}")
            set_aside += 1
        else:
            show_document(found, args.diff)
    return 1 if set_aside else 0


def extract(args: argparse.Namespace) -> int:
    """Print the mentions of every report as JSON Lines."""
    from kg.extract.reasons import reasons  # here, since its patterns take long to compile, and `kg read` spares them
    from kg.extract.records import mentions
    from kg.pipeline import LeftOut, read_and_extract
    from kg.vocabulary import vocabulary

    set_aside = built = 0
    for item in read_and_extract(args.paths, options.limits_of(args)):
        if isinstance(item, LeftOut):
            tell(f"kg: {item.message}")
            set_aside += 1
            continue
        built += 1
        _, document, found = item
        why = reasons(document, found, vocabulary()) if args.explain else None
        for mention in mentions(document, found):
            line = mention | {"why": next(why)} if why else mention
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    if not built:
        raise InputError("no file is a report.")
    return 1 if set_aside else 0


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
    if told := remarks(document):
        write(f"\n## remarks ({len(told)})\n" + "".join(f"{plain(remark)}\n" for remark in told))
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
