"""The tables of kg/tables/ as one frozen Vocabulary, loaded once.

In: CSV, facts only. Out: rows by their id, and matchers that find all their names in one pass.
A new law, place, indicator, initiative, theme or unit is a row there, never a line here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from importlib.resources.abc import Traversable
from itertools import chain
from typing import Any, TypeVar

from kg.data import columns, rows_in, table
from kg.divisions import Divisions, Place
from kg.errors import TableError

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Theme:
    id: str
    label_zh: str
    label_en: str
    definition: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A measure word; value * factor is in the canonical unit."""

    unit: str
    canonical: str
    dimension: str
    factor: float
    ucum: str
    qudt: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """What figures are counted under, the same for all reports."""

    id: str
    label_zh: str
    label_en: str
    theme: str
    dimension: str
    definition: str


@dataclass(frozen=True, slots=True)
class IndicatorDetail(Indicator):
    """A narrower indicator. broader: the indicator that figures under it are counted under as well."""

    broader: str


@dataclass(frozen=True, slots=True)
class KnownInitiative:
    """A nationwide or regional initiative. scope: national, or the province or city that runs it."""

    id: str
    name: str
    aliases: tuple[str, ...]
    kind: str
    theme: str
    scope: str


@dataclass(frozen=True, slots=True)
class Law:
    """An instrument of any kind; dates as precise as they are known (2012, 2019-09, 2016-11-30), else empty."""

    id: str
    title: str
    short: str
    aliases: tuple[str, ...]
    weak_aliases: tuple[str, ...]
    kind: str
    issuer: str
    promulgated: str
    effective: str
    last_amended: str
    status: str
    repealed_by: str
    repealed_on: str


def _names(cell: str) -> tuple[str, ...]:
    return tuple(name for name in cell.split("|") if name)


def _refers(named: Iterable[str], name: str, column: str, targets: Iterable[str]) -> None:
    """Check that what the rows name is there; a row stands on the line of its place, behind the header."""
    known = {"", *targets}
    for line, target in enumerate(named, 2):
        if target not in known:
            raise TableError(f"tables/{name}:{line}: {column} {target!r} is the id of no row.")


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All tables. Mappings are in the order of the files and are not to be changed.

    at: the folder of the tables (None: the package's own). The list of places, longer than all others together, is
    read and checked when it is first asked for.
    """

    themes: Mapping[str, Theme]
    units: Mapping[str, Unit]
    indicators: Mapping[str, Indicator]
    indicator_details: Mapping[str, IndicatorDetail]
    initiatives: Mapping[str, KnownInitiative]
    laws: Mapping[str, Law]
    at: Traversable | None = None

    @cached_property
    def places(self) -> Divisions:
        """Places by their id. Raises TableError."""
        found = Divisions(columns("places.csv", " ".join(Place._fields), unique="id", at=self.at))
        _refers(found.columns["parent_code"], "places.csv", "parent_code", found.columns["code"])
        return found

    def counties_in(self, text: str) -> Mapping[str, frozenset[str]]:
        """Return today's divisions above the townships whose short names a text has: {short name: official names}."""
        found: dict[str, set[str]] = {}
        for short, name, level, status in rows_in("places.csv", text, "short name level status", at=self.at):
            if level != "township" and status == "current" and len(short) > 1:
                found.setdefault(short, set()).add(name)
        return {short: frozenset(names) for short, names in found.items()}

    def places_in(self, text: str) -> list[str]:
        """Return the official names of places that a short text has, placeholders left out, in any order.

        It takes a quarter of the time in which all that is known of places is read.
        """
        if "places" in vars(self):
            return [name for name in self.places_by_name if name in text]
        found = rows_in("places.csv", text, "name kind", at=self.at)
        return [*{name for name, kind in found if kind != "placeholder"}]

    def namesakes(self, name: str) -> int:
        """Return how many of today's places have just this name; as quick as `places_in`.

        >>> vocabulary().namesakes("北京市"), vocabulary().namesakes("普陀区"), vocabulary().namesakes("市辖区")
        (1, 2, 0)
        """
        found = rows_in("places.csv", name, "name code kind status", at=self.at)
        return len(
            {code for own, code, kind, status in found if (own, status) == (name, "current") and kind != "placeholder"}
        )

    @cached_property
    def initiative_names(self) -> Mapping[str, KnownInitiative]:
        """Every wording of every initiative, without quotation marks."""
        return {name: row for row in self.initiatives.values() for name in (row.name, *row.aliases)}

    @cached_property
    def places_by_name(self) -> Mapping[str, tuple[Place, ...]]:
        """Places by official name, all homonyms together, placeholders left out."""
        return self.places.by("name")

    @cached_property
    def places_by_short(self) -> Mapping[str, tuple[Place, ...]]:
        """Places by the name without its generic suffix (鹤山 for 鹤山市)."""
        return self.places.by("short")

    @cached_property
    def places_by_code(self) -> Mapping[str, Place]:
        """The current place of each code; a former one only where no current place has the code."""
        return self.places.by_code()

    @cached_property
    def former_places(self) -> Mapping[str, tuple[Place, ...]]:
        """Places that are no more, by the code of each that took their place."""
        return self.places.former()

    @cached_property
    def names_below(self) -> Mapping[str, frozenset[str]]:
        """The names of the places that lie in each code."""
        return self.places.names_below()

    def ancestors(self, place: Place) -> Iterator[Place]:
        """Yield the places that contain this one, nearest first, without placeholders."""
        parent = self.places_by_code.get(place.parent_code)
        while parent is not None:
            if parent.kind not in ("placeholder", "不设区的市(占位)"):
                yield parent
            parent = self.places_by_code.get(parent.parent_code)

    def path(self, place: Place) -> tuple[str, ...]:
        """Return the official names from the province down to the place itself."""
        return tuple(reversed([p.name for p in chain([place], self.ancestors(place))]))


def _factor(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        raise ValueError(f"factor {cell!r} is no number") from None


def load(at: Traversable | None = None) -> Vocabulary:
    """Read the tables of a folder (default: the package's own) and check that what they refer to is there."""

    def keyed(
        name: str, row: Callable[..., Row], unique: str = "id", **convert: Callable[[str], Any]
    ) -> dict[str, Row]:
        """Read a table whose columns have the names of a class's fields."""
        wanted = [field.name for field in fields(row)]  # type: ignore[arg-type]

        def make(cells: dict[str, Any]) -> Row:
            for column, function in convert.items():
                cells[column] = function(cells[column])
            return row(**cells)

        return {getattr(r, unique): r for r in table(name, " ".join(wanted), make, unique=unique, at=at)}

    themes = keyed("themes.csv", Theme)
    units = keyed("units.csv", Unit, unique="unit", factor=_factor)
    indicators = keyed("indicators.csv", Indicator)
    details = keyed("indicator_details.csv", IndicatorDetail)
    initiatives = keyed("initiatives.csv", KnownInitiative, aliases=_names)
    laws = keyed("laws.csv", Law, aliases=_names, weak_aliases=_names)
    _refers((row.theme for row in indicators.values()), "indicators.csv", "theme", themes)
    _refers((row.broader for row in details.values()), "indicator_details.csv", "broader", indicators)
    _refers((row.theme for row in initiatives.values()), "initiatives.csv", "theme", themes)
    _refers((row.repealed_by for row in laws.values()), "laws.csv", "repealed_by", laws)
    return Vocabulary(themes, units, indicators, details, initiatives, laws, at)


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Return the package's own Vocabulary; loaded at the first call, then shared."""
    return load()


def complete() -> Vocabulary:
    """Return the package's own Vocabulary with all that it reads later. Raises TableError for any table."""
    tables = vocabulary()
    _ = tables.places
    return tables
