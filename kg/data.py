"""Where the package's own data stand, and how its tables are read.

In a checkout ontology/ and queries/ stand beside the package; an installed wheel carries them inside it. Tables are CSV
in kg/tables/: UTF-8, a header line, facts only. What is wrong in one is said with its file and line.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import repeat
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
    said with the line. unique: one of them, which has a value on every line, and no value twice. at: another folder.
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
    """Yield the number and the cells of each line of a table, those of the columns named and in that order.

    The other arguments are those of table().
    """
    numbers, found = _read(name, columns.split(), unique, at)
    return zip(numbers, zip(*found, strict=True), strict=True)


def columns(name: str, columns: str, *, unique: str = "", at: Traversable | None = None) -> list[Sequence[str]]:
    """Return the cells of a table by the columns named, in that order. The other arguments are those of table()."""
    return _read(name, columns.split(), unique, at)[1]


def _read(
    name: str, wanted: Sequence[str], unique: str, at: Traversable | None
) -> tuple[Sequence[int], list[Sequence[str]]]:
    """Return the numbers of a table's lines, and its cells by column."""
    try:
        data = ((at or folder("tables")) / name).read_bytes()
        quick = _unquoted(data, wanted, unique)
        if quick is not None:
            return range(2, len(quick[0]) + 2), quick
        listed = list(_quoted(f"tables/{name}", data.decode("utf-8"), wanted, unique))
        return [line for line, _ in listed], [[cells[i] for _, cells in listed] for i in range(len(wanted))]
    except FileNotFoundError:
        raise TableError(f"tables/{name}: no such table. Install kg anew.") from None
    except (csv.Error, UnicodeDecodeError) as error:
        raise TableError(f"tables/{name}: {error}.") from None


def _unquoted(data: bytes, wanted: Sequence[str], unique: str) -> list[Sequence[str]] | None:
    """Return the cells of a table by column, in a third of the time that csv takes for its lines.

    None where there are quotation marks, or anything is wrong, which _quoted says.
    """
    data = data.removesuffix(b"\n")
    header, *lines = data.split(b"\n")
    names = header.decode("utf-8").split(",")
    sound = lines and b'"' not in data and b"\r" not in data and {*wanted} <= {*names}
    if not sound or {*map(bytes.count, lines, repeat(b","))} != {len(names) - 1}:
        return None
    if len(wanted) == 1:  # the cells behind it need not be parted
        at = names.index(wanted[0])
        column = map(itemgetter(at), map(bytes.split, lines, repeat(b","), repeat(at + 1)))
        found: list[Sequence[str]] = [b"\n".join(column).decode("utf-8").split("\n")]
    else:
        del lines
        cells = data.replace(b"\n", b",").decode("utf-8").split(",")
        found = [cells[len(names) + names.index(column) :: len(names)] for column in wanted]
    keys = {*found[wanted.index(unique)]} if unique else frozenset[str]()
    return None if unique and ("" in keys or len(keys) < len(found[0])) else found


def _quoted(where: str, text: str, wanted: Sequence[str], unique: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the number and the cells of each line. Raise TableError for what is wrong with one."""
    reader, seen = csv.reader(io.StringIO(text, newline=""), strict=True), dict[str, int]()
    header = next(reader, [])
    if missing := [column for column in wanted if column not in header]:
        raise TableError(f"{where}:1: no column {missing[0]!r}.")
    pick, width, key = [header.index(column) for column in wanted], len(header), header.index(unique or header[0])
    for values in reader:
        line = reader.line_num
        if len(values) != width:
            raise TableError(f"{where}:{line}: {width} cells are wanted.")
        if unique and not values[key]:
            raise TableError(f"{where}:{line}: {unique} is empty.")
        if unique and (before := seen.setdefault(values[key], line)) != line:
            raise TableError(f"{where}:{line}: {unique} {values[key]!r} is already on line {before}.")
        yield line, [values[i] for i in pick]
