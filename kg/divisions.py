"""The administrative divisions, places.csv, by its columns: a Place is made of a row when it is asked for.

In: the columns. Out: Places by their id, name, short name, code and what they were before. There are 53,000 rows, of
which a report speaks of some ten: to make all of them takes longer than to read ten reports, and 40 MB of memory.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

Made = TypeVar("Made")
#: A body that is named by its level and its work alone.
_ONLY_LEVEL = re.compile(
    "[省市县区州旗盟](?:(?:人民)?政府|[\u4e00-\u9fff]{1,16}(?:局|厅|委|委员会|办|办公室|中心|支队|大队|总队))"
)
#: The numbers of the rows that have something in common; most often there is one, and no list is made for it.
Rows = int | list[int]


def says_only_level(body: str) -> bool:
    """Tell whether a body's name says only at which level it works, unless it begins with a place of such a name.

    >>> [says_only_level(body) for body in ("县教育局", "州政府", "市中区教育局", "旗山街道办事处", "太仓市教育局")]
    [True, True, True, False, False]
    """
    return _ONLY_LEVEL.fullmatch(body) is not None


class Place(NamedTuple):
    """An administrative division. code is the statistical code, not unique; id is. status: current, former, variant."""

    id: str
    code: str
    name: str
    short: str
    level: str
    kind: str
    parent_code: str
    status: str
    valid_to: str
    successor: str


class OnDemand(Mapping[str, Made]):
    """A mapping that makes its values when they are first asked for: of the rows of each key, by a function."""

    def __init__(self, keys: Sequence[str], make: Callable[[Sequence[int]], Made]) -> None:
        """keys: of the rows, in their order; those of an empty key are left out."""
        self._keys, self._make, self._made = keys, make, dict[str, Made]()

    @cached_property
    def _rows(self) -> Mapping[str, Rows]:
        """The rows of each key, in their order."""
        found: dict[str, Rows] = {}
        for row, key in enumerate(self._keys):
            if key in found:
                rows = found[key]
                found[key] = rows = rows if isinstance(rows, list) else [rows]
                rows.append(row)
            else:
                found[key] = row
        found.pop("", None)
        return found

    def __getitem__(self, key: str) -> Made:
        if key not in self._made:
            rows = self._rows[key]
            self._made[key] = self._make([rows] if isinstance(rows, int) else rows)
        return self._made[key]

    def get(self, key: str, default: Any = None) -> Any:
        return self[key] if key in self._rows else default

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


class Divisions(OnDemand[Place]):
    """All divisions by their id. columns: in the order of Place's fields."""

    def __init__(self, columns: Sequence[Sequence[str]]) -> None:
        self.columns = dict(zip(Place._fields, columns, strict=True))
        super().__init__(columns[0], self._first)

    def _place(self, row: int) -> Place:
        return Place._make(column[row] for column in self.columns.values())

    def _first(self, rows: Sequence[int]) -> Place:
        return self._place(rows[0])

    def _all(self, rows: Sequence[int]) -> tuple[Place, ...]:
        return tuple(map(self._place, rows))

    def by(self, column: str) -> Mapping[str, tuple[Place, ...]]:
        """Return the places by what they have in a column, placeholders and those that have nothing there left out."""
        keys = list(self.columns[column])
        for row, kind in enumerate(self.columns["kind"]):
            if kind == "placeholder":
                keys[row] = ""
        return OnDemand(keys, self._all)

    def by_code(self) -> Mapping[str, Place]:
        """Return the current place of each code; a former one only where no current place has the code."""
        status = self.columns["status"]

        def made(rows: Sequence[int]) -> Place:
            return self._place(next((row for row in reversed(rows) if status[row] == "current"), rows[0]))

        return OnDemand(self.columns["code"], made)

    def to_counties(self) -> Iterator[Place]:
        """Yield today's divisions above the townships."""
        for row, (level, status) in enumerate(zip(self.columns["level"], self.columns["status"], strict=True)):
            if level != "township" and status == "current":
                yield self._place(row)

    def former(self) -> Mapping[str, tuple[Place, ...]]:
        """Return places that are no more, by the code of each that took their place."""
        found: dict[str, tuple[Place, ...]] = {}
        for row, status in enumerate(self.columns["status"]):
            if status == "former":
                for code in filter(None, self.columns["successor"][row].split("|")):
                    found[code] = (*found.get(code, ()), self._place(row))
        return found

    def names_below(self) -> Mapping[str, frozenset[str]]:
        """Return the names of the places that lie in each code, placeholders left out."""
        names, kinds = self.columns["name"], self.columns["kind"]

        def made(rows: Sequence[int]) -> frozenset[str]:
            return frozenset(names[row] for row in rows if kinds[row] != "placeholder")

        return OnDemand(self.columns["parent_code"], made)
