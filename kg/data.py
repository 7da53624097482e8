"""Where the package's own data stand, and how its tables are read.

In a checkout ontology/ and queries/ stand beside the package; an installed wheel carries them inside it. Tables are CSV
in kg/tables/: UTF-8, a header line, facts only. What is wrong in one is said with its file and line.
"""

import csv
import io
from collections.abc import Callable, Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from operator import itemgetter
from pathlib import Path
from typing import TypeVar

from kg.errors import TableError

Row = TypeVar("Row")


def folder(name: str) -> Traversable:
    """Return the folder of that name (ontology, queries/answers, tables …)."""
    inside = resources.files("kg") / name
    return inside if inside.is_dir() else Path(__file__).parent.parent / name


def table(
    name: str, columns: str, make: Callable[[dict[str, str]], Row], *, unique: str = "", at: Traversable | None = None
) -> list[Row]:
    """Read a table of kg/tables/: one Row for each line, in the file's order.

    columns: those that must be there. make: turns the cells of a line, by column, into a Row; a ValueError from it is
    said with the line. unique: a column that has a value on every line, and no value twice. at: another folder.
    """
    wanted, rows = columns.split(), list[Row]()
    for line, values in lines(name, columns, unique=unique, at=at):
        try:
            rows.append(make(dict(zip(wanted, values, strict=True))))
        except ValueError as error:
            raise TableError(f"tables/{name}:{line}: {error}.") from None
    return rows


def lines(
    name: str, columns: str, *, unique: str = "", at: Traversable | None = None
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the number and the cells of each line of a table, those of the columns named and in that order: two or
    more. The other arguments are those of table()."""
    where, seen, wanted = f"tables/{name}", dict[str, int](), columns.split()
    try:
        reader = csv.reader(io.StringIO(((at or folder("tables")) / name).read_text(encoding="utf-8")), strict=True)
        header = next(reader, [])
        if missing := [column for column in wanted if column not in header]:
            raise TableError(f"{where}:1: no column {missing[0]!r}.")
        pick, width, key = itemgetter(*map(header.index, wanted)), len(header), header.index(unique or header[0])
        for values in reader:
            line = reader.line_num
            if len(values) != width:
                raise TableError(f"{where}:{line}: {width} cells are wanted.")
            if unique and not values[key]:
                raise TableError(f"{where}:{line}: {unique} is empty.")
            if unique and (before := seen.setdefault(values[key], line)) != line:
                raise TableError(f"{where}:{line}: {unique} {values[key]!r} is already on line {before}.")
            yield line, pick(values)
    except FileNotFoundError:
        raise TableError(f"{where}: no such table. Install kg anew.") from None
    except (csv.Error, UnicodeDecodeError) as error:
        raise TableError(f"{where}: {error}.") from None
