"""Options that several verbs have, and parameters of a question or a view.

In: the parser of a verb; or words of the command line. Out: nothing, the options are added to it; or values by name.
"""

import argparse
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.read import Limits

Parser = argparse.ArgumentParser


def graph(sub: Parser) -> None:
    """Add the graph that is asked, drawn or written."""
    text = "the folder that kg build wrote (default: output)"
    sub.add_argument("-g", "--graph", type=Path, default=Path("output"), metavar="FOLDER", help=text)


def file(sub: Parser, text: str, metavar: str = "FILE", default: Path | None = None) -> None:
    """Add where to write."""
    sub.add_argument("-o", "--output", type=Path, metavar=metavar, default=default, help=text)


def rows(sub: Parser, *more: str) -> None:
    """Add how rows are printed; more: formats beyond those of every verb."""
    text = "how rows are printed (default: table)"
    sub.add_argument("--format", choices=["table", "csv", "json", "markdown", *more], default="table", help=text)


def paths(sub: Parser, number: str, text: str) -> None:
    """Add the reports to read."""
    sub.add_argument("paths", nargs=number, type=Path, metavar="PATH", help=text)


def most(sub: Parser, limits: Iterable[tuple[str, float, str]]) -> None:
    """Add limits: option, default and what it bounds."""
    for name, value, text in limits:
        sub.add_argument(
            name, type=positive(type(value)), metavar="N", default=value, help=f"{text} (default: {value:,})"
        )


def limits(sub: Parser) -> None:
    """Add what bounds reading."""
    from kg.read import LIMITS  # here, since verbs that only ask read nothing

    sub.add_argument("--keep-all", action="store_true", help="take every text as a report, whatever its genre")
    most(
        sub,
        (
            ("--max-bytes", LIMITS.max_bytes, "the most bytes of one file"),
            ("--max-unpacked", LIMITS.max_unpacked, "the most bytes that an archive may unpack to"),
            ("--max-seconds", LIMITS.seconds, "the longest that reading one file may take"),
        ),
    )


def limits_of(args: argparse.Namespace) -> "Limits":
    """Return the limits that a call gives."""
    from kg.read import Limits

    return Limits(args.max_bytes, args.max_unpacked, args.max_seconds, args.keep_all)


def positive(kind: type) -> Callable[[str], float]:
    """Return what reads a number over zero."""

    def number(text: str) -> float:
        value: float = kind(text)
        if value <= 0:
            raise ValueError
        return value

    return number


def in_order(first: str | None, rest: Sequence[str], known: Collection[str]) -> tuple[str | None, list[str]]:
    """Put what is known first where it was given behind its parameters: argparse takes the first value for it."""
    if first is not None and first not in known:
        for i, word in enumerate(rest):
            if word in known and rest[i - 1 : i] and rest[i - 1].startswith("--") and "=" not in rest[i - 1]:
                return word, [*rest[:i], first, *rest[i + 1 :]]
    return first, list(rest)


def parameters(rest: Sequence[str]) -> Mapping[str, str]:
    """Read --name value and --name=value."""
    values: dict[str, str] = {}
    words = list(rest)
    while words:
        word = words.pop(0)
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or not name or not (equals or words):
            raise QueryError(f"{word!r} cannot be read; parameters are given as --name value.")
        values[name] = value if equals else words.pop(0)
    return values
