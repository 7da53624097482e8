"""What the command line prints: rows and messages."""

import os
import sys

from kg.model import Answer
from kg.table import FORMATS, as_table, plain


def tell(text: str) -> None:
    """Say something to the person at the terminal, on standard error."""
    print("\n".join(plain(line) for line in text.split("\n")), file=sys.stderr)


def show(answer: Answer, format: str = "table") -> None:
    """Print rows on standard output; a table is as wide as the terminal, and not cut in a pipe."""
    if format == "table" and sys.stdout.isatty():
        sys.stdout.write(as_table(answer, os.get_terminal_size().columns))
    else:
        sys.stdout.write(FORMATS[format](answer))
