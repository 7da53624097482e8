"""The texts of a law, and which of them was in force in a year.

In: tables/law_versions.csv, which has the earlier texts of laws that were amended, and tables/laws.csv, which has the
current one. Out: Versions, the oldest first. Where the tables do not say when a text came into force, there is none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources.abc import Traversable

from kg.data import table
from kg.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """One text of an instrument, as it stood from one day to another (2021-07-15).

    until: its last day in force; empty if there is none yet, or none is known.
    """

    adopted: str
    effective: str
    until: str = ""


@lru_cache(maxsize=2)
def earlier(tables: Vocabulary, at: Traversable | None = None) -> Mapping[str, Mapping[str, str]]:
    """Return law_versions.csv: {id of the law: {day of adoption: first day in force}}. at: another folder."""
    found: dict[str, dict[str, str]] = {}

    def row(cells: dict[str, str]) -> None:
        law, adopted, effective = cells["law"], cells["adopted"], cells["effective"]
        if law not in tables.laws:
            raise ValueError(f"law {law!r} is the id of no row")
        if date.fromisoformat(adopted) > date.fromisoformat(effective):
            raise ValueError(f"{effective} is before the day of adoption")
        if adopted <= max(found.get(law, ""), default=""):
            raise ValueError("the texts of a law stand in the order of their days")
        found.setdefault(law, {})[adopted] = effective

    table("law_versions.csv", "law adopted effective", row, at=at)
    return found


@lru_cache(maxsize=8192)
def versions(law: str, tables: Vocabulary) -> tuple[Version, ...]:
    """Return the known texts of an instrument by its id; none between two of them is missing."""
    row, begun = tables.laws[law], dict(earlier(tables).get(law, {}))
    latest = row.last_amended or row.promulgated
    if len(latest) == len(row.effective) == 10 and row.effective >= latest:
        begun[latest] = row.effective
    texts = sorted(begun.items())
    ends = [*(effective for _, effective in texts[1:]), row.repealed_on][: len(texts)]
    return tuple(Version(*text, _day_before(end)) for text, end in zip(texts, ends, strict=True))


def in_force(law: str, year: int, tables: Vocabulary) -> Version | None:
    """Return the text that was in force in a year, at its end where there were two; None if that is not known."""
    row, known = tables.laws[law], versions(law, tables)
    found = max((v for v in known if v.effective <= f"{year}-12-31"), default=None)
    if found is None or (found.until and found.until < f"{year}-01-01"):
        return None
    gone = row.repealed_on[:4] < str(year) if row.repealed_on else row.status in ("repealed", "superseded")
    return None if found == known[-1] and gone else found


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(1)).isoformat() if len(day) == 10 else ""
