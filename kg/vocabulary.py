"""The tables of kg/tables/ as one frozen Vocabulary, loaded once.

In: CSV, facts only. Out: rows by their id, and matchers that find all their names in one pass.
A new law, place, indicator, initiative, theme or unit is a row there, never a line here.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from importlib.resources.abc import Traversable
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from kg.data import lines, table
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


class Place(NamedTuple):
    """An administrative division. code is the statistical code, not unique; id is. status: current, former, variant.

    A tuple, since there are 50,000 of them: it is made in a tenth of the time.
    """

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


def _grouped(pairs: Iterable[tuple[str, Place]]) -> Mapping[str, tuple[Place, ...]]:
    """Return the places of each key, in their order; most keys have one."""
    found: dict[str, tuple[Place, ...]] = {}
    for key, place in pairs:
        found[key] = (*found[key], place) if key in found else (place,)
    return found


def _names(cell: str) -> tuple[str, ...]:
    return tuple(name for name in cell.split("|") if name)


def _refers(rows: Mapping[str, Any], name: str, attribute: str, targets: Container[str]) -> None:
    """Check that what the rows name is there; a row stands on the line of its place, behind the header."""
    for line, row in enumerate(rows.values(), 2):
        target = getattr(row, attribute)
        if target and target not in targets:
            raise TableError(f"tables/{name}:{line}: {attribute} {target!r} is the id of no row.")


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All tables. Mappings are in the order of the files and are not to be changed."""

    themes: Mapping[str, Theme]
    units: Mapping[str, Unit]
    indicators: Mapping[str, Indicator]
    indicator_details: Mapping[str, IndicatorDetail]
    initiatives: Mapping[str, KnownInitiative]
    laws: Mapping[str, Law]
    places: Mapping[str, Place]

    @cached_property
    def initiative_names(self) -> Mapping[str, KnownInitiative]:
        """Every wording of every initiative, without quotation marks."""
        return {name: row for row in self.initiatives.values() for name in (row.name, *row.aliases)}

    @cached_property
    def places_by_name(self) -> Mapping[str, tuple[Place, ...]]:
        """Places by official name, all homonyms together, placeholders left out."""
        return _grouped((place.name, place) for place in self.places.values() if place.kind != "placeholder")

    @cached_property
    def places_by_short(self) -> Mapping[str, tuple[Place, ...]]:
        """Places by the name without its generic suffix (鹤山 for 鹤山市)."""
        return _grouped((p.short, p) for p in self.places.values() if p.short and p.kind != "placeholder")

    @cached_property
    def places_by_code(self) -> Mapping[str, Place]:
        """The current place of each code; a former one only where no current place has the code."""
        found: dict[str, Place] = {}
        for place in self.places.values():
            if place.code not in found or place.status == "current":
                found[place.code] = place
        return found

    @cached_property
    def former_places(self) -> Mapping[str, tuple[Place, ...]]:
        """Places that are no more, by the code of each that took their place."""
        gone = (place for place in self.places.values() if place.status == "former")
        return _grouped((code, place) for place in gone for code in place.successor.split("|") if code)

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
    """Read all tables of a folder (default: the package's own) and check that what they refer to is there."""

    def keyed(
        name: str, row: Callable[..., Row], unique: str = "id", **convert: Callable[[str], Any]
    ) -> dict[str, Row]:
        """Read a table whose columns have the names of a class's fields."""
        columns = [field.name for field in fields(row)]  # type: ignore[arg-type]

        def make(cells: dict[str, Any]) -> Row:
            for column, function in convert.items():
                cells[column] = function(cells[column])
            return row(**cells)

        return {getattr(r, unique): r for r in table(name, " ".join(columns), make, unique=unique, at=at)}

    themes = keyed("themes.csv", Theme)
    units = keyed("units.csv", Unit, unique="unit", factor=_factor)
    indicators = keyed("indicators.csv", Indicator)
    details = keyed("indicator_details.csv", IndicatorDetail)
    initiatives = keyed("initiatives.csv", KnownInitiative, aliases=_names)
    laws = keyed("laws.csv", Law, aliases=_names, weak_aliases=_names)
    listed = lines("places.csv", " ".join(Place._fields), unique="id", at=at)
    places = {cells[0]: Place._make(cells) for _, cells in listed}
    _refers(indicators, "indicators.csv", "theme", themes)
    _refers(details, "indicator_details.csv", "broader", indicators)
    _refers(initiatives, "initiatives.csv", "theme", themes)
    _refers(laws, "laws.csv", "repealed_by", laws)
    _refers(places, "places.csv", "parent_code", {place.code for place in places.values()})
    return Vocabulary(themes, units, indicators, details, initiatives, laws, places)


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Return the package's own Vocabulary; loaded at the first call, then shared."""
    return load()
