"""What a graph is asked for: rows, where facts stand, and what checks found."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import InputError

if TYPE_CHECKING:
    import pandas

#: A cell of an answer.
Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Answer:
    """Columns, rows, and for each row the IRIs of the facts behind it.

    headings: what to print above the columns, in Chinese; the columns' own names where nothing else is given.
    cut: there are more rows than these; a limit was reached.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    evidence: Sequence[tuple[str, ...]] = ()
    headings: tuple[str, ...] = ()
    cut: bool = False

    def to_pandas(self) -> "pandas.DataFrame":
        """Return the rows as a pandas DataFrame, one column each. Needs pandas: pip install kg-fazhi[pandas]."""
        try:
            import pandas
        except ImportError:
            raise InputError("to_pandas needs pandas; install it: pip install 'kg-fazhi[pandas]'") from None
        return pandas.DataFrame(list(self.rows), columns=list(self.columns))


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact stands: source[start:end] of the report's file, and the sentence around it."""

    fact: str
    file: str
    start: int
    end: int
    quote: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a check found. severity: violation (a fault of the graph), warning, or info."""

    check: str
    severity: str
    message: str
    focus: str
    value: str
