"""The tables of kg/tables/ as one frozen Vocabulary, loaded once.

In: CSV, facts only. Out: rows by their id, and matchers that find all their names in one pass.
A new law, place, indicator, initiative, theme or unit is a row there, never a line here.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import chain
from typing import Any, TypeVar

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
    status: str
    repealed_by: str
    repealed_on: str


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative division. code is the statistical code, not unique; id is. status: current, former, variant."""

    id: str
    code: str
    name: str
    short: str
    level: str
    kind: str
    parent_code: str
    status: str
    successor: str


def _names(cell: str) -> tuple[str, ...]:
    return tuple(name for name in cell.split("|") if name)


def _read(
    folder: Traversable, name: str, make: Callable[[dict[str, str]], Row], key: str = "id", columns: str = ""
) -> dict[str, Row]:
    """Read one table: {key: row}. Raise TableError with file and line for a row that breaks the contract."""
    rows: dict[str, Row] = {}
    lines: dict[str, int] = {}
    try:
        with io.StringIO((folder / name).read_text(encoding="utf-8")) as stream:
            reader = csv.DictReader(stream, strict=True)
            missing = [c for c in (key, *columns.split()) if c not in (reader.fieldnames or ())]
            if missing:
                raise TableError(f"tables/{name}:1: no column {missing[0]!r}.")
            for row in reader:
                where = f"tables/{name}:{reader.line_num}"
                if None in row or None in row.values():
                    raise TableError(f"{where}: {len(reader.fieldnames or ())} cells are wanted.")
                if not row[key]:
                    raise TableError(f"{where}: {key} is empty.")
                if row[key] in lines:
                    raise TableError(f"{where}: {key} {row[key]!r} is already on line {lines[row[key]]}.")
                lines[row[key]] = reader.line_num
                try:
                    rows[row[key]] = make(row)
                except ValueError as error:
                    raise TableError(f"{where}: {error}.") from None
    except FileNotFoundError:
        raise TableError(f"tables/{name}: no such table. Install kg anew.") from None
    except (csv.Error, UnicodeDecodeError) as error:
        raise TableError(f"tables/{name}: {error}.") from None
    return rows


def _refers(rows: Mapping[str, Any], name: str, attribute: str, targets: Mapping[str, Any]) -> None:
    for id_, row in rows.items():
        target = getattr(row, attribute)
        if target and target not in targets:
            raise TableError(f"tables/{name}: {id_!r} has {attribute} {target!r}, which no row has.")


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All tables. Mappings are in the order of the files and are not to be changed."""

    themes: Mapping[str, Theme]
    units: Mapping[str, Unit]
    indicators: Mapping[str, Indicator]
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
        found: dict[str, list[Place]] = {}
        for place in self.places.values():
            if place.kind != "placeholder":
                found.setdefault(place.name, []).append(place)
        return {name: tuple(places) for name, places in found.items()}

    @cached_property
    def places_by_short(self) -> Mapping[str, tuple[Place, ...]]:
        """Places by the name without its generic suffix (鹤山 for 鹤山市)."""
        found: dict[str, list[Place]] = {}
        for place in self.places.values():
            if place.short and place.kind != "placeholder":
                found.setdefault(place.short, []).append(place)
        return {name: tuple(places) for name, places in found.items()}

    @cached_property
    def places_by_code(self) -> Mapping[str, Place]:
        """The current place of each code; a former one only where no current place has the code."""
        found: dict[str, Place] = {}
        for place in self.places.values():
            if place.code not in found or place.status == "current":
                found[place.code] = place
        return found

    def ancestors(self, place: Place) -> Iterator[Place]:
        """Yield the places that contain this one, nearest first, without placeholders."""
        parent = self.places_by_code.get(place.parent_code)
        while parent is not None:
            if parent.kind != "placeholder":
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


def load(folder: Traversable | None = None) -> Vocabulary:
    """Read all tables of a folder (default: the package's own) and check that what they refer to is there."""
    folder = folder or resources.files("kg") / "tables"
    themes = _read(folder, "themes.csv", lambda r: Theme(r["id"], r["label_zh"], r["label_en"], r["definition"]),
                   columns="label_zh label_en definition")  # fmt: skip
    units = _read(folder, "units.csv", lambda r: Unit(r["unit"], r["canonical"], r["dimension"], _factor(r["factor"]),
                  r["ucum"]), key="unit", columns="canonical dimension factor ucum")  # fmt: skip
    indicators = _read(folder, "indicators.csv", lambda r: Indicator(r["id"], r["label_zh"], r["label_en"], r["theme"],
                       r["dimension"], r["definition"]), columns="label_zh label_en theme dimension")  # fmt: skip
    initiatives = _read(folder, "initiatives.csv", lambda r: KnownInitiative(r["id"], r["name"], _names(r["aliases"]),
                        r["kind"], r["theme"], r["scope"]), columns="name aliases kind theme scope")  # fmt: skip
    laws = _read(folder, "laws.csv", lambda r: Law(r["id"], r["title"], r["short"], _names(r["aliases"]),
                 _names(r["weak_aliases"]), r["kind"], r["issuer"], r["promulgated"], r["effective"], r["status"],
                 r["repealed_by"], r["repealed_on"]), columns="title short aliases weak_aliases kind issuer promulgated"
                 " effective status repealed_by repealed_on")  # fmt: skip
    places = _read(folder, "places.csv", lambda r: Place(r["id"], r["code"], r["name"], r["short"], r["level"],
                   r["kind"], r["parent_code"], r["status"], r["successor"]), columns="code name short level kind"
                   " parent_code status successor")  # fmt: skip
    _refers(indicators, "indicators.csv", "theme", themes)
    _refers(initiatives, "initiatives.csv", "theme", themes)
    _refers(laws, "laws.csv", "repealed_by", laws)
    return Vocabulary(themes, units, indicators, initiatives, laws, places)


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Return the package's own Vocabulary; loaded at the first call, then shared."""
    return load()
